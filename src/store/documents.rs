//! What is stored of documents: what tells readers whether one is new, the same for every process that makes it.

use jiff::Timestamp;

/// A document that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    pub name: String,
    /// A hash of its bytes.
    pub tag: String,
    /// When the newest change to what it says was made; `None` where nothing in it has a time.
    pub changed: Option<Timestamp>,
}

/// When a document changed last that has other bytes than before: the time of the newest change, never in the future.
/// Where it changed without a newer change in it, as when an article is taken out, it is now: a reader who has only the
/// time to go by must see it.
pub(super) fn modified(changed: Option<Timestamp>, before: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
    match before {
        Some(before) if changed.is_none_or(|changed| changed <= before) => Some(now),
        _ => changed.map(|changed| changed.min(now)),
    }
}

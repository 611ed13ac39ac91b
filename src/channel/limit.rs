//! How fast may be spoken where.

use jiff::SignedDuration;

/// How fast may be spoken in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// What shares it, as the target names it: channels that lead to one chat are one place; empty for all together.
    pub place: String,
    /// Mean pause between two messages; zero for none.
    pub pace: SignedDuration,
    /// Messages that may go at once after a silence.
    pub burst: u32,
    /// Messages within any minute; 0 for no limit of that kind.
    pub per_minute: u32,
    /// Messages within any second, those included that are on their way; 0 for no limit of that kind.
    pub per_second: u32,
    /// So many of the burst and of a second are left to channels in which little waits.
    pub reserve: u32,
}

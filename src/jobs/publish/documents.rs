//! What is served at this moment: each document twice, plain and packed, with what tells a reader whether it is new.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use jiff::Timestamp;
use loa_reader::time::Stamp;
use sha2::{Digest, Sha256};

use crate::render::{About, Document, Format};

/// A document as it goes over the wire.
#[derive(Debug)]
pub struct ServedDocument {
    pub content_type: &'static str,
    pub plain: Coded,
    pub gzip: Coded,
    /// `None` where nothing in the document has a time.
    pub last_modified: Option<Timestamp>,
}

/// One coding of a document. Each has its own strong entity tag, with its quotes.
#[derive(Debug)]
pub struct Coded {
    pub bytes: Bytes,
    pub etag: String,
}

impl ServedDocument {
    pub fn new(content_type: &'static str, bytes: Bytes, last_modified: Option<Timestamp>) -> Self {
        let hash: String = Sha256::digest(&bytes).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let gzip = Coded { bytes: packed(&bytes), etag: format!("\"{hash}-gzip\"") };
        Self { content_type, plain: Coded { bytes, etag: format!("\"{hash}\"") }, gzip, last_modified }
    }
}

fn packed(bytes: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::default());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    packed.expect("writing to memory cannot fail").into()
}

/// A feed as the list of feeds shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedSummary {
    pub about: About,
    /// How many articles are known, which may be more than the feed shows.
    pub articles: u64,
    /// When the newest of them was published, or first seen.
    pub newest: Option<Stamp>,
}

/// What is known of a name.
#[derive(Debug)]
pub enum Found {
    /// With the time at which it may change next.
    Here(Arc<ServedDocument>, Option<Timestamp>),
    /// It was served once and will not be again.
    Removed,
    /// Its feed has another name now: that of its document.
    Moved(String),
    Unknown,
}

/// The documents that are served, shared by the job that renders them and the web.
#[derive(Debug, Default)]
pub struct Documents(RwLock<Contents>);

#[derive(Debug, Default)]
struct Contents {
    documents: BTreeMap<String, Arc<ServedDocument>>,
    removed: BTreeSet<String>,
    /// Earlier names of feeds, with the names that they have now.
    moved: BTreeMap<String, String>,
    summaries: BTreeMap<String, FeedSummary>,
    /// Counts the changes of what the list of feeds shows.
    revision: u64,
    next_polls: BTreeMap<String, Timestamp>,
    /// The same, the first poll first.
    upcoming: BTreeSet<(Timestamp, String)>,
}

impl Documents {
    pub fn find(&self, name: &str) -> Found {
        let contents = self.read();
        match contents.documents.get(name) {
            Some(served) => Found::Here(served.clone(), contents.next_poll(name)),
            None if let Some(new) = contents.moved_to(name) => Found::Moved(new),
            None if contents.removed.contains(name) => Found::Removed,
            None => Found::Unknown,
        }
    }

    /// Takes in what was rendered; what says the same as before stays as it is, with its tags and times.
    /// Returns how many have changed.
    pub fn put(&self, documents: &[Document], now: Timestamp) -> usize {
        let mut changed = 0;
        for document in documents {
            let before = self.read().documents.get(&document.name).cloned();
            if before.as_ref().is_some_and(|before| before.plain.bytes == document.bytes) {
                continue;
            }
            let last_modified = last_modified(document.changed, before.and_then(|before| before.last_modified), now);
            let served = ServedDocument::new(document.content_type, document.bytes.clone(), last_modified);
            let mut contents = self.write();
            contents.removed.remove(&document.name);
            let is_new = contents.documents.insert(document.name.clone(), Arc::new(served)).is_none();
            contents.revision += u64::from(is_new);
            changed += 1;
        }
        changed
    }

    /// Takes a feed's documents away for good: whoever asks for them is told that they are gone.
    pub fn remove(&self, id: &str) {
        let mut contents = self.write();
        for name in Self::names(id) {
            contents.documents.remove(&name);
            contents.removed.insert(name);
        }
        contents.summaries.remove(id);
        contents.revision += 1;
        if let Some(next_poll) = contents.next_polls.remove(id) {
            contents.upcoming.remove(&(next_poll, id.to_owned()));
        }
    }

    /// Leads readers of the feed `old` to the feed `new`, as long as nobody else has the old name.
    pub fn lead_on(&self, old: &str, new: &str) {
        self.write().moved.insert(old.to_owned(), new.to_owned());
    }

    /// What a feed's documents are called.
    pub fn names(id: &str) -> [String; Format::ALL.len()] {
        Format::ALL.map(|format| format!("{id}.{}", format.extension()))
    }

    /// Until then a feed's documents stay as they are, and readers are told so.
    pub fn set_next_poll(&self, id: &str, next_poll: Timestamp) {
        let mut contents = self.write();
        if let Some(before) = contents.next_polls.insert(id.to_owned(), next_poll) {
            contents.upcoming.remove(&(before, id.to_owned()));
        }
        contents.upcoming.insert((next_poll, id.to_owned()));
    }

    /// How the list of feeds shows this one from now on.
    pub fn set_summary(&self, summary: FeedSummary) {
        let mut contents = self.write();
        if contents.summaries.get(&summary.about.id) != Some(&summary) {
            contents.summaries.insert(summary.about.id.clone(), summary);
            contents.revision += 1;
        }
    }

    /// A number that is another one whenever the list of feeds shows something else.
    pub fn revision(&self) -> u64 {
        self.read().revision
    }

    /// The feeds as the list shows them, in the order of their ids, with the revision that this is.
    pub fn summaries(&self) -> (u64, Vec<FeedSummary>) {
        let contents = self.read();
        (contents.revision, contents.summaries.values().cloned().collect())
    }

    // No code that can panic runs under the lock, so that what a poisoned one guards is whole.
    fn read(&self) -> RwLockReadGuard<'_, Contents> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Contents> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Contents {
    /// What a document of a feed with another name is called now, where it is there.
    fn moved_to(&self, name: &str) -> Option<String> {
        let (id, extension) = name.rsplit_once('.')?;
        let now = format!("{}.{extension}", self.moved.get(id)?);
        self.documents.contains_key(&now).then_some(now)
    }

    /// A document of several feeds changes with the first of them.
    fn next_poll(&self, name: &str) -> Option<Timestamp> {
        let id = name.rsplit_once('.').map_or(name, |(id, _)| id);
        self.next_polls.get(id).or_else(|| self.upcoming.first().map(|(first, _)| first)).copied()
    }
}

/// The time of the newest change, never in the future. Where the document changed without a newer
/// change in it, as when an article is taken out, it is now: a reader who has only the time to go by must see it.
fn last_modified(changed: Option<Timestamp>, before: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
    match before {
        Some(before) if changed.is_none_or(|changed| changed <= before) => Some(now),
        _ => changed.map(|changed| changed.min(now)),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn document(text: &str, changed: i64) -> Document {
        Document { name: "x.rss".into(), content_type: "text/plain", bytes: text.to_owned().into(), changed: Some(at(changed)) }
    }

    fn found(documents: &Documents, name: &str) -> Arc<ServedDocument> {
        match documents.find(name) {
            Found::Here(served, _) => served,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_says_the_same_stays_as_it_is() {
        let documents = Documents::default();
        assert_eq!(documents.put(&[document("một", 10)], at(100)), 1);
        let before = found(&documents, "x.rss");
        assert_eq!(documents.put(&[document("một", 99)], at(200)), 0);
        assert!(Arc::ptr_eq(&before, &found(&documents, "x.rss")));
    }

    #[test]
    fn a_change_is_later_than_what_it_replaces_and_never_in_the_future() {
        let documents = Documents::default();
        for (text, changed, now, expected) in
            [("một", 10, 100, 10), ("hai", 50, 100, 50), ("ba", 50, 200, 200), ("bốn", 20, 300, 300), ("năm", 900, 400, 400)]
        {
            documents.put(&[document(text, changed)], at(now));
            assert_eq!(found(&documents, "x.rss").last_modified, Some(at(expected)), "{text}");
        }
    }

    #[test]
    fn each_coding_has_its_own_tag_and_says_the_same() {
        let served = ServedDocument::new("text/plain", "một".into(), None);
        let mut unpacked = String::new();
        flate2::read::GzDecoder::new(&served.gzip.bytes[..]).read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, "một");
        assert_ne!(served.plain.etag, served.gzip.etag);
        assert_eq!(served.gzip.etag, ServedDocument::new("text/plain", "một".into(), None).gzip.etag);
    }

    #[test]
    fn what_was_removed_is_remembered_until_it_comes_back() {
        let documents = Documents::default();
        documents.put(&[document("một", 1)], at(1));
        documents.remove("x");
        assert!(matches!(documents.find("x.rss"), Found::Removed));
        assert!(matches!(documents.find("y.rss"), Found::Unknown));
        documents.put(&[document("một", 1)], at(1));
        assert!(matches!(documents.find("x.rss"), Found::Here(..)));
    }

    #[test]
    fn a_document_of_all_feeds_waits_for_the_first_poll_of_any() {
        let documents = Documents::default();
        documents.put(&[document("một", 1), Document { name: "all.rss".into(), ..document("hai", 1) }], at(1));
        documents.set_next_poll("x", at(900));
        documents.set_next_poll("y", at(300));
        documents.set_next_poll("y", at(100));
        documents.set_next_poll("y", at(300));
        assert!(matches!(documents.find("x.rss"), Found::Here(_, Some(next)) if next == at(900)));
        assert!(matches!(documents.find("all.rss"), Found::Here(_, Some(next)) if next == at(300)));
    }
}

//! What is served at this moment: which documents there are, and those of them that are made already, as far as there
//! is room.
//!
//! Each is kept packed, with what tells a reader whether it is new. One that is not kept is made when it is asked for.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Read, Write},
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use bytes::Bytes;
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use jiff::Timestamp;
use loa_reader::time::Stamp;
use quick_cache::{OptionsBuilder, Weighter, sync::Cache};
use sha2::{Digest, Sha256};

use crate::{
    render::{About, Format},
    unit,
};

/// What a document takes beside its bytes.
const BESIDE: u64 = 512;
/// About as large are most documents: only by this does the cache know how many entries to expect.
const USUAL: u64 = 16_000;

/// A document as it goes over the wire: kept packed, as nearly all who ask take it.
#[derive(Debug)]
pub struct ServedDocument {
    pub content_type: &'static str,
    pub gzip: Bytes,
    /// The strong entity tag of each coding, with its quotes.
    pub gzip_tag: String,
    pub plain_tag: String,
    /// `None` where nothing in the document has a time.
    pub last_modified: Option<Timestamp>,
    /// Of what is packed.
    size: usize,
}

impl ServedDocument {
    pub fn new(content_type: &'static str, plain: &[u8], last_modified: Option<Timestamp>) -> Self {
        let hash: String = Sha256::digest(plain).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let (gzip_tag, plain_tag) = (format!("\"{hash}-gzip\""), format!("\"{hash}\""));
        Self { content_type, gzip: packed(plain), gzip_tag, plain_tag, last_modified, size: plain.len() }
    }

    /// As it was given.
    pub fn plain(&self) -> Bytes {
        let mut plain = Vec::with_capacity(self.size);
        GzDecoder::new(&self.gzip[..]).read_to_end(&mut plain).expect("what was packed here can be unpacked");
        plain.into()
    }

    fn weight(&self) -> u64 {
        u64::try_from(self.gzip.len()).unwrap_or(u64::MAX).saturating_add(BESIDE)
    }
}

fn packed(bytes: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::default());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
    // Without the room that was not needed: it is kept for long.
    packed.expect("writing to memory cannot fail").into_boxed_slice().into()
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
    /// It is there and not made at the moment; with the same.
    Unmade(Option<Timestamp>),
    /// It was served once and will not be again.
    Removed,
    /// Its feed has another name now: that of its document.
    Moved(String),
    Unknown,
}

/// The documents that are served, shared by the job that renders them and the web.
#[derive(Debug)]
pub struct Documents {
    contents: RwLock<Contents>,
    made: Cache<String, Arc<ServedDocument>, ByWeight>,
}

#[derive(Debug, Clone, Copy)]
struct ByWeight;

impl Weighter<String, Arc<ServedDocument>> for ByWeight {
    fn weight(&self, name: &String, document: &Arc<ServedDocument>) -> u64 {
        document.weight() + name.len() as u64
    }
}

#[derive(Debug, Default)]
struct Contents {
    /// The names of all documents that there are.
    names: BTreeSet<String>,
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
    /// With room for so many bytes of documents that are made.
    pub fn new(room: unit::Size) -> Self {
        let room = room.bytes();
        let expected = usize::try_from(room / USUAL).unwrap_or(usize::MAX).clamp(16, 100_000);
        // One shard: a document may be as large as all the room.
        let options = OptionsBuilder::new().shards(1).estimated_items_capacity(expected).weight_capacity(room).build();
        let options = options.expect("a cache of some size can be made");
        let made = Cache::with_options(
            options,
            ByWeight,
            quick_cache::DefaultHashBuilder::default(),
            quick_cache::sync::DefaultLifecycle::default(),
        );
        Self { contents: RwLock::default(), made }
    }

    pub fn find(&self, name: &str) -> Found {
        let contents = self.read();
        if contents.names.contains(name) {
            let next_poll = contents.next_poll(name);
            return self.made.get(name).map_or(Found::Unmade(next_poll), |made| Found::Here(made, next_poll));
        }
        match contents.moved_to(name) {
            Some(new) => Found::Moved(new),
            None if contents.removed.contains(name) => Found::Removed,
            None => Found::Unknown,
        }
    }

    /// The document of that name: the one that is kept, or what `make` gives. Whoever else wants it meanwhile waits for
    /// the same one.
    ///
    /// # Errors
    /// What `make` says.
    pub async fn made<E>(&self, name: &str, make: impl Future<Output = Result<Arc<ServedDocument>, E>>) -> Result<Arc<ServedDocument>, E> {
        self.made.get_or_insert_async(name, make).await
    }

    /// Takes in a document that was made; one that says the same as before stays as it is.
    pub fn put(&self, name: &str, document: Arc<ServedDocument>) {
        self.know(&[name.to_owned()]);
        let is_same =
            |before: &Arc<ServedDocument>| (&before.plain_tag, before.last_modified) == (&document.plain_tag, document.last_modified);
        if !self.made.peek(name).as_ref().is_some_and(is_same) {
            self.made.insert(name.to_owned(), document);
        }
    }

    /// Says that there are documents of these names.
    pub fn know(&self, names: &[String]) {
        let mut contents = self.write();
        for name in names {
            contents.removed.remove(name);
            let is_new = contents.names.insert(name.clone());
            contents.revision += u64::from(is_new);
        }
    }

    /// Lets documents be made anew when they are asked for.
    pub fn forget(&self, names: &[String]) {
        for name in names {
            self.made.remove(name);
        }
    }

    /// The same of all that there are.
    pub fn forget_all(&self) {
        self.made.clear();
    }

    /// The bytes that are kept.
    pub fn kept(&self) -> u64 {
        self.made.weight()
    }

    /// Takes a feed's documents away for good: whoever asks for them is told that they are gone.
    pub fn remove(&self, id: &str) {
        let names = Self::names(id);
        let mut contents = self.write();
        for name in &names {
            contents.names.remove(name);
            contents.removed.insert(name.clone());
        }
        contents.summaries.remove(id);
        contents.revision += 1;
        if let Some(next_poll) = contents.next_polls.remove(id) {
            contents.upcoming.remove(&(next_poll, id.to_owned()));
        }
        drop(contents);
        self.forget(&names);
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

    /// What is known of a feed beside its articles.
    pub fn about(&self, id: &str) -> Option<About> {
        self.read().summaries.get(id).map(|summary| summary.about.clone())
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
        self.contents.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Contents> {
        self.contents.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Contents {
    /// What a document of a feed with another name is called now, where it is there.
    fn moved_to(&self, name: &str) -> Option<String> {
        let (id, extension) = name.rsplit_once('.')?;
        let now = format!("{}.{extension}", self.moved.get(id)?);
        self.names.contains(&now).then_some(now)
    }

    /// A document of several feeds changes with the first of them.
    fn next_poll(&self, name: &str) -> Option<Timestamp> {
        let id = name.rsplit_once('.').map_or(name, |(id, _)| id);
        self.next_polls.get(id).or_else(|| self.upcoming.first().map(|(first, _)| first)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn documents() -> Documents {
        Documents::new(unit::Size::from_bytes(100_000))
    }

    fn document(text: &str) -> Arc<ServedDocument> {
        Arc::new(ServedDocument::new("text/plain", text.as_bytes(), Some(at(10))))
    }

    /// Some four thousand letters that cannot be packed well.
    fn unlike_others(number: usize) -> String {
        (0..60).map(|line| format!("{:x}", Sha256::digest(format!("{number} {line}")))).collect()
    }

    fn found(documents: &Documents, name: &str) -> Arc<ServedDocument> {
        match documents.find(name) {
            Found::Here(served, _) => served,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_says_the_same_stays_as_it_is() {
        let documents = documents();
        documents.put("x.rss", document("một"));
        let before = found(&documents, "x.rss");
        documents.put("x.rss", document("một"));
        assert!(Arc::ptr_eq(&before, &found(&documents, "x.rss")));
        documents.put("x.rss", document("hai"));
        assert!(!Arc::ptr_eq(&before, &found(&documents, "x.rss")));
    }

    #[test]
    fn each_coding_has_its_own_tag_and_says_the_same() {
        let served = ServedDocument::new("text/plain", "một".as_bytes(), None);
        assert_eq!(served.plain(), "một");
        assert_ne!(served.plain_tag, served.gzip_tag);
        assert_eq!(served.gzip_tag, ServedDocument::new("text/plain", "một".as_bytes(), None).gzip_tag);
    }

    #[test]
    fn what_was_removed_is_remembered_until_it_comes_back() {
        let documents = documents();
        documents.put("x.rss", document("một"));
        documents.remove("x");
        assert!(matches!(documents.find("x.rss"), Found::Removed));
        assert!(matches!(documents.find("y.rss"), Found::Unknown));
        documents.put("x.rss", document("một"));
        assert!(matches!(documents.find("x.rss"), Found::Here(..)));
    }

    #[test]
    fn a_document_of_all_feeds_waits_for_the_first_poll_of_any() {
        let documents = documents();
        documents.put("x.rss", document("một"));
        documents.know(&["all.rss".to_owned()]);
        documents.set_next_poll("x", at(900));
        documents.set_next_poll("y", at(300));
        documents.set_next_poll("y", at(100));
        documents.set_next_poll("y", at(300));
        assert!(matches!(documents.find("x.rss"), Found::Here(_, Some(next)) if next == at(900)));
        assert!(matches!(documents.find("all.rss"), Found::Unmade(Some(next)) if next == at(300)));
    }

    #[test]
    fn no_more_is_kept_than_there_is_room_for_and_the_rest_is_there_all_the_same() {
        let documents = documents();
        for number in 0..500 {
            documents.put(&format!("{number}.rss"), document(&unlike_others(number)));
            assert!(documents.kept() <= 100_000, "{}", documents.kept());
        }
        let kept = (0..500).filter(|number| matches!(documents.find(&format!("{number}.rss")), Found::Here(..))).count();
        let unmade = (0..500).filter(|number| matches!(documents.find(&format!("{number}.rss")), Found::Unmade(_))).count();
        assert!((20..60).contains(&kept) && kept + unmade == 500, "{kept} kept, {unmade} not");
    }

    #[tokio::test]
    async fn a_document_that_many_want_at_once_is_made_once() {
        let documents = Arc::new(documents());
        let asked = Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let wants = (0..20).map(|_| {
            let (documents, asked) = (documents.clone(), asked.clone());
            tokio::spawn(async move {
                let make = async {
                    asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                    tokio::task::yield_now().await;
                    Ok::<_, ()>(document("một"))
                };
                documents.made("x.rss", make).await.unwrap()
            })
        });
        for want in wants.collect::<Vec<_>>() {
            assert_eq!(want.await.unwrap().plain(), "một");
        }
        assert_eq!(asked.load(std::sync::atomic::Ordering::SeqCst), 1);
    }
}

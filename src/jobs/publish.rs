//! Publishing: feeds are rendered from the store into the documents that the web serves, and into files.
//!
//! A change costs the feed that changed and `all`, whatever else there is. Rendering, packing and writing run off the async
//! threads, and what is wrong with one document or file costs only that one.

mod documents;
mod files;
mod fingerprints;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use jiff::Timestamp;
use loa_reader::{
    list::Presentation,
    time::{Precision, Stamp},
};
use tokio::{sync::Mutex, task::spawn_blocking};
use url::Url;

use crate::{
    article::{Article, FeedId},
    feed::Feed,
    render::{self, About, Body, Document, Source},
    store::{self, Portal, Store},
};

use fingerprints::Fingerprints;

pub use documents::{Coded, Documents, FeedSummary, Found, ServedDocument};

/// Articles that a feed shows.
const SHOWN: u32 = 50;
/// The name of the document of all feeds.
const ALL: &str = "all";
/// Articles that `all` shows.
const ALL_SHOWN: u32 = 100;

/// Publishes what the store has.
#[derive(Debug)]
pub struct Publisher {
    store: Store,
    documents: Arc<Documents>,
    public_url: Url,
    /// Empty: no files are written.
    folder: PathBuf,
    /// The feeds whose articles `all` shows.
    ids: RwLock<Arc<[FeedId]>>,
    /// What `all` says of the feeds that its articles come from.
    sources: RwLock<BTreeMap<FeedId, Source>>,
    /// Whether something could not be published.
    has_problems: AtomicBool,
    /// Whether something was recorded that `all` does not show yet.
    all_is_stale: AtomicBool,
    /// `all` is rendered once at a time, so that an older one never lands over a newer one. A feed is published by its own task only.
    all_turn: Mutex<()>,
}

/// What could not be published; everything else was.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    #[error(transparent)]
    Document(#[from] render::Error),
    #[error(transparent)]
    File(#[from] files::Error),
    #[error("`{id}` could not be rendered: {why}")]
    Broken { id: String, why: tokio::task::JoinError },
}

impl Publisher {
    /// `ids` are all feeds that the operator has, those whose settings cannot be used at the moment among them.
    pub fn new(store: Store, ids: Vec<FeedId>, public_url: Url, folder: PathBuf) -> Self {
        let (sources, has_problems, all_is_stale, all_turn) = Default::default();
        let ids = RwLock::new(ids.into());
        Self { store, documents: Arc::default(), public_url, folder, ids, sources, has_problems, all_is_stale, all_turn }
    }

    /// What is served.
    pub fn documents(&self) -> &Arc<Documents> {
        &self.documents
    }

    /// Publishes everything that is stored, as at a start, and takes away what is stored of feeds that are no more.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn publish_everything(&self, feeds: &[Feed]) -> Result<Vec<Problem>, store::Error> {
        self.lead_on().await?;
        let mut problems = self.remove_gone_feeds().await?;
        self.note_sources(feeds).await?;
        fingerprints::take(&self.folder);
        // One half is asked of the store while the other is rendered.
        let feeds_to_publish: Vec<_> = feeds.iter().collect();
        let (one, other) = feeds_to_publish.split_at(feeds.len() / 2);
        let (one, other) = tokio::try_join!(self.publish_feeds(one), self.publish_feeds(other))?;
        problems.extend(one.into_iter().chain(other));
        problems.extend(self.publish_opml(feeds).await?);
        problems.extend(self.publish_all().await?);
        Ok(problems)
    }

    /// Brings the files up to date, as at the start of a round that serves nobody: what [`Publisher::keep_fingerprints`] noted
    /// of them tells which were made from the same.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn publish_outdated(&self, feeds: &[Feed]) -> Result<Vec<Problem>, store::Error> {
        let mut problems = self.remove_gone_feeds().await?;
        if self.folder.as_os_str().is_empty() {
            return Ok(problems);
        }
        self.note_sources(feeds).await?;
        let (current, kept) = (self.fingerprints(feeds).await?, fingerprints::take(&self.folder));
        let is_outdated = |id: &str| {
            let has_files = || Documents::names(id).iter().all(|name| self.folder.join(name).is_file());
            current.get(id).is_some_and(|current| kept.get(id) != Some(current) || !has_files())
        };
        let outdated: Vec<_> = feeds.iter().filter(|feed| is_outdated(feed.id.as_str())).collect();
        problems.extend(self.publish_feeds(&outdated).await?);
        problems.extend(self.publish_opml(feeds).await?);
        if is_outdated(ALL) {
            problems.extend(self.publish_all().await?);
        }
        Ok(problems)
    }

    /// Notes beside the files what they were made from, at the end of a round in which nobody else publishes. Where something
    /// could not be published, nothing is noted: it is tried again.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn keep_fingerprints(&self, feeds: &[Feed]) -> Result<Vec<Problem>, store::Error> {
        if self.folder.as_os_str().is_empty() || self.has_problems.load(Ordering::SeqCst) {
            return Ok(Vec::new());
        }
        let kept = fingerprints::keep(&self.folder, &self.fingerprints(feeds).await?);
        Ok(kept.err().map(Problem::File).into_iter().collect())
    }

    /// Publishes what changed with one feed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn publish_change(&self, feed: &Feed) -> Result<Vec<Problem>, store::Error> {
        let mut problems = self.publish_feed(feed).await?;
        problems.extend(self.publish_all().await?);
        Ok(problems)
    }

    /// Takes up another set of feeds while readers are served: `feeds` with files that can be used, `ids` of all that there are,
    /// and `changed` those of them whose documents may say something else of their feed now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn take_up(&self, feeds: &[Feed], ids: Vec<FeedId>, changed: &[&Feed]) -> Result<Vec<Problem>, store::Error> {
        *self.ids.write().unwrap_or_else(PoisonError::into_inner) = ids.into();
        self.note_sources(feeds).await?;
        self.lead_on().await?;
        let mut problems = self.remove_gone_feeds().await?;
        problems.extend(self.publish_feeds(changed).await?);
        problems.extend(self.publish_opml(feeds).await?);
        problems.extend(self.publish_all().await?);
        Ok(problems)
    }

    /// Takes a feed away, also where it is the only one.
    pub async fn remove(&self, id: &FeedId) -> Vec<Problem> {
        self.remove_feeds(vec![id.to_string()]).await
    }

    /// Leads readers of earlier names on.
    async fn lead_on(&self) -> Result<(), store::Error> {
        for (old, new) in self.store.renamed().await? {
            self.documents.lead_on(&old, &new);
        }
        Ok(())
    }

    fn ids(&self) -> Arc<[FeedId]> {
        self.ids.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Only what the store knows was ever ours. No feed at all is rather a folder that is not there for once than the
    /// operator's wish, and readers told that a feed is gone do not come back.
    async fn remove_gone_feeds(&self) -> Result<Vec<Problem>, store::Error> {
        let ids = self.ids();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let kept: BTreeSet<_> = ids.iter().collect();
        let stored = self.store.summaries().await?.into_iter().map(|summary| summary.feed);
        let gone = stored.filter(|feed| !kept.contains(feed)).map(|feed| feed.to_string());
        let gone =
            gone.chain(self.store.renamed().await?.into_iter().map(|(old, _)| old).filter(|old| !kept.iter().any(|id| id.as_str() == old)));
        Ok(self.remove_feeds(gone.collect()).await)
    }

    async fn remove_feeds(&self, gone: Vec<String>) -> Vec<Problem> {
        for id in &gone {
            self.documents.remove(id);
        }
        let folder = self.folder.clone();
        let removed = spawn_blocking(move || gone.iter().flat_map(|id| files::remove(&folder, &Documents::names(id))).collect::<Vec<_>>());
        removed.await.unwrap_or_default().into_iter().map(Problem::File).collect()
    }

    /// Of the feeds that were ever read, and of `all`.
    async fn fingerprints(&self, feeds: &[Feed]) -> Result<Fingerprints, store::Error> {
        let began = self.store.summaries().await?.into_iter().filter(|summary| summary.began_at.is_some());
        let stored: BTreeMap<_, _> = began.map(|summary| (summary.feed, (summary.articles, summary.changed_at, summary.portal))).collect();
        let of_feed = |feed: &Feed| {
            let (articles, changed_at, portal) = stored.get(&feed.id)?;
            // What else was learned of the feed changes only with its articles.
            let about = about(feed, portal.as_ref(), Presentation::default(), &self.public_url);
            Some((feed.id.to_string(), fingerprints::of(&(SHOWN, about, (articles, changed_at)))))
        };
        let ids = self.ids();
        let shown: Vec<_> = ids.iter().map(|id| (id, stored.get(id).map(|(articles, changed_at, _)| (articles, changed_at)))).collect();
        let portal = |feed: &Feed| stored.get(&feed.id).and_then(|(.., portal)| portal.as_ref());
        let sources: Vec<_> = feeds.iter().map(|feed| self.source(feed, portal(feed))).collect();
        let of_all = (ALL.to_owned(), fingerprints::of(&(ALL_SHOWN, &self.public_url, shown, sources)));
        Ok(feeds.iter().filter_map(of_feed).chain([of_all]).collect())
    }

    async fn publish_feeds(&self, feeds: &[&Feed]) -> Result<Vec<Problem>, store::Error> {
        let mut problems = Vec::new();
        for feed in feeds {
            problems.extend(self.publish_feed(feed).await?);
        }
        Ok(problems)
    }

    async fn publish_feed(&self, feed: &Feed) -> Result<Vec<Problem>, store::Error> {
        let state = self.store.feed_state(&feed.id).await?;
        // A feed whose source was never read has nothing to say: an empty document would only mislead.
        if state.began_at.is_none() {
            return Ok(Vec::new());
        }
        let articles = self.store.latest(&feed.id, SHOWN).await?;
        let presentation = self.store.presentation(&feed.id).await?;
        let about = about(feed, state.portal.as_ref(), presentation, &self.public_url);
        self.sources.write().unwrap_or_else(PoisonError::into_inner).insert(feed.id.clone(), Source::of(&about));
        let newest = articles.first().map(shown_stamp);
        let summary = FeedSummary { about: about.clone(), articles: self.store.count(&feed.id).await?, newest };
        let problems = self.put(feed.id.as_str(), move || render::render(&about, &articles)).await;
        self.documents.set_summary(summary);
        self.documents.set_next_poll(feed.id.as_str(), state.next_at);
        Ok(problems)
    }

    /// Publishes the list of all feeds.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn publish_opml(&self, feeds: &[Feed]) -> Result<Vec<Problem>, store::Error> {
        let stored: BTreeMap<_, _> = self.store.summaries().await?.into_iter().map(|summary| (summary.feed, summary.portal)).collect();
        let portal = |feed: &Feed| stored.get(&feed.id).and_then(Option::as_ref);
        let abouts: Vec<_> = feeds.iter().map(|feed| about(feed, portal(feed), Presentation::default(), &self.public_url)).collect();
        Ok(self.put("feeds", move || Ok(vec![render::opml("Loa", &abouts)])).await)
    }

    /// Whoever waited for this while another one rendered finds its change shown already, and has nothing to do.
    async fn publish_all(&self) -> Result<Vec<Problem>, store::Error> {
        self.all_is_stale.store(true, Ordering::SeqCst);
        let _turn = self.all_turn.lock().await;
        if !self.all_is_stale.swap(false, Ordering::SeqCst) {
            return Ok(Vec::new());
        }
        let articles = self.store.latest_of(&self.ids(), ALL_SHOWN).await?;
        let public = self.public_url.clone();
        let all = About {
            id: ALL.to_owned(),
            title: "Loa".to_owned(),
            portal: public.clone(),
            public: public.clone(),
            language: None,
            body: Body::Full,
            presentation: Presentation::default(),
        };
        let sources = self.sources_of(&articles);
        let source = move |id: &FeedId| sources.get(id).cloned().unwrap_or_else(|| Source::unknown(id, &public));
        Ok(self.put(ALL, move || render::render_many(&all, &articles, source)).await)
    }

    /// Those feeds of these articles of which more is known than their ids.
    fn sources_of(&self, articles: &[Article]) -> BTreeMap<FeedId, Source> {
        let known = self.sources.read().unwrap_or_else(PoisonError::into_inner);
        let shown: BTreeSet<_> = articles.iter().map(|article| &article.feed).collect();
        shown.into_iter().filter_map(|id| Some((id.clone(), known.get(id)?.clone()))).collect()
    }

    /// Takes in what is known of these feeds beside their articles.
    async fn note_sources(&self, feeds: &[Feed]) -> Result<(), store::Error> {
        let stored: BTreeMap<_, _> = self.store.summaries().await?.into_iter().map(|summary| (summary.feed, summary.portal)).collect();
        let portal = |feed: &Feed| stored.get(&feed.id).and_then(Option::as_ref);
        let noted = feeds.iter().map(|feed| (feed.id.clone(), self.source(feed, portal(feed))));
        self.sources.write().unwrap_or_else(PoisonError::into_inner).extend(noted);
        Ok(())
    }

    fn source(&self, feed: &Feed, portal: Option<&Portal>) -> Source {
        Source::of(&about(feed, portal, Presentation::default(), &self.public_url))
    }

    /// Into memory first: readers are served even when the disk is full.
    async fn put(&self, id: &str, render: impl FnOnce() -> Result<Vec<Document>, render::Error> + Send + 'static) -> Vec<Problem> {
        let (shared, folder) = (self.documents.clone(), self.folder.clone());
        let put = spawn_blocking(move || {
            let documents = match render() {
                Ok(documents) => documents,
                Err(error) => return vec![Problem::Document(error)],
            };
            shared.put(&documents, Timestamp::now());
            files::write(&folder, &documents).into_iter().map(Problem::File).collect()
        });
        let problems = put.await.unwrap_or_else(|why| vec![Problem::Broken { id: id.to_owned(), why }]);
        self.has_problems.fetch_or(!problems.is_empty(), Ordering::SeqCst);
        problems
    }
}

/// When an article was published, or first seen.
fn shown_stamp(article: &Article) -> Stamp {
    article.published.clone().unwrap_or_else(|| Stamp { at: article.shown_at(), precision: Precision::Minute })
}

/// What a feed says about itself: the operator's word, and else its portal's.
pub fn about(feed: &Feed, portal: Option<&Portal>, page: Presentation, public_url: &Url) -> About {
    let feed = portal.map_or_else(|| feed.clone(), |portal| feed.of_portal(portal));
    let own = |learned: Option<Url>| feed.icon.clone().or(learned);
    let presentation = Presentation {
        description: feed.description.clone().or(page.description),
        favicon: own(page.favicon),
        icon: own(page.icon),
        image: page.image,
    };
    About {
        id: feed.id.to_string(),
        title: feed.title,
        portal: feed.url,
        public: public_url.clone(),
        language: feed.language,
        body: feed.body,
        presentation,
    }
}

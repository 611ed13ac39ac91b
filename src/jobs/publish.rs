//! Publishing: feeds are rendered from the store, when readers ask for them and, where there is a folder for files,
//! when they change.
//!
//! A change costs the feed that changed and `all`, whatever else there is. Rendering, packing and writing run off the
//! async threads, and what is wrong with one document or file costs only that one. What a document says and what tells
//! readers whether it is new come from the store alone: they are the same in every process, and after a restart.

mod documents;
mod files;
mod fingerprints;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
    path::PathBuf,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use jiff::Timestamp;
use loa_reader::list::Presentation;
use tokio::{
    sync::{Mutex, MutexGuard},
    task::spawn_blocking,
};
use url::Url;

use crate::{
    article::{Article, FeedId},
    feed::Feed,
    render::{self, About, Body, Document, Format, Source},
    store::{self, Portal, Stamp, Store, Summary},
    unit,
};

pub use documents::{Documents, FeedSummary, Found, ServedDocument};

/// Articles that a feed shows.
const SHOWN: u32 = 50;
/// The name of the documents of all feeds.
const ALL: &str = "all";
/// Articles that `all` shows.
const ALL_SHOWN: u32 = 100;
/// The name of the list of feeds.
const LIST: &str = "feeds.opml";
/// Feeds of which no two are published at once.
const TURNS: usize = 16;

/// Publishes what the store has.
#[derive(Debug)]
pub struct Publisher {
    store: Store,
    documents: Arc<Documents>,
    public_url: Url,
    /// Empty: no files are written.
    folder: PathBuf,
    /// The feeds that the operator has, and the names of those too whose settings cannot be used at the moment: `all`
    /// shows their articles.
    feeds: RwLock<Arc<Vec<Feed>>>,
    ids: RwLock<Arc<[FeedId]>>,
    /// Whether something was recorded that the files of `all` do not show yet, or was learned that the list does not.
    all_is_stale: AtomicBool,
    list_is_stale: AtomicBool,
    /// A feed is published by one at a time, so that an older document never lands over a newer one, and so are `all`
    /// and the list.
    turns: [Mutex<()>; TURNS],
    all_turn: Mutex<()>,
    list_turn: Mutex<()>,
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
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Publisher {
    /// `room` is what may be kept of documents in memory. There are no feeds until [`Publisher::take_up`].
    pub fn new(store: Store, public_url: Url, folder: PathBuf, room: unit::Size) -> Self {
        Self {
            store,
            documents: Arc::new(Documents::new(room)),
            public_url,
            folder,
            feeds: RwLock::default(),
            ids: RwLock::new(Arc::new([])),
            all_is_stale: AtomicBool::new(false),
            list_is_stale: AtomicBool::new(false),
            turns: std::array::from_fn(|_| Mutex::new(())),
            all_turn: Mutex::new(()),
            list_turn: Mutex::new(()),
        }
    }

    /// What is served.
    pub fn documents(&self) -> &Arc<Documents> {
        &self.documents
    }

    /// Takes up the feeds that there are, as at a start: from here on their documents can be asked for. `ids` are all
    /// that the operator has, those whose settings cannot be used at the moment among them; what is stored of others is
    /// taken away. Nothing is rendered.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn take_up(&self, feeds: Arc<Vec<Feed>>, ids: Vec<FeedId>) -> Result<Vec<Problem>, store::Error> {
        *self.ids.write().unwrap_or_else(PoisonError::into_inner) = ids.into();
        *self.feeds.write().unwrap_or_else(PoisonError::into_inner) = feeds.clone();
        for (old, new) in self.store.renamed().await? {
            self.documents.lead_on(&old, &new);
        }
        let problems = self.remove_gone_feeds().await?;
        let stored = self.stored().await?;
        for feed in feeds.iter() {
            if let Some(summary) = stored.get(&feed.id) {
                self.show(feed, summary);
            }
        }
        self.documents.know(&Documents::names(ALL));
        self.documents.know(&[LIST.to_owned()]);
        Ok(problems)
    }

    /// Takes up another set of feeds while readers are served: `changed` are those whose documents may say something
    /// else of their feed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn take_up_change(&self, feeds: Arc<Vec<Feed>>, ids: Vec<FeedId>, changed: &[&Feed]) -> Result<Vec<Problem>, store::Error> {
        let mut problems = self.take_up(feeds, ids).await?;
        for feed in changed {
            problems.extend(self.publish_feed(feed).await?);
        }
        problems.extend(self.publish_list().await?);
        problems.extend(self.publish_all(None).await?);
        Ok(problems)
    }

    /// Takes up what another process published of a feed: its documents are made anew when they are asked for.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn take_up_published(&self, feed: &Feed) -> Result<(), store::Error> {
        let Some(summary) = self.store.summary(&feed.id).await?.filter(|summary| summary.began_at.is_some()) else { return Ok(()) };
        self.show(feed, &summary);
        for names in [Documents::names(feed.id.as_str()), Documents::names(ALL)] {
            self.documents.forget(&names);
        }
        self.documents.forget(&[LIST.to_owned()]);
        Ok(())
    }

    /// Brings the files up to date, as after a start: what they were made from is noted in the store, and tells which
    /// are.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn publish_outdated(&self) -> Result<Vec<Problem>, store::Error> {
        if !self.has_folder() {
            return Ok(Vec::new());
        }
        let (stored, published) = (self.stored().await?, self.store.published().await?);
        // An older Loa noted it there.
        let mut problems: Vec<_> = files::remove(&self.folder, &[".fingerprints.json".to_owned()]).into_iter().map(Problem::File).collect();
        for feed in self.feeds().iter() {
            let Some(summary) = stored.get(&feed.id) else { continue };
            let is_current = published.get(feed.id.as_str()) == Some(&self.fingerprint(feed, summary));
            if !(is_current && self.has_files(&Documents::names(feed.id.as_str()))) {
                problems.extend(self.publish_feed(feed).await?);
            }
        }
        problems.extend(self.publish_list().await?);
        let made_from = published.get(ALL).filter(|_| self.has_files(&Documents::names(ALL)));
        problems.extend(self.publish_all(made_from).await?);
        Ok(problems)
    }

    /// Publishes what changed with one feed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn publish_change(&self, feed: &Feed) -> Result<Vec<Problem>, store::Error> {
        let mut problems = self.publish_feed(feed).await?;
        problems.extend(self.publish_all(None).await?);
        Ok(problems)
    }

    /// Publishes the list of all feeds. Whoever waited for this while another one made it finds its change shown
    /// already.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn publish_list(&self) -> Result<Vec<Problem>, store::Error> {
        self.list_is_stale.store(true, Ordering::SeqCst);
        let _turn = self.list_turn.lock().await;
        if !self.list_is_stale.swap(false, Ordering::SeqCst) {
            return Ok(Vec::new());
        }
        self.documents.forget(&[LIST.to_owned()]);
        if !self.has_folder() {
            return Ok(Vec::new());
        }
        let list = self.list().await?;
        Ok(self.write("feeds", None, async { Ok(Ok(list)) }).await)
    }

    /// Takes a feed away, also where it is the only one.
    pub async fn remove(&self, id: &FeedId) -> Vec<Problem> {
        self.remove_feeds(vec![id.to_string()]).await
    }

    /// The document of that name: where it is not made at the moment, it is.
    ///
    /// # Errors
    /// When it cannot be made.
    pub async fn document(&self, name: &str) -> Result<Found, Problem> {
        match self.documents.find(name) {
            Found::Unmade(next_poll) => Ok(Found::Here(self.documents.made(name, self.make(name)).await?, next_poll)),
            found => Ok(found),
        }
    }

    async fn make(&self, name: &str) -> Result<Arc<ServedDocument>, Problem> {
        let (id, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let format = Format::ALL.into_iter().find(|format| format.extension() == extension);
        let rendered = match format {
            None => Ok(self.list().await?.remove(0)),
            Some(format) if id == ALL => {
                let (all, articles, sources) = self.all().await?;
                off_thread(id, move || Ok(render::render_many(&all, &articles, sources, &[format])?.remove(0))).await?
            }
            Some(format) => {
                let about = self.documents.about(id);
                let id: FeedId = id.parse().map_err(|_| unknown(name))?;
                let (about, articles) = (about.ok_or_else(|| unknown(name))?, self.store.latest(&id, SHOWN).await?);
                off_thread(name, move || Ok(render::render(&about, &articles, &[format])?.remove(0))).await?
            }
        };
        let mut served = self.stamped(vec![rendered?]).await?;
        Ok(served.remove(0).1)
    }

    /// Documents as they are served, with the times at which they changed: those are stored, so that all processes say
    /// the same.
    async fn stamped(&self, documents: Vec<Document>) -> Result<Vec<(String, Arc<ServedDocument>)>, Problem> {
        let packed = spawn_blocking(move || {
            let pack =
                |document: Document| (ServedDocument::new(document.content_type, &document.bytes, None), document.name, document.changed);
            documents.into_iter().map(pack).collect::<Vec<_>>()
        });
        let packed = packed.await.map_err(|why| Problem::Broken { id: "a document".to_owned(), why })?;
        let stamps: Vec<_> = packed
            .iter()
            .map(|(served, name, changed)| Stamp { name: name.clone(), tag: served.plain_tag.clone(), changed: *changed })
            .collect();
        let times = self.store.stamp(&stamps, Timestamp::now()).await?;
        let served = packed.into_iter().zip(times);
        let timed = |((mut served, name, _), last_modified): ((ServedDocument, String, _), Option<Timestamp>)| {
            served.last_modified = last_modified;
            (name, Arc::new(served))
        };
        Ok(served.map(timed).collect())
    }

    fn has_folder(&self) -> bool {
        !self.folder.as_os_str().is_empty()
    }

    fn has_files(&self, names: &[String]) -> bool {
        names.iter().all(|name| self.folder.join(name).is_file())
    }

    fn feeds(&self) -> Arc<Vec<Feed>> {
        self.feeds.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn ids(&self) -> Arc<[FeedId]> {
        self.ids.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What is stored of the feeds that were ever read: one that never was has nothing to say, and an empty document
    /// would only mislead.
    async fn stored(&self) -> Result<BTreeMap<FeedId, Summary>, store::Error> {
        let began = self.store.summaries().await?.into_iter().filter(|summary| summary.began_at.is_some());
        Ok(began.map(|summary| (summary.feed.clone(), summary)).collect())
    }

    /// Says of a feed what lists of feeds show, and that its documents can be asked for.
    fn show(&self, feed: &Feed, summary: &Summary) {
        let about = about(feed, summary.portal.as_ref(), summary.presentation.clone(), &self.public_url);
        self.documents.set_summary(FeedSummary { about, articles: summary.articles, newest: summary.newest.clone() });
        self.documents.set_next_poll(feed.id.as_str(), summary.next_at);
        self.documents.know(&Documents::names(feed.id.as_str()));
    }

    /// Only what the store knows was ever ours. No feed at all is rather a folder that is not there for once than the
    /// operator's wish, and readers told that a feed is gone do not come back.
    async fn remove_gone_feeds(&self) -> Result<Vec<Problem>, store::Error> {
        let ids = self.ids();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let kept: BTreeSet<_> = ids.iter().map(FeedId::as_str).collect();
        let stored = self.store.summaries().await?.into_iter().map(|summary| summary.feed.to_string());
        let renamed = self.store.renamed().await?.into_iter().map(|(old, _)| old);
        Ok(self.remove_feeds(stored.chain(renamed).filter(|id| !kept.contains(id.as_str())).collect()).await)
    }

    async fn remove_feeds(&self, gone: Vec<String>) -> Vec<Problem> {
        for id in &gone {
            self.documents.remove(id);
        }
        let folder = self.folder.clone();
        let removed = spawn_blocking(move || gone.iter().flat_map(|id| files::remove(&folder, &Documents::names(id))).collect::<Vec<_>>());
        removed.await.unwrap_or_default().into_iter().map(Problem::File).collect()
    }

    /// A number of what the documents of a feed are made from.
    fn fingerprint(&self, feed: &Feed, summary: &Summary) -> String {
        let about = about(feed, summary.portal.as_ref(), summary.presentation.clone(), &self.public_url);
        fingerprints::of(&(SHOWN, about, summary.articles, summary.changed_at, &self.folder))
    }

    async fn turn(&self, feed: &FeedId) -> MutexGuard<'_, ()> {
        let mut hasher = DefaultHasher::new();
        feed.hash(&mut hasher);
        self.turns[usize::try_from(hasher.finish() % TURNS as u64).unwrap_or(0)].lock().await
    }

    async fn publish_feed(&self, feed: &Feed) -> Result<Vec<Problem>, store::Error> {
        let _turn = self.turn(&feed.id).await;
        let Some(summary) = self.store.summary(&feed.id).await?.filter(|summary| summary.began_at.is_some()) else { return Ok(Vec::new()) };
        self.show(feed, &summary);
        let id = feed.id.as_str();
        self.documents.forget(&Documents::names(id));
        if !self.has_folder() {
            return Ok(Vec::new());
        }
        let Some(about) = self.documents.about(id) else { return Ok(Vec::new()) };
        let articles = self.store.latest(&feed.id, SHOWN).await?;
        let rendered = off_thread(id, move || render::render(&about, &articles, &Format::ALL));
        Ok(self.write(id, Some(self.fingerprint(feed, &summary)), rendered).await)
    }

    /// What the list of all feeds says.
    async fn list(&self) -> Result<Vec<Document>, store::Error> {
        let stored: BTreeMap<_, _> = self.store.summaries().await?.into_iter().map(|summary| (summary.feed, summary.portal)).collect();
        let portal = |feed: &Feed| stored.get(&feed.id).and_then(Option::as_ref);
        let feeds = self.feeds();
        let abouts: Vec<_> = feeds.iter().map(|feed| about(feed, portal(feed), Presentation::default(), &self.public_url)).collect();
        Ok(vec![render::opml("Loa", &abouts)])
    }

    /// Whoever waited for this while another one rendered finds its change shown already, and has nothing to do; nor is
    /// there anything to do where the files are made from the same as now.
    async fn publish_all(&self, made_from: Option<&String>) -> Result<Vec<Problem>, store::Error> {
        self.all_is_stale.store(true, Ordering::SeqCst);
        let _turn = self.all_turn.lock().await;
        if !self.all_is_stale.swap(false, Ordering::SeqCst) {
            return Ok(Vec::new());
        }
        self.documents.forget(&Documents::names(ALL));
        if !self.has_folder() {
            return Ok(Vec::new());
        }
        let (all, articles, sources) = self.all().await?;
        let changes: Vec<_> = articles.iter().map(|article| (article.id, article.changed, sources(&article.feed))).collect();
        let fingerprint = fingerprints::of(&(ALL_SHOWN, &self.public_url, changes, &self.folder));
        if made_from == Some(&fingerprint) {
            return Ok(Vec::new());
        }
        let rendered = off_thread(ALL, move || render::render_many(&all, &articles, sources, &Format::ALL));
        Ok(self.write(ALL, Some(fingerprint), rendered).await)
    }

    /// What the feed of all feeds is made from.
    async fn all(&self) -> Result<(About, Vec<Article>, impl Fn(&FeedId) -> Source + Send + 'static), store::Error> {
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
        let shown: BTreeSet<_> = articles.iter().map(|article| &article.feed).collect();
        let known = |id: &FeedId| Some((id.clone(), Source::of(&self.documents.about(id.as_str())?)));
        let sources: BTreeMap<FeedId, Source> = shown.into_iter().filter_map(known).collect();
        Ok((all, articles, move |id: &FeedId| sources.get(id).cloned().unwrap_or_else(|| Source::unknown(id, &public))))
    }

    /// Into memory first: readers are served even when the disk is full. What the files were made from is noted when
    /// they are written.
    async fn write(
        &self,
        id: &str,
        made_from: Option<String>,
        rendered: impl Future<Output = Result<Result<Vec<Document>, render::Error>, Problem>>,
    ) -> Vec<Problem> {
        match self.try_write(id, made_from, rendered).await {
            Ok(problems) => problems,
            Err(problem) => vec![problem],
        }
    }

    async fn try_write(
        &self,
        id: &str,
        made_from: Option<String>,
        rendered: impl Future<Output = Result<Result<Vec<Document>, render::Error>, Problem>>,
    ) -> Result<Vec<Problem>, Problem> {
        let documents = rendered.await??;
        for (name, served) in self.stamped(documents.clone()).await? {
            self.documents.put(&name, served);
        }
        let folder = self.folder.clone();
        let written = spawn_blocking(move || files::write(&folder, &documents));
        let problems = written.await.map_err(|why| Problem::Broken { id: id.to_owned(), why })?;
        if let Some(made_from) = made_from.filter(|_| problems.is_empty()) {
            self.store.note_published(id, &made_from).await?;
        }
        Ok(problems.into_iter().map(Problem::File).collect())
    }
}

/// Renders off the async threads.
async fn off_thread<T: Send + 'static>(
    id: &str,
    render: impl FnOnce() -> Result<T, render::Error> + Send + 'static,
) -> Result<Result<T, render::Error>, Problem> {
    spawn_blocking(render).await.map_err(|why| Problem::Broken { id: id.to_owned(), why })
}

/// A name that was found and whose feed was taken away since.
fn unknown(name: &str) -> Problem {
    Problem::Document(render::Error::Unwritable { name: name.to_owned(), why: "its feed is no more".to_owned() })
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

//! What a feed would publish: its first poll, told as it goes, into a store that is thrown away. So it is what the
//! first poll records, item by item.

use std::{
    collections::HashMap,
    io,
    sync::{Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use loa_reader::{
    link,
    list::{BesideBox, Candidate, Dropped, PageBox, Sighting, Strategy},
    text,
};
use url::Url;

use crate::{
    article::Article,
    feed::Feed,
    fetch::Client,
    jobs::{
        poll::{self, Asked, Event, Progress, Terms},
        reading_timeout::Readers,
    },
    schedule::Pace,
    store::{self, Store},
};

/// More than any list has.
const ALL: u32 = 10_000;
/// Fewer headlines may be something else than a list.
const FEW: usize = 3;

/// What would be published, and what would not.
#[derive(Debug)]
pub struct Preview {
    /// As it is polled: with its portal's name, its language and its zone.
    pub feed: Feed,
    /// Where the list is, after redirects and frames; `None` where none was read.
    pub list: Option<Url>,
    /// As the feed would show them, the newest first.
    pub items: Vec<Item>,
    /// Links that look like headlines and are none.
    pub refused: Vec<Refused>,
    /// Headlines whose pages cannot be had now: they are asked again at later polls.
    pub pending: Vec<Refused>,
    /// Where reasons were asked for: every other link.
    pub dropped: Vec<Dropped>,
    pub boxes: Vec<PageBox>,
    /// Which of them the poll found to stand beside the list, by what their articles and the site's other pages say; of
    /// the others the page alone tells.
    pub found_beside: Vec<BesideBox>,
    /// What could not be read, in words.
    pub remarks: Vec<String>,
    /// Why the poll failed: it would publish nothing.
    pub failure: Option<poll::Error>,
}

/// An article that would be published.
#[derive(Debug)]
pub struct Item {
    pub article: Article,
    /// How its headline was found on the list.
    pub sighting: Sighting,
    /// Its own page was read, or the list has its text.
    pub is_read: bool,
}

impl Item {
    /// What takes no page to be believed: the site's own feed or sitemap, or what the operator points at.
    fn is_trusted(&self) -> bool {
        let is_trusted = |by: &Strategy| matches!(by, Strategy::Selectors | Strategy::Feed | Strategy::Data | Strategy::Sitemap);
        self.sighting.by.iter().any(is_trusted)
    }
}

/// A headline that would not be published, and why.
#[derive(Debug)]
pub struct Refused {
    pub title: String,
    pub url: Option<Url>,
    pub why: String,
}

/// Why a person should decide.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    /// Pages were asked for, and none confirms its headline.
    #[error("{found} links look like headlines, and no page of an article confirms one of them")]
    Unconfirmed { found: usize },
    /// What looks like the list is mostly something else.
    #[error("{refused} of {all} links that look like headlines lead to no article")]
    Contradicted { refused: usize, all: usize },
    #[error("only {0} found")]
    Few(usize),
    #[error("neither the list nor the articles say when anything was published")]
    Undated,
    #[error("no headline on the page says `{0}`")]
    Unfound(String),
}

impl Doubt {
    /// Whether only a person may decide: nothing shows that there is a list.
    pub fn is_grave(&self) -> bool {
        matches!(self, Self::Unconfirmed { .. } | Self::Contradicted { .. })
    }
}

/// Why there is no preview.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no room for a temporary store")]
    Folder(#[from] io::Error),
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Polls `feed` for the first time. The failure of the poll is part of the preview.
///
/// # Errors
/// When there can be no temporary store.
pub async fn preview(feed: &Feed, client: &Client, readers: &Readers, progress: &dyn Progress) -> Result<Preview, Error> {
    let folder = tempfile::tempdir()?;
    let settings = store::Settings::at(format!("sqlite:{}", folder.path().join("preview.db").display()));
    let now = Timestamp::now();
    let store = Store::open(&settings, now).await?;
    let terms = Terms {
        store: &store,
        client,
        channels: &[],
        readers,
        // It decides when the next poll is, and there is none.
        pace: Pace { every: SignedDuration::from_mins(15), adaptive: false },
        now,
        jitter: 0.0,
        files_for: std::time::Duration::ZERO,
    };
    let preview = polled(feed, &terms, progress).await;
    store.close().await;
    preview
}

async fn polled(feed: &Feed, terms: &Terms<'_>, progress: &dyn Progress) -> Result<Preview, Error> {
    let watched = Watched { by: progress, seen: Mutex::default() };
    let store = terms.store;
    let failure = poll::poll_watched(feed, terms, &watched).await.err();
    let seen = watched.seen.into_inner().unwrap_or_else(PoisonError::into_inner);
    let (state, learned) = (store.feed_state(&feed.id).await?, store.learned(&feed.id).await?);
    let headline = |address: &str| seen.headlines.get(address);
    let items = store.latest(&feed.id, ALL).await?.into_iter().map(|article| {
        let headline = headline(&link::identity(&article.url));
        Item {
            is_read: headline.is_some_and(|it| it.is_read),
            sighting: headline.map(|it| it.sighting.clone()).unwrap_or_default(),
            article,
        }
    });
    let items = items.collect();
    let refused = learned.refused.into_iter().map(|refusal| {
        let url = headline(&refusal.address).map(|headline| headline.url.clone());
        Refused { title: refusal.title, url, why: refusal.why }
    });
    let refused = refused.collect();
    let pending = store.pending(&feed.id).await?.into_iter().map(|pending| match headline(&pending.address) {
        Some(headline) => Refused {
            title: headline.title.clone(),
            url: Some(headline.url.clone()),
            why: headline.failure.clone().unwrap_or_else(|| "it was not asked, as its host wants to be left alone".to_owned()),
        },
        None => Refused { title: pending.address, url: None, why: String::new() },
    });
    let pending = pending.collect();
    Ok(Preview {
        feed: feed.of_portal(&state.portal.unwrap_or_default()),
        list: seen.list,
        items,
        refused,
        pending,
        dropped: seen.dropped,
        found_beside: learned.beside,
        boxes: if learned.boxes.is_empty() { seen.boxes } else { learned.boxes },
        remarks: state.remarks,
        failure,
    })
}

impl Preview {
    /// Why a person should decide whether this is wanted.
    pub fn doubts(&self) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        if let Some(poll::Error::Unconfirmed { found, .. }) = self.failure {
            return vec![Doubt::Unconfirmed { found }];
        }
        let is_believed = |item: &Item| item.is_read || item.is_trusted();
        if !self.items.iter().any(is_believed) {
            doubts.push(Doubt::Unconfirmed { found: self.items.len() });
        }
        let all = self.items.len() + self.refused.len();
        if self.refused.len() > FEW && self.refused.len() > self.items.len() {
            doubts.push(Doubt::Contradicted { refused: self.refused.len(), all });
        }
        if self.items.len() < FEW {
            doubts.push(Doubt::Few(self.items.len()));
        }
        if self.items.iter().all(|item| item.article.published.is_none()) {
            doubts.push(Doubt::Undated);
        }
        doubts.extend(self.unfound());
        doubts
    }

    /// The examples of the feed's file that are on no headline.
    fn unfound(&self) -> impl Iterator<Item = Doubt> {
        let titles: Vec<String> = self.items.iter().map(|item| text::fold(&item.article.title)).collect();
        let is_found = move |example: &&String| titles.iter().any(|title| title.contains(&text::fold(example)));
        self.feed.source.examples().iter().filter(move |example| !is_found(example)).cloned().map(Doubt::Unfound)
    }

    /// How many items stand in the boxes that are called `name`.
    pub fn items_in(&self, name: &str) -> usize {
        let is_called = |number: usize| self.boxes.get(number).is_some_and(|page_box| page_box.is_called(name));
        self.items.iter().filter(|item| item.sighting.in_box.is_some_and(is_called)).count()
    }
}

/// What is seen of the poll, and who watches besides.
#[derive(Debug)]
struct Watched<'p> {
    by: &'p dyn Progress,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    list: Option<Url>,
    /// By the identity of their addresses.
    headlines: HashMap<String, Headline>,
    boxes: Vec<PageBox>,
    dropped: Vec<Dropped>,
}

#[derive(Debug)]
struct Headline {
    title: String,
    url: Url,
    sighting: Sighting,
    is_read: bool,
    failure: Option<String>,
}

impl Headline {
    fn of(candidate: &Candidate) -> Self {
        Self {
            title: candidate.title.clone(),
            url: candidate.url.clone(),
            sighting: candidate.sighting.clone(),
            is_read: false,
            failure: None,
        }
    }
}

impl Watched<'_> {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress for Watched<'_> {
    fn tell(&self, event: Event<'_>) {
        match &event {
            Event::Listed { page, discovery, .. } => {
                let mut seen = self.seen();
                seen.list = Some(page.url.clone());
                seen.boxes.clone_from(&discovery.boxes);
                seen.dropped.clone_from(&discovery.dropped);
                seen.headlines = discovery.candidates.iter().map(|it| (link::identity(&it.url), Headline::of(it))).collect();
            }
            Event::Recorded => (),
            Event::Asked { candidate, page } => {
                let mut seen = self.seen();
                if let Some(headline) = seen.headlines.get_mut(&link::identity(&candidate.url)) {
                    match page {
                        Asked::Read(_) | Asked::Given => headline.is_read = true,
                        Asked::Unasked => (),
                        Asked::Failed(why) => headline.failure = Some((*why).to_owned()),
                    }
                }
            }
        }
        self.by.tell(event);
    }

    fn wants_reasons(&self) -> bool {
        self.by.wants_reasons()
    }
}

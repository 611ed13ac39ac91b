//! What polls a portal: a store, a client, the threads that read; everything of the daemon but its clock.

use std::{path::Path, time::Duration};

use jiff::{SignedDuration, Timestamp};
use loa::{
    article::Article,
    channel::{Address, Channel},
    feed::{self, Feed},
    fetch::{self, Client},
    jobs::{
        poll::{self, Report, Terms},
        reading_timeout::Readers,
    },
    schedule::Pace,
    store::{self, Delivery, Store},
};
use loa_stand_ins::portals::{List, Portal};

/// More than a run makes.
const ALL: u32 = 10_000;

pub struct Newsroom {
    store: Store,
    client: Client,
    readers: Readers,
    /// The store's folder, which goes with it.
    _folder: tempfile::TempDir,
}

impl Newsroom {
    pub async fn open(readers: Readers) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = store::Settings::at(format!("sqlite:{}/loa.db", folder.path().display()));
        Self {
            store: Store::open(&settings, Timestamp::UNIX_EPOCH).await.unwrap(),
            client: Client::new(&fetch::Settings { allow_private: true, ..fetch::Settings::default() }, Duration::ZERO).unwrap(),
            readers,
            _folder: folder,
        }
    }

    pub async fn poll(&self, feed: &Feed, channel: &Channel, now: Timestamp) -> Result<Report, poll::Error> {
        let terms = Terms {
            store: &self.store,
            client: &self.client,
            channels: std::slice::from_ref(channel),
            readers: &self.readers,
            pace: Pace { every: SignedDuration::from_mins(15), adaptive: false },
            now,
            jitter: 0.0,
            files_for: std::time::Duration::ZERO,
        };
        poll::poll(feed, &terms).await
    }

    /// What a feed shows, in its order.
    pub async fn shown(&self, feed: &Feed) -> Vec<Article> {
        self.store.latest(&feed.id, ALL).await.unwrap()
    }

    /// What is published of a feed, in the order in which it came.
    pub async fn articles(&self, feed: &Feed) -> Vec<Article> {
        let mut articles = self.store.latest(&feed.id, ALL).await.unwrap();
        articles.sort_by_key(|article| article.id);
        articles
    }

    /// What a channel is told, in order.
    pub async fn deliveries(&self, channel: &Channel) -> Vec<Delivery> {
        let mut deliveries = self.store.deliveries(None, ALL).await.unwrap();
        deliveries.retain(|delivery| delivery.channel == channel.id);
        deliveries.sort_by_key(|delivery| delivery.id);
        deliveries
    }

    pub async fn close(self) {
        self.store.close().await;
    }
}

/// The feed of a list, as its file would say it.
pub fn feed(portal: &Portal, list: List) -> Feed {
    let text = format!("url = \"{}\"\nlanguage = \"vi\"\n", portal.url(list));
    feed::read(list.name().parse().unwrap(), "x.toml", &text, Path::new(""), &|_| None).unwrap()
}

/// A channel that carries one feed, without digests or quiet hours.
pub fn channel(feed: &Feed) -> Channel {
    Channel { feeds: Some(vec![feed.id.clone()]), ..Channel::plain(feed.id.as_str().parse().unwrap(), Address::new("@long_run")) }
}

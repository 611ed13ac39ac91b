//! What all tasks share: the operator's settings, the doors, and what is published at this moment.

use std::{collections::HashMap, sync::Arc};

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Notify;
use tracing::{info, warn};

use super::{Setup, Task, alarms::Alarms, turns::Turns};
use crate::{
    channel::Channel,
    feed::Feed,
    fetch::{Client, Hold},
    jobs::{
        deliver, poll,
        publish::{self, Documents, FeedSummary},
        readers::Readers,
    },
    render::{self, About, Body},
    store::{self, Store},
    target::{OnUnknown, Target, telegram::Telegram},
};

/// Articles that a feed shows.
const SHOWN: u32 = 50;
/// Articles that `all` shows.
const ALL_SHOWN: u32 = 100;

/// Everything that the tasks work with.
pub struct App {
    pub setup: Setup,
    pub store: Store,
    pub client: Client,
    pub target: Option<Target>,
    pub documents: Arc<Documents>,
    alarms: Alarms,
    /// Wakes the channels when something was queued.
    pub queued: Notify,
    /// Which feeds poll now.
    pub turns: Turns,
    readers: Readers,
    /// One rendering at a time, so that an older one never lands over a newer one.
    rendering: tokio::sync::Mutex<()>,
}

/// Opens the store for this process alone; what an earlier one was sending is looked into after the settling time.
///
/// # Errors
/// As [`Store::open`].
pub async fn open_store(setup: &Setup) -> Result<Store, store::Error> {
    let look_at = Timestamp::now().saturating_add(deliver::SETTLING).unwrap_or(Timestamp::MAX);
    Store::open(&setup.config.store, look_at).await
}

impl App {
    pub fn new(setup: Setup, store: Store) -> anyhow::Result<Self> {
        for problem in &setup.problems {
            warn!("{problem}");
        }
        let client = Client::new(&setup.config.fetch, setup.config.poll.host_delay.get())?;
        let telegram = setup.token.clone().map(|token| Telegram::new(&setup.config.telegram, token)).transpose().context("`[telegram]`")?;
        let target = telegram.map(Target::Telegram);
        if target.is_none() && !setup.config.channels.is_empty() {
            warn!(
                "there is no token: new headlines are shown here and not sent, now or later\nhint: set TELOXIDE_TOKEN, or `[telegram] token-file`"
            );
        }
        if target.is_some() && setup.config.telegram.ops_chat == 0 && setup.config.telegram.on_unknown == OnUnknown::Probe {
            info!("`telegram.ops-chat` is not set: a send whose answer is lost is made again, and may be seen twice");
        }
        Ok(Self {
            setup,
            store,
            client,
            target,
            documents: Arc::default(),
            alarms: Alarms::default(),
            queued: Notify::new(),
            turns: Turns::default(),
            readers: Readers::default(),
            rendering: tokio::sync::Mutex::new(()),
        })
    }

    /// The words for a task in the log.
    pub(super) fn name_of(&self, task: Task) -> String {
        match task {
            Task::Feed(index) => format!("feed `{}`", self.setup.feeds[index].id),
            Task::Channel(index) => format!("channel `{}`", self.setup.config.channels[index].id),
        }
    }

    /// What a look at `feed` works with.
    pub fn poll_terms(&self, feed: &Feed) -> poll::Terms<'_> {
        poll::Terms {
            store: &self.store,
            client: &self.client,
            channels: &self.setup.config.channels,
            readers: &self.readers,
            public_url: &self.setup.config.web.public_url,
            pace: self.setup.config.poll.pace(feed.every),
            now: Timestamp::now(),
            jitter: fastrand::f64() * 2.0 - 1.0,
        }
    }

    /// Does the next thing for a channel.
    pub async fn deliver(&self, channel: &Channel) -> Result<deliver::Step, store::Error> {
        let settings = &self.setup.config.telegram;
        let terms = deliver::Terms {
            store: &self.store,
            client: &self.client,
            target: self.target.as_ref(),
            on_unknown: settings.on_unknown,
            pace: SignedDuration::try_from(settings.pace.get()).unwrap_or(SignedDuration::MAX),
            language: settings.language,
            feeds: &self.setup.feeds,
            now: Timestamp::now,
        };
        deliver::step(channel, &terms).await
    }

    /// Tells the operator's chat, where there is one: now, or when it can be reached again.
    pub async fn alarm(&self, text: &str) {
        self.alarms.add(text);
        self.send_alarms().await;
    }

    /// Sends the alarms that wait.
    pub async fn send_alarms(&self) {
        if let Some(target) = &self.target {
            self.alarms.send(target, Timestamp::now()).await;
        }
    }

    /// Keeps over a restart which hosts asked to be left alone.
    pub async fn keep_holds(&self) {
        for Hold { host, until } in self.client.holds(Timestamp::now()) {
            if let Err(error) = self.store.hold_host(&host, until).await {
                warn!("the store did not keep that `{host}` is left alone: {error}");
            }
        }
    }

    /// Takes up again what an earlier run was told by hosts.
    pub async fn take_up_holds(&self) -> Result<(), store::Error> {
        let now = Timestamp::now();
        self.store.prune(now).await?;
        for (host, until) in self.store.held_hosts(now).await? {
            self.client.hold(&Hold { host, until }, now);
        }
        Ok(())
    }
}

/// # Publishing
impl App {
    /// Renders every feed from the store, as at a start.
    pub async fn publish_everything(&self) -> anyhow::Result<()> {
        self.take_up_holds().await?;
        for feed in &self.setup.feeds {
            self.publish_feed(feed).await?;
        }
        self.publish_all().await
    }

    /// Renders what changed with one feed.
    pub async fn publish(&self, feed: &Feed) -> anyhow::Result<()> {
        self.publish_feed(feed).await?;
        self.publish_all().await
    }

    async fn publish_feed(&self, feed: &Feed) -> anyhow::Result<()> {
        let _one = self.rendering.lock().await;
        let articles = self.store.latest(&feed.id, SHOWN).await?;
        let state = self.store.feed_state(&feed.id).await?;
        // A feed whose source was never read has nothing to say: an empty document would only mislead.
        if state.began_at.is_some() {
            self.put(about(feed, &self.setup.config.web.public_url), articles).await?;
            self.documents.set_next_poll(feed.id.as_str(), state.next_at);
        }
        Ok(())
    }

    async fn publish_all(&self) -> anyhow::Result<()> {
        let _one = self.rendering.lock().await;
        let summaries = self.store.summaries().await?;
        let mut summaries: HashMap<_, _> = summaries.into_iter().map(|summary| (summary.feed.clone(), summary)).collect();
        let cards: Vec<_> = self
            .setup
            .feeds
            .iter()
            .map(|feed| {
                let (articles, newest) = summaries.remove(&feed.id).map_or((0, None), |summary| (summary.articles, summary.newest));
                FeedSummary { about: about(feed, &self.setup.config.web.public_url), articles, newest }
            })
            .collect();
        let known: Vec<_> = self.setup.feeds.iter().map(|feed| feed.id.clone()).collect();
        let articles = self.store.latest_of(&known, ALL_SHOWN).await?;
        let public = self.setup.config.web.public_url.clone();
        let all = About { id: "all".to_owned(), title: "Loa".to_owned(), portal: public.clone(), public, language: None, body: Body::Full };
        let abouts: Vec<_> = cards.iter().map(|card| card.about.clone()).collect();
        self.documents.set_cards(cards);
        let opml = render::opml("Loa", &abouts);
        self.write(std::slice::from_ref(&opml)).await?;
        self.put(all, articles).await
    }

    async fn put(&self, about: About, articles: Vec<crate::article::Article>) -> anyhow::Result<()> {
        let documents = tokio::task::spawn_blocking(move || render::render(&about, &articles)).await??;
        self.write(&documents).await
    }

    /// Into memory first: readers are served even when the disk is full.
    async fn write(&self, documents: &[render::Document]) -> anyhow::Result<()> {
        self.documents.put(documents, Timestamp::now());
        let folder = &self.setup.config.publish.folder;
        if !folder.as_os_str().is_empty() {
            publish::write(folder, documents).await?;
        }
        Ok(())
    }
}

/// What a feed says about itself.
pub fn about(feed: &Feed, public_url: &url::Url) -> About {
    About {
        id: feed.id.to_string(),
        title: feed.title.clone(),
        portal: feed.url.clone(),
        public: public_url.clone(),
        language: feed.language.clone(),
        body: feed.body,
    }
}

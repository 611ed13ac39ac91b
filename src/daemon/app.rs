//! What all tasks share: the operator's settings, the doors, and the jobs with what they work with.

use std::sync::Arc;

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
        publish::{Documents, Publisher},
        reading_timeout::Readers,
    },
    store::{self, Store},
    target::{OnUnknown, Target, telegram::Telegram},
};

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
    publisher: Publisher,
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
        let ids = setup.feeds.iter().map(|feed| feed.id.clone()).chain(setup.unusable.iter().cloned()).collect();
        let (public_url, folder) = (setup.config.web.public_url.clone(), setup.config.publish.folder.clone());
        let publisher = Publisher::new(store.clone(), ids, public_url, folder);
        Ok(Self {
            setup,
            store,
            client,
            target,
            documents: publisher.documents().clone(),
            alarms: Alarms::default(),
            queued: Notify::new(),
            turns: Turns::default(),
            readers: Readers::default(),
            publisher,
        })
    }

    /// The words for a task in the log.
    pub(super) fn name_of(&self, task: Task) -> String {
        match task {
            Task::Feed(index) => format!("feed `{}`", self.setup.feeds[index].id),
            Task::Channel(index) => format!("channel `{}`", self.setup.config.channels[index].id),
        }
    }

    /// What a poll of `feed` works with.
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
        for Hold { host, until } in self.client.new_holds(Timestamp::now()) {
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
    /// Takes up what an earlier run left: the hosts that are left alone, and everything that is stored. Whether all of it was published.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn publish_everything(&self) -> Result<bool, store::Error> {
        self.take_up_holds().await?;
        let problems = self.publisher.publish_everything(&self.setup.feeds).await?;
        problems.iter().for_each(|problem| warn!("{problem}"));
        Ok(problems.is_empty())
    }

    /// The same for a round that serves nobody: only files that are not up to date are written.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn publish_outdated(&self) -> Result<bool, store::Error> {
        self.take_up_holds().await?;
        let problems = self.publisher.publish_outdated(&self.setup.feeds).await?;
        problems.iter().for_each(|problem| warn!("{problem}"));
        Ok(problems.is_empty())
    }

    /// Notes at the end of such a round what the files were made from.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn keep_fingerprints(&self) -> Result<(), store::Error> {
        let problems = self.publisher.keep_fingerprints(&self.setup.feeds).await?;
        problems.iter().for_each(|problem| warn!("{problem}"));
        Ok(())
    }

    /// Publishes what changed with one feed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn publish(&self, feed: &Feed) -> Result<(), store::Error> {
        for problem in self.publisher.publish_change(feed).await? {
            warn!(feed.id = %feed.id, "{problem}");
        }
        Ok(())
    }
}

//! What an operator can do with Loa, once, for every face alike: the command line, later pages and the bot.
//!
//! Here is what all of it shares: the operator's settings, the doors, and the jobs with what they work with. When a feed is polled
//! and who delivers is for the daemon to say.

mod alarms;
mod delivering;
mod polling;
mod publishing;
mod setup;
mod turns;

use std::sync::Arc;

use anyhow::Context as _;
use jiff::Timestamp;
use tokio::sync::Notify;
use tracing::{info, warn};

use crate::{
    fetch::{Client, Hold},
    jobs::{
        deliver,
        publish::{Documents, Publisher},
        reading_timeout::Readers,
    },
    store::{self, Store},
    target::{OnUnknown, Target, telegram::Telegram},
};

pub use setup::{Setup, load, read, read_feed};

use alarms::Alarms;
use turns::Turns;

/// Everything that polls, deliveries and commands work with.
pub struct Service {
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

impl Service {
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

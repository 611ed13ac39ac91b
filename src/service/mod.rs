//! What an operator can do with Loa, once, for every face alike: the command line, later pages and the bot.
//!
//! Here is what all of it shares: the operator's settings, the doors, and the jobs with what they work with. When a
//! feed is polled and who delivers is for the daemon to say.

pub mod adding;
pub mod address;
mod alarms;
pub mod backup;
pub mod check;
mod clock;
mod defining;
pub mod definition;
pub mod definitions;
mod delivering;
mod differing;
mod figures;
mod health;
pub mod list_of_article;
mod listening;
pub mod message;
mod network;
pub mod opml;
mod past;
mod pause;
mod polling;
mod present;
pub mod preview;
mod publishing;
mod reload;
mod removing;
mod renaming;
mod request;
mod rereading;
pub mod settings_file;
mod setup;
mod silence;
pub mod status;
mod turns;
mod work;

use std::{
    collections::{BTreeSet, HashMap},
    path::Path,
    sync::Arc,
    time::Duration,
};

use jiff::{Timestamp, tz::TimeZone};
use tokio::{
    sync::{Mutex, Notify, watch},
    time::Instant,
};
use tracing::{info, warn};

use crate::{
    article::FeedId,
    cause,
    config::Config,
    fetch::Hold,
    jobs::{
        deliver,
        publish::{Documents, Publisher},
        reading_timeout::Readers,
    },
    store::{self, Store, Terms, Visited},
    target::OnUnknown,
};

pub use defining::{Defined, HandedIn, Over, define};
pub use differing::named;
pub use figures::{Counted, Figures, Lateness};
pub use health::{Ailment, Beat, Health, Watched};
pub use listening::Ear;
pub use present::Present;
pub use reload::Changes;
pub use request::{Answer, Error, Named, Request, Selection};
pub use rereading::{Found, Reread};
pub use setup::{Settings, Setup, UnknownFeed, feed_named, files, load, read_feed};
pub use turns::{LEASE, RENEWAL};
pub use work::Work;

use alarms::Gathering;
use definitions::Definitions;
use network::Network;

/// Everything that polls, deliveries and commands work with.
pub struct Service {
    present: watch::Sender<Arc<Present>>,
    pub store: Store,
    /// Where the definitions of the feeds are kept.
    pub definitions: Definitions,
    pub documents: Arc<Documents>,
    /// Whether this process does its part.
    pub health: Arc<Health>,
    /// What it did, in figures.
    pub figures: Arc<Figures>,
    /// How this process is called among those that work on the store.
    worker: String,
    gathering: Gathering,
    network: Network,
    failing: silence::Failing,
    /// Where the operator is, for the times that alarms name.
    zone: TimeZone,
    /// Wakes the channels when something was queued.
    pub queued: Notify,
    /// Wakes whoever claims what is due.
    pub work: Notify,
    /// Wakes whoever takes up how feeds are defined.
    pub defined: Notify,
    /// Wakes whoever waits for a host.
    released: Notify,
    /// What was unchanged at polls and is not written yet.
    gathered: std::sync::Mutex<Vec<Visited>>,
    /// Feeds of whose past so many further pages are read.
    filled: std::sync::Mutex<HashMap<FeedId, u32>>,
    pictures: deliver::Pictures,
    crowd: deliver::Crowd,
    copies: deliver::Copies,
    readers: Readers,
    /// What makes the documents that readers ask for.
    pub publisher: Arc<Publisher>,
    reloading: Mutex<()>,
    /// What other workers define otherwise.
    differing: differing::Differing,
    /// Which definitions the store was told that this worker has.
    told_definitions: std::sync::atomic::AtomicI64,
    /// What is wrong with the operator's files and was said.
    told_problems: std::sync::Mutex<BTreeSet<String>>,
}

/// Between two tries to reach a server.
const STORE_RETRY: Duration = Duration::from_secs(1);

/// Opens the store to work on it, as [`open_store`] does, and reads the settings at `path` and the definitions of the
/// feeds.
///
/// # Errors
/// As [`load`] and [`open_store`].
pub async fn open(path: &Path) -> anyhow::Result<(Setup, Store)> {
    let settings = Settings::read(path)?;
    let store = open_store(&settings.config).await?;
    match Definitions::of(path, settings.config.feeds.from, &store).read().await {
        Ok(written) => Ok((settings.with(&written), store)),
        Err(problem) => {
            store.close().await;
            Err(problem.into())
        }
    }
}

/// Opens the store to work on it; what an earlier process was sending is looked into after the settling time. A server
/// that is not there yet is waited for, as long as the settings say.
///
/// # Errors
/// As [`Store::open`].
pub async fn open_store(config: &Config) -> Result<Store, store::Error> {
    let settings = &config.store;
    let give_up = Instant::now() + settings.wait.into();
    let mut is_told = false;
    let store = loop {
        let look_at = Timestamp::now().saturating_add(deliver::SETTLING).unwrap_or(Timestamp::MAX);
        match Store::open(settings, look_at).await {
            Err(error @ (store::Error::Unreachable { .. } | store::Error::Away(_))) if Instant::now() < give_up => {
                if !is_told {
                    warn!("{}; it is waited for, {} at most", cause::tell(&error).in_a_line(), settings.wait);
                    is_told = true;
                }
                tokio::time::sleep(STORE_RETRY).await;
            }
            opened => break opened?,
        }
    };
    if let Err(error) = store.agree(&terms(config), settings).await {
        store.close().await;
        return Err(error);
    }
    if let Some(copy) = store.copy_before() {
        info!("the database of an older loa was brought up to date; a copy of it is kept as `{}`", copy.display());
    }
    Ok(store)
}

/// What all workers on one store must have alike.
fn terms(config: &Config) -> Terms {
    let mut channels: Vec<_> = config.channels.iter().map(|channel| format!("{channel:?}")).collect();
    channels.sort();
    Terms { public_url: config.web.public_url.to_string(), channels: channels.join("\n") }
}

/// The machine and the process.
fn worker_name() -> String {
    let machine = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let machine = machine.trim();
    format!("{} {}", if machine.is_empty() { "loa" } else { machine }, std::process::id())
}

impl Service {
    /// # Errors
    /// When a door cannot be made with these settings, or the store cannot be read.
    pub async fn new(setup: Setup, store: Store) -> anyhow::Result<Self> {
        let told_problems = setup.problems.iter().map(ToString::to_string).collect();
        let present = Present::new(setup, store.paused().await?, None)?;
        let setup = &present.setup;
        if setup.config.store.is_shared() {
            present.client.share_turns(Arc::new(turns::HostTurns(store.clone())));
        }
        let (public_url, folder) = (setup.config.web.public_url.clone(), setup.config.publish.folder.clone());
        let publisher = Arc::new(Publisher::new(store.clone(), public_url, folder, setup.config.web.cache));
        Ok(Self {
            health: Arc::new(Health::new(store.clone())),
            figures: Arc::new(Figures::new(Some(store.clone()), publisher.documents().clone(), Timestamp::now())),
            worker: worker_name(),
            definitions: Definitions::of(&setup.path, setup.config.feeds.from, &store),
            present: watch::Sender::new(Arc::new(present)),
            store,
            documents: publisher.documents().clone(),
            gathering: Gathering::Awhile,
            network: Network::default(),
            failing: silence::Failing::default(),
            zone: TimeZone::system(),
            queued: Notify::new(),
            work: Notify::new(),
            defined: Notify::new(),
            released: Notify::new(),
            gathered: std::sync::Mutex::default(),
            filled: std::sync::Mutex::default(),
            pictures: deliver::Pictures::default(),
            crowd: deliver::Crowd::default(),
            copies: deliver::Copies::default(),
            readers: Readers::default(),
            publisher,
            reloading: Mutex::default(),
            differing: differing::Differing::default(),
            told_definitions: std::sync::atomic::AtomicI64::new(0),
            told_problems: std::sync::Mutex::new(told_problems),
        })
    }

    /// The same for what tells everything at once at its end.
    #[must_use]
    pub fn telling_at_once(self) -> Self {
        Self { gathering: Gathering::AtOnce, ..self }
    }

    /// Says at a start what is wrong with the operator's files, and what will be missed.
    pub fn warn_at_start(&self) {
        let present = self.present();
        let setup = &present.setup;
        for problem in &setup.problems {
            warn!("{problem}");
        }
        if present.target.is_none() && !setup.config.channels.is_empty() {
            warn!(
                "there is no token: new headlines are shown here and not sent, now or later\nhint: set TELOXIDE_TOKEN, or `[telegram] token-file`"
            );
        }
        if present.target.is_some() && setup.config.telegram.ops_chat == 0 && setup.config.telegram.on_unknown == OnUnknown::Probe {
            info!(
                "`telegram.ops-chat` is not set: where the bot may edit what others post, a send whose answer is lost is made again, and may be seen twice"
            );
        }
    }

    /// What is in force now.
    pub fn present(&self) -> Arc<Present> {
        self.present.borrow().clone()
    }

    /// Tells of every change of what is in force.
    pub fn changes(&self) -> watch::Receiver<Arc<Present>> {
        self.present.subscribe()
    }

    /// Keeps over a restart which hosts asked to be left alone.
    pub async fn keep_holds(&self) {
        for Hold { host, until } in self.present().client.new_holds(Timestamp::now()) {
            if let Err(error) = self.store.hold_host(&host, until).await {
                warn!("the store did not keep that `{host}` is left alone: {error}");
            }
        }
    }

    /// Takes up again what an earlier run was told by hosts.
    pub async fn take_up_holds(&self) -> Result<(), store::Error> {
        let now = Timestamp::now();
        self.store.prune(now).await?;
        let client = self.present().client.clone();
        for (host, until) in self.store.held_hosts(now).await? {
            client.hold(&Hold { host, until }, now);
        }
        Ok(())
    }
}

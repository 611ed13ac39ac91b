//! The daemon: polls every source when it is due, delivers, publishes and serves until it is told to stop.
//!
//! One task has all polls made, and every channel has a task of its own, so that none waits for another; a task that
//! breaks is started again and costs nobody else anything.

mod channels;
mod clock;
mod commands;
mod files;
mod listening;
mod once;
mod others;
mod polls;
mod terminal;

use std::{
    collections::{HashMap, HashSet},
    fmt,
    sync::Arc,
    time::Duration,
};

use anyhow::Context as _;
use jiff::Timestamp;
use tokio::{
    net::TcpListener,
    sync::watch,
    task::{Id, JoinError, JoinSet},
    time::{Instant, timeout_at},
};
use tracing::{error, info};

use crate::{
    channel::ChannelId,
    service::{Service, Setup},
    store::Store,
    web,
};

pub use once::{Round, Which, once};
pub use others::hearing;

/// How long what is under way may take when the daemon stops: sends, polls that are being recorded, answers to readers.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(8);
/// How long a broken task rests before it is started again.
const RESTART_DELAY: Duration = Duration::from_secs(30);

/// What the tasks do.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Task {
    /// The polls of all feeds.
    Polls,
    Channel(ChannelId),
    /// The settings and the definitions of the feeds.
    Files,
    /// Commands beside the daemon.
    Commands,
    /// The other processes that work on the store.
    Others,
    Clock,
    /// What the other side says by itself.
    Updates,
    /// What is looked at once.
    Start,
}

/// Runs until `stop` turns true, serving on `listener`. The store is closed before this returns.
///
/// # Errors
/// When it cannot begin, or the web server breaks.
pub async fn run(setup: Setup, store: Store, listener: TcpListener, stop: watch::Receiver<bool>) -> anyhow::Result<()> {
    let service = Arc::new(Service::new(setup, store).await?);
    service.warn_at_start();
    serve(service, listener, stop).await
}

/// The same with a service that somebody else works with too.
///
/// # Errors
/// As [`run`].
pub async fn serve(service: Arc<Service>, listener: TcpListener, stop: watch::Receiver<bool>) -> anyhow::Result<()> {
    service.take_up_stored().await.context("what is stored cannot be read")?;
    service.enrol().await.context("the store cannot be told what is to be polled")?;
    let config = service.present().setup.config.clone();
    let mut changes = service.changes();
    let mut tasks = Tasks { set: JoinSet::new(), running: HashMap::new(), service: service.clone(), stop: stop.clone() };
    tasks.start(Task::Start, Duration::ZERO);
    tasks.start_missing();
    let mut serve_until = stop.clone();
    let site = web::Site { public: config.web.public_url, language: config.telegram.language, clock: Timestamp::now };
    let (publisher, health, figures) = (service.publisher.clone(), service.health.clone(), service.figures.clone());
    let serving = web::serve(listener, web::Shown { publisher, health, figures }, site, async move { stopped(&mut serve_until).await });
    tokio::pin!(serving);
    let mut end = stop.clone();
    let served = loop {
        tokio::select! {
            served = &mut serving => break Some(served),
            () = stopped(&mut end) => break None,
            // Those that are no more end by themselves.
            Ok(()) = changes.changed() => tasks.start_missing(),
            Some(ended) = tasks.set.join_next_with_id() => tasks.ended(ended),
        }
    };
    info!("stopping");
    let deadline = Instant::now() + SHUTDOWN_GRACE;
    let served = match served {
        Some(served) => served,
        // Both at once: what a reader of feeds takes in its time must not be added to what a send takes.
        None => {
            let finished = async { while tasks.set.join_next().await.is_some() {} };
            let (served, _) = tokio::join!(timeout_at(deadline, &mut serving), timeout_at(deadline, finished));
            served.unwrap_or(Ok(()))
        }
    };
    // What is cut off in a send is looked into at the next start.
    tasks.set.shutdown().await;
    service.store.clone().close().await;
    served.context("the web server stopped")
}

/// The tasks of all channels that there are, and those of everything else.
struct Tasks {
    set: JoinSet<()>,
    running: HashMap<Id, Task>,
    service: Arc<Service>,
    stop: watch::Receiver<bool>,
}

impl Tasks {
    /// Starts a task for everything that is there and has none.
    fn start_missing(&mut self) {
        let present = self.service.present();
        let ops = self.service.ops_channel();
        let channels = present.setup.config.channels.iter().chain(&ops).map(|channel| Task::Channel(channel.id.clone()));
        let running: HashSet<_> = self.running.values().cloned().collect();
        let missing: Vec<_> = channels
            .chain([Task::Polls, Task::Files, Task::Commands, Task::Others, Task::Clock, Task::Updates])
            .filter(|task| !running.contains(task))
            .collect();
        missing.into_iter().for_each(|task| self.start(task, Duration::ZERO));
    }

    fn start(&mut self, task: Task, after: Duration) {
        let (service, stop, what) = (self.service.clone(), self.stop.clone(), task.clone());
        let handle = self.set.spawn(async move {
            let mut end = stop.clone();
            tokio::select! {
                () = tokio::time::sleep(after) => (),
                () = stopped(&mut end) => return,
            }
            match what {
                Task::Polls => polls::run(&service, stop).await,
                Task::Channel(id) => channels::serve(&service, &id, stop).await,
                Task::Files => files::watch(&service, stop).await,
                Task::Commands => commands::hear(service, stop).await,
                Task::Others => others::hear(&service, stop).await,
                Task::Clock => clock::watch(&service, stop).await,
                Task::Updates => listening::hear(&service, stop).await,
                Task::Start => {
                    tokio::select! {
                        ((), ()) = async { tokio::join!(service.look_at_start(), publish_outdated(&service)) } => (),
                        () = stopped(&mut end) => (),
                    }
                }
            }
        });
        self.running.insert(handle.id(), task);
    }

    /// A task that broke is started again; one whose channel is no more has come to its end, or was put back meanwhile.
    fn ended(&mut self, ended: Result<(Id, ()), JoinError>) {
        let id = match &ended {
            Ok((id, ())) => *id,
            Err(error) => error.id(),
        };
        let task = self.running.remove(&id);
        if *self.stop.borrow() {
            return;
        }
        match (ended, task) {
            (Err(broken), Some(task)) => {
                error!("the task of {task} broke and is started again in {} s: {broken}", RESTART_DELAY.as_secs());
                self.start(task, RESTART_DELAY);
            }
            _ => self.start_missing(),
        }
    }
}

impl fmt::Display for Task {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Polls => f.write_str("the polls"),
            Self::Channel(id) => write!(f, "channel `{id}`"),
            Self::Files => f.write_str("the settings and feeds"),
            Self::Commands => f.write_str("commands"),
            Self::Others => f.write_str("the other workers"),
            Self::Clock => f.write_str("the clock"),
            Self::Updates => f.write_str("what is heard of the bot"),
            Self::Start => f.write_str("the start"),
        }
    }
}

/// Brings the files up to date while readers are served already.
async fn publish_outdated(service: &Service) {
    if let Err(error) = service.publish_outdated().await {
        error!("what is stored could not be published: {error}");
    }
}

/// Waits until the daemon is told to stop.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    // The sender is gone only when the process is about to be.
    let _ = stop.wait_for(|stop| *stop).await;
}

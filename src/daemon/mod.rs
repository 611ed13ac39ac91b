//! The daemon: polls every source when it is due, delivers, publishes and serves until it is told to stop.
//!
//! Every feed and every channel has a task of its own in one set, so that none waits for another; a task that
//! breaks is started again and costs nobody else anything.

mod channels;
mod feeds;
mod once;
mod terminal;

use std::{sync::Arc, time::Duration};

use anyhow::Context as _;
use jiff::Timestamp;
use tokio::{
    net::TcpListener,
    sync::watch,
    task::JoinSet,
    time::{Instant, timeout_at},
};
use tracing::{error, info};

use crate::{
    service::{Service, Setup},
    store::Store,
    web,
};

pub use once::{Round, Which, once};

/// How long what is under way may take when the daemon stops: sends, polls that are being recorded, answers to readers.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(8);
/// How long a broken task rests before it is started again.
const RESTART_DELAY: Duration = Duration::from_secs(30);

/// What the tasks do.
#[derive(Debug, Clone, Copy)]
enum Task {
    Feed(usize),
    Channel(usize),
}

/// Runs until `stop` turns true, serving on `listener`. The store is closed before this returns.
///
/// # Errors
/// When it cannot begin, or the web server breaks.
pub async fn run(setup: Setup, store: Store, listener: TcpListener, stop: watch::Receiver<bool>) -> anyhow::Result<()> {
    let service = Arc::new(Service::new(setup, store)?);
    service.publish_everything().await.context("cannot publish what is stored")?;
    let mut tasks: JoinSet<()> = JoinSet::new();
    let mut running = std::collections::HashMap::new();
    for index in 0..service.setup.feeds.len() {
        start(&mut tasks, &mut running, Task::Feed(index), &service, &stop, Duration::ZERO);
    }
    for index in 0..service.setup.config.channels.len() {
        start(&mut tasks, &mut running, Task::Channel(index), &service, &stop, Duration::ZERO);
    }
    let mut serve_until = stop.clone();
    let site = web::Site {
        public: service.setup.config.web.public_url.clone(),
        language: service.setup.config.telegram.language,
        clock: Timestamp::now,
    };
    let serving = web::serve(listener, service.documents.clone(), site, async move { stopped(&mut serve_until).await });
    tokio::pin!(serving);
    let mut end = stop.clone();
    let served = loop {
        tokio::select! {
            served = &mut serving => break Some(served),
            () = stopped(&mut end) => break None,
            Some(ended) = tasks.join_next_with_id() => {
                let id = match &ended { Ok((id, ())) => *id, Err(error) => error.id() };
                let task = running.remove(&id);
                if let (Err(broken), Some(task), false) = (ended, task, *stop.borrow()) {
                    error!("the task of {} broke and is started again in {} s: {broken}", name_of(&service, task), RESTART_DELAY.as_secs());
                    start(&mut tasks, &mut running, task, &service, &stop, RESTART_DELAY);
                }
            }
        }
    };
    info!("stopping");
    let deadline = Instant::now() + SHUTDOWN_GRACE;
    let served = match served {
        Some(served) => served,
        // Both at once: what a reader of feeds takes in its time must not be added to what a send takes.
        None => {
            let finished = async { while tasks.join_next().await.is_some() {} };
            let (served, _) = tokio::join!(timeout_at(deadline, &mut serving), timeout_at(deadline, finished));
            served.unwrap_or(Ok(()))
        }
    };
    // What is cut off in a send is looked into at the next start.
    tasks.shutdown().await;
    service.store.clone().close().await;
    served.context("the web server stopped")
}

/// The words for a task in the log.
fn name_of(service: &Service, task: Task) -> String {
    match task {
        Task::Feed(index) => format!("feed `{}`", service.setup.feeds[index].id),
        Task::Channel(index) => format!("channel `{}`", service.setup.config.channels[index].id),
    }
}

fn start(
    tasks: &mut JoinSet<()>,
    running: &mut std::collections::HashMap<tokio::task::Id, Task>,
    task: Task,
    service: &Arc<Service>,
    stop: &watch::Receiver<bool>,
    after: Duration,
) {
    let (service, stop) = (service.clone(), stop.clone());
    let handle = tasks.spawn(async move {
        let mut end = stop.clone();
        tokio::select! {
            () = tokio::time::sleep(after) => (),
            () = stopped(&mut end) => return,
        }
        match task {
            Task::Feed(index) => feeds::watch(&service, &service.setup.feeds[index], stop).await,
            Task::Channel(index) => channels::serve(&service, &service.setup.config.channels[index], stop).await,
        }
    });
    running.insert(handle.id(), task);
}

/// Waits until the daemon is told to stop.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    // The sender is gone only when the process is about to be.
    let _ = stop.wait_for(|stop| *stop).await;
}

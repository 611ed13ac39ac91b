//! The settings and the definitions of the feeds, watched: what changes in them is taken up within seconds.
//!
//! Of files the times and sizes are looked at, once a second. That works on every file system, with every editor, and
//! costs next to nothing; where there are so many files that it would cost something, they are looked at more rarely.
//! Of what is stored for several workers the others tell at once when they change it.

use std::{path::PathBuf, time::Duration};

use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
    task::spawn_blocking,
    time::Instant,
};
use tracing::warn;

use super::stopped;
use crate::service::{
    self, Service,
    definitions::{self, Mark},
};

/// Between two looks at the files. What has changed is read when it was the same at the next one: nobody is writing it
/// any more.
const LOOK: Duration = Duration::from_secs(1);

/// The longest pause, whatever else keeps the machine busy.
const MOST: Duration = Duration::from_secs(5);
/// A look may take this part of the time at most.
const SHARE: u32 = 100;

/// What tells what was read from what was changed since.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Print {
    files: Vec<(PathBuf, Option<(std::time::SystemTime, u64)>)>,
    definitions: Option<Mark>,
}

/// Reads everything again when it changes, and at SIGHUP, until told to stop.
pub async fn watch(service: &Service, mut stop: watch::Receiver<bool>) {
    let Ok(mut hangup) = signal(SignalKind::hangup()) else { return stopped(&mut stop).await };
    let mut taken_up = Print { files: files(service).await, definitions: service.definitions.mark().await };
    let mut last = taken_up.clone();
    let (mut pause, mut looked) = (LOOK, Instant::now());
    loop {
        let is_asked = tokio::select! {
            () = tokio::time::sleep(pause) => false,
            () = service.defined.notified() => true,
            _ = hangup.recv() => true,
            () = stopped(&mut stop) => return,
        };
        let began = Instant::now();
        let mut now = Print { files: files(service).await, definitions: last.definitions.clone() };
        if is_asked || looked.elapsed() >= service.definitions.look_every() {
            looked = began;
            // What cannot be said now is as it was.
            now.definitions = service.definitions.mark().await.or(now.definitions);
        }
        pause = LOOK.max(began.elapsed() * SHARE).min(MOST);
        let is_settled = now == last;
        last.clone_from(&now);
        if is_asked || (is_settled && now != taken_up) {
            taken_up = now;
            if let Err(error) = service.reload().await {
                warn!("the settings were read again, and the store failed: {error}");
            }
        }
    }
}

async fn files(service: &Service) -> Vec<(PathBuf, Option<(std::time::SystemTime, u64)>)> {
    let present = service.present();
    spawn_blocking(move || definitions::marks(service::files(&present.setup))).await.unwrap_or_default()
}

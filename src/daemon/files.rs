//! The operator's files, watched: what changes in them is taken up within seconds.
//!
//! Their times and sizes are looked at, once a second. That works on every file system, with every editor, and costs
//! next to nothing; where there are so many files that it would cost something, they are looked at more rarely.

use std::{fs, path::PathBuf, time::Duration};

use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
    task::spawn_blocking,
    time::Instant,
};
use tracing::warn;

use super::stopped;
use crate::service::{self, Service};

/// Between two looks at the files. What has changed is read when it was the same at the next one: nobody is writing it
/// any more.
const LOOK: Duration = Duration::from_secs(1);

/// The longest pause, whatever else keeps the machine busy.
const MOST: Duration = Duration::from_secs(5);
/// A look may take this part of the time at most.
const SHARE: u32 = 100;

/// What tells a file from one that was changed.
type Print = Vec<(PathBuf, Option<(std::time::SystemTime, u64)>)>;

/// Reads the files again when they change, and at SIGHUP, until told to stop.
pub async fn watch(service: &Service, mut stop: watch::Receiver<bool>) {
    let Ok(mut hangup) = signal(SignalKind::hangup()) else { return stopped(&mut stop).await };
    let mut taken_up = print(service).await;
    let mut last = taken_up.clone();
    let mut pause = LOOK;
    loop {
        let is_asked = tokio::select! {
            () = tokio::time::sleep(pause) => false,
            _ = hangup.recv() => true,
            () = stopped(&mut stop) => return,
        };
        let began = Instant::now();
        let now = print(service).await;
        pause = LOOK.max(began.elapsed() * SHARE).min(MOST);
        let is_settled = now == last;
        last.clone_from(&now);
        if is_asked || (is_settled && now != taken_up) {
            taken_up = now;
            if let Err(error) = service.reload().await {
                warn!("the files were read again, and the store failed: {error}");
            }
        }
    }
}

async fn print(service: &Service) -> Print {
    let present = service.present();
    let files = spawn_blocking(move || {
        let print = |path: PathBuf| {
            let about = fs::metadata(&path).ok().and_then(|about| Some((about.modified().ok()?, about.len())));
            (path, about)
        };
        service::files(&present.setup).into_iter().map(print).collect()
    });
    files.await.unwrap_or_default()
}

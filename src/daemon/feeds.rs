//! One feed's task: wait until it is due, and poll.

use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;
use tracing::warn;

use super::stopped;
use crate::{
    article::FeedId,
    feed::Feed,
    service::{Beat, Present, Service, Why},
};

/// Between two tries when the store itself fails.
const STORE_RETRY: Duration = Duration::from_secs(30);
/// How soon a feed that is due is polled when this machine reaches others again.
const NO_NETWORK: Duration = Duration::from_secs(5);
/// The longest sleep at a stretch: a clock that was set forward is noticed after this.
const MAX_SLEEP: Duration = Duration::from_secs(60);

/// Polls the feed whenever it is due, by its definition as it is then, until told to stop or until there is no such feed.
pub async fn watch(service: &Service, id: &FeedId, mut stop: watch::Receiver<bool>) {
    let watched = service.health.watch(Beat::Feed(id.clone()));
    let mut changes = service.changes();
    loop {
        let present = changes.borrow_and_update().clone();
        let Some(feed) = present.feed(id) else { return };
        let wait = if present.paused.feeds.contains(id) { MAX_SLEEP } else { wait(service, feed).await };
        if !wait.is_zero() {
            let wait = wait.min(MAX_SLEEP);
            watched.waits(after(wait));
            tokio::select! {
                () = tokio::time::sleep(wait) => (),
                () = concerned(&mut changes, id, feed, &present) => (),
                () = stopped(&mut stop) => return,
            }
            continue;
        }
        // It works when its host's turn has come, and while there is no network, waits without a fault of its own.
        watched.queues();
        if !service.admits_poll() {
            tokio::select! {
                () = tokio::time::sleep(NO_NETWORK) => (),
                () = stopped(&mut stop) => return,
            }
            continue;
        }
        let polled = async {
            if service.poll(id, Why::Due).await.is_err() {
                // Nothing could be recorded, not even the failure: without a rest this would be a storm.
                tokio::time::sleep(STORE_RETRY).await;
            }
        };
        tokio::select! {
            () = polled => (),
            // A poll that is cut off has recorded nothing and announced nothing.
            () = stopped(&mut stop) => return,
        }
    }
}

async fn wait(service: &Service, feed: &Feed) -> Duration {
    match service.due(feed, Timestamp::now()).await {
        Ok(due) => due.duration_since(Timestamp::now()).try_into().unwrap_or(Duration::ZERO),
        Err(error) => {
            warn!(feed.id = %feed.id, "the store cannot say when `{}` is due: {error}", feed.id);
            STORE_RETRY
        }
    }
}

/// Waits for a change that means this feed: most mean others, and asking the store at each would cost all feeds something.
async fn concerned(changes: &mut watch::Receiver<std::sync::Arc<Present>>, id: &FeedId, feed: &Feed, before: &Present) {
    let is_concerned = |now: &Present| {
        let (poll, paused) = (&now.setup.config.poll, &now.paused.feeds);
        now.feed(id).is_none_or(|now| now.revision != feed.revision)
            || *poll != before.setup.config.poll
            || paused.contains(id) != before.paused.feeds.contains(id)
    };
    // The sender lives as long as the service.
    let _ = changes.wait_for(|now| is_concerned(now)).await;
}

fn after(wait: Duration) -> Timestamp {
    Timestamp::now().checked_add(wait).unwrap_or(Timestamp::MAX)
}

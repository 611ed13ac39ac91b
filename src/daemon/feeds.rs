//! One feed's task: wait until it is due, and poll.

use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;
use tracing::warn;

use super::stopped;
use crate::{feed::Feed, service::Service};

/// Between two tries when the store itself fails.
const STORE_RETRY: Duration = Duration::from_secs(30);
/// The longest sleep at a stretch: a clock that was set forward is noticed after this.
const MAX_SLEEP: Duration = Duration::from_secs(60);

/// Polls `feed` whenever it is due, until told to stop.
pub async fn watch(service: &Service, feed: &Feed, mut stop: watch::Receiver<bool>) {
    loop {
        let wait = match service.store.feed_state(&feed.id).await {
            Ok(state) => state.next_at.duration_since(Timestamp::now()).try_into().unwrap_or(Duration::ZERO),
            Err(error) => {
                warn!(feed.id = %feed.id, "the store cannot say when `{}` is due: {error}", feed.id);
                STORE_RETRY
            }
        };
        if !wait.is_zero() {
            tokio::select! {
                () = tokio::time::sleep(wait.min(MAX_SLEEP)) => (),
                () = stopped(&mut stop) => return,
            }
            continue;
        }
        let polled = async {
            if service.poll(feed).await.is_err() {
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

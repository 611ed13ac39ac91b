//! What the other side says by itself is listened to, as long as the daemon runs.

use std::time::Duration;

use tokio::sync::watch;
use tracing::warn;

use super::stopped;
use crate::service::{Ear, Service};

/// Between two tries while the store fails.
const RETRY: Duration = Duration::from_secs(20);

/// Listens until told to stop; what is waited for then is let go.
pub async fn hear(service: &Service, mut stop: watch::Receiver<bool>) {
    let mut ear = Ear::default();
    loop {
        let rest = tokio::select! {
            rest = service.listen(&mut ear) => rest,
            () = stopped(&mut stop) => return,
        };
        let rest = rest.unwrap_or_else(|error| {
            warn!("the store did not keep what was heard of the bot: {error}");
            RETRY
        });
        tokio::select! {
            () = tokio::time::sleep(rest) => (),
            () = stopped(&mut stop) => return,
        }
    }
}

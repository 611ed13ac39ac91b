//! Commands beside the daemon: they are heard as long as it runs.

use std::sync::Arc;

use tokio::sync::watch;
use tracing::warn;

use super::stopped;
use crate::{control::Socket, service::Service};

/// Carries out commands until told to stop. Where they cannot be heard, everything else goes on.
pub async fn hear(service: Arc<Service>, mut stop: watch::Receiver<bool>) {
    let Some(path) = service.present().setup.config.store.socket() else { return stopped(&mut stop).await };
    match Socket::bind(&path) {
        Ok(socket) => socket.serve(service, stop).await,
        Err(error) => {
            warn!("commands cannot reach this daemon, as `{}` cannot be made: {error}", path.display());
            stopped(&mut stop).await;
        }
    }
}

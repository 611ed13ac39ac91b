//! What follows when the clock is set back.

use jiff::SignedDuration;
use tracing::warn;

use super::Service;
use crate::store;

impl Service {
    /// Everything that waits for a time waits as long as it would have.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn note_clock(&self, set_back: SignedDuration) -> Result<(), store::Error> {
        self.store.set_back(set_back).await?;
        warn!("the clock was set back by {set_back:#}: what waits for a time goes by the new one");
        self.work.notify_one();
        self.queued.notify_waiters();
        Ok(())
    }
}

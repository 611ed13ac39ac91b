//! What the operator lets rest, and lets go on.

use std::sync::Arc;

use jiff::Timestamp;
use tracing::info;

use super::Service;
use crate::store::{self, Subject};

impl Service {
    /// Lets a feed or a channel rest; `false`: it does already. A poll or a send that is under way comes to its end.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn pause(&self, subject: &Subject) -> Result<bool, store::Error> {
        let is_new = self.store.pause(subject, Timestamp::now()).await?;
        self.take_up_paused().await?;
        info!("{subject} is paused");
        Ok(is_new)
    }

    /// Lets it go on; `false`: it does already. A channel whose chat was closed to the bot is tried at once, and not
    /// after its pause.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn resume(&self, subject: &Subject) -> Result<bool, store::Error> {
        let mut is_new = self.store.resume(subject).await?;
        if let Subject::Channel(channel) = subject {
            is_new |= self.store.reopen_chat(channel).await?;
        }
        self.take_up_paused().await?;
        info!("{subject} goes on");
        Ok(is_new)
    }

    async fn take_up_paused(&self) -> Result<(), store::Error> {
        let paused = self.store.paused().await?;
        self.present.send_modify(|present| {
            *present = Arc::new(present.with_paused(paused));
        });
        self.enrol().await?;
        self.queued.notify_waiters();
        Ok(())
    }
}

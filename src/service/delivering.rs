//! The next delivery of a channel, and what is said of how it ended.

use jiff::{SignedDuration, Timestamp};
use tracing::{info, warn};

use super::Service;
use crate::{
    channel::Channel,
    jobs::deliver::{self, How, Step},
    store,
    target::OnUnknown,
};

impl Service {
    /// Does the next thing for a channel.
    pub async fn deliver(&self, channel: &Channel) -> Result<deliver::Step, store::Error> {
        let present = self.present();
        let settings = &present.setup.config.telegram;
        let terms = deliver::Terms {
            store: &self.store,
            client: &present.client,
            pictures: &self.pictures,
            crowd: &self.crowd,
            copies: &self.copies,
            target: present.target.as_ref(),
            // What the operator reads may as well be read twice.
            on_unknown: if channel.id.is_ops() { OnUnknown::Resend } else { settings.on_unknown },
            pace: SignedDuration::try_from(settings.pace.get()).unwrap_or(SignedDuration::MAX),
            language: settings.language,
            zone: &self.zone,
            feeds: &present.setup.feeds,
            channels: &present.setup.config.channels,
            now: Timestamp::now,
        };
        let step = deliver::step(channel, &terms).await;
        // Of hosts of pictures.
        self.keep_holds().await;
        step
    }

    /// Tells the log how a step ended, and the operator where that is news.
    pub async fn report(&self, channel: &Channel, step: &Step) {
        match step {
            Step::Said { how: How::Shown, .. } => (),
            Step::Said { how, deliveries, .. } => {
                let words = if *how == How::Found { "had been sent" } else { "sent" };
                info!(channel.id = %channel.id, deliveries = ?deliveries, "`{}`: {} {words}", channel.id, deliveries.len());
            }
            Step::Failed(setback) => {
                warn!(channel.id = %channel.id, "`{}`: {}", channel.id, setback.why);
            }
            Step::Idle | Step::Later(_) => (),
        }
        if let Err(error) = self.note_step(channel, step).await {
            warn!(channel.id = %channel.id, "the store did not keep what is wrong with `{}`: {error}", channel.id);
        }
    }
}

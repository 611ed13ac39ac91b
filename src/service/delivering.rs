//! The next delivery of a channel, and what is said of how it ended.

use jiff::{SignedDuration, Timestamp};
use tracing::{info, warn};

use super::Service;
use crate::{
    channel::Channel,
    jobs::deliver::{self, How, SetbackKind, Step},
    store,
};

impl Service {
    /// Does the next thing for a channel.
    pub async fn deliver(&self, channel: &Channel) -> Result<deliver::Step, store::Error> {
        let present = self.present();
        let settings = &present.setup.config.telegram;
        let terms = deliver::Terms {
            store: &self.store,
            client: &present.client,
            target: present.target.as_ref(),
            on_unknown: settings.on_unknown,
            pace: SignedDuration::try_from(settings.pace.get()).unwrap_or(SignedDuration::MAX),
            language: settings.language,
            feeds: &present.setup.feeds,
            now: Timestamp::now,
        };
        deliver::step(channel, &terms).await
    }

    /// Tells the log and the operator's chat how a step ended.
    pub async fn report(&self, channel: &Channel, step: &Step, is_paused: &mut bool) {
        match step {
            Step::Said { how: How::Shown, .. } => (),
            Step::Said { how, deliveries, .. } => {
                *is_paused = false;
                let words = if *how == How::Found { "had been sent" } else { "sent" };
                info!(channel.id = %channel.id, deliveries = ?deliveries, "`{}`: {} {words}", channel.id, deliveries.len());
            }
            Step::Failed(setback) => {
                warn!(channel.id = %channel.id, "`{}`: {}", channel.id, setback.why);
                let is_news = match setback.kind {
                    SetbackKind::Paused => !std::mem::replace(is_paused, true),
                    SetbackKind::Dead | SetbackKind::Held => true,
                    SetbackKind::Retried | SetbackKind::Waiting | SetbackKind::Unclear | SetbackKind::Lost => false,
                };
                if is_news {
                    self.alarm(&format!("{}: {}", channel.id, setback.why)).await;
                }
            }
            Step::Idle | Step::Later(_) => (),
        }
    }
}

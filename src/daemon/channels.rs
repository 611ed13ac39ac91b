//! One channel's task: deliver what is queued, one message after the other.

use std::{
    io::{self, Write as _},
    time::Duration,
};

use jiff::Timestamp;
use tokio::sync::watch;
use tracing::warn;

use super::{stopped, terminal::message_box};
use crate::{
    channel::{Channel, ChannelId},
    jobs::deliver::{How, Step},
    service::{Beat, Service},
};

/// The longest sleep at a stretch: deliveries that another process put back are noticed after this.
const MAX_SLEEP: Duration = Duration::from_secs(20);

/// Delivers, as the channel's settings are then, until told to stop or until there is no such channel. A send that is
/// under way is waited for.
pub async fn serve(service: &Service, id: &ChannelId, mut stop: watch::Receiver<bool>) {
    let watched = service.health.watch(Beat::Channel(id.clone()));
    loop {
        // Asked for before the step, so that what is queued during it is not missed.
        let queued = service.queued.notified();
        if *stop.borrow() {
            return;
        }
        watched.works(Timestamp::now());
        let present = service.present();
        let ops = service.ops_channel().filter(|ops| ops.id == *id);
        let Some(channel) = present.channel(id).or(ops.as_ref()) else { return };
        let step = if present.paused.channels.contains(id) { Ok(Step::Idle) } else { service.deliver(channel).await };
        let wait = match step {
            Ok(step) => {
                show(channel, &step);
                service.report(channel, &step).await;
                match step {
                    Step::Idle => MAX_SLEEP,
                    Step::Later(at) => Duration::try_from(at.duration_since(Timestamp::now())).unwrap_or(Duration::ZERO).min(MAX_SLEEP),
                    Step::Said { .. } | Step::Failed(_) => continue,
                }
            }
            Err(error) => {
                warn!(channel.id = %channel.id, "the store does not give the deliveries of `{}`: {error}", channel.id);
                MAX_SLEEP
            }
        };
        watched.waits(Timestamp::now().checked_add(wait).unwrap_or(Timestamp::MAX));
        tokio::select! {
            () = tokio::time::sleep(wait) => (),
            () = queued => (),
            () = stopped(&mut stop) => return,
        }
    }
}

/// Where there is no token, the terminal is the channel.
pub fn show(channel: &Channel, step: &Step) {
    if let Step::Said { how: How::Shown, message, .. } = step {
        // A reader that goes away is no reason to stop.
        let _closed = writeln!(io::stdout().lock(), "{}", message_box(&channel.address.to_string(), &message.shown));
    }
}

//! One channel's task: deliver what is queued, one message after the other.

use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;
use tracing::{info, warn};

use super::{App, stopped, terminal::message_box};
use crate::{
    channel::Channel,
    jobs::deliver::{How, SetbackKind, Step},
};

/// The longest sleep at a stretch: deliveries that another process put back are noticed after this.
const MAX_SLEEP: Duration = Duration::from_secs(20);

/// Delivers until told to stop. A send that is under way is waited for.
pub async fn serve(app: &App, channel: &Channel, mut stop: watch::Receiver<bool>) {
    let mut is_paused = false;
    loop {
        // Asked for before the step, so that what is queued during it is not missed.
        let queued = app.queued.notified();
        if *stop.borrow() {
            return;
        }
        app.send_alarms().await;
        let wait = match app.deliver(channel).await {
            Ok(step) => {
                report(app, channel, &step, &mut is_paused).await;
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
        tokio::select! {
            () = tokio::time::sleep(wait) => (),
            () = queued => (),
            () = stopped(&mut stop) => return,
        }
    }
}

/// Tells the log, the terminal and the operator's chat how a step ended.
pub async fn report(app: &App, channel: &Channel, step: &Step, is_paused: &mut bool) {
    match step {
        Step::Said { how: How::Shown, message, .. } => println!("{}", message_box(&channel.address.to_string(), &message.shown)),
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
                app.alarm(&format!("{}: {}", channel.id, setback.why)).await;
            }
        }
        Step::Idle | Step::Later(_) => (),
    }
}

//! One round and out, for cron and CI: poll what is due, deliver, write the files.

use std::{collections::HashMap, time::Duration};

use jiff::Timestamp;
use tokio::time::Instant;

use super::{channels, others::hearing};
use crate::{
    channel::Channel,
    jobs::deliver::{Setback, SetbackKind, Step},
    service::{Service, Setup},
    store::Store,
};

/// How long the pace and Telegram's wishes are waited out; what is left then stays queued.
const MAX_WAIT: Duration = Duration::from_secs(5 * 60);

/// Which feeds a round polls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Due,
    /// Every one, whatever the schedule says; what a host asked for is kept all the same.
    All,
}

/// How a round ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Round {
    Good,
    /// A poll or a send failed, or something could not be published at its beginning.
    Failed,
}

/// Does one round. The store is closed before this returns.
///
/// # Errors
/// When it cannot begin, or nothing can be recorded or published.
pub async fn once(setup: Setup, store: Store, which: Which) -> anyhow::Result<Round> {
    let service = Service::new(setup, store).await?.telling_at_once();
    let round = hearing(&service, Box::pin(round(&service, which))).await?;
    service.store.clone().close().await;
    Ok(round)
}

async fn round(service: &Service, which: Which) -> anyhow::Result<Round> {
    service.warn_at_start();
    let is_taken_up = service.take_up_stored().await?;
    let mut round = if service.publish_outdated().await? && is_taken_up { Round::Good } else { Round::Failed };
    if !poll_feeds(service, which).await? {
        round = Round::Failed;
    }
    service.look_again().await;
    let deadline = Instant::now() + MAX_WAIT;
    let present = service.present();
    for channel in present.setup.config.channels.iter().filter(|channel| !present.paused.channels.contains(&channel.id)) {
        if !deliver(service, channel, deadline).await? {
            round = Round::Failed;
        }
    }
    // The last of all, as what went wrong before is to be told.
    if let Some(ops) = service.ops_channel() {
        deliver(service, &ops, deadline).await?;
    }
    Ok(round)
}

/// Whether every poll went well.
async fn poll_feeds(service: &Service, which: Which) -> anyhow::Result<bool> {
    let mut all_good = true;
    let next_polls: HashMap<_, _> = service.store.summaries().await?.into_iter().map(|summary| (summary.feed, summary.next_at)).collect();
    let present = service.present();
    for feed in present.setup.feeds.iter().filter(|feed| !present.paused.feeds.contains(&feed.id)) {
        let is_due = next_polls.get(&feed.id).is_none_or(|next| *next <= Timestamp::now());
        if is_due || which == Which::All {
            all_good &= service.poll(&feed.id).await?.is_none_or(|polled| polled.is_ok());
        }
    }
    Ok(all_good)
}

/// Empties a channel's queue as far as that goes until `deadline`; whether every send went well.
async fn deliver(service: &Service, channel: &Channel, deadline: Instant) -> anyhow::Result<bool> {
    let mut sends = Sends::default();
    loop {
        let step = service.deliver(channel).await?;
        channels::show(channel, &step);
        service.report(channel, &step).await;
        sends.note(&step);
        match step {
            Step::Idle => return Ok(sends.went_well()),
            // A person must act first: waiting would change nothing.
            Step::Failed(Setback { kind: SetbackKind::Paused | SetbackKind::Token, .. }) => return Ok(false),
            Step::Said { .. } | Step::Failed(_) => (),
            Step::Later(at) => {
                let wait = Duration::try_from(at.duration_since(Timestamp::now())).unwrap_or(Duration::ZERO);
                if Instant::now() + wait > deadline {
                    return Ok(sends.went_well());
                }
                tokio::time::sleep(wait).await;
            }
        }
    }
}

/// How the sends of a round went.
#[derive(Debug, Default)]
struct Sends {
    /// One failed for good: whatever is sent after it, the round was not good.
    has_failed: bool,
    /// The last try failed and waits for the next.
    is_retrying: bool,
}

impl Sends {
    fn note(&mut self, step: &Step) {
        match step {
            Step::Said { .. } => self.is_retrying = false,
            Step::Failed(setback) => match setback.kind {
                SetbackKind::Dead | SetbackKind::Held | SetbackKind::Paused | SetbackKind::Token => self.has_failed = true,
                SetbackKind::Retried | SetbackKind::Unclear => self.is_retrying = true,
                SetbackKind::Waiting | SetbackKind::Silenced | SetbackKind::Diverted | SetbackKind::Dropped | SetbackKind::Lost => (),
            },
            Step::Idle | Step::Later(_) => (),
        }
    }

    fn went_well(&self) -> bool {
        !self.has_failed && !self.is_retrying
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{jobs::deliver::How, message::Message};

    fn said() -> Step {
        Step::Said { how: How::Sent, message: Message::default(), deliveries: vec![1] }
    }

    fn failed(kind: SetbackKind) -> Step {
        Step::Failed(Setback { kind, why: String::new(), deliveries: vec![1] })
    }

    #[test]
    fn a_message_that_is_dead_makes_the_round_fail_whatever_is_sent_after_it() {
        let table = [
            (vec![], true),
            (vec![said(), said()], true),
            (vec![said(), failed(SetbackKind::Dead)], false),
            (vec![failed(SetbackKind::Dead), said(), said()], false),
            (vec![failed(SetbackKind::Retried), said()], true),
            (vec![failed(SetbackKind::Unclear), said()], true),
            (vec![said(), failed(SetbackKind::Retried)], false),
            (vec![failed(SetbackKind::Waiting), said()], true),
        ];
        for (steps, expected) in table {
            let mut sends = Sends::default();
            steps.iter().for_each(|step| sends.note(step));
            assert_eq!(sends.went_well(), expected, "{steps:?}");
        }
    }
}

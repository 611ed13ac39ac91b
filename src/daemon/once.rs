//! One round and out, for cron and CI: look at what is due, deliver, write the files.

use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;

use super::{App, Setup, channels, feeds};
use crate::{
    channel::Channel,
    jobs::deliver::{SetbackKind, Step},
    store::Store,
};

/// How long the pace and Telegram's wishes are waited out; what is left then stays queued.
const MAX_WAIT: Duration = Duration::from_secs(5 * 60);

/// Which feeds a round looks at.
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
    /// A look or a send failed.
    Failed,
}

/// Does one round. The store is closed before this returns.
///
/// # Errors
/// When it cannot begin, or nothing can be recorded or published.
pub async fn once(setup: Setup, store: Store, which: Which) -> anyhow::Result<Round> {
    let app = App::new(setup, store)?;
    app.publish_everything().await?;
    let mut round = Round::Good;
    if !look_at_feeds(&app, which).await? {
        round = Round::Failed;
    }
    let deadline = Instant::now() + MAX_WAIT;
    for channel in &app.setup.config.channels {
        if !deliver(&app, channel, deadline).await? {
            round = Round::Failed;
        }
    }
    app.store.clone().close().await;
    Ok(round)
}

/// Whether every look went well.
async fn look_at_feeds(app: &App, which: Which) -> anyhow::Result<bool> {
    let mut all_good = true;
    for feed in &app.setup.feeds {
        let due = app.store.feed_state(&feed.id).await?.next_at <= Timestamp::now();
        if due || which == Which::All {
            all_good &= feeds::poll(app, feed).await?.is_ok();
        }
    }
    Ok(all_good)
}

/// Empties a channel's queue as far as that goes until `deadline`; whether every send went well.
async fn deliver(app: &App, channel: &Channel, deadline: Instant) -> anyhow::Result<bool> {
    let mut is_paused = false;
    let mut is_good = true;
    loop {
        let step = app.deliver(channel).await?;
        channels::report(app, channel, &step, &mut is_paused).await;
        match step {
            Step::Idle => return Ok(is_good),
            Step::Said { .. } => is_good = true,
            Step::Failed(setback) => match setback.kind {
                SetbackKind::Waiting | SetbackKind::Lost => (),
                SetbackKind::Retried | SetbackKind::Unclear | SetbackKind::Dead | SetbackKind::Held => is_good = false,
                // A person must act first: waiting would change nothing.
                SetbackKind::Paused => return Ok(false),
            },
            Step::Later(at) => {
                let wait = Duration::try_from(at.duration_since(Timestamp::now())).unwrap_or(Duration::ZERO);
                if Instant::now() + wait > deadline {
                    return Ok(is_good);
                }
                tokio::time::sleep(wait).await;
            }
        }
    }
}

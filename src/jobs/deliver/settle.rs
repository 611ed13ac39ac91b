//! What is written of a send: that it begins, and how it ended.
//!
//! What a chat answered is known here alone. So while the store is away, or its disk is full, it is written again and
//! again for as long as the delivery is this process's: were it given up, the message would have to be looked for.

use std::time::Duration;

use tokio::time::{Instant, sleep};
use tracing::{info, warn};

use super::{How, Setback, SetbackKind, Step, Terms};
use crate::{
    cause,
    message::Message,
    store::{self, Attempt, LEASE, Lease, Outcome},
};

/// Before it is written again.
const PAUSE: Duration = Duration::from_secs(1);

/// Notes what is about to be sent; `false`: somebody else took it over.
pub(super) async fn begin(lease: &Lease, attempt: &Attempt, terms: &Terms<'_>) -> Result<bool, store::Error> {
    until_written(lease, || terms.store.begin(lease, attempt)).await
}

/// Settles what was said.
pub(super) async fn said(
    lease: &Lease,
    outcome: &Outcome,
    (how, message): (How, Message),
    terms: &Terms<'_>,
) -> Result<Step, store::Error> {
    let settled = settled(lease, outcome, terms).await?;
    Ok(if settled { Step::Said { how, message, deliveries: lease.deliveries.clone() } } else { lost() })
}

/// Settles what was not said.
pub(super) async fn not_said(
    lease: &Lease,
    outcome: Outcome,
    kind: SetbackKind,
    why: String,
    terms: &Terms<'_>,
) -> Result<Step, store::Error> {
    let settled = settled(lease, &outcome, terms).await?;
    Ok(if settled { Step::Failed(Setback { kind, why, deliveries: lease.deliveries.clone() }) } else { lost() })
}

/// Gives back what does not fit into this message.
pub(super) async fn keep(lease: Lease, holds: usize, terms: &Terms<'_>) -> Result<Lease, store::Error> {
    let mut lease = lease;
    let rest = lease.deliveries.split_off(holds.clamp(1, lease.deliveries.len()));
    if !rest.is_empty() {
        settled(&Lease { deliveries: rest, ..lease.clone() }, &Outcome::Returned, terms).await?;
    }
    Ok(lease)
}

pub(super) fn lost() -> Step {
    Step::Failed(Setback { kind: SetbackKind::Lost, why: "another loa took the delivery over".to_owned(), deliveries: Vec::new() })
}

async fn settled(lease: &Lease, outcome: &Outcome, terms: &Terms<'_>) -> Result<bool, store::Error> {
    until_written(lease, || terms.store.settle(lease, outcome, (terms.now)())).await
}

/// Writes again what could not be written, as long as a lease lasts. By then somebody else may have it.
async fn until_written<F>(lease: &Lease, write: impl Fn() -> F) -> Result<bool, store::Error>
where
    F: Future<Output = Result<bool, store::Error>>,
{
    let began = Instant::now();
    let mut is_told = false;
    loop {
        let error = match write().await {
            Err(error) if error.is_passing() && began.elapsed() < LEASE.unsigned_abs() => error,
            done => {
                if is_told && done.is_ok() {
                    info!(channel.id = %lease.channel, "the store has kept now how a send to `{}` went", lease.channel);
                }
                return done;
            }
        };
        if !std::mem::replace(&mut is_told, true) {
            let why = cause::tell(&error).in_a_line();
            warn!(channel.id = %lease.channel, "how a send to `{}` went is not kept yet, and written again: {why}", lease.channel);
        }
        sleep(PAUSE).await;
    }
}

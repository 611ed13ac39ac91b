//! What is done about a send whose answer was lost: it is looked for, made again a few times, and then left to a
//! person.
//!
//! A message that arrives while every answer is lost would be posted without end, so each try counts: the pauses grow,
//! later tries go without what may be the cause, and the channel goes on with the next headlines.

use jiff::SignedDuration;

use super::{
    How, LONGEST_RETRY, Outgoing, PAUSE, SetbackKind, Step, Terms, address, back_off, seconds_of,
    settle::{not_said, said},
};
use crate::{
    channel::{Address, Channel},
    store::{self, Attempt, ChannelState, Delivery, Lease, Outcome},
    target::{Failure, OnUnknown, Seen, Target, telegram::Search},
};

/// In this time a send whose answer was lost arrives, if it does.
pub const SETTLING: SignedDuration = SignedDuration::from_secs(3);
/// What was not there then may be so much later: a request that hung on its way has been seen to arrive six seconds
/// late.
const LATE: SignedDuration = SignedDuration::from_secs(7);
/// Each further pause is so many times the one before.
const GROWTH: i32 = 3;
/// Unclear sends of one message after which a person decides.
const SENDS: u32 = 5;
/// Unclear sends after which a message goes without its pictures.
pub const SIMPLER: u32 = 2;
/// Unclear sends after which it goes without markup, too.
pub const PLAIN: u32 = 4;
/// Looks that fail for reasons that pass, after which it counts as not to be found out.
pub const LOOKS: u32 = 6;

/// How often this message was sent without an answer.
pub fn sends(deliveries: &[Delivery]) -> u32 {
    deliveries.iter().map(|delivery| delivery.unclear).max().unwrap_or(0)
}

/// A send whose answer was lost. When more than one message in a row fares so, it is not the message: the whole chat
/// rests.
pub fn outcome(chat: &ChannelState, why: String, terms: &Terms<'_>) -> Outcome {
    let look_at = terms.after(SETTLING.saturating_mul(GROWTH.saturating_pow(chat.unclear.min(10))).min(LONGEST_RETRY));
    let rest_until = (chat.unclear >= SENDS).then_some(look_at);
    Outcome::Unclear { look_at, rest_until, why }
}

/// Settles whether a message was said. Where that can be found out, it is; elsewhere it is said again.
pub async fn find_out(
    channel: &Channel,
    lease: &Lease,
    deliveries: &[Delivery],
    chat: &ChannelState,
    terms: &Terms<'_>,
) -> Result<Step, store::Error> {
    let again = |why: &str| again_or_held(lease, deliveries, why.to_owned(), terms);
    let (Some(target), OnUnknown::Probe) = (terms.target, terms.on_unknown) else {
        return again("whether it was said cannot be found out").await;
    };
    let outgoing = Outgoing::new(channel, deliveries, terms).await?;
    let attempt = deliveries[0].attempt.clone().filter(|attempt| !attempt.fingerprint.is_empty());
    let attempt = attempt.unwrap_or_else(|| Attempt {
        fingerprint: target.fingerprint(&outgoing.shown_forms()),
        after: deliveries[0].attempt.as_ref().and_then(|attempt| attempt.after.clone()),
    });
    let place = address(channel, chat);
    let mut look = Look { lease, terms, is_last: chat.last_receipt == attempt.after, after: attempt.after, has_passed: false };
    let mut found = look.through(target.search(place, look.after.clone().as_deref(), &attempt.fingerprint).await).await?;
    let looks = deliveries[0].looks;
    let is_passing = |failure: &Failure, look: &Look<'_>| look.has_passed || is_passing(failure, looks);
    let problem = match &found {
        // The operator's chat is closed, or whatever else will not pass.
        Err(failure) if !is_passing(failure, &look) => Some(format!("sends cannot be looked for by way of the ops chat: {failure}")),
        Err(_) => chat.problem.clone(),
        Ok(_) => None,
    };
    terms.store.note_problem(&channel.id, problem.as_deref()).await?;
    if found == Ok(Finding::CannotTell) || found.as_ref().is_err_and(|failure| !is_passing(failure, &look)) {
        // The only album of the bot's own behind the last message of ours is the one that is sought.
        let is_sole = look.is_last && look.after.is_some() && is_sole(channel, place, lease, (target, terms)).await?;
        let search = target.search_alone(place, look.after.clone().as_deref(), &attempt.fingerprint).await;
        let search = search.map(|search| search.map(|search| if is_sole { search.taking_albums() } else { search }));
        found = look.through(search).await?;
    }
    let failure = match found {
        Ok(Finding::There { receipt, last_receipt }) => {
            // Where others of ours were said since, the next look begins after those.
            let last_receipt = look.is_last.then_some(last_receipt);
            let outcome = Outcome::Sent { receipt: Some(receipt), last_receipt };
            return said(lease, &outcome, (How::Found, outgoing.message), terms).await;
        }
        // What is under way may still arrive.
        Ok(Finding::NotThere) if looks < 2 => {
            let why = "it is not there yet".to_owned();
            let outcome = Outcome::Undecided { look_at: terms.after(LATE), why: why.clone() };
            return not_said(lease, outcome, SetbackKind::Unclear, why, terms).await;
        }
        Ok(Finding::NotThere) => return again("it did not arrive the first time").await,
        Ok(Finding::CannotTell) => return again("whether it was said cannot be found out").await,
        Err(failure) => failure,
    };
    let why = format!("whether it was said could not be found out: {failure}");
    let look_again = |wait| Outcome::Undecided { look_at: terms.after(wait), why: why.clone() };
    match failure {
        Failure::Moved { to } => not_said(lease, Outcome::Moved { to }, SetbackKind::Retried, why, terms).await,
        Failure::Token { .. } => not_said(lease, look_again(PAUSE), SetbackKind::Token, why, terms).await,
        Failure::Wait { seconds } if looks < LOOKS || look.has_passed => {
            not_said(lease, look_again(seconds_of(seconds)), SetbackKind::Waiting, why, terms).await
        }
        Failure::NotSent { .. } | Failure::Unclear { .. } if looks < LOOKS || look.has_passed => {
            not_said(lease, look_again(back_off(looks)), SetbackKind::Unclear, why, terms).await
        }
        _ => again(&why).await,
    }
}

/// What a look has shown.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Finding {
    There {
        receipt: String,
        last_receipt: String,
    },
    NotThere,
    /// This target, or this place, cannot be searched, or too much was said in it.
    CannotTell,
}

/// A look for one message. How far it came is kept, so that one that is cut off goes on there: others may talk faster
/// than a look gets through.
struct Look<'a> {
    lease: &'a Lease,
    terms: &'a Terms<'a>,
    /// Nothing of ours is known to have been said since.
    is_last: bool,
    /// The message stands after this one.
    after: Option<String>,
    /// It has come further.
    has_passed: bool,
}

impl Look<'_> {
    async fn through(&mut self, search: Result<Option<Search<'_>>, Failure>) -> Result<Result<Finding, Failure>, store::Error> {
        let mut search = match search {
            Ok(Some(search)) => search,
            Ok(None) => return Ok(Ok(Finding::CannotTell)),
            Err(failure) => return Ok(Err(failure)),
        };
        loop {
            match search.step().await {
                Ok(Seen::Found { receipt, last_receipt }) => return Ok(Ok(Finding::There { receipt, last_receipt })),
                Ok(Seen::Passed { receipt }) => {
                    self.terms.store.note_passed(self.lease, &receipt, self.is_last).await?;
                    (self.after, self.has_passed) = (Some(receipt), true);
                }
                Ok(Seen::Nothing) => (),
                Ok(Seen::End) => return Ok(Ok(Finding::NotThere)),
                Ok(Seen::Enough) => return Ok(Ok(Finding::CannotTell)),
                Err(failure) => return Ok(Err(failure)),
            }
        }
    }
}

/// Whether nothing else of ours may have been said in a place: by another channel that leads there, or by another
/// message of this one whose answer was lost.
async fn is_sole(channel: &Channel, place: &Address, lease: &Lease, (target, terms): (&Target, &Terms<'_>)) -> Result<bool, store::Error> {
    let is_shared = terms.channels.iter().any(|other| other.id != channel.id && target.is_one_place(&other.address, place));
    Ok(!is_shared && !terms.store.has_other_unclear(lease).await?)
}

/// Whether a look that failed so is made again.
fn is_passing(failure: &Failure, looks: u32) -> bool {
    match failure {
        Failure::Moved { .. } | Failure::Token { .. } => true,
        Failure::Wait { .. } | Failure::NotSent { .. } | Failure::Unclear { .. } => looks < LOOKS,
        _ => false,
    }
}

/// Sends it again, or leaves it to a person.
async fn again_or_held(lease: &Lease, deliveries: &[Delivery], why: String, terms: &Terms<'_>) -> Result<Step, store::Error> {
    let sends = sends(deliveries);
    if sends < SENDS && terms.on_unknown != OnUnknown::Hold {
        return not_said(lease, Outcome::Again { why: why.clone() }, SetbackKind::Retried, why, terms).await;
    }
    let times = if sends > 1 { format!(", {sends} times") } else { String::new() };
    let lost_answers = format!("the answer to this message was lost{times}: it may have been said or not");
    not_said(lease, Outcome::Held { why: lost_answers.clone() }, SetbackKind::Held, lost_answers, terms).await
}

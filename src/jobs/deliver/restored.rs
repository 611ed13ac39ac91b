//! What may have been told since a backup was made that was put back: the channel is read from the last message that
//! the backup knows of, and what stands there is not told again.
//!
//! What is read is kept, with how far it came: each message is looked at once, whatever is in doubt, and a reading that
//! is cut off goes on there. Where a channel cannot be read, nothing is told that may have been told.

use jiff::SignedDuration;

use super::{
    How, Outgoing, PAUSE, SetbackKind, Step, Terms, address, back_off, seconds_of,
    settle::{not_said, said},
    unclear::LOOKS,
};
use crate::{
    channel::{Address, Channel, Photos},
    store::{self, ChannelState, Delivery, Lease, Outcome, Passage, Reading},
    target::{Failure, Read, Target},
};

/// Numbers that are read at a stretch, and the pause after them: copies go to the operator's chat, and a group takes
/// twenty messages a minute.
const STRETCH: u32 = 20;
const REST: SignedDuration = SignedDuration::from_mins(1);
/// Numbers that are read at most: at twenty a minute it takes the better part of an hour.
const MOST: i32 = 1000;
/// In the place of a print: a message that cannot be read.
const HIDDEN: &str = "hidden";

/// Settles whether a headline was told. What was not, is as any other from then on.
pub async fn find_out(
    channel: &Channel,
    lease: &Lease,
    deliveries: &[Delivery],
    chat: &ChannelState,
    terms: &Terms<'_>,
) -> Result<Step, store::Error> {
    let Some(target) = terms.target else { return untold(lease, terms).await };
    let outgoing = Outgoing::new(channel, deliveries, terms).await?;
    let read = match chat.reading {
        Reading::Whole | Reading::TooMuch => Ok(Some(chat.reading)),
        Reading::Unread | Reading::Begun => read_on(address(channel, chat), lease, (target, chat), terms).await?,
    };
    if let Some(receipt) = terms.store.told(&channel.id, &prints(deliveries, &outgoing, target)).await? {
        let outcome = Outcome::Sent { receipt: Some(receipt), last_receipt: None };
        return said(lease, &outcome, (How::Found, outgoing.message), terms).await;
    }
    let looks = deliveries[0].looks;
    let failure = match read {
        Ok(Some(Reading::Whole)) if is_hidden(channel, terms).await? => {
            return dropped(lease, "albums cannot be read there".to_owned(), terms).await;
        }
        Ok(Some(Reading::Whole)) => return untold(lease, terms).await,
        Ok(Some(Reading::TooMuch)) => return dropped(lease, format!("more than {MOST} messages came since"), terms).await,
        Ok(Some(Reading::Unread | Reading::Begun)) => {
            let why = "what was said since the backup is being read".to_owned();
            let outcome = Outcome::Undecided { look_at: terms.after(REST), why: why.clone() };
            return not_said(lease, outcome, SetbackKind::Waiting, why, terms).await;
        }
        Ok(None) => return dropped(lease, "the channel cannot be read".to_owned(), terms).await,
        Err(failure) => failure,
    };
    let why = format!("what was said since the backup could not be read: {failure}");
    let look_again = |wait| Outcome::Undecided { look_at: terms.after(wait), why: why.clone() };
    match failure {
        Failure::Moved { to } => not_said(lease, Outcome::Moved { to }, SetbackKind::Retried, why, terms).await,
        Failure::Token { .. } => not_said(lease, look_again(PAUSE), SetbackKind::Token, why, terms).await,
        Failure::Wait { seconds } => not_said(lease, look_again(seconds_of(seconds)), SetbackKind::Waiting, why, terms).await,
        Failure::NotSent { .. } | Failure::Unclear { .. } if looks < LOOKS => {
            not_said(lease, look_again(back_off(looks)), SetbackKind::Unclear, why, terms).await
        }
        _ => dropped(lease, failure.to_string(), terms).await,
    }
}

/// By what the message is known: its words, those of a send that may have arrived, and the article's address, which
/// stays where words are corrected and where it is one of many.
fn prints(deliveries: &[Delivery], outgoing: &Outgoing, target: &Target) -> Vec<String> {
    let addresses: Vec<String> = deliveries.iter().filter_map(|it| Some(it.article()?.url.to_string())).collect();
    let forms: Vec<&str> = outgoing.shown_forms().into_iter().chain(addresses.iter().map(String::as_str)).collect();
    let attempts = deliveries.iter().filter_map(|delivery| delivery.attempt.as_ref());
    let sent = attempts.flat_map(|attempt| attempt.fingerprint.split_whitespace()).map(str::to_owned);
    target.prints(&forms).into_iter().chain(sent).collect()
}

/// Reads a stretch of the channel: by way of the ops chat, or else by what the channel itself shows. `None`: it cannot
/// be read.
async fn read_on(
    place: &Address,
    lease: &Lease,
    (target, chat): (&Target, &ChannelState),
    terms: &Terms<'_>,
) -> Result<Result<Option<Reading>, Failure>, store::Error> {
    let after = chat.read_to.as_deref();
    let first = match target.reading(place, after).await {
        Ok(Some(reading)) => stretch(reading, lease, chat, terms).await?,
        other => other.map(|_| None),
    };
    // The operator's chat may be closed.
    let is_open = !matches!(first, Ok(None) | Err(Failure::ChannelClosed { .. } | Failure::PartClosed { .. }));
    if is_open {
        return Ok(first);
    }
    match target.reading_alone(place, after).await {
        Ok(Some(reading)) => stretch(reading, lease, chat, terms).await,
        other => Ok(other.map(|_| None)),
    }
}

async fn stretch(
    mut reading: crate::target::telegram::Reading<'_>,
    lease: &Lease,
    chat: &ChannelState,
    terms: &Terms<'_>,
) -> Result<Result<Option<Reading>, Failure>, store::Error> {
    let mut passage = Passage { reading: Reading::Begun, ..Passage::default() };
    if chat.reading == Reading::Unread {
        match reading.is_longer_than(MOST).await {
            Ok(false) => (),
            Ok(true) => passage.reading = Reading::TooMuch,
            Err(failure) => return Ok(Err(failure)),
        }
    }
    let mut failure = None;
    for _ in 0..STRETCH {
        if passage.reading != Reading::Begun {
            break;
        }
        match reading.step().await {
            Ok(Read::Hidden { receipt }) => {
                passage.told.push((HIDDEN.to_owned(), receipt.clone()));
                passage.to = Some(receipt);
            }
            Ok(Read::Message { receipt, prints }) => {
                passage.told.extend(prints.into_iter().map(|print| (print, receipt.clone())));
                passage.to = Some(receipt);
            }
            Ok(Read::Nothing) => (),
            Ok(Read::End) => passage.reading = Reading::Whole,
            Err(failed) => {
                failure = Some(failed);
                break;
            }
        }
    }
    // Nothing new is known where the first look failed.
    if failure.is_none() || passage.to.is_some() {
        terms.store.note_read(lease, &passage).await?;
    }
    Ok(failure.map_or(Ok(Some(passage.reading)), Err))
}

/// Whether it may be one of the messages there that cannot be read: an album carries no button.
async fn is_hidden(channel: &Channel, terms: &Terms<'_>) -> Result<bool, store::Error> {
    Ok(channel.photos == Photos::Album && terms.store.told(&channel.id, &[HIDDEN.to_owned()]).await?.is_some())
}

/// It is told as any other.
async fn untold(lease: &Lease, terms: &Terms<'_>) -> Result<Step, store::Error> {
    let why = "it was not told since the backup was made".to_owned();
    not_said(lease, Outcome::Again { why: why.clone() }, SetbackKind::Retried, why, terms).await
}

async fn dropped(lease: &Lease, cause: String, terms: &Terms<'_>) -> Result<Step, store::Error> {
    let why = format!("it may have been told since the backup was made, which cannot be found out: {cause}");
    not_said(lease, Outcome::Dropped { why: why.clone() }, SetbackKind::Dropped, why, terms).await
}

//! A second Loa with the same bot that has a store of its own: both tell everything, and neither knows of the other.
//! Where something stands between the last message of ours and a new one, it is looked at now and then: whether it says
//! what we say.
//!
//! What others post in other words is theirs to post, and nothing is done about a copy but that the operator is told.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

use super::{Terms, address};
use crate::{
    channel::{Channel, ChannelId},
    store::{ChannelState, Delivery},
    target::Sent,
};

/// Between two looks at one channel.
const PAUSE: SignedDuration = SignedDuration::from_hours(1);
/// By so many words the last messages of a channel are known.
const PRINTS: usize = 60;

/// What is known of each channel's copies.
#[derive(Debug, Default)]
pub struct Copies(Mutex<HashMap<ChannelId, Known>>);

#[derive(Debug, Default)]
struct Known {
    /// By what our last messages are known.
    prints: VecDeque<String>,
    looked_at: Option<Timestamp>,
    /// What the last look has shown, until it is asked for.
    news: Option<Option<String>>,
}

impl Copies {
    /// What the last look at a channel has shown, once: the message of somebody else that says what we say, or that
    /// there is none.
    pub fn news(&self, channel: &ChannelId) -> Option<Option<String>> {
        self.with(channel, |known| known.news.take())
    }

    fn with<T>(&self, channel: &ChannelId, act: impl FnOnce(&mut Known) -> T) -> T {
        act(self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(channel.clone()).or_default())
    }
}

/// Looks for a copy before a message that was said just now, where it is time to.
pub(super) async fn look(
    channel: &Channel,
    (chat, sent): (&ChannelState, &Sent),
    (fingerprint, deliveries): (&str, &[Delivery]),
    terms: &Terms<'_>,
) {
    let now = (terms.now)();
    let (prints, is_due) = terms.copies.with(&channel.id, |known| {
        known.prints.extend(fingerprint.split(' ').map(str::to_owned));
        known.prints.drain(..known.prints.len().saturating_sub(PRINTS));
        let is_due = known.looked_at.is_none_or(|at| now.duration_since(at).abs() >= PAUSE);
        (known.prints.iter().cloned().collect::<Vec<_>>(), is_due)
    });
    // What we said twice ourselves is no copy.
    let is_sure = chat.unclear == 0 && deliveries.iter().all(|delivery| delivery.unclear == 0);
    let (Some(target), Some(last), Some(receipt)) = (terms.target, &chat.last_receipt, &sent.receipt) else { return };
    let place = address(channel, chat);
    let is_shared = terms.channels.iter().any(|other| other.id != channel.id && target.is_one_place(&other.address, place));
    if !is_due || !is_sure || is_shared || channel.id.is_ops() {
        return;
    }
    match target.said_before(place, (last, receipt), &prints).await {
        Ok(None) => (),
        Ok(Some(copy)) => terms.copies.with(&channel.id, |known| (known.looked_at, known.news) = (Some(now), Some(copy))),
        Err(failure) => tracing::debug!("whether somebody else says the same was not found out: {failure}"),
    }
}

//! One step of a channel's outbox: claim what is next, say it, settle how it ended.
//!
//! It never says anything that it has not claimed, and settles nothing that somebody else has taken over. When nothing
//! is due it says when to come again.

mod compose;
mod copies;
mod crowd;
mod outgoing;
mod pictures;
mod restored;
mod settle;
#[cfg(test)]
mod tests;
mod unclear;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use crate::{
    article::{Article, FeedId},
    channel::{Address, Channel},
    feed::Feed,
    fetch::Client,
    message::Message,
    store::{self, Attempt, ChannelState, Claim, Delivery, Lease, Outcome, Store, Work},
    target::{Failure, OnUnknown, Target},
    words::Language,
};
pub use compose::{Headline, compose};
pub use copies::Copies;
pub use crowd::Crowd;
pub use pictures::Pictures;
pub use unclear::SETTLING;

use outgoing::Outgoing;

/// How long a closed chat is left alone before it is tried again.
pub const PAUSE: SignedDuration = SignedDuration::from_mins(10);
/// How long a chat is left alone after a refusal of which it is not known whom it means.
const DOUBT: SignedDuration = SignedDuration::from_mins(1);
/// Between a send or a probe that failed and the next: doubled each time, up to [`LONGEST_RETRY`].
const RETRY: SignedDuration = SignedDuration::from_secs(5);
const LONGEST_RETRY: SignedDuration = SignedDuration::from_mins(15);
/// As long a message of several pictures waits for room at most.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(1);

/// What a delivery works with.
#[derive(Clone, Copy)]
pub struct Terms<'a> {
    pub store: &'a Store,
    pub client: &'a Client,
    pub pictures: &'a Pictures,
    pub crowd: &'a Crowd,
    pub copies: &'a Copies,
    /// `None` where there is no token: everything is shown instead of sent.
    pub target: Option<&'a Target>,
    pub on_unknown: OnUnknown,
    pub pace: SignedDuration,
    pub language: Language,
    /// Where the operator is.
    pub zone: &'a TimeZone,
    /// The feeds that there are: what messages name as their source, and how their pictures are fetched.
    pub feeds: &'a [Feed],
    /// The channels that there are: several may lead to one chat.
    pub channels: &'a [Channel],
    /// The clock: a send takes time.
    pub now: fn() -> Timestamp,
}

impl Terms<'_> {
    fn feed(&self, id: &FeedId) -> Option<&Feed> {
        self.feeds.iter().find(|feed| feed.id == *id)
    }

    /// The time after a wait.
    fn after(&self, wait: SignedDuration) -> Timestamp {
        (self.now)().saturating_add(wait).unwrap_or(Timestamp::MAX)
    }

    /// A feed's title, or its name where its file is gone.
    fn title(&self, delivery: &Delivery, article: &Article) -> String {
        let learned = delivery.portal_title.as_ref();
        match self.feed(&article.feed) {
            Some(feed) => learned.filter(|_| feed.unsaid.title).unwrap_or(&feed.title).clone(),
            None => article.feed.to_string(),
        }
    }
}

/// How a step ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Nothing waits.
    Idle,
    /// Nothing may be said before then.
    Later(Timestamp),
    /// Something was said, or shown.
    Said { how: How, message: Message, deliveries: Vec<i64> },
    /// A try that ended otherwise; what waits goes on by itself.
    Failed(Setback),
}

/// The way in which something was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    Sent,
    /// A lost answer was found to have been a yes.
    Found,
    /// No token: the terminal shows it.
    Shown,
}

/// Why nothing was said this time.
#[derive(Debug, Clone, PartialEq)]
pub struct Setback {
    pub kind: SetbackKind,
    pub why: String,
    pub deliveries: Vec<i64>,
}

impl Setback {
    /// Of deliveries that cannot go on without a person.
    pub fn deliveries(&self) -> String {
        self.deliveries.iter().map(i64::to_string).collect::<Vec<_>>().join(", ")
    }
}

/// What a setback means for the operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetbackKind {
    /// It is tried again by itself.
    Retried,
    /// The other side asked to wait.
    Waiting,
    /// It is not known whether it was said.
    Unclear,
    /// That is still not known, and a person has to decide.
    Held,
    /// It may have been told before a backup was put back, and nobody can find out: it is not told.
    Dropped,
    /// This message will never be taken.
    Dead,
    /// The chat is closed to the bot.
    Paused,
    /// A part of the chat is closed to the bot, and the chat itself is taken.
    Diverted,
    /// It has to be silent for longer than usual.
    Silenced,
    /// The token is refused: every chat is.
    Token,
    /// Somebody else took it over.
    Lost,
}

/// Does the next thing for `channel`.
pub async fn step(channel: &Channel, terms: &Terms<'_>) -> Result<Step, store::Error> {
    if let Some(at) = terms.crowd.turn(&channel.id, (terms.now)()) {
        return Ok(Step::Later(at));
    }
    let claim = Claim {
        channel: channel.id.clone(),
        address: channel.address.clone(),
        now: (terms.now)(),
        limits: terms.target.map_or_else(Vec::new, |target| target.limits(&channel.address, terms.pace)),
    };
    let work = terms.store.claim(&claim).await?;
    if let Work::Crowded(at) = work {
        return Ok(Step::Later(terms.crowd.wait(&channel.id, at)));
    }
    terms.crowd.leave(&channel.id);
    let (lease, done) = match work {
        Work::Nothing => return Ok(Step::Idle),
        Work::Later(at) | Work::Crowded(at) => return Ok(Step::Later(at)),
        Work::Send { lease, deliveries, chat } => (lease.clone(), say(channel, lease, deliveries, &chat, terms).await),
        Work::Resolve { lease, deliveries, chat } if deliveries[0].is_doubtful => {
            let done = restored::find_out(channel, &lease, &deliveries, &chat, terms).await;
            (lease, done)
        }
        Work::Resolve { lease, deliveries, chat } => {
            let done = unclear::find_out(channel, &lease, &deliveries, &chat, terms).await;
            (lease, done)
        }
    };
    if done.is_err() {
        terms.store.give_up(&lease);
    }
    done
}

async fn say(
    channel: &Channel,
    lease: Lease,
    deliveries: Vec<Delivery>,
    chat: &ChannelState,
    terms: &Terms<'_>,
) -> Result<Step, store::Error> {
    let mut outgoing = Outgoing::new(channel, &deliveries, terms).await?;
    let lease = settle::keep(lease, outgoing.holds, terms).await?;
    let Some(target) = terms.target else {
        return settle::said(&lease, &Outcome::Shown, (How::Shown, outgoing.message), terms).await;
    };
    let unclear = unclear::sends(&deliveries);
    if let (Some(article), true) = (deliveries[0].article(), unclear < unclear::SIMPLER) {
        outgoing.load_pictures(channel, article, target, terms).await;
        if outgoing.further() > 0 {
            // It is not given back meanwhile: others of the chat would take its place again and again.
            let free_at = terms.store.reserve(&lease, outgoing.further(), (terms.now)()).await?;
            wait_until(free_at, terms).await;
        }
    }
    let parts = usize::try_from(outgoing.further()).unwrap_or(0) + 1;
    let fingerprint = match parts {
        1 => target.fingerprint(&outgoing.shown_forms()),
        parts => target.fingerprint_of_album(&outgoing.shown_forms(), parts),
    };
    let attempt = Attempt { fingerprint, after: chat.last_receipt.clone() };
    if !settle::begin(&lease, &attempt, terms).await? {
        return Ok(settle::lost());
    }
    let mut refused = String::new();
    let mut is_understood = true;
    for content in outgoing.forms(unclear) {
        match target.send(address(channel, chat), channel.silent, &content).await {
            Ok(sent) => {
                let outcome = Outcome::Sent { receipt: sent.receipt.clone(), last_receipt: sent.last_receipt.clone() };
                let step = settle::said(&lease, &outcome, (How::Sent, outgoing.message), terms).await?;
                copies::look(channel, (chat, &sent), (&attempt.fingerprint, &deliveries), terms).await;
                return Ok(step);
            }
            // Each form is simpler than the one before.
            Err(Failure::BadMessage { why } | Failure::BadPhoto { why }) => (refused, is_understood) = (why, true),
            Err(Failure::NotUnderstood { why }) => (refused, is_understood) = (why, false),
            Err(Failure::PartClosed { why }) => return divert(&lease, target, why, (channel, chat), terms).await,
            Err(failure) => return settle_failure(&lease, failure, &deliveries, chat, terms).await,
        }
    }
    if !is_understood {
        return doubt(&lease, target, refused, (channel, chat), terms).await;
    }
    settle::not_said(&lease, Outcome::Dead { why: refused.clone(), rest_until: None }, SetbackKind::Dead, refused, terms).await
}

/// The clock is the doors', and so is this wait; it is a minute at most.
async fn wait_until(at: Timestamp, terms: &Terms<'_>) {
    let wait = at.duration_since((terms.now)()).clamp(SignedDuration::ZERO, LONGEST_WAIT);
    tokio::time::sleep(wait.unsigned_abs()).await;
}

/// Says it in the place itself where the part of it that was named is closed, and everything after it too.
async fn divert(
    lease: &Lease,
    target: &Target,
    why: String,
    (channel, chat): (&Channel, &ChannelState),
    terms: &Terms<'_>,
) -> Result<Step, store::Error> {
    let (outcome, kind) = match target.whole(address(channel, chat)) {
        Some(to) => (Outcome::Moved { to }, SetbackKind::Diverted),
        None => (Outcome::Paused { until: terms.after(PAUSE), why: why.clone() }, SetbackKind::Paused),
    };
    settle::not_said(lease, outcome, kind, why, terms).await
}

/// Settles what was refused in words that nobody here knows. When the chat is meant by them, everything in the queue
/// would be refused likewise: it costs one message at most.
async fn doubt(
    lease: &Lease,
    target: &Target,
    why: String,
    (channel, chat): (&Channel, &ChannelState),
    terms: &Terms<'_>,
) -> Result<Step, store::Error> {
    let is_closed = match target.may_post(address(channel, chat)).await {
        Ok(may_post) => !may_post,
        Err(Failure::Token { why }) => {
            let until = terms.after(PAUSE);
            return settle::not_said(lease, Outcome::Paused { until, why: why.clone() }, SetbackKind::Token, why, terms).await;
        }
        Err(failure) => matches!(failure, Failure::ChannelClosed { .. }),
    };
    // The one before fared so too, and nothing was taken since.
    if is_closed || chat.paused.is_some() {
        let until = terms.after(PAUSE);
        return settle::not_said(lease, Outcome::Paused { until, why: why.clone() }, SetbackKind::Paused, why, terms).await;
    }
    let rest_until = Some(terms.after(DOUBT));
    settle::not_said(lease, Outcome::Dead { why: why.clone(), rest_until }, SetbackKind::Dead, why, terms).await
}

/// Settles a send that failed.
async fn settle_failure(
    lease: &Lease,
    failure: Failure,
    deliveries: &[Delivery],
    chat: &ChannelState,
    terms: &Terms<'_>,
) -> Result<Step, store::Error> {
    let (outcome, kind, why) = match failure.clone() {
        Failure::NotSent { why } => {
            let until = terms.after(back_off(deliveries[0].tries));
            (Outcome::Wait { until, why: why.clone() }, SetbackKind::Retried, why)
        }
        Failure::Unclear { why } => (unclear::outcome(chat, why.clone(), terms), SetbackKind::Unclear, why),
        Failure::Wait { seconds } => {
            let why = failure.to_string();
            let kind = if seconds_of(seconds) > PAUSE { SetbackKind::Silenced } else { SetbackKind::Waiting };
            (Outcome::Wait { until: terms.after(seconds_of(seconds)), why: why.clone() }, kind, why)
        }
        Failure::Moved { to } => (Outcome::Moved { to }, SetbackKind::Retried, failure.to_string()),
        Failure::ChannelClosed { why } | Failure::PartClosed { why } => {
            (Outcome::Paused { until: terms.after(PAUSE), why: why.clone() }, SetbackKind::Paused, why)
        }
        Failure::Token { why } => (Outcome::Paused { until: terms.after(PAUSE), why: why.clone() }, SetbackKind::Token, why),
        Failure::BadMessage { why } | Failure::NotUnderstood { why } | Failure::BadPhoto { why } => {
            (Outcome::Dead { why: why.clone(), rest_until: None }, SetbackKind::Dead, why)
        }
    };
    settle::not_said(lease, outcome, kind, why, terms).await
}

/// Where the channel is now.
fn address<'a>(channel: &'a Channel, chat: &'a ChannelState) -> &'a Address {
    chat.moved_to.as_ref().unwrap_or(&channel.address)
}

fn seconds_of(seconds: u64) -> SignedDuration {
    SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX))
}

fn back_off(tries: u32) -> SignedDuration {
    RETRY.saturating_mul(1 << tries.saturating_sub(1).min(10)).min(LONGEST_RETRY)
}

//! What is recorded of troubles and of the alarms that tell of them.

use jiff::{SignedDuration, Timestamp};

use crate::{article::FeedId, channel::ChannelId, trouble::Kind};

/// Something does not work.
#[derive(Debug, Clone, PartialEq)]
pub struct Begun {
    pub kind: Kind,
    pub subject: String,
    pub feed: Option<FeedId>,
    pub why: String,
    pub tries: u32,
    pub next_at: Option<Timestamp>,
    /// How long a feed is quiet at most, usually.
    pub usual: Option<SignedDuration>,
    /// Since when.
    pub since: Timestamp,
    pub now: Timestamp,
    /// It is told of and needs nobody to end it.
    pub is_over: bool,
}

/// Where an alarm goes, and with which others.
#[derive(Debug, Clone, PartialEq)]
pub struct Alarm {
    pub channel: ChannelId,
    /// Alarms that wait are told together, at the time of the first of them; this is the time of the first.
    pub due: Timestamp,
}

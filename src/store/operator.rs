//! What is recorded of an operator's wishes that stand in no file.

use std::{collections::BTreeSet, fmt};

use crate::{article::FeedId, channel::ChannelId};

/// What can rest.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Subject {
    /// It is not polled; what is published stays.
    Feed(FeedId),
    /// It says nothing; what is new for it stays queued.
    Channel(ChannelId),
}

/// What rests until the operator lets it go on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paused {
    pub feeds: BTreeSet<FeedId>,
    pub channels: BTreeSet<ChannelId>,
}

/// By what the next poll of a feed was worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PollBasis {
    /// The revision of the feed's file.
    pub definition: i64,
    /// The interval, in words that another interval does not have.
    pub pace: String,
}

impl Subject {
    /// The word of its kind in the store.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Feed(_) => "feed",
            Self::Channel(_) => "channel",
        }
    }

    /// Its name.
    pub fn id(&self) -> &str {
        match self {
            Self::Feed(id) => id.as_str(),
            Self::Channel(id) => id.as_str(),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} `{}`", self.kind(), self.id())
    }
}

//! What does not work, for the operator: of which kind, about what, since when, and how it ended.

use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};

use crate::article::FeedId;

/// What sort of trouble it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A host answers none of the feeds that are in it, or with errors of its own.
    Host,
    /// A list is answered, and cannot be read.
    Feed,
    /// A list says that it is gone for good.
    Gone,
    /// A feed that usually has something new has had nothing for much longer.
    Quiet,
    /// A page was rebuilt, and its headlines found again.
    Rebuilt,
    /// A chat is closed to the bot.
    Channel,
    /// A topic is closed or deleted, and its chat is taken in its place.
    Topic,
    /// Telegram lets the bot say nothing in a chat for long.
    Silenced,
    /// Nothing could be sent to a chat for long, for a reason that may pass at any time.
    Unsent,
    /// The bot's token is refused.
    Token,
    /// Another program uses the bot's token.
    Copy,
    /// Sends cannot be looked for by way of the ops chat, or it cannot be told anything.
    OpsChat,
    /// Messages may have been sent or not, and wait for a person.
    Held,
    /// A message will never be taken.
    Dead,
    /// This machine reaches nobody.
    Network,
    /// A file of the operator cannot be used as it is.
    Files,
}

impl Kind {
    pub const ALL: [Self; 16] = [
        Self::Host,
        Self::Feed,
        Self::Gone,
        Self::Quiet,
        Self::Rebuilt,
        Self::Channel,
        Self::Topic,
        Self::Silenced,
        Self::Unsent,
        Self::Token,
        Self::Copy,
        Self::OpsChat,
        Self::Held,
        Self::Dead,
        Self::Network,
        Self::Files,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Feed => "feed",
            Self::Gone => "gone",
            Self::Quiet => "quiet",
            Self::Rebuilt => "rebuilt",
            Self::Channel => "channel",
            Self::Topic => "topic",
            Self::Silenced => "silenced",
            Self::Unsent => "unsent",
            Self::Token => "token",
            Self::Copy => "copy",
            Self::OpsChat => "ops-chat",
            Self::Held => "held",
            Self::Dead => "dead",
            Self::Network => "network",
            Self::Files => "files",
        }
    }
}

impl FromStr for Kind {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or(())
    }
}

/// Something that does not work, or did not for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub id: i64,
    pub kind: Kind,
    /// The host, feed, channel or delivery that it is about; empty where there is only one of its kind.
    pub subject: String,
    /// Feeds that have been in it, the first one first.
    pub feeds: Vec<FeedId>,
    /// Those of them that still are.
    pub open: Vec<FeedId>,
    /// What was said last, in words.
    pub why: String,
    /// Tries that failed in a row.
    pub tries: u32,
    /// The next one.
    pub next_at: Option<Timestamp>,
    /// How long a feed is quiet at most, usually.
    pub usual: Option<SignedDuration>,
    pub began_at: Timestamp,
    /// When the operator got a message of it.
    pub told_at: Option<Timestamp>,
    pub over_at: Option<Timestamp>,
}

/// Which part of it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Began,
    Over,
}

impl Trouble {
    /// How long it lasted, or has until `now`.
    pub fn lasted(&self, now: Timestamp) -> SignedDuration {
        self.over_at.unwrap_or(now).duration_since(self.began_at).max(SignedDuration::ZERO)
    }
}

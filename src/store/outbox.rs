//! What is recorded of deliveries and chats.

use std::{fmt, str::FromStr};

use jiff::Timestamp;

use crate::{
    article::Article,
    channel::{Address, ChannelId, Limit},
    trouble::{Phase, Trouble},
};

/// What a delivery is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A new headline.
    New,
    /// Something does not work.
    Alarm,
    /// It works again.
    Over,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::New, Self::Alarm, Self::Over];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Alarm => "alarm",
            Self::Over => "over",
        }
    }
}

/// What a delivery says.
#[derive(Debug, Clone, PartialEq)]
pub enum About {
    Article(Box<Article>),
    Trouble(Box<Trouble>),
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// Waits for its turn, its time or its retry.
    Queued,
    /// Leased: being sent.
    Sending,
    /// It arrived.
    Sent,
    /// It may have been sent: the answer was lost.
    Unknown,
    /// It will never be taken.
    Dead,
    /// There was no token: it was shown in the terminal instead.
    Shown,
    /// A person decided that it is not sent.
    Dropped,
}

impl State {
    pub const ALL: [Self; 7] = [Self::Queued, Self::Sending, Self::Sent, Self::Unknown, Self::Dead, Self::Shown, Self::Dropped];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Unknown => "unknown",
            Self::Dead => "dead",
            Self::Shown => "shown",
            Self::Dropped => "dropped",
        }
    }
}

impl State {
    /// The states from which a person may put a delivery `to` another.
    pub fn decided_from(to: Self) -> &'static [Self] {
        match to {
            Self::Queued => &[Self::Unknown, Self::Dead],
            Self::Dropped => &[Self::Queued, Self::Unknown, Self::Dead],
            Self::Sending | Self::Sent | Self::Unknown | Self::Dead | Self::Shown => &[],
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for State {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|state| state.as_str() == word).ok_or_else(|| {
            let all: Vec<_> = Self::ALL.iter().map(|state| format!("`{state}`")).collect();
            format!("`{word}` is no state: expected {}", all.join(", "))
        })
    }
}

/// Who asks for work, and under which conditions.
#[derive(Debug, Clone)]
pub struct Claim {
    pub channel: ChannelId,
    pub address: Address,
    pub now: Timestamp,
    /// All of these are kept.
    pub limits: Vec<Limit>,
}

/// What there is to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Work {
    /// Nothing waits.
    Nothing,
    /// Something waits, but not for now.
    Later(Timestamp),
    /// Much waits, and all channels together say as much as they may until then.
    Crowded(Timestamp),
    /// Say these together (one, or the rows of a digest), oldest first.
    Send { lease: Lease, deliveries: Vec<Delivery>, chat: ChannelState },
    /// It is unclear whether these were said: find out. As they were sent together, they are one message.
    Resolve { lease: Lease, deliveries: Vec<Delivery>, chat: ChannelState },
}

/// The right to settle some deliveries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    pub channel: ChannelId,
    pub deliveries: Vec<i64>,
    /// Told apart from an earlier lease of the same deliveries.
    pub number: i64,
    /// Against which what is said counts, from this time on.
    pub limits: Vec<Limit>,
    pub taken_at: Timestamp,
}

/// A delivery and what it says.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    pub id: i64,
    pub channel: ChannelId,
    pub kind: Kind,
    pub state: State,
    pub about: About,
    /// The portal's name as its pages say it, once that was learned.
    pub portal_title: Option<String>,
    pub digest: Option<String>,
    pub tries: u32,
    /// Sends in a row of which nobody knows whether they arrived.
    pub unclear: u32,
    /// Looks in a row for the last of them, this one included.
    pub looks: u32,
    /// It may have been told since a backup was made that was put back.
    pub is_doubtful: bool,
    /// The last send that began.
    pub attempt: Option<Attempt>,
    pub queued_at: Timestamp,
    /// `None`: it waits for a person.
    pub due_at: Option<Timestamp>,
    pub receipt: Option<String>,
    pub why: Option<String>,
    pub settled_at: Option<Timestamp>,
}

impl Delivery {
    /// What it tells the operator of, where it does.
    pub fn trouble(&self) -> Option<(&Trouble, Phase)> {
        match &self.about {
            About::Article(_) => None,
            About::Trouble(trouble) => Some((trouble, if self.kind == Kind::Over { Phase::Over } else { Phase::Began })),
        }
    }

    /// The headline that it says, where it says one.
    pub fn article(&self) -> Option<&Article> {
        match &self.about {
            About::Article(article) => Some(article),
            About::Trouble(_) => None,
        }
    }
}

/// What is known of a send before it begins; afterwards it may have arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// What the chat shows when it arrives; empty where an older Loa sent it.
    pub fingerprint: String,
    /// The last message of ours before it.
    pub after: Option<String>,
}

/// How a send ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Said. The receipt is unknown where the answer was cut off. `last_receipt` is that of the last message of ours,
    /// where this is it.
    Sent { receipt: Option<String>, last_receipt: Option<String> },
    /// Not said, and not because of the message: the chat is left alone until then.
    Wait { until: Timestamp, why: String },
    /// Not said, as far as anybody can tell: again at once.
    Again { why: String },
    /// May have been said; look into it from then on. The chat is left alone until `rest_until`.
    Unclear { look_at: Timestamp, rest_until: Option<Timestamp>, why: String },
    /// It could not be found out this time; look again from then on.
    Undecided { look_at: Timestamp, why: String },
    /// May have been said, and nobody can find out: it is not said.
    Dropped { why: String },
    /// May have been said; a person decides.
    Held { why: String },
    /// Will never be taken. Where it is not sure that it was the message's fault, the chat is left alone until
    /// `rest_until`.
    Dead { why: String, rest_until: Option<Timestamp> },
    /// The chat is closed to us: everything stays queued, and the next try is at `until`.
    Paused { until: Timestamp, why: String },
    /// The chat moved; again at once.
    Moved { to: Address },
    /// No token: shown in the terminal.
    Shown,
    /// These rows were claimed but did not fit; they wait for the next message.
    Returned,
}

/// What is known of a channel's chat.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChannelState {
    /// Where the chat lives now, when it was said to have moved.
    pub moved_to: Option<Address>,
    /// The last message of ours.
    pub last_receipt: Option<String>,
    /// The other side asked to wait until then.
    pub hold_until: Option<Timestamp>,
    /// Why nothing is sent.
    pub paused: Option<String>,
    /// Sends in a row whose answer was lost.
    pub unclear: u32,
    /// What does not work beside sending.
    pub problem: Option<String>,
    /// Since a backup was put back it was read up to this message; `None`: nothing of it.
    pub read_to: Option<String>,
    pub reading: Reading,
}

/// How far a chat was read since a backup was put back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reading {
    #[default]
    Unread,
    Begun,
    /// To its end.
    Whole,
    /// So much was said there that nobody reads it.
    TooMuch,
}

impl Reading {
    pub(super) const ALL: [Self; 4] = [Self::Unread, Self::Begun, Self::Whole, Self::TooMuch];

    pub(super) fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Unread => None,
            Self::Begun => Some("begun"),
            Self::Whole => Some("whole"),
            Self::TooMuch => Some("too much"),
        }
    }
}

/// What was read of a chat.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Passage {
    /// By what its messages are known, with the receipt of each.
    pub told: Vec<(String, String)>,
    /// The last of them; `None`: there was none.
    pub to: Option<String>,
    pub reading: Reading,
}

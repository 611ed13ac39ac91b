//! Where messages go: what a target takes, how it is sent there, and how a send whose answer was lost is found again.
//!
//! A target neither paces nor repeats nor remembers: `jobs::deliver` does, by what a [`Failure`] says, and the store
//! keeps addresses and receipts as words that only their target reads.

mod content;
mod failure;
mod hearing;
pub mod telegram;

use std::time::Duration;

use bytes::Bytes;
use jiff::SignedDuration;
use serde::Deserialize;

pub use content::{Content, Words};
pub use failure::Failure;
pub use hearing::{Deaf, Standing};
pub use telegram::{BadPicture, Photo};

use crate::{
    channel::{Address, Limit},
    unit,
};
use telegram::Telegram;

/// The targets there are.
#[derive(Debug, Clone)]
pub enum Target {
    Telegram(Telegram),
}

/// What a target takes beside text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carries {
    /// Pictures of one message; 0 for none.
    pub pictures: usize,
    /// The largest.
    pub picture_size: unit::Size,
}

/// A message that is out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// What names it there; `None` where the answer broke off before it.
    pub receipt: Option<String>,
    /// What names the last of its parts, where it took several.
    pub last_receipt: Option<String>,
}

/// What a step of a search for a message has shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// The message, and the last of its parts.
    Found { receipt: String, last_receipt: String },
    /// Another one: what is sought stands after it, if it is there.
    Passed { receipt: String },
    /// Nothing that can be seen.
    Nothing,
    /// The place ends, and the message is not there.
    End,
    /// So much was looked at that no more is.
    Enough,
}

/// What a step of reading a place has shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// A message, and by what it is known: its words, and each address in it.
    Message {
        receipt: String,
        prints: Vec<String>,
    },
    /// One of ours that cannot be read.
    Hidden {
        receipt: String,
    },
    Nothing,
    /// There is no more.
    End,
}

/// What is done about a message whose answer was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnUnknown {
    /// Look whether it is there, else send it again.
    #[default]
    Probe,
    /// Send it again: at worst it is said twice.
    Resend,
    /// Leave it to a person: at worst it is not said.
    Hold,
}

impl Target {
    pub fn carries(&self) -> Carries {
        match self {
            Self::Telegram(_) => telegram::CARRIES,
        }
    }

    /// How fast may be spoken at `address`, where one message every `pace` is wanted.
    pub fn limits(&self, address: &Address, pace: SignedDuration) -> Vec<Limit> {
        match self {
            Self::Telegram(telegram) => telegram.limits(address, pace),
        }
    }

    /// A picture that this target will take.
    ///
    /// # Errors
    /// [`BadPicture`] for what it would refuse.
    pub fn photo(&self, bytes: Bytes) -> Result<Photo, BadPicture> {
        match self {
            Self::Telegram(_) => Photo::new(bytes),
        }
    }

    /// Sends `content` once.
    ///
    /// # Errors
    /// [`Failure`] says whether it may have been delivered all the same, and what would help.
    pub async fn send(&self, address: &Address, silent: bool, content: &Content) -> Result<Sent, Failure> {
        match self {
            Self::Telegram(telegram) => telegram.send_to(address, silent, content).await,
        }
    }

    /// What is kept of a message while it is sent, to know it again: `forms` are the texts that the place may show.
    pub fn fingerprint(&self, forms: &[&str]) -> String {
        match self {
            Self::Telegram(_) => telegram::fingerprint(forms),
        }
    }

    /// The same of a message that takes several.
    pub fn fingerprint_of_album(&self, forms: &[&str], parts: usize) -> String {
        match self {
            Self::Telegram(_) => telegram::fingerprint_of_album(&telegram::fingerprint(forms), parts),
        }
    }

    /// A search for a message with this fingerprint after the one that `after` names, or among the last ones; `None`
    /// where this target, or this place, cannot be searched.
    ///
    /// # Errors
    /// [`Failure`] when that could not be found out. It says nothing of the message.
    pub async fn search<'a>(
        &'a self,
        address: &Address,
        after: Option<&str>,
        fingerprint: &'a str,
    ) -> Result<Option<telegram::Search<'a>>, Failure> {
        match self {
            Self::Telegram(telegram) => telegram.search(address, after, fingerprint).await,
        }
    }

    /// The same where [`Target::search`] cannot tell, by what the place itself shows.
    ///
    /// # Errors
    /// As [`Target::search`].
    pub async fn search_alone<'a>(
        &'a self,
        address: &Address,
        after: Option<&str>,
        fingerprint: &'a str,
    ) -> Result<Option<telegram::Search<'a>>, Failure> {
        match self {
            Self::Telegram(telegram) => telegram.search_alone(address, after, fingerprint).await,
        }
    }

    /// A reading of what was said after the message that `after` names, or from the beginning; `None` where this
    /// target, or this place, cannot be read.
    ///
    /// # Errors
    /// [`Failure`] when that could not be found out.
    pub async fn reading(&self, address: &Address, after: Option<&str>) -> Result<Option<telegram::Reading<'_>>, Failure> {
        match self {
            Self::Telegram(telegram) => telegram.reading(address, after).await,
        }
    }

    /// The same where [`Target::reading`] cannot, by what the place itself shows.
    ///
    /// # Errors
    /// As [`Target::reading`].
    pub async fn reading_alone(&self, address: &Address, after: Option<&str>) -> Result<Option<telegram::Reading<'_>>, Failure> {
        match self {
            Self::Telegram(telegram) => telegram.reading_alone(address, after).await,
        }
    }

    /// By what a message is known that may show one of `forms`, or has one of them as an address in it.
    pub fn prints(&self, forms: &[&str]) -> Vec<String> {
        self.fingerprint(forms).split(' ').map(str::to_owned).collect()
    }

    /// The place of which `address` is a part; `None` where it is no part.
    pub fn whole(&self, address: &Address) -> Option<Address> {
        match self {
            Self::Telegram(_) => Telegram::whole(address),
        }
    }

    /// The message that stands right before the one of ours that was said after the one called `last`, where it says
    /// one of these things; the inner `None` where it does not, the outer where there is none or it cannot be seen.
    ///
    /// # Errors
    /// [`Failure`] when that could not be found out.
    pub async fn said_before(
        &self,
        address: &Address,
        (last, receipt): (&str, &str),
        prints: &[String],
    ) -> Result<Option<Option<String>>, Failure> {
        match self {
            Self::Telegram(telegram) => telegram.said_before(address, (last, receipt), prints).await,
        }
    }

    /// Whether two addresses lead to one place, as far as is known.
    pub fn is_one_place(&self, one: &Address, other: &Address) -> bool {
        match self {
            Self::Telegram(telegram) => telegram.is_one_place(one, other),
        }
    }

    /// Whether we may speak there, as far as the other side says.
    ///
    /// # Errors
    /// [`Failure`] when it cannot be asked; [`Failure::ChannelClosed`] where we may not even ask.
    pub async fn may_post(&self, address: &Address) -> Result<bool, Failure> {
        match self {
            Self::Telegram(telegram) => telegram.may_post(address).await,
        }
    }

    /// Waits up to `wait` for a change of where we may speak, and gives those since the last time, oldest first. What
    /// is kept for other programs with the same token stays as it is set, but what was heard here is not told again.
    ///
    /// # Errors
    /// [`Deaf`] says who hears it instead.
    pub async fn listen(&self, heard: &mut telegram::Heard, wait: Duration) -> Result<Vec<Standing>, Deaf> {
        match self {
            Self::Telegram(telegram) => telegram.hear_standings(heard, wait).await,
        }
    }

    /// Whether the other is the same bot at the same place.
    pub fn is_same_bot(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Telegram(telegram), Self::Telegram(other)) => telegram.is_same_bot(other),
        }
    }

    /// Whether `standing` is about the place at `address`.
    pub fn is_about(&self, standing: &Standing, address: &Address) -> bool {
        match self {
            Self::Telegram(telegram) => telegram.is_about(standing, address),
        }
    }

    /// Whether we are let in; the shortest of questions.
    ///
    /// # Errors
    /// [`Failure::Token`] when we are not; others say nothing of it.
    pub async fn check_token(&self) -> Result<(), Failure> {
        match self {
            Self::Telegram(telegram) => telegram.me().await.map(drop),
        }
    }
}

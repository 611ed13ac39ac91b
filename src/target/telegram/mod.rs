//! The door to Telegram: sends what was composed, and tells exactly what became of it.
//!
//! Requests are teloxide's. They are posted here and not by it: it waits ten seconds within the call on every 5xx
//! and lets go of the status. It does not pace, repeat or remember: who calls does, and across restarts.

mod address;
mod answer;
mod call;
mod classify;
mod clock;
mod content;
mod copies;
mod limits;
mod photo_check;
mod probe;
mod proxy;
mod reading;
mod rights;
mod send;
mod settings;
mod target;
mod updates;

pub use address::{Address, BadChat, Chat};
pub use content::{Recipient, Sent};
pub use photo_check::{BadPicture, Photo};
pub use probe::{Search, fingerprint, fingerprint_of_album};
pub use proxy::{BadProxy, Proxy};
pub use reading::Reading;
pub use rights::{ChatKind, Me, Rights};
pub use settings::{BadToken, Patience, Settings, Token};
pub use updates::{Heard, HeardChat};

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use super::{Carries, Content, Failure, OnUnknown, Words};
use crate::unit;
use call::Door;

/// What Telegram takes beside text.
pub const CARRIES: Carries = Carries { pictures: 10, picture_size: unit::Size::from_bytes(10_000_000) };

/// Why there is no door.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("`telegram.api-url` is `{0}`: expected an `http` or `https` address\nhint: leave it out for Telegram itself")]
    Address(url::Url),
    #[error("no HTTP client for Telegram")]
    Client(#[source] reqwest::Error),
}

/// A bot. Cheap to clone: all clones share their connections.
#[derive(Clone)]
pub struct Telegram {
    /// For what is quickly answered.
    asking: Door,
    /// For sends, which are waited for longer.
    sending: Door,
    /// The operator's chat; 0 for none.
    ops_chat: i64,
    /// The numbers of chats that are named, as far as they were heard.
    numbers: Arc<Mutex<HashMap<String, i64>>>,
}

impl Telegram {
    /// A bot behind the API that `settings` name. Nothing is sent yet.
    ///
    /// # Errors
    /// [`Error`] for an address that cannot be one.
    pub fn new(settings: &Settings, token: Token) -> Result<Self, Error> {
        Self::with_patience(settings, token, Patience::default())
    }

    /// [`new`](Self::new) with other time-outs.
    ///
    /// # Errors
    /// As there.
    pub fn with_patience(settings: &Settings, token: Token, patience: Patience) -> Result<Self, Error> {
        let address = &settings.api_url;
        if !matches!(address.scheme(), "http" | "https") || !address.has_host() {
            return Err(Error::Address(address.clone()));
        }
        let door = |timeout| Door::new(settings, &token, patience.connect, timeout).map_err(Error::Client);
        Ok(Self { asking: door(patience.query)?, sending: door(patience.send)?, ops_chat: settings.ops_chat, numbers: Arc::default() })
    }
}

impl Telegram {
    pub(super) fn is_same_bot(&self, other: &Self) -> bool {
        let (own, other) = (&self.asking.bot, &other.asking.bot);
        own.token() == other.token() && own.api_url() == other.api_url()
    }
}

impl std::fmt::Debug for Telegram {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.debug_struct("Telegram").field("api_url", &self.asking.bot.api_url().as_str()).finish_non_exhaustive()
    }
}

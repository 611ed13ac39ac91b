//! What stands in a chat after one of its messages, number by number: for a store that was put back and knows nothing
//! of it. Each message is looked at as where a lost answer is looked for.

use super::{
    Chat, Failure, Telegram,
    probe::{Glimpse, LAST, NOTHING, Way, fingerprint},
};
use crate::target::Read;

/// A reading of a chat.
#[derive(Debug)]
pub struct Reading<'a> {
    telegram: &'a Telegram,
    chat: Chat,
    way: Way,
    /// The number that was looked at last.
    at: i32,
    /// Numbers in a row with nothing behind them.
    nothing: u32,
}

impl<'a> Reading<'a> {
    pub(super) fn new(telegram: &'a Telegram, chat: Chat, way: Way, after: i32) -> Self {
        Self { telegram, chat, way, at: after, nothing: 0 }
    }

    /// Whether more than so many numbers are to be read, as far as that can be seen without reading them.
    ///
    /// # Errors
    /// [`Failure`] when it could not be found out.
    pub async fn is_longer_than(&self, numbers: i32) -> Result<bool, Failure> {
        // Most have nothing to read, or little.
        let near = self.telegram.near_the_end(&self.chat, self.way, self.at).await?;
        Ok(near.saturating_add(LAST) > self.at.saturating_add(numbers))
    }

    /// Looks at the next number.
    ///
    /// # Errors
    /// [`Failure`] when it could not be found out. It says nothing of the message, and a closed chat may be the
    /// operator's.
    pub async fn step(&mut self) -> Result<Read, Failure> {
        let Some(id) = self.at.checked_add(1).filter(|_| self.nothing < NOTHING) else { return Ok(Read::End) };
        let glimpse = self.telegram.glimpse(&self.chat, id, self.way).await?;
        self.at = id;
        let receipt = id.to_string();
        self.nothing = if matches!(glimpse, Glimpse::Nothing) { self.nothing + 1 } else { 0 };
        Ok(match glimpse {
            Glimpse::Shown(shown) => {
                let forms: Vec<_> = std::iter::once(&shown.words).chain(&shown.links).map(String::as_str).collect();
                Read::Message { receipt, prints: fingerprint(&forms).split_whitespace().map(str::to_owned).collect() }
            }
            Glimpse::Album => Read::Hidden { receipt },
            Glimpse::Others => Read::Message { receipt, prints: Vec::new() },
            Glimpse::Nothing => Read::Nothing,
        })
    }
}

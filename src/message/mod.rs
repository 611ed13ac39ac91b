//! What a channel is told: an article, or many, as Telegram text that is sure to be taken.
//!
//! Every [`Message`] comes in three forms, each simpler than the one before, for a Telegram that refuses
//! what we thought it would take. It does not send, and does not know how a message fared.

mod alarm;
mod compose;
mod digest;
mod html;
mod parse;
mod pictures;
mod template;

pub use alarm::{NAMED, Names, alarms, heading};
pub use compose::compose;
pub use digest::digest;
pub use html::Html;
pub use parse::{Run, Unparsable, runs, visible};
pub use pictures::pictures;
pub use template::{BadTemplate, Template};

/// A message in the forms in which it may be sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Message {
    /// Telegram HTML.
    pub html: String,
    /// What a reader sees of `html`: links without their addresses.
    pub shown: String,
    /// The same without any markup, the address on a line of its own.
    pub plain: String,
    /// Title and address and nothing else.
    pub bare: String,
}

impl Message {
    /// The texts that a chat may show after one of the forms was sent.
    pub fn shown_forms(&self) -> [&str; 3] {
        [&self.shown, &self.plain, &self.bare]
    }
}

/// Where the words stand, which decides how many there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// A message of its own.
    Text,
    /// Under a picture.
    Caption,
}

impl Room {
    /// UTF-16 units after parsing that Telegram takes.
    pub const fn limit(self) -> usize {
        match self {
            Self::Text => 4096,
            Self::Caption => 1024,
        }
    }
}

/// Bytes before parsing that Telegram takes.
pub const MAX_BYTES: usize = 32_768;

#[cfg(test)]
pub(crate) mod samples;

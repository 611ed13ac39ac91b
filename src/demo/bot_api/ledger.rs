//! The ledger: every message that a chat accepted, in order, and what became of it.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::html::Entity;

/// A picture as it arrived.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Media {
    /// The size of what was uploaded; 0 where Telegram would have fetched it.
    pub bytes: usize,
    pub content_type: String,
    pub file_name: String,
    pub width: u32,
    pub height: u32,
    /// Sending this again needs no upload.
    pub file_id: String,
    /// Where Telegram would have fetched it from.
    pub url: Option<String>,
}

/// Where a forwarded message was first said.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Origin {
    pub chat: i64,
    pub message_id: i64,
    /// When it was first said.
    pub at: Timestamp,
}

/// One change of a message's words, in order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Edit {
    pub at: Timestamp,
    pub text: String,
    pub entities: Vec<Entity>,
    pub markup: Option<Value>,
}

/// A message as the chat accepted it; later changes stand in `edits` and `deleted`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Message {
    pub chat: i64,
    pub id: i64,
    pub at: Timestamp,
    /// The text, or the caption of `media`, without its markup.
    pub text: String,
    pub entities: Vec<Entity>,
    pub media: Option<Media>,
    /// What the messages of one album share.
    pub album: Option<String>,
    pub thread: Option<i64>,
    pub silent: bool,
    pub protected: bool,
    pub reply_to: Option<i64>,
    pub origin: Option<Origin>,
    /// The preview of a link as the sender asked for it.
    pub preview: Option<Value>,
    pub markup: Option<Value>,
    /// Said by the bot, not by somebody else in the chat.
    pub by_bot: bool,
    pub edits: Vec<Edit>,
    pub deleted: Option<Timestamp>,
}

impl Message {
    /// The words that the chat shows now.
    pub fn current(&self) -> (&str, &[Entity]) {
        self.edits.last().map_or((&self.text, &self.entities), |edit| (&edit.text, &edit.entities))
    }

    /// The buttons that the chat shows now.
    pub(super) fn current_markup(&self) -> Option<&Value> {
        self.edits.last().map_or(self.markup.as_ref(), |edit| edit.markup.as_ref())
    }
}

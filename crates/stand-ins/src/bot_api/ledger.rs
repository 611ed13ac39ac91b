//! The ledger: every message that a chat accepted, in order, and what became of it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::html::{Entity, EntityKind};

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

    /// The first link in its words: what tells which article it is about.
    pub fn link(&self) -> Option<&str> {
        self.current().1.iter().find_map(|entity| match &entity.kind {
            EntityKind::TextLink { url } => Some(url.as_str()),
            _ => None,
        })
    }

    /// The buttons that the chat shows now.
    pub(super) fn current_markup(&self) -> Option<&Value> {
        self.edits.last().map_or(self.markup.as_ref(), |edit| edit.markup.as_ref())
    }
}

/// Texts that the bot said more than once in `ledger` and did not take back; forwards do not count, and of an
/// album only what has a caption.
pub(super) fn doubled(ledger: &[Message]) -> Vec<String> {
    let said = |message: &&Message| message.by_bot && message.deleted.is_none() && message.origin.is_none() && !message.text.is_empty();
    let mut seen = BTreeSet::new();
    ledger.iter().filter(said).filter(|message| !seen.insert((&message.text, message.link()))).map(|message| message.text.clone()).collect()
}

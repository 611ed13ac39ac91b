//! To whom a message goes, and what is known of it afterwards; and how requests name these things.

use super::{Chat, Words};
use teloxide::types::{self, ChatId, FileId, InputFile, MessageId, ParseMode, ThreadId};

/// Where a message goes, and how loudly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    pub chat: Chat,
    /// A forum topic; 0 for none.
    pub topic: i32,
    pub silent: bool,
}

/// A message that is out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The first of its ids; `None` where the answer broke off before it.
    pub message_id: Option<i32>,
    /// Ids in a row that it has taken: one, or one for each photo of an album.
    pub count: i32,
    /// The number of the chat, which outlives its name.
    pub chat_id: Option<i64>,
    /// The name of each photo, in order, for sending it again without the bytes; empty where any is missing.
    pub photo_file_ids: Vec<String>,
}

pub(super) fn parts(words: &Words) -> (String, Option<ParseMode>) {
    match words {
        Words::Html(html) => (html.clone(), Some(ParseMode::Html)),
        Words::Plain(text) => (text.clone(), None),
    }
}

/// A file that the request only names: by its id, or as one of the parts beside it.
pub(super) fn mentioned(mention: String) -> InputFile {
    InputFile::file_id(FileId(mention))
}

pub(super) fn recipient(chat: &Chat) -> types::Recipient {
    match chat {
        Chat::Number(number) => types::Recipient::Id(ChatId(*number)),
        Chat::Name(name) => types::Recipient::ChannelUsername(name.clone()),
    }
}

/// Topic 1 is a forum's general one, which Telegram finds only when it is not named.
pub(super) fn thread(topic: i32) -> Option<ThreadId> {
    (topic > 1).then_some(ThreadId(MessageId(topic)))
}

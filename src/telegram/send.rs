//! A message on its way to one chat: text, a photo with a caption, or an album.

use reqwest::multipart::Part;
use teloxide::{
    payloads::{SendMediaGroup, SendMessage, SendPhoto},
    types::{self, ChatId, FileId, InputFile, InputMedia, InputMediaPhoto, LinkPreviewOptions, MessageId, ParseMode, ThreadId},
};
use url::Url;

use super::{
    Failure, Photo, Telegram,
    answer::Accepted,
    call::call,
    classify::{Class, Refused},
};
use crate::channel::Chat;

/// Where a message goes, and how loudly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    pub chat: Chat,
    /// A forum topic; 0 for none.
    pub topic: i32,
    pub silent: bool,
}

/// The words of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// Telegram HTML.
    Html(String),
    Plain(String),
}

/// What is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// `preview` is the page that is shown small beneath the text.
    Text {
        words: Words,
        preview: Option<Url>,
    },
    Photo {
        photo: Photo,
        caption: Words,
    },
    /// Two to ten photos; one alone is sent as a photo.
    Album {
        photos: Vec<Photo>,
        caption: Words,
    },
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

impl Telegram {
    /// Sends `content` once.
    ///
    /// # Errors
    /// [`Failure`] says whether it may have been delivered all the same, and what would help.
    pub async fn send(&self, to: &Recipient, content: &Content) -> Result<Sent, Failure> {
        let photos = match content {
            Content::Text { .. } => 0,
            Content::Photo { .. } => 1,
            Content::Album { photos, .. } => photos.len(),
        };
        let answer = match content {
            Content::Text { words, preview } => self.send_text(to, words, preview.as_ref()).await.map_err(without_photos),
            Content::Photo { photo, caption } => self.send_photo(to, photo, caption).await,
            Content::Album { photos, caption } => match photos.as_slice() {
                [photo] => self.send_photo(to, photo, caption).await,
                photos => self.send_album(to, photos, caption).await,
            },
        };
        let accepted = answer?;
        let mut photo_file_ids = accepted.photo_file_ids();
        if photo_file_ids.len() != photos {
            photo_file_ids.clear();
        }
        let chat_id = match to.chat {
            Chat::Number(number) => Some(number),
            Chat::Name(_) => accepted.chat_id(),
        };
        let count = i32::try_from(photos.max(1)).unwrap_or(i32::MAX);
        Ok(Sent { message_id: accepted.message_id(), count, chat_id, photo_file_ids })
    }

    async fn send_text(&self, to: &Recipient, words: &Words, preview: Option<&Url>) -> Result<Accepted, Refused> {
        let (text, parse_mode) = parts(words);
        let mut payload = SendMessage::new(recipient(&to.chat), text);
        payload.parse_mode = parse_mode;
        payload.message_thread_id = thread(to.topic);
        payload.disable_notification = to.silent.then_some(true);
        payload.link_preview_options = Some(LinkPreviewOptions {
            is_disabled: preview.is_none(),
            url: preview.map(Url::to_string),
            prefer_small_media: preview.is_some(),
            prefer_large_media: false,
            show_above_text: false,
        });
        call(&self.sending, &payload, Vec::new()).await
    }

    async fn send_photo(&self, to: &Recipient, photo: &Photo, caption: &Words) -> Result<Accepted, Refused> {
        let (caption, parse_mode) = parts(caption);
        let (mention, file) = photo.attach(0);
        let mut payload = SendPhoto::new(recipient(&to.chat), mentioned(mention));
        payload.caption = Some(caption);
        payload.parse_mode = parse_mode;
        payload.message_thread_id = thread(to.topic);
        payload.disable_notification = to.silent.then_some(true);
        call(&self.sending, &payload, file.into_iter().collect()).await
    }

    async fn send_album(&self, to: &Recipient, photos: &[Photo], caption: &Words) -> Result<Accepted, Refused> {
        if photos.is_empty() {
            return Err(Refused { class: Class::BadPhoto, why: "an album without photos".into() });
        }
        let mut files: Vec<(String, Part)> = Vec::new();
        let mut media = Vec::new();
        for (number, photo) in photos.iter().enumerate() {
            let (mention, file) = photo.attach(number);
            let mut item = InputMediaPhoto::new(mentioned(mention));
            // The caption of the first, when it is the only one, is shown beneath the album.
            if number == 0 {
                let (text, parse_mode) = parts(caption);
                item.caption = Some(text);
                item.parse_mode = parse_mode;
            }
            media.push(InputMedia::Photo(item));
            files.extend(file);
        }
        let mut payload = SendMediaGroup::new(recipient(&to.chat), media);
        payload.message_thread_id = thread(to.topic);
        payload.disable_notification = to.silent.then_some(true);
        call(&self.sending, &payload, files).await
    }
}

/// A text has no picture to do without: what is said against one is said against the text or the chat.
fn without_photos(refused: Refused) -> Refused {
    let class = match refused.class {
        Class::BadPhoto => Class::BadMessage,
        Class::NoPhotos => Class::ChannelClosed,
        class => class,
    };
    Refused { class, ..refused }
}

fn parts(words: &Words) -> (String, Option<ParseMode>) {
    match words {
        Words::Html(html) => (html.clone(), Some(ParseMode::Html)),
        Words::Plain(text) => (text.clone(), None),
    }
}

/// A file that the request only names: by its id, or as one of the parts beside it.
fn mentioned(mention: String) -> InputFile {
    InputFile::file_id(FileId(mention))
}

pub(super) fn recipient(chat: &Chat) -> types::Recipient {
    match chat {
        Chat::Number(number) => types::Recipient::Id(ChatId(*number)),
        Chat::Name(name) => types::Recipient::ChannelUsername(name.clone()),
    }
}

/// Topic 1 is a forum's general one, which Telegram finds only when it is not named.
fn thread(topic: i32) -> Option<ThreadId> {
    (topic > 1).then_some(ThreadId(MessageId(topic)))
}

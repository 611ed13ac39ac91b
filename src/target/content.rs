//! What is sent.

use url::Url;

use super::Photo;

/// The words of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// HTML of the few tags that Telegram knows.
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

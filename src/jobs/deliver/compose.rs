//! What one headline says in a channel, in the channel's own form: for a send, and for whoever wants to see it before.

use crate::{
    article::Article,
    channel::{Channel, Photos},
    message::{self, BadTemplate, Message, Room, Template},
    words::Language,
};

/// A headline as a channel shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    /// As a text.
    pub text: Message,
    /// Under a picture; `None` where the channel wants none.
    pub caption: Option<Message>,
    /// Why the channel's template gave way to the built-in form, in the form that usually goes out.
    pub problem: Option<BadTemplate>,
}

impl Headline {
    /// In the built-in form.
    pub fn built_in(article: &Article, source: &str, photos: Photos, language: Language) -> Self {
        let compose = |room| message::compose(article, source, room, language);
        Self { text: compose(Room::Text), caption: (photos != Photos::None).then(|| compose(Room::Caption)), problem: None }
    }
}

/// What `channel` shows of `article`; `source` is the title of its feed.
pub fn compose(channel: &Channel, article: &Article, source: &str, language: Language) -> Headline {
    // The settings were checked when they were read.
    let Some(template) = (!channel.template.is_empty()).then(|| Template::parse(&channel.template).ok()).flatten() else {
        return Headline::built_in(article, source, channel.photos, language);
    };
    let (text, of_text) = template.compose(article, source, Room::Text, language);
    if channel.photos == Photos::None {
        return Headline { text, caption: None, problem: of_text };
    }
    let (caption, problem) = template.compose(article, source, Room::Caption, language);
    Headline { text, caption: Some(caption), problem }
}

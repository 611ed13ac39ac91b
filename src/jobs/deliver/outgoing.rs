//! What one message says, in every form in which it may be sent, with its pictures.

use std::collections::HashMap;

use url::Url;

use super::{
    Terms,
    compose::{Headline, compose},
    unclear::PLAIN,
};
use crate::{
    article::{Article, FeedId},
    channel::{Channel, Photos},
    fetch::{Accept, Answer, Request},
    message::{self, Message},
    store::{self, Delivery},
    target::{Content, Photo, Target, Words},
    trouble::{Phase, Trouble},
};

/// A message ready to go.
pub struct Outgoing {
    /// As a text.
    pub message: Message,
    /// How many of the deliveries it says: a digest may not hold all of them.
    pub holds: usize,
    /// Under a picture.
    caption: Option<Message>,
    photos: Vec<Photo>,
    /// The page that is shown small beneath, where there is no picture.
    preview: Option<Url>,
}

/// A picture as the target takes it, if it can be had.
async fn load_picture(feed: &FeedId, url: &Url, target: &Target, terms: &Terms<'_>) -> Option<Photo> {
    let plain = terms.feed(feed).map_or_else(|| Request::page(url.clone()), |feed| feed.request(url.clone()));
    let request = Request { accept: Accept::Image, max_size: Some(target.carries().picture_size), ..plain };
    match terms.client.get(&request).await.map(|response| response.answer) {
        Ok(Answer::Body(body)) => target.photo(body.bytes).ok(),
        Ok(Answer::Unchanged) => None,
        Err(error) => {
            tracing::debug!("a picture is left out: {error}");
            None
        }
    }
}

impl Outgoing {
    /// Composes what `deliveries` say together; the same deliveries always give the same words.
    pub async fn new(channel: &Channel, deliveries: &[Delivery], terms: &Terms<'_>) -> Result<Self, store::Error> {
        let troubles: Vec<_> = deliveries.iter().filter_map(Delivery::trouble).collect();
        if !troubles.is_empty() {
            return Self::alarms(&troubles, terms).await;
        }
        let articles: Vec<_> =
            deliveries.iter().filter_map(|delivery| delivery.article().map(|article| (article, terms.title(delivery, article)))).collect();
        Ok(match articles.as_slice() {
            [(article, source)] => Self::headline(channel, article, source, terms),
            articles => {
                let items: Vec<_> = articles.iter().map(|(article, source)| ((*article).clone(), source.clone())).collect();
                let (message, holds) = message::digest(&items, terms.language);
                Self { message, holds, caption: None, photos: Vec::new(), preview: None }
            }
        })
    }

    async fn alarms(troubles: &[(&Trouble, Phase)], terms: &Terms<'_>) -> Result<Self, store::Error> {
        // What a feed's file leaves out its portal may have said.
        let mut titles: HashMap<&FeedId, String> = HashMap::new();
        for id in troubles.iter().flat_map(|(trouble, _)| trouble.feeds.iter().take(message::NAMED)) {
            if let (Some(feed), None) = (terms.feed(id), titles.get(id)) {
                let portal = terms.store.feed_state(id).await?.portal.unwrap_or_default();
                titles.insert(id, feed.of_portal(&portal).title);
            }
        }
        let title = |feed: &FeedId| titles.get(feed).cloned().unwrap_or_else(|| feed.to_string());
        let names = message::Names { title: &title, zone: terms.zone, now: (terms.now)(), language: terms.language };
        let (message, holds) = message::alarms(troubles, &names);
        Ok(Self { message, holds, caption: None, photos: Vec::new(), preview: None })
    }

    fn headline(channel: &Channel, article: &Article, source: &str, terms: &Terms<'_>) -> Self {
        let Headline { text, caption, problem } = compose(channel, article, source, terms.language);
        if let Some(problem) = problem {
            tracing::warn!(channel.id = %channel.id, "the template of `{}` gave way to the built-in form: {problem}", channel.id);
        }
        Self { message: text, holds: 1, caption, photos: Vec::new(), preview: Some(article.url.clone()) }
    }

    /// Fetches the article's pictures. A picture that cannot be had is left out.
    pub async fn load_pictures(&mut self, channel: &Channel, article: &Article, target: &Target, terms: &Terms<'_>) {
        if self.caption.is_none() {
            return;
        }
        let carries = target.carries();
        let wanted = if channel.photos == Photos::Album { carries.pictures } else { carries.pictures.min(1) };
        // Reading the article's HTML takes time; a thread that breaks costs the pictures.
        let article = article.clone();
        let feed = article.feed.clone();
        let pictures = tokio::task::spawn_blocking(move || message::pictures(&article)).await.unwrap_or_default();
        for url in pictures {
            if self.photos.len() >= wanted {
                break;
            }
            let load = load_picture(&feed, &url, target, terms);
            self.photos.extend(terms.pictures.get(&feed, &url, load).await);
            if self.photos.is_empty() && wanted == 1 {
                // The article's own picture or none: the next one may be anything.
                break;
            }
        }
    }

    /// How many messages it takes beyond the first.
    pub fn further(&self) -> u32 {
        u32::try_from(self.photos.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// The forms to try, each simpler than the one before; after `unclear` sends without an answer only the simpler
    /// ones.
    pub fn forms(&self, unclear: u32) -> Vec<Content> {
        let mut forms = Vec::new();
        if let (Some(caption), false) = (&self.caption, self.photos.is_empty()) {
            let caption = Words::Html(caption.html.clone());
            forms.push(match self.photos.as_slice() {
                [photo] => Content::Photo { photo: photo.clone(), caption },
                photos => Content::Album { photos: photos.to_vec(), caption },
            });
        }
        let text = |words| Content::Text { words, preview: self.preview.clone() };
        if unclear < PLAIN {
            forms.push(text(Words::Html(self.message.html.clone())));
        }
        forms.push(text(Words::Plain(self.message.plain.clone())));
        forms.push(text(Words::Plain(self.message.bare.clone())));
        forms
    }

    /// Everything that the chat may show after one of the forms was sent.
    pub fn shown_forms(&self) -> Vec<&str> {
        let caption = self.caption.iter().flat_map(|caption| caption.shown_forms());
        self.message.shown_forms().into_iter().chain(caption).collect()
    }
}

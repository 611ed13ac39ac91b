//! The message that a channel would be told of a feed's newest article, without telling it.

use serde::Serialize;
use url::Url;

use super::Setup;
use crate::{
    article::Article,
    channel::{Channel, Photos},
    feed::Feed,
    jobs::deliver::{Headline, compose},
    message::{self, Run},
    store::{self, Store},
};

/// A message as it would be seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// The chat, and the channel's name; `None` where no channel carries the feed, and the built-in form is shown.
    pub channel: Option<(String, String)>,
    pub runs: Vec<Run>,
    /// Those that it would carry, the first first.
    pub pictures: Vec<Url>,
    /// The page that is shown small beneath, where there is no picture.
    pub preview: Option<Url>,
    /// Why the channel's template gave way to the built-in form.
    pub problem: Option<String>,
}

/// Why there is nothing to show.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Unknown(#[from] super::UnknownFeed),
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error("`{feed}` has no articles yet\nhint: `loa run --once --now` looks at every feed")]
    Nothing { feed: String },
}

/// The newest article of `feed` as each of its channels would be told of it.
///
/// # Errors
/// When there is no such feed, or no article of it.
pub async fn shown(setup: &Setup, feed: &str) -> Result<Vec<Shown>, Error> {
    let feed = setup.feed(feed)?;
    let store = Store::visit(&setup.config.store).await?;
    let found = newest(&store, [feed]).await;
    store.close().await;
    let (article, source) = found?.ok_or_else(|| Error::Nothing { feed: feed.id.to_string() })?;
    let mut all: Vec<Shown> =
        setup.config.channels.iter().filter(|it| it.carries(&feed.id)).map(|it| of(setup, Some(it), &article, &source)).collect();
    if all.is_empty() {
        all.push(of(setup, None, &article, &source));
    }
    Ok(all)
}

/// The newest article of these feeds, and the title of its own, as messages name it.
///
/// # Errors
/// When the store cannot be read.
pub async fn newest<'a>(store: &Store, feeds: impl IntoIterator<Item = &'a Feed>) -> Result<Option<(Article, String)>, store::Error> {
    let feeds: Vec<&Feed> = feeds.into_iter().collect();
    let ids: Vec<_> = feeds.iter().map(|feed| feed.id.clone()).collect();
    let Some(article) = store.latest_of(&ids, 1).await?.into_iter().next() else { return Ok(None) };
    let portal = store.feed_state(&article.feed).await?.portal.unwrap_or_default();
    let feed = feeds.into_iter().find(|feed| feed.id == article.feed);
    let title = feed.map_or_else(|| article.feed.to_string(), |feed| feed.of_portal(&portal).title);
    Ok(Some((article, title)))
}

fn of(setup: &Setup, channel: Option<&Channel>, article: &Article, source: &str) -> Shown {
    let language = setup.config.telegram.language;
    let photos = channel.map_or(Photos::One, |channel| channel.photos);
    let wanted = match photos {
        Photos::None => 0,
        Photos::One => 1,
        Photos::Album => usize::MAX,
    };
    let pictures: Vec<Url> = message::pictures(article).into_iter().take(wanted).collect();
    let Headline { text, caption, problem } = match channel {
        Some(channel) => compose(channel, article, source, language),
        None => Headline::built_in(article, source, photos, language),
    };
    let message = caption.filter(|_| !pictures.is_empty()).unwrap_or(text);
    Shown {
        channel: channel.map(|channel| (channel.address.to_string(), channel.id.to_string())),
        // Its HTML was checked when it was composed.
        runs: message::runs(&message.html).unwrap_or_else(|_| vec![Run::plain(message.plain)]),
        preview: pictures.is_empty().then(|| article.url.clone()),
        pictures,
        problem: problem.map(|problem| problem.to_string()),
    }
}

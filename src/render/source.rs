//! Where an entry of a feed of several feeds comes from.

use std::{collections::BTreeMap, sync::Arc};

use jiff::Timestamp;
use url::Url;

use super::{About, Format, under};
use crate::article::{Article, FeedId};

/// One of several feeds that share a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The id of the feed: the name of its own documents.
    id: String,
    pub title: String,
    /// The page whose news it carries; `None` where nothing is known of the feed but its articles.
    pub portal: Option<Url>,
    public: Url,
    /// When the newest change among its articles in the document was made. Those that the document does not show change
    /// nothing in it.
    pub changed: Timestamp,
}

impl Source {
    /// A feed that the operator has.
    pub fn of(about: &About) -> Self {
        let (id, title, public) = (about.id.clone(), super::title(about), about.public.clone());
        Self { id, title, portal: Some(about.portal.clone()), public, changed: Timestamp::UNIX_EPOCH }
    }

    /// A feed of which only the id is known, because its file cannot be read at the moment.
    pub fn unknown(id: &FeedId, public: &Url) -> Self {
        let id = id.to_string();
        Self { title: id.clone(), id, portal: None, public: public.clone(), changed: Timestamp::UNIX_EPOCH }
    }

    /// The public address of one of its own documents.
    pub fn address(&self, format: Format) -> String {
        under(&self.public, &format!("feeds/{}.{}", self.id, format.extension()))
    }
}

/// The feeds of these articles.
pub fn of(articles: &[Article], source: impl Fn(&FeedId) -> Source) -> BTreeMap<FeedId, Arc<Source>> {
    let mut changed: BTreeMap<&FeedId, Timestamp> = BTreeMap::new();
    for article in articles {
        let newest = changed.entry(&article.feed).or_insert(article.changed);
        *newest = article.changed.max(*newest);
    }
    changed.into_iter().map(|(feed, changed)| (feed.clone(), Arc::new(Source { changed, ..source(feed) }))).collect()
}

//! Articles whose pages are read again because the operator wants it: the feed gets what they say now, and no channel
//! is told again.

use loa_reader::link;
use serde::{Deserialize, Serialize};
use tracing::{info, warn};

use super::{
    Service,
    address::Address,
    request::{Answer, Error},
};
use crate::{
    article::{Article, FeedId},
    cause::{self, Told},
    fetch,
    jobs::poll,
    store::{self, Unread},
};

/// Articles of a feed that are read again, the newest.
const OF_FEED: u32 = 10;

/// What came of one article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reread {
    pub feed: String,
    /// As it is now.
    pub title: String,
    pub url: String,
    pub found: Found,
}

/// What its page says now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// Something else than before.
    Changed,
    Same,
    /// The page cannot be read: the article stays as it is.
    Unreadable(Told),
}

impl Service {
    /// Reads an article's page again in every feed that has it, or the pages of a feed's newest articles.
    pub(super) async fn reread(&self, what: &str) -> Result<Answer, Error> {
        let ids = self.present().setup.ids();
        let mut articles = Vec::new();
        if let Some(id) = ids.iter().find(|id| id.as_str() == what) {
            let wanted = self.store.latest(id, OF_FEED).await?;
            if wanted.is_empty() {
                return Err(Error::refused(format!("`{id}` has no article yet"), format!("`loa poll {id}` polls it now")));
            }
            articles = self.reread_of(id, wanted).await?;
        } else {
            let addresses = addresses(what).ok_or_else(|| self.neither(what))?;
            for id in &ids {
                let mut wanted = Vec::new();
                for known in self.store.known(id, &addresses, &[]).await? {
                    wanted.extend(self.store.article(known.article).await?);
                }
                articles.extend(self.reread_of(id, wanted).await?);
            }
            if articles.is_empty() {
                let hint = "`loa reread FEED` reads the newest articles of a feed again; `loa status` lists the feeds";
                return Err(Error::refused(format!("no feed has an article at `{what}`"), hint));
            }
        }
        Ok(Answer::Reread { articles })
    }

    /// Neither a feed nor an address.
    fn neither(&self, what: &str) -> Error {
        self.feed_named(what).err().unwrap_or_else(|| Error::refused(format!("there is no feed `{what}`"), "`loa status` lists them"))
    }

    /// Reads these articles of a feed again, and publishes what changed.
    async fn reread_of(&self, id: &FeedId, articles: Vec<Article>) -> Result<Vec<Reread>, Error> {
        if articles.is_empty() {
            return Ok(Vec::new());
        }
        let Some(host) = self.present().feed(id).map(|feed| fetch::host(feed.watched())) else {
            return Err(Error::refused(format!("the file of `{id}` cannot be used as it is"), "`loa check` says what is wrong with it"));
        };
        // Its host is asked by one poll at a time.
        self.in_turn(&host, Box::pin(self.reread_in_turn(id, articles))).await?
    }

    async fn reread_in_turn(&self, id: &FeedId, articles: Vec<Article>) -> Result<Vec<Reread>, Error> {
        let present = self.present();
        let Some(feed) = present.feed(id) else { return Ok(Vec::new()) };
        if !feed.full_text {
            let why = format!("`{id}` keeps what its list says, as its file has `full-text = false`");
            return Err(Error::refused(why, "take that line out: then articles are read"));
        }
        let unread = self.as_listed(id, articles).await?;
        let portal = self.store.feed_state(id).await?.portal.unwrap_or_default();
        let feed = feed.of_portal(&portal);
        let terms = self.poll_terms(&feed, &present);
        let again = poll::read_again(&feed, &unread, &terms).await?;
        self.keep_holds().await;
        let is_change = again.recorded.is_change();
        let mut articles = Vec::new();
        for (unread, found) in unread.into_iter().zip(again.found) {
            let article = self.store.article(unread.article.id).await?.unwrap_or(unread.article);
            let found = match found {
                Ok(true) => Found::Changed,
                Ok(false) => Found::Same,
                Err(error) => Found::Unreadable(cause::tell(&error)),
            };
            articles.push(Reread { feed: id.to_string(), title: article.title, url: article.url.to_string(), found });
        }
        if is_change {
            info!(feed.id = %id, corrected = again.recorded.corrections, "`{id}`: {} read again and corrected", again.recorded.corrections);
            if let Err(error) = self.publish(&feed).await {
                warn!(feed.id = %id, "`{id}` could not be published: {error:#}");
            }
        }
        Ok(articles)
    }

    /// The articles with the headlines that their list has for them.
    async fn as_listed(&self, id: &FeedId, articles: Vec<Article>) -> Result<Vec<Unread>, store::Error> {
        let addresses: Vec<String> = articles.iter().map(|article| link::identity(&article.url)).collect();
        let known = self.store.known(id, &addresses, &[]).await?;
        let listed = |article: &Article| known.iter().find(|known| known.article == article.id).map(|known| known.listed_title.clone());
        let unread = articles.into_iter().map(|article| Unread {
            listed_title: listed(&article).unwrap_or_else(|| article.title.clone()),
            article,
            tries: 0,
        });
        Ok(unread.collect())
    }
}

/// What an article at this address may be known by.
fn addresses(what: &str) -> Option<Vec<String>> {
    let Address { first, second } = Address::of(what).ok()?;
    Some([Some(first), second].into_iter().flatten().map(|url| link::identity(&url)).collect())
}

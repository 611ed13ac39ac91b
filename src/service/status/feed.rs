//! One feed closely: what was learned of its source, how it is, and when it was rebuilt.

use jiff::Timestamp;
use loa_reader::{
    list::{PageBox, Rule},
    site::Site,
};
use serde::Serialize;

use super::{FeedStatus, Setup};
use crate::{
    feed::Feed,
    service::UnknownFeed,
    store::{self, Repair, Store},
};

/// Repairs that are shown, the newest first.
const SHOWN_REPAIRS: u32 = 20;
/// Links that are no headlines, the newest first.
const SHOWN_REFUSALS: usize = 10;
/// Texts of the site that are shown, the most frequent first, how many of a hundred pages have such a text, and pages
/// from which on that means anything.
const SHOWN_REPEATED: usize = 10;
const OFTEN: u32 = 50;
const FEW_PAGES: u32 = 5;

/// Why a feed cannot be told of.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Unknown(#[from] UnknownFeed),
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Everything that is said of a feed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FeedClosely {
    #[serde(flatten)]
    pub status: FeedStatus,
    /// Where the headlines stand and how their addresses are built, in words.
    pub learned: Option<String>,
    /// Keys of the feed's file that overrule what was learned.
    pub overruled: Vec<&'static str>,
    /// Of the last good poll; `None` where polls have failed since.
    pub health: Option<Health>,
    /// The boxes of the list's page, those beside the list among them.
    pub boxes: Vec<PageBox>,
    /// Texts that stand beside the articles of most pages: the site's, and left out.
    pub repeated: Vec<Repeated>,
    pub repairs: Vec<RepairLine>,
    pub refused: Vec<RefusalLine>,
}

/// Known headlines that the last poll found again, of those of the poll before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Health {
    pub again: u32,
    pub of: u32,
}

/// A text of the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repeated {
    pub begins: String,
    pub pages: u32,
    pub of: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RepairLine {
    pub at: Timestamp,
    pub words: String,
}

/// A link that looks like a headline and is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusalLine {
    pub title: String,
    pub address: String,
    pub why: String,
}

/// Looks at the feed that is called `id`.
///
/// # Errors
/// When there is no such feed, or no store that can be read.
pub async fn closely(setup: &Setup, id: &str) -> Result<FeedClosely, Error> {
    let feed = setup.feed(id)?;
    let store = Store::visit(&setup.config.store).await?;
    let closely = read(feed, &store).await;
    store.close().await;
    Ok(closely?)
}

async fn read(feed: &Feed, store: &Store) -> Result<FeedClosely, store::Error> {
    let status = FeedStatus::read(feed, store).await?;
    let learned = store.learned(&feed.id).await?;
    let repairs = store.repairs(&feed.id, SHOWN_REPAIRS).await?;
    let refused = learned.refused.into_iter().rev().take(SHOWN_REFUSALS);
    // After a failure it says how the list was before.
    let health = (status.failures == 0 && learned.health.of > 0).then_some(Health { again: learned.health.again, of: learned.health.of });
    Ok(FeedClosely {
        status,
        learned: learned.rule.as_ref().map(Rule::in_words),
        overruled: feed.source.overruling(),
        health,
        boxes: learned.boxes,
        repeated: repeated(&learned.site),
        repairs: repairs.into_iter().map(|Repair { at, words }| RepairLine { at, words }).collect(),
        refused: refused.map(|it| RefusalLine { title: it.title, address: it.address, why: it.why }).collect(),
    })
}

fn repeated(site: &Site) -> Vec<Repeated> {
    let often = |(_, pages): &(&str, u32)| site.pages() >= FEW_PAGES && 100 * pages >= OFTEN * site.pages();
    let repeated = site.repeated().into_iter().filter(often).take(SHOWN_REPEATED);
    repeated.map(|(begins, pages)| Repeated { begins: begins.to_owned(), pages, of: site.pages() }).collect()
}

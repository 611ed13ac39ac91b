//! One further page of the past: what stood on the list before the feed began is recorded and told to nobody.
//!
//! How far the past was read is kept with the feed, in the transaction that records what a page brought: whoever is
//! killed in between goes on where that was.

use jiff::{SignedDuration, Timestamp};
use loa_reader::list::{self, Discovery};
use url::Url;

use super::{
    Error, Terms, Unwatched, confirm, dedupe,
    further::{FurtherPage, Walk},
    learn,
    read::{self, Reading},
    record,
};
use crate::{
    feed::Feed,
    store::{Learned, Past, Recorded},
};

/// What a page of the past brought.
#[derive(Debug, Clone, PartialEq)]
pub struct PastPage {
    /// How far the past was read now.
    pub past: Past,
    /// Headlines on it.
    pub found: usize,
    pub recorded: Recorded,
}

/// Reads the next further page of a feed that has begun.
///
/// # Errors
/// When a page cannot be had or the store not be read or written: nothing was recorded then.
pub async fn read_past(feed: &Feed, terms: &Terms<'_>) -> Result<PastPage, Error> {
    let state = terms.store.feed_state(&feed.id).await?;
    let feed = &feed.of_portal(&state.portal.clone().unwrap_or_default());
    let learned = terms.store.learned(&feed.id).await?;
    let (mut walk, page) = match resumed(feed, &learned, terms).await? {
        Some(at) => at,
        None => return end(feed, learned, terms).await,
    };
    let Some(page) = page else { return end(feed, learned, terms).await };
    let next = walk.ahead().await?.map(String::from);
    let read = learned.past.pages + 1;
    let past = Past { pages: read, is_whole: next.is_none(), next, first: Some(walk.first().to_string()) };
    let began = state.began_at.unwrap_or(terms.now);
    let (found, articles, site) = articles(feed, page, &learned, began, terms).await?;
    let learned = Learned { site, past: past.clone(), ..learned };
    let recorded = terms.store.record_articles(&feed.id, &articles.articles, &articles.addresses, Some(&learned), terms.now).await?;
    Ok(PastPage { past, found, recorded })
}

/// Where the past goes on, with its page; `None` where it has no more.
async fn resumed<'a>(feed: &'a Feed, learned: &Learned, terms: &'a Terms<'a>) -> Result<Option<(Walk<'a>, Option<FurtherPage>)>, Error> {
    let memory = learn::memory(feed, learned, terms).await?;
    let past = &learned.past;
    if past.is_whole {
        return Ok(None);
    }
    let address = |text: &Option<String>| text.as_deref().and_then(|text| Url::parse(text).ok());
    if let (Some(first), Some(next)) = (address(&past.first), address(&past.next)) {
        return Ok(Some(Walk::at(feed, terms, memory, first, (next, past.pages + 2)).await?));
    }
    let list = address(&learned.frame.as_ref().map(|frame| frame.url.clone())).unwrap_or_else(|| feed.watched().clone());
    let (mut walk, first) = Walk::at(feed, terms, memory, list.clone(), (list, 1)).await?;
    if first.is_none() {
        return Ok(None);
    }
    walk.begins_here();
    let page = walk.next().await?;
    Ok(Some((walk, page)))
}

/// The list goes on no further.
async fn end(feed: &Feed, learned: Learned, terms: &Terms<'_>) -> Result<PastPage, Error> {
    let past = Past { is_whole: true, next: None, ..learned.past.clone() };
    terms.store.note_learned(&feed.id, &Learned { past: past.clone(), ..learned }).await?;
    Ok(PastPage { past, found: 0, recorded: Recorded::default() })
}

/// Reads the pages of what is not known, none of which is announced.
async fn articles(
    feed: &Feed,
    page: FurtherPage,
    learned: &Learned,
    began: Timestamp,
    terms: &Terms<'_>,
) -> Result<(usize, record::Stories, loa_reader::site::Site), Error> {
    let found = page.candidates.len();
    let titles: Vec<String> = page.candidates.iter().map(|candidate| list::fold_title(&candidate.title)).collect();
    let known = terms.store.known(&feed.id, &dedupe::keys(&page.candidates), &titles).await?;
    let mut compared = dedupe::compare(&page.candidates, &known, &page.url);
    compared.bodies = page.bodies;
    compared.corrected.clear();
    let reading = Reading { feed, compared: &compared, pending: &[], nothing_is_news: true, linked: None, terms, progress: &Unwatched };
    let mut read = read::read(&reading, &learned.site, None).await?;
    let mut discovery = Discovery { candidates: page.candidates, ..Discovery::default() };
    let latest = terms.store.latest(&feed.id, super::LATEST).await?;
    confirm::drop_unconfirmed(&mut read, &mut discovery, &latest, false, terms.now);
    if !feed.full_text {
        read.forget_texts();
    }
    let mut stories = record::stories(feed, &compared, read.articles, |_, _| false, terms).await?;
    // What no page dates was there when the feed began, one below the other.
    for (index, new) in stories.articles.iter_mut().rev().enumerate() {
        let place = i64::from(learned.past.pages).saturating_mul(1_000).saturating_add(i64::try_from(index).unwrap_or_default() + 1);
        let seen = began.saturating_sub(SignedDuration::from_secs(place)).unwrap_or(began);
        new.article.first_seen = seen;
    }
    Ok((found, stories, read.site))
}

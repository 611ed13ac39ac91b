//! Fetches and reads the pages of new and of corrected headlines, one after the other: they share a host.
//!
//! A page that cannot be had costs only its own article: for a passing reason it is tried again at the next looks,
//! otherwise the article is what the list says.

use std::collections::HashMap;

use url::Url;

use super::{Error, Terms, compare::Compared, off_the_async_threads};
use crate::{
    article::{Candidate, Draft, Kinship, Strategy},
    extract,
    feed::Feed,
    fetch::{self, Answer},
    link,
    source::Links,
    store::Pending,
};

/// How often a page that is out of reach is tried before the list's word is taken.
const TRIES: u32 = 3;

/// What came of the pages.
#[derive(Debug, Default)]
pub struct Read {
    /// In the order of `Compared::new`; without those that are tried again.
    pub articles: Vec<Story>,
    /// In the order of `Compared::corrected`.
    pub corrections: Vec<Option<Story>>,
    pub pending: Vec<Pending>,
    pub remarks: Vec<String>,
}

/// A headline and its page.
#[derive(Debug)]
pub struct Story {
    pub candidate: Candidate,
    /// Empty where the page could not be had, or is not to be read.
    pub draft: Draft,
    /// The page's address after redirects.
    pub landed: Option<Url>,
    /// Whether it is recorded without being told.
    pub untold: bool,
    pub fetched: Fetched,
    /// Of a page that is asked whether it is an article at all.
    pub links: Option<Links>,
}

/// What became of a headline's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fetched {
    Read,
    /// It was not asked for, may not be read, or is no page.
    Silent,
    /// There is none.
    Missing,
}

/// Reads every new and corrected headline's page.
pub async fn read(feed: &Feed, compared: &Compared, pending: &[Pending], is_first: bool, terms: &Terms<'_>) -> Result<Read, Error> {
    let mut read = Read::default();
    // Set when the host wants to be left alone: nothing more is asked of it now.
    let mut is_over = false;
    let mut asked = Asked::default();
    for new in &compared.new {
        let address = link::identity(&new.candidate.url);
        let before = pending.iter().find(|pending| pending.address == address);
        let untold = new.is_old || is_first || before.is_some_and(|pending| pending.untold);
        let tries = before.map_or(0, |pending| pending.tries);
        let later = |tries| Pending { address: address.clone(), tries, untold };
        if is_over {
            read.pending.push(later(tries));
            continue;
        }
        let is_asked = feed.full_text || asked.asks(&new.candidate);
        match story(feed, &new.candidate, untold, is_asked, terms).await? {
            Ok(story) => read.articles.push(story),
            Err(error) => {
                is_over = matches!(error, fetch::Error::RetryAfter { .. });
                let is_last = tries + 1 >= TRIES && !is_over;
                read.remarks.push(format!("`{}` could not be read: {error}", new.candidate.title));
                if is_passing(&error) && !is_last {
                    read.pending.push(later(if is_over { tries } else { tries + 1 }));
                } else {
                    let fetched = fetched(&error);
                    read.articles.push(Story {
                        candidate: new.candidate.clone(),
                        draft: Draft::default(),
                        landed: None,
                        untold,
                        fetched,
                        links: None,
                    });
                }
            }
        }
    }
    for (candidate, _) in &compared.corrected {
        let story = if is_over { None } else { story(feed, candidate, true, feed.full_text, terms).await?.ok() };
        read.corrections.push(story);
    }
    Ok(read)
}

/// Pages that are read though the feed does not want their texts: to see whether they are articles at all.
#[derive(Debug, Default)]
struct Asked(HashMap<String, usize>);

/// Of headlines that stand alike, so many are asked.
const ASKED: usize = 3;

impl Asked {
    fn asks(&mut self, candidate: &Candidate) -> bool {
        let sighting = &candidate.sighting;
        let count = self.0.entry(sighting.place.clone()).or_default();
        *count += 1;
        is_in_doubt(candidate) && *count <= ASKED
    }
}

/// Whether only its page can tell that it is an article.
fn is_in_doubt(candidate: &Candidate) -> bool {
    let sighting = &candidate.sighting;
    matches!(sighting.kinship, Kinship::Unasked | Kinship::Stranger) && !sighting.by.contains(&Strategy::Selectors)
}

/// One headline's page, if it is asked. The outer error stops the look, the inner one costs the article.
pub async fn story(
    feed: &Feed,
    candidate: &Candidate,
    untold: bool,
    is_asked: bool,
    terms: &Terms<'_>,
) -> Result<Result<Story, fetch::Error>, Error> {
    let mut story =
        Story { candidate: candidate.clone(), draft: Draft::default(), landed: None, untold, fetched: Fetched::Silent, links: None };
    if !is_asked {
        return Ok(Ok(story));
    }
    let response = match terms.client.get(&feed.request(candidate.url.clone())).await {
        Ok(response) => response,
        Err(error) => return Ok(Err(error)),
    };
    if let Answer::Body(body) = response.answer {
        let (zone, language, listed, now) = (feed.zone.clone(), feed.language.clone(), candidate.clone(), terms.now);
        let draft = off_the_async_threads(terms, move || {
            let page = body.into_page(now);
            let mut draft =
                extract::article(&page, &extract::Context { zone: Some(&zone), language: language.as_deref(), listed: Some(&listed) });
            let links = is_in_doubt(&listed).then(|| Links::of(&page));
            draft.problems.extend(page.problems);
            (draft, links)
        });
        // A page on which the reader breaks costs its article's text and nothing else.
        let broken = || (Draft { problems: vec!["the reader broke on this page".to_owned()], ..Draft::default() }, None);
        (story.draft, story.links) = draft.await.unwrap_or_else(|_| broken());
        story.landed = Some(response.url);
        story.fetched = Fetched::Read;
    }
    Ok(Ok(story))
}

/// What a failure that will not pass says of a page.
pub fn fetched(error: &fetch::Error) -> Fetched {
    match error {
        fetch::Error::Gone { .. } => Fetched::Missing,
        fetch::Error::Status { status, .. } if !matches!(status, 401 | 403 | 429) => Fetched::Missing,
        _ => Fetched::Silent,
    }
}

/// Whether the same request may succeed later.
pub fn is_passing(error: &fetch::Error) -> bool {
    match error {
        fetch::Error::Status { status, .. } => *status >= 500 || *status == 408,
        fetch::Error::Dns { .. }
        | fetch::Error::Connect { .. }
        | fetch::Error::Tls { .. }
        | fetch::Error::Timeout { .. }
        | fetch::Error::Truncated { .. }
        | fetch::Error::Encoding { .. }
        | fetch::Error::Protocol { .. }
        | fetch::Error::Empty { .. }
        | fetch::Error::RetryAfter { .. } => true,
        _ => false,
    }
}

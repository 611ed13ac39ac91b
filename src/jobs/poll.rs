//! One poll of a source: fetch the list, find what is new, read it, record it and queue it, all or nothing.
//!
//! It does not decide when: the caller asks when a feed is due, and is told when it is next.

mod boxes;
mod changed;
mod confirm;
mod dedupe;
mod document_text;
mod early;
mod files;
mod frames;
mod further;
mod known_boxes;
mod learn;
mod linked_documents;
mod news;
mod older;
mod past;
mod portal;
mod progress;
mod read;
mod record;
mod reread;
mod script_files;
mod source_name;

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use loa_reader::{
    list::{self, Obstacle},
    page::{About, Page},
};
use url::Url;

use crate::{
    cause,
    channel::Channel,
    feed::Feed,
    fetch::{self, Accept, Answer, Body, Client, Request, Response, Validators},
    jobs::reading_timeout::{self, Readers},
    schedule::{self, Outcome, Pace},
    store::{self, DueFeed, FailedPoll, FeedState, Frame, Learned, Polled, Portal, Recorded, Recording, Refusal, Store},
};
use changed::Changed;

/// The newest articles, by which a list without any known headline is judged.
const LATEST: u32 = 20;

pub use files::TIME as FILE_TIME;
pub use past::{PastPage, read_past};
pub use progress::{Asked, Event, Progress, Unwatched};
pub use read::is_passing;
pub use reread::{Again, NotRead, read_again};

/// What a poll works with.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    pub store: &'a Store,
    pub client: &'a Client,
    pub channels: &'a [Channel],
    /// Where pages are read.
    pub readers: &'a Readers,
    pub pace: Pace,
    pub now: Timestamp,
    /// Between -1 and 1: spreads the next poll.
    pub jitter: f64,
    /// How long the servers of articles' files may be asked about them. Nothing where nobody will see what they say.
    pub files_for: Duration,
}

/// What a good poll brought.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    pub recorded: Recorded,
    /// Headlines on the list; `None` where the source says that it is unchanged.
    pub found: Option<u32>,
    /// The new ones, in the order in which they are told.
    pub headlines: Vec<String>,
    /// What could not be read, in words.
    pub remarks: Vec<String>,
    /// The page was rebuilt, and its headlines found again: how, in words.
    pub repair: Option<String>,
    /// Whether it was the first poll, at which nothing is news.
    pub is_first: bool,
    /// What the feed's file may leave out, where it was learned at this poll.
    pub portal: Option<Portal>,
    pub next: Timestamp,
    /// What is still to be recorded, by itself or with that of other polls: the list was unchanged, and nothing else is
    /// to be said.
    pub unrecorded: Option<Polled>,
}

/// Why a poll failed. What is published stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Fetch(#[from] fetch::Error),
    #[error(transparent)]
    Store(#[from] store::Error),
    /// Where there were headlines there are none.
    #[error("found {}{}{}", nothing(*usual), if *is_vacant { ", and their place is there and empty" } else { "" }, because(remarks))]
    Empty { usual: u32, is_vacant: bool, remarks: Vec<String> },
    /// What is there is no list, and it is known what it is.
    #[error("found {}: {obstacle}; {}", nothing(*usual), obstacle.way_out())]
    Obstacle { usual: u32, obstacle: Obstacle },
    /// What stands there now is not what stood there before.
    #[error(
        "none of the known headlines is on the page any more, and what is there ({found}) does not look like them: nothing is published"
    )]
    Unrelated { found: usize },
    /// The list's address leads to one of the list's articles.
    #[error("the list leads to `{url}` now, which is one of its own articles")]
    Article { url: String },
    /// Links were found, and none of them leads to an article.
    #[error("{found} links look like headlines, and none of them leads to an article{}", because(reasons))]
    Unconfirmed { found: usize, reasons: Vec<String>, refused: Vec<Refusal> },
    /// Boxes are there, and the list is not.
    #[error(
        "only {again} of usually {usual} headlines are on the page, in other places than before{}: nothing is published until half of them are back",
        if *is_vacant { ", and their old place is empty" } else { "" }
    )]
    Vanished { again: usize, usual: u32, is_vacant: bool },
    /// What is there is older than what was there.
    #[error(
        "only {again} of usually {usual} headlines are on the page, and older stories in their place: nothing is published until half of \
         them are back"
    )]
    Older { again: usize, usual: u32, refused: Vec<Refusal> },
    /// The page was rebuilt, and it is not certain that its headlines were found again.
    #[error("the page was rebuilt, and `{title}` could not be verified ({why}): nothing is published until it can")]
    Unverified { title: String, why: String },
    /// The page breaks what reads it, or takes too long.
    #[error(transparent)]
    Reading(#[from] reading_timeout::Error),
}

fn nothing(usual: u32) -> String {
    if usual == 0 { "no headlines".to_owned() } else { format!("0 of usually {usual} headlines") }
}

fn because(remarks: &[String]) -> String {
    if remarks.is_empty() { String::new() } else { format!(": {}", remarks.join("; ")) }
}

/// Polls `feed` once. A failure is recorded with the feed before it is returned.
pub async fn poll(feed: &Feed, terms: &Terms<'_>) -> Result<Report, Error> {
    poll_watched(feed, terms, &Unwatched).await
}

/// The same, told as it goes.
pub async fn poll_watched(feed: &Feed, terms: &Terms<'_>, progress: &dyn Progress) -> Result<Report, Error> {
    let due = DueFeed::asked_for(&feed.id, terms.store).await?;
    match attempt(feed, &due, terms, progress).await {
        Ok(mut report) => {
            if let Some(polled) = report.unrecorded.take() {
                record_unchanged(feed, polled, terms.store).await?;
            }
            Ok(report)
        }
        Err(error) => {
            note_failure(feed, &error, terms).await?;
            Err(error)
        }
    }
}

/// Polls `feed` once; of a failure nothing is recorded, and of a list that is unchanged what [`Report::unrecorded`]
/// says.
pub async fn attempt(feed: &Feed, due: &DueFeed, terms: &Terms<'_>, progress: &dyn Progress) -> Result<Report, Error> {
    // It holds pages and answers: whoever awaits it keeps its place alone.
    Box::pin(Poll { feed, state: &due.state, terms, progress }.attempt(due.has_unread)).await
}

/// Records by itself that the list was unchanged.
pub async fn record_unchanged(feed: &Feed, polled: Polled, store: &Store) -> Result<(), store::Error> {
    store.record(&Recording::nothing(feed.id.clone(), polled)).await.map(drop)
}

/// Counts a failure against the feed, and says when it is polled again.
pub async fn note_failure(feed: &Feed, error: &Error, terms: &Terms<'_>) -> Result<(), store::Error> {
    let state = terms.store.feed_state(&feed.id).await?;
    let next = Poll { feed, state: &state, terms, progress: &Unwatched }.next_after(error);
    let failed = FailedPoll {
        url: feed.watched().as_str(),
        why: &cause::tell(error).to_string(),
        at: terms.now,
        next,
        is_gone: matches!(error, Error::Fetch(fetch::Error::Gone { .. })),
    };
    terms.store.record_failure(&feed.id, failed).await?;
    if let Error::Unconfirmed { refused, .. } | Error::Older { refused, .. } = error {
        let learned = terms.store.learned(&feed.id).await?;
        terms.store.note_learned(&feed.id, &learn::with_refused(learned, refused)).await?;
    }
    Ok(())
}

/// The document with the list.
struct ListPage {
    /// Where it was asked for.
    url: Url,
    /// Without its body.
    response: Response,
    /// None where it is unchanged.
    page: Option<Page>,
    /// Set where it is shown in place of the page that is watched.
    frame: Option<Frame>,
}

/// One poll of a feed.
struct Poll<'a> {
    feed: &'a Feed,
    state: &'a FeedState,
    terms: &'a Terms<'a>,
    progress: &'a dyn Progress,
}

impl Poll<'_> {
    async fn attempt(&self, has_unread: bool) -> Result<Report, Error> {
        let Self { feed, state, terms, progress } = *self;
        let ListPage { url, response, page, frame } = self.fetch().await?;
        let polled = self.polled(&url, &response);
        let Some(page) = page else {
            let next = polled.next;
            if frame.as_ref().is_some_and(|frame| frame.seen_at == terms.now) {
                let learned = terms.store.learned(&feed.id).await?;
                terms.store.note_learned(&feed.id, &Learned { frame, ..learned }).await?;
            }
            let mut recording = Recording::nothing(feed.id.clone(), polled);
            if has_unread {
                reread::add(&feed.of_portal(&state.portal.clone().unwrap_or_default()), &mut recording, terms).await?;
            }
            let is_nothing = recording == Recording::nothing(feed.id.clone(), recording.polled.clone());
            return Ok(Report {
                recorded: if is_nothing { Recorded::default() } else { terms.store.record(&recording).await? },
                unrecorded: is_nothing.then_some(recording.polled),
                found: None,
                headlines: Vec::new(),
                remarks: state.remarks.clone(),
                repair: None,
                is_first: false,
                portal: None,
                next,
            });
        };
        // What the file leaves out is known from here on: the zone before the first date is read.
        let (page, about) = self.about(page).await?;
        let language = about.as_ref().and_then(|about| about.language.clone());
        let portal = state.portal.clone().unwrap_or(Portal { title: None, language });
        let poll = Poll { feed: &feed.of_portal(&portal), state, terms, progress };
        Box::pin(poll.read_list(Changed { landed: response.url, frame, page, about, polled })).await
    }

    /// The document with the list: the page that is watched, or the one that it shows. The validators are those of the
    /// last document that was read, which is the one with the list.
    async fn fetch(&self) -> Result<ListPage, Error> {
        let Self { feed, state, terms, .. } = self;
        if frames::is_elsewhere(feed, state) {
            let frame = terms.store.learned(&feed.id).await?.frame;
            // Where it cannot be had, the watched page says where it is now.
            if let Some(url) = frames::remembered(frame.as_ref(), feed, terms.now)
                && let Ok(found) = self.follow(url).await
            {
                return Ok(ListPage { frame, ..found });
            }
        }
        let found = self.follow(feed.watched().clone()).await?;
        let (of, url) = (feed.watched().to_string(), found.url.to_string());
        let frame = (of != url).then_some(Frame { of, url, seen_at: terms.now });
        Ok(ListPage { frame, ..found })
    }

    async fn follow(&self, from: Url) -> Result<ListPage, Error> {
        let (mut url, mut hops) = (from, 0);
        loop {
            let mut response = self.terms.client.get(&self.request(url.clone())).await?;
            let Answer::Body(body) = std::mem::replace(&mut response.answer, Answer::Unchanged) else {
                return Ok(ListPage { url, response, page: None, frame: None });
            };
            let (page, frame) = self.decode(body).await?;
            match frame.filter(|_| hops < frames::HOPS) {
                Some(frame) => (url, hops) = (frame, hops + 1),
                None => return Ok(ListPage { url, response, page: Some(page), frame: None }),
            }
        }
    }

    async fn decode(&self, body: Body) -> Result<(Page, Option<Url>), Error> {
        let (now, is_page) = (self.terms.now, matches!(self.feed.source, list::Settings::Page(_)));
        let decoded = self.terms.readers.run(move || {
            let page = body.into_page(now);
            let frame = if is_page { list::main_frame(&page) } else { None };
            (page, frame)
        });
        Ok(decoded.await?)
    }

    /// What the page says of its site, until that was learned.
    async fn about(&self, page: Page) -> Result<(Page, Option<About>), Error> {
        if self.state.portal.is_some() {
            return Ok((page, None));
        }
        let read = self.terms.readers.run(move || {
            let about = portal::about(&page);
            (page, Some(about))
        });
        Ok(read.await?)
    }

    /// The same error, or what the page is where it is no list. Headlines that were found on it led to no article, or
    /// were none of the known ones.
    async fn named(&self, error: Error, page: Page) -> Error {
        if !matches!(error, Error::Empty { .. } | Error::Unrelated { .. } | Error::Unconfirmed { .. }) {
            return error;
        }
        let read = self.terms.readers.run(move || {
            let obstacle = Obstacle::of(&page, &[])?;
            Some((obstacle, list::script_files(&page), page.url))
        });
        match read.await {
            Ok(Some((obstacle, files, page))) => {
                let obstacle = script_files::asked(obstacle, page, files, self.feed, self.terms).await;
                Error::Obstacle { usual: self.state.usual, obstacle }
            }
            Ok(None) | Err(_) => error,
        }
    }

    fn request(&self, url: Url) -> Request {
        let Self { feed, state, .. } = self;
        let is_same = state.url.as_deref() == Some(url.as_str());
        Request {
            validators: if is_same {
                Validators { etag: state.etag.clone(), last_modified: state.last_modified.clone() }
            } else {
                Validators::default()
            },
            accept: if matches!(feed.source, list::Settings::Page(_)) { Accept::Page } else { Accept::Data },
            ..feed.request(url)
        }
    }

    fn polled(&self, url: &Url, response: &Response) -> Polled {
        let fresh_for = response.max_age.and_then(|age| SignedDuration::try_from(age).ok());
        Polled {
            url: url.to_string(),
            etag: response.validators.etag.clone(),
            last_modified: response.validators.last_modified.clone(),
            at: self.terms.now,
            next: self.next(Outcome::Good { fresh_for }),
            fresh_until: fresh_for.and_then(|fresh_for| self.terms.now.checked_add(fresh_for).ok()),
            found: None,
            remarks: Vec::new(),
            portal: None,
        }
    }

    fn next_after(&self, error: &Error) -> Timestamp {
        self.next(match error {
            Error::Fetch(fetch::Error::Gone { .. }) => Outcome::Gone { times: self.state.gone.saturating_add(1) },
            Error::Fetch(fetch::Error::RetryAfter { wait, .. }) => {
                let wait = SignedDuration::try_from(*wait).unwrap_or(SignedDuration::from_hours(24));
                Outcome::RetryAfter { until: self.terms.now.saturating_add(wait).unwrap_or(Timestamp::MAX) }
            }
            _ => Outcome::Failed { times: self.state.failures.saturating_add(1) },
        })
    }

    fn next(&self, outcome: Outcome) -> Timestamp {
        schedule::next(self.terms.pace, &self.state.rhythm, outcome, self.terms.now, self.terms.jitter)
    }
}

#[cfg(test)]
mod tests;

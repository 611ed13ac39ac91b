//! One poll of a source: fetch the list, find what is new, read it, record it and queue it, all or nothing.
//!
//! It does not decide when: the caller asks when a feed is due, and is told when it is next.

mod boxes;
mod confirm;
mod dedupe;
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

use std::{collections::BTreeSet, time::Duration};

use jiff::{SignedDuration, Timestamp};
use loa_reader::{
    link,
    list::{self, Candidate, Discovery, Memory, Obstacle, Relation},
    page::{About, Page},
    site::Fingerprint,
};
use url::Url;

use crate::{
    article::Article,
    cause,
    channel::Channel,
    feed::Feed,
    fetch::{self, Accept, Answer, Body, Client, Request, Response, Validators},
    jobs::reading_timeout::{self, Readers},
    schedule::{self, Outcome, Pace},
    store::{self, DueFeed, FailedPoll, FeedState, Frame, Health, Learned, Polled, Portal, Recorded, Recording, Refusal, Store},
};
use dedupe::Compared;
use early::{Done, Early};
use further::{Missed, Walk};
use read::Reading;
use record::Brought;

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
    store.record(&record::nothing(feed, polled)).await.map(drop)
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

/// What the list's first page has, apart from further ones.
struct Own {
    headlines: usize,
    known: usize,
}

impl Own {
    fn of(compared: &Compared, discovery: &Discovery) -> Self {
        Self { headlines: discovery.candidates.len(), known: compared.known }
    }
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
            let mut recording = record::nothing(feed, polled);
            if has_unread {
                reread::add(&feed.of_portal(&state.portal.clone().unwrap_or_default()), &mut recording, terms).await?;
            }
            let is_nothing = recording == record::nothing(feed, recording.polled.clone());
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
        Box::pin(poll.read_list(&response, frame, page, about, polled)).await
    }

    /// The rest of a poll whose list has changed.
    async fn read_list(
        &self,
        response: &Response,
        frame: Option<Frame>,
        page: Page,
        about: Option<About>,
        polled: Polled,
    ) -> Result<Report, Error> {
        let Self { feed, state, terms, progress } = *self;
        let is_first = state.began_at.is_none();
        let learned = terms.store.learned(&feed.id).await?;
        let latest = terms.store.latest(&feed.id, LATEST).await?;
        let memory = learn::memory(feed, &learned, terms).await?;
        if memory.addresses.contains(&link::identity(&response.url)) {
            return Err(Error::Article { url: response.url.to_string() });
        }
        let (page, stood, mut discovery) = self.discover(page, memory).await?;
        let mut compared = match self.compared(&page, &discovery, &learned, &latest).await {
            Ok(compared) => compared,
            Err(error) => return Err(self.named(error, page).await),
        };
        compared.bodies = std::mem::take(&mut discovery.bodies);
        let condition = learn::condition(&learned, &discovery);
        let before = learn::before(state, &learned, &latest);
        if !is_first && !learn::is_believable(condition, &discovery, &compared, state.usual, &before) {
            return Err(Error::Vanished { again: compared.known, usual: state.usual, is_vacant: discovery.is_vacant });
        }
        let learned = learn::verified(learned, condition, feed, &discovery, terms).await?;
        let pending = terms.store.pending(&feed.id).await?;
        let nothing_is_news = is_first || state.is_restored;
        let own = Own::of(&compared, &discovery);
        let missed = if nothing_is_news || !further::may_have_missed(&compared, &discovery, &latest) {
            Missed::default()
        } else {
            let memory = learn::memory(feed, &learned, terms).await?;
            let walk = Walk::after(feed, terms, memory, page.clone(), &discovery.candidates);
            let before = learn::before(state, &learned, &latest);
            Box::pin(further::missed(walk, &compared, &before, state.failures)).await?
        };
        let of_further_pages = missed.addresses();
        if !missed.candidates.is_empty() {
            discovery.candidates.extend(missed.candidates);
            let bodies = std::mem::take(&mut compared.bodies);
            compared = self.compared(&page, &discovery, &learned, &latest).await?;
            compared.bodies = bodies.into_iter().chain(missed.bodies).collect();
        }
        progress.tell(Event::Listed { page: &page, discovery: &discovery, asked: compared.new.len() });
        let reading = Reading { feed, compared: &compared, pending: &pending, nothing_is_news, terms, progress };
        let (mut read, early) = if nothing_is_news {
            (Box::pin(read::read(&reading, &learned.site, None)).await?, Done::default())
        } else {
            let before = learn::before(state, &learned, &latest);
            let mut early = Early::new(&reading, &discovery, &latest, before, learned.is_ordered);
            (Box::pin(read::read(&reading, &learned.site, Some(&mut early))).await?, early.done)
        };
        let confirm::Confirmed { refused, mut beside } = confirm::drop_unconfirmed(&mut read, &mut discovery, &latest, is_first, terms.now);
        let before = learn::before(state, &learned, &latest);
        let is_same_page = state.url.as_deref() == Some(polled.url.as_str());
        let found = older::Found { discovery: &discovery, compared: &compared, read: &read, refused: &learned.refused };
        if !nothing_is_news
            && is_same_page
            && let Some(refused) = older::in_place_of_list(&found, state.usual, &before, terms.now)
        {
            return Err(Error::Older { again: compared.known, usual: state.usual, refused });
        }
        confirm::silence_old(&mut read, &compared, &before);
        let mut rounds = learned.rounds.clone();
        beside.extend(boxes::coming_round(&discovery, &compared.new, &read.articles, &before, &mut rounds));
        let is_front_page = page.url.path().len() <= 1 && page.url.query().is_none();
        let portal = about.map(|about| portal::of(about, is_front_page, &read));
        if !feed.full_text {
            read.forget_texts();
        }
        discovery.candidates.truncate(own.headlines);
        let is_own = |address: &str| !of_further_pages.contains(address);
        let confirmed = own.known + read.articles.iter().filter(|story| is_own(&link::identity(&story.candidate.url))).count();
        if confirmed == 0 && (is_first || read.pending.is_empty()) {
            let all = refused.iter().chain(&learned.refused);
            let reasons = all.map(|refusal| format!("`{}`: {}", refusal.title, refusal.why)).chain(read.remarks).take(3).collect();
            return Err(self.named(Error::Unconfirmed { found: discovery.candidates.len(), reasons, refused }, page).await);
        }
        let found = confirmed + read.pending.iter().filter(|pending| is_own(&pending.address)).count();
        let health = Health { again: number(own.known), of: state.usual };
        let lesson = learn::Lesson { discovery: &discovery, read: &read, condition, health, refused, beside };
        let (learned, repair) = learn::learned(learned, lesson);
        let boxes = std::mem::take(&mut discovery.boxes);
        let gone_boxes = boxes::gone(&learned, &boxes);
        let learned =
            Learned { read_at: Some(terms.now), stood: stood.unwrap_or(learned.stood), boxes, gone_boxes, rounds, frame, ..learned };
        let in_order = compared.is_ordered.or_else(|| early::is_in_order_of_dates(&discovery, &read.articles).filter(|_| is_first));
        let learned = Learned { is_ordered: in_order.unwrap_or(learned.is_ordered), ..learned };
        let remarks = [page.problems, discovery.problems, missed.remarks, std::mem::take(&mut read.remarks)].concat();
        let polled = Polled { found: Some(number(found)), remarks, portal: portal.clone(), ..polled };
        let learned = Learned { files_due: learned.files_due || early.has_files, ..learned };
        let recording = record::recording(feed, Brought { polled, compared, read, is_first }, terms).await?;
        let mut recording = Recording { learned: Some(learned), repair: repair.clone(), ..recording };
        recording.polled.remarks.extend(early.remarks);
        reread::add(feed, &mut recording, terms).await?;
        self.ask_for_files(&mut recording).await?;
        let is_change = is_first || early.recorded.is_change() || !recording.articles.is_empty() || !recording.corrections.is_empty();
        if let Some(learned) = recording.learned.as_mut().filter(|_| is_change) {
            learned.presentation = discovery.presentation;
        }
        let mut recorded = terms.store.record(&recording).await?;
        recorded.articles += early.recorded.articles;
        recorded.deliveries += early.recorded.deliveries;
        let Polled { found, remarks, next, .. } = recording.polled;
        let headlines = early.headlines.into_iter().chain(recording.articles.into_iter().map(|new| new.article.title)).collect();
        Ok(Report { recorded, found, headlines, remarks, repair, is_first, portal, next, unrecorded: None })
    }

    /// Asks for the files of what is to be recorded, and for what there was no time for before.
    async fn ask_for_files(&self, recording: &mut Recording) -> Result<(), Error> {
        let Self { feed, terms, .. } = *self;
        let began = std::time::Instant::now();
        let new = recording.articles.iter_mut().map(|new| &mut new.article);
        let corrected = recording.corrections.iter_mut().map(|correction| &mut correction.article);
        let mut is_all = files::ask(feed, new.chain(corrected), terms).await;
        let are_due = recording.learned.as_ref().is_some_and(|learned| learned.files_due);
        if are_due && is_all {
            let left = Terms { files_for: terms.files_for.saturating_sub(began.elapsed()), ..*terms };
            (recording.files, is_all) = files::make_up(feed, terms.store.latest(&feed.id, files::LATEST).await?, &left).await;
        }
        if let Some(learned) = &mut recording.learned {
            learned.files_due = !is_all;
        }
        if !is_all {
            // The next answer may not be "unchanged".
            (recording.polled.etag, recording.polled.last_modified) = (None, None);
        }
        Ok(())
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

    /// Reads the list with the documents that belong to it. When the feed begins, also what stands there besides.
    async fn discover(&self, page: Page, memory: Memory) -> Result<(Page, Option<BTreeSet<Fingerprint>>, Discovery), Error> {
        let Self { feed, terms, state, progress } = self;
        let is_first = state.began_at.is_none();
        let (settings, now) = (feed.source.clone(), terms.now);
        let looked_at = terms.readers.run(move || {
            let wanted = list::wanted(&settings, &page);
            (page, wanted)
        });
        let (page, wanted) = looked_at.await?;
        let (bodies, remarks) = linked_documents::fetch(feed, wanted, terms.client).await;
        let (settings, zone, language) = (feed.source.clone(), feed.zone.clone(), feed.language.clone());
        let (home, wants_reasons) = (Some(feed.url.clone()), progress.wants_reasons());
        let read = terms.readers.run(move || {
            let documents = bodies.into_iter().map(|body| body.into_page(now)).collect();
            let context = list::Context { zone: Some(zone), language, memory, documents, home };
            let look = if wants_reasons { list::explain } else { list::discover };
            let mut discovery = look(&settings, &page, &context);
            discovery.problems.extend(remarks);
            discovery.keep_list();
            let is_paged = !discovery.candidates.is_empty() && list::is_paged_by_postback(&page);
            discovery.problems.extend(is_paged.then(|| list::POSTBACK_PAGER.to_owned()));
            let stood = is_first.then(|| list::prints(&page));
            (page, stood, discovery)
        });
        Ok(read.await?)
    }

    /// The list beside what is known. Links that were found to be no headlines are passed over, and so is what is not
    /// like the operator's examples.
    async fn compared(&self, page: &Page, discovery: &Discovery, learned: &Learned, latest: &[Article]) -> Result<Compared, Error> {
        if discovery.candidates.is_empty() {
            return Err(Error::Empty { usual: self.state.usual, is_vacant: discovery.is_vacant, remarks: discovery.problems.clone() });
        }
        let known = self.known(discovery).await?;
        let mut compared = dedupe::compare(&discovery.candidates, &known, &page.url);
        let is_trained = !self.feed.source.examples().is_empty();
        let is_unwanted = |candidate: &Candidate| is_trained && candidate.sighting.relation == Relation::Unrelated;
        let refused = learn::Refused::of(learned, discovery, self.state, self.terms.now);
        compared.new.retain(|new| !refused.has(&new.candidate) && !is_unwanted(&new.candidate));
        if self.state.began_at.is_some() && compared.known == 0 && !dedupe::looks_alike(&compared.new, latest) {
            return Err(Error::Unrelated { found: discovery.candidates.len() });
        }
        Ok(compared)
    }

    async fn known(&self, discovery: &Discovery) -> Result<Vec<store::Known>, Error> {
        let addresses = dedupe::keys(&discovery.candidates);
        let titles: Vec<_> = discovery.candidates.iter().map(|candidate| list::fold_title(&candidate.title)).collect();
        Ok(self.terms.store.known(&self.feed.id, &addresses, &titles).await?)
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

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;

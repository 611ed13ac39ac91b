//! Fetches and reads the pages of new and of corrected headlines, one after the other: they share a host.
//!
//! Pages are decided when others of their site were seen: what stands on several is the site's, not the article's.
//! A page that cannot be had costs only its own article: for a passing reason it is tried again at the next polls,
//! otherwise the article is what the list says.

use std::{collections::HashMap, sync::Arc};

use loa_reader::{
    article::{self, Draft, Opened},
    link,
    list::{self, Candidate, Obstacle, Relation, Strategy},
    site::{PagePrints, Site},
};
use url::Url;

use super::{
    Asked as Told, Error, Event, Progress, Terms, dedupe::Compared, document_text, early::Early, linked_documents::LinkedDocuments,
};
use crate::{
    feed::Feed,
    fetch::{self, Answer, Response},
    jobs::reading_timeout,
    store::Pending,
};

/// How often a page that is out of reach is tried before the list's word is taken.
const TRIES: u32 = 3;
/// Pages that are read before the first of them is decided, and the bytes of markup that they may have together: at a
/// feed's first poll they are what is known of its site.
const MAX_HELD: usize = 30;
const MAX_HELD_BYTES: usize = 20_000_000;
/// Pages of one article that are read.
const MAX_PAGES: u32 = 10;

/// What came of the pages.
#[derive(Debug, Default)]
pub struct Read {
    /// In the order of `Compared::new`; without those that are tried again.
    pub articles: Vec<Story>,
    /// In the order of `Compared::corrected`; none where the page is out of reach and is asked for again.
    pub corrections: Vec<Option<Story>>,
    pub pending: Vec<Pending>,
    pub remarks: Vec<String>,
    /// What is known of the site now.
    pub site: Site,
}

/// A headline and its page.
#[derive(Debug, Clone)]
pub struct Story {
    pub candidate: Candidate,
    /// Empty where the page could not be had, or is not to be read.
    pub draft: Draft,
    /// The page's address after redirects.
    pub landed: Option<Url>,
    /// What the page calls itself, whole.
    pub page_title: Option<String>,
    /// Whether it is recorded without being told.
    pub unannounced: bool,
    pub fetched: Fetched,
    /// It could not be had for a reason that passes, as often as the article could wait for it.
    pub is_out_of_reach: bool,
    /// It was recorded before the poll ends.
    pub is_recorded: bool,
}

/// What became of a headline's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fetched {
    Read,
    /// It was not asked for.
    Unasked,
    /// It may not be read, or is no page.
    Silent,
    /// There is none.
    Missing,
}

/// A headline whose page was read, but not yet told from its site.
struct Held {
    /// Without a draft.
    story: Story,
    /// None where the page could not be had; several where the article goes on.
    pages: Vec<Opened>,
    /// Bytes of their markup.
    size: usize,
    /// One of them took too long: its site may have more of that kind.
    gave_up: bool,
}

/// What is to be read.
pub struct Reading<'a> {
    pub feed: &'a Feed,
    pub compared: &'a Compared,
    /// Headlines of earlier polls whose pages were out of reach.
    pub pending: &'a [Pending],
    pub nothing_is_news: bool,
    /// What is asked for where an article's own page leaves something open.
    pub linked: Option<&'a LinkedDocuments<'a>>,
    pub terms: &'a Terms<'a>,
    pub progress: &'a dyn Progress,
}

/// Reads every new and corrected headline's page, with what is known of the `site` so far. What needs no others is
/// recorded `early`.
///
/// # Errors
/// When something was to be recorded early and could not be.
pub async fn read(reading: &Reading<'_>, site: &Site, mut early: Option<&mut Early<'_>>) -> Result<Read, Error> {
    let Reading { feed, compared, pending, nothing_is_news, terms, progress, .. } = *reading;
    let mut read = Read { site: site.clone(), ..Read::default() };
    let mut held: Vec<Held> = Vec::new();
    // Set when the host wants to be left alone, or a page of it takes too long: nothing more is asked of it now.
    let mut is_over = false;
    let mut asked = Asked::default();
    for new in &compared.new {
        let address = link::identity(&new.candidate.url);
        let before = pending.iter().find(|pending| pending.address == address);
        let unannounced = nothing_is_news || before.is_some_and(|pending| pending.unannounced);
        let tries = before.map_or(0, |pending| pending.tries);
        let later = |tries| Pending { address: address.clone(), tries, unannounced };
        let tell = |page: Told<'_>| progress.tell(Event::Asked { candidate: &new.candidate, page });
        if is_over {
            read.pending.push(later(tries));
            continue;
        }
        if let Some(body) = compared.bodies.get(&address) {
            held.push(Held::given(&new.candidate, unannounced, body, terms).await);
            tell(Told::Given);
            continue;
        }
        let is_date_wanted = !nothing_is_news && new.candidate.published.is_none();
        if !feed.full_text && !is_date_wanted && !asked.asks(&new.candidate) {
            held.push(Held { story: Story::unread(&new.candidate, unannounced), pages: Vec::new(), size: 0, gave_up: false });
            tell(Told::Unasked);
            continue;
        }
        match open(feed, &new.candidate, unannounced, &mut read.site, terms).await {
            // The machine may have had no time for it: it is tried again, as a page that is out of reach.
            Ok(page) if page.gave_up && page.pages.is_empty() && tries + 1 < TRIES => {
                is_over = true;
                tell(Told::Failed(page.story.draft.problems.first().map_or("it took too long", String::as_str)));
                read.remarks.extend(page.story.draft.problems.iter().map(|why| format!("`{}`: {why}", new.candidate.title)));
                read.pending.push(later(tries + 1));
            }
            Ok(page) => {
                is_over = page.gave_up;
                match page.pages.first() {
                    Some(opened) => tell(Told::Read(&opened.facts())),
                    None if !page.story.draft.text.is_empty() => tell(Told::Read(&page.story.draft)),
                    None => tell(Told::Failed(page.story.draft.problems.first().map_or("it is no page", String::as_str))),
                }
                held.push(page);
            }
            Err(error) => {
                tell(Told::Failed(&error.to_string()));
                is_over = error.is_put_off();
                let is_last = tries + 1 >= TRIES && !is_over;
                read.remarks.push(format!("`{}` could not be read: {error}", new.candidate.title));
                if is_passing(&error) && !is_last {
                    read.pending.push(later(if is_over { tries } else { tries + 1 }));
                } else {
                    let is_out_of_reach = is_passing(&error);
                    let story = Story { fetched: fetched(&error), is_out_of_reach, ..Story::unread(&new.candidate, unannounced) };
                    held.push(Held { story, pages: Vec::new(), size: 0, gave_up: false });
                }
            }
        }
        if let Some(early) = early.as_deref_mut()
            && early.is_open()
            && !held.is_empty()
        {
            Box::pin(read.tell_early(std::mem::take(&mut held), early, reading)).await?;
        }
        if held.len() >= MAX_HELD || held.iter().map(|held| held.size).sum::<usize>() >= MAX_HELD_BYTES {
            read.decide(std::mem::take(&mut held), reading).await;
        }
    }
    read.decide(held, reading).await;
    for (candidate, _) in &compared.corrected {
        let story = if !feed.full_text {
            Some(Story::unread(candidate, true))
        } else if let Some(body) = compared.bodies.get(&link::identity(&candidate.url)) {
            Some(Held::given(candidate, true, body, terms).await.story)
        } else if is_over {
            None
        } else {
            match open(feed, candidate, true, &mut read.site, terms).await {
                Ok(page) => read.stories(vec![page], feed, terms).await.pop(),
                Err(error) => (!is_passing(&error)).then(|| Story::unread(candidate, true)),
            }
        };
        read.corrections.push(story);
    }
    Ok(read)
}

impl Story {
    /// What the list says.
    fn unread(candidate: &Candidate, unannounced: bool) -> Self {
        Self {
            candidate: candidate.clone(),
            draft: Draft::default(),
            landed: None,
            page_title: None,
            unannounced,
            fetched: Fetched::Unasked,
            is_out_of_reach: false,
            is_recorded: false,
        }
    }
}

impl Read {
    async fn decide(&mut self, held: Vec<Held>, reading: &Reading<'_>) {
        let stories = self.complete(held, reading).await;
        self.articles.extend(stories);
    }

    /// Decides what was read just now, and records it.
    async fn tell_early(&mut self, held: Vec<Held>, early: &mut Early<'_>, reading: &Reading<'_>) -> Result<(), Error> {
        for mut story in self.complete(held, reading).await {
            early.take(&mut story, &self.site).await?;
            self.articles.push(story);
        }
        Ok(())
    }

    /// Keeps what the list says alone, and the day that only the page says: the feed does not want the texts.
    pub fn forget_texts(&mut self) {
        for story in &mut self.articles {
            let published = story.draft.published.take().filter(|_| story.candidate.published.is_none());
            (story.draft, story.landed) = (Draft { published, ..Draft::default() }, None);
        }
    }

    /// The articles, with what only their documents say, and only those beside the list.
    async fn complete(&mut self, held: Vec<Held>, reading: &Reading<'_>) -> Vec<Story> {
        let mut stories = self.stories(held, reading.feed, reading.terms).await;
        if let Some(linked) = reading.linked {
            for story in &mut stories {
                linked.complete(story).await;
            }
        }
        stories
    }

    /// The articles, with what only their documents say.
    async fn stories(&mut self, held: Vec<Held>, feed: &Feed, terms: &Terms<'_>) -> Vec<Story> {
        let mut stories = self.tell_apart(held, terms).await;
        for story in &mut stories {
            document_text::fill(story, feed, terms).await;
        }
        stories
    }

    /// Tells the articles from their site.
    async fn tell_apart(&mut self, held: Vec<Held>, terms: &Terms<'_>) -> Vec<Story> {
        let site = Arc::new(std::mem::take(&mut self.site));
        let mut stories = Vec::new();
        for Held { mut story, pages, .. } in held {
            if !pages.is_empty() {
                let site = Arc::clone(&site);
                let problems = std::mem::take(&mut story.draft.problems);
                let draft = terms.readers.run(move || article::join(pages, &site)).await;
                story.draft = draft.unwrap_or_else(|why| {
                    story.fetched = Fetched::Silent;
                    Draft { problems: vec![why.to_string()], ..Draft::default() }
                });
                story.draft.problems.extend(problems);
                let is_named_by_data = story.candidate.sighting.by.contains(&Strategy::Data);
                let is_another = story.draft.title.is_none() || !list::agrees(&story.candidate, &story.draft);
                if is_named_by_data && is_another {
                    // One page for all articles, which scripts fill: the data are the article.
                    (story.draft, story.fetched) = (Draft::default(), Fetched::Silent);
                }
            }
            stories.push(story);
        }
        self.site = Arc::unwrap_or_clone(site);
        stories
    }
}

/// One headline's page, from which the `site` is learned, and those on which it goes on.
async fn open(feed: &Feed, candidate: &Candidate, unannounced: bool, site: &mut Site, terms: &Terms<'_>) -> Result<Held, fetch::Error> {
    let mut held = Held { story: Story::unread(candidate, unannounced), pages: Vec::new(), size: 0, gave_up: false };
    let url = candidate.url.clone();
    let is_document = document_text::is_document(&url);
    let request = if is_document { document_text::request(url, feed) } else { feed.request(url) };
    let response = terms.client.get(&request).await?;
    held.story.landed = Some(response.url.clone());
    if is_document {
        if let Answer::Body(body) = response.answer {
            document_text::take(&mut held.story, body, terms).await;
        }
        return Ok(held);
    }
    held.story.fetched = Fetched::Read;
    if let Some(page_prints) = held.add(feed, response, terms).await {
        site.learn(&page_prints);
        held.follow(feed, terms).await;
    }
    Ok(held)
}

impl Held {
    /// An article whose text the list has.
    async fn given(candidate: &Candidate, unannounced: bool, body: &str, terms: &Terms<'_>) -> Self {
        let (text, base) = (body.to_owned(), candidate.url.clone());
        let mut story = Story::unread(candidate, unannounced);
        match terms.readers.run(move || article::of_text(&text, &base)).await {
            Ok(draft) => (story.draft, story.fetched) = (draft, Fetched::Read),
            Err(why) => story.draft.problems.push(why.to_string()),
        }
        Self { story, pages: Vec::new(), size: 0, gave_up: false }
    }

    /// Opens a page and keeps it, unless it is no part of the article so far.
    async fn add(&mut self, feed: &Feed, response: Response, terms: &Terms<'_>) -> Option<PagePrints> {
        let Answer::Body(body) = response.answer else { return None };
        let (zone, language, listed, now) = (feed.zone.clone(), feed.language.clone(), self.story.candidate.clone(), terms.now);
        let opened = terms.readers.run(move || {
            let page = body.into_page(now);
            if Obstacle::hides(&page, &listed) {
                return None;
            }
            let context = article::Context { zone: Some(&zone), language: language.as_deref(), listed: Some(&listed) };
            let opened = article::open(&page, &context);
            let page_prints = opened.page_prints();
            Some((opened, page_prints, page.html.len(), page.problems))
        });
        // It costs its article's text, and nothing else.
        let (mut opened, page_prints, size, problems) = match opened.await {
            Ok(Some(opened)) => opened,
            Ok(None) => {
                self.story.fetched = Fetched::Silent;
                return None;
            }
            Err(why) => {
                self.gave_up |= matches!(why, reading_timeout::Error::TooLong { .. });
                if self.pages.is_empty() {
                    // It says nothing, and takes nothing from an article that is known.
                    self.story.fetched = Fetched::Silent;
                }
                self.story.draft.problems.push(why.to_string());
                return None;
            }
        };
        if !self.pages.is_empty() && !opened.goes_on(&self.pages) {
            return None;
        }
        self.size += size;
        if self.pages.is_empty() {
            self.story.page_title = opened.page_title().map(str::to_owned);
        }
        self.story.draft.problems.extend(problems);
        self.pages.push(opened);
        Some(page_prints)
    }

    /// Reads the pages on which the article goes on; the one that has all of it is enough.
    async fn follow(&mut self, feed: &Feed, terms: &Terms<'_>) {
        let whole = self.pages[0].whole();
        let last = if whole.is_some() { 2 } else { MAX_PAGES };
        for number in 2..=last {
            let next = self.pages.last().and_then(|page| page.page_after(self.pages[0].address(), number));
            let Some(address) = whole.clone().or(next) else { return };
            match terms.client.get(&feed.request(address)).await {
                Ok(response) => {
                    if self.add(feed, response, terms).await.is_none() {
                        return;
                    }
                }
                Err(error) => {
                    self.story.draft.problems.push(format!("its page {number} could not be read: {error}"));
                    return;
                }
            }
        }
    }
}

/// One headline's page, from which the `site` is learned.
pub async fn one(feed: &Feed, candidate: &Candidate, site: &mut Site, terms: &Terms<'_>) -> Result<Draft, fetch::Error> {
    Ok(story(feed, candidate, site, terms).await?.map(|story| story.draft).unwrap_or_default())
}

/// The same with all that is known of it.
pub async fn story(feed: &Feed, candidate: &Candidate, site: &mut Site, terms: &Terms<'_>) -> Result<Option<Story>, fetch::Error> {
    let held = open(feed, candidate, true, site, terms).await?;
    let mut read = Read { site: site.clone(), ..Read::default() };
    Ok(read.stories(vec![held], feed, terms).await.pop())
}

/// Pages that are read though the feed does not want their texts: to see whether they are articles at all.
#[derive(Debug, Default)]
struct Asked(HashMap<String, usize>);

/// Of headlines that stand alike, so many are asked.
const ASKED: usize = 3;

impl Asked {
    fn asks(&mut self, candidate: &Candidate) -> bool {
        let sighting = &candidate.sighting;
        let is_told = sighting.by.iter().any(|by| match by {
            Strategy::Selectors => true,
            Strategy::Data => candidate.published.is_some(),
            _ => false,
        });
        let is_in_doubt = matches!(sighting.relation, Relation::Unchecked | Relation::Unrelated) && !is_told;
        let count = self.0.entry(sighting.place.clone()).or_default();
        *count += 1;
        is_in_doubt && *count <= ASKED
    }
}

/// What a failure that will not pass says of a page.
pub fn fetched(error: &fetch::Error) -> Fetched {
    match error {
        fetch::Error::Gone { .. } => Fetched::Missing,
        // A server that fails says nothing of the page.
        error if is_passing(error) => Fetched::Silent,
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
        | fetch::Error::RetryAfter { .. }
        | fetch::Error::Busy { .. } => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests;

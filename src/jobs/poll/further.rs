//! The further pages of a list: where more came between two polls than its first page shows, and for the past.
//!
//! A page is taken for one of the list only where its headlines stand as the list's do; one that shows nothing else
//! than the pages before it ends the walk.

use std::collections::{HashMap, HashSet};

use loa_reader::{
    link,
    list::{self, Candidate, Discovery, Memory, Relation, Strategy},
    page::Page,
};
use url::Url;

use super::{Error, Terms, dedupe::Compared, news::Before};
use crate::{article::Article, feed::Feed, fetch::Answer};

/// Further pages that a poll reads to find the known headlines again.
const PAGES: u32 = 10;
/// Headlines that it takes from them.
const HEADLINES: usize = 200;
/// Polls in a row that may fail as a further page is out of reach; the next one goes without it.
const FAILURES: u32 = 2;

/// The pages of a list, one after the other.
pub struct Walk<'a> {
    feed: &'a Feed,
    terms: &'a Terms<'a>,
    memory: Memory,
    known: Labels,
    /// The list's first page.
    first: Url,
    /// The last that was read, where its successor is linked; `None` at the end.
    page: Option<Page>,
    number: u32,
    /// The addresses of headlines on the pages so far.
    seen: HashSet<String>,
}

/// A further page.
#[derive(Debug)]
pub struct FurtherPage {
    pub url: Url,
    /// The headlines of the list that are on no page before it, in its order.
    pub candidates: Vec<Candidate>,
    pub bodies: HashMap<String, String>,
}

impl<'a> Walk<'a> {
    /// Begins behind the list's first page, which has these headlines.
    pub fn after(feed: &'a Feed, terms: &'a Terms<'a>, memory: Memory, page: Page, candidates: &[Candidate]) -> Self {
        let seen = candidates.iter().map(|candidate| link::identity(&candidate.url)).collect();
        let (memory, known) = Labels::taken_from(memory);
        Self { feed, terms, memory, known, first: page.url.clone(), page: Some(page), number: 1, seen }
    }

    /// Begins with the page at `url`, which is the one of this `number`, of the list whose first page is `first`.
    pub async fn at(
        feed: &'a Feed,
        terms: &'a Terms<'a>,
        memory: Memory,
        first: Url,
        (url, number): (Url, u32),
    ) -> Result<(Self, Option<FurtherPage>), Error> {
        let (memory, known) = Labels::taken_from(memory);
        let mut walk = Self { feed, terms, memory, known, first, page: None, number, seen: HashSet::new() };
        let page = walk.read(url).await?;
        Ok((walk, page))
    }

    /// The address of the list's first page.
    pub fn first(&self) -> &Url {
        &self.first
    }

    /// The page that was read last is the first one, wherever its request led.
    pub fn begins_here(&mut self) {
        if let Some(page) = &self.page {
            self.first.clone_from(&page.url);
        }
    }

    /// Where the list goes on.
    pub async fn ahead(&mut self) -> Result<Option<Url>, Error> {
        let Some(page) = self.page.take() else { return Ok(None) };
        let (first, number) = (self.first.clone(), self.number + 1);
        let looked = self.terms.readers.run(move || {
            let next = list::further_page(&page, &first, number);
            (page, next)
        });
        let (page, next) = looked.await?;
        self.page = Some(page);
        Ok(next)
    }

    /// The next page; `None` at the end of the list.
    pub async fn next(&mut self) -> Result<Option<FurtherPage>, Error> {
        let Some(url) = self.ahead().await? else { return Ok(None) };
        self.number += 1;
        self.read(url).await
    }

    async fn read(&mut self, url: Url) -> Result<Option<FurtherPage>, Error> {
        let (feed, terms) = (self.feed, self.terms);
        let response = terms.client.get(&feed.request(url)).await?;
        let Answer::Body(body) = response.answer else { return Ok(None) };
        let (settings, zone, language, now) = (feed.source.clone(), feed.zone.clone(), feed.language.clone(), terms.now);
        let (memory, home) = (self.memory.clone(), Some(feed.url.clone()));
        let read = terms.readers.run(move || {
            let page = body.into_page(now);
            let context = list::Context { zone: Some(zone), language, memory, documents: Vec::new(), home };
            let mut discovery = list::discover(&settings, &page, &context);
            discovery.keep_list();
            (page, discovery)
        });
        let (page, discovery) = read.await?;
        let url = page.url.clone();
        let is_list = is_of_list(&discovery);
        let Discovery { candidates, bodies, .. } = discovery;
        let alike = candidates.into_iter().filter(is_alike).map(|candidate| self.known.labelled(candidate));
        let fresh: Vec<Candidate> = alike.filter(|candidate| self.seen.insert(link::identity(&candidate.url))).collect();
        if fresh.is_empty() || !is_list {
            self.page = None;
            return Ok(None);
        }
        self.page = Some(page);
        Ok(Some(FurtherPage { url, candidates: fresh, bodies }))
    }
}

/// The known headlines. They say who is one, and not where the list stands: on a further page they may stand beside it
/// alone, as most read.
struct Labels {
    addresses: HashSet<String>,
    titles: HashSet<String>,
}

impl Labels {
    fn taken_from(mut memory: Memory) -> (Memory, Self) {
        let (addresses, titles) = (std::mem::take(&mut memory.addresses), std::mem::take(&mut memory.titles));
        (memory, Self { addresses, titles })
    }

    fn labelled(&self, mut candidate: Candidate) -> Candidate {
        if self.addresses.contains(&link::identity(&candidate.url)) || self.titles.contains(&list::fold_title(&candidate.title)) {
            candidate.sighting.relation = Relation::Known;
        }
        candidate
    }
}

/// Whether half of what stands there stands as the headlines of the list do.
fn is_of_list(discovery: &Discovery) -> bool {
    let alike = discovery.candidates.iter().filter(|candidate| is_alike(candidate)).count();
    alike > 0 && 2 * alike >= discovery.candidates.len()
}

fn is_alike(candidate: &Candidate) -> bool {
    let is_selected = candidate.sighting.by.contains(&Strategy::Selectors);
    is_selected || matches!(candidate.sighting.relation, Relation::Known | Relation::Alike)
}

/// What further pages had above the headlines that are known.
#[derive(Debug, Default)]
pub struct Missed {
    /// In the order of the list.
    pub candidates: Vec<Candidate>,
    pub bodies: HashMap<String, String>,
    pub remarks: Vec<String>,
}

impl Missed {
    /// The addresses of all of them.
    pub fn addresses(&self) -> HashSet<String> {
        self.candidates.iter().map(|candidate| link::identity(&candidate.url)).collect()
    }
}

/// Whether headlines may have left the page unseen: the newest known one is not on it, and down to the end of the list
/// nothing is known.
pub fn may_have_missed(compared: &Compared, discovery: &Discovery, latest: &[Article]) -> bool {
    let is_new = |candidate: &Candidate| compared.new.iter().any(|new| new.candidate.url == candidate.url);
    let is_there = latest.first().is_none_or(|newest| compared.standing.contains(&newest.id));
    let number = box_of_new(compared);
    let last = discovery.candidates.iter().rfind(|candidate| candidate.sighting.in_box == number);
    !is_there && last.is_some_and(is_new)
}

/// The box that has most of what is new.
fn box_of_new(compared: &Compared) -> Option<usize> {
    let mut counts: HashMap<Option<usize>, usize> = HashMap::new();
    for new in &compared.new {
        *counts.entry(new.candidate.sighting.in_box).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(number, count)| (*count, std::cmp::Reverse(*number))).and_then(|(number, _)| number)
}

/// Reads further pages until a known headline stands on one, and gives what is above it. Where none is found, only what
/// was surely published since the feed began is taken: the rest may have stood there before. A page that is out of
/// reach fails the poll, so that it is made again, but not for ever.
pub async fn missed(mut walk: Walk<'_>, compared: &Compared, before: &Before<'_>, failures: u32) -> Result<Missed, Error> {
    let number = box_of_new(compared);
    let mut missed = Missed::default();
    let mut is_joined = false;
    let mut is_at_end = false;
    for _ in 0..PAGES {
        let page = match walk.next().await {
            Ok(Some(page)) => page,
            Ok(None) => {
                is_at_end = true;
                break;
            }
            Err(error) => {
                let is_passing = matches!(&error, Error::Fetch(error) if super::is_passing(error));
                if is_passing && failures < FAILURES {
                    return Err(error);
                }
                missed.remarks.push(format!("a further page of the list could not be read, and headlines may be missing: {error}"));
                break;
            }
        };
        missed.bodies.extend(page.bodies);
        let known = page.candidates.iter().rposition(|candidate| candidate.sighting.relation == Relation::Known);
        let (kept, is_last) = match known {
            Some(last) => (last + 1, true),
            None => (page.candidates.len(), missed.candidates.len() + page.candidates.len() >= HEADLINES),
        };
        is_joined = known.is_some();
        let is_past = page.candidates.iter().all(|candidate| before.is_from_before(candidate.published.as_ref()));
        missed.candidates.extend(page.candidates.into_iter().take(kept));
        if is_last || is_past {
            break;
        }
    }
    if !is_joined {
        missed.candidates.retain(|candidate| before.is_surely_since_began(candidate.published.as_ref()));
        if !is_at_end && missed.remarks.is_empty() {
            missed.remarks.push("no known headline is on the list's further pages, and headlines may be missing".to_owned());
        }
    }
    for candidate in &mut missed.candidates {
        // They are of one list with those of the first page.
        candidate.sighting.in_box = number;
        candidate.sighting.also_in.clear();
    }
    Ok(missed)
}

//! A page that may become a feed, polled once: its headlines, some of their pages, and what is left of them.

use std::collections::HashMap;

use anyhow::Context as _;
use jiff::Timestamp;
use loa_reader::{
    article::{self, Draft, Opened},
    link,
    list::{self, Candidate, Evidence, Obstacle, PageBox, PageSays, Part, Relation, Selectors, Settings, Verdict},
    page::Page,
    site::Site,
    text, tree,
};
use url::Url;

use super::source_name::Names;
use crate::{
    feed,
    fetch::{self, Answer, Client, Request},
    jobs::poll::{self, Fetched, boxes::ReadBoxes},
};

/// Of headlines that stand alike, so many are asked, and so many of all.
const ASKED: usize = 3;
const ASKED_IN_ALL: usize = 8;
/// What a page that confirms its headline adds to its certainty.
const CONFIRMED: f64 = 0.2;

/// What was found.
#[derive(Debug)]
pub struct Look {
    pub url: Url,
    /// The portal's name.
    pub title: Option<String>,
    pub language: Option<String>,
    pub items: Vec<Item>,
    /// Links that look like headlines and are none, with why.
    pub left_out: Vec<(String, String)>,
    /// Examples that are on no headline.
    pub unfound: Vec<String>,
    /// Pages that were asked.
    pub asked: usize,
    pub has_dated_page: bool,
    pub problems: Vec<String>,
    /// What the page is where nothing was found on it, as far as that can be told.
    pub obstacle: Option<Obstacle>,
    /// The boxes of the page.
    pub boxes: Vec<PageBox>,
}

impl Look {
    /// The boxes of the list besides its largest: whether they are wanted too, only a person knows.
    pub fn boxes_in_doubt(&self) -> impl Iterator<Item = &PageBox> {
        let of_list = || self.boxes.iter().filter(|page_box| page_box.part == Part::List);
        let most = of_list().map(|page_box| page_box.headlines).max().unwrap_or_default();
        let largest = of_list().position(|page_box| page_box.headlines == most);
        of_list().enumerate().filter(move |(at, _)| Some(*at) != largest).map(|(_, page_box)| page_box)
    }

    /// Leaves a box out, with its headlines.
    pub fn leave_out(&mut self, name: &str) {
        let is_left_out = |number: usize| self.boxes.get(number).is_some_and(|page_box| page_box.is_called(name));
        self.items.retain(|item| !item.candidate.sighting.in_box.is_some_and(is_left_out));
    }
}

#[derive(Debug)]
pub struct Item {
    pub candidate: Candidate,
    pub certainty: f64,
    /// Its page was asked, and is the article.
    pub is_confirmed: bool,
}

/// Looks at `url`; `examples` say what is wanted.
pub async fn at(client: &Client, url: &Url, examples: &[String]) -> anyhow::Result<Look> {
    let context = |url: &Url| format!("cannot look at `{url}`");
    let page = page(client, url.clone()).await.with_context(|| context(url))?;
    let page = poll::follow_frames(page, |frame| self::page(client, frame)).await.with_context(|| context(url))?;
    let zone = feed::zone_of(None, &page.url);
    let settings = Settings::Page(Selectors { examples: examples.to_vec(), ..Selectors::default() });
    let context = list::Context { zone: Some(zone.clone()), ..list::Context::default() };
    let mut discovery = list::discover(&settings, &page, &context);
    discovery.keep_list();
    let is_found = |example: &&String| {
        let example = text::fold(example);
        discovery.candidates.iter().any(|candidate| text::fold(&candidate.title).contains(&example))
    };
    let unfound = examples.iter().filter(|example| !is_found(example)).cloned().collect();
    let mut opened: HashMap<usize, Opened> = HashMap::new();
    let mut given: HashMap<usize, Draft> = HashMap::new();
    let mut site = Site::default();
    let mut page_titles = Vec::new();
    let mut unread: HashMap<usize, PageSays> = HashMap::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (at, candidate) in discovery.candidates.iter().enumerate() {
        let count = places.entry(&candidate.sighting.place).or_default();
        *count += 1;
        if let Some(body) = discovery.bodies.get(&link::identity(&candidate.url)) {
            given.insert(at, article::of_text(body, &candidate.url));
            continue;
        }
        if *count > ASKED || opened.len() + unread.len() >= ASKED_IN_ALL {
            continue;
        }
        match self::page(client, candidate.url.clone()).await {
            Ok(page) if Obstacle::hides(&page, candidate) => {
                unread.insert(at, PageSays::Silent);
            }
            Ok(page) => {
                page_titles.extend(title_of(&page));
                let page = article::open(&page, &article::Context { zone: Some(&zone), language: None, listed: Some(candidate) });
                site.learn(&page.page_prints());
                opened.insert(at, page);
            }
            Err(error) => {
                unread.insert(at, without_page(&error));
            }
        }
    }
    let asked: HashMap<usize, Draft> = opened.into_iter().map(|(at, page)| (at, page.draft(&site))).chain(given).collect();
    let beside = {
        let number = |candidate: &Candidate| discovery.candidates.iter().position(|other| other.url == candidate.url);
        let paged = |candidate: &Candidate| asked.get(&number(candidate)?).and_then(|draft| draft.published.clone());
        let published = |candidate: &Candidate| candidate.published.clone().or_else(|| paged(candidate));
        ReadBoxes::of(&discovery, &site).beside(published, true)
    };
    discovery.boxes = poll::boxes::marked(std::mem::take(&mut discovery.boxes), &beside);
    let boxes = ReadBoxes::of(&discovery, &site);
    let witness = |(at, candidate)| {
        let page = match asked.get(&at) {
            Some(draft) => PageSays::Read(draft),
            None => unread.get(&at).copied().unwrap_or(PageSays::Unasked),
        };
        Evidence { candidate, page, is_chrome: boxes.is_chrome(candidate, &site) }
    };
    let evidence: Vec<Evidence> = discovery.candidates.iter().enumerate().map(witness).collect();
    let verdicts = list::confirm(&evidence, false);
    let (mut items, mut left_out) = (Vec::new(), Vec::new());
    for ((at, candidate), verdict) in discovery.candidates.iter().enumerate().zip(verdicts) {
        if !discovery.stands_in_list(candidate) {
            continue;
        }
        let is_wanted = examples.is_empty() || candidate.sighting.relation != Relation::Unrelated;
        match verdict {
            Verdict::Article if is_wanted => {
                let is_confirmed = asked.contains_key(&at);
                let certainty = if candidate.sighting.relation == Relation::Known { 1.0 } else { candidate.sighting.certainty };
                let certainty = (certainty + if is_confirmed { CONFIRMED } else { 0.0 }).min(1.0);
                items.push(Item { candidate: candidate.clone(), certainty, is_confirmed });
            }
            Verdict::Article => left_out.push((candidate.title.clone(), "it is not like the examples".to_owned())),
            Verdict::NoArticle(why) => left_out.push((candidate.title.clone(), why.to_owned())),
        }
    }
    let own = article::read(&page, &article::Context::default());
    let declared = own.site.into_iter().chain(asked.values().filter_map(|draft| draft.site.clone())).collect();
    let is_front_page = page.url.path().len() <= 1 && page.url.query().is_none();
    let title = Names { declared, title: title_of(&page), pages: page_titles, is_front_page }.best();
    let has_dated_page = asked.values().any(|draft| draft.published.is_some());
    let asked = asked.len() + unread.len();
    let obstacle = if items.is_empty() { Obstacle::of(&page, &[]) } else { None };
    let pager = (!items.is_empty() && list::is_paged_by_postback(&page)).then(|| list::POSTBACK_PAGER.to_owned());
    let problems = [page.problems, discovery.problems, pager.into_iter().collect()].concat();
    Ok(Look {
        url: page.url,
        title,
        language: own.language,
        items,
        left_out,
        unfound,
        asked,
        has_dated_page,
        problems,
        obstacle,
        boxes: discovery.boxes,
    })
}

fn title_of(page: &Page) -> Option<String> {
    tree::parse(&page.html).ok().and_then(|document| tree::title_of(&document))
}

/// What a page that cannot be had says of its headline, as a poll would take it.
fn without_page<'a>(error: &anyhow::Error) -> PageSays<'a> {
    match error.downcast_ref::<fetch::Error>().map(poll::fetched) {
        Some(Fetched::Missing) => PageSays::Missing,
        _ => PageSays::Silent,
    }
}

async fn page(client: &Client, url: Url) -> anyhow::Result<Page> {
    match client.get(&Request::page(url)).await?.answer {
        Answer::Body(body) => tokio::task::spawn_blocking(move || body.into_page(Timestamp::now())).await.context("decoding broke"),
        Answer::Unchanged => anyhow::bail!("the server answered that nothing had changed, though it was not asked"),
    }
}

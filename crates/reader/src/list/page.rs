//! A page of headlines: every strategy looks at one outline of it, and what they say is merged.

use std::{collections::HashSet, ops::Range};

use url::Url;

use crate::{
    link,
    list::{
        Candidate, Context, Detail, Discovery, Dropped, Look, Origin, Relation, Sighting, Strategy, build, choose,
        item::Item,
        memory, merge, presentation,
        records::{Record, date, days, fields, files},
        selected::{self, Matches},
        settings::Selectors,
        structured::{self, Knowledge, Search, Statement},
    },
    outline::{Outline, within},
    page::Page,
    recordings::{self, Asked},
    text,
    time::{self, Reading, Stamp},
    tree,
};

/// One in so many headlines may have a date of its own where the days of all stand above them.
const FEW_DATED: usize = 10;
/// Headlines under this certainty, all of them and named by nobody, may be a menu beside a list that scripts draw.
const DOUBTFUL: f64 = 0.5;
/// Headlines that such a list has at least, and the share of them that is dated.
const LIST: usize = 3;
const DATED: f64 = 0.5;
/// How many articles are told that a source names and the page does not show.
const UNSHOWN: usize = 50;
/// Letters of a block that is a paragraph, of all paragraphs of a page that is an article and no list, and how many it
/// has beside others.
const PARAGRAPH: usize = 100;
const PROSE: usize = 800;
const PARAGRAPHS: usize = 3;
/// Share of headlines that are dated documents from which on they are a list.
const DOCUMENTS: f64 = 0.3;
/// Links to other articles that an article is followed by at most.
const RELATED: usize = 15;

/// The headlines of a page in its order; `told` is what other documents say.
pub(super) fn read(selectors: &Selectors, page: &Page, context: &Context, stated: Vec<Statement>, look: Look) -> Discovery {
    let document = match tree::parse(&page.html) {
        Ok(document) => document,
        Err(refused) => return Discovery { problems: vec![refused.to_string()], ..Discovery::default() },
    };
    let outline = Outline::of(&document, &page.url, page.html.len());
    let reading = Reading {
        now: page.fetched_at,
        zone: context.zone.as_ref(),
        language: context.language.as_deref().or(outline.language.as_deref()),
        host: outline.address.host_str(),
        order: None,
    };
    let mut problems = Vec::new();
    let mut knowledge = Knowledge::of(&outline, stated, &reading);
    let matches = Matches::of(&outline, selectors, &mut problems);
    let memory = memory::with_examples(&context.memory, &selectors.examples);
    let mut boxes = Vec::new();
    let (mut items, mut dropped) = match selected::items(&outline, &matches, &mut problems) {
        Some(items) => (items, None),
        None => {
            let said = choose::Said { memory: &memory, selectors };
            let found = choose::find(&outline, &knowledge, said, look, &mut problems);
            boxes = found.boxes;
            if accompany_an_article(&outline, &found.items) {
                let accompany = found.items.into_iter().map(accompanies).filter(|_| look.detail == Detail::Reasons);
                (Vec::new(), Some(found.dropped.into_iter().chain(accompany).collect()))
            } else {
                (found.items, Some(found.dropped))
            }
        }
    };
    let mut known = HashSet::new();
    items.retain(|item| known.insert(item.identity(&outline).into_owned()));
    let links: Vec<usize> = items.iter().map(|item| item.record.link).collect();
    let build = build::fingerprint(&outline, &links);
    let holder = build::holder(&outline, &items.iter().map(|item| &item.record).collect::<Vec<_>>());
    let is_vacant = memory.rule.as_ref().and_then(|rule| rule.holder.as_deref()).is_some_and(|holder| build::is_vacant(&outline, holder));
    let mut candidates = headlines(&outline, &items, &matches, &reading, &mut problems);
    if leaves_questions(&candidates) {
        // A list that may be none is no measure of what the data is about.
        let about: Vec<&Url> =
            if is_doubtful(&candidates, &knowledge) { Vec::new() } else { candidates.iter().map(|candidate| &candidate.url).collect() };
        let search = Search { form: None, known: &memory.addresses, by: Strategy::State, files: &outline.base, reading: &reading };
        let lists = structured::state(&outline, &about, &search);
        let state: Vec<Statement> = lists.first().cloned().unwrap_or_default();
        knowledge = knowledge.with(lists.into_iter().flatten().collect(), &outline.address);
        if let Some(dropped) = &mut dropped
            && let Some(list) = unseen(&candidates, &knowledge, &state, &outline)
        {
            dropped.extend(candidates.drain(..).map(|candidate| replaced(candidate, list[0].sighting.by[0])));
            candidates = list;
        }
    }
    if dropped.is_some() && candidates.is_empty() {
        problems.push("no list of headlines was found".to_owned());
    }
    candidates.iter_mut().for_each(|candidate| merge::complete(candidate, &knowledge, matches.decided()));
    time_recordings(&outline, &mut candidates);
    if let (Detail::Reasons, Some(dropped)) = (look.detail, &mut dropped) {
        dropped.extend(unshown(&candidates, dropped, &knowledge));
    }
    problems.extend(outline.budget.problem());
    let presentation = presentation::of(&outline, &candidates);
    let dropped = dropped.unwrap_or_default();
    Discovery { candidates, dropped, boxes, holder, is_vacant, presentation, build, problems, ..Discovery::default() }
}

/// Whether data that is costly to read might say more.
fn leaves_questions(candidates: &[Candidate]) -> bool {
    let is_dated = |candidate: &&Candidate| candidate.published.is_some();
    let dated = candidates.iter().filter(is_dated).count() as f64;
    dated <= DATED * candidates.len() as f64 || candidates.iter().any(|candidate| text::stem(&candidate.title).is_some())
}

/// Gives recordings their lengths that only the data of scripts has.
fn time_recordings(outline: &Outline, candidates: &mut [Candidate]) {
    let lengths = {
        let asked: Vec<Asked> = candidates.iter().flat_map(Asked::of_listed).collect();
        recordings::lengths(outline, &asked)
    };
    let untimed = candidates.iter_mut().flat_map(|candidate| &mut candidate.attachments).filter(|file| file.is_untimed());
    untimed.zip(lengths).for_each(|(file, length)| file.duration = length);
}

/// Whether the headlines may be a menu.
fn is_doubtful(shown: &[Candidate], knowledge: &Knowledge) -> bool {
    shown.iter().all(|candidate| candidate.sighting.certainty < DOUBTFUL && !knowledge.names(&candidate.url))
}

/// The list that the page does not show: what it says of itself, or else another document.
fn unseen(shown: &[Candidate], knowledge: &Knowledge, state: &[Statement], outline: &Outline) -> Option<Vec<Candidate>> {
    if !is_doubtful(shown, knowledge) || is_article(outline) {
        return None;
    }
    let by = |strategy| merge::listed(knowledge.by(strategy), &outline.address);
    let own = [by(Strategy::LinkedData), by(Strategy::Microdata), merge::listed(state, &outline.address)];
    let is_list = |list: &Vec<Candidate>| {
        let dated = list.iter().filter(|candidate| candidate.published.is_some()).count();
        list.len() >= LIST && dated as f64 >= DATED * list.len() as f64
    };
    let own = own.into_iter().find(is_list);
    if !shown.is_empty() {
        return own;
    }
    own.or_else(|| [by(Strategy::Feed), by(Strategy::Sitemap)].into_iter().find(|list| !list.is_empty()))
}

/// Whether the page is full of text of its own.
fn is_article(outline: &Outline) -> bool {
    let (whole, links) = (0..outline.elements.len(), links(outline));
    let paragraphs = outline.blocks(&whole).filter(|(place, block)| block.len() >= PARAGRAPH && !is_linked(&links, place));
    paragraphs.map(|(_, block)| block.chars().count()).sum::<usize>() >= PROSE
}

/// Whether the headlines are what an article is followed by: few, none of them known, and a long text that no link
/// breaks is in none of their records.
fn accompany_an_article(outline: &Outline, items: &[Item]) -> bool {
    let is_unknown = |item: &Item| matches!(item.sighting.relation, Relation::Unchecked | Relation::Unrelated);
    if items.is_empty() || items.len() > RELATED || !items.iter().all(is_unknown) || are_documents(outline, items) {
        return false;
    }
    let links = links(outline);
    let records: Vec<Range<usize>> = items.iter().map(|item| outline.place_of(&item.record.span)).collect();
    let is_in_record = |place: &Range<usize>| records.iter().any(|record| record.start <= place.start && place.end <= record.end);
    // What stands behind all of them is a notice of the site.
    let last = records.iter().map(|record| record.start).max().unwrap_or_default();
    runs_on(outline, &links, |place| place.start < last, is_in_record)
}

/// Whether the headlines are documents that are dated or named by their records: a list of them may have an
/// introduction, and an article has its attachments without both.
fn are_documents(outline: &Outline, items: &[Item]) -> bool {
    let is_dated = |item: &Item| time::is_dated(&item.title) || item.record.is_dated(outline, &item.title);
    let is_record = |item: &Item| is_dated(item) || outline.text_of(item.record.link) != item.title;
    let documents = items.iter().filter(|item| link::file_type(&item.url).is_some() && is_record(item)).count();
    items.len() >= LIST && documents as f64 >= DOCUMENTS * items.len() as f64
}

/// Whether the page has a long text without a link in it: entries of a list have theirs in the middle of a paragraph
/// too.
pub(super) fn reads_as_article(outline: &Outline) -> bool {
    let links = links(outline);
    let has_link = |place: &Range<usize>| {
        let next = links.partition_point(|link| link.start < place.start);
        links.get(next).is_some_and(|link| link.start < place.end)
    };
    runs_on(outline, &links, |_| true, has_link)
}

/// Whether paragraphs that count follow one another, and are long enough for an article; what stands apart breaks them
/// as links do.
fn runs_on(
    outline: &Outline,
    links: &[Range<usize>],
    counts: impl Fn(&Range<usize>) -> bool,
    is_apart: impl Fn(&Range<usize>) -> bool,
) -> bool {
    let whole = 0..outline.elements.len();
    let mut run: Vec<usize> = Vec::new();
    for (place, block) in outline.blocks(&whole).filter(|(place, _)| counts(place)) {
        if is_linked(links, &place) || is_apart(&place) {
            run.clear();
        } else if block.len() >= PARAGRAPH {
            run.push(block.chars().count());
            if run.len() >= PARAGRAPHS && run.iter().sum::<usize>() >= PROSE {
                return true;
            }
        }
    }
    false
}

/// Where the texts of the page's links stand.
fn links(outline: &Outline) -> Vec<Range<usize>> {
    outline.anchors.iter().map(|anchor| outline.place(*anchor)).collect()
}

fn is_linked(links: &[Range<usize>], place: &Range<usize>) -> bool {
    let next = links.partition_point(|link| link.start <= place.start);
    links[..next].last().is_some_and(|link| place.end <= link.end)
}

/// What a source names and the page has nowhere.
fn unshown(candidates: &[Candidate], dropped: &[Dropped], knowledge: &Knowledge) -> Vec<Dropped> {
    let shown = candidates.iter().map(|candidate| &candidate.url).chain(dropped.iter().map(|dropped| &dropped.url));
    let mut known: HashSet<String> = shown.map(link::identity).collect();
    let unshown = knowledge.all().iter().filter(|stated| known.insert(link::identity(&stated.url))).take(UNSHOWN);
    let why = |by: Strategy| format!("the {by} names it, and the page does not show it");
    unshown
        .map(|stated| Dropped {
            url: stated.url.clone(),
            title: stated.title.clone().unwrap_or_default(),
            score: None,
            why: why(stated.by),
        })
        .collect()
}

fn replaced(candidate: Candidate, by: Strategy) -> Dropped {
    let why = format!("no source names it, and the page's list stands in its {by}");
    Dropped { url: candidate.url, title: candidate.title, score: None, why }
}

fn accompanies(item: Item) -> Dropped {
    let why = "accompanies the article that the page is".to_owned();
    Dropped { url: item.url, title: item.title, score: None, why }
}

/// The rest of what the records say.
fn headlines(outline: &Outline, items: &[Item], matches: &Matches, reading: &Reading, problems: &mut Vec<String>) -> Vec<Candidate> {
    let mut dates: Vec<Option<(String, Origin)>> = items
        .iter()
        .map(|Item { record, title, .. }| match first(&matches.date, record) {
            Pointed::At(at) => fields::date(outline, at).map(|text| (text, Origin::Stated(Strategy::Selectors))),
            Pointed::Nowhere => None,
            Pointed::Free => record.day(outline, title),
        })
        .collect();
    let dated = dates.iter().flatten().count();
    if matches.date.is_none() && FEW_DATED * dated <= items.len() {
        let spans: Vec<&Range<usize>> = items.iter().map(|item| &item.record.span).collect();
        for ((date, item), day) in dates.iter_mut().zip(items).zip(days::over(outline, &spans)).filter(|((date, _), _)| date.is_none()) {
            *date = Some((date::with_own_clock(outline, &item.record.span, &item.title, &day), Origin::Text));
        }
        if dated == 0 && dates.iter().all(Option::is_none) {
            let between = days::between(outline, &spans).into_iter();
            dates.iter_mut().zip(between).for_each(|(date, day)| *date = day.map(|day| (day, Origin::Text)));
        }
    }
    let titles: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
    let is_mostly_undated = 2 * dates.iter().flatten().count() < items.len();
    if matches.date.is_none() && is_mostly_undated && days::are_titled(&titles) {
        for (date, title) in dates.iter_mut().zip(titles) {
            *date = time::is_dated(title).then(|| (title.to_owned(), Origin::Text));
        }
    }
    let texts = dates.iter().map(|date| date.as_ref().map(|(text, _)| text.as_str()));
    let list = time::read_list(texts, reading);
    problems.extend(list.problems);
    let origins = dates.iter().map(|date| date.as_ref().map(|(_, origin)| *origin));
    let dates = list.stamps.into_iter().zip(origins);
    items.iter().zip(dates).map(|(item, (published, origin))| headline(outline, item, matches, published, origin)).collect()
}

/// An item with all that its record says, where the operator points or else where it is found.
fn headline(outline: &Outline, item: &Item, matches: &Matches, published: Option<Stamp>, origin: Option<Origin>) -> Candidate {
    let record = &item.record;
    let attachments = files::of(outline, item);
    let lead = || {
        let lead = record.lead(outline, &item.title, &item.identity(outline));
        lead.or_else(|| (!attachments.is_empty()).then(|| files::facts(outline, item)).flatten())
    };
    let summary = first(&matches.summary, record).read(|at| fields::said(outline, at), lead);
    Candidate {
        url: item.url.clone(),
        title: item.title.clone(),
        summary,
        image: first(&matches.image, record).read(|at| fields::image(outline, &outline.span(at)), || record.picture(outline)),
        author: first(&matches.author, record).read(|at| fields::said(outline, at), || record.author(outline)),
        attachments,
        sighting: Sighting { dated: origin.filter(|_| published.is_some()), ..item.sighting.clone() },
        published,
    }
}

/// Where the operator points for a field.
#[derive(Debug, Clone, Copy)]
enum Pointed {
    At(usize),
    /// The selector matches nothing in this record.
    Nowhere,
    /// There is no selector: it is found out.
    Free,
}

fn first(matches: &Option<Vec<usize>>, record: &Record) -> Pointed {
    match matches {
        None => Pointed::Free,
        Some(found) => within(found, &record.span).first().map_or(Pointed::Nowhere, |at| Pointed::At(*at)),
    }
}

impl Pointed {
    fn read<T>(self, there: impl FnOnce(usize) -> Option<T>, free: impl FnOnce() -> Option<T>) -> Option<T> {
        match self {
            Self::At(at) => there(at),
            Self::Nowhere => None,
            Self::Free => free(),
        }
    }
}

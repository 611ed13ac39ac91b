//! What speaks for one candidate on its own: its features as numbers, and what of them speaks against it.

use foldhash::{HashMap, HashMapExt as _};

use crate::{
    link,
    list::{
        candidates::{
            Candidate,
            headline::{self, Rank},
            shape,
        },
        records::{Record, find::Records, inside::Neighbours},
        score::weights::{Feature, Features, Weights},
    },
    outline::Outline,
    text, time,
};

/// A headline this wide is as good as a wider one.
const WIDE: f64 = 70.0;
/// The same for words in an address, and for the logarithm of the number that stand alike.
const MANY_WORDS: usize = 6;
const MANY_ALIKE: f64 = 5.0;
/// A record with more pictures than this is a gallery.
const PICTURES: usize = 8;
/// Links of a record that are compared with its headline.
const INSIDE: usize = 2_000;
/// A text this short that is a date is nothing but a date.
const BARE_DATE: usize = 24;
/// How much wider another headline in the record must be to be the better one.
const WIDER: f64 = 1.5;
/// Words that a headline needs before its share in the address means anything, and letters of such a word.
const COMPARED_WORDS: usize = 3;
const COMPARED_LETTERS: usize = 3;
/// Characters before and after a link in its line that make it part of a sentence.
const TEXT_BEFORE: usize = 12;
const TEXT_AFTER: usize = 3;
/// Headlines of other sites that are a collection, and words that such a headline has at least.
pub(in crate::list) const COLLECTED: usize = 3;
const COLLECTED_WORDS: usize = 4;

pub(in crate::list) struct Evidence {
    /// Between 0 and 1.
    pub(in crate::list) own: f64,
    /// Not a headline whatever the others say.
    pub(in crate::list) is_vetoed: bool,
    /// Its record says when.
    pub(in crate::list) is_dated: bool,
    /// What speaks against it most.
    pub(in crate::list) against: Option<Against>,
    pub(in crate::list) features: Features,
}

/// What speaks against a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::list) enum Against {
    /// It shows no letter: a page number, a count.
    NoWords,
    BareDate,
    /// All its like lie in the records of better headlines.
    Companion,
    /// It comes by turns with better headlines.
    Turns,
    /// The record holds a better headline.
    Secondary,
    Chrome,
    External,
    Sentence,
    Section,
}

impl Evidence {
    pub(in crate::list) fn veto(against: Against) -> Self {
        Self { own: 0.0, is_vetoed: true, is_dated: false, against: Some(against), features: Features::NONE }
    }
}

/// What speaks against a candidate by its features, the heaviest first.
const AGAINST: [(Feature, Against); 5] = [
    (Feature::Secondary, Against::Secondary),
    (Feature::Chrome, Against::Chrome),
    (Feature::External, Against::External),
    (Feature::Sentence, Against::Sentence),
    (Feature::Section, Against::Section),
];

/// One for each candidate.
pub(in crate::list) fn weigh(
    outline: &Outline,
    candidates: &[Candidate],
    records: &Records,
    neighbours: &Neighbours,
    weights: &Weights,
) -> Vec<Evidence> {
    let page = Page::of(outline, candidates, records, neighbours);
    (0..candidates.len()).map(|at| page.weigh(at, weights)).collect()
}

/// The features of each candidate; `None` where they count for nothing, since it is no headline whatever they are.
pub(in crate::list) fn features(
    outline: &Outline,
    candidates: &[Candidate],
    records: &Records,
    neighbours: &Neighbours,
) -> Vec<Option<Features>> {
    let page = Page::of(outline, candidates, records, neighbours);
    (0..candidates.len()).map(|at| page.veto(at).is_none().then(|| page.features(at))).collect()
}

/// What the features of a page's candidates are measured by.
struct Page<'a> {
    outline: &'a Outline<'a>,
    candidates: &'a [Candidate],
    records: &'a Records,
    neighbours: &'a Neighbours,
    /// Most of what reads like a headline leads to other sites.
    is_collection: bool,
    /// For each beginning of a path, the widest headline under it.
    under: HashMap<String, f64>,
}

impl<'a> Page<'a> {
    fn of(outline: &'a Outline<'a>, candidates: &'a [Candidate], records: &'a Records, neighbours: &'a Neighbours) -> Self {
        let (is_collection, under) = (collects_other_sites(candidates), widths_under_sections(candidates));
        Self { outline, candidates, records, neighbours, is_collection, under }
    }

    fn weigh(&self, at: usize, weights: &Weights) -> Evidence {
        if let Some(against) = self.veto(at) {
            return Evidence::veto(against);
        }
        let features = self.features(at);
        let against = AGAINST.iter().find(|(feature, _)| features.get(*feature) > 0.0).map(|(_, against)| *against);
        let is_dated = features.get(Feature::Date) > 0.0;
        Evidence { own: features.likelihood(weights), is_vetoed: false, is_dated, against, features }
    }

    /// Why a candidate is no headline whatever its features.
    fn veto(&self, at: usize) -> Option<Against> {
        let text = &self.candidates[at].headline.text;
        // A page number, a count, a day of an archive.
        if text.chars().count() < BARE_DATE && time::is_dated(text) {
            return Some(Against::BareDate);
        }
        (!text.is_empty() && !text.chars().any(char::is_alphabetic)).then_some(Against::NoWords)
    }

    /// All that is measured of a candidate.
    fn features(&self, at: usize) -> Features {
        let (candidate, record) = (&self.candidates[at], &self.records.list[at]);
        let is_heading = candidate.headline.rank == Rank::Heading;
        let segments = shape::segments(&candidate.url);
        let longest = segments.iter().max_by_key(|segment| segment.len()).copied().unwrap_or_default();
        let words = longest.split(['-', '_', '+', '%']).filter(|word| !word.is_empty()).count().min(MANY_WORDS);
        let alike = self.records.groups[self.records.group(at)].len() as f64;
        let is_section = !segments.is_empty() && self.under.get(&segments.join("/")).is_some_and(|widest| *widest > candidate.width);
        let when = |holds: bool| if holds { 1.0 } else { 0.0 };
        Features::of([
            (Feature::Length, candidate.width.min(WIDE) / WIDE),
            (Feature::Slug, words as f64 / MANY_WORDS as f64),
            (Feature::Company, alike.log2().min(MANY_ALIKE) / MANY_ALIKE),
            (Feature::Overlap, overlap(candidate)),
            (Feature::Heading, when(is_heading)),
            (Feature::Identifier, when(shape::has_identifier(&candidate.url))),
            (Feature::Picture, when((1..=PICTURES).contains(&record.pictures(self.outline)))),
            (Feature::Date, when(record.is_dated(self.outline, &candidate.headline.text))),
            (Feature::Secondary, when(has_better_inside(at, self.candidates, record, self.neighbours))),
            (Feature::Chrome, when(candidate.is_chrome)),
            (Feature::External, when(candidate.is_external && !self.is_collection)),
            (Feature::Sentence, when(!is_heading && is_in_a_sentence(self.outline, candidate.link))),
            (Feature::Section, when(is_section)),
        ])
    }
}

/// Whether most of what reads like a headline leads to other sites.
fn collects_other_sites(candidates: &[Candidate]) -> bool {
    let (mut all, mut external, mut count) = (0.0, 0.0, 0);
    for candidate in candidates.iter().filter(|candidate| !candidate.is_chrome) {
        if candidate.headline.text.split_whitespace().nth(COLLECTED_WORDS - 1).is_some() {
            all += candidate.width;
            external += if candidate.is_external { candidate.width } else { 0.0 };
            count += usize::from(candidate.is_external);
        }
    }
    count >= COLLECTED && external > 0.5 * all
}

/// For each beginning of a path, the widest headline under it.
fn widths_under_sections(candidates: &[Candidate]) -> HashMap<String, f64> {
    let mut widest: HashMap<String, f64> = HashMap::new();
    for candidate in candidates {
        let segments = shape::segments(&candidate.url);
        for length in 1..segments.len() {
            let width = widest.entry(segments[..length].join("/")).or_default();
            *width = width.max(candidate.width);
        }
    }
    widest
}

/// The share of the headline's words that its address has too.
fn overlap(candidate: &Candidate) -> f64 {
    let headline = text::fold(&candidate.headline.text);
    let words: Vec<&str> =
        headline.split(|ch: char| !ch.is_alphanumeric() && ch != '_').filter(|word| word.chars().count() >= COMPARED_LETTERS).collect();
    if words.len() < COMPARED_WORDS {
        return 0.0;
    }
    let path = link::percent_decoded(candidate.url.path());
    let path = if path.is_ascii() { path.to_ascii_lowercase() } else { text::fold(&path) };
    words.iter().filter(|word| path.contains(**word)).count() as f64 / words.len() as f64
}

/// Whether the record holds a headline that stands out more, or as much and is wider.
fn has_better_inside(at: usize, candidates: &[Candidate], record: &Record, neighbours: &Neighbours) -> bool {
    let own = &candidates[at];
    let look = |candidate: &Candidate| candidate.headline.rank.min(Rank::Bold);
    neighbours.inside(at, record).take(INSIDE).map(|other| &candidates[other]).any(|other| {
        let is_lone_heading = other.headline.rank == Rank::Heading && own.headline.rank < Rank::Heading;
        is_lone_heading || (look(other) >= look(own) && other.width > WIDER * own.width)
    })
}

fn is_in_a_sentence(outline: &Outline, link: usize) -> bool {
    let node = &outline.elements[link].node;
    let length = |node: Option<dom_query::NodeRef>| {
        node.filter(dom_query::NodeRef::is_text).map_or(0, |node| text::squeeze(&node.text()).chars().count())
    };
    length(node.prev_sibling()) > TEXT_BEFORE && length(node.next_sibling()) > TEXT_AFTER
}

/// Half as much again for headings: how much a group's headlines weigh beside another's.
pub(in crate::list) fn weight(candidate: &Candidate) -> f64 {
    const HEADED: f64 = 1.5;
    headline::width(&candidate.headline.text) * if candidate.headline.rank == Rank::Heading { HEADED } else { 1.0 }
}

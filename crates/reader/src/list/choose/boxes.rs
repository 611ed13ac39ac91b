//! The boxes of a page: headlines that stand together, under one heading or none, and which of them are the list.
//!
//! The page's largest box is its list, or the one that has most of what is known. A box is beside it where the operator
//! says so, where it was found to be, where its heading says that it is of another kind, where it has another section's
//! stories on a section's page, or where it came later and has not the list's headlines. What the boxes look like
//! decides nothing: "most read" is often built as the list is.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use url::Url;

use crate::{
    budget, link,
    list::{
        PageBox, Part,
        candidates::{Candidate, headline, shape},
        choose::{
            recorded::{self, Record},
            shown::Shown,
        },
        memory::{Memory, TELLING_TITLE},
        records::find::{self, Records},
        settings::Selectors,
    },
    outline::{self, Outline, within},
    site::Fingerprint,
    text, time, wordlist,
};

/// How far above a box its heading may begin, in elements around it, and how far words that are no heading element may.
const HEADING_STEPS: usize = 5;
const WORDS_STEPS: usize = 2;
/// Headings of a page, elements right before a box, and links in a heading that are looked at.
const MAX_HEADINGS: usize = 1_000;
const NEAR: usize = 50;
const LINKS: usize = 20;
/// How closely a link may stand around a heading that is a headline.
const LINK_STEPS: usize = 3;
/// Letters of a heading at most.
const HEADING: usize = 60;
/// Bytes of text, borders included, in which such a heading may stand.
const LONGEST: usize = 600;
/// Headlines up to which a box without a heading belongs to the one that follows it: a lead story.
const LEAD: usize = 2;
/// How far around two boxes their common element may stand, so that they are rows of one.
const ROWS_STEPS: usize = 3;
/// How wide a headline must be in the list, beside what it is elsewhere.
const SAYING: f64 = 0.6;
/// Digits of a class that counts something.
const NUMBERED: usize = 3;
/// Headlines that are shown of a box.
const SHOWN: usize = 2;
/// Width beyond which a longer headline says no more for its box.
const WIDE: f64 = 60.0;
/// Headlines that share a section from which on it is the list's.
const SECTION: usize = 3;
/// Panes from which on their labels are tabs.
const TABS: usize = 2;
/// Headlines of a box by which it is known again.
const PRINTS: usize = 40;
/// Headlines that a part of a box has at least which its own heading sets apart.
const PART: usize = 2;

/// The boxes of a page, in its order.
pub(in crate::list) struct Boxes {
    pub(in crate::list) list: Vec<PageBox>,
    /// The candidates of each.
    members: Vec<Vec<usize>>,
    /// The one that is the list, whatever else is.
    main: Option<usize>,
}

/// Where a candidate stands: its box, the link that shows it there, and the other boxes that show it.
#[derive(Debug, Clone)]
pub(in crate::list) struct Home {
    pub(in crate::list) number: usize,
    pub(in crate::list) link: usize,
    pub(in crate::list) also: Vec<usize>,
}

/// What is said of boxes besides what the page shows.
pub(in crate::list) struct Said<'a> {
    pub(in crate::list) memory: &'a Memory,
    pub(in crate::list) selectors: &'a Selectors,
}

/// What was known of the boxes before.
struct Before<'r, 'm> {
    record: &'r Record<'m>,
    /// For each box the one of the record that it is.
    again: &'r [Option<&'m PageBox>],
}

impl Before<'_, '_> {
    fn was_list(&self, number: usize) -> bool {
        self.again[number].is_some_and(|known| known.part == Part::List)
    }

    /// Whether a box was there, and none of the list.
    fn was_beside(&self, number: usize) -> bool {
        self.again[number].is_some_and(|known| known.part != Part::List)
    }

    /// Why a box was beside the list, for good.
    fn beside(&self, number: usize) -> Option<&str> {
        match &self.again[number]?.part {
            Part::Beside(why) if why != UNLIKE && why != UNPROVEN => Some(why),
            Part::Beside(_) | Part::List => None,
        }
    }
}

impl Boxes {
    /// Of the candidates `members`, which are in the order of the page.
    pub(in crate::list) fn of(
        members: &[usize],
        candidates: &[Candidate],
        shown: &Shown,
        said: &Said,
        is_known: impl Fn(usize) -> bool,
    ) -> Self {
        let (outline, records) = (shown.outline, shown.records);
        let headings = Headings::of(outline, members, candidates);
        let (members, headings) = joined(grouped(members, &headings, records), &headings, candidates, records);
        let mut boxes = Self { list: Vec::with_capacity(members.len()), members, main: None };
        for (members, heading) in boxes.members.iter().zip(headings) {
            let titles = || members.iter().map(|at| &candidates[*at].headline.text);
            boxes.list.push(PageBox {
                heading: heading.map(|heading| heading.text).unwrap_or_default(),
                place: place(outline, records.list[members[0]].holder),
                called: String::new(),
                part: Part::List,
                is_decided: false,
                headlines: members.len(),
                examples: titles().take(SHOWN).cloned().collect(),
                prints: titles().take(PRINTS).map(|title| recorded::print(title)).collect(),
            });
        }
        let record = Record::of(&said.memory.boxes);
        let again = record.again(&boxes.list);
        let headings: HashSet<String> = boxes.list.iter().map(|page_box| text::fold(&page_box.heading)).collect();
        for (page_box, known) in boxes.list.iter_mut().zip(&again) {
            // What is the heading of another box by now would be the name of two.
            let is_free = |name: &String| page_box.name() != name && !headings.contains(&text::fold(name));
            page_box.called = known.map(|known| first_name(known, said.selectors)).filter(is_free).unwrap_or_default();
        }
        let before = Before { record: &record, again: &again };
        boxes.main = boxes.main(candidates, shown, said, &before, is_known);
        boxes.judge(boxes.main, candidates, shown, said, &before);
        boxes
    }

    /// How many of the headlines that the list had each box shows, those among them that stand elsewhere as well.
    fn listed_shown(&self, candidates: &[Candidate], shown: &Shown, record: &Record) -> Vec<usize> {
        let around = self.around_links(shown);
        let mut shown_by = vec![0; self.list.len()];
        for candidate in self.members.iter().flatten().map(|at| &candidates[*at]) {
            if record.lists(&candidate.headline.text) {
                let numbers: HashSet<usize> = candidate.links.iter().filter_map(|link| around(*link)).collect();
                numbers.into_iter().for_each(|number| shown_by[number] += 1);
            }
        }
        shown_by
    }

    /// The box whose element is the closest around a link.
    fn around_links<'a>(&self, shown: &Shown<'a>) -> impl Fn(usize) -> Option<usize> + use<'a> {
        let (outline, records) = (shown.outline, shown.records);
        let boxed = self.members.iter().enumerate().flat_map(|(number, members)| members.iter().map(move |at| (*at, number)));
        let holders: HashMap<usize, usize> = boxed.filter_map(|(at, number)| Some((records.list[at].holder?, number))).collect();
        move |link| outline.ancestors(link).find_map(|at| holders.get(&at).copied())
    }

    /// Where each candidate stands. One that stands in the list as well as in another box stands in the list: a ticker
    /// shows the newest.
    pub(in crate::list) fn homes(&self, candidates: &[Candidate], shown: &Shown) -> HashMap<usize, Home> {
        let outline = shown.outline;
        let boxed = || self.members.iter().enumerate().flat_map(|(number, members)| members.iter().map(move |at| (*at, number)));
        let around = self.around_links(shown);
        let is_list = |number: usize| self.list[number].part == Part::List;
        let home = |(at, number): (usize, usize)| {
            let others = candidates[at].links.iter().copied().filter(|link| *link != candidates[at].link);
            let mut others: Vec<(usize, usize)> = others.filter_map(|link| Some((around(link)?, link))).collect();
            others.retain(|(other, _)| *other != number);
            // Its day may stand there alone; of two buttons each says as much as the other.
            let width = |link: usize| headline::width(&headline::of(outline, link).text);
            let says_it = |link: usize| width(link) >= SAYING * candidates[at].width.min(width(candidates[at].link));
            let is_better =
                |(other, link): &&(usize, usize)| is_list(*other) && (!is_list(number) || (self.main == Some(*other) && says_it(*link)));
            let better = others.iter().find(is_better).copied();
            let (home, link) = better.unwrap_or((number, candidates[at].link));
            let mut also: Vec<usize> = others.into_iter().map(|(other, _)| other).filter(|other| *other != home).collect();
            also.sort_unstable();
            also.dedup();
            (at, Home { number: home, link, also })
        };
        boxed().map(home).collect()
    }

    /// Whether the operator takes a box out.
    pub(in crate::list) fn is_taken_out(&self, number: usize, said: &Said) -> bool {
        said.selectors.says(&self.list[number]) == Some(false)
    }

    /// The box of a candidate.
    pub(in crate::list) fn around(&self, candidate: usize) -> Option<&PageBox> {
        self.members.iter().position(|members| members.contains(&candidate)).map(|number| &self.list[number])
    }

    /// The boxes, of which those without any of the `chosen` are none of the list.
    pub(in crate::list) fn into_list(self, chosen: &[usize]) -> Vec<PageBox> {
        let (Self { mut list, members, .. }, chosen) = (self, chosen.iter().collect::<HashSet<_>>());
        for (page_box, members) in list.iter_mut().zip(members) {
            if page_box.part == Part::List && !members.iter().any(|at| chosen.contains(at)) {
                page_box.part = Part::Beside(UNLIKE.to_owned());
            }
        }
        list
    }

    /// Says which boxes are beside the list.
    fn judge(&mut self, main: Option<usize>, candidates: &[Candidate], shown: &Shown, said: &Said, before: &Before) {
        let section = main.and_then(|main| section(&self.members[main], candidates, &shown.outline.address));
        let page = page_names(shown.outline);
        let lengths: Vec<usize> = self.members.iter().map(Vec::len).collect();
        let holder = |number: usize| self.members[number].first().and_then(|at| shown.records.list[*at].holder);
        let repeats = self.repeating(main, candidates, shown);
        let others = if is_front(&shown.outline.address) { HashSet::new() } else { section_names(shown.outline) };
        for (number, members) in self.members.iter().enumerate() {
            let page_box = &mut self.list[number];
            let heading = text::fold(&page_box.heading);
            let by_operator = said.selectors.says(page_box);
            page_box.is_decided = by_operator.is_some();
            let is_of_section = |section: &str| members.iter().any(|at| first_segment(&candidates[*at].url) == Some(section));
            let is_called_so = || {
                let is_small = main.is_some_and(|main| 2 * members.len() <= lengths[main]);
                is_small && !heading.is_empty() && !page.contains(&heading) && others.contains(&heading)
            };
            let is_of_another_section = || section.is_some_and(|section| !heading.is_empty() && !is_of_section(section)) || is_called_so();
            // Lead stories: what turns out to stand on other pages too is found out by them.
            let is_lead = || {
                let main = main.filter(|main| heading.is_empty() && number < *main);
                main.is_some_and(|main| {
                    let is_above = || {
                        let is_shorter = members.len() <= lengths[main];
                        is_shorter && !before.was_beside(number) && !are_columns(shown.outline, holder(main), holder(number))
                    };
                    members.len() <= LEAD || is_above()
                })
            };
            // Rows may have headlines over them, and never the name of another section.
            let is_row = || !others.contains(&heading) && main.is_some_and(|main| stand_alike(shown.outline, holder(main), holder(number)));
            let is_of_list =
                || before.record.is_empty() || before.was_list(number) || before.record.proves(page_box) || is_lead() || is_row();
            page_box.part = match by_operator {
                Some(true) => Part::List,
                Some(false) => Part::Beside("its feed's file takes it out".to_owned()),
                None if main == Some(number) => Part::List,
                None => beside(page_box, &heading, &page, said.memory)
                    .or_else(|| before.beside(number).map(str::to_owned))
                    .or_else(|| is_of_another_section().then(|| OTHER_SECTION.to_owned()))
                    .or_else(|| repeats[number].then(|| SELECTION.to_owned()))
                    .or_else(|| (!is_of_list()).then(|| UNPROVEN.to_owned()))
                    .map_or(Part::List, Part::Beside),
            };
        }
    }

    /// Which boxes of a section's page show headlines of its list a second time, and others: what is new on the whole
    /// site, or read most.
    fn repeating(&self, main: Option<usize>, candidates: &[Candidate], shown: &Shown) -> Vec<bool> {
        let mut repeats = vec![false; self.list.len()];
        let Some(main) = main.filter(|_| !is_front(&shown.outline.address)) else { return repeats };
        let (outline, records) = (shown.outline, shown.records);
        let holder = |number: usize| self.members[number].first().and_then(|at| records.list[*at].holder);
        let spans: Vec<Option<std::ops::Range<usize>>> =
            (0..self.list.len()).map(|number| holder(number).map(|at| outline.span(at))).collect();
        let stands_in = |at: usize, number: usize| {
            let span = spans[number].as_ref();
            span.is_some_and(|span| candidates[at].links.iter().any(|link| span.contains(link)))
        };
        let is_apart = |number: usize| match (&spans[main], &spans[number]) {
            (Some(main), Some(other)) => !main.contains(&other.start) && !other.contains(&main.start),
            _ => false,
        };
        for number in (0..self.list.len()).filter(|number| *number != main && is_apart(*number)) {
            let (in_list, own) = (&self.members[main], &self.members[number]);
            let shared = in_list.iter().filter(|at| stands_in(**at, number)).chain(own.iter().filter(|at| stands_in(**at, main))).count();
            let others = own.iter().filter(|at| !stands_in(**at, main)).count();
            repeats[number] = shared > 0 && others > 0;
        }
        repeats
    }

    /// The box that is the list, whatever else is.
    fn main(
        &self,
        candidates: &[Candidate],
        shown: &Shown,
        said: &Said,
        before: &Before,
        is_known: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let weight = |number: &usize| -> f64 {
            let of_one = |at: &usize| {
                let signs = [shown.is_dated(*at), shown.is_pictured(*at), shown.has_words(*at)].iter().filter(|sign| **sign).count();
                candidates[*at].width.min(WIDE) * (1 + signs) as f64
            };
            self.members[*number].iter().map(of_one).sum()
        };
        let known = |number: &usize| self.members[*number].iter().filter(|at| is_known(**at)).count();
        let all_known: usize = (0..self.list.len()).map(|number| known(&number)).sum();
        let listed_shown = self.listed_shown(candidates, shown, before.record);
        // What has most of the known headlines is the list, whatever was found of a box of its name; where it is known
        // how many there were, most of those: of an empty list nothing is left but what its boxes show. So is what
        // shows most of the headlines that the list had, whichever boxes show them too.
        let is_ours = |number: &usize| {
            2 * known(number) > all_known.max(before.record.length()) || 2 * listed_shown[*number] > before.record.length().max(SECTION)
        };
        let may_be = |number: &usize| {
            let page_box = &self.list[*number];
            said.selectors.says(page_box) != Some(false)
                && (is_ours(number) || (said.memory.beside(page_box).is_none() && before.beside(*number).is_none()))
                && !self.members[*number].iter().all(|at| candidates[*at].is_chrome)
        };
        let page = page_names(shown.outline);
        let is_something_else =
            |number: &usize| !before.was_list(*number) && is_something_else(&text::fold(&self.list[*number].heading), &page);
        let (named_otherwise, own): (Vec<usize>, Vec<usize>) = (0..self.list.len()).filter(may_be).partition(is_something_else);
        // Where a list is known, what is left when it is empty is no list.
        let holds_it = |number: &usize| said.memory.rule.is_none() || (known(number) > 1 && is_ours(number));
        let numbers = if own.is_empty() { named_otherwise.into_iter().filter(holds_it).collect() } else { own };
        let key = |number: &usize| (listed_shown[*number], known(number));
        // The first of equals.
        let weighed = numbers.into_iter().rev().map(|number| (number, key(&number), weight(&number)));
        weighed.max_by(|left, right| left.1.cmp(&right.1).then(left.2.total_cmp(&right.2))).map(|(number, ..)| number)
    }
}

const UNLIKE: &str = "it has nothing of what the list's headlines have";
const OTHER_SECTION: &str = "it has another section's stories";
const SELECTION: &str = "it shows some of the list's headlines once more, among others";
const UNPROVEN: &str = "it came later, and has none of the list's headlines";

/// What a box was called first, or as the operator calls it.
fn first_name(known: &PageBox, selectors: &Selectors) -> String {
    let names = [known.called.as_str(), known.name()].into_iter().filter(|name| !name.is_empty());
    let is_said = |name: &&str| selectors.says(&PageBox { heading: (*name).to_owned(), called: String::new(), ..known.clone() }).is_some();
    let said = names.clone().find(is_said);
    said.or_else(|| names.clone().next()).unwrap_or_default().to_owned()
}

/// Why a box that is not the list itself is beside it.
fn beside(page_box: &PageBox, heading: &str, page: &str, memory: &Memory) -> Option<String> {
    if let Some(why) = memory.beside(page_box) {
        return Some(why.to_owned());
    }
    is_something_else(heading, page).then(|| "its heading says that it is something else".to_owned())
}

/// Words of headings by which a box is something else: anywhere in one, and at its beginning.
static NAMES: LazyLock<[Vec<&'static str>; 2]> =
    LazyLock::new(|| ["popular", "other"].map(|heading| wordlist::lines(include_str!("boxes.txt"), heading).collect()));

/// What stands over advertisements.
static SIGNS: LazyLock<Vec<&'static str>> = LazyLock::new(|| wordlist::lines(include_str!("boxes.txt"), "advertising").collect());

/// Whether a heading names what is no list of news of its own, unless the page itself is called so.
fn is_something_else(heading: &str, page: &str) -> bool {
    !heading.is_empty() && !page.contains(heading) && is_named(heading)
}

fn is_named(heading: &str) -> bool {
    let [popular, other] = &*NAMES;
    popular.iter().any(|words| contains(heading, words)) || other.iter().any(|words| begins_with(heading, words))
}

fn begins_with(heading: &str, words: &str) -> bool {
    heading.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Whole words, in scripts that part them.
fn contains(heading: &str, words: &str) -> bool {
    let is_border = |ch: Option<char>| ch.is_none_or(|ch| !ch.is_alphanumeric() || !ch.is_ascii());
    let is_whole =
        |(at, found): (usize, &str)| is_border(heading[..at].chars().next_back()) && is_border(heading[at + found.len()..].chars().next());
    // To find out that they are not there at all is cheaper.
    heading.contains(words) && heading.match_indices(words).any(is_whole)
}

/// The names that the page gives itself, folded: a page of notices has "Thông báo" over its list.
fn page_names(outline: &Outline) -> String {
    let is_title = |at: &usize| outline.name(*at) == "h1" && outline.place(*at).len() <= budget::LINE;
    let titles = (0..outline.elements.len()).filter(is_title).map(|at| outline.text_of(at));
    text::fold(&titles.collect::<Vec<_>>().join("\n"))
}

fn is_front(page: &Url) -> bool {
    page.path().len() <= 1 && page.query().is_none()
}

/// What short links call other pages of the site that are not below the page itself, folded: the entries of its menu.
fn section_names(outline: &Outline) -> HashSet<String> {
    let page = &outline.address;
    let (site, own, below) = (shape::site(page), link::identity(page), format!("{}/", page.path().trim_end_matches('/')));
    let is_other = |at: usize| {
        outline.target(at).is_some_and(|url| {
            shape::site(url) == site && outline.identity(at) != Some(own.as_str()) && (below.len() <= 1 || !url.path().starts_with(&below))
        })
    };
    let short = outline.anchors.iter().filter(|at| outline.text_length(&outline.span(**at)) <= LONGEST);
    let names = short.filter(|at| is_other(**at)).take(MAX_HEADINGS).map(|at| text::fold(&outline.text_of(*at)));
    names.filter(|name| (2..TELLING_TITLE).contains(&name.chars().count())).collect()
}

/// The first segment of the addresses of a section's stories, where the page itself stands under it.
fn section<'c>(list: &[usize], candidates: &'c [Candidate], page: &Url) -> Option<&'c str> {
    let first = first_segment(&candidates[list[0]].url)?;
    let is_shared = |at: &usize| first_segment(&candidates[*at].url) == Some(first) && shape::segments(&candidates[*at].url).len() > 1;
    (list.len() >= SECTION && list.iter().all(is_shared) && first_segment(page) == Some(first)).then_some(first)
}

fn first_segment(url: &Url) -> Option<&str> {
    shape::segments(url).first().copied()
}

/// By what stands alike in one element, in the order of the page.
fn grouped(members: &[usize], headings: &Headings, records: &Records) -> Vec<Vec<usize>> {
    let boxes = find::by(members.iter().copied(), |at| records.place(at));
    let mut boxes: Vec<Vec<usize>> = boxes.into_iter().flat_map(|members| headings.parted(members, records)).collect();
    boxes.sort_by_key(|members| start_of(members, records));
    // Rows of cards: each has its own element, and nothing stands between them.
    let mut rows: Vec<(Vec<usize>, Option<usize>)> = Vec::new();
    for members in boxes {
        let goes_on = |(last, over): &&mut (Vec<usize>, Option<usize>)| {
            records.group(last[0]) == records.group(members[0])
                && headings.are_rows(last, &members, records)
                && headings.are_one((last, *over), &members, records, ROWS_STEPS)
        };
        if let Some((last, _)) = rows.last_mut().filter(goes_on) {
            last.extend(members);
        } else {
            let before = rows.last().map_or(0, |(last, _)| end_of(last, records));
            let over = headings.over(before, &members, records).map(|heading| heading.at);
            rows.push((members, over));
        }
    }
    rows.into_iter().map(|(members, _)| members).collect()
}

fn start_of(members: &[usize], records: &Records) -> usize {
    members.iter().map(|at| records.list[*at].span.start).min().unwrap_or_default()
}

fn end_of(members: &[usize], records: &Records) -> usize {
    members.iter().map(|at| records.list[*at].span.end).max().unwrap_or_default()
}

/// What stands over a box.
#[derive(Debug, Clone)]
struct Heading {
    at: usize,
    text: String,
}

/// Whether two boxes stand in cells of one row, or in no element but the page.
fn are_columns(outline: &Outline, one: Option<usize>, other: Option<usize>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return true };
    let upwards = |at: usize| std::iter::once(at).chain(outline.ancestors(at)).take_while(|at| outline.name(*at) != "body");
    let Some(common) = upwards(one).find(|at| outline.span(*at).contains(&other)) else { return true };
    outline.name(common) == "tr"
}

/// Whether two boxes stand closely in one element, and what they stand in up to it is called alike: rows are, and
/// columns are not.
fn stand_alike(outline: &Outline, one: Option<usize>, other: Option<usize>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    let upwards = |at: usize| std::iter::once(at).chain(outline.ancestors(at)).take(ROWS_STEPS + 1);
    let mut pairs = upwards(one).zip(upwards(other));
    pairs.find(|(one, other)| one == other || !is_called_alike(outline, *one, *other)).is_some_and(|(one, other)| one == other)
}

/// Whether two elements have the same name and, but for their numbers, the same classes, or one of them some of the
/// other's.
fn is_called_alike(outline: &Outline, one: usize, other: usize) -> bool {
    let classes = |at: usize| -> HashSet<&str> {
        let classes = outline.attribute(at, "class").unwrap_or_default().split_whitespace();
        classes.filter(|class| class.chars().filter(char::is_ascii_digit).count() < NUMBERED).collect()
    };
    let (own, others) = (classes(one), classes(other));
    let name = outline.name(one);
    name == outline.name(other)
        && !matches!(name, "td" | "th")
        && own.is_empty() == others.is_empty()
        && (own.is_subset(&others) || others.is_subset(&own))
}

/// What stands between two records of a box.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Nothing,
    Heading,
    Words,
}

/// The headings of a page, in its order.
struct Headings<'o> {
    outline: &'o Outline<'o>,
    list: Vec<Heading>,
    /// What the tab says that shows an element.
    tabs: HashMap<usize, Heading>,
    /// All links to the headlines of the page, and their words.
    links: HashSet<usize>,
    titles: HashSet<String>,
}

impl<'o> Headings<'o> {
    /// Of a page with these headlines: a card of one is no heading, be its own link elsewhere in it, or the first of
    /// them on another card.
    fn of(outline: &'o Outline<'o>, members: &[usize], candidates: &[Candidate]) -> Self {
        let is_heading = |name: &str| headline::is_heading(name) || name == "legend";
        let elements = (0..outline.elements.len()).filter(|at| is_heading(outline.name(*at)));
        // Where markup is broken, one of them may hold the whole page.
        let short = elements.filter(|at| outline.text_length(&outline.span(*at)) <= LONGEST).take(MAX_HEADINGS);
        let members = || members.iter().map(|at| &candidates[*at]);
        let links: HashSet<usize> = members().flat_map(|member| member.links.iter().copied()).collect();
        let titles = members().map(|member| text::fold(&member.headline.text)).filter(|title| title.chars().count() >= TELLING_TITLE);
        let mut headings = Self { outline, list: Vec::new(), tabs: tabs(outline), links, titles: titles.collect() };
        headings.list = short.filter_map(|at| headings.heading(at)).collect();
        headings
    }

    fn heading(&self, at: usize) -> Option<Heading> {
        let heading = heading(self.outline, at, self.outline.text_of(at))?;
        (!self.is_of_card(at) && !self.titles.contains(&text::fold(&heading.text))).then_some(heading)
    }

    fn is_of_card(&self, at: usize) -> bool {
        within(&self.outline.anchors, &self.outline.span(at)).iter().any(|anchor| self.links.contains(anchor))
    }

    /// The one over each box.
    fn over_each(&self, boxes: &[Vec<usize>], records: &Records) -> Vec<Option<Heading>> {
        let mut before = 0;
        let mut headings = Vec::with_capacity(boxes.len());
        for members in boxes {
            headings.push(self.over(before, members, records));
            before = before.max(end_of(members, records));
        }
        headings
    }

    /// The last heading between what stands before a box and its first headline, or else the words right over it.
    fn over(&self, before: usize, members: &[usize], records: &Records) -> Option<Heading> {
        let outline = self.outline;
        let first = start_of(members, records);
        let holder = records.list[members[0]].holder?;
        let around: Vec<usize> = std::iter::once(holder).chain(outline.ancestors(holder)).take(HEADING_STEPS).collect();
        let begins = |steps: usize| around.iter().take(steps).next_back().map_or(first, |at| (*at).max(before));
        let is_over = |at: usize| outline.elements[at].end <= first;
        let from = self.list.partition_point(|heading| heading.at < begins(HEADING_STEPS));
        let to = self.list.partition_point(|heading| heading.at < first);
        if let Some(label) = around.iter().filter(|at| **at >= before).find_map(|at| self.tabs.get(at)) {
            return Some(label.clone());
        }
        let by_element = self.list[from.min(to)..to].iter().rev().find(|heading| is_over(heading.at));
        let words = || self.words_over(begins(WORDS_STEPS)..first, is_over);
        match by_element {
            None => words(),
            // What stands over the place of a list that is empty.
            Some(heading) => {
                words().filter(|words| words.at > heading.at && is_named(&text::fold(&words.text))).or_else(|| Some(heading.clone()))
            }
        }
    }

    /// The last words in a part of the page that are short enough. Headlines are passed over: a box may begin with one
    /// that the list has too, and that stands there.
    fn words_over(&self, part: std::ops::Range<usize>, is_over: impl Fn(usize) -> bool) -> Option<Heading> {
        let outline = self.outline;
        let is_outermost = |at: &usize| outline.elements[*at].parent.is_none_or(|around| !is_over(around));
        let over = part.rev().take(NEAR).filter(|at| is_over(*at) && is_outermost(at));
        let mut over = over.filter(|at| outline.has_text(*at) && !holds_headline(outline, *at) && !self.is_of_card(*at));
        let at = over.next().filter(|at| outline.text_length(&outline.span(*at)) <= LONGEST)?;
        let text = outline.blocks(&outline.span(at)).last().map(|(_, block)| outline::squeezed(block).into_owned())?;
        heading(outline, at, text)
    }

    /// The parts of a box, each under a heading of its own: a column may hold several boxes side by side in one
    /// element. Where anything else stands between the records, a line of theirs may look like a heading.
    fn parted(&self, mut members: Vec<usize>, records: &Records) -> Vec<Vec<usize>> {
        members.sort_by_key(|at| records.list[*at].span.start);
        let gaps: Vec<Gap> = members.windows(2).map(|pair| self.between(pair[0], pair[1], records)).collect();
        if gaps.contains(&Gap::Words) {
            return vec![members];
        }
        let mut parts: Vec<Vec<usize>> = vec![members[..1].to_vec()];
        for (at, gap) in members[1..].iter().zip(gaps) {
            match parts.last_mut().filter(|_| gap == Gap::Nothing) {
                Some(part) => part.push(*at),
                None => parts.push(vec![*at]),
            }
        }
        if parts.iter().all(|part| part.len() >= PART) { parts } else { vec![members] }
    }

    fn between(&self, last: usize, next: usize, records: &Records) -> Gap {
        let (outline, end, start) = (self.outline, records.list[last].span.end, records.list[next].span.start);
        let is_sign = |text: &str| SIGNS.contains(&text::fold(text).as_str());
        // Days part a list into days.
        let says_something = |at: &usize| {
            if outline.elements[*at].end > start || !outline.has_text(*at) {
                return false;
            }
            let is_long = outline.text_length(&outline.span(*at)) > LONGEST;
            is_long || Some(outline.text_of(*at)).is_some_and(|text| !is_sign(&text) && !time::is_dated(&text))
        };
        match self.over(end, &[next], records) {
            Some(heading) if !is_sign(&heading.text) => Gap::Heading,
            _ if (end..start).take(NEAR).any(|at| says_something(&at)) => Gap::Words,
            _ => Gap::Nothing,
        }
    }

    fn are_rows(&self, last: &[usize], next: &[usize], records: &Records) -> bool {
        stand_alike(self.outline, records.list[last[last.len() - 1]].holder, records.list[next[0]].holder)
    }

    /// Whether two boxes that follow one another stand closely in one element, with no heading between them, and none
    /// that is only the first one's.
    fn are_one(&self, (last, over): (&[usize], Option<usize>), next: &[usize], records: &Records, steps: usize) -> bool {
        let outline = self.outline;
        let (Some(one), Some(other)) = (records.list[last[0]].holder, records.list[next[0]].holder) else { return false };
        let around = |at: usize| std::iter::once(at).chain(outline.ancestors(at)).take(steps + 1).filter(|at| outline.name(*at) != "body");
        let Some(common) = around(one).find(|at| around(other).any(|other| other == *at)) else { return false };
        let branch = around(one).take_while(|at| *at != common).last();
        let is_its_own = over.is_some_and(|over| branch.is_some_and(|branch| outline.span(branch).contains(&over)));
        !is_its_own && self.over(end_of(last, records), next, records).is_none()
    }
}

/// The panes of a page that scripts show one at a time, each with what its tab says: a link to the pane's id, or what
/// names it for scripts.
fn tabs(outline: &Outline) -> HashMap<usize, Heading> {
    const NAMES: [&str; 5] = ["href", "data-target", "data-bs-target", "aria-controls", "data-tab"];
    let mut labels: HashMap<&str, usize> = HashMap::new();
    for at in (0..outline.elements.len()).filter(|at| matches!(outline.name(*at), "a" | "button" | "li")) {
        let named = NAMES.iter().filter_map(|name| Some((*name, outline.attribute(at, name)?.trim())));
        let ids = named.filter_map(|(name, value)| {
            value.strip_prefix('#').or_else(|| Some(value).filter(|_| name.ends_with("controls") || name == "data-tab"))
        });
        for id in ids.filter(|id| !id.is_empty()) {
            labels.entry(id).or_insert(at);
        }
    }
    if labels.len() < TABS {
        return HashMap::new();
    }
    let panes = (0..outline.elements.len()).filter_map(|at| Some((at, *labels.get(outline.attribute(at, "id")?)?)));
    let panes = panes.filter(|(pane, label)| !outline.span(*pane).contains(label)).take(MAX_HEADINGS);
    let panes: Vec<(usize, Heading)> =
        panes.filter_map(|(pane, label)| Some((pane, heading(outline, label, outline.text_of(label))?))).collect();
    // One alone is a link within the page.
    let siblings = |pane: usize| panes.iter().filter(|(other, _)| outline.elements[*other].parent == outline.elements[pane].parent).count();
    panes.iter().filter(|(pane, _)| siblings(*pane) >= TABS).cloned().collect()
}

/// The heading that an element is, if it is short, says something and is no headline.
fn heading(outline: &Outline, at: usize, text: String) -> Option<Heading> {
    // A day is the heading of a day.
    let is_title = text.chars().count() <= HEADING && text.chars().any(char::is_alphabetic) && !time::is_dated(&text);
    (is_title && !holds_headline(outline, at)).then_some(Heading { at, text })
}

/// Whether a link in an element, or closely around it, is a headline.
fn holds_headline(outline: &Outline, at: usize) -> bool {
    let around = || std::iter::once(at).chain(outline.ancestors(at)).take(LINK_STEPS).find(|at| outline.anchors.binary_search(at).is_ok());
    let mut links = within(&outline.anchors, &outline.span(at)).iter().copied().chain(around());
    let is_headline = |link: usize| {
        let is_long = outline.text_length(&outline.span(link)) > LONGEST;
        is_long || text::fold(&outline.text_of(link)).chars().count() >= TELLING_TITLE
    };
    links.by_ref().take(LINKS).any(is_headline)
}

/// A lead story belongs to what follows it, where no heading stands over either alone.
fn joined(
    boxes: Vec<Vec<usize>>,
    headings: &Headings,
    candidates: &[Candidate],
    records: &Records,
) -> (Vec<Vec<usize>>, Vec<Option<Heading>>) {
    let over_each = headings.over_each(&boxes, records);
    let (mut members, mut names): (Vec<Vec<usize>>, Vec<Option<Heading>>) = (Vec::new(), Vec::new());
    for (next, heading) in boxes.into_iter().zip(over_each) {
        let leads = |last: &&mut Vec<usize>| {
            let is_lead = last.len() <= LEAD || next.len() <= LEAD;
            // A menu has other addresses.
            let is_alike = || last.iter().any(|at| next.iter().any(|next| candidates[*at].coarse == candidates[*next].coarse));
            let over = names.last().and_then(Option::as_ref).map(|heading| heading.at);
            is_lead && is_alike() && headings.are_one((last, over), &next, records, HEADING_STEPS)
        };
        match members.last_mut().filter(leads) {
            Some(last) => last.extend(next),
            None => {
                members.push(next);
                names.push(heading);
            }
        }
    }
    (members, names)
}

/// The elements that a box stands in, without their classes, as a number by which it is known again: each with its
/// place among its like, as the columns of a table tell nothing else apart.
fn place(outline: &Outline, holder: Option<usize>) -> String {
    let around = holder.into_iter().flat_map(|holder| std::iter::once(holder).chain(outline.ancestors(holder)));
    let names: Vec<String> = around.take_while(|at| outline.name(*at) != "body").map(|at| numbered(outline, at)).collect();
    Fingerprint::of_path(names.iter().map(String::as_str)).into()
}

fn numbered(outline: &Outline, at: usize) -> String {
    let name = outline.name(at);
    let before = outline.elements[at].parent.map_or(0, |parent| {
        let siblings = outline.children(parent).take_while(|sibling| *sibling < at);
        siblings.filter(|sibling| outline.name(*sibling) == name).count()
    });
    format!("{name}{before}")
}

//! Headlines of records whose links say only what they do or a number: `PDF`, `Tải về`, `14-90`. The record's own words
//! are its headline, linked or not.
//!
//! Of a table the column is taken whose cells say most and say it once: names and subjects, not courts, departments and
//! kinds.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use crate::{
    list::{
        candidates::{
            Candidate,
            headline::{self, Rank},
        },
        records::{Record, find::Records, inside::Neighbours},
    },
    outline::{self, Outline},
    text, time,
};

/// Records from which on it shows that their links say nothing of their own.
const LIST: usize = 3;
/// Share of them whose links say nothing, and share that must have other words.
const LABELS: f64 = 0.8;
const TITLED: f64 = 0.7;
/// Letters of a label that say something.
const SAYING: usize = 4;
/// Words of a number.
const NUMBER: usize = 3;
/// Letters and words of a record's headline, and the bytes of one.
const LETTERS: usize = 8;
const WORDS: usize = 2;
const TITLE: std::ops::RangeInclusive<usize> = 8..=1_500;
/// Characters of a headline; a longer text is cut.
const LONGEST: usize = 400;
/// Bytes of a label that stands before all headlines.
const LABEL: usize = 40;
/// How much less a line says that begins with its label, as all its like do.
const FACT: f64 = 0.7;
/// Width from which on a wider text says no more for its column.
const WIDE: f64 = 60.0;
/// Width of another link's text in the record that is the record's headline.
const TELLING: f64 = 25.0;
/// Bytes and links of a record; a larger one is no row.
const ROW: usize = 6_000;
const LINKS: usize = 12;
/// Links of a line of names or tags, and the share of its bytes in them.
const SEVERAL: usize = 2;
const LINKED: f64 = 0.75;
/// The place of what the link itself says.
const OWN: usize = usize::MAX;
/// The place of headings.
const HEADING: usize = OWN - 1;
/// Bytes of a text that is a date, and characters of it beside the date.
const DATE: usize = 120;
const BESIDE_DATE: usize = 14;

/// Gives the candidates whose links are labels the headlines of their records. What is returned are those that only
/// accompany another one in the same record.
pub(in crate::list) fn take_from_records(
    outline: &Outline,
    candidates: &mut [Candidate],
    records: &Records,
    neighbours: &Neighbours,
) -> Vec<usize> {
    let mut accompany = Vec::new();
    // By the first element of a record, the candidate that has its headline.
    let mut titled: HashMap<usize, usize> = HashMap::new();
    let is_of_page = |at: &usize| !candidates[*at].is_chrome;
    let groups: Vec<Vec<usize>> = records.groups.iter().map(|members| members.iter().copied().filter(is_of_page).collect()).collect();
    for members in groups.iter().flat_map(|members| labelled(members, candidates)).collect::<Vec<_>>() {
        let (headed, bare): (Vec<usize>, Vec<usize>) =
            members.iter().partition(|at| has_headline(**at, candidates, &records.list[**at], neighbours));
        if headed.len() as f64 >= LABELS * members.len() as f64 {
            accompany.extend(headed);
            continue;
        }
        // What accompanies a headline that is a link has none of its own.
        let rows: Vec<Option<Row>> = bare.iter().map(|at| Row::of(outline, *at, candidates, &records.list[*at], neighbours)).collect();
        let titles = titles(&rows);
        if (titles.iter().flatten().count() as f64) < TITLED * members.len() as f64 {
            continue;
        }
        for (at, title) in bare.into_iter().zip(titles) {
            let Some(title) = title else { continue };
            if *titled.entry(records.list[at].span.start).or_insert(at) != at {
                accompany.push(at);
                continue;
            }
            let candidate = &mut candidates[at];
            (candidate.width, candidate.headline.text) = (headline::width(&title), title);
        }
    }
    accompany
}

/// Whether another link of the record is its headline.
fn has_headline(at: usize, candidates: &[Candidate], record: &Record, neighbours: &Neighbours) -> bool {
    let is_headline = |other: usize| {
        let Candidate { headline, width, .. } = &candidates[other];
        is_title(&headline.text) && (headline.rank == Rank::Heading || *width >= TELLING)
    };
    neighbours.inside(at, record).take(LINKS).any(is_headline)
}

/// Links of a group that say what they do, or a number, and nothing of their records: all of them, or those that are
/// called alike.
fn labelled(members: &[usize], candidates: &[Candidate]) -> Vec<Vec<usize>> {
    if members.len() < LIST {
        return Vec::new();
    }
    let mut alike: HashMap<String, Vec<usize>> = HashMap::new();
    members.iter().for_each(|at| alike.entry(form(&candidates[*at].headline.text)).or_default().push(*at));
    let is_label = |form: &str, at: usize| {
        let (headline, times) = (&candidates[at].headline, alike[form].len());
        let says_nothing = form.chars().filter(|ch| ch.is_alphabetic()).count() < SAYING || is_number(&headline.text);
        // A heading that is a number names a release; one that all records share names none of them.
        let is_shared = times as f64 >= LABELS * members.len() as f64 && !says_nothing;
        is_shared || (headline.rank < Rank::Heading && (says_nothing || times >= LIST || is_date(&headline.text)))
    };
    let labels = alike.iter().flat_map(|(form, members)| members.iter().filter(|at| is_label(form, **at))).count();
    if labels as f64 >= LABELS * members.len() as f64 {
        return vec![members.to_vec()];
    }
    let mut labels: Vec<Vec<usize>> = alike
        .into_iter()
        .filter(|(form, alike)| form.len() <= LABEL && alike.len() >= LIST)
        // Numbers have no letters, pictures say nothing.
        .filter(|(form, alike)| !form.is_empty() || alike.iter().all(|at| is_number(&candidates[*at].headline.text)))
        .map(|(_, alike)| alike)
        .filter(|alike| alike.iter().all(|at| candidates[*at].headline.rank < Rank::Heading))
        .collect();
    labels.sort_unstable();
    labels
}

/// Whether a text is the number of a document: `12/QĐ-UBND`, `SC20733`, `No. 14-90`.
fn is_number(text: &str) -> bool {
    let is_part = |word: &str| word.chars().any(|ch| ch.is_ascii_digit()) || word.chars().filter(|ch| ch.is_alphabetic()).count() < SAYING;
    let count = text.split_whitespace().count();
    (1..=NUMBER).contains(&count) && text.chars().any(|ch| ch.is_ascii_digit()) && text.split_whitespace().all(is_part)
}

/// What is left of a text without its numbers: equal for `Opinion 14-90` and `Opinion 14-89`.
pub(super) fn form(title: &str) -> String {
    let mut form = text::fold(title);
    // What is folded is squeezed; without its numbers it may have gaps again.
    let mut is_apart = true;
    form.retain(|ch| {
        let is_kept = if ch == ' ' { !is_apart } else { ch.is_alphabetic() };
        is_apart = if is_kept { ch == ' ' } else { is_apart };
        is_kept
    });
    form.truncate(form.trim_end_matches(' ').len());
    form
}

/// Whether a text has a word of its own, or a number.
pub(super) fn says_something(text: &str) -> bool {
    let letters = text.chars().filter(|ch| ch.is_alphabetic()).count();
    letters >= SAYING && text.split_whitespace().count() >= WORDS || (letters > 0 && text.chars().any(|ch| ch.is_ascii_digit()))
}

/// Whether a text is a date and hardly more.
pub(super) fn is_date(text: &str) -> bool {
    text.len() <= DATE && time::place(text).is_some_and(|place| text.chars().count() - text[place].chars().count() <= BESIDE_DATE)
}

/// The words of a record that read like its headline, each with its place: the cell of a table, or which block it is.
struct Row(Vec<(usize, String)>);

impl Row {
    fn of(outline: &Outline, at: usize, candidates: &[Candidate], record: &Record, neighbours: &Neighbours) -> Option<Self> {
        let length = outline.text_length(&record.span);
        if length > ROW || record.links(outline).len() > LINKS || !outline.budget.spend(length + record.span.len()) {
            return None;
        }
        let cells = cells(outline, &record.span);
        if !outline.budget.spend(cells.len() * outline.blocks(&record.span).count()) {
            return None;
        }
        let cell_of = |place: &Range<usize>| {
            let is_around = |(cell, _): &&(Range<usize>, usize)| cell.start <= place.start && place.end <= cell.end;
            cells.iter().rev().find(is_around).map(|(_, number)| *number)
        };
        // Words that lead elsewhere are another link's headline, but for those of a link that is a label too.
        let own: Vec<Range<usize>> = candidates[at].links.iter().map(|link| outline.place(*link)).collect();
        let others: Vec<Range<usize>> =
            neighbours.inside(at, record).flat_map(|other| &candidates[other].links).map(|link| outline.place(*link)).collect();
        let is_in =
            |links: &[Range<usize>], place: &Range<usize>| links.iter().any(|link| link.start <= place.start && place.end <= link.end);
        // A line of names or tags, each a link, says what the record has to do with.
        let links: Vec<Range<usize>> = record.links(outline).iter().map(|link| outline.place(*link)).collect();
        let is_of_links = |place: &Range<usize>| {
            let inside: Vec<usize> =
                links.iter().filter(|link| place.start <= link.start && link.end <= place.end).map(Range::len).collect();
            inside.len() >= SEVERAL && inside.iter().sum::<usize>() as f64 >= LINKED * place.len() as f64
        };
        // A line that is a heading, or bold as a whole before anything else that names the record.
        let lines = |is_one: fn(&str) -> bool| -> HashSet<Range<usize>> {
            let elements = record.span.clone().filter(|at| is_one(outline.name(*at)));
            elements.filter_map(|at| outline.blocks(&outline.span(at)).next().map(|(place, _)| place)).collect()
        };
        let (headings, bold) = (lines(headline::is_heading), lines(headline::is_bold));
        let mut words: Vec<(usize, String)> = Vec::new();
        for (number, (place, block)) in outline.blocks(&record.span).enumerate() {
            if is_in(&others, &place) || is_of_links(&place) {
                continue;
            }
            let whole = outline::squeezed(block).into_owned();
            let label = &candidates[at].headline.text;
            if is_in(&own, &place) {
                // A card that is one link as a whole has more to say than its first line.
                words.extend(Some(trimmed(&whole)).filter(|text| whole != *label && is_title(text)).map(|text| (OWN, text.to_owned())));
                continue;
            }
            // The label and the day that stand in the same line.
            let own_words = outline::parts(block).filter(|part| trimmed(part) != label.as_str() && !is_date(trimmed(part)));
            let text = text::squeeze(&own_words.collect::<String>());
            let text = trimmed(&text);
            if is_title(text) {
                let is_heading = headings.contains(&place) || (bold.contains(&place) && words.is_empty());
                words.push((if is_heading { HEADING } else { cell_of(&place).unwrap_or(number) }, text.to_owned()));
            }
        }
        // What unfolds a record is no text of the page, and names it.
        let buttons = record.span.clone().filter(|at| outline.name(*at) == "button");
        let said = buttons.flat_map(|at| outline.elements[at].node.children()).map(|part| text::squeeze(&part.text()));
        words.extend(said.map(|text| (HEADING, trimmed(&text).to_owned())).filter(|(_, text)| is_title(text)));
        Some(Self(words))
    }

    fn at(&self, place: usize) -> Option<&str> {
        self.0.iter().filter(|(at, _)| *at == place).map(|(_, text)| text.as_str()).max_by_key(|text| text.len())
    }
}

/// Where the texts of the cells of a record stand, and which of its row's each is.
fn cells(outline: &Outline, span: &Range<usize>) -> Vec<(Range<usize>, usize)> {
    let mut counts: HashMap<Option<usize>, usize> = HashMap::new();
    let cells = span.clone().filter(|at| matches!(outline.name(*at), "td" | "th"));
    cells
        .map(|at| {
            let count = counts.entry(outline.elements[at].parent).or_default();
            *count += 1;
            (outline.place(at), *count - 1)
        })
        .collect()
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(|ch: char| ch.is_whitespace() || matches!(ch, '-' | '–' | '—' | ':' | '|' | '•' | '·' | ',' | ';'))
}

fn is_title(text: &str) -> bool {
    let is_wide = text.chars().any(|ch| ch > '\u{2e7f}');
    TITLE.contains(&text.len())
        && text.chars().filter(|ch| ch.is_alphabetic()).count() >= if is_wide { SAYING } else { LETTERS }
        && (is_wide || text.split_whitespace().count() >= WORDS)
        && !is_date(text)
}

/// The headline of each record, by the place where they say most.
fn titles(rows: &[Option<Row>]) -> Vec<Option<String>> {
    let places: HashSet<usize> = rows.iter().flatten().flat_map(|row| row.0.iter().map(|(place, _)| *place)).collect();
    let worth = |place: usize| -> f64 {
        let texts: Vec<&str> = rows.iter().flatten().filter_map(|row| row.at(place)).collect();
        let distinct = texts.iter().map(|text| form(text)).collect::<HashSet<_>>().len();
        let width: f64 = texts.iter().map(|text| headline::width(text).min(WIDE)).sum();
        let is_fact = texts.len() >= LIST && label_of(texts.iter().copied()).is_some();
        width * distinct as f64 / texts.len().max(1) as f64 * if is_fact { FACT } else { 1.0 }
    };
    let mut places: Vec<(f64, usize)> = places.into_iter().map(|place| (worth(place), place)).collect();
    // What the link itself says before all, then headings; of equals the first in the record.
    let kind = |place: usize| place.max(HEADING - 1);
    places.sort_by(|left, right| kind(right.1).cmp(&kind(left.1)).then(right.0.total_cmp(&left.0)).then(left.1.cmp(&right.1)));
    let title = |row: &Row| places.iter().filter(|(worth, _)| *worth > 0.0).find_map(|(_, place)| row.at(*place)).map(str::to_owned);
    let titles: Vec<Option<String>> = rows.iter().map(|row| row.as_ref().and_then(title)).collect();
    let label = (titles.iter().flatten().count() >= LIST).then(|| label_of(titles.iter().flatten().map(String::as_str))).flatten();
    let label = label.map_or(0, str::len);
    titles.into_iter().map(|title| title.map(|title| text::cut(title[label.min(title.len())..].trim_start(), LONGEST))).collect()
}

/// `Title: ` before all of them, or `Trích yếu: `.
fn label_of<'t>(mut texts: impl Iterator<Item = &'t str>) -> Option<&'t str> {
    let first = texts.next()?;
    let label = &first[..=first.find(':')?];
    (label.len() <= LABEL && texts.all(|text| text.starts_with(label))).then_some(label)
}

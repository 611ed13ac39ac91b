//! Headlines of records whose links say only what they do or a number: `PDF`, `Tải về`, `14-90`. The record's own words are its headline,
//! linked or not.
//!
//! Of a table the column is taken whose cells say most and say it once: names and subjects, not courts, departments and kinds.

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
/// Letters and words of a record's headline, and the bytes of one.
const LETTERS: usize = 8;
const WORDS: usize = 2;
const TITLE: std::ops::RangeInclusive<usize> = 8..=1_500;
/// Characters of a headline; a longer text is cut.
const LONGEST: usize = 400;
/// Bytes of a label that stands before all headlines.
const LABEL: usize = 40;
/// Width from which on a wider text says no more for its column.
const WIDE: f64 = 60.0;
/// Width of another link's text in the record that is the record's headline.
const TELLING: f64 = 25.0;
/// Bytes and links of a record; a larger one is no row.
const ROW: usize = 6_000;
const LINKS: usize = 12;
/// The place of what the link itself says.
const OWN: usize = usize::MAX;
/// From here on the parts of buttons are counted.
const BUTTONS: usize = 1_000_000;
/// Characters beside a date in a text that is a date.
const BESIDE_DATE: usize = 14;

/// Gives the candidates whose links are labels the headlines of their records. What is returned are those that only accompany another one
/// in the same record.
pub(in crate::list) fn take_from_records(
    outline: &Outline,
    candidates: &mut [Candidate],
    records: &Records,
    neighbours: &Neighbours,
) -> Vec<usize> {
    let mut accompany = Vec::new();
    // By the first element of a record, the candidate that has its headline.
    let mut titled: HashMap<usize, usize> = HashMap::new();
    for members in &records.groups {
        let members: Vec<usize> = members.iter().copied().filter(|at| !candidates[*at].is_chrome).collect();
        if !are_labels(&members, candidates) {
            continue;
        }
        let rows: Vec<Option<Row>> = members.iter().map(|at| Row::of(outline, *at, candidates, &records.list[*at], neighbours)).collect();
        let titles = titles(&rows);
        if (titles.iter().flatten().count() as f64) < TITLED * members.len() as f64 {
            continue;
        }
        for (at, title) in members.into_iter().zip(titles) {
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

/// Whether the links say what they do, or a number, and nothing of their records.
fn are_labels(members: &[usize], candidates: &[Candidate]) -> bool {
    if members.len() < LIST {
        return false;
    }
    let forms: Vec<String> = members.iter().map(|at| form(&candidates[*at].headline.text)).collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    forms.iter().for_each(|form| *times.entry(form).or_default() += 1);
    let is_label = |(at, form): (&usize, &String)| {
        let headline = &candidates[*at].headline;
        let says_nothing = form.chars().filter(|ch| ch.is_alphabetic()).count() < SAYING;
        // A heading that is a number names a release; one that all records share names none of them.
        let is_shared = times[form.as_str()] as f64 >= LABELS * members.len() as f64 && !says_nothing;
        is_shared || (headline.rank < Rank::Heading && (says_nothing || times[form.as_str()] >= LIST || is_date(&headline.text)))
    };
    members.iter().zip(&forms).filter(|pair| is_label(*pair)).count() as f64 >= LABELS * members.len() as f64
}

/// What is left of a text without its numbers: equal for `Opinion 14-90` and `Opinion 14-89`.
fn form(title: &str) -> String {
    text::fold(title)
        .chars()
        .filter(|ch| ch.is_alphabetic() || ch.is_whitespace())
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether a text is a date and hardly more.
fn is_date(text: &str) -> bool {
    time::place(text).is_some_and(|place| text.chars().count() - text[place].chars().count() <= BESIDE_DATE)
}

/// The words of a record that may be its headline, each with its place: the cell of a table, or which block it is.
struct Row(Vec<(usize, String)>);

impl Row {
    fn of(outline: &Outline, at: usize, candidates: &[Candidate], record: &Record, neighbours: &Neighbours) -> Option<Self> {
        let length = outline.text_length(&record.span);
        if length > ROW || record.links(outline).len() > LINKS || !outline.budget.spend(length) {
            return None;
        }
        // What accompanies a headline that is a link has none of its own.
        let is_headline = |other: usize| {
            let Candidate { headline, width, .. } = &candidates[other];
            is_title(&headline.text) && (headline.rank == Rank::Heading || *width >= TELLING)
        };
        if neighbours.inside(at, record).any(is_headline) {
            return None;
        }
        let cells: Vec<usize> = record.span.clone().filter(|at| matches!(outline.name(*at), "td" | "th")).collect();
        let cell_of = |place: &Range<usize>| {
            let is_around = |cell: &&usize| {
                let around = outline.place(**cell);
                around.start <= place.start && place.end <= around.end
            };
            let cell = cells.iter().rev().find(is_around)?;
            outline.children(outline.elements[*cell].parent?).position(|child| child == *cell)
        };
        // Words that lead elsewhere are another link's headline, but for those of a link that is a label too.
        let own: Vec<Range<usize>> = candidates[at].links.iter().map(|link| outline.place(*link)).collect();
        let others: Vec<Range<usize>> =
            neighbours.inside(at, record).flat_map(|other| &candidates[other].links).map(|link| outline.place(*link)).collect();
        let is_in =
            |links: &[Range<usize>], place: &Range<usize>| links.iter().any(|link| link.start <= place.start && place.end <= link.end);
        let mut words = Vec::new();
        for (number, (place, block)) in outline.blocks(&record.span).enumerate() {
            if is_in(&others, &place) {
                continue;
            }
            let whole = outline::squeezed(block).into_owned();
            let label = &candidates[at].headline.text;
            if is_in(&own, &place) {
                // A card that is one link as a whole has more to say than its first line.
                words.extend((whole != *label).then(|| (OWN, trimmed(&whole).to_owned())));
                continue;
            }
            // The label that stands in the same line.
            let text = if label.is_empty() { whole } else { text::squeeze(&whole.replacen(label.as_str(), " ", 1)) };
            words.push((cell_of(&place).unwrap_or(number), trimmed(&text).to_owned()));
        }
        // What unfolds a record is no text of the page, and may be all that names it.
        let buttons = record.span.clone().filter(|at| outline.name(*at) == "button");
        let said = buttons.flat_map(|at| outline.elements[at].node.children()).map(|part| text::squeeze(&part.text()));
        words.extend(said.enumerate().map(|(number, text)| (BUTTONS + number, trimmed(&text).to_owned())));
        Some(Self(words))
    }

    fn at(&self, place: usize) -> Option<&str> {
        self.0.iter().filter(|(at, text)| *at == place && is_title(text)).map(|(_, text)| text.as_str()).max_by_key(|text| text.len())
    }
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
        width * distinct as f64 / texts.len().max(1) as f64
    };
    let mut places: Vec<(f64, usize)> = places.into_iter().map(|place| (worth(place), place)).collect();
    // What the link itself says before all; of equals the first in the record.
    places.sort_by(|left, right| (right.1 == OWN).cmp(&(left.1 == OWN)).then(right.0.total_cmp(&left.0)).then(left.1.cmp(&right.1)));
    let title = |row: &Row| places.iter().filter(|(worth, _)| *worth > 0.0).find_map(|(_, place)| row.at(*place)).map(str::to_owned);
    let titles: Vec<Option<String>> = rows.iter().map(|row| row.as_ref().and_then(title)).collect();
    let label = shared_label(&titles).map_or(0, str::len);
    titles.into_iter().map(|title| title.map(|title| text::cut(title[label.min(title.len())..].trim_start(), LONGEST))).collect()
}

/// `Title: ` before all of them, or `Trích yếu: `.
fn shared_label(titles: &[Option<String>]) -> Option<&str> {
    let mut all = titles.iter().flatten();
    let first = all.next()?;
    let label = &first[..=first.find(':')?];
    (label.len() <= LABEL && titles.iter().flatten().count() >= LIST && all.all(|title| title.starts_with(label))).then_some(label)
}

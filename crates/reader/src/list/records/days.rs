//! Days that stand over several headlines: `<h3>24/11/2026</h3>`, and under it lines with a time of day at most.

use std::{collections::HashSet, ops::Range};

use crate::{
    outline::{self, Outline, within},
    text, time,
};

/// Bytes of a text that is a day with its weekday and a label, and how many of them are not the date.
const LINE: usize = 100;
const BESIDE: usize = 45;
/// Bytes of a label that tells days from others.
const LABEL: usize = 8;
/// Characters of a line with a day that stands between records, and how many other lines may part it from its record.
const STAMP: usize = 90;
const APART: usize = 2;
/// Share of the records that must have one, and of headlines that must hold a day.
const MOST: f64 = 0.7;
const TITLED: f64 = 0.8;
/// Records from which on that means something.
const LIST: usize = 3;

/// A day that stands beside the records.
struct Day {
    at: usize,
    text: String,
}

impl Day {
    /// What stands beside the date.
    fn label(&self) -> String {
        let date = time::place(&self.text).unwrap_or_default();
        text::fold(&format!("{} {}", &self.text[..date.start], &self.text[date.end..])).trim_end_matches([':', ' ']).to_owned()
    }
}

/// For each of the records, none of which says when, the text of its day: the last one before it. Empty unless it is
/// plain that the page is parted by days: they stand alike, one is before the first record and another between two, and
/// some have several records.
pub(in crate::list) fn over(outline: &Outline, records: &[&Range<usize>]) -> Vec<String> {
    let mut spans = records.to_vec();
    spans.sort_by_key(|span| span.start);
    let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return Vec::new() };
    let days = days(outline, &spans, last.start);
    let depth = |day: &Day| outline.ancestors(day.at).count();
    // A day in the head of the page says when it is read.
    let Some(between) = days.iter().find(|day| day.at > first.start) else { return Vec::new() };
    // Tags that nobody closed put each day deeper than the one before; then it is by its label that it is known.
    let is_alike = |day: &&Day| {
        let (one, other) = (day.label(), between.label());
        let are_labelled_alike = one.len().min(other.len()) >= LABEL && (one.ends_with(&other) || other.ends_with(&one));
        are_labelled_alike || outline.name(day.at) == outline.name(between.at) && depth(day) == depth(between)
    };
    let days: Vec<&Day> = days.iter().filter(is_alike).collect();
    let before = |record: &Range<usize>| days.partition_point(|day| day.at < record.start).checked_sub(1);
    let Some(places) = records.iter().map(|record| before(record)).collect::<Option<Vec<usize>>>() else { return Vec::new() };
    // Else each may be the date of the record that it follows.
    let parts = places.iter().collect::<HashSet<_>>().len();
    let is_parted = parts > 1 && parts < records.len();
    if is_parted { places.into_iter().map(|place| days[place].text.clone()).collect() } else { Vec::new() }
}

/// The same where the page has no elements for its records: the lines with a day that stand between them, each above
/// its record or each below it.
pub(in crate::list) fn between(outline: &Outline, records: &[&Range<usize>]) -> Vec<Option<String>> {
    if records.len() < LIST || !outline.budget.spend(records.len()) {
        return Vec::new();
    }
    let mut order: Vec<usize> = (0..records.len()).collect();
    order.sort_by_key(|record| records[*record].start);
    let places: Vec<Range<usize>> = order.iter().map(|record| outline.place_of(records[*record])).collect();
    let mut above: Vec<Option<String>> = vec![None; records.len()];
    let mut below = above.clone();
    // The lines since the last record, and the next record.
    let (mut lines, mut next): (Vec<&str>, usize) = (Vec::new(), 0);
    let whole = 0..outline.elements.len();
    for (place, line) in outline.blocks(&whole) {
        if places.get(next).is_some_and(|record| place.start >= record.start) {
            above[order[next]] = nearest(lines.iter().rev().copied());
            lines.clear();
            while places.get(next).is_some_and(|record| place.start >= record.start) {
                next += 1;
            }
        }
        let is_in_record = next.checked_sub(1).is_some_and(|last| place.start < places[last].end);
        if is_in_record {
            continue;
        }
        lines.push(line);
        if let Some(last) = next.checked_sub(1)
            && lines.len() <= APART + 1
            && below[order[last]].is_none()
        {
            below[order[last]] = day_of(line);
        }
    }
    let count = |days: &[Option<String>]| days.iter().flatten().count();
    let is_above = count(&above) > count(&below) || count(&above) == count(&below) && above[order[0]].is_some();
    let days = if is_above { above } else { below };
    if count(&days) as f64 >= MOST * records.len() as f64 { days } else { Vec::new() }
}

/// The first of a few lines that says a day.
fn nearest<'l>(lines: impl Iterator<Item = &'l str>) -> Option<String> {
    lines.take(APART + 1).find_map(day_of)
}

fn day_of(line: &str) -> Option<String> {
    let line = outline::words(line);
    (line.len() <= 2 * STAMP && line.chars().count() <= STAMP && names_year(&line)).then(|| line.into_owned())
}

/// Whether a text has a date with its year, or one of numbers alone.
fn names_year(text: &str) -> bool {
    let digits = |place: Range<usize>| text[place].bytes().filter(u8::is_ascii_digit).count();
    time::place(text).is_some_and(|place| digits(place) >= 5)
}

/// Whether the headlines themselves say the days of their records, nearly all of them, each its own.
pub(in crate::list) fn are_titled(titles: &[&str]) -> bool {
    let dated = titles.iter().filter(|title| names_year(title)).count();
    titles.len() >= LIST && dated as f64 >= TITLED * titles.len() as f64
}

/// Elements before the last record and outside of all that say a day and hardly more.
fn days(outline: &Outline, spans: &[&Range<usize>], last: usize) -> Vec<Day> {
    // How far the records reach that begin no later than each.
    let reach = spans.iter().scan(0, |reach, span| {
        *reach = span.end.max(*reach);
        Some(*reach)
    });
    let reach: Vec<usize> = reach.collect();
    let is_in_record = |at: usize| reach[..spans.partition_point(|span| span.start <= at)].last().is_some_and(|reach| at < *reach);
    let mut days: Vec<Day> = Vec::new();
    let mut next = 0;
    while next < last {
        let at = next;
        next += 1;
        if !(1..=LINE).contains(&outline.text_length(&outline.span(at)))
            || is_in_record(at)
            || !within(&outline.anchors, &outline.span(at)).is_empty()
        {
            continue;
        }
        let text = outline.loose_text(&outline.span(at));
        if text.bytes().any(|byte| byte.is_ascii_digit()) && time::place(&text).is_some_and(|place| text.len() - place.len() <= BESIDE) {
            days.push(Day { at, text });
            // What is in it says the same.
            next = outline.elements[at].end;
        }
    }
    days
}

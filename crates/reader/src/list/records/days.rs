//! Days that stand over several headlines: `<h3>24/11/2026</h3>`, and under it lines with a time of day at most.

use std::{collections::HashSet, ops::Range};

use crate::{
    outline::{Outline, within},
    time,
};

/// Bytes of a text that is a day with its weekday and a label, and how many of them are not the date.
const LINE: usize = 60;
const BESIDE: usize = 20;

/// A day that stands beside the records.
struct Day {
    at: usize,
    text: String,
}

/// For each of the records, none of which says when, the text of its day: the last one before it. Empty unless it is
/// plain that the page is parted by days: they stand alike, one is before the first record and another between two, and
/// some have several records.
pub(in crate::list) fn over(outline: &Outline, records: &[&Range<usize>]) -> Vec<String> {
    let mut spans = records.to_vec();
    spans.sort_by_key(|span| span.start);
    let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return Vec::new() };
    let days = days(outline, &spans, last.start);
    let kind = |at: usize| (outline.name(at), outline.ancestors(at).count());
    // A day in the head of the page says when it is read.
    let Some(between) = days.iter().find(|day| day.at > first.start).map(|day| kind(day.at)) else { return Vec::new() };
    let days: Vec<&Day> = days.iter().filter(|day| kind(day.at) == between).collect();
    let before = |record: &Range<usize>| days.partition_point(|day| day.at < record.start).checked_sub(1);
    let Some(places) = records.iter().map(|record| before(record)).collect::<Option<Vec<usize>>>() else { return Vec::new() };
    // Else each may be the date of the record that it follows.
    let parts = places.iter().collect::<HashSet<_>>().len();
    let is_parted = parts > 1 && parts < records.len();
    if is_parted { places.into_iter().map(|place| days[place].text.clone()).collect() } else { Vec::new() }
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

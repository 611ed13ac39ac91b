//! The part of a record that says when: a `time` element, a short line with a date, or the whole text.

use std::{borrow::Cow, ops::Range};

use crate::{
    list::Origin,
    outline::{self, Outline, within},
    time,
};

/// Characters of a line that is a stamp, with its label and perhaps an author or a section.
const STAMP_LINE: usize = 90;
/// Characters of a line that is a time of day.
const CLOCK_LINE: usize = 20;
/// Bytes of a line that may be a zone alone, or a half of the day.
const ZONE: usize = 6;
/// Bytes of a record's text beyond which a date in it is a date in prose.
const RECORD_TEXT: usize = 2_000;

/// The text to read the record's date from, and where it stands.
pub(in crate::list) fn text(outline: &Outline, span: &Range<usize>, title: &str) -> Option<(String, Origin)> {
    if !outline.budget.spend(outline.text_length(span).min(8 * RECORD_TEXT)) {
        return None;
    }
    let element = within(&outline.times, span).iter().find_map(|at| of_element(outline, *at));
    element.map(|text| (text, Origin::TimeElement)).or_else(|| of_text(outline, span, title).map(|text| (text, Origin::Text)))
}

/// What an element that is known to hold the date says.
pub(in crate::list) fn of_element(outline: &Outline, at: usize) -> Option<String> {
    let attributes = ["datetime", "content"].iter().filter_map(|name| outline.attribute(at, name));
    let span = outline.span(at);
    let own = || Some(&span).filter(|span| outline.text_length(span) <= RECORD_TEXT).map(|span| outline.loose_text(span));
    let is_dated = |text: &str| text.len() <= RECORD_TEXT && outline.budget.spend(text.len()) && time::is_dated(text);
    let said = attributes.map(str::to_owned).find(|text| is_dated(text));
    said.or_else(|| own().filter(|text| is_dated(text)))
}

fn of_text(outline: &Outline, span: &Range<usize>, title: &str) -> Option<String> {
    if outline.text_length(span) > 8 * RECORD_TEXT {
        return None;
    }
    let mut lines = lines(outline, span, title).peekable();
    let mut before: Vec<Cow<str>> = Vec::new();
    // Eight digits may be a date, or the number of a case.
    let mut number = None;
    while let Some(line) = lines.next() {
        if let Some(dated) = stamp(&line) {
            if is_number(&line) {
                number.get_or_insert(line);
                continue;
            }
            let stamp = with_clock(before.last().map(Cow::as_ref), &line, &dated, lines.peek().map(Cow::as_ref));
            return Some(stamp.unwrap_or_else(|| line.into_owned()));
        }
        before.push(line);
    }
    let whole = before.join(" ");
    is_dated_whole(&whole).then_some(whole).or_else(|| number.map(Cow::into_owned))
}

/// Whether [`text`] finds a date, which is cheaper to say.
pub(in crate::list) fn is_said(outline: &Outline, span: &Range<usize>, title: &str) -> bool {
    if !outline.budget.spend(outline.text_length(span).min(8 * RECORD_TEXT)) {
        return false;
    }
    within(&outline.times, span).iter().any(|at| of_element(outline, *at).is_some()) || is_in_text(outline, span, title)
}

fn is_in_text(outline: &Outline, span: &Range<usize>, title: &str) -> bool {
    if outline.text_length(span) > 8 * RECORD_TEXT {
        return false;
    }
    let mut whole = String::new();
    for line in lines(outline, span, title) {
        if line.chars().count() <= STAMP_LINE && time::is_dated(&line) {
            return true;
        }
        if !whole.is_empty() {
            whole.push(' ');
        }
        whole.push_str(&line);
    }
    is_dated_whole(&whole)
}

/// Where a line that is a stamp has its date.
fn stamp(line: &str) -> Option<Range<usize>> {
    if line.chars().count() <= STAMP_LINE { time::place(line) } else { None }
}

fn is_number(line: &str) -> bool {
    line.bytes().all(|byte| byte.is_ascii_digit())
}

/// Words that say a day by themselves say it in a line.
fn is_dated_whole(text: &str) -> bool {
    text.len() <= RECORD_TEXT && text.contains(char::is_numeric) && time::is_dated(text)
}

/// The lines of a record without its title.
fn lines<'o>(outline: &'o Outline, span: &Range<usize>, title: &str) -> impl Iterator<Item = Cow<'o, str>> {
    let without_title = move |line: Cow<'o, str>| if line.contains(title) { line.replacen(title, " ", 1).into() } else { line };
    outline.blocks(span).map(|(_, block)| outline::words(block)).map(without_title)
}

/// A stamp of two lines, the day and the time of day: where a short line beside the dated one belongs to its date.
fn with_clock(above: Option<&str>, line: &str, dated: &Range<usize>, below: Option<&str>) -> Option<String> {
    // Without a digit there is no time of day, but perhaps its half of the day or its zone.
    let is_short = |line: &&str| {
        line.chars().count() <= CLOCK_LINE && (line.len() <= ZONE || line.contains(char::is_numeric)) && !time::is_dated(line)
    };
    let below = below.filter(is_short).map(|below| format!("{line} {below}")).filter(|both| ends_behind(both, dated.start, line.len()));
    below.or_else(|| {
        let above = above.filter(is_short)?;
        let both = format!("{above} {line}");
        time::place(&both).is_some_and(|place| place.start < above.len() && dated.start == 0).then_some(both)
    })
}

/// The `day` of a record with the time of day that the record shows, if it shows one.
pub(in crate::list) fn with_own_clock(outline: &Outline, span: &Range<usize>, title: &str, day: &str) -> String {
    let start = time::place(day).map_or(0, |place| place.start);
    let short = lines(outline, span, title).filter(|line| line.chars().count() <= CLOCK_LINE);
    let with_clock = short.map(|line| format!("{day} {line}")).find(|both| ends_behind(both, start, day.len()));
    with_clock.unwrap_or_else(|| day.to_owned())
}

/// Whether the date that begins at `start` ends behind `end`.
fn ends_behind(text: &str, start: usize, end: usize) -> bool {
    time::place(text).is_some_and(|place| place.start == start && place.end > end)
}

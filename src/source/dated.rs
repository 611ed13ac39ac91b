//! The part of a record that says when: a `time` element, a short line with a date, or the whole text.

use std::ops::Range;

use super::outline::{self, Outline, within};
use crate::{article::Origin, time};

/// Characters of a line that is a stamp, with its label and perhaps an author or a section.
const STAMP_LINE: usize = 90;
/// Bytes of a record's text beyond which a date in it is a date in prose.
const RECORD_TEXT: usize = 2_000;

/// Whether the record says when.
pub(super) fn is_dated(outline: &Outline, span: &Range<usize>, title: &str) -> bool {
    text(outline, span, title).is_some()
}

/// The text to read the record's date from, and where it stands.
pub(super) fn text(outline: &Outline, span: &Range<usize>, title: &str) -> Option<(String, Origin)> {
    let element = within(&outline.times, span).iter().find_map(|at| of_element(outline, *at));
    element.map(|text| (text, Origin::TimeElement)).or_else(|| of_text(outline, span, title).map(|text| (text, Origin::Text)))
}

/// What an element that is known to hold the date says.
pub(super) fn of_element(outline: &Outline, at: usize) -> Option<String> {
    let attributes = ["datetime", "content"].iter().filter_map(|name| outline.attribute(at, name));
    let own = outline.loose_text(&outline.span(at));
    attributes.chain([own]).find(|text| time::is_dated(text))
}

fn of_text(outline: &Outline, span: &Range<usize>, title: &str) -> Option<String> {
    if outline.text_length(span) > 8 * RECORD_TEXT {
        return None;
    }
    let mut lines = Vec::new();
    for line in outline.blocks(span).map(|(_, block)| outline::words(block)).filter(|line| !line.is_empty()) {
        let line = if line.contains(title) { line.replacen(title, " ", 1) } else { line };
        if line.chars().count() <= STAMP_LINE && time::is_dated(&line) {
            return Some(line);
        }
        lines.push(line);
    }
    let whole = lines.join(" ");
    (whole.len() <= RECORD_TEXT && time::is_dated(&whole)).then_some(whole)
}

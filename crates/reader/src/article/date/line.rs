//! Which date of a line may be a stamp: the first, or the one that is said to be the day of publication.

use std::ops::Range;

use super::{labels, place::LONGEST_LINE};
use crate::{
    article::block::Block,
    time::{self, Found, Reading, Stamp},
};

/// Characters at the beginning and at the end of a long block that are looked at.
const EDGE: usize = 60;

/// The first date of a short block, or one at the edge of a long one.
pub fn date_in(block: &Block, reading: &Reading) -> Option<(Stamp, Range<usize>)> {
    let text = block.text.as_str();
    if block.length < LONGEST_LINE {
        let first = time::find(text, reading)?;
        return published_after(text, &first, reading).or(Some((first.stamp, first.range)));
    }
    let head = text.char_indices().nth(EDGE).map_or(text, |(at, _)| &text[..at]);
    if let Some(found) = time::find(head, reading)
        && head[..found.range.start].chars().count() <= EDGE / 2
        && labels::names_year(&head[found.range.clone()])
    {
        return Some((found.stamp, found.range));
    }
    let tail = end_of(text, EDGE);
    let start = text.len() - tail.len();
    let found = time::find(tail, reading)?;
    let ends = tail[found.range.end..].chars().count() <= 3 && labels::names_year(&tail[found.range.clone()]);
    ends.then_some((found.stamp, start + found.range.start..start + found.range.end))
}

/// The second date of a line that names the day of a change first: `Cập nhật: 20/01/2024 | Ngày đăng: 18/01/2024`.
pub fn published_after(text: &str, first: &Found, reading: &Reading) -> Option<(Stamp, Range<usize>)> {
    if !labels::CHANGED.is_match(&text[..first.range.start]) {
        return None;
    }
    let rest = &text[first.range.end..];
    let second = time::find(rest, reading)?;
    let label = &rest[..second.range.start];
    let is_published = labels::PUBLISHED.is_match(label) && !labels::CHANGED.is_match(label);
    is_published.then_some((second.stamp, first.range.end + second.range.start..first.range.end + second.range.end))
}

/// The last `count` characters.
pub fn end_of(text: &str, count: usize) -> &str {
    text.char_indices().rev().take(count).last().map_or("", |(at, _)| &text[at..])
}

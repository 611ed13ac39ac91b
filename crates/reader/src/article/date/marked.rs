//! Elements that are marked as dates, by their name or their class, and what they say.

use jiff::{Timestamp, tz::TimeZone};

use super::{labels, line};
use crate::{
    article::layout::{Element, Layout},
    pattern::Pattern,
    time::{self, Precision, Reading, Stamp},
};

/// Longest text that is a stamp with its label, in characters.
const LONGEST: usize = 150;

/// How clearly an element says that it holds the date of publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// It is a `time` element or the like.
    Time,
    /// Its class says publication.
    Published,
    /// Its class says date, or what stands beside one.
    Dated,
}

/// What the name and class of an element say.
pub fn hint(element: &Element) -> Option<Hint> {
    static PUBLISHED: Pattern = Pattern::new(
        r"(?ix) publi | pubdate | entry-date | post-?_?date | article-?_?-?date | dateline | posted | date-?header
            | veroeff | erstell | created | ngay-?dang",
    );
    static DATED: Pattern = Pattern::new(
        r"(?ix) date | datum | fecha | timestamp | parution | (^|[\s_-])
            (data|time|day|ngay|thoi-?gian|stamp|meta|byline|info|author|autor|submitted|subline|calendar|clock)([\s_-]|$)",
    );
    let marks = element.marks.as_str();
    match &*element.name {
        "time" => Some(Hint::Time),
        "html" | "body" | "main" | "article" | "form" | "table" => None,
        _ if marks.is_empty() => None,
        "abbr" if marks.contains("publi") || marks.contains("date") => Some(Hint::Time),
        _ if PUBLISHED.is_match(marks) => Some(Hint::Published),
        _ if DATED.is_match(marks) => Some(Hint::Dated),
        _ => None,
    }
}

/// Whether the class of an element says change, or that a reader wrote.
pub fn says_change(element: &Element) -> bool {
    static CHANGED: Pattern = Pattern::new(r"(?i)updated|modified|comment");
    CHANGED.is_match(&element.marks)
}

/// The date of a marked element: what it says to machines, or shows.
pub fn stamp(layout: &Layout, at: usize, reading: &Reading) -> Option<Stamp> {
    let element = &layout.elements[at];
    if let Some(stamp) = element.moment.as_deref().and_then(|value| moment(value, reading)) {
        return Some(stamp);
    }
    if layout.text_length(at) > 4 * LONGEST {
        return None;
    }
    let text = layout.text_of(at);
    if text.is_empty() || text.chars().count() > LONGEST {
        return None;
    }
    let is_own = |found: &time::Found| {
        let before = &text[..found.range.start];
        labels::names_year(&text[found.range.clone()]) && !labels::OTHER.is_match(before) && !labels::CITED.is_match(before)
    };
    let first = time::find(&text, reading)?;
    let published = line::published_after(&text, &first, reading).map(|(stamp, _)| stamp);
    published.or_else(|| Some(first).filter(is_own).map(|found| found.stamp))
}

/// A value for machines: a date, or seconds since 1970.
fn moment(value: &str, reading: &Reading) -> Option<Stamp> {
    let seconds = Some(value.trim()).filter(|value| value.len() == 10).and_then(|value| value.parse().ok());
    match seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()) {
        Some(at) if at <= reading.now => Some(Stamp { at: at.to_zoned_datetime(TimeZone::UTC), precision: Precision::Minute }),
        Some(_) => None,
        None => time::read(value, reading),
    }
}

//! The headline that a link shows, and how much it looks like one.

use crate::{outline::Outline, time};

/// How much a text is made to stand out; higher is more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::list) enum Rank {
    /// The link shows no text.
    Silent,
    Plain,
    Bold,
    /// A heading stands in the link or around it.
    Heading,
}

#[derive(Debug, Clone, PartialEq)]
pub(in crate::list) struct Headline {
    pub(in crate::list) text: String,
    pub(in crate::list) rank: Rank,
}

/// Steps above a link within which a heading is its own.
const HEADING_STEPS: usize = 4;
/// Steps above a link within which bold print is its own.
const BOLD_STEPS: usize = 2;
/// Characters beyond which the whole card is the link, and only a part of its text the headline.
const CARD: usize = 120;
/// Characters that a card's bold line has at least to be its headline.
const BOLD_LINE: usize = 15;
/// Digits of a day.
const DAY: usize = 5;
/// Characters of a card's block that may be its headline.
const CARD_LINE: std::ops::Range<usize> = 13..200;
/// Elements of a row that is a link, and bytes beside the date in the one that is a date.
const ROW_PARTS: usize = 3;
const BESIDE_DATE: usize = 14;

pub(in crate::list) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

pub(in crate::list) fn is_bold(name: &str) -> bool {
    is_heading(name) || matches!(name, "b" | "strong")
}

/// The headline of the link at `anchor`, without its day: `Khai mạc hội thi (24/11/2026)`.
pub(in crate::list) fn of(outline: &Outline, anchor: usize) -> Headline {
    let headline = whole(outline, anchor);
    match without_day(&headline.text) {
        Some(text) => Headline { text: text.to_owned(), ..headline },
        None => headline,
    }
}

/// What stands before a day in brackets that ends a headline.
fn without_day(text: &str) -> Option<&str> {
    let (title, day) = text.strip_suffix([')', ']'])?.rsplit_once(['(', '['])?;
    let is_day =
        day.chars().filter(char::is_ascii_digit).count() >= DAY && time::place(day).is_some_and(|place| place.len() == day.trim().len());
    Some(title.trim_end()).filter(|title| is_day && title.chars().count() >= BOLD_LINE)
}

fn whole(outline: &Outline, anchor: usize) -> Headline {
    let inside = anchor + 1..outline.elements[anchor].end;
    let texts = |is_wanted: fn(&str) -> bool| {
        inside.clone().filter(move |at| is_wanted(outline.name(*at))).map(|at| outline.text_of(at)).filter(|text| !text.is_empty())
    };
    if let Some(text) = texts(is_heading).next() {
        return Headline { text, rank: Rank::Heading };
    }
    let text = outline.text_of(anchor);
    if text.is_empty() {
        return Headline { text, rank: Rank::Silent };
    }
    if outline.ancestors(anchor).take(HEADING_STEPS).any(|at| is_heading(outline.name(at))) {
        return Headline { text, rank: Rank::Heading };
    }
    let is_strong = |name: &str| matches!(name, "b" | "strong");
    if text.chars().count() > CARD {
        if let Some(text) = texts(is_strong).find(|text| text.chars().count() > BOLD_LINE) {
            return Headline { text, rank: Rank::Bold };
        }
        let line = inside
            .filter(|at| is_innermost_block(outline, *at))
            .map(|at| outline.text_of(at))
            .find(|text| CARD_LINE.contains(&text.chars().count()));
        return Headline { text: line.unwrap_or(text), rank: Rank::Plain };
    }
    if let Some(text) = line_of_row(outline, anchor) {
        return Headline { text, rank: Rank::Plain };
    }
    let is_bold_inside = inside.clone().any(|at| is_strong(outline.name(at)));
    let is_bold_around = outline.ancestors(anchor).take(BOLD_STEPS).any(|at| is_bold(outline.name(at)));
    let rank = if is_bold_inside || is_bold_around { Rank::Bold } else { Rank::Plain };
    Headline { text, rank }
}

/// Where a link is a row as a whole, made of elements of which one is a date, the first that says something.
fn line_of_row(outline: &Outline, anchor: usize) -> Option<String> {
    if outline.elements[anchor].end <= anchor + ROW_PARTS {
        return None;
    }
    let parts: Vec<String> = outline.children(anchor).map(|part| outline.text_of(part)).filter(|text| !text.is_empty()).collect();
    let is_date = |text: &String| time::place(text).is_some_and(|place| text.len() - place.len() <= BESIDE_DATE);
    let is_row = parts.len() >= ROW_PARTS && parts.iter().any(is_date);
    // The number of a case and the kind of a document are short.
    let tells = |text: &&String| !is_date(text) && text.split_whitespace().nth(1).is_some() && CARD_LINE.contains(&text.chars().count());
    if is_row { parts.iter().find(tells).cloned() } else { None }
}

/// What a link without text is called: its own words for those who do not see, or its picture's.
pub(in crate::list) fn unseen(outline: &Outline, anchor: usize) -> String {
    let inside = outline.span(anchor);
    let own = ["title", "aria-label"].iter().find_map(|name| outline.attribute(anchor, name));
    let said = own.or_else(|| inside.filter(|at| outline.name(*at) == "img").find_map(|at| outline.attribute(at, "alt")));
    crate::text::squeeze(said.unwrap_or_default())
}

/// Whether no block with text stands in the element.
fn is_innermost_block(outline: &Outline, at: usize) -> bool {
    let mut child = at + 1;
    while child < outline.elements[at].end {
        if !crate::tree::is_inline(outline.name(child)) && outline.has_text(child) {
            return false;
        }
        child = outline.elements[child].end;
    }
    true
}

/// How much a text says: a CJK character as much as two and a half letters.
pub(in crate::list) fn width(text: &str) -> f64 {
    text.chars().map(|ch| if ch > '\u{2e7f}' { 2.5 } else { 1.0 }).sum()
}

/// Which of several links to one address shows the headline: compared by the look, then by what it says.
/// A text under 8 characters is hardly one ("Xem"), and one over 220 is a whole card.
pub(in crate::list) fn standing(headline: &Headline) -> (i8, i64) {
    let length = headline.text.chars().count();
    let look = 2 * headline.rank as i8;
    let look = match length {
        0 => -2,
        1..8 => look.min(1),
        _ => look,
    };
    let halves = if length > 220 { 120.0 } else { 2.0 * width(&headline.text).min(200.0) };
    (look, halves as i64)
}

//! What a record says besides its headline: lead, picture, author.

use std::{borrow::Cow, cmp::Reverse, ops::Range};

use url::Url;

use crate::{
    link,
    list::records::Record,
    outline::{self, Attribute, Outline, within},
    publisher_mark::unmarked,
    text, time,
};

/// Characters of a text that reads like a lead.
const LEAD: usize = 40;
/// Words of one, where words are parted by spaces.
const LEAD_WORDS: usize = 6;
/// Characters of a name, or of several.
const NAME: usize = 80;
/// Pictures smaller than this are icons.
const ICON: u32 = 40;

/// The record's longest other block of text, where it reads like a lead.
pub(super) fn lead(outline: &Outline, record: &Record, title: &str, own: &str) -> Option<String> {
    let foreign: Vec<Range<usize>> = record
        .links(outline)
        .iter()
        .filter(|anchor| outline.identity(**anchor).is_some_and(|identity| identity != own))
        .map(|anchor| outline.place(*anchor))
        .collect();
    let is_linked = |place: &Range<usize>| {
        !outline.budget.spend(foreign.len()) || foreign.iter().any(|link| link.start <= place.start && place.end <= link.end)
    };
    let blocks = outline.blocks(&record.span).filter(|(place, block)| block.len() >= LEAD && !is_linked(place));
    let mut blocks: Vec<Cow<str>> = blocks.map(|(_, block)| outline::squeezed(block)).collect();
    // The sort is stable: of equals the first leads.
    blocks.sort_by_cached_key(|block| Reverse(block.chars().count()));
    blocks.into_iter().find(|block| reads_like_a_lead(block, title)).map(|block| unmarked(&block).to_owned())
}

fn reads_like_a_lead(block: &str, title: &str) -> bool {
    // A line that holds the title is the title with what stands beside it.
    if block.chars().count() < LEAD || (!title.is_empty() && block.contains(title)) || title.contains(block) {
        return false;
    }
    let has_words = block.split_whitespace().nth(LEAD_WORDS - 1).is_some() || block.contains(|ch| ch > '\u{2e7f}');
    let is_stamp = || time::place(block).is_some_and(|place| block.chars().count() - block[place].chars().count() < LEAD);
    has_words && !is_stamp()
}

/// What an element says, where the operator points at it.
pub(in crate::list) fn said(outline: &Outline, at: usize) -> Option<String> {
    let own = outline.text_of(at);
    let said = if own.is_empty() {
        ["content", "alt", "title"].iter().find_map(|name| outline.attribute(at, name)).map(text::squeeze)
    } else {
        Some(own)
    };
    said.filter(|said| !said.is_empty())
}

/// The first picture in a span that is one, wherever a page that loads it late keeps its address.
pub(in crate::list) fn image(outline: &Outline, span: &Range<usize>) -> Option<Url> {
    within(&outline.images, span)
        .iter()
        .find_map(|at| picture(outline, *at))
        .or_else(|| span.clone().find_map(|at| background(outline, at)))
}

fn picture(outline: &Outline, at: usize) -> Option<Url> {
    if outline.name(at) == "picture" {
        let sources = outline.span(at).filter(|at| outline.name(*at) == "source");
        let own = outline.span(at).filter(|at| outline.name(*at) == "img").find_map(|at| picture(outline, at));
        return own.or_else(|| sources.filter_map(|at| of_attributes(outline, at)).next());
    }
    let is_icon =
        |name| outline.attribute(at, name).and_then(|size| size.trim_end_matches("px").parse::<u32>().ok()).is_some_and(|size| size < ICON);
    if is_icon("width") || is_icon("height") { None } else { of_attributes(outline, at) }
}

fn of_attributes(outline: &Outline, at: usize) -> Option<Url> {
    let late = ["data-src", "data-original", "data-lazy-src", "data-lazy", "data-url"];
    let sets = ["data-srcset", "srcset"];
    late.iter()
        .filter_map(|name| outline.attribute(at, name))
        // A picture that is loaded late has a placeholder for its `src`, but not always as data.
        .chain(outline.attribute(at, "src"))
        .chain(sets.iter().filter_map(|name| outline.attribute(at, name)).filter_map(largest))
        .find_map(|address| link::resolve(&outline.base, address))
}

/// The last address of a `srcset` is the largest by custom.
fn largest(set: &str) -> Option<&str> {
    let last = set.rsplit(", ").find(|entry| !entry.trim().is_empty())?;
    last.split_whitespace().next().map(|address| address.trim_end_matches(','))
}

/// A picture that is a background: `style="background-image: url('…')"`.
fn background(outline: &Outline, at: usize) -> Option<Url> {
    let style = outline.attribute(at, "style")?;
    let (before, after) = style.split_once("url(")?;
    if !before.contains("background") {
        return None;
    }
    let address = after.split(')').next()?.trim_matches(['\'', '"', ' ']);
    link::resolve(&outline.base, address)
}

/// Who wrote it, where the page marks that up.
pub(in crate::list) fn author(outline: &Outline, span: &Range<usize>) -> Option<String> {
    let says_author = |attribute: &Attribute| {
        let mut tokens = attribute.value.split_whitespace();
        match &*attribute.name {
            "rel" | "itemprop" => tokens.any(|token| token == "author"),
            "class" => tokens.any(|token| matches!(token, "author" | "byline" | "post-author" | "entry-author" | "author-name")),
            _ => false,
        }
    };
    let is_marked = |at: &usize| outline.attributes(*at).iter().any(says_author);
    let mut names: Vec<String> = Vec::new();
    let mut end = 0;
    for at in span.clone().filter(is_marked) {
        // A mark inside a marked element says the same again.
        if at < end {
            continue;
        }
        end = outline.elements[at].end;
        let name = said(outline, at).map(|name| without_label(&name).to_owned());
        if let Some(name) = name.filter(|name| is_name(name) && !names.contains(name)) {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}

/// `By Jane Doe`, `Tác giả: Nguyễn Văn A`
fn without_label(name: &str) -> &str {
    const LABELS: &[&str] = &["by ", "tác giả:", "tác giả ", "theo ", "bởi ", "von ", "par ", "por "];
    let lower = name.to_lowercase();
    let label = LABELS.iter().find(|label| lower.starts_with(**label) && name.is_char_boundary(label.len()));
    label.map_or(name, |label| name[label.len()..].trim())
}

fn is_name(name: &str) -> bool {
    name.chars().count() <= NAME && name.chars().any(char::is_alphabetic) && !time::is_dated(name)
}

/// The text of an item's date, where the operator points at it.
pub(in crate::list) fn date(outline: &Outline, at: usize) -> Option<String> {
    super::date::of_element(outline, at).or_else(|| Some(outline.text_of(at)))
}

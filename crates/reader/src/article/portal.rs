//! The form of articles on Vietnamese portals: headline, stamp, lead, body, byline, then a rating box and other news.
//!
//! What stands between the headline and the first label of what follows is the article, whatever its markup;
//! a line in capitals at its end is the author.

use std::collections::HashSet;

use super::{
    attachments,
    block::{Block, Style},
    credits,
    features::ends_sentence,
    follows, imprint,
    layout::{Align, Layout},
    media::Kind,
    names::is_role,
    rules::length,
    text_box, words,
};
use crate::{pattern::Pattern, text, time, vietnamese::is_syllable};

/// Words below which a block is no paragraph by which the article is found.
const PARAGRAPH: usize = 8;
/// Words from which a line above the paragraphs is a lead.
const LEAD: usize = 12;
/// Words from which a line below the last paragraph may be of the text.
const SENTENCE: usize = 6;
/// Blocks after the article in which its byline may stand.
const BYLINE_WITHIN: usize = 4;
/// Words that may stand around a date in a line that is nothing but a stamp or a clock: label and weekday.
const AROUND_STAMP: usize = 6;
/// Lines of other news by which what stands behind them is no text.
const OTHERS: usize = 2;
/// Letters that only Vietnamese uses, from which a page is Vietnamese.
const VIETNAMESE_LETTERS: usize = 200;
/// Characters of a page that are looked at for them.
const LETTERS: usize = 60_000;

/// Lines about the article that are not part of it.
static ABOUT: Pattern =
    Pattern::new(r"(?i)lượt xem|số lần (xem|đọc)|đã xem\s*:|ngày đăng|đăng ngày|đăng lúc|cỡ chữ|cập nhật (ngày|lúc)|nghe đọc bài|lượt đọc");

/// Two to five words in letters alone.
static NAME: Pattern = Pattern::new(r"^\p{L}[\p{L}\p{M}]*\.?(?:(?:\s+|\.|\s*[-–,;&]\s*)\p{L}[\p{L}\p{M}]*\.?){1,5}$");

/// Whether the form is to be expected.
pub fn is_vietnamese(language: Option<&str>, host: &str, html: &str) -> bool {
    let language = language.unwrap_or_default().to_ascii_lowercase();
    if language == "vi" || language.starts_with("vi-") || host.ends_with(".vn") {
        return true;
    }
    let own = |ch: &char| matches!(ch, 'đ' | 'Đ' | 'ơ' | 'ư' | '\u{1ea0}'..='\u{1ef9}');
    let mut rest = html.chars();
    rest.nth(LETTERS - 1);
    let letters = text::beyond_ascii(&html[..html.len() - rest.as_str().len()]);
    letters.filter(own).take(VIETNAMESE_LETTERS + 1).count() > VIETNAMESE_LETTERS
}

/// The first block from `from` on that a label says is something else; the number of blocks where there is none. Up to
/// there it is surely the article.
pub fn end_of_article(layout: &Layout, from: usize) -> usize {
    end_outside(layout, from, |_| false)
}

/// The same, but for what is of the text all the same: a table of results may say `Xếp hạng`.
fn end_outside(layout: &Layout, from: usize, is_text: impl Fn(usize) -> bool) -> usize {
    let count = layout.blocks.len();
    (from..count).find(|at| follows::is_label(layout, *at) && !is_text(*at)).unwrap_or(count)
}

/// Whether a label stands over other stories among the paragraphs: behind them, or behind a picture, the text goes on
/// in the markup that it had.
fn is_inset(layout: &Layout, at: usize, paragraphs: &[usize], foreign: &[bool]) -> bool {
    let Some(behind) = (at + 1..foreign.len()).find(|next| !foreign[*next]).filter(|behind| *behind > at + 1) else { return false };
    let before: Vec<u64> = paragraphs.iter().filter(|paragraph| **paragraph < at).map(|paragraph| layout.place(*paragraph)).collect();
    let goes_on = |next: &usize| before.contains(&layout.place(*next)) && ends_sentence(&layout.blocks[*next].text);
    let mut next = (behind..foreign.len()).take(BYLINE_WITHIN);
    next.by_ref().take_while(|next| !follows::is_label(layout, *next)).any(|next| goes_on(&next))
}

/// A line of other news: a headline with its link, alone or with its day.
fn is_other_story(block: &Block) -> bool {
    let is_dated = || time::place(&block.text).is_some_and(|date| date.start <= 2 || date.end + 2 >= block.text.len());
    block.links > 0 && (block.linked > 0.5 || block.linked > 0.3 && is_dated())
}

/// The headline, which may stand on the page twice: in a line of the newest stories, and above its own.
fn is_title(blocks: &[Block], heading: Option<usize>, at: usize) -> bool {
    heading.is_some_and(|heading| blocks[heading].normal == blocks[at].normal)
}

/// The paragraphs that were accepted. Under a short article the lines of other news, and those of the site about
/// itself, may be more than its own.
fn paragraphs_of(layout: &Layout, accepted: &[bool], heading: Option<usize>) -> Vec<usize> {
    let blocks = &layout.blocks;
    let is_paragraph = |at: &usize| length(&blocks[*at]) >= PARAGRAPH && !is_title(blocks, heading, *at) && !is_of_site(&blocks[*at]);
    let paragraphs = (0..blocks.len()).filter(|at| accepted[*at] && is_paragraph(at));
    paragraphs.skip_while(|at| is_stamp(&blocks[*at])).collect()
}

/// The paragraph with which half of the text is told.
fn middle_of(blocks: &[Block], paragraphs: &[usize]) -> usize {
    let all: usize = paragraphs.iter().map(|at| length(&blocks[*at])).sum();
    let mut told = 0;
    let is_half = |at: &&usize| {
        told += length(&blocks[**at]);
        told * 2 >= all
    };
    paragraphs.iter().find(is_half).copied().unwrap_or_default()
}

/// Whether what looks like paragraphs are lines of boxes: no sentence, and other news stand between the headline and
/// them.
fn is_behind_others(blocks: &[Block], paragraphs: &[usize], heading: Option<usize>) -> bool {
    let (Some(heading), Some(first)) = (heading, paragraphs.first()) else { return false };
    let between = blocks.get(heading + 1..*first).unwrap_or_default();
    paragraphs.iter().all(|at| !ends_sentence(&blocks[*at].text)) && between.iter().filter(|block| is_other_story(block)).count() >= OTHERS
}

/// Of a page without a paragraph, a scanned letter or a document to load, other news are no text, nor are the labels
/// beside them.
fn drop_others(layout: &Layout, accepted: &mut [bool], foreign: &[bool]) {
    let leads_to_document = |block: &Block| {
        let mut links = block.pieces.iter().filter_map(|piece| piece.link);
        links.any(|link| attachments::is_document(&layout.links[link]))
    };
    let is_other = |block: &Block| is_other_story(block) && !leads_to_document(block);
    let has_others = (0..accepted.len()).any(|at| (accepted[at] || foreign[at]) && is_other(&layout.blocks[at]));
    for (block, accepted) in layout.blocks.iter().zip(accepted).filter(|_| has_others) {
        *accepted &= !is_other(block) && ends_sentence(&block.text);
    }
}

/// The sentences from the headline to the label of what follows the article.
fn below_heading(layout: &Layout, heading: usize) -> Vec<usize> {
    let blocks = &layout.blocks;
    let end = end_of_article(layout, heading + 1);
    let is_sentence = |at: &usize| {
        let block = &blocks[*at];
        length(block) >= PARAGRAPH && block.linked < 0.3 && ends_sentence(&block.text) && !is_about(block) && !is_of_site(block)
    };
    if end < blocks.len() { (heading + 1..end).filter(is_sentence).collect() } else { Vec::new() }
}

fn is_of_site(block: &Block) -> bool {
    is_other_story(block) || imprint::is_line(&block.text)
}

/// A sentence that stands above the paragraphs.
fn is_lead(block: &Block) -> bool {
    length(block) >= LEAD && block.linked < 0.3 && ends_sentence(&block.text) && !is_about(block)
}

/// More than a word or a link.
fn is_text(block: &Block) -> bool {
    block.words >= 2 && block.linked < 0.5
}

/// A sentence may tell of `một triệu lượt xem`.
fn is_about(block: &Block) -> bool {
    let is_sentence = block.text.ends_with(['.', '!', '?', '…']) && block.words >= SENTENCE && !block.text.contains(':');
    block.words < 18 && !is_sentence && ABOUT.is_match(&block.text)
}

/// A line that is a date with its label: a stamp, or the clock in the head of a portal.
pub fn is_stamp(block: &Block) -> bool {
    let around =
        |range: std::ops::Range<usize>| words::words(&block.text[..range.start]).chain(words::words(&block.text[range.end..])).count();
    block.words <= 14 && !ends_sentence(&block.text) && time::place(&block.text).is_some_and(|range| around(range) <= AROUND_STAMP)
}

/// Completes what was accepted by the form; `heading` is the block of the headline, `foreign` are the blocks that are
/// the site's, `cells` those in tables of data. Gives the byline, taken out of the text.
pub fn complete(layout: &Layout, accepted: &mut [bool], heading: Option<usize>, foreign: &[bool], cells: &[bool]) -> Option<String> {
    let blocks = &layout.blocks;
    let mut paragraphs = paragraphs_of(layout, accepted, heading);
    if paragraphs.is_empty() || is_behind_others(blocks, &paragraphs, heading) {
        let sentences = heading.map(|heading| below_heading(layout, heading)).unwrap_or_default();
        if sentences.is_empty() {
            drop_others(layout, accepted, foreign);
            return None;
        }
        accepted.fill(false);
        sentences.iter().for_each(|at| accepted[*at] = true);
        paragraphs = sentences;
    }
    let first = *paragraphs.first()?;
    let middle = middle_of(blocks, &paragraphs);
    let is_inset = |at: usize| is_inset(layout, at, &paragraphs, foreign);
    let end = end_outside(layout, middle, |at| cells.get(at) == Some(&true) || is_inset(at));
    let last = paragraphs.iter().copied().rev().find(|at| *at < end).unwrap_or(middle);
    let end = end_by_byline(layout, accepted, middle, last).unwrap_or(end);
    let last = paragraphs.iter().copied().rev().find(|at| *at < end)?;
    let last = (last..end.min(blocks.len())).rev().find(|at| cells[*at]).unwrap_or(last);
    for at in last + 1..blocks.len() {
        let is_heading = || {
            let is_short = blocks[at].words < PARAGRAPH && !ends_sentence(&blocks[at].text);
            is_short && blocks.get(at + 1).is_some_and(is_of_site)
        };
        accepted[at] &= at < end && !is_of_site(&blocks[at]) && !is_heading();
    }
    let container = text_box::around(layout, accepted);
    let start = heading.filter(|heading| *heading <= first).map_or(first, |heading| heading + 1);
    let is_followed = end < blocks.len();
    for at in start..end.min(blocks.len()) {
        let block = &blocks[at];
        let is_inside = container.is_none_or(|container| block.chain.contains(&container));
        accepted[at] |= if at < first {
            is_lead(block) && !is_title(blocks, heading, at)
        } else {
            let goes_on = || ends_sentence(&block.text) && layout.place(at) == layout.place(last);
            let is_before_end = at <= last || block.words >= SENTENCE && (is_followed || goes_on());
            is_inside && is_before_end && is_text(block)
        };
    }
    for (at, block) in blocks.iter().enumerate() {
        let is_above = || at < first && (at < start || is_stamp(block));
        let is_outside = || at > first && container.is_some_and(|container| !block.chain.contains(&container));
        let is_beside = || {
            foreign[at] || is_outside() && imprint::is_line(&block.text) || !cells[at] && (follows::is_label(layout, at) || is_about(block))
        };
        accepted[at] = accepted[at] && at < end && !is_above() && !is_beside();
    }
    byline(layout, accepted, Text { container, end }, foreign, cells)
}

/// The block behind a byline to the right or in bold capitals where boxes follow it: accepted, but in other markup than
/// any paragraph before it. `last` is the last paragraph that was accepted.
fn end_by_byline(layout: &Layout, accepted: &[bool], middle: usize, last: usize) -> Option<usize> {
    let blocks = &layout.blocks;
    let places: HashSet<u64> = (0..=middle).filter(|at| accepted[*at]).map(|at| layout.place(at)).collect();
    let is_alike = |at: &usize| length(&blocks[*at]) >= PARAGRAPH && places.contains(&layout.place(*at));
    let last_alike = (middle + 1..=last).rev().find(is_alike).unwrap_or(middle);
    (last_alike.max(middle + 1)..last).find(|at| is_byline_in_capitals(layout, &blocks[*at])).map(|at| at + 1)
}

/// A name in capitals, to the right or bold. Headings in the text are bold and in capitals too, but longer or in the
/// middle.
fn is_byline_in_capitals(layout: &Layout, block: &Block) -> bool {
    let name = block.text.trim_matches(['(', ')', ' ', '.']);
    let is_centred = || layout.chain(block).any(|element| element.align == Align::Centre);
    let is_bold = || block.share_in(Style::BOLD) > 0.8 && block.words <= 3 && !is_centred();
    NAME.is_match(name) && is_in_capitals(name) && block.linked < 0.5 && (is_to_the_right(layout, block) || is_bold())
}

fn is_in_capitals(name: &str) -> bool {
    !name.contains(char::is_lowercase)
}

/// A line of some words that names who wrote.
fn is_credit(layout: &Layout, block: &Block) -> bool {
    credits::of(&block.text).is_some() || is_to_the_right(layout, block) && credits::before_house(&block.text).is_some()
}

fn is_to_the_right(layout: &Layout, block: &Block) -> bool {
    layout.chain(block).rev().take(4).any(|element| element.align == Align::Right || element.marks.contains("right"))
}

/// Where the text of an article is: the element that holds it, and the first block that is surely behind it.
#[derive(Clone, Copy)]
struct Text {
    container: Option<usize>,
    end: usize,
}

/// The line at the end of the text that is a name: after a label, in capitals, or set apart to the right, in bold or
/// italics.
fn byline(layout: &Layout, accepted: &mut [bool], text: Text, foreign: &[bool], cells: &[bool]) -> Option<String> {
    let Text { container, end } = text;
    let blocks = &layout.blocks;
    let is_paragraph = |at: &usize| cells[*at] || length(&blocks[*at]) >= PARAGRAPH && !is_credit(layout, &blocks[*at]);
    let last = (0..blocks.len()).rev().find(|at| accepted[*at] && is_paragraph(at))?;
    let is_caption = |at: usize| accepted[at] && is_captioned(layout, at) && !is_in_capitals(&blocks[at].text);
    let captions: Vec<usize> = (last + 1..end.min(blocks.len())).take(BYLINE_WITHIN).filter(|at| is_caption(*at)).collect();
    let mut next = last + 1;
    for at in last + 1..end.min(last + 1 + BYLINE_WITHIN).min(blocks.len()) {
        let block = &blocks[at];
        if block.linked > 0.5 || follows::is_label(layout, at) || foreign[at] || captions.contains(&at) {
            // The files of an article may stand between it and its byline, and the words below its last picture.
            next += usize::from(at == next && (block.linked > 0.5 || captions.contains(&at)));
            continue;
        }
        // A system sets the author that it knows behind the element of the text.
        let is_next = || at == next && !credits::is_source(&block.text) && stands_beside(layout, block, container);
        if (stands_in(block, container) || is_next())
            && let Some(names) = credits::of(&block.text)
        {
            // Whose text it is has to be said beside it.
            accepted[at] &= credits::is_source(&block.text);
            return Some(names);
        }
        let before_house = || credits::before_house(&block.text).filter(|_| stands_in(block, container) && is_to_the_right(layout, block));
        let line = Line { at, last, is_next: at == next };
        let name = before_house().map(str::to_owned).or_else(|| bare_name(layout, &line, container).map(several));
        if name.is_some() {
            accepted[at] = false;
            return name;
        }
    }
    None
}

/// A line below the text.
struct Line {
    at: usize,
    /// The last paragraph.
    last: usize,
    /// Nothing but files and the words below a picture stands between them.
    is_next: bool,
}

/// What a line without a label says if it is a name and set as one: in capitals, or apart from the text.
fn bare_name<'l>(layout: &'l Layout, line: &Line, container: Option<usize>) -> Option<&'l str> {
    let block = &layout.blocks[line.at];
    let name = credits::without_brackets(block.text.trim_matches([' ', '.', ':', '/', '-'])).trim_matches(['(', ')', ' ', '.']);
    let count = name.split_whitespace().count();
    if !NAME.is_match(name) || !(2..=8).contains(&count) || is_role(name) || attachments::is_label(name) {
        return None;
    }
    let is_inside = stands_in(block, container);
    let is_set = is_to_the_right(layout, block) || block.share_in(Style::BOLD) > 0.8;
    let is_apart = is_set || is_signature(layout, line, container);
    let is_beside = is_set && line.is_next && block.words <= 4 && stands_beside(layout, block, container) && is_of_syllables(block);
    let mut words = name.split([' ', '-', '–', ',', '&']).filter(|word| !word.is_empty());
    let is_set_apart = (is_apart && is_inside || is_beside) && count <= 5 && words.all(|word| word.starts_with(char::is_uppercase));
    (is_in_capitals(name) && (is_apart || is_inside) || is_set_apart).then_some(name)
}

fn stands_in(block: &Block, container: Option<usize>) -> bool {
    container.is_some_and(|container| block.chain.contains(&container))
}

fn stands_beside(layout: &Layout, block: &Block, container: Option<usize>) -> bool {
    container.and_then(|container| layout.elements[container].parent).is_some_and(|parent| block.chain.contains(&parent))
}

/// A line in italics, or right below the last paragraph as one more of them or as the end of the text, that no picture
/// stands before.
fn is_signature(layout: &Layout, line: &Line, container: Option<usize>) -> bool {
    let Line { at, last, is_next } = *line;
    let block = &layout.blocks[at];
    let is_short = block.words <= 4 && block.links == 0;
    let goes_on = || is_short && at == last + 1 && layout.place(at) == layout.place(last);
    let ends = || is_short && is_next && ends_text(layout, at, container);
    (block.share_in(Style::ITALIC) > 0.8 || goes_on() || ends()) && !is_captioned(layout, at)
}

fn is_of_syllables(block: &Block) -> bool {
    block.text.split_whitespace().all(is_syllable)
}

/// Whether a line stands right below a picture.
fn is_captioned(layout: &Layout, at: usize) -> bool {
    layout.media.iter().any(|medium| medium.before == at && matches!(medium.kind, Kind::Picture { .. }))
}

/// Whether a text ends with a line: it is one of Vietnamese syllables alone, and behind it are files, a label, other
/// news, or another part of the page.
fn ends_text(layout: &Layout, at: usize, container: Option<usize>) -> bool {
    let is_other = |next: &Block| next.linked > 0.5 || !stands_in(next, container) || attachments::is_label(&next.text);
    let is_heading =
        |next: &Block| next.words < PARAGRAPH && !ends_sentence(&next.text) && layout.blocks.get(at + 2).is_some_and(is_of_site);
    let behind = layout.blocks.get(at + 1);
    is_of_syllables(&layout.blocks[at]) && behind.is_none_or(|next| is_other(next) || is_heading(next) || follows::is_label(layout, at + 1))
}

/// `A - B` are two.
fn several(byline: &str) -> String {
    let names = byline.split([';', ',', '&']).flat_map(|part| part.split(" - ")).flat_map(|part| part.split(" – "));
    names.map(str::trim).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;

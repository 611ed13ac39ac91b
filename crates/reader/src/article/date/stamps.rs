//! The dates that a page shows, each with what speaks for its being the article's: where it stands, what stands
//! around it, how it is marked.
//!
//! Which of them is believed is decided in [`super::signs`]; nothing is left out here but what is no date.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::LazyLock,
};

use jiff::SignedDuration;
use regex::Regex;

use super::{
    Pictured, labels, marked,
    signs::{Sign, Signs},
};
use crate::{
    article::{
        block::Block,
        features::ends_sentence,
        outline::{Element, Outline},
        words,
    },
    time::{self, Precision, Reading, Stamp},
};

/// Longest block all of which is looked at, in characters; in longer ones a date begins or ends the text.
const LONGEST_BLOCK: usize = 200;
/// Characters at the beginning and at the end of a long block that are looked at.
const EDGE: usize = 60;
/// Characters before a date in which its label stands.
const LABEL: usize = 40;
/// How far a clock on a page may be from the time at which it was fetched: pages are kept for some minutes.
const CLOCK: SignedDuration = SignedDuration::from_mins(30);
/// Words before a date that are no label any more, and words of a sentence around one.
const FEW_WORDS: usize = 5;
const SENTENCE: usize = 12;
/// Blocks before the headline and after the first or last paragraph in which a stamp may stand.
const BEFORE: usize = 8;
const AFTER: usize = 6;
/// How much more than any date in prose one is that a sentence tells of.
const TOLD: f32 = 2.0;
/// Blocks over which nearness fades.
const NEAR: f32 = 12.0;

/// Boxes whose dates are those of other stories or of readers.
static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)comment|sidebar|related|widget|footer|recent|latest|popular|trending|recommend|teaser|archive|other|khac|lien-?quan")
        .expect("the pattern is constant")
});

/// Where the article is among the blocks of the page.
pub struct Place<'a> {
    pub outline: &'a Outline,
    /// The block of the headline.
    pub heading: Option<usize>,
    /// The first block that is surely behind the article: other news, comments.
    pub end: usize,
    /// The blocks that are the article's text.
    pub accepted: &'a [bool],
}

impl Place<'_> {
    /// Whether what stands after so many blocks is between the headline and the end of the text.
    pub fn is_around_text(&self, before: Option<usize>) -> bool {
        let Some((first, last)) = Text::of(self).0 else { return false };
        let start = self.heading.filter(|heading| *heading <= first).unwrap_or(first);
        before.is_some_and(|before| (start..=last + 1).contains(&before))
    }
}

/// A date that the page shows.
pub struct Seen {
    pub stamp: Stamp,
    /// The block that it stands in or before.
    block: usize,
    pub signs: Signs,
}

impl Seen {
    pub fn is_elsewhere(&self) -> bool {
        [Sign::Elsewhere, Sign::BesideLink, Sign::Behind, Sign::Clock].iter().any(|sign| self.signs.has(*sign))
    }

    /// Whether it is surely no article's, for all that stands around it.
    fn is_no_stamp(&self) -> bool {
        [Sign::Clock, Sign::Cited, Sign::Titled].iter().any(|sign| self.signs.has(*sign))
    }
}

/// All dates in short blocks, at the edges of long ones, and in marked elements, in the order of the page.
pub fn all(place: &Place, reading: &Reading) -> Vec<Seen> {
    let outline = place.outline;
    let text = Text::of(place);
    let mut found: Vec<(Seen, u64)> = Vec::new();
    for (at, block) in outline.blocks.iter().enumerate() {
        if !may_be_dated(block) {
            continue;
        }
        let Some((stamp, range)) = in_block(block, reading) else { continue };
        let signs = signs_of_block(place, &text, at, &range, &stamp, reading);
        found.push((Seen { stamp, block: at, signs }, kind_of(outline, block.innermost())));
    }
    for at in 0..outline.elements.len() {
        let Some(mark) = marked::mark(&outline.elements[at]) else { continue };
        let Some(stamp) = marked::stamp(outline, at, reading) else { continue };
        // What stands after the last block belongs to it.
        let Some(last) = outline.blocks.len().checked_sub(1) else { continue };
        let block = outline.block_at(at).min(last);
        let mut signs = match found.iter().find(|(seen, _)| seen.block == block && seen.stamp.at.date() == stamp.at.date()) {
            Some((seen, _)) => seen.signs.clone(),
            None => signs_of_place(place, &text, block, outline.upwards(at).skip(1), &stamp),
        };
        signs.say(mark, true);
        signs.say(Sign::ChangedClass, marked::CHANGED.is_match(&outline.elements[at].marks));
        signs.say(Sign::BesideLink, is_in_list_of_links(outline, at));
        found.push((Seen { stamp, block, signs }, kind_of(outline, at) ^ 1));
    }
    found.sort_by_key(|(seen, _)| seen.block);
    compare(&mut found);
    found.into_iter().map(|(seen, _)| seen).collect()
}

/// Times of day with their dates near the headline and at the end of the text: a cheap look, for what is known but for these.
pub fn timed<'a>(place: &'a Place, reading: &'a Reading) -> impl Iterator<Item = Stamp> {
    near(place)
        .map(|at| &place.outline.blocks[at])
        .filter(|block| may_be_timed(&block.text))
        .filter_map(|block| time::find(&block.text, reading).filter(|found| !labels::CHANGED.is_match(&block.text[..found.range.start])))
        .map(|found| found.stamp)
        .filter(|stamp| stamp.precision == Precision::Minute)
}

/// The short blocks near the headline and at the end of the text that stand in no box of other stories.
pub fn near<'a>(place: &'a Place) -> impl Iterator<Item = usize> + use<'a> {
    let outline = place.outline;
    let (first, last) = Text::of(place).0.unwrap_or((0, 0));
    let start = place.heading.filter(|heading| heading <= &first).unwrap_or(first).saturating_sub(BEFORE);
    let near = (start..first + AFTER).chain((last + 1).max(first + AFTER)..last + AFTER);
    near.filter(|at| *at < place.end.min(outline.blocks.len()))
        .filter(|at| outline.blocks[*at].length < LONGEST_BLOCK && !outline.chain(&outline.blocks[*at]).any(is_elsewhere))
}

/// Whether a digit stands beside a mark or letter that a time of day has.
fn may_be_timed(text: &str) -> bool {
    !text.is_ascii() || text.as_bytes().windows(2).any(|pair| pair[0].is_ascii_digit() && matches!(pair[1], b':' | b'h' | b'.' | b' '))
}

/// What only the other dates of the page tell: how many stand alike, and how many say the same day.
fn compare(found: &mut [(Seen, u64)]) {
    let is_stamp = |seen: &Seen| {
        let has = |sign| seen.signs.has(sign);
        let is_timed = has(Sign::Lead) && has(Sign::AfterHeading) && has(Sign::Timed);
        is_timed && !has(Sign::Prose) && !has(Sign::Yearless) && !seen.is_elsewhere() && !seen.is_no_stamp()
    };
    let is_stamped = found.iter().any(|(seen, _)| is_stamp(seen));
    for (seen, _) in found.iter_mut() {
        // What stands in the head of a page that has a stamp below its headline is a clock.
        let is_above = ![Sign::AfterHeading, Sign::Published, Sign::PublishedClass, Sign::Time].iter().any(|sign| seen.signs.has(*sign));
        if is_stamped && is_above {
            seen.signs.say(Sign::Clock, true);
        }
    }
    let mut alike: HashMap<u64, usize> = HashMap::new();
    let mut days: HashMap<jiff::civil::Date, usize> = HashMap::new();
    for (seen, kind) in found.iter() {
        *days.entry(seen.stamp.at.date()).or_default() += 1;
        // A stamp does not come second to a clock.
        if !seen.is_no_stamp() {
            *alike.entry(*kind).or_default() += 1;
        }
    }
    let mut met: HashSet<u64> = HashSet::new();
    for (seen, kind) in found {
        seen.signs.set(Sign::Echoed, (days[&seen.stamp.at.date()] as f32).ln());
        if !seen.is_no_stamp() {
            seen.signs.set(Sign::Alike, (alike[kind] as f32).ln());
            seen.signs.say(Sign::LaterAlike, !met.insert(*kind));
        }
    }
}

/// Marks the dates that pictures of the page have in their addresses.
pub fn compare_with_pictures(seen: &mut [Seen], pictured: &[Pictured]) {
    for seen in seen {
        let same = pictured.iter().any(|picture| picture.day.at.date() == seen.stamp.at.date());
        seen.signs.say(Sign::Pictured, same);
    }
}

/// Cheap to say of most blocks: no digit in a text that is not short enough for "yesterday".
fn may_be_dated(block: &Block) -> bool {
    block.length <= 40 || block.text.contains(char::is_numeric)
}

/// The first date of a short block, or one at the edge of a long one.
fn in_block(block: &Block, reading: &Reading) -> Option<(Stamp, Range<usize>)> {
    let text = block.text.as_str();
    if block.length < LONGEST_BLOCK {
        let first = time::find(text, reading)?;
        return published_after(text, &first, reading).or(Some((first.stamp, first.range)));
    }
    let head = first_characters(text, EDGE);
    if let Some(found) = time::find(head, reading)
        && head[..found.range.start].chars().count() <= EDGE / 2
        && labels::names_year(&head[found.range.clone()])
    {
        return Some((found.stamp, found.range));
    }
    let tail = last_characters(text, EDGE);
    let start = text.len() - tail.len();
    let found = time::find(tail, reading)?;
    let ends = tail[found.range.end..].chars().count() <= 3 && labels::names_year(&tail[found.range.clone()]);
    ends.then_some((found.stamp, start + found.range.start..start + found.range.end))
}

/// The second date of a line that names the day of a change first: `Cập nhật: 20/01/2024 | Ngày đăng: 18/01/2024`.
pub fn published_after(text: &str, first: &time::Found, reading: &Reading) -> Option<(Stamp, Range<usize>)> {
    if !labels::CHANGED.is_match(&text[..first.range.start]) {
        return None;
    }
    let rest = &text[first.range.end..];
    let second = time::find(rest, reading)?;
    let label = &rest[..second.range.start];
    let is_published = labels::PUBLISHED.is_match(label) && !labels::CHANGED.is_match(label);
    is_published.then_some((second.stamp, first.range.end + second.range.start..first.range.end + second.range.end))
}

/// Where the text of the article begins and ends.
struct Text(Option<(usize, usize)>);

impl Text {
    fn of(place: &Place) -> Self {
        let blocks = &place.outline.blocks;
        let paragraphs = || (0..blocks.len()).filter(|at| place.accepted.get(*at) == Some(&true) && blocks[*at].words >= 8);
        Self(paragraphs().next().zip(paragraphs().next_back()))
    }
}

fn signs_of_block(place: &Place, text: &Text, at: usize, range: &Range<usize>, stamp: &Stamp, reading: &Reading) -> Signs {
    let outline = place.outline;
    let block = &outline.blocks[at];
    let mut signs = signs_of_place(place, text, at, outline.chain(block), stamp);
    let before = label(outline, at, range);
    let is_labelled = labels::PUBLISHED.is_match(before) && !labels::CHANGED.is_match(before) && !labels::ISSUED.is_match(before);
    signs.say(Sign::Published, is_labelled && !is_told(block, range));
    signs.say(Sign::Changed, labels::CHANGED.is_match(before));
    signs.set(Sign::Prose, if is_told(block, range) { TOLD } else { f32::from(is_in_sentence(block, range)) });
    // The day of a document is that of its page only where the page has no stamp.
    signs.say(Sign::Other, labels::OTHER.is_match(before) || labels::ISSUED.is_match(before));
    signs.say(Sign::Cited, labels::CITED.is_match(before) || block.text.ends_with(';'));
    signs.say(Sign::Reply, labels::REPLY.is_match(&block.text[range.end..]));
    let around = block.length - block.text[range.clone()].chars().count();
    signs.set(Sign::Bare, 1.0 - (around as f32 / 60.0).min(1.0));
    if block.length >= LONGEST_BLOCK {
        signs.set(if range.start > block.text.len() / 2 { Sign::EndsText } else { Sign::BeginsText }, 1.0);
    }
    signs.say(Sign::Titled, place.heading.is_some_and(|heading| outline.blocks[heading].normal == block.normal));
    signs.say(Sign::Yearless, !labels::names_year(&block.text[range.clone()]));
    signs.say(Sign::BesideLink, is_beside_link(outline, block));
    let is_clock = || may_be_clock(stamp, reading) || labels::TODAY.is_match(before) || outline.chain(block).rev().take(3).any(is_clock);
    signs.say(Sign::Clock, place.heading.is_some_and(|heading| at < heading) && !is_labelled && is_clock());
    signs
}

/// What stands before a date: in its line, or else in the cell of a table before its own.
fn label<'a>(outline: &'a Outline, at: usize, range: &Range<usize>) -> &'a str {
    let block = &outline.blocks[at];
    let cell = |block: &Block| block.chain.iter().rev().copied().find(|element| matches!(&*outline.elements[*element].name, "td" | "th"));
    let row = |block: &Block| cell(block).and_then(|cell| outline.elements[cell].parent);
    let label = at.checked_sub(1).map(|before| &outline.blocks[before]).filter(|before| before.words <= FEW_WORDS);
    match label.filter(|label| range.start == 0 && row(block).is_some() && row(label) == row(block) && cell(label) != cell(block)) {
        Some(label) => last_characters(&label.text, LABEL),
        None => last_characters(&block.text[..range.start], LABEL),
    }
}

/// Whether a sentence tells of a day with which it begins or ends: an event's, which is no stamp.
fn is_told(block: &Block, range: &Range<usize>) -> bool {
    let after = block.text[range.end..].trim_start();
    let goes_on = after.starts_with([',', '.', ';']) || after.starts_with(char::is_lowercase);
    let before = last_characters(&block.text[..range.start], LABEL);
    block.words >= SENTENCE && goes_on && ends_sentence(&block.text) && labels::TOLD.is_match(before)
}

/// The box of a clock, by its name.
fn is_clock(element: &Element) -> bool {
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)clock|today|hom-?nay|dong-?ho|current-?_?(?:date|time)|date-?_?now").expect("the pattern is constant")
    });
    !element.marks.is_empty() && NAME.is_match(&element.marks)
}

/// Whether words of a sentence go on on both sides.
fn is_in_sentence(block: &Block, range: &Range<usize>) -> bool {
    let before = words::words(&block.text[..range.start]).count();
    let after = words::words(&block.text[range.end..]).count();
    before >= FEW_WORDS && after > 0 && before + after >= SENTENCE && ends_sentence(&block.text)
}

/// What the place says of any date in it.
fn signs_of_place<'a>(place: &Place, text: &Text, at: usize, around: impl Iterator<Item = &'a Element>, stamp: &Stamp) -> Signs {
    let mut signs = Signs::default();
    let block = &place.outline.blocks[at];
    let fading = |distance: usize| (1.0 - distance as f32 / NEAR).max(0.0);
    if let Some(heading) = place.heading {
        signs.set(Sign::NearHeading, fading(at.abs_diff(heading)));
        signs.say(Sign::AfterHeading, at >= heading);
    }
    if let Text(Some((first, last))) = text {
        signs.set(Sign::NearText, fading(at.abs_diff(*first)));
        let start = place.heading.filter(|heading| heading <= first).unwrap_or(*first);
        signs.say(Sign::Lead, (start..=*first).contains(&at));
        signs.say(Sign::Within, at > *first && at < *last);
        signs.say(Sign::Beyond, at > *last + AFTER);
    }
    signs.say(Sign::Accepted, place.accepted.get(at) == Some(&true));
    signs.say(Sign::Elsewhere, around.into_iter().any(is_elsewhere));
    signs.say(Sign::Behind, at >= place.end);
    signs.say(Sign::Linked, block.linked > 0.7);
    signs.say(Sign::Timed, stamp.precision == Precision::Minute);
    signs
}

fn is_elsewhere(element: &Element) -> bool {
    matches!(&*element.name, "aside" | "footer" | "nav")
        || (!matches!(&*element.name, "body" | "html") && !element.marks.is_empty() && ELSEWHERE.is_match(&element.marks))
}

/// A date right beside a link of several words in an item of a list is that of another story.
fn is_beside_link(outline: &Outline, block: &Block) -> bool {
    is_in_list_of_links(outline, block.innermost())
}

fn is_in_list_of_links(outline: &Outline, element: usize) -> bool {
    let item = outline.upwards_at(element).find(|at| matches!(&*outline.elements[*at].name, "li" | "tr" | "dd"));
    item.is_some_and(|item| outline.text_length(item) < 600 && outline.longest_link_in(item) >= 4)
}

/// A number for the markup of an element and of the one around it.
fn kind_of(outline: &Outline, at: usize) -> u64 {
    outline.upwards(at).take(2).fold(0, |kind: u64, element| kind.rotate_left(7) ^ element.kind)
}

/// Whether a page that prints the present time would print this.
fn may_be_clock(stamp: &Stamp, reading: &Reading) -> bool {
    let now = reading.now.to_zoned_datetime(stamp.at.time_zone().clone());
    let is_now = || stamp.at.timestamp().duration_since(reading.now).abs() < CLOCK;
    stamp.at.date() == now.date() && (stamp.precision == Precision::Day || is_now())
}

fn first_characters(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(at, _)| &text[..at])
}

fn last_characters(text: &str, count: usize) -> &str {
    text.char_indices().rev().take(count).last().map_or("", |(at, _)| &text[at..])
}

//! What speaks for each date of a page, and against it: where it stands, how it is marked, what the other dates say.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use jiff::{SignedDuration, civil::Date};

use super::{
    candidates::{self, Candidate, Found},
    labels, line,
    marked::{self, Hint},
    place::{AFTER, LONGEST_LINE, Place, is_elsewhere},
    stated::Pictured,
    weights::{Sign, Signs},
};
use crate::{
    article::{
        block::Block,
        features::ends_sentence,
        layout::{Element, Layout},
        words,
    },
    pattern::Pattern,
    time::{Precision, Reading, Stamp},
};

/// Characters before a date in which its label stands.
const LABEL: usize = 40;
/// Characters beside a date at which its line is no longer bare.
const CROWDED: f32 = 60.0;
/// How far a clock on a page may be from the time at which it was fetched: pages are kept for some minutes.
const CLOCK: SignedDuration = SignedDuration::from_mins(30);
/// Words before a date that are no label any more.
const FEW_WORDS: usize = 5;
/// Words of a sentence around a date.
const SENTENCE: usize = 12;
/// The degree of [`Sign::Prose`] of the day of an event, where any other date in a sentence has 1.
const EVENT: f32 = 2.0;
/// Blocks over which nearness fades.
const NEAR: f32 = 12.0;

/// A date with what speaks for it.
#[derive(Debug)]
pub struct Scored {
    /// The date.
    pub stamp: Stamp,
    /// What is said of it.
    pub signs: Signs,
}

impl Scored {
    /// Whether it stands where dates are not the article's.
    pub fn is_elsewhere(&self) -> bool {
        is_elsewhere_by(&self.signs)
    }

    /// Whether what stands before it, or its markup, says that it is the day of a change.
    pub fn is_of_change(&self) -> bool {
        [Sign::Changed, Sign::ChangedClass].iter().any(|sign| self.signs.has(*sign))
    }

    /// Whether it is a day and month alone, of which nobody says the year.
    pub fn is_of_any_year(&self) -> bool {
        self.signs.has(Sign::Yearless) && self.stamp.precision == Precision::Day
    }

    /// Whether it stands in an element for dates.
    pub fn is_marked(&self) -> bool {
        self.signs.has(Sign::Time)
    }
}

fn is_elsewhere_by(signs: &Signs) -> bool {
    [Sign::Elsewhere, Sign::BesideLink, Sign::Behind, Sign::Clock].iter().any(|sign| signs.has(*sign))
}

/// Whether it is surely no article's, for all that stands around it.
fn is_no_stamp(signs: &Signs) -> bool {
    [Sign::Clock, Sign::Cited, Sign::Titled].iter().any(|sign| signs.has(*sign))
}

/// Every date that the page shows with its signs, in the order of the page. `pictured` are its pictures with a day in
/// their addresses.
pub fn all(place: &Place, pictured: &[Pictured], reading: &Reading) -> Vec<Scored> {
    let candidates = candidates::all(place, reading);
    let around = Surroundings { place, text: place.text(), story: place.around_story(), reading };
    let mut scored: Vec<(Candidate, Signs)> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let signs = match &candidate.found {
            Found::Text(range) => around.signs_in_text(&candidate, range),
            Found::Element { at, hint } => {
                let is_same =
                    |(other, _): &&(Candidate, Signs)| other.block == candidate.block && other.stamp.at.date() == candidate.stamp.at.date();
                // Where there are too many to be compared, each is judged alone.
                let compares = place.layout.budget.spend(scored.len());
                let of_text = if compares { scored.iter().find(is_same).map(|(_, signs)| signs.clone()) } else { None };
                around.signs_of_element(&candidate, *at, *hint, of_text)
            }
        };
        scored.push((candidate, signs));
    }
    scored.sort_by_key(|(candidate, _)| candidate.block);
    compare(&mut scored, pictured);
    scored.into_iter().map(|(candidate, signs)| Scored { stamp: candidate.stamp, signs }).collect()
}

/// What only the other dates of the page say: how many stand alike, and how many name the same day.
fn compare(scored: &mut [(Candidate, Signs)], pictured: &[Pictured]) {
    let is_stamp = |signs: &Signs| {
        let is_timed = [Sign::Lead, Sign::AfterHeading, Sign::Timed].iter().all(|sign| signs.has(*sign));
        is_timed && !signs.has(Sign::Prose) && !signs.has(Sign::Yearless) && !is_elsewhere_by(signs) && !is_no_stamp(signs)
    };
    let is_stamped = scored.iter().any(|(_, signs)| is_stamp(signs));
    for (_, signs) in scored.iter_mut() {
        // What stands in the head of a page that has a stamp below its headline is a clock.
        let is_above = ![Sign::AfterHeading, Sign::Published, Sign::PublishedClass, Sign::Time].iter().any(|sign| signs.has(*sign));
        if is_stamped && is_above {
            signs.say(Sign::Clock, true);
        }
    }
    let mut alike: HashMap<u64, usize> = HashMap::new();
    let mut days: HashMap<Date, usize> = HashMap::new();
    for (candidate, signs) in scored.iter() {
        *days.entry(candidate.stamp.at.date()).or_default() += 1;
        // A stamp does not come second to a clock.
        if !is_no_stamp(signs) {
            *alike.entry(candidate.markup).or_default() += 1;
        }
    }
    let mut met: HashSet<u64> = HashSet::new();
    for (candidate, signs) in scored {
        let day = candidate.stamp.at.date();
        signs.set(Sign::Echoed, (days[&day] as f32).ln());
        signs.say(Sign::Pictured, pictured.iter().any(|picture| picture.day.at.date() == day));
        if !is_no_stamp(signs) {
            signs.set(Sign::Alike, (alike[&candidate.markup] as f32).ln());
            signs.say(Sign::LaterAlike, !met.insert(candidate.markup));
        }
    }
}

/// The page around its dates.
struct Surroundings<'a> {
    place: &'a Place<'a>,
    /// The first and the last paragraph.
    text: Option<(usize, usize)>,
    /// See [`Place::around_story`].
    story: Vec<usize>,
    reading: &'a Reading<'a>,
}

impl Surroundings<'_> {
    fn signs_in_text(&self, candidate: &Candidate, range: &Range<usize>) -> Signs {
        let (layout, heading, at) = (self.place.layout, self.place.heading, candidate.block);
        let block = &layout.blocks[at];
        let mut signs = self.signs_of_place(candidate, layout.chain(block));
        let before = label(layout, at, range);
        let is_labelled = labels::PUBLISHED.is_match(before) && !labels::CHANGED.is_match(before) && !labels::ISSUED.is_match(before);
        let is_of_event = is_of_event(block, range);
        signs.say(Sign::Published, is_labelled && !is_of_event);
        signs.say(Sign::Changed, labels::CHANGED.is_match(before));
        signs.set(Sign::Prose, if is_of_event { EVENT } else { f32::from(is_in_sentence(block, range)) });
        // The day of a document is that of its page only where the page has no stamp.
        signs.say(Sign::Other, labels::OTHER.is_match(before) || labels::ISSUED.is_match(before));
        signs.say(Sign::Cited, labels::CITED.is_match(before) || block.text.ends_with(';'));
        signs.say(Sign::Reply, labels::REPLY.is_match(&block.text[range.end..]));
        let around = block.length - block.text[range.clone()].chars().count();
        signs.set(Sign::Bare, 1.0 - (around as f32 / CROWDED).min(1.0));
        if block.length >= LONGEST_LINE {
            signs.set(if range.start > block.text.len() / 2 { Sign::EndsText } else { Sign::BeginsText }, 1.0);
        }
        signs.say(Sign::Titled, heading.is_some_and(|heading| layout.blocks[heading].normal == block.normal));
        signs.say(Sign::Yearless, !labels::names_year(&block.text[range.clone()]));
        // A date right beside a link of several words in an item of a list is that of another story.
        signs.say(Sign::BesideLink, is_in_list_of_links(layout, block.innermost()));
        let is_clock = || {
            may_be_clock(&candidate.stamp, self.reading)
                || labels::TODAY.is_match(before)
                || layout.chain(block).rev().take(3).any(is_called_clock)
        };
        signs.say(Sign::Clock, heading.is_some_and(|heading| at < heading) && !is_labelled && is_clock());
        signs
    }

    /// `of_text` are the signs of the same day in the same block, whose text says more than the element alone.
    fn signs_of_element(&self, candidate: &Candidate, at: usize, hint: Hint, of_text: Option<Signs>) -> Signs {
        let layout = self.place.layout;
        let mut signs = of_text.unwrap_or_else(|| self.signs_of_place(candidate, layout.upwards(at).skip(1)));
        let marked = match hint {
            Hint::Time => Sign::Time,
            Hint::Published => Sign::PublishedClass,
            Hint::Dated => Sign::DatedClass,
        };
        signs.say(marked, true);
        signs.say(Sign::ChangedClass, marked::says_change(&layout.elements[at]));
        signs.say(Sign::BesideLink, is_in_list_of_links(layout, at));
        signs
    }

    /// What the place says of any date in it.
    fn signs_of_place<'e>(&self, candidate: &Candidate, mut around: impl Iterator<Item = &'e Element>) -> Signs {
        let (place, at) = (self.place, candidate.block);
        let mut signs = Signs::default();
        let fading = |distance: usize| (1.0 - distance as f32 / NEAR).max(0.0);
        if let Some(heading) = place.heading {
            signs.set(Sign::NearHeading, fading(at.abs_diff(heading)));
            signs.say(Sign::AfterHeading, at >= heading);
        }
        if let Some((first, last)) = self.text {
            signs.set(Sign::NearText, fading(at.abs_diff(first)));
            signs.say(Sign::Lead, (place.start(first)..=first).contains(&at));
            signs.say(Sign::Within, at > first && at < last);
            signs.say(Sign::Beyond, at > last + AFTER);
        }
        signs.say(Sign::Accepted, place.accepted.get(at) == Some(&true));
        signs.say(Sign::Elsewhere, around.any(|element| !self.story.contains(&element.at) && is_elsewhere(element)));
        signs.say(Sign::Behind, at >= place.end);
        signs.say(Sign::Linked, place.layout.blocks[at].linked > 0.7);
        signs.say(Sign::Timed, candidate.stamp.precision == Precision::Minute);
        signs
    }
}

/// What stands before a date: in its line, or else in the cell of a table before its own.
fn label<'a>(layout: &'a Layout, at: usize, range: &Range<usize>) -> &'a str {
    let block = &layout.blocks[at];
    let cell = |block: &Block| block.chain.iter().rev().copied().find(|element| matches!(&*layout.elements[*element].name, "td" | "th"));
    let row = |block: &Block| cell(block).and_then(|cell| layout.elements[cell].parent);
    let label = at.checked_sub(1).map(|before| &layout.blocks[before]).filter(|before| before.words <= FEW_WORDS);
    match label.filter(|label| range.start == 0 && row(block).is_some() && row(label) == row(block) && cell(label) != cell(block)) {
        Some(label) => line::end_of(&label.text, LABEL),
        None => line::end_of(&block.text[..range.start], LABEL),
    }
}

/// Whether a sentence that begins or ends with the day says what happened on it: the day of an event is no stamp.
fn is_of_event(block: &Block, range: &Range<usize>) -> bool {
    let after = block.text[range.end..].trim_start();
    let goes_on = after.starts_with([',', '.', ';']) || after.starts_with(char::is_lowercase);
    let before = line::end_of(&block.text[..range.start], LABEL);
    block.words >= SENTENCE && goes_on && ends_sentence(&block.text) && labels::EVENT.is_match(before)
}

/// Whether words of a sentence go on on both sides.
fn is_in_sentence(block: &Block, range: &Range<usize>) -> bool {
    let before = words::words(&block.text[..range.start]).count();
    let after = words::words(&block.text[range.end..]).count();
    before >= FEW_WORDS && after > 0 && before + after >= SENTENCE && ends_sentence(&block.text)
}

/// The box of a clock, by its name.
fn is_called_clock(element: &Element) -> bool {
    static NAME: Pattern = Pattern::new(r"(?i)clock|today|hom-?nay|dong-?ho|current-?_?(?:date|time)|date-?_?now");
    !element.marks.is_empty() && NAME.is_match(&element.marks)
}

/// Whether a page that prints the present time would print this.
fn may_be_clock(stamp: &Stamp, reading: &Reading) -> bool {
    let now = reading.now.to_zoned_datetime(stamp.at.time_zone().clone());
    let is_now = || stamp.at.timestamp().duration_since(reading.now).abs() < CLOCK;
    stamp.at.date() == now.date() && (stamp.precision == Precision::Day || is_now())
}

/// Whether an element stands in an item of a list, or in a row, with a link of several words.
fn is_in_list_of_links(layout: &Layout, element: usize) -> bool {
    let item = layout.upwards_at(element).find(|at| matches!(&*layout.elements[*at].name, "li" | "tr" | "dd"));
    item.is_some_and(|item| layout.text_length(item) < 600 && layout.longest_link_in(item) >= 4)
}

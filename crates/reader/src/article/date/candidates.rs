//! Every date that a page shows, and where it was found; nothing is left out here but what is no date.

use std::ops::Range;

use super::{
    line,
    marked::{self, Hint},
    place::Place,
};
use crate::{
    article::{block::Block, layout::Layout},
    time::{Reading, Stamp},
};

/// Characters of a text that may say "yesterday" and no number.
const SHORT: usize = 40;

/// A date that the page shows.
#[derive(Debug)]
pub struct Candidate {
    /// The moment, as far as it is spelled.
    pub stamp: Stamp,
    /// The block that it stands in or before.
    pub block: usize,
    /// Where it was found there.
    pub found: Found,
    /// The same for dates that stand in the same markup, in the same way.
    pub markup: u64,
}

/// Where a date was found.
#[derive(Debug)]
pub enum Found {
    /// In the text of its block.
    Text(Range<usize>),
    /// In an element that is marked as a date.
    Element { at: usize, hint: Hint },
}

/// Dates of a page that are looked at.
const MAX_CANDIDATES: usize = 10_000;

/// The dates in short blocks and at the edges of long ones, then those of marked elements, each in the order of the
/// page.
pub fn all(place: &Place, reading: &Reading) -> Vec<Candidate> {
    let layout = place.layout;
    let blocks = layout.blocks.iter().enumerate().filter(|(_, block)| may_be_dated(block));
    let in_text = blocks.filter_map(|(at, block)| {
        let (stamp, range) = line::date_in(block, reading)?;
        Some(Candidate { stamp, block: at, found: Found::Text(range), markup: markup(layout, block.innermost()) })
    });
    let in_elements = (0..layout.elements.len()).filter_map(|at| {
        let hint = marked::hint(&layout.elements[at])?;
        let stamp = marked::stamp(layout, at, reading)?;
        // What stands after the last block belongs to it.
        let block = layout.block_at(at).min(layout.blocks.len().checked_sub(1)?);
        Some(Candidate { stamp, block, found: Found::Element { at, hint }, markup: markup(layout, at) ^ 1 })
    });
    in_text.chain(in_elements).take(MAX_CANDIDATES).collect()
}

/// Cheap to say of most blocks: no digit in a text that is not short enough for "yesterday".
fn may_be_dated(block: &Block) -> bool {
    block.length <= SHORT || block.text.contains(char::is_numeric)
}

/// A number for the markup of an element and of the one around it.
fn markup(layout: &Layout, at: usize) -> u64 {
    layout.upwards(at).take(2).fold(0, |markup: u64, element| markup.rotate_left(7) ^ element.kind)
}

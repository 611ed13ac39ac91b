//! Boxes among the paragraphs of an article that tell of another story: its headline with a link, and its lead below.
//!
//! A story that is made of such parts, the news of a week, is left as it is, unless a label says that they are others.

use std::ops::Range;

use url::Url;

use super::{class_hints::Hint, follows, layout::Layout, text_box};

/// Words of a linked headline, and of the lead below it.
const HEADLINE: usize = 5;
const LEAD: std::ops::RangeInclusive<usize> = 6..=70;
/// Blocks of a box.
const BLOCKS: std::ops::RangeInclusive<usize> = 2..=4;
/// The story's own words for each word of such boxes.
const OWN: usize = 3;

/// Which blocks stand in such a box; `accepted` are those that were taken for the story, `heading` is the block of its
/// headline, `base` what addresses start from.
pub fn of(layout: &Layout, accepted: &[bool], heading: Option<usize>, base: &Url) -> Vec<bool> {
    let nothing = vec![false; accepted.len()];
    let (Some(own), Some(home)) = (text_box::around(layout, accepted), home(layout, accepted, heading)) else { return nothing };
    let boxes = layout.blocks_in(home).filter(|at| is_headline(layout, *at, base)).filter_map(|at| around(layout, at, home));
    // Among the paragraphs also those that were not taken for text: what is missing between two paragraphs is added
    // later.
    let is_among = |inside: &Range<usize>| layout.blocks_in(own).contains(&inside.start) || inside.clone().any(|at| accepted[at]);
    let boxes: Vec<_> = boxes.filter(is_among).collect();
    let (behind_label, boxes) = parted(layout, boxes, heading);
    let mut labelled = nothing;
    behind_label.into_iter().for_each(|inside| labelled[inside].fill(true));
    let mut teasers = labelled.clone();
    boxes.iter().for_each(|inside| teasers[inside.clone()].fill(true));
    let words = |of_teaser: bool| -> usize {
        (0..accepted.len())
            .filter(|at| accepted[*at] && !labelled[*at] && teasers[*at] == of_teaser)
            .map(|at| layout.blocks[at].words)
            .sum()
    };
    // Beside a page's own headline one box is another story's, be there ever so little besides: a film, a scanned
    // letter.
    let is_beside = boxes.len() == 1 && heading.is_some_and(|heading| !is_same(layout, heading, &boxes[0]));
    if is_beside || words(true) * OWN <= words(false) { teasers } else { labelled }
}

/// The boxes that stand one behind the other below the headline and a label of what follows an article, and all others.
fn parted(layout: &Layout, boxes: Vec<Range<usize>>, heading: Option<usize>) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let mut end_of_labelled = None;
    boxes.into_iter().partition(|inside| {
        let is_label = |at: usize| heading.is_some_and(|heading| at > heading) && follows::is_label(layout, at);
        let is_behind = end_of_labelled == Some(inside.start) || inside.start.checked_sub(1).is_some_and(is_label);
        if is_behind {
            end_of_labelled = Some(inside.end);
        }
        is_behind
    })
}

/// Whether a box has the headline of the page itself.
fn is_same(layout: &Layout, heading: usize, inside: &Range<usize>) -> bool {
    inside.clone().any(|at| layout.blocks[at].normal == layout.blocks[heading].normal)
}

/// What holds the text; of a text that is no longer than a box, what holds its headline too.
fn home(layout: &Layout, accepted: &[bool], heading: Option<usize>) -> Option<usize> {
    let home = text_box::around(layout, accepted)?;
    let words: usize = layout.blocks.iter().zip(accepted).filter(|(_, accepted)| **accepted).map(|(block, _)| block.words).sum();
    let Some(heading) = heading.filter(|_| words <= OWN * LEAD.end()) else { return Some(home) };
    layout.upwards_at(home).find(|at| layout.blocks_in(*at).contains(&heading))
}

/// A line that is a link to another page of the site. What leads elsewhere, to a shop, is what the story is about.
fn is_headline(layout: &Layout, at: usize, base: &Url) -> bool {
    let block = &layout.blocks[at];
    block.words >= HEADLINE && block.linked > 0.8 && layout.leads_on(at) && !layout.leads_away(at, base)
}

/// The blocks of the smallest element around a headline that holds more, if that is a lead and stands in an element of
/// its own.
fn around(layout: &Layout, at: usize, home: usize) -> Option<Range<usize>> {
    let chain = &layout.blocks[at].chain;
    let (holder, inside) = chain.iter().rev().map(|element| (*element, layout.blocks_in(*element))).find(|(_, inside)| inside.len() > 1)?;
    let is_lead = |other: &usize| LEAD.contains(&layout.blocks[*other].words) && layout.blocks[*other].linked < 0.5;
    let leads = inside.clone().filter(|other| *other > at).filter(is_lead).count();
    let others = inside.clone().filter(|other| *other != at).count();
    // A longer paragraph is no lead, and what stands beside it is none.
    let is_short = inside.clone().all(|other| layout.blocks[other].words <= *LEAD.end());
    let is_box = holder > home && BLOCKS.contains(&inside.len()) && leads == 1 && others <= 3 && is_short;
    is_box.then_some(inside).filter(|inside| is_told(layout, at, holder, inside.clone(), home))
}

/// Whether two things say that a box is of another story. One does not: prose behind a linked heading may be the
/// story's own section.
fn is_told(layout: &Layout, at: usize, holder: usize, inside: Range<usize>, home: usize) -> bool {
    let innermost = |at: usize| layout.chain(&layout.blocks[at]).next_back();
    let around = || layout.upwards_at(holder).take_while(|element| *element != home).map(|element| &layout.elements[element]);
    let is_set = layout.blocks[at].stressed > 0.8 || innermost(at).is_some_and(|innermost| &*innermost.name == "article");
    let is_called = || around().any(|element| element.kinds.has(Hint::Related) || &*element.name == "article");
    let has_lead = || inside.clone().any(|other| innermost(other).is_some_and(|innermost| innermost.kinds.has(Hint::Lead)));
    let signs = [is_set, is_called(), has_lead(), is_pictured(layout, at, holder)];
    signs.into_iter().filter(|sign| *sign).count() > 1
}

/// Whether a picture in the box links where its headline does.
fn is_pictured(layout: &Layout, at: usize, holder: usize) -> bool {
    let block = &layout.blocks[at];
    let Some(href) = block.pieces.iter().find_map(|piece| Some(&layout.links[piece.link?])) else { return false };
    let parent = layout.elements[holder].parent.unwrap_or(holder);
    let same = layout.links.iter().zip(&layout.anchors).filter(|(other, anchor)| *other == href && layout.is_inside(**anchor, parent));
    same.count() > 1
}

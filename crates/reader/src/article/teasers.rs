//! Boxes among the paragraphs of an article that tell of another story: its headline with a link, and its lead below.
//!
//! A story that is made of such parts, the news of a week, is left as it is.

use super::{class_hints::Hint, layout::Layout, text_box};

/// Words of a linked headline, and of the lead below it.
const HEADLINE: usize = 5;
const LEAD: std::ops::RangeInclusive<usize> = 6..=70;
/// Blocks of a box.
const BLOCKS: std::ops::RangeInclusive<usize> = 2..=4;
/// The story's own words for each word of such boxes.
const OWN: usize = 3;

/// Which blocks stand in such a box; `accepted` are those that were taken for the story.
pub fn of(layout: &Layout, accepted: &[bool]) -> Vec<bool> {
    let nothing = vec![false; accepted.len()];
    let Some(home) = text_box::around(layout, accepted) else { return nothing };
    let mut teasers = nothing.clone();
    for at in layout.blocks_in(home).filter(|at| is_headline(layout, *at)) {
        if let Some(inside) = around(layout, at, home) {
            teasers[inside].fill(true);
        }
    }
    let words = |of_teaser: bool| -> usize {
        (0..accepted.len()).filter(|at| accepted[*at] && teasers[*at] == of_teaser).map(|at| layout.blocks[at].words).sum()
    };
    if words(true) * OWN <= words(false) { teasers } else { nothing }
}

/// A line that is a link to another page, and set as a headline.
fn is_headline(layout: &Layout, at: usize) -> bool {
    let block = &layout.blocks[at];
    let leads_on = |href: &str| !href.trim_start().starts_with('#') && !href.contains(':') || href.starts_with("http");
    let link = block.pieces.iter().find_map(|piece| piece.link);
    let is_set = || block.stressed > 0.8 || layout.chain(block).next_back().is_some_and(|innermost| &*innermost.name == "article");
    block.words >= HEADLINE && block.linked > 0.8 && link.is_some_and(|link| leads_on(&layout.links[link])) && is_set()
}

/// The blocks of the smallest element around a headline that holds more, if that is a lead and stands in an element of its own.
fn around(layout: &Layout, at: usize, home: usize) -> Option<std::ops::Range<usize>> {
    let chain = &layout.blocks[at].chain;
    let (holder, inside) = chain.iter().rev().map(|element| (*element, layout.blocks_in(*element))).find(|(_, inside)| inside.len() > 1)?;
    let is_lead = |other: &usize| LEAD.contains(&layout.blocks[*other].words) && layout.blocks[*other].linked < 0.5;
    let leads = inside.clone().filter(|other| *other > at).filter(is_lead).count();
    let others = inside.clone().filter(|other| *other != at).count();
    // Prose behind a linked heading may be the story's own section, unless it is set as a lead or the box is called what it is.
    let is_told = || {
        let mut elements = layout.upwards_at(holder).take_while(|element| *element != home).map(|element| &layout.elements[element]);
        let is_called = elements.any(|element| element.kinds.has(Hint::Related) || &*element.name == "article");
        is_called || inside.clone().any(|other| layout.chain(&layout.blocks[other]).next_back().is_some_and(|it| it.kinds.has(Hint::Lead)))
    };
    let is_box =
        holder > home && BLOCKS.contains(&inside.len()) && leads == 1 && others <= 3 && (is_told() || is_pictured(layout, at, holder));
    is_box.then_some(inside)
}

/// Whether a picture in the box links where its headline does.
fn is_pictured(layout: &Layout, at: usize, holder: usize) -> bool {
    let block = &layout.blocks[at];
    let Some(href) = block.pieces.iter().find_map(|piece| Some(&layout.links[piece.link?])) else { return false };
    let parent = layout.elements[holder].parent.unwrap_or(holder);
    let same = layout.links.iter().zip(&layout.anchors).filter(|(other, anchor)| *other == href && layout.is_inside(**anchor, parent));
    same.count() > 1
}

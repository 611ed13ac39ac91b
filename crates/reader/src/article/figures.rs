//! Which pictures and films belong to the article, and which block is whose caption.

use super::{
    block::{Block, Style},
    class_hints::Hint,
    features::ends_sentence,
    follows,
    layout::{Align, Layout},
    media::{self, Kind, Medium},
};

/// Steps that it takes to compare a picture with another, or with a block, and with what they stand in.
const COMPARED: usize = 8;
/// Longest caption that only its place and its setting mark as one, in words.
const LONGEST_CAPTION: usize = 60;
/// The same for the only picture in its box, where the block below it may be a paragraph.
const LONGEST_OF_ONE: usize = 30;
/// Words of a text that is there for the film or the picture it stands beside.
const LONGEST_NOTICE: usize = 60;
/// Words of a link that is another story's headline.
const HEADLINE: usize = 4;
/// Blocks before such a link among which the label of its box stands, and words of that.
const LABELS: usize = 2;
const LONGEST_LABEL: usize = 9;
/// Blocks before the first of the article among which its leading picture may stand.
const BEFORE: usize = 4;

/// The media of the article, in the order of the page; `heading` is the block of its headline.
pub fn of_article<'a>(layout: &'a Layout, accepted: &[bool], heading: Option<usize>) -> Vec<&'a Medium> {
    let (Some(first), Some(last)) = (accepted.iter().position(|it| *it), accepted.iter().rposition(|it| *it)) else {
        return heading.map_or_else(Vec::new, |heading| below_heading(layout, heading));
    };
    let Some(container) = layout.container(accepted) else { return Vec::new() };
    let notice = notice(layout, accepted, container, heading);
    let mut chosen: Vec<&Medium> = Vec::new();
    for medium in &layout.media {
        let place = medium.before;
        if place + BEFORE < first || place > last + 1 || matches!(medium.kind, Kind::Picture { address: None, .. }) {
            continue;
        }
        let inside = layout.upwards_at(medium.element).any(|at| at == container);
        // The leading picture often stands beside the text's own box, with the headline.
        let leads = place <= first && heading.is_some_and(|heading| place > heading) && matches!(medium.kind, Kind::Picture { .. });
        let is_shown = || notice.is_some_and(|notice| is_shown_in(layout, medium, notice, heading));
        if (inside || leads || is_shown()) && !is_foreign(layout, medium, container) && !is_in_rejected_links(layout, accepted, medium) {
            chosen.push(medium);
        }
    }
    chosen.dedup_by(|one, other| one.kind == other.kind);
    chosen
}

/// What holds the headline and a text of a sentence or two, which is there for what it shows: a film, a scanned letter.
fn notice(layout: &Layout, accepted: &[bool], container: usize, heading: Option<usize>) -> Option<usize> {
    let heading = heading?;
    let words: usize = layout.blocks.iter().zip(accepted).filter(|(_, accepted)| **accepted).map(|(block, _)| block.words).sum();
    let around = || layout.upwards_at(container).find(|at| layout.blocks_in(*at).contains(&heading));
    if words <= LONGEST_NOTICE { around() } else { None }
}

/// Whether a film, or a picture that is no link to another page, stands below the headline in what holds the notice.
fn is_shown_in(layout: &Layout, medium: &Medium, notice: usize, heading: Option<usize>) -> bool {
    heading.is_some_and(|heading| medium.before > heading) && layout.is_inside(medium.element, notice) && !is_linked_away(layout, medium)
}

/// Whether a picture is a link to anything but itself.
fn is_linked_away(layout: &Layout, medium: &Medium) -> bool {
    let anchor = layout.upwards_at(medium.element).find(|at| &*layout.elements[*at].name == "a");
    anchor.is_some_and(|anchor| {
        let link = layout.anchors.iter().position(|at| *at == anchor);
        link.is_some_and(|link| !media::names_picture(&layout.links[link]))
    })
}

/// Whether all `blocks` of an element stand in one element of it: a box of other stories behind the scan, with its
/// label in it.
fn is_one_box(layout: &Layout, around: usize, mut blocks: std::ops::Range<usize>) -> bool {
    let within = |at: usize| {
        let chain = &layout.blocks[at].chain;
        chain.iter().position(|element| *element == around).and_then(|at| chain.get(at + 1))
    };
    let Some(first) = blocks.next().and_then(within) else { return false };
    blocks.all(|at| within(at) == Some(first))
}

/// The pictures of an article without a text, a scanned letter: those below its headline that no other text stands
/// closer to.
fn below_heading(layout: &Layout, heading: usize) -> Vec<&Medium> {
    let blocks = &layout.blocks;
    let is_other = |at: &usize| layout.others.get(*at) == Some(&true);
    let leads_away_from = |from: usize| (from..blocks.len()).find(|at| leads_away(layout, *at) || is_other(at)).unwrap_or(blocks.len());
    let end = leads_away_from(heading + 1);
    // Other stories may stand between the headline and what the page shows.
    let behind_others = (end..blocks.len()).find(|at| !is_other(at)).filter(|behind| *behind > end);
    let column = layout.upwards_at(blocks[heading].innermost()).find(|at| layout.blocks_in(*at).contains(&end));
    // The label of what follows stands right before it; those of a page's tools stand below its headline.
    let label = (heading + 1..end)
        .rev()
        .take(LABELS)
        .take_while(|at| blocks[*at].words <= LONGEST_LABEL)
        .filter(|at| follows::is_label(layout, *at));
    let end = label.last().unwrap_or(end);
    let is_own = |medium: &&Medium| {
        let around = layout.upwards_at(medium.element).map(|at| (at, layout.blocks_in(at))).find(|(_, inside)| !inside.is_empty());
        let is_below = |around: usize, inside: std::ops::Range<usize>| {
            let is_own = inside.end <= end || inside.start >= end && is_one_box(layout, around, inside.clone());
            inside.contains(&heading) || inside.start > heading && is_own
        };
        medium.before > heading
            && medium.before <= end
            && matches!(medium.kind, Kind::Picture { address: Some(_), .. })
            && around.is_some_and(|(around, inside)| is_below(around, inside) && !is_foreign(layout, medium, around))
            && !is_linked_away(layout, medium)
    };
    let is_behind_others = |medium: &&Medium| {
        Some(medium.before) == behind_others
            && matches!(medium.kind, Kind::Picture { address: Some(_), .. })
            && column.is_some_and(|column| layout.is_inside(medium.element, column) && !is_foreign(layout, medium, column))
            && !is_linked_away(layout, medium)
    };
    let mut own: Vec<&Medium> = layout.media.iter().filter(is_own).collect();
    if own.is_empty() {
        own = layout.media.iter().filter(is_behind_others).collect();
    }
    own.dedup_by(|one, other| one.kind == other.kind);
    own
}

/// Whether a block is the headline of another page, and no tool of this one.
fn leads_away(layout: &Layout, at: usize) -> bool {
    let block = &layout.blocks[at];
    block.linked > 0.5 && layout.longest_link_of(at) >= HEADLINE && layout.leads_on(at)
}

/// In a box that is not the story's by its name. What the story stands in itself is none, be it called a sidebar.
pub fn is_foreign(layout: &Layout, medium: &Medium, container: usize) -> bool {
    let boxes = || layout.upwards_at(medium.element).take_while(|at| !layout.is_inside(container, *at)).map(|at| &layout.elements[at]);
    let marked = |mark| boxes().take(4).any(|element| element.kinds.has(mark));
    let aside = boxes().any(|element| matches!(&*element.name, "aside" | "nav" | "footer"));
    aside
        || [Hint::Share, Hint::Comment, Hint::Navigation, Hint::Advert, Hint::Newsletter].into_iter().any(marked)
        || is_ornament(&medium.kind)
}

/// Logos, faces and icons.
fn is_ornament(kind: &Kind) -> bool {
    let Kind::Picture { address: Some(address), .. } = kind else { return false };
    let lower = address.to_ascii_lowercase();
    let name = lower.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    name.ends_with(".svg") || name_says_ornament(name)
}

/// Whether a file's name says that it belongs to the site rather than to a story.
pub fn name_says_ornament(name: &str) -> bool {
    let parts = || name.split(|ch: char| !ch.is_ascii_alphanumeric());
    let whole =
        ["icon", "icons", "logo", "avatar", "avatars", "favicon", "sprite", "spinner", "emoji", "printer", "facebook", "twitter", "zalo"];
    parts().any(|part| whole.contains(&part)) || name.starts_with("logo") || name.starts_with("no-image") || name.starts_with("noimage")
}

/// With links to other stories that are not part of the article.
fn is_in_rejected_links(layout: &Layout, accepted: &[bool], medium: &Medium) -> bool {
    let near = medium.before.saturating_sub(6)..layout.blocks.len().min(medium.before + 6);
    for box_around in layout.upwards_at(medium.element).take(5) {
        let inside: Vec<usize> = near.clone().filter(|at| layout.blocks[*at].chain.contains(&box_around)).collect();
        if !inside.is_empty() {
            return inside.iter().all(|at| !accepted[*at]) && inside.iter().any(|at| layout.blocks[*at].linked > 0.5);
        }
    }
    false
}

/// The block that is the picture's caption: the next one, when its markup, its place or its setting says so.
pub fn caption_of(layout: &Layout, accepted: &[bool], medium: &Medium) -> Option<usize> {
    let at = medium.before;
    let block = layout.blocks.get(at).filter(|_| accepted[at])?;
    let shares = |name: &str| {
        let around = layout.upwards_at(medium.element).find(|element| &*layout.elements[*element].name == name);
        around.filter(|element| block.chain.contains(element))
    };
    let in_figure = shares("figure").is_some();
    let in_table = shares("table").is_some_and(|table| is_small(layout, table));
    let is_marked = layout.chain(block).rev().take(2).any(|element| &*element.name == "figcaption" || element.kinds.has(Hint::Caption));
    let set_apart = block.share_in(Style::ITALIC) > 0.6 || centred(layout, block);
    let beside = block.innermost() == medium.element || set_apart;
    let in_gallery = || pairs_with(layout, medium, at).is_some_and(|pairs| pairs > 1 || block.words <= LONGEST_OF_ONE);
    // A line below a picture that is neither a sentence nor a heading.
    let is_line = (4..=LONGEST_OF_ONE).contains(&block.words) && block.stressed < 0.2 && block.links == 0 && !ends_sentence(&block.text);
    let set_under = is_line && layout.place(at) == layout.place(at.saturating_sub(1));
    let in_small_heading = || is_short(block) && heads_pictures_alone(layout, accepted, at);
    (in_figure
        || is_marked
        || set_under
        || in_small_heading()
        || in_table && block.words <= LONGEST_CAPTION
        || (beside || in_gallery()) && is_short(block))
    .then_some(at)
}

/// Accepts the captions of galleries that stand in the article: short as they are, they are not judged alone.
pub fn accept_galleries(layout: &Layout, accepted: &mut [bool], heading: Option<usize>) {
    let captions: Vec<usize> = of_article(layout, accepted, heading)
        .into_iter()
        .filter(|medium| matches!(medium.kind, Kind::Picture { .. }))
        .filter(|medium| layout.blocks.get(medium.before).is_some_and(|block| is_short(block) && block.linked < 0.5))
        .filter(|medium| !accepted[medium.before] && pairs_with(layout, medium, medium.before).is_some_and(|pairs| pairs > 2))
        .map(|medium| medium.before)
        .collect();
    captions.into_iter().for_each(|at| accepted[at] = true);
}

/// Accepts the captions of the figures that end the text: what stands behind the last paragraph is not judged alone
/// either.
pub fn accept_last(layout: &Layout, accepted: &mut [bool], heading: Option<usize>) {
    let Some(container) = layout.container(accepted) else { return };
    while let Some(last) = accepted.iter().rposition(|accepted| *accepted) {
        let at = last + 1;
        let Some(block) = layout.blocks.get(at).filter(|block| block.linked < 0.5 && Some(at) != heading) else { return };
        let is_its_figure = |medium: &&Medium| {
            let figure = layout.upwards_at(medium.element).find(|element| &*layout.elements[*element].name == "figure");
            medium.before == at
                && matches!(medium.kind, Kind::Picture { address: Some(_), .. })
                && figure.is_some_and(|figure| block.chain.contains(&figure) && layout.is_inside(figure, container))
                && !is_foreign(layout, medium, container)
                && !is_linked_away(layout, medium)
        };
        if !layout.budget.spend(layout.media.len()) || !layout.media.iter().any(|medium| is_its_figure(&medium)) {
            return;
        }
        accepted[at] = true;
    }
}

/// How many pictures, each with one block below it and nothing else, stand in the box around a picture and the block
/// below it.
fn pairs_with(layout: &Layout, medium: &Medium, at: usize) -> Option<usize> {
    let chain = &layout.blocks[at].chain;
    let around = layout.upwards_at(medium.element).find(|element| chain.binary_search(element).is_ok())?;
    let inside = layout.blocks_in(around);
    let (first, last) = (inside.start, inside.end.checked_sub(1)?);
    if !layout.budget.spend(COMPARED * (last - first + layout.media.len())) {
        return None;
    }
    let media = layout.media.iter().skip_while(|medium| medium.before < first).take_while(|medium| medium.before <= last);
    let mut below: Vec<usize> = media.filter(|medium| layout.is_inside(medium.element, around)).map(|medium| medium.before).collect();
    let pairs = below.len();
    below.dedup();
    (pairs == below.len() && pairs == last - first + 1).then_some(pairs)
}

/// Whether the block is a heading of the last two ranks, and all of that rank in the article stand below pictures:
/// captions in small print.
fn heads_pictures_alone(layout: &Layout, accepted: &[bool], at: usize) -> bool {
    let rank = |at: usize| layout.chain(&layout.blocks[at]).map(|element| &*element.name).find(|name| matches!(*name, "h5" | "h6"));
    let own = rank(at);
    if own.is_none() || !layout.budget.spend(COMPARED * (layout.blocks.len() + layout.media.len())) {
        return false;
    }
    let mut is_below = vec![false; layout.blocks.len() + 1];
    layout.media.iter().filter(|medium| matches!(medium.kind, Kind::Picture { .. })).for_each(|medium| is_below[medium.before] = true);
    (0..layout.blocks.len()).all(|other| !accepted[other] || rank(other) != own || is_below[other])
}

fn is_short(block: &Block) -> bool {
    block.words <= LONGEST_CAPTION
}

fn centred(layout: &Layout, block: &Block) -> bool {
    layout.chain(block).rev().take(2).any(|element| element.align == Align::Centre)
}

/// A table that holds a picture and its caption rather than a page.
fn is_small(layout: &Layout, table: usize) -> bool {
    layout.blocks_in(table).len() < 5
}

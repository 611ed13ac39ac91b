//! Other stories on an article's page: lines and cards that are built alike, each with a link to a page as this one is.
//!
//! Sites show them behind a text, beside a film or between a lead and its text, with a label and without, and other
//! ones at every request, so that what repeats on other pages does not tell them. A link within a sentence is none of
//! them.

use std::{collections::HashMap, ops::Range};

use url::Url;

use super::{attachments, features::ends_sentence, follows, layout::Layout, text_box};
use crate::link;

/// Share of a line that is linked where it is a headline; its day may stand beside it. A shorter line may be a day with
/// a button.
const LINKED: f32 = 0.5;
const SHORT: usize = 12;
/// Blocks and words of one of them.
const BLOCKS: usize = 6;
const WORDS: usize = 120;
/// Links to one story in a row that are looked past.
const SAME: usize = 20;
/// Built alike, from which on they are such.
const ENOUGH: usize = 2;
/// Blocks before the first of them in which their label stands, and their words for each word of the text's own that
/// make them the text.
const LABELS: usize = 2;
const MADE: usize = 2;
/// Hyphens in an address that make it one of words.
const SLUG: usize = 3;

/// Which blocks are other stories'; `heading` is the block of the headline, `url` the page's own address.
pub fn of(layout: &Layout, accepted: &[bool], heading: Option<usize>, url: &Url, base: &Url) -> Vec<bool> {
    let mut others = vec![false; accepted.len()];
    let Some(heading) = heading.filter(|_| layout.budget.spend(layout.links.len())) else { return others };
    let linked = linked(layout, heading, url, base);
    let mut alike: HashMap<(usize, u64), Vec<Range<usize>>> = HashMap::new();
    for at in 0..linked.len() {
        let Some(record) = record(layout, heading, &linked, at) else { continue };
        let (element, inside) = (&layout.elements[record], layout.blocks_in(record));
        let records = alike.entry((element.parent.unwrap_or_default(), element.kind)).or_default();
        if records.last() != Some(&inside) {
            records.push(inside);
        }
    }
    alike.into_values().filter(|records| records.len() >= ENOUGH).flatten().for_each(|inside| others[inside].fill(true));
    let own = link::identity(url);
    let others_linked = linked.iter().filter(|linked| linked.target != own && layout.budget.spend(layout.links.len()));
    let cards = others_linked.filter_map(|linked| card(layout, heading, linked));
    cards.for_each(|inside| others[inside].fill(true));
    if is_made_of_them(layout, accepted, heading, &others) { vec![false; accepted.len()] } else { others }
}

/// Whether the text is made of such parts, the news of a week: in the element of the text they have more of it than all
/// else, no label says that they are others, and nothing is shown before them.
fn is_made_of_them(layout: &Layout, accepted: &[bool], heading: usize, others: &[bool]) -> bool {
    let own: Vec<bool> = (0..accepted.len()).map(|at| at > heading && accepted[at] && !others[at]).collect();
    let Some(home) = text_box::around(layout, &own) else { return false };
    let inside = layout.blocks_in(home);
    let is_prose = |at: &usize| layout.blocks[*at].linked < LINKED && ends_sentence(&layout.blocks[*at].text);
    let Some(first) = inside.clone().find(|at| *at > heading && others[*at]) else { return false };
    let words = |is: &dyn Fn(&usize) -> bool| -> usize { inside.clone().filter(|at| is(at)).map(|at| layout.blocks[at].words).sum() };
    let (of_others, of_text) = (words(&|at| *at > heading && others[*at] && is_prose(at)), words(&|at| own[*at]));
    let is_labelled = || (first.saturating_sub(LABELS)..first).any(|at| at > heading && follows::is_label(layout, at));
    let shows_something = || {
        let is_above = |block: usize| block > heading && block <= first;
        let mut links = layout.links.iter().zip(&layout.anchors);
        layout.media.iter().any(|medium| is_above(medium.before) && !is_in_other(layout, medium.element, others))
            || links.any(|(link, anchor)| attachments::is_document(link) && is_above(layout.block_at(*anchor)))
    };
    of_others > MADE * of_text && !is_labelled() && !shows_something()
}

/// Whether the smallest element with text around another is another story's.
fn is_in_other(layout: &Layout, element: usize, others: &[bool]) -> bool {
    let inside = layout.upwards_at(element).map(|at| layout.blocks_in(at)).find(|inside| !inside.is_empty());
    inside.is_some_and(|mut inside| inside.all(|at| others[at]))
}

/// What holds a picture and a headline that lead to the same story: one of them is enough.
fn card(layout: &Layout, heading: usize, linked: &Linked) -> Option<Range<usize>> {
    let href = &layout.links[linked.link];
    let same = layout.links.iter().zip(&layout.anchors).filter(|(other, anchor)| *other == href && **anchor != linked.anchor);
    let is_picture = |anchor: &usize| layout.text_length(*anchor) == 0;
    let pictures: Vec<usize> = same.map(|(_, anchor)| *anchor).filter(is_picture).collect();
    let around = layout.upwards_at(linked.anchor).find(|at| pictures.iter().any(|picture| layout.is_inside(*picture, *at)))?;
    let inside = layout.blocks_in(around);
    is_small(layout, &inside).then_some(inside).filter(|inside| !inside.contains(&heading))
}

/// No larger than a card.
fn is_small(layout: &Layout, inside: &Range<usize>) -> bool {
    inside.len() <= BLOCKS && layout.blocks[inside.clone()].iter().map(|block| block.words).sum::<usize>() <= WORDS
}

/// A link to another story.
struct Linked {
    /// Among the links of the page.
    link: usize,
    anchor: usize,
    target: String,
}

/// In the order of the page.
fn linked(layout: &Layout, heading: usize, url: &Url, base: &Url) -> Vec<Linked> {
    let of_link = |(link, (href, anchor)): (usize, (&String, &usize))| {
        let at = layout.block_at(*anchor);
        let block = layout.blocks.get(at).filter(|_| at != heading && layout.text_length(*anchor) > 0)?;
        let is_line = block.linked > LINKED || block.words <= SHORT && !ends_sentence(&block.text);
        let target = link::resolve(base, href).filter(|target| is_line && is_alike(url, target))?;
        Some(Linked { link, anchor: *anchor, target: link::identity(&target) })
    };
    let mut linked: Vec<Linked> = layout.links.iter().zip(&layout.anchors).enumerate().filter_map(of_link).collect();
    linked.sort_by_key(|linked| linked.anchor);
    linked
}

/// The largest element around a link without another such link, if it is no larger than a card.
fn record(layout: &Layout, heading: usize, linked: &[Linked], at: usize) -> Option<usize> {
    let own = &linked[at];
    let is_other = |other: &&Linked| other.target != own.target;
    let before = linked[..at].iter().rev().take(SAME).find(is_other).map(|other| other.anchor);
    let after = linked[at + 1..].iter().take(SAME).find(is_other).map(|other| other.anchor);
    let holds = |element: usize, anchor: Option<usize>| anchor.is_some_and(|anchor| layout.is_inside(anchor, element));
    let is_its_own =
        |element: &usize| !holds(*element, before) && !holds(*element, after) && !layout.blocks_in(*element).contains(&heading);
    let record = layout.upwards_at(own.anchor).take_while(is_its_own).last()?;
    is_small(layout, &layout.blocks_in(record)).then_some(record)
}

/// Whether two addresses are built alike: of one host, as deep, with the same parameters, and with words or numbers at
/// the end.
fn is_alike(own: &Url, other: &Url) -> bool {
    let segments = |url: &Url| url.path().split('/').filter(|segment| !segment.is_empty()).count();
    let last = |url: &Url| url.path().trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let names = |url: &Url| {
        let mut names: Vec<String> = url.query_pairs().map(|(name, _)| name.to_ascii_lowercase()).collect();
        names.sort_unstable();
        names
    };
    let (own_last, other_last) = (last(own), last(other));
    let ending = |last: &str| last.rsplit_once('.').map(|(_, ending)| ending.to_owned());
    let has_number = |text: &str| text.contains(|ch: char| ch.is_ascii_digit());
    let is_slug = |last: &str| last.matches('-').count() >= SLUG;
    let ends_alike = || match own.query() {
        Some(query) => other_last == own_last && has_number(query) == has_number(other.query().unwrap_or_default()),
        None => is_slug(&own_last) == is_slug(&other_last) && (is_slug(&own_last) || has_number(&own_last) && has_number(&other_last)),
    };
    own.host_str() == other.host_str()
        && segments(own) == segments(other)
        && names(own) == names(other)
        && ending(&own_last) == ending(&other_last)
        && ends_alike()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_built_as_another() {
        let is_alike = |own: &str, other: &str| is_alike(&Url::parse(own).unwrap(), &Url::parse(other).unwrap());
        let site = "https://xa.example.vn";
        for (own, other, expected) in [
            ("/van-hoa/202611/hoi-boi-thuyen-tren-song-3fa9/", "/kinh-te/202610/duoc-mua-dua-o-ha-trung-21c4/", true),
            ("/tin.aspx?id=17&cm=2", "/tin.aspx?cm=3&id=9", true),
            ("/hoi-boi-thuyen-tren-song-817.html", "/duoc-mua-dua-o-ha-trung-9.html", true),
            ("/tin/817", "/tin/12", true),
            ("/hoi-boi-thuyen-tren-song-817.html", "/kinh-te.html", false),
            ("/tin.aspx?id=17&cm=2", "/danhsach.aspx?cm=3", false),
            ("/tin/hoi-boi-thuyen-tren-song", "/upload/duoc-mua-dua-o-ha-trung.pdf", false),
        ] {
            assert_eq!(is_alike(&format!("{site}{own}"), &format!("{site}{other}")), expected, "{own} {other}");
        }
    }
}

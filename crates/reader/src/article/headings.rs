//! Headlines as the page shows them: its main headings, or what stands in a main heading's place.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    block::{Block, Style},
    class_hints::Hint,
    features::ends_sentence,
    layout::Layout,
    words::{normal, words},
};
use crate::time;

/// Words of a headline.
const LENGTH: std::ops::RangeInclusive<usize> = 4..=45;

/// Main headings that are looked at; most pages have one.
const HEADINGS: usize = 100;

/// Words of a paragraph by which a story is known.
const PROSE: usize = 15;

/// The texts of the `<h1>`s, but for the site's name that links home.
pub fn main(layout: &Layout) -> Vec<String> {
    let headings = (0..layout.elements.len()).filter(|at| &*layout.elements[*at].name == "h1").take(HEADINGS);
    headings.filter(|at| !layout.links_home(*at)).map(|at| layout.line_of(at)).filter(|heading| !heading.is_empty()).collect()
}

/// Without a main heading: a lesser one, or an element that its class calls a title, that the document's title contains;
/// where no title contains any, the first that looks like a headline; else the bold line above the stamp.
pub fn lesser(layout: &Layout, titles: &[&str], site: &str) -> Option<String> {
    static TITLE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)title|headline|tieu-?_?de|(?-u:\b)tit(?-u:\b)").expect("the pattern is constant"));
    let titles: Vec<String> = titles.iter().map(|title| normal(title)).collect();
    let site = normal(site);
    let mut looks: Vec<(String, usize, bool)> = Vec::new();
    for (at, element) in layout.elements.iter().enumerate() {
        if layout.text_length(at) > 600 || !(matches!(&*element.name, "h1" | "h2" | "h3" | "h4") || TITLE.is_match(&element.marks)) {
            continue;
        }
        let text = layout.text_of(at);
        let place = layout.block_at(at);
        let Some(block) = layout.blocks.get(place) else { continue };
        if !layout.budget.spend(block.chain.len()) {
            break;
        }
        let is_block = LENGTH.contains(&words(&text).count()) && block.normal == normal(&text) && block.linked < 0.5;
        if is_block && block.normal != site {
            looks.push((text, place, is_aside(layout, block)));
        }
    }
    let contained = looks.iter().find(|(heading, ..)| titles.iter().any(|title| title.contains(&normal(heading))));
    let mut others = looks.iter().filter(|(.., aside)| !aside);
    // The boxes of a portal have titles too, with links below them.
    let first = contained.or_else(|| others.clone().find(|(_, place, _)| heads_story(layout, *place))).or_else(|| others.next());
    first.map(|(heading, ..)| heading.clone()).or_else(|| above_stamp(layout))
}

/// Whether prose follows within a few blocks, without a line of links before it.
fn heads_story(layout: &Layout, place: usize) -> bool {
    let below = layout.blocks.iter().skip(place + 1).take(8);
    let mut telling = below.take_while(|block| block.linked < 0.5 || block.words < 4);
    telling.any(|block| block.words >= PROSE && block.linked < 0.3)
}

fn is_aside(layout: &Layout, block: &Block) -> bool {
    layout.chain(block).any(|element| {
        matches!(&*element.name, "aside" | "nav" | "footer")
            || [Hint::Related, Hint::Navigation, Hint::Comment].iter().any(|mark| element.kinds.has(*mark))
    })
}

/// The stressed line right above the first line with a date; else the line right above one that prose follows.
fn above_stamp(layout: &Layout) -> Option<String> {
    let blocks = &layout.blocks;
    let stamps: Vec<usize> = (1..blocks.len()).filter(|at| blocks[*at].length < 100 && time::is_dated(&blocks[*at].text)).take(3).collect();
    let fits =
        |block: &&Block| LENGTH.contains(&block.words) && block.linked < 0.5 && !ends_sentence(&block.text) && !time::is_dated(&block.text);
    let is_stressed = |block: &&Block| block.stressed > 0.8 || block.share_in(Style::BOLD) > 0.8;
    let above = |stamp: &usize| blocks[stamp.saturating_sub(2)..*stamp].iter().rev().filter(fits).find(is_stressed);
    let plain = |stamp: &usize| blocks[stamp - 1..*stamp].iter().find(fits).filter(|_| heads_story(layout, *stamp));
    stamps.iter().find_map(above).or_else(|| stamps.iter().find_map(plain)).map(|block| block.text.clone())
}

//! Headlines as the page shows them: its main headings, or what stands in a main heading's place.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    block::Block,
    features::ends_sentence,
    marks::{Mark, Marks},
    outline::Outline,
    words::{normal, words},
};
use crate::time;

/// Words of a headline.
const LENGTH: std::ops::RangeInclusive<usize> = 4..=45;

/// The texts of the `<h1>`s, but for the site's name that links home.
pub fn main(outline: &Outline) -> Vec<String> {
    let headings = (0..outline.elements.len()).filter(|at| &*outline.elements[*at].name == "h1" && !outline.links_home(*at));
    headings.map(|at| outline.text_of(at)).filter(|heading| !heading.is_empty()).collect()
}

/// Without a main heading: a lesser one, or an element that its class calls a title, that the document's title contains;
/// where no title contains any, the first that looks like a headline; else the bold line above the stamp.
pub fn lesser(outline: &Outline, titles: &[&str], site: &str) -> Option<String> {
    static TITLE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)title|headline|tieu-?_?de|(?-u:\b)tit(?-u:\b)").expect("the pattern is constant"));
    let titles: Vec<String> = titles.iter().map(|title| normal(title)).collect();
    let site = normal(site);
    let mut looks: Vec<(String, bool)> = Vec::new();
    for (at, element) in outline.elements.iter().enumerate() {
        if outline.text_length(at) > 600 || !(matches!(&*element.name, "h2" | "h3" | "h4") || TITLE.is_match(&element.marks)) {
            continue;
        }
        let text = outline.text_of(at);
        let Some(block) = outline.blocks.get(outline.block_at(at)) else { continue };
        let is_block = LENGTH.contains(&words(&text).count()) && block.normal == normal(&text) && block.linked < 0.5;
        if is_block && block.normal != site {
            looks.push((text, is_aside(outline, block)));
        }
    }
    let contained = looks.iter().find(|(heading, _)| titles.iter().any(|title| title.contains(&normal(heading))));
    let first = contained.or_else(|| looks.iter().find(|(_, aside)| !aside));
    first.map(|(heading, _)| heading.clone()).or_else(|| above_stamp(outline))
}

fn is_aside(outline: &Outline, block: &Block) -> bool {
    outline.chain(block).any(|element| {
        let marks = Marks::of(&element.marks);
        matches!(&*element.name, "aside" | "nav" | "footer")
            || [Mark::Related, Mark::Navigation, Mark::Comment].iter().any(|mark| marks.has(*mark))
    })
}

/// The stressed line right above the first line with a date.
fn above_stamp(outline: &Outline) -> Option<String> {
    let blocks = &outline.blocks;
    let stamps = (1..blocks.len()).filter(|at| blocks[*at].length < 100 && time::is_dated(&blocks[*at].text));
    stamps.take(3).find_map(|stamp| {
        let above = blocks[stamp.saturating_sub(2)..stamp].iter().rev();
        let mut fits = above.filter(|block| {
            LENGTH.contains(&block.words)
                && block.linked < 0.5
                && block.stressed > 0.8
                && !ends_sentence(&block.text)
                && !time::is_dated(&block.text)
        });
        fits.next().map(|block| block.text.clone())
    })
}

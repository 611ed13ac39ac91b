//! Headlines as the page shows them: its main headings, or what stands in a main heading's place.

use super::{
    block::{Block, Style},
    class_hints::Hint,
    features::ends_sentence,
    layout::{Element, Layout},
    words::{normal, words},
};
use crate::pattern::Pattern;
use crate::time;

/// Words of a headline.
const LENGTH: std::ops::RangeInclusive<usize> = 4..=45;

/// Main headings that are looked at; most pages have one.
const HEADINGS: usize = 100;

/// Elements around a heading that may hide it.
const HIDING: usize = 4;

/// Words of a paragraph by which a story is known.
const PROSE: usize = 15;

/// A line that looks like a headline.
pub struct Heading {
    pub text: String,
    pub normal: String,
    /// Its block.
    pub block: usize,
    /// It is an `<h1>`.
    pub is_main: bool,
    /// Its markup hides it, or what it stands in: those who listen to the page hear it, and it is not always about the
    /// page.
    pub is_hidden: bool,
    /// It stands in a menu or a box beside the story.
    is_beside: bool,
}

/// The `<h1>`s, but for the site's name that links home; what nobody sees comes last.
pub fn main(layout: &Layout) -> Vec<Heading> {
    let headings = (0..layout.elements.len()).filter(|at| &*layout.elements[*at].name == "h1").take(HEADINGS);
    let headings = headings.filter(|at| !layout.links_home(*at)).map(|at| Heading::of(layout, at, layout.line_of(at)));
    let mut headings: Vec<Heading> = headings.filter(|heading| !heading.text.is_empty()).collect();
    headings.sort_by_key(|heading| heading.is_hidden);
    headings
}

impl Heading {
    fn of(layout: &Layout, element: usize, text: String) -> Self {
        let block = layout.block_at(element);
        let is_hidden = layout.upwards(element).take(HIDING).any(|around| around.hidden || hides(&around.marks));
        let is_main = &*layout.elements[element].name == "h1";
        Self {
            normal: normal(&text),
            text,
            block,
            is_main,
            is_hidden,
            is_beside: layout.blocks.get(block).is_some_and(|block| is_aside(layout, block)),
        }
    }
}

/// The only main heading that readers see, where a story follows it: it is the headline, whatever the page is called
/// elsewhere.
pub fn alone<'a>(main: &'a [Heading], layout: &Layout, site: &str) -> Option<&'a Heading> {
    let mut seen = main.iter().filter(|heading| !heading.is_hidden);
    let first = seen.next().filter(|first| seen.all(|other| other.normal == first.normal))?;
    let is_name = !site.is_empty() && first.normal == normal(site);
    (!is_name && !first.is_beside && heads_story(layout, first.block)).then_some(first)
}

/// Whether a class leaves an element to those who listen to the page.
fn hides(marks: &str) -> bool {
    static HIDDEN: Pattern = Pattern::new(
        r"(?i)^(hide-accessible|visually-?hidden(-focusable)?|sr-only|screen-reader(-only|-text)?|element-invisible|assistive-text|d-none|hidden)$",
    );
    marks.split_whitespace().any(|class| HIDDEN.is_match(class))
}

/// Lesser headings, and elements that their class calls a title, that are lines of their own.
pub fn lesser(layout: &Layout, site: &str) -> Vec<Heading> {
    static TITLE: Pattern = Pattern::new(r"(?i)title|headline|tieu-?_?de|(?-u:\b)tit(?-u:\b)");
    let site = normal(site);
    let mut headings: Vec<Heading> = Vec::new();
    for (at, element) in layout.elements.iter().enumerate() {
        if layout.text_length(at) > 600 || !(matches!(&*element.name, "h1" | "h2" | "h3" | "h4") || TITLE.is_match(&element.marks)) {
            continue;
        }
        let text = layout.text_of(at);
        let Some(block) = layout.blocks.get(layout.block_at(at)) else { continue };
        if !layout.budget.spend(block.chain.len()) {
            break;
        }
        let is_block = LENGTH.contains(&words(&text).count()) && block.normal == normal(&text) && block.linked < 0.5;
        if is_block && block.normal != site {
            headings.push(Heading::of(layout, at, text));
        }
    }
    headings
}

/// The headings that one of `titles` contains.
pub fn contained<'a>(headings: &'a [Heading], titles: &[&str]) -> impl Iterator<Item = &'a Heading> {
    let titles: Vec<String> = titles.iter().map(|title| normal(title)).collect();
    headings.iter().filter(move |heading| titles.iter().any(|title| title.contains(&heading.normal)))
}

/// Where no title contains a heading: the first that looks like a headline; else the bold line above the stamp.
pub fn first(layout: &Layout, headings: &[Heading]) -> Option<String> {
    let mut others = headings.iter().filter(|heading| !heading.is_beside && !heading.is_hidden);
    // The boxes of a portal have titles too, with links below them.
    let first = others.clone().find(|heading| heads_story(layout, heading.block)).or_else(|| others.next());
    first.map(|heading| heading.text.clone()).or_else(|| above_stamp(layout))
}

/// The block that says `title` over the story: a heading, the highest of several, before a line, and either before what
/// only leads to it, as the newest stories in the head of a portal do.
pub fn saying(layout: &Layout, title: &str) -> Option<usize> {
    let is_alike = |at: &usize| !title.is_empty() && layout.blocks[*at].normal == title;
    let trust = |at: &usize| if layout.blocks[*at].linked > 0.5 { 0 } else { 1 + rank(layout, *at) };
    // The first of equals.
    (0..layout.blocks.len()).filter(is_alike).rev().max_by_key(trust)
}

/// Whether a block is set as a heading.
pub fn is_heading(layout: &Layout, block: usize) -> bool {
    rank(layout, block) > 0
}

/// How high a heading a block is set as: 6 for `h1`, 1 for `h6`, 0 for none.
pub fn rank(layout: &Layout, block: usize) -> u8 {
    let ranks = layout.chain(&layout.blocks[block]).rev().take(2).map(|element| match &*element.name {
        "h1" => 6,
        "h2" => 5,
        "h3" => 4,
        "h4" => 3,
        "h5" => 2,
        "h6" => 1,
        _ => 0,
    });
    ranks.max().unwrap_or_default()
}

/// Whether a block stands in a menu or in a box beside the story.
pub fn is_beside(layout: &Layout, block: usize) -> bool {
    is_aside(layout, &layout.blocks[block])
}

/// The same, but for what the block at `heading` stands in too: a menu that is not closed holds the story.
pub fn is_beside_of(layout: &Layout, block: usize, heading: usize) -> bool {
    let around = &layout.blocks[heading].chain;
    layout.blocks[block].chain.iter().filter(|element| !around.contains(element)).any(|element| is_of_frame(&layout.elements[*element]))
}

/// The same of a heading, whose box may be called anything: a card, a slide.
pub fn is_heading_beside(layout: &Layout, block: usize) -> bool {
    let mut around = layout.chain(&layout.blocks[block]);
    if is_heading(layout, block) { around.any(|element| is_frame(&element.name)) } else { is_beside(layout, block) }
}

/// Whether prose follows within a few blocks, without a line of links before it.
pub fn heads_story(layout: &Layout, place: usize) -> bool {
    let below = layout.blocks.iter().skip(place + 1).take(8);
    let mut telling = below.take_while(|block| block.linked < 0.5 || block.words < 4);
    telling.any(|block| block.words >= PROSE && block.linked < 0.3)
}

fn is_aside(layout: &Layout, block: &Block) -> bool {
    layout.chain(block).any(is_of_frame)
}

fn is_of_frame(element: &Element) -> bool {
    is_frame(&element.name) || [Hint::Related, Hint::Navigation, Hint::Comment].iter().any(|mark| element.kinds.has(*mark))
}

/// Elements that hold what surrounds a story.
fn is_frame(name: &str) -> bool {
    matches!(name, "aside" | "nav" | "footer")
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

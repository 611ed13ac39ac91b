//! What of a page is its site's: boxes, lines and pictures that stand on other pages too.
//!
//! Better one box too many than one paragraph too few: what looks like a paragraph of this article (its markup is that
//! of the paragraphs that stand nowhere else) must be on most other pages to be the site's; what stands in a box of its
//! own, on some; what is linked, on one. Captions, bylines, and headings of what is new are kept.

use std::collections::HashMap;

use url::Url;

use super::{
    block::{Block, Style},
    class_hints::Hint,
    credits,
    features::{beginning, ends_sentence},
    layout::Layout,
    opened::Opened,
    rules::length,
    words,
};
use crate::site::{Fingerprint, Others};

/// Words from which a text is prose: articles of one case repeat a paragraph of its background, and quote each other.
const PROSE: usize = 20;
/// Longest line that is a name or a source, in words.
const LONGEST_NAME: usize = 8;
/// Words of a text that stands nowhere else, from which what it stands in is no box of the site.
const OWN: usize = 12;
/// Lists, tables and the like: what they hold is the site's as a whole or not at all.
const WHOLES: [&str; 6] = ["ul", "ol", "dl", "table", "blockquote", "figure"];

/// What of a page is its site's, by the order of blocks and of media.
pub struct Repeated {
    pub blocks: Vec<bool>,
    pub media: Vec<bool>,
}

/// Long enough to be told by someone; shorter lines come about twice by chance.
pub fn is_prose(block: &Block) -> bool {
    length(block) >= PROSE
}

/// Whether a picture stands for so many other articles that it says nothing of this one: a file photo may stand for
/// two.
pub fn is_pictured(address: &Url, others: &Others) -> bool {
    let seen = others.with_picture(Fingerprint::of_address(address));
    seen >= 2 && seen * 4 >= others.pages()
}

impl Repeated {
    /// `accepted` is what would be the article if nothing were known of the site.
    pub fn of(page: &Opened, accepted: &[bool], others: &Others) -> Self {
        let nothing = Self { blocks: vec![false; accepted.len()], media: vec![false; page.layout.media.len()] };
        if others.pages() == 0 {
            return nothing;
        }
        let Some(container) = page.layout.container(accepted) else { return nothing };
        let versions = Comparison::new(page, accepted, container, *others).paragraphs();
        let others = others.but_versions(versions.into_iter());
        if others.pages() == 0 {
            return nothing;
        }
        let comparison = Comparison::new(page, accepted, container, others);
        let boxes = comparison.boxes();
        let blocks = comparison.blocks(&boxes);
        let media = comparison.media(&boxes, &blocks);
        Self { blocks, media }
    }

    pub fn is_nothing(&self) -> bool {
        !self.blocks.iter().chain(&self.media).any(|repeated| *repeated)
    }
}

/// A page beside the others of its site.
struct Comparison<'a> {
    page: &'a Opened,
    layout: &'a Layout,
    accepted: &'a [bool],
    /// Where the story stands.
    container: usize,
    others: Others<'a>,
    /// On how many other pages each block stands.
    seen: Vec<u32>,
    /// The markup of each block below the container, as a number.
    paths: Vec<u64>,
    /// The words of the article that stand nowhere else, by the markup around them.
    own: HashMap<u64, usize>,
}

impl<'a> Comparison<'a> {
    fn new(page: &'a Opened, accepted: &'a [bool], container: usize, others: Others<'a>) -> Self {
        let layout = &page.layout;
        // A lead that teases on other pages is not in their articles, prose of a box is.
        let seen = |block: &Block| match is_prose(block) {
            true => others.with_text(Fingerprint::of_article_text(&block.normal)),
            false => others.with_text(Fingerprint::of_text(&block.normal)),
        };
        let path = |block: &Block| {
            let from = block.chain.iter().position(|element| *element == container).map_or(0, |at| at + 1);
            block.chain[from..].iter().fold(0, |path: u64, element| path.rotate_left(7) ^ layout.elements[*element].kind)
        };
        let seen: Vec<u32> = layout.blocks.iter().map(seen).collect();
        let paths: Vec<u64> = layout.blocks.iter().map(path).collect();
        let mut own: HashMap<u64, usize> = HashMap::new();
        let mut add = |fits: &dyn Fn(usize) -> bool| {
            for at in (0..layout.blocks.len()).filter(|at| accepted[*at] && fits(*at)) {
                *own.entry(paths[at]).or_default() += length(&layout.blocks[at]);
            }
            own.values().sum::<usize>()
        };
        // Where everything stands elsewhere too, most of it is what the article is made of.
        if add(&|at| seen[at] == 0) < PROSE {
            add(&|at| seen[at] > 0);
        }
        Self { page, layout, accepted, container, others, seen, paths, own }
    }

    /// The paragraphs that look like the article's own, with their words.
    fn paragraphs(&self) -> Vec<(Fingerprint, usize)> {
        let blocks = self.layout.blocks.iter().enumerate();
        let own = blocks.filter(|(at, block)| self.accepted[*at] && is_prose(block) && self.is_plain(*at));
        own.map(|(_, block)| (Fingerprint::of_article_text(&block.normal), length(block))).collect()
    }

    /// The elements of the story that hold hardly anything else than what stands on other pages.
    fn boxes(&self) -> Vec<bool> {
        #[derive(Default, Clone)]
        struct Holds {
            blocks: usize,
            words: usize,
            repeated: usize,
            own: bool,
        }
        let mut holds = vec![Holds::default(); self.layout.elements.len()];
        for (at, block) in self.layout.blocks.iter().enumerate() {
            let (words, repeated) = (length(block), self.is_boxed(at));
            let around = self.below(block);
            // The rows of a table are no boxes of their own.
            let whole = around.clone().position(|element| self.is_whole(element)).map_or(usize::MAX, |at| at + 1);
            for element in around.take(whole) {
                let holds = &mut holds[element];
                holds.blocks += 1;
                holds.words += words;
                // Numbers come about again by chance.
                holds.repeated += if repeated && !self.is_number_in_cell(at) { words } else { 0 };
                holds.own |= !repeated && words >= OWN;
            }
        }
        holds.iter().map(|holds| holds.blocks >= 2 && !holds.own && holds.repeated * 10 >= holds.words * 7).collect()
    }

    fn is_number_in_cell(&self, at: usize) -> bool {
        let block = &self.layout.blocks[at];
        let is_cell = self.layout.chain(block).next_back().is_some_and(|innermost| matches!(&*innermost.name, "td" | "th"));
        is_cell && !block.text.contains(char::is_alphabetic)
    }

    fn blocks(&self, boxes: &[bool]) -> Vec<bool> {
        let blocks = &self.layout.blocks;
        let mut repeated: Vec<bool> = blocks.iter().map(|block| self.below(block).any(|element| boxes[element])).collect();
        // From the end: a heading goes with what follows it.
        for at in (0..blocks.len()).rev().filter(|at| self.seen[*at] > 0) {
            let is_line = if self.is_plain(at) { self.is_on_most(at) } else { self.is_boxed(at) };
            repeated[at] |= is_line && !self.is_in_a_whole(at) && !self.is_kept(at, &repeated);
        }
        repeated
    }

    fn media(&self, boxes: &[bool], blocks: &[bool]) -> Vec<bool> {
        let is_repeated = |medium: &super::media::Medium| {
            let inside = || self.layout.upwards_at(medium.element).take_while(|element| *element > self.container);
            let beside = |element: usize| {
                let mut beside = (0..blocks.len()).filter(|at| self.layout.blocks[*at].chain.contains(&element)).peekable();
                beside.peek().is_some().then(|| beside.all(|at| blocks[at]))
            };
            medium.address(&self.page.base).is_some_and(|address| is_pictured(&address, &self.others))
                || inside().any(|element| boxes[element])
                || inside().find_map(beside).unwrap_or(false)
        };
        self.layout.media.iter().map(is_repeated).collect()
    }

    /// The elements around a block inside the story's own.
    fn below<'b>(&self, block: &'b Block) -> impl Iterator<Item = usize> + Clone + use<'b> {
        let container = self.container;
        let inside = block.chain.contains(&container);
        block.chain.iter().copied().filter(move |element| inside && *element > container)
    }

    /// Whether it stands among the paragraphs of the article, as one of them.
    fn is_plain(&self, at: usize) -> bool {
        let all: usize = self.own.values().sum();
        self.own.get(&self.paths[at]).is_some_and(|words| words * 4 >= all)
    }

    /// Repeated often enough for something in a box of its own.
    fn is_boxed(&self, at: usize) -> bool {
        let (block, seen, pages) = (&self.layout.blocks[at], self.seen[at], self.others.pages());
        let often = seen >= 4 || seen >= 2 && seen * 4 >= pages;
        // A link, or a line on one of three pages, needs no more.
        seen >= 1 && (often || block.linked > 0.5 || !is_prose(block) && seen * 3 >= pages)
    }

    /// Repeated often enough for something that looks like a paragraph of the article.
    fn is_on_most(&self, at: usize) -> bool {
        let (block, seen, pages) = (&self.layout.blocks[at], self.seen[at], self.others.pages());
        let enough = if is_prose(block) { 3 } else { 2 };
        block.linked > 0.5 || seen >= enough && seen * 2 >= pages
    }

    /// In a list, a table, a quotation of several blocks. Those that repeat as a whole are boxes.
    fn is_in_a_whole(&self, at: usize) -> bool {
        let blocks = &self.layout.blocks;
        let whole = self.below(&blocks[at]).find(|element| self.is_whole(*element));
        let holds =
            |other: Option<usize>, whole| other.and_then(|other| blocks.get(other)).is_some_and(|other| other.chain.contains(&whole));
        whole.is_some_and(|whole| holds(at.checked_sub(1), whole) || holds(Some(at + 1), whole))
    }

    fn is_whole(&self, element: usize) -> bool {
        WHOLES.contains(&&*self.layout.elements[element].name)
    }

    /// A line that may well repeat and is the article's all the same.
    fn is_kept(&self, at: usize, repeated: &[bool]) -> bool {
        let block = &self.layout.blocks[at];
        if block.linked > 0.5 {
            return false;
        }
        let leads_on = self.is_heading(block) && self.accepted.get(at + 1) == Some(&true) && !repeated[at + 1];
        leads_on || self.is_caption(at) || is_name(&block.text) || credits::of(&block.text).is_some() || self.is_lead(at)
    }

    fn is_heading(&self, block: &Block) -> bool {
        let mut names = self.layout.chain(block).rev().take(2).map(|element| &*element.name);
        block.text.ends_with(':')
            || block.share_in(Style::BOLD) > 0.8
            || names.any(|name| matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6"))
    }

    /// The first or second line below a picture of this article.
    fn is_caption(&self, at: usize) -> bool {
        let block = &self.layout.blocks[at];
        let own = |medium: &super::media::Medium| {
            medium.address(&self.page.base).is_some_and(|address| self.others.with_picture(Fingerprint::of_address(&address)) == 0)
        };
        let marked =
            self.layout.chain(block).rev().take(2).any(|element| &*element.name == "figcaption" || element.kinds.has(Hint::Caption));
        let below = self.layout.budget.spend(self.layout.media.len())
            && self.layout.media.iter().any(|medium| (medium.before == at || medium.before + 1 == at) && own(medium));
        below && (marked || !is_prose(block) && !ends_sentence(&block.text))
    }

    /// What the page says of itself, unless it says so of the site; and the beginning that teases where the headline
    /// stands, too.
    fn is_lead(&self, at: usize) -> bool {
        let (block, seen) = (&self.layout.blocks[at], self.seen[at]);
        let description = words::normal(self.page.description.as_deref().unwrap_or_default());
        let start = beginning(&description, 60);
        let is_described = start.chars().nth(30).is_some() && block.normal.starts_with(start) && seen * 2 < self.others.pages();
        let is_first = !self.layout.blocks[..at].iter().zip(self.accepted).any(|(before, accepted)| *accepted && is_prose(before));
        let headline = words::normal(self.page.facts.title.as_deref().unwrap_or_default());
        is_described || is_first && self.others.with_text(Fingerprint::of_text(&headline)) >= seen
    }
}

/// A name, a place or a source: "Ảnh: TTXVN".
fn is_name(text: &str) -> bool {
    let mut words = text.split(|ch: char| !ch.is_alphanumeric()).filter(|word| word.starts_with(char::is_alphabetic)).peekable();
    words.peek().is_some() && text.split_whitespace().count() <= LONGEST_NAME && words.all(|word| word.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests;

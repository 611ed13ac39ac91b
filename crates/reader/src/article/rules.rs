//! Rules for the page as a whole, after each block was judged alone.

use std::collections::{HashMap, HashSet};

use url::Url;

use super::{
    block::Block,
    class_hints::{Hint, Hints},
    features::{Feature, Features, beginning, ends_sentence},
    headings, imprint,
    layout::Layout,
    rule::{Rule, Without},
    shingles::Shingles,
    text_box,
};

/// Likelihood from which a block belongs to the article.
pub const THRESHOLD: f32 = 0.6;
/// The same of a paragraph that stands with most of those, and of what stands elsewhere.
const WITHIN: f32 = 0.55;
const ELSEWHERE: f32 = 0.75;
/// Words below which what was found is hardly an article.
const FEW_WORDS: usize = 25;
/// Words from which a block is prose.
const PROSE: usize = 15;
/// Elements around a heading of which one must hold the paragraphs before and after it.
const AROUND: usize = 3;
/// Stories in `<article>`s of their own from which on, being longer together and shorter each, they are the parts of
/// one; paragraphs of which a longer one is the copy.
const PARTS: usize = 5;
/// Words from which a block may be a copy of the whole text, and the share of a paragraph that is said in it.
const WHOLE: usize = 200;
const COPIED: f32 = 0.8;
/// Longest line that announces a list, in words; the share of a line in links, and its words, from which on it is an
/// item of a list of stories.
const LABEL: usize = 8;
const LINK: f32 = 0.8;
const HEADLINE: usize = 3;
/// Words of a line that is a link to another site, and blocks before and behind it of which one must be a paragraph.
const REFERENCE: usize = 3;
const BESIDE: usize = 4;
/// Longest heading between paragraphs, in words.
const LONGEST_SUBHEADING: usize = 20;
/// Likelihood from which a paragraph right behind the headline opens the text.
const OPENING: f32 = 0.3;

/// The blocks judged, and what the page says of itself.
pub struct Judged<'a> {
    pub layout: &'a Layout,
    pub features: &'a [Features],
    /// How likely each block is part of the article, from 0 to 1.
    pub likelihood: Vec<f32>,
    /// The address that relative ones start from.
    pub base: &'a Url,
    /// The page's description, normalised.
    pub description: &'a str,
    /// The headline that was chosen, normalised.
    pub title: &'a str,
    /// The block of the headline.
    pub heading: Option<usize>,
    pub without: Without,
}

/// What a rule does to the blocks that are accepted so far.
type Step<T> = fn(&T, &mut [bool]);

impl Judged<'_> {
    /// Which blocks are the article's.
    pub fn accepted(&self) -> Vec<bool> {
        let mut accepted = self.likely();
        let steps: [(Rule, Step<Self>); 8] = [
            (Rule::OtherStories, Self::drop_other_stories),
            (Rule::Copies, Self::drop_repeated),
            (Rule::Lead, Self::add_lead),
            (Rule::Opening, Self::add_opening),
            (Rule::Subheadings, Self::add_subheadings),
            (Rule::References, Self::add_references),
            (Rule::TitleInText, Self::drop_title),
            (Rule::Labels, Self::drop_labels),
        ];
        steps.iter().filter(|(rule, _)| self.without.keeps(*rule)).for_each(|(_, step)| step(self, &mut accepted));
        accepted
    }

    /// The blocks that are likely enough where they stand: a paragraph that stands with most of the text belongs to it
    /// sooner than what stands elsewhere on the page. A line or two are no text to stand with.
    fn likely(&self) -> Vec<bool> {
        let blocks = &self.layout.blocks;
        let likely: Vec<bool> = self.likelihood.iter().map(|likelihood| *likelihood >= THRESHOLD).collect();
        let words: usize = blocks.iter().zip(&likely).filter(|(_, likely)| **likely).map(|(block, _)| block.words).sum();
        let is_text = words >= FEW_WORDS && self.without.keeps(Rule::Within);
        let Some(home) = text_box::around(self.layout, &likely).filter(|_| is_text) else { return likely };
        let inside = self.layout.blocks_in(home);
        let needed = |at: usize| match inside.contains(&at) {
            true if length(&blocks[at]) >= 8 => WITHIN,
            true => THRESHOLD,
            false => ELSEWHERE,
        };
        self.likelihood.iter().enumerate().map(|(at, likelihood)| *likelihood >= needed(at)).collect()
    }

    /// Where hardly anything was accepted, takes what the other reader took, if that is much more. Beside a sentence or
    /// two that are the whole story it may have taken all of the page: of what stands elsewhere there must be more
    /// prose than that.
    pub fn or_voted(&self, accepted: Vec<bool>) -> Vec<bool> {
        let blocks = &self.layout.blocks;
        let words = |chosen: &[bool]| blocks.iter().zip(chosen).filter(|(_, chosen)| **chosen).map(|(block, _)| block.words).sum::<usize>();
        let own = words(&accepted);
        if own >= FEW_WORDS {
            return accepted;
        }
        let mut voted: Vec<bool> =
            blocks.iter().zip(self.features).map(|(block, features)| features.get(Feature::Vote) >= 0.5 && block.linked < 0.5).collect();
        for (voted, block) in voted.iter_mut().zip(blocks) {
            *voted &= !imprint::is_line(&block.text);
        }
        self.drop_title(&mut voted);
        if accepted.iter().zip(blocks).any(|(accepted, block)| *accepted && is_sentence(block))
            && let Some(home) = text_box::around(self.layout, &accepted)
        {
            let inside = self.layout.blocks_in(home);
            let beside = (0..blocks.len()).filter(|at| voted[*at] && !inside.contains(at) && length(&blocks[*at]) >= PROSE);
            let prose: usize = beside.map(|at| &blocks[at]).filter(|block| ends_sentence(&block.text)).map(|block| block.words).sum();
            if prose <= own {
                return (0..blocks.len()).map(|at| accepted[at] || voted[at] && inside.contains(&at)).collect();
            }
        }
        let is_text = blocks.iter().zip(&voted).any(|(block, voted)| *voted && is_sentence(block));
        if is_text && words(&voted) > 3 * own { voted } else { accepted }
    }

    /// The first `<article>` with enough text of its own is the story; others after it that have a heading are other
    /// stories.
    fn drop_other_stories(&self, accepted: &mut [bool]) {
        let layout = self.layout;
        let mut own: Vec<(usize, usize, usize)> = Vec::new();
        let mut places: HashMap<usize, usize> = HashMap::new();
        let innermost = |block: &Block| block.chain.iter().rev().copied().find(|at| &*layout.elements[*at].name == "article");
        for (at, block) in layout.blocks.iter().enumerate().filter(|(at, _)| accepted[*at]) {
            if let Some(article) = innermost(block) {
                let place = *places.entry(article).or_insert_with(|| {
                    own.push((article, at, 0));
                    own.len() - 1
                });
                own[place].2 += length(block);
            }
        }
        let Some((story, begins, words)) = own.iter().find(|(_, _, words)| *words >= 60).copied() else { return };
        let around: HashSet<usize> = layout.upwards_at(story).collect();
        let headed = headed_articles(layout);
        let others: Vec<usize> =
            own.iter().filter(|(article, at, _)| *at > begins && !around.contains(article)).map(|(.., words)| *words).collect();
        let in_others: usize = others.iter().sum();
        if others.len() >= PARTS && in_others > 2 * words && in_others < others.len() * words {
            return;
        }
        // Where the headline stands before the first of several that are built alike, that is no story, but a part.
        let is_part = headings::saying(layout, self.title).is_some_and(|heading| heading < layout.blocks_in(story).start);
        let is_alike = |article: usize| is_part && layout.elements[article].kind == layout.elements[story].kind;
        for (at, block) in layout.blocks.iter().enumerate().skip(begins + 1) {
            if let Some(article) = innermost(block)
                && !around.contains(&article)
                && !is_alike(article)
                && headed.contains(&article)
            {
                accepted[at] = false;
            }
        }
    }

    /// What stands three times on a page is its frame, unless all of it stands in the text, as a question does that is
    /// asked again; of two copies the first is the text, but lists of the text may have an item in common.
    fn drop_repeated(&self, accepted: &mut [bool]) {
        self.drop_whole_copy(accepted);
        let blocks = &self.layout.blocks;
        let mut copies: HashMap<&str, (usize, usize, usize)> = HashMap::new();
        for (at, block) in blocks.iter().enumerate() {
            let (count, _, last) = copies.entry(&block.normal).or_insert((0, at, at));
            (*count, *last) = (*count + 1, at);
        }
        let home = text_box::around(self.layout, accepted).map_or(0..0, |home| self.layout.blocks_in(home));
        let is_item = |block: &Block| self.layout.chain(block).rev().take(2).any(|element| &*element.name == "li");
        let mut seen = HashSet::new();
        for (at, block) in blocks.iter().enumerate().filter(|(_, block)| length(block) >= 6) {
            let (count, first, last) = copies[block.normal.as_str()];
            let is_often = count >= 3;
            if is_often && home.contains(&first) && home.contains(&last) {
                continue;
            }
            if accepted[at] && is_often {
                accepted[at] = false;
            }
            let is_said_again = home.contains(&at) && home.contains(&first) && is_item(block) && is_item(&blocks[first]);
            if accepted[at] && length(block) >= 8 && !seen.insert(&block.normal) && !is_said_again {
                accepted[at] = false;
            }
        }
    }

    /// A page may have its text once more in one piece, for machines: what many of its paragraphs say.
    fn drop_whole_copy(&self, accepted: &mut [bool]) {
        let blocks = &self.layout.blocks;
        let chosen = (0..blocks.len()).filter(|at| accepted[*at]);
        let Some(longest) = chosen.clone().max_by_key(|at| blocks[*at].words).filter(|at| blocks[*at].words >= WHOLE) else { return };
        let whole = Shingles::of(&blocks[longest].text);
        let paragraphs = chosen.filter(|at| *at != longest && length(&blocks[*at]) >= PROSE);
        let copied: Vec<usize> = paragraphs.filter(|at| whole.share_of(&blocks[*at].text) >= COPIED).map(|at| blocks[at].words).collect();
        if copied.len() >= PARTS && 2 * copied.iter().sum::<usize>() >= blocks[longest].words {
            accepted[longest] = false;
        }
    }

    /// A lead before the first accepted block: it begins like the page's description, or its class says so.
    fn add_lead(&self, accepted: &mut [bool]) {
        let blocks = &self.layout.blocks;
        let Some(first) = (0..blocks.len()).find(|at| accepted[*at] && length(&blocks[*at]) >= 8) else { return };
        for at in first.saturating_sub(12)..first {
            let block = &blocks[at];
            if length(block) < 6 || self.features[at].get(Feature::IsTitle) > 0.0 || block.linked > 0.5 {
                continue;
            }
            let normal = &block.normal;
            let is_description = !self.description.is_empty()
                && normal.chars().nth(40).is_some()
                && (self.description.starts_with(beginning(normal, 50)) || normal.starts_with(beginning(self.description, 50)));
            let marks = self.layout.chain(block).rev().take(2).fold(Hints::default(), |marks, element| marks.and(element.kinds));
            let is_lead = marks.has(Hint::Lead) && ends_sentence(&block.text);
            if (is_description && self.likelihood[at] >= 0.05) || (is_lead && self.likelihood[at] >= 0.15) {
                accepted[at] = true;
            }
        }
    }

    /// The paragraph right behind the headline, which may stand in a box of its own over the text.
    fn add_opening(&self, accepted: &mut [bool]) {
        let blocks = &self.layout.blocks;
        let Some(at) = self.heading.map(|heading| heading + 1) else { return };
        let first = (0..blocks.len()).find(|at| accepted[*at] && length(&blocks[*at]) >= 8);
        let Some(block) = blocks.get(at).filter(|_| first.is_some_and(|first| at < first)) else { return };
        let is_paragraph = length(block) >= PROSE && block.linked < 0.3 && ends_sentence(&block.text) && !is_boxed(self.layout, block);
        accepted[at] |= is_paragraph && self.likelihood[at] >= OPENING;
    }

    /// A heading between two paragraphs in the same element as the one that follows, however short it is; what follows
    /// right beside it may be a line.
    fn add_subheadings(&self, accepted: &mut [bool]) {
        let blocks = &self.layout.blocks;
        let Some(first) = (0..blocks.len()).find(|at| accepted[*at] && length(&blocks[*at]) >= 8) else { return };
        for at in (first..blocks.len().saturating_sub(1)).rev() {
            let is_beside = || blocks[at].parent() == blocks[at + 1].parent();
            let is_followed = accepted[at + 1] && (length(&blocks[at + 1]) >= 8 || self.is_subheading(at + 1) || is_beside());
            if accepted[at] || !is_followed || !self.is_subheading(at) {
                continue;
            }
            accepted[at] = self.is_around(at, at + 1) && self.is_among(accepted, at);
        }
    }

    /// A heading below the main one, as short as they are. One that leads to this site is another story's.
    fn is_subheading(&self, at: usize) -> bool {
        let block = &self.layout.blocks[at];
        let mut innermost = self.layout.chain(block).rev().take(2);
        innermost.any(|element| matches!(&*element.name, "h2" | "h3" | "h4" | "h5" | "h6"))
            && block.words <= LONGEST_SUBHEADING
            && (block.linked < 0.5 || self.layout.leads_away(at, self.base))
            && !is_boxed(self.layout, block)
    }

    /// A line that is a link to another site, or an address to write to, is what the text refers to where it stands
    /// between paragraphs in the same element; what leads to this site may be another story.
    fn add_references(&self, accepted: &mut [bool]) {
        let (layout, blocks) = (self.layout, &self.layout.blocks);
        let chosen = accepted.to_vec();
        for (at, block) in blocks.iter().enumerate().filter(|(at, block)| !chosen[*at] && block.linked > 0.5 && block.words >= REFERENCE) {
            let around = block.parent();
            let list = layout.elements[around].parent.filter(|_| matches!(&*layout.elements[around].name, "ul" | "ol"));
            let is_here = |other: &usize| {
                let parent = blocks[*other].parent();
                chosen[*other] && length(&blocks[*other]) >= 8 && (parent == around || Some(parent) == list)
            };
            let is_between = (at.saturating_sub(BESIDE)..at).any(|other| is_here(&other))
                && (at + 1..blocks.len()).take(BESIDE).any(|other| is_here(&other));
            accepted[at] = is_between && !is_boxed(layout, block) && (layout.leads_away(at, self.base) || layout.is_written_to(at));
        }
    }

    /// Whether a paragraph before a block stands in one of the elements right around it.
    fn is_among(&self, accepted: &[bool], at: usize) -> bool {
        let is_paragraph = |before: &usize| accepted[*before] && length(&self.layout.blocks[*before]) >= 8;
        (0..at).rev().find(is_paragraph).is_some_and(|before| self.is_around(at, before))
    }

    /// Whether what stands right around one block, three elements deep, holds another one, too.
    fn is_around(&self, at: usize, other: usize) -> bool {
        let (chain, other) = (&self.layout.blocks[at].chain, &self.layout.blocks[other].chain);
        chain.iter().rev().skip(1).take(AROUND).any(|element| other.binary_search(element).is_ok())
    }

    /// A line such as `More on this:` whose list of links is left out goes with it.
    fn drop_labels(&self, accepted: &mut [bool]) {
        let blocks = &self.layout.blocks;
        for at in 0..blocks.len().saturating_sub(1) {
            let (label, next) = (&blocks[at], &blocks[at + 1]);
            let leads_to_link = !accepted[at + 1] && next.linked > LINK && next.words >= HEADLINE;
            if leads_to_link && label.words <= LABEL && label.text.ends_with(':') {
                accepted[at] = false;
            }
        }
    }

    fn drop_title(&self, accepted: &mut [bool]) {
        for (at, block) in self.layout.blocks.iter().enumerate() {
            if !self.title.is_empty() && block.normal == self.title {
                accepted[at] = false;
            }
        }
    }
}

/// Short and mostly linked: no text of an article, whatever the table of trees says; it was not trained with such.
pub fn is_hopeless(block: &Block) -> bool {
    (block.linked > 0.6 && block.words < 12) || (block.words < 3 && block.linked > 0.3)
}

/// Whether a block stands right in a box that is no text.
fn is_boxed(layout: &Layout, block: &Block) -> bool {
    let boxes = [Hint::Related, Hint::Comment, Hint::Share, Hint::Newsletter, Hint::Navigation, Hint::Advert];
    layout.chain(block).rev().take(3).any(|element| element.hidden || boxes.iter().any(|of| element.kinds.has(*of)))
}

fn is_sentence(block: &Block) -> bool {
    block.words >= 8 && block.linked < 0.5 && ends_sentence(&block.text)
}

/// Words, counted for scripts without spaces as half the characters.
pub fn length(block: &Block) -> usize {
    block.words.max(block.dense / 2)
}

/// The `<article>`s with a heading of their own or of one inside.
fn headed_articles(layout: &Layout) -> HashSet<usize> {
    let headings = (0..layout.elements.len()).filter(|at| matches!(&*layout.elements[*at].name, "h1" | "h2" | "h3"));
    headings.flat_map(|at| layout.upwards_at(at)).filter(|at| &*layout.elements[*at].name == "article").collect()
}

#[cfg(test)]
mod tests;

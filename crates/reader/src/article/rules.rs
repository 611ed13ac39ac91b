//! Rules for the page as a whole, after each block was judged alone.

use std::collections::{HashMap, HashSet};

use super::{
    block::Block,
    class_hints::{Hint, Hints},
    features::{Feature, Features, beginning, ends_sentence},
    imprint,
    layout::Layout,
    text_box,
};

/// Likelihood from which a block belongs to the article.
pub const THRESHOLD: f32 = 0.6;
/// Words below which what was found is hardly an article.
const FEW_WORDS: usize = 25;
/// Words from which a block is prose.
const PROSE: usize = 15;

/// The blocks judged, and what the page says of itself.
pub struct Judged<'a> {
    pub layout: &'a Layout,
    pub features: &'a [Features],
    /// How likely each block is part of the article, from 0 to 1.
    pub likelihood: Vec<f32>,
    /// The page's description, normalised.
    pub description: &'a str,
    /// The headline that was chosen, normalised.
    pub title: &'a str,
}

impl Judged<'_> {
    /// Which blocks are the article's.
    pub fn accepted(&self) -> Vec<bool> {
        let mut accepted: Vec<bool> = self.likelihood.iter().map(|likelihood| *likelihood >= THRESHOLD).collect();
        self.drop_other_stories(&mut accepted);
        self.drop_repeated(&mut accepted);
        self.add_lead(&mut accepted);
        self.drop_title(&mut accepted);
        accepted
    }

    /// Where hardly anything was accepted, takes what the other reader took, if that is much more. Beside a sentence or two that
    /// are the whole story it may have taken all of the page: of what stands elsewhere there must be more prose than that.
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

    /// The first `<article>` with enough text of its own is the story; others after it that have a heading are other stories.
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
        let Some((story, begins, _)) = own.iter().find(|(_, _, words)| *words >= 60).copied() else { return };
        let around: HashSet<usize> = layout.upwards_at(story).collect();
        let headed = headed_articles(layout);
        for (at, block) in layout.blocks.iter().enumerate().skip(begins + 1) {
            if let Some(article) = innermost(block)
                && !around.contains(&article)
                && headed.contains(&article)
            {
                accepted[at] = false;
            }
        }
    }

    /// What stands three times on a page is its frame; of two copies the first is the text.
    fn drop_repeated(&self, accepted: &mut [bool]) {
        let blocks = &self.layout.blocks;
        let mut count: HashMap<&str, usize> = HashMap::new();
        for block in blocks {
            *count.entry(&block.normal).or_default() += 1;
        }
        let mut seen = HashSet::new();
        for (at, block) in blocks.iter().enumerate().filter(|(_, block)| length(block) >= 6) {
            if accepted[at] && count[block.normal.as_str()] >= 3 {
                accepted[at] = false;
            }
            if accepted[at] && length(block) >= 8 && !seen.insert(&block.normal) {
                accepted[at] = false;
            }
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

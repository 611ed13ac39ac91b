//! Where an article stands among the blocks of its page: headline, text, the lines near them, and what is behind it.

use crate::article::{
    class_hints::Hint,
    layout::{Element, Layout},
};
use crate::pattern::Pattern;

/// Longest line in which a stamp may stand, in characters.
pub const LONGEST_LINE: usize = 200;
/// Blocks after the first or last paragraph in which a stamp may stand.
pub const AFTER: usize = 6;
/// Blocks before the headline in which a stamp may stand.
const BEFORE: usize = 8;
/// Words from which an accepted block is a paragraph.
const PARAGRAPH: usize = 8;

/// Where the article is among the blocks of the page.
pub struct Place<'a> {
    /// The page.
    pub layout: &'a Layout,
    /// The block of the headline.
    pub heading: Option<usize>,
    /// The first block that is surely behind the article: other news, comments.
    pub end: usize,
    /// The blocks that are the article's text.
    pub accepted: &'a [bool],
}

impl<'a> Place<'a> {
    /// The first and the last paragraph of the text.
    pub fn text(&self) -> Option<(usize, usize)> {
        let blocks = &self.layout.blocks;
        let paragraphs = || (0..blocks.len()).filter(|at| self.accepted.get(*at) == Some(&true) && blocks[*at].words >= PARAGRAPH);
        paragraphs().next().zip(paragraphs().next_back())
    }

    /// The headline, if it is not below the first paragraph, or else that paragraph.
    pub fn start(&self, first: usize) -> usize {
        self.heading.filter(|heading| *heading <= first).unwrap_or(first)
    }

    /// The elements that the first paragraph stands in, by their places in the page laid flat: whatever they are
    /// called, they are no box beside the story. The main column may be `<div class="sidebar__main">`.
    pub fn around_story(&self) -> Vec<usize> {
        let chain = self.text().map(|(first, _)| self.layout.chain(&self.layout.blocks[first]));
        chain.into_iter().flatten().map(|element| element.at).collect()
    }

    /// Whether what stands after so many blocks is between the headline and the end of the text.
    pub fn is_around_text(&self, before: Option<usize>) -> bool {
        let Some((first, last)) = self.text() else { return false };
        before.is_some_and(|before| (self.start(first)..=last + 1).contains(&before))
    }

    /// The lines near the headline and at the end of the text that stand in no box of other stories.
    pub fn near(&self) -> impl Iterator<Item = usize> + use<'a> {
        let layout = self.layout;
        let (first, last) = self.text().unwrap_or((0, 0));
        let start = self.start(first).saturating_sub(BEFORE);
        let end = self.end.min(layout.blocks.len());
        let story = self.around_story();
        let near = (start..first + AFTER).chain((last + 1).max(first + AFTER)..last + AFTER);
        near.filter(move |at| *at < end).filter(move |at| {
            let block = &layout.blocks[*at];
            block.length < LONGEST_LINE && !layout.chain(block).any(|element| !story.contains(&element.at) && is_elsewhere(element))
        })
    }
}

/// Whether an element is a box of other stories or of readers, by its name and class.
pub fn is_elsewhere(element: &Element) -> bool {
    static ELSEWHERE: Pattern = Pattern::new(
        r"(?i)comment|sidebar|related|widget|footer|recent|latest|popular|trending|recommend|teaser|archive|other|khac|lien-?quan",
    );
    // What an article says of itself stands beside it on many sites: `<aside class="meta">`.
    let is_meta = || &*element.name == "aside" && element.kinds.has(Hint::Meta);
    (matches!(&*element.name, "aside" | "footer" | "nav") && !is_meta())
        || (!matches!(&*element.name, "body" | "html") && !element.marks.is_empty() && ELSEWHERE.is_match(&element.marks))
}

//! The element that holds an article's text, for judging what stands beside its paragraphs.

use super::layout::Layout;

/// The deepest element around most of the accepted words; of a text that is one block, what stands around its
/// paragraph.
pub fn around(layout: &Layout, accepted: &[bool]) -> Option<usize> {
    let container = layout.container(accepted)?;
    let inside = layout.blocks_in(container);
    let is_paragraph = inside.len() == 1 && layout.blocks[inside.start].innermost() == container;
    let parent = layout.elements[container].parent.filter(|_| is_paragraph);
    Some(parent.filter(|parent| layout.elements[*parent].parent.is_some()).unwrap_or(container))
}

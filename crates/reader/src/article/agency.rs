//! Takes the mark of a newspaper or agency from where an article begins.

use super::layout::Layout;
use crate::publisher_mark::mark;

/// Blocks at the beginning of an article that may have a mark: its lead, and its first paragraph.
const BEGINNING: usize = 2;

/// Takes the mark from where the article begins.
pub fn cut(layout: &mut Layout, accepted: &[bool]) {
    let begins: Vec<usize> = (0..accepted.len()).filter(|at| accepted[*at]).take(BEGINNING).collect();
    for at in begins {
        let block = &mut layout.blocks[at];
        block.cut_beginning(mark(&block.text));
    }
}

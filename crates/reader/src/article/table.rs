//! Tables that hold data, told from tables that lay a page out.

use crate::pattern::Pattern;
use std::collections::HashSet;

use super::{block::Block, class_hints::Hint, follows, layout::Layout, text_box};

/// Mean length of the cells of a table of data, in words.
const LONGEST_CELLS: usize = 25;
/// Cells beyond which a table is written as paragraphs.
const MOST_CELLS: usize = 600;
/// Cells of a table that only they show to be one of data, where it stands behind the text.
const FEW_CELLS: usize = 6;
/// Lines that may stand between a text and the table that it ends with: `Kết quả cụ thể như sau:`, a unit.
const LINES_BEFORE: usize = 2;
/// Lines of notes below such a table.
const NOTES: usize = 2;
/// Longest line between, in words.
const LONGEST_LINE: usize = 25;

/// The innermost table around the block at `at`.
pub fn around(layout: &Layout, at: usize) -> Option<usize> {
    layout.blocks[at].chain.iter().rev().copied().find(|element| &*layout.elements[*element].name == "table")
}

/// Whether a table holds data.
pub fn is_data(layout: &Layout, accepted: &[bool], table: usize) -> bool {
    let rows = rows(layout, table);
    let cells: usize = rows.iter().map(Vec::len).sum();
    if rows.len() < 2 || rows.iter().all(|row| row.len() < 2) || cells > MOST_CELLS {
        return false;
    }
    if !layout.budget.spend(layout.blocks_in(table).len() + layout.media.len()) {
        return false;
    }
    let chosen: Vec<usize> = layout.blocks_in(table).filter(|at| accepted[*at]).collect();
    let words: usize = chosen.iter().map(|at| layout.blocks[*at].words).sum();
    let holds_media = layout.media.iter().any(|medium| layout.upwards_at(medium.element).any(|at| at == table));
    // Every word must have a cell, or it would be lost.
    let cell_of: HashSet<usize> = rows.into_iter().flatten().chain(caption(layout, table)).collect();
    let in_cells = chosen.iter().all(|at| layout.blocks[*at].chain.iter().any(|element| cell_of.contains(element)));
    chosen.len() >= 4 && words <= chosen.len() * LONGEST_CELLS && !holds_media && in_cells
}

/// Accepts the tables of data that stand inside the article and right behind its text: their short cells are not judged
/// alone. Says which blocks stand in one.
pub fn accept(layout: &Layout, accepted: &mut [bool]) -> Vec<bool> {
    let mut cells = vec![false; accepted.len()];
    accept_inside(layout, accepted, &mut cells);
    // Each table that is accepted may have another one behind it.
    while accept_behind(layout, accepted, &mut cells) {}
    cells
}

fn accept_inside(layout: &Layout, accepted: &mut [bool], cells: &mut [bool]) {
    let (Some(first), Some(last)) = (accepted.iter().position(|it| *it), accepted.iter().rposition(|it| *it)) else { return };
    let Some(container) = layout.container(accepted) else { return };
    for (table, _) in layout.elements.iter().enumerate().filter(|(_, element)| &*element.name == "table") {
        let is_inside = layout.upwards_at(table).skip(1).any(|at| at == container);
        let blocks = layout.blocks_in(table);
        // The text may be taken to end in the middle of a table: its last numbers look like no text.
        let whole = blocks.start.max(first)..if blocks.start <= last { blocks.end } else { blocks.start };
        let read = whole.start..whole.end.min(last + 1);
        for blocks in [whole.clone(), read] {
            if is_inside
                && may_be_data(layout, blocks.clone())
                && layout.budget.spend(accepted.len())
                && accept_data(layout, table, blocks, accepted, cells)
            {
                break;
            }
        }
    }
}

/// Enough blocks, and hardly any links.
fn may_be_data(layout: &Layout, blocks: std::ops::Range<usize>) -> bool {
    let linked: f32 = blocks.clone().map(|at| layout.blocks[at].linked).sum();
    blocks.len() >= 4 && linked <= 0.3 * blocks.len() as f32
}

fn accept_data(layout: &Layout, table: usize, blocks: std::ops::Range<usize>, accepted: &mut [bool], cells: &mut [bool]) -> bool {
    let mut all = accepted.to_vec();
    all[blocks.clone()].fill(true);
    let is_data = is_data(layout, &all, table);
    if is_data {
        accepted.copy_from_slice(&all);
        cells[blocks].fill(true);
    }
    is_data
}

/// The same for a table that the text ends with, with the line that leads to it and the notes below it. Whether there
/// was one.
fn accept_behind(layout: &Layout, accepted: &mut [bool], cells: &mut [bool]) -> bool {
    let Some(home) = text_box::around(layout, accepted) else { return false };
    let inside = layout.blocks_in(home);
    let Some(last) = inside.clone().rev().find(|at| accepted[*at]) else { return false };
    let line = |at: usize| inside.contains(&at) && is_line(layout, at) && around_in(layout, at, home).is_none();
    // Some of its cells may have been taken for text.
    let begun = around_in(layout, last, home).filter(|_| !cells[last]);
    let lines = if begun.is_some() { 0 } else { (last + 1..).take(LINES_BEFORE).take_while(|at| line(*at)).count() };
    let next = last + 1 + lines;
    let Some(table) = begun.or_else(|| if inside.contains(&next) { around_in(layout, next, home) } else { None }) else { return false };
    let blocks = layout.blocks_in(table);
    let is_next = begun.is_some() || blocks.start == next;
    if !is_next || !may_be_data(layout, blocks.clone()) || !is_told_as_data(layout, table, home) || !layout.budget.spend(accepted.len()) {
        return false;
    }
    if !accept_data(layout, table, blocks.clone(), accepted, cells) {
        return false;
    }
    accepted[last + 1..next].fill(true);
    for at in (blocks.end..).take(NOTES).take_while(|at| line(*at) && is_note(&layout.blocks[*at])) {
        accepted[at] = true;
    }
    true
}

/// The innermost table around a block, if it stands in `home`.
fn around_in(layout: &Layout, at: usize, home: usize) -> Option<usize> {
    around(layout, at).filter(|table| *table > home && layout.is_inside(*table, home))
}

/// A line that may lead from the text to a table.
fn is_line(layout: &Layout, at: usize) -> bool {
    let block = &layout.blocks[at];
    block.words <= LONGEST_LINE && block.links == 0 && !follows::is_label(layout, at)
}

/// `(Nguồn: Bộ phận một cửa)`, `Ghi chú: …`
fn is_note(block: &Block) -> bool {
    static NOTE: Pattern = Pattern::new(r"(?i)^\W*(?:nguồn|ghi chú|chú thích|lưu ý|đơn vị(?: tính)?|đvt|source|note)\b");
    NOTE.is_match(&block.text) || block.text.starts_with('(') && block.text.trim_end_matches('.').ends_with(')')
}

/// Whether a table behind a text is made as one of data, and in no box of something else: polls and counters are tables
/// too.
fn is_told_as_data(layout: &Layout, table: usize, home: usize) -> bool {
    let inside = layout.elements[table + 1..].iter().take_while(|element| element.depth > layout.elements[table].depth);
    let (mut is_headed, mut cells) = (false, 0);
    for element in inside {
        match &*element.name {
            "form" | "input" | "button" => return false,
            "th" | "caption" => is_headed = true,
            "td" => cells += 1,
            _ => (),
        }
    }
    let others = [Hint::Related, Hint::Comment, Hint::Share, Hint::Newsletter, Hint::Navigation, Hint::Advert];
    let mut around = layout.upwards_at(table).take_while(|at| *at != home).map(|at| layout.elements[at].kinds);
    (is_headed || cells >= FEW_CELLS) && !around.any(|kinds| others.iter().any(|other| kinds.has(*other)))
}

/// The caption of a table.
pub fn caption(layout: &Layout, table: usize) -> Option<usize> {
    let depth = layout.elements[table].depth;
    let inside = layout.elements.iter().enumerate().skip(table + 1).take_while(|(_, element)| element.depth > depth);
    inside.filter(|(_, element)| &*element.name == "caption" && element.parent == Some(table)).map(|(at, _)| at).next()
}

/// The cells of each row; none where the table holds other tables.
pub fn rows(layout: &Layout, table: usize) -> Vec<Vec<usize>> {
    let mut rows: Vec<Vec<usize>> = Vec::new();
    let depth = layout.elements[table].depth;
    for at in table + 1..layout.elements.len() {
        let element = &layout.elements[at];
        if element.depth <= depth {
            break;
        }
        match &*element.name {
            "table" => return Vec::new(),
            "tr" => rows.push(Vec::new()),
            "td" | "th" => {
                if let Some(row) = rows.last_mut() {
                    row.push(at);
                }
            }
            _ => (),
        }
    }
    rows.retain(|row| !row.is_empty());
    rows
}

//! Tables that hold data, told from tables that lay a page out.

use std::collections::HashSet;

use super::layout::Layout;

/// Mean length of the cells of a table of data, in words.
const LONGEST_CELLS: usize = 25;
/// Cells beyond which a table is written as paragraphs.
const MOST_CELLS: usize = 600;

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
    let cell_of: HashSet<usize> = rows.into_iter().flatten().collect();
    let in_cells = chosen.iter().all(|at| layout.blocks[*at].chain.iter().any(|element| cell_of.contains(element)));
    chosen.len() >= 4 && words <= chosen.len() * LONGEST_CELLS && !holds_media && in_cells
}

/// Accepts the tables of data that stand inside the article: their short cells are not judged alone.
pub fn accept_inside(layout: &Layout, accepted: &mut [bool]) {
    let (Some(first), Some(last)) = (accepted.iter().position(|it| *it), accepted.iter().rposition(|it| *it)) else { return };
    let Some(container) = layout.container(accepted) else { return };
    for (table, _) in layout.elements.iter().enumerate().filter(|(_, element)| &*element.name == "table") {
        let blocks: Vec<usize> = layout.blocks_in(table).filter(|at| (first..=last).contains(at)).collect();
        let is_inside = layout.upwards_at(table).skip(1).any(|at| at == container);
        let linked: f32 = blocks.iter().map(|at| layout.blocks[*at].linked).sum();
        if blocks.len() < 4 || !is_inside || linked > 0.3 * blocks.len() as f32 || !layout.budget.spend(accepted.len()) {
            continue;
        }
        let mut all = accepted.to_vec();
        blocks.iter().for_each(|at| all[*at] = true);
        if is_data(layout, &all, table) {
            accepted.copy_from_slice(&all);
        }
    }
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

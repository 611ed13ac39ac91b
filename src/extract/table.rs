//! Tables that hold data, told from tables that lay a page out.

use std::collections::HashSet;

use super::outline::Outline;

/// Mean length of the cells of a table of data, in words.
const LONGEST_CELLS: usize = 25;
/// Cells beyond which a table is written as paragraphs.
const MOST_CELLS: usize = 600;

/// The table of data that the accepted block at `at` stands in first, if it stands in one.
pub fn of_block(outline: &Outline, accepted: &[bool], at: usize) -> Option<usize> {
    let block = &outline.blocks[at];
    let table = block.chain.iter().rev().copied().find(|element| &*outline.elements[*element].name == "table")?;
    is_data(outline, accepted, table).then_some(table)
}

fn is_data(outline: &Outline, accepted: &[bool], table: usize) -> bool {
    let rows = rows(outline, table);
    let cells: usize = rows.iter().map(Vec::len).sum();
    if rows.len() < 2 || rows.iter().all(|row| row.len() < 2) || cells > MOST_CELLS {
        return false;
    }
    let inside = |at: &usize| outline.blocks[*at].chain.contains(&table);
    let blocks: Vec<usize> = (0..outline.blocks.len()).filter(inside).collect();
    let chosen: Vec<usize> = blocks.iter().copied().filter(|at| accepted[*at]).collect();
    let words: usize = chosen.iter().map(|at| outline.blocks[*at].words).sum();
    let holds_media = outline.media.iter().any(|medium| outline.upwards_at(medium.element).any(|at| at == table));
    // Every word must have a cell, or it would be lost.
    let cell_of: HashSet<usize> = rows.into_iter().flatten().collect();
    let in_cells = chosen.iter().all(|at| outline.blocks[*at].chain.iter().any(|element| cell_of.contains(element)));
    chosen.len() >= 4 && words <= chosen.len() * LONGEST_CELLS && !holds_media && in_cells
}

/// The cells of each row; none where the table holds other tables.
pub fn rows(outline: &Outline, table: usize) -> Vec<Vec<usize>> {
    let mut rows: Vec<Vec<usize>> = Vec::new();
    let depth = outline.elements[table].depth;
    for at in table + 1..outline.elements.len() {
        let element = &outline.elements[at];
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

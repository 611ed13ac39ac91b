//! Menus that drop down: lists in the items of a list, with nothing but short links in them.
//!
//! Known by their build alone, for pages that do not mark them up as `nav`. A list of headlines has other words beside
//! its links, or links that are longer than an entry of a menu.

use crate::{
    list::candidates::headline,
    outline::{Outline, within},
};

/// Entries of a menu.
const ENTRIES: usize = 3;
/// Width that half of its links, and each of the words that drop a list, stay under.
const ENTRY: f64 = 40.0;
/// Share of its letters that stand in links.
const LINKED: f64 = 0.8;

/// The lists of the page that are menus, outermost only, in order.
pub(in crate::list) fn of(outline: &Outline) -> Vec<usize> {
    let mut menus = Vec::new();
    let mut next = 0;
    while next < outline.elements.len() {
        let is_list = matches!(outline.name(next), "ul" | "ol");
        if is_list && is_menu(outline, next) {
            menus.push(next);
        }
        // What stands in an outermost list is a part of it.
        next = if is_list { outline.elements[next].end } else { next + 1 };
    }
    menus
}

fn is_menu(outline: &Outline, list: usize) -> bool {
    let span = outline.span(list);
    let links = within(&outline.anchors, &span);
    let entries: Vec<usize> = outline.children(list).filter(|at| outline.name(*at) == "li").collect();
    let dropped = |entry: &usize| outline.span(*entry).find(|at| matches!(outline.name(*at), "ul" | "ol")).map(|at| (*entry, at));
    let drops: Vec<(usize, usize)> = entries.iter().filter_map(dropped).collect();
    if entries.len() < ENTRIES || drops.is_empty() || links.len() < entries.len() {
        return false;
    }
    let linked: usize = links.iter().map(|link| outline.text_length(&outline.span(*link))).sum();
    if (linked as f64) < LINKED * outline.text_length(&span) as f64 {
        return false;
    }
    let mut widths: Vec<f64> = links.iter().map(|link| headline::width(&outline.text_of(*link))).collect();
    widths.sort_by(f64::total_cmp);
    let label = |(entry, list): &(usize, usize)| headline::width(&outline.text_of(*entry)) - headline::width(&outline.text_of(*list));
    widths[widths.len() / 2] < ENTRY && drops.iter().all(|drop| label(drop) < ENTRY)
}

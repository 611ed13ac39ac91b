//! Boxes beside the list: most read, videos, documents. Where the page's list is one box of dated headlines, a box without any
//! date in another column, or behind the list and of another make, is no part of it.
//!
//! What stands under the list in the same column stays ("older news"), and so does what stands above it with pictures (the lead
//! stories). A front page has no one list: there no box holds most of the headlines.

use std::{collections::HashSet, ops::Range};

use super::{
    candidates::Candidate,
    evidence::Evidence,
    records::{self, Records},
    votes::Elected,
};
use crate::source::outline::{Outline, within};

/// Share of the list that must be dated, or have pictures, so that what has none is none of it.
const SIGNED: f64 = 0.8;
/// Share of all headlines that the list must have; on a page of many boxes none is beside the others.
const MOST: f64 = 0.4;
/// Headlines that a list has at least.
const LIST: usize = 3;
/// Share of a group from which on it has pictures.
const PICTURED: f64 = 0.5;

/// Drops the groups of headlines without any date, or picture, that stand beside the list.
pub(super) fn drop(outline: &Outline, elected: &mut Vec<Elected>, candidates: &[Candidate], records: &Records, evidence: &[Evidence]) {
    let members: Vec<usize> = elected.iter().map(|elected| elected.candidate).collect();
    let boxes = records::by(members.iter().copied(), |at| (records.list[at].group, records.list[at].holder));
    // The first of the largest.
    let Some(list) = boxes.iter().rev().max_by_key(|list| list.len()) else { return };
    let Some(holder) = records.list[list[0]].holder else { return };
    let is_dated = |at: &usize| evidence[*at].is_dated;
    let is_pictured = |at: &usize| !within(&outline.images, &records.list[*at].span).is_empty();
    let (dated, pictured) = (share(list, is_dated), share(list, is_pictured));
    let is_most = list.len() as f64 >= MOST * members.len() as f64;
    if list.len() < LIST || !is_most || dated.max(pictured) < SIGNED {
        return;
    }
    let (own, column) = (outline.span(holder), outline.span(column(outline, holder, list, records)));
    let is_kin = |at: &usize| list.iter().any(|member| candidates[*member].fine == candidates[*at].fine);
    let is_in = |span: &Range<usize>, at: &usize| !candidates[*at].is_chrome && span.contains(&candidates[*at].link);
    let outside = members.iter().copied().filter(|at| !is_in(&own, at));
    let beside = records::by(outside, |at| (records.list[at].group, records.list[at].holder));
    let is_none_of_it = |others: &Vec<usize>| {
        let is_above = candidates[others[others.len() - 1]].link < own.start;
        let may_lead = is_above && (share(others, is_pictured) >= PICTURED || others.iter().any(is_kin));
        let is_below = others.iter().all(|at| is_in(&column, at)) && others.iter().any(is_kin);
        let lacks_dates = dated >= SIGNED && !others.iter().any(is_dated);
        let lacks_pictures = pictured >= SIGNED && !others.iter().any(|at| is_pictured(at) || is_kin(at));
        others.len() <= list.len() && !may_lead && !is_below && (lacks_dates || lacks_pictures)
    };
    let strangers: HashSet<usize> = beside.into_iter().filter(is_none_of_it).flatten().collect();
    elected.retain(|elected| !strangers.contains(&elected.candidate));
}

fn share(members: &[usize], is: impl Fn(&usize) -> bool) -> f64 {
    members.iter().filter(|at| is(at)).count() as f64 / members.len() as f64
}

/// The column that the list stands in: its box, where that holds more than the records, or else the box around it.
fn column(outline: &Outline, list: usize, members: &[usize], records: &Records) -> usize {
    let is_record = |at: usize| members.iter().any(|member| records.list[*member].span.contains(&at));
    let mut child = list + 1;
    while child < outline.elements[list].end {
        if !is_record(child) && outline.has_text(child) {
            return list;
        }
        child = outline.elements[child].end;
    }
    let is_column = outline.name(list) == "td";
    outline.elements[list].parent.filter(|_| !is_column).unwrap_or(list)
}

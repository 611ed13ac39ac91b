//! Boxes beside the list: most read, videos, menus, documents.
//!
//! Where the page's list is one box that is dated, or has pictures or leads, on every line, a box without any stands
//! beside it: in another column, or among addresses of another kind; so does a box of much shorter texts. What stands
//! under the list in its own column stays, for it is older news, and so do lead stories above it. A front page has no
//! one list: there no box holds most of the headlines.

use std::{collections::HashSet, ops::Range};

use url::Url;

use crate::{
    list::{
        candidates::{Candidate, shape},
        choose::shown::{self, Shown},
        records::find::{self, Records},
        score::{Chosen, evidence::Evidence},
    },
    outline::Outline,
};

/// Share of the list that must be dated, or have pictures, so that what has none is none of it.
const SIGNED: f64 = 0.8;
/// How wide another box's headlines must be beside the list's.
const AS_WIDE: f64 = 0.5;
/// Share of all headlines that the list must have; on a page of many boxes none is beside the others.
const MOST: f64 = 0.3;
/// Headlines that a list has at least.
const LIST: usize = 3;
/// Share of a group from which on it has pictures.
const PICTURED: f64 = 0.5;

/// Drops the groups of headlines without any date, or picture, that stand beside the list.
pub(in crate::list) fn drop(
    outline: &Outline,
    chosen: &mut Vec<Chosen>,
    candidates: &[Candidate],
    records: &Records,
    evidence: &[Evidence],
) {
    let members: Vec<usize> = chosen.iter().map(|chosen| chosen.candidate).collect();
    let boxes = find::by(members.iter().copied(), |at| records.place(at));
    // The first of the largest.
    let Some(list) = boxes.iter().rev().max_by_key(|list| list.len()) else { return };
    let Some(holder) = records.list[list[0]].holder else { return };
    let is_most = list.len() as f64 >= MOST * members.len() as f64;
    if list.len() < LIST || !is_most {
        return;
    }
    let shown = Shown { outline, records, evidence };
    let is_dated = |at: &usize| shown.is_dated(*at);
    let is_pictured = |at: &usize| shown.is_pictured(*at);
    let has_words = |at: &usize| shown.has_words(*at);
    let (dated, pictured, worded) = (share(list, is_dated), share(list, is_pictured), share(list, has_words));
    let width = shown::width(candidates, list);
    let (own, column) = (outline.span(holder), outline.span(column(outline, holder, list, records)));
    let shapes: HashSet<u32> = list.iter().map(|at| candidates[*at].fine).collect();
    let section = section(candidates, list);
    let is_in_section = |at: usize| section.is_none_or(|section| first_segment(&candidates[at].url) == Some(section));
    let is_alike = |at: &usize| shapes.contains(&candidates[*at].fine) && is_in_section(*at);
    let is_in = |span: &Range<usize>, at: &usize| !candidates[*at].is_chrome && span.contains(&candidates[*at].link);
    let outside = members.iter().copied().filter(|at| !is_in(&own, at));
    let beside = find::by(outside, |at| records.place(at));
    let is_none_of_it = |others: &Vec<usize>| {
        let is_in_column = others.iter().any(|at| is_in(&column, at));
        let are_alike = others.iter().any(is_alike);
        let is_above = candidates[others[others.len() - 1]].link < own.start;
        let may_lead = is_above && (share(others, is_pictured) >= PICTURED || are_alike);
        let lacks_dates = dated >= SIGNED && !others.iter().any(is_dated);
        let lacks_pictures = pictured >= SIGNED && !others.iter().any(is_pictured) && (!are_alike || (dated >= SIGNED && !is_in_column));
        let lacks_words = worded >= SIGNED && !others.iter().any(|at| has_words(at) || is_dated(at) || is_pictured(at));
        let is_narrow = !are_alike && shown::width(candidates, others) < AS_WIDE * width && !others.iter().any(is_pictured);
        let is_another = is_narrow || lacks_dates || lacks_pictures || lacks_words;
        others.len() <= list.len() && !may_lead && !(is_in_column && are_alike) && is_another
    };
    let unrelated: HashSet<usize> = beside.into_iter().filter(is_none_of_it).flatten().collect();
    chosen.retain(|chosen| !unrelated.contains(&chosen.candidate));
}

/// The first segment that all addresses of the list share, with more behind it: `/chi-tiet-tin-tuc/…`.
fn section<'c>(candidates: &'c [Candidate], list: &[usize]) -> Option<&'c str> {
    let first = first_segment(&candidates[list[0]].url)?;
    let is_shared = |at: &usize| first_segment(&candidates[*at].url) == Some(first) && shape::segments(&candidates[*at].url).len() > 1;
    list.iter().all(is_shared).then_some(first)
}

fn first_segment(url: &Url) -> Option<&str> {
    shape::segments(url).first().copied()
}

fn share(members: &[usize], is: impl Fn(&usize) -> bool) -> f64 {
    members.iter().filter(|at| is(at)).count() as f64 / members.len() as f64
}

/// The column that the list stands in: its box, where that holds more than the records, or else the box around it.
fn column(outline: &Outline, list: usize, members: &[usize], records: &Records) -> usize {
    let mut spans: Vec<&Range<usize>> = members.iter().map(|member| &records.list[*member].span).collect();
    spans.sort_by_key(|span| span.start);
    let is_record = |at: usize| spans[..spans.partition_point(|span| span.start <= at)].last().is_some_and(|span| span.contains(&at));
    if outline.children(list).any(|child| !is_record(child) && outline.has_text(child)) {
        return list;
    }
    let is_column = outline.name(list) == "td";
    outline.elements[list].parent.filter(|_| !is_column).unwrap_or(list)
}

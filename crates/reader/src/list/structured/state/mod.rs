//! Embedded state: lists of articles in the data that a page's scripts draw it from.
//!
//! No names of frameworks decide here: any data is taken, and what is a list of articles shows by its shape.
//! It is large, so it is asked only where the rest of the page leaves a question open.

mod lists;
mod names;

use std::collections::HashSet;

use serde_json_borrow::Value;
use url::Url;

use super::Statement;
use crate::list::AddressForm;
use crate::list::Strategy;
use crate::outline::Outline;
use crate::script_data::{self, flat};
use crate::time::Reading;
pub(in crate::list) use lists::Unaddressed;
pub(in crate::list::structured) use lists::names;
use lists::{Asked, Links};

/// Bytes of a script below which it holds no list.
const SMALLEST: usize = 300;
/// Addresses by which a script is known to be about them.
const ASKED: usize = 12;

/// What lists are looked for with, besides the data.
#[derive(Debug, Clone, Copy)]
pub(in crate::list) struct Search<'a> {
    /// How addresses are made of the data, where the operator says it.
    pub(in crate::list) form: Option<&'a AddressForm>,
    /// The identities of known articles.
    pub(in crate::list) known: &'a HashSet<String>,
    /// Who says what is found.
    pub(in crate::list) by: Strategy,
    /// What the addresses of pictures start from.
    pub(in crate::list) files: &'a Url,
    pub(in crate::list) reading: &'a Reading<'a>,
}

/// What the page's state says of articles: list by list, the one that looks most like headlines first.
///
/// With addresses in `about`, scripts that name none of them are passed over unread.
pub(in crate::list) fn stated(outline: &Outline, about: &[&Url], search: &Search) -> Vec<Vec<Statement>> {
    let about = about.iter().step_by(about.len().div_ceil(ASKED).max(1)).map(|url| script_data::name(url));
    script_data::with(outline, about, SMALLEST, |values| lists(values, outline, search))
}

/// The first list of headlines in the page's state that names no addresses.
pub(in crate::list) fn unaddressed(outline: &Outline, search: &Search) -> Option<Unaddressed> {
    script_data::with(outline, [], SMALLEST, |values| {
        let links = Links::of(outline, search.known);
        let Search { form, by, files, reading, .. } = *search;
        let asked = Asked { outline, links: &links, form, by, files, reading };
        values.iter().find_map(|value| match flat::lists(value) {
            Some(written_out) => written_out.iter().find_map(|list| asked.unaddressed(list)),
            None => asked.unaddressed(value),
        })
    })
}

/// The names of the values of the longest list in the page's state.
pub(super) fn names_in(outline: &Outline) -> Vec<String> {
    script_data::with(outline, [], SMALLEST, names)
}

/// The lists in these values, the one that looks most like headlines first.
pub(super) fn lists(values: &[Value], outline: &Outline, search: &Search) -> Vec<Vec<Statement>> {
    if values.is_empty() {
        return Vec::new();
    }
    let Search { form, known, by, files, reading } = *search;
    let asked = Asked { outline, links: &Links::of(outline, known), form, by, files, reading };
    let mut lists: Vec<Vec<Statement>> = Vec::new();
    for value in values {
        match flat::lists(value) {
            Some(written_out) => written_out.iter().for_each(|list| asked.collect(list, &mut lists)),
            None => asked.collect(value, &mut lists),
        }
    }
    // The sort is stable: of equals the first of the page leads.
    lists.sort_by_key(|list| std::cmp::Reverse(worth(list)));
    lists
}

/// How much a list looks like headlines: dates and words count.
fn worth(list: &[Statement]) -> usize {
    let words = |stated: &Statement| stated.title.as_ref().map_or(0, |title| title.split_whitespace().count().min(10));
    list.iter().map(|stated| words(stated) * if stated.published.is_some() { 3 } else { 1 }).sum()
}

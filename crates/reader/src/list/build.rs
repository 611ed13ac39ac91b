//! What a page's build calls the elements around its headlines, as a fingerprint: it tells that the page was rebuilt.

use std::collections::HashMap;

use crate::{
    list::{memory::TELLING_TITLE, records::Record},
    outline::{Outline, within},
    text,
};

/// Elements around a headline that are asked.
const STEPS: usize = 8;

/// The fingerprint that most headlines share; `None` where hardly two of them are built alike.
pub(super) fn fingerprint(outline: &Outline, links: &[usize]) -> Option<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    // Links stand in the same elements.
    let mut known: HashMap<usize, String> = HashMap::new();
    for link in links {
        let mut around = String::new();
        for at in outline.ancestors(*link).take(STEPS) {
            around.push_str(known.entry(at).or_insert_with(|| names(outline, at)));
            around.push('/');
        }
        around.pop();
        *counts.entry(around).or_default() += 1;
    }
    let (names, count) = counts.into_iter().max_by(|left, right| left.1.cmp(&right.1).then_with(|| right.0.cmp(&left.0)))?;
    (count * 2 > links.len()).then(|| format!("{:016x}", text::fingerprint(names.bytes())))
}

/// The element that holds most of the records, as the page's build calls it; `None` where it has no name of its own.
pub(super) fn holder(outline: &Outline, records: &[&Record]) -> Option<String> {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    records.iter().filter_map(|record| record.holder).for_each(|holder| *counts.entry(holder).or_default() += 1);
    let (holder, _) = counts.into_iter().max_by_key(|(at, count)| (*count, std::cmp::Reverse(*at)))?;
    Some(called(outline, holder)).filter(|called| called.contains(['.', '#']))
}

/// Whether the element that was called so is there, and nothing in it is linked that may be a headline.
pub(super) fn is_vacant(outline: &Outline, holder: &str) -> bool {
    let name = holder.split(['.', '#']).next().unwrap_or_default();
    let mut there = (0..outline.elements.len()).filter(|at| outline.name(*at) == name && called(outline, *at) == holder).peekable();
    let is_telling = |link: &usize| outline.text_of(*link).chars().count() >= TELLING_TITLE;
    there.peek().is_some() && there.all(|at| !within(&outline.anchors, &outline.span(at)).iter().any(is_telling))
}

fn called(outline: &Outline, at: usize) -> String {
    let id = outline.attribute(at, "id").filter(|id| !id.contains(|ch: char| ch.is_ascii_digit()));
    names(outline, at) + &id.map(|id| format!("#{id}")).unwrap_or_default()
}

/// Tag and classes; those with a number in them count something.
fn names(outline: &Outline, at: usize) -> String {
    let classes = outline.attribute(at, "class").unwrap_or_default();
    let mut names = outline.name(at).to_owned();
    for class in classes.split_whitespace().filter(|class| !class.contains(|ch: char| ch.is_ascii_digit())) {
        names.push('.');
        names.push_str(class);
    }
    names
}

//! What a page's build calls the elements around its headlines, as a fingerprint: it tells that the page was rebuilt.

use std::collections::HashMap;

use crate::{outline::Outline, text};

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

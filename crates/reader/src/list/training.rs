//! What a trainer needs of the list reader: what is measured of each candidate, and reading with other weights.
//!
//! The measures are the reader's own, so that weights which are fitted to them cannot drift from the code that adds
//! them up. The trainer itself is `crates/reader/train`; nothing else uses this module.

use url::Url;

pub use super::score::weights::{Feature, Features, WEIGHTS, Weights};
use super::{
    Candidate, Context, Detail, Look, Settings, candidates, look,
    records::{find, inside::Neighbours, titles},
    score::evidence,
};
use crate::{outline::Outline, page::Page, tree};

/// Every address that a page links to, with its features; with `None` where it is never a headline.
pub fn features(page: &Page) -> Vec<(Url, Option<Features>)> {
    let Ok(document) = tree::parse(&page.html) else { return Vec::new() };
    let outline = Outline::of(&document, &page.url, page.html.len());
    let (mut candidates, _) = candidates::collect(&outline);
    let records = find::of(&outline, &candidates);
    let neighbours = Neighbours::of(&candidates);
    titles::take_from_records(&outline, &mut candidates, &records, &neighbours);
    let features = evidence::features(&outline, &candidates, &records, &neighbours);
    candidates.into_iter().map(|candidate| candidate.url).zip(features).collect()
}

/// The headlines of a page, read with other weights.
pub fn headlines(page: &Page, weights: &Weights) -> Vec<Candidate> {
    look(&Settings::default(), page, &Context::default(), Look { weights, detail: Detail::Items }).candidates
}

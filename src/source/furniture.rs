//! The links of a page with their places: a menu, a footer, a breadcrumb stands at the same place on other pages of the site.

use std::collections::HashSet;

use super::{detect, outline::Outline};
use crate::{article::Candidate, link, page::Page, text, tree};

/// The links of one page, each at its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links(HashSet<u64>);

impl Links {
    /// Those of `page`; none where it cannot be parsed.
    pub fn of(page: &Page) -> Self {
        let Ok(document) = tree::parse(&page.html) else { return Self::default() };
        let outline = Outline::of(&document, &page.url);
        Self(detect::places(&outline).map(|(url, place)| key(&place, &link::identity(&url))).collect())
    }

    /// Whether the headline's own link stands here too, at the place where it stands on the list.
    pub fn show(&self, candidate: &Candidate) -> bool {
        self.0.contains(&key(&candidate.sighting.place, &link::identity(&candidate.url)))
    }
}

fn key(place: &str, address: &str) -> u64 {
    text::fingerprint(&format!("{place} {address}"))
}

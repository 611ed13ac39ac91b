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

    /// Whether a headline's link is a piece of furniture: it stands on half of the other pages that were read, or, where
    /// there is no other one, on its own.
    pub fn is_furniture<'l>(candidate: &Candidate, others: impl Iterator<Item = &'l Self>, own: Option<&Self>) -> bool {
        let (pages, shown) = others.fold((0, 0), |(pages, shown), links| (pages + 1, shown + usize::from(links.show(candidate))));
        if pages == 0 { own.is_some_and(|links| links.show(candidate)) } else { 2 * shown >= pages }
    }

    /// Whether the headline's own link stands here too, at the place where it stands on the list.
    fn show(&self, candidate: &Candidate) -> bool {
        self.0.contains(&key(&candidate.sighting.place, &link::identity(&candidate.url)))
    }
}

fn key(place: &str, address: &str) -> u64 {
    text::fingerprint(&format!("{place} {address}"))
}

//! What stands on a page, headline or not, as numbers: by them it is known later that it has always been there.

use std::collections::BTreeSet;

use crate::{list::TELLING_TITLE, outline::Outline, page::Page, site::Fingerprint, text, tree};

/// Links that are looked at.
const MAX_LINKS: usize = 1_500;

/// The prints of a page's links: of each address, and of its words where they may be a headline's.
pub fn prints(page: &Page) -> BTreeSet<Fingerprint> {
    let Ok(document) = tree::parse(&page.html) else { return BTreeSet::new() };
    let outline = Outline::of(&document, &page.url, page.html.len());
    let links = outline.anchors.iter().take(MAX_LINKS);
    links
        .flat_map(|link| {
            let folded = text::fold(&outline.text_of(*link));
            let is_telling = folded.chars().count() >= TELLING_TITLE;
            let address = outline.identity(*link).map(Fingerprint::of_identity);
            [address, is_telling.then(|| Fingerprint::of_text(&folded))]
        })
        .flatten()
        .collect()
}

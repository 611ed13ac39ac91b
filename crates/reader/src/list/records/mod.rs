//! A record of a list: the row, card or item that is one headline's, whatever elements the page makes it of.
//!
//! [`find`] says where the records of a page are. What one shows besides its headline is read here, each kind in its
//! own file: the day in [`date`], lead, picture and author in [`fields`]; [`days`] are those that stand over several
//! records.

pub(in crate::list) mod date;
pub(in crate::list) mod days;
pub(in crate::list) mod fields;
pub(in crate::list) mod files;
pub(in crate::list) mod find;
pub(in crate::list) mod inside;
pub(in crate::list) mod titles;

use std::ops::Range;

use url::Url;

use crate::{
    list::Origin,
    outline::{Outline, within},
};

/// Which part of the page belongs to one headline.
#[derive(Debug, Clone)]
pub(in crate::list) struct Record {
    /// The element that shows its headline: its main link, wherever it has one.
    pub(in crate::list) link: usize,
    /// Elements that follow one another, as the outline counts them.
    pub(in crate::list) span: Range<usize>,
    /// The element that they stand in; equal for the records of one list.
    pub(in crate::list) holder: Option<usize>,
}

impl Record {
    /// The elements of `span`, with `link` among them.
    pub(in crate::list) fn of(outline: &Outline, link: usize, span: Range<usize>) -> Self {
        let holder = outline.elements.get(span.start).and_then(|first| first.parent);
        Self { link, span, holder }
    }

    /// All its links, the main one among them.
    pub(in crate::list) fn links<'o>(&self, outline: &'o Outline) -> &'o [usize] {
        within(&outline.anchors, &self.span)
    }

    /// How many pictures it has, whether or not they illustrate anything.
    pub(in crate::list) fn pictures(&self, outline: &Outline) -> usize {
        within(&outline.images, &self.span).len()
    }

    /// Bytes of text beside its links.
    pub(in crate::list) fn text_beside_links(&self, outline: &Outline) -> usize {
        text_beside_links(outline, &self.span)
    }

    /// The text that says when, and where it stands; `title` is none of it.
    pub(in crate::list) fn day(&self, outline: &Outline, title: &str) -> Option<(String, Origin)> {
        date::text(outline, &self.span, title)
    }

    /// Whether it says when.
    pub(in crate::list) fn is_dated(&self, outline: &Outline, title: &str) -> bool {
        date::is_said(outline, &self.span, title)
    }

    pub(in crate::list) fn picture(&self, outline: &Outline) -> Option<Url> {
        fields::image(outline, &self.span)
    }

    pub(in crate::list) fn author(&self, outline: &Outline) -> Option<String> {
        fields::author(outline, &self.span)
    }

    /// Its longest other block of text, where that reads like a lead; `identity` is that of the headline's address.
    pub(in crate::list) fn lead(&self, outline: &Outline, title: &str, identity: &str) -> Option<String> {
        fields::lead(outline, self, title, identity)
    }
}

/// Bytes of text beside the links of a part of the page.
pub(in crate::list) fn text_beside_links(outline: &Outline, span: &Range<usize>) -> usize {
    let links = within(&outline.anchors, span);
    if !outline.budget.spend(links.len()) {
        return 0;
    }
    let linked: usize = links.iter().map(|link| outline.text_length(&outline.span(*link))).sum();
    outline.text_length(span).saturating_sub(linked)
}

//! What a record shows of its own beside its headline: a date, a picture, a lead.

use std::ops::Range;

use url::Url;

use crate::{
    list::{
        candidates::Candidate,
        records::{fields, find::Records},
        score::evidence::Evidence,
    },
    outline::{Outline, within},
};

/// Bytes of text beside its links that make a record's lead.
pub(in crate::list) const WORDS: usize = 60;
/// Links of a record beyond which it is a whole box, and what it shows is not the headline's.
const LINKS: usize = 8;

/// Asked of candidates by their number.
pub(in crate::list) struct Signs<'a> {
    pub(in crate::list) outline: &'a Outline<'a>,
    pub(in crate::list) records: &'a Records,
    pub(in crate::list) evidence: &'a [Evidence],
}

impl Signs<'_> {
    pub(in crate::list) fn is_dated(&self, at: usize) -> bool {
        self.evidence[at].is_dated && self.is_own(at)
    }

    pub(in crate::list) fn is_pictured(&self, at: usize) -> bool {
        self.picture(at).is_some()
    }

    /// Whether its picture is of a kind that is drawn, as icons are, and not taken.
    pub(in crate::list) fn has_drawing(&self, at: usize) -> bool {
        let is_drawn = |url: Url| [".png", ".svg", ".gif"].iter().any(|ending| url.path().to_ascii_lowercase().ends_with(ending));
        self.picture(at).is_some_and(is_drawn)
    }

    fn picture(&self, at: usize) -> Option<Url> {
        if self.is_own(at) { fields::image(self.outline, self.span(at)) } else { None }
    }

    pub(in crate::list) fn has_words(&self, at: usize) -> bool {
        self.is_own(at) && words(self.outline, self.span(at)) >= WORDS
    }

    /// Whether the record is the headline's, and no box of many links.
    pub(in crate::list) fn is_own(&self, at: usize) -> bool {
        self.links(at).len() <= LINKS
    }

    fn links(&self, at: usize) -> &[usize] {
        within(&self.outline.anchors, self.span(at))
    }

    fn span(&self, at: usize) -> &Range<usize> {
        &self.records.list[at].span
    }
}

/// Bytes of text beside the links.
pub(in crate::list) fn words(outline: &Outline, span: &Range<usize>) -> usize {
    let linked: usize = within(&outline.anchors, span).iter().map(|link| outline.text_length(&outline.span(*link))).sum();
    outline.text_length(span).saturating_sub(linked)
}

/// The width that half of the headlines exceed.
pub(in crate::list) fn width(candidates: &[Candidate], members: &[usize]) -> f64 {
    let mut widths: Vec<f64> = members.iter().map(|at| candidates[*at].width).collect();
    widths.sort_by(f64::total_cmp);
    widths.get(widths.len() / 2).copied().unwrap_or_default()
}

//! What records of headlines show of their own: a date, a picture, a lead. A box of many links shows nothing.

use url::Url;

use crate::{
    list::{
        candidates::Candidate,
        records::{Record, find::Records},
        score::evidence::Evidence,
    },
    outline::Outline,
};

/// Bytes of text beside its links that make a record's lead.
pub(in crate::list) const WORDS: usize = 60;
/// Links of a record beyond which it is a whole box, and what it shows is not the headline's.
const LINKS: usize = 8;

/// Asked of candidates by their number.
pub(in crate::list) struct Shown<'a> {
    pub(in crate::list) outline: &'a Outline<'a>,
    pub(in crate::list) records: &'a Records,
    pub(in crate::list) evidence: &'a [Evidence],
}

impl Shown<'_> {
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
        if self.is_own(at) { self.record(at).picture(self.outline) } else { None }
    }

    pub(in crate::list) fn has_words(&self, at: usize) -> bool {
        self.is_own(at) && self.record(at).text_beside_links(self.outline) >= WORDS
    }

    /// Whether the record is the headline's, and no box of many links.
    pub(in crate::list) fn is_own(&self, at: usize) -> bool {
        self.record(at).links(self.outline).len() <= LINKS
    }

    fn record(&self, at: usize) -> &Record {
        &self.records.list[at]
    }
}

/// The width that half of the headlines exceed.
pub(in crate::list) fn width(candidates: &[Candidate], members: &[usize]) -> f64 {
    let mut widths: Vec<f64> = members.iter().map(|at| candidates[*at].width).collect();
    widths.sort_by(f64::total_cmp);
    widths.get(widths.len() / 2).copied().unwrap_or_default()
}

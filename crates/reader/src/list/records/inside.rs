//! Which candidates have a link inside another one's record.

use std::{collections::HashSet, ops::Range};

use crate::list::{candidates::Candidate, records::Record};

pub(in crate::list) struct Neighbours {
    /// Links in the order of the page, each with its candidate.
    links: Vec<(usize, usize)>,
}

impl Neighbours {
    pub(in crate::list) fn of(candidates: &[Candidate]) -> Self {
        let mut links: Vec<(usize, usize)> =
            candidates.iter().enumerate().flat_map(|(at, candidate)| candidate.links.iter().map(move |link| (*link, at))).collect();
        links.sort_unstable();
        Self { links }
    }

    /// The others in a record; one of several links comes several times.
    pub(in crate::list) fn inside(&self, candidate: usize, record: &Record) -> impl Iterator<Item = usize> {
        self.within(&record.span).iter().map(|(_, other)| *other).filter(move |other| *other != candidate)
    }

    /// The others in a record, if there are at most `limit`.
    pub(in crate::list) fn few_inside(&self, candidate: usize, record: &Record, limit: usize) -> Option<HashSet<usize>> {
        let mut others = HashSet::new();
        for other in self.inside(candidate, record) {
            others.insert(other);
            if others.len() > limit {
                return None;
            }
        }
        Some(others)
    }

    fn within(&self, span: &Range<usize>) -> &[(usize, usize)] {
        let start = self.links.partition_point(|(link, _)| *link < span.start);
        let end = start + self.links[start..].partition_point(|(link, _)| *link < span.end);
        &self.links[start..end]
    }
}

//! The known headlines of a list, box by box, and where the others stand among them. Pure.

use std::collections::HashMap;

use loa_reader::list::Candidate;

use super::news::{Around, Standing};
use crate::store::Known;

/// The known headlines of each box, with the places of the first and the last.
pub struct KnownBoxes(HashMap<Option<usize>, (Around, usize, usize)>);

impl KnownBoxes {
    pub fn of(candidates: &[Candidate], matches: &[Option<&Known>]) -> Self {
        let mut known: HashMap<Option<usize>, Vec<(usize, &Known)>> = HashMap::new();
        for (index, (candidate, found)) in candidates.iter().zip(matches).enumerate() {
            known.entry(candidate.sighting.in_box).or_default().extend(found.map(|found| (index, found)));
        }
        let most = known.values().map(Vec::len).max().unwrap_or_default();
        let boxes = known.into_iter().map(|(number, known)| {
            let articles: Vec<&Known> = known.iter().map(|(_, known)| *known).collect();
            let around = Around::of(&articles, known.len() == most);
            (number, (around, known.first().map_or(usize::MAX, |(index, _)| *index), known.last().map_or(0, |(index, _)| *index)))
        });
        Self(boxes.collect())
    }

    /// Where the headline at `index` stands among the known ones of its box.
    pub fn around(&self, index: usize, candidate: &Candidate) -> (Standing, Around) {
        let Some((around, first, last)) = self.0.get(&candidate.sighting.in_box).copied() else {
            return (Standing::Alone, Around::default());
        };
        let standing = match () {
            () if around.newest.is_none() => Standing::Alone,
            () if index < first => Standing::Above,
            () if index > last => Standing::Below,
            () => Standing::Between,
        };
        (standing, around)
    }
}

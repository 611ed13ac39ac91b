//! The known headlines of a list, box by box, and where the others stand among them. Pure.

use std::collections::HashMap;

use loa_reader::list::Candidate;

use super::news::{self, Around, Standing};
use crate::store::Known;

/// The known headlines of each box, with the places of the first and the last.
pub struct KnownBoxes {
    boxes: HashMap<Option<usize>, (Around, usize, usize)>,
    is_ordered: Option<bool>,
}

impl KnownBoxes {
    pub fn of(candidates: &[Candidate], matches: &[Option<&Known>]) -> Self {
        let mut known: HashMap<Option<usize>, Vec<(usize, &Known)>> = HashMap::new();
        for (index, (candidate, found)) in candidates.iter().zip(matches).enumerate() {
            known.entry(candidate.sighting.in_box).or_default().extend(found.map(|found| (index, found)));
        }
        let most = known.values().map(Vec::len).max().unwrap_or_default();
        let main = known.iter().filter(|(_, known)| known.len() == most).min_by_key(|(number, _)| **number);
        let main = main.into_iter().flat_map(|(_, known)| known);
        let is_ordered = news::is_in_order(&main.map(|(_, known)| known.shown_at).collect::<Vec<_>>());
        let boxes = known.into_iter().map(|(number, known)| {
            let articles: Vec<&Known> = known.iter().map(|(_, known)| *known).collect();
            let around = Around::of(&articles, known.len() == most);
            (number, (around, known.first().map_or(usize::MAX, |(index, _)| *index), known.last().map_or(0, |(index, _)| *index)))
        });
        Self { boxes: boxes.collect(), is_ordered }
    }

    /// Whether those of the largest box stand in the order of their dates; `None` where they are too few to tell.
    pub fn is_ordered(&self) -> Option<bool> {
        self.is_ordered
    }

    /// Where the headline at `index` stands among the known ones of its box.
    pub fn around(&self, index: usize, candidate: &Candidate) -> (Standing, Around) {
        let Some((around, first, last)) = self.boxes.get(&candidate.sighting.in_box).copied() else {
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

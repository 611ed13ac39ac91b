//! What is known, found again for the entries of a list. Pure.

use std::{
    cmp::Ordering,
    collections::{HashMap, HashSet},
};

use loa_reader::time::Precision;

use super::{super::rewritten::SameId, Entry, LASTING, is_near};
use crate::store::Known;

/// Numbers of one list that are held against each other.
const MAX_COMPARED: usize = 30;
/// Fewer headlines at new addresses are no rebuild: a notice may come again.
const MOVED: usize = 3;

/// The articles that may be on a list, by what they are known again by: a list and what is known of it can both be
/// long.
#[derive(Debug)]
pub struct Index<'a> {
    known: &'a [Known],
    /// Addresses, ids and slugs.
    by_key: HashMap<&'a str, Vec<usize>>,
    by_title: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Index<'a> {
    pub fn of(known: &'a [Known]) -> Self {
        let (mut by_key, mut by_title) = (HashMap::<_, Vec<usize>>::new(), HashMap::<_, Vec<usize>>::new());
        for (at, article) in known.iter().enumerate() {
            article.addresses.iter().for_each(|key| by_key.entry(key.as_str()).or_default().push(at));
            by_title.entry(article.folded_title.as_str()).or_default().push(at);
        }
        Self { known, by_key, by_title }
    }

    pub fn at_its_address(&self, entry: &Entry) -> Option<&'a Known> {
        self.by_key.get(entry.address.as_str()).map(|known| &self.known[known[0]])
    }

    /// Whether the site gave its articles other addresses: most of those that are still listed are there under their
    /// headlines only. One or two that stay where they were, opinions or podcasts, say nothing else. `at_addresses` are
    /// those of the `entries` that were found by their addresses.
    pub fn is_moved(&self, entries: &[Entry], at_addresses: &[Option<&Known>], listed: &HashSet<&str>) -> bool {
        let staying = at_addresses.iter().flatten().count();
        let missing = entries.iter().zip(at_addresses).filter(|(_, found)| found.is_none()).map(|(entry, _)| entry);
        let moved = missing.filter(|entry| self.under_its_title(entry, listed)).map(Entry::folded_title).collect::<HashSet<_>>().len();
        moved > 2 * staying && (staying == 0 || moved >= MOVED)
    }

    fn under_its_title(&self, entry: &Entry, listed: &HashSet<&str>) -> bool {
        let known = self.by_title.get(entry.folded.as_str()).into_iter().flatten().map(|at| &self.known[*at]);
        let mut elsewhere = known.filter(|known| !stands_on(listed, known));
        elsewhere.any(|known| entry.is_telling() && is_near(entry.published.as_ref(), known) || entry.is_of_the_day(known))
    }

    /// The article that `entry` is, by its id, its slug or its words; the last of several. `listed` are the addresses
    /// of the whole list: an article that stands there itself is not another entry too. `is_moved`: the site was
    /// rebuilt.
    pub fn find(&self, entry: &Entry, listed: &HashSet<&str>, is_moved: bool) -> Option<&'a Known> {
        let by_mark = entry.marks.iter().filter_map(|mark| self.by_key.get(mark.as_str()));
        let by_title = self.by_title.get(entry.folded.as_str());
        let mut places: Vec<usize> = by_mark.chain(by_title).flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().rev().map(|at| &self.known[at]).find(|known| !stands_on(listed, known) && entry.is(known, is_moved))
    }

    /// The article whose id a new `entry` has, under another headline.
    pub fn with_its_id(&self, entry: &Entry, listed: &HashSet<&str>) -> Option<&'a Known> {
        let ids = entry.marks.iter().filter(|mark| mark.contains('#'));
        let mut known = ids.filter_map(|id| self.by_key.get(id.as_str())).flatten().map(|at| &self.known[*at]);
        known.find(|known| !stands_on(listed, known))
    }
}

fn stands_on(listed: &HashSet<&str>, known: &Known) -> bool {
    known.addresses.iter().any(|address| listed.contains(address.as_str()))
}

/// What is known of a new entry that has the id of a `known` article: whether the list alone says that it is that
/// article under another headline. It must stand at an address that differs in the slug only, on the same day where the
/// list has days, on a site that was not rebuilt and whose numbers grow with time; `staying` are the others of the list
/// that stand where they stood.
pub fn same_id(entry: &Entry, known: &Known, staying: &[(&Entry, &Known)], is_moved: bool) -> SameId {
    let is_lasting = entry.has(known, '#', LASTING);
    let is_of_its_time = match &entry.published {
        Some(stamp) if stamp.precision == Precision::Minute => entry.is_of_the_minute(known),
        Some(_) => entry.is_of_the_day(known),
        None => true,
    };
    let is_likely =
        !is_moved && is_lasting && is_of_its_time && !entry.has_another_id(known) && entry.is_built_like(known) && grows(staying);
    SameId { known: known.clone(), is_likely }
}

/// Whether newer articles have larger numbers, or nothing says otherwise.
fn grows(entries: &[(&Entry, &Known)]) -> bool {
    let (mut rising, mut falling) = (0, 0);
    for (at, (entry, known)) in entries.iter().enumerate().take(MAX_COMPARED) {
        for (other, other_known) in entries.iter().skip(at + 1).take(MAX_COMPARED) {
            for (number, other) in entry.numbers_beside(other) {
                match (number.cmp(&other), known.shown_at.cmp(&other_known.shown_at)) {
                    (Ordering::Equal, _) | (_, Ordering::Equal) => (),
                    (by_number, by_time) if by_number == by_time => rising += 1,
                    _ => falling += 1,
                }
            }
        }
    }
    3 * falling <= rising
}

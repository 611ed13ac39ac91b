//! Older stories in place of the list: where it is empty, a box of what is read most may be all that is left of the
//! page. Pure.

use jiff::Timestamp;
use loa_reader::{
    link,
    list::{Candidate, Discovery, Relation},
};

use super::{dedupe::Compared, news::Before, read::Read, record};
use crate::store::Refusal;

/// Why such a story is not asked for again.
const OLDER: &str = "it is older than the list";

/// What a poll found in place of the list.
pub struct Found<'a> {
    pub discovery: &'a Discovery,
    pub compared: &'a Compared,
    pub read: &'a Read,
    /// What was refused before.
    pub refused: &'a [Refusal],
}

/// The stories that were read and are older than the list that was there, where hardly anything else is on the page:
/// fewer than half of the `usual` headlines are known, and of the others most are such stories.
pub fn in_place_of_list(found: &Found, usual: u32, before: &Before, now: Timestamp) -> Option<Vec<Refusal>> {
    let Found { discovery, compared, read, refused } = *found;
    let refusal = |candidate: &Candidate| Refusal {
        address: link::identity(&candidate.url),
        title: candidate.title.clone(),
        why: OLDER.to_owned(),
        is_alike: candidate.sighting.relation == Relation::Alike,
        place: candidate.sighting.place.clone(),
        at: Some(now),
    };
    let is_older = |candidate: &Candidate| {
        let address = link::identity(&candidate.url);
        refused.iter().any(|refusal| refusal.address == address && refusal.why == OLDER)
    };
    let read = read.articles.iter().filter(|story| before.is_older(record::published_by(story).as_ref()));
    let read: Vec<Refusal> = read.map(|story| refusal(&story.candidate)).collect();
    let older = read.len() + discovery.candidates.iter().filter(|candidate| is_older(candidate)).count();
    let others = discovery.candidates.len().saturating_sub(compared.known);
    let usual = usize::try_from(usual).unwrap_or(usize::MAX);
    (2 * compared.known < usual && older > 0 && 2 * older > others).then_some(read)
}

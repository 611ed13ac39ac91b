//! Headlines that the site itself names, in its feed or in data on the page, though they look like none.
//!
//! The page decides what is on the list: only what it links to joins, and nothing from its menu, head or foot.

use std::collections::HashMap;

use crate::list::{
    candidates::Candidate,
    choose::shown::Shown,
    score::{Chosen, Outcome, evidence::Against},
    structured::Knowledge,
};

/// Named headlines from which on their like is a list, though not all of it is named: a feed holds the latest ones
/// only.
const FEW: usize = 3;
/// Named links that are a list where the vote found none.
const LEAST: usize = 2;

/// Adds to the chosen what is named, and what stands in line with several that are.
pub(in crate::list) fn join(
    chosen: &mut Vec<Chosen>,
    outcome: &Outcome,
    candidates: &[Candidate],
    Shown { records, evidence, .. }: &Shown,
    knowledge: &Knowledge,
) {
    if knowledge.is_empty() {
        return;
    }
    let may_join = |at: &usize| !evidence[*at].is_vetoed && !candidates[*at].is_chrome && evidence[*at].against != Some(Against::Section);
    let named: Vec<usize> = (0..candidates.len()).filter(may_join).filter(|at| knowledge.names(&candidates[*at].url)).collect();
    if named.len() < LEAST && chosen.is_empty() {
        return;
    }
    let line = |at: usize| (records.place(at), candidates[at].fine);
    let mut lines: HashMap<_, usize> = HashMap::new();
    for at in &named {
        *lines.entry(line(*at)).or_default() += 1;
    }
    let in_line = (0..candidates.len()).filter(may_join).filter(|at| lines.get(&line(*at)).is_some_and(|named| *named >= FEW));
    let mut joined: Vec<usize> = in_line.chain(named.iter().copied()).chain(chosen.iter().map(|chosen| chosen.candidate)).collect();
    joined.sort_unstable();
    joined.dedup();
    *chosen = joined.into_iter().map(|candidate| Chosen { candidate, score: outcome.scores[candidate] }).collect();
}

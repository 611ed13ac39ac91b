//! Votes: candidates that have something in common lift or sink each other, and the best of the page draw the line.

pub(in crate::list) mod companions;
pub(in crate::list) mod evidence;
pub(in crate::list) mod weights;

use std::collections::HashMap;

use crate::list::{
    candidates::Candidate,
    records::{find::Records, inside::Neighbours},
    score::evidence::Evidence,
};

/// How much a candidate's own score counts, and those of the ones with the same path, shapes of address, and box.
const OWN: f64 = 2.0;
const PATH: f64 = 2.0;
const COARSE: f64 = 1.0;
const FINE: f64 = 2.0;
const HOLDER: f64 = 2.0;
/// One imagined voter of this score in each group: a lone lead story is neither lifted nor sunk by standing alone.
const PRIOR: f64 = 0.4;
const ROUNDS: usize = 2;

/// What a path loses whose links all lie in records of better ones; larger records than this do not count.
const COMPANION: f64 = 0.15;
const COMPANIONS: usize = 8;

/// The best score below which the page has no list: menus and error pages stay under 0.35, lists reach 0.58.
pub(in crate::list) const FLOOR: f64 = 0.4;
/// The line is drawn by the fifth best, which must not be far from the best.
const STANDARD: usize = 5;
const NEAR_BEST: f64 = 0.7;
/// The share of the standard that an item has to reach. Relative, since pages without pictures, dates and numbers score
/// low as a whole.
const ITEM: f64 = 0.7;
const LEAST: f64 = 0.15;

/// A candidate that reached the line.
#[derive(Debug, Clone, Copy)]
pub(in crate::list) struct Chosen {
    pub(in crate::list) candidate: usize,
    pub(in crate::list) score: f64,
}

/// What the votes came to.
pub(in crate::list) struct Outcome {
    /// The candidates that are items, in the order of the page; none where the page has no list.
    pub(in crate::list) chosen: Vec<Chosen>,
    /// Of every candidate; of one that is out of the race it means nothing.
    pub(in crate::list) scores: Vec<f64>,
    /// The score that makes an item, where the page has a list.
    pub(in crate::list) line: Option<f64>,
    pub(in crate::list) best: f64,
}

pub(in crate::list) fn vote(candidates: &[Candidate], records: &Records, neighbours: &Neighbours, evidence: &[Evidence]) -> Outcome {
    let voters: Vec<usize> = (0..candidates.len()).filter(|at| !evidence[*at].is_vetoed).collect();
    let mut scores: Vec<f64> = evidence.iter().map(|evidence| evidence.own).collect();
    for _ in 0..ROUNDS {
        scores = round(&voters, candidates, records, &scores);
    }
    let losses = companion_losses(&voters, records, neighbours, &scores);
    for at in &voters {
        scores[*at] -= losses[records.group(*at)];
    }
    let best = voters.iter().map(|at| scores[*at]).fold(0.0, f64::max);
    let line = line(voters.iter().map(|at| scores[*at]).collect());
    let chosen = |candidate: usize| Chosen { candidate, score: scores[candidate] };
    let chosen = voters.into_iter().map(chosen).filter(|chosen| line.is_some_and(|line| chosen.score >= line)).collect();
    Outcome { chosen, scores, line, best }
}

/// All votes of a round are cast before any is counted.
fn round(voters: &[usize], candidates: &[Candidate], records: &Records, scores: &[f64]) -> Vec<f64> {
    let path = |at: usize| records.group(at);
    let coarse = |at: usize| candidates[at].coarse as usize;
    let fine = |at: usize| candidates[at].fine as usize;
    let holder = |at: usize| records.list[at].holder.unwrap_or(usize::MAX);
    let ballots: [(f64, Means); 4] = [
        (PATH, Means::of(voters, scores, path)),
        (COARSE, Means::of(voters, scores, coarse)),
        (FINE, Means::of(voters, scores, fine)),
        (HOLDER, Means::of(voters, scores, holder)),
    ];
    let weights = OWN + ballots.iter().map(|(weight, _)| weight).sum::<f64>();
    let mut next = scores.to_vec();
    for at in voters {
        let keys = [path(*at), coarse(*at), fine(*at), holder(*at)];
        let votes: f64 = ballots.iter().zip(keys).map(|((weight, means), key)| weight * means.get(key)).sum();
        next[*at] = (OWN * scores[*at] + votes) / weights;
    }
    next
}

/// Mean scores by what candidates have in common.
struct Means(HashMap<usize, (f64, f64)>);

impl Means {
    fn of(voters: &[usize], scores: &[f64], key: impl Fn(usize) -> usize) -> Self {
        let mut sums: HashMap<usize, (f64, f64)> = HashMap::new();
        for at in voters {
            let (sum, count) = sums.entry(key(*at)).or_default();
            *sum += scores[*at];
            *count += 1.0;
        }
        Self(sums)
    }

    fn get(&self, key: usize) -> f64 {
        self.0.get(&key).map_or(PRIOR, |(sum, count)| (sum + PRIOR) / (count + 1.0))
    }
}

/// For each group, what it loses for lying in the records of better candidates.
fn companion_losses(voters: &[usize], records: &Records, neighbours: &Neighbours, scores: &[f64]) -> Vec<f64> {
    let mut is_lower = vec![false; scores.len()];
    for at in voters {
        let record = &records.list[*at];
        if records.groups[records.group(*at)].len() < 2 {
            continue;
        }
        for other in neighbours.few_inside(*at, record, COMPANIONS).into_iter().flatten() {
            is_lower[other] |= scores[other] < scores[*at] && records.group(other) != records.group(*at);
        }
    }
    let loss = |members: &Vec<usize>| COMPANION * members.iter().filter(|at| is_lower[**at]).count() as f64 / members.len() as f64;
    records.groups.iter().map(loss).collect()
}

/// The score that makes an item.
fn line(mut scores: Vec<f64>) -> Option<f64> {
    scores.sort_by(|left, right| right.total_cmp(left));
    let best = *scores.first().filter(|best| **best >= FLOOR)?;
    let standard = scores[STANDARD.min(scores.len()) - 1];
    Some((ITEM * standard.max(NEAR_BEST * best)).max(LEAST))
}

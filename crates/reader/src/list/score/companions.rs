//! Companions: links that accompany every headline (author, section, count, "hide") and are none themselves.
//!
//! A record has one headline, so a whole group goes when it lies in another's records.

use std::collections::{HashMap, HashSet};

use crate::list::{
    candidates::Candidate,
    records::{find::Records, inside::Neighbours},
    score::evidence::{self, Against, Evidence},
};

/// Headlines from which on a group can have companions.
const SMALLEST: usize = 3;
/// Share of a group that must lie in the other's records.
const SHARE: f64 = 0.8;
/// How much more the headlines must weigh than what accompanies them.
const DOMINATE: f64 = 1.3;

/// The same for groups that run in step: how large they are at least, how many of them are compared, how near their
/// sizes must be, and the share of steps at which they take turns.
const ROW: usize = 5;
const MAX_ROWS: usize = 60;
const SIZES: std::ops::RangeInclusive<f64> = 0.7..=1.4;
const TURNS: f64 = 0.8;

/// Takes the companions out of the race.
pub(in crate::list) fn veto(candidates: &[Candidate], records: &Records, neighbours: &Neighbours, evidence: &mut [Evidence]) {
    veto_what_lies_inside(candidates, records, neighbours, evidence);
    veto_what_takes_turns(candidates, records, evidence);
}

/// Takes these out of the race.
pub(in crate::list) fn drop_all(members: &[usize], against: Against, evidence: &mut [Evidence]) {
    for member in members {
        evidence[*member] = Evidence::veto(against);
    }
}

fn veto_what_lies_inside(candidates: &[Candidate], records: &Records, neighbours: &Neighbours, evidence: &mut [Evidence]) {
    let medians: Vec<f64> = records.groups.iter().map(|members| median(candidates, members)).collect();
    let mut seen_by = vec![usize::MAX; candidates.len()];
    for (group, members) in records.groups.iter().enumerate().filter(|(_, members)| members.len() >= SMALLEST) {
        let mut inside: HashMap<usize, usize> = HashMap::new();
        for member in members.iter().filter(|member| !candidates[**member].is_chrome) {
            for other in neighbours.inside(*member, &records.list[*member]) {
                if seen_by[other] != group {
                    seen_by[other] = group;
                    *inside.entry(records.group(other)).or_default() += 1;
                }
            }
        }
        let shapes: HashSet<u32> = members.iter().map(|member| candidates[*member].coarse).collect();
        for (other, count) in inside {
            let others = &records.groups[other];
            let is_mostly_inside = count as f64 >= SHARE * others.len() as f64;
            let is_outweighed = medians[group] >= DOMINATE * medians[other];
            if is_mostly_inside && is_outweighed && !others.iter().any(|member| shapes.contains(&candidates[*member].coarse)) {
                drop_all(others, Against::Companion, evidence);
            }
        }
    }
}

/// Title, site, "hide", title, site, "hide": where no element holds a record together.
fn veto_what_takes_turns(candidates: &[Candidate], records: &Records, evidence: &mut [Evidence]) {
    let mut rows: HashMap<(usize, u32), Vec<usize>> = HashMap::new();
    for (at, candidate) in candidates.iter().enumerate() {
        // Numbers of coarse and fine shapes are never the same.
        for shape in [candidate.coarse, candidate.fine] {
            rows.entry((records.group(at), shape)).or_default().push(at);
        }
    }
    let mut rows: Vec<(f64, Vec<usize>)> = rows
        .into_values()
        .filter(|members| members.len() >= ROW)
        .map(|mut members| {
            members.sort_unstable_by_key(|member| candidates[*member].link);
            (median(candidates, &members), members)
        })
        .collect();
    rows.sort_by(|left, right| right.0.total_cmp(&left.0).then_with(|| left.1.cmp(&right.1)));
    rows.truncate(MAX_ROWS);
    for (at, (weight, members)) in rows.iter().enumerate() {
        for (other_weight, others) in &rows[at + 1..] {
            let is_alike = candidates[members[0]].coarse == candidates[others[0]].coarse;
            let is_as_long = SIZES.contains(&(others.len() as f64 / members.len() as f64));
            if evidence[members[0]].is_vetoed || is_alike || *weight < DOMINATE * other_weight || !is_as_long {
                continue;
            }
            if take_turns(candidates, members, others) {
                drop_all(others, Against::Turns, evidence);
            }
        }
    }
}

fn take_turns(candidates: &[Candidate], members: &[usize], others: &[usize]) -> bool {
    let side = |members: &[usize], side: bool| members.iter().map(move |member| (candidates[*member].link, side)).collect::<Vec<_>>();
    let mut order = side(members, false);
    order.extend(side(others, true));
    order.sort_unstable();
    let turns = order.windows(2).filter(|pair| pair[0].1 != pair[1].1).count();
    turns as f64 >= TURNS * (order.len() - 1) as f64
}

/// The weight that half of the group's headlines exceed.
fn median(candidates: &[Candidate], members: &[usize]) -> f64 {
    let mut weights: Vec<f64> = members.iter().map(|member| evidence::weight(&candidates[*member])).collect();
    weights.sort_by(f64::total_cmp);
    weights.get(weights.len() / 2).copied().unwrap_or_default()
}

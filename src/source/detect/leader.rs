//! The leader: what the best of the elected have in common, and what cannot be of their kind.
//!
//! A menu whose addresses carry numbers (`default.aspx?tabid=104`) is elected beside a list that has no pictures.
//! It has no dates where the list has them on every line, and its words are short.

use super::{candidates::Candidate, evidence::Evidence, records::Records, votes::Elected};

/// Share of the leading group that must be dated.
const DATED: f64 = 0.8;
/// How wide another group's headlines must be beside the leader's.
const AS_WIDE: f64 = 0.5;

/// Drops the groups without any date whose headlines are much shorter than those of a leading group with dates.
pub(super) fn drop_menus(elected: &mut Vec<Elected>, candidates: &[Candidate], records: &Records, evidence: &[Evidence]) {
    let group_of = |elected: &Elected| records.list[elected.candidate].group;
    let Some(best) = elected.iter().max_by(|left, right| left.score.total_cmp(&right.score)) else { return };
    let is_dated = |elected: &&Elected| evidence[elected.candidate].is_dated;
    let median = |group: usize| {
        let mut widths: Vec<f64> =
            elected.iter().filter(|elected| group_of(elected) == group).map(|elected| candidates[elected.candidate].width).collect();
        widths.sort_by(f64::total_cmp);
        widths[widths.len() / 2]
    };
    let leader = group_of(best);
    let leading: Vec<&Elected> = elected.iter().filter(|elected| group_of(elected) == leader).collect();
    if (leading.iter().copied().filter(|elected| is_dated(elected)).count() as f64) < DATED * leading.len() as f64 {
        return;
    }
    let least = AS_WIDE * median(leader);
    let mut groups: Vec<usize> = elected.iter().map(group_of).filter(|group| *group != leader).collect();
    groups.sort_unstable();
    groups.dedup();
    let has_date = |group: usize| elected.iter().filter(|elected| group_of(elected) == group).any(|elected| is_dated(&elected));
    let menus: Vec<usize> = groups.into_iter().filter(|group| median(*group) < least && !has_date(*group)).collect();
    elected.retain(|elected| menus.binary_search(&group_of(elected)).is_err());
}

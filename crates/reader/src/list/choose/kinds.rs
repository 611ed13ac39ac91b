//! The leader: what the best of the chosen have in common, and what cannot be of their kind.
//!
//! A menu whose addresses carry numbers (`default.aspx?tabid=104`) is chosen beside a list that has no pictures.
//! It has no dates where the list has them on every line, and its words are short.

use std::collections::{HashMap, HashSet};

use crate::list::{
    candidates::Candidate,
    records::find::Records,
    score::{
        Chosen,
        evidence::{COLLECTED, Evidence},
    },
};

/// Share of the leading kind that must be dated.
const DATED: f64 = 0.8;
/// How wide another kind's headlines must be beside the leader's.
const AS_WIDE: f64 = 0.5;
/// Share of a group from which on one shape of address is its rule, and the others are another kind.
const RULE: f64 = 0.5;
/// Chosen up to which a list is short: its few headlines cannot outvote what surrounds them, so that one sign is
/// enough.
const SHORT: usize = 8;

/// What is chosen together: a group; of the leader's, where one shape of address is its rule, each shape apart.
type Kind = (usize, Option<u32>);

/// What the members of a kind have in common.
struct Common {
    width: f64,
    dated: f64,
    is_external: bool,
    /// Addresses of the same shape as the leader's best.
    is_alike: bool,
}

/// Drops what leads to other sites where that is all there is: a link or two are advice or a banner, and no list.
pub(in crate::list) fn drop_lone_links(chosen: &mut Vec<Chosen>, candidates: &[Candidate]) {
    if chosen.len() < COLLECTED && chosen.iter().all(|chosen| candidates[chosen.candidate].is_external) {
        chosen.clear();
    }
}

/// Drops the kinds that cannot be headlines of a list whose leading kind is dated: those without any date that are much
/// shorter and, beside a short list, those without any date whose addresses are of another shape, or that lead
/// elsewhere.
pub(in crate::list) fn drop_menus(chosen: &mut Vec<Chosen>, candidates: &[Candidate], records: &Records, evidence: &[Evidence]) {
    let Some(best) = chosen.iter().max_by(|left, right| left.score.total_cmp(&right.score)) else { return };
    let group_of = |chosen: &Chosen| records.group(chosen.candidate);
    let fine_of = |chosen: &Chosen| candidates[chosen.candidate].fine;
    let (leader, shape) = (group_of(best), fine_of(best));
    let group: Vec<&Chosen> = chosen.iter().filter(|chosen| group_of(chosen) == leader).collect();
    let is_rule = group.iter().filter(|chosen| fine_of(chosen) == shape).count() as f64 >= RULE * group.len() as f64;
    let is_short = chosen.len() <= SHORT;
    let kind_of = |chosen: &Chosen| -> Kind {
        let is_apart = is_short || (is_rule && group_of(chosen) == leader);
        (group_of(chosen), is_apart.then(|| fine_of(chosen)))
    };
    let mut kinds: HashMap<Kind, Vec<&Chosen>> = HashMap::new();
    for chosen in chosen.iter() {
        kinds.entry(kind_of(chosen)).or_default().push(chosen);
    }
    let common = |members: &[&Chosen]| {
        let mut widths: Vec<f64> = members.iter().map(|chosen| candidates[chosen.candidate].width).collect();
        widths.sort_by(f64::total_cmp);
        let dated = members.iter().filter(|chosen| evidence[chosen.candidate].is_dated).count();
        Common {
            width: widths[widths.len() / 2],
            dated: dated as f64 / members.len() as f64,
            is_external: members.iter().all(|chosen| candidates[chosen.candidate].is_external),
            is_alike: members.iter().any(|chosen| fine_of(chosen) == shape),
        }
    };
    let leading = common(&kinds[&kind_of(best)]);
    if leading.dated < DATED {
        return;
    }
    let cannot_be = |kind: Common| {
        let is_narrow = kind.dated == 0.0 && kind.width < AS_WIDE * leading.width;
        let is_unrelated = !kind.is_alike && (kind.dated == 0.0 || (kind.is_external && !leading.is_external));
        is_narrow || (is_short && is_unrelated)
    };
    let menus: HashSet<Kind> = kinds.iter().filter(|(_, members)| cannot_be(common(members))).map(|(kind, _)| *kind).collect();
    chosen.retain(|chosen| !menus.contains(&kind_of(chosen)));
}

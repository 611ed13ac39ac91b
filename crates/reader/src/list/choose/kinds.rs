//! The leader: what the best of the elected have in common, and what cannot be of their kind.
//!
//! A menu whose addresses carry numbers (`default.aspx?tabid=104`) is elected beside a list that has no pictures.
//! It has no dates where the list has them on every line, and its words are short.

use std::collections::{HashMap, HashSet};

use crate::list::{
    candidates::Candidate,
    records::find::Records,
    score::{
        Elected,
        evidence::{COLLECTED, Evidence},
    },
};

/// Share of the leading kind that must be dated.
const DATED: f64 = 0.8;
/// How wide another kind's headlines must be beside the leader's.
const AS_WIDE: f64 = 0.5;
/// Share of a group from which on one shape of address is its rule, and the others are another kind.
const RULE: f64 = 0.5;
/// Elected up to which a list is short: its few headlines cannot outvote what surrounds them, so that one sign is enough.
const SHORT: usize = 8;

/// What is elected together: a group; of the leader's, where one shape of address is its rule, each shape apart.
type Kind = (usize, Option<u32>);

/// What the members of a kind have in common.
struct Common {
    width: f64,
    dated: f64,
    is_external: bool,
    /// Addresses of the same shape as the leader's best.
    is_kin: bool,
}

/// Drops what leads to other sites where that is all there is: a link or two are advice or a banner, and no list.
pub(in crate::list) fn drop_lone_links(elected: &mut Vec<Elected>, candidates: &[Candidate]) {
    if elected.len() < COLLECTED && elected.iter().all(|elected| candidates[elected.candidate].is_external) {
        elected.clear();
    }
}

/// Drops the kinds that cannot be headlines of a list whose leading kind is dated: those without any date that are much
/// shorter and, beside a short list, those without any date whose addresses are of another shape, or that lead elsewhere.
pub(in crate::list) fn drop_menus(elected: &mut Vec<Elected>, candidates: &[Candidate], records: &Records, evidence: &[Evidence]) {
    let Some(best) = elected.iter().max_by(|left, right| left.score.total_cmp(&right.score)) else { return };
    let group_of = |elected: &Elected| records.group(elected.candidate);
    let fine_of = |elected: &Elected| candidates[elected.candidate].fine;
    let (leader, shape) = (group_of(best), fine_of(best));
    let group: Vec<&Elected> = elected.iter().filter(|elected| group_of(elected) == leader).collect();
    let is_rule = group.iter().filter(|elected| fine_of(elected) == shape).count() as f64 >= RULE * group.len() as f64;
    let is_short = elected.len() <= SHORT;
    let kind_of = |elected: &Elected| -> Kind {
        let is_apart = is_short || (is_rule && group_of(elected) == leader);
        (group_of(elected), is_apart.then(|| fine_of(elected)))
    };
    let mut kinds: HashMap<Kind, Vec<&Elected>> = HashMap::new();
    for elected in elected.iter() {
        kinds.entry(kind_of(elected)).or_default().push(elected);
    }
    let common = |members: &[&Elected]| {
        let mut widths: Vec<f64> = members.iter().map(|elected| candidates[elected.candidate].width).collect();
        widths.sort_by(f64::total_cmp);
        let dated = members.iter().filter(|elected| evidence[elected.candidate].is_dated).count();
        Common {
            width: widths[widths.len() / 2],
            dated: dated as f64 / members.len() as f64,
            is_external: members.iter().all(|elected| candidates[elected.candidate].is_external),
            is_kin: members.iter().any(|elected| fine_of(elected) == shape),
        }
    };
    let leading = common(&kinds[&kind_of(best)]);
    if leading.dated < DATED {
        return;
    }
    let cannot_be = |kind: Common| {
        let is_narrow = kind.dated == 0.0 && kind.width < AS_WIDE * leading.width;
        let is_stranger = !kind.is_kin && (kind.dated == 0.0 || (kind.is_external && !leading.is_external));
        is_narrow || (is_short && is_stranger)
    };
    let menus: HashSet<Kind> = kinds.iter().filter(|(_, members)| cannot_be(common(members))).map(|(kind, _)| *kind).collect();
    elected.retain(|elected| !menus.contains(&kind_of(elected)));
}

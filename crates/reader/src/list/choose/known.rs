//! What memory says of the page: which candidates are known headlines, and which of the others are of their kind.
//!
//! Known headlines are labels. While some of them stand where the rule says, the rule decides who is of their kind;
//! when none does, the page was rebuilt, and the places where they stand now take the rule's part.

use std::collections::{HashMap, HashSet};

use crate::{
    link,
    list::{
        Relation,
        candidates::Candidate,
        fold_title,
        memory::{MAIN, Memory, TELLING_TITLE},
        score::{Chosen, evidence::Evidence},
    },
    text,
};

/// What is remembered of the candidates of one page.
pub(in crate::list) struct Remembered {
    is_known: Vec<bool>,
    kinds: Option<Kinds>,
}

/// Where headlines stand and how their addresses are built.
struct Kinds {
    places: HashSet<String>,
    shapes: HashSet<String>,
}

impl Remembered {
    pub(in crate::list) fn of(candidates: &[Candidate], memory: &Memory) -> Self {
        if memory.is_empty() {
            return Self { is_known: vec![false; candidates.len()], kinds: None };
        }
        let is_known: Vec<bool> = candidates.iter().map(|candidate| is_known(candidate, memory)).collect();
        let kinds = kinds(candidates, &is_known, memory);
        Self { is_known, kinds }
    }

    pub(in crate::list) fn is_known(&self, at: usize) -> bool {
        self.is_known[at]
    }

    /// Known headlines are headlines, whatever the signs say, and speak for their like in the votes.
    pub(in crate::list) fn label(&self, evidence: &mut [Evidence]) {
        for (evidence, _) in evidence.iter_mut().zip(&self.is_known).filter(|(_, is_known)| **is_known) {
            (evidence.own, evidence.is_vetoed) = (1.0, false);
        }
    }

    /// Takes back from `voted` what stands where known headlines do: signs by which a page is read for the first time
    /// drop none of a list that is known.
    pub(in crate::list) fn take_back(&self, voted: &[Chosen], chosen: &mut Vec<Chosen>, candidates: &[Candidate]) {
        let Some(kinds) = &self.kinds else { return };
        let there: HashSet<usize> = chosen.iter().map(|chosen| chosen.candidate).collect();
        let stands_there = |voted: &&Chosen| kinds.places.contains(&candidates[voted.candidate].place);
        chosen.extend(voted.iter().filter(|voted| !there.contains(&voted.candidate)).filter(stands_there).copied());
        chosen.sort_unstable_by_key(|chosen| chosen.candidate);
    }

    /// Adds what stands exactly like the known headlines, though it fell below the line: a list of few short notices.
    pub(in crate::list) fn add_alike(&self, chosen: &mut Vec<Chosen>, candidates: &[Candidate], evidence: &[Evidence]) {
        let Some(kinds) = &self.kinds else { return };
        let there: HashSet<usize> = chosen.iter().map(|chosen| chosen.candidate).collect();
        for (at, candidate) in candidates.iter().enumerate().filter(|(at, _)| !there.contains(at)) {
            let is_like_them = kinds.places.contains(&candidate.place) && kinds.shapes.contains(&candidate.shape);
            if self.is_known[at] || (is_like_them && !evidence[at].is_vetoed) {
                chosen.push(Chosen { candidate: at, score: evidence[at].own });
            }
        }
        chosen.sort_unstable_by_key(|chosen| chosen.candidate);
    }

    pub(in crate::list) fn relation(&self, at: usize, candidate: &Candidate) -> Relation {
        let Some(kinds) = &self.kinds else { return Relation::Unchecked };
        let stems: HashSet<&str> = kinds.shapes.iter().map(|shape| stem(shape)).collect();
        let is_near = kinds.places.contains(&candidate.place) && stems.contains(stem(&candidate.shape));
        match (self.is_known[at], is_near) {
            (true, _) => Relation::Known,
            (false, true) => Relation::Alike,
            (false, false) => Relation::Unrelated,
        }
    }
}

fn is_known(candidate: &Candidate, memory: &Memory) -> bool {
    if memory.addresses.is_empty() && memory.titles.is_empty() && memory.examples.is_empty() {
        return false;
    }
    memory.addresses.contains(&link::identity(&candidate.url)) || {
        let (title, folded) = (fold_title(&candidate.headline.text), text::fold(&candidate.headline.text));
        let is_title = title.chars().count() >= TELLING_TITLE && memory.titles.contains(&title);
        is_title || memory.examples.iter().any(|example| folded.contains(example.as_str()))
    }
}

/// `None` where neither a rule nor a known headline says anything.
fn kinds(candidates: &[Candidate], is_known: &[bool], memory: &Memory) -> Option<Kinds> {
    let known = || candidates.iter().zip(is_known).filter(|(_, is_known)| **is_known).map(|(candidate, _)| candidate);
    let of_rule = memory.rule.as_ref().filter(|rule| !rule.places.is_empty());
    let of_rule =
        of_rule.map(|rule| Kinds { places: rule.places.iter().cloned().collect(), shapes: rule.shapes.iter().cloned().collect() });
    let holds = |rule: &Kinds| known().next().is_none() || known().any(|candidate| rule.places.contains(&candidate.place));
    if let Some(rule) = of_rule
        && holds(&rule)
    {
        return Some(rule);
    }
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for candidate in known() {
        *counts.entry(&candidate.place).or_default() += 1;
    }
    let most = *counts.values().max()?;
    let is_main = |place: &str| MAIN * counts[place] >= most;
    let main = known().filter(|candidate| is_main(&candidate.place));
    let (places, shapes) = main.map(|candidate| (candidate.place.clone(), candidate.shape.clone())).unzip();
    Some(Kinds { places, shapes })
}

/// A shape without its last segment: a title of two words makes another one than a title of ten.
fn stem(shape: &str) -> &str {
    match shape.split_once('?') {
        Some(_) => shape,
        None => shape.rsplit_once('/').map_or(shape, |(stem, _)| stem),
    }
}

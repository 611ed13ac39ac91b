//! Why a link is no headline, in words. Made only when a person asks.

use std::collections::{HashMap, HashSet};

use crate::{
    link,
    list::{
        Dropped, Part,
        candidates::{self, Candidate, headline},
        choose::{boxes::Boxes, is_comments_of},
        records::Record,
        score::{
            FLOOR, Outcome,
            evidence::{Against, Evidence},
            weights::Feature,
        },
    },
    outline::Outline,
};

/// How many are told.
const MAX_DROPPED: usize = 200;

/// What is known when all is decided.
pub(in crate::list) struct Decision<'a> {
    pub(in crate::list) outline: &'a Outline<'a>,
    pub(in crate::list) candidates: &'a [Candidate],
    pub(in crate::list) records: &'a [Record],
    pub(in crate::list) evidence: &'a [Evidence],
    pub(in crate::list) outcome: &'a Outcome,
    /// The candidates that became items, in the order of the page.
    pub(in crate::list) items: &'a [usize],
    pub(in crate::list) boxes: &'a Boxes,
}

/// What a headline has and this one has not.
fn lacking(lacks: [Feature; 2]) -> String {
    let words = lacks.map(|feature| match feature {
        Feature::Length => "its text is short",
        Feature::Slug => "its address has few words",
        Feature::Company => "few stand like it",
        Feature::Overlap => "its words are not in its address",
        Feature::Heading => "it is no heading",
        Feature::Identifier => "its address has no number or key",
        Feature::Picture => "there is no picture beside it",
        Feature::Date => "there is no date beside it",
        // They weigh against a headline: none lacks them.
        Feature::Secondary | Feature::Chrome | Feature::External | Feature::Sentence | Feature::Section => "",
    });
    words.join("; ")
}

impl Decision<'_> {
    /// Everything that was looked at and left out, the nearest to a headline first.
    pub(in crate::list) fn dropped(&self) -> Vec<Dropped> {
        let places: HashMap<usize, usize> = self.items.iter().enumerate().map(|(place, at)| (*at, place + 1)).collect();
        let mut left: Vec<usize> = (0..self.candidates.len()).filter(|at| !places.contains_key(at)).collect();
        left.sort_by(|left, right| self.score(*right).unwrap_or(-1.0).total_cmp(&self.score(*left).unwrap_or(-1.0)));
        // Why costs more than the score.
        let mut dropped: Vec<Dropped> = left.into_iter().take(MAX_DROPPED).map(|at| self.candidate(at)).collect();
        dropped.extend(self.items.iter().flat_map(|at| self.other_links(*at, places[at])));
        dropped.extend(self.files());
        dropped.truncate(MAX_DROPPED);
        dropped
    }

    fn candidate(&self, at: usize) -> Dropped {
        let candidate = &self.candidates[at];
        Dropped { url: candidate.url.clone(), title: candidate.headline.text.clone(), score: self.score(at), why: self.why(at) }
    }

    fn score(&self, at: usize) -> Option<f64> {
        (!self.evidence[at].is_vetoed).then(|| self.outcome.scores[at])
    }

    fn why(&self, at: usize) -> String {
        let evidence = &self.evidence[at];
        let against = evidence.against.map(|against| self.words(at, against));
        let score = self.outcome.scores[at];
        let line = self.outcome.line.unwrap_or(FLOOR);
        // What speaks neither for nor against itself is sunk by those that stand as it does.
        let own = || {
            if evidence.own >= line { "stands among links that are no headlines".to_owned() } else { lacking(evidence.features.lacks()) }
        };
        match self.outcome.line {
            _ if evidence.is_vetoed => against.unwrap_or_default(),
            Some(line) if score >= line => self.why_in_spite(at),
            Some(line) => format!("{}; scored {score:.2}, the line is at {line:.2}", against.unwrap_or_else(own)),
            None => format!("{}; scored {score:.2}, and a list begins at {FLOOR:.2}", against.unwrap_or_else(own)),
        }
    }

    /// Why it is none though it reached the line.
    fn why_in_spite(&self, at: usize) -> String {
        let item = self.items.iter().position(|item| is_comments_of(&self.candidates[at].url, &self.candidates[*item].url));
        match (item, self.boxes.around(at).map(|around| (&around.part, around.name()))) {
            (Some(place), _) => format!("the comments of item {}", place + 1),
            (None, Some((Part::Beside(why), name))) => format!("stands in the box “{name}”: {why}"),
            (None, _) => "of another kind than the best headlines, which are dated".to_owned(),
        }
    }

    fn words(&self, at: usize, against: Against) -> String {
        match against {
            Against::NoWords => "no letter in it".to_owned(),
            Against::BareDate => "nothing but a date".to_owned(),
            Against::Companion | Against::Secondary => match self.item_around(at) {
                Some(place) => format!("accompanies item {place} in its record"),
                None => "accompanies a better headline in the same record".to_owned(),
            },
            Against::Turns => "comes by turns with better headlines".to_owned(),
            Against::Chrome => "stands in the page's menu, head or foot".to_owned(),
            Against::External => "leads to another site".to_owned(),
            Against::Sentence => "stands in a sentence".to_owned(),
            Against::Section => "a section: others lie under its address".to_owned(),
        }
    }

    /// The item in whose record the candidate's link lies.
    fn item_around(&self, at: usize) -> Option<usize> {
        let link = self.candidates[at].link;
        self.items.iter().position(|item| self.records[*item].span.contains(&link)).map(|place| place + 1)
    }

    /// Other links to an item that show another text.
    fn other_links(&self, at: usize, place: usize) -> Vec<Dropped> {
        let candidate = &self.candidates[at];
        let mut known = HashSet::from([candidate.headline.text.clone()]);
        let texts = candidate.links.iter().map(|link| headline::of(self.outline, *link).text);
        texts
            .filter(|text| !text.is_empty() && known.insert(text.clone()))
            .map(|title| Dropped { url: candidate.url.clone(), title, score: None, why: format!("the same address as item {place}") })
            .collect()
    }

    /// Links to pictures, films and the like.
    fn files(&self) -> Vec<Dropped> {
        let mut known = HashSet::new();
        let files = self.outline.anchors.iter().filter_map(|anchor| Some((*anchor, self.outline.target(*anchor)?)));
        files
            .filter(|(_, url)| candidates::is_file(url.path()) && known.insert(link::identity(url)))
            .map(|(anchor, url)| Dropped {
                title: self.outline.text_of(anchor),
                url: url.clone(),
                score: None,
                why: "a file, and no page".to_owned(),
            })
            .take(MAX_DROPPED)
            .collect()
    }
}

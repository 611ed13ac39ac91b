//! Headlines without selectors: what repeats on the page and looks like one.
//!
//! No class names and no word lists: sites are in any language and change their build. Each address that the
//! page links to is a candidate; it is weighed on its own, loses to the headline that it only accompanies, is voted
//! for by its like, and is an item if it comes near the best of the page.

mod build;
mod candidates;
mod evidence;
mod headline;
mod leader;
mod neighbours;
mod records;
mod remembered;
mod satellites;
mod shape;
mod votes;

use std::collections::{HashMap, HashSet};

use url::Url;

use crate::{
    article::{Kinship, Sighting, Strategy},
    link,
    source::{furniture, memory::Memory, outline::Outline, record::Record},
};
pub(super) use build::fingerprint;
use candidates::{Candidate, Completeness};
use headline::Rank;
use neighbours::Neighbours;
use remembered::Remembered;

/// Items with one text from which on it is no title but "read more".
const REPEATED: usize = 3;

/// The records of the page's list, in its order.
pub(super) fn records(outline: &Outline, memory: &Memory, problems: &mut Vec<String>) -> Vec<Record> {
    let (candidates, completeness) = candidates::collect(outline);
    if completeness == Completeness::Cut {
        problems.push(format!("only the first {} links of the page were looked at", candidates::MAX_CANDIDATES));
    }
    let records = records::of(outline, &candidates);
    let neighbours = Neighbours::of(&candidates);
    let mut evidence = evidence::weigh(outline, &candidates, &records, &neighbours);
    satellites::veto(&candidates, &records, &neighbours, &mut evidence);
    let remembered = Remembered::of(&candidates, memory);
    remembered.label(&mut evidence);
    let mut elected = votes::elect(&candidates, &records, &neighbours, &evidence);
    leader::drop_menus(&mut elected, &candidates, &records, &evidence);
    remembered.add_kin(&mut elected, &candidates, &evidence);
    let scores: HashMap<usize, f64> = elected.iter().map(|elected| (elected.candidate, elected.score)).collect();
    let mut elected: Vec<usize> = elected.into_iter().map(|elected| elected.candidate).collect();
    drop_comment_links(&candidates, &mut elected);
    if elected.is_empty() {
        problems.push("no list of headlines was found".to_owned());
    }
    let mut times: HashMap<&str, usize> = HashMap::new();
    for at in &elected {
        *times.entry(&candidates[*at].headline.text).or_default() += 1;
    }
    let links = records::sorted_links(&candidates, &elected);
    elected
        .iter()
        .map(|at| {
            let candidate = &candidates[*at];
            let span = records::apart(outline, candidate.link, &records.list[*at].span, &links);
            let text = &candidate.headline.text;
            let is_overlay = text.is_empty() || (times[text.as_str()] >= REPEATED && candidate.headline.rank < Rank::Heading);
            let better = if is_overlay { title_beside(outline, &span, text) } else { None };
            let kinship = remembered.kinship(*at, candidate);
            let sighting = Sighting { kinship, ..sighting(outline, candidate.link, &candidate.url, Strategy::Repetition, scores[at]) };
            Record { title: better.unwrap_or_else(|| text.clone()), url: candidate.url.clone(), link: candidate.link, span, sighting }
        })
        .collect()
}

/// How a headline was found whose link, or record, is the element `at`.
pub(super) fn sighting(outline: &Outline, at: usize, url: &Url, by: Strategy, certainty: f64) -> Sighting {
    let rank = headline::of(outline, at).rank;
    let place = candidates::path(outline, at, rank).1;
    let shape = shape::of(url, &outline.address).fine;
    Sighting {
        by: vec![by],
        certainty: certainty.clamp(0.0, 1.0),
        place,
        shape,
        link: furniture::link_at(outline, at),
        kinship: Kinship::Unasked,
    }
}

/// `…/abc?comments=1` where `…/abc` is an item.
fn drop_comment_links(candidates: &[Candidate], elected: &mut Vec<usize>) {
    let key = |at: usize, is_bare: bool| {
        let mut url = candidates[at].url.clone();
        if is_bare {
            url.set_query(None);
        }
        link::identity(&url)
    };
    let plain: HashSet<String> = elected.iter().filter(|at| candidates[**at].url.query().is_none()).map(|at| key(*at, false)).collect();
    elected.retain(|at| candidates[*at].url.query().is_none() || !plain.contains(&key(*at, true)));
}

/// The record's first heading or bold line that is not the link's own text.
fn title_beside(outline: &Outline, span: &std::ops::Range<usize>, text: &str) -> Option<String> {
    span.clone()
        .filter(|at| headline::is_bold(outline.name(*at)))
        .map(|at| outline.text_of(at))
        .find(|title| !title.is_empty() && title != text)
}

/// The text of a record's first heading, and of its first link: what a record is called where nobody says.
pub(super) fn title_within(outline: &Outline, span: &std::ops::Range<usize>) -> Option<String> {
    let heading =
        span.clone().filter(|at| headline::is_heading(outline.name(*at))).map(|at| outline.text_of(at)).find(|title| !title.is_empty());
    heading.or_else(|| {
        let links = crate::source::outline::within(&outline.anchors, span);
        let best = links.iter().map(|link| headline::of(outline, *link)).max_by_key(headline::standing)?;
        (!best.text.is_empty()).then_some(best.text)
    })
}

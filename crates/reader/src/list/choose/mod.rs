//! Headlines without selectors: what repeats on the page and looks like one.
//!
//! No class names and no word lists: sites are in any language and change their build. Each address that the
//! page links to is a candidate; it is weighed on its own, loses to the headline that it only accompanies, is voted
//! for by its like, and is an item if it comes near the best of the page.

mod beside;
mod boxes;
mod certainty;
mod kinds;
mod known;
mod reasons;
mod recorded;
mod shown;
mod stated;
mod unmarked_menus;

use std::collections::{HashMap, HashSet};

use url::Url;

use crate::{
    link,
    list::{
        Detail, Dropped, Look, PageBox, Relation, Sighting, Strategy,
        candidates::{
            self, Candidate, Completeness,
            headline::{self, Rank},
            shape,
        },
        chrome,
        item::Item,
        records::{find, inside::Neighbours, titles},
        score::{
            self, Chosen, companions,
            evidence::{self, Against},
        },
        structured::Knowledge,
    },
    outline::{Outline, within},
    text,
};
use boxes::Boxes;
pub(in crate::list) use boxes::Said;
use known::Remembered;
use reasons::Decision;
use shown::Shown;

/// Items with one text from which on it is no title but "read more".
const REPEATED: usize = 3;

/// What a page's links come to.
pub(in crate::list) struct Found {
    /// The items of the page's list, in its order.
    pub(in crate::list) items: Vec<Item>,
    /// Empty unless reasons were asked for.
    pub(in crate::list) dropped: Vec<Dropped>,
    pub(in crate::list) boxes: Vec<PageBox>,
}

/// The page's list, or nothing. What the site itself says of its articles helps where a headline looks like none.
pub(in crate::list) fn find(
    outline: &Outline,
    knowledge: &Knowledge,
    said: Said,
    Look { weights, detail }: Look,
    problems: &mut Vec<String>,
) -> Found {
    let (mut candidates, completeness) = candidates::collect(outline);
    if completeness == Completeness::Cut {
        problems.push(format!("only the first {} links of the page were looked at", candidates::MAX_CANDIDATES));
    }
    let records = find::of(outline, &candidates);
    let neighbours = Neighbours::of(&candidates);
    let accompany = titles::take_from_records(outline, &mut candidates, &records, &neighbours);
    let mut evidence = evidence::weigh(outline, &candidates, &records, &neighbours, weights);
    companions::drop_all(&accompany, Against::Secondary, &mut evidence);
    companions::veto(&candidates, &records, &neighbours, &mut evidence);
    let remembered = Remembered::of(&candidates, said.memory);
    remembered.label(&mut evidence);
    let outcome = score::vote(&candidates, &records, &neighbours, &evidence);
    let mut chosen = outcome.chosen.clone();
    kinds::drop_lone_links(&mut chosen, &candidates);
    remembered.take_back(&outcome.chosen, &mut chosen, &candidates);
    kinds::drop_menus(&mut chosen, &candidates, &records, &evidence);
    let voted = chosen.clone();
    unmarked_menus::drop(outline, &mut chosen, &candidates, &records, &evidence);
    beside::drop(outline, &mut chosen, &candidates, &records, &evidence);
    remembered.take_back(&voted, &mut chosen, &candidates);
    let shown = Shown { outline, records: &records, evidence: &evidence };
    stated::join(&mut chosen, &outcome, &candidates, &shown, knowledge);
    remembered.add_alike(&mut chosen, &candidates, &evidence);
    let mut chosen: Vec<usize> = chosen.into_iter().map(|chosen| chosen.candidate).collect();
    drop_comment_links(&candidates, &mut chosen);
    let shown = Shown { outline, records: &records, evidence: &evidence };
    let boxes = Boxes::of(&boxed(&voted, &chosen), &candidates, &shown, &said, |at| remembered.is_known(at));
    let homes = boxes.homes(&candidates, &shown);
    // What the operator takes out is out; of the others it is only said where they stand.
    chosen.retain(|at| !boxes.is_taken_out(homes[at].number, &said));
    let (mut candidates, mut records) = (candidates, records);
    let moved: Vec<usize> = chosen.iter().copied().filter(|at| homes[at].link != candidates[*at].link).collect();
    moved.iter().for_each(|at| candidates[*at].stand_at(outline, homes[at].link));
    chosen.sort_by_key(|at| candidates[*at].link);
    let links = find::sorted_links(&candidates, &chosen);
    moved.iter().for_each(|at| records.list[*at] = find::record(outline, candidates[*at].link, &links));
    let dropped = match detail {
        Detail::Items => Vec::new(),
        Detail::Reasons => {
            let (candidates, records, evidence) = (&candidates, &records.list, &evidence);
            Decision { outline, candidates, records, evidence, outcome: &outcome, items: &chosen, boxes: &boxes }.dropped()
        }
    };
    let mut times: HashMap<&str, usize> = HashMap::new();
    for at in &chosen {
        *times.entry(&candidates[*at].headline.text).or_default() += 1;
    }
    let items = chosen
        .iter()
        .map(|at| {
            let candidate = &candidates[*at];
            let record = find::apart(outline, &records.list[*at], &links);
            let text = &candidate.headline.text;
            let is_overlay = text.is_empty() || (times[text.as_str()] >= REPEATED && candidate.headline.rank < Rank::Heading);
            let better = if is_overlay { title_beside(outline, &record.span, text) } else { None };
            let title = better.unwrap_or_else(|| text.clone());
            let title = title_written_out(outline, candidate.link, &title).unwrap_or(title);
            let certainty = certainty::of(outcome.scores[*at], chosen.len(), &outcome);
            let relation = remembered.relation(*at, candidate);
            let (place, shape) = (candidate.place.clone(), candidate.shape.clone());
            let (in_box, also_in) = (Some(homes[at].number), homes[at].also.clone());
            let sighting =
                Sighting { relation, in_box, also_in, place, shape, ..seen(outline, candidate.link, Strategy::Repetition, certainty) };
            Item { record, url: candidate.url.clone(), title, sighting }
        })
        .collect();
    Found { items, dropped, boxes: boxes.into_list(&chosen) }
}

/// What stands in boxes: what was voted for, and what came in besides, in the order of the page.
fn boxed(voted: &[Chosen], chosen: &[usize]) -> Vec<usize> {
    let mut boxed: Vec<usize> = voted.iter().map(|voted| voted.candidate).chain(chosen.iter().copied()).collect();
    boxed.sort_unstable();
    boxed.dedup();
    boxed
}

/// The whole of a headline that is cut on the page, as its link says it to those who point at it.
fn title_written_out(outline: &Outline, link: usize, title: &str) -> Option<String> {
    text::stem(title)?;
    let whole = text::squeeze(outline.attribute(link, "title")?);
    text::is_beginning_of(title, &whole).then_some(whole)
}

/// How a headline was found whose link, or record, is the element `at`.
pub(in crate::list) fn sighting(outline: &Outline, at: usize, url: &Url, by: Strategy, certainty: f64) -> Sighting {
    let rank = headline::of(outline, at).rank;
    let place = candidates::path(outline, at, rank).1;
    Sighting { place, shape: shape_of(url, &outline.address), ..seen(outline, at, by, certainty) }
}

fn seen(outline: &Outline, at: usize, by: Strategy, certainty: f64) -> Sighting {
    Sighting {
        by: vec![by],
        certainty: certainty.clamp(0.0, 1.0),
        place: String::new(),
        shape: String::new(),
        link: chrome::link_at(outline, at),
        relation: Relation::Unchecked,
        dated: None,
        in_box: None,
        also_in: Vec::new(),
    }
}

/// `…/abc?comments=1` where `…/abc` is an item.
fn drop_comment_links(candidates: &[Candidate], chosen: &mut Vec<usize>) {
    if chosen.iter().all(|at| candidates[*at].url.query().is_none()) {
        return;
    }
    let key = |at: usize, is_bare: bool| {
        let mut url = candidates[at].url.clone();
        if is_bare {
            url.set_query(None);
        }
        link::identity(&url)
    };
    let plain: HashSet<String> = chosen.iter().filter(|at| candidates[**at].url.query().is_none()).map(|at| key(*at, false)).collect();
    chosen.retain(|at| candidates[*at].url.query().is_none() || !plain.contains(&key(*at, true)));
}

/// The shape of an address as a page at `page` sees it.
pub(in crate::list) fn shape_of(url: &Url, page: &Url) -> String {
    shape::of(url, page).fine
}

/// Whether an address is the other with a query: `…/abc?comments=1` and `…/abc`.
fn is_comments_of(url: &Url, item: &Url) -> bool {
    let mut bare = url.clone();
    bare.set_query(None);
    url.query().is_some() && item.query().is_none() && link::identity(&bare) == link::identity(item)
}

/// The record's first heading or bold line that is not the link's own text.
fn title_beside(outline: &Outline, span: &std::ops::Range<usize>, text: &str) -> Option<String> {
    span.clone()
        .filter(|at| headline::is_bold(outline.name(*at)))
        .map(|at| outline.text_of(at))
        .find(|title| !title.is_empty() && title != text)
}

/// The text of a record's first heading, and of its first link: what a record is called where nobody says.
pub(in crate::list) fn title_within(outline: &Outline, span: &std::ops::Range<usize>) -> Option<String> {
    let heading =
        span.clone().filter(|at| headline::is_heading(outline.name(*at))).map(|at| outline.text_of(at)).find(|title| !title.is_empty());
    heading.or_else(|| {
        let links = within(&outline.anchors, span);
        let best = links.iter().map(|link| headline::of(outline, *link)).max_by_key(headline::standing)?;
        (!best.text.is_empty()).then_some(best.text)
    })
}

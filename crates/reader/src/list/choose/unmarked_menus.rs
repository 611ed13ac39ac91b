//! Boxes of short links with nothing beside them: menus that nobody marked up as such.
//!
//! Where the page has nothing else, it has no list: an error page in the site's frame. Where it has a few headlines
//! with dates, the short links are none of them, however many they are. A list of short titles without dates, pictures
//! and leads, and without days between them, looks just the same, and is known again only by its feed, by known
//! headlines or by an example.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use crate::{
    link,
    list::{
        candidates::Candidate,
        choose::shown::{self, Shown},
        records::{
            days,
            find::{self, Records},
            text_beside_links,
        },
        score::{Chosen, evidence::Evidence},
    },
    outline::Outline,
};

/// Width that half of a menu's links stay under, and of one whose links have icons.
const ENTRY: f64 = 40.0;
const ICON_ENTRY: f64 = 26.0;
/// Dated headlines up to which the list is short and cannot outvote what surrounds it, and how wide links may be beside
/// them.
const SHORT: usize = 4;
const AS_WIDE: f64 = 0.7;

/// Drops the boxes of bare links.
pub(in crate::list) fn drop(
    outline: &Outline,
    chosen: &mut Vec<Chosen>,
    candidates: &[Candidate],
    records: &Records,
    evidence: &[Evidence],
) {
    let shown = Shown { outline, records, evidence };
    let members = chosen.iter().map(|chosen| chosen.candidate);
    let boxes = find::by(members.clone(), |at| records.place(at));
    let words: HashMap<usize, usize> = find::by(members, |at| records.group(at))
        .iter()
        .map(|links| (records.group(links[0]), words_around(outline, &find::sorted_links(candidates, links))))
        .collect();
    let is_bare = |links: &&Vec<usize>| {
        let width = shown::width(candidates, links);
        let is_plain = |at: &usize| !shown.is_pictured(*at) || (width < ICON_ENTRY && shown.has_drawing(*at));
        // A file whose record says what it is called is no entry of a menu.
        let is_document = |at: &usize| {
            let candidate = &candidates[*at];
            link::file_type(&candidate.url).is_some() && outline.text_of(candidate.link) != candidate.headline.text
        };
        let is_entry = |at: &usize| is_plain(at) && !is_document(at);
        let is_alone = |at: &usize| shown.is_own(*at) && !shown.is_dated(*at) && !shown.has_words(*at) && is_entry(at);
        width < ENTRY && links.iter().all(is_alone) && words[&records.group(links[0])] < shown::WORDS
    };
    let bare: Vec<&Vec<usize>> = boxes.iter().filter(is_bare).collect();
    if bare.len() == boxes.len() {
        let spans: Vec<&Range<usize>> = chosen.iter().map(|chosen| &records.list[chosen.candidate].span).collect();
        if days::over(outline, &spans).is_empty() {
            chosen.clear();
        }
        return;
    }
    let dated: Vec<usize> = boxes.iter().flatten().copied().filter(|at| shown.is_dated(*at)).collect();
    if dated.len() > SHORT {
        return;
    }
    let width = shown::width(candidates, &dated);
    let menus: HashSet<usize> =
        bare.into_iter().filter(|links| shown::width(candidates, links) < AS_WIDE * width).flatten().copied().collect();
    chosen.retain(|chosen| !menus.contains(&chosen.candidate));
}

/// Bytes of text beside links for each of these, in the smallest element around all of them.
fn words_around(outline: &Outline, links: &[usize]) -> usize {
    let (Some(first), Some(last)) = (links.first(), links.last()) else { return 0 };
    let around = outline.ancestors(*first).find(|at| outline.span(*at).contains(last));
    around.map_or(0, |at| text_beside_links(outline, &outline.span(at)) / links.len())
}

//! Headlines where the operator's selectors say that they are. What matches nothing is said, and nothing is guessed.

use std::ops::Range;

use crate::{
    list::{
        Strategy, choose,
        item::Item,
        merge::Decided,
        records::{Record, fields},
        settings::{Selector, Selectors},
    },
    outline::{Outline, within},
};

/// What a page has for each selector, in its order.
pub(super) struct Matches {
    item: Option<Vec<usize>>,
    title: Option<Vec<usize>>,
    link: Option<Vec<usize>>,
    pub(super) date: Option<Vec<usize>>,
    pub(super) summary: Option<Vec<usize>>,
    pub(super) image: Option<Vec<usize>>,
    pub(super) author: Option<Vec<usize>>,
}

impl Matches {
    pub(super) fn of(outline: &Outline, selectors: &Selectors, problems: &mut Vec<String>) -> Self {
        let mut find = |key: &str, selector: &Option<Selector>| {
            let selector = selector.as_ref()?;
            let matcher = selector.matcher();
            let found: Vec<usize> = (0..outline.elements.len()).filter(|at| outline.elements[*at].node.is_match(&matcher)).collect();
            if found.is_empty() {
                problems.push(format!("`source.page.{key}` `{selector}` matched nothing"));
            }
            Some(found)
        };
        Self {
            item: find("item", &selectors.item),
            title: find("title", &selectors.title),
            link: find("link", &selectors.link),
            date: find("date", &selectors.date),
            summary: find("summary", &selectors.summary),
            image: find("image", &selectors.image),
            author: find("author", &selectors.author),
        }
    }
}

impl Matches {
    /// The fields that are read where the operator points, or not at all.
    pub(super) fn decided(&self) -> Decided {
        Decided {
            title: self.title.is_some(),
            date: self.date.is_some(),
            summary: self.summary.is_some(),
            image: self.image.is_some(),
            author: self.author.is_some(),
        }
    }
}

/// The items that the selectors single out; `None` where they leave that to be found out.
pub(super) fn items(outline: &Outline, matches: &Matches, problems: &mut Vec<String>) -> Option<Vec<Item>> {
    let spans: Vec<Range<usize>> = match (&matches.item, matches.title.as_ref().or(matches.link.as_ref())) {
        (Some(items), _) => items.iter().map(|at| outline.span(*at)).collect(),
        (None, Some(points)) => points.iter().map(|at| outline.span(climb(outline, *at, points))).collect(),
        (None, None) => return None,
    };
    let mut silent = 0;
    let items: Vec<Item> = spans
        .iter()
        .filter_map(|span| {
            let item = item(outline, matches, span);
            silent += usize::from(item.is_none());
            item
        })
        .collect();
    if silent > 0 {
        problems.push(format!("{silent} of {} items have no title or no link", spans.len()));
    }
    Some(items)
}

/// The largest element around a title that holds no other title.
fn climb(outline: &Outline, point: usize, points: &[usize]) -> usize {
    let is_larger = |at: &usize| !matches!(outline.name(*at), "body" | "html" | "main") && within(points, &outline.span(*at)).len() <= 1;
    outline.ancestors(point).take_while(is_larger).last().unwrap_or(point)
}

fn item(outline: &Outline, matches: &Matches, span: &Range<usize>) -> Option<Item> {
    let title_at = matches.title.as_ref().map(|titles| within(titles, span).first().copied());
    let title = match title_at {
        Some(at) => fields::said(outline, at?),
        None => choose::title_within(outline, span),
    }?;
    let url = match &matches.link {
        Some(links) => target_near(outline, *within(links, span).first()?, span),
        None => title_at
            .flatten()
            .and_then(|at| target_near(outline, at, span))
            .or_else(|| within(&outline.anchors, span).iter().find_map(|at| outline.target(*at).cloned()))
            .or_else(|| target_near(outline, span.start, span)),
    }?;
    let link = title_at.flatten().or_else(|| within(&outline.anchors, span).first().copied()).unwrap_or(span.start);
    let sighting = choose::sighting(outline, link, &url, Strategy::Selectors, 1.0);
    Some(Item { record: Record::of(outline, link, span.clone()), url, title, sighting })
}

/// The address of the element, of the first link in it, or of the link that it stands in.
fn target_near(outline: &Outline, at: usize, span: &Range<usize>) -> Option<url::Url> {
    let inside = within(&outline.anchors, &outline.span(at)).iter().copied();
    let around = outline.ancestors(at).filter(|at| outline.name(*at) == "a" || span.contains(at));
    inside.chain(around.filter(|at| outline.name(*at) == "a")).find_map(|at| outline.target(at).cloned())
}

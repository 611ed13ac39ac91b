//! Marks on the page's own elements: microdata, and the microformats hAtom and h-entry.
//! <https://html.spec.whatwg.org/multipage/microdata.html>, <https://microformats.org/wiki/h-entry>
//!
//! The class names here are a published vocabulary, not those of somebody's design.

use html5ever::local_name;

use super::{Statement, by_address, summary};
use crate::link;
use crate::list::Strategy;
use crate::outline::{Outline, within};
use crate::text;
use crate::time::{self, Reading};

/// Items that are looked at, and elements inside of one.
const MAX_ITEMS: usize = 500;
const MAX_ELEMENTS: usize = 400;

/// Classes of an entry, which has what an item has.
const ENTRIES: [&str; 2] = ["hentry", "h-entry"];

/// A property by its microdata name and its classes.
struct Property {
    name: &'static str,
    classes: &'static [&'static str],
}

const URL: Property = Property { name: "url", classes: &["u-url", "bookmark"] };
const HEADLINE: Property = Property { name: "headline", classes: &["p-name", "entry-title"] };
const NAME: Property = Property { name: "name", classes: &[] };
const PUBLISHED: Property = Property { name: "datePublished", classes: &["dt-published", "published"] };
const SUMMARY: Property = Property { name: "description", classes: &["p-summary", "entry-summary"] };

/// What the page's marked elements say of articles.
pub(super) fn stated(outline: &Outline, reading: &Reading) -> Vec<Statement> {
    let items: Vec<usize> = (0..outline.elements.len()).filter(|at| is_item(outline, *at)).collect();
    let articles = items.iter().filter(|at| is_article(outline, **at)).take(MAX_ITEMS);
    by_address(articles.filter_map(|at| of_item(outline, *at, &items, reading)))
}

/// Whether an element is marked as an item, whatever of.
fn is_item(outline: &Outline, at: usize) -> bool {
    outline.attributes(at).iter().any(|attribute| match attribute.name {
        local_name!("itemscope") => true,
        // Asked of every element: most classes say nothing like it.
        local_name!("class") => attribute.value.contains("entry") && has_class(outline, at, &ENTRIES),
        _ => false,
    })
}

fn is_article(outline: &Outline, at: usize) -> bool {
    let is_kind = |kind: &str| kind.contains("schema.org/") && (kind.ends_with("Article") || kind.ends_with("Posting"));
    match outline.attribute(at, "itemtype") {
        Some(kinds) => kinds.split_whitespace().any(is_kind),
        None => has_class(outline, at, &ENTRIES),
    }
}

fn has_class(outline: &Outline, at: usize, wanted: &[&str]) -> bool {
    outline.has_word(at, "class", |class| wanted.contains(&class))
}

fn of_item(outline: &Outline, item: usize, items: &[usize], reading: &Reading) -> Option<Statement> {
    let span = outline.span(item);
    let mut own: Vec<usize> = Vec::new();
    let mut next = span.start;
    while next < span.end.min(span.start + MAX_ELEMENTS) {
        own.push(next);
        // What is marked inside of another item (a person, a picture, a related article) is said of that.
        let is_inner_item = next > span.start && items.binary_search(&next).is_ok();
        next = if is_inner_item { outline.elements[next].end } else { next + 1 };
    }
    let find = |property: &Property| own.iter().copied().find(|at| is_marked(outline, *at, property));
    let heading = find(&HEADLINE).or_else(|| find(&NAME));
    let address = find(&URL)
        .and_then(|at| outline.attribute(at, "href").or_else(|| outline.attribute(at, "content")))
        .or_else(|| link_at(outline, heading?))
        .or_else(|| outline.attribute(item, "itemid"))?;
    let said = |at: usize| outline.attribute(at, "content").map_or_else(|| outline.text_of(at), text::squeeze);
    let mut stated = Statement::of(Strategy::Microdata, link::resolve(&outline.base, address)?);
    stated.title = heading.map(said).filter(|title| !title.is_empty());
    stated.published = find(&PUBLISHED).and_then(|at| {
        let date =
            ["datetime", "content", "title"].iter().find_map(|name| outline.attribute(at, name)).map_or_else(|| said(at), str::to_owned);
        time::read(&date, reading)
    });
    stated.summary = find(&SUMMARY).and_then(|at| summary(&said(at)));
    Some(stated)
}

fn is_marked(outline: &Outline, at: usize, property: &Property) -> bool {
    match outline.attribute(at, "itemprop") {
        Some(names) => names.split_ascii_whitespace().any(|name| name == property.name),
        None => {
            has_class(outline, at, property.classes) || (property.name == "url" && outline.has_word(at, "rel", |rel| rel == "bookmark"))
        }
    }
}

/// The link in an element, or around it.
fn link_at<'o>(outline: &'o Outline, at: usize) -> Option<&'o str> {
    let inside = within(&outline.anchors, &outline.span(at)).first().copied();
    let link = inside.or_else(|| outline.ancestors(at).take(3).find(|at| outline.name(*at) == "a"))?;
    outline.attribute(link, "href")
}

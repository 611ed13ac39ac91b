//! What there is to read on a page beside its menus: how much text, how many headlines, in which words.

use std::ops::Range;

use dom_query::Document;

use crate::{list::site, outline::Outline, text, tree};

/// Words of a link that looks like a headline: menus have shorter ones.
const HEADLINE: usize = 6;
/// Characters of text, and headlines, below which a page has next to nothing to read.
const LITTLE: usize = 600;
const FEW: usize = 5;
/// Characters of a page's text in which its words are looked for.
const LOOKED_AT: usize = 4_000;
/// What a menu, a head or a foot is called, in its class or id.
const CHROME: &[&str] = &["header", "footer", "menu", "nav", "navbar", "sidebar", "breadcrumb", "topbar", "bottom"];

pub(super) struct Signs<'o, 'd> {
    pub(super) document: &'d Document,
    pub(super) outline: &'o Outline<'d>,
    /// Characters of text outside of links and chrome.
    pub(super) prose: usize,
    /// Links outside of chrome that look like headlines.
    pub(super) headlines: usize,
    /// Links outside of chrome that say something.
    pub(super) links: usize,
    /// The title and the text outside of chrome, folded.
    pub(super) words: String,
    /// The title and the headings, folded.
    pub(super) headings: String,
    /// Parts of the page's elements that are its site's, one after the other.
    chrome: Vec<Range<usize>>,
}

impl<'o, 'd> Signs<'o, 'd> {
    pub(super) fn of(document: &'d Document, outline: &'o Outline<'d>) -> Self {
        let chrome = chrome(outline);
        let places: Vec<Range<usize>> = chrome.iter().map(|span| outline.place_of(span)).collect();
        let links: Vec<Range<usize>> = outline.anchors.iter().map(|anchor| outline.place(*anchor)).collect();
        let whole = 0..outline.elements.len();
        let (mut prose, mut words) = (0, tree::title_of(document).unwrap_or_default());
        for (place, block) in outline.blocks(&whole).filter(|(place, _)| !covers(&places, place)) {
            if !covers(&links, &place) {
                prose += block.chars().count();
            }
            if words.len() < LOOKED_AT {
                words.push('\n');
                words.push_str(block);
            }
        }
        let headings = (0..outline.elements.len()).filter(|at| matches!(outline.name(*at), "h1" | "h2" | "h3" | "legend"));
        let headings: Vec<String> = tree::title_of(document).into_iter().chain(headings.map(|at| outline.text_of(at))).collect();
        let mut signs = Self {
            document,
            outline,
            prose,
            headlines: 0,
            links: 0,
            words: text::fold(&words),
            headings: text::fold(&headings.join("\n")),
            chrome,
        };
        let count = |is_such: &dyn Fn(usize) -> bool| outline.anchors.iter().filter(|anchor| is_such(**anchor)).count();
        signs.links = count(&|anchor| !signs.is_in_chrome(anchor) && outline.has_text(anchor));
        signs.headlines = count(&|anchor| signs.is_headline(anchor));
        signs
    }

    /// Whether it has next to nothing to read.
    pub(super) fn has_little(&self) -> bool {
        self.prose < LITTLE && self.has_few_headlines()
    }

    pub(super) fn has_few_headlines(&self) -> bool {
        self.headlines < FEW
    }

    pub(super) fn is_in_chrome(&self, at: usize) -> bool {
        let next = self.chrome.partition_point(|span| span.start <= at);
        self.chrome[..next].last().is_some_and(|span| at < span.end)
    }

    /// Whether a link to the page's own site stands outside of chrome and has many words.
    fn is_headline(&self, anchor: usize) -> bool {
        let is_own = self.outline.target(anchor).is_some_and(|url| site(url) == site(&self.outline.address));
        is_own && !self.is_in_chrome(anchor) && self.outline.text_of(anchor).split(' ').count() >= HEADLINE
    }

    /// Elements with this name.
    pub(super) fn named(&self, name: &'static str) -> impl Iterator<Item = usize> {
        (0..self.outline.elements.len()).filter(move |at| self.outline.name(*at) == name)
    }

    /// Text in elements with this name that readers do not see, folded.
    pub(super) fn unseen(&self, name: &str) -> String {
        text::fold(&self.document.select(name).text())
    }

    /// Whether an element has no element and no text in it.
    pub(super) fn is_empty(&self, at: usize) -> bool {
        self.outline.span(at).len() == 1 && !self.outline.has_text(at)
    }
}

/// The outermost elements that are menus, heads and feet.
fn chrome(outline: &Outline) -> Vec<Range<usize>> {
    let mut chrome: Vec<Range<usize>> = Vec::new();
    for at in 0..outline.elements.len() {
        let is_outside = chrome.last().is_none_or(|last| last.end <= at);
        if is_outside && is_chrome(outline, at) {
            chrome.push(outline.span(at));
        }
    }
    chrome
}

fn is_chrome(outline: &Outline, at: usize) -> bool {
    let is_word = |word: &str| {
        let word = word.to_ascii_lowercase();
        word.split(['-', '_']).any(|part| CHROME.contains(&part))
    };
    match outline.name(at) {
        "header" | "footer" | "nav" | "aside" => true,
        "html" | "body" | "main" | "form" => false,
        _ => {
            outline.attribute(at, "role").is_some_and(|role| matches!(role, "navigation" | "banner" | "contentinfo"))
                || outline.has_word(at, "class", is_word)
                || outline.has_word(at, "id", is_word)
        }
    }
}

/// Whether a place lies in one of some places in their order.
fn covers(places: &[Range<usize>], place: &Range<usize>) -> bool {
    let next = places.partition_point(|it| it.start <= place.start);
    places[..next].last().is_some_and(|it| place.end <= it.end)
}

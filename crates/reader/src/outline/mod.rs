//! A page laid flat by one walk over its tree: its elements in the order of the page, their attributes, their text.
//!
//! What stands inside an element is then a range, so that links, pictures and text under it are found by two searches and not by
//! walking the tree again. The list is found in these tables; an article's blocks are made of their [`steps`](Outline::steps).
//! Nothing here is judged, and nothing recurses, so that no page can exhaust the stack.

mod links;
mod steps;
mod text;

use std::{cell::OnceCell, ops::Range, sync::Arc};

use dom_query::{Document, NodeData, NodeRef, TreeNode};
use html5ever::{LocalName, local_name, tendril::StrTendril};
use url::Url;

use crate::{budget::Budget, link, tree};
use links::Link;
pub use steps::Step;
pub use text::{squeezed, words};

/// An element that a reader may see, or `head`, `script` and the like without what is in them.
pub struct Element<'d> {
    pub node: NodeRef<'d>,
    pub name: LocalName,
    pub parent: Option<usize>,
    /// One past its last descendant.
    pub end: usize,
    /// Its attributes among the page's.
    attributes: Range<usize>,
    /// Its part of the page's text.
    text: Range<usize>,
}

/// A name and a value, as the page has them.
pub struct Attribute {
    pub name: LocalName,
    pub value: StrTendril,
}

/// A piece of text between two tags.
pub struct Piece<'d> {
    pub node: NodeRef<'d>,
    pub parent: Option<usize>,
    /// How many elements begin before it.
    before: usize,
}

pub struct Outline<'d> {
    pub elements: Vec<Element<'d>>,
    attributes: Vec<Attribute>,
    pieces: Vec<Piece<'d>>,
    /// The visible text, see [`text`].
    text: String,
    /// `a` elements with an address.
    pub anchors: Vec<usize>,
    /// What each of them links to, resolved when the first is asked.
    links: OnceCell<Vec<Option<Link>>>,
    /// `img` and `picture` elements.
    pub images: Vec<usize>,
    /// `time` elements.
    pub times: Vec<usize>,
    /// `script` elements, those of the head too.
    pub scripts: Vec<NodeRef<'d>>,
    /// Elements that are marked as items: microdata, hAtom, h-entry.
    pub marked: Vec<usize>,
    /// What links are resolved against.
    pub base: Url,
    /// The page's own address.
    pub address: Url,
    /// As the page declares it.
    pub language: Option<String>,
    /// What may still be spent on the page.
    pub budget: Arc<Budget>,
}

impl<'d> Outline<'d> {
    /// The page of `document`, which came from `url` and has so many `bytes`.
    pub fn of(document: &'d Document, url: &Url, bytes: usize) -> Self {
        let address = address(document, url);
        let mut outline = Self {
            elements: Vec::new(),
            attributes: Vec::new(),
            pieces: Vec::new(),
            text: String::new(),
            anchors: Vec::new(),
            links: OnceCell::new(),
            images: Vec::new(),
            times: Vec::new(),
            scripts: Vec::new(),
            marked: Vec::new(),
            base: address.clone(),
            address,
            language: None,
            budget: Arc::new(Budget::of(bytes)),
        };
        let base = outline.lay(document);
        if let Some(base) = base.and_then(|href| outline.address.join(href.trim()).ok()) {
            outline.base = base;
        }
        let language = outline.elements.first().and_then(|_| outline.attribute(0, "lang"));
        outline.language = language.map(crate::text::squeeze).filter(|language| !language.is_empty());
        outline
    }

    /// The walk. What it gives back is the first `href` of a `base`.
    fn lay(&mut self, document: &'d Document) -> Option<StrTendril> {
        let mut base = None;
        let mut open: Vec<usize> = Vec::new();
        let mut next = document.root().first_child();
        while let Some(node) = next {
            if node.is_element() {
                let at = self.begin(node, open.last().copied());
                base = base.or_else(|| base_at(&node, &self.elements[at].name));
                // What no reader sees is not looked into.
                if !tree::is_mute(&self.elements[at].name)
                    && let Some(child) = node.first_child()
                {
                    open.push(at);
                    next = Some(child);
                    continue;
                }
                self.finish(at);
            } else if node.is_text() {
                self.push_text(node, open.last().copied());
            }
            let mut last = node;
            next = loop {
                if let Some(sibling) = last.next_sibling() {
                    break Some(sibling);
                }
                match open.pop() {
                    Some(at) => {
                        self.finish(at);
                        last = self.elements[at].node;
                    }
                    None => break None,
                }
            };
        }
        base
    }

    fn begin(&mut self, node: NodeRef<'d>, parent: Option<usize>) -> usize {
        let at = self.elements.len();
        let start = self.attributes.len();
        let name = node.query(|node| self.read_markup(node)).unwrap_or_default();
        match &*name {
            "img" | "picture" => self.images.push(at),
            "time" => self.times.push(at),
            "script" => self.scripts.push(node),
            "head" => self.scripts.extend(node.children_it(false).filter(|child| child.node_name().is_some_and(|name| &*name == "script"))),
            _ => (),
        }
        self.push_border(&name);
        let (attributes, text) = (start..self.attributes.len(), self.text.len()..self.text.len());
        self.elements.push(Element { node, name, parent, end: at + 1, attributes, text });
        at
    }

    /// The attributes of the element that begins, and its name, in one look at the tree.
    fn read_markup(&mut self, node: &TreeNode) -> LocalName {
        let Some(element) = node.as_element() else { return LocalName::default() };
        let (mut has_address, mut is_item) = (false, false);
        for attribute in &element.attrs {
            let (name, value) = (&attribute.name.local, &attribute.value);
            match *name {
                local_name!("href") => has_address = true,
                local_name!("itemscope") => is_item = true,
                local_name!("class") => {
                    is_item |= value.split_ascii_whitespace().any(|class| matches!(class, "hentry" | "h-entry"));
                }
                _ => (),
            }
            self.attributes.push(Attribute { name: name.clone(), value: value.clone() });
        }
        let at = self.elements.len();
        if has_address && element.name.local == local_name!("a") {
            self.anchors.push(at);
        }
        if is_item {
            self.marked.push(at);
        }
        element.name.local.clone()
    }

    fn finish(&mut self, at: usize) {
        let name = self.elements[at].name.clone();
        self.push_border(&name);
        let end = self.elements.len();
        let element = &mut self.elements[at];
        element.end = end;
        element.text.end = self.text.len();
    }

    fn push_text(&mut self, node: NodeRef<'d>, parent: Option<usize>) {
        self.pieces.push(Piece { node, parent, before: self.elements.len() });
        node.query(|node| {
            if let NodeData::Text { contents } = &node.data {
                crate::text::squeeze_onto(&mut self.text, contents);
            }
        });
    }

    pub fn name(&self, at: usize) -> &str {
        &self.elements[at].name
    }

    /// The elements around `at`, nearest first.
    pub fn ancestors(&self, at: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.elements[at].parent, |at| self.elements[*at].parent)
    }

    pub fn body(&self) -> Option<usize> {
        self.elements.first().and_then(|_| self.children(0).find(|at| self.name(*at) == "body"))
    }

    /// The elements right in `at`, in order.
    pub fn children(&self, at: usize) -> impl Iterator<Item = usize> {
        let end = self.elements[at].end;
        let child = move |next: usize| (next < end).then_some(next);
        std::iter::successors(child(at + 1), move |last| child(self.elements[*last].end))
    }

    /// The element and what is in it.
    pub fn span(&self, at: usize) -> Range<usize> {
        at..self.elements[at].end
    }

    /// In the order of the page.
    pub fn attributes(&self, at: usize) -> &[Attribute] {
        &self.attributes[self.elements[at].attributes.clone()]
    }

    /// What an attribute says, where it says something.
    pub fn attribute(&self, at: usize, name: &str) -> Option<&str> {
        self.written(at, name).map(str::trim).filter(|value| !value.is_empty())
    }

    /// An attribute as it is written.
    pub fn written(&self, at: usize, name: &str) -> Option<&str> {
        self.attributes(at).iter().find(|attribute| &*attribute.name == name).map(|attribute| &*attribute.value)
    }

    /// Whether one of the words of an attribute is the one that is looked for: a class, a property, a relation.
    pub fn has_word(&self, at: usize, name: &str, is_wanted: impl Fn(&str) -> bool) -> bool {
        self.attribute(at, name).is_some_and(|words| words.split_ascii_whitespace().any(is_wanted))
    }
}

/// Those of a sorted list of elements that lie in a span.
pub fn within<'l>(sorted: &'l [usize], span: &Range<usize>) -> &'l [usize] {
    let start = sorted.partition_point(|at| *at < span.start);
    let end = start + sorted[start..].partition_point(|at| *at < span.end);
    &sorted[start..end]
}

/// A saved page may come without its address; then it is asked itself.
fn address(document: &Document, url: &Url) -> Url {
    if url.has_host() {
        return url.clone();
    }
    let said = document.select("link[rel=canonical]").attr("href").or_else(|| document.select("meta[property='og:url']").attr("content"));
    said.and_then(|said| link::resolve(url, &said)).unwrap_or_else(|| url.clone())
}

/// What the element, or one in it where no reader looks, says of the base of addresses. Not of the head alone: markup that does not
/// belong there has ended it on many pages.
fn base_at(node: &NodeRef, name: &str) -> Option<StrTendril> {
    match name {
        "base" => node.attr("href"),
        "head" | "noscript" => node.descendants_it().filter(|inner| inner.has_name("base")).find_map(|base| base.attr("href")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_start_from_the_first_base_wherever_it_stands() {
        let base = |html: &str| {
            let document = tree::parse(html).unwrap();
            Outline::of(&document, &Url::parse("https://a.vn/tin/x").unwrap(), 0).base.to_string()
        };
        assert_eq!(base("<head><base><base href=' /y/ '><base href=/z/></head><p>a"), "https://a.vn/y/");
        assert_eq!(base("<p>a<div><base href=/z/></div>"), "https://a.vn/z/");
        assert_eq!(base("<p>a"), "https://a.vn/tin/x");
    }
}

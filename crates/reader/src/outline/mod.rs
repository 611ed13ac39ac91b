//! A page laid flat by one walk over its tree: its elements in the order of the page, their attributes, their text.
//!
//! What stands inside an element is then a range, so that links, pictures and text under it are found by two searches
//! and not by walking the tree again. The list is found in these tables; an article's blocks are made of their
//! [`steps`](Outline::steps), and what the page says of itself is among the [`named`](Outline::named) elements. What
//! one reader alone asks for is made when it is asked for. Nothing here is judged, and nothing recurses, so that no
//! page can exhaust the stack.

mod links;
mod named;
mod steps;
mod text;

use std::{cell::OnceCell, ops::Range, sync::Arc};

use dom_query::{Document, NodeRef, TreeNode};
use html5ever::{LocalName, local_name, tendril::StrTendril};
use url::Url;

use crate::{budget::Budget, link, tree};
use links::Link;
pub use named::Named;
pub use steps::Step;
use text::Text;
pub use text::{parts, squeezed, words};

/// An element that a reader may see, or `head`, `script` and the like without what is in them.
pub struct Element<'d> {
    pub node: NodeRef<'d>,
    pub name: LocalName,
    pub parent: Option<usize>,
    /// One past its last descendant.
    pub end: usize,
    /// Its attributes among the page's.
    attributes: Range<usize>,
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
    /// The visible text, made when it is asked for first, see [`text`].
    text: OnceCell<Text>,
    /// `a` elements with an address.
    pub anchors: Vec<usize>,
    /// What each of them links to, resolved when the first is asked.
    links: OnceCell<Vec<Option<Link>>>,
    /// `img` and `picture` elements.
    pub images: Vec<usize>,
    /// `time` elements.
    pub times: Vec<usize>,
    /// Elements that are looked for by their names, those that no reader sees too.
    pub named: Named<'d>,
    /// How deep each node of the page stands, all added up.
    pub nesting: usize,
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
        let mut outline = Self {
            elements: Vec::new(),
            attributes: Vec::new(),
            pieces: Vec::new(),
            text: OnceCell::new(),
            anchors: Vec::new(),
            links: OnceCell::new(),
            images: Vec::new(),
            times: Vec::new(),
            named: Named::default(),
            nesting: 0,
            base: url.clone(),
            address: url.clone(),
            language: None,
            budget: Arc::new(Budget::of(bytes)),
        };
        outline.lay(document);
        outline.address = address(&outline.named, url);
        // Not of the head alone: markup that does not belong there has ended it on many pages.
        let base = outline.named.bases.iter().find_map(|base| base.attr("href"));
        outline.base = base.and_then(|href| outline.address.join(href.trim()).ok()).unwrap_or_else(|| outline.address.clone());
        let language = outline.elements.first().and_then(|_| outline.attribute(0, "lang"));
        outline.language = language.map(crate::text::squeeze).filter(|language| !language.is_empty());
        outline
    }

    /// The walk.
    fn lay(&mut self, document: &'d Document) {
        let mut open: Vec<usize> = Vec::new();
        let mut next = document.root().first_child();
        while let Some(node) = next {
            let depth = open.len() + 1;
            self.nesting += depth;
            if node.is_element() {
                let at = self.begin(node, open.last().copied());
                // What no reader sees is no part of the outline.
                if tree::is_mute(&self.elements[at].name) {
                    self.pass_over(&node, depth);
                } else if let Some(child) = node.first_child() {
                    open.push(at);
                    next = Some(child);
                    continue;
                }
            } else if node.is_text() {
                self.pieces.push(Piece { node, parent: open.last().copied(), before: self.elements.len() });
            }
            let mut last = node;
            next = loop {
                if let Some(sibling) = last.next_sibling() {
                    break Some(sibling);
                }
                match open.pop() {
                    Some(at) => {
                        self.elements[at].end = self.elements.len();
                        last = self.elements[at].node;
                    }
                    None => break None,
                }
            };
        }
    }

    /// What is in an element that no reader sees, which stands so deep: only some of it is looked for.
    fn pass_over(&mut self, mute: &NodeRef<'d>, mut depth: usize) {
        let mut last = *mute;
        loop {
            let mut next = last.first_child();
            depth += usize::from(next.is_some());
            while next.is_none() && last.id != mute.id {
                next = last.next_sibling();
                if let (None, Some(parent)) = (next, last.parent()) {
                    (last, depth) = (parent, depth - 1);
                }
            }
            let Some(node) = next else { return };
            self.nesting += depth;
            if let Some(name) = node.qual_name_ref() {
                self.named.add(node, &name.local);
            }
            last = node;
        }
    }

    fn begin(&mut self, node: NodeRef<'d>, parent: Option<usize>) -> usize {
        let at = self.elements.len();
        let start = self.attributes.len();
        let name = node.query(|node| self.read_markup(node)).unwrap_or_default();
        match name {
            local_name!("img") | local_name!("picture") => self.images.push(at),
            local_name!("time") => self.times.push(at),
            _ => self.named.add(node, &name),
        }
        self.elements.push(Element { node, name, parent, end: at + 1, attributes: start..self.attributes.len() });
        at
    }

    /// The attributes of the element that begins, and its name, in one look at the tree.
    fn read_markup(&mut self, node: &TreeNode) -> LocalName {
        let Some(element) = node.as_element() else { return LocalName::default() };
        let mut has_address = false;
        for attribute in &element.attrs {
            let (name, value) = (attribute.name.local.clone(), attribute.value.clone());
            has_address |= name == local_name!("href");
            self.attributes.push(Attribute { name, value });
        }
        if has_address && element.name.local == local_name!("a") {
            self.anchors.push(self.elements.len());
        }
        element.name.local.clone()
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
fn address(named: &Named, url: &Url) -> Url {
    if url.has_host() {
        return url.clone();
    }
    let is_own = |meta: &&NodeRef| meta.attr("property").as_deref() == Some("og:url");
    let said = named.related("canonical").or_else(|| named.metas.iter().find(is_own)?.attr("content"));
    said.and_then(|said| link::resolve(url, &said)).unwrap_or_else(|| url.clone())
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

    #[test]
    fn what_no_reader_sees_is_found_by_its_name_alone() {
        let html = "<head><title>a</title><noscript><meta name=b></noscript></head><svg><g><a>c</a></g><title>d</title></svg>\
                    <noscript><i>e<script>f</script><iframe></iframe></i></noscript><script>g</script><p>h";
        let document = tree::parse(html).unwrap();
        let outline = Outline::of(&document, &Url::parse("https://a.vn/").unwrap(), 0);
        let texts = |nodes: &[NodeRef]| nodes.iter().map(|node| node.text().to_string()).collect::<Vec<_>>();
        assert_eq!(
            (texts(&outline.named.titles), texts(&outline.named.scripts)),
            (vec!["a".into(), "d".into()], vec!["f".into(), "g".into()])
        );
        assert_eq!((outline.named.metas.len(), outline.named.frames.len(), outline.named.anchors), (1, 1, 1));
        let names: Vec<_> = (0..outline.elements.len()).map(|at| outline.name(at)).collect();
        assert_eq!(names, ["html", "head", "body", "svg", "noscript", "script", "p"]);
        assert_eq!(outline.text_of(0), "h");
        let root = document.root();
        assert_eq!(outline.nesting, root.descendants_it().map(|node| node.ancestors_it(None).count()).sum::<usize>());
    }
}

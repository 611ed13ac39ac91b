//! A page laid flat: its elements in the order of the page, each knowing where it ends.
//!
//! What stands inside an element is then a range, so that links, pictures and text under it are found
//! by two searches and not by walking the tree again. Nothing here recurses.

use std::{borrow::Cow, ops::Range};

use dom_query::{Document, NodeData, NodeRef, TreeNode};
use html5ever::{LocalName, local_name, tendril::StrTendril};
use url::Url;

use crate::{link, text, tree};

/// Stands in the text where one inline element ends and another begins: nothing to a reader, but
/// `<span>15:55</span><span>10/07/2026</span>` are two numbers.
const JOINT: char = '\u{1}';

pub struct Element<'d> {
    pub node: NodeRef<'d>,
    pub name: LocalName,
    pub parent: Option<usize>,
    /// One past its last descendant.
    pub end: usize,
    /// What it is for, to those who do not see: `navigation`, `main`.
    pub role: Option<StrTendril>,
    /// Its part of the page's text.
    text: Range<usize>,
}

/// Where an anchor leads.
struct Link {
    url: Url,
    /// [`link::identity`] of it.
    identity: String,
}

pub struct Outline<'d> {
    pub elements: Vec<Element<'d>>,
    /// The visible text, squeezed: a line feed where a block begins or ends, and [`JOINT`]s.
    text: String,
    /// `a` elements with an address.
    pub anchors: Vec<usize>,
    /// What each of them links to, asked of an anchor once.
    links: Vec<Option<Link>>,
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
}

impl<'d> Outline<'d> {
    pub fn of(document: &'d Document, url: &Url) -> Self {
        let address = address(document, url);
        let language = document.html_root().attr("lang").map(|language| text::squeeze(&language)).filter(|language| !language.is_empty());
        let mut outline = Self {
            elements: Vec::new(),
            text: String::new(),
            anchors: Vec::new(),
            links: Vec::new(),
            images: Vec::new(),
            times: Vec::new(),
            scripts: Vec::new(),
            marked: Vec::new(),
            base: address.clone(),
            address,
            language,
        };
        outline.lay(document);
        outline.base = base(document, &outline.address);
        outline.links = outline.anchors.iter().map(|anchor| outline.follow(*anchor)).collect();
        outline
    }

    fn lay(&mut self, document: &'d Document) {
        let mut open: Vec<usize> = Vec::new();
        let mut next = document.root().first_child();
        while let Some(node) = next {
            if node.is_element() {
                let at = self.begin(node, open.last().copied());
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
                self.push_text(&node);
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
    }

    fn begin(&mut self, node: NodeRef<'d>, parent: Option<usize>) -> usize {
        let at = self.elements.len();
        let (name, attributes) = node.query(Attributes::of).flatten().unwrap_or_default();
        match &*name {
            "a" if attributes.has_address => self.anchors.push(at),
            "img" | "picture" => self.images.push(at),
            "time" => self.times.push(at),
            "script" => self.scripts.push(node),
            "head" => self.scripts.extend(node.children_it(false).filter(|child| child.node_name().is_some_and(|name| &*name == "script"))),
            _ => (),
        }
        if attributes.is_item {
            self.marked.push(at);
        }
        self.push_border(&name);
        let start = self.text.len();
        self.elements.push(Element { node, name, parent, end: at + 1, role: attributes.role, text: start..start });
        at
    }

    fn finish(&mut self, at: usize) {
        let name = self.elements[at].name.clone();
        self.push_border(&name);
        let end = self.elements.len();
        let element = &mut self.elements[at];
        element.end = end;
        element.text.end = self.text.len();
    }

    fn push_text(&mut self, node: &NodeRef) {
        node.query(|node| {
            if let NodeData::Text { contents } = &node.data {
                text::squeeze_onto(&mut self.text, contents);
            }
        });
    }

    fn push_border(&mut self, name: &str) {
        // `time` and `label` stand in a line, but what they say stands for itself.
        if tree::is_inline(name) && !matches!(name, "time" | "label") {
            if name != "wbr" && !self.text.ends_with([JOINT, ' ', '\n']) {
                self.text.push(JOINT);
            }
        } else if !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    pub fn name(&self, at: usize) -> &str {
        &self.elements[at].name
    }

    /// The elements around `at`, nearest first.
    pub fn ancestors(&self, at: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.elements[at].parent, |at| self.elements[*at].parent)
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

    pub fn attribute(&self, at: usize, name: &str) -> Option<String> {
        self.elements[at].node.attr(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    /// The text of whole elements that follow one another, borders included.
    fn raw_text(&self, span: &Range<usize>) -> &str {
        let Some(first) = self.elements.get(span.start) else { return "" };
        // The last element that begins in the span need not be the one that ends it.
        let mut end = first.text.end;
        let mut at = first.end;
        while at < span.end {
            end = self.elements[at].text.end;
            at = self.elements[at].end;
        }
        &self.text[first.text.start..end]
    }

    /// Bytes of text in a span, borders included.
    pub fn text_length(&self, span: &Range<usize>) -> usize {
        self.raw_text(span).len()
    }

    /// The text of an element as one squeezed line.
    pub fn text_of(&self, at: usize) -> String {
        squeezed(self.raw_text(&self.span(at))).into_owned()
    }

    pub fn has_text(&self, at: usize) -> bool {
        !trimmed(self.raw_text(&self.span(at))).is_empty()
    }

    /// The text of a span, numbers of neighbouring elements kept apart: what a date is looked for in.
    pub fn loose_text(&self, span: &Range<usize>) -> String {
        words(self.raw_text(span)).into_owned()
    }

    /// The blocks of a span's text that say something, borders between their words included, each with its place in the page's text.
    pub fn blocks(&self, span: &Range<usize>) -> impl Iterator<Item = (Range<usize>, &str)> {
        let blocks = self.raw_text(span).split('\n').map(trimmed).filter(|block| !block.is_empty());
        blocks.map(|block| {
            let start = block.as_ptr().addr() - self.text.as_ptr().addr();
            (start..start + block.len(), block)
        })
    }

    /// Where the text of whole elements that follow one another stands in the page's text.
    pub fn place_of(&self, span: &Range<usize>) -> Range<usize> {
        let text = self.raw_text(span);
        let start = if text.is_empty() { 0 } else { text.as_ptr().addr() - self.text.as_ptr().addr() };
        start..start + text.len()
    }

    /// Where an element's text stands in the page's text.
    pub fn place(&self, at: usize) -> Range<usize> {
        self.elements[at].text.clone()
    }

    /// The address that an anchor links to.
    pub fn target(&self, at: usize) -> Option<&Url> {
        self.link(at).map(|link| &link.url)
    }

    /// The [`link::identity`] of that address.
    pub fn identity(&self, at: usize) -> Option<&str> {
        self.link(at).map(|link| link.identity.as_str())
    }

    fn link(&self, at: usize) -> Option<&Link> {
        self.anchors.binary_search(&at).ok().and_then(|place| self.links[place].as_ref())
    }

    fn follow(&self, at: usize) -> Option<Link> {
        let url = link::resolve(&self.base, &self.elements[at].node.attr("href")?)?;
        Some(Link { identity: link::identity(&url), url })
    }
}

/// What an element's attributes say of it.
#[derive(Default)]
struct Attributes {
    has_address: bool,
    /// It is marked as an item of some kind.
    is_item: bool,
    role: Option<StrTendril>,
}

impl Attributes {
    /// They and the name, in one look at the element.
    fn of(node: &TreeNode) -> Option<(LocalName, Self)> {
        let element = node.as_element()?;
        let mut attributes = Self::default();
        for attribute in &element.attrs {
            match attribute.name.local {
                local_name!("href") => attributes.has_address = true,
                local_name!("itemscope") => attributes.is_item = true,
                local_name!("role") => attributes.role = Some(attribute.value.clone()),
                local_name!("class") => {
                    attributes.is_item |= attribute.value.split_ascii_whitespace().any(|class| matches!(class, "hentry" | "h-entry"));
                }
                _ => (),
            }
        }
        Some((element.name.local.clone(), attributes))
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

/// What the links of a page at `address` are resolved against.
pub fn base(document: &Document, address: &Url) -> Url {
    // Not of the head alone: markup that does not belong there has ended it on many pages.
    let said = document.select("base[href]").iter().next().and_then(|base| base.attr("href"));
    said.and_then(|href| address.join(href.trim()).ok()).unwrap_or_else(|| address.clone())
}

/// The words of a block as one line, the numbers of neighbouring elements kept apart.
pub fn words(block: &str) -> Cow<'_, str> {
    one_line(block, Joints::Part)
}

/// A block as one line, as a reader sees it.
pub fn squeezed(block: &str) -> Cow<'_, str> {
    one_line(block, Joints::Close)
}

/// What becomes of a [`JOINT`].
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joints {
    /// A space.
    Part,
    /// Nothing.
    Close,
}

/// A part of a page's text, which is squeezed but for its borders, as one line.
fn one_line(text: &str, joints: Joints) -> Cow<'_, str> {
    let text = trimmed(text);
    if !text::any_byte(text, |byte| byte < b' ') {
        return text.into();
    }
    let is_gap = |ch: char| matches!(ch, ' ' | '\n') || (ch == JOINT && joints == Joints::Part);
    let mut line = String::with_capacity(text.len());
    for part in text.split(is_gap).filter(|part| !trimmed(part).is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(part.split(JOINT));
    }
    line.into()
}

/// A part of a page's text without what stands at its ends and says nothing.
fn trimmed(text: &str) -> &str {
    let says = |byte: u8| !matches!(byte, b' ' | b'\n' | 1);
    let start = text.bytes().position(says).unwrap_or(text.len());
    let end = text.bytes().rposition(says).map_or(start, |last| last + 1);
    &text[start..end]
}

//! How a page is laid out for a reader of its article: its blocks of text, pictures and films in order, and the
//! elements around them.
//!
//! Nothing is judged here.

use std::{ops::Range, sync::Arc};

use dom_query::{NodeData, NodeRef};
use html5ever::LocalName;
use url::Url;

use super::{
    block::{self, Block, Style, Writer},
    class_hints::Hints,
    elements::{breaks_text, is_skipped},
    hash::{ByNumber, hash},
    markup::Markup,
    media::{self, Medium},
    title::host_label,
    words,
};
use crate::{
    budget::{self, Budget},
    link,
    outline::{Outline, Step},
};

/// Blocks beyond which the rest of a page is not read; long live blogs have some 3,000.
const MAX_BLOCKS: usize = 6_000;

/// An element of the body.
pub struct Element {
    /// Its place in the page laid flat.
    pub at: usize,
    pub name: LocalName,
    /// `None` for the body.
    pub parent: Option<usize>,
    pub depth: usize,
    /// The first element after those that stand in it.
    end: usize,
    /// Its place in the text of the body, see [`Layout::text_of`].
    text: Range<usize>,
    /// Class, id, itemprop, role and the like, as one string.
    pub marks: String,
    /// What [`marks`](Self::marks) say, for elements that break text.
    pub kinds: Hints,
    /// A number for the name and the first class.
    pub kind: u64,
    /// What it tells machines of a moment: `datetime`, `content`, the `title` of an abbreviation, a time stamp in its
    /// data.
    pub moment: Option<String>,
    /// Whether its markup hides it.
    pub hidden: bool,
    pub align: Align,
    /// Columns and rows that a cell of a table takes, where it says so.
    pub spans: [Option<u8>; 2],
}

/// To which side its text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Unsaid,
    Centre,
    Right,
}

/// The body of a page as a reader of its article sees it.
#[derive(Default)]
pub struct Layout {
    /// In the order of the page; a parent stands before its children.
    pub elements: Vec<Element>,
    pub blocks: Vec<Block>,
    pub media: Vec<Medium>,
    /// The addresses that pieces of blocks link to.
    pub links: Vec<String>,
    /// The element of each of them.
    pub anchors: Vec<usize>,
    /// Elements that tell scripts a title, by their places in the page laid flat.
    pub titled: Vec<usize>,
    /// Which blocks are other stories', as [`other_stories`](super::other_stories) finds; empty before that is known.
    pub others: Vec<bool>,
    /// Whether some text [`block::is_tangled`].
    pub is_tangled: bool,
    /// What may still be spent on the page.
    pub budget: Arc<Budget>,
    text: String,
}

impl Layout {
    /// Of a page that is laid flat. Without a body there is nothing to see.
    pub fn of(page: &Outline) -> Self {
        let mut layout = Self { budget: page.budget.clone(), ..Self::default() };
        if let Some(body) = page.body() {
            let known = ByNumber::default();
            let (open, chain, writer) = (Vec::new(), Vec::new(), Writer::default());
            Pass { page, layout: &mut layout, open, chain, writer, known, is_apart: false }.run(body);
        }
        layout
    }

    /// The visible text under `element` as one squeezed line.
    pub fn text_of(&self, element: usize) -> String {
        crate::text::squeeze(&self.text[self.elements[element].text.clone()])
    }

    /// The same, of a text that is longer than a line its beginning.
    pub fn line_of(&self, element: usize) -> String {
        budget::line(&self.text[self.elements[element].text.clone()], budget::LINE)
    }

    /// Whether [`text_of`](Self::text_of) may be `bare` without its white space: said of where both begin, as long as
    /// that is ASCII, and cheaper than the text is made.
    pub fn may_say(&self, element: usize, bare: &str) -> bool {
        let text = self.text[self.elements[element].text.clone()].as_bytes();
        let mut bare = bare.bytes();
        // A letter may be one with the mark behind it.
        let pairs = text.iter().zip(text.iter().skip(1).chain([&b' ']));
        let plain = pairs.take_while(|(byte, next)| byte.is_ascii() && next.is_ascii() && !byte.is_ascii_control() || is_space(**byte));
        plain.map(|(byte, _)| byte).filter(|byte| !is_space(**byte)).all(|byte| bare.next() == Some(*byte))
    }

    /// Whether there is a point in the text under `element`, as there is in the name of a file.
    pub fn has_point(&self, element: usize) -> bool {
        self.text[self.elements[element].text.clone()].contains('.')
    }

    /// Bytes of text under `element`, for passing over what is too long to be looked at.
    pub fn text_length(&self, element: usize) -> usize {
        self.elements[element].text.len()
    }

    /// `element` and what it stands in, from inside out.
    pub fn upwards(&self, element: usize) -> impl Iterator<Item = &Element> {
        self.upwards_at(element).map(|element| &self.elements[element])
    }

    /// The same, as places in [`elements`](Self::elements).
    pub fn upwards_at(&self, element: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(element), |element| self.elements[*element].parent)
    }

    /// Whether `element` is `around` or stands in it.
    pub fn is_inside(&self, element: usize, around: usize) -> bool {
        (around..self.elements[around].end).contains(&element)
    }

    /// Whether `element` begins before a place in the text of the page.
    pub fn starts_before(&self, element: usize, place: usize) -> bool {
        self.elements[element].text.start < place
    }

    /// The first block that ends inside `element` or after it.
    pub fn block_at(&self, element: usize) -> usize {
        let start = self.elements[element].text.start;
        self.blocks.partition_point(|block| block.end <= start)
    }

    /// The blocks inside an element that breaks text.
    pub fn blocks_in(&self, element: usize) -> Range<usize> {
        let text = &self.elements[element].text;
        self.blocks.partition_point(|block| block.end <= text.start)..self.blocks.partition_point(|block| block.end <= text.end)
    }

    /// Whether the text of `element` is one link to the front page.
    pub fn links_home(&self, element: usize) -> bool {
        let end = self.elements[element].text.end;
        let block = self.blocks.iter().find(|block| block.end >= end && block.linked > 0.9);
        let link = block.filter(|block| block.chain.contains(&element)).and_then(|block| block.pieces.first()?.link);
        link.is_some_and(|link| {
            let path = self.links[link].trim().trim_start_matches("https://").trim_start_matches("http://");
            path.find('/').is_none_or(|slash| matches!(&path[slash..], "/" | "/index.html" | "/index.php")) && !path.starts_with('#')
        })
    }

    /// Whether a link of the block leads to another page; those of a page's tools do not.
    pub fn leads_on(&self, block: usize) -> bool {
        let is_address = |href: &str| !href.trim_start().starts_with('#') && !href.contains(':') || href.starts_with("http");
        self.blocks[block].pieces.iter().filter_map(|piece| piece.link).any(|link| is_address(&self.links[link]))
    }

    /// Whether all links of the block lead to other sites, known by the longest part of their hosts.
    pub fn leads_away(&self, block: usize, base: &Url) -> bool {
        let label = |url: &Url| url.host_str().map(host_label).unwrap_or_default().to_owned();
        let own = label(base);
        let is_other = |url: &Url| matches!(url.scheme(), "http" | "https") && label(url) != own;
        let mut links = self.blocks[block].pieces.iter().filter_map(|piece| piece.link).peekable();
        links.peek().is_some() && links.all(|link| link::resolve(base, &self.links[link]).is_some_and(|url| is_other(&url)))
    }

    /// Whether all links of the block are addresses to write to.
    pub fn is_written_to(&self, block: usize) -> bool {
        let mut links = self.blocks[block].pieces.iter().filter_map(|piece| piece.link).peekable();
        links.peek().is_some() && links.all(|link| self.links[link].starts_with("mailto:"))
    }

    /// The words of the longest link in a block, as white space parts them: a date is one.
    pub fn longest_link_of(&self, block: usize) -> usize {
        let block = &self.blocks[block];
        let mut longest = 0;
        let mut last: Option<(usize, usize)> = None;
        for piece in &block.pieces {
            let words = block.text[piece.range.clone()].split_whitespace().count();
            last = piece.link.map(|link| (link, words + last.filter(|(before, _)| *before == link).map_or(0, |(_, words)| words)));
            longest = longest.max(last.map_or(0, |(_, words)| words));
        }
        longest
    }

    /// The number of words in the longest link inside `element`.
    pub fn longest_link_in(&self, element: usize) -> usize {
        let end = self.elements[element].text.end;
        let inside = self.elements[element..].iter().enumerate().take_while(|(_, inner)| inner.text.start <= end && self.budget.spend(1));
        let links = inside.filter(|(_, inner)| &*inner.name == "a" && inner.text.end <= end);
        links.map(|(_, link)| words::words(&self.text[link.text.clone()]).count()).max().unwrap_or(0)
    }

    /// The deepest element that holds most of the accepted words: where the story stands.
    pub fn container(&self, accepted: &[bool]) -> Option<usize> {
        let mut words = vec![0; self.elements.len()];
        let mut all = 0;
        for block in self.blocks.iter().zip(accepted).filter(|(_, accepted)| **accepted).map(|(block, _)| block) {
            all += block.words;
            for element in &block.chain {
                words[*element] += block.words;
            }
        }
        let holding = (0..words.len()).filter(|element| words[*element] > 0 && words[*element] * 10 >= all * 8);
        holding.max_by_key(|element| (self.elements[*element].depth, *element))
    }

    /// The markup around a block, as a number.
    pub fn place(&self, block: usize) -> u64 {
        self.blocks[block].chain.iter().fold(0, |place: u64, element| place.rotate_left(7) ^ self.elements[*element].kind)
    }

    /// The block's elements, the innermost last.
    pub fn chain<'a>(&'a self, block: &'a Block) -> impl DoubleEndedIterator<Item = &'a Element> {
        block.chain.iter().map(|element| &self.elements[*element])
    }
}

/// White space of HTML.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// An element whose end has not come yet.
struct Open {
    /// Its place in the page laid flat, and among the elements here.
    at: usize,
    element: usize,
    style: Style,
    link: Option<usize>,
    breaks: bool,
}

/// The way through a page, step by step.
struct Pass<'p, 'd> {
    page: &'p Outline<'d>,
    layout: &'p mut Layout,
    open: Vec<Open>,
    /// The open elements that break text into blocks.
    chain: Vec<usize>,
    writer: Writer,
    /// What the words of classes and the like say, for those that have come by: most come often.
    known: ByNumber<u64, Hints>,
    /// Whether what comes next is no part of the word before it.
    is_apart: bool,
}

impl Pass<'_, '_> {
    fn run(mut self, body: usize) {
        for step in self.page.steps(body) {
            let around = self.open.last().map(|open| open.at);
            let is_open = |parent: Option<usize>| around.is_some() && parent == around && self.layout.blocks.len() < MAX_BLOCKS;
            // What stands in an element that is passed over is passed over too.
            match step {
                Step::Begin(at) if at == body || is_open(self.page.elements[at].parent) => self.enter(at),
                Step::Text(piece) if is_open(piece.parent) => self.add_text(&piece.node),
                Step::End(at) if around == Some(at) => self.leave(),
                _ => (),
            }
        }
    }

    fn enter(&mut self, at: usize) {
        let page = self.page;
        let (node, name) = (&page.elements[at].node, &page.elements[at].name);
        self.add_media(node, name);
        if is_skipped(name) {
            return;
        }
        if matches!(&**name, "br" | "hr") {
            self.flush();
            return;
        }
        let breaks = breaks_text(name);
        if breaks {
            self.flush();
        }
        self.is_apart |= &**name == "time";
        let around = self.open.last().map_or(Style::default(), |open| open.style);
        let is_own =
            &**name == "a" && self.is_in_heading() && page.written(at, "href").is_some_and(|href| href.trim_start().starts_with('#'));
        let mut style = if is_own { around } else { around.with(name) };
        let mut link = self.open.last().and_then(|open| open.link);
        if &**name == "a" && !is_own {
            self.writer.count_link();
            if let Some(href) = page.written(at, "href") {
                self.layout.links.push(href.to_owned());
                self.layout.anchors.push(self.layout.elements.len());
                link = Some(self.layout.links.len() - 1);
            }
        }
        let element = self.layout.elements.len();
        let read = self.element(at, &mut style);
        self.layout.elements.push(read);
        if breaks {
            self.chain.push(element);
        }
        self.open.push(Open { at, element, style, link, breaks });
    }

    /// Whether the innermost open element that breaks text is a heading: a link in it that leads to a place on this
    /// page is the heading's own address or opens what it stands over.
    fn is_in_heading(&self) -> bool {
        let innermost = self.chain.last().map(|element| &*self.layout.elements[*element].name);
        matches!(innermost, Some("h1" | "h2" | "h3" | "h4" | "h5" | "h6"))
    }

    fn leave(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if open.breaks {
            self.flush();
            self.chain.pop();
        }
        self.is_apart |= &*self.page.elements[open.at].name == "time";
        let end = self.layout.elements.len();
        let element = &mut self.layout.elements[open.element];
        (element.end, element.text.end) = (end, self.layout.text.len());
    }

    fn element(&mut self, at: usize, style: &mut Style) -> Element {
        let name = &self.page.elements[at].name;
        let Markup { marks, first_class, hidden, align, spans, moment, has_title } = Markup::of(name, self.page.attributes(at), style);
        if has_title {
            self.layout.titled.push(at);
        }
        let parent = self.open.last().map(|open| open.element);
        Element {
            at,
            kind: hash(name) ^ first_class.rotate_left(1),
            parent,
            depth: parent.map_or(0, |parent| self.layout.elements[parent].depth + 1),
            end: usize::MAX,
            text: self.layout.text.len()..self.layout.text.len(),
            kinds: if breaks_text(name) { self.kinds(&marks) } else { Hints::default() },
            marks,
            moment,
            hidden,
            align: if &**name == "center" { Align::Centre } else { align },
            spans,
            name: name.clone(),
        }
    }

    /// No kind of word reaches over white space, so that each can be looked up alone.
    fn kinds(&mut self, marks: &str) -> Hints {
        marks
            .split_whitespace()
            .fold(Hints::default(), |kinds, word| kinds.and(*self.known.entry(hash(word)).or_insert_with(|| Hints::of(word))))
    }

    fn add_text(&mut self, node: &NodeRef) {
        let Some(open) = self.open.last() else { return };
        let (style, link) = (open.style, open.link);
        let text = &mut self.layout.text;
        // `<time>3 May 2022</time><time>21:25</time>`: a moment stands for itself.
        let first = node.query_or(None, |node| if let NodeData::Text { contents } = &node.data { contents.chars().next() } else { None });
        if std::mem::take(&mut self.is_apart) && first.is_some_and(char::is_alphanumeric) && text.ends_with(char::is_alphanumeric) {
            text.push(' ');
            self.writer.push(" ", style, link);
        }
        let is_tangled = node.query_or(false, |node| {
            let NodeData::Text { contents } = &node.data else { return false };
            let is_tangled = block::is_tangled(contents);
            if !is_tangled {
                text.push_str(contents);
                self.writer.push(contents, style, link);
            }
            is_tangled
        });
        if is_tangled {
            self.layout.is_tangled = true;
            for part in block::parts(&node.text()) {
                self.layout.text.push_str(part);
                self.writer.push(part, style, link);
                self.flush();
            }
        }
    }

    /// Ends the block that is being written.
    fn flush(&mut self) {
        self.layout.text.push(' ');
        if let Some(block) = self.writer.finish(&self.chain, self.layout.text.len()) {
            self.layout.blocks.push(block);
        }
    }

    fn add_media(&mut self, node: &NodeRef, name: &str) {
        let Some(parent) = self.open.last() else { return };
        let kind = media::kind_of(node, name);
        if name != "noscript" && kind.is_none() {
            return;
        }
        let before = self.layout.blocks.len() + usize::from(self.writer.has_words());
        match kind {
            Some(kind) => self.layout.media.push(Medium { kind, before, element: parent.element }),
            None => media::complete(&mut self.layout.media, node, before, parent.element),
        }
    }
}

/// The body of `html`, for tests.
#[cfg(test)]
pub fn seen(html: &str) -> Layout {
    let address = url::Url::parse("https://a.vn/").expect("it is an address");
    Layout::of(&Outline::of(&crate::tree::parse(html).expect("it is small"), &address, html.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_end_where_a_reader_sees_a_new_line() {
        let layout = seen("<body>a <b>b</b>c<br>d<div>e<p>f</p>g</div><script>h</script><ul><li>i<li>…</ul>");
        let texts: Vec<_> = layout.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["a bc", "d", "e", "f", "g", "i"]);
        let names: Vec<_> = layout.chain(&layout.blocks[3]).map(|element| element.name.to_string()).collect();
        assert_eq!(names, ["body", "div", "p"]);
    }

    #[test]
    fn the_text_of_an_element_keeps_blocks_apart() {
        let layout = seen("<body><div class=x>a<p>b</p>c<br>d</div>e");
        let div = layout.elements.iter().position(|element| element.marks == "x").unwrap();
        assert_eq!(layout.text_of(div), "a b c d");
    }

    #[test]
    fn a_moment_is_no_part_of_the_word_beside_it() {
        let layout = seen("<body><p>Lan<time>3 May 2022</time><time>21:25</time>, <time>2022</time>.</p><p><b>a</b><b>b</b>");
        let texts: Vec<_> = layout.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["Lan 3 May 2022 21:25, 2022.", "ab"]);
        assert_eq!(layout.text_of(1), "Lan 3 May 2022 21:25, 2022.");
    }

    #[test]
    fn what_an_element_may_say_is_told_by_its_beginning() {
        let layout = seen("<body><p> By\n Jane&shy;  Đỗ<p>e\u{301}t\u{e9}<p>Tin");
        let may_say = |place: usize, bare: &str| layout.may_say(layout.blocks[place].innermost(), bare);
        assert!(may_say(0, "ByJaneĐỗ") && may_say(0, "ByJaneDoe") && may_say(1, "été") && may_say(2, "Tin"));
        assert!(!may_say(0, "ByJohn") && !may_say(2, "Tim") && !may_say(2, "Ti"));
    }

    #[test]
    fn a_page_without_end_is_read_in_part() {
        let layout = seen(&"<p>một hai ba</p>".repeat(7_000));
        assert_eq!(layout.blocks.len(), MAX_BLOCKS);
    }
}

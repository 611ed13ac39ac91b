//! The visible text of a page laid flat, and what of it stands in an element or a part of the page.
//!
//! It is squeezed: a line feed where a block begins or ends, and a [`JOINT`] where an element does that stands in a
//! line.

use std::{borrow::Cow, ops::Range};

use dom_query::NodeData;

use super::{Outline, Piece, Step};
use crate::{text, tree};

/// Stands in the text where one inline element ends and another begins: nothing to a reader, but
/// `<span>15:55</span><span>10/07/2026</span>` are two numbers.
const JOINT: char = '\u{1}';

/// The visible text of a page.
#[derive(Default)]
pub(super) struct Text {
    all: String,
    /// The part of each element.
    places: Vec<Range<usize>>,
}

impl Text {
    fn of(outline: &Outline) -> Self {
        let mut text = Self { all: String::new(), places: vec![0..0; outline.elements.len()] };
        // The root of a page is its first element.
        for step in (!outline.elements.is_empty()).then(|| outline.steps(0)).into_iter().flatten() {
            match step {
                Step::Begin(at) => {
                    text.push_border(outline.name(at));
                    text.places[at].start = text.all.len();
                }
                Step::Text(piece) => piece.node.query_or((), |node| {
                    if let NodeData::Text { contents } = &node.data {
                        text::squeeze_onto(&mut text.all, contents);
                    }
                }),
                Step::End(at) => {
                    text.push_border(outline.name(at));
                    text.places[at].end = text.all.len();
                }
            }
        }
        text
    }

    fn push_border(&mut self, name: &str) {
        // `time` and `label` stand in a line, but what they say stands for itself.
        if tree::is_inline(name) && !matches!(name, "time" | "label") {
            if name != "wbr" && !self.all.ends_with([JOINT, ' ', '\n']) {
                self.all.push(JOINT);
            }
        } else if !self.all.ends_with('\n') {
            self.all.push('\n');
        }
    }
}

impl Outline<'_> {
    fn text(&self) -> &Text {
        self.text.get_or_init(|| Text::of(self))
    }

    /// The text of whole elements that follow one another, borders included.
    fn raw_text(&self, span: &Range<usize>) -> &str {
        let Text { all, places } = self.text();
        let Some(first) = places.get(span.start) else { return "" };
        // The last element that begins in the span need not be the one that ends it.
        let mut end = first.end;
        let mut at = self.elements[span.start].end;
        while at < span.end {
            end = places[at].end;
            at = self.elements[at].end;
        }
        &all[first.start..end]
    }

    /// Bytes of text in a span, borders included.
    pub fn text_length(&self, span: &Range<usize>) -> usize {
        self.raw_text(span).len()
    }

    /// Bytes of the text in each of some elements as it is written, all added up: what stands in two of them counts
    /// twice. The page's text is not made for it.
    pub fn written_in(&self, elements: impl Iterator<Item = usize>) -> usize {
        let mut elements = elements.peekable();
        if elements.peek().is_none() {
            return 0;
        }
        let mut before = 0;
        let length =
            |piece: &Piece| piece.node.query_or(0, |node| if let NodeData::Text { contents } = &node.data { contents.len() } else { 0 });
        let add = |piece: &Piece| {
            before += length(piece);
            before
        };
        let sums: Vec<usize> = std::iter::once(0).chain(self.pieces.iter().map(add)).collect();
        let inside = |at: usize| {
            let span = self.span(at);
            let first = self.pieces.partition_point(|piece| piece.before <= at);
            // Behind the last element inside stands what is in this one, then what follows it.
            let is_inside = |piece: &Piece| {
                piece.before < span.end || piece.before == span.end && piece.parent.is_some_and(|parent| span.contains(&parent))
            };
            let last = first + self.pieces[first..].partition_point(is_inside);
            sums[last] - sums[first]
        };
        elements.map(inside).sum()
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

    /// The blocks of a span's text that say something, borders between their words included, each with its place in the
    /// page's text.
    pub fn blocks(&self, span: &Range<usize>) -> impl Iterator<Item = (Range<usize>, &str)> {
        let blocks = self.raw_text(span).split('\n').map(trimmed).filter(|block| !block.is_empty());
        blocks.map(|block| {
            let start = block.as_ptr().addr() - self.text().all.as_ptr().addr();
            (start..start + block.len(), block)
        })
    }

    /// Where the text of whole elements that follow one another stands in the page's text.
    pub fn place_of(&self, span: &Range<usize>) -> Range<usize> {
        let text = self.raw_text(span);
        let start = if text.is_empty() { 0 } else { text.as_ptr().addr() - self.text().all.as_ptr().addr() };
        start..start + text.len()
    }

    /// Where an element's text stands in the page's text.
    pub fn place(&self, at: usize) -> Range<usize> {
        self.text().places[at].clone()
    }
}

/// The words of a block as one line, the numbers of neighbouring elements kept apart.
pub fn words(block: &str) -> Cow<'_, str> {
    one_line(block, Joints::Part)
}

/// What the elements in a block say, each on its own, with the spaces around it.
pub fn parts(block: &str) -> impl Iterator<Item = &str> {
    block.split(JOINT).filter(|part| !part.is_empty())
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

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;

    #[test]
    fn what_stands_in_elements_is_counted_as_it_is_written() {
        let document = tree::parse("<body>a<h1>b <b>c</b>d<br>  e</h1>f<div><h2>g<div><h2>h</h2>i</div></h2>j</div>k").unwrap();
        let outline = Outline::of(&document, &Url::parse("https://a.vn/").unwrap(), 0);
        let named = |name: &str| (0..outline.elements.len()).filter(|at| outline.name(*at) == name).collect::<Vec<_>>();
        let length = |name: &str| outline.written_in(named(name).into_iter());
        let text = |name: &str| named(name).iter().map(|at| outline.elements[*at].node.text().len()).sum::<usize>();
        for name in ["body", "h1", "h2", "div", "b", "br", "p"] {
            assert_eq!(length(name), text(name), "{name}");
        }
        assert_eq!((length("h1"), length("b"), length("p")), (7, 1, 0));
    }
}

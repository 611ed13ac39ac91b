//! The guarded HTML tree: a page that would cost too much is refused before it is built.
//!
//! 167 kB of `<font color=cN><p>` make an HTML5 parser build 32 million nodes, and 100,000 open `<div>`s
//! take it 44 seconds. So a page is fed in small pieces, and what has grown is looked at in between.

use dom_query::{Document, NodeRef};
use html5ever::{
    ParseOpts,
    driver::parse_document,
    tendril::{StrTendril, TendrilSink},
    tree_builder::TreeBuilderOpts,
};

/// Bytes that are parsed between two looks at the tree.
const PIECE: usize = 2048;
/// Nodes beyond which a page is refused; large news pages have 5,000 to 40,000.
const MAX_NODES: usize = 200_000;
/// Levels beyond which a page is refused; real pages stay under 100.
const MAX_DEPTH: usize = 512;

/// Why a page is not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the page has more than {MAX_NODES} nodes")]
    TooManyNodes,
    #[error("the page is nested more than {MAX_DEPTH} levels deep")]
    TooDeep,
}

/// Parses `html` as a browser without scripts would.
///
/// # Errors
/// [`Refused`] when the tree grows beyond what a news page can need.
pub fn parse(html: &str) -> Result<Document, Refused> {
    let mut parser = parse_document(
        Document::default(),
        ParseOpts { tree_builder: TreeBuilderOpts { scripting_enabled: false, ..Default::default() }, ..Default::default() },
    );
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        parser.process(StrTendril::from_slice(piece));
        rest = after;
        let document = &parser.tokenizer.sink.sink;
        document.errors.borrow_mut().clear();
        if document.tree.len() > MAX_NODES {
            return Err(Refused::TooManyNodes);
        }
        if depth_of_growth(document) > MAX_DEPTH {
            return Err(Refused::TooDeep);
        }
    }
    Ok(parser.finish())
}

/// Levels down to the place where the parser is adding nodes: the chain of last children.
fn depth_of_growth(document: &Document) -> usize {
    let mut depth = 0;
    let mut node = document.root();
    while let Some(child) = node.last_child() {
        node = child;
        depth += 1;
    }
    depth
}

/// Elements whose text no reader sees.
pub fn is_mute(name: &str) -> bool {
    matches!(name, "script" | "style" | "noscript" | "template" | "svg" | "select" | "option" | "iframe" | "textarea" | "button" | "head")
}

/// Elements that stand inside a line of text.
pub fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "span"
            | "b"
            | "strong"
            | "em"
            | "i"
            | "font"
            | "u"
            | "small"
            | "mark"
            | "cite"
            | "code"
            | "sup"
            | "sub"
            | "abbr"
            | "q"
            | "s"
            | "del"
            | "ins"
            | "time"
            | "label"
            | "wbr"
    )
}

/// The visible text under `node` as one squeezed line; blocks are kept apart by spaces.
pub fn text_of(node: &NodeRef) -> String {
    let mut text = String::new();
    push_text(node, &mut text);
    crate::text::squeeze(&text)
}

fn push_text(node: &NodeRef, out: &mut String) {
    if node.is_text() {
        out.push_str(&node.text());
        return;
    }
    let name = node.node_name().unwrap_or_default();
    if is_mute(&name) {
        return;
    }
    let apart = !is_inline(&name);
    if apart {
        out.push(' ');
    }
    for child in node.children_it(false) {
        push_text(&child, out);
    }
    if apart {
        out.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_would_explode_are_refused() {
        let fonts: String = (0..9_000).map(|n| format!("<font color=c{n}><p>")).collect();
        assert!(parse(&fonts).is_err());
        assert_eq!(parse(&"<div>".repeat(100_000)).err(), Some(Refused::TooDeep));
        assert_eq!(parse(&"<p>x</p>".repeat(150_000)).err(), Some(Refused::TooManyNodes));
    }

    #[test]
    fn text_is_what_a_reader_sees() {
        let document = parse("<p>Một<br>hai <b>b</b>a<script>x</script></p><p>bốn</p>").unwrap();
        assert_eq!(text_of(&document.root()), "Một hai ba bốn");
    }
}

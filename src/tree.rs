//! The guarded HTML tree: a page that would cost too much is refused before it is built.
//!
//! 167 kB of `<font color=cN><p>` make an HTML5 parser build 32 million nodes, and 100,000 open `<div>`s
//! take it 44 seconds. So a page is fed in small pieces, and what has grown is looked at in between.

use dom_query::{Document, NodeData, NodeRef};
use html5ever::{
    ParseOpts,
    driver::parse_document,
    expanded_name, local_name, ns,
    tendril::{StrTendril, TendrilSink},
    tree_builder::{NodeOrText, TreeBuilderOpts, TreeSink},
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
    let mut growing = parser.tokenizer.sink.sink.root().id;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(end_of_piece(rest));
        parser.process(StrTendril::from_slice(piece));
        rest = after;
        let document = &parser.tokenizer.sink.sink;
        document.errors.borrow_mut().clear();
        if document.tree.len() > MAX_NODES {
            return Err(Refused::TooManyNodes);
        }
        let (last, depth) = place_of_growth(document);
        if depth > MAX_DEPTH {
            return Err(Refused::TooDeep);
        }
        // The tag has just opened an element that takes text as it is: half of a page is such text.
        if last.id != growing
            && begins_raw(piece)
            && piece.ends_with('>')
            && let Some(end) = end_of_raw(&last, rest)
        {
            let (text, after) = rest.split_at(end);
            document.append(&last.id, NodeOrText::AppendText(StrTendril::from_slice(text)));
            rest = after;
        }
        growing = last.id;
    }
    Ok(parser.finish())
}

/// Where to cut what is parsed next: behind a tag after which text is taken as it is, and before the next such tag.
fn end_of_piece(html: &str) -> usize {
    let piece = &html[..html.floor_char_boundary(PIECE)];
    if begins_raw(html) {
        return piece.find('>').map_or(piece.len(), |end| end + 1);
    }
    piece.match_indices('<').map(|(at, _)| at).find(|at| begins_raw(&html[*at..])).unwrap_or(piece.len())
}

fn begins_raw(html: &str) -> bool {
    ["<script", "<style"].iter().any(|tag| begins_with(html.as_bytes(), tag))
}

fn begins_with(bytes: &[u8], word: &str) -> bool {
    bytes.get(..word.len()).is_some_and(|bytes| bytes.eq_ignore_ascii_case(word.as_bytes()))
}

/// Where the text of a script or style sheet ends that begins with `html`; `None` where the parser had better find out itself.
fn end_of_raw(element: &NodeRef, html: &str) -> Option<usize> {
    let end = {
        let name = element.qual_name_ref()?;
        match name.expanded() {
            expanded_name!(html "script") => "</script",
            expanded_name!(html "style") => "</style",
            _ => return None,
        }
    };
    let closes = |at: &usize| {
        let tag = &html.as_bytes()[*at..];
        begins_with(tag, end) && tag.get(end.len()).is_some_and(|next| matches!(next, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ' | b'/' | b'>'))
    };
    let at = html.match_indices('<').map(|(at, _)| at).find(closes)?;
    let text = &html[..at];
    // A comment hides the end of a script, and some characters are exchanged.
    let is_plain = !text.contains("<!--") && !text.as_bytes().contains(&b'\r') && !text.as_bytes().contains(&0);
    (at > 0 && is_plain && element.first_child().is_none()).then_some(at)
}

/// Where the parser is adding nodes, and how deep that is: the end of the chain of last children.
fn place_of_growth(document: &Document) -> (NodeRef<'_>, usize) {
    let mut depth = 0;
    let mut node = document.root();
    while let Some(child) = node.last_child() {
        node = child;
        depth += 1;
    }
    (node, depth)
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
    let is_text = node.query_or(false, |node| match &node.data {
        NodeData::Text { contents } => {
            out.push_str(contents);
            true
        }
        _ => false,
    });
    if is_text {
        return;
    }
    let (is_mute, is_apart) = match node.qual_name_ref() {
        Some(name) => (is_mute(&name.local), !is_inline(&name.local)),
        None => (false, true),
    };
    if is_mute {
        return;
    }
    if is_apart {
        out.push(' ');
    }
    let mut child = node.first_child();
    while let Some(inner) = child {
        push_text(&inner, out);
        child = inner.next_sibling();
    }
    if is_apart {
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

    /// Everything in one go, as the parser alone would do it.
    fn parse_whole(html: &str) -> String {
        let mut parser = parse_document(
            Document::default(),
            ParseOpts { tree_builder: TreeBuilderOpts { scripting_enabled: false, ..Default::default() }, ..Default::default() },
        );
        parser.process(StrTendril::from_slice(html));
        parser.finish().html().to_string()
    }

    #[test]
    fn raw_text_is_taken_as_the_parser_takes_it() {
        let long = format!("<script>{}</script><p>a", "x < y </b> ".repeat(500));
        let pages = [
            "<script>a<b</script><style>p{}</style>c",
            "<SCRIPT type=x>a</scripty></SCRIPT\n>b<script/>c</script>d",
            "<script><!--<script>a</script>b--></script>c</script>d",
            "<script>a\r\nb</script><style>\0</style>c<script>",
            "<script></script><script a='x>y'>b</script>c<style>",
            "<svg><style>a<b>c</b></style><script>d<e></script></svg>f",
            "<title><script></title>a</script><textarea><style></textarea>b</style>c",
            "<!-- <script> --><p>a</p></script><p title='<style>'>b</p></style>",
            "<table><script></script><textarea><script>a</textarea>b</script></table>c",
            "<template><script>a</script><p>b</template><select><script>c</script><option>d</select>",
            "<noscript><style>a</style></noscript><body><p>b<script>c</script>d<style></style>e",
            &long,
        ];
        for page in pages {
            assert_eq!(parse(page).unwrap().html().to_string(), parse_whole(page), "{page}");
        }
    }

    #[test]
    fn text_is_what_a_reader_sees() {
        let document = parse("<p>Một<br>hai <b>b</b>a<script>x</script></p><p>bốn</p>").unwrap();
        assert_eq!(text_of(&document.root()), "Một hai ba bốn");
    }
}

//! The guarded HTML tree: a page that would cost too much is refused before it is built.
//!
//! 167 kB of `<font color=cN><p>` make an HTML5 parser build 32 million nodes, and 100,000 open `<div>`s
//! take it 44 seconds. So a page is parsed in small pieces, and what has grown is looked at in between.

mod parser;
mod reference;
mod tag;

use dom_query::{Document, NodeData, NodeId, NodeRef, TreeNode};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};

use parser::Parser;

/// Nodes beyond which a page is refused; large news pages have 5,000 to 40,000. So many take up to 150 MB.
const MAX_NODES: usize = 150_000;
/// By how many attributes of its formatting elements a page may have half of [`MAX_NODES`], and so on: the parser
/// copies them with each element that it opens again.
const USUAL_ATTRIBUTES: usize = 10;
/// Bytes that all attributes of a page may say besides what it says itself: each copy of a formatting element is read
/// with its own.
const MAX_COPIED: usize = 20_000_000;
/// Levels beyond which a page is refused; real pages stay under 100.
const MAX_DEPTH: usize = 256;

/// Nodes that are looked at to see how deep a page is; a chain that is too deep is far shorter.
const MAX_STEPS: usize = 8 * MAX_DEPTH;

/// Nodes before the body in which it is looked for; real pages have five.
const MAX_BEFORE_BODY: usize = 1_000;

/// Why a page is not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It has more elements and texts than a news page needs.
    #[error("the page has more than {MAX_NODES} nodes")]
    TooManyNodes,
    /// Its formatting elements have so many attributes, or so long ones, that their copies are more than a news page
    /// needs.
    #[error("the page has formatting elements with too much in their attributes for its size")]
    TooHeavy,
    /// Its elements stand in one another too deep.
    #[error("the page is nested more than {MAX_DEPTH} levels deep")]
    TooDeep,
}

/// Parses `html` as a browser without scripts would.
///
/// # Errors
/// [`Refused`] when the tree grows beyond what a news page can need.
pub fn parse(html: &str) -> Result<Document, Refused> {
    let builder = TreeBuilder::new(Document::default(), TreeBuilderOpts { scripting_enabled: false, ..Default::default() });
    let document = &builder.sink;
    let mut parser = Parser::new(&builder, html);
    let (mut is_whole, mut body) = (false, None);
    // Levels that were found, and nodes by which a page may grow before it can be too deep.
    let (mut depth, mut seen) = (0, 0);
    while !is_whole {
        is_whole = parser.advance();
        document.errors.borrow_mut().clear();
        let nodes = document.tree.len();
        if nodes > MAX_NODES {
            return Err(Refused::TooManyNodes);
        }
        if nodes * (USUAL_ATTRIBUTES + parser.most_attributes_copied()) > USUAL_ATTRIBUTES * MAX_NODES {
            return Err(Refused::TooHeavy);
        }
        // Each node adds a level at most, and half of what may be is left for elements that are moved.
        if is_whole || depth + nodes - seen > MAX_DEPTH / 2 {
            body = body.or_else(|| body_of(document));
            (depth, seen) = (depth_of_growth(document, body), nodes);
            if depth > MAX_DEPTH {
                return Err(Refused::TooDeep);
            }
        }
    }
    let most_copied = parser.most_bytes_copied();
    parser.finish();
    let document = builder.sink;
    let most = html.len() + MAX_COPIED;
    // Nearly no page could have so much, so that nearly none is counted.
    if document.tree.len() * most_copied > most && bytes_of_attributes(&document) > most {
        return Err(Refused::TooHeavy);
    }
    Ok(document)
}

/// The last child; of a `template`, the last of what it holds, which is no child of it.
fn last_inside<'d>(node: &NodeRef<'d>) -> Option<NodeRef<'d>> {
    let held = || node.tree.get(&node.query_or(None, |node| node.as_element()?.template_contents)?)?.last_child();
    node.last_child().or_else(held)
}

/// The body and the levels down to it. What is written after its end goes on in it, while comments there stand behind
/// it.
fn body_of(document: &Document) -> Option<(NodeId, usize)> {
    let is = |name: &'static str| move |node: &NodeRef| node.qual_name_ref().is_some_and(|found| &*found.local == name);
    let html = document.root().children_it(false).find(is("html"))?;
    html.children_it(false).take(MAX_BEFORE_BODY).find(is("body")).map(|body| (body.id, 2))
}

fn bytes_of_attributes(document: &Document) -> usize {
    let of_element = |node: &TreeNode| Some(node.as_element()?.attrs.iter().map(|attribute| attribute.value.len()).sum());
    document.root().descendants_it().map(|node| node.query_or(None, of_element).unwrap_or(0)).sum::<usize>()
}

/// Levels down to the place where the parser is adding nodes: the chain of last children, and, before a table, that of
/// what was written in the table and does not belong there.
fn depth_of_growth(document: &Document, body: Option<(NodeId, usize)>) -> usize {
    let mut deepest = 0;
    let body = body.and_then(|(id, depth)| Some((document.tree.get(&id)?, depth)));
    let mut chains = vec![(document.root(), 0)];
    chains.extend(body);
    // Tables in tables have a chain each.
    let mut steps = MAX_STEPS;
    while let Some((mut node, mut depth)) = chains.pop() {
        while let Some(child) = last_inside(&node).filter(|_| steps > 0) {
            (depth, steps) = (depth + 1, steps - 1);
            if child.qual_name_ref().is_some_and(|name| &*name.local == "table") {
                chains.extend(child.prev_sibling().map(|before| (before, depth)));
            }
            node = child;
        }
        deepest = deepest.max(depth);
    }
    deepest
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

/// What the page calls itself: its `title`, whole.
pub fn title_of(document: &Document) -> Option<String> {
    let title = document.select("title").iter().next()?.text();
    Some(crate::text::squeeze(&title)).filter(|title| !title.is_empty())
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
    use html5ever::{ParseOpts, driver::parse_document, tendril::TendrilSink};

    use super::*;

    #[test]
    fn pages_that_would_explode_are_refused() {
        let fonts: String = (0..9_000).map(|n| format!("<font color=c{n}><p>")).collect();
        assert!(parse(&fonts).is_err());
        assert_eq!(parse(&"<div>".repeat(100_000)).err(), Some(Refused::TooDeep));
        assert_eq!(parse(&"<p>x</p>".repeat(150_000)).err(), Some(Refused::TooManyNodes));
        // What does not belong in a table stands before it, and is as deep as it is.
        assert_eq!(parse(&format!("<table>{}", "<dl><b>x".repeat(10_000))).err(), Some(Refused::TooDeep));
        assert_eq!(parse(&format!("<table><tr><td><table>{}", "<figure><a>x".repeat(10_000))).err(), Some(Refused::TooDeep));
        assert_eq!(parse(&format!("<p>a<template>{}", "<span><dl>x".repeat(10_000))).err(), Some(Refused::TooDeep));
        // What is written after the end of a page goes on in its body.
        for end in ["</body></ x>", "</body><!--x-->", "</body></html><!--x-->", &format!("</body></html>{}", "<!--x-->".repeat(5_000))] {
            assert_eq!(parse(&format!("<p>a{end}{}", "<figure><h1>x".repeat(10_000))).err(), Some(Refused::TooDeep), "{end}");
        }
        let attributes: String = (0..50_000).map(|n| format!(" a{n}=x")).collect();
        // A quote in the wrong place makes a tag one that is not read at a stroke.
        let broken =
            parse(&format!("<i title=\"x\"\"{attributes}>y</i><script \"{attributes}>z</script ' {attributes}><b id=u>v</b>")).unwrap();
        assert_eq!(["i", "script", "b"].map(|name| broken.select(name).text().to_string()), ["y", "z", "v"]);
        assert_eq!([broken.select("i").attr("title"), broken.select("b").attr("id")], [None, Some("u".into())]);
        assert_eq!(parse(&format!("<p{attributes}>x")).unwrap().select("p").text().as_ref(), "x");
        let junk: String = (0..500).map(|n| format!(" a{n}=x")).collect();
        let link = parse(&format!("<a{junk} href=/tin>x</a>")).unwrap();
        assert_eq!(link.select("a").attr("href").as_deref(), Some("/tin"));
        let unquoted = parse(&format!("<a class='{}' href=/tin>x</a>", "x ".repeat(50_000))).unwrap();
        assert_eq!((unquoted.select("a").attr("class"), unquoted.select("a").attr("href").as_deref()), (None, Some("/tin")));
        let copied = format!("<font{attributes}>{}", "<h6>x</h6>".repeat(40_000));
        assert_eq!(parse(&copied).err(), Some(Refused::TooHeavy));
        let long = format!("<p><a href=\"/{}\">{}", "related/".repeat(500), "<p>Khai mạc lễ hội".repeat(40_000));
        assert_eq!(parse(&long).err(), Some(Refused::TooHeavy));
        // The same address where nothing copies it.
        let long = format!("<p><a href=\"/{}\">x</a>{}", "related/".repeat(500), "<p>Khai mạc lễ hội".repeat(40_000));
        assert!(parse(&long).is_ok());
    }

    /// What html5ever makes of a page by itself.
    fn parse_by_the_book(html: &str) -> String {
        let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..Default::default() };
        parse_document(Document::default(), ParseOpts { tree_builder, ..Default::default() }).one(html).html().to_string()
    }

    #[test]
    fn the_tree_is_what_it_is_by_the_book() {
        let long = format!("<script>{}</script><p>a{}", "x < y </b> ".repeat(500), "chữ ".repeat(2_000));
        let pages = [
            // raw text
            "<script>a<b</script><style>p{}</style>c",
            "<SCRIPT type=x>a</scripty></SCRIPT\n>b<script/>c</script>d",
            "<script><!--<script>a</script>b--></script>c</script>d",
            "<script>a\r\nb</script><style>\0</style>c<script>",
            "<script></script><script a='x>y'>b</script>c<style>",
            "<svg><style>a<b>c</b></style><script>d<e></script></svg>f",
            "<title><script>&amp;</title>a</script><title>b</title\t/><textarea>\n\n<style></textarea>b</style>c<textarea>d",
            "<!-- <script> --><p>a</p></script><p title='<style>'>b</p></style>",
            "<table><script></script><textarea><script>a</textarea>b</script></table>c",
            "<template><script>a</script><p>b</template><select><script>c</script><option>d</select>",
            "<noscript><style>a</style></noscript><body><p>b<script>c</script>d<style></style>e<iframe><p>f</iframe><xmp>g&amp;",
            "a<plaintext>b</plaintext>c<p>d",
            // tags and attributes
            "<A HREF='x' href=y class>a</A b=c><br/><img src=a/b/ alt = \"c\" d ><p\n\tid=e\x0c>f<p id=>g<p a=b'c>h",
            "<a href='?a=1&amp;b=2&copy=3'>x</a><a b='c'd=e>y</a><a =b>z</a><a \"b>w</a><p / id=v>u<p/id=t>s",
            "<p a='&lt'b='c\0'>d</p e><đ>f</đ><p đ=g Đ=h i\0=j>k<h1:x_y-z>l</h1:x_y-z><p a=`>m<p a=''>n",
            "a < b <3 c </ d></>e<?php f ?>g<!>h<![CDATA[i>j]]>k<svg><![CDATA[l>m]]><p>n</svg><math><mi>o</math>",
            "<!doctype html><!-- a > b --!><html lang=vi><head><meta charset=utf-8><base href=x></head>c<!-- d",
            "<p title='&lt;&quot;&#x27;&nbsp;&#1234567;&amp&notin;&not &x; & &&'>&notin;&NotEqualTilde;&ThickSpace;&#128;&#x41;&#+65;&#;&#x;",
            "<title>&agrave; &lt;b>&amp;amp; & a</title><textarea>&copy= &amp</textarea><a href='?a&b=c&copy=d&lt=e&amp;f&gt;='>g&lt</a>",
            "a &amp; b &nbsp c &#39; d &#13; e &xyz; f & g &&lt;p> h\0i\rj\r\nk",
            "<table>a<tr>b<td>c</table><pre>\n\nd</pre><b><p>e</b>f</p><a>g<a>h<select><p>i<option>j",
            "<p>a<",
            "<p>a</",
            "<p>a<b c='d>e",
            "<p>a<b c=d",
            "<p>a&am",
            "\u{feff}a",
            "",
            &long,
        ];
        for page in pages {
            assert_eq!(parse(page).unwrap().html().to_string(), parse_by_the_book(page), "{page}");
        }
    }

    #[test]
    fn text_is_what_a_reader_sees() {
        let document = parse("<p>Một<br>hai <b>b</b>a<script>x</script></p><p>bốn</p>").unwrap();
        assert_eq!(text_of(&document.root()), "Một hai ba bốn");
        assert_eq!(title_of(&parse("<title> Tin tức –\n Phường </title>").unwrap()).as_deref(), Some("Tin tức – Phường"));
    }
}

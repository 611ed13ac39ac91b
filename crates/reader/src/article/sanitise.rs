//! The last gate for HTML that leaves the reader: only what a feed may carry passes.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::{Builder, UrlRelative};

static GATE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let tags = [
        "a",
        "audio",
        "b",
        "blockquote",
        "caption",
        "code",
        "figcaption",
        "figure",
        "h2",
        "h3",
        "h4",
        "i",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "tr",
        "ul",
        "video",
    ];
    let attributes = HashMap::from([
        ("a", HashSet::from(["href"])),
        ("img", HashSet::from(["src", "alt"])),
        ("td", HashSet::from(["colspan", "rowspan"])),
        ("th", HashSet::from(["colspan", "rowspan"])),
        ("video", HashSet::from(["src", "controls"])),
        ("audio", HashSet::from(["src", "controls"])),
    ]);
    let mut gate = Builder::empty();
    gate.tags(HashSet::from(tags))
        .tag_attributes(attributes)
        .clean_content_tags(HashSet::from(["script", "style"]))
        .url_schemes(HashSet::from(["http", "https"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer"));
    gate
});

/// `html` without all but plain elements with http(s) addresses.
pub fn sanitise(html: &str) -> String {
    GATE.clean(html).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_acts_or_dresses_up_passes() {
        let cases = [
            ("<p class=x style='color:red' id=y onclick=z()>a</p>", "<p>a</p>"),
            ("<script>x()</script><style>p{}</style>a", "a"),
            ("<a href='javascript:x()'>a</a>", "<a rel=\"noopener noreferrer\">a</a>"),
            ("<a href='https://a.vn/x' target=_blank>a</a>", "<a href=\"https://a.vn/x\" rel=\"noopener noreferrer\">a</a>"),
            ("<img src='data:image/png;base64,xx' alt=b>", "<img alt=\"b\">"),
            ("<img src='/relative.jpg' onerror=x>", "<img>"),
            ("<iframe src='https://a.vn'></iframe><svg><a xlink:href='javascript:x'>a</a></svg>b", "b"),
            ("<math><mi xlink:href='data:x'>b</math><p>c", "<p>c</p>"),
            ("<form action=x><input name=y><p>a</p></form>", "<p>a</p>"),
            ("a<!-- b -->c", "ac"),
        ];
        for (html, expected) in cases {
            assert_eq!(sanitise(html), expected, "{html}");
        }
    }
}

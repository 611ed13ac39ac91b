//! Telegram's verdicts on texts, as TDLib 1.8.65 gives them.

use super::*;

#[test]
fn errors_are_telegrams_with_their_byte_offsets() {
    let table = [
        ("<p>x</p>", r#"Unsupported start tag "p" at byte offset 0"#),
        ("Đà <br>", r#"Unsupported start tag "br" at byte offset 5"#),
        ("a < b", r#"Unsupported start tag "" at byte offset 2"#),
        ("<!-- x -->", r#"Unsupported start tag "!--" at byte offset 0"#),
        ("<b/>", r#"Unsupported start tag "b/" at byte offset 0"#),
        ("đ <b", "Unclosed start tag at byte offset 3"),
        ("<a href=\"x>y</a>", "Unclosed start tag at byte offset 0"),
        ("<a href='x'", "Unclosed start tag at byte offset 0"),
        ("<a href", r#"Unclosed start tag "a" at byte offset 0"#),
        ("😀<i  aba  =  ", r#"Unclosed start tag "i" at byte offset 4"#),
        ("<b>x", r#"Can't find end tag corresponding to start tag "b""#),
        ("<b>ý</i>", r#"Unmatched end tag at byte offset 5, expected "</b>", found "</i>""#),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</b y>", "Unclosed end tag at byte offset 4"),
        ("<a href=http://a.b>x</a>", "Unexpected end of name token at byte offset 8"),
        ("ă<a =x>q</a>", r#"Empty attribute name in the tag "a" at byte offset 2"#),
        ("<a href='x' ", r#"Empty attribute name in the tag "a" at byte offset 0"#),
        ("<span>x</span>", r#"Tag "span" must have class "tg-spoiler" at byte offset 0"#),
        ("<tg-emoji emoji-id='5x'>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("<tg-time unix='12' format='q'>x</tg-time>", "Invalid date format used"),
        ("&#xd800;", "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"),
    ];
    for (source, expected) in table {
        assert_eq!(parse(source).expect_err(source), expected, "{source}");
    }
}

#[test]
fn texts_and_entities_are_counted_in_utf16() {
    let shown = |source: &str| {
        let (text, entities) = parse(source).expect(source);
        let entities = entities.iter().map(|entity| format!(" {:?} {}+{}", entity.kind, entity.offset, entity.length));
        format!("{text}{}", entities.collect::<String>())
    };
    let table = [
        ("<b>đ😀<i>x</i></b>", "đ😀x Bold 0+4 Italic 3+1"),
        ("<i><b>x</b></i>", "x Bold 0+1 Italic 0+1"),
        ("<b>x</>", "x Bold 0+1"),
        ("<B>x</b > y", "x y Bold 0+1"),
        ("<b></b>x", "x"),
        ("&amp;&lt;&nbsp;&&#65 &quot;&#x10ffff;", "&<&nbsp;&A \"&#x10ffff;"),
        ("<a href='HTTP://A.B?x=1&amp;y'>x</a>", r#"x TextLink { url: "http://a.b/?x=1&y" } 0+1"#),
        ("<a>abc.vn</a>", r#"abc.vn TextLink { url: "http://abc.vn/" } 0+6"#),
        ("<a href='http://localhost/x'>x</a>", "x"),
        ("<a href='tg://user?id=5'>x</a>", "x TextMention { user_id: 5 } 0+1"),
        ("<pre><code class='language-rust'>x</code></pre>", r#"x Pre { language: Some("rust") } 0+1"#),
        ("<code class='language-rust'><pre>x</pre></code>", r#"x Pre { language: Some("rust") } 0+1"#),
        ("<blockquote expandable>x</blockquote>", "x ExpandableBlockquote 0+1"),
        ("<span class='tg-spoiler'>x</span>", "x Spoiler 0+1"),
        ("<tg-time unix='12' format='wDT'>x</tg-time>", r#"x DateTime { unix_time: 12, format: "wDT" } 0+1"#),
    ];
    for (source, expected) in table {
        assert_eq!(shown(source), expected, "{source}");
    }
}

#[test]
fn the_ends_are_trimmed_and_entities_follow() {
    let trimmed = |source: &str| {
        let (text, entities) = parse(source).expect(source);
        let (text, entities) = trim(&text, &entities);
        (text, entities.iter().map(|entity| (entity.offset, entity.length)).collect::<Vec<_>>())
    };
    assert_eq!(trimmed(" \n đ <b>x \n</b> \n"), ("đ x".to_owned(), vec![(2, 1)]));
    assert_eq!(trimmed("<b> x</b>"), (" x".to_owned(), vec![(0, 2)]));
    assert_eq!(trimmed("a\t<b> </b>b\r"), ("a  b".to_owned(), vec![]));
    assert_eq!(trimmed(" <b> </b>\n"), (String::new(), vec![]));
}

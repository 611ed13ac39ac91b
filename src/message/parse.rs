//! Telegram HTML read as Telegram reads it, so that what would be refused is seen before it is sent.
//!
//! It finds the first mistake, the visible words, and which of them are bold, slanted or a link.

use serde::Serialize;

/// The elements that Telegram knows.
const ELEMENTS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "code",
    "del",
    "em",
    "i",
    "ins",
    "pre",
    "s",
    "span",
    "strike",
    "strong",
    "tg-emoji",
    "tg-spoiler",
    "tg-time",
    "u",
];

/// Why Telegram would refuse a text as HTML.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unparsable {
    #[error("`<{0}>` is not one of Telegram's elements, such as `<b>`, `<i>` and `<a href=\"…\">`")]
    Unknown(String),
    #[error("`<{0}>` is not closed")]
    Unclosed(String),
    #[error("expected `</{expected}>`, found `</{found}>`")]
    Crossed { expected: String, found: String },
    #[error("`</{0}>` closes nothing")]
    Unopened(String),
    #[error("the tag that begins with `<{0}` has no end")]
    Endless(String),
    #[error("`<{0}>` has an attribute that is not written `name=\"value\"`")]
    Attribute(String),
    #[error("`<span>` needs `class=\"tg-spoiler\"`")]
    Span,
    #[error("`<tg-emoji>` needs `emoji-id=\"…\"` with a number")]
    Emoji,
    #[error("`&#{0};` is no character")]
    Character(String),
}

/// A part of a text with what it looks like.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Run {
    pub text: String,
    pub bold: bool,
    pub italic: bool,
    /// Where it leads.
    pub link: Option<String>,
}

impl Run {
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// What a reader sees of `html`.
///
/// # Errors
/// [`Unparsable`] where Telegram would refuse it.
pub fn visible(html: &str) -> Result<String, Unparsable> {
    Ok(runs(html)?.into_iter().map(|run| run.text).collect())
}

/// The same with what is bold, slanted or a link; of what else Telegram knows, the text alone.
///
/// # Errors
/// As [`visible`].
pub fn runs(html: &str) -> Result<Vec<Run>, Unparsable> {
    let mut runs: Vec<Run> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut show = |open: &[Open], text: &str| {
        let is = |names: [&str; 2]| open.iter().any(|it| names.contains(&it.name.as_str()));
        let link = open.iter().rev().find(|it| it.name == "a").and_then(|it| it.link.clone());
        let run = Run { text: text.to_owned(), bold: is(["b", "strong"]), italic: is(["i", "em"]), link };
        match runs.last_mut() {
            _ if text.is_empty() => (),
            Some(last) if (last.bold, last.italic, &last.link) == (run.bold, run.italic, &run.link) => last.text.push_str(text),
            _ => runs.push(run),
        }
    };
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        show(&open, &rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('&') {
            let (ch, after) = entity(rest)?;
            show(&open, ch.encode_utf8(&mut [0; 4]));
            rest = after;
        } else if let Some(tag) = rest.strip_prefix("</") {
            let end = tag.find('>').ok_or_else(|| Unparsable::Endless(format!("/{}", first_word(tag))))?;
            close(&mut open, tag[..end].trim_end().to_ascii_lowercase())?;
            rest = &tag[end + 1..];
        } else {
            let (tag, after) = start_tag(&rest[1..])?;
            open.push(tag);
            rest = after;
        }
    }
    show(&open, rest);
    match open.pop() {
        Some(tag) => Err(Unparsable::Unclosed(tag.name)),
        None => Ok(runs),
    }
}

/// An element that is open.
struct Open {
    name: String,
    link: Option<String>,
}

/// `</>` closes whatever is open.
fn close(open: &mut Vec<Open>, found: String) -> Result<(), Unparsable> {
    match open.pop().map(|tag| tag.name) {
        None => Err(Unparsable::Unopened(found)),
        Some(expected) if found.is_empty() || found == expected => Ok(()),
        Some(expected) => Err(Unparsable::Crossed { expected, found }),
    }
}

/// Reads from behind the `<`: the element, and what follows the tag.
fn start_tag(tag: &str) -> Result<(Open, &str), Unparsable> {
    let end = tag.find(|ch: char| ch == '>' || is_space(ch)).ok_or_else(|| Unparsable::Endless(first_word(tag)))?;
    let name = tag[..end].to_ascii_lowercase();
    if !ELEMENTS.contains(&name.as_str()) {
        return Err(Unparsable::Unknown(first_word(&name)));
    }
    let mut is_spoiler = false;
    let mut is_emoji = false;
    let mut link = None;
    let mut rest = tag[end..].trim_start_matches(is_space);
    loop {
        if let Some(after) = rest.strip_prefix('>') {
            return match name.as_str() {
                "span" if !is_spoiler => Err(Unparsable::Span),
                "tg-emoji" if !is_emoji => Err(Unparsable::Emoji),
                _ => Ok((Open { name, link }, after)),
            };
        }
        if rest.is_empty() {
            return Err(Unparsable::Endless(name));
        }
        let (attribute, value, after) = attribute(rest, &name)?;
        match attribute.to_ascii_lowercase().as_str() {
            "class" => is_spoiler = value == "tg-spoiler",
            "href" => link = Some(unescaped(value)),
            "emoji-id" => is_emoji = value.parse::<i64>().is_ok_and(|id| id != 0),
            _ => (),
        }
        rest = after.trim_start_matches(is_space);
    }
}

/// One `name="value"`, and what follows. Telegram takes a name alone, and a simple value without quotes.
fn attribute<'t>(text: &'t str, element: &str) -> Result<(&'t str, &'t str, &'t str), Unparsable> {
    let bad = || Unparsable::Attribute(element.to_owned());
    let endless = || Unparsable::Endless(element.to_owned());
    let end = text.find(|ch: char| matches!(ch, '=' | '>' | '/' | '"' | '\'') || is_space(ch)).ok_or_else(endless)?;
    let (name, rest) = text.split_at(end);
    if name.is_empty() {
        return Err(bad());
    }
    let rest = rest.trim_start_matches(is_space);
    let Some(rest) = rest.strip_prefix('=') else { return Ok((name, "", rest)) };
    let rest = rest.trim_start_matches(is_space);
    if let Some(quote @ ('"' | '\'')) = rest.chars().next() {
        let (value, after) = rest[1..].split_once(quote).ok_or_else(endless)?;
        return Ok((name, value, after));
    }
    let end = rest.find(|ch: char| !(ch.is_ascii_alphanumeric() || matches!(ch, '.' | '-'))).ok_or_else(endless)?;
    let (value, after) = rest.split_at(end);
    if after.starts_with('>') || after.starts_with(is_space) { Ok((name, value, after)) } else { Err(bad()) }
}

/// One character from `&…;`; an ampersand that begins none of Telegram's entities stands for itself.
/// The semicolon may be missing.
fn entity(text: &str) -> Result<(char, &str), Unparsable> {
    let literally = Ok(('&', &text[1..]));
    let (ch, after) = match text[1..].strip_prefix('#') {
        Some(number) => {
            let (digits, radix) = match number.strip_prefix('x') {
                Some(digits) => (digits, 16),
                None => (number, 10),
            };
            let end = digits.find(|ch: char| !ch.is_digit(radix)).unwrap_or(digits.len());
            let Ok(code @ 1..0x11_0000) = u32::from_str_radix(&digits[..end], radix) else { return literally };
            (char::from_u32(code).ok_or_else(|| Unparsable::Character(code.to_string()))?, &digits[end..])
        }
        None => {
            let end = text[1..].find(|ch: char| !ch.is_ascii_alphabetic()).map_or(text.len(), |end| end + 1);
            let ch = match &text[1..end] {
                "lt" => '<',
                "gt" => '>',
                "amp" => '&',
                "quot" => '"',
                _ => return literally,
            };
            (ch, &text[end..])
        }
    };
    Ok((ch, after.strip_prefix(';').unwrap_or(after)))
}

/// The characters that an attribute's entities stand for.
fn unescaped(value: &str) -> String {
    let (mut text, mut rest) = (String::new(), value);
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        let (ch, after) = entity(&rest[at..]).unwrap_or(('&', &rest[at + 1..]));
        text.push(ch);
        rest = after;
    }
    text + rest
}

/// What an error shows of a text that may be long.
fn first_word(text: &str) -> String {
    text.chars().take_while(|ch| !is_space(*ch)).take(20).collect()
}

fn is_space(ch: char) -> bool {
    matches!(ch, ' ' | '\t' | '\r' | '\n' | '\0' | '\u{b}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_telegram_reads_is_read() {
        let table = [
            ("a &amp; b &lt;c&gt; &quot;d&quot;", "a & b <c> \"d\""),
            ("a & b &nbsp; &;", "a & b &nbsp; &;"),
            ("&#65;&#x42; &#0;", "AB &#0;"),
            ("<b>đậm <i>nghiêng</i></b>", "đậm nghiêng"),
            ("<B>x</b >", "x"),
            ("<b>x</>", "x"),
            ("<a href=\"https://a.vn/?a=1&amp;b=2\">x</a>", "x"),
            ("<a href='https://a.vn'>x</a>", "x"),
            ("<a href=a.vn>x</a><b y>z</b>", "xz"),
            ("&lt &#65x &ltx", "< Ax &ltx"),
            ("<tg-emoji emoji-id=\"5368324170671202286\">👍</tg-emoji>", "👍"),
            ("<blockquote expandable>x</blockquote>", "x"),
            ("<span class=\"tg-spoiler\">x</span>", "x"),
            ("", ""),
        ];
        for (html, shown) in table {
            assert_eq!(visible(html).as_deref(), Ok(shown), "{html}");
        }
    }

    #[test]
    fn what_is_bold_or_a_link_is_kept() {
        let run = |text: &str, bold, italic, link: Option<&str>| Run { text: text.into(), bold, italic, link: link.map(str::to_owned) };
        assert_eq!(
            runs("<b>a <a href=\"https://a.vn/?x=1&amp;y=2\">b &amp; c</a></b> <em>d</em>\ne").unwrap(),
            [
                run("a ", true, false, None),
                run("b & c", true, false, Some("https://a.vn/?x=1&y=2")),
                run(" ", false, false, None),
                run("d", false, true, None),
                run("\ne", false, false, None),
            ]
        );
    }

    #[test]
    fn what_telegram_refuses_is_refused() {
        let table = [
            "<p>x</p>",
            "a < b",
            "<br>",
            "<b>x",
            "<b",
            "<b>x</i>",
            "x</b>",
            "</b",
            "<a href=/x>y</a>",
            "<a href=\"x>y</a>",
            "<tg-emoji>x</tg-emoji>",
            "<span>x</span>",
            "<>",
            "<b/>x</b>",
            "&#xD800;",
            "<a =\"x\">y</a>",
        ];
        for html in table {
            assert!(visible(html).is_err(), "{html}");
        }
    }
}

//! The parts of a page that hold words: text, attributes that readers see, structured data. Not addresses, not code.
//!
//! [`crate::tree`] does not find them: its tokens have their references resolved and no longer know where on the page
//! they stood, and these parts are read and rewritten where they stand, while every other byte stays. Hardly a page is
//! asked: only one that is not in UTF-8, or whose letters are suspect.

use std::ops::Range;

/// One part, and whether its font shows small letters as capitals.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// Its bytes on the page.
    pub range: Range<usize>,
    /// Whether an element around it has such a font.
    pub is_capital: bool,
}

/// Attributes whose values are read.
const READ: &[&str] = &["content", "title", "alt"];

/// All parts of `html`, in the order of the page. It forgives what browsers forgive.
pub(super) fn runs(html: &str) -> Vec<Run> {
    let mut runs = Runs { found: Vec::new(), capitals: None };
    let mut at = 0;
    while at < html.len() {
        let rest = &html[at..];
        let is_tag = rest.starts_with('<') && rest[1..].starts_with(|ch: char| ch.is_ascii_alphabetic() || "/!?".contains(ch));
        if !is_tag {
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let end = rest[first..].find('<').map_or(html.len(), |end| at + first + end);
            runs.push(at..end);
            at = end;
        } else if rest.starts_with("<!--") {
            at += rest.find("-->").map_or(rest.len(), |end| end + 3);
        } else {
            let end = at + tag_end(rest);
            at = runs.tag(html, at..end);
        }
    }
    runs.found
}

struct Runs {
    found: Vec<Run>,
    /// The element with a font of capitals, and how deep it is in elements of its own name.
    capitals: Option<(String, usize)>,
}

impl Runs {
    fn push(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.found.push(Run { range, is_capital: self.capitals.is_some() });
        }
    }

    /// Takes in one tag, and says where to go on.
    fn tag(&mut self, html: &str, range: Range<usize>) -> usize {
        let tag = &html[range.clone()];
        let is_end = tag.starts_with("</");
        let name: String = tag[1..].trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        self.note_font(tag, &name, is_end);
        if is_end {
            return range.end;
        }
        for value in values(tag) {
            let value = range.start + value.start..range.start + value.end;
            if !html[value.clone()].contains("://") {
                self.push(value);
            }
        }
        match name.as_str() {
            "script" | "style" => {
                let end = close(html, range.end, &name);
                if tag.contains("json") {
                    self.push(range.end..end);
                }
                end
            }
            _ => range.end,
        }
    }

    fn note_font(&mut self, tag: &str, name: &str, is_end: bool) {
        match &mut self.capitals {
            Some((open, depth)) if open == name => *depth = if is_end { *depth - 1 } else { *depth + 1 },
            None if !is_end && has_capital_font(tag) => self.capitals = Some((name.to_owned(), 1)),
            _ => (),
        }
        self.capitals.take_if(|(_, depth)| *depth == 0);
    }
}

/// Where a tag ends. A quoted `>` does not end it, unless the quotes are never closed.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            // Quotes stand after an equals sign; elsewhere they are noise.
            (None, b'"' | b'\'') if tag[..at].trim_ascii_end().ends_with('=') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => (),
        }
    }
    tag.find('>').map_or(tag.len(), |at| at + 1)
}

fn close(html: &str, from: usize, name: &str) -> usize {
    let bytes = html.as_bytes();
    let is_close = |at: &usize| {
        bytes[*at..].starts_with(b"</")
            && bytes[*at + 2..].get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    };
    (from..html.len()).find(is_close).unwrap_or(html.len())
}

/// The values of the attributes that are read, in a tag.
fn values(tag: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(equals) = tag[at..].find('=').map(|equals| at + equals) {
        let name = tag[at..equals].trim_ascii_end();
        let name = name.rsplit(|ch: char| ch.is_ascii_whitespace() || ch == '"' || ch == '\'').next().unwrap_or_default();
        let value = equals + 1 + tag[equals + 1..].len() - tag[equals + 1..].trim_ascii_start().len();
        let quote = tag[value..].chars().next().filter(|ch| matches!(ch, '"' | '\''));
        let start = value + quote.map_or(0, char::len_utf8);
        let length = match quote {
            Some(quote) => tag[start..].find(quote),
            None => tag[start..].find(|ch: char| ch.is_ascii_whitespace() || ch == '>'),
        };
        let end = length.map_or(tag.len(), |length| start + length);
        if READ.iter().any(|read| read.eq_ignore_ascii_case(name)) && start < end {
            found.push(start..end);
        }
        at = end;
    }
    found
}

/// `.VnTimeH` and its kin draw every letter as a capital.
fn has_capital_font(tag: &str) -> bool {
    tag.match_indices(".Vn").any(|(at, mark)| {
        let name = tag[at + mark.len()..].split(|ch: char| !ch.is_ascii_alphanumeric() && ch != ' ').next().unwrap_or_default();
        name.trim_ascii_end().strip_suffix('H').is_some_and(|name| name.ends_with(|ch: char| ch.is_ascii_lowercase()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_and_addresses_are_not() {
        for (html, expected) in [
            ("a<b>c</b>d", vec!["a", "c", "d"]),
            ("<!-- x --><a href='y.html' title=\"z > w\">v</a>", vec!["z > w", "v"]),
            ("<meta name=description content='one two'><meta property=og:url content='http://a.vn/x'>", vec!["one two"]),
            ("<img alt=x src=y><p>1 < 2</p>", vec!["x", "1 ", "< 2"]),
            ("<script>var a = '<b>';</script>t<style>p{}</STYLE>u", vec!["t", "u"]),
            ("<script type='application/ld+json'>{\"headline\": \"x\"}</script>", vec!["{\"headline\": \"x\"}"]),
            ("<p title=\"a><b>x</b>", vec!["a>", "x"]),
            ("<", vec!["<"]),
            ("<p", vec![]),
        ] {
            let found: Vec<_> = runs(html).into_iter().map(|run| &html[run.range]).collect();
            assert_eq!(found, expected, "{html}");
        }
    }

    #[test]
    fn fonts_of_capitals_are_known() {
        let html = "<p><font face='.VnTimeH'>a<b>b</b><font>c</font>d</font>e</p><span style='font-family: .VnArial NarrowH;'>f</span>\
                    <font face='.VnTime, .VnArial'>g</font><a href='http://a.vnH/'>h</a>";
        let capital: Vec<_> = runs(html).into_iter().filter(|run| run.is_capital).map(|run| &html[run.range]).collect();
        assert_eq!(capital, ["a", "b", "c", "d", "f"]);
    }
}

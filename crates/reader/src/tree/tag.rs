//! Tags as nearly all are written, read at a stroke; what is written otherwise is left to the parser's tokenizer.

use html5ever::{
    Attribute, LocalName, QualName, ns,
    tendril::StrTendril,
    tokenizer::{Tag, TagKind},
};
use memchr::{memchr_iter, memchr2, memchr3};

use super::reference::{self, Place};

/// Attributes of one element that are taken; each is compared with all before it.
const MAX_ATTRIBUTES: usize = 1_000;

/// The tag at the beginning of `page` from `at` on, and where it ends. `None`: it is not plain.
pub(super) fn read(page: &StrTendril, at: usize, names: &mut Names) -> Option<(Tag, usize)> {
    let mut scan = Scan { page, bytes: page.as_bytes(), at, names };
    scan.eat(b'<').then_some(())?;
    let kind = if scan.eat(b'/') { TagKind::EndTag } else { TagKind::StartTag };
    let name = scan.name()?;
    let mut tag = Tag { kind, name, self_closing: false, attrs: Vec::new(), had_duplicate_attributes: false };
    loop {
        let is_apart = scan.skip_space();
        if scan.eat(b'>') {
            return Some((tag, scan.at));
        }
        if scan.eat(b'/') {
            tag.self_closing = true;
            return scan.eat(b'>').then_some((tag, scan.at));
        }
        if !is_apart {
            return None;
        }
        let attribute = scan.attribute()?;
        // The first of equals counts.
        if tag.attrs.len() >= MAX_ATTRIBUTES {
            continue;
        }
        if tag.attrs.iter().any(|known| known.name == attribute.name) {
            tag.had_duplicate_attributes = true;
        } else {
            tag.attrs.push(attribute);
        }
    }
}

/// The first tag from `from` on, if it has more attributes than are taken: without them, and where it ends. While the
/// text of the element `raw` is read, only its end is a tag.
pub(super) fn read_overloaded(page: &StrTendril, from: usize, raw: Option<&LocalName>) -> Option<(Tag, usize)> {
    let bytes = page.as_bytes();
    let begins = |at: &usize| match raw {
        Some(name) => closes(&bytes[*at..], name),
        None => bytes.get(at + 1).is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?')),
    };
    let at = memchr_iter(b'<', &bytes[from..]).map(|at| from + at).find(begins)?;
    let mut scan = Scan { page, bytes, at: at + 1, names: &mut Names::default() };
    let kind = if scan.eat(b'/') { TagKind::EndTag } else { TagKind::StartTag };
    // Anything else is a comment.
    scan.peek().filter(u8::is_ascii_alphabetic)?;
    let start = scan.at;
    scan.pass(|byte| !is_space(byte) && !matches!(byte, b'/' | b'>'));
    let name = in_lower_case(&page[start..scan.at]);
    let mut attributes = 0;
    loop {
        scan.pass(|byte| is_space(byte) || byte == b'/');
        if scan.peek().is_none_or(|byte| byte == b'>') {
            break;
        }
        attributes += 1;
        // A name may begin with `=`.
        scan.at += 1;
        scan.pass(|byte| !is_space(byte) && !matches!(byte, b'/' | b'>' | b'='));
        scan.skip_space();
        if !scan.eat(b'=') {
            continue;
        }
        scan.skip_space();
        match scan.peek() {
            Some(quote @ (b'"' | b'\'')) => {
                scan.at += 1;
                scan.pass(|byte| byte != quote);
                scan.eat(quote);
            }
            _ => scan.pass(|byte| !is_space(byte) && byte != b'>'),
        }
    }
    scan.eat(b'>');
    let tag = Tag { kind, name, self_closing: false, attrs: Vec::new(), had_duplicate_attributes: false };
    (attributes > MAX_ATTRIBUTES).then_some((tag, scan.at))
}

/// Whether `html` begins with the end of the element `name`, whose text is raw.
pub(super) fn closes(html: &[u8], name: &LocalName) -> bool {
    let after = html.strip_prefix(b"</").and_then(|tag| tag.split_at_checked(name.len()));
    after.is_some_and(|(tag, after)| {
        tag.eq_ignore_ascii_case(name.as_bytes()) && after.first().is_some_and(|byte| is_space(*byte) || matches!(byte, b'/' | b'>'))
    })
}

/// Names that came by lately: a page has a few dozen, each many times, and to look one up is dearer than to compare it.
pub(super) struct Names([LocalName; Self::COUNT]);

impl Names {
    const COUNT: usize = 128;

    fn get(&mut self, name: &str) -> LocalName {
        let bytes = name.as_bytes();
        let byte = |at: usize| bytes.get(at).map_or(0, |byte| usize::from(*byte));
        let place = byte(0) + 3 * byte(bytes.len() / 2) + 5 * byte(bytes.len().saturating_sub(1)) + 7 * bytes.len();
        let known = &mut self.0[place % Self::COUNT];
        if **known != *name {
            *known = in_lower_case(name);
        }
        known.clone()
    }
}

impl Default for Names {
    fn default() -> Self {
        Self(std::array::from_fn(|_| LocalName::default()))
    }
}

struct Scan<'p> {
    page: &'p StrTendril,
    bytes: &'p [u8],
    at: usize,
    names: &'p mut Names,
}

impl<'p> Scan<'p> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    /// Goes on as long as bytes are wanted.
    fn pass(&mut self, is_wanted: impl Fn(u8) -> bool) {
        self.at += self.bytes[self.at..].iter().take_while(|byte| is_wanted(**byte)).count();
    }

    fn skip_space(&mut self) -> bool {
        let start = self.at;
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
        self.at > start
    }

    /// What comes before one of the bytes that end it, if there is something and it ends at all.
    fn until(&mut self, ends: impl Fn(u8) -> bool) -> Option<&'p str> {
        let start = self.at;
        let length = self.bytes[start..].iter().position(|byte| ends(*byte))?;
        self.at += length;
        (length > 0).then(|| &self.page[start..self.at])
    }

    fn name(&mut self) -> Option<LocalName> {
        let name = self.until(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'_')))?;
        name.starts_with(|ch: char| ch.is_ascii_alphabetic()).then(|| self.names.get(name))
    }

    fn attribute(&mut self) -> Option<Attribute> {
        let name = self.until(|byte| is_space(byte) || matches!(byte, b'=' | b'>' | b'/' | b'"' | b'\'' | b'<' | 0))?;
        let name = QualName::new(None, ns!(), self.names.get(name));
        let after_name = self.at;
        self.skip_space();
        if !self.eat(b'=') {
            self.at = after_name;
            return matches!(self.peek()?, b'>' | b'/' | b' ' | b'\n' | b'\t' | 0x0c).then(|| Attribute { name, value: StrTendril::new() });
        }
        self.skip_space();
        let value = match self.peek()? {
            quote @ (b'"' | b'\'') => self.quoted(quote)?,
            _ => self.unquoted()?,
        };
        Some(Attribute { name, value })
    }

    fn quoted(&mut self, quote: u8) -> Option<StrTendril> {
        let start = self.at + 1;
        let first = start + memchr3(quote, b'&', 0, &self.bytes[start..])?;
        let end = match self.bytes[first] {
            0 => return None,
            b'&' => first + memchr2(quote, 0, &self.bytes[first..]).filter(|at| self.bytes[first + at] == quote)?,
            _ => first,
        };
        self.at = end + 1;
        self.value(start, end, first < end)
    }

    fn unquoted(&mut self) -> Option<StrTendril> {
        let start = self.at;
        let value = self.until(|byte| is_space(byte) || byte == b'>')?;
        if value.contains(['\0', '"', '\'', '<', '=', '`']) {
            return None;
        }
        self.value(start, self.at, value.contains('&'))
    }

    fn value(&self, start: usize, end: usize, has_references: bool) -> Option<StrTendril> {
        if has_references {
            reference::resolve(&self.page[start..end], Place::Attribute).map(StrTendril::from)
        } else {
            Some(part(self.page, start, end))
        }
    }
}

/// A part of the page that shares its memory.
pub(super) fn part(page: &StrTendril, start: usize, end: usize) -> StrTendril {
    match (u32::try_from(start), u32::try_from(end - start)) {
        (Ok(start), Ok(length)) => page.subtendril(start, length),
        _ => StrTendril::from_slice(&page[start..end]),
    }
}

fn in_lower_case(name: &str) -> LocalName {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) { name.to_ascii_lowercase().into() } else { name.into() }
}

/// White space as HTML has it.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | 0x0c)
}

//! Telegram's HTML, read as Telegram reads it: the text, its entities, or the error with its byte offset.
//!
//! It is no HTML parser: tags are few, `<br>` is an error, offsets are bytes of the source, lengths UTF-16 units.

mod entity;
mod tag;
mod trim;

pub use entity::{Entity, EntityKind};
pub(super) use trim::trim;

use entity::{Found, Open};
use tag::{reference, start_tag};

/// Parses `source`; the error is what Telegram says after `can't parse entities: `.
///
/// # Errors
/// For what Telegram refuses.
pub fn parse(source: &str) -> Result<(String, Vec<Entity>), String> {
    let bytes = source.as_bytes();
    let mut text = String::with_capacity(source.len());
    let mut units = 0;
    let mut found = Found::default();
    let mut open: Vec<Open> = Vec::new();
    let mut broken = false;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'&'
            && let Some((code, end)) = reference(bytes, at)
        {
            // A lone surrogate cannot stand in a string; its place is kept, and all is refused at the end.
            let ch = char::from_u32(code).unwrap_or_else(|| {
                broken = true;
                char::REPLACEMENT_CHARACTER
            });
            text.push(ch);
            units += ch.len_utf16();
            at = end;
        } else if byte != b'<' {
            let ch = source[at..].chars().next().expect("`at` is inside of the source and on a character");
            text.push(ch);
            units += ch.len_utf16();
            at += ch.len_utf8();
        } else if bytes.get(at + 1) == Some(&b'/') {
            let end = end_tag(source, at, open.last())?;
            let tag = open.pop().expect("an end tag without a start was refused");
            if units > tag.offset {
                found.close(tag, units, &text)?;
            }
            at = end;
        } else {
            let (tag, end) = start_tag(source, at)?;
            open.push(Open { tag, offset: units, start: text.len() });
            at = end;
        }
    }
    if let Some(tag) = open.last() {
        return Err(format!("Can't find end tag corresponding to start tag \"{}\"", tag.tag.name));
    }
    if broken {
        return Err(
            "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units".to_owned()
        );
    }
    Ok((text, found.in_order()))
}

/// The end of the end tag at `at`, which must close `innermost`; a bare `</>` closes anything.
fn end_tag(source: &str, at: usize, innermost: Option<&Open>) -> Result<usize, String> {
    let innermost = innermost.ok_or_else(|| format!("Unexpected end tag at byte offset {at}"))?;
    let rest = &source[at + 2..];
    let name_end = rest.find(|ch: char| tag::is_space(ch) || ch == '>').unwrap_or(rest.len());
    let name = rest[..name_end].to_ascii_lowercase();
    let after = rest[name_end..].trim_start_matches(tag::is_space);
    if !after.starts_with('>') {
        return Err(format!("Unclosed end tag at byte offset {at}"));
    }
    let expected = &innermost.tag.name;
    if !name.is_empty() && name != *expected {
        return Err(format!("Unmatched end tag at byte offset {at}, expected \"</{expected}>\", found \"</{name}>\""));
    }
    Ok(source.len() - after.len() + 1)
}

#[cfg(test)]
mod tests;

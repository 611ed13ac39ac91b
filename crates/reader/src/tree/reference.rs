//! Character references in the forms that cannot be misread: `&amp;`, `&#39;`, and an `&` that begins none.

use html5ever::data::NAMED_ENTITIES;
use memchr::memchr;

/// Letters of the longest name.
const LONGEST: usize = 32;

/// Where a reference stands: in an address, `&copy=1` is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Text,
    Attribute,
}

/// What the `&` at the beginning of `html` stands for, one character or two, and how much it takes up. `None`: it is
/// doubtful.
pub(super) fn read(html: &str, place: Place) -> Option<([Option<char>; 2], usize)> {
    let after = html.strip_prefix('&')?;
    // Nearly all of them.
    if after.starts_with("amp;") {
        return Some(([Some('&'), None], "&amp;".len()));
    }
    if let Some(number) = after.strip_prefix('#') {
        let end = number.bytes().take(LONGEST).position(|byte| byte == b';')?;
        let digits = &number[..end];
        let value = match digits.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => digits.parse(),
        };
        // What a browser exchanges or refuses is left to the tokenizer.
        let fits = |value: &u32| matches!(value, 0x20..=0x7e | 0xa0..=0xfdcf) && !digits.contains('+');
        return Some(([char::from_u32(value.ok().filter(fits)?), None], end + 3)).filter(|(found, _)| found[0].is_some());
    }
    let name = after.bytes().take_while(u8::is_ascii_alphanumeric).take(LONGEST).count();
    match after.as_bytes().get(name) {
        Some(b';') if name > 0 => {
            let (first, second) = NAMED_ENTITIES.get(&after[..=name])?;
            let found = [*first, *second].map(|code| char::from_u32(code).filter(|ch| *ch != '\0'));
            found[0].is_some().then_some((found, name + 2))
        }
        Some(b'=') if place == Place::Attribute => Some(([Some('&'), None], 1)),
        _ if name == 0 => Some(([Some('&'), None], 1)),
        _ => None,
    }
}

/// `html` with its references resolved; `None` where one is doubtful.
pub(super) fn resolve(html: &str, place: Place) -> Option<String> {
    let mut resolved = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        resolved.push_str(&rest[..at]);
        let (found, length) = read(&rest[at..], place)?;
        resolved.extend(found.into_iter().flatten());
        rest = &rest[at + length..];
    }
    resolved.push_str(rest);
    Some(resolved)
}

//! Start tags and character references in Telegram's HTML.

/// The tags that exist.
const TAGS: &[&str] = &[
    "a",
    "b",
    "strong",
    "i",
    "em",
    "s",
    "strike",
    "del",
    "u",
    "ins",
    "tg-spoiler",
    "tg-emoji",
    "tg-time",
    "span",
    "pre",
    "code",
    "blockquote",
];

/// A start tag and the one thing that its attributes say.
#[derive(Debug, Default)]
pub(super) struct Tag {
    pub name: String,
    /// Address, language, spoiler, emoji, format of a time, or `1` for an expandable quotation.
    pub argument: String,
    /// What `tg-time` shows.
    pub unix: i64,
}

/// White space between the parts of a tag.
pub(super) fn is_space(ch: char) -> bool {
    matches!(ch, ' ' | '\t' | '\r' | '\n' | '\0' | '\u{b}')
}

/// Reads the start tag at `at` and gives the place behind it.
pub(super) fn start_tag(source: &str, at: usize) -> Result<(Tag, usize), String> {
    let unclosed = || format!("Unclosed start tag at byte offset {at}");
    let mut rest = &source[at + 1..];
    let name_end = rest.find(|ch: char| is_space(ch) || ch == '>').ok_or_else(unclosed)?;
    let mut tag = Tag { name: rest[..name_end].to_ascii_lowercase(), ..Tag::default() };
    if !TAGS.contains(&tag.name.as_str()) {
        return Err(format!("Unsupported start tag \"{}\" at byte offset {at}", tag.name));
    }
    let named_unclosed = format!("Unclosed start tag \"{}\" at byte offset {at}", tag.name);
    rest = rest[name_end..].trim_start_matches(is_space);
    while !rest.starts_with('>') {
        let name_end = rest.find(|ch: char| is_space(ch) || matches!(ch, '=' | '>' | '/' | '"' | '\'')).unwrap_or(rest.len());
        if name_end == 0 {
            return Err(format!("Empty attribute name in the tag \"{}\" at byte offset {at}", tag.name));
        }
        let name = &rest[..name_end];
        rest = rest[name_end..].trim_start_matches(is_space);
        if rest.is_empty() {
            return Err(named_unclosed);
        }
        let Some(after) = rest.strip_prefix('=') else {
            if tag.name == "blockquote" && name == "expandable" {
                "1".clone_into(&mut tag.argument);
            }
            continue;
        };
        rest = after.trim_start_matches(is_space);
        if rest.is_empty() {
            return Err(named_unclosed);
        }
        let (value, after) = attribute_value(source, rest)?;
        if after.is_empty() {
            return Err(unclosed());
        }
        tag.take(name, value);
        rest = after.trim_start_matches(is_space);
    }
    if tag.name == "span" && tag.argument != "spoiler" {
        return Err(format!("Tag \"span\" must have class \"tg-spoiler\" at byte offset {at}"));
    }
    Ok((tag, source.len() - rest.len() + 1))
}

/// A quoted value, or a bare one of letters, digits, dots and hyphens.
fn attribute_value<'a>(source: &str, rest: &'a str) -> Result<(String, &'a str), String> {
    let Some(quote) = rest.chars().next().filter(|ch| matches!(ch, '"' | '\'')) else {
        let end = rest.find(|ch: char| !(ch.is_ascii_alphanumeric() || matches!(ch, '.' | '-'))).unwrap_or(rest.len());
        // Running to the very end of the source is another error, the caller's.
        if rest[end..].starts_with(|ch: char| !is_space(ch) && ch != '>') {
            return Err(format!("Unexpected end of name token at byte offset {}", source.len() - rest.len()));
        }
        return Ok((rest[..end].to_ascii_lowercase(), &rest[end..]));
    };
    let inner = &rest[1..];
    let end = inner.find(quote).unwrap_or(inner.len());
    let after = inner[end..].strip_prefix(quote).unwrap_or_default();
    Ok((decode(&inner[..end]), after))
}

fn decode(value: &str) -> String {
    let mut decoded = String::with_capacity(value.len());
    let mut at = 0;
    while let Some(ch) = value[at..].chars().next() {
        match reference(value.as_bytes(), at) {
            Some((code, end)) if ch == '&' => {
                decoded.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                at = end;
            }
            _ => {
                decoded.push(ch);
                at += ch.len_utf8();
            }
        }
    }
    decoded
}

impl Tag {
    fn take(&mut self, attribute: &str, value: String) {
        match (self.name.as_str(), attribute) {
            ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "format") => self.argument = value,
            ("tg-time", "unix") => self.unix = leading_integer(&value),
            ("code", "class") => {
                if let Some(language) = value.strip_prefix("language-") {
                    language.clone_into(&mut self.argument);
                }
            }
            ("span", "class") => {
                if let Some(class) = value.strip_prefix("tg-") {
                    class.clone_into(&mut self.argument);
                }
            }
            ("blockquote", "expandable") => "1".clone_into(&mut self.argument),
            _ => (),
        }
    }
}

/// The number that `text` begins with, 0 for none.
fn leading_integer(text: &str) -> i64 {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let end = digits.find(|ch: char| !ch.is_ascii_digit()).unwrap_or(digits.len());
    let number: i64 = digits[..end].parse().unwrap_or(0);
    if text.starts_with('-') { -number } else { number }
}

/// The character that the reference at `at` stands for, and the place behind it. Only four names are
/// known; the semicolon may be missing; what is no reference stays as it is.
pub(super) fn reference(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
    let mut end = at + 1;
    let mut code: u32 = 0;
    if byte(end) == b'#' {
        end += 1;
        let radix = if byte(end) == b'x' { 16 } else { 10 };
        if radix == 16 {
            end += 1;
        }
        while let Some(digit) = char::from(byte(end)).to_digit(radix) {
            code = code.wrapping_mul(radix).wrapping_add(digit);
            end += 1;
        }
        if code == 0 || code >= 0x10_ffff || end - at >= 10 {
            return None;
        }
    } else {
        while byte(end).is_ascii_alphabetic() {
            end += 1;
        }
        code = match &bytes[at + 1..end] {
            b"lt" => '<',
            b"gt" => '>',
            b"amp" => '&',
            b"quot" => '"',
            _ => return None,
        } as u32;
    }
    Some((code, if byte(end) == b';' { end + 1 } else { end }))
}

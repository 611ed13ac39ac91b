//! A block of text, and how it is written while the page is walked: squeezed, with its bold and linked pieces.

use std::{borrow::Cow, ops::Range};

use super::words;
use crate::pattern::Pattern;
use crate::text;

/// Text between two breaks of the line.
pub struct Block {
    /// One squeezed NFC line.
    pub text: String,
    /// What [`text`](Self::text) is made of, in order and without gaps.
    pub pieces: Vec<Piece>,
    /// The elements around it that break text, from the body to the innermost; never empty.
    pub chain: Vec<usize>,
    /// Where it ends in the text of the page.
    pub end: usize,
    /// [`words::normal`] of the text.
    pub normal: String,
    pub words: usize,
    /// Characters of the text.
    pub length: usize,
    /// Those of them that are of dense scripts.
    pub dense: usize,
    /// Share of the text that is linked.
    pub linked: f32,
    pub links: usize,
    /// Share of the text in elements that stress it.
    pub stressed: f32,
}

/// A part of a block in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Bytes of the block's text.
    pub range: Range<usize>,
    pub style: Style,
    /// Index of the address that it links to.
    pub link: Option<usize>,
}

/// How a piece of text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style(u16);

impl Style {
    pub const BOLD: Self = Self(1);
    pub const ITALIC: Self = Self(2);
    pub const SUBSCRIPT: Self = Self(4);
    pub const SUPERSCRIPT: Self = Self(8);
    pub const CODE: Self = Self(16);
    pub const STRUCK: Self = Self(32);
    /// In an element that keeps its lines: `pre`.
    pub const LINES: Self = Self(256);
    /// The name of a place that its markup alone sets apart from the sentence behind it.
    pub const PLACE: Self = Self(512);
    const LINKED: Self = Self(64);
    /// In an element of stress or a heading, as the table of trees counts it.
    const STRESSED: Self = Self(128);

    /// This style inside an element.
    pub fn with(self, name: &str) -> Self {
        let added = match name {
            "b" | "strong" => Self::BOLD.0 | Self::STRESSED.0,
            "i" | "em" => Self::ITALIC.0 | Self::STRESSED.0,
            "cite" | "dfn" => Self::ITALIC.0,
            "sub" => Self::SUBSCRIPT.0,
            "sup" => Self::SUPERSCRIPT.0,
            "code" | "kbd" | "samp" | "tt" => Self::CODE.0,
            "s" | "del" | "strike" => Self::STRUCK.0,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Self::STRESSED.0,
            "a" => Self::LINKED.0,
            "pre" => Self::LINES.0,
            _ => 0,
        };
        Self(self.0 | added)
    }

    /// What a `style` attribute without spaces adds.
    pub fn add_css(&mut self, css: &str) {
        if ["font-weight:bold", "font-weight:600", "font-weight:700", "font-weight:800"].iter().any(|rule| css.contains(rule)) {
            self.0 |= Self::BOLD.0;
        } else if css.contains("font-weight:normal") || css.contains("font-weight:400") {
            self.0 &= !Self::BOLD.0;
        }
        if css.contains("font-style:italic") {
            self.0 |= Self::ITALIC.0;
        }
    }

    /// What the class of an element within a line adds: `<span class="location-stamp">`.
    pub fn add_class(&mut self, class: &str) {
        static PLACE: Pattern = Pattern::new("(?i-u)location|stamp|dateline|dia-?danh|dia-?diem");
        if PLACE.is_match(class) {
            self.0 |= Self::PLACE.0;
        }
    }

    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Bytes of text without markup that a person may have written in one go.
const LONG: usize = 20_000;
/// Characters in it that are escaped.
const MANY: usize = 1_000;

/// Whether so much of a long text has to be escaped that it takes the square of its length, as html5ever does it.
pub fn is_tangled(text: &str) -> bool {
    text.len() > LONG && text.bytes().filter(|byte| matches!(byte, b'&' | b'<' | b'>' | 0xc2)).count() > MANY
}

/// A long text in parts of a bearable length, cut at spaces where there are any.
pub fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let part = &rest[..rest.floor_char_boundary(LONG)];
        let end = if part.len() == rest.len() { part.len() } else { part.rfind(' ').map_or(part.len(), |space| space + 1) };
        let part = &rest[..end];
        rest = &rest[end..];
        (!part.is_empty()).then_some(part)
    })
}

impl Block {
    /// Characters of the text, those of dense scripts counted three times.
    pub fn weight(&self) -> f32 {
        (self.length + 2 * self.dense) as f32
    }

    /// The element around the innermost one, or that one where there is no other.
    pub fn parent(&self) -> usize {
        self.second_innermost().unwrap_or(self.chain[0])
    }

    pub fn second_innermost(&self) -> Option<usize> {
        self.chain.len().checked_sub(2).map(|level| self.chain[level])
    }

    pub fn innermost(&self) -> usize {
        self.chain[self.chain.len() - 1]
    }

    /// Takes the first bytes away.
    pub fn cut_beginning(&mut self, bytes: usize) {
        if bytes == 0 {
            return;
        }
        self.text.drain(..bytes);
        for piece in &mut self.pieces {
            piece.range = piece.range.start.saturating_sub(bytes)..piece.range.end.saturating_sub(bytes);
        }
        self.pieces.retain(|piece| !piece.range.is_empty());
        self.normal = words::normal(&self.text);
        self.words = self.normal.split(' ').count();
        self.length = self.text.chars().count();
    }

    /// Share of the text that is set in `style`.
    pub fn share_in(&self, style: Style) -> f32 {
        let bytes: usize = self.pieces.iter().filter(|piece| piece.style.has(style)).map(|piece| piece.range.len()).sum();
        bytes as f32 / self.text.len().max(1) as f32
    }
}

/// The block that is being written.
#[derive(Default)]
pub struct Writer {
    text: String,
    pieces: Vec<Piece>,
    linked: usize,
    stressed: usize,
    links: usize,
}

impl Writer {
    pub fn push(&mut self, raw: &str, style: Style, link: Option<usize>) {
        if self.ends_with_place(style) && raw.starts_with(char::is_uppercase) {
            self.push(" ", style, link);
        }
        let start = self.text.len();
        let raw = if text::is_composed(raw) { Cow::Borrowed(raw) } else { Cow::Owned(text::clean(raw)) };
        if style.has(Style::LINES) {
            self.push_lines(&raw);
        } else {
            self.push_squeezed(&raw);
        }
        if style.has(Style::LINKED) || style.has(Style::STRESSED) {
            let added = self.text[start..].trim().chars().count();
            self.linked += if style.has(Style::LINKED) { added } else { 0 };
            self.stressed += if style.has(Style::STRESSED) { added } else { 0 };
        }
        let range = start..self.text.len();
        match self.pieces.last_mut() {
            Some(last) if last.style == style && last.link == link => last.range.end = range.end,
            _ if range.is_empty() => (),
            _ => self.pieces.push(Piece { range, style, link }),
        }
    }

    /// Runs of white space become one space; what no feed may carry and no reader sees goes.
    fn push_squeezed(&mut self, text: &str) {
        self.text.reserve(text.len());
        let mut rest = text;
        while !rest.is_empty() {
            let (plain, other) = rest.split_at(rest.bytes().take_while(|byte| matches!(byte, b'!'..=b'~')).count());
            self.text.push_str(plain);
            let Some(ch) = other.chars().next() else { break };
            rest = &other[ch.len_utf8()..];
            match ch {
                _ if ch.is_whitespace() => {
                    if self.text.bytes().next_back().is_some_and(|last| last != b' ') {
                        self.text.push(' ');
                    }
                }
                _ if is_unseen(ch) => (),
                _ => self.text.push(ch),
            }
        }
    }

    /// Lines and the spaces in them as they are.
    fn push_lines(&mut self, text: &str) {
        for ch in text.chars() {
            match ch {
                _ if ch.is_whitespace() && self.text.is_empty() => (),
                '\n' => self.text.push('\n'),
                _ if ch.is_whitespace() => self.text.push(' '),
                _ if is_unseen(ch) => (),
                _ => self.text.push(ch),
            }
        }
    }

    /// Whether the last piece is the name of a place and what follows in `style` is not.
    fn ends_with_place(&self, style: Style) -> bool {
        let is_place = self.pieces.last().is_some_and(|last| last.style.has(Style::PLACE)) && !style.has(Style::PLACE);
        is_place && self.text.ends_with(char::is_lowercase)
    }

    /// An element that links begins here.
    pub fn count_link(&mut self) {
        self.links += 1;
    }

    pub fn has_words(&self) -> bool {
        self.text.chars().any(words::is_word)
    }

    /// The block as written so far, if it says anything; the next one begins.
    pub fn finish(&mut self, chain: &[usize], end: usize) -> Option<Block> {
        let Self { mut text, mut pieces, linked, stressed, links } = std::mem::take(self);
        text.truncate(text.trim_end().len());
        if text.is_empty() {
            return None;
        }
        let normal = words::normal(&text);
        if normal.is_empty() || chain.is_empty() {
            return None;
        }
        for piece in &mut pieces {
            piece.range = piece.range.start.min(text.len())..piece.range.end.min(text.len());
        }
        pieces.retain(|piece| !piece.range.is_empty());
        let length = text.chars().count();
        Some(Block {
            words: normal.bytes().filter(|byte| *byte == b' ').count() + 1,
            linked: linked as f32 / length as f32,
            stressed: stressed as f32 / length as f32,
            chain: chain.to_vec(),
            end,
            length,
            dense: if text.is_ascii() { 0 } else { text.chars().filter(|ch| words::is_dense(*ch)).count() },
            normal,
            links,
            pieces,
            text,
        })
    }
}

/// Controls, marks that turn the direction of writing, zero-width spaces and soft hyphens.
fn is_unseen(ch: char) -> bool {
    match ch {
        '\u{0}'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{ad}'
        | '\u{200b}'
        | '\u{2060}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}'
        | '\u{fdd0}'..='\u{fdef}' => true,
        _ => (ch as u32) & 0xfffe == 0xfffe,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_is_dear_to_escape_is_cut() {
        let text = "A & B ".repeat(5_000);
        assert!(is_tangled(&text) && !is_tangled(&text[..12_000]) && !is_tangled(&"chữ ".repeat(20_000)));
        let parts: Vec<&str> = parts(&text).collect();
        assert_eq!((parts.concat(), parts.len()), (text, 2));
    }

    #[test]
    fn pieces_cover_the_squeezed_text() {
        let mut writer = Writer::default();
        let plain = Style::default();
        writer.push("  Chiều\n ", plain, None);
        writer.push(" 17-1, ", plain.with("b"), None);
        writer.push("Hội nghi\u{323} \u{2028}", plain.with("a"), Some(3));
        let block = writer.finish(&[0], 0).unwrap();
        assert_eq!(block.text, "Chiều 17-1, Hội nghị");
        let pieces: Vec<_> = block.pieces.iter().map(|piece| &block.text[piece.range.clone()]).collect();
        assert_eq!(pieces, ["Chiều ", "17-1, ", "Hội nghị"]);
        assert_eq!(block.pieces[2].link, Some(3));
        assert_eq!(block.share_in(Style::BOLD), 6.0 / block.text.len() as f32);
        assert_eq!(block.words, 5);
        assert!(writer.finish(&[0], 0).is_none());
    }
}

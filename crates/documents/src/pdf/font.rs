//! A font of a PDF: what its codes say, and how wide they are (ISO 32000-1, 9.6 and 9.7).

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Encoding, Object};

/// Codes whose widths are listed.
const WIDTHS: usize = 70_000;
/// The width of a letter whose font does not say it, in thousandths of its size.
const USUAL: f32 = 500.0;
/// The same of a font with codes of two bytes (9.7.4.3).
const USUAL_OF_TWO: f32 = 1_000.0;

pub struct Font<'d> {
    encoding: Encoding<'d>,
    /// Bytes of a code.
    code: usize,
    widths: HashMap<u32, f32>,
    usual: f32,
}

impl<'d> Font<'d> {
    /// `None` where it cannot be told what its codes say. What it unpacks is no more than `most` bytes.
    pub fn of(document: &'d Document, font: &'d Dictionary, most: usize) -> Option<Self> {
        let is_composite = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Type0");
        if is_composite && font.get_deref(b"ToUnicode", document).is_err() {
            // Codes of glyphs say nothing.
            return None;
        }
        let encoding = font.get_font_encoding_with_limit(document, most).ok()?;
        let (widths, usual) = if is_composite { composite_widths(document, font) } else { simple_widths(document, font) };
        Some(Self { encoding, code: if is_composite { 2 } else { 1 }, widths, usual })
    }

    /// What these codes say; how far they reach, in thousandths of the size; how many they are, and how many of them
    /// are spaces of one byte.
    pub fn read(&self, codes: &[u8]) -> (String, f32, usize, usize) {
        let words = Document::decode_text(&self.encoding, codes).unwrap_or_default();
        let number = |code: &[u8]| code.iter().fold(0, |number, byte| number << 8 | u32::from(*byte));
        let width = |code: &[u8]| self.widths.get(&number(code)).copied().unwrap_or(self.usual);
        let advance = codes.chunks(self.code).map(width).sum();
        let spaces = if self.code == 1 { codes.iter().filter(|code| **code == b' ').count() } else { 0 };
        (words, advance, codes.len().div_ceil(self.code), spaces)
    }
}

/// The font by its table to Unicode alone, where it has one and names its glyphs itself: what the table says comes
/// before what they are called (9.10.2).
pub fn by_unicode(document: &Document, font: &Dictionary) -> Dictionary {
    let mut font = font.clone();
    let has_table = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream).is_ok();
    let names_glyphs = font.get_deref(b"Encoding", document).and_then(Object::as_dict).is_ok();
    if has_table && names_glyphs {
        font.remove(b"Encoding");
    }
    font
}

/// `FirstChar`, and `Widths` from there on.
fn simple_widths(document: &Document, font: &Dictionary) -> (HashMap<u32, f32>, f32) {
    let first = font.get_deref(b"FirstChar", document).and_then(Object::as_i64).ok().and_then(|first| u32::try_from(first).ok());
    let widths = font.get_deref(b"Widths", document).and_then(Object::as_array).ok();
    let widths = first.zip(widths).map(|(first, widths)| {
        let widths = widths.iter().take(256).map(|width| number(document, width).unwrap_or(USUAL));
        (first..).zip(widths).collect()
    });
    (widths.unwrap_or_default(), USUAL)
}

/// `DW`, and `W`: a code with a list of widths from it on, or two codes and the width of all between them.
fn composite_widths(document: &Document, font: &Dictionary) -> (HashMap<u32, f32>, f32) {
    let of_descendant = || {
        let descendants = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok()?;
        document.dereference(descendants.first()?).ok()?.1.as_dict().ok()
    };
    let Some(descendant) = of_descendant() else { return (HashMap::new(), USUAL_OF_TWO) };
    let usual = descendant.get_deref(b"DW", document).ok().and_then(|width| number(document, width)).unwrap_or(USUAL_OF_TWO);
    let mut widths = HashMap::new();
    let listed = descendant.get_deref(b"W", document).and_then(Object::as_array).map_or(&[][..], Vec::as_slice);
    let mut rest = listed;
    while let [first, next, ..] = rest
        && widths.len() < WIDTHS
    {
        let code = |object: &Object| number(document, object).map(|code| code.max(0.0) as u32);
        let Some(from) = code(first) else { break };
        let next = document.dereference(next).map_or(next, |(_, object)| object);
        if let Ok(each) = next.as_array() {
            widths.extend((from..).zip(each.iter().take(WIDTHS)).filter_map(|(code, width)| Some((code, number(document, width)?))));
            rest = &rest[2..];
        } else {
            let (Some(last), Some(width)) = (code(next), rest.get(2).and_then(|width| number(document, width))) else { break };
            widths.extend((from..=last).take(WIDTHS).map(|code| (code, width)));
            rest = &rest[3..];
        }
    }
    (widths, usual)
}

fn number(document: &Document, object: &Object) -> Option<f32> {
    document.dereference(object).ok()?.1.as_float().ok()
}

//! PDF: the text of its pages, by what their contents draw (ISO 32000-1, 9.4). Forms that a page shows are read with
//! it.

mod font;

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, LoadOptions, Object, content::Content};

use crate::{
    layout::{self, Piece},
    text::{Error, Growing, Text},
};
use font::Font;

/// Pages that are read.
const PAGES: usize = 60;
/// Bytes to which one stream of objects may be unpacked.
const OBJECTS: usize = 2_000_000;
/// Bytes of what a page draws, a form, and the table of a font: an operation of two bytes takes some 400 in memory.
const CONTENT: usize = 400_000;
const FORM: usize = 100_000;
const TABLE: usize = 200_000;
/// All that is drawn of one document, and what a font counts of it, as it is read again for each page.
const ALL: usize = 12_000_000;
const FONT: usize = 12_500;
/// Fonts of a page, and states that are kept while another one holds.
const FONTS: usize = 50;
const SAVED: usize = 50;
/// Pieces of text on one page.
const PIECES: usize = 20_000;
/// Forms within forms.
const DEEP: usize = 2;

pub fn read(bytes: &[u8]) -> Result<Text, Error> {
    let options = LoadOptions { max_decompressed_size: Some(OBJECTS), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(|why| of_library(&why))?;
    if document.is_encrypted() {
        return Err(Error::Locked);
    }
    let (mut text, mut broken) = (Growing::default(), None);
    let mut left = ALL;
    let pages: Vec<_> = document.get_pages().into_values().collect();
    for page in pages.iter().take(PAGES) {
        if !text.is_open() {
            break;
        }
        // A page that is broken costs its own text.
        let content = match document.get_page_content_with_limit(*page, CONTENT) {
            Ok(content) => content,
            Err(why) => {
                broken.get_or_insert_with(|| of_library(&why));
                continue;
            }
        };
        let fonts = document.get_page_fonts(*page).unwrap_or_default();
        let fonts = prepared(&document, fonts.iter().map(|(name, font)| (name, *font)));
        let mut drawing = Drawing { document: &document, pieces: Vec::new(), left };
        let forms = document.get_page_resources(*page).map(|(own, inherited)| forms_of(&document, own, &inherited)).unwrap_or_default();
        drawing.draw(&content, &Resources { fonts: read_fonts(&document, &fonts), forms }, Matrix::ONE, 0);
        left = drawing.left.saturating_sub(fonts.len() * FONT);
        layout::paragraphs(drawing.pieces).iter().for_each(|paragraph| text.paragraph(paragraph));
    }
    text.text.is_cut |= pages.len() > PAGES;
    match broken {
        Some(why) if text.text.parts.is_empty() => Err(why),
        _ => Ok(text.text),
    }
}

fn of_library(why: &lopdf::Error) -> Error {
    match why {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) | lopdf::Error::UnsupportedSecurityHandler(_) => Error::Locked,
        lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => Error::TooLarge,
        other => Error::Damaged(other.to_string()),
    }
}

/// What a content names.
struct Resources<'d> {
    fonts: BTreeMap<Vec<u8>, Font<'d>>,
    forms: BTreeMap<Vec<u8>, &'d lopdf::Stream>,
}

fn prepared<'f>(document: &Document, fonts: impl Iterator<Item = (&'f Vec<u8>, &'f Dictionary)>) -> BTreeMap<Vec<u8>, Dictionary> {
    fonts.take(FONTS).map(|(name, font)| (name.clone(), font::by_unicode(document, font))).collect()
}

fn read_fonts<'d>(document: &'d Document, fonts: &'d BTreeMap<Vec<u8>, Dictionary>) -> BTreeMap<Vec<u8>, Font<'d>> {
    fonts.iter().filter_map(|(name, font)| Some((name.clone(), Font::of(document, font, TABLE)?))).collect()
}

fn forms_of<'d>(document: &'d Document, own: Option<&'d Dictionary>, others: &[lopdf::ObjectId]) -> BTreeMap<Vec<u8>, &'d lopdf::Stream> {
    let others = others.iter().filter_map(|id| document.get_dictionary(*id).ok());
    let mut forms = BTreeMap::new();
    for resources in own.into_iter().chain(others) {
        let Ok(named) = resources.get_deref(b"XObject", document).and_then(Object::as_dict) else { continue };
        for (name, object) in named.iter() {
            let stream = document.dereference(object).ok().and_then(|(_, object)| object.as_stream().ok());
            let form = stream.filter(|stream| stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Form"));
            if let Some(form) = form {
                forms.entry(name.clone()).or_insert(form);
            }
        }
    }
    forms
}

/// `x' = ax + cy + e`, `y' = bx + dy + f` (8.3.4).
#[derive(Debug, Clone, Copy)]
struct Matrix([f32; 6]);

impl Matrix {
    const ONE: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    fn of(numbers: &[f32]) -> Option<Self> {
        numbers.try_into().ok().map(Self)
    }

    /// First this one, then the other.
    fn then(self, other: Self) -> Self {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, other.0);
        Self([a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l])
    }

    fn moved(self, x: f32, y: f32) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y]).then(self)
    }
}

/// The state of text that a content sets (9.3).
#[derive(Debug, Clone)]
struct State {
    page: Matrix,
    font: Vec<u8>,
    size: f32,
    /// Between letters, and at spaces besides.
    letter_space: f32,
    word_space: f32,
    stretch: f32,
    leading: f32,
}

struct Drawing<'d> {
    document: &'d Document,
    pieces: Vec<Piece>,
    /// Bytes that may still be drawn.
    left: usize,
}

impl<'d> Drawing<'d> {
    fn draw(&mut self, content: &[u8], resources: &Resources<'_>, page: Matrix, depth: usize) {
        let Some(left) = self.left.checked_sub(content.len()) else { return };
        self.left = left;
        let Ok(Content { operations }) = Content::decode(content) else { return };
        let mut state = State { page, font: Vec::new(), size: 0.0, letter_space: 0.0, word_space: 0.0, stretch: 1.0, leading: 0.0 };
        let mut saved: Vec<State> = Vec::new();
        let (mut text, mut line) = (Matrix::ONE, Matrix::ONE);
        for operation in operations {
            if self.pieces.len() >= PIECES {
                return;
            }
            let numbers: Vec<f32> = operation.operands.iter().filter_map(|operand| operand.as_float().ok()).collect();
            let number = |at: usize| numbers.get(at).copied().unwrap_or_default();
            match operation.operator.as_str() {
                "q" if saved.len() < SAVED => saved.push(state.clone()),
                "Q" => state = saved.pop().unwrap_or(state),
                "cm" => state.page = Matrix::of(&numbers).map_or(state.page, |matrix| matrix.then(state.page)),
                "BT" => (text, line) = (Matrix::ONE, Matrix::ONE),
                "Tc" => state.letter_space = number(0),
                "Tw" => state.word_space = number(0),
                "Tz" => state.stretch = number(0) / 100.0,
                "TL" => state.leading = number(0),
                "Tf" => {
                    state.font = operation.operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default().to_vec();
                    state.size = number(0);
                }
                "Td" | "TD" => {
                    if operation.operator == "TD" {
                        state.leading = -number(1);
                    }
                    line = line.moved(number(0), number(1));
                    text = line;
                }
                "Tm" => (text, line) = Matrix::of(&numbers).map_or((text, line), |matrix| (matrix, matrix)),
                "T*" => {
                    line = line.moved(0.0, -state.leading);
                    text = line;
                }
                "'" | "\"" => {
                    if operation.operator == "\"" {
                        (state.word_space, state.letter_space) = (number(0), number(1));
                    }
                    line = line.moved(0.0, -state.leading);
                    text = self.show(&operation.operands, &state, resources, line);
                }
                "Tj" | "TJ" => text = self.show(&operation.operands, &state, resources, text),
                "Do" if depth < DEEP => {
                    let form = operation.operands.first().and_then(|name| name.as_name().ok()).and_then(|name| resources.forms.get(name));
                    if let Some(form) = form {
                        self.form(form, resources, state.page, depth);
                    }
                }
                _ => (),
            }
        }
    }

    /// A form has a content and, mostly, resources of its own (8.10).
    fn form(&mut self, form: &lopdf::Stream, outer: &Resources<'_>, page: Matrix, depth: usize) {
        let Ok(content) = form.decompressed_content_with_limit(FORM) else { return };
        let matrix = form.dict.get(b"Matrix").and_then(Object::as_array).ok();
        let numbers: Vec<f32> = matrix.into_iter().flatten().filter_map(|number| number.as_float().ok()).collect();
        let page = Matrix::of(&numbers).unwrap_or(Matrix::ONE).then(page);
        match form.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict) {
            Ok(own) => {
                let fonts = own.get_deref(b"Font", self.document).and_then(Object::as_dict).ok();
                let fonts = fonts.into_iter().flat_map(|fonts| fonts.iter());
                let fonts = fonts.filter_map(|(name, font)| Some((name, self.document.dereference(font).ok()?.1.as_dict().ok()?)));
                let fonts = prepared(self.document, fonts);
                let forms = forms_of(self.document, Some(own), &[]);
                let resources = Resources { fonts: read_fonts(self.document, &fonts), forms };
                self.draw(&content, &resources, page, depth + 1);
            }
            Err(_) => self.draw(&content, outer, page, depth + 1),
        }
    }

    /// Shows strings, with the distances between them; where the text goes on.
    fn show(&mut self, operands: &[Object], state: &State, resources: &Resources<'_>, mut text: Matrix) -> Matrix {
        let Some(font) = resources.fonts.get(&state.font) else { return text };
        let shown = operands.iter().flat_map(|operand| match operand {
            Object::Array(parts) => parts.as_slice(),
            other => std::slice::from_ref(other),
        });
        for part in shown {
            if let Object::String(codes, _) = part {
                let (words, advance, letters, spaces) = font.read(codes);
                let spacing = state.letter_space * letters as f32 + state.word_space * spaces as f32;
                let width = (advance / 1000.0 * state.size + spacing) * state.stretch;
                self.add(words, width, state, text);
                text = text.moved(width, 0.0);
            } else if let Ok(distance) = part.as_float() {
                text = text.moved(-distance / 1000.0 * state.size * state.stretch, 0.0);
            }
        }
        text
    }

    fn add(&mut self, words: String, width: f32, state: &State, text: Matrix) {
        let [a, b, c, d, x, y] = text.then(state.page).0;
        // What stands upright beside the page is a stamp or a mark on it.
        let is_level = b.abs() <= 0.1 * a.abs();
        if is_level && !words.is_empty() {
            let (across, up) = (a.hypot(b), c.hypot(d));
            self.pieces.push(Piece { x, y, width: width * across, size: (state.size * up).abs(), words });
        }
    }
}

#[cfg(test)]
mod tests;

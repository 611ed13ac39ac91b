//! What a document says, and how much of it is taken.

use unicode_normalization::UnicodeNormalization as _;

/// Bytes to which all that is packed in a document may be unpacked.
pub const UNPACKED: usize = 24_000_000;
/// Bytes of text that are taken of a document.
const TEXT: usize = 400_000;

/// A part of a document, its text NFC and squeezed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Paragraph(String),
    /// Rows of cells.
    Table(Vec<Vec<String>>),
}

/// What a document says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    pub parts: Vec<Part>,
    /// It says more than was taken.
    pub is_cut: bool,
}

/// Why there is no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("it is neither a PDF nor a DOCX document")]
    Unknown,
    #[error("it cannot be opened without a password")]
    Locked,
    #[error("it has no text: its pages are pictures")]
    Pictures,
    #[error("it unpacks to more than documents of its kind do")]
    TooLarge,
    #[error("it is damaged")]
    /// How, in the words of whoever reads its format.
    Damaged(String),
}

/// A text that grows to a bound.
#[derive(Default)]
pub struct Growing {
    pub text: Text,
    length: usize,
}

impl Growing {
    /// Whether there is room for more.
    pub fn is_open(&self) -> bool {
        !self.text.is_cut
    }

    pub fn paragraph(&mut self, words: &str) {
        let words = squeezed(words);
        if !words.is_empty() && self.has_room(words.len()) {
            self.text.parts.push(Part::Paragraph(words));
        }
    }

    /// Rows without any words are left out; one cell alone is a paragraph.
    pub fn table(&mut self, rows: Vec<Vec<String>>) {
        let rows: Vec<Vec<String>> = rows.into_iter().map(|row| row.iter().map(|cell| squeezed(cell)).collect()).collect();
        let rows: Vec<Vec<String>> = rows.into_iter().filter(|row: &Vec<String>| row.iter().any(|cell| !cell.is_empty())).collect();
        let length = rows.iter().flatten().map(String::len).sum();
        match rows.as_slice() {
            [] => (),
            [row] if row.len() == 1 => self.paragraph(&row[0]),
            _ if self.has_room(length) => self.text.parts.push(Part::Table(rows)),
            _ => (),
        }
    }

    fn has_room(&mut self, length: usize) -> bool {
        self.length += length;
        self.text.is_cut |= self.length > TEXT;
        !self.text.is_cut
    }
}

/// One line of words with single spaces, NFC, without characters that nobody sees.
fn squeezed(words: &str) -> String {
    let seen = words.chars().filter(|letter| !matches!(letter, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{fffd}'));
    let spaced: String = seen.map(|letter| if letter.is_control() { ' ' } else { letter }).nfc().collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

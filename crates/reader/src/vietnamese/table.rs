//! A charset with a byte for each letter, which leaves ASCII where it is but for a few controls.

/// What the bytes mean.
#[derive(Debug)]
pub struct Table {
    /// What the charset is called in messages.
    pub name: &'static str,
    /// Controls that are letters here.
    pub low: &'static [(u8, char)],
    /// From 0x80.
    pub high: [char; 128],
}

impl Table {
    /// The text of `bytes`, a character each; nothing is illegal.
    pub fn decode(&self, bytes: &[u8]) -> String {
        bytes.iter().map(|byte| self.letter(*byte)).collect()
    }

    /// The character of one byte.
    pub fn letter(&self, byte: u8) -> char {
        match byte.checked_sub(0x80) {
            Some(at) => self.high[usize::from(at)],
            None => self.low.iter().find(|(low, _)| *low == byte).map_or(char::from(byte), |(_, letter)| *letter),
        }
    }
}

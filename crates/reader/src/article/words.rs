//! Words and runs of four words, by which two texts are compared without regard to markup.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use unicode_normalization::char::is_combining_mark;

/// Words that are compared together.
pub const RUN: usize = 4;

/// Letters, digits and `_`. Vowel signs part a word: the table of trees has learned with words counted so.
pub fn is_word(ch: char) -> bool {
    if ch.is_ascii() {
        return ch.is_ascii_alphanumeric() || ch == '_';
    }
    is_usual_letter(ch) || (ch.is_alphanumeric() && !is_combining_mark(ch))
}

/// Letters of the scripts that most pages are in, told without a search in tables.
pub fn is_usual_letter(ch: char) -> bool {
    matches!(ch, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' | 'Ѐ'..='ҁ' | '\u{1e00}'..='\u{1eff}' | '\u{4e00}'..='\u{9fff}' | '가'..='힣')
}

/// The words of `text` as written.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|ch| !is_word(ch)).filter(|word| !word.is_empty())
}

/// Lower-case words with one space between them: what two spellings of a headline have in common.
pub fn normal(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in words(text) {
        if !line.is_empty() {
            line.push(' ');
        }
        if word.is_ascii() {
            let start = line.len();
            line.push_str(word);
            line[start..].make_ascii_lowercase();
        } else {
            line.extend(word.chars().flat_map(char::to_lowercase));
        }
    }
    line
}

/// Whether a text of some length is English: by its commonest words, which no other language has all of.
pub fn is_english<'a>(texts: impl Iterator<Item = &'a str>) -> Option<bool> {
    let (mut all, mut common) = (0, 0);
    for word in texts.flat_map(words).take(3_000) {
        all += 1;
        common += usize::from(["the", "and", "of", "to", "is", "that", "for", "with"].contains(&word));
    }
    (all >= 60).then_some(common * 20 > all)
}

/// Characters of scripts that write a word in one or two of them: Han, Kana, Hangul, Thai.
pub fn is_dense(ch: char) -> bool {
    matches!(ch, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{e00}'..='\u{e7f}')
}

/// A map whose keys are numbers that need no further spreading.
pub type ByNumber<Key, Value> = HashMap<Key, Value, BuildHasherDefault<Ready>>;

/// How often each run of four words occurs in a text.
#[derive(Default)]
pub struct Runs(ByNumber<u64, u32>);

impl Runs {
    pub fn of(text: &str) -> Self {
        let mut counts = ByNumber::default();
        for run in runs(text) {
            *counts.entry(run).or_default() += 1;
        }
        Self(counts)
    }

    /// The share of `text`'s runs that are here too, from 0 to 1.
    pub fn share_of(&self, text: &str) -> f32 {
        if self.0.is_empty() {
            return 0.0;
        }
        let mut own = runs(text);
        own.sort_unstable();
        let in_both = |same: &[u64]| self.0.get(&same[0]).map_or(0, |count| same.len().min(*count as usize));
        let shared: usize = own.chunk_by(u64::eq).map(in_both).sum();
        if own.is_empty() { 0.0 } else { shared as f32 / own.len() as f32 }
    }
}

/// One number a run; a text shorter than a run is one run.
fn runs(text: &str) -> Vec<u64> {
    let hashes: Vec<u64> = words(text).map(hash).collect();
    if hashes.is_empty() {
        return Vec::new();
    }
    hashes.windows(RUN.min(hashes.len())).map(run).collect()
}

/// One number for several words, each given as its [`hash`].
pub fn run(words: &[u64]) -> u64 {
    words.iter().fold(0, |all, word| mix(all.rotate_left(5) ^ word))
}

/// A number for a string, eight bytes at a time: the same on every machine and in every run.
pub fn hash(word: &str) -> u64 {
    let parts = word.as_bytes().chunks(8).map(|part| {
        let mut bytes = [0; 8];
        bytes[..part.len()].copy_from_slice(part);
        u64::from_le_bytes(bytes)
    });
    parts.fold(mix(0xcbf2_9ce4_8422_2325 ^ word.len() as u64), |hash, part| mix(hash ^ part))
}

fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 29)
}

/// Passes on numbers that are hashes already, and spreads others.
#[derive(Default)]
pub struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = mix(self.0 ^ u64::from(*byte));
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn write_usize(&mut self, number: usize) {
        self.0 = mix(number as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_marks_and_case_do_not_matter_for_headlines() {
        assert_eq!(normal(" “Đà Nẵng”: KÝ kết – 2024! "), "đà nẵng ký kết 2024");
        assert_eq!(words("a_b c-d").collect::<Vec<_>>(), ["a_b", "c", "d"]);
    }

    #[test]
    fn usual_letters_are_letters() {
        for ch in ('\0'..=char::MAX).filter(|ch| is_usual_letter(*ch)) {
            assert!(ch.is_alphabetic() && !is_combining_mark(ch), "{ch:?}");
        }
    }

    #[test]
    fn the_share_of_a_text_in_another_is_counted_in_runs() {
        let whole = Runs::of("một hai ba bốn năm sáu bảy");
        assert_eq!(whole.share_of("hai ba bốn năm"), 1.0);
        assert_eq!(whole.share_of("hai ba bốn tám"), 0.0);
        assert_eq!(whole.share_of("ba bốn năm sáu chín"), 0.5);
        assert_eq!(Runs::of("").share_of("một hai ba bốn"), 0.0);
        assert_eq!(whole.share_of(""), 0.0);
    }
}

//! A text cut into numbers, words and marks, without regard to case, accents and kinds of white space.
//!
//! Each token knows where it stands in the text as it was given, so that a date that is found can be cut out of it.

use std::ops::Range;

use unicode_normalization::{
    UnicodeNormalization,
    char::{decompose_canonical, is_combining_mark},
};

use super::language;
use crate::text::bare_letter;

/// Bytes of a text that are looked at: a stamp stands near the beginning of what is asked about.
const LOOKED_AT: usize = 10_000;

/// Tokens between the first word of a date and its first number: the month's second word, a mark and white space.
const BEFORE_NUMBER: usize = 8;

/// From here on every character is a word of its own: CJK and Hangul, which write no spaces.
const FIRST_IDEOGRAPH: char = '\u{2e80}';

/// What a text is cut into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// Digits: their value, and how many there are.
    Number { value: u64, digits: u8 },
    /// Letters; [`Tokens::word`] has them.
    Word,
    /// Any other character.
    Mark(char),
    /// A run of white space.
    Space,
}

/// A text with its tokens, counted from 0.
pub(super) struct Tokens<'t> {
    text: &'t str,
    folded: String,
    /// A token, its place in `folded`, and its place in the given text.
    list: Vec<(Token, Range<usize>, Range<usize>)>,
}

impl<'t> Tokens<'t> {
    /// Cuts the beginning of `text`, 10,000 bytes at most.
    pub(super) fn of(text: &'t str) -> Self {
        let text = &text[..text.floor_char_boundary(LOOKED_AT)];
        let mut tokens = Self { text, folded: String::with_capacity(text.len()), list: Vec::with_capacity(text.len() / 4) };
        let mut at = 0;
        while let Some(ch) = text[at..].chars().next() {
            if ch.is_ascii_alphabetic() {
                let letters = text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
                tokens.push_letters(at..at + letters);
                at += letters;
                continue;
            }
            let end = at + ch.len_utf8();
            if ch.is_ascii() {
                tokens.push(ch.to_ascii_lowercase(), at..end);
            } else if let Some(letter) = bare_letter(ch) {
                let start = tokens.folded.len();
                tokens.folded.push(letter);
                tokens.push_word(start..start + 1, at..end);
            } else if ch < FIRST_IDEOGRAPH {
                decompose_canonical(ch, |part| {
                    for ch in part.to_lowercase().filter_map(plain) {
                        tokens.push(ch, at..end);
                    }
                });
            } else {
                tokens.push(narrow(ch), at..end);
            }
            at = end;
        }
        tokens
    }

    /// The same as [`Tokens::push`] with each of these ASCII letters.
    fn push_letters(&mut self, place: Range<usize>) {
        let start = self.folded.len();
        self.folded.push_str(&self.text[place.clone()]);
        self.folded[start..].make_ascii_lowercase();
        self.push_word(start..self.folded.len(), place);
    }

    /// Letters that go on from those before them, if there are any.
    fn push_word(&mut self, letters: Range<usize>, place: Range<usize>) {
        match self.list.last_mut() {
            // An accent that was dropped leaves a gap in the given text but not in the word.
            Some((Token::Word, inner, outer)) if !self.folded[inner.clone()].starts_with(is_ideograph) => {
                inner.end = letters.end;
                outer.end = place.end;
            }
            _ => self.list.push((Token::Word, letters, place)),
        }
    }

    fn push(&mut self, ch: char, place: Range<usize>) {
        let start = self.folded.len();
        self.folded.push(ch);
        let end = self.folded.len();
        let last = self.list.last_mut();
        if let Some(digit) = digit(ch) {
            match last {
                Some((Token::Number { value, digits }, inner, outer)) if outer.end == place.start && *digits < 18 => {
                    *value = *value * 10 + u64::from(digit);
                    *digits += 1;
                    inner.end = end;
                    outer.end = place.end;
                }
                _ => self.list.push((Token::Number { value: digit.into(), digits: 1 }, start..end, place)),
            }
        } else if is_ideograph(ch) && ch.is_alphabetic() {
            self.list.push((Token::Word, start..end, place));
        } else if ch.is_alphabetic() {
            self.push_word(start..end, place);
        } else if ch.is_whitespace() {
            match last {
                Some((Token::Space, _, outer)) => outer.end = place.end,
                _ => self.list.push((Token::Space, start..end, place)),
            }
        } else {
            self.list.push((Token::Mark(ch), start..end, place));
        }
    }

    /// Whether a number follows the word `at` closely enough to be of the date that begins with it.
    pub(super) fn is_before_number(&self, at: usize) -> bool {
        self.list.iter().skip(at + 1).take(BEFORE_NUMBER).any(|(token, ..)| matches!(token, Token::Number { .. }))
    }

    /// The number of tokens.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The token at `at`.
    pub(super) fn get(&self, at: usize) -> Option<Token> {
        self.list.get(at).map(|(token, ..)| *token)
    }

    /// The token before `at`.
    pub(super) fn before(&self, at: usize) -> Option<Token> {
        at.checked_sub(1).and_then(|at| self.get(at))
    }

    /// The folded letters of the word at `at`.
    pub(super) fn word(&self, at: usize) -> Option<&str> {
        match self.list.get(at) {
            Some((Token::Word, inner, _)) => Some(&self.folded[inner.clone()]),
            _ => None,
        }
    }

    /// The word at `at` as it was given but for its case: where an accent decides, as in `tối`, evening, and `tôi`, I.
    pub(super) fn spelled(&self, at: usize) -> Option<String> {
        self.word(at).map(|_| self.text[self.place(at..at + 1)].nfc().flat_map(char::to_lowercase).collect())
    }

    /// Whether the word at `at` begins with a capital in the given text.
    pub(super) fn is_capitalised(&self, at: usize) -> bool {
        self.word(at).is_some() && self.text[self.place(at..at + 1)].starts_with(char::is_uppercase)
    }

    /// Whether the word at `at` is written in capitals.
    pub(super) fn is_shouted(&self, at: usize) -> bool {
        self.is_capitalised(at) && !self.text[self.place(at..at + 1)].contains(char::is_lowercase)
    }

    /// The number at `at` if it has one of these numbers of digits.
    pub(super) fn number(&self, at: usize, digits: std::ops::RangeInclusive<u8>) -> Option<u64> {
        match self.get(at) {
            Some(Token::Number { value, digits: found }) if digits.contains(&found) => Some(value),
            _ => None,
        }
    }

    /// How many words stand outside of these tokens.
    pub(super) fn words_outside(&self, tokens: &Range<usize>) -> usize {
        self.list.iter().enumerate().filter(|(at, (token, ..))| *token == Token::Word && !tokens.contains(at)).count()
    }

    /// Whether one of `marks` stands at `at`.
    pub(super) fn is_mark(&self, at: usize, marks: &str) -> bool {
        matches!(self.get(at), Some(Token::Mark(ch)) if marks.contains(ch))
    }

    /// Past the white space at `at`, if there is any.
    pub(super) fn past_space(&self, at: usize) -> usize {
        at + usize::from(self.get(at) == Some(Token::Space))
    }

    /// Where the tokens stand in the given text.
    pub(super) fn place(&self, tokens: Range<usize>) -> Range<usize> {
        let start = self.list.get(tokens.start).map_or(0, |(.., outer)| outer.start);
        let end = tokens.end.checked_sub(1).and_then(|last| self.list.get(last)).map_or(start, |(.., outer)| outer.end);
        start..end
    }
}

/// A word as tokens show it.
pub(super) fn fold(word: &str) -> String {
    Tokens::of(word).folded
}

/// Whether a text has the digits of a day and a year, or may have them: said without cutting it.
pub(super) fn may_have_year(text: &str) -> bool {
    // `1.1. R6` has no more.
    const LEAST: usize = 3;
    text.contains(|ch| ch >= FIRST_IDEOGRAPH) || text.chars().filter(|ch| digit(*ch).is_some()).nth(LEAST - 1).is_some()
}

/// Whether a text may name a day, said without cutting it: most texts of a page are plain letters without a number, and
/// only a few words say a day by themselves.
pub(super) fn may_be_dated(text: &str) -> bool {
    if text.bytes().any(|byte| !byte.is_ascii() || byte.is_ascii_digit()) {
        return true;
    }
    let mut words = text.as_bytes().split(|byte| !byte.is_ascii_alphabetic()).filter(|word| !word.is_empty()).peekable();
    let mut letters = [[0; LONGEST_WORD]; 2];
    while let Some(word) = words.next() {
        let [word, next] = [Some(word), words.peek().copied()].map(|word| word.unwrap_or_default());
        let [first, second] = &mut letters;
        let (Some(word), Some(next)) = (in_lower_case(word, first), in_lower_case(next, second)) else { return true };
        if language::may_say_day(word, next) {
            return true;
        }
    }
    false
}

/// Letters of a word that is looked at.
const LONGEST_WORD: usize = 64;

fn in_lower_case<'l>(word: &[u8], letters: &'l mut [u8; LONGEST_WORD]) -> Option<&'l str> {
    let letters = letters.get_mut(..word.len())?;
    letters.copy_from_slice(word);
    letters.make_ascii_lowercase();
    str::from_utf8(letters).ok()
}

/// The value of a digit in any script in which news sites write their dates.
fn digit(ch: char) -> Option<u32> {
    /// The zeros of the scripts; the other nine digits follow.
    const ZEROS: [char; 15] = ['٠', '۰', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '๐', '໐', '၀', '០'];
    if ch < ZEROS[0] {
        return ch.to_digit(10);
    }
    ZEROS.iter().map(|zero| u32::from(ch).wrapping_sub(u32::from(*zero))).find(|value| *value < 10)
}

fn is_ideograph(ch: char) -> bool {
    ch >= FIRST_IDEOGRAPH
}

/// A letter without its accent; `None` for accents and for what nobody sees.
fn plain(ch: char) -> Option<char> {
    match ch {
        'đ' => Some('d'),
        // Arabic letters that Persian and Urdu keyboards write otherwise.
        'ي' | 'ى' => Some('ی'),
        'ك' => Some('ک'),
        'ة' => Some('ه'),
        'ı' => Some('i'),
        'ł' => Some('l'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}' => None,
        // In the scripts of India and beyond a mark is a vowel of the word.
        _ if is_combining_mark(ch) && !(ch > '\u{900}' && ch.is_alphabetic()) => None,
        _ => Some(ch),
    }
}

/// The wide digits and marks of East Asian typing as the plain ones.
fn narrow(ch: char) -> char {
    match ch {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(ch as u32 - 0xfee0).unwrap_or(ch).to_ascii_lowercase(),
        _ => ch,
    }
}

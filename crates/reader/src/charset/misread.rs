//! Text whose letters are not what they seem: Vietnamese in old letters, and UTF-8 that was taken for windows-1252.
//!
//! A page is changed only where many of its words become Vietnamese syllables that were none before, and hardly a word
//! becomes nonsense: other languages, however many marks they write, stay as they are. What is suspect and not certain
//! is told.

mod suspicion;

use std::collections::BTreeSet;

use suspicion::suspects;

use super::{
    references::{byte, capitals, words},
    runs::{Run, runs},
};
use crate::vietnamese::{self, is_its_own, is_syllable};

/// In what a text may be hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Disguise {
    /// UTF-8 whose bytes were taken for windows-1252: `CÃ´ng`.
    Utf8,
    /// `C«ng`.
    Tcvn,
    /// `Coâng`.
    Vni,
}

/// Different words that must become syllables before a page is changed.
const CERTAIN: usize = 5;
/// The same where a font says what its letters are, or where every byte says it is UTF-8.
const CERTAIN_WITH_A_HINT: usize = 3;
/// Signs that may stand for a letter where nothing stands beside them: `«` is ô, as in `« t«`. A lone `©` is itself.
const LONE: &str = "«¬µ¸¤¥";

/// `html` as it was meant, with words about it.
pub(super) fn undo(mut html: String, problems: &mut Vec<String>) -> String {
    let suspects = suspects(&html);
    if suspects.contains(&Disguise::Utf8) {
        let found = Evidence::of(Disguise::Utf8, &html);
        if found.is_clear() {
            problems.push(format!("its UTF-8 was once taken for windows-1252 ({}): put right", found.example()));
            html = found.rewrite(&html);
        } else if found.good.len() + found.other.len() >= CERTAIN_WITH_A_HINT {
            problems.push(format!("text such as {} looks like UTF-8 that was taken for windows-1252: left as it is", found.example()));
        }
    }
    if let Some(found) = old_letters(&html, &suspects) {
        let name = if found.disguise == Disguise::Tcvn { "TCVN3 (ABC)" } else { "VNI" };
        problems.push(format!("its Vietnamese is written in {name} letters ({}): put into Unicode", found.example()));
        html = found.rewrite(&html);
    }
    html
}

/// Whether `html`, read as windows-1252, has Vietnamese in the letters of TCVN3 or VNI.
pub(super) fn has_old_letters(html: &str) -> bool {
    old_letters(html, &suspects(html)).is_some()
}

fn old_letters(html: &str, suspects: &[Disguise]) -> Option<Evidence> {
    let suspects = suspects.iter().filter(|suspect| **suspect != Disguise::Utf8);
    let found = suspects.map(|suspect| Evidence::of(*suspect, html));
    found.filter(Evidence::is_clear).max_by_key(|evidence| evidence.count.good)
}

/// What a word is, if it is hidden.
enum Verdict {
    /// It says nothing.
    Silent,
    /// A syllable, and none as it stands.
    Good(String),
    /// A syllable either way, or a sign that goes along with the words.
    Open(String),
    /// A syllable as it stands, and only so.
    Proper,
    /// No syllable either way.
    Bad(Option<String>),
}

impl Disguise {
    /// Whether `ch` may be part of a word.
    fn has(self, ch: char) -> bool {
        ch.is_alphabetic()
            || match self {
                Self::Utf8 => byte(ch).is_some(),
                Self::Tcvn => matches!(ch, '\u{a1}'..='\u{ff}'),
                Self::Vni => false,
            }
    }

    fn read(self, word: &str) -> Option<String> {
        match self {
            Self::Utf8 => Some(utf8(word)),
            Self::Tcvn => vietnamese::read_tcvn(word),
            Self::Vni => vietnamese::read_vni(word),
        }
    }

    fn judge(self, word: &str) -> Verdict {
        if word.is_ascii() {
            return Verdict::Silent;
        }
        if word.contains(is_its_own) {
            return Verdict::Proper;
        }
        let read = self.read(word).filter(|read| read != word);
        let mut letters = word.chars();
        if let (Some(letter), None, true) = (letters.next(), letters.next(), self != Self::Utf8) {
            let is_letter = letter.is_alphabetic() || LONE.contains(letter);
            return read.filter(|_| is_letter).map_or(Verdict::Silent, Verdict::Open);
        }
        let is_proper = is_syllable(word);
        match read {
            None if self == Self::Utf8 => Verdict::Silent,
            None => {
                if is_proper {
                    Verdict::Proper
                } else {
                    Verdict::Bad(None)
                }
            }
            Some(read) if self == Self::Utf8 => of_utf8(read),
            Some(read) => match (is_proper, is_syllable(&read)) {
                (false, true) => Verdict::Good(read),
                (true, true) => Verdict::Open(read),
                (true, false) => Verdict::Proper,
                (false, false) => Verdict::Bad(Some(read)),
            },
        }
    }
}

/// The letters of TCVN3 that are letters nowhere else.
fn is_tcvn_sign(ch: char) -> bool {
    matches!(ch, '\u{a1}'..='\u{bf}')
}

/// Every sequence of UTF-8 among characters that stand for bytes becomes its character.
fn utf8(word: &str) -> String {
    let chars: Vec<char> = word.chars().collect();
    let mut read = String::with_capacity(word.len());
    let mut at = 0;
    while let Some(ch) = chars.get(at) {
        let length = match byte(*ch) {
            Some(0xc2..=0xdf) => 2,
            Some(0xe0..=0xef) => 3,
            Some(0xf0..=0xf4) => 4,
            _ => 1,
        };
        let bytes: Option<Vec<u8>> = chars.get(at..at + length).and_then(|part| part.iter().map(|ch| byte(*ch)).collect());
        match bytes.as_deref().map(std::str::from_utf8) {
            Some(Ok(character)) => {
                read.push_str(character);
                at += length;
            }
            _ => {
                read.push(*ch);
                at += 1;
            }
        }
    }
    read
}

/// What was UTF-8: a word is Vietnamese if each part of it that has marks is.
fn of_utf8(read: String) -> Verdict {
    let mut marked = read.split(|ch: char| !ch.is_alphabetic()).filter(|part| !part.is_ascii()).peekable();
    if marked.peek().is_none() {
        return Verdict::Open(read);
    }
    if marked.all(is_syllable) { Verdict::Good(read) } else { Verdict::Bad(Some(read)) }
}

#[derive(Debug, Default, Clone, Copy)]
struct Count {
    good: usize,
    bad: usize,
    proper: usize,
}

/// What speaks for one disguise, and against it, on a page.
struct Evidence {
    disguise: Disguise,
    runs: Vec<(Run, Count)>,
    count: Count,
    /// Different words that become syllables.
    good: BTreeSet<String>,
    /// Words that become something else, where it is sure that they were hidden.
    other: BTreeSet<String>,
    has_hint: bool,
}

impl Evidence {
    fn of(disguise: Disguise, html: &str) -> Self {
        let mut evidence = Self {
            disguise,
            runs: Vec::new(),
            count: Count::default(),
            good: BTreeSet::new(),
            other: BTreeSet::new(),
            has_hint: has_font(disguise, html),
        };
        for run in runs(html) {
            let mut count = Count::default();
            for word in words(html, run.range.clone(), |ch| disguise.has(ch)) {
                match disguise.judge(&word.text) {
                    Verdict::Good(_) => {
                        count.good += 1;
                        evidence.good.insert(word.text);
                    }
                    Verdict::Bad(read) => {
                        count.bad += 1;
                        evidence.other.extend(read.map(|_| word.text));
                    }
                    Verdict::Proper => count.proper += 1,
                    Verdict::Silent | Verdict::Open(_) => (),
                }
            }
            evidence.count.good += count.good;
            evidence.count.bad += count.bad;
            evidence.count.proper += count.proper;
            evidence.runs.push((run, count));
        }
        evidence
    }

    fn is_clear(&self) -> bool {
        let enough = if self.has_hint { CERTAIN_WITH_A_HINT } else { CERTAIN };
        let most = if self.disguise == Disguise::Utf8 { self.count.bad } else { 3 * self.count.bad };
        self.good.len() >= enough && self.count.good >= most
    }

    /// The page with its words as they were meant, everything else untouched.
    fn rewrite(&self, html: &str) -> String {
        let is_pure = 4 * self.count.proper <= self.count.good;
        let mut text = String::with_capacity(html.len() + html.len() / 8);
        let mut at = 0;
        for (run, count) in &self.runs {
            let is_hidden = match count.good {
                _ if self.disguise == Disguise::Utf8 => true,
                0 => is_pure && count.bad == 0 && count.proper == 0,
                good => good >= count.bad && good >= count.proper,
            };
            if !is_hidden {
                continue;
            }
            text.push_str(&html[at..run.range.start]);
            let read = self.reading(html, run);
            text.push_str(&if run.is_capital && self.disguise == Disguise::Tcvn { capitals(&read) } else { read });
            at = run.range.end;
        }
        text.push_str(&html[at..]);
        text
    }

    /// A part of the page as it was meant.
    fn reading(&self, html: &str, run: &Run) -> String {
        let mut text = String::with_capacity(run.range.len());
        let mut at = run.range.start;
        for word in words(html, run.range.clone(), |ch| self.disguise.has(ch)) {
            let read = match self.disguise.judge(&word.text) {
                Verdict::Good(read) | Verdict::Open(read) => read,
                // `H§ND` is HĐND; a foreign name has no signs inside.
                Verdict::Bad(Some(read)) if self.disguise != Disguise::Tcvn || word.text.contains(is_tcvn_sign) => read,
                _ => continue,
            };
            text.push_str(&html[at..word.range.start]);
            text.push_str(&read);
            at = word.range.end;
        }
        text.push_str(&html[at..run.range.end]);
        text
    }

    fn example(&self) -> String {
        self.good.iter().chain(&self.other).next().map(|word| format!("`{}`", crate::text::cut(word, 30))).unwrap_or_default()
    }
}

/// Whether the page asks for a font of these letters.
fn has_font(disguise: Disguise, html: &str) -> bool {
    let mark = match disguise {
        Disguise::Utf8 => return true,
        Disguise::Tcvn => ".Vn",
        Disguise::Vni => "VNI-",
    };
    html.match_indices(mark).any(|(at, mark)| html[at + mark.len()..].starts_with(|ch: char| ch.is_ascii_uppercase()))
}

#[cfg(test)]
mod tests;

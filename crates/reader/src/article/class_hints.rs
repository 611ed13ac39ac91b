//! What the class and id of an element say about it, in the words that page builders use.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::wordlist;

/// The words; its first lines say how they are written.
const LIST: &str = include_str!("class_hints.txt");

/// The headings of the list, in the order of [`Hint`] and of the features that the table of trees was trained with.
const KINDS: [&str; Hint::COUNT] =
    ["related", "comment", "share", "newsletter", "navigation", "advert", "cookie", "meta", "caption", "misc", "body", "paragraph", "lead"];

/// Classes that hide by name.
const HIDDEN: [&str; 6] = ["hidden", "is-hidden", "invisible", "d-none", "sr-only", "visually-hidden"];

static WORDS: LazyLock<Words> = LazyLock::new(Words::all);

/// One way to write a word of a kind.
#[derive(Debug, Clone, Default)]
struct Word {
    kind: usize,
    text: String,
    /// Whether nothing may stand before and after it that goes on with the word.
    begins: bool,
    ends: bool,
}

/// All words, found in one go through a text.
struct Words {
    list: Vec<Word>,
    found: AhoCorasick,
}

impl Words {
    fn all() -> Self {
        let lines = KINDS.iter().enumerate().flat_map(|(kind, name)| wordlist::lines(LIST, name).map(move |line| (kind, line)));
        let list: Vec<Word> = lines.flat_map(|(kind, line)| line.split('|').flat_map(move |word| spellings(kind, word))).collect();
        let found = AhoCorasick::builder().ascii_case_insensitive(true).build(list.iter().map(|word| &word.text));
        Self { list, found: found.expect("the words are constant") }
    }

    /// A bit for each kind that `classes` have a word of.
    fn kinds(&self, classes: &str) -> u32 {
        let is_edge = |at: usize| is_part_of_word(classes.as_bytes(), at.checked_sub(1)) != is_part_of_word(classes.as_bytes(), Some(at));
        let found = self.found.find_overlapping_iter(classes).filter_map(|place| {
            let word = &self.list[place.pattern()];
            ((!word.begins || is_edge(place.start())) && (!word.ends || is_edge(place.end()))).then_some(word.kind)
        });
        found.fold(0, |kinds, kind| kinds | 1 << kind)
    }
}

fn is_part_of_word(bytes: &[u8], at: Option<usize>) -> bool {
    at.and_then(|at| bytes.get(at)).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

/// Every way to write a word of the list.
fn spellings(kind: usize, pattern: &str) -> Vec<Word> {
    let begins = pattern.starts_with(r"\b");
    let inner = pattern.trim_start_matches(r"\b");
    let ends = inner.ends_with(r"\b");
    let mut texts = vec![String::new()];
    let mut rest = inner.trim_end_matches(r"\b").chars().peekable();
    while let Some(ch) = rest.next() {
        let without = if rest.next_if_eq(&'?').is_some() { texts.clone() } else { Vec::new() };
        texts.iter_mut().for_each(|text| text.push(ch));
        texts.extend(without);
    }
    texts.into_iter().map(|text| Word { kind, text, begins, ends }).collect()
}

/// A kind of word in [`Hints`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(dead_code, reason = "some kinds are features only, and are known by their place")]
pub enum Hint {
    Related,
    Comment,
    Share,
    Newsletter,
    Navigation,
    Advert,
    Cookie,
    Meta,
    Caption,
    Misc,
    Body,
    Paragraph,
    Lead,
}

impl Hint {
    pub const COUNT: usize = 13;
}

/// The kinds of words in the class and id of one or several elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hints(u32);

impl Hints {
    const HIDDEN: u32 = 1 << 31;

    pub fn of(classes: &str) -> Self {
        if classes.is_empty() {
            return Self(0);
        }
        let is_hidden = classes.split_ascii_whitespace().any(|class| HIDDEN.iter().any(|hidden| class.eq_ignore_ascii_case(hidden)));
        Self(WORDS.kinds(classes) | if is_hidden { Self::HIDDEN } else { 0 })
    }

    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub fn has(self, hint: Hint) -> bool {
        self.has_kind(hint as usize)
    }

    /// The same by the place of the kind in [`Hint`].
    pub fn has_kind(self, kind: usize) -> bool {
        self.0 & (1 << kind) != 0
    }

    /// A class that hides by name.
    pub fn hides(self) -> bool {
        self.0 & Self::HIDDEN != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_words() {
        for (kind, name) in KINDS.iter().enumerate() {
            assert!(WORDS.list.iter().any(|word| word.kind == kind && !word.text.is_empty()), "{name}");
        }
        assert!(WORDS.list.iter().all(|word| !word.text.is_empty() && !word.text.contains(['?', '\\', '|'])));
    }

    #[test]
    fn classes_tell_what_a_box_is() {
        let hints = Hints::of("post-content ad-slot sr-only");
        assert!(hints.has(Hint::Body) && hints.has(Hint::Advert) && hints.hides());
        assert!(!hints.has(Hint::Comment));
        assert!(!Hints::of("shadow").has(Hint::Advert));
        assert!(Hints::of("Tin-khac").has(Hint::Related));
        assert_eq!(Hints::of(""), Hints::default());
        for (classes, hint) in [
            ("mostRead", Hint::Related),
            ("most-read", Hint::Related),
            ("article_-body", Hint::Body),
            ("c-ad", Hint::Advert),
            ("big_ad_", Hint::Advert),
            ("text", Hint::Paragraph),
        ] {
            assert!(Hints::of(classes).has(hint), "{classes}");
        }
        assert!(!Hints::of("textual").has(Hint::Paragraph) && !Hints::of("broads").has(Hint::Advert));
    }
}

//! The words by which a channel chooses its headlines: marks that are written count, those that are not do not.

use std::str::FromStr;

use loa_reader::text;
use regex::{Regex, RegexBuilder};

/// Words or a `/regex/`, matched without regard to case.
#[derive(Debug, Clone)]
pub enum Matcher {
    /// Words that stand whole, one after the other.
    Words(Vec<Word>),
    /// Matched against the text as it is written.
    Regex(Regex),
    /// Written without marks: matched against the text without its own.
    UnmarkedRegex(Regex),
}

/// One word that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// With its marks, see [`text::fold_case`].
    Marked(String),
    /// Written without: it stands for every word of these letters.
    Unmarked(String),
}

impl FromStr for Matcher {
    type Err = regex::Error;

    fn from_str(word: &str) -> Result<Self, regex::Error> {
        let composed = text::clean(word);
        let regex = |pattern: &str| RegexBuilder::new(pattern).case_insensitive(true).build();
        match composed.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')) {
            Some(pattern) if pattern.is_ascii() => Ok(Self::UnmarkedRegex(regex(pattern)?)),
            Some(pattern) => Ok(Self::Regex(regex(pattern)?)),
            None => Ok(Self::Words(words(&composed).map(Word::new).collect())),
        }
    }
}

impl Word {
    fn new(word: &str) -> Self {
        let (marked, unmarked) = (text::fold_case(word), text::fold(word));
        if marked == unmarked { Self::Unmarked(unmarked) } else { Self::Marked(marked) }
    }
}

/// What a headline and its lead say, in the ways in which they are compared.
pub struct Said {
    composed: String,
    unmarked: String,
    /// Each word with its marks and without.
    words: Vec<(String, String)>,
}

impl Said {
    pub fn new(said: &str) -> Self {
        let composed = text::clean(said);
        let words = words(&composed).map(|word| (text::fold_case(word), text::fold(word))).collect();
        Self { unmarked: text::fold(&composed), words, composed }
    }

    fn has(&self, wanted: &[Word]) -> bool {
        let is_it = |(word, (marked, unmarked)): (&Word, &(String, String))| match word {
            Word::Marked(wanted) => wanted == marked,
            Word::Unmarked(wanted) => wanted == unmarked,
        };
        !wanted.is_empty() && self.words.windows(wanted.len()).any(|said| wanted.iter().zip(said).all(is_it))
    }
}

impl Matcher {
    pub fn matches(&self, said: &Said) -> bool {
        match self {
            Self::Words(words) => said.has(words),
            Self::Regex(regex) => regex.is_match(&said.composed),
            Self::UnmarkedRegex(regex) => regex.is_match(&said.unmarked),
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(matcher: &str, said: &str) -> bool {
        matcher.parse::<Matcher>().unwrap().matches(&Said::new(said))
    }

    #[test]
    fn marks_that_are_written_count() {
        for (matcher, found, passed) in [
            ("bão", vec!["Bão số 3", "cơn BÃO", "ba\u{303}o"], vec!["báo chí", "bao lì xì", "bãobùng"]),
            ("bao", vec!["Bão số 3", "báo chí", "bao lì xì"], vec!["baogồm"]),
            ("Hòa Bình", vec!["tỉnh Hoà Bình", "HÒA  BÌNH"], vec!["Hoa Bình", "hóa bình", "hòa giải, bình yên"]),
            ("đà nang", vec!["Đà Nẵng", "đà nâng"], vec!["da nang", "Đa Nẵng"]),
            ("da nang", vec!["Đà Nẵng", "da nang"], vec!["Đà Lạt"]),
            ("cháy", vec!["Vụ CHÁY, nổ"], vec!["chayen", "chạy"]),
            ("covid-19", vec!["dịch COVID 19"], vec!["covid"]),
            (r"/tuyển (sinh|dụng)\b/", vec!["Thông báo TUYỂN DỤNG"], vec!["tuyen dung"]),
            (r"/tuyen (sinh|dung)\b/", vec!["Thông báo TUYỂN DỤNG", "tuyen sinh"], vec!["tuyển"]),
        ] {
            found.iter().for_each(|said| assert!(finds(matcher, said), "`{matcher}` in `{said}`"));
            passed.iter().for_each(|said| assert!(!finds(matcher, said), "`{matcher}` in `{said}`"));
        }
    }
}

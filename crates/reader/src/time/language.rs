//! Words of dates in the languages that news sites use: units of time, days, zones. Months are in [`super::months`].
//!
//! All of them are written as [`super::token::Tokens`] folds them: lower case, no accents. What is a mere list is in
//! `language.txt`.

use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};

use crate::wordlist;

/// The lists; its first lines say how they are written.
const LIST: &str = include_str!("language.txt");

static WORDS: LazyLock<Words> = LazyLock::new(|| Words {
    units: UNITS.iter().flat_map(|(name, unit)| words(name).map(|word| (word, *unit))).collect(),
    units_ago: UNITS.iter().flat_map(|(name, unit)| words(&format!("{name} ago")).map(|word| (word, *unit)).collect::<Vec<_>>()).collect(),
    ago: words("ago").collect(),
    days: Days::of([("today", 0), ("yesterday", 1)]),
    between: words("between").chain(words("weekday")).chain(words("half")).collect(),
});

/// The lists, parsed.
struct Words {
    units: HashMap<&'static str, Unit>,
    units_ago: Vec<(&'static str, Unit)>,
    ago: HashSet<&'static str>,
    days: Days,
    between: HashSet<&'static str>,
}

/// Words for days by how long they are gone, asked of each word of a page.
struct Days {
    back: HashMap<&'static str, i64>,
    /// For each first byte a bit for each length that a word has: nearly no other word passes.
    lengths: [u32; 256],
}

impl Days {
    fn of(headings: [(&str, i64); 2]) -> Self {
        // Of a word that stands under both, the first counts.
        let listed = headings.into_iter().rev().flat_map(|(heading, days)| words(heading).map(move |word| (word, days)));
        let back: HashMap<_, _> = listed.collect();
        let mut lengths = [0; 256];
        for word in back.keys() {
            if let Some(first) = word.as_bytes().first() {
                lengths[usize::from(*first)] |= Self::bit(word);
            }
        }
        Self { back, lengths }
    }

    fn back(&self, word: &str) -> Option<i64> {
        let first = usize::from(*word.as_bytes().first()?);
        if self.lengths[first] & Self::bit(word) == 0 { None } else { self.back.get(word).copied() }
    }

    fn bit(word: &str) -> u32 {
        1 << word.len().min(31)
    }
}

/// The words under a heading of the list.
fn words(heading: &str) -> impl Iterator<Item = &'static str> + use<> {
    wordlist::lines(LIST, heading).flat_map(|line| line.split(' ')).collect::<Vec<_>>().into_iter()
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Seconds,
    Minutes,
    Hours,
    Days,
    Weeks,
    Months,
    Years,
}

/// The units by their headings in the list.
const UNITS: [(&str, Unit); 7] = [
    ("seconds", Unit::Seconds),
    ("minutes", Unit::Minutes),
    ("hours", Unit::Hours),
    ("days", Unit::Days),
    ("weeks", Unit::Weeks),
    ("months", Unit::Months),
    ("years", Unit::Years),
];

/// The short names of English months: these are sure where no year follows.
const SHORT_MONTHS: [&str; 14] = ["jan", "feb", "apr", "may", "june", "jun", "july", "jul", "aug", "sep", "sept", "oct", "nov", "dec"];

/// Whether a month's name is sure to be one where no year follows: `5 set` and `2 out` are not.
pub(super) fn is_month_without_year(word: &str) -> bool {
    // Names in other scripts are short, and no words of languages that have the same letters.
    word.chars().count() >= if word.is_ascii() { 5 } else { 3 } || SHORT_MONTHS.contains(&word)
}

/// Vietnamese numerals as they follow `tháng` and `thứ`.
pub(super) fn numeral(word: &str) -> Option<i8> {
    let numerals = ["mot", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi"];
    (1..).zip(numerals).find(|(_, numeral)| *numeral == word).map(|(value, _)| value)
}

/// The unit that a word of a relative date names.
pub(super) fn unit(word: &str) -> Option<Unit> {
    WORDS.units.get(word).copied()
}

/// The unit of "hours ago" in writing without spaces, with which `letters` begin after the number, and how it is
/// spelled.
pub(super) fn unit_ago(letters: &str) -> Option<(&'static str, Unit)> {
    WORDS.units_ago.iter().find(|(spelled, _)| letters.starts_with(spelled)).copied()
}

/// Whether a word after a unit says "ago".
pub(super) fn is_ago(word: &str) -> bool {
    WORDS.ago.contains(word)
}

/// Words in front of a number that make what follows relative: `cách đây`, `vor`, `hace`, `il y a`.
pub(super) fn begins_ago(before: Option<&str>, word: &str) -> bool {
    matches!((before, word), (Some("cach"), "day") | (_, "vor" | "hace" | "ha") | (Some("y"), "a"))
}

/// How many days before today a word means, alone or with the word after it, and of how many words that is.
pub(super) fn days_back(word: &str, next: Option<&str>, language: &str) -> Option<(i64, usize)> {
    match (word, next) {
        // German has `hier`, here, and English `dun`.
        ("hier", _) if language == "fr" => Some((1, 1)),
        ("dun", _) if language == "tr" => Some((1, 1)),
        ("hom", Some("nay")) | ("今", Some("天" | "日")) | ("오", Some("늘")) => Some((0, 2)),
        ("hom", Some("qua")) | ("昨", Some("天" | "日")) | ("어", Some("제")) => Some((1, 2)),
        ("hom", Some("kia")) => Some((2, 2)),
        ("sang" | "trua" | "chieu" | "toi", Some("nay")) => Some((0, 2)),
        ("chieu" | "toi" | "dem", Some("qua")) => Some((1, 2)),
        _ => WORDS.days.back(word).map(|days| (days, 1)),
    }
}

/// Whether a word may say a day, or a while ago, without a number, before the word `next`.
pub(super) fn may_say_day(word: &str, next: &str) -> bool {
    match word {
        "a" | "an" | "mot" => unit(next).is_some(),
        "vua" | "just" | "hier" | "dun" | "hom" | "sang" | "trua" | "chieu" | "toi" | "dem" => true,
        _ => WORDS.days.back(word).is_some(),
    }
}

/// Whether a word may stand between a date and its time of day.
pub(super) fn is_between(word: &str) -> bool {
    WORDS.between.contains(word)
}

/// Offsets in minutes of the zone names that mean one offset only.
pub(super) fn zone(word: &str) -> Option<i32> {
    let hours = match word {
        "utc" | "gmt" | "ut" | "wet" => 0,
        "ict" | "wib" => 7,
        "wita" | "sgt" | "hkt" => 8,
        "wit" => 9,
        "cet" | "bst" | "mez" => 1,
        "cest" | "eet" | "mesz" => 2,
        "eest" | "msk" => 3,
        "jst" | "kst" => 9,
        "edt" => -4,
        "est" | "cdt" => -5,
        "cst" | "mdt" => -6,
        "mst" | "pdt" => -7,
        "pst" => -8,
        _ => return None,
    };
    Some(hours * 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::token;

    #[test]
    fn every_word_is_folded_and_every_list_has_words() {
        let headings: Vec<&str> = LIST.lines().filter_map(|line| line.strip_prefix('[')?.strip_suffix(']')).collect();
        assert_eq!(headings.len(), 2 * UNITS.len() + 6);
        for heading in headings {
            assert!(words(heading).next().is_some(), "{heading}");
            for word in words(heading) {
                assert_eq!(token::fold(word), word, "under `{heading}`");
            }
        }
    }
}

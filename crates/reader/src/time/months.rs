//! The names of the months, language by language, as sites write them in dates.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt as _};

use super::token;
use crate::wordlist;

/// The names; its first lines say how it is written.
const LIST: &str = include_str!("months.txt");

/// A month by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Month {
    Gregorian(i8),
    Persian(i8),
    Hijri(i8),
}

/// What a name means, in which language, the first language that has it first.
static MEANINGS: LazyLock<HashMap<String, Vec<Meaning>>> = LazyLock::new(|| {
    let mut meanings: HashMap<String, Vec<Meaning>> = HashMap::new();
    for heading in ["plain", "own", "persian", "hijri"] {
        let month = |number| match heading {
            "persian" => Month::Persian(number),
            "hijri" => Month::Hijri(number),
            _ => Month::Gregorian(number),
        };
        for (language, names) in rows(heading) {
            for (number, name) in (1..).zip(names) {
                let meaning = Meaning { language, month: month(number), is_plain: heading != "own" };
                meanings.entry(token::fold(&name.replace('_', " "))).or_default().push(meaning);
            }
        }
    }
    meanings
});

/// The languages under a heading of the list, each with its names.
fn rows(heading: &str) -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    let lines = wordlist::lines(LIST, heading);
    lines.filter_map(|line| line.split_once(": ")).map(|(language, names)| (language, names.split(' ')))
}

/// What a name means in one language.
#[derive(Debug)]
struct Meaning {
    language: &'static str,
    month: Month,
    /// Whether it means that on pages of other languages too.
    is_plain: bool,
}

/// The month that `name` means in `language`, or else in the first language that has it.
pub(super) fn named(name: &str, language: &str) -> Option<Month> {
    let meanings = MEANINGS.get(name)?;
    let own = meanings.iter().find(|meaning| meaning.language == language);
    own.or_else(|| meanings.iter().find(|meaning| meaning.is_plain)).map(|meaning| meaning.month)
}

/// Whether a word begins one of the names of two words: so few that other words cost nothing.
pub(super) fn is_first_of_two(word: &str) -> bool {
    matches!(word, "کانون" | "تشرین" | "ربیع" | "جمادی" | "ذو" | "ذی")
}

/// Whether the name is written in Thai, whose years are Buddhist.
pub(super) fn is_thai(name: &str) -> bool {
    name.starts_with(|first| ('\u{e00}'..='\u{e7f}').contains(&first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_a_language_and_a_year() {
        for heading in ["plain", "own", "persian", "hijri"] {
            assert!(rows(heading).next().is_some(), "{heading}");
            assert_eq!(rows(heading).count(), wordlist::lines(LIST, heading).count(), "a row under `{heading}` names no language");
            for (language, names) in rows(heading) {
                let names: Vec<_> = names.collect();
                assert!((2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_lowercase()), "{language}");
                assert!(names.len() == 12 && !names.contains(&""), "{language}: {names:?}");
            }
        }
    }

    #[test]
    fn a_name_means_one_month_in_its_language() {
        for (name, meanings) in MEANINGS.iter() {
            for meaning in meanings {
                let mut same = meanings.iter().filter(|other| other.language == meaning.language);
                assert!(same.all(|other| other.month == meaning.month), "{name}: {meanings:?}");
            }
        }
    }

    #[test]
    fn a_name_that_two_languages_have_is_read_in_the_page_s_own() {
        assert_eq!(named("listopada", "pl"), Some(Month::Gregorian(11)));
        assert_eq!(named("listopada", "hr"), Some(Month::Gregorian(10)));
        assert_eq!(named("listopada", ""), Some(Month::Gregorian(11)));
    }
}

//! The reader's regular expressions: compiled when first asked for, and given back when nobody reads.
//!
//! An expression over the letters of all languages takes a hundred kilobytes to some megabytes, with the automata that
//! it makes as it goes. All of them take more than the rest of a program that mostly waits.

use std::{
    borrow::Cow,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

pub use regex::escape;
use regex::{Captures, Match, Regex};

/// The patterns that are compiled.
static COMPILED: Mutex<Vec<&'static Pattern>> = Mutex::new(Vec::new());

/// Gives back the memory that reading keeps for the next page. What is being read goes on unharmed, and the next page
/// takes some hundredths of a second longer.
pub fn release_memory() {
    let compiled = std::mem::take(&mut *COMPILED.lock().unwrap_or_else(PoisonError::into_inner));
    for pattern in compiled {
        pattern.regex.write().unwrap_or_else(PoisonError::into_inner).take();
    }
}

/// A regular expression that is part of the program.
#[derive(Debug)]
pub struct Pattern {
    source: Source,
    regex: RwLock<Option<Arc<Regex>>>,
}

#[derive(Debug)]
enum Source {
    Written(&'static str),
    Made(fn() -> String),
}

impl Pattern {
    /// As it is written.
    pub const fn new(source: &'static str) -> Self {
        Self { source: Source::Written(source), regex: RwLock::new(None) }
    }

    /// Made of a list of words.
    pub const fn made(source: fn() -> String) -> Self {
        Self { source: Source::Made(source), regex: RwLock::new(None) }
    }

    /// The compiled expression, for what borrows it: keep it as long as its matches are gone through.
    pub fn regex(&'static self) -> Arc<Regex> {
        if let Some(regex) = &*self.regex.read().unwrap_or_else(PoisonError::into_inner) {
            return regex.clone();
        }
        let mut place = self.regex.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(regex) = &*place {
            return regex.clone();
        }
        let compiled = match &self.source {
            Source::Written(source) => Regex::new(source),
            Source::Made(source) => Regex::new(&source()),
        };
        let regex = Arc::new(compiled.expect("the pattern is constant"));
        *place = Some(regex.clone());
        drop(place);
        COMPILED.lock().unwrap_or_else(PoisonError::into_inner).push(self);
        regex
    }

    pub fn is_match(&'static self, text: &str) -> bool {
        self.regex().is_match(text)
    }

    pub fn find<'t>(&'static self, text: &'t str) -> Option<Match<'t>> {
        self.regex().find(text)
    }

    /// With what `with` makes of the first match, or `$1` and so on in it, in its place.
    pub fn replace<'t>(&'static self, text: &'t str, with: &str) -> Cow<'t, str> {
        self.regex().replace(text, with)
    }

    /// The same of every match.
    pub fn replace_all<'t>(&'static self, text: &'t str, with: &str) -> Cow<'t, str> {
        self.regex().replace_all(text, with)
    }

    pub fn captures<'t>(&'static self, text: &'t str) -> Option<Captures<'t>> {
        self.regex().captures(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_given_back_is_compiled_again() {
        static DAY: Pattern = Pattern::new(r"^\d\d/\d\d$");
        static WORD: Pattern = Pattern::made(|| ["báo", "tin"].join("|"));
        let held = DAY.regex();
        assert!(DAY.is_match("18/01") && WORD.is_match("bản tin") && !WORD.is_match("ảnh"));
        release_memory();
        // Whoever still matches with it keeps it; nobody else does.
        assert!(held.is_match("18/01"));
        assert_eq!(Arc::strong_count(&held), 1);
        assert_eq!(DAY.find("18/01").map(|found| found.as_str()), Some("18/01"));
        assert!(!Arc::ptr_eq(&held, &DAY.regex()) && WORD.is_match("bản tin"));
    }
}

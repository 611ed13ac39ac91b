//! The program's own words in every language it speaks: a catalogue of messages with parameters and plurals.
//!
//! Which language is an argument, as a message, a page and a terminal may each want another one. A word is declared
//! once, in its area's file, as a function with typed parameters; what it says stands in `en/<area>.ftl` and
//! `vi/<area>.ftl`, in the syntax of Fluent. A word that nobody uses is a warning of the compiler; one that lacks a
//! language, or names what it is not given, fails a test.

pub(crate) mod adding;
pub(crate) mod alarm;
pub(crate) mod backup;
mod catalogue;
pub(crate) mod check;
mod clock;
pub(crate) mod closely;
pub(crate) mod deliveries;
pub(crate) mod demo;
pub(crate) mod errors;
pub(crate) mod feed;
pub(crate) mod feeds;
pub(crate) mod help;
pub(crate) mod init;
pub(crate) mod message;
pub(crate) mod operate;
pub(crate) mod status;
pub(crate) mod terminal;
pub(crate) mod time;
pub(crate) mod usage;
pub(crate) mod web;

use serde::{Deserialize, Serialize};

use catalogue::{Catalogue, words};
pub use clock::Clock;

/// The languages that Loa speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Language {
    #[default]
    #[serde(rename = "vi")]
    Vietnamese,
    #[serde(rename = "en")]
    English,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::English, Self::Vietnamese];

    /// As BCP 47 writes it.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Vietnamese => "vi",
            Self::English => "en",
        }
    }

    /// What stands between thousands.
    const fn thousands(self) -> char {
        match self {
            Self::Vietnamese => '.',
            Self::English => ',',
        }
    }

    /// `1.234`, `1,234`.
    pub(crate) fn number(self, number: u64) -> String {
        let digits = number.to_string();
        let mut grouped = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                grouped.push(self.thousands());
            }
            grouped.push(digit);
        }
        grouped
    }
}

/// Every area, for what is true of all of them.
#[cfg(test)]
const AREAS: &[fn() -> &'static Catalogue] = &[
    adding::catalogue,
    alarm::catalogue,
    backup::catalogue,
    check::catalogue,
    closely::catalogue,
    deliveries::catalogue,
    demo::catalogue,
    feed::catalogue,
    feeds::catalogue,
    init::catalogue,
    message::catalogue,
    operate::catalogue,
    status::catalogue,
    terminal::catalogue,
    time::catalogue,
    usage::catalogue,
    web::catalogue,
];

#[cfg(test)]
mod tests;

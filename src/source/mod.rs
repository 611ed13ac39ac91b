//! Finding headlines on a page: by the operator's selectors, or by what repeats.

use jiff::tz::TimeZone;

use crate::{article::Discovery, page::Page};

/// What is known of a list page besides itself.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// The feed's time zone, for dates that do not say theirs.
    pub zone: Option<TimeZone>,
    /// The feed's language, where the page names none.
    pub language: Option<String>,
}

/// How headlines are found.
#[derive(Debug, Clone, Default)]
pub struct Settings {}

/// The headlines of a page.
pub fn discover(_settings: &Settings, _page: &Page, _context: &Context) -> Discovery {
    Discovery::default()
}

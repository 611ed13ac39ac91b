//! What an article's own page says: its title, text, picture, author and dates.

use jiff::tz::TimeZone;

use crate::{
    article::{Candidate, Draft},
    page::Page,
};

/// What is known of an article before its page is read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    pub zone: Option<&'a TimeZone>,
    pub language: Option<&'a str>,
    /// The headline that led here.
    pub listed: Option<&'a Candidate>,
}

pub fn article(_page: &Page, _context: &Context) -> Draft {
    Draft::default()
}

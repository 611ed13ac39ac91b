//! What a poll tells while it goes on, for whoever watches it: a person who waits for a preview. Nothing that is told
//! changes the poll.

use std::fmt;

use loa_reader::{
    draft::Draft,
    list::{Candidate, Discovery},
    page::Page,
};

/// Something that a poll came to know.
#[derive(Debug)]
pub enum Event<'a> {
    /// The list was read; the pages of so many of its headlines are asked now, one after the other.
    Listed { page: &'a Page, discovery: &'a Discovery, asked: usize },
    /// A headline's page was asked.
    Asked { candidate: &'a Candidate, page: Asked<'a> },
    /// A headline was recorded, and may be told, while the poll goes on.
    Recorded,
}

/// What came of a page.
#[derive(Debug)]
pub enum Asked<'a> {
    /// It was read. This is what it surely says; its text is told from its site's later, when others were seen.
    Read(&'a Draft),
    /// The list has the article's text: there is no page to ask.
    Given,
    /// It was not asked, as what the list says is enough.
    Unasked,
    /// It could not be had or read; why.
    Failed(&'a str),
}

/// Whoever watches.
pub trait Progress: fmt::Debug + Sync {
    fn tell(&self, event: Event<'_>);

    /// Whether every link that is no headline is to be told with its reason.
    fn wants_reasons(&self) -> bool {
        false
    }
}

/// Nobody does.
#[derive(Debug, Clone, Copy)]
pub struct Unwatched;

impl Progress for Unwatched {
    fn tell(&self, _: Event<'_>) {}
}

//! What reading one page may cost: steps and bytes, counted down while it is read.
//!
//! Most of the reader goes once through a page, and needs no budget. What is compared with everything, or written again
//! for each part of a page, takes what it costs from here and stops when nothing is left, so that reading goes on with
//! what there is. Steps are counted and not timed: the same page always gives the same answer.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use crate::text;

/// Bytes of a title, a name, a line of the head; what is longer is no such line.
pub const LINE: usize = 1_024;
/// The same of a description, a list of keywords.
pub const TEXT: usize = 10_240;

/// How much longer a text may be written than it is.
const ROOM: usize = 4;

/// Steps for every page, and for each byte of it: a real page needs a hundredth of them.
const STEPS: u64 = 20_000_000;
const STEPS_A_BYTE: u64 = 10;
/// Bytes that may be written for every page, and for each byte of it.
const BYTES: u64 = 8_000_000;
const BYTES_A_BYTE: u64 = 4;

/// The budget of one page. It is counted down through shared references, for all that reads the page has it.
#[derive(Debug, Default)]
pub struct Budget {
    steps: AtomicU64,
    bytes: AtomicU64,
    /// Whether something was not done because it costs too much.
    is_over: AtomicBool,
}

impl Budget {
    /// The budget of a page of so many bytes.
    pub fn of(page: usize) -> Self {
        let page = page as u64;
        let (steps, bytes) = (STEPS + STEPS_A_BYTE * page, BYTES + BYTES_A_BYTE * page);
        Self { steps: steps.into(), bytes: bytes.into(), is_over: false.into() }
    }

    /// Takes so many steps. Where they are not left, nothing is, and the caller stops.
    #[must_use]
    pub fn spend(&self, steps: usize) -> bool {
        #[cfg(test)]
        tests::count(steps);
        self.take(&self.steps, steps)
    }

    /// Whether so many steps and bytes are there, for what is done as a whole or not at all. They are not taken.
    #[must_use]
    pub fn affords(&self, steps: usize, bytes: usize) -> bool {
        let affords = steps as u64 <= self.steps.load(Relaxed) && bytes as u64 <= self.bytes.load(Relaxed);
        self.is_over.fetch_or(!affords, Relaxed);
        affords
    }

    /// Takes so many bytes that are about to be written.
    #[must_use]
    pub fn spend_bytes(&self, bytes: usize) -> bool {
        self.take(&self.bytes, bytes)
    }

    /// What to tell where the page was not read to the end.
    pub fn problem(&self) -> Option<String> {
        self.is_over.load(Relaxed).then(|| "the page costs more to read than pages of its size do: parts of it were left out".to_owned())
    }

    /// A page is read by one thread at a time: nothing is lost between loading and storing.
    fn take(&self, left: &AtomicU64, wanted: usize) -> bool {
        let rest = left.load(Relaxed).checked_sub(wanted as u64);
        left.store(rest.unwrap_or(0), Relaxed);
        self.is_over.fetch_or(rest.is_none(), Relaxed);
        rest.is_some()
    }
}

/// A text as one squeezed line of at most `longest` bytes, cut before any work where it is much longer: pages are
/// written with room between their words.
pub fn line(text: &str, longest: usize) -> String {
    let line = text::squeeze(beginning(text.trim_start(), ROOM * longest));
    beginning(&line, longest).trim_end().to_owned()
}

/// At most so many bytes of a text, no character cut in two.
pub fn beginning(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

#[cfg(test)]
mod tests;

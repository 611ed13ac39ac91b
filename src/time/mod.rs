//! Dates as sites write them, made into moments that know how exact they are.

use jiff::ZonedDateTime;

/// A moment that a page names, in the page's own zone, never converted.
#[derive(Debug, Clone, PartialEq)]
pub struct Stamp {
    pub at: ZonedDateTime,
    pub precision: Precision,
}

/// How much of a [`Stamp`] the page said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// The day only: the time of day is midnight and means nothing.
    Day,
    /// The time of day as well.
    Minute,
}

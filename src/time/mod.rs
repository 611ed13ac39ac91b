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
impl Stamp {
    pub fn to_rfc3339(&self) -> String { self.at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string() }
    pub fn parse_rfc3339(text: &str, precision: Precision) -> Option<Self> {
        let pieces = jiff::fmt::temporal::Pieces::parse(text).ok()?;
        let offset = pieces.to_numeric_offset()?;
        let at = jiff::civil::DateTime::from_parts(pieces.date(), pieces.time()?).to_zoned_datetime(offset.to_time_zone()).ok()?;
        Some(Self { at, precision })
    }
}

//! Dates as sites write them, made into moments that know how exact they are.

use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};

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
    /// `2024-01-18T07:29:00+07:00`: RFC 3339 with the zone as a number, as feeds and stores want it.
    pub fn to_rfc3339(&self) -> String {
        self.at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// Reads back what [`Stamp::to_rfc3339`] wrote; the zone is then the offset alone.
    pub fn parse_rfc3339(text: &str, precision: Precision) -> Option<Self> {
        let pieces = jiff::fmt::temporal::DateTimeParser::new().parse_pieces(text.trim()).ok()?;
        let offset = pieces.to_numeric_offset()?;
        let local = pieces.date().to_datetime(pieces.time()?);
        let at = local.to_zoned_datetime(TimeZone::fixed(offset)).ok()?;
        Some(Self { at, precision })
    }
}

/// What is known of the page that a date stands on.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// When the page was fetched: "2 giờ trước" counts from here, and nothing later than the day after tomorrow is a date of publication.
    pub now: Timestamp,
    /// The zone that the feed's file names.
    pub zone: Option<&'a TimeZone>,
    /// BCP 47, as the page or the feed's file says.
    pub language: Option<&'a str>,
    /// The page's host: its country speaks where the language does not.
    pub host: Option<&'a str>,
}

//! Dates as sites write them, made into moments that know how exact they are.
//!
//! A date keeps the zone that it was written in; nothing is converted. Day first is the rule: `03/04/2024` is
//! the 3rd of April unless the page speaks American English, or the other dates of its list say otherwise.

mod clock;
mod language;
mod order;
mod relative;
mod spelling;
mod token;

use std::ops::Range;

use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};

use order::Order;
use spelling::Spelled;

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
    /// When the page was fetched: `2 giờ trước` counts from here, and what lies more than two days ahead is no date of publication.
    pub now: Timestamp,
    /// The zone that the feed's file names.
    pub zone: Option<&'a TimeZone>,
    /// BCP 47, as the page or the feed's file says.
    pub language: Option<&'a str>,
    /// The page's host: its country speaks where the language does not.
    pub host: Option<&'a str>,
}

/// A date, and where in the text it stands, its time of day included.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub stamp: Stamp,
    /// In bytes.
    pub range: Range<usize>,
}

/// The first date in a text.
pub fn read(text: &str, reading: &Reading) -> Option<Stamp> {
    find(text, reading).map(|found| found.stamp)
}

/// The first date in a text, and its place.
pub fn find(text: &str, reading: &Reading) -> Option<Found> {
    let spelled = spelling::all(text);
    let order = order::of_list(spelled.first().into_iter(), reading.usual_order(), reading);
    order::first(&spelled, order, reading).map(|(spelled, stamp)| Found { stamp, range: spelled.range.clone() })
}

/// Where a text names its first date, be it possible or not.
pub fn place(text: &str) -> Option<Range<usize>> {
    spelling::all(text).into_iter().next().map(|spelled| spelled.range)
}

/// Whether a text names a date at all.
pub fn is_dated(text: &str) -> bool {
    place(text).is_some()
}

/// The first date of each text of one list, top to bottom. Which number is the day is the same for all of them.
pub fn read_list<'t>(texts: impl IntoIterator<Item = Option<&'t str>>, reading: &Reading) -> Vec<Option<Stamp>> {
    let spelled: Vec<Vec<Spelled>> = texts.into_iter().map(|text| text.map(spelling::all).unwrap_or_default()).collect();
    let order = order::of_list(spelled.iter().filter_map(|dates| dates.first()), reading.usual_order(), reading);
    spelled.iter().map(|dates| order::first(dates, order, reading).map(|(_, stamp)| stamp)).collect()
}

impl Reading<'_> {
    /// The order of day and month that the page's language and country expect.
    fn usual_order(&self) -> Order {
        /// Where English is written day first, and countries whose pages are often marked as English all the same.
        const DAY_FIRST: &[&str] =
            &["uk", "au", "nz", "za", "ie", "in", "de", "fr", "es", "it", "nl", "pl", "vn", "at", "ch", "ru", "cz", "eu"];
        let country = self.country();
        if DAY_FIRST.contains(&country.as_str()) {
            return Order::DayFirst;
        }
        let language = self.language.unwrap_or_default().to_ascii_lowercase();
        // `en` without a country is what American sites write; the others say `en-GB`.
        let is_american = language == "en" || language.starts_with("en-us") || language.starts_with("en_us");
        if is_american || matches!(country.as_str(), "us" | "gov" | "mil" | "edu") { Order::MonthFirst } else { Order::DayFirst }
    }

    fn is_vietnamese(&self) -> bool {
        let language = self.language.unwrap_or_default().to_ascii_lowercase();
        language == "vi" || language.starts_with("vi-") || language.starts_with("vi_") || self.country() == "vn"
    }

    /// The last label of the host.
    fn country(&self) -> String {
        self.host.unwrap_or_default().trim_end_matches('.').rsplit('.').next().unwrap_or_default().to_ascii_lowercase()
    }
}

#[cfg(test)]
mod tests;

//! Dates as sites write them, made into moments that know how exact they are.
//!
//! A date keeps the zone that it was written in; nothing is converted. Day first is the rule: `03/04/2024` is
//! the 3rd of April unless the page speaks American English, or the other dates of its list say otherwise.
//! Where neither language nor country tells, and the other dates don't either, such a date is left out.

mod calendar;
mod clock;
mod half_day;
mod language;
mod months;
mod relative;
mod resolve;
mod spelling;
mod token;
mod worded;

use std::ops::Range;

use jiff::{Timestamp, ZonedDateTime, civil::Date, tz::TimeZone};

use calendar::{Calendar, Speech};
pub use resolve::Order;
use resolve::{Expected, Meaning};
use spelling::Spelled;

/// A moment that a page names, in the page's own zone, never converted.
#[derive(Debug, Clone, PartialEq)]
pub struct Stamp {
    /// The moment, in the zone that the page names or is taken to be in.
    pub at: ZonedDateTime,
    /// Whether the time of day is known.
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
    /// `2024-01-18T07:29:00+07:00`: [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339) with the zone as a number, as
    /// feeds and stores want it.
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
    /// When the page was fetched: `2 giờ trước` counts from here, and what lies more than two days ahead is no date of
    /// publication.
    pub now: Timestamp,
    /// The zone that the feed's file names, for dates that do not say theirs.
    pub zone: Option<&'a TimeZone>,
    /// A language tag ([BCP 47](https://www.rfc-editor.org/info/bcp47)), as the page or the feed's file says.
    pub language: Option<&'a str>,
    /// The page's host: its country speaks where the language does not.
    pub host: Option<&'a str>,
    /// Which number is the day, where the page's other dates have settled it.
    pub order: Option<Order>,
}

/// A date, and where in the text it stands, its time of day included.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The date.
    pub stamp: Stamp,
    /// In bytes.
    pub range: Range<usize>,
}

/// The dates of one list, read together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct List {
    /// One for each text.
    pub stamps: Vec<Option<Stamp>>,
    /// Which dates were left out, in words.
    pub problems: Vec<String>,
}

/// The first date in a text. A date that may be either of two days is none.
pub fn read(text: &str, reading: &Reading) -> Option<Stamp> {
    find(text, reading).map(|found| found.stamp)
}

/// The same with its place in the text.
pub fn find(text: &str, reading: &Reading) -> Option<Found> {
    let spelled = spelling::all(text, reading.speech());
    match resolve::first(&spelled, resolve::of_list(spelled.first().into_iter(), reading), reading) {
        Meaning::Moment(spelled, stamp) => Some(Found { stamp, range: spelled.range.clone() }),
        Meaning::Nothing | Meaning::Either(..) => None,
    }
}

/// Why the first date in a text is not read, in a sentence for people, where it may be either of two days.
pub fn doubt(text: &str, reading: &Reading) -> Option<String> {
    let spelled = spelling::all(text, reading.speech());
    match resolve::first(&spelled, resolve::of_list(spelled.first().into_iter(), reading), reading) {
        Meaning::Either(spelled, days) => Some(in_words(&text[spelled.range.clone()], days, 0)),
        Meaning::Nothing | Meaning::Moment(..) => None,
    }
}

/// Where a text names its first date, in bytes, be it a possible date or not.
pub fn place(text: &str) -> Option<Range<usize>> {
    spelling::all(text, of_any_calendar()).into_iter().next().map(|spelled| spelled.range)
}

/// Whether a text names a date at all.
pub fn is_dated(text: &str) -> bool {
    spelling::is_any(text, of_any_calendar())
}

fn of_any_calendar() -> Speech<'static> {
    Speech { calendar: Calendar::Any, ..Speech::default() }
}

/// The first date of each text of one list, top to bottom. Which number is the day is the same for all of them.
pub fn read_list<'t>(texts: impl IntoIterator<Item = Option<&'t str>>, reading: &Reading) -> List {
    let texts: Vec<Option<&str>> = texts.into_iter().collect();
    let spelled: Vec<Vec<Spelled>> =
        texts.iter().map(|text| text.map(|text| spelling::all(text, reading.speech())).unwrap_or_default()).collect();
    let order = resolve::of_list(spelled.iter().filter_map(|dates| dates.first()), reading);
    let mut doubtful = Vec::new();
    let stamps = spelled.iter().zip(&texts).map(|(dates, text)| match resolve::first(dates, order, reading) {
        Meaning::Moment(_, stamp) => Some(stamp),
        Meaning::Either(spelled, days) => {
            doubtful.push((&text.unwrap_or_default()[spelled.range.clone()], days));
            None
        }
        Meaning::Nothing => None,
    });
    let stamps = stamps.collect();
    let problems = doubtful.first().map(|(text, days)| in_words(text, *days, doubtful.len() - 1));
    List { stamps, problems: problems.into_iter().collect() }
}

/// The order of day and month that the dates of a page settle among them, for [`Reading::order`].
pub fn order_of<'t>(texts: impl IntoIterator<Item = &'t str>, reading: &Reading) -> Option<Order> {
    // Vietnamese pages that write a date American have it from elsewhere.
    if reading.is_vietnamese() {
        return None;
    }
    let short: Vec<&str> = texts.into_iter().filter(|text| text.len() <= LONGEST_STAMP).collect();
    if !short.iter().any(|text| may_be_open(text)) {
        return None;
    }
    // Only dates with their years tell something.
    let written = short.into_iter().filter(|text| token::may_have_year(text));
    let dates: Vec<Spelled> = written.flat_map(|text| spelling::all(text, reading.speech())).collect();
    resolve::of_page(&dates, reading)
}

/// Whether a digit, a mark and a digit stand there: cheap to say of a whole page.
fn may_be_open(text: &str) -> bool {
    text.as_bytes().windows(3).any(|three| three[0].is_ascii_digit() && matches!(three[1], b'/' | b'-') && three[2].is_ascii_digit())
}

/// `03/04/2026` may be 3 April or 4 March.
fn in_words(text: &str, [one, other]: [Date; 2], more: usize) -> String {
    let (one, other) = (one.strftime("%-d %B"), other.strftime("%-d %B"));
    let rest = match more {
        0 => String::new(),
        1 => ", and another date is as open".to_owned(),
        more => format!(", and {more} more dates are as open"),
    };
    format!("`{text}` may be {one} or {other}{rest}: left out")
}

/// Bytes of a text beyond which a date in it is one in prose.
const LONGEST_STAMP: usize = 300;
/// Countries that write the month first, or both ways.
const NOT_SURELY_DAY_FIRST: [&str; 4] = ["us", "ca", "ph", "pr"];
/// Countries whose names are given to sites anywhere.
const ANYWHERE: [&str; 12] = ["ai", "cc", "co", "fm", "gg", "io", "la", "ly", "me", "to", "tv", "ws"];

impl Reading<'_> {
    /// The order of day and month that the page's language and country let expect.
    fn expected_order(&self) -> Expected {
        let sure = |order| Expected { order, is_sure: true };
        let country = self.country();
        let (language, region) = self.language_and_region();
        let is_country = country.len() == 2 && !ANYWHERE.contains(&country.as_str());
        if is_country && !NOT_SURELY_DAY_FIRST.contains(&country.as_str()) {
            return sure(Order::DayFirst);
        }
        match (language.as_str(), region.as_str()) {
            ("en", "us") => sure(Order::MonthFirst),
            ("en" | "", "") if matches!(country.as_str(), "us" | "gov" | "mil" | "edu") => sure(Order::MonthFirst),
            // `en` without a country is what American sites write, but not they alone.
            ("en", "" | "ca" | "ph") => Expected { order: Order::MonthFirst, is_sure: false },
            // Unknown, which is not the same as `und`: a language that is none of those that are known.
            ("" | "fil" | "tl", _) => Expected { order: Order::DayFirst, is_sure: false },
            _ => sure(Order::DayFirst),
        }
    }

    fn is_vietnamese(&self) -> bool {
        self.language_and_region().0 == "vi" || self.country() == "vn"
    }

    fn speech(&self) -> Speech<'_> {
        let language = self.language.unwrap_or_default();
        let language = language.split(['-', '_']).next().unwrap_or_default();
        // The tables know lower case only; other cases cost the page's own reading of a month that two languages have.
        Speech { language, calendar: self.calendar() }
    }

    /// The calendar that the language, or the country, reckons by.
    fn calendar(&self) -> Calendar {
        let (language, region) = self.language_and_region();
        match (language.as_str(), region.as_str(), self.country().as_str()) {
            ("th", ..) | ("" | "und" | "en", _, "th") => Calendar::Buddhist,
            ("fa" | "ps", ..) | ("" | "und" | "en", _, "ir" | "af") => Calendar::Persian,
            ("zh", "tw" | "hant", _) | ("zh" | "und" | "", _, "tw") => Calendar::Minguo,
            _ => Calendar::Gregorian,
        }
    }

    /// `zh-Hant-TW` is `zh` and `hant`; both in lower case, empty where they are not said.
    fn language_and_region(&self) -> (String, String) {
        let language = self.language.unwrap_or_default().to_ascii_lowercase();
        let mut parts = language.split(['-', '_']);
        let mut next = || parts.next().unwrap_or_default().to_owned();
        (next(), next())
    }

    /// The last label of the host.
    fn country(&self) -> String {
        self.host.unwrap_or_default().trim_end_matches('.').rsplit('.').next().unwrap_or_default().to_ascii_lowercase()
    }
}

#[cfg(test)]
mod tests;

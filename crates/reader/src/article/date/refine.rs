//! The time of day that a page shows beside its headline, for a date that is known but for it.

use jiff::{
    SignedDuration,
    civil::{Date, Time},
    tz::{Offset, TimeZone},
};

use super::{labels, place::Place};
use crate::time::{self, Precision, Reading, Stamp};

/// The same day with the time that the page shows beside it, where the better source gave the day alone, or that of the
/// evening before, which papers date as their next issue; and the same moment as the page shows it, where the better
/// source gave it in UTC.
pub fn refined(stamp: Stamp, place: &Place, reading: &Reading) -> Stamp {
    if is_exact(&stamp) {
        return stamp;
    }
    let timed: Vec<Stamp> = timed(place, reading).collect();
    let refined = if stamp.precision == Precision::Day || stamp.at.time() == Time::midnight() {
        let on = |date: Option<Date>| timed.iter().find(|timed| Some(timed.at.date()) == date).cloned();
        on(Some(stamp.at.date())).or_else(|| on(stamp.at.date().yesterday().ok()))
    } else {
        timed.iter().find_map(|timed| as_shown(&stamp, timed))
    };
    refined.unwrap_or(stamp)
}

/// Times of day with their dates near the headline and at the end of the text.
pub fn timed<'a>(place: &'a Place, reading: &'a Reading) -> impl Iterator<Item = Stamp> {
    place
        .near()
        .map(|at| &place.layout.blocks[at])
        .filter(|block| may_be_timed(&block.text))
        .filter_map(|block| time::find(&block.text, reading).filter(|found| !labels::CHANGED.is_match(&block.text[..found.range.start])))
        .map(|found| found.stamp)
        .filter(|stamp| stamp.precision == Precision::Minute)
}

/// Whether a digit stands beside a mark or letter that a time of day has.
fn may_be_timed(text: &str) -> bool {
    !text.is_ascii() || text.as_bytes().windows(2).any(|pair| pair[0].is_ascii_digit() && matches!(pair[1], b':' | b'h' | b'.' | b' '))
}

/// A moment that needs no other word: with its time of day, in a zone that somebody chose.
fn is_exact(stamp: &Stamp) -> bool {
    stamp.precision == Precision::Minute && stamp.at.time() != Time::midnight() && stamp.at.offset() != Offset::UTC
}

/// The moment in the zone that the page shows it in, if `shown` can be the same one.
fn as_shown(stamp: &Stamp, shown: &Stamp) -> Option<Stamp> {
    let between = shown.at.datetime().duration_since(stamp.at.datetime().with().second(0).subsec_nanosecond(0).build().ok()?);
    let whole = between.as_secs() - between.as_secs().rem_euclid(60);
    let is_zone =
        whole != 0 && whole % 1_800 == 0 && between >= SignedDuration::from_hours(-12) && between <= SignedDuration::from_hours(14);
    let offset = Offset::from_seconds(i32::try_from(whole).ok()?).ok().filter(|_| is_zone)?;
    Some(Stamp { at: stamp.at.with_time_zone(TimeZone::fixed(offset)), precision: Precision::Minute })
}

//! Which number is the day, which year is meant: settled by all dates of a list together, and each made a moment.

use std::{cmp::Ordering, collections::HashSet};

use jiff::{
    SignedDuration, Span, Timestamp, ToSpan, ZonedDateTime,
    civil::{Date, Time},
    tz::{Offset, TimeZone},
};

use super::{
    Precision, Reading, Stamp,
    language::Unit,
    relative::Ago,
    spelling::{Day, Spelled},
};

/// How far after the page was fetched a date may lie: clocks and zones differ, and evening editions carry tomorrow's
/// date.
const AHEAD: SignedDuration = SignedDuration::from_hours(48);

/// A list that spans more days than this was probably read with day and month exchanged: `05/11, 04/11 … 01/11` lies
/// within 4 days or 120.
const LONG_SPAN: i32 = 45;

/// Which of two numbers is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// `18/01/2024`.
    DayFirst,
    /// `01/18/2024`.
    MonthFirst,
}

/// The order that a page's language and country make likely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Expected {
    /// The likelier order.
    pub(super) order: Order,
    /// Whether it may be relied on where nothing else speaks.
    pub(super) is_sure: bool,
}

impl Order {
    fn other(self) -> Self {
        if self == Self::DayFirst { Self::MonthFirst } else { Self::DayFirst }
    }
}

/// The order that explains the dates of a list best, the expected one where both do; `None` where that is not to be
/// relied on. Each date is the first of its text.
///
/// Where language and country tell the order, a single date that lies ahead does not change it: it is the last day for
/// offers, or the day from which a rule applies. Several do, if the other order makes them one stretch of days.
pub(super) fn of_list<'a>(dates: impl Iterator<Item = &'a Spelled> + Clone, reading: &Reading) -> Option<Order> {
    let Expected { order, is_sure } = reading.expected_order();
    if reading.order.is_some() || !dates.clone().any(|spelled| matches!(spelled.day, Day::Open { .. })) {
        return Some(reading.order.unwrap_or(order));
    }
    let as_read = |order| Explained::of(dates.clone(), order, is_sure, reading);
    let (expected, other) = (as_read(order), as_read(order.other()));
    match expected.cost().cmp(&other.cost()) {
        Ordering::Less => Some(order),
        Ordering::Equal if expected.ahead > 0 && other.ahead == 0 && other.span < expected.span => Some(order.other()),
        Ordering::Equal if dates.clone().any(|spelled| is_american(spelled, reading)) => Some(Order::MonthFirst),
        Ordering::Equal => is_sure.then_some(order),
        Ordering::Greater => Some(order.other()),
    }
}

/// The order that the dates of a page settle among them, in whatever places they stand: a day above 12, or, where
/// language and country tell nothing, one that would lie ahead and a day that the page also writes out.
pub(super) fn of_page(dates: &[Spelled], reading: &Reading) -> Option<Order> {
    let certain = |spelled: &Spelled| match spelled.day {
        Day::Certain { year: Some(year), month, day } => Date::new(year, month, day).ok(),
        _ => None,
    };
    let certain: HashSet<Date> = dates.iter().filter_map(certain).collect();
    let open = || dates.iter().filter(|spelled| matches!(spelled.day, Day::Open { year: Some(_), .. }));
    let is_sure = reading.expected_order().is_sure;
    let fits = |order: Order| {
        let days = || open().filter_map(|spelled| day(spelled, order, reading)).filter(|stamp| is_sure || !is_ahead(stamp, reading.now));
        let confirmed = days().filter(|stamp| !is_sure && certain.contains(&stamp.at.date())).count();
        (days().count(), confirmed)
    };
    match fits(Order::DayFirst).cmp(&fits(Order::MonthFirst)) {
        Ordering::Greater => Some(Order::DayFirst),
        Ordering::Less => Some(Order::MonthFirst),
        Ordering::Equal => None,
    }
}

/// Whether a date is spelled as programs in American English write it, and so read is none that lies ahead.
fn is_american(spelled: &Spelled, reading: &Reading) -> bool {
    spelled.is_american && moment(spelled, Order::MonthFirst, reading).is_some()
}

/// A list as one order explains it.
struct Explained {
    /// Dates that cannot be.
    impossible: usize,
    /// Breaks of the list's own order.
    breaks: usize,
    /// Days from the first to the last.
    span: i32,
    is_long: bool,
    /// Dates that lie ahead; where the order is not sure they count as impossible.
    ahead: usize,
}

impl Explained {
    fn of<'a>(dates: impl Iterator<Item = &'a Spelled>, order: Order, is_sure: bool, reading: &Reading) -> Self {
        let (mut impossible, mut ahead) = (0, 0);
        let mut days: Vec<Date> = Vec::new();
        for spelled in dates {
            match day(spelled, order, reading) {
                Some(stamp) if is_sure || !is_ahead(&stamp, reading.now) => {
                    ahead += usize::from(is_ahead(&stamp, reading.now));
                    days.push(stamp.at.date());
                }
                _ => impossible += 1,
            }
        }
        let rises = days.windows(2).filter(|pair| pair[0] < pair[1]).count();
        let falls = days.windows(2).filter(|pair| pair[0] > pair[1]).count();
        let span = match (days.iter().min(), days.iter().max()) {
            (Some(first), Some(last)) => first.until(*last).map_or(0, |span| span.get_days()),
            _ => 0,
        };
        Self { impossible, breaks: rises.min(falls), span, is_long: days.len() > 2 && span > LONG_SPAN, ahead }
    }

    /// What speaks against the order, the weightiest first.
    fn cost(&self) -> (usize, usize, bool) {
        (self.impossible, self.breaks, self.is_long)
    }
}

/// What a text turned out to say.
pub(super) enum Meaning<'s> {
    Nothing,
    Moment(&'s Spelled, Stamp),
    /// One of two days, and nothing tells which.
    Either(&'s Spelled, [Date; 2]),
}

/// The first of a text's dates that can be, with its place in the text.
pub(super) fn first<'s>(spelled: &'s [Spelled], order: Option<Order>, reading: &Reading) -> Meaning<'s> {
    for spelled in spelled {
        let as_read = |order| moment(spelled, order, reading);
        match (order, spelled.day) {
            (None, Day::Open { .. }) => match (as_read(Order::DayFirst), as_read(Order::MonthFirst)) {
                (Some(one), Some(other)) if one != other => return Meaning::Either(spelled, [one.at.date(), other.at.date()]),
                (Some(one), _) | (None, Some(one)) => return Meaning::Moment(spelled, one),
                (None, None) => (),
            },
            (order, day) => {
                let order = order.unwrap_or(Order::DayFirst);
                // A number above 12 settles its own date whatever the list says.
                let stamp = as_read(order).or_else(|| match day {
                    Day::Open { first, second, .. } if first.max(second) > 12 => as_read(order.other()),
                    _ => None,
                });
                if let Some(stamp) = stamp {
                    return Meaning::Moment(spelled, stamp);
                }
            }
        }
    }
    Meaning::Nothing
}

/// What is spelled, as a moment; `None` where there is no such day, or where it lies ahead.
fn moment(spelled: &Spelled, order: Order, reading: &Reading) -> Option<Stamp> {
    day(spelled, order, reading).filter(|stamp| !is_ahead(stamp, reading.now))
}

/// The same, also where it lies ahead. Without a year it is the last such day that there was.
fn day(spelled: &Spelled, order: Order, reading: &Reading) -> Option<Stamp> {
    let zone = match spelled.clock.and_then(|clock| clock.offset) {
        Some(offset) => TimeZone::fixed(offset),
        None => usual_zone(reading),
    };
    let now = reading.now.to_zoned_datetime(zone.clone());
    let (date, year_is_known) = match spelled.day {
        Day::Ago(ago) => return before(&now, ago),
        Day::DaysBack(days) => (now.date().checked_sub(days.days()).ok()?, true),
        Day::Certain { year: Some(year), month, day } => (Date::new(year, month, day).ok()?, true),
        Day::Certain { year: None, month, day } => (last_on(now.year(), month, day)?, false),
        Day::Open { first, second, year } => {
            let (day, month) = if order == Order::DayFirst { (first, second) } else { (second, first) };
            match year {
                Some(year) => (Date::new(year, month, day).ok()?, true),
                None => (last_on(now.year(), month, day)?, false),
            }
        }
    };
    let stamp = at(date, spelled, zone.clone())?;
    if year_is_known || !is_ahead(&stamp, reading.now) {
        return Some(stamp);
    }
    at(last_on(date.year() - 1, date.month(), date.day())?, spelled, zone)
}

/// The day in `year`, or in the last year before that has it: 29 February comes every four years, and once in eight.
fn last_on(year: i16, month: i8, day: i8) -> Option<Date> {
    (0..=8).find_map(|back| Date::new(year - back, month, day).ok())
}

fn at(date: Date, spelled: &Spelled, zone: TimeZone) -> Option<Stamp> {
    let (time, precision) = match spelled.clock {
        Some(clock) => (clock.time, Precision::Minute),
        None => (Time::midnight(), Precision::Day),
    };
    Some(Stamp { at: date.to_datetime(time).to_zoned_datetime(zone).ok()?, precision })
}

fn is_ahead(stamp: &Stamp, now: Timestamp) -> bool {
    stamp.at.timestamp().duration_since(now) > AHEAD
}

/// Hours and less are counted from the minute; days and more name a day.
fn before(now: &ZonedDateTime, ago: Ago) -> Option<Stamp> {
    let is_exact = matches!(ago.unit, Unit::Seconds | Unit::Minutes | Unit::Hours);
    let mut at = now.checked_sub(span(ago.amount, ago.unit)?).ok()?;
    if let Some((amount, unit)) = ago.rest {
        at = at.checked_sub(span(amount, unit)?).ok()?;
    }
    if is_exact {
        let minute = at.with().second(0).subsec_nanosecond(0).build().ok()?;
        Some(Stamp { at: minute, precision: Precision::Minute })
    } else {
        Some(Stamp { at: at.start_of_day().ok()?, precision: Precision::Day })
    }
}

fn span(amount: i64, unit: Unit) -> Option<Span> {
    let span = Span::new();
    match unit {
        Unit::Seconds => span.try_seconds(amount),
        Unit::Minutes => span.try_minutes(amount),
        Unit::Hours => span.try_hours(amount),
        Unit::Days => span.try_days(amount),
        Unit::Weeks => span.try_weeks(amount),
        Unit::Months => span.try_months(amount),
        Unit::Years => span.try_years(amount),
    }
    .ok()
}

/// The zone of a date that does not say its own.
fn usual_zone(reading: &Reading) -> TimeZone {
    match reading.zone {
        Some(zone) => zone.clone(),
        None if reading.is_vietnamese() => TimeZone::fixed(Offset::constant(7)),
        None => TimeZone::UTC,
    }
}

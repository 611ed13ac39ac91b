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

/// How far after the page was fetched a date may lie: clocks and zones differ, and evening editions carry tomorrow's date.
const AHEAD: SignedDuration = SignedDuration::from_hours(48);

/// A list that spans more days than this was probably read with day and month exchanged: `05/11, 04/11 … 01/11` lies within 4 days or 120.
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
pub(super) fn of_list<'a>(dates: impl Iterator<Item = &'a Spelled> + Clone, reading: &Reading) -> Option<Order> {
    let Expected { order, is_sure } = reading.expected_order();
    if reading.order.is_some() || !dates.clone().any(|spelled| matches!(spelled.day, Day::Open { .. })) {
        return Some(reading.order.unwrap_or(order));
    }
    match cost(dates.clone(), order, reading).cmp(&cost(dates, order.other(), reading)) {
        Ordering::Less => Some(order),
        Ordering::Equal => is_sure.then_some(order),
        Ordering::Greater => Some(order.other()),
    }
}

/// The order that the dates of a page settle among them, in whatever places they stand: a day above 12, one that
/// would lie ahead, or, where language and country tell nothing, a day that the page also writes out.
pub(super) fn of_page(dates: &[Spelled], reading: &Reading) -> Option<Order> {
    let certain = |spelled: &Spelled| match spelled.day {
        Day::Certain { year: Some(year), month, day } => Date::new(year, month, day).ok(),
        _ => None,
    };
    let certain: HashSet<Date> = dates.iter().filter_map(certain).collect();
    let open = || dates.iter().filter(|spelled| matches!(spelled.day, Day::Open { year: Some(_), .. }));
    let is_sure = reading.expected_order().is_sure;
    let fits = |order: Order| {
        let days = || open().filter_map(|spelled| moment(spelled, order, reading));
        let confirmed = days().filter(|stamp| !is_sure && certain.contains(&stamp.at.date())).count();
        (days().count(), confirmed)
    };
    match fits(Order::DayFirst).cmp(&fits(Order::MonthFirst)) {
        Ordering::Greater => Some(Order::DayFirst),
        Ordering::Less => Some(Order::MonthFirst),
        Ordering::Equal => None,
    }
}

/// What speaks against an order, the weightiest first: dates that cannot be, breaks of the list's own order, a long span.
fn cost<'a>(dates: impl Iterator<Item = &'a Spelled>, order: Order, reading: &Reading) -> (usize, usize, bool) {
    let mut impossible = 0;
    let mut days: Vec<Date> = Vec::new();
    for spelled in dates {
        match moment(spelled, order, reading) {
            Some(stamp) => days.push(stamp.at.date()),
            None => impossible += 1,
        }
    }
    let rises = days.windows(2).filter(|pair| pair[0] < pair[1]).count();
    let falls = days.windows(2).filter(|pair| pair[0] > pair[1]).count();
    let span = match (days.iter().min(), days.iter().max()) {
        (Some(first), Some(last)) => first.until(*last).map_or(0, |span| span.get_days()),
        _ => 0,
    };
    (impossible, rises.min(falls), days.len() > 2 && span > LONG_SPAN)
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
    if !is_ahead(&stamp, reading.now) {
        return Some(stamp);
    }
    // Without a year it is the last such day that there was.
    if year_is_known {
        return None;
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

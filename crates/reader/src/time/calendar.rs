//! Years of other calendars made Gregorian: Buddhist, Persian, Islamic, of the Republic of China, Japanese eras.
//!
//! A page's language or country says which years to expect, or the name of the month or era does; a bare number
//! never does, because 1402 is also the number of a room.

use icu_calendar::cal::{Hijri, Iso};
use jiff::{ToSpan, civil::Date};

use super::{
    months::{self, Month},
    spelling::Day,
    token::{Token, Tokens},
};

/// How the page speaks, as far as it decides what a date means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Speech<'a> {
    /// The first part of the language's code, in lower case; empty where it is not known.
    pub(super) language: &'a str,
    /// The calendar in which its years may be counted besides the Gregorian one.
    pub(super) calendar: Calendar,
}

/// Which years may stand beside the Gregorian ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Calendar {
    #[default]
    Gregorian,
    /// Thai: 543 years ahead.
    Buddhist,
    /// Iranian: from spring to spring.
    Persian,
    /// Islamic, as Umm al-Qura reckons it; where the moon is looked for, a month may begin a day before or after.
    Hijri,
    /// Of the Republic of China: 1 is 1912.
    Minguo,
    /// Where a text is only asked whether it names a date.
    Any,
}

/// Years in which news can have appeared on the web.
const YEARS: std::ops::Range<i16> = 1990..2100;
const PERSIAN_YEARS: std::ops::Range<i16> = 1360..1500;
const HIJRI_YEARS: std::ops::Range<i16> = 1410..1500;
const BUDDHIST_AHEAD: i16 = 543;
const BEFORE_MINGUO: i16 = 1911;
/// From here on a year of two digits is one of the last century.
const LAST_CENTURY: i16 = 90;
/// The years before the eras of emperors whose reign news on the web can fall into.
const ERAS: [(&str, &str, i16); 2] = [("令", "和", 2018), ("平", "成", 1988)];

/// A year as its calendar counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    Gregorian(i16),
    Persian(i16),
    Hijri(i16),
}

impl Year {
    /// The day that this month and day of the year are; day and month themselves are checked later.
    pub(super) fn day(self, month: i8, day: i8) -> Option<Day> {
        let date = match self {
            Self::Gregorian(year) => return Some(Day::Certain { year: Some(year), month, day }),
            Self::Persian(year) => from_persian(year, month, day)?,
            Self::Hijri(year) => from_hijri(year, month, day)?,
        };
        Some(Day::Certain { year: Some(date.year()), month: date.month(), day: date.day() })
    }

    /// The same for a month that has a name: it needs a year of its calendar.
    pub(super) fn day_of(self, month: Month, day: i8) -> Option<Day> {
        match (self, month) {
            (Self::Gregorian(_), Month::Gregorian(month))
            | (Self::Persian(_), Month::Persian(month))
            | (Self::Hijri(_), Month::Hijri(month)) => self.day(month, day),
            _ => None,
        }
    }
}

/// The year of four digits at `at`, as a page that speaks so counts it.
pub(super) fn year(tokens: &Tokens, at: usize, calendar: Calendar) -> Option<Year> {
    let digits = tokens.number(at, 4..=4).or_else(|| with_hour(tokens, at).map(|(year, _)| year))?;
    let number = i16::try_from(digits).ok()?;
    let buddhist = number - BUDDHIST_AHEAD;
    match calendar {
        _ if YEARS.contains(&number) => Some(Year::Gregorian(number)),
        Calendar::Buddhist | Calendar::Any if YEARS.contains(&buddhist) => Some(Year::Gregorian(buddhist)),
        Calendar::Hijri if HIJRI_YEARS.contains(&number) => Some(Year::Hijri(number)),
        Calendar::Persian | Calendar::Any if PERSIAN_YEARS.contains(&number) => Some(Year::Persian(number)),
        _ => None,
    }
}

/// The `2024` and `7` of `20247:29`, the `2024` and `07` of `202407h29`, where a page sets the hour apart by its style
/// alone.
pub(super) fn with_hour(tokens: &Tokens, at: usize) -> Option<(u64, u64)> {
    let is_parted = tokens.is_mark(at + 1, ":") || matches!(tokens.word(at + 1), Some("h" | "g"));
    let is_clock = is_parted && tokens.number(at + 2, 2..=2).is_some_and(|minute| minute < 60);
    let glued = tokens.number(at, 5..=6).filter(|_| is_clock)?;
    let hours = if tokens.number(at, 5..=5).is_some() { 10 } else { 100 };
    Some((glued / hours, glued % hours)).filter(|(_, hour)| *hour < 24)
}

/// The year that two digits stand for.
pub(super) fn short_year(digits: u64, calendar: Calendar) -> Option<Year> {
    let digits = i16::try_from(digits).ok()?;
    let buddhist = 2500 + digits - BUDDHIST_AHEAD;
    let year = match calendar {
        Calendar::Persian | Calendar::Hijri => return None,
        Calendar::Buddhist if YEARS.contains(&buddhist) => buddhist,
        _ if digits >= LAST_CENTURY => 1900 + digits,
        _ => 2000 + digits,
    };
    Some(Year::Gregorian(year))
}

/// The calendar that goes with a month's name: it tells more than the page's language.
pub(super) fn of_month(month: Month, name: &str, speech: Speech) -> Calendar {
    match month {
        Month::Persian(_) => Calendar::Persian,
        Month::Hijri(_) => Calendar::Hijri,
        Month::Gregorian(_) if months::is_thai(name) => Calendar::Buddhist,
        Month::Gregorian(_) => speech.calendar,
    }
}

/// `民國113年`, `令和6年`, `令和元年`: the year, and the place of the `年`.
pub(super) fn era(tokens: &Tokens, at: usize) -> Option<(Year, usize)> {
    let word = |at: usize| tokens.word(at);
    let before = match (word(at)?, word(at + 1)?) {
        ("民", "國" | "国") => BEFORE_MINGUO,
        (first, second) => ERAS.iter().find(|era| (era.0, era.1) == (first, second)).map(|era| era.2)?,
    };
    let number = tokens.past_space(at + 2);
    let counted = if word(number) == Some("元") { 1 } else { i16::try_from(tokens.number(number, 1..=3)?).ok()? };
    let mark = tokens.past_space(number + 1);
    let year = before + counted;
    (word(mark) == Some("年") && YEARS.contains(&year)).then_some((Year::Gregorian(year), mark))
}

/// `113` of `113年1月18日` and `113-01-18`, where the page is Taiwan's.
pub(super) fn minguo(tokens: &Tokens, at: usize, calendar: Calendar) -> Option<Year> {
    if calendar != Calendar::Minguo || tokens.before(at).is_some_and(|token| matches!(token, Token::Mark('/' | '-' | '.'))) {
        return None;
    }
    let counted = i16::try_from(tokens.number(at, 2..=3)?).ok()?;
    let year = BEFORE_MINGUO + counted;
    YEARS.contains(&year).then_some(Year::Gregorian(year))
}

/// Leap years fall as in the cycle of 33 years, which is exact from 1178 to 1502
/// (Reingold and Dershowitz, *Calendrical Calculations*, and the exceptions that ICU4X lists).
fn from_persian(year: i16, month: i8, day: i8) -> Option<Date> {
    let months = i32::from(month) - 1;
    if !(1..=12).contains(&month) || !(1..=if month <= 6 { 31 } else { 30 }).contains(&day) {
        return None;
    }
    let leaps = |year: i16| (8 * i32::from(year) + 21).div_euclid(33);
    let years = i32::from(year) - 1300;
    let days = 365 * years + leaps(year) - leaps(1300) + if months <= 6 { 31 * months } else { 30 * months + 6 } + i32::from(day) - 1;
    Date::new(1921, 3, 21).ok()?.checked_add(days.days()).ok()
}

fn from_hijri(year: i16, month: i8, day: i8) -> Option<Date> {
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let date = icu_calendar::Date::try_new_hijri_with_calendar(year.into(), month, day, Hijri::new_umm_al_qura()).ok()?;
    let date = date.to_calendar(Iso);
    let month = i8::try_from(date.month().ordinal).ok()?;
    Date::new(i16::try_from(date.era_year().year).ok()?, month, i8::try_from(date.day_of_month().0).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persian_days_are_exact() {
        let date = |year, month, day| from_persian(year, month, day).map(|date| date.to_string()).unwrap_or_default();
        assert_eq!(date(1402, 10, 28), "2024-01-18");
        assert_eq!(date(1399, 12, 30), "2021-03-20");
        assert_eq!(date(1400, 1, 1), "2021-03-21");
        assert_eq!(date(1403, 1, 1), "2024-03-20");
        assert_eq!(date(1404, 1, 1), "2025-03-21");
        assert_eq!(date(1375, 12, 30), "1997-03-20");
        assert_eq!(date(1402, 7, 31), "");
        assert_eq!(date(1402, 13, 1), "");
    }

    #[test]
    fn islamic_days_are_those_of_umm_al_qura() {
        let date = |year, month, day| from_hijri(year, month, day).map(|date| date.to_string()).unwrap_or_default();
        assert_eq!(date(1447, 1, 1), "2025-06-26");
        assert_eq!(date(1446, 9, 1), "2025-03-01");
        assert_eq!(date(1445, 10, 1), "2024-04-10");
        assert_eq!((date(1447, 9, 31), date(1447, 13, 1)), (String::new(), String::new()));
    }
}

//! Times of day and zones among the tokens: `07:29`, `7h29`, `7 giờ 29`, `7:29 CH`, `07:29 GMT+7`.

use jiff::{civil::Time, tz::Offset};

use super::{
    calendar, half_day, language,
    token::{Token, Tokens},
};

/// A time of day, with its zone where that is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    /// The time, to the second where that is written.
    pub(super) time: Time,
    /// The zone's distance from UTC.
    pub(super) offset: Option<Offset>,
}

/// Tokens that a clock may take up before a date, seconds, half of the day and zone included.
const LONGEST: usize = 20;

/// Marks that may stand between a date and its time of day.
const BETWEEN: &str = ",،.|()-:•·@;/–[]";

/// The clock that belongs to a date which ends at `end`, and where the clock ends.
pub(super) fn after(tokens: &Tokens, end: usize) -> Option<(Clock, usize)> {
    let mut at = end;
    // `18/01/202407:29`
    let last = end.saturating_sub(1);
    if let Some((_, hour)) = calendar::with_hour(tokens, last) {
        return from_hour(tokens, last, hour);
    }
    // `2024-01-18T07:29`, also in its form without colons.
    if tokens.word(at) == Some("t") {
        at += 1;
        return compact(tokens, at).or_else(|| at_token(tokens, at));
    }
    for _ in 0..LONGEST {
        if let Some(found) = at_token(tokens, at).or_else(|| dotted(tokens, at)) {
            return Some(found);
        }
        at = match tokens.get(at)? {
            Token::Space => at + 1,
            Token::Mark(ch) if BETWEEN.contains(ch) => at + 1,
            Token::Word if tokens.word(at) == Some("thu") || tokens.word(at) == Some("chu") || tokens.word(at) == Some("t") => {
                let next = tokens.past_space(at + 1);
                let is_day = tokens.number(next, 1..=1).is_some()
                    || tokens.word(next).is_some_and(|word| language::numeral(word).is_some() || word == "nhat");
                if is_day { next + 1 } else { at + 1 }
            }
            // `г.`, `р.`
            Token::Word if tokens.word(at).is_some_and(language::is_between) => at + 1 + usize::from(tokens.is_mark(at + 1, ".")),
            _ => return None,
        };
    }
    None
}

/// `19.29` right after a date, where nothing else follows: so Danes, Finns and Indonesians write.
fn dotted(tokens: &Tokens, at: usize) -> Option<(Clock, usize)> {
    let follows = at > 0 && matches!(tokens.get(at - 1), Some(Token::Space));
    let (hour, minute) = (tokens.number(at, 1..=2)?, tokens.number(at + 2, 2..=2)?);
    let mut end = at + 3;
    if tokens.is_mark(end, ".") && tokens.number(end + 1, 2..=2).is_some() {
        end += 2;
    }
    let ends = end == tokens.len() || tokens.is_mark(tokens.past_space(end), ",)|");
    let time = time(hour, minute, 0).filter(|_| follows && ends && tokens.is_mark(at + 1, "."))?;
    Some((Clock { time, offset: None }, end))
}

/// The clock that belongs to a date which begins at `start`, and where the clock begins.
pub(super) fn before(tokens: &Tokens, start: usize) -> Option<(Clock, usize)> {
    let mut end = start;
    loop {
        let first = end.saturating_sub(LONGEST);
        if let Some((clock, at)) =
            (first..end).find_map(|at| at_token(tokens, at).filter(|(_, clock_end)| *clock_end == end).map(|(clock, _)| (clock, at)))
        {
            return Some((clock, at));
        }
        if start - end > LONGEST {
            return None;
        }
        let last = end.checked_sub(1)?;
        end = match tokens.get(last)? {
            Token::Space => last,
            Token::Mark(ch) if BETWEEN.contains(ch) => last,
            Token::Word if tokens.word(last).is_some_and(language::is_between) => last,
            // `Thứ Năm`, `Thứ 5`, `T5`, `Chủ nhật`
            Token::Word | Token::Number { digits: 1, .. } => {
                let name = last.checked_sub(1)?;
                let name = if tokens.get(name) == Some(Token::Space) { name.checked_sub(1)? } else { name };
                if !matches!(tokens.word(name), Some("thu" | "t" | "chu")) {
                    return None;
                }
                name
            }
            _ => return None,
        };
    }
}

/// `0729` or `072900` after the `T` of a compact stamp.
fn compact(tokens: &Tokens, at: usize) -> Option<(Clock, usize)> {
    let (hour, minute, second) = match (tokens.number(at, 4..=4), tokens.number(at, 6..=6)) {
        (Some(value), _) => (value / 100, value % 100, 0),
        (_, Some(value)) => (value / 10_000, value / 100 % 100, value % 100),
        _ => return None,
    };
    let (offset, end) = zone(tokens, at + 1);
    Some((Clock { time: time(hour, minute, second)?, offset }, end))
}

/// A clock that begins at the token `at`, and where it ends.
fn at_token(tokens: &Tokens, at: usize) -> Option<(Clock, usize)> {
    let hour = tokens.number(at, 1..=2)?;
    if at > 0 && tokens.is_mark(at - 1, ":.") {
        return None;
    }
    from_hour(tokens, at, hour)
}

/// The clock whose hour ends with the token `at`, and where it ends.
fn from_hour(tokens: &Tokens, at: usize, mut hour: u64) -> Option<(Clock, usize)> {
    let (minute, second, mut end) = minutes(tokens, at).or_else(|| hour_alone(tokens, at))?;
    match half_day::after(tokens, tokens.past_space(end)) {
        Some((is_late, half_end)) => {
            hour = half_day::on_the_dial(hour, is_late);
            end = half_end;
        }
        None => {
            if let Some(is_late) = half_day::before(tokens, at) {
                hour = half_day::on_the_dial(hour, is_late);
            }
        }
    }
    let (offset, end) = zone(tokens, end);
    Some((Clock { time: time(hour, minute, second)?, offset }, end))
}

fn time(hour: u64, minute: u64, second: u64) -> Option<Time> {
    Time::new(hour.try_into().ok()?, minute.try_into().ok()?, second.try_into().ok()?, 0).ok()
}

/// Minutes and seconds after the hour at `at`.
fn minutes(tokens: &Tokens, at: usize) -> Option<(u64, u64, usize)> {
    let mark = tokens.past_space(at + 1);
    let next = tokens.past_space(mark + 1);
    if tokens.is_mark(mark, ":") {
        let minute = tokens.number(next, 2..=2).or_else(|| bare_minute(tokens, at, next))?;
        let mut end = next + 1;
        let mut second = 0;
        if tokens.is_mark(end, ":")
            && let Some(value) = tokens.number(end + 1, 2..=2)
        {
            second = value;
            end += 2;
            // Parts of a second.
            if tokens.is_mark(end, ".,") && matches!(tokens.get(end + 1), Some(Token::Number { .. })) {
                end += 2;
            }
        }
        return Some((minute, second, end));
    }
    if tokens.is_mark(mark, ".") && mark == at + 1 {
        // Only where a word says that it is a time: `12.30 Uhr`, `07.29 น.`, `kl. 12.30`.
        let minute = tokens.number(next, 2..=2)?;
        let word = tokens.past_space(next + 1);
        return match tokens.word(word) {
            Some("uhr" | "น" | "uur") => Some((minute, 0, word + 1)),
            Some("wib" | "wita" | "wit") => Some((minute, 0, next + 1)),
            _ => word_before(tokens, at).is_some_and(|word| matches!(word, "kl" | "klo" | "pukul")).then_some((minute, 0, next + 1)),
        };
    }
    match tokens.word(mark)? {
        // `7 giờ 5 phút trước` is no time of day, and is read before this.
        "h" | "g" | "gio" if !begins_date(tokens, next) => {
            let least = if tokens.word(mark) == Some("gio") { 1 } else { 2 };
            let minute = tokens.number(next, least..=2)?;
            let word = tokens.past_space(next + 1);
            match tokens.word(word) {
                Some("phut" | "ph" | "p") => Some((minute, 0, word + 1)),
                _ => Some((minute, 0, next + 1 + usize::from(tokens.is_mark(next + 1, "'’")))),
            }
        }
        "時" | "时" | "点" | "點" | "시" => {
            let minute = tokens.number(next, 1..=2)?;
            let word = tokens.past_space(next + 1);
            Some((minute, 0, if matches!(tokens.word(word), Some("分" | "분")) { word + 1 } else { next + 1 }))
        }
        _ => None,
    }
}

/// The minute of `8:7`, as programs write it that don't fill up with zeros: right beside a date alone, for it may be a
/// score.
fn bare_minute(tokens: &Tokens, hour: usize, minute: usize) -> Option<u64> {
    let is_date = |at: usize| matches!(tokens.get(at), Some(Token::Number { .. })) && tokens.is_mark(at + 1, "/-.");
    let follows_date = hour >= 3
        && tokens.get(hour - 1) == Some(Token::Space)
        && tokens.number(hour - 2, 4..=4).is_some()
        && tokens.is_mark(hour - 3, "/-.");
    let begins = hour == 0 && minute == hour + 2 && tokens.get(minute + 1) == Some(Token::Space) && is_date(minute + 2);
    tokens.number(minute, 1..=1).filter(|_| (follows_date || begins) && !tokens.is_mark(minute + 1, ":."))
}

/// Whether the number after an hour is a day: `7 giờ 18/1`, `7h 18-01-2024`, `7h 18 tháng 1`, but not the minutes of
/// `7h29-18/1`.
fn begins_date(tokens: &Tokens, at: usize) -> bool {
    let is_between = |at: usize, marks: &str| tokens.is_mark(at, marks) && matches!(tokens.get(at + 1), Some(Token::Number { .. }));
    is_between(at + 1, "/")
        || (is_between(at + 1, "-.") && is_between(at + 3, "-.") && tokens.get(at + 1) == tokens.get(at + 3))
        || matches!(tokens.word(tokens.past_space(at + 1)), Some("thang" | "thg" | "th"))
}

/// `7 pm`: an hour that only the half of the day makes a time; `7 giờ`, `7h`, where the word does.
fn hour_alone(tokens: &Tokens, at: usize) -> Option<(u64, u64, usize)> {
    let word = tokens.past_space(at + 1);
    match tokens.word(word)? {
        "am" | "pm" => Some((0, 0, at + 1)),
        "gio" => Some((0, 0, word + 1)),
        "h" | "g" if word == at + 1 => Some((0, 0, word + 1)),
        _ => None,
    }
}

/// The word before the number at `at`, past a point and white space.
fn word_before<'t>(tokens: &'t Tokens, at: usize) -> Option<&'t str> {
    let mut last = at.checked_sub(1)?;
    while tokens.get(last) == Some(Token::Space) || tokens.is_mark(last, ".:") {
        last = last.checked_sub(1)?;
    }
    tokens.word(last)
}

/// The zone after a clock that ends at `end`, and where it ends; `end` itself where there is none.
fn zone(tokens: &Tokens, end: usize) -> (Option<Offset>, usize) {
    if tokens.word(end) == Some("z") {
        return (Some(Offset::UTC), end + 1);
    }
    let mut at = tokens.past_space(end);
    let in_brackets = tokens.is_mark(at, "(");
    at += usize::from(in_brackets);
    let named = tokens.word(at).and_then(language::zone);
    let found = match named {
        Some(minutes) => {
            let next = tokens.past_space(at + 1);
            shift(tokens, next, 1).filter(|_| minutes == 0).or(Some((minutes, at + 1)))
        }
        None => shift(tokens, at, 2),
    };
    let Some((minutes, mut at)) = found else { return (None, end) };
    at += usize::from(in_brackets && tokens.is_mark(at, ")"));
    (Offset::from_seconds(minutes * 60).ok(), at)
}

/// `+07:00`, `+0700`, and where a zone's name stands before it also `+7`: minutes, and where it ends.
fn shift(tokens: &Tokens, at: usize, least_digits: u8) -> Option<(i32, usize)> {
    let sign = match tokens.get(at)? {
        Token::Mark('+') => 1,
        Token::Mark('-') => -1,
        _ => return None,
    };
    let (hours, minutes, end) = if let Some(both) = tokens.number(at + 1, 4..=4) {
        (both / 100, both % 100, at + 2)
    } else {
        let hours = tokens.number(at + 1, least_digits..=2)?;
        match tokens.number(at + 3, 2..=2).filter(|_| tokens.is_mark(at + 2, ":")) {
            Some(minutes) => (hours, minutes, at + 4),
            None if least_digits == 1 => (hours, 0, at + 2),
            None => return None,
        }
    };
    let total = i32::try_from(hours * 60 + minutes).ok()?;
    (hours <= 14 && minutes < 60).then_some((sign * total, end))
}

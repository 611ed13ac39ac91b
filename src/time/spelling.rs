//! Dates as they are spelled: what the words and numbers say, before it is settled which number is the day.

use std::ops::Range;

use super::{
    clock::{self, Clock},
    language,
    relative::{self, Ago},
    token::{Token, Tokens},
};

/// Dates of one text that are considered; a record with more is prose.
const CONSIDERED: usize = 6;

/// Length in bytes up to which a text is a stamp rather than prose, in which "today" is said of something else.
const STAMP_LENGTH: usize = 60;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spelled {
    pub(super) day: Day,
    pub(super) clock: Option<Clock>,
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
    /// Taken only where the text holds nothing better.
    pub(super) is_weak: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    Certain {
        year: Option<i16>,
        month: i8,
        day: i8,
    },
    /// Day and month in an order that the text does not say.
    Open {
        first: i8,
        second: i8,
        year: Option<i16>,
    },
    /// So much before the page was fetched.
    Ago(Ago),
    /// So many days before today.
    DaysBack(i64),
}

/// The dates of a text, the likeliest first: in their order, those that are only perhaps dates last.
pub(super) fn all(text: &str) -> Vec<Spelled> {
    let tokens = Tokens::of(text);
    let is_stamp = text.trim().len() <= STAMP_LENGTH;
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() && found.len() < CONSIDERED {
        match at_token(&tokens, at, is_stamp) {
            Some((spelled, end)) => {
                found.push(spelled);
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    found.sort_by_key(|spelled| spelled.is_weak);
    found
}

/// What is spelled from the token `at` on, and where it ends.
fn at_token(tokens: &Tokens, at: usize, is_stamp: bool) -> Option<(Spelled, usize)> {
    let (day, end, strength) = match tokens.get(at)? {
        Token::Number { digits: 4, .. } => year_first(tokens, at)?,
        Token::Number { digits: 8 | 14, .. } => together(tokens, at)?,
        Token::Number { digits: 1..=3, .. } => numeric(tokens, at)
            .or_else(|| vietnamese(tokens, at))
            .or_else(|| day_then_month(tokens, at))
            .or_else(|| relative::ago(tokens, at))
            .or_else(|| without_year(tokens, at))?,
        Token::Word => month_then_day(tokens, at).or_else(|| relative::one_ago(tokens, at)).or_else(|| relative::day_word(tokens, at))?,
        _ => return None,
    };
    let can_have_clock = !matches!(day, Day::Ago(_));
    let after = if can_have_clock { clock::after(tokens, end) } else { None };
    let before = if can_have_clock && after.is_none() { clock::before(tokens, at) } else { None };
    let range = tokens.place(before.map_or(at, |(_, start)| start)..after.map_or(end, |(_, end)| end));
    let clock = after.or(before).map(|(clock, _)| clock);
    let is_weak = match strength {
        Strength::Sure => false,
        Strength::Perhaps => true,
        Strength::AsStamp if clock.is_some() || is_stamp => true,
        Strength::AsStamp => return None,
    };
    Some((Spelled { day, clock, range, is_weak }, after.map_or(end, |(_, end)| end)))
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Strength {
    Sure,
    Perhaps,
    /// Only where the text is short, or a time of day stands beside it.
    AsStamp,
}

pub(super) type Match = Option<(Day, usize, Strength)>;

/// `2024-01-18`, `2024. 1. 18.`, `2024年1月18日`, `2024. január 18.`
fn year_first(tokens: &Tokens, at: usize) -> Match {
    let year = tokens.year(at)?;
    let found = |month, day, end| Some((Day::Certain { year: Some(year), month, day }, end, Strength::Sure));
    let mark = tokens.past_space(at + 1);
    if matches!(tokens.word(mark), Some("年" | "년")) {
        let month = tokens.past_space(mark + 1);
        let month_word = tokens.past_space(month + 1);
        let day = tokens.past_space(month_word + 1);
        if !matches!(tokens.word(month_word), Some("月" | "월")) {
            return None;
        }
        let day_word = tokens.past_space(day + 1);
        let end = if matches!(tokens.word(day_word), Some("日" | "일")) { day_word + 1 } else { day + 1 };
        return found(small(tokens, month)?, small(tokens, day)?, end);
    }
    if tokens.is_mark(at + 1, "-/.") {
        let separator = tokens.get(at + 1);
        let is_dot = separator == Some(Token::Mark('.'));
        let skip = |at| if is_dot { tokens.past_space(at) } else { at };
        let month = skip(at + 2);
        if let Some(month_number) = small(tokens, month)
            && tokens.get(month + 1) == separator
        {
            let day = skip(month + 2);
            return found(month_number, small(tokens, day)?, day + 1 + usize::from(is_dot && tokens.is_mark(day + 1, ".")));
        }
    }
    let month = tokens.past_space(at + 1 + usize::from(tokens.is_mark(at + 1, ".,")));
    let day = tokens.past_space(month + 1);
    found(language::month(tokens.word(month)?)?, small(tokens, day)?, day + 1)
}

/// `20240118`, `20240118T0729`, `20240118072900`: only as a stamp of its own.
fn together(tokens: &Tokens, at: usize) -> Match {
    if let Some(value) = tokens.number(at, 8..=8)
        && (tokens.len() == 1 || tokens.word(at + 1) == Some("t"))
    {
        let year = i16::try_from(value / 10_000).ok().filter(|year| (1990..2100).contains(year))?;
        let (month, day) = (two_digits(value / 100)?, two_digits(value)?);
        return Some((Day::Certain { year: Some(year), month, day }, at + 1, Strength::Sure));
    }
    let value = tokens.number(at, 14..=14).filter(|_| tokens.len() == 1)? / 1_000_000;
    let year = i16::try_from(value / 10_000).ok().filter(|year| (1990..2100).contains(year))?;
    Some((Day::Certain { year: Some(year), month: two_digits(value / 100)?, day: two_digits(value)? }, at + 1, Strength::Sure))
}

fn two_digits(value: u64) -> Option<i8> {
    i8::try_from(value % 100).ok()
}

/// `18/01/2024`, `18-01-24`, `18.1.2024`: the order is open but for dots, which are day first everywhere.
fn numeric(tokens: &Tokens, at: usize) -> Match {
    if is_glued(tokens, at) {
        return None;
    }
    let first = small(tokens, at)?;
    let mark = tokens.past_space(at + 1);
    if !tokens.is_mark(mark, "/-.") {
        return None;
    }
    let separator = tokens.get(mark);
    let second_at = tokens.past_space(mark + 1);
    let second = small(tokens, second_at)?;
    let mark_two = tokens.past_space(second_at + 1);
    let year_at = tokens.past_space(mark_two + 1);
    if tokens.get(mark_two) != separator {
        return None;
    }
    let is_loose = year_at - at > 4;
    let year = match tokens.number(year_at, 2..=2) {
        Some(short) if !is_loose => i16::try_from(2000 + short).ok()?,
        Some(_) => return None,
        None => tokens.year(year_at)?,
    };
    let end = year_at + 1;
    let goes_on = tokens.is_mark(end, "/-.") && matches!(tokens.get(end + 1), Some(Token::Number { .. }));
    if goes_on && clock::after(tokens, end).is_none() && clock::after(tokens, end + 1).is_none() {
        return None;
    }
    let year = Some(year);
    let day = match separator {
        Some(Token::Mark('.')) if second <= 12 => Day::Certain { year, month: second, day: first },
        _ => Day::Open { first, second, year },
    };
    (first.min(second) <= 12).then_some((day, end, Strength::Sure))
}

/// `18 tháng 1 năm 2024`, `18 Tháng Một, 2024`, `18 Th1 2024`
fn vietnamese(tokens: &Tokens, at: usize) -> Match {
    let day = small(tokens, at)?;
    let mut name = at + 1;
    while tokens.get(name) == Some(Token::Space) || tokens.is_mark(name, ",/-") {
        name += 1;
    }
    match tokens.word(name)? {
        "thang" | "thg" => (),
        "th" if name > at + 1 => (),
        _ => return None,
    }
    let month_at = tokens.past_space(name + 1 + usize::from(tokens.is_mark(name + 1, ".")));
    let (month, mut end) = match tokens.word(month_at) {
        None => (small(tokens, month_at).filter(|month| *month <= 12)?, month_at + 1),
        Some("gieng") => (1, month_at + 1),
        Some("chap") => (12, month_at + 1),
        Some(word) => {
            let tens = language::numeral(word)?;
            let next = tokens.past_space(month_at + 1);
            match tokens.word(next).and_then(language::numeral) {
                Some(ones @ 1..=2) if tens == 10 => (10 + ones, next + 1),
                _ => (tens, month_at + 1),
            }
        }
    };
    let mut year_at = end;
    while tokens.get(year_at) == Some(Token::Space) || tokens.is_mark(year_at, ",/-.") || tokens.word(year_at) == Some("nam") {
        year_at += 1;
    }
    let year = tokens.year(year_at);
    if year.is_some() {
        end = year_at + 1;
    }
    Some((Day::Certain { year, month, day }, end, if year.is_some() { Strength::Sure } else { Strength::Perhaps }))
}

/// `18 January 2024`, `18. Januar 2024`, `18 de enero de 2024`, `18th of January`, `18-Jan-24`
fn day_then_month(tokens: &Tokens, at: usize) -> Match {
    if is_glued(tokens, at) || (at > 0 && tokens.is_mark(at - 1, ":")) {
        return None;
    }
    let day = small(tokens, at)?;
    let mut name = at + 1;
    if matches!(tokens.word(name), Some("st" | "nd" | "rd" | "th" | "er" | "e" | "o")) {
        name += 1;
    }
    let mut is_dashed = false;
    while tokens.get(name) == Some(Token::Space)
        || tokens.is_mark(name, ".,-/º°’'")
        || matches!(tokens.word(name), Some("de" | "of" | "d" | "di"))
    {
        is_dashed |= tokens.is_mark(name, "-");
        name += 1;
        if name > at + 8 {
            return None;
        }
    }
    let word = tokens.word(name)?;
    let month = language::month(word)?;
    let mut year_at = name + 1;
    while tokens.get(year_at) == Some(Token::Space)
        || tokens.is_mark(year_at, ".,-/'’")
        || matches!(tokens.word(year_at), Some("de" | "del"))
    {
        year_at += 1;
        if year_at > name + 6 {
            break;
        }
    }
    let short = tokens.number(year_at, 2..=2).filter(|_| is_dashed && tokens.is_mark(year_at - 1, "-"));
    let year = tokens.year(year_at).or_else(|| short.and_then(|year| i16::try_from(2000 + year).ok()));
    if year.is_some() {
        return Some((Day::Certain { year, month, day }, year_at + 1, Strength::Sure));
    }
    // "5 may be" is no date.
    let goes_on = word == "may" && tokens.word(tokens.past_space(name + 1)).is_some();
    (language::is_month_without_year(word) && !goes_on).then_some((Day::Certain { year, month, day }, name + 1, Strength::Perhaps))
}

/// `January 18, 2024`, `Jan. 18`
fn month_then_day(tokens: &Tokens, at: usize) -> Match {
    let word = tokens.word(at)?;
    let month = language::month(word)?;
    let day_at = tokens.past_space(at + 1 + usize::from(tokens.is_mark(at + 1, ".")));
    let day = small(tokens, day_at)?;
    if tokens.is_mark(day_at + 1, ":") {
        return None;
    }
    let mut end = day_at + 1;
    if matches!(tokens.word(end), Some("st" | "nd" | "rd" | "th")) {
        end += 1;
    }
    let year_at = tokens.past_space(end + usize::from(tokens.is_mark(end, ",")));
    let year_at = if tokens.is_mark(year_at, ",") { tokens.past_space(year_at + 1) } else { year_at };
    match tokens.year(year_at) {
        Some(year) => Some((Day::Certain { year: Some(year), month, day }, year_at + 1, Strength::Sure)),
        None if language::is_month_without_year(word) => Some((Day::Certain { year: None, month, day }, end, Strength::Perhaps)),
        None => None,
    }
}

/// `18/01`: a slash only, and nothing beside it that makes it a score or a part of something longer.
fn without_year(tokens: &Tokens, at: usize) -> Match {
    let first = small(tokens, at)?;
    let second = small(tokens, at + 2)?;
    if !tokens.is_mark(at + 1, "/") || is_glued(tokens, at) || (at > 0 && tokens.is_mark(at - 1, ":")) {
        return None;
    }
    let goes_on = tokens.is_mark(at + 3, "/.-:") && matches!(tokens.get(at + 4), Some(Token::Number { .. } | Token::Word));
    let fits = !goes_on && first.min(second) <= 12;
    fits.then_some((Day::Open { first, second, year: None }, at + 3, Strength::AsStamp))
}

/// A number that can be a day or a month.
fn small(tokens: &Tokens, at: usize) -> Option<i8> {
    tokens.number(at, 1..=2).filter(|value| (1..=31).contains(value)).and_then(|value| i8::try_from(value).ok())
}

/// Whether the number at `at` goes on from another one: the `168.1` of `192.168.1.1`. A time of day before a dash does not count.
fn is_glued(tokens: &Tokens, at: usize) -> bool {
    let Some(mark) = at.checked_sub(1).filter(|mark| tokens.is_mark(*mark, "/.-,")) else {
        return false;
    };
    let follows_number = matches!(tokens.before(mark), Some(Token::Number { .. }));
    let follows_clock = mark >= 2 && (tokens.is_mark(mark - 2, ":") || matches!(tokens.word(mark - 2), Some("h" | "g" | "gio")));
    follows_number && !follows_clock
}

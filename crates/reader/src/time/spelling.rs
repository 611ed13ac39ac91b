//! Dates as they are spelled: what the words and numbers say, before it is settled which number is the day.

use std::{iter, ops::Range};

use super::{
    calendar::{self, Speech, Year},
    clock::{self, Clock},
    relative::{self, Ago},
    token::{self, Token, Tokens},
    worded,
};

/// Dates of one text that are considered; a record with more is prose.
const CONSIDERED: usize = 6;

/// Bytes of a text without a number beyond which a word like "today" or "an hour ago" in it is of its prose.
const WORDED: usize = 150;
/// Words that a stamp has besides its date: a weekday, a label, a section.
const STAMP_WORDS: usize = 4;
/// Words of a label.
const LABEL_WORDS: usize = 2;

/// A date as a text spells it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spelled {
    /// The day, as far as the text says it.
    pub(super) day: Day,
    /// The time of day beside it.
    pub(super) clock: Option<Clock>,
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
    /// Taken only where the text holds nothing better.
    pub(super) is_weak: bool,
    /// Written as programs do that were not told the language: `5/11/2026 8:07:00 PM`.
    pub(super) is_american: bool,
}

/// A day as a text spells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    /// Day and month are told apart; without a year it is the latest such day.
    Certain { year: Option<i16>, month: i8, day: i8 },
    /// Day and month in an order that the text does not say.
    Open { first: i8, second: i8, year: Option<i16> },
    /// So much before the page was fetched.
    Ago(Ago),
    /// So many days before today.
    DaysBack(i64),
}

/// The dates of a text, the likeliest first: in their order, those that are only perhaps dates last.
pub(super) fn all(text: &str, speech: Speech) -> Vec<Spelled> {
    if is_prose(text) || !token::may_be_dated(text) {
        return Vec::new();
    }
    let tokens = Tokens::of(text);
    let mut found: Vec<Spelled> = in_order(&tokens, speech).take(CONSIDERED).collect();
    found.sort_by_key(|spelled| spelled.is_weak);
    found
}

/// Whether [`all`] finds any, which is cheaper to say.
pub(super) fn is_any(text: &str, speech: Speech) -> bool {
    !is_prose(text) && token::may_be_dated(text) && in_order(&Tokens::of(text), speech).next().is_some()
}

/// Whether a text is too long for words alone to say a day.
fn is_prose(text: &str) -> bool {
    text.len() > WORDED && !text.contains(char::is_numeric)
}

fn in_order(tokens: &Tokens, speech: Speech) -> impl Iterator<Item = Spelled> {
    let mut at = 0;
    iter::from_fn(move || {
        while at < tokens.len() {
            if let Some((spelled, end)) = at_token(tokens, at, speech) {
                at = end.max(at + 1);
                return Some(spelled);
            }
            at += 1;
        }
        None
    })
}

/// What is spelled from the token `at` on, and where it ends.
fn at_token(tokens: &Tokens, at: usize, speech: Speech) -> Option<(Spelled, usize)> {
    let (day, end, strength) = match tokens.get(at)? {
        Token::Number { digits: 4, .. } => year_first(tokens, at, speech)?,
        Token::Number { digits: 8 | 12 | 14, .. } => together(tokens, at)?,
        Token::Number { digits: 1..=3, .. } => numeric(tokens, at, speech)
            .or_else(|| badge(tokens, at))
            .or_else(|| worded::vietnamese(tokens, at))
            .or_else(|| worded::day_then_month(tokens, at, speech))
            .or_else(|| relative::ago(tokens, at))
            .or_else(|| minguo(tokens, at, speech))
            .or_else(|| without_year(tokens, at))?,
        Token::Word => beginning_with_a_word(tokens, at, speech)
            .or_else(|| relative::one_ago(tokens, at))
            .or_else(|| relative::day_word(tokens, at, speech))?,
        _ => return None,
    };
    let can_have_clock = !matches!(day, Day::Ago(_));
    let after = if can_have_clock { clock::after(tokens, end) } else { None };
    let before = if can_have_clock && after.is_none() { clock::before(tokens, at) } else { None };
    let behind = after.and_then(|(_, clock)| behind_clock(tokens, day, clock));
    let (day, strength) = behind.map_or((day, strength), |(day, _)| (day, Strength::Sure));
    let last = behind.map_or(after.map_or(end, |(_, end)| end), |(_, end)| end);
    let place = before.map_or(at, |(_, start)| start)..last;
    let clock = after.or(before).map(|(clock, _)| clock);
    let is_weak = match strength {
        Strength::Sure => false,
        Strength::Perhaps => true,
        Strength::AsStamp if clock.is_some() || tokens.words_outside(&place) <= STAMP_WORDS => true,
        Strength::Alone if clock.is_some() || tokens.words_outside(&place) <= LABEL_WORDS || is_apart(tokens, &place) => true,
        Strength::AsStamp | Strength::Alone => return None,
    };
    let range = tokens.place(place);
    let is_american = is_american(tokens, at, end);
    Some((Spelled { day, clock, range, is_weak, is_american }, last))
}

/// Slashes, no zero before a digit, and behind it a time with its seconds and the half of the day in English: such a
/// stamp comes from a server that was left in American English, whatever the page is written in.
fn is_american(tokens: &Tokens, at: usize, end: usize) -> bool {
    let is_bare = |at: usize| matches!(tokens.get(at), Some(Token::Number { value, digits }) if (value < 10) == (digits == 1));
    let is_date = end == at + 5 && is_bare(at) && is_bare(at + 2) && [at + 1, at + 3].iter().all(|mark| tokens.is_mark(*mark, "/"));
    let hour = tokens.past_space(end);
    let is_time = hour == end + 1 && is_bare(hour) && [hour + 1, hour + 3].iter().all(|mark| tokens.is_mark(*mark, ":"));
    is_date && is_time && matches!(tokens.word(tokens.past_space(hour + 5)), Some("am" | "pm"))
}

/// `January 18, 2024`: where no number follows, its words are not compared with the names of months.
fn beginning_with_a_word(tokens: &Tokens, at: usize, speech: Speech) -> Match {
    if !tokens.is_before_number(at) {
        return None;
    }
    worded::month_then_day(tokens, at, speech).or_else(|| worded::vietnamese_month_first(tokens, at)).or_else(|| era(tokens, at))
}

/// A day with the year that stands behind its clock and the zone of that, and where the year ends:
/// `Feb 18 10:27:24 CET 2022`.
fn behind_clock(tokens: &Tokens, day: Day, clock: usize) -> Option<(Day, usize)> {
    let Day::Certain { year: None, month, day } = day else { return None };
    let next = tokens.past_space(clock);
    let is_zone = tokens.word(next).is_some_and(|word| (3..=5).contains(&word.len()));
    let at = if is_zone { tokens.past_space(next + 1) } else { next };
    let year = calendar::year(tokens, at, calendar::Calendar::Gregorian)?;
    let is_whole = matches!(tokens.get(at), Some(Token::Number { digits: 4, .. }));
    Some((year.day(month, day).filter(|_| is_whole && at > clock)?, at + 1))
}

/// Whether marks or capitals part a date from the few other words of its text: `Công an · Hôm qua`, `hôm qua An ninh`.
fn is_apart(tokens: &Tokens, place: &Range<usize>) -> bool {
    let is_mark = |at: usize| at >= tokens.len() || tokens.is_mark(at, "|·•-/()[]:");
    let mut before = place.start;
    while before > 0 && tokens.get(before - 1) == Some(Token::Space) {
        before -= 1;
    }
    let next = tokens.past_space(place.end);
    let ends = is_mark(next) || (before == 0 && tokens.is_capitalised(next));
    tokens.words_outside(place) <= STAMP_WORDS && (before == 0 || is_mark(before - 1)) && ends
}

/// How sure it is that a spelling is a date.
#[derive(Debug, Clone, Copy)]
pub(super) enum Strength {
    /// Whatever stands around it.
    Sure,
    /// Where the text holds nothing better.
    Perhaps,
    /// Only where the text is little else, or a time of day stands beside it.
    AsStamp,
    /// Only where hardly anything else is said, or it is set apart. "Today" in a headline says nothing of the day.
    Alone,
}

/// A day that begins at a token, the token after its last, and how sure it is; `None` where none begins.
pub(super) type Match = Option<(Day, usize, Strength)>;

/// `2024-01-18`, `2024. 1. 18.`, `2024年1月18日`, `2024. január 18.`, `2024 m. sausio 18 d.`, and `۱۴۰۲/۱۰/۲۸` where years
/// are counted so.
fn year_first(tokens: &Tokens, at: usize, speech: Speech) -> Match {
    let year = calendar::year(tokens, at, speech.calendar)?;
    let mark = tokens.past_space(at + 1);
    if matches!(tokens.word(mark), Some("年" | "년")) {
        return month_and_day(tokens, mark, year);
    }
    if let Some(found) = with_separators(tokens, at, year) {
        return Some(found);
    }
    let month_at = after_year(tokens, at + 1);
    // `2024. gada 18. janvāris`
    if let Some(day) = small(tokens, month_at) {
        let name_at = tokens.past_space(month_at + 1 + usize::from(tokens.is_mark(month_at + 1, ".")));
        let (month, _, end) = worded::month(tokens, name_at, speech)?;
        return Some((year.day_of(month, day)?, end, Strength::Sure));
    }
    let (month, _, name_end) = worded::month(tokens, month_at, speech)?;
    let day_at = tokens.past_space(name_end + usize::from(tokens.is_mark(name_end, ".-/")));
    Some((year.day_of(month, small(tokens, day_at)?)?, day_at + 1, Strength::Sure))
}

/// Past a mark, or the word for year or its first letter: `2024 m. sausio`, `2024. gada`, `2024 ж.`
fn after_year(tokens: &Tokens, end: usize) -> usize {
    let next = tokens.past_space(end + usize::from(tokens.is_mark(end, ".,،-/")));
    match tokens.word(next) {
        Some("m" | "g" | "gada" | "ж" | "թ" | "оны") => tokens.past_space(next + 1 + usize::from(tokens.is_mark(next + 1, "."))),
        _ => next,
    }
}

/// `-01-18`, `. 1. 18.` after a year.
fn with_separators(tokens: &Tokens, at: usize, year: Year) -> Match {
    if !tokens.is_mark(at + 1, "-/.") {
        return None;
    }
    let separator = tokens.get(at + 1);
    let is_dot = separator == Some(Token::Mark('.'));
    let skip = |at| if is_dot { tokens.past_space(at) } else { at };
    let month_at = skip(at + 2);
    let month = small(tokens, month_at)?;
    let day_at = skip(month_at + 2);
    let day = small(tokens, day_at).filter(|_| tokens.get(month_at + 1) == separator)?;
    Some((year.day(month, day)?, day_at + 1 + usize::from(is_dot && tokens.is_mark(day_at + 1, ".")), Strength::Sure))
}

/// `1月18日` after the `年` at `mark`.
fn month_and_day(tokens: &Tokens, mark: usize, year: Year) -> Match {
    let month = tokens.past_space(mark + 1);
    let month_word = tokens.past_space(month + 1);
    let day = tokens.past_space(month_word + 1);
    if !matches!(tokens.word(month_word), Some("月" | "월")) {
        return None;
    }
    let day_word = tokens.past_space(day + 1);
    let end = if matches!(tokens.word(day_word), Some("日" | "일" | "号" | "號")) { day_word + 1 } else { day + 1 };
    Some((year.day(small(tokens, month)?, small(tokens, day)?)?, end, Strength::Sure))
}

/// `令和6年1月18日`, `民國113年1月18日`
fn era(tokens: &Tokens, at: usize) -> Match {
    let (year, mark) = calendar::era(tokens, at)?;
    month_and_day(tokens, mark, year)
}

/// `113年1月18日`, `113-01-18` on a page of Taiwan.
fn minguo(tokens: &Tokens, at: usize, speech: Speech) -> Match {
    let year = calendar::minguo(tokens, at, speech.calendar)?;
    let mark = tokens.past_space(at + 1);
    if tokens.word(mark) == Some("年") { month_and_day(tokens, mark, year) } else { with_separators(tokens, at, year) }
}

/// `20240118`, `20240118T0729`, `202401180729`, `20240118072900`: only as a stamp of its own.
fn together(tokens: &Tokens, at: usize) -> Match {
    let (digits, value) = [8, 12, 14].into_iter().find_map(|digits| tokens.number(at, digits..=digits).map(|value| (digits, value)))?;
    if tokens.len() > 1 && (digits > 8 || tokens.word(at + 1) != Some("t")) {
        return None;
    }
    let value = value / 10_u64.pow(u32::from(digits) - 8);
    let year = i16::try_from(value / 10_000).ok().filter(|year| (1990..2100).contains(year))?;
    Some((Day::Certain { year: Some(year), month: two_digits(value / 100)?, day: two_digits(value)? }, at + 1, Strength::Sure))
}

fn two_digits(value: u64) -> Option<i8> {
    i8::try_from(value % 100).ok()
}

/// `18/01/2024`, `18-01-24`, `18.1.2024`: the order is open but for dots, which are day first everywhere.
fn numeric(tokens: &Tokens, at: usize, speech: Speech) -> Match {
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
    if let Some(day) = short_year_first(tokens, [at, second_at, year_at], speech) {
        return Some((day, year_at + 1, Strength::Sure));
    }
    let is_loose = year_at - at > 4;
    let year = match tokens.number(year_at, 2..=2) {
        // `07.05.00` is a time of day.
        Some(0) if separator == Some(Token::Mark('.')) => return None,
        Some(short) if !is_loose || speech.language == "ko" => calendar::short_year(short, speech.calendar)?,
        Some(_) => return None,
        None => calendar::year(tokens, year_at, speech.calendar)?,
    };
    let end = year_at + 1;
    let goes_on = tokens.is_mark(end, "/-.") && matches!(tokens.get(end + 1), Some(Token::Number { .. }));
    if goes_on && clock::after(tokens, end).is_none() && clock::after(tokens, end + 1).is_none() {
        return None;
    }
    let is_dotted = matches!(separator, Some(Token::Mark('.'))) && second <= 12;
    let day = match year {
        Year::Gregorian(year) if !is_dotted => Day::Open { first, second, year: Some(year) },
        year => year.day(second, first)?,
    };
    (first.min(second) <= 12).then_some((day, end, Strength::Sure))
}

/// `18 01/2024`: the leaf of a calendar, its large number above or before the small ones.
fn badge(tokens: &Tokens, at: usize) -> Match {
    let month_at = tokens.past_space(at + 1);
    let is_leaf = month_at > at + 1 && tokens.is_mark(month_at + 1, "/-") && !is_glued(tokens, at) && !is_minute(tokens, at);
    let month = small(tokens, month_at).filter(|month| is_leaf && *month <= 12)?;
    let year = calendar::year(tokens, month_at + 2, calendar::Calendar::Gregorian)?;
    let strength = if at == 0 { Strength::Perhaps } else { Strength::AsStamp };
    Some((year.day(month, small(tokens, at)?)?, month_at + 3, strength))
}

/// `24. 1. 18.`, `24/01/18` in the languages that write the year first.
fn short_year_first(tokens: &Tokens, [year, month, day]: [usize; 3], speech: Speech) -> Option<Day> {
    if !matches!(speech.language, "ko" | "ja" | "zh" | "hu" | "lt" | "eu" | "ne") || tokens.number(day, 1..=2).is_none() {
        return None;
    }
    let year = calendar::short_year(tokens.number(year, 2..=2)?, speech.calendar)?;
    year.day(small(tokens, month).filter(|month| *month <= 12)?, small(tokens, day)?)
}

/// `18/01`: a slash only, or `ngày 18-01`, and nothing beside it that makes it a score or a part of something longer.
fn without_year(tokens: &Tokens, at: usize) -> Match {
    let first = small(tokens, at)?;
    let second = small(tokens, at + 2)?;
    let is_named = at >= 2 && tokens.get(at - 1) == Some(Token::Space) && tokens.word(at - 2) == Some("ngay");
    let marks = if is_named { "/-." } else { "/" };
    if !tokens.is_mark(at + 1, marks) || is_glued(tokens, at) || is_minute(tokens, at) {
        return None;
    }
    let goes_on = tokens.is_mark(at + 3, "/.-:") && matches!(tokens.get(at + 4), Some(Token::Number { .. } | Token::Word));
    let fits = !goes_on && first.min(second) <= 12;
    fits.then_some((Day::Open { first, second, year: None }, at + 3, Strength::AsStamp))
}

/// A number that can be a day or a month.
pub(super) fn small(tokens: &Tokens, at: usize) -> Option<i8> {
    tokens.number(at, 1..=2).filter(|value| (1..=31).contains(value)).and_then(|value| i8::try_from(value).ok())
}

/// Whether the number at `at` goes on from another one: the `168.1` of `192.168.1.1`. A time of day before a dash does
/// not count.
pub(super) fn is_glued(tokens: &Tokens, at: usize) -> bool {
    let Some(mark) = at.checked_sub(1).filter(|mark| tokens.is_mark(*mark, "/.-,")) else {
        return false;
    };
    let follows_number = matches!(tokens.before(mark), Some(Token::Number { .. }));
    let follows_clock = mark >= 2 && (tokens.is_mark(mark - 2, ":") || matches!(tokens.word(mark - 2), Some("h" | "g" | "gio")));
    follows_number && !follows_clock
}

/// Whether the number at `at` is the minute of a time of day: the `18` of `07:18`.
pub(super) fn is_minute(tokens: &Tokens, at: usize) -> bool {
    at >= 2 && tokens.is_mark(at - 1, ":") && matches!(tokens.get(at - 2), Some(Token::Number { .. }))
}

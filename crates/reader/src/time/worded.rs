//! Dates whose month is a word: `18 January 2024`, `January 18, 2024`, `18 tháng 1 năm 2024`.

use super::{
    calendar::{self, Speech},
    clock, language,
    months::{self, Month},
    spelling::{Day, Match, Strength, is_glued, is_minute, small},
    token::{Token, Tokens},
};

/// Tokens that may stand between the parts of a date, points and prepositions included.
const GAP: usize = 8;

/// The month named at `at`, its name or the first word of it, and where it ends: a word, two words, or letters with
/// points between.
pub(super) fn month<'t>(tokens: &'t Tokens, at: usize, speech: Speech) -> Option<(Month, &'t str, usize)> {
    let word = tokens.word(at)?;
    if let Some(month) = months::named(word, speech.language) {
        return Some((month, word, at + 1));
    }
    let between = match tokens.get(at + 1)? {
        Token::Space if months::is_first_of_two(word) => " ",
        Token::Mark('.') if !word.is_ascii() => ".",
        _ => return None,
    };
    let second = tokens.word(at + 2)?;
    months::named(&format!("{word}{between}{second}"), speech.language).map(|month| (month, word, at + 3))
}

/// `18 tháng 1 năm 2024`, `18 Tháng Một, 2024`, `18 Th1 2024`, `18 T1, 2024`
pub(super) fn vietnamese(tokens: &Tokens, at: usize) -> Match {
    let day = small(tokens, at)?;
    let mut name = at + 1;
    while tokens.get(name) == Some(Token::Space) || tokens.is_mark(name, ",/-") {
        name += 1;
    }
    let is_letter = match tokens.word(name)? {
        "thang" | "thg" => false,
        "th" if name > at + 1 => false,
        "t" if matches!(tokens.get(name + 1), Some(Token::Number { .. })) => true,
        _ => return None,
    };
    let month_at = tokens.past_space(name + 1 + usize::from(tokens.is_mark(name + 1, ".")));
    let (month, mut end) = vietnamese_month(tokens, month_at)?;
    if is_span_of_months(tokens, at, name, month_at) {
        return None;
    }
    let mut year_at = end;
    while tokens.get(year_at) == Some(Token::Space) || tokens.is_mark(year_at, ",/-.") || tokens.word(year_at) == Some("nam") {
        year_at += 1;
    }
    let year = calendar::year(tokens, year_at, calendar::Calendar::Gregorian);
    match year {
        Some(year) => Some((year.day(month, day)?, year_at + 1, Strength::Sure)),
        // `T7` alone is Saturday.
        None if is_letter => None,
        None => {
            // What follows belongs to the sentence, not to the date.
            end = end.min(year_at);
            Some((Day::Certain { year: None, month, day }, end, Strength::Perhaps))
        }
    }
}

/// Whether `năm` is the year and not May: `10 tháng năm 2026` are ten months of that year, and `10 tháng năm nay` of
/// this one, while `10 tháng năm năm 2026`, `10 Tháng Năm, 2026` and `ngày 10 tháng năm` are a day.
fn is_span_of_months(tokens: &Tokens, day: usize, name: usize, month: usize) -> bool {
    if tokens.word(month) != Some("nam") {
        return false;
    }
    let next = tokens.past_space(month + 1);
    let is_named = tokens.is_capitalised(month) && !tokens.is_shouted(name);
    let is_of_day = day >= 2 && matches!(tokens.word(day - 2), Some("ngay" | "mung" | "mong"));
    !is_named && !is_of_day && !tokens.is_mark(next, ",/-.") && tokens.word(next) != Some("nam")
}

/// `Tháng 1 18, 2024`, `Tháng Một 18, 2024`: the American order in translation.
pub(super) fn vietnamese_month_first(tokens: &Tokens, at: usize) -> Match {
    if tokens.word(at)? != "thang" {
        return None;
    }
    let (month, end) = vietnamese_month(tokens, tokens.past_space(at + 1))?;
    let day_at = tokens.past_space(end);
    let day = small(tokens, day_at).filter(|_| day_at > end)?;
    let year_at = tokens.past_space(day_at + 1 + usize::from(tokens.is_mark(day_at + 1, ",")));
    let year = calendar::year(tokens, year_at, calendar::Calendar::Gregorian).filter(|_| year_at > day_at + 1)?;
    Some((year.day(month, day)?, year_at + 1, Strength::Sure))
}

/// The month after its word `tháng`, a number or a numeral, and where it ends.
fn vietnamese_month(tokens: &Tokens, at: usize) -> Option<(i8, usize)> {
    match tokens.word(at) {
        None => Some((small(tokens, at).filter(|month| *month <= 12)?, at + 1)),
        Some("gieng") => Some((1, at + 1)),
        Some("chap") => Some((12, at + 1)),
        Some(word) => {
            let tens = language::numeral(word)?;
            let next = tokens.past_space(at + 1);
            Some(match tokens.word(next).and_then(language::numeral) {
                Some(ones @ 1..=2) if tens == 10 => (10 + ones, next + 1),
                _ => (tens, at + 1),
            })
        }
    }
}

/// `18 January 2024`, `18. Januar 2024`, `18 de enero de 2024`, `18th of January`, `18-Jan-24`, `18 ม.ค. 67`
pub(super) fn day_then_month(tokens: &Tokens, at: usize, speech: Speech) -> Match {
    if is_glued(tokens, at) || is_minute(tokens, at) {
        return None;
    }
    let day = small(tokens, at)?;
    let mut name = at + 1;
    if matches!(tokens.word(name), Some("st" | "nd" | "rd" | "th" | "er" | "e" | "o" | "a" | "an" | "ng")) {
        name += 1;
    }
    let mut is_dashed = false;
    while tokens.get(name) == Some(Token::Space)
        || tokens.is_mark(name, ".,،-/º°’'")
        || matches!(tokens.word(name), Some("de" | "of" | "d" | "di" | "ng"))
    {
        is_dashed |= tokens.is_mark(name, "-");
        name += 1;
        if name > at + GAP {
            return None;
        }
    }
    let (month, named, mut end) = month(tokens, name, speech)?;
    // `18 كانون الثاني / يناير 2024`: the same month twice.
    let other = tokens.past_space(tokens.past_space(end) + 1);
    if tokens.is_mark(tokens.past_space(end), "/(") && self::month(tokens, other, speech).is_some_and(|(second, ..)| second == month) {
        end = self::month(tokens, other, speech).map_or(end, |(.., second_end)| second_end);
        end += usize::from(tokens.is_mark(end, ")"));
    }
    let mut year_at = end;
    while tokens.get(year_at) == Some(Token::Space)
        || tokens.is_mark(year_at, ".,،-/'’॰׳")
        || matches!(tokens.word(year_at), Some("de" | "del" | "พ" | "ศ" | "ค"))
    {
        year_at += 1;
        if year_at > end + GAP {
            break;
        }
    }
    let calendar = calendar::of_month(month, named, speech);
    let marks_year = (is_dashed && tokens.is_mark(year_at - 1, "-")) || tokens.is_mark(year_at - 1, "'’") || months::is_thai(named);
    let is_short = |_: &u64| marks_year || ends_date(tokens, year_at + 1);
    let short = || tokens.number(year_at, 2..=2).filter(is_short).and_then(|digits| calendar::short_year(digits, calendar));
    if let Some(year) = calendar::year(tokens, year_at, calendar).or_else(short) {
        return Some((year.day_of(month, day)?, past_era(tokens, year_at + 1), strength(month)));
    }
    // A year that stands before them in a way that is not known is not this one.
    let is_of_year = (at.saturating_sub(GAP)..at).any(|before| calendar::year(tokens, before, calendar).is_some());
    if is_of_year { None } else { without_year(tokens, (month, named, name), day, end) }
}

/// Whether nothing but a time of day follows: `27 Mar 20 à 9:21` is of 2020, `27 Mar 20:15` is not.
fn ends_date(tokens: &Tokens, end: usize) -> bool {
    !tokens.is_mark(end, ":.") && (end == tokens.len() || (tokens.get(end) == Some(Token::Space) && clock::after(tokens, end).is_some()))
}

/// `January 18, 2024`, `Jan. 18`
pub(super) fn month_then_day(tokens: &Tokens, at: usize, speech: Speech) -> Match {
    let (month, named, name_end) = month(tokens, at, speech)?;
    let day_at = tokens.past_space(name_end + usize::from(tokens.is_mark(name_end, ".")));
    let day = small(tokens, day_at)?;
    if tokens.is_mark(day_at + 1, ":") {
        return None;
    }
    let mut end = day_at + 1;
    if matches!(tokens.word(end), Some("st" | "nd" | "rd" | "th")) {
        end += 1;
    }
    let year_at = tokens.past_space(end + usize::from(tokens.is_mark(end, ",،")));
    let year_at = if tokens.is_mark(year_at, ",") { tokens.past_space(year_at + 1) } else { year_at };
    match calendar::year(tokens, year_at, calendar::of_month(month, named, speech)) {
        Some(year) => Some((year.day_of(month, day)?, year_at + 1, Strength::Sure)),
        None => without_year(tokens, (month, named, at), day, end),
    }
}

/// Past the mark of an Islamic year, `هـ`.
fn past_era(tokens: &Tokens, end: usize) -> usize {
    let mark = tokens.past_space(end);
    if matches!(tokens.word(mark), Some("ه" | "هـ")) { mark + 1 } else { end }
}

/// An Islamic date often has its Gregorian one beside it, which is exact.
fn strength(month: Month) -> Strength {
    if matches!(month, Month::Hijri(_)) { Strength::Perhaps } else { Strength::Sure }
}

/// `18 January`: where the name, which is the token `at`, is sure to be one. "5 may be" is no date.
fn without_year(tokens: &Tokens, (month, named, at): (Month, &str, usize), day: i8, end: usize) -> Match {
    let Month::Gregorian(month) = month else { return None };
    let goes_on = named == "may" && tokens.word(at) == Some("may") && tokens.word(tokens.past_space(at + 1)).is_some();
    let is_date = language::is_month_without_year(named) && !goes_on;
    is_date.then_some((Day::Certain { year: None, month, day }, end, Strength::Perhaps))
}

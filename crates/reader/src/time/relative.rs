//! Dates that count from when the page was fetched: `2 giờ trước`, `hôm qua`, `vừa xong`.

use super::{
    calendar::Speech,
    language::{self, Unit},
    spelling::{Day, Match, Strength},
    token::{Token, Tokens},
};

/// Up to two amounts: `2 giờ 30 phút trước`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ago {
    /// How many units ago.
    pub(super) amount: i64,
    /// The unit of the amount.
    pub(super) unit: Unit,
    /// A second amount in a smaller unit.
    pub(super) rest: Option<(i64, Unit)>,
}

/// `2 giờ trước`, `cách đây 2 giờ 30 phút`, `3 hours ago`, `vor 3 Stunden`, `3시간 전`
pub(super) fn ago(tokens: &Tokens, at: usize) -> Match {
    let number = |at: usize| tokens.number(at, 1..=3).and_then(|number| i64::try_from(number).ok());
    let amount = number(at)?;
    if at > 0 && tokens.is_mark(at - 1, ".,") {
        return None;
    }
    let unit_at = tokens.past_space(at + 1);
    let letters: String =
        (unit_at..unit_at + 6).map_while(|at| tokens.word(at).or((tokens.get(at) == Some(Token::Space)).then_some(""))).collect();
    if let Some((spelled, unit)) = language::unit_ago(&letters) {
        let mut end = unit_at;
        let mut left = spelled.len();
        while left > 0 {
            left = left.saturating_sub(tokens.word(end).map_or(0, str::len));
            end += 1;
        }
        return Some((Day::Ago(Ago { amount, unit, rest: None }), end, strength_of(unit)));
    }
    let unit = language::unit(tokens.word(unit_at)?)?;
    let mut end = unit_at + 1;
    let mut rest = None;
    let more_at = tokens.past_space(end);
    let more_unit = tokens.past_space(more_at + 1);
    if let (Some(more), Some(unit)) = (number(more_at), tokens.word(more_unit).and_then(language::unit)) {
        rest = Some((more, unit));
        end = more_unit + 1;
    }
    let found = |end| Some((Day::Ago(Ago { amount, unit, rest }), end, strength_of(unit)));
    let word = tokens.past_space(end + usize::from(tokens.is_mark(end, ",")));
    if tokens.word(word).is_some_and(language::is_ago) {
        return found(word + 1);
    }
    let before = at.checked_sub(2)?;
    let begins = tokens.word(before).is_some_and(|word| language::begins_ago(before.checked_sub(2).and_then(|at| tokens.word(at)), word));
    if begins { found(end) } else { None }
}

/// Weeks and less are how stamps speak; "3 năm trước" is more often prose.
fn strength_of(unit: Unit) -> Strength {
    if matches!(unit, Unit::Months | Unit::Years) { Strength::Perhaps } else { Strength::Sure }
}

/// `an hour ago`, `một giờ trước`, `vừa xong`
pub(super) fn one_ago(tokens: &Tokens, at: usize) -> Match {
    let next = tokens.past_space(at + 1);
    match (tokens.word(at)?, tokens.word(next)) {
        ("vua", Some("xong")) | ("just", Some("now")) => {
            Some((Day::Ago(Ago { amount: 0, unit: Unit::Minutes, rest: None }), next + 1, Strength::AsStamp))
        }
        ("a" | "an" | "mot", Some(word)) => {
            let unit = language::unit(word)?;
            let ago = tokens.past_space(next + 1);
            let is_ago = tokens.word(ago).is_some_and(language::is_ago);
            is_ago.then_some((Day::Ago(Ago { amount: 1, unit, rest: None }), ago + 1, strength_of(unit)))
        }
        _ => None,
    }
}

/// `hôm qua`, `today`
pub(super) fn day_word(tokens: &Tokens, at: usize, speech: Speech) -> Match {
    let next = tokens.past_space(at + 1);
    let (days, words) = language::days_back(tokens.word(at)?, tokens.word(next), speech.language)?;
    Some((Day::DaysBack(days), if words == 2 { next + 1 } else { at + 1 }, Strength::Alone))
}

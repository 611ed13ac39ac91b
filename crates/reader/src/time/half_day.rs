//! Halves of the day, which make an hour on the dial one of the 24: `7:29 CH`, `7:29 p. m.`, `下午7:29`.

use super::token::{Token, Tokens};

/// Letters with points, the second after the first: before noon, after noon.
const LETTERS: [(&str, &str, bool); 10] = [
    ("a", "m", false),
    ("p", "m", true),
    ("π", "μ", false),
    ("μ", "μ", true),
    ("ق", "ظ", false),
    ("ب", "ظ", true),
    ("ਪੂ", "ਦੁ", false),
    ("ਬਾ", "ਦੁ", true),
    ("p", "d", false),
    ("m", "d", true),
];

/// Whether the words at `at` put the hour before them after noon, and where they end.
pub(super) fn after(tokens: &Tokens, at: usize) -> Option<(bool, usize)> {
    match tokens.word(at)? {
        "sang" | "chieu" | "toi" => {
            // Without its accents `tối`, evening, is also `tôi`, I, and `tới`, until.
            let word = tokens.spelled(at)?;
            matches!(&*word, "sáng" | "chiều" | "tối").then_some((word != "sáng", at + 1))
        }
        "am" | "sa" | "pg" | "ص" => Some((false, at + 1)),
        "pm" | "ch" | "ptg" | "mlm" | "م" => Some((true, at + 1)),
        first if tokens.is_mark(at + 1, ".") => {
            let second_at = tokens.past_space(at + 2);
            let second = tokens.word(second_at)?;
            let (.., is_late) = LETTERS.iter().find(|letters| (letters.0, letters.1) == (first, second))?;
            Some((*is_late, second_at + 1 + usize::from(tokens.is_mark(second_at + 1, "."))))
        }
        _ => None,
    }
}

/// The same where it is said before the hour at `at`.
pub(super) fn before(tokens: &Tokens, at: usize) -> Option<bool> {
    let last = at.checked_sub(1)?;
    let last = if tokens.get(last) == Some(Token::Space) { last.checked_sub(1)? } else { last };
    match tokens.word(last)? {
        "am" => return Some(false),
        "pm" => return Some(true),
        _ => (),
    }
    match (tokens.word(last.checked_sub(1)?)?, tokens.word(last)?) {
        ("上", "午") | ("午", "前") | ("오", "전") | ("早", "上") | ("凌" | "清", "晨") => Some(false),
        ("下" | "中", "午") | ("午", "後") | ("오", "후") | ("晚", "上") | ("傍", "晚") => Some(true),
        _ => None,
    }
}

/// The hour of 24 that `hour` of a half of the day is; an hour above 12 needs no half.
pub(super) fn on_the_dial(hour: u64, is_late: bool) -> u64 {
    match (hour, is_late) {
        (12, false) => 0,
        (1..=11, true) => hour + 12,
        _ => hour,
    }
}

//! A quick look at a text, which passes over most of those that hold no date.

use super::{
    spelling::STAMP_WORDS,
    token::{FIRST_IDEOGRAPH, digit},
};

/// Words of the longest date without a number, such as `hôm qua`.
const WORDY: usize = 2;

/// Whether a date may be in `text`: there is a number, or one in words, or it is so short that `hôm qua` may be all it says.
/// Where it is false, there is none.
pub(super) fn may_hold_a_date(text: &str) -> bool {
    text.chars().any(|ch| digit(ch).is_some()) || !has_words(text, WORDY + STAMP_WORDS + 1) || words(text).any(is_one)
}

/// Whether there are so many words at least; characters of scripts without spaces are words.
fn has_words(text: &str, count: usize) -> bool {
    let ideographs = |word: &str| word.chars().filter(|ch| *ch >= FIRST_IDEOGRAPH && ch.is_alphabetic()).count();
    words(text).flat_map(|word| 0..ideographs(word).max(1)).nth(count - 1).is_some()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter(|word| word.contains(char::is_alphabetic))
}

/// `a`, `an`, `một`, as in `an hour ago`, with or without marks, and with what may stick to them.
fn is_one(word: &str) -> bool {
    let word = word.trim_matches(|ch: char| !ch.is_alphabetic());
    word.len() <= "một".len() + 4 && matches!(super::token::fold(word).as_str(), "a" | "an" | "mot")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_holds_no_date_is_passed_over() {
        for text in [
            "18/01/2024",
            "Hội nghị tổng kết công tác bảo đảm an ninh năm ٢٠٢٤",
            "Công an thành phố · Hôm qua",
            "vừa xong",
            "Khai mạc ngày hội của người lao động | một giờ trước",
            "The council met (an hour ago) to hear the report of its members",
            "昨天",
        ] {
            assert!(may_hold_a_date(text), "{text}");
        }
        for text in ["Công an thành phố hôm nay ra quân tuần tra", "市政府昨天召开了新闻发布会", "Council opens library"] {
            let is_long = text != "Council opens library";
            assert_eq!(may_hold_a_date(text), !is_long, "{text}");
            assert!(!crate::time::is_dated(text), "{text}");
        }
    }
}

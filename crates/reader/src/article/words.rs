//! The words of a text, and the form in which two spellings of a line are the same.

use unicode_normalization::char::is_combining_mark;

/// Letters, digits and `_`. Vowel signs part a word: the table of trees has learned with words counted so.
pub fn is_word(ch: char) -> bool {
    if ch.is_ascii() {
        return ch.is_ascii_alphanumeric() || ch == '_';
    }
    is_usual_letter(ch) || (ch.is_alphanumeric() && !is_combining_mark(ch))
}

/// Letters of the scripts that most pages are in, told without a search in tables.
pub fn is_usual_letter(ch: char) -> bool {
    matches!(ch, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' | 'Ѐ'..='ҁ' | '\u{1e00}'..='\u{1eff}' | '\u{4e00}'..='\u{9fff}' | '가'..='힣')
}

/// The words of `text` as written.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = run::<false>(rest);
        let end = start + run::<true>(&rest[start..]);
        let word = &rest[start..end];
        rest = &rest[end..];
        (!word.is_empty()).then_some(word)
    })
}

/// Which ASCII characters are of words.
const OF_WORDS: [bool; 128] = {
    let mut of_words = [false; 128];
    let mut byte = 0_u8;
    while byte < 128 {
        of_words[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_';
        byte += 1;
    }
    of_words
};

/// Bytes of the characters that `text` begins with and that are of words, or are not.
#[inline]
fn run<const OF_WORD: bool>(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if let Some(is_of_word) = OF_WORDS.get(usize::from(*byte)) {
            if *is_of_word != OF_WORD {
                break;
            }
            at += 1;
        } else {
            let ch = text[at..].chars().next().unwrap_or_default();
            if is_word(ch) != OF_WORD {
                break;
            }
            at += ch.len_utf8();
        }
    }
    at
}

/// Lower-case words with one space between them: what two spellings of a headline have in common.
pub fn normal(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in words(text) {
        if !line.is_empty() {
            line.push(' ');
        }
        if word.is_ascii() {
            let start = line.len();
            line.push_str(word);
            line[start..].make_ascii_lowercase();
        } else {
            line.extend(word.chars().flat_map(char::to_lowercase));
        }
    }
    line
}

/// Whether a text of some length is English: by its commonest words, which no other language has all of.
pub fn is_english<'a>(texts: impl Iterator<Item = &'a str>) -> Option<bool> {
    let (mut all, mut common) = (0, 0);
    for word in texts.flat_map(words).take(3_000) {
        all += 1;
        common += usize::from(["the", "and", "of", "to", "is", "that", "for", "with"].contains(&word));
    }
    (all >= 60).then_some(common * 20 > all)
}

/// Characters of scripts that write a word in one or two of them: Han, Kana, Hangul, Thai.
pub fn is_dense(ch: char) -> bool {
    matches!(ch, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{e00}'..='\u{e7f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_marks_and_case_do_not_matter_for_headlines() {
        assert_eq!(normal(" “Đà Nẵng”: KÝ kết – 2024! "), "đà nẵng ký kết 2024");
        assert_eq!(words("a_b c-d").collect::<Vec<_>>(), ["a_b", "c", "d"]);
    }

    #[test]
    fn usual_letters_are_letters() {
        for ch in ('\0'..=char::MAX).filter(|ch| is_usual_letter(*ch)) {
            assert!(ch.is_alphabetic() && !is_combining_mark(ch), "{ch:?}");
        }
    }
}

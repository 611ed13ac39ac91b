//! The words of a part of a page, whose letters may be characters or references, `&ocirc;` or `&#244;`.

use std::{collections::HashMap, ops::Range, sync::LazyLock};

/// A word as it is read, and where it stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Its letters, references resolved.
    pub text: String,
    /// Its bytes on the page.
    pub range: Range<usize>,
}

/// What windows-1252 has from 0x80 to 0x9f. The five that it leaves open are controls.
const SPECIAL: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// The names of references from 0x80 on.
const NAMES: &str = "\
     euro - sbquo fnof bdquo hellip dagger Dagger circ permil Scaron lsaquo OElig - Zcaron - - lsquo rsquo ldquo \
     rdquo bull ndash mdash tilde trade scaron rsaquo oelig - zcaron Yuml nbsp iexcl cent pound curren yen brvbar \
     sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo \
     frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave \
     Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute \
     THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc \
     iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/// The byte that windows-1252, or a reader that takes it for Latin-1, makes this character of; `None` for ASCII too.
pub(super) fn byte(ch: char) -> Option<u8> {
    match ch {
        '\u{80}'..='\u{ff}' => u8::try_from(u32::from(ch)).ok(),
        '\0'..='\u{151}' => None,
        _ => SPECIAL.chars().position(|special| special == ch).and_then(|at| u8::try_from(0x80 + at).ok()),
    }
}

/// The words of `html[range]` that are not ASCII: the longest runs of what `is_letter` takes for one.
pub(super) fn words(html: &str, range: Range<usize>, is_letter: impl Fn(char) -> bool) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = range.start;
    // From the first letter on that is not ASCII.
    let mut word: Option<Word> = None;
    let mut at = range.start;
    while at < range.end {
        let (ch, length) = character(&html[at..range.end]);
        let next = at + length;
        if !is_letter(ch) {
            words.extend(word.take());
            start = next;
        } else if let Some(word) = &mut word {
            word.text.push(ch);
            word.range.end = next;
        } else if !ch.is_ascii() {
            word = Some(Word { text: format!("{}{ch}", &html[start..at]), range: start..next });
        }
        at = next;
    }
    words.extend(word);
    words
}

/// `html` in capitals; references stay, as their names have a case.
pub(super) fn capitals(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut at = 0;
    while at < html.len() {
        let (ch, length) = character(&html[at..]);
        match &html[at..at + length] {
            reference if reference.starts_with('&') => text.push_str(reference),
            _ => text.extend(ch.to_uppercase()),
        }
        at += length;
    }
    text
}

/// The first character of `text` and its length there. A reference to something else is one sign, `&`.
pub(super) fn character(text: &str) -> (char, usize) {
    let first = text.chars().next().unwrap_or_default();
    if first != '&' {
        return (first, first.len_utf8());
    }
    let Some(end) = text.bytes().take(10).position(|byte| byte == b';') else { return ('&', 1) };
    let name = &text[1..end];
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#') {
        return ('&', 1);
    }
    let ch = match name.strip_prefix('#') {
        Some(number) => numbered(number).filter(|ch| !ch.is_ascii()),
        None => named(name),
    };
    (ch.unwrap_or('&'), end + 1)
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?)
}

fn named(name: &str) -> Option<char> {
    static CHARACTERS: LazyLock<HashMap<&str, char>> =
        LazyLock::new(|| NAMES.split_ascii_whitespace().zip(SPECIAL.chars().chain('\u{a0}'..='\u{ff}')).collect());
    // Nearly all references are of these.
    if matches!(name, "amp" | "quot" | "lt" | "gt") {
        return None;
    }
    CHARACTERS.get(name).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_in_every_form() {
        let html = "C&ocirc;ng &amp; C&#244;ng &#xF4; x&lsquo;&euro;y &nosuch; & &copy=1;";
        let found: Vec<_> =
            words(html, 0..html.len(), |ch| ch.is_alphabetic() || byte(ch).is_some()).into_iter().map(|word| word.text).collect();
        assert_eq!(found, ["Công", "Công", "ô", "x‘€y"]);
        assert_eq!(words(html, 1..12, char::is_alphabetic)[0], Word { text: "ông".to_owned(), range: 1..10 });
    }

    #[test]
    fn references_have_no_capitals() {
        assert_eq!(capitals("tp Đà &amp; &ocirc;ng &c"), "TP ĐÀ &amp; &ocirc;NG &C");
    }

    #[test]
    fn names_and_bytes_are_those_of_windows_1252() {
        assert_eq!(NAMES.split_ascii_whitespace().count(), 128);
        for code in 0x80..=0xff_u8 {
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(&code));
            assert_eq!(text.chars().next().and_then(byte), Some(code));
        }
        for (name, ch) in [("euro", '€'), ("lsquo", '‘'), ("Yuml", 'Ÿ'), ("nbsp", '\u{a0}'), ("szlig", 'ß'), ("yuml", 'ÿ'), ("times", '×')]
        {
            assert_eq!(named(name), Some(ch), "{name}");
        }
        for ch in ['a', 'ă', 'Đ', 'ệ', 'я', '中'] {
            assert_eq!(byte(ch), None, "{ch}");
        }
    }
}

//! Words as people write them: NFC, squeezed, folded for search, cut where a word ends.
//!
//! Nothing here knows a language, but for `đ`, which Unicode does not decompose.

use std::{borrow::Cow, sync::LazyLock};

use unicode_normalization::{
    IsNormalized, UnicodeNormalization,
    char::{decompose_canonical, is_combining_mark},
    is_nfc_quick,
};

/// Composes `text` (NFC, [UAX 15](https://www.unicode.org/reports/tr15/)) and drops the characters that no feed,
/// message or terminal may carry: C0 and C1 controls but for tab and line feed, noncharacters, and the marks that turn
/// the direction of writing (U+202A–202E, U+2066–2069). CR becomes a line feed with its own.
pub fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut previous = ' ';
    for ch in composed(text).chars() {
        match ch {
            ' '..='~' => cleaned.push(ch),
            '\r' => cleaned.push('\n'),
            '\n' if previous == '\r' => (),
            '\u{2028}' | '\u{2029}' | '\u{85}' => cleaned.push('\n'),
            _ if is_illegal(ch) => (),
            _ => cleaned.push(ch),
        }
        previous = ch;
    }
    cleaned
}

/// `text` in NFC; nearly all texts are, and that is seen at a glance.
pub fn composed(text: &str) -> Cow<'_, str> {
    if is_composed(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// Whether `text` is surely in NFC.
pub fn is_composed(text: &str) -> bool {
    let (steps, rest) = text.as_bytes().as_chunks::<STEP>();
    let odd = steps.iter().zip((0..).step_by(STEP)).find_map(|(step, from)| first_odd(text, step, from));
    // Whatever is left out here could only have parted two marks, so that this errs on the safe side.
    odd.or_else(|| first_odd(text, rest, text.len() - rest.len())).is_none_or(|at| {
        let beyond = beginning_with(&text[at..], is_beyond_latin).filter(|ch| !is_whole(*ch));
        is_nfc_quick(beyond) == IsNormalized::Yes
    })
}

/// Where the first character begins that is not [whole](is_whole), among the bytes of a step, which begins at `from`.
#[inline]
fn first_odd(text: &str, step: &[u8], from: usize) -> Option<usize> {
    if !has(step, is_beyond_latin) {
        return None;
    }
    let mut beyond = (from..).zip(step).filter(|(_, byte)| is_beyond_latin(**byte)).map(|(at, _)| at);
    beyond.find(|at| text[*at..].chars().next().is_some_and(|ch| !is_whole(ch)))
}

/// Whether characters from U+0300 on begin with a byte.
fn is_beyond_latin(byte: u8) -> bool {
    byte >= 0xcc
}

/// Whether `is_it` says yes to a byte of `text`; it is asked of many bytes at a time, and should not branch.
pub fn any_byte(text: &str, is_it: impl Fn(u8) -> bool + Copy) -> bool {
    let (steps, rest) = text.as_bytes().as_chunks::<STEP>();
    steps.iter().any(|step| has(step, is_it)) || has(rest, is_it)
}

/// Bytes that are looked at together.
const STEP: usize = 32;

fn has(step: &[u8], is_it: impl Fn(u8) -> bool) -> bool {
    step.iter().fold(false, |any, byte| any | is_it(*byte))
}

/// The characters of `text` that are not ASCII.
pub fn beyond_ascii(text: &str) -> impl Iterator<Item = char> {
    beginning_with(text, |byte| byte >= 0xc2)
}

/// The characters of `text` whose first byte `begins` knows, and no byte within a character.
fn beginning_with(text: &str, begins: impl Fn(u8) -> bool + Copy) -> impl Iterator<Item = char> {
    let (steps, rest) = text.as_bytes().as_chunks::<STEP>();
    let steps = steps.iter().map(<[u8; STEP]>::as_slice).chain([rest]).zip((0..).step_by(STEP));
    let steps = steps.filter(move |(step, _)| has(step, begins));
    let places = steps.flat_map(move |(step, from)| (from..).zip(step).filter(move |(_, byte)| begins(**byte)).map(|(at, _)| at));
    places.filter_map(|at| text[at..].chars().next())
}

/// Characters of the usual scripts, and usual signs, that are no marks, and that stay what they are in NFC whatever
/// follows.
fn is_whole(ch: char) -> bool {
    matches!(ch, '\0'..='\u{2ff}' | '\u{388}'..='\u{482}' | '\u{48a}'..='\u{52f}' | '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}'
        | '\u{660}'..='\u{66f}' | '\u{671}'..='\u{6d5}' | '\u{1e00}'..='\u{1eff}'
        | '\u{2002}'..='\u{20cf}' | '\u{2190}'..='\u{2328}' | '\u{232b}'..='\u{2adb}' | '\u{3000}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{e000}'..='\u{f8ff}' | '\u{ff01}'..='\u{ff5e}' | '\u{1f300}'..='\u{1faff}')
}

/// Characters that XML 1.0 forbids or discourages, or that hide or turn what a person reads.
fn is_illegal(ch: char) -> bool {
    matches!(ch,
        '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        | '\u{fdd0}'..='\u{fdef}')
        || (ch as u32) & 0xfffe == 0xfffe
}

/// One line: [`clean`], then every run of white space becomes one space, and the ends are trimmed.
/// Zero-width spaces and soft hyphens go.
pub fn squeeze(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    squeeze_onto(&mut line, text);
    line.truncate(line.trim_end_matches(' ').len());
    line
}

/// Appends `text` to `line` as [`squeeze`] does, but for a space at its ends, which parts it from what stands beside
/// it. There is none at the beginning of a line.
pub fn squeeze_onto(line: &mut String, text: &str) {
    let text = composed(text);
    let mut is_apart = line.is_empty() || line.ends_with([' ', '\n']);
    // Where the characters begin that stay as they are.
    let mut start = 0;
    let mut next = 0;
    while let Some(byte) = text.as_bytes().get(next) {
        if matches!(byte, b'!'..=b'~') {
            (next, is_apart) = (next + 1, false);
            continue;
        }
        let ch = text[next..].chars().next().unwrap_or_default();
        let at = next;
        next += ch.len_utf8();
        let (is_space, is_kept) = match ch {
            ' ' => (true, !is_apart),
            '\n' | '\t' | '\r' | '\u{85}' => (true, false),
            '\u{200b}' | '\u{2060}' | '\u{ad}' => (is_apart, false),
            _ if is_illegal(ch) => (is_apart, false),
            _ => (ch.is_whitespace(), !ch.is_whitespace()),
        };
        if !is_kept {
            line.push_str(&text[start..at]);
            start = next;
            if is_space && !is_apart {
                line.push(' ');
            }
        }
        is_apart = is_space;
    }
    line.push_str(&text[start..]);
}

/// Several lines: [`clean`], each line squeezed, paragraphs kept apart by one blank line.
pub fn paragraphs(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for paragraph in text.split("\n\n") {
        let lines: Vec<_> = paragraph.lines().map(squeeze).filter(|line| !line.is_empty()).collect();
        if !lines.is_empty() {
            if !kept.is_empty() {
                kept.push_str("\n\n");
            }
            kept.push_str(&lines.join("\n"));
        }
    }
    kept
}

/// What two spellings of the same words have in common: lower case, without marks, `đ` as `d`,
/// squeezed. `Đà Nẵng` and `da nang` fold alike. The number of characters may differ from `text`'s.
pub fn fold(text: &str) -> String {
    let mut lower = String::with_capacity(text.len());
    for ch in text.chars() {
        if ch.is_ascii() {
            lower.push(ch.to_ascii_lowercase());
        } else if let Some(letter) = bare_letter(ch) {
            lower.push(letter);
        } else {
            push_folded(&mut lower, ch);
        }
    }
    if is_plain_line(&lower) { lower } else { squeeze(&lower) }
}

fn push_folded(lower: &mut String, ch: char) {
    // Marks are dropped, so that their order does not matter.
    decompose_canonical(ch, |part| {
        if !is_combining_mark(part) {
            lower.extend(part.to_lowercase().map(|part| if part == 'đ' { 'd' } else { part }));
        }
    });
}

/// Whether there is nothing to squeeze: ASCII, and one space between words.
fn is_plain_line(line: &str) -> bool {
    let mut is_apart = true;
    let is_plain = line.bytes().all(|byte| {
        let is_gap = std::mem::replace(&mut is_apart, byte == b' ') && byte == b' ';
        matches!(byte, b' '..=b'~') && !is_gap
    });
    line.is_empty() || is_plain && !is_apart
}

/// The letters beyond ASCII that [`fold`] makes one of ASCII, by their places among Latin ones; 0 is for the others.
static BARE_LETTERS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let bare = |ch: char| {
        let mut folded = String::new();
        push_folded(&mut folded, ch);
        if let [letter @ b'a'..=b'z'] = folded.as_bytes() { *letter } else { 0 }
    };
    ('\u{80}'..='\u{24f}').chain('\u{1e00}'..='\u{1eff}').map(bare).collect()
});

/// What [`fold`] makes of a Latin letter with marks, where that is one letter of ASCII: looked up, as most are.
pub fn bare_letter(ch: char) -> Option<char> {
    let place = match ch {
        '\u{80}'..='\u{24f}' => u32::from(ch) - 0x80,
        '\u{1e00}'..='\u{1eff}' => u32::from(ch) - 0x1e00 + 0x1d0,
        _ => return None,
    };
    BARE_LETTERS.get(place as usize).filter(|letter| **letter != 0).map(|letter| char::from(*letter))
}

/// What two spellings of the same words with the same marks have in common: lower case, and the tone behind the word's
/// letters, as `Hòa` and `Hoà` are one name.
pub fn fold_case(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut tones = String::new();
    for ch in text.chars() {
        if !ch.is_alphanumeric() && !is_combining_mark(ch) {
            folded.push_str(&tones);
            tones.clear();
        }
        decompose_canonical(ch, |part| {
            if is_tone(part) {
                tones.push(part);
            } else {
                folded.extend(part.to_lowercase());
            }
        });
    }
    squeeze(&(folded + &tones))
}

/// The combining marks of the five marked tones of Vietnamese.
fn is_tone(part: char) -> bool {
    matches!(part, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

/// A number by which bytes of text are told apart, the same in every run and every version: FNV-1a, 64 bits
/// (<https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>). It keeps no secret.
pub fn fingerprint(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Length in UTF-16 code units, as [Telegram counts](https://core.telegram.org/api/entities#entity-length).
pub fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// At most `limit` UTF-16 units of `text`, cut after a whole word and closed with `…` where something
/// was left out. A single word longer than the limit is cut inside, never inside a character.
pub fn cut(text: &str, limit: usize) -> String {
    if utf16_len(text) <= limit {
        return text.to_owned();
    }
    let room = limit.saturating_sub(1);
    let mut used = 0;
    let mut end = 0;
    let mut word_end = 0;
    for (at, ch) in text.char_indices() {
        if ch.is_whitespace() {
            word_end = at;
        }
        if used + ch.len_utf16() > room {
            break;
        }
        used += ch.len_utf16();
        end = at + ch.len_utf8();
    }
    let next_is_space = text[end..].starts_with(char::is_whitespace);
    let at = if next_is_space || word_end == 0 || word_end > end { end } else { word_end };
    // A base letter is not parted from the marks that follow it.
    let mut kept = &text[..at];
    if text[at..].starts_with(is_combining_mark) {
        kept = kept.trim_end_matches(is_combining_mark);
        let last = kept.chars().next_back().map_or(0, char::len_utf8);
        kept = &kept[..kept.len() - last];
    }
    if limit == 0 {
        return String::new();
    }
    format!("{}…", kept.trim_end_matches(|ch: char| ch.is_whitespace() || matches!(ch, ',' | ';' | ':' | '-' | '–')))
}

/// What a text that ends with dots begins with; `None` where it is whole.
pub fn stem(text: &str) -> Option<&str> {
    ["…", "...", "[…]", "[...]"].iter().find_map(|dots| text.strip_suffix(dots)).map(str::trim_end).filter(|stem| !stem.is_empty())
}

/// Whether `cut` is `whole`, cut after some words and closed with dots.
pub fn is_beginning_of(cut: &str, whole: &str) -> bool {
    stem(whole).is_none() && stem(cut).is_some_and(|stem| whole.starts_with(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_do_not_matter_for_folding() {
        assert_eq!(fold("Công an  Đà Nẵng"), "cong an da nang");
        assert_eq!(fold("D\u{323}a\u{300}"), "da");
    }

    #[test]
    fn letters_that_are_looked_up_are_folded_as_all_others() {
        for ch in ('\u{80}'..='\u{2000}').filter(|ch| bare_letter(*ch).is_some()) {
            let mut folded = String::new();
            push_folded(&mut folded, ch);
            assert_eq!(bare_letter(ch).map(String::from), Some(folded), "{ch:?}");
        }
        assert_eq!(['Ế', 'đ', 'ÿ', 'ß', 'ж'].map(bare_letter), [Some('e'), Some('d'), Some('y'), None, None]);
        for line in ["", "a", "a b", " a", "a ", "a  b", "a\tb", "a\u{7f}b"] {
            assert_eq!(fold(line), squeeze(line));
        }
    }

    #[test]
    fn a_tone_may_stand_on_either_vowel() {
        assert_eq!(fold_case("HÒA Bình"), fold_case("hoà bi\u{300}nh"));
        assert_ne!(fold_case("hòa"), fold_case("hóa"));
        assert_ne!(fold_case("Trân"), fold_case("Trần"));
        assert_eq!(fold_case("Covid"), fold("Covid"));
    }

    #[test]
    fn decomposed_letters_are_composed() {
        assert_eq!(clean("Đa\u{300} Na\u{306}\u{303}ng"), "Đà Nẵng");
    }

    #[test]
    fn characters_that_break_readers_are_dropped() {
        assert_eq!(clean("a\0b\u{1b}c\u{202e}d\u{ffff}e\r\nf"), "abcde\nf");
        assert_eq!(squeeze("  a\u{a0}\n b\u{200b} "), "a b");
        assert_eq!(squeeze("\u{200b} a \u{200b} b\u{ad}c"), "a bc");
    }

    #[test]
    fn texts_that_are_appended_stay_as_far_apart_as_they_were() {
        let mut line = String::from("a");
        for text in [" b ", "\n", "c", "d  e\t", "f"] {
            squeeze_onto(&mut line, text);
        }
        assert_eq!(line, "a b cd e f");
    }

    #[test]
    fn whole_characters_are_left_as_they_are() {
        for ch in ('\0'..=char::MAX).filter(|ch| is_whole(*ch)) {
            assert!(!is_combining_mark(ch) && is_nfc_quick([ch].into_iter()) == IsNormalized::Yes, "{ch:?}");
        }
        assert_eq!(composed("Hội nghi\u{323} 한\u{1100}\u{1161}"), "Hội nghị 한가");
    }

    #[test]
    fn paragraphs_stay_apart() {
        assert_eq!(paragraphs(" a \n b \n\n\n\n c"), "a\nb\n\nc");
    }

    #[test]
    fn a_cut_falls_between_words() {
        assert_eq!(cut("một hai ba bốn", 10), "một hai…");
        assert_eq!(cut("một hai ba", 8), "một hai…");
        assert_eq!(cut("ngắn", 10), "ngắn");
        assert_eq!(cut("dàiquádàiquá", 5), "dàiq…");
        assert_eq!(cut("😀😀😀", 4), "😀…");
        assert_eq!(utf16_len(&cut("😀😀😀 😀😀", 7)), 7);
        assert_eq!(cut("abc", 0), "");
        assert!(is_beginning_of("một hai …", "một hai ba") && is_beginning_of("một hai[...]", "một hai ba"));
        assert!(!is_beginning_of("một hai", "một hai ba") && !is_beginning_of("một bốn…", "một hai ba"));
    }
}

//! A quick look, which passes nearly every ordinary page in any language: it costs a hundredth of reading the page.

use memchr::memchr3_iter;

use super::{CERTAIN_WITH_A_HINT, Disguise};
use crate::charset::references::character;

/// What `html` may be hidden in: there are signs inside its words, marks after vowels that bear none elsewhere, first
/// bytes of UTF-8 with more bytes after them.
pub(super) fn suspects(html: &str) -> Vec<Disguise> {
    // References, and what is in Latin-1. A large part of every page has neither.
    let starts = memchr3_iter(b'&', 0xc2, 0xc3, html.as_bytes());
    let found: Vec<Disguise> = starts.filter_map(|at| suspect_at(html, at)).collect();
    let mut suspects = vec![Disguise::Utf8, Disguise::Tcvn, Disguise::Vni];
    suspects.retain(|suspect| found.iter().filter(|found| *found == suspect).count() >= CERTAIN_WITH_A_HINT);
    suspects
}

fn suspect_at(html: &str, at: usize) -> Option<Disguise> {
    let before = at.checked_sub(1).map_or(b' ', |before| html.as_bytes()[before]);
    let (ch, length) = character(&html[at..]);
    let after = &html.as_bytes()[at + length..];
    let is_utf8 = match ch {
        'Ã' | 'Ä' | 'Å' | 'Æ' => matches!(after, [0xc2 | 0xc5 | 0xc6 | 0xcb | 0xe2, ..]),
        'á' => matches!(after, [0xc2, 0xba | 0xbb, ..]),
        'â' => matches!(after, [0xe2, 0x82, 0xac, ..]),
        _ => false,
    };
    // Soft hyphens stand inside words in any language.
    let is_sign = matches!(ch, '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{bf}');
    if is_utf8 {
        Some(Disguise::Utf8)
    } else if is_sign && before.is_ascii_alphabetic() && after.first().is_some_and(u8::is_ascii_alphabetic) {
        Some(Disguise::Tcvn)
    } else if is_mark_after(before, ch) {
        Some(Disguise::Vni)
    } else {
        None
    }
}

/// Whether `ch`, after a letter whose last byte is `before`, is a mark of VNI and rarely a letter of its own.
fn is_mark_after(before: u8, ch: char) -> bool {
    match before.to_ascii_lowercase() {
        b'a' => "ùøûõïâåäêüëÙØÛÕÏÂÅÄÊÜË".contains(ch),
        b'e' => "ùøûïâåÙØÛÏÂÅ".contains(ch),
        b'o' => "øûõïâåäØÛÕÏÂÅÄ".contains(ch),
        // The last bytes of ô and ö, vowels in VNI, are among these.
        b'u' | b'y' | 0xb4 | 0xb6 | 0x94 | 0x96 => "ùøûõïÙØÛÕÏ".contains(ch),
        _ => false,
    }
}

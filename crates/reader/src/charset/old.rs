//! Charsets that only Vietnamese pages had, and how they are recognised where nobody names them.

use encoding_rs::{WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

use super::{Charset, misread, references::words, runs::runs};
use crate::vietnamese::{TCVN, VISCII, is_its_own, is_syllable};

/// So much of a page is looked at.
const LOOK: usize = 256 * 1024;
/// Different words that make it certain.
const CERTAIN: usize = 5;

/// The charset of a label that the web does not know.
pub(super) fn named(label: &str) -> Option<Charset> {
    match label.trim().to_ascii_lowercase().as_str() {
        "viscii" | "csviscii" | "viscii1.1-1" | "x-viscii" | "x-viet-viscii" => Some(Charset::Old(&VISCII)),
        "tcvn" | "tcvn3" | "tcvn-5712" | "tcvn5712" | "tcvn5712-1" | "tcvn5712-1:1993" | "x-tcvn" | "x-viet-tcvn" | "x-viet-tcvn5712" => {
            Some(Charset::Old(&TCVN))
        }
        // Its letters are those of Latin-1, put together otherwise.
        "vni" | "x-vni" | "x-viet-vni" => Some(Charset::Known(WINDOWS_1252)),
        _ => None,
    }
}

/// What Vietnamese `bytes` are in, if they surely are Vietnamese and not UTF-8.
pub(super) fn recognise(bytes: &[u8]) -> Option<Charset> {
    let bytes = &bytes[..bytes.len().min(LOOK)];
    let (latin, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    if misread::has_old_letters(&latin) {
        return Some(Charset::Known(WINDOWS_1252));
    }
    let (windows, _) = WINDOWS_1258.decode_without_bom_handling(bytes);
    let windows: String = windows.nfc().collect();
    let found = [(Charset::Known(WINDOWS_1258), windows), (Charset::Old(&VISCII), VISCII.decode(bytes))];
    found
        .into_iter()
        .filter_map(|(charset, text)| Some((syllables(&text)?, charset)))
        .max_by_key(|(good, _)| *good)
        .map(|(_, charset)| charset)
}

/// How many syllables with letters that only Vietnamese has are in `text`; `None` where they are few, or other words
/// with marks are many.
fn syllables(text: &str) -> Option<usize> {
    let mut good = std::collections::BTreeSet::new();
    let (mut all, mut bad) = (0, 0);
    for run in runs(text) {
        for word in words(text, run.range, char::is_alphabetic) {
            if word.text.is_ascii() {
                continue;
            }
            match (is_syllable(&word.text), word.text.contains(is_its_own)) {
                (false, _) => bad += 1,
                (true, true) => {
                    all += 1;
                    good.insert(word.text);
                }
                (true, false) => all += 1,
            }
        }
    }
    (good.len() >= CERTAIN && all >= 3 * bad).then_some(all)
}

//! VNI: a letter, and after it a letter of Latin-1 that the fonts draw as its marks. `Coâng` is Công.

use unicode_normalization::UnicodeNormalization;

/// A word of VNI whose bytes were taken for Latin-1; `None` where something in it is no VNI.
pub fn read_vni(word: &str) -> Option<String> {
    let mut read = String::with_capacity(word.len());
    // The vowel that a mark may follow.
    let mut vowel = None;
    for ch in word.chars() {
        if let Some(marks) = vowel.and_then(|vowel| marks(vowel, ch)) {
            read.push_str(marks);
            vowel = None;
            continue;
        }
        let letter = single(ch)?;
        read.push(letter);
        vowel = "aeiouyơư".contains(small(letter)).then(|| small(letter));
    }
    Some(read.nfc().collect())
}

fn small(ch: char) -> char {
    ch.to_lowercase().next().unwrap_or(ch)
}

/// What stands alone. Where there was no room for a mark, another letter was taken.
fn single(ch: char) -> Option<char> {
    let letter = match small(ch) {
        'ô' => 'ơ',
        'ö' => 'ư',
        'ñ' => 'đ',
        'æ' => 'ỉ',
        'ó' => 'ĩ',
        'ò' => 'ị',
        'î' => 'ỵ',
        letter @ ('í' | 'ì' | 'a'..='z') => letter,
        _ if ch.is_ascii() => return Some(ch),
        _ => return None,
    };
    Some(if ch.is_uppercase() { letter.to_uppercase().next().unwrap_or(letter) } else { letter })
}

/// The marks that `ch` draws over or under a vowel.
fn marks(vowel: char, ch: char) -> Option<&'static str> {
    let marks = match small(ch) {
        'ù' => "\u{301}",
        'ø' => "\u{300}",
        'û' => "\u{309}",
        'õ' => "\u{303}",
        'ï' => "\u{323}",
        'â' => "\u{302}",
        'á' => "\u{302}\u{301}",
        'à' => "\u{302}\u{300}",
        'å' => "\u{302}\u{309}",
        'ã' => "\u{302}\u{303}",
        'ä' => "\u{302}\u{323}",
        'ê' => "\u{306}",
        'é' => "\u{306}\u{301}",
        'è' => "\u{306}\u{300}",
        'ú' => "\u{306}\u{309}",
        'ü' => "\u{306}\u{303}",
        'ë' => "\u{306}\u{323}",
        _ => return None,
    };
    let can_bear = match marks.chars().next() {
        Some('\u{302}') => "aeo".contains(vowel),
        Some('\u{306}') => vowel == 'a',
        _ => true,
    };
    can_bear.then_some(marks)
}

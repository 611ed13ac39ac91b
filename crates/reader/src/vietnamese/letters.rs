//! The letters: twelve vowels in six tones, and đ.

/// The small letters that are not in every Latin alphabet, and the six vowels that are: each vowel level, with grave,
/// hook, tilde, acute and dot.
pub const ALPHABET: &str = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ";

/// How the voice goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Level,
    Falling,
    Asking,
    Broken,
    Rising,
    Heavy,
}

const TONES: [Tone; 6] = [Tone::Level, Tone::Falling, Tone::Asking, Tone::Broken, Tone::Rising, Tone::Heavy];

/// A small letter without its tone, and the tone.
pub(super) fn part(letter: char) -> (char, Tone) {
    if letter.is_ascii() {
        return (letter, Tone::Level);
    }
    let Some(at) = ALPHABET.chars().position(|known| known == letter) else { return (letter, Tone::Level) };
    let row = at - at % TONES.len();
    (ALPHABET.chars().nth(row).unwrap_or(letter), TONES[at - row])
}

/// Whether only Vietnamese writes this letter, or hardly anybody else: none of Latin-1, and no plain one.
pub fn is_its_own(letter: char) -> bool {
    letter > '\u{ff}' && letter.to_lowercase().all(|small| ALPHABET.contains(small))
}

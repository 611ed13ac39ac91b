//! TCVN 5712, the national standard, and its third part, TCVN3 or "ABC", in which the `.VnTime` fonts were drawn.
//!
//! Text for these fonts is usually called windows-1252, so its letters arrive as the signs of Latin-1: `C«ng an` is
//! Công an. The third part has capitals only where there is no tone: text in capitals is written small and shown in a
//! font whose name ends in H, or with the consonants alone in capitals.

use unicode_normalization::UnicodeNormalization;

use super::{Table, letters::part};

/// The first part of the standard, which has every letter; the third agrees with it wherever it has one.
#[rustfmt::skip]
pub static TCVN: Table = Table {
    name: "TCVN",
    low: &[
        (0x01, 'Ú'), (0x02, 'Ụ'), (0x04, 'Ừ'), (0x05, 'Ử'), (0x06, 'Ữ'), (0x11, 'Ứ'),
        (0x12, 'Ự'), (0x13, 'Ỳ'), (0x14, 'Ỷ'), (0x15, 'Ỹ'), (0x16, 'Ý'), (0x17, 'Ỵ'),
    ],
    high: [
        'À', 'Ả', 'Ã', 'Á', 'Ạ', 'Ặ', 'Ậ', 'È', 'Ẻ', 'Ẽ', 'É', 'Ẹ', 'Ệ', 'Ì', 'Ỉ', 'Ĩ',
        'Í', 'Ị', 'Ò', 'Ỏ', 'Õ', 'Ó', 'Ọ', 'Ộ', 'Ờ', 'Ở', 'Ỡ', 'Ớ', 'Ợ', 'Ù', 'Ủ', 'Ũ',
        '\u{a0}', 'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ', 'Ằ',
        '\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}', 'à', 'ả', 'ã', 'á', 'ạ', 'Ẳ', 'ằ', 'ẳ', 'ẵ', 'ắ', 'Ẵ',
        'Ắ', 'Ầ', 'Ẩ', 'Ẫ', 'Ấ', 'Ề', 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', 'Ể', 'ẻ', 'ẽ',
        'é', 'ẹ', 'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', 'Ễ', 'Ế', 'Ồ', 'ĩ', 'í', 'ị', 'ò',
        'Ổ', 'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù',
        'Ỗ', 'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ', 'Ố',
    ],
};

/// A word of TCVN3 whose bytes were taken for Latin-1; `None` where it has a character that is none of these.
pub fn read_tcvn(word: &str) -> Option<String> {
    let mut read = String::with_capacity(word.len());
    for ch in word.chars() {
        let letter = match ch {
            '\0'..='\x7f' => ch,
            // The micro sign became a Greek letter where text was put into Unicode's compatible form.
            'μ' => 'à',
            _ => TCVN.letter(u8::try_from(u32::from(ch)).ok().filter(|byte| *byte > 0xa0)?),
        };
        double(&mut read, letter);
    }
    let read: String = read.nfc().collect();
    Some(if is_in_capitals(&read) { read.to_uppercase() } else { read })
}

/// Some wrote a capital with a tone as two letters: `¢Ê` for Ấ.
fn double(read: &mut String, letter: char) {
    let (plain, _) = part(letter);
    let is_second =
        plain != letter && read.chars().next_back().is_some_and(|first| first.is_uppercase() && first.to_lowercase().eq([plain]));
    if is_second {
        read.pop();
        read.extend(letter.to_uppercase());
    } else {
        read.push(letter);
    }
}

/// `N½NG`: the consonants are capitals, and the vowels had none.
fn is_in_capitals(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase) && !word.contains(|ch: char| ch.is_ascii_lowercase())
}

//! Vietnamese in windows-1258: a byte for the letter, another for its tone.

/// The twelve vowels, each with its five tones in the order of [`TONES`].
const VOWELS: [(char, &str); 12] = [
    ('a', "àảãáạ"),
    ('ă', "ằẳẵắặ"),
    ('â', "ầẩẫấậ"),
    ('e', "èẻẽéẹ"),
    ('ê', "ềểễếệ"),
    ('i', "ìỉĩíị"),
    ('o', "òỏõóọ"),
    ('ô', "ồổỗốộ"),
    ('ơ', "ờởỡớợ"),
    ('u', "ùủũúụ"),
    ('ư', "ừửữứự"),
    ('y', "ỳỷỹýỵ"),
];

/// Grave, hook above, tilde, acute, dot below.
const TONES: [u8; 5] = [0xcc, 0xd2, 0xde, 0xec, 0xf2];

/// Letters beyond ASCII without a tone.
const LETTERS: [(char, u8); 16] = [
    ('â', 0xe2),
    ('Â', 0xc2),
    ('ă', 0xe3),
    ('Ă', 0xc3),
    ('ê', 0xea),
    ('Ê', 0xca),
    ('ô', 0xf4),
    ('Ô', 0xd4),
    ('ơ', 0xf5),
    ('Ơ', 0xd5),
    ('ư', 0xfd),
    ('Ư', 0xdd),
    ('đ', 0xf0),
    ('Đ', 0xd0),
    ('°', 0xb0),
    ('–', 0x96),
];

/// The bytes of `text`; what the charset lacks is a question mark.
pub(super) fn windows_1258(text: &str) -> Vec<u8> {
    text.chars().flat_map(|ch| bytes(ch).into_iter().flatten()).collect()
}

fn bytes(ch: char) -> [Option<u8>; 2] {
    if let Ok(ascii) = u8::try_from(ch)
        && ascii.is_ascii()
    {
        return [Some(ascii), None];
    }
    if let Some((_, byte)) = LETTERS.iter().find(|(letter, _)| *letter == ch) {
        return [Some(*byte), None];
    }
    let small = ch.to_lowercase().next().unwrap_or(ch);
    let toned = VOWELS.iter().find_map(|(vowel, toned)| Some((*vowel, toned.chars().position(|toned| toned == small)?)));
    let Some((vowel, tone)) = toned else { return [Some(b'?'), None] };
    let vowel = if small == ch { vowel } else { vowel.to_uppercase().next().unwrap_or(vowel) };
    [bytes(vowel)[0], Some(TONES[tone])]
}

//! Which words are Vietnamese syllables: an onset, a rime and at most one tone, as the spelling has them.
//!
//! A few tables instead of a list of words: they hold for names and for words that no list knows, and hardly a word of
//! another language, read in wrong letters, passes them.

use super::letters::{Tone, part};

/// What a syllable begins with. Some begin like others: all that fit are tried.
const ONSETS: &[&str] = &[
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu", "r", "s", "t", "th",
    "tr", "v", "x",
];

/// What follows, without its tone; in the order of the characters. `ăk` is for Đắk Lắk.
const RIMES: &[&str] = &[
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "e", "ec", "em", "en", "eng", "eo", "ep", "et", "i",
    "ia", "ich", "im", "in", "inh", "ip", "it", "iu", "iêc", "iêm", "iên", "iêng", "iêp", "iêt", "iêu", "o", "oa", "oac", "oach", "oai",
    "oam", "oan", "oang", "oanh", "oao", "oap", "oat", "oay", "oc", "oe", "oen", "oeo", "oet", "oi", "om", "on", "ong", "ooc", "oong",
    "op", "ot", "oăc", "oăm", "oăn", "oăng", "oăt", "u", "ua", "uc", "ui", "um", "un", "ung", "up", "ut", "uy", "uya", "uych", "uynh",
    "uyp", "uyt", "uyu", "uyên", "uyêt", "uân", "uâng", "uât", "uây", "uê", "uêch", "uênh", "uôc", "uôi", "uôm", "uôn", "uông", "uôt",
    "uơ", "y", "ych", "ynh", "yt", "yêm", "yên", "yêng", "yêt", "yêu", "âc", "âm", "ân", "âng", "âp", "ât", "âu", "ây", "ê", "êch", "êm",
    "ên", "êng", "ênh", "êp", "êt", "êu", "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôp", "ôt", "ăc", "ăk", "ăm", "ăn", "ăng", "ăp", "ăt", "ơ",
    "ơi", "ơm", "ơn", "ơp", "ơt", "ư", "ưa", "ưc", "ưi", "ưm", "ưn", "ưng", "ưt", "ưu", "ươc", "ươi", "ươm", "ươn", "ương", "ươp", "ươt",
    "ươu",
];

/// The longest, `nghiêng`, has seven letters; bytes are twice that at most.
const LONGEST: usize = 14;

/// Whether `word`, in NFC, is a syllable. Small letters, capitals, or a capital first; nothing in between.
pub fn is_syllable(word: &str) -> bool {
    if word.len() > 3 * LONGEST || !is_cased_as_a_word(word) {
        return false;
    }
    let mut plain = String::with_capacity(LONGEST);
    let mut tone = Tone::Level;
    for letter in word.chars().flat_map(char::to_lowercase) {
        let (letter, own) = part(letter);
        if own != Tone::Level {
            if tone != Tone::Level {
                return false;
            }
            tone = own;
        }
        plain.push(letter);
    }
    ONSETS.iter().any(|onset| plain.strip_prefix(onset).is_some_and(|rime| agree(onset, rime) && can_be_said(rime, tone)))
}

fn is_cased_as_a_word(word: &str) -> bool {
    let rest = word.chars().skip(1);
    rest.clone().all(|letter| !letter.is_uppercase()) || word.chars().all(|letter| !letter.is_lowercase())
}

/// Whether the onset is written so before this rime: `ngh` before `e`, `ê` and `i`, `ng` before the others.
fn agree(onset: &str, rime: &str) -> bool {
    let is_bright = rime.starts_with(['e', 'ê', 'i', 'y']);
    match onset {
        "gh" | "ngh" => is_bright,
        "c" => !is_bright,
        "ng" => !rime.starts_with(['e', 'ê', 'i']),
        "g" => !rime.starts_with(['e', 'ê', 'y']),
        _ => true,
    }
}

/// A rime that ends in a stop is said in two tones only.
fn can_be_said(rime: &str, tone: Tone) -> bool {
    let is_stopped = rime.ends_with(['c', 'p', 't']) || rime.ends_with("ch");
    RIMES.binary_search(&rime).is_ok() && (!is_stopped || matches!(tone, Tone::Rising | Tone::Heavy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rimes_are_in_order() {
        assert!(RIMES.is_sorted());
    }

    #[test]
    fn syllables_are_told_from_other_words() {
        let text = "Công an thành phố Đà Nẵng vừa phối hợp với các đơn vị nghiệp vụ bắt giữ nhóm đối tượng trộm cắp xe máy quý giá, \
                    gìn giữ nghiêng ngả khuya khoắt quốc huỷ uỷ ỷ lại ý kiến yếu giếng nước quỳnh khúc khuỷu thuở nhỏ rượu lươn \
                    Đắk Lắk TRƯỜNG ĐẠI HỌC BÁCH KHOA ngoằn ngoèo xoèn xoẹt huýt sáo hươu nguyễn thị quế quyết liệt giặc ghế kệ kiện ừ hoà hòa";
        for word in text.split(|ch: char| !ch.is_alphabetic()).filter(|word| !word.is_empty()) {
            assert!(is_syllable(word), "{word}");
        }
        for word in [
            "",
            "été",
            "où",
            "für",
            "Köln",
            "señor",
            "João",
            "går",
            "příliš",
            "żółć",
            "Coâng",
            "C«ng",
            "cát2",
            "nẴng",
            "ngếu",
            "cế",
            "viêt",
            "bảt",
            "straße",
            "b",
            "ngh",
            "hoaa",
            "đéém",
            "ạb",
        ] {
            assert!(!is_syllable(word), "{word}");
        }
    }
}

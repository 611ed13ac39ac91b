//! The mark of a newspaper or agency that a text begins with: `(Dân trí) - `, `TTO - `, `VOV.VN - `.
//!
//! The names of places that articles begin with, `Đà Nẵng - ` and `LONDON (AP) — `, say something of the news and stay.

use crate::pattern::Pattern;

/// Letters of an abbreviation.
const ABBREVIATION: std::ops::RangeInclusive<usize> = 2..=6;

/// Bytes of the mark at the beginning of `text`, the dash behind it included; 0 where there is none.
pub fn mark(text: &str) -> usize {
    static MARK: Pattern =
        Pattern::new(r"^(?:[(\[]\s*(?P<closed>[^()\[\]]{2,30})\s*[)\]]\s*[-–—−:]|(?P<open>[^\s–—−-]{2,24})\s*(?:[-–—−]\s|\s[-–—−]))\s*");
    let Some(found) = MARK.captures(text) else { return 0 };
    let is_mark = match (found.name("closed"), found.name("open")) {
        (Some(name), _) => is_publisher(name.as_str()),
        (_, Some(name)) => is_domain(name.as_str()) || is_abbreviation(name.as_str()),
        _ => false,
    };
    let end = found.get(0).map_or(0, |whole| whole.end());
    if is_mark && text[end..].starts_with(begins_sentence) { end } else { 0 }
}

/// `text` without its mark.
pub fn unmarked(text: &str) -> &str {
    &text[mark(text)..]
}

/// A name in brackets: some words, the first with a capital, and nothing that a remark or a date has.
fn is_publisher(name: &str) -> bool {
    let is_remark =
        ["Ảnh", "Hình", "Video", "Clip", "Photo", "Nguồn", "Kỳ", "Bài", "Phần"].contains(&name.split(' ').next().unwrap_or_default());
    name.starts_with(char::is_uppercase)
        && !is_remark
        && name.split_whitespace().count() <= 4
        && !name.contains([',', ';', ':', '/', '?', '!'])
}

/// `VOV.VN`, `Chinhphu.vn`
fn is_domain(name: &str) -> bool {
    let is_label = |label: &str| label.len() > 1 && label.chars().all(|ch| ch.is_alphanumeric() || ch == '.');
    name.rsplit_once('.').is_some_and(|(label, end)| is_label(label) && ["vn", "com", "net", "org"].contains(&&*end.to_ascii_lowercase()))
}

/// `TTO`, `NLĐO`, `TTXVN`: capitals with one vowel at most, which no place has that is written so.
fn is_abbreviation(name: &str) -> bool {
    let is_vowel = |ch: char| matches!(ch, 'A' | 'E' | 'I' | 'O' | 'U');
    ABBREVIATION.contains(&name.chars().count())
        && name.chars().all(|ch| ch.is_ascii_uppercase() || ch == 'Đ')
        && name.chars().filter(|ch| is_vowel(*ch)).count() <= 1
        && !["HN", "HCM", "TPHCM", "SG", "ĐN"].contains(&name)
}

fn begins_sentence(ch: char) -> bool {
    ch.is_uppercase() || ch.is_numeric() || matches!(ch, '“' | '"' | '‘' | '\'' | '«')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_of_a_publisher_goes() {
        for mark in [
            "(Dân trí) - ",
            "(Dân trí) – ",
            "TTO - ",
            "(TTXVN) - ",
            "VOV.VN - ",
            "(PLO)- ",
            "(NLĐO) — ",
            "Chinhphu.vn- ",
            "[VTV] - ",
            "QĐND – ",
        ] {
            assert_eq!(unmarked(&format!("{mark}Sáng 20-11, xã Đại Phong họp.")), "Sáng 20-11, xã Đại Phong họp.", "{mark}");
        }
    }

    #[test]
    fn what_says_something_stays() {
        for text in [
            "Đà Nẵng - Sáng 20-11, xã họp.",
            "TP.HCM - Sáng 20-11, xã họp.",
            "HCM - Sáng 20-11, xã họp.",
            "HUẾ - Sáng 20-11, xã họp.",
            "LONDON (AP) — The council met.",
            "PARIS - The council met.",
            "(Ảnh minh họa) - Sáng nay",
            "(20/11/2026) - Sáng nay",
            "(hết) - Sáng nay",
            "(Dân trí) là một tờ báo.",
            "TTO là một tờ báo.",
            "GDP - thước đo của nền kinh tế - tăng.",
            "COVID-19 là một bệnh.",
            "WHO-led teams",
            "- Sáng nay",
            "",
        ] {
            assert_eq!(unmarked(text), text);
        }
    }
}

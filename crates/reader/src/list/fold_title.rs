//! What two spellings of one headline have in common: its words, without tags and the publisher's name at its ends.
//!
//! A tag is one in brackets only: a page called "Video: …" beside the article may be another article.

use crate::text;

use super::memory::TELLING_TITLE;

/// What is in a headline's brackets where they say only that there is something to see.
const MEDIA: &[&str] = &[
    "ảnh",
    "photo",
    "photos",
    "video",
    "videos",
    "clip",
    "clips",
    "infographic",
    "infographics",
    "inforgraphic",
    "audio",
    "podcast",
    "emagazine",
    "magazine",
    "longform",
    "megastory",
];
/// What may stand beside it.
const WITH: &[&str] = &["có", "kèm", "và", "hình", "chùm", "e"];
/// Before the name of the publisher, behind a headline.
const SEPARATORS: &[&str] = &[" - ", " – ", " — ", " | "];
/// How publishers begin, folded.
const PUBLISHERS: &[&str] = &[
    "bao dien tu ",
    "tap chi ",
    "dai phat thanh ",
    "dai truyen hinh ",
    "dai ptth ",
    "cong thong tin ",
    "trang thong tin ",
    "thong tan xa ",
];
/// A longer name is a sentence.
const LONGEST_NAME: usize = 10;

/// The words of a headline, folded: neither capitals nor quotes, dashes, tags or the publisher's name matter. What
/// would leave too little keeps its ends.
pub fn fold_title(title: &str) -> String {
    let whole = text::squeeze(title);
    let mut rest = whole.as_str();
    while let Some(shorter) = without_tag(rest).or_else(|| without_publisher(rest)) {
        rest = shorter;
    }
    let short = words(rest);
    if short.chars().count() >= TELLING_TITLE {
        return short;
    }
    let all = words(&whole);
    if all.is_empty() { text::fold(title) } else { all }
}

fn words(title: &str) -> String {
    let folded = text::fold(title);
    let words: Vec<&str> = folded.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

fn without_tag(title: &str) -> Option<&str> {
    let in_brackets = |(open, close): (char, char)| {
        let behind = || title.strip_suffix(close)?.rsplit_once(open);
        let before = || title.strip_prefix(open)?.split_once(close).map(|(tag, rest)| (rest, tag));
        behind().filter(|(_, tag)| is_tag(tag)).or_else(|| before().filter(|(_, tag)| is_tag(tag)))
    };
    [('(', ')'), ('[', ']')].into_iter().find_map(in_brackets).map(|(rest, _)| rest.trim())
}

fn is_tag(tag: &str) -> bool {
    let lower = tag.to_lowercase();
    let mut words = lower.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty());
    words.clone().any(|word| MEDIA.contains(&word)) && words.all(|word| MEDIA.contains(&word) || WITH.contains(&word))
}

fn without_publisher(title: &str) -> Option<&str> {
    let at = SEPARATORS.iter().filter_map(|separator| title.rfind(separator).map(|at| (at, separator.len()))).max()?;
    let (headline, name) = (&title[..at.0], &title[at.0 + at.1..]);
    let folded = text::fold(name);
    // "Báo Nhân dân", but not "báo động" or "Báo động".
    let is_paper = || name.strip_prefix("Báo ").is_some_and(|name| name.starts_with(char::is_uppercase));
    let is_publisher = is_paper() || PUBLISHERS.iter().any(|publisher| folded.starts_with(publisher));
    (is_publisher && name.split(' ').count() <= LONGEST_NAME).then_some(headline)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_headline_has_one_spelling() {
        for title in [
            "Bắt nhóm “cò đất” ở Hà Nội - Huế",
            "BẮT NHÓM \"CÒ ĐẤT\" Ở HÀ NỘI – HUẾ",
            "Bắt nhóm 'cò đất' ở Hà Nội—Huế (Ảnh)",
            "[Video] Bắt nhóm «cò đất» ở Hà Nội - Huế",
            "Bắt nhóm cò đất ở Hà Nội - Huế (Clip)",
            "Bắt nhóm cò đất ở Hà Nội - Huế (kèm video và chùm ảnh) [Infographic]",
            "Bắt nhóm cò đất ở Hà Nội - Huế - Báo Quảng Nam",
            "Bắt nhóm cò đất ở Hà Nội - Huế (Video) | Báo điện tử Chính phủ",
            "Bắt nhóm cò đất ở Hà Nội – Huế — Cổng thông tin điện tử xã An Bình",
        ] {
            assert_eq!(fold_title(title), "bat nhom co dat o ha noi hue", "{title}");
        }
    }

    #[test]
    fn other_headlines_stay_apart() {
        for (one, other) in [
            ("Chuyện làng nghề truyền thống ở Hội An (kỳ 1)", "Chuyện làng nghề truyền thống ở Hội An (kỳ 2)"),
            ("Khởi tố đối tượng mua bán ma túy (Hà Nội)", "Khởi tố đối tượng mua bán ma túy (Quảng Trị)"),
            ("Giải bóng đá vô địch quốc gia khai mạc (Anh)", "Giải bóng đá vô địch quốc gia khai mạc (Ý)"),
            ("Lừa đảo qua mạng ngày càng tinh vi - báo động đỏ", "Lừa đảo qua mạng ngày càng tinh vi - báo cáo mới"),
            ("Giá xăng tăng 1.000 đồng một lít từ chiều nay", "Giá xăng tăng 1.500 đồng một lít từ chiều nay"),
            ("Tin vắn (Ảnh)", "Tin vắn"),
            ("???", "!!!"),
        ] {
            assert_ne!(fold_title(one), fold_title(other), "{one}");
        }
    }
}

//! Whether a new headline that has the id of a known article is that article, written anew: by its page. Pure.
//!
//! The id alone proves nothing: some sites give an id to another article. What was published at the same minute, or has
//! the same text, is the same article; where the page says neither, the list decides.

use std::collections::HashSet;

use loa_reader::{
    text,
    time::{Precision, Stamp},
};

use crate::{article::Article, store::Known};

/// Words in a row by which two texts are compared.
const RUN: usize = 6;
/// A shorter text is anyone's.
const TELLING_TEXT: usize = 30;

/// The known article whose id a new headline has.
#[derive(Debug, Clone, PartialEq)]
pub struct SameId {
    pub known: Known,
    /// The list alone says that they are one article.
    pub is_likely: bool,
}

/// Whether a new article with the same id as `before` is the same one, by what is known of it now.
pub fn is_rewritten(is_likely: bool, published: Option<&Stamp>, text: &str, before: &Article) -> bool {
    match (dates(published, before.published.as_ref()), texts(text, &before.text)) {
        (Dates::SameMoment, _) | (_, Texts::Same) => true,
        (Dates::OtherDay | Dates::OtherMoment, _) | (_, Texts::Other) => false,
        (Dates::SameDay | Dates::Unknown, Texts::Unknown) => is_likely,
    }
}

/// Whether a new article under the headline of `before`, which stands nowhere on the list, is that one at another
/// address: some headlines come every month, and so do their texts.
pub fn has_moved(published: Option<&Stamp>, text: &str, before: &Article) -> bool {
    match dates(published, before.published.as_ref()) {
        Dates::SameMoment => true,
        Dates::SameDay => matches!(texts(text, &before.text), Texts::Same),
        Dates::OtherMoment | Dates::OtherDay | Dates::Unknown => false,
    }
}

enum Dates {
    SameMoment,
    SameDay,
    OtherMoment,
    OtherDay,
    Unknown,
}

fn dates(now: Option<&Stamp>, before: Option<&Stamp>) -> Dates {
    let (Some(now), Some(before)) = (now, before) else { return Dates::Unknown };
    let is_exact = now.precision == Precision::Minute && before.precision == Precision::Minute;
    match (is_exact, now.at.timestamp() == before.at.timestamp(), now.at.date() == before.at.date()) {
        (true, true, _) => Dates::SameMoment,
        (true, false, _) => Dates::OtherMoment,
        (false, _, true) => Dates::SameDay,
        (false, _, false) => Dates::OtherDay,
    }
}

enum Texts {
    Same,
    Other,
    Unknown,
}

/// The same where half of the shorter text stands word for word in the other.
fn texts(now: &str, before: &str) -> Texts {
    let (now, before) = (words(now), words(before));
    if now.len().min(before.len()) < TELLING_TEXT {
        return Texts::Unknown;
    }
    let runs = |words: &[String]| -> HashSet<Vec<String>> { words.windows(RUN).map(<[String]>::to_vec).collect() };
    let (now, before) = (runs(&now), runs(&before));
    let shared = now.intersection(&before).count();
    if 2 * shared >= now.len().min(before.len()) { Texts::Same } else { Texts::Other }
}

fn words(words: &str) -> Vec<String> {
    text::fold(words).split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Sáng ngày mùng hai, lực lượng chức năng phối hợp cùng chính quyền địa phương đã kiểm tra kho hàng bên bờ sông, \
        thu giữ nhiều thùng hàng chưa rõ nguồn gốc và mời chủ kho về trụ sở để làm việc ngay trong buổi sáng.";
    const EDITED: &str = "Theo tin mới nhận, lực lượng chức năng phối hợp cùng chính quyền địa phương đã kiểm tra kho hàng bên bờ sông, \
        thu giữ nhiều thùng hàng chưa rõ nguồn gốc và mời chủ kho về trụ sở để làm việc.";
    const OTHER: &str = "Chiều cùng ngày, đoàn thanh niên tổ chức trồng một nghìn cây xanh dọc tuyến đường mới mở, thu hút đông đảo bà con \
        tham gia; mỗi hộ dân nhận chăm sóc năm cây cho đến khi cây bén rễ.";

    #[test]
    fn a_story_at_another_address_is_of_the_same_moment_or_has_the_same_text() {
        let before = Article { text: TEXT.to_owned(), ..super::super::tests::article("2024-01-02T08:00:00+07:00") };
        let minute = |text: &str| Stamp::parse_rfc3339(text, Precision::Minute);
        let day = Stamp::parse_rfc3339("2024-01-02T00:00:00+07:00", Precision::Day);
        for (published, text, expected) in [
            (minute("2024-01-02T08:00:00+07:00"), "", true),
            (day.clone(), EDITED, true),
            (day, OTHER, false),
            // The notice of the next month, word for word.
            (minute("2024-02-02T08:00:00+07:00"), TEXT, false),
            (None, TEXT, false),
        ] {
            assert_eq!(has_moved(published.as_ref(), text, &before), expected, "{published:?} {text}");
        }
    }

    #[test]
    fn the_page_says_whether_it_is_the_same_article() {
        let (minute, same_day, later) = ("2024-01-02T08:00:00+07:00", "2024-01-02T09:30:00+07:00", "2024-02-02T08:00:00+07:00");
        let day = |text: &str| format!("{} day", &text[..10]);
        for (is_likely, published, text, expected) in [
            // The same moment, whatever else.
            (false, minute, OTHER, true),
            (false, minute, "", true),
            // The same text, under another date.
            (false, later, EDITED, true),
            (false, "", EDITED, true),
            // Another text.
            (true, "", OTHER, false),
            (true, &day(minute), OTHER, false),
            // Another date, and no text.
            (true, same_day, "", false),
            (true, later, "", false),
            (true, &day(later), "", false),
            // Nothing but the list.
            (true, "", "", true),
            (true, &day(minute), "", true),
            (true, "", "Xem ảnh.", true),
            (false, "", "", false),
            (false, &day(minute), "", false),
        ] {
            let stamp = match published.split_once(' ') {
                Some((day, _)) => Stamp::parse_rfc3339(&format!("{day}T00:00:00+07:00"), Precision::Day),
                None => Stamp::parse_rfc3339(published, Precision::Minute),
            };
            let before = Article { text: TEXT.to_owned(), ..super::super::tests::article(minute) };
            assert_eq!(is_rewritten(is_likely, stamp.as_ref(), text, &before), expected, "{is_likely} {published} {text}");
        }
    }
}

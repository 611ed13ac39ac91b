//! Labels: the few words that the list of feeds adds, in the operator's language.

use loa_reader::time::{Precision, Stamp};
use serde::Serialize;

use crate::message::Language;

/// The labels of the list of feeds.
#[derive(Debug, Serialize)]
pub struct Labels {
    pub tag: &'static str,
    pub title: &'static str,
    pub purpose: &'static str,
    pub all: &'static str,
    pub all_purpose: &'static str,
    pub every_feed: &'static str,
    pub newest: &'static str,
    pub none_yet: &'static str,
    pub none_yet_hint: &'static str,
    pub subscribe: &'static str,
}

impl Language {
    pub(super) fn labels(self) -> &'static Labels {
        match self {
            Self::Vietnamese => &VIETNAMESE,
            Self::English => &ENGLISH,
        }
    }

    /// `1.234 bài`, `1,234 articles`.
    pub(super) fn articles(self, number: u64) -> String {
        match self {
            Self::Vietnamese => format!("{} bài", grouped(number, '.')),
            Self::English if number == 1 => "1 article".to_owned(),
            Self::English => format!("{} articles", grouped(number, ',')),
        }
    }

    /// In the portal's own zone, which is named: `07:29, 18/01/2024 (UTC+7)`.
    pub(super) fn moment(self, stamp: &Stamp) -> String {
        let at = &stamp.at;
        let day = match self {
            Self::Vietnamese => at.strftime("%d/%m/%Y"),
            Self::English => at.strftime("%-d %B %Y"),
        };
        match stamp.precision {
            Precision::Day => day.to_string(),
            Precision::Minute => format!("{}, {day} ({})", at.strftime("%H:%M"), zone(at.offset().seconds())),
        }
    }
}

fn zone(seconds: i32) -> String {
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.unsigned_abs() / 60);
    match (minutes / 60, minutes % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

fn grouped(number: u64, separator: char) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

const VIETNAMESE: Labels = Labels {
    tag: "vi",
    title: "Loa: nguồn tin",
    purpose: "Tin mới từ những trang không có nguồn cấp, để đọc trong trình đọc tin của bạn.",
    all: "Tất cả các nguồn",
    all_purpose: "Mọi tin mới trong một nguồn.",
    every_feed: "Danh sách OPML",
    newest: "mới nhất",
    none_yet: "Chưa có nguồn tin nào.",
    none_yet_hint: "Nguồn sẽ hiện ở đây sau lần đọc trang đầu tiên.",
    subscribe: "Đăng ký",
};

const ENGLISH: Labels = Labels {
    tag: "en",
    title: "Loa: feeds",
    purpose: "News from pages that offer no feed, for the feed reader of your choice.",
    all: "All feeds",
    all_purpose: "Everything new in one feed.",
    every_feed: "OPML list",
    newest: "newest",
    none_yet: "There are no feeds yet.",
    none_yet_hint: "A feed appears here once its page has been read for the first time.",
    subscribe: "Subscribe to",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_are_written_as_people_do() {
        let stamp = |text: &str, precision| Stamp { at: text.parse().unwrap(), precision };
        let minute = stamp("2024-01-08T07:29+07:00[Asia/Ho_Chi_Minh]", Precision::Minute);
        assert_eq!(Language::Vietnamese.moment(&minute), "07:29, 08/01/2024 (UTC+7)");
        assert_eq!(Language::English.moment(&minute), "07:29, 8 January 2024 (UTC+7)");
        let day = stamp("2024-01-08T00:00+05:30[Asia/Kolkata]", Precision::Day);
        assert_eq!(Language::Vietnamese.moment(&day), "08/01/2024");
        assert_eq!([19_800, 0, -12_600].map(zone), ["UTC+5:30", "UTC", "UTC-3:30"]);
        assert_eq!([1, 999, 1_000, 1_234_567].map(|number| grouped(number, '.')), ["1", "999", "1.000", "1.234.567"]);
        assert_eq!(Language::English.articles(1), "1 article");
    }
}

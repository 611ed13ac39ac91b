//! The line under a Vietnamese article that says whose words and pictures it has: `Tin, ảnh: Minh Hà`, `Theo Báo Mới`.

use super::names::is_role;
use crate::pattern::Pattern;

/// Longest such line, in words.
const LONGEST: usize = 18;
/// Words of one name, that of a publisher included.
const NAME: std::ops::RangeInclusive<usize> = 1..=9;

/// The names in a line that begins with a label of who wrote it; a credit of pictures alone is none.
pub fn of(text: &str) -> Option<String> {
    static LABEL: Pattern = Pattern::new(concat!(
        r"(?i)^(?:(?:tin|bài viết|bài|ảnh|hình ảnh|hình|clip|video|tác giả|người viết|người thực hiện|thực hiện|biên soạn|",
        r"biên tập|tổng hợp|sưu tầm|cộng tác viên|ctv|phóng viên|pv)\s*(?:[,&/+–-]|\bvà\b)?\s*)+:\s*|^theo:?\s+",
    ));
    static WRITTEN: Pattern = Pattern::new(r"(?i)^(?:tin|bài|tác giả|người|thực hiện|biên|tổng hợp|sưu tầm|cộng|ctv|phóng|pv|theo)");
    static PARTS: Pattern = Pattern::new(r"\s*[;,|/]\s*|\s+[–-]\s+");
    let text = text.trim_matches([' ', '*', '-', '–', '.']);
    let text = text.strip_prefix(['(', '[']).map_or(text, |text| text.trim_end_matches([')', ']']));
    if text.split_whitespace().count() > LONGEST || !LABEL.is_match(text) || !WRITTEN.is_match(text) {
        return None;
    }
    // What the last label leaves is the first name: `Bài: A - Ảnh: B`.
    let mut names: Vec<String> = Vec::new();
    for part in PARTS.regex().split(&LABEL.replace(text, "")) {
        let name = LABEL.replace(part, "");
        let name = without_brackets(name.trim());
        let is_name = NAME.contains(&name.split_whitespace().count())
            && name.starts_with(char::is_uppercase)
            && !name.contains(['.', '!', '?', ':', '“', '"']);
        if !is_name {
            return None;
        }
        if !names.iter().any(|known| known == name) && !is_role(name) {
            names.push(name.to_owned());
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}

/// The name before a publisher: `Nguyễn Minh Hà - Phòng Cảnh sát giao thông`.
pub fn before_house(text: &str) -> Option<&str> {
    let (name, publisher) = text.split_once(" - ").or_else(|| text.split_once(" – "))?;
    let is_name = (2..=5).contains(&name.split_whitespace().count())
        && name.split_whitespace().all(|word| word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic));
    let words = || publisher.split_whitespace();
    let is_publisher =
        publisher.starts_with(char::is_uppercase) && words().count() <= 10 && words().any(|word| word.starts_with(char::is_lowercase));
    (is_name && is_publisher && !publisher.contains(['.', ',', ':', '!', '?'])).then_some(name.trim())
}

/// Whether the line names where the text was taken from: `Theo Báo Tin Mới`.
pub fn is_source(text: &str) -> bool {
    text.trim_start_matches(['(', '[', ' ']).to_lowercase().starts_with("theo")
}

/// `Minh Hà (Trung tâm Truyền thông)`: the name alone.
pub fn without_brackets(name: &str) -> &str {
    match name.split_once(" (") {
        Some((name, publisher)) if publisher.ends_with(')') => name.trim_end(),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_tells_who_wrote() {
        let cases = [
            ("Tin, ảnh: Minh Hà", Some("Minh Hà")),
            ("Bài và ảnh: MINH HÀ - THU LAN", Some("MINH HÀ, THU LAN")),
            ("Tin: Minh Hà; Ảnh: Thu Lan", Some("Minh Hà, Thu Lan")),
            ("Tác giả: Lê Văn Đạt (Phòng Văn hóa)", Some("Lê Văn Đạt")),
            ("(Theo Báo Tin Mới)", Some("Báo Tin Mới")),
            ("Ảnh: Thu Lan", None),
            ("Tin, ảnh: BBT", None),
            ("Người viết: Quản trị viên", None),
            ("Theo kế hoạch, đường sẽ thông xe trong tháng tới.", None),
            ("Theo Sở Y tế, dịch đã được khống chế.", None),
            ("Tin vui: đường đã thông xe", None),
            ("Tin liên quan: Khởi công cầu mới", None),
        ];
        for (line, expected) in cases {
            assert_eq!(of(line).as_deref(), expected, "{line}");
        }
    }
}

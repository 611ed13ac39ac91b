//! Pieces that most pages have: the frame, links, dates, the menu, weather and counters.

use super::{
    site::{NAME, SECTIONS, Site},
    story::Story,
};

/// Pages that stand for years: name and path.
pub(super) const STANDING: &[(&str, &str)] = &[
    ("Giới thiệu chung", "/gioi-thieu"),
    ("Cơ cấu tổ chức", "/co-cau-to-chuc"),
    ("Thủ tục hành chính", "/thu-tuc-hanh-chinh"),
    ("Hỏi đáp pháp luật", "/hoi-dap"),
    ("Lịch làm việc", "/lich-lam-viec"),
    ("Liên hệ - Góp ý", "/lien-he"),
];

/// Text as it stands in HTML, in attributes too.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A whole document.
pub(super) fn document(title: &str, head: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n{head}</head>\n<body>\n{body}\n</body>\n</html>\n",
        escape(title)
    )
}

/// What links lead to.
pub(super) fn href(site: &Site, story: &Story) -> String {
    escape(&site.path(story))
}

/// The headline as a link.
pub(super) fn link(site: &Site, story: &Story) -> String {
    format!("<a href=\"{}\">{}</a>", href(site, story), escape(&story.title))
}

/// Each story as `build` has it.
pub(super) fn each(stories: &[&Story], build: impl Fn(&Story) -> String) -> String {
    stories.iter().map(|story| build(story) + "\n").collect()
}

/// Links in a list.
pub(super) fn items(site: &Site, stories: &[&Story]) -> String {
    format!("<ul>\n{}</ul>", each(stories, |story| format!("<li>{}</li>", link(site, story))))
}

/// The story's moment in a form of `strftime`.
pub(super) fn at(story: &Story, form: &str) -> String {
    story.published.strftime(form).to_string()
}

/// The author in the markup that `build` has for it; nothing where nobody signed.
pub(super) fn signed(story: &Story, build: impl Fn(&str) -> String) -> String {
    let author = story.byline();
    if author.is_empty() { String::new() } else { build(author) }
}

/// The weekday and the moment, as newspapers write it.
pub(super) fn with_weekday(story: &Story, form: &str) -> String {
    let names = ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"];
    let day = usize::try_from(story.published.weekday().to_sunday_zero_offset()).unwrap_or_default();
    format!("{}, {}", names[day], at(story, form))
}

/// The portal's menu in a list: front page, sections, standing pages.
pub(super) fn menu(site: &Site) -> String {
    let sections = SECTIONS.iter().enumerate().map(|(at, (name, _))| ((*name).to_owned(), site.section_path(at)));
    let standing = STANDING.iter().map(|(name, path)| ((*name).to_owned(), (*path).to_owned()));
    let entries = std::iter::once(("Trang chủ".to_owned(), "/".to_owned())).chain(sections).chain(standing);
    let entries: String = entries.map(|(name, path)| format!("<li><a href=\"{}\">{name}</a></li>\n", escape(&path))).collect();
    format!("<ul>\n{entries}</ul>")
}

/// What the sky is like: it turns as the boxes do.
pub(super) fn weather(site: &Site) -> String {
    format!("<b>Thời tiết Trường Xuân</b> {}°C, độ ẩm {}%", 21 + site.turn % 9, 60 + site.turn % 30)
}

/// A banner whose address turns as the boxes do.
pub(super) fn banner(site: &Site) -> String {
    format!(
        "<div class=\"banner\"><a href=\"/quang-cao/chuyen?id={}\">Chào mừng Đại hội thi đua yêu nước huyện Trường Xuân lần thứ năm</a></div>",
        40 + site.turn
    )
}

/// Visitors now and ever.
pub(super) fn counters(site: &Site) -> String {
    format!("Đang truy cập: {}<br>Tổng lượt truy cập: {}", 4 + site.turn % 40, site.visits())
}

/// Who is responsible.
pub(super) fn imprint() -> String {
    format!(
        "<b>{NAME}</b><br>Địa chỉ: 12 đường Bờ Hồ, thị trấn Trường Xuân<br>Điện thoại: 0299 3 555 012<br>Ghi rõ nguồn khi phát hành lại thông tin từ trang này"
    )
}

/// What stands in place of the rows when there are none.
pub(super) const NOTHING: &str = "<p class=\"empty\">Dữ liệu đang được cập nhật</p>";

/// The rows of a list, or the words that there are none.
pub(super) fn rows(stories: &[&Story], build: impl Fn(&Story) -> String) -> String {
    if stories.is_empty() { NOTHING.to_owned() } else { each(stories, build) }
}

//! Pages in a site's frame that have no list, or one of a few headlines: the menu is no headline.

use super::{found, page};
use crate::list::Context;
use crate::list::Memory;
use crate::list::Settings;
use crate::list::discover;
use crate::text;

/// Entries of a menu, each written by `entry` with its number.
fn menu(entry: impl Fn(usize, &str) -> String) -> String {
    const ENTRIES: [&str; 8] = [
        "Giới thiệu chung",
        "Chức năng, nhiệm vụ, quyền hạn",
        "Cơ cấu tổ chức bộ máy",
        "Thủ tục hành chính",
        "Văn bản quy phạm pháp luật",
        "Chiến lược, quy hoạch",
        "Báo cáo thống kê",
        "Hỏi đáp trực tuyến",
    ];
    ENTRIES.iter().enumerate().map(|(at, words)| entry(at, words)).collect()
}

fn frames() -> [String; 4] {
    let icon =
        |at: usize, words: &str| format!("<div><a href=/chuyen-muc/{}.html><img src=/anh/{at}.png><p>{words}</p></a></div>", 310 + at);
    [
        format!("<section>{}</section>", menu(icon)),
        format!("<ul>{}</ul>", menu(|at, words| format!("<li><a href=/muc-tin-{}.html>{words}</a>", 1024 + at))),
        format!("<table>{}</table>", menu(|at, words| format!("<tr><td><a href=/Default.aspx?tabid={}>{words}</a>", 104 + at))),
        format!("<div>{}</div>", menu(|at, words| format!("<div><a href=/web/guest/cac-muc-cua-cong-{at}><span>{words}</span></a></div>"))),
    ]
}

#[test]
fn an_error_page_in_the_frame_of_its_site_has_no_list() {
    for frame in frames() {
        let html = format!("<div>{frame}</div><div><h1>Không tìm thấy trang</h1><p>Đường dẫn đã thay đổi.</p></div>");
        assert_eq!(found(&html).candidates, vec![], "{html}");
    }
}

#[test]
fn two_headlines_are_not_outvoted_by_a_menu() {
    let news = "<div><a href=/chi-tiet?id=88><b>Công bố quyết định bổ nhiệm Phó Giám đốc Sở</b></a><p>09/07/2026 08:00</p></div>\
                <div><a href=/chi-tiet?id=87><b>Lũ rút, người dân khẩn trương dọn dẹp nhà cửa</b></a><p>08/07/2026 08:00</p></div>";
    for frame in frames() {
        let discovery = found(&format!("<div>{frame}</div><div><h2>Tin tức</h2>{news}</div>"));
        let titles: Vec<&str> = discovery.candidates.iter().map(|candidate| candidate.title.as_str()).collect();
        assert_eq!(titles, ["Công bố quyết định bổ nhiệm Phó Giám đốc Sở", "Lũ rút, người dân khẩn trương dọn dẹp nhà cửa"], "{frame}");
    }
}

#[test]
fn a_list_of_short_titles_is_read_once_some_of_it_are_known() {
    let titles = ["Lịch tiếp công dân tháng 7", "Thông báo", "Tuyển sinh lớp 10", "Lịch cắt điện tuần này", "Kết quả bốc thăm nhà ở"];
    let addresses = ["lich-tiep-cong-dan-thang-7", "thong-bao", "tuyen-sinh-lop-10", "lich-cat-dien-tuan-nay", "ket-qua-boc-tham-nha-o"];
    let items: String = titles.iter().zip(addresses).map(|(title, slug)| format!("<li><a href=/tin/{slug}>{title}</a>")).collect();
    let html = format!("<h1>Thông tin</h1><ul>{items}</ul>");
    assert_eq!(found(&html).candidates, vec![], "at first sight it is a menu");
    let settings: Settings = serde_json::from_str(r#"{"page": {"examples": ["lich tiep cong dan", "ket qua boc tham"]}}"#).unwrap();
    let discovery = discover(&settings, &page("https://portal.example.vn/tin", &html), &Context::default());
    let found: Vec<&str> = discovery.candidates.iter().map(|candidate| candidate.title.as_str()).collect();
    assert_eq!(found, titles);
}

#[test]
fn a_lone_link_to_another_site_is_kept_where_it_is_known() {
    let html = "<div><h3><a href=https://bao.example.net/ban-tin-47110>Khai trương tuyến xe buýt mới vào sáng mai</a></h3></div>";
    let found = |memory| {
        let context = Context { memory, ..Context::default() };
        discover(&Settings::default(), &page("https://portal.example.vn/tin", html), &context).candidates.len()
    };
    let titles = [text::fold("Khai trương tuyến xe buýt mới vào sáng mai")].into();
    assert_eq!((found(Memory::default()), found(Memory { titles, ..Memory::default() })), (0, 1));
}

#[test]
fn a_base_that_stands_in_the_body_is_the_base() {
    let item = |at: usize| format!("<li><h3><a href=ban-tin-so-471{at}.html>Khen thưởng chiến sĩ thứ {at} trong đợt cao điểm</a></h3>");
    let items: String = (0..3).map(item).collect();
    let discovery = found(&format!("<div><base href=https://portal.example.vn/tin-tuc/></div><ul>{items}</ul>"));
    assert_eq!(discovery.candidates[0].url.as_str(), "https://portal.example.vn/tin-tuc/ban-tin-so-4710.html");
}

//! Our own list pages in the layouts of Vietnamese portals: every item is found, nothing else, every date.

use std::collections::HashSet;

use url::Url;

use crate::list::Candidate;
use crate::list::Relation;
use crate::list::*;
use crate::text;
use crate::time::Precision;

/// 11:30 on Friday the 10th of July in Việt Nam.
const FETCHED: &str = "2026-07-10T04:30:00Z";

fn page(url: &str, html: &str) -> Page {
    Page { url: Url::parse(url).unwrap(), html: html.to_owned(), fetched_at: FETCHED.parse().unwrap(), problems: Vec::new() }
}

fn found(html: &str) -> Discovery {
    discover(&Settings::default(), &page("https://portal.example.vn/tin", html), &Context::default())
}

fn line(candidate: &Candidate) -> String {
    let when = candidate.published.as_ref().map_or("-".to_owned(), |stamp| match stamp.precision {
        Precision::Day => stamp.at.date().to_string(),
        Precision::Minute => stamp.to_rfc3339(),
    });
    format!("{when} | {} | {}\n", candidate.url, candidate.title)
}

/// `expected` has the page's address, then a line for each item.
#[track_caller]
fn check(html: &str, expected: &str) -> Discovery {
    let (url, expected) = expected.split_once('\n').unwrap();
    let discovery = discover(&Settings::default(), &page(url, html), &Context::default());
    let found: String = discovery.candidates.iter().map(line).collect();
    assert_eq!(found, expected, "{:?}", discovery.problems);
    assert_eq!(discovery.problems, Vec::<String>::new());
    discovery
}

macro_rules! list {
    ($name:literal) => {
        check(
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pages/lists/", $name, ".html")),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pages/lists/", $name, ".txt")),
        )
    };
}

mod boxes;
mod dates;
mod documents;
mod frames;
mod stated;

#[test]
fn a_desktop_and_a_mobile_card_are_one_item() {
    let discovery = list!("liferay-cards");
    let first = &discovery.candidates[0];
    assert_eq!(first.summary.as_deref(), Some("Sáng nay, đông đảo người dân đã đến dự và ký cam kết cùng giữ gìn bình yên khu phố."));
    assert_eq!(first.image.as_ref().unwrap().as_str(), "https://congan.example.gov.vn/documents/20182/9100/anh.jpg?t=170");
}

#[test]
fn a_table_in_a_form_is_a_list() {
    list!("aspnet-table");
}

#[test]
fn a_plain_list_is_read() {
    list!("plain-list");
}

#[test]
fn a_lead_story_of_other_markup_belongs_to_the_list() {
    list!("lead-story");
}

#[test]
fn articles_may_live_on_a_sister_host() {
    list!("sister-host");
}

#[test]
fn read_more_is_no_title_and_marks_stay_marks() {
    list!("read-more");
}

#[test]
fn a_list_of_sharepoint_is_read() {
    list!("sharepoint");
}

#[test]
fn cards_may_be_nothing_but_divs() {
    let discovery = list!("div-cards");
    assert!(discovery.candidates.iter().all(|candidate| candidate.image.is_some() && candidate.summary.is_some()));
}

#[test]
fn notices_have_short_titles() {
    list!("notices");
}

#[test]
fn an_article_is_no_list_whatever_its_scripts_hold() {
    let paragraph = "<p>Một đoạn văn dài kể lại câu chuyện từ đầu đến cuối, không có đường dẫn nào trong đó. ".repeat(3);
    let state: String = (0..5)
        .map(|n| format!(r#"{{"title": "Tin liên quan số {n} trong ngày", "url": "/tin/{n}", "at": "2026-07-0{}"}},"#, n + 1))
        .collect();
    let script = format!("<script type='application/json'>{{\"related\": [{}]}}</script>", state.trim_end_matches(','));
    let article = format!("<h1>Một bài báo</h1>{}{script}", paragraph.repeat(6));
    assert_eq!(found(&article).candidates, vec![]);
    let related =
        |at: usize, title: &str, slug: &str| format!("<li><a href=/tin/{slug}-47{at}.html>{title}</a> (0{}/07/2026)</li>", 9 - at);
    assert_eq!(listed(&format!("{article}<ul>"), related, "</ul>"), Vec::<String>::new());
    assert_eq!(listed("<h1>Tin tức</h1><p>Một đoạn dẫn ngắn.</p><ul>", related, "</ul>").len(), 5);
    assert_eq!(found(&script).candidates.len(), 5);
}

/// Titles of news, each with the end of an address.
const NEWS: [(&str, &str); 5] = [
    ("Ra quân bảo đảm trật tự đô thị trên các tuyến phố", "ra-quan-bao-dam-trat-tu"),
    ("Khen thưởng ba chiến sĩ cứu người trong đám cháy", "khen-thuong-ba-chien-si"),
    ("Bàn giao nhà tình nghĩa cho gia đình chính sách", "ban-giao-nha-tinh-nghia"),
    ("Tập huấn kỹ năng thoát nạn cho học sinh tiểu học", "tap-huan-ky-nang-thoat-nan"),
    ("Triệt phá đường dây đánh bạc qua mạng xã hội", "triet-pha-duong-day-danh-bac"),
];

/// The headlines of a page in which each of the news is written by `item`, with its number, title and address.
fn listed(before: &str, item: impl Fn(usize, &str, &str) -> String, after: &str) -> Vec<String> {
    let items: String = NEWS.iter().enumerate().map(|(at, (title, slug))| item(at, title, slug)).collect();
    let discovery = found(&format!("{before}{items}{after}"));
    discovery.candidates.iter().map(line).collect()
}

#[test]
fn columns_of_a_table_are_told_apart_and_a_stamp_may_have_two_lines() {
    let row = |at: usize, title: &str, slug: &str| {
        format!(
            "<tr><td>0{}/07/2026<br>15h0{at}</td><td><a href=/tin/{slug}>{title}</a></td>\
             <td><a href=/tep/{at}.pdf><img src=pdf.gif width=16></a></td><td><a href=/phong/{at}>Phòng Tham mưu {at}</a></td></tr>",
            9 - at
        )
    };
    let lines = listed("<table>", row, "</table>");
    assert_eq!(lines.len(), 5, "{lines:?}");
    assert_eq!(
        lines[1],
        "2026-07-08T15:01:00+07:00 | https://portal.example.vn/tin/khen-thuong-ba-chien-si | Khen thưởng ba chiến sĩ cứu người trong đám cháy\n"
    );
}

#[test]
fn boxes_beside_a_dated_list_are_none_of_it_and_older_news_under_it_are() {
    let item = |at: usize, title: &str, slug: &str| {
        format!(
            "<div><a href=/tin/{slug}.html><img src=/{at}.jpg></a><h3><a href=/tin/{slug}.html>{title}</a></h3>0{}/07/2026</div>",
            9 - at
        )
    };
    let others: String =
        (1..5).map(|n| format!("<li><a href=/tin/bai-doc-nhieu-trong-tuan-{n}.html>Bài đọc nhiều trong tuần qua số {n}</a>")).collect();
    let beside =
        |tag: &str| listed("<div><div><h2>Tin tức</h2>", item, &format!("</div><{tag}><h3>Đọc nhiều</h3><ul>{others}</ul></{tag}></div>"));
    assert_eq!((beside("div").len(), beside("aside").len()), (5, 5));
    assert_eq!(listed("<div><div>", item, &format!("</div><h3>Tin đã đưa</h3><ul>{others}</ul></div>")).len(), 9);
}

#[test]
fn documents_beside_a_list_are_none_of_it() {
    let item = |at: usize, title: &str, slug: &str| {
        format!(
            "<div><div style='background-image:url(/{at}.jpg)'></div><h4><a href=/chi-tiet-tin-tuc/{slug}/>{title}</a></h4>0{}/07/2026</div>",
            9 - at
        )
    };
    let documents: String = (1..5)
        .map(|n| {
            format!(
                "<tr><td><a href=/chi-tiet-van-ban/ke-hoach-so-{n}-cua-uy-ban/>Kế hoạch số {n} về cải cách hành chính</a><td>0{n}/07/2026"
            )
        })
        .collect();
    let after = format!("</div></div><div><h3>Văn bản mới</h3><table>{documents}</table></div>");
    assert_eq!(listed("<div><h2>Tin tức</h2><div>", item, &after).len(), 5);
    // Called by their numbers they are narrow, and a list without any date has at least its leads.
    let plain = |at: usize, title: &str, slug: &str| format!("<div><a href=/tin/{slug}/>{title}</a> 0{}/07/2026</div>", 9 - at);
    let numbers: String =
        (11..15).map(|n| format!("<li><a href=/van-ban?id={n}00><b>{n}/QĐ-UBND</b></a><p>Về cải cách</p>0{}/07/2026", n - 10)).collect();
    let after = format!("</div></div><div><h3>Văn bản</h3><ul>{numbers}</ul></div>");
    assert_eq!(listed("<div><h2>Tin tức</h2><div>", plain, &after).len(), 5);
    let lead = "Sáng nay, đông đảo người dân trên địa bàn đã đến dự và ký cam kết.";
    let led = |_: usize, title: &str, slug: &str| format!("<div><h3><a href=/{slug}.html>{title}</a></h3><p>{lead}</p></div>");
    let read: String =
        (1..5).map(|n| format!("<li><a href=/bai-doc-nhieu-trong-tuan-{n}.html>Bài đọc nhiều trong tuần qua số {n}</a>")).collect();
    let after = format!("</div></div><div><h3>Đọc nhiều</h3><ul>{read}</ul></div>");
    assert_eq!(listed("<div><h2>Tin tức</h2><div>", led, &after).len(), 5);
}

#[test]
fn a_menu_that_drops_down_is_no_list() {
    let entry = |section: &str, words: &[&str]| {
        let links: String =
            words.iter().map(|words| format!("<li><a href=/{section}/muc-{}>{words}</a>", text::fold(words).replace(' ', "-"))).collect();
        format!("<li><a href=/{section}>Mục {section}</a><ul>{links}</ul>")
    };
    let about = entry("gioi-thieu", &["Lịch sử hình thành và phát triển", "Chức năng, nhiệm vụ, quyền hạn", "Cơ cấu tổ chức bộ máy"]);
    let papers = entry("van-ban", &["Văn bản quy phạm pháp luật", "Văn bản chỉ đạo điều hành", "Góp ý dự thảo văn bản"]);
    let menu = format!("<ul><li><a href=/>Trang chủ</a>{about}{papers}</ul>");
    assert_eq!(found(&format!("{menu}<h2>Lỗi 404</h2><p>Không tìm thấy nội dung.")).candidates, vec![]);
    let plain = |_: usize, title: &str, slug: &str| format!("<li><a href=/tin/{slug}>{title}</a>");
    assert_eq!(listed(&format!("{menu}<ul>"), plain, "</ul>").len(), 5);
    // Sections with their headlines are built alike, and their links are longer.
    let sections: String = ["kinh-te", "xa-hoi", "phap-luat"]
        .map(|section| {
            entry(section, &NEWS.map(|(title, _)| format!("{title} tại {section}")).iter().map(String::as_str).collect::<Vec<_>>())
        })
        .concat();
    assert_eq!(found(&format!("<ul>{sections}</ul>")).candidates.len(), 15);
}

#[test]
fn a_link_to_another_site_is_no_list() {
    let html = "<center><img src=/logo.png><h2>Hệ thống đang bảo trì từ 18:00 ngày 09/07/2026</h2><p>Liên hệ <a href=https://chat.example.net/12345>Hỗ trợ trực tuyến</a>.";
    assert_eq!(found(html).candidates, vec![]);
}

const RESULTS: &str = r#"<ul>
  <li class="tin"><b>Mới</b> <h4><a href="/a">Ra quân bảo đảm trật tự đô thị</a></h4> <i>10/07/2026</i> <a href="/muc">An ninh</a><p>Lời dẫn thứ nhất</p></li>
  <li class="tin"><h4><a href="/b">Khen thưởng ba chiến sĩ cứu người</a></h4> <i>09/07/2026</i><p>Lời dẫn thứ hai</p></li>
  <li class="khac"><h4><a href="/c">Quảng cáo</a></h4></li>
</ul>"#;

#[track_caller]
fn with_selectors(json: &str) -> (String, Vec<String>) {
    let settings: Settings = serde_json::from_str(json).unwrap();
    let discovery = discover(&settings, &page("https://portal.example.vn/tin", RESULTS), &Context::default());
    (discovery.candidates.iter().map(line).collect(), discovery.problems)
}

#[test]
fn selectors_say_where_the_headlines_are() {
    let expected = "2026-07-10 | https://portal.example.vn/a | Ra quân bảo đảm trật tự đô thị\n\
                    2026-07-09 | https://portal.example.vn/b | Khen thưởng ba chiến sĩ cứu người\n";
    for json in [
        r#"{"page": {"item": "li.tin"}}"#,
        r#"{"page": {"item": "li.tin", "title": "h4 a"}}"#,
        r#"{"page": {"title": ".tin h4 a"}}"#,
        r#"{"page": {"item": "li.tin", "title": "h4", "link": "h4 a", "date": "i"}}"#,
    ] {
        assert_eq!(with_selectors(json), (expected.to_owned(), vec![]), "{json}");
    }
}

#[test]
fn a_selector_that_matches_nothing_is_said_and_nothing_is_guessed() {
    let problem = "`source.page.item` `li.x` matched nothing".to_owned();
    assert_eq!(with_selectors(r#"{"page": {"item": "li.x"}}"#), (String::new(), vec![problem]));
    let (items, problems) = with_selectors(r#"{"page": {"item": "li.tin", "date": "time"}}"#);
    assert_eq!(items.matches("- | ").count(), 2, "{items}");
    assert_eq!(problems, ["`source.page.date` `time` matched nothing"]);
}

#[test]
fn a_page_without_a_list_says_so() {
    for html in ["", "<p>Trang không tồn tại. <a href='/'>Trang chủ</a> <a href='/lien-he'>Liên hệ</a>", "\0\u{1}<a"] {
        let discovery = found(html);
        assert_eq!(discovery.candidates, vec![], "{html}");
        assert_eq!(discovery.problems, ["no list of headlines was found"], "{html}");
    }
}

#[test]
fn a_page_of_links_costs_bounded_work() {
    let links: String = (0..40_000).map(|n| format!("<a href=/tin-{n}>Bản tin số {n} trong ngày</a> ")).collect();
    let discovery = found(&links);
    assert!(discovery.candidates.len() <= 5_000);
    assert_eq!(discovery.problems[0], "only the first 5000 links of the page were looked at");
    let nested: String = (0..400).map(|n| format!("<div><a href=/tin-{n}>Bản tin số {n}</a>")).collect();
    let _discovery = found(&nested);
}

/// Two lists on one page: news of the police with dates, and news of the town without.
fn two_lists() -> String {
    let police = ["Ra quân bảo đảm trật tự đô thị", "Khen thưởng ba chiến sĩ cứu người", "Tuyên truyền phòng cháy, chữa cháy"];
    let town = ["Giá xăng dầu tăng từ chiều nay", "Khai mạc lễ hội pháo hoa bên sông", "Nhiều tuyến đường cấm xe cuối tuần"];
    let item = |(at, title): (usize, &&str)| format!("<li><h3><a href=/tin/ban-tin-so-{at}>{title}</a></h3> 1{at}/07/2026</li>");
    let row = |(at, title): (usize, &&str)| format!("<tr><td><a href=/tin/ban-tin-so-1{at}>{title}</a></td></tr>");
    let (police, town): (String, String) = (police.iter().enumerate().map(item).collect(), town.iter().enumerate().map(row).collect());
    format!("<ul>{police}</ul><table>{town}</table>")
}

#[track_caller]
fn kinships(context: &Context, json: &str) -> Vec<Relation> {
    let settings: Settings = serde_json::from_str(json).unwrap();
    let discovery = discover(&settings, &page("https://portal.example.vn/tin", &two_lists()), context);
    discovery.candidates.iter().map(|candidate| candidate.sighting.relation).collect()
}

#[test]
fn an_example_says_which_of_two_lists_is_wanted() {
    use Relation::{Alike, Known, Unchecked, Unrelated};
    assert_eq!(kinships(&Context::default(), r#"{"page": {}}"#), [Unchecked; 6]);
    let examples = r#"{"page": {"examples": ["gia xang dau"]}}"#;
    assert_eq!(kinships(&Context::default(), examples), [Unrelated, Unrelated, Unrelated, Known, Alike, Alike]);
}

#[test]
fn known_headlines_say_who_is_of_their_kind() {
    use Relation::{Alike, Known, Unrelated};
    let titles = [text::fold("Khen thưởng ba chiến sĩ cứu người")].into();
    let context = Context { memory: Memory { titles, ..Memory::default() }, ..Context::default() };
    assert_eq!(kinships(&context, r#"{"page": {}}"#), [Alike, Known, Alike, Unrelated, Unrelated, Unrelated]);
    // The rule says the same while nobody is known; and when none of the known stands where it says, they do.
    let rule = |place: &str| Memory {
        rule: Some(Rule { places: vec![place.to_owned()], shapes: vec!["/tin/S".to_owned()], ..Rule::default() }),
        ..context.memory.clone()
    };
    let ruled = Context { memory: Memory { titles: HashSet::new(), ..rule("td/tr/tbody/table") }, ..Context::default() };
    assert_eq!(kinships(&ruled, r#"{"page": {}}"#), [Unrelated, Unrelated, Unrelated, Alike, Alike, Alike]);
    let rebuilt = Context { memory: rule("dd/dl"), ..Context::default() };
    assert_eq!(kinships(&rebuilt, r#"{"page": {}}"#), [Alike, Known, Alike, Unrelated, Unrelated, Unrelated]);
}

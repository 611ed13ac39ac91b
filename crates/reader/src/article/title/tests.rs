//! Whose words become the title: pages whose headings are names, and headlines that a list gave.

use super::*;
use crate::{
    article::{Context, open, read},
    discovery::{Candidate, Sighting, Strategy},
    page::Page,
    site::Site,
};

#[test]
fn the_site_is_not_part_of_the_headline() {
    let cases = [
        ("Ký kết quy chế phối hợp | Báo Đà Nẵng", "", "Ký kết quy chế phối hợp"),
        ("Ký kết quy chế phối hợp - Công an thành phố Đà Nẵng", "Công an thành phố Đà Nẵng", "Ký kết quy chế phối hợp"),
        ("Vì an ninh - vì bình yên của nhân dân", "Công an", "Vì an ninh - vì bình yên của nhân dân"),
        ("Tin | Báo", "", "Tin | Báo"),
    ];
    for (title, site, expected) in cases {
        assert_eq!(without_site(title, &[], site, &Budget::of(0)), expected);
    }
    let others = ["KÝ KẾT phối hợp"];
    assert_eq!(without_site("Ký kết phối hợp - Tin trong ngày", &others, "", &Budget::of(0)), "Ký kết phối hợp");
}

const HEADLINE: &str = "Xã Hòa Lâm ra quân nạo vét kênh nội đồng";

const STORY: &str = "<p>Sáng 20/11, hơn hai trăm đoàn viên và bà con ba thôn đã ra quân nạo vét tuyến kênh dài bốn cây số trước vụ đông xuân.</p>\
    <p>Theo kế hoạch, công việc kéo dài trong ba ngày, mỗi thôn nhận một đoạn và tự tổ chức phương tiện, nhân lực.</p>\
    <p>Ủy ban nhân dân xã hỗ trợ xăng dầu, nước uống và khen thưởng những tổ làm tốt nhất.</p>";

/// A page with `title` in its head and `body` between a menu and a footer.
fn page(title: &str, body: &str) -> Page {
    let html = format!(
        "<html lang=vi><head><title>{title}</title></head><body><ul class=menu><li><a href=/>Trang chủ</a><li><a href=/gt>Giới thiệu</a>\
         <li><a href=/vb>Văn bản chỉ đạo điều hành</a></ul>{body}<div class=footer>Địa chỉ: số 1 đường Lê Lợi</div></body></html>"
    );
    let url = "https://hoalam.example.vn/tin/31".parse().unwrap();
    Page { url, html, fetched_at: jiff::Timestamp::UNIX_EPOCH, problems: Vec::new() }
}

fn candidate(url: url::Url, title: &str, by: Strategy) -> Candidate {
    Candidate {
        url,
        title: title.to_owned(),
        published: None,
        summary: None,
        image: None,
        author: None,
        attachments: Vec::new(),
        sighting: Sighting { by: vec![by], ..Sighting::default() },
    }
}

/// The title of `page` where the list calls the article `headline`.
fn listed(page: &Page, headline: &str, by: Strategy) -> String {
    let listed = candidate(page.url.clone(), headline, by);
    read(page, &Context { listed: Some(&listed), ..Context::default() }).title.unwrap_or_default()
}

fn alone(page: &Page) -> String {
    read(page, &Context::default()).title.unwrap_or_default()
}

/// Pages on which names of the site and its sections are set as headings.
fn named_pages() -> Vec<Page> {
    let site = "Trang thông tin điện tử xã Hòa Lâm";
    let section = "Tin hoạt động của xã";
    [
        // The site's name is the first main heading.
        (format!("{HEADLINE} - {site}"), format!("<h1 class=logo>{site}</h1><h1>{HEADLINE}</h1>{STORY}")),
        // It is hidden, in three ways.
        (format!("{HEADLINE} - {site}"), format!("<h1 style='display: none'>{site}</h1><h2>{HEADLINE}</h2>{STORY}")),
        (format!("{HEADLINE} - {site}"), format!("<div class=sr-only><h1>{site}</h1></div><div class=tieude>{HEADLINE}</div>{STORY}")),
        (format!("{HEADLINE} - {section}"), format!("<h1 class=hide-accessible>{section}</h1><div>{HEADLINE}</div>{STORY}")),
        // A section stands above the headline, as a lesser heading or as the main one.
        (format!("{HEADLINE} - {section} - UBND"), format!("<h2>{section}</h2><h3>{HEADLINE}</h3>{STORY}")),
        (format!("{HEADLINE} - {section} - UBND"), format!("<h1>{section}</h1><h2>{HEADLINE}</h2>{STORY}")),
        (format!("{HEADLINE} | {section}"), format!("<h1>{section}</h1><div class=ngay>20/11/2026</div><p><b>{HEADLINE}</b></p>{STORY}")),
        // No heading says anything of the article.
        (format!("{HEADLINE} - {section}"), format!("<h3>Thông tin chi tiết bài</h3><div>{HEADLINE}</div>{STORY}")),
        (
            format!("{HEADLINE} - {site}"),
            format!("<h1 class=hide-accessible>{site}</h1><h3>Thông tin chi tiết bài</h3>{HEADLINE}<br>{STORY}"),
        ),
        // The names stand before the headline.
        (format!("{site} | {HEADLINE}"), format!("<div class=banner>{site}</div><h1>{HEADLINE}</h1>{STORY}")),
        (format!("{section} - {HEADLINE}"), format!("<h2>{section}</h2><h3>{HEADLINE}</h3>{STORY}")),
    ]
    .map(|(title, body)| page(&title, &body))
    .into()
}

#[test]
fn names_of_site_and_section_are_no_headlines() {
    for page in named_pages() {
        assert_eq!(alone(&page), HEADLINE, "alone: {}", page.html);
        assert_eq!(listed(&page, HEADLINE, Strategy::Repetition), HEADLINE, "listed: {}", page.html);
    }
}

#[test]
fn a_hidden_heading_names_what_is_cut_off_a_title() {
    let section = "Tin hoạt động";
    let page = page(&format!("{HEADLINE} - {section}"), &format!("<h1 class=hide-accessible>{section}</h1>{STORY}"));
    assert_eq!(alone(&page), HEADLINE);
}

#[test]
fn a_headline_with_a_dash_stays_whole() {
    let pages = [
        page("Hội làng - nét đẹp ngày xuân", &format!("<h1>Hội làng - nét đẹp ngày xuân</h1>{STORY}")),
        page("Hội làng - nét đẹp ngày xuân - Báo Xã", &format!("<h1>Hội làng - nét đẹp ngày xuân</h1>{STORY}<p>Nét đẹp ngày xuân</p>")),
    ];
    for page in pages {
        assert_eq!(alone(&page), "Hội làng - nét đẹp ngày xuân", "{}", page.html);
    }
    // The headline says what a heading in the story says too.
    let page =
        page(&format!("{HEADLINE} - chuẩn bị vụ đông xuân"), &format!("<h1>{HEADLINE}</h1>{STORY}<h2>Chuẩn bị vụ đông xuân</h2>{STORY}"));
    assert_eq!(alone(&page), HEADLINE);
    // A hidden heading that says it all is the headline.
    let page = self::page(HEADLINE, &format!("<h1 class=sr-only>{HEADLINE}</h1>{STORY}"));
    assert_eq!(alone(&page), HEADLINE);
}

#[test]
fn the_listed_headline_wins_over_what_the_page_calls_itself() {
    let one_title = "Sở Việc làm > Trang chủ";
    for body in [
        // A box is titled before the headline is, which no title names.
        format!("<span class=Head_title>Văn bản mới ban hành tuần này</span><p>Số 12</p><span class=TieuDe>{HEADLINE}</span>{STORY}"),
        format!("<div class=title>Văn bản mới ban hành tuần này</div><h1>{HEADLINE}</h1>{STORY}"),
        format!("<h1>Chi tiết thông tin bài viết</h1><table><tr><td>Tên bài<td>{HEADLINE}</table>{STORY}"),
        format!("<h1>Chi tiết thông tin bài viết</h1><p>Trích yếu: {HEADLINE}</p>{STORY}"),
        format!("<h1>Sở Việc làm</h1><p><font size=4>{HEADLINE}</font> <i>(20/11/2026 07:30)</i></p>{STORY}"),
    ] {
        let page = page(one_title, &body);
        assert_eq!(listed(&page, HEADLINE, Strategy::Repetition), HEADLINE, "{body}");
        assert_eq!(listed(&page, "Xã Hòa Lâm ra quân nạo vét…", Strategy::Repetition), HEADLINE, "cut: {body}");
    }
    // In data for machines, or in a part of the title, alone.
    let data =
        format!("<script type='application/ld+json'>{{\"@type\":\"Article\",\"name\":\"{HEADLINE}\"}}</script><h1>Sở Việc làm</h1>{STORY}");
    assert_eq!(listed(&page("Sở Việc làm", &data), HEADLINE, Strategy::Repetition), HEADLINE);
    let page = page(&format!("Sở > {HEADLINE} > Tin"), &format!("<h1>Sở Việc làm</h1>{STORY}"));
    assert_eq!(listed(&page, HEADLINE, Strategy::Repetition), HEADLINE);
}

#[test]
fn a_correction_on_the_page_is_the_headline() {
    let corrected = "Xã Hòa Lâm ra quân nạo vét bốn cây số kênh nội đồng";
    let page = page(&format!("{corrected} - UBND"), &format!("<h1>{corrected}</h1>{STORY}<ul><li><a href=/tin/30>{HEADLINE}</a></ul>"));
    assert_eq!(listed(&page, HEADLINE, Strategy::Repetition), corrected);
    // The operator points at the list's.
    assert_eq!(listed(&page, HEADLINE, Strategy::Selectors), HEADLINE);
}

/// The title of the last of the pages under `titles`, each with its own story and `heading`s, when the others are
/// known. The list gave headlines that no page shows.
fn beside_others(pages: &[Page]) -> Option<String> {
    let mut site = Site::default();
    let mut last = None;
    for (number, page) in pages.iter().enumerate() {
        let page = Page { url: format!("https://hoalam.example.vn/tin/{number}").parse().unwrap(), ..page.clone() };
        let listed = candidate(page.url.clone(), &format!("Tin số {number} không có trên trang của nó"), Strategy::Repetition);
        let opened = open(&page, &Context { listed: Some(&listed), ..Context::default() });
        site.learn(&opened.page_prints());
        last = Some(opened);
    }
    last?.draft(&site).title
}

#[test]
fn what_other_pages_are_called_too_is_a_name() {
    let story = |number: usize| {
        format!(
            "<p>Đoạn thứ nhất của bài số {number} nói về việc nạo vét tuyến kênh dài {number} cây số trước vụ đông xuân năm nay.</p>{STORY}"
        )
    };
    let of = |title: &dyn Fn(usize) -> String, heading: &dyn Fn(usize) -> String| {
        let pages: Vec<Page> = (0..4).map(|number| page(&title(number), &format!("{}{}", heading(number), story(number)))).collect();
        beside_others(&pages)
    };
    let headline = |number: usize| format!("{HEADLINE} đợt {number}");
    let section = |_: usize| "<h1>Tin hoạt động của xã</h1>".to_owned();
    assert_eq!(of(&headline, &section).as_deref(), Some("Xã Hòa Lâm ra quân nạo vét kênh nội đồng đợt 3"));
    assert_eq!(
        of(&|number| format!("{} - Tin hoạt động", headline(number)), &|_| String::new()).as_deref(),
        Some("Xã Hòa Lâm ra quân nạo vét kênh nội đồng đợt 3")
    );
    // The list's word stands where the page has nothing but names.
    assert_eq!(of(&|_| "Tin hoạt động của xã - Xã Hòa Lâm".to_owned(), &section), None);
    // Two pages of four may well be called alike.
    assert_eq!(
        of(&|number| format!("Lịch tiếp công dân tháng {}", number / 2), &|_| String::new()).as_deref(),
        Some("Lịch tiếp công dân tháng 1")
    );
}

#[test]
fn the_heading_is_the_part_of_a_longer_title_that_readers_see() {
    let titled = |og: &str| {
        alone(&page(&format!("{og}</title><meta property=og:title content=\"{og}\"><title>"), &format!("<h1>{HEADLINE}</h1>{STORY}")))
    };
    assert_eq!(titled(&format!("{HEADLINE}: Bốn cây số trong ba ngày")), HEADLINE);
    // What search engines are told is no headline; one that was edited is.
    assert_eq!(titled("Hơn hai trăm người nạo vét kênh nội đồng ở Hòa Lâm"), HEADLINE);
    assert_eq!(titled("Xã Hòa Lâm nạo vét 4 km kênh nội đồng"), "Xã Hòa Lâm nạo vét 4 km kênh nội đồng");
}

#[test]
fn the_only_heading_over_a_story_is_its_headline() {
    let titled = |body: &str| alone(&page("Cổng thông tin điện tử", body));
    assert_eq!(titled(&format!("<h1>Giới thiệu</h1>{STORY}")), "Giới thiệu");
    assert_eq!(titled(&format!("<h1>Đăng nhập</h1><form><input></form>{STORY}").replace("<p>", "<li>")), "Đăng nhập");
    assert_eq!(titled(&format!("<aside><h1>Đăng nhập</h1></aside>{STORY}")), "Cổng thông tin điện tử");
}

#[test]
fn the_site_s_name_may_stand_before_the_headline() {
    let cases = [
        ("Diario Hoy | Darán bendición a los vehículos", "Diario Hoy", "Darán bendición a los vehículos"),
        ("diariohoy.example // Darán bendición a los vehículos", "diariohoy", "diariohoy.example // Darán bendición a los vehículos"),
        ("Diario Hoy » Ana Ruiz", "Diario Hoy", "Ana Ruiz"),
        ("Hoy | Darán bendición a los vehículos", "Hoy", "Hoy | Darán bendición a los vehículos"),
        ("Bendición - Darán bendición a los vehículos", "Diario Hoy", "Bendición - Darán bendición a los vehículos"),
    ];
    for (title, name, expected) in cases {
        assert_eq!(without_name_before(title.to_owned(), name), expected);
    }
}

#[test]
fn a_heading_that_the_address_spells_out_is_the_headline() {
    let at = |address: &str, title: &str, heading: &str| {
        let head = format!("{title}</title><meta property=og:title content=\"{title}\"><title>");
        let page = page(&head, &format!("<h1>{heading}</h1>{STORY}"));
        alone(&Page { url: address.parse().unwrap(), ..page })
    };
    let told = "Quà tặng đẹp và rẻ";
    assert_eq!(at("https://hoalam.example.vn/gom-su/", told, "Gốm sứ"), "Gốm sứ");
    assert_eq!(at("https://hoalam.example.vn/gom/su-31.html", told, "Gốm sứ"), "Gốm sứ");
    assert_eq!(at("https://hoalam.example.vn/strassen-uebergaenge", told, "Straßen-Übergänge"), "Straßen-Übergänge");
    assert_eq!(at("https://hoalam.example.vn/tin/31", told, "Gốm sứ"), told);
    // The title says the heading and more.
    assert_eq!(at("https://hoalam.example.vn/gom-su/", "Gốm sứ: nghề của làng ta", "Gốm sứ"), "Gốm sứ: nghề của làng ta");
}

#[test]
fn a_label_within_the_heading_is_no_part_of_the_headline() {
    let titled = |title: &str, og: &str| {
        let head = format!("{title}</title><meta property=og:title content=\"{og}\"><title>");
        alone(&page(&head, &format!("<h1><span>Phóng sự:</span> {HEADLINE}</h1>{STORY}")))
    };
    assert_eq!(titled(HEADLINE, HEADLINE), HEADLINE);
    // One voice alone does not say that it is one.
    assert_eq!(titled("Xã Hòa Lâm", HEADLINE), format!("Phóng sự: {HEADLINE}"));
}

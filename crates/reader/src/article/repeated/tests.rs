//! Pages of one site with its boxes inside their articles: every paragraph is kept, and none of the boxes.

use jiff::Timestamp;
use url::Url;

use crate::{
    article::{Context, Draft, Opened, open},
    page::Page,
    site::Site,
};

/// What differs from page to page.
const PLACES: [&str; 8] = ["An Hải", "Bình Thủy", "Cẩm Lệ", "Đông Giang", "Hòa Khê", "Mỹ Khánh", "Nại Hiên", "Thọ Quang"];

const SUBSCRIPTION: &str = "<div class=ban-tin><h4>Đăng ký nhận bản tin</h4><p>Mỗi sáng một thư, chọn lọc những tin đáng đọc nhất trong ngày, gửi thẳng vào hộp thư của quý bạn đọc.</p><p>Có thể hủy bất cứ lúc nào.</p></div>";
const APP: &str = "<div class=ung-dung><p>Tải ứng dụng Báo Biển Xanh để đọc tin nhanh hơn, kể cả khi không có mạng.</p><p><a href=/app/ios>App Store</a> <a href=/app/android>Google Play</a></p><img src=/images/qr.png></div>";
const COMPANY: &str = "<div class=don-vi><p><b>BÁO BIỂN XANH</b></p><p>Cơ quan ngôn luận của Đảng bộ, chính quyền và nhân dân thành phố Biển Xanh, ra hằng ngày, giấy phép hoạt động báo chí số 99 do Bộ cấp ngày 1-2-2020, phát hành trên toàn quốc.</p><p>Địa chỉ: 80 đường Hải Đăng. Đường dây nóng: 0200 000 113.</p></div>";
const FOLLOW: &str = "<p>Theo dõi chúng tôi trên <a href=https://zalo.me/99>Zalo Báo Biển Xanh</a></p>";
const ABOUT_AUTHOR: &str = "<div class=tac-gia><p>Nguyễn Minh Hà</p><p>Phóng viên thường trú, viết về đời sống đô thị và môi trường ở các tỉnh miền Trung từ năm 2009 đến nay, hai lần đoạt giải báo chí.</p></div>";

fn paragraphs(place: &str) -> [String; 4] {
    [
        format!("Sáng nay, phường {place} tổ chức ra quân dọn vệ sinh bãi biển với sự tham gia của hơn ba trăm người dân và học sinh."),
        format!(
            "Theo Ủy ban nhân dân phường {place}, lượng rác thu gom được trong buổi sáng là gần bốn tấn, phần lớn là chai nhựa và lưới cũ."
        ),
        format!(
            "Đại diện phường {place} cho biết hoạt động sẽ được duy trì vào sáng chủ nhật đầu tiên của mỗi tháng cho đến hết mùa du lịch."
        ),
        format!("Nhiều hộ kinh doanh ở {place} đăng ký đặt thùng phân loại rác trước cửa hàng và cử người trực trong những giờ cao điểm."),
    ]
}

fn page_at(address: &str, title: &str, body: &str) -> Page {
    let html = format!(
        "<html lang=vi><title>{title} - Báo Biển Xanh</title><body><nav><ul><li><a href=/>Trang chủ</a><li><a href=/thoi-su>Thời sự</a></ul></nav>\
         <div class=main><h1>{title}</h1><div class=date>Đăng ngày 18-01-2024 07:29</div><div class=content>{body}</div></div>\
         <footer><p>Bản quyền thuộc về Báo Biển Xanh.</p></footer></body></html>"
    );
    Page {
        url: Url::parse("https://bienxanh.example").unwrap().join(address).unwrap(),
        html,
        fetched_at: Timestamp::UNIX_EPOCH,
        problems: Vec::new(),
    }
}

fn page(number: usize, body: &str) -> Page {
    page_at(&format!("/tin/{number}"), &format!("Phường {} ra quân dọn vệ sinh bãi biển", PLACES[number]), body)
}

fn opened(page: &Page) -> Opened {
    open(page, &Context::default())
}

fn learned(pages: &[Page]) -> Site {
    let mut site = Site::default();
    pages.iter().for_each(|page| site.learn(&opened(page).page_prints()));
    site
}

fn told(draft: &Draft) -> Vec<&str> {
    draft.text.split("\n\n").collect()
}

/// Pages whose bodies `write` makes of their numbers and paragraphs; each must give `expected` and nothing else.
#[track_caller]
fn check(pages: usize, write: impl Fn(usize, [String; 4]) -> String, expected: impl Fn(usize, [String; 4]) -> Vec<String>) {
    let written: Vec<Page> = (0..pages).map(|number| page(number, &write(number, paragraphs(PLACES[number])))).collect();
    let site = learned(&written);
    for (number, page) in written.iter().enumerate() {
        let draft = opened(page).draft(&site);
        assert_eq!(told(&draft), expected(number, paragraphs(PLACES[number])), "page {number} of {pages}");
    }
}

#[test]
fn boxes_inside_the_article_are_the_sites() {
    let write = |_, [one, two, three, four]: [String; 4]| {
        format!("<p>{one}</p><p>{two}</p>{SUBSCRIPTION}<p>{three}</p>{APP}<p>{four}</p>{FOLLOW}{ABOUT_AUTHOR}{COMPANY}")
    };
    check(3, write, |_, paragraphs| paragraphs.into());
    check(8, write, |_, paragraphs| paragraphs.into());
}

#[test]
fn without_other_pages_nothing_is_taken_away() {
    let body = format!("<p>{}</p>{COMPANY}", paragraphs("An Hải").join("</p><p>"));
    let page = page(0, &body);
    let alone = opened(&page).draft(&Site::default());
    assert_eq!(opened(&page).draft(&learned(std::slice::from_ref(&page))), alone);
    // The same article elsewhere, and as it was before a correction of its headline.
    let others = [page_at("/mobile/0", "Phường An Hải ra quân dọn vệ sinh bãi biển", &body), page_at("/tin/0", "Trước khi sửa", &body)];
    assert_eq!(opened(&page).draft(&learned(&others)), alone);
}

#[test]
fn captions_bylines_and_headings_may_repeat() {
    let write = |number, [one, two, three, four]: [String; 4]| {
        format!(
            "<p>{one}</p><figure><img src=/anh/{number}.jpg><figcaption>Người dân tham gia dọn rác. Ảnh: TTXVN</figcaption></figure>\
             <p>{two}</p><h3>Thùng rác phân loại</h3><p>{three}</p><p><img src=/anh/{number}b.jpg></p><p>Ảnh minh họa</p><p><b>Các bước tiếp theo:</b></p><p>{four}</p>\
             <p>Theo TTXVN</p>{FOLLOW}"
        )
    };
    let expected = |_, [one, two, three, four]: [String; 4]| {
        let line = |line: &str| line.to_owned();
        vec![
            one,
            line("Người dân tham gia dọn rác. Ảnh: TTXVN"),
            two,
            line("Thùng rác phân loại"),
            three,
            line("Ảnh minh họa"),
            line("Các bước tiếp theo:"),
            four,
            line("Theo TTXVN"),
        ]
    };
    check(5, write, expected);
}

#[test]
fn articles_of_one_case_keep_their_background() {
    let background = "Trước đó, ngày 12-1, một tàu chở hàng mắc cạn ngoài khơi đã làm tràn khoảng hai mươi tấn rác nhựa xuống biển, sóng đánh dạt vào bờ suốt nhiều ngày.";
    let write = |number, [one, two, three, four]: [String; 4]| {
        let background = if number < 3 { format!("<p>{background}</p>") } else { String::new() };
        format!("<p>{one}</p><p>{two}</p>{background}<p>{three}</p><p>{four}</p>{SUBSCRIPTION}")
    };
    let expected = |number, [one, two, three, four]: [String; 4]| {
        let background = (number < 3).then(|| background.to_owned());
        [Some(one), Some(two), background, Some(three), Some(four)].into_iter().flatten().collect()
    };
    check(8, write, expected);
}

#[test]
fn a_list_that_shares_an_entry_and_a_table_with_the_same_head_are_whole() {
    let write = |number, [one, two, three, four]: [String; 4]| {
        let place = PLACES[number];
        format!(
            "<p>{one}</p><p>{two}</p><ul><li>Găng tay và bao tải</li><li>Nước uống do phường {place} chuẩn bị</li></ul><p>{three}</p>\
             <table><tr><td>Loại rác</td><td>Khối lượng</td></tr><tr><td>Chai nhựa</td><td>{number} tấn ở {place}</td></tr></table><p>{four}</p>{APP}"
        )
    };
    let expected = |number, [one, two, three, four]: [String; 4]| {
        let place = PLACES[number];
        let line = |line: &str| line.to_owned();
        vec![
            one,
            two,
            line("Găng tay và bao tải"),
            format!("Nước uống do phường {place} chuẩn bị"),
            three,
            line("Loại rác"),
            line("Khối lượng"),
            line("Chai nhựa"),
            format!("{number} tấn ở {place}"),
            four,
        ]
    };
    check(4, write, expected);
}

#[test]
fn what_other_pages_tease_stays_in_its_article() {
    let lead = paragraphs(PLACES[0])[0].clone();
    let teaser = format!("<div class=other><a href=/tin/0>Phường An Hải ra quân dọn vệ sinh bãi biển</a><p>{lead}</p></div>");
    let teaser = &teaser;
    let pages: Vec<Page> = (0..6)
        .map(|number| {
            let own = format!("<p>{}</p>", paragraphs(PLACES[number]).join("</p><p>"));
            page(number, &if number == 0 { own } else { own + teaser })
        })
        .collect();
    let draft = opened(&pages[0]).draft(&learned(&pages));
    assert_eq!(told(&draft), paragraphs(PLACES[0]));
}

#[test]
fn the_byline_is_found_before_the_boxes_and_the_sites_picture_is_not_the_articles() {
    let write = |number: usize| {
        let own = format!("<p>{}</p>", paragraphs(PLACES[number]).join("</p><p>"));
        let picture = format!("<p><img src=/anh/{number}.jpg></p>");
        format!("<img src=/anh/chung.jpg>{own}{picture}<p style='text-align:right'><b>TRẦN VĂN BÌNH</b></p>{COMPANY}{APP}")
    };
    let pages: Vec<Page> = (0..4).map(|number| page(number, &write(number))).collect();
    let site = learned(&pages);
    for (number, page) in pages.iter().enumerate() {
        let draft = opened(page).draft(&site);
        assert_eq!(told(&draft), paragraphs(PLACES[number]));
        assert_eq!(draft.author.as_deref(), Some("TRẦN VĂN BÌNH"));
        assert_eq!(draft.html.matches("<img").count(), 1, "{}", draft.html);
        assert!(draft.image.unwrap().path().ends_with(&format!("{number}.jpg")));
    }
}

#[test]
fn forms_that_are_filled_in_alike_stay_whole() {
    let lines = [
        "Công an phường thông báo lịch tiếp công dân định kỳ vào sáng thứ Ba và chiều thứ Năm hằng tuần tại phòng tiếp dân ở tầng một.",
        "Công dân đến làm việc mang theo căn cước, đơn thư cần ghi rõ họ tên, địa chỉ liên hệ và tóm tắt nội dung cần trình bày.",
        "Các trường hợp khẩn cấp được tiếp nhận ngoài giờ qua số điện thoại trực ban, cán bộ trực có trách nhiệm trả lời ngay trong ngày.",
    ];
    let form = lines.map(|line| format!("<p>{line}</p>")).concat();
    // The day alone is new, or nothing is.
    for day in [true, false] {
        let write = |number: usize, _| {
            let day = if day {
                format!("<p>Lịch này áp dụng từ ngày {number} tháng sau cho đến khi có thông báo mới.</p>")
            } else {
                String::new()
            };
            format!("{form}{day}{COMPANY}")
        };
        let pages: Vec<Page> = (0..6).map(|number| page(number, &write(number, ()))).collect();
        let site = learned(&pages);
        for page in &pages {
            let draft = opened(page).draft(&site);
            for line in lines {
                assert!(told(&draft).contains(&line), "{}", draft.text);
            }
        }
    }
}

#[test]
fn an_article_that_was_published_twice_keeps_its_lists() {
    let body = format!("<p>{}</p><ul><li>Găng tay</li><li>Bao tải</li><li>Nước uống</li></ul>", paragraphs("An Hải").join("</p><p>"));
    let pages = [page(0, &body), page_at("/tin/moi", "Ra quân dọn vệ sinh bãi biển sáng chủ nhật", &body)];
    let alone = opened(&pages[0]).draft(&Site::default());
    assert_eq!(opened(&pages[0]).draft(&learned(&pages)), alone);
    assert!(alone.text.contains("Bao tải"));
}

#[test]
fn a_notice_of_one_paragraph_is_told_from_its_boxes() {
    let write = |_, [one, ..]: [String; 4]| format!("<p>{one}</p>{SUBSCRIPTION}{APP}{COMPANY}");
    check(4, write, |_, [one, ..]| vec![one]);
}

#[test]
fn keywords_of_the_site_are_no_keywords_of_its_articles() {
    let write = |number: usize| {
        let own = if number == 3 { "lễ hội, cầu ngư" } else { "báo, biển xanh" };
        let mut page = page(number, &format!("<p>{}</p>", paragraphs(PLACES[number]).join("</p><p>")));
        page.html = page
            .html
            .replace("<title>", &format!("<meta property=article:section content='Đời sống'><meta name=keywords content='{own}'><title>"));
        page
    };
    let pages: Vec<Page> = (0..4).map(write).collect();
    let site = learned(&pages);
    let categories: Vec<_> = pages.iter().map(|page| opened(page).draft(&site).categories.join(", ")).collect();
    assert_eq!(categories, ["Đời sống", "Đời sống", "Đời sống", "Đời sống, lễ hội, cầu ngư"]);
}

#[test]
fn a_table_whose_numbers_stand_elsewhere_too_is_the_article_s() {
    let write = |number: usize, [one, two, three, four]: [String; 4]| {
        let rows: String = (0..3)
            .map(|row| format!("<tr><td>{}. Thôn {}</td><td>{}</td><td>1{row},5</td></tr>", row + 1, PLACES[(number + row) % 8], 20 + row))
            .collect();
        format!(
            "<p>{one}</p><p>{two}</p><p>{three}</p><p>{four}</p>\
             <table><caption>Khối lượng rác thu gom của đội số {number}</caption><tr><th>Thôn, bản</th><th>Số hộ</th><th>Khối lượng</th></tr>{rows}</table>"
        )
    };
    let written: Vec<Page> = (0..8).map(|number| page(number, &write(number, paragraphs(PLACES[number])))).collect();
    let site = learned(&written);
    for page in &written {
        let html = opened(page).draft(&site).html;
        assert!(html.contains("<th>Thôn, bản</th>") && html.matches("<tr>").count() == 4, "{html}");
    }
}

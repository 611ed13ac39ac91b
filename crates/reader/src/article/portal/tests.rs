//! Layouts of Vietnamese portals, each with the part of it that was once read wrongly.

use jiff::Timestamp;
use url::Url;

use crate::{
    article::{self, Context, Draft},
    page::Page,
    time::Stamp,
};

const LEAD: &str = "Chiều 14-3, xã Suối Mây tổ chức lễ ra mắt tổ bảo vệ an ninh ở thôn Trung với sự tham gia của hơn hai trăm hộ dân.";
const FIRST: &str = "Theo báo cáo, qua ba tháng vận động, bà con đã đóng góp hơn bốn trăm triệu đồng để lắp sáu mươi mắt camera tại các trục đường chính, trường học và chợ.";
const LAST: &str =
    "Xã đề nghị tổ bảo vệ phân công người trực suốt ngày đêm, kịp thời báo cho công an xã các vụ việc phức tạp để xử lý ngay từ đầu.";
const TITLE: &str = "Xã Suối Mây ra mắt tổ bảo vệ an ninh tại thôn Trung";

fn read(html: &str) -> Draft {
    let url = Url::parse("https://suoimay.example.vn/chi-tiet?id=7").unwrap();
    let fetched_at: Timestamp = "2026-11-24T12:45:00Z".parse().unwrap();
    article::read(&Page { url, html: html.to_owned(), fetched_at, problems: Vec::new() }, &Context::default())
}

/// A page with `head` before the paragraphs and `foot` after them.
fn page(head: &str, foot: &str) -> String {
    format!(
        "<title>Xã Suối Mây</title><body><div><a href=/>Trang chủ</a> <a href=/tin>Tin tức</a></div>{head}<div><p>{LEAD}</p><p>{FIRST}</p><p>{LAST}</p>{foot}</div><div>Các tin khác</div><ul><li><a href=/1>Thôn Hạ khánh thành nhà văn hóa mới</a> (18-03-2024)</ul><div>Địa chỉ: thôn Trung, xã Suối Mây</div>"
    )
}

#[track_caller]
fn check(html: &str, author: Option<&str>) {
    let draft = read(html);
    assert_eq!(draft.title.as_deref(), Some(TITLE));
    assert_eq!(draft.text.split("\n\n").collect::<Vec<_>>(), [LEAD, FIRST, LAST]);
    assert_eq!(draft.published.as_ref().map(Stamp::to_rfc3339).as_deref(), Some("2024-03-15T07:29:00+07:00"));
    assert_eq!(draft.author.as_deref(), author);
}

#[test]
fn the_clock_in_the_head_is_no_lead() {
    let head = format!("<div>Thứ ba, ngày 24 tháng 11 năm 2026</div><h4>{TITLE}</h4><p>Đăng ngày 15-03-2024 07:29, Lượt xem: 12</p>");
    check(&page(&head, "<p align=right><b>MINH HÀ</b></p>"), Some("MINH HÀ"));
}

#[test]
fn a_stamp_without_a_label_is_no_paragraph() {
    check(&page(&format!("<h4>{TITLE}</h4><p>ngày 15.3.2024 lúc 7h29</p>"), ""), None);
}

#[test]
fn bylines_with_a_label_or_a_house_or_in_italics() {
    let head = format!("<h4>{TITLE}</h4><p>15/03/2024 07:29</p>");
    for (foot, author) in [
        ("<p><strong>Bài, ảnh: Minh Hà</strong></p>", "Minh Hà"),
        ("<p>Tin: Minh Hà - Ảnh: Thu Lan</p>", "Minh Hà, Thu Lan"),
        ("<p style='text-align:right'>Minh Hà (Trung tâm Truyền thông)</p>", "Minh Hà"),
        ("<p><em>Minh Hà</em></p>", "Minh Hà"),
    ] {
        check(&page(&head, foot), Some(author));
    }
    let draft = read(&page(&head, "<p align=right>Theo Báo Suối Xanh</p>"));
    assert_eq!(draft.author.as_deref(), Some("Báo Suối Xanh"));
    assert!(draft.text.ends_with("Theo Báo Suối Xanh"));
}

#[test]
fn a_name_that_ends_the_text_signs_it() {
    let head = format!("<h4>{TITLE}</h4><p>15/03/2024 07:29</p>");
    for (foot, author) in [
        ("<p class=ky>Minh Hà</p><ul><li><a href=/qd.pdf>Quyết định 5.pdf</a></ul>", Some("Minh Hà")),
        (
            "<p class=ky>Minh Hà</p><hr><h4>Bản tin khác</h4><ul><li><a href=/1>Thôn Hạ khánh thành nhà văn hóa mới trong tháng</a></ul>",
            Some("Minh Hà"),
        ),
        ("<p><a href=/qd.pdf>Quyết định 5.pdf</a></p><p class=ky>Minh Hà</p>", Some("Minh Hà")),
        // A caption, and words that are no name.
        ("<p><img src=/a.jpg></p><p class=chu-thich>Minh Hà</p>", None),
        ("<p class=ky>Xem bản đồ</p>", None),
    ] {
        assert_eq!(read(&page(&head, foot)).author.as_deref(), author, "{foot}");
    }
}

#[test]
fn figures_that_end_the_text_keep_their_captions() {
    let figure = |at: usize| {
        format!(
            "<figure><img src=/anh-{at}.jpg width=640 height=420><figcaption>Ông Lê Văn Tám giới thiệu mắt camera thứ {at} của thôn Trung</figcaption></figure>"
        )
    };
    let foot = format!(
        "{}{}<div><video src=/phim.mp4></video></div><p class=ky>Minh Hà</p><hr><ul><li><a href=/1>Thôn Hạ khánh thành nhà văn hóa mới trong tháng</a></ul>",
        figure(1),
        figure(2)
    );
    let draft = read(&page(&format!("<h4>{TITLE}</h4><p>15/03/2024 07:29</p>"), &foot));
    assert_eq!(draft.html.matches("<figcaption>").count(), 2, "{}", draft.html);
    assert!(draft.html.contains("/phim.mp4"), "{}", draft.html);
    assert_eq!(draft.author.as_deref(), Some("Minh Hà"));
}

/// Three other stories at addresses as that of the page, each as `build` has it.
fn others(build: impl Fn(&str, &str) -> String) -> String {
    let titles = [
        "Thôn Hạ khánh thành nhà văn hóa mới",
        "Vì sao nhiều hộ thôn Thượng chuyển sang trồng chè?",
        "Hội thi nấu bánh của phụ nữ xã Suối Mây",
    ];
    titles.iter().enumerate().map(|(at, title)| build(&format!("/chi-tiet?id={}", 11 + at), title)).collect()
}

#[test]
fn other_stories_between_the_lead_and_the_text_are_passed_over() {
    let head = format!("<h1>{TITLE}</h1><p>15/03/2024 07:29</p>");
    let lines = others(|link, title| format!("<li><a href='{link}'>{title}</a></li>"));
    let inset = format!("<div class=lq><b>Tin liên quan</b><ul>{lines}</ul></div>");
    for body in [
        format!("<p>{LEAD}</p><div><ul>{lines}</ul></div><div><p>{FIRST}</p><p>{LAST}</p></div>"),
        format!(
            "<div><p>{LEAD}</p>{inset}<figure><img src=/a.jpg width=600><figcaption>Bà con thôn Trung</figcaption></figure><p>{FIRST}</p><p>{LAST}</p></div>"
        ),
    ] {
        let draft = read(&format!(
            "<title>{TITLE}</title><body lang=vi><div class=tin>{head}{body}</div><div>Địa chỉ: xã Suối Mây, điện thoại của Ủy ban nhân dân</div>"
        ));
        for text in [LEAD, FIRST, LAST] {
            assert!(draft.text.contains(text), "{body}: {}", draft.text);
        }
        assert!(!draft.text.contains("khánh thành") && !draft.text.contains("trồng chè"), "{body}: {}", draft.text);
    }
}

#[test]
fn cards_of_other_stories_are_no_text_of_a_scan_or_a_file() {
    let card = |link: &str, title: &str| {
        format!(
            "<div class=col><img src=/nho.jpg><h5>{title}</h5><p>Bà con trong xã đã chờ ngày này từ nhiều năm nay, và cùng nhau góp công góp của.</p><small>08:07, 2 thg 3, 2024</small> <a class=btn href='{link}'>Đọc tiếp</a></div>"
        )
    };
    let cards = format!("<h4>Có thể bạn quan tâm</h4><div class=row>{}</div>", others(card));
    let head = format!(
        "<div class=slide>{}</div><h1>{TITLE}</h1><p>Đăng vào <a href='/chi-tiet?id=7'>15/03/2024 07:29</a> bởi <a href=/author/admin>admin</a></p>",
        others(card)
    );
    let read = |shown: &str| read(&format!("<title>{TITLE}</title><body lang=vi><div>{head}<div>{shown}</div>{cards}</div>"));
    let file = read("<p><a href=/qd-212.pdf>Quyết định số 212.pdf</a></p>");
    assert_eq!((file.text.as_str(), file.attachments.len(), file.author.as_deref()), ("", 1, None), "{}", file.html);
    let scan = read("<figure><img src=/cong-van.jpg width=700><figcaption></figcaption></figure>");
    assert!(scan.text.is_empty() && scan.html.contains("/cong-van.jpg") && !scan.html.contains("/nho.jpg"), "{}", scan.html);
}

#[test]
fn a_text_that_is_made_of_other_stories_is_left_as_it_is() {
    let part = |link: &str, title: &str| {
        format!("<div class=phan><h3><a href='{link}'>{title}</a></h3><p>{title} {FIRST}</p><p>{title} {LAST}</p></div>")
    };
    let draft = read(&format!(
        "<title>{TITLE}</title><body lang=vi><div class=tin><h1>{TITLE}</h1><p>15/03/2024 07:29</p><p>{LEAD}</p>{}</div>",
        others(part)
    ));
    assert_eq!(draft.text.matches(FIRST).count(), 3, "{}", draft.text);
}

#[test]
fn a_byline_between_the_stamps() {
    let head =
        format!("<h3>{TITLE}</h3><div class=news-info>Cập nhật: 16/03/2024 09:10 | Ngày đăng: 15/03/2024 07:29 | Tác giả: Minh Hà</div>");
    check(&page(&head, ""), Some("Minh Hà"));
}

#[test]
fn a_name_beside_the_stamp_is_the_author_s() {
    for (line, author) in [
        ("<p>Nguyễn Văn A - 15/03/2024 07:29</p>", Some("Nguyễn Văn A")),
        ("<p>Nguyễn Văn A | 07:29 15/03/2024</p>", Some("Nguyễn Văn A")),
        ("<p>Thứ Sáu, 15/03/2024 07:29 • HỒ THỊ MINH HÀ • Lượt xem: 12</p>", Some("HỒ THỊ MINH HÀ")),
        ("<p>Lê Hà</p><p>15/03/2024 07:29</p>", Some("Lê Hà")),
        ("<p>15/03/2024 07:29</p><p>Trần Lê Hà Nam</p>", Some("Trần Lê Hà Nam")),
        // Places, sections, publishers, and who else stands on the page.
        ("<p>Hà Nội - 15/03/2024 07:29</p>", None),
        ("<p>Đà Nẵng | 15/03/2024 07:29</p>", None),
        ("<p>Công An Xã | 15/03/2024 07:29</p>", None),
        ("<p>Trần Đề xanh | 15/03/2024 07:29</p>", None),
        ("<p>15/03/2024 07:29</p><p>Trang chủ</p>", None),
        ("<a href=/dang-ha>Đặng Hà</a><p>Đặng Hà | 15/03/2024 07:29</p>", None),
        ("<p>15/03/2024 07:29 - Suối Mây</p>", None),
    ] {
        check(&page(&format!("<h4>{TITLE}</h4>{line}"), ""), author);
    }
    let told = page(&format!("<h4>{TITLE}</h4><p>Nguyễn Văn A - 15/03/2024 07:29</p>"), "<p align=right><b>MINH HÀ</b></p>");
    check(&told, Some("MINH HÀ"));
}

#[test]
fn the_title_of_a_box_beside_the_story_is_not_its_headline() {
    let aside = "<div class=title>Thông tin cần biết</div><div><a href=/lich>Lịch công tác tuần này</a></div><div><a href=/so>Đường dây nóng của xã</a></div>";
    let head = format!("{aside}<span class=TitleNews>{TITLE}</span><br><span>15/03/2024 7:29 SA</span>");
    check(&page(&head, ""), None);
}

#[test]
fn a_headline_that_only_its_place_above_the_stamp_tells() {
    for line in [format!("<div class=tt>{TITLE}</div>"), format!("<span style='font-weight:bold'>{TITLE}</span><br>")] {
        check(&page(&format!("{line}<span>Thứ Sáu, 15/03/2024 - 07:29 - Đã xem: 12</span>"), ""), None);
    }
}

#[test]
fn what_follows_the_byline_in_other_boxes_is_not_the_article() {
    let head = format!("<h4>{TITLE}</h4><p>Đăng ngày 15-03-2024 07:29, Lượt xem: 12</p>");
    for foot in [
        "<div>Tổng số điểm của bài viết là: 5 trong 1 đánh giá</div><div>Xếp hạng: 5 - 1 phiếu bầu</div>",
        "<p>Bài viết này có hữu ích với bạn không?</p><p>Có</p>",
        "<div>Mời bạn đọc theo dõi trang thông tin của xã trên Zalo để nhận tin mới nhất hằng ngày.</div>",
        "<div>Ý kiến phản hồi</div><div>Ý kiến của bạn sẽ được biên tập trước khi đăng, xin gõ tiếng Việt có dấu.</div>",
    ] {
        check(&page(&head, &format!("<p align=right><b>MINH HÀ</b></p>{foot}")), Some("MINH HÀ"));
    }
}

#[test]
fn names_before_a_house_and_names_as_a_last_paragraph() {
    let head = format!("<h4>{TITLE}</h4><p>Đăng ngày 15-03-2024 07:29</p>");
    check(&page(&head, "<p align=right><b>Lê Minh Hà - Đội Cảnh sát giao thông</b></p>"), Some("Lê Minh Hà"));
    check(&page(&head, "<p align=right><b>MINH HÀ &amp; THU LAN</b></p>"), Some("MINH HÀ, THU LAN"));
    check(&page(&head, "<p>Minh Hà</p>"), Some("Minh Hà"));
}

#[test]
fn a_heading_in_capitals_within_the_text_is_no_byline() {
    let head = format!("<h4>{TITLE}</h4><p>Đăng ngày 15-03-2024 07:29</p>");
    let foot = "<p align=center><b>CÁC BƯỚC TIẾP THEO</b></p><div>Xã sẽ lắp thêm hai mươi mắt camera ở các thôn vùng cao trong quý tới.</div><p align=right><b>MINH HÀ</b></p>";
    let draft = read(&page(&head, foot));
    assert_eq!(draft.author.as_deref(), Some("MINH HÀ"));
    assert!(draft.text.ends_with("CÁC BƯỚC TIẾP THEO\n\nXã sẽ lắp thêm hai mươi mắt camera ở các thôn vùng cao trong quý tới."));
}

#[test]
fn a_main_heading_below_its_stamp_where_the_title_is_the_sites() {
    check(&page(&format!("<div>Thứ Sáu, 15/03/2024 07:29</div><h1>{TITLE}</h1>"), ""), None);
}

#[test]
fn a_line_under_a_picture_that_is_no_sentence_is_its_caption() {
    let head = format!("<h4>{TITLE}</h4><p>Đăng ngày 15-03-2024 07:29</p>");
    let foot = format!(
        "<p><img src=/ra-mat.jpg></p><p>Đại biểu và bà con thôn Trung tại lễ ra mắt</p><p>{}</p>",
        FIRST.replace("ba tháng", "bốn tháng")
    );
    let html = read(&page(&head, &foot)).html;
    assert!(html.contains("<figcaption>Đại biểu và bà con thôn Trung tại lễ ra mắt</figcaption>"), "{html}");
}

const RESULTS: &str = "<table><caption>Bảng 1. Kết quả</caption><tr><th>Thôn</th><th>Số hộ</th></tr><tr><td>Trung</td><td>214</td></tr><tr><td>Hạ</td><td>187</td></tr></table>";

/// The last paragraphs of the text, below the three that every page has, and the author.
fn below(foot: &str) -> (Vec<String>, Option<String>, String) {
    let head = format!("<h4>{TITLE}</h4><p>Đăng ngày 15-03-2024 07:29</p>");
    let draft = read(&page(&head, foot));
    let paragraphs: Vec<String> = draft.text.split("\n\n").map(str::to_owned).collect();
    assert_eq!(paragraphs[..3], [LEAD, FIRST, LAST], "{foot}");
    (paragraphs[3..].to_vec(), draft.author, draft.html)
}

#[test]
fn a_table_that_the_text_ends_with_is_the_article_s() {
    let cells = ["Bảng 1. Kết quả", "Thôn", "Số hộ", "Trung", "214", "Hạ", "187"];
    for (before, after) in [("", ""), ("<div class=table-responsive>", "</div>"), ("<div><div>", "</div></div>")] {
        let (text, author, html) = below(&format!("{before}{RESULTS}{after}<p align=right><b>Minh Hà</b></p>"));
        assert_eq!((text, author.as_deref()), (cells.map(str::to_owned).to_vec(), Some("Minh Hà")), "{before}");
        let table = "<table><caption>Bảng 1. Kết quả</caption><tbody><tr><th>Thôn</th><th>Số hộ</th></tr><tr><td>Trung</td>";
        assert!(html.contains(table), "{html}");
    }
    // The line that leads to it, and the note below.
    let (text, ..) = below(&format!("<p>Kết quả như sau:</p>{RESULTS}<p>(Nguồn: Ủy ban xã)</p>"));
    assert_eq!([text[0].as_str(), text[8].as_str()], ["Kết quả như sau:", "(Nguồn: Ủy ban xã)"]);
    // Cells that look like labels and names are cells.
    let ranks = "<table><tr><th>Xếp hạng</th><th>Họ tên</th></tr><tr><td>Nhất</td><td>TRẦN MINH</td></tr><tr><td>Nhì</td><td>LÊ THU</td></tr></table>";
    let (text, author, _) = below(ranks);
    assert_eq!((text.join(" "), author), ("Xếp hạng Họ tên Nhất TRẦN MINH Nhì LÊ THU".to_owned(), None));
}

#[test]
fn tables_of_counters_polls_and_other_news_are_not() {
    for foot in [
        "<p>Thống kê truy cập</p><table><tr><td>Đang xem</td><td>12</td></tr><tr><td>Hôm nay</td><td>345</td></tr><tr><td>Tất cả</td><td>6789</td></tr></table>",
        "<table><tr><td><a href=/1>Thôn Hạ làm đường</a></td><td>14/03/2024</td></tr><tr><td><a href=/2>Thôn Trung họp dân</a></td><td>13/03/2024</td></tr><tr><td><a href=/3>Xã tập huấn</a></td><td>12/03/2024</td></tr></table>",
        "<table><tr><td>Bình chọn</td><td>Đẹp <input type=radio></td></tr><tr><td>Thường</td><td>Xấu</td></tr><tr><td>Gửi</td><td>Xem</td></tr></table>",
        "<div class=related-box><table><tr><th>Tin</th><th>Ngày</th></tr><tr><td>Làm đường</td><td>14/03</td></tr><tr><td>Họp dân</td><td>13/03</td></tr></table></div>",
    ] {
        assert_eq!(below(foot).0, [""; 0], "{foot}");
    }
}

#[test]
fn a_film_in_a_column_that_is_called_a_sidebar_stays() {
    let film = "<div class=video data-src=https://cdn.example.vn/v/1.mp4></div>";
    let html = format!(
        "<title>{TITLE}</title><body><div class=menu><a href=/>Trang chủ</a></div><div class=sidebar-1><h1>{TITLE}</h1><span>15/03/2024 07:29</span>\
         <article><p>{LEAD}</p>{film}<p>{FIRST}</p><p>{LAST}</p></article></div><div class=sidebar-2>{}</div>",
        film.replace("v/1", "v/2")
    );
    let html = read(&html).html;
    assert!(html.contains("v/1.mp4") && !html.contains("v/2.mp4"), "{html}");
}

#[test]
fn marks_of_agencies_go_and_places_stay_apart() {
    for (mark, kept) in [
        ("(Báo Suối) - ", ""),
        ("<b>(TTXVN)</b> – ", ""),
        ("<a href=/>SMO</a> - ", ""),
        ("Suối Mây - ", "Suối Mây - "),
        ("<span class=location-stamp>Suối Mây</span>", "Suối Mây "),
        ("<span class=diadanh>Suối Mây</span> - ", "Suối Mây - "),
    ] {
        let html = format!(
            "<title>{TITLE}</title><body><div><h1>{TITLE}</h1><p>15/03/2024 07:29</p><p><b>{mark}{LEAD}</b></p><p>{mark}{FIRST}</p><p>{LAST}</p></div>"
        );
        let draft = read(&html);
        let expected = format!("{kept}{LEAD}");
        assert_eq!(draft.text, format!("{expected}\n\n{kept}{FIRST}\n\n{LAST}"), "{mark}");
        assert_eq!(draft.summary, Some(expected));
    }
    // A letter that begins a word in another style is no place.
    let draft = read(&format!(
        "<title>{TITLE}</title><body><div><h1>{TITLE}</h1><p><span class=drop>C</span>{}</p><p>{FIRST}</p></div>",
        &LEAD[1..]
    ));
    assert!(draft.text.starts_with(LEAD), "{}", draft.text);
}

#[test]
fn a_short_article_is_told_from_the_boxes_around_it() {
    let notice = [
        "Công an xã Suối Mây thông báo tìm chủ của một xe mô tô bị bỏ lại tại chợ từ ngày 15-11.",
        "Chủ xe mang giấy tờ đến trụ sở công an xã để nhận lại.",
    ];
    let line = |text: &str, day: u8| {
        format!("<p><a href=/chi-tiet?id={day}>{text} trong niềm vui của hơn ba trăm hộ dân trên địa bàn xã</a> <i>({day}-03-2024)</i></p>")
    };
    let others: String = [
        ("Thôn Hạ khánh thành nhà văn hóa mới", 18),
        ("Xã Suối Mây đón bằng nông thôn mới", 17),
        ("Thôn Trung làm xong con đường hoa", 15),
        ("Đoàn xã trao nhà cho hộ nghèo", 14),
    ]
    .iter()
    .map(|(text, day)| line(text, *day))
    .collect();
    let wanted = "<p><b>TRUY NÃ</b></p><p><a href=/tn/1>Quyết định truy nã một đối tượng về tội trộm cắp tài sản theo Điều 173</a></p><p><b>VIDEO CLIP</b></p><p>Phóng sự về xã Suối Mây</p>";
    let login = "<form action=/login><p>Tên đăng nhập</p><p>Mật khẩu</p><p>Ghi nhớ</p></form>";
    let foot = "<p>Trang thông tin điện tử xã Suối Mây</p><p>Giấy phép số 12/GP-TTĐT do Sở Thông tin cấp ngày 20/03/2019</p><p>Ghi rõ nguồn \"Trang thông tin xã Suối Mây\" khi phát hành lại.</p><p>Bản quyền thuộc về Ủy ban nhân dân xã, mọi hành vi sao chép phải được sự đồng ý bằng văn bản.</p>";
    let head = "<title>Xã Suối Mây</title><body><div><a href=/>Trang chủ</a> <a href=/tin>Tin tức</a></div>";
    for count in [1, 2] {
        let text: String = notice[..count].iter().map(|line| format!("<p>{line}</p>")).collect();
        for (byline, author) in [("", None), ("<p align=right><b>MINH HÀ</b></p>", Some("MINH HÀ"))] {
            for (before, after) in [("<div class=noi-dung>", "</div>"), ("", "")] {
                let article = format!("<h4>{TITLE}</h4><p>Đăng ngày 15-03-2024 07:29, Lượt xem: 12</p>{before}{text}{byline}{after}");
                let labelled =
                    format!("{head}<div>{article}<p>Các tin khác</p>{others}</div><div>{wanted}</div><div>{login}</div><div>{foot}</div>");
                let unlabelled = format!("{head}<div><div>{article}</div></div><div>{login}</div><div>{foot}</div>");
                for html in [labelled, unlabelled] {
                    let draft = read(&html);
                    assert_eq!(
                        (draft.text.split("\n\n").collect::<Vec<_>>().as_slice(), draft.author.as_deref()),
                        (&notice[..count], author),
                        "{html}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_lead_of_another_story_in_a_box_is_left_out() {
    let head = format!("<h4>{TITLE}</h4><p>Đăng ngày 15-03-2024 07:29</p>");
    let lead = "Con đường dài hai cây số nối trung tâm xã với quốc lộ vừa được khởi công sáng nay, dự kiến xong trong năm sau.";
    let read = |inside: &str| read(&page(&head, &format!("{inside}<p>{}</p>", FIRST.replace("ba tháng", "bốn tháng")))).text;
    for teaser in [
        format!(
            "<div type=RelatedOne><a href=/k-1.htm><img src=/k.jpg></a><div><h3><a href=/k-1.htm>Xã bên cạnh làm con đường mới</a></h3><p class=sapo>{lead}</p></div></div>"
        ),
        format!("<div><article><a href=/k-1.htm><b>Xã bên cạnh làm con đường mới</b></a><div>{lead}</div></article></div>"),
        format!("<div class=tin-lien-quan><p><b><a href=/k-1.htm>Xã bên cạnh làm con đường mới</a></b></p><p>{lead}</p></div>"),
    ] {
        assert!(!read(&teaser).contains("Con đường dài"), "{teaser}");
    }
    for own in [
        format!("<div><p><a href=/nguoi/1>Ông Lê Văn Thành</a></p><p>{lead}</p></div>"),
        format!("<div><h3>Xã bên cạnh làm con đường mới</h3><p>{lead}</p></div>"),
        format!("<div><h3><a href=#duong>Xã bên cạnh làm con đường mới</a></h3><p>{lead}</p></div>"),
        format!("<div><p>{lead}</p><p><a href=/k-1.htm>Xã bên cạnh làm con đường mới</a></p></div>"),
    ] {
        assert!(read(&own).contains("Con đường dài"), "{own}");
    }
}

const FILES: &str = "<p><a href=/upload/qd-12.pdf>Quyết định số 12.pdf</a></p>";

#[test]
fn a_byline_behind_the_files_of_the_article_is_one() {
    let head = format!("<h4>{TITLE}</h4><p>Đăng ngày 15-03-2024 07:29</p>");
    for byline in ["<p class=text-right><strong>Tác giả:</strong> Minh Hà</p>", "<div class=chi-tiet-tac-gia>Tin, ảnh: Minh Hà</div>"]
    {
        let draft = read(&format!(
            "<title>Xã Suối Mây</title><body><div><a href=/>Trang chủ</a></div>{head}<div><div class=body><p>{LEAD}</p><p>{FIRST}</p><p>{LAST}</p>{RESULTS}{FILES}</div>{byline}</div><div>Các tin khác</div><ul><li><a href=/1>Thôn Hạ khánh thành nhà văn hóa mới</a></ul>"
        ));
        assert_eq!(draft.author.as_deref(), Some("Minh Hà"), "{byline}");
        assert_eq!(draft.attachments.len(), 1);
    }
}

/// The newest stories above the page's own, as a line in the head of a portal, a table or a menu has them.
const NEWEST: [(&str, &str); 3] = [
    ("<div class=ticker><h3><a href=/chi-tiet?id=7>", "</a></h3></div>"),
    ("<table><tr><td>• <a href=/chi-tiet?id=7>", "</a></td></tr></table>"),
    ("<marquee><a href=/chi-tiet?id=7>", "</a> ● <a href=/8>Thôn Hạ khánh thành nhà văn hóa mới</a></marquee>"),
];

/// The page with `notice` below its headline and stamp.
fn notice(newest: (&str, &str), heading: &str, notice: &str) -> Draft {
    let (before, after) = newest;
    read(&format!(
        "<title>{TITLE} - Xã Suối Mây</title><body><ul><li><a href=/>Trang chủ</a><li><a href=/tin>Tin tức</a></ul>{before}{TITLE}{after}\
         <div class=left><div class=box><b>THÔNG BÁO</b><ul><li><a href=/1>Thôn Hạ khánh thành nhà văn hóa mới</a><li><a href=/2>Xã Suối Mây làm xong con đường hoa</a></ul></div></div>\
         <div class=main>{heading}<p>15/03/2024 07:29</p><div class=tools><a href='javascript:font()'>Cỡ chữ</a> <a href='javascript:print()'>In bài viết</a></div>\
         {notice}<p>Các tin khác</p><ul><li><a href=/3>Thôn Trung họp dân bàn việc làm đường</a> (14/03/2024)<li><a href=/4>Đoàn xã trao nhà cho hộ nghèo</a> (13/03/2024)</ul></div>\
         <div class=right><p><b>Thời tiết Suối Mây</b> 21 độ, độ ẩm 60 phần trăm</p><p>Đang truy cập: 4</p></div>"
    ))
}

#[test]
fn a_scan_below_a_headline_that_stands_elsewhere_too_is_the_article_s() {
    for newest in NEWEST {
        for heading in [format!("<h1>{TITLE}</h1>"), format!("<div class=tt><b>{TITLE}</b></div>")] {
            for scan in [
                "<div class=body><p><img src=/scan-1.jpg></p></div>",
                "<p><a href=/scan-1.jpg><img src=/scan-1.jpg></a></p>",
                "<div class=body><figure><img src=/scan-1.jpg></figure><div class=box><b>Tin liên quan</b>\
                 <ul><li><a href=/5>Thôn Trung họp dân bàn việc làm đường</a><li><a href=/6>Đoàn xã trao nhà cho hộ nghèo</a></ul></div></div>",
            ] {
                let draft = notice(newest, &heading, scan);
                assert!(draft.html.contains("scan-1.jpg"), "{newest:?} {heading} {scan}: {}", draft.html);
                assert_eq!((draft.text.as_str(), draft.has_document), ("", true), "{newest:?} {heading} {scan}");
            }
        }
    }
}

#[test]
fn a_slide_with_the_headline_is_not_where_the_article_begins() {
    let slide =
        ("<div class=slide><img src=/to-1.jpg><h5>", "</h5><a href=/chi-tiet?id=7>Xem chi tiết</a></div><div><img src=/to-2.jpg></div>");
    let draft = notice(slide, &format!("<h1>{TITLE}</h1>"), "<div class=body><p><img src=/scan-1.jpg></p></div>");
    assert!(draft.html.contains("scan-1.jpg") && !draft.html.contains("/to-"), "{}", draft.html);
}

#[test]
fn a_film_under_one_sentence_and_files_under_none() {
    for newest in NEWEST {
        let draft = notice(
            newest,
            &format!("<h1>{TITLE}</h1>"),
            &format!("<p><b>{LEAD}</b></p><div class=body><video src=/phim-1.mp4></video></div>"),
        );
        assert!(draft.html.contains("phim-1.mp4"), "{newest:?}: {}", draft.html);
        assert_eq!(draft.text, LEAD, "{newest:?}");
        let draft = notice(newest, &format!("<h1>{TITLE}</h1>"), &format!("<div class=body>{FILES}</div>"));
        assert_eq!(draft.attachments.len(), 1, "{newest:?}: {}", draft.html);
    }
}

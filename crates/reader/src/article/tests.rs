//! Pages in the layouts of real portals, with what a person reads there, to the letter.

use url::Url;

use super::*;
use crate::{discovery::Sighting, time::Stamp};

/// What a page must give. The text is given by paragraphs, so that nothing of a page's frame can hide in it.
struct Expected<'a> {
    title: &'a str,
    published: Option<&'a str>,
    author: Option<&'a str>,
    summary: &'a str,
    image: Option<&'a str>,
    text: &'a [&'a str],
    /// Parts of the HTML, in this order.
    html: &'a [&'a str],
}

fn draft(html: &str, url: &str) -> Draft {
    draft_with(html, url, &Context::default())
}

fn draft_with(html: &str, url: &str, context: &Context) -> Draft {
    let fetched_at = "2026-11-24T04:30:00Z".parse().unwrap();
    read(&Page { url: Url::parse(url).unwrap(), html: html.to_owned(), fetched_at, problems: Vec::new() }, context)
}

#[track_caller]
fn check(html: &str, expected: &Expected) {
    let draft = draft(html, "https://tin.example.vn/tin/chi-tiet");
    assert_eq!(draft.title.as_deref(), Some(expected.title));
    assert_eq!(draft.text.split("\n\n").collect::<Vec<_>>(), expected.text);
    assert_eq!(draft.published.as_ref().map(Stamp::to_rfc3339).as_deref(), expected.published);
    assert_eq!(draft.author.as_deref(), expected.author);
    assert_eq!(draft.summary.as_deref(), Some(expected.summary));
    assert_eq!(draft.image.as_ref().map(Url::as_str), expected.image);
    let mut rest = draft.html.as_str();
    for part in expected.html {
        let at = rest.find(part).unwrap_or_else(|| panic!("`{part}` is not in `{rest}`"));
        rest = &rest[at + part.len()..];
    }
    check_forms(&draft);
}

/// Both forms of a body say the same, and the HTML is clean.
#[track_caller]
fn check_forms(draft: &Draft) {
    assert_eq!(seen(&draft.html), crate::text::squeeze(&draft.text));
    for unwanted in
        ["class=", "style=", "id=\"", "<p></p>", "<li></li>", "<figure></figure>", "<ul></ul>", "<b></b>", "<script", "href=\"/"]
    {
        assert!(!draft.html.contains(unwanted), "`{unwanted}` is in `{}`", draft.html);
    }
}

#[test]
fn a_portal_made_of_boxes() {
    check(
        include_str!("../../tests/pages/articles/divs.html"),
        &Expected {
            title: "Ra mắt tổ tự quản về an toàn phòng cháy tại khu dân cư số 5",
            published: Some("2024-03-12T16:05:00+07:00"),
            author: Some("NGUYỄN MINH HÀ"),
            summary: "Chiều 12-3, Công an phường Hòa Bình phối hợp với Ủy ban nhân dân phường tổ chức lễ ra mắt tổ tự quản về an toàn phòng cháy, chữa cháy tại khu dân cư số 5.",
            image: Some("https://tin.example.vn/upload/2024/ra-mat-to.jpg"),
            text: &[
                "Chiều 12-3, Công an phường Hòa Bình phối hợp với Ủy ban nhân dân phường tổ chức lễ ra mắt tổ tự quản về an toàn phòng cháy, chữa cháy tại khu dân cư số 5.",
                "Tổ tự quản gồm mười hai hộ dân sống liền kề, mỗi hộ được trang bị một bình chữa cháy xách tay và một chuông báo nối với các nhà bên cạnh. Khi có sự cố, các hộ báo cho nhau và cùng xử lý trong những phút đầu tiên.",
                "Phát biểu tại buổi lễ, đại diện Công an phường đề nghị các thành viên thường xuyên kiểm tra hệ thống điện, không để vật cản trước lối thoát và tham gia đầy đủ các buổi thực hành.",
                "Các hộ dân thực hành dập lửa bằng bình xách tay",
                "Dịp này, lực lượng chức năng hướng dẫn bà con cách dùng chăn ướt, cách thoát nạn khi có khói và số điện thoại cần gọi. Mô hình sẽ được nhân rộng ra năm khu dân cư khác trong quý tới.",
            ],
            html: &[
                "<p>Chiều 12-3",
                "<b>thường xuyên kiểm tra hệ thống điện</b>",
                "<figure><img src=\"https://tin.example.vn/upload/2024/ra-mat-to.jpg\" alt=\"\"><figcaption><i>Các hộ dân thực hành dập lửa bằng bình xách tay</i></figcaption></figure>",
                "<p>Dịp này",
            ],
        },
    );
}

#[test]
fn a_portal_made_of_tables_in_a_form() {
    check(
        include_str!("../../tests/pages/articles/aspnet.html"),
        &Expected {
            title: "Huyện Sông Bắc khánh thành cầu dân sinh nối hai xã vùng cao",
            published: Some("2024-04-05T09:40:00+07:00"),
            author: Some("LÊ VĂN ĐẠT"),
            summary: "Sáng 05/4, Ủy ban nhân dân huyện Sông Bắc tổ chức lễ khánh thành cầu dân sinh Khe Lá, nối xã Tân Lập với xã Phú Sơn.",
            image: Some("https://tin.example.vn/tin/upload/anh/khanh-thanh-cau.jpg"),
            text: &[
                "Sáng 05/4, Ủy ban nhân dân huyện Sông Bắc tổ chức lễ khánh thành cầu dân sinh Khe Lá, nối xã Tân Lập với xã Phú Sơn.",
                "Cầu dài 86 mét, rộng 4 mét, có tổng vốn đầu tư hơn 9 tỷ đồng từ ngân sách huyện và sự đóng góp của các nhà hảo tâm. Công trình được khởi công vào tháng 6 năm ngoái và hoàn thành trước kế hoạch hai tháng.",
                "Trước đây, mỗi mùa mưa lũ, hơn ba trăm hộ dân ở hai xã phải đi vòng gần 15 km để ra trung tâm. Học sinh nhiều ngày phải nghỉ học vì nước suối dâng cao.",
                "Lãnh đạo huyện và đại diện nhân dân cắt băng khánh thành cầu Khe Lá",
                "Bà Hà Thị Thơm, người dân xã Tân Lập, chia sẻ: “Có cầu rồi, con cháu đi học không còn lo nước lũ, bà con chở nông sản ra chợ cũng gần hơn nhiều”.",
                "Huyện cũng đã bàn giao công trình cho hai xã quản lý, đồng thời cắm biển hạn chế tải trọng ở hai đầu cầu.",
            ],
            html: &["<p><b>Sáng 05/4", "<figure><img ", "<figcaption><i>Lãnh đạo huyện", "</figcaption></figure><p>Bà Hà"],
        },
    );
}

#[test]
fn a_portal_of_portlets() {
    let html = include_str!("../../tests/pages/articles/liferay.html");
    check(
        html,
        &Expected {
            title: "Thành phố phát động tháng thanh niên tình nguyện",
            published: Some("2026-07-10T15:55:00+07:00"),
            author: Some("TRẦN QUỐC BẢO"),
            summary: "Ngày 10/7, Thành đoàn Hải Vân tổ chức lễ phát động tháng thanh niên tình nguyện với nhiều phần việc vì cộng đồng.",
            image: Some("https://tin.example.vn/documents/20121/phat-dong.jpg/3f0c?t=1783674900000"),
            text: &[
                "Ngày 10/7, Thành đoàn Hải Vân tổ chức lễ phát động tháng thanh niên tình nguyện với nhiều phần việc vì cộng đồng.",
                "Năm nay, hơn 4.000 đoàn viên đăng ký tham gia các đội hình dọn vệ sinh bãi biển, sửa chữa nhà ở cho người cao tuổi và dạy bơi miễn phí cho trẻ em. Mỗi phường thành lập ít nhất hai đội, hoạt động vào các ngày cuối tuần.",
                "Đoàn viên thanh niên ra quân sau lễ phát động",
                "Theo kế hoạch, các đội hình sẽ:",
                "Thu gom rác trên 12 km bờ biển;",
                "Sửa 45 ngôi nhà xuống cấp;",
                "Mở 20 lớp dạy bơi cho thiếu nhi.",
                "Thông tin chi tiết và mẫu đăng ký được đăng tại trang đăng ký của Thành đoàn.",
            ],
            html: &[
                "<figcaption>Đoàn viên thanh niên ra quân sau lễ phát động</figcaption>",
                "<ul><li>Thu gom rác trên 12 km bờ biển;</li><li>Sửa 45",
                "</li></ul>",
                "<a href=\"https://tin.example.vn/web/guest/dang-ky\" rel=\"noopener noreferrer\">trang đăng ký</a>",
            ],
        },
    );
    let draft = draft(html, "https://haivan.example.vn/-/x");
    assert_eq!(draft.site.as_deref(), Some("Cổng thông tin thành phố Hải Vân"));
    assert_eq!(draft.language.as_deref(), Some("vi-VN"));
    assert_eq!(draft.canonical.as_ref().map(Url::as_str), Some("https://haivan.example.vn/-/thanh-pho-phat-dong-thang-thanh-nien"));
    assert_eq!(draft.problems, [""; 0]);
}

#[test]
fn paragraphs_that_are_parted_by_line_breaks_alone() {
    check(
        include_str!("../../tests/pages/articles/breaks.html"),
        &Expected {
            title: "Đồn biên phòng Mỏ Gà giúp dân dựng lại nhà sau lốc",
            published: Some("2023-05-18T07:05:00+07:00"),
            author: Some("HOÀNG LONG, THU PHƯƠNG"),
            summary: "Rạng sáng 17-5, một trận lốc bất ngờ quét qua bản Nà Lù làm tốc mái 23 ngôi nhà và đổ nhiều cột điện, may mắn không có thiệt hại về người.",
            image: Some("https://tin.example.vn/anh/na-lu.jpg"),
            text: &[
                "Rạng sáng 17-5, một trận lốc bất ngờ quét qua bản Nà Lù làm tốc mái 23 ngôi nhà và đổ nhiều cột điện, may mắn không có thiệt hại về người.",
                "Ngay trong buổi sáng, chỉ huy đồn cử hai tổ công tác mang theo bạt, dây thép và lương khô vào bản. Bộ đội cùng dân quân lợp lại mái, dọn cây gãy và đưa ba hộ có nhà sập đến ở tạm tại điểm trường.",
                "Bộ đội giúp người dân bản Nà Lù lợp lại mái nhà",
                "Đến chiều 18-5, tất cả các hộ đã có mái che, điện được nối lại ở trung tâm bản. Đồn tiếp tục giữ một tổ ở lại cho đến khi ba ngôi nhà sập được dựng xong.",
            ],
            html: &["<p>Rạng sáng", "<p>Ngay trong", "<figcaption><i>Bộ đội", "<p>Đến chiều"],
        },
    );
}

#[test]
fn pictures_that_a_script_would_load_and_a_logo_that_is_shared() {
    check(
        include_str!("../../tests/pages/articles/lazy.html"),
        &Expected {
            title: "Bệnh viện Tri An khám miễn phí cho công nhân khu công nghiệp",
            published: Some("2025-09-02T14:30:00+07:00"),
            author: Some("PHẠM THU HẰNG"),
            summary: "Hơn 600 công nhân đã được đo huyết áp, khám mắt và tư vấn dinh dưỡng trong hai ngày cuối tuần.",
            image: Some("https://trian.example.vn/uploads/2025/09/kham-benh.jpg"),
            text: &[
                "Hơn 600 công nhân đã được đo huyết áp, khám mắt và tư vấn dinh dưỡng trong hai ngày cuối tuần.",
                "Chương trình do Bệnh viện Tri An và Liên đoàn Lao động phối hợp tổ chức, nhằm phát hiện sớm các bệnh thường gặp ở người làm việc theo ca.",
                "Bác sĩ khám mắt cho công nhân tại nhà ăn của khu công nghiệp",
                "Bác sĩ Phạm Thu Lan cho biết gần một phần ba số người đến khám có dấu hiệu mỏi mắt kéo dài, một số cần được theo dõi huyết áp tại trạm y tế phường.",
                "Bệnh viện sẽ trở lại vào tháng mười để khám cho các phân xưởng còn lại. Công nhân có thể đăng ký qua phòng nhân sự của công ty mình.",
            ],
            html: &[
                "<a href=\"https://trian.example.vn/benh-vien/tri-an\"",
                "<img src=\"https://trian.example.vn/uploads/2025/09/kham-benh.jpg\" alt=\"Khám mắt\"><figcaption>Bác sĩ khám mắt",
                "<img src=\"https://trian.example.vn/uploads/2025/09/tu-van-1200.jpg\" alt=\"Tư vấn\"></figure>",
            ],
        },
    );
}

#[test]
fn a_notice_of_one_paragraph_with_a_bare_day() {
    let html = include_str!("../../tests/pages/articles/notice.html");
    let text = "Để súc rửa bể chứa, trạm cấp nước xã An Khê tạm ngừng cấp nước từ 8 giờ đến 17 giờ ngày 05/06/2024. Đề nghị bà con chủ động dự trữ nước sinh hoạt.";
    check(
        html,
        &Expected {
            title: "Thông báo tạm ngừng cấp nước",
            published: Some("2024-06-03T00:00:00+07:00"),
            author: None,
            summary: text,
            image: None,
            text: &[text],
            html: &["<p>Để súc rửa"],
        },
    );
    let draft = draft(html, "https://ankhe.example.vn/thong-bao/13");
    assert_eq!(draft.published.unwrap().precision, Precision::Day);
    assert_eq!(draft.problems, ["time unknown"]);
}

#[test]
fn a_page_from_the_days_of_capitals_and_fonts() {
    check(
        include_str!("../../tests/pages/articles/legacy.html"),
        &Expected {
            title: "Bắt nhóm trộm cắp cáp viễn thông trên địa bàn ba xã",
            published: Some("2022-11-21T10:18:00+07:00"),
            author: Some("Đ.X, MINH TÂM"),
            summary: "Sau năm ngày truy xét, Công an huyện Đông Xuân đã bắt giữ bốn đối tượng chuyên trộm cắp cáp viễn thông.",
            image: Some("https://tin.example.vn/img/tin/tang-vat.jpg"),
            text: &[
                "Sau năm ngày truy xét, Công an huyện Đông Xuân đã bắt giữ bốn đối tượng chuyên trộm cắp cáp viễn thông.",
                "Theo điều tra ban đầu, từ đầu tháng mười một, nhóm này lợi dụng đêm tối cắt trộm gần hai nghìn mét cáp tại các xã Đông Hà, Đông Sơn và Xuân Lộc, gây gián đoạn liên lạc của hàng trăm hộ dân.",
                "Khám xét nơi ở của các đối tượng, cơ quan công an thu giữ hai xe máy, ba kìm cộng lực và hơn bốn trăm ki-lô-gam dây đồng chưa kịp tiêu thụ.",
                "Tang vật vụ án bị thu giữ",
                "Vụ án đang được tiếp tục mở rộng điều tra. Công an huyện đề nghị người dân khi thấy dấu hiệu nghi vấn quanh các trạm viễn thông thì báo ngay cho công an xã.",
            ],
            html: &["<p><b>Sau năm ngày", "<figcaption>Tang vật vụ án bị thu giữ</figcaption></figure><p>Vụ án"],
        },
    );
}

#[test]
fn a_magazine_that_says_much_of_itself() {
    let html = include_str!("../../tests/pages/articles/magazine.html");
    check(
        html,
        &Expected {
            title: "River otters return to the old harbour",
            published: Some("2025-05-09T06:30:00+01:00"),
            author: Some("Ruth Alder, Tom Brackwater"),
            summary: "Forty years after the last sighting, three families of otters have settled between the moorings.",
            image: Some("https://tidal.example/media/otters-1600.jpg"),
            text: &[
                "Forty years after the last sighting, three families of otters have settled between the moorings.",
                "Two of the otters on the north jetty, early in May.",
                "The first to notice was the ferryman. “I thought it was a seal,” he said, “until it climbed aboard & looked at my breakfast.” Since then the harbour office has counted eleven animals, five of them young.",
                "Biologists at the marsh station credit the new reed beds, which clean the water before it reaches the basin. Salinity has fallen, fish have come back, and with them the hunters.",
                "What the counts say",
                "Year",
                "Adults",
                "Young",
                "2023",
                "2",
                "0",
                "2024",
                "4",
                "1",
                "2025",
                "6",
                "5",
                "Nobody invited them. They simply decided that the harbour was good enough again.",
                "Visitors are asked to keep three rules in mind:",
                "Keep dogs on a lead along the quay.",
                "Do not feed the animals, however they look at you.",
                "Report any injured otter to the harbour office.",
                "The council will decide in June whether the north jetty stays closed to boats during the breeding season. Sailing clubs have said that they would support a trial of one year.",
            ],
            html: &[
                "<img src=\"https://tin.example.vn/media/otters-1600.webp\" alt=\"Two otters on a jetty\"><figcaption>",
                "climbed aboard &amp; looked",
                "<h2>What the counts say</h2><table><tbody><tr><th>Year</th><th>Adults</th><th>Young</th></tr><tr><td>2023</td>",
                "</table><blockquote><p>Nobody invited them",
                "<a href=\"https://www.youtube.com/watch?v=abcDEF12345\"",
                "<ol><li>Keep dogs",
            ],
        },
    );
    let draft = draft(html, "https://tidal.example/2025/05/otters");
    assert_eq!(draft.updated.unwrap().to_rfc3339(), "2025-05-10T08:00:00+01:00");
    assert_eq!(draft.categories, ["Nature", "otters", "harbour"]);
    assert_eq!(draft.site.as_deref(), Some("The Tidal Post"));
}

#[test]
fn a_page_without_an_article_says_so() {
    let draft = draft(include_str!("../../tests/pages/articles/menu.html"), "https://tin.example.vn/");
    assert_eq!((draft.text.as_str(), draft.html.as_str()), ("", ""));
    assert_eq!(draft.problems, ["no article text was found"]);
    let refused = self::draft(&"<div>".repeat(5_000), "https://tin.example.vn/");
    assert_eq!(refused.problems, ["the page is nested more than 256 levels deep"]);
    assert_eq!(self::draft("", "about:blank").problems, ["no article text was found"]);
}

#[test]
fn the_list_decides_between_titles() {
    let page = "<title>Tin A: bản in | Báo</title><meta property=og:title content='Tin A: bản in của báo'><h1>Nhà văn hóa mở cửa</h1>";
    let listed = Candidate {
        url: Url::parse("https://tin.example.vn/a").unwrap(),
        title: "Tin A:  bản in của Báo".to_owned(),
        published: None,
        summary: None,
        image: Some(Url::parse("https://tin.example.vn/a.jpg").unwrap()),
        author: None,
        attachments: Vec::new(),
        sighting: crate::list::Sighting::default(),
    };
    let draft = draft_with(page, "https://tin.example.vn/a", &Context { listed: Some(&listed), ..Context::default() });
    assert_eq!(draft.title.as_deref(), Some("Tin A: bản in của báo"));
    assert_eq!(draft.image, listed.image);
}

#[test]
fn hostile_markup_leaves_nothing_that_acts() {
    let page = include_str!("../../tests/pages/articles/divs.html").replace(
        "<b>thường xuyên",
        "<a href=\"java\nscript:x()\">a</a><img src=x onerror=alert(1)><a href='https://u:p@x.example/\"onclick=y'>c</a>\u{2028}<b>&lt;script&gt;",
    );
    let draft = draft(&page, "https://tin.example.vn/tin/a");
    check_forms(&draft);
    assert!(!draft.html.contains("script:") && !draft.html.contains("onerror") && !draft.html.contains("u:p@"), "{}", draft.html);
    assert!(draft.html.contains("&lt;script&gt;"));
    assert!(!draft.text.contains(['\u{2028}', '\u{2029}', '\u{85}']));
}

#[test]
fn no_cut_of_a_page_is_too_much() {
    let page = include_str!("../../tests/pages/articles/liferay.html");
    for end in (0..page.len()).step_by(97) {
        let draft = draft(&page[..page.floor_char_boundary(end)], "about:blank");
        assert_eq!(draft.text.is_empty(), draft.html.is_empty());
    }
}

const OWN: &str = "<p>Sáng nay, xã Đông Lĩnh bàn giao hai mươi căn nhà mới cho các hộ dân ở bãi bồi ven sông.</p>\
    <p>Mỗi căn rộng sáu mươi mét vuông, có điện, nước sạch và nằm cao hơn đỉnh lũ năm ngoái một mét.</p>\
    <p>Ủy ban nhân dân xã cho biết hai mươi căn còn lại sẽ xong trước mùa mưa sang năm.</p>";

/// The draft of a page with `body` below its headline, and a box of other news behind it.
fn below_headline(body: &str) -> Draft {
    let html = format!(
        "<html lang=vi><title>Xã Đông Lĩnh bàn giao nhà mới</title><body><div class=main><div class=post>\
         <h1>Xã Đông Lĩnh bàn giao nhà mới</h1><div>20/11/2026 08:15</div>{body}</div>\
         <div class=khac><h4>Tin cùng chuyên mục</h4><ul><li><a href=/2>Khai mạc hội bơi thuyền truyền thống trên sông Lèn</a>\
         <li><a href=/3>Nông dân Hà Trung được mùa dứa, giá cao hơn năm trước</a></ul></div></div>"
    );
    draft(&html, "https://xa.example.vn/tin/1")
}

#[test]
fn a_table_at_the_end_keeps_its_last_numbers() {
    let row = |name: &str| format!("<tr><td>Thôn {name}</td><td>12</td><td>356,5</td></tr>");
    let table = format!(
        "<table><caption>Số căn nhà theo từng thôn</caption><tr><th>Thôn</th><th>Số căn</th><th>Kinh phí</th></tr>{}{}<tr><td>Thôn Hạ</td><td>49</td><td>121,5</td></tr></table>",
        row("Thượng"),
        row("Trung")
    );
    let draft = below_headline(&format!("<div class=body>{OWN}{table}</div>"));
    assert!(draft.html.contains("<tr><td>Thôn Hạ</td><td>49</td><td>121,5</td></tr>"), "{}", draft.html);
}

#[test]
fn a_box_of_another_story_is_known_by_two_signs() {
    let other = "<p class=sapo>Mười hai đội bơi tranh tài trên quãng sông dài ba cây số trước hàng nghìn khán giả.</p>";
    let link = "<a class=title href=/2>Khai mạc hội bơi thuyền truyền thống trên sông Lèn</a>";
    let picture = "<a href=/2><img src=/nho.jpg></a>";
    for teaser in [
        format!("<div class=relatedbox>{picture}<div>{link}{other}</div></div>"),
        format!("<div class=o>{picture}<div>{link}{other}</div></div>"),
        format!("<div class=related-news>{link}{other}</div>"),
    ] {
        let (first, rest) = OWN.split_at(OWN.find("</p>").unwrap() + 4);
        let draft = below_headline(&format!("<div class=body>{first}{teaser}{rest}</div>"));
        assert!(!draft.text.contains("Mười hai đội") && draft.text.contains("căn còn lại"), "{teaser}: {}", draft.text);
        let film = below_headline(&format!("<div class=body><video src=/a.mp4></video>{teaser}</div>"));
        assert!(!film.text.contains("Mười hai đội"), "{teaser}: {}", film.text);
    }
    // Behind a label they are others, however many, and a film's one sentence is all of its text.
    let cards = |address: usize| {
        format!(
            "<div class=o><a href=/{address}><img src=/nho{address}.jpg></a><h3><a href=/{address}>Khai mạc hội bơi thuyền truyền thống lần thứ {address}</a></h3><time>1 giờ trước</time><div>Mười hai đội bơi tranh tài trên quãng sông dài {address} cây số trước hàng nghìn khán giả.</div></div>"
        )
    };
    let lead = "<div class=tt>Lễ hội bơi thuyền năm nay có thêm hai đội nữ và một đội của học sinh trong huyện.</div>";
    let film = below_headline(&format!(
        "{lead}<div><video src=/a.mp4></video></div><div><h3>Tin liên quan</h3>{}{}{}</div>",
        cards(4),
        cards(5),
        cards(6)
    ));
    assert!(film.text.contains("hai đội nữ") && !film.text.contains("Mười hai đội"), "{}", film.text);
    // A section of the story itself may have a linked heading.
    let section = "<div><p><a href=/du-an>Dự án bãi bồi ven sông qua ba giai đoạn</a></p><p>Giai đoạn đầu xây kè đá dài hai cây số, giai đoạn sau mới dựng nhà.</p></div>";
    let draft = below_headline(&format!("<div class=body>{OWN}{section}</div>"));
    assert!(draft.text.contains("Giai đoạn đầu"), "{}", draft.text);
    // So may a part whose first paragraph is short, and what a shop sells is no story.
    let long = "Mười hai đội bơi đã tập luyện từ đầu tháng trên khúc sông trước đình làng, nơi nước lặng và đủ sâu. ".repeat(5);
    let part = format!("<div class=relatedbox>{picture}<div>{link}{other}<p>{long}</p></div></div>");
    let shop = format!("<div class=o>{picture}<div>{link}{other}</div></div>").replace("/2", "https://banthuyen.test/2");
    for own in [part, shop] {
        let draft = below_headline(&format!("<div class=body>{OWN}{own}{OWN}</div>"));
        assert!(draft.text.contains("Mười hai đội bơi tranh tài"), "{own}: {}", draft.text);
    }
}

#[test]
fn a_page_without_a_text_gives_its_scan_and_its_document() {
    let draft = below_headline("<div class=body><p><img src=/cong-van.jpg width=700 height=900></p></div>");
    assert_eq!(draft.text, "");
    assert!(draft.html.contains("/cong-van.jpg"), "{}", draft.html);
    let stamps = "<dl><dt>Chi tiết<dd>Viết bởi quản trị<dd>Lượt xem: 132</dl>";
    let draft = below_headline(&format!("{stamps}<div class=body><p><a href=/kh-53.pdf>Kế hoạch số 53.pdf</a></p></div>"));
    assert_eq!(draft.attachments.len(), 1, "{}", draft.html);
    assert!(!draft.text.contains("Khai mạc hội bơi"), "{}", draft.text);
    // The pictures beside other news are theirs.
    let cards = "<div class=o><img src=/2.jpg width=700 height=900><a href=/2>Khai mạc hội bơi thuyền truyền thống trên sông Lèn</a></div>";
    assert!(!below_headline(&format!("<div class=body></div>{cards}")).html.contains("/2.jpg"));
}

#[test]
fn a_label_behind_the_text_names_author_and_documents() {
    let draft = below_headline(&format!(
        "<div class=body>{OWN}{OWN}{OWN}{OWN}{OWN}</div><p class=text-right><strong>Tác giả:</strong> Minh Hà</p><p>Tài liệu: <a href=/qd.pdf>Quyết định 5.pdf</a></p>"
    ));
    assert_eq!(draft.author.as_deref(), Some("Minh Hà"));
    assert_eq!(draft.attachments.len(), 1);
    let glued = format!(
        "<div class=author-wrap><div class=author-name><a href=/tac-gia/minh-ha><b>Minh Hà</b></a></div><time>Thứ sáu, 20/11/2026 - 08:15</time></div><div class=body>{OWN}</div>"
    );
    assert_eq!(below_headline(&glued).author.as_deref(), Some("Minh Hà"));
}

#[test]
fn what_stands_for_those_who_run_no_scripts_is_read_where_there_is_nothing_else() {
    let text = "<p>Sáng 20/11, hơn hai trăm đoàn viên và bà con ba thôn đã ra quân nạo vét tuyến kênh dài bốn cây số.</p>\
                <p>Theo kế hoạch, công việc kéo dài trong ba ngày, mỗi thôn nhận một đoạn và tự tổ chức phương tiện.</p>\
                <p>Ủy ban nhân dân xã hỗ trợ xăng dầu, nước uống và khen thưởng những tổ làm tốt nhất.</p>";
    let read_page = |body: &str| {
        let html = format!("<html lang=vi><head><title>Ra quân nạo vét kênh</title></head><body>{body}</body></html>");
        let url = "https://hoalam.example.vn/tin/31".parse().unwrap();
        read(&Page { url, html, fetched_at: jiff::Timestamp::UNIX_EPOCH, problems: Vec::new() }, &Context::default()).text
    };
    let drawn = read_page(&format!("<div id=app></div><noscript><h1>Ra quân nạo vét kênh</h1>{text}</noscript><script src=a.js></script>"));
    assert!(drawn.starts_with("Sáng 20/11") && drawn.ends_with("tốt nhất."), "{drawn}");
    let shown = read_page(&format!("<h1>Ra quân nạo vét kênh</h1>{text}<noscript><p>Hãy bật JavaScript</p></noscript>"));
    assert!(shown.ends_with("tốt nhất."), "{shown}");
    assert_eq!(read_page("<div id=app></div><noscript><p>Hãy bật JavaScript để xem trang này trong trình duyệt</p></noscript>"), "");
}

#[test]
fn a_label_goes_with_the_list_that_it_announces() {
    let paragraph = "<p>The council of the town has decided to close the bridge for repairs, and it will be open again to all traffic in the \
                     summer, when the works that the county pays for are done.</p>";
    let links = "<ul><li><a href=/a>The old bridge is a hundred years old</a><li><a href=/b>How the ferry came to the town</a></ul>";
    let html = format!("<html lang=en><title>The bridge</title><body><h1>The bridge</h1>{paragraph}{paragraph}<p>More on this:</p>{links}");
    let text = draft(&html.replacen("summer", "spring", 1), "https://town.example/news/1").text;
    assert!(text.ends_with("are done."), "{text}");
}

const BRIDGE: &str = "<p>The council of the town has decided to close the bridge for repairs, and it will be open again to all traffic in the \
                      summer, when the works that the county pays for are done.</p>";

#[test]
fn an_address_to_write_to_is_part_of_the_text_around_it() {
    let other = BRIDGE.replace("summer", "spring");
    let has_address = |href: &str| {
        let body = format!("<h1>The old bridge</h1>{BRIDGE}<p><a href='{href}'>old.bridge@town.example</a></p>{other}");
        let html = format!("<html lang=en><title>The old bridge</title><body><div class=text>{body}</div>");
        draft(&html, "https://town.example/news/1").text.contains("old.bridge@town.example")
    };
    assert!(has_address("mailto:old.bridge@town.example") && !has_address("/contact"));
}

#[test]
fn a_page_says_how_long_its_recording_runs() {
    let length = |data: &str| {
        let html =
            format!("<html lang=vi><title>Bản tin sáng</title><script type=application/ld+json>{data}</script><h1>Bản tin sáng</h1>");
        draft(&html, "https://xa.example.vn/ban-tin").duration.map(|long| long.as_secs())
    };
    assert_eq!(length(r#"{"@type":"PodcastEpisode","associatedMedia":{"contentUrl":"/1.mp3","duration":"PT12M34S"}}"#), Some(754));
    assert_eq!(length(r#"{"@type":"AudioObject","duration":"00:12:34"}"#), Some(754));
    assert_eq!(length(r#"[{"@type":"VideoObject","duration":"PT1M"},{"@type":"VideoObject","duration":"PT2M"}]"#), None);
    assert_eq!(length(r#"{"@type":"Recipe","duration":"PT1M"}"#), None);
}

#[test]
fn a_page_says_in_its_scripts_how_long_the_listed_recording_runs() {
    let url: url::Url = "https://xa.example.vn/nghe/ban-tin-sang".parse().unwrap();
    let sound = Attachment {
        url: "https://cdn.example.net/24-11.mp3".parse().unwrap(),
        title: "Bản tin sáng".to_owned(),
        media_type: "audio/mpeg".to_owned(),
        duration: None,
    };
    let listed = Candidate {
        url: url.clone(),
        title: "Bản tin sáng".to_owned(),
        published: None,
        summary: None,
        image: None,
        author: None,
        attachments: vec![sound],
        sighting: Sighting::default(),
    };
    let length = |data: &str| {
        let html = format!("<html lang=vi><title>Bản tin sáng</title><h1>Bản tin sáng</h1><script>window.__STATE__ = {data};</script>");
        let page = Page { url: url.clone(), html, fetched_at: jiff::Timestamp::UNIX_EPOCH, problems: Vec::new() };
        read(&page, &Context { listed: Some(&listed), ..Context::default() }).duration.map(|long| long.as_secs())
    };
    assert_eq!(length(r#"{"episode": {"slug": "ban-tin-sang", "durationInSeconds": 754}}"#), Some(754));
    assert_eq!(length(r#"{"player": {"src": "//x/24-11.mp3", "sources": [{"url": "https://cdn.example.net/24-11.mp3?v=2"}]}}"#), None);
    assert_eq!(length(r#"{"player": {"sources": [{"url": "https://cdn.example.net/24-11.mp3", "duration": "12:34"}]}}"#), Some(754));
    let beside = r#"{"slug": "ban-tin-sang", "next": {"title": "Bản tin trưa hôm nay", "slug": "ban-tin-trua", "duration": 900}}"#;
    assert_eq!(length(beside), None);
    assert_eq!(length(r#"[{"slug": "ban-tin-sang", "duration": 754}, {"title": "Bản tin sáng", "duration": 900}]"#), None);
}

/// A village's news of a week, `parts` of it built alike.
fn parts(parts: std::ops::Range<usize>, inside: &str) -> String {
    let part = |number: usize| {
        format!(
            "<article class=muc>{inside}<h3>Thôn {number} làm đường nội đồng</h3><p>Sáng ngày {number}, bà con thôn {number} ra quân làm đường nội \
             đồng dài {number} cây số, rộng ba mét rưỡi, nối khu dân cư với cánh đồng phía đông. Mỗi hộ góp hai ngày công, xã hỗ trợ \
             xi măng và máy trộn, số tiền còn lại do con em xa quê gửi về qua ban vận động của thôn.</p></article>"
        )
    };
    parts.map(part).collect()
}

#[test]
fn parts_of_a_text_below_its_headline_are_no_other_stories() {
    let lead = "<p>Trong tuần qua, bốn thôn của xã Đông Lĩnh đã ra quân làm đường nội đồng, hoàn thành trước vụ gặt hai tuần.</p>";
    let draft = draft_of("Bốn thôn làm đường nội đồng", &format!("<h1>Bốn thôn làm đường nội đồng</h1>{lead}{}", parts(1..5, "")));
    assert!(draft.text.contains("thôn 4 ra quân"), "{}", draft.text);
    // Behind the story with the page's headline stand others.
    let story = parts(1..2, "<h1>Bốn thôn làm đường nội đồng</h1>");
    let draft = draft_of("Bốn thôn làm đường nội đồng", &format!("{story}{}", parts(2..5, "<h1>Tin khác</h1>")));
    assert!(draft.text.contains("thôn 1 ra quân") && !draft.text.contains("thôn 4 ra quân"), "{}", draft.text);
}

fn draft_of(title: &str, body: &str) -> Draft {
    draft(&format!("<html lang=vi><title>{title}</title><body><div class=main>{body}</div>"), "https://xa.example.vn/tin/1")
}

#[test]
fn a_question_that_is_asked_again_stays() {
    let question = "<p>Điều gì khiến ông bà quyết định hiến đất làm đường?</p>";
    let answers = [
        "Nhà tôi có sáu sào ruộng, bớt đi mấy chục mét vuông thì vẫn đủ ăn, mà con cháu có đường rộng để đi học.",
        "Ngày trước xe bò không vào được, lúa gặt xong phải gánh bộ hơn một cây số mới ra đến đường cái.",
        "Cả xóm cùng hiến, mình không thể đứng ngoài, vả lại đường làm xong thì đất của ai cũng có giá hơn.",
    ];
    let body: String = answers.iter().map(|answer| format!("{question}<p>{answer}</p>")).collect();
    let draft = draft_of("Chuyện hiến đất ở Đông Lĩnh", &format!("<h1>Chuyện hiến đất ở Đông Lĩnh</h1><div class=body>{body}</div>"));
    assert_eq!(draft.text.matches("quyết định hiến đất").count(), 3, "{}", draft.text);
}

#[test]
fn a_text_is_not_given_once_more_in_one_piece() {
    let paragraph = |number: usize| {
        format!(
            "Ngày {number}, bà con thôn {number} ra quân làm đường nội đồng dài {number} cây số, rộng ba mét rưỡi, nối khu dân cư với cánh đồng \
             phía đông. Mỗi hộ góp {number} ngày công, xã hỗ trợ xi măng và máy trộn."
        )
    };
    let body: String = (1..8).map(|number| format!("<p>{}</p>", paragraph(number))).collect();
    let whole: String = (1..8).map(|number| format!("{}\n\n", paragraph(number))).collect();
    let draft = draft_of(
        "Bảy thôn làm đường nội đồng",
        &format!("<h1>Bảy thôn làm đường nội đồng</h1><div class=body>{body}</div><pre># Bảy thôn làm đường nội đồng\n\n{whole}</pre>"),
    );
    assert_eq!(draft.text.matches("bà con thôn 4").count(), 1, "{}", draft.text);
}

#[test]
fn a_heading_that_links_to_its_own_place_is_a_heading() {
    let section = |id: &str, name: &str| {
        format!(
            "<h2 id={id}><a href='#{id}'>{name}</a></h2><p>Mỗi hộ góp hai ngày công, xã hỗ trợ xi măng và máy trộn, số tiền còn lại do con em \
             xa quê gửi về qua ban vận động.</p>{OWN}"
        )
    };
    let draft = below_headline(&format!("<div class=body>{OWN}{}{}</div>", section("gop-cong", "Góp công"), section("gop-cua", "Góp của")));
    assert!(draft.text.contains("\n\nGóp công\n\n") && draft.text.contains("\n\nGóp của\n\n"), "{}", draft.text);
    assert!(!draft.html.contains("<a "), "{}", draft.html);
}

#[test]
fn what_the_text_refers_to_on_other_sites_is_part_of_it() {
    let paragraph = "<p>The council of the town has decided to close the bridge for repairs, and it will be open again to all \
                     traffic in the summer, when the works that the county pays for are done.</p>";
    let with = |between: &str, address: &str| {
        let line = between.replace("{}", &format!("<a href='{address}'>The map of all roads around the bridge</a>"));
        let html = format!(
            "<html lang=en><title>The bridge</title><body><h1>The bridge</h1><div>{paragraph}{line}{}</div>",
            paragraph.replace("council", "mayor")
        );
        draft(&html, "https://town.example/news/1").text
    };
    for between in ["<p>{}</p>", "<ul><li>{}</ul>", "<h3>{}</h3>"] {
        let elsewhere = with(between, "https://maps.test/bridge");
        assert!(elsewhere.contains("The map of all roads"), "{between}: {elsewhere}");
        let here = with(between, "/news/2");
        assert!(!here.contains("The map of all roads"), "{between}: {here}");
    }
    let shared = with("<p class=share-links>{}</p>", "https://maps.test/share?u=1");
    assert!(!shared.contains("The map of all roads"), "{shared}");
}

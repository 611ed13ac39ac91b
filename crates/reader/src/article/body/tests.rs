//! Bodies with galleries, videos, lists and quotations, as feeds carry them.

use crate::{article, page::Page};

/// The body of an article whose paragraphs stand around `inside`, without those.
fn body(inside: &str) -> String {
    let first = "Sáng 18-1, phường An Hải khai mạc lễ hội cầu ngư với sự tham gia của hơn ba trăm ngư dân và hàng nghìn du khách.";
    let last = "Lễ hội kéo dài đến hết ngày 20-1, với các phần thi kéo co, lắc thúng và đua thuyền trên sông trước đình làng.";
    let html = format!(
        "<html lang=vi><title>Khai mạc lễ hội cầu ngư ở phường An Hải</title><body><div class=menu><a href=/>Trang chủ</a></div>\
         <div class=detail><h1>Khai mạc lễ hội cầu ngư ở phường An Hải</h1><div class=content><p>{first}</p>\n{inside}\n<p>{last}</p></div></div>"
    );
    let url = url::Url::parse("https://tin.example/le-hoi").unwrap();
    let page = Page { url, html, fetched_at: jiff::Timestamp::UNIX_EPOCH, problems: Vec::new() };
    let draft = article::read(&page, &article::Context::default());
    assert_eq!(crate::text::squeeze(&article::seen(&draft.html)), crate::text::squeeze(&draft.text));
    let start = draft.html.find(first).unwrap_or_else(|| panic!("{}", draft.html)) + first.len();
    let end = draft.html.rfind(last).unwrap_or_else(|| panic!("{}", draft.html));
    draft.html[start..end].trim_start_matches("</p>").trim_end_matches("<p>").replace("<figure>", "\n<figure>")
}

const GALLERY: [(&str, &str); 3] = [
    ("ruoc.jpg", "Đoàn rước kiệu đi qua cầu gỗ"),
    ("te.jpg", "Các bô lão làm lễ tế thần Nam Hải trước giờ ra khơi."),
    ("dua.jpg", "Đội thuyền An Hải về nhất"),
];

fn gallery(item: impl Fn(&str, &str) -> String) -> String {
    GALLERY.iter().map(|(picture, caption)| item(picture, caption)).collect()
}

#[test]
fn a_gallery_is_its_pictures_with_their_captions_in_order() {
    let figures = "\n<figure><img src=\"https://tin.example/ruoc.jpg\" alt=\"\"><figcaption>Đoàn rước kiệu đi qua cầu gỗ</figcaption></figure>\
                   \n<figure><img src=\"https://tin.example/te.jpg\" alt=\"\"><figcaption>Các bô lão làm lễ tế thần Nam Hải trước giờ ra khơi.</figcaption></figure>\
                   \n<figure><img src=\"https://tin.example/dua.jpg\" alt=\"\"><figcaption>Đội thuyền An Hải về nhất</figcaption></figure>";
    let galleries = [
        gallery(|picture, caption| format!("<figure><img src=/{picture}><figcaption>{caption}</figcaption></figure>")),
        format!(
            "<div class=album>{}</div>",
            gallery(|picture, caption| format!("<div class=item><img src=/{picture}><p>{caption}</p></div>"))
        ),
        format!(
            "<ul>{}</ul>",
            gallery(|picture, caption| format!("<li><a href=/xem/1><img src=/{picture}></a><span>{caption}</span></li>"))
        ),
        format!(
            "<dl class=gallery>{}</dl>",
            gallery(|picture, caption| format!("<dt><a href=/{picture}><img width=150 src=/nho/{picture}></a></dt><dd>{caption}</dd>"))
        ),
        format!(
            "<table>{}</table>",
            gallery(|picture, caption| format!("<tr><td><img src=/{picture}></td></tr><tr><td>{caption}</td></tr>"))
        ),
        gallery(|picture, caption| {
            format!(
                "<table class=tplCaption><tbody><tr><td><img data-src=/{picture} src=/blank.gif></td></tr><tr><td class=chu><p>{caption}</p></td></tr></tbody></table>"
            )
        }),
        gallery(|picture, caption| format!("<p align=center><img src=/{picture}></p><p align=center><i>{caption}</i></p>")),
        gallery(|picture, caption| format!("<div><img src=/{picture}><br>{caption}</div>")),
    ];
    for gallery in galleries {
        assert_eq!(body(&gallery).replace("<i>", "").replace("</i>", ""), figures, "{gallery}");
    }
}

#[test]
fn pictures_without_captions_follow_each_other() {
    let inside: String = GALLERY.iter().map(|(picture, _)| format!("<a href=/{picture}><img width=160 src=/nho/{picture}></a>")).collect();
    insta::assert_snapshot!(body(&format!("<div class=slider>{inside}</div>")), @r#"

    <figure><img src="https://tin.example/ruoc.jpg" alt=""></figure>
    <figure><img src="https://tin.example/te.jpg" alt=""></figure>
    <figure><img src="https://tin.example/dua.jpg" alt=""></figure>
    "#);
}

#[test]
fn films_can_be_reached() {
    let films = "<iframe src=https://player.vimeo.com/video/76979871></iframe><div class=VCSortableInPreviewMode data-vid=cdn.tin.example/2024/a.mp4></div>\
                 <iframe data-src=//www.youtube.com/embed/abcDEF12345></iframe><div class=box-video><video data-hls=1 src=/live/b.m3u8></video><p>Toàn cảnh buổi lễ</p></div>";
    insta::assert_snapshot!(body(films), @r#"
    <p>Video: <a href="https://vimeo.com/76979871" rel="noopener noreferrer">https://vimeo.com/76979871</a></p><video src="https://cdn.tin.example/2024/a.mp4" controls=""></video>
    <figure><a href="https://www.youtube.com/watch?v=abcDEF12345" rel="noopener noreferrer"><img src="https://i.ytimg.com/vi/abcDEF12345/hqdefault.jpg" alt="video"></a></figure><video src="https://tin.example/live/b.m3u8" controls=""></video><p>Toàn cảnh buổi lễ</p>
    "#);
}

#[test]
fn lists_quotations_and_tables_keep_their_form() {
    let inside = "<blockquote>Năm nay cá về sớm, bà con ai cũng mừng.<footer>Ông Lê Văn Tư, chủ tàu</footer></blockquote>\
                  <ol><li>Lễ nghinh thần<ul><li>Rước kiệu</li><li>Dâng hương</li></ul></li><li>Đua thuyền</li></ol>\
                  <table><thead><tr><th>Đội</th><th>Giờ về</th></tr></thead><tbody><tr><td>An Hải</td><td>12 phút</td></tr><tr><td>Thọ Quang</td><td>13 phút</td></tr></tbody></table>";
    insta::assert_snapshot!(body(inside), @"<blockquote><p>Năm nay cá về sớm, bà con ai cũng mừng.</p><p>Ông Lê Văn Tư, chủ tàu</p></blockquote><ol><li>Lễ nghinh thần<ul><li>Rước kiệu</li><li>Dâng hương</li></ul></li><li>Đua thuyền</li></ol><table><tbody><tr><th>Đội</th><th>Giờ về</th></tr><tr><td>An Hải</td><td>12 phút</td></tr><tr><td>Thọ Quang</td><td>13 phút</td></tr></tbody></table>");
}

#[test]
fn a_small_heading_under_a_picture_is_its_caption() {
    let picture = "<p><img src=/ruoc.jpg></p>";
    let figure = "\n<figure><img src=\"https://tin.example/ruoc.jpg\" alt=\"\">";
    for (rank, inside) in [("h6", ""), ("h5", "<i></i>"), ("h6", "<em>")] {
        let inside = body(&format!("{picture}<{rank}>{inside}Đoàn rước kiệu đi qua cầu gỗ trong buổi sáng đầu tiên.</{rank}>"));
        assert!(inside.starts_with(&format!("{figure}<figcaption>")), "{inside}");
        assert!(!inside.contains("<h4>"), "{inside}");
    }
    // Of headings in the text one may stand below a picture.
    let text = "<p>Nhiều trò chơi dân gian được tổ chức trên bãi biển trong hai ngày hội, thu hút đông đảo bà con và du khách.</p>";
    let headings = format!("<h5>Phần lễ trang nghiêm</h5>{text}{picture}<h5>Phần hội sôi nổi</h5>");
    assert!(body(&headings).contains("</figure><h4>Phần hội sôi nổi</h4>"), "{}", body(&headings));
}

#[test]
fn a_caption_is_known_by_its_class_in_vietnamese_too() {
    let inside = body("<p><img src=/ruoc.jpg></p><p class=chuthich>Đoàn rước kiệu đi qua cầu gỗ trong buổi sáng đầu tiên.</p>");
    assert!(inside.contains("<figcaption>Đoàn rước kiệu đi qua cầu gỗ trong buổi sáng đầu tiên.</figcaption>"), "{inside}");
}

#[test]
fn what_is_set_in_lines_keeps_them() {
    let first = "<pre>\n  Lịch lễ hội\n  8 giờ:   rước kiệu\n  9 giờ:   <b>đua thuyền</b> &amp; kéo co\n</pre>";
    assert_eq!(body(first), "<pre>Lịch lễ hội\n  8 giờ:   rước kiệu\n  9 giờ:   <b>đua thuyền</b> &amp; kéo co</pre>");
    let second = "<blockquote><pre>8 giờ: rước kiệu<br>9 giờ: đua thuyền trên sông</pre></blockquote>";
    assert_eq!(body(second), "<blockquote><pre>8 giờ: rước kiệu\n9 giờ: đua thuyền trên sông</pre></blockquote>");
    assert_eq!(body("<p>8 giờ:\n  rước kiệu qua cầu gỗ.</p>"), "<p>8 giờ: rước kiệu qua cầu gỗ.</p>");
}

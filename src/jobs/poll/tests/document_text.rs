//! Articles that are documents, and pages that have nothing else to read.

use loa_stand_ins::pages::Pages;

use super::*;

const NOTICE: &[u8] = include_bytes!("../../../../crates/documents/tests/documents/notice.pdf");
const SCHEDULE: &[u8] = include_bytes!("../../../../crates/documents/tests/documents/schedule.docx");

/// A list of documents with the days and numbers that they have, and one notice whose page has only its file.
fn list() -> String {
    let row = |number: u32, day: u32, file: &str, title: &str| {
        format!("<tr><td>{number}/TB-CAP</td><td><a href=\"{file}\">{title}</a></td><td>{day:02}/11/2026</td></tr>")
    };
    let rows = [
        row(91, 22, "/van-ban/tb-91.pdf", "Thông báo cấp căn cước lưu động cho người cao tuổi"),
        row(90, 21, "/van-ban/tb-90.docx", "Lịch tiếp công dân tháng 12 năm 2026 của phường"),
        row(89, 20, "/van-ban/tb-89.pdf", "Thông báo điều chỉnh giờ cấm tải trên đường Ngô Quyền"),
        row(87, 18, "/thong-bao/tuyen-dan-phong-87.html", "Thông báo tuyển dân phòng tại các tổ trong phường"),
    ];
    format!("<!doctype html><html lang=\"vi\"><title>Văn bản</title><main><table>{}</table></main>", rows.concat())
}

#[tokio::test]
async fn the_text_of_a_document_is_its_articles() {
    let newsroom = Newsroom::start().await;
    let pages = Pages::start().await.unwrap();
    pages.put("/van-ban/", list());
    pages.put("/van-ban/tb-91.pdf", NOTICE);
    pages.put("/van-ban/tb-90.docx", SCHEDULE);
    pages.put("/van-ban/tb-89.pdf", "%PDF-1.7 nothing else");
    pages.put("/tep/87.pdf", NOTICE);
    let title = "Thông báo tuyển dân phòng tại các tổ trong phường";
    let file = "<p>Đăng ngày 18-11-2026 08:10</p><a href=\"/tep/87.pdf\">Tải về</a>";
    pages.put("/thong-bao/tuyen-dan-phong-87.html", format!("<title>{title}</title><main><h1>{title}</h1>{file}</main>"));
    let text = format!("url = \"{}van-ban/\"\n", pages.url());
    let feed = crate::feed::read("ward".parse().unwrap(), "x.toml", &text, newsroom.folder.path(), &|_| None).unwrap();
    let report = poll(&feed, &newsroom.terms()).await.unwrap();
    assert_eq!(report.recorded.articles, 4, "{report:?}");
    let articles = newsroom.store.latest(&feed.id, 10).await.unwrap();
    let of = |part: &str| articles.iter().find(|article| article.url.as_str().contains(part)).unwrap();
    let notice = of("tb-91");
    assert_eq!(notice.title, "Thông báo cấp căn cước lưu động cho người cao tuổi");
    assert!(notice.text.contains("\n\nMọi thắc mắc xin liên hệ trực ban, điện thoại 0236 3.999.111.\n\n"), "{}", notice.text);
    assert!(notice.attachments.iter().map(|file| &file.url).eq([&notice.url]), "{:?}", notice.attachments);
    let schedule = of("tb-90");
    assert!(schedule.html.contains("<td>Đại úy Lê Thu Hà</td>"), "{}", schedule.html);
    let page = of("tuyen-dan-phong");
    assert!(page.text.starts_with("CÔNG AN PHƯỜNG AN") && page.html.contains("/tep/87.pdf"), "{}", page.html);
    // What cannot be read is an item all the same.
    assert_eq!(of("tb-89").text, "");
    assert!(
        matches!(report.remarks.as_slice(), [remark] if remark.contains("its document could not be read: it is damaged")),
        "{report:?}"
    );
}

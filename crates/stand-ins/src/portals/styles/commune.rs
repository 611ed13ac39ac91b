//! A commune's portal: what is read most stands left of the list and before it, under pictures of words.
//!
//! The number is in the middle of the address, and day and time stand in a line of their own with a label.

use super::{
    super::{
        body,
        pieces::{at, counters, document, each, escape, href, imprint, menu, rows, weather},
        site::{List, NAME, SECTIONS, Site},
        story::Story,
    },
    ALL, Style, heading, magazine, nothing,
};

pub(super) static STYLE: Style = Style {
    name: "commune",
    address: |story| format!("/tin-tuc/{}/{}", story.number, story.slug),
    section: |section| format!("/chuyen-muc/{}/{}", 11 + section, SECTIONS[section].1),
    files: "tep-tin",
    list,
    article,
    extra: nothing,
    charset: None,
    rebuilt: &magazine::STYLE,
    shown: ALL,
};

fn list(site: &Site, list: List) -> String {
    let rows = rows(&site.rows(list), |story| {
        format!(
            "<div class=\"dong-tin\"><div class=\"tieu-de\"><a href=\"{0}\">{1}</a></div><div class=\"thong-tin\">Ngày đăng: {2} | Lượt xem: {3}\
             </div><div class=\"trich\">{4}</div><a class=\"xem-tiep\" href=\"{0}\">Xem tiếp »</a></div>",
            href(site, story),
            escape(&story.title),
            at(story, "%d/%m/%Y, %H:%M"),
            site.views(story),
            escape(&story.lead)
        )
    });
    page(site, heading(list), &format!("<div class=\"duong-dan\"><a href=\"/\">Trang chủ</a> » {}</div>{rows}", heading(list)))
}

fn article(site: &Site, story: &Story) -> String {
    let files = body::files(story, |files| format!("<div class=\"dinh-kem\">Tệp đính kèm: {files}</div>"));
    let main = format!(
        "<h2 class=\"tieu-de-tin\">{}</h2><div class=\"ngay\">Ngày đăng: {}</div><div class=\"tom-tat\"><b>{}</b></div>\
         <div class=\"noi-dung\">{}</div><div class=\"tac-gia\">{}</div>{files}<div class=\"tin-khac\"><h3>Tin cùng chuyên mục</h3>{}</div>",
        escape(&story.title),
        at(story, "%d/%m/%Y, %H:%M"),
        escape(&story.lead),
        body::text(story, body::plain),
        story.byline(),
        each(&site.others(story), |other| format!(
            "<div>- <a href=\"{}\">{}</a> ({})</div>",
            href(site, other),
            escape(&other.title),
            at(other, "%d/%m/%Y")
        )),
    );
    page(site, &story.title, &main)
}

fn page(site: &Site, title: &str, main: &str) -> String {
    let small = |story: &Story| {
        format!(
            "<div class=\"tin-nho\"><img src=\"/uploads/cham.gif\" width=\"6\"> <a href=\"{}\">{}</a></div>",
            href(site, story),
            escape(&story.title)
        )
    };
    let body = format!(
        "<div id=\"dau\">{NAME}</div><div id=\"thuc-don\">{}</div><table id=\"khung\"><tr><td class=\"trai\"><div>\
         <img src=\"/uploads/doc-nhieu.png\" alt=\"Tin đọc nhiều\"></div><div>{}</div><div><img src=\"/uploads/phim.png\" alt=\"Phim\"></div>\
         <div>{}</div></td><td class=\"giua\">{main}</td><td class=\"phai\"><div class=\"nhan\">Thông báo mới</div><div>{}</div>{}<br>{}</td></tr>\
         </table><div id=\"chan\">{}</div>",
        menu(site),
        each(&site.most_read(), small),
        each(&site.films(), small),
        each(&site.notices(), small),
        weather(site),
        counters(site),
        imprint(),
    );
    document(&format!("{title} | {NAME}"), "", &body)
}

//! Liferay with its own detail page: a session's number in every link, the section as the page's first heading.

use super::{
    super::{
        body,
        pieces::{at, counters, document, each, escape, imprint, menu, rows, weather},
        site::{List, NAME, SECTIONS, Site},
        story::{Kind, Story},
    },
    ALL, Style, drupal, heading, nothing,
};

pub(super) static STYLE: Style = Style {
    name: "liferay-detail",
    address: |story| format!("/-/chi-tiet/{}/{}", story.number, story.slug),
    section: |section| format!("/web/guest/chuyen-muc-{}", section + 31),
    files: "documents/20121",
    list,
    article,
    extra: nothing,
    charset: None,
    rebuilt: &drupal::STYLE,
    shown: ALL,
};

/// The address with the number of a session, which changes with every page that is built.
fn href(site: &Site, story: &Story) -> String {
    let session = if story.kind == Kind::Document {
        String::new()
    } else {
        format!(";jsessionid={:016X}.node{}", 0x9f3a_11c7_u64 * u64::from(site.turn + 1), 1 + site.turn % 2)
    };
    format!("{}{session}", site.path(story))
}

fn links(site: &Site, stories: &[&Story]) -> String {
    format!("<ul>{}</ul>", each(stories, |story| format!("<li><a href=\"{}\">{}</a></li>", href(site, story), escape(&story.title))))
}

fn list(site: &Site, list: List) -> String {
    let rows = rows(&site.rows(list), |story| {
        format!(
            "<div class=\"item-tin\"><a class=\"anh\" href=\"{0}\"><img src=\"/uploads/nho-{1}.jpg\" alt=\"\"></a>\
             <h4><a href=\"{0}\">{2}</a></h4><p class=\"ngay\">{3}</p><p class=\"tom-tat\">{4}</p></div>",
            href(site, story),
            story.number,
            escape(&story.title),
            at(story, "%d/%m/%Y"),
            escape(&story.lead)
        )
    });
    page(site, heading(list), &format!("<h1 class=\"tieu-de-muc\">{}</h1><div class=\"danh-sach\">{rows}</div>", heading(list)))
}

fn article(site: &Site, story: &Story) -> String {
    let section = SECTIONS[story.section].0;
    let files = body::files(story, |files| format!("<div class=\"dinh-kem\"><b>File đính kèm:</b> {files}</div>"));
    let main = format!(
        "<h1 class=\"tieu-de-muc\">{section}</h1><h3 class=\"tieu-de\">{}</h3><div class=\"ngay-dang\">Ngày đăng: {}</div>\
         <div class=\"noi-dung\"><p><b>{}</b></p>\n{}<p class=\"tac-gia\" style=\"text-align:right\"><b>{}</b></p></div>{files}\
         <div class=\"tin-khac\"><h3>Tin khác</h3>{}</div>",
        escape(&story.title),
        at(story, "%d/%m/%Y %H:%M"),
        escape(&story.lead),
        body::text(story, body::plain),
        story.byline(),
        links(site, &site.others(story)),
    );
    page(site, &format!("{} - {section} của huyện - UBND", story.title), &main)
}

fn page(site: &Site, title: &str, main: &str) -> String {
    let body = format!(
        "<div class=\"top\"><a href=\"/\"><img src=\"/uploads/banner.jpg\" alt=\"\"></a></div><div class=\"menu\">{}</div>\
         <div class=\"row\"><div class=\"col-9\">{main}</div><div class=\"col-3\"><div class=\"hop\"><p>Thông báo mới</p>{}</div>\
         <div class=\"hop\"><p>Xem nhiều nhất</p>{}</div><div class=\"hop\">{}</div><div class=\"hop\">{}</div></div></div>\
         <div class=\"chan-trang\">{}</div>",
        menu(site),
        links(site, &site.notices()),
        links(site, &site.most_read()),
        weather(site),
        counters(site),
        imprint(),
    );
    document(title, &format!("<meta property=\"og:site_name\" content=\"{NAME}\">\n"), &body)
}

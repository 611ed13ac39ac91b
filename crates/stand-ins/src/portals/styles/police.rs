//! A police's portal, with which Loa began: short stories, eight dated lines of "Các tin khác", boxes in capitals.

use super::{
    super::{
        body,
        pieces::{at, counters, document, each, escape, href, imprint, items, link, menu, rows, weather},
        site::{List, NAME, SECTIONS, Site},
        story::Story,
    },
    ALL, Style, heading, nothing, nukeviet,
};

pub(super) static STYLE: Style = Style {
    name: "police",
    address: |story| format!("/chi-tiet-tin-tuc/{}-{}", story.slug, story.number),
    section: |section| format!("/danh-muc/{}", SECTIONS[section].1),
    files: "van-ban/tep",
    list,
    article,
    extra: nothing,
    charset: None,
    rebuilt: &nukeviet::STYLE,
    shown: ALL,
};

fn list(site: &Site, list: List) -> String {
    let rows = rows(&site.rows(list), |story| {
        format!(
            "<li class=\"news-item\"><a class=\"thumb\" href=\"{0}\"><img src=\"/uploads/nho-{1}.jpg\" alt=\"\"></a><h3>\
             <a href=\"{0}\">{2}</a></h3>\
             <span class=\"date\">{3}</span><p>{4}</p></li>",
            href(site, story),
            story.number,
            escape(&story.title),
            at(story, "%d-%m-%Y %H:%M"),
            escape(&story.lead)
        )
    });
    page(site, heading(list), &format!("<ul class=\"news-list\">{rows}</ul>"))
}

fn article(site: &Site, story: &Story) -> String {
    let files = body::files(story, |files| format!("<p>Tệp đính kèm: {files}</p>"));
    let others =
        each(&site.others(story), |other| format!("<li>{} <span>({})</span></li>", link(site, other), at(other, "%d-%m-%Y %H:%M")));
    let main = format!(
        "<div class=\"detail\"><h2 class=\"title\">{}</h2><div class=\"date\">Đăng ngày {}, Lượt xem: {}</div><p class=\"lead\"><strong>{}\
         </strong></p>\n{}\
         <p style=\"text-align: right\"><strong>{}</strong></p>{files}<p class=\"rating\">ĐÁNH GIÁ BÀI VIẾT</p><p>Các tin khác</p>\
         <ul>{others}</ul></div>",
        escape(&story.title),
        at(story, "%d-%m-%Y %H:%M"),
        site.views(story),
        escape(&story.lead),
        body::text(story, body::office),
        story.byline().to_uppercase(),
    );
    page(site, &story.title, &main)
}

fn page(site: &Site, title: &str, main: &str) -> String {
    let wanted = "<div class=\"box\"><p class=\"box-title\">TRUY NÃ</p><p>Lệnh truy nã số 17: đối tượng bỏ trốn khỏi nơi cư trú</p>\
                  <p>Lệnh truy nã số 18: đối tượng chiếm đoạt tài sản</p></div>";
    let body = format!(
        "<div id=\"header\"><img src=\"/uploads/banner.png\" alt=\"{NAME}\"></div><div id=\"mainmenu\">{}</div><div id=\"content\">\
         <div class=\"main-col\">{main}</div>\
         <div class=\"right-col\"><div class=\"box\"><p class=\"box-title\">THÔNG BÁO</p>{}</div>{wanted}<div class=\"box\">\
         <p class=\"box-title\">VIDEO CLIP</p>{}</div>\
         <div class=\"box\"><p class=\"box-title\">TIN ĐỌC NHIỀU</p>{}</div><div class=\"box\">{}</div><div class=\"box\">{}</div></div>\
         </div><div id=\"footer\">{}</div>",
        menu(site),
        items(site, &site.notices()),
        items(site, &site.films()),
        items(site, &site.most_read()),
        weather(site),
        counters(site),
        imprint(),
    );
    document(&format!("{title} - {NAME}"), "", &body)
}

//! Drupal 7: rows of a view, nodes with fields, and a login block beside them.

use super::{
    super::{
        body::{self, Part},
        pieces::{at, counters, document, each, escape, href, imprint, items, menu, rows, signed, weather},
        site::{List, NAME, SECTIONS, Site},
        story::Story,
    },
    ALL, Style, heading, nothing, vnpt,
};

pub(super) static STYLE: Style = Style {
    name: "drupal",
    address: |story| format!("/content/{}", story.first_slug),
    section: |section| format!("/muc/{}", SECTIONS[section].1),
    files: "sites/default/files",
    list,
    article,
    extra: nothing,
    charset: None,
    rebuilt: &vnpt::STYLE,
    shown: ALL,
};

fn list(site: &Site, list: List) -> String {
    let rows = rows(&site.rows(list), |story| {
        format!(
            "<div class=\"views-row\"><div class=\"views-field views-field-title\"><span class=\"field-content\"><a href=\"{0}\">{1}</a>\
             </span></div>\
             <div class=\"views-field views-field-created\"><span class=\"field-content\">{2}</span></div>\
             <div class=\"views-field views-field-body\"><div class=\"field-content\">{3}</div></div></div>",
            href(site, story),
            escape(&story.title),
            at(story, "%d/%m/%Y - %H:%M"),
            escape(&story.lead)
        )
    });
    page(site, heading(list), &format!("<h1 class=\"page-title\">{}</h1><div class=\"view-content\">{rows}</div>", heading(list)))
}

fn article(site: &Site, story: &Story) -> String {
    let files = body::files(story, |files| {
        format!(
            "<div class=\"field field-name-field-tep\"><div class=\"field-label\">Tệp đính kèm:&nbsp;</div>\
             <span class=\"file\">{files}</span></div>"
        )
    });
    let author = signed(story, |author| {
        format!("<div class=\"field field-name-field-tac-gia\"><div class=\"field-label\">Tác giả:&nbsp;</div>{}</div>", author)
    });
    let main = format!(
        "<h1 class=\"page-title\">{}</h1><div class=\"node node-article\"><div class=\"meta submitted\"><span>Đăng ngày {}</span></div>\
         <div class=\"content\"><div class=\"field field-name-field-tom-tat\">{}</div><div class=\"field field-name-body\">\
         <div class=\"field-item\">{}</div></div>{author}{files}</div></div>\
         <div class=\"block block-views\"><h2>Tin liên quan</h2>{}</div>",
        escape(&story.title),
        at(story, "%d/%m/%Y - %H:%M"),
        escape(&story.lead),
        body::text(story, |part| match part {
            Part::Film(path) => format!("<div class=\"lazy-video\"><video preload=\"none\" data-src=\"{path}\"></video></div>"),
            other => body::plain(other),
        }),
        items(site, &site.others(story)),
    );
    page(site, &story.title, &main)
}

fn page(site: &Site, title: &str, main: &str) -> String {
    let login = "<div class=\"block block-user\"><h2>Đăng nhập</h2><form action=\"/node?destination=node\" method=\"post\">\
                 <label>Tên truy cập *</label>\
                 <input name=\"name\"><label>Mật khẩu *</label><input type=\"password\" name=\"pass\"><ul><li>\
                 <a href=\"/user/password\">Yêu cầu mật khẩu mới</a></li></ul></form></div>";
    let films = each(&site.films(), |story| {
        format!(
            "<div class=\"views-row\"><div class=\"views-field views-field-title\"><span class=\"field-content\"><a href=\"{}\">{}</a>\
             </span></div></div>",
            href(site, story),
            escape(&story.title)
        )
    });
    let body = format!(
        "<div id=\"page\"><div id=\"header\"><a href=\"/\" rel=\"home\" id=\"logo\">{NAME}</a></div><div id=\"main-menu\">{}</div>\
         <div id=\"sidebar-first\" class=\"sidebar\">{login}<div class=\"block\"><h2>Thông báo</h2>{}</div><div class=\"block\"><h2>Video\
         </h2>{films}</div></div>\
         <div id=\"content\">{main}</div><div id=\"sidebar-second\" class=\"sidebar\"><div class=\"block\"><h2>Xem nhiều</h2>{}</div>\
         <div class=\"block\">{}</div>\
         <div class=\"block\">{}</div></div><div id=\"footer\">{}</div></div>",
        menu(site),
        items(site, &site.notices()),
        items(site, &site.most_read()),
        weather(site),
        counters(site),
        imprint(),
    );
    document(&format!("{title} | {NAME}"), "<meta name=\"Generator\" content=\"Drupal 7\">\n", &body)
}

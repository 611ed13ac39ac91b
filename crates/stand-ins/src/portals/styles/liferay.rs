//! Liferay with its asset publisher: the `h1` is hidden and names the section, as does the end of every title.

use super::{
    super::{
        body,
        pieces::{at, counters, document, each, escape, href, imprint, items, menu, rows, weather},
        site::{List, NAME, SECTIONS, Site},
        story::Story,
    },
    ALL, Style, heading, nothing, wordpress,
};

pub(super) static STYLE: Style = Style {
    name: "liferay",
    address: |story| format!("/web/guest/{}/-/asset_publisher/Kq7sT2/content/{}", SECTIONS[story.section].1, story.first_slug),
    section: |section| format!("/web/guest/{}", SECTIONS[section].1),
    files: "documents/10180",
    list,
    article,
    extra: nothing,
    charset: None,
    rebuilt: &wordpress::STYLE,
    shown: ALL,
};

fn list(site: &Site, list: List) -> String {
    let rows = rows(&site.rows(list), |story| {
        format!(
            "<div class=\"asset-abstract\"><h3 class=\"asset-title\"><a href=\"{0}\">{1}</a></h3>\
             <div class=\"asset-content\"><div class=\"asset-summary\">{2}</div>\
             <div class=\"asset-more\"><a href=\"{0}\">Xem thêm <span class=\"hide-accessible\">{1}</span> »</a></div></div>\
             <div class=\"asset-metadata\"><span class=\"metadata-publish-date\">{3}</span></div></div>",
            href(site, story),
            escape(&story.title),
            escape(&story.lead),
            at(story, "%d/%m/%Y %H:%M")
        )
    });
    page(site, heading(list), heading(list), &format!("<div class=\"portlet-asset-publisher\">{rows}</div>"))
}

fn article(site: &Site, story: &Story) -> String {
    let section = SECTIONS[story.section].0;
    let files = body::files(story, |files| format!("<div class=\"attachments\"><span>Tệp đính kèm:</span> {files}</div>"));
    let main = format!(
        "<div class=\"asset-full-content\"><h3 class=\"header-title\">{}</h3><div class=\"metadata-entry\">{}</div>\
         <div class=\"journal-content-article\"><p><strong>{}</strong></p>\n{}<p style=\"text-align: right\"><strong>{}</strong></p>\
         </div>{files}</div>\
         <div class=\"taglib-ratings\">Trung bình (0 Đánh giá)</div><div class=\"other-news\"><h4>Tin cùng chuyên mục</h4><ul>{}</ul>\
         </div>",
        escape(&story.title),
        at(story, "%d/%m/%Y %H:%M"),
        escape(&story.lead),
        body::text(story, body::office),
        story.byline(),
        each(&site.others(story), |other| format!(
            "<li><a href=\"{}\">{}</a> <span>({})</span></li>",
            href(site, other),
            escape(&other.title),
            at(other, "%d/%m/%Y")
        )),
    );
    page(site, &format!("{} - {section}", story.title), section, &main)
}

fn page(site: &Site, title: &str, section: &str, main: &str) -> String {
    let body = format!(
        "<div id=\"wrapper\"><header id=\"banner\"><a class=\"logo\" href=\"/\"><img src=\"/uploads/logo.png\" alt=\"{NAME}\"></a></header>\
         <nav id=\"navigation\">{}</nav><div id=\"content\"><h1 class=\"hide-accessible\">{section} - {NAME}</h1>\
         <div class=\"portlet-column-first\">{main}</div>\
         <div class=\"portlet-column-last\"><section class=\"portlet\"><h2>Thông báo</h2>{}</section>\
         <section class=\"portlet\"><h2>Tin đọc nhiều</h2>{}</section><section class=\"portlet\"><h2>Video</h2>{}</section>\
         <div class=\"weather\">{}</div><div class=\"counter\">{}</div></div></div><footer>{}</footer></div>",
        menu(site),
        items(site, &site.notices()),
        items(site, &site.most_read()),
        items(site, &site.films()),
        weather(site),
        counters(site),
        imprint(),
    );
    document(&format!("{title} - {NAME}"), "", &body)
}

//! Liferay of a province: every story twice, for wide and small screens, hour before day, and a column of tabs.

use super::{
    super::{
        body,
        pieces::{at, banner, counters, document, each, escape, href, imprint, menu, rows, signed, weather},
        site::{List, NAME, SECTIONS, Site},
        story::Story,
    },
    ALL, Style, heading, ministry, nothing,
};

pub(super) static STYLE: Style = Style {
    name: "liferay_tabs",
    address: |story| format!("/web/truongxuan/chi-tiet?id={}&_c={}", 38_000_000 + story.number, story.section),
    section: |section| format!("/web/truongxuan/{}", SECTIONS[section].1),
    files: "documents/20182",
    list,
    article,
    extra: nothing,
    charset: None,
    rebuilt: &ministry::STYLE,
    shown: ALL,
};

fn list(site: &Site, list: List) -> String {
    let rows = rows(&site.rows(list), |story| {
        format!(
            "<div class=\"row asset-abstract d-none d-md-flex\"><div class=\"col-md-4\"><a href=\"{0}\"><img src=\"/uploads/nho-{1}.jpg\"></a></div>\
             <div class=\"col-md-8\"><a class=\"tieu-de\" href=\"{0}\">{2}</a><p class=\"thoi-gian\">{3}</p><p class=\"mo-ta\">{4}</p></div></div>\
             <div class=\"card d-md-none\"><a href=\"{0}\"><img src=\"/uploads/to-{1}.jpg\"></a><div class=\"card-body\"><a href=\"{0}\">{2}</a>\
             <small>{3}</small></div></div>",
            href(site, story),
            story.number,
            escape(&story.title),
            at(story, "%H:%M | %d/%m/%Y"),
            escape(&story.lead)
        )
    });
    let path = site.list_path(list);
    let pager: String = (2..6)
        .map(|at| format!("<li class=\"page-item\"><a class=\"page-link\" href=\"{path}?p_p_id=tin&amp;_tin_cur={at}\">{at}</a></li>"))
        .collect();
    let name = heading(list);
    let main = format!(
        "<section class=\"portlet\" id=\"portlet_tin_INSTANCE_kqzu\"><h2 class=\"portlet-title-text\">{name}</h2><div class=\"portlet-content\">{rows}\
         <ul class=\"pagination\">{pager}</ul></div></section>"
    );
    page(site, name, &main)
}

fn article(site: &Site, story: &Story) -> String {
    let files = body::files(story, |files| {
        format!("<table class=\"table tep\"><tr><th>STT</th><th>Tên tệp</th></tr><tr><td>1</td><td>{files}</td></tr></table>")
    });
    let main = format!(
        "<section class=\"portlet\"><div class=\"portlet-content\"><div class=\"chi-tiet\"><h3 class=\"tieu-de-tin\">{}</h3>\
         <div class=\"d-flex\"><span class=\"thoi-gian\">{}</span><span class=\"co-chu\">Cỡ chữ <a href=\"#\">A-</a> <a href=\"#\">A+</a></span></div>\
         <div class=\"tom-tat font-weight-bold\">{}</div><div class=\"journal-content-article\">{}</div>{}{files}</div>\
         <div class=\"tin-lien-quan\"><h4>Tin liên quan</h4>{}</div></div></section>",
        escape(&story.title),
        at(story, "%H:%M | %d/%m/%Y"),
        escape(&story.lead),
        body::text(story, body::office),
        signed(story, |author| format!("<div class=\"text-right font-italic\">{author}</div>")),
        each(&site.related(story), |other| format!(
            "<div class=\"row\"><div class=\"col-12\"><a href=\"{}\">{}</a><p class=\"thoi-gian\">{}</p></div></div>",
            href(site, other),
            escape(&other.title),
            at(other, "%H:%M | %d/%m/%Y")
        )),
    );
    page(site, &story.title, &main)
}

fn page(site: &Site, title: &str, main: &str) -> String {
    let line = |story: &Story| {
        format!(
            "<div class=\"muc-tin\"><a href=\"{}\">{}</a><p class=\"thoi-gian\">{}</p></div>",
            href(site, story),
            escape(&story.title),
            at(story, "%H:%M | %d/%m/%Y")
        )
    };
    let body = format!(
        "<div id=\"wrapper\"><header id=\"banner\"><a class=\"logo\" href=\"/\"><img src=\"/uploads/logo.png\" alt=\"{NAME}\"></a>\
         <nav>{}</nav></header><section id=\"content\"><div class=\"row\"><div class=\"col-md-8\">{main}</div><div class=\"col-md-4\">\
         <ul class=\"nav nav-tabs\"><li class=\"nav-item\"><a class=\"nav-link active\" data-toggle=\"tab\" href=\"#moi-nhat\">Mới nhất</a></li>\
         <li class=\"nav-item\"><a class=\"nav-link\" data-toggle=\"tab\" href=\"#doc-nhieu\">Đọc nhiều</a></li><li class=\"nav-item\">\
         <a class=\"nav-link\" data-toggle=\"tab\" href=\"#thong-bao\">Thông báo</a></li></ul><div class=\"tab-content\">\
         <div class=\"tab-pane active\" id=\"moi-nhat\">{}</div><div class=\"tab-pane\" id=\"doc-nhieu\">{}</div>\
         <div class=\"tab-pane\" id=\"thong-bao\">{}</div></div>{}<div>{}</div><div>{}</div></div></div></section>\
         <footer id=\"footer\">{}</footer></div>",
        menu(site),
        each(&site.ticker(), line),
        each(&site.most_read(), line),
        each(&site.notices(), line),
        banner(site),
        weather(site),
        counters(site),
        imprint(),
    );
    document(&format!("{title} - {NAME}"), "", &body)
}

//! A frameset: the front page is three frames, and the list stands in the main one.

use super::{
    super::{
        body,
        pieces::{at, document, each, escape, href, imprint, items, link, menu, rows},
        site::{List, NAME, Site},
        story::Story,
    },
    ALL, Style, heading, old_tables,
};

pub(super) static STYLE: Style = Style {
    name: "frameset",
    address: |story| format!("/chitiet.asp?cat={}&id={}", story.section + 1, story.number),
    section: |section| format!("/list.asp?cat={}", section + 1),
    files: "vanban",
    list,
    article,
    extra,
    charset: None,
    rebuilt: &old_tables::STYLE,
    shown: ALL,
};

fn extra(site: &Site, path: &str) -> Option<(&'static str, String)> {
    let html = "text/html; charset=utf-8";
    match path {
        "/" => Some((
            html,
            format!(
                "<html><head><meta charset=\"utf-8\"><title>{NAME}</title></head><frameset rows=\"90,*\" border=\"0\">\
                 <frame name=\"top\" src=\"/top.asp\" noresize>\
                 <frameset cols=\"180,*\"><frame name=\"left\" src=\"/left.asp\"><frame name=\"main\" src=\"/main.asp\"></frameset>\
                 <noframes><body>Trình duyệt của bạn không hỗ trợ khung.</body></noframes></frameset></html>"
            ),
        )),
        "/top.asp" => Some((html, document(NAME, "", "<img src=\"/uploads/banner.gif\">"))),
        "/left.asp" => Some((html, document(NAME, "", &format!("{}<b>Thông báo</b>{}", menu(site), items(site, &site.notices()))))),
        "/main.asp" => Some((html, list(site, List::Front))),
        _ => None,
    }
}

fn list(site: &Site, list: List) -> String {
    let rows = rows(&site.rows(list), |story| {
        format!(
            "<p><a href=\"{}\" target=\"main\"><b>{}</b></a> <small>({})</small><br>{}</p>",
            href(site, story),
            escape(&story.title),
            at(story, "%d/%m/%Y %H:%M"),
            escape(&story.lead)
        )
    });
    page(site, heading(list), &format!("<h3>{}</h3>{rows}", heading(list)))
}

fn article(site: &Site, story: &Story) -> String {
    let files = body::files(story, |files| format!("<p>Tài liệu kèm theo: {files}</p>"));
    let others = each(&site.others(story), |other| format!("<li>{} ({})</li>", link(site, other), at(other, "%d/%m/%Y")));
    page(
        site,
        &story.title,
        &format!(
            "<h3>{}</h3><small>{}</small><p><b>{}</b></p>\n{}<p align=\"right\"><b>{}</b></p>{files}<hr><b>Tin đã đưa</b><ul>{others}</ul>",
            escape(&story.title),
            at(story, "%d/%m/%Y %H:%M"),
            escape(&story.lead),
            body::text(story, body::plain),
            story.byline(),
        ),
    )
}

fn page(site: &Site, title: &str, main: &str) -> String {
    let body = format!(
        "<div>{main}</div><div class=\"phai\"><b>Tin đọc nhiều</b>{}</div><center><small>{}</small></center>",
        items(site, &site.most_read()),
        imprint()
    );
    document(&format!("{title} - {NAME}"), "", &body)
}

//! VNPT's portal: the story's number stands before the section's at the end of a slug that follows the headline.

use super::{
    super::{
        body,
        pieces::{at, counters, document, each, escape, href, imprint, items, menu, rows, weather},
        site::{List, NAME, SECTIONS, Site},
        story::Story,
    },
    ALL, Style, heading, nothing, sharepoint,
};

pub(super) static STYLE: Style = Style {
    name: "vnpt",
    address: |story| format!("/{}/{}-{}-{}.html", SECTIONS[story.section].1, story.slug, story.number, 402 + story.section),
    section: |section| format!("/{}-{}.html", SECTIONS[section].1, 402 + section),
    files: "upload/104/fck/files",
    list,
    article,
    extra: nothing,
    charset: None,
    rebuilt: &sharepoint::STYLE,
    shown: ALL,
};

fn list(site: &Site, list: List) -> String {
    let rows = rows(&site.rows(list), |story| {
        format!(
            "<li class=\"vnpt-item\"><a class=\"vnpt-thumb\" href=\"{0}\"><img src=\"/uploads/nho-{1}.jpg\" alt=\"{2}\"></a>\
             <h3><a href=\"{0}\" title=\"{2}\">{2}</a></h3><span class=\"time\"><i class=\"fa fa-clock-o\"></i> {3}</span><p>{4}</p></li>",
            href(site, story),
            story.number,
            escape(&story.title),
            at(story, "%d/%m/%Y, %H:%M"),
            escape(&story.lead)
        )
    });
    page(
        site,
        heading(list),
        &format!("<div class=\"block-title\"><span>{}</span></div><ul class=\"vnpt-list\">{rows}</ul>", heading(list)),
    )
}

fn article(site: &Site, story: &Story) -> String {
    let files = body::files(story, |files| format!("<div class=\"file-attach\"><p>Tệp đính kèm: {files}</p></div>"));
    let others = each(&site.others(story), |other| format!("<li><a href=\"{}\">{}</a></li>", href(site, other), escape(&other.title)));
    let main = format!(
        "<div class=\"article-detail\"><h1 class=\"article-title\">{0}</h1><p class=\"article-date\">Cập nhật lúc: {1}</p>\
         <div class=\"article-tool\"><a href=\"javascript:void(0)\">Cỡ chữ</a> <a href=\"javascript:window.print()\">In bài viết</a></div>\
         <div class=\"article-sapo\"><strong>{2}</strong></div><div id=\"article-body\">{3}<p align=\"right\"><strong>{4}</strong></p>\
         </div>{files}</div>\
         <div class=\"article-more\"><h4>Tin mới hơn</h4><ul>{others}</ul></div>",
        escape(&story.title),
        at(story, "%H:%M - %d/%m/%Y"),
        escape(&story.lead),
        body::text(story, body::office),
        story.byline(),
    );
    page(site, &story.title, &main)
}

fn page(site: &Site, title: &str, main: &str) -> String {
    let body = format!(
        "<div class=\"header\"><a href=\"/\"><img src=\"/uploads/banner.png\" alt=\"{NAME}\"></a></div><div class=\"navbar\">{}</div>\
         <div class=\"marquee\"><marquee>{}</marquee></div><div class=\"wrap\"><div class=\"left-col\">{main}</div>\
         <div class=\"right-col\">\
         <div class=\"box\"><h3>Thông báo</h3>{}</div><div class=\"box\"><h3>Xem nhiều</h3>{}</div><div class=\"box\">{}</div>\
         <div class=\"box\">{}</div></div></div><div class=\"footer\">{}</div>",
        menu(site),
        each(&site.ticker(), |story| format!("<a href=\"{}\">{}</a> ●", href(site, story), escape(&story.title))),
        items(site, &site.notices()),
        items(site, &site.most_read()),
        weather(site),
        counters(site),
        imprint(),
    );
    document(&format!("{title} - {NAME}"), "", &body)
}

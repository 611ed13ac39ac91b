//! A portal of 2004: tables within tables, fonts in place of classes, windows-1258, and the day without an hour.

use super::{
    super::{
        body::{self, Part},
        pieces::{at, counters, document, each, escape, href, imprint, link, menu, rows, weather},
        site::{List, NAME, SECTIONS, Site},
        story::Story,
    },
    ALL, Shown, Style, dnn, heading, nothing,
};

pub(super) static STYLE: Style = Style {
    name: "old-tables",
    address: |story| format!("/index.php?cat={}&id={}", story.section + 1, story.number),
    section: |section| format!("/index.php?cat={}", section + 1),
    files: "vb",
    list,
    article,
    extra: nothing,
    charset: Some("windows-1258"),
    rebuilt: &dnn::STYLE,
    shown: Shown { minute: false, ..ALL },
};

fn list(site: &Site, list: List) -> String {
    let rows = rows(&site.rows(list), |story| {
        format!(
            "<tr><td width=\"110\" valign=\"top\"><img src=\"/uploads/nho-{}.jpg\" width=\"100\"></td><td valign=\"top\"><a href=\"{}\">\
             <font color=\"#000080\"><b>{}</b></font></a> \
             <font size=\"1\" color=\"#808080\">({})</font><br><font size=\"2\">{}</font></td></tr>",
            story.number,
            href(site, story),
            escape(&story.title),
            at(story, "%d/%m/%Y"),
            escape(&story.lead)
        )
    });
    page(site, heading(list), &format!("<table width=\"100%\" cellpadding=\"4\">{rows}</table>"))
}

fn article(site: &Site, story: &Story) -> String {
    let text = body::text(story, |part| match part {
        Part::Paragraph(text) => format!("<p align=\"justify\"><font size=\"2\">{}</font></p>", escape(text)),
        Part::Picture(picture) => format!(
            "<table align=\"center\" width=\"400\"><tr><td><img src=\"{}\" width=\"400\"></td></tr><tr><td align=\"center\">\
             <font size=\"1\"><i>{}</i></font></td></tr></table>",
            picture.path,
            escape(&picture.caption)
        ),
        other => body::office(other),
    });
    let files = body::files(story, |files| format!("<p><font size=\"2\">File đính kèm: {files}</font></p>"));
    let others =
        each(&site.others(story), |other| format!("<font size=\"2\">- {} ({})</font><br>", link(site, other), at(other, "%d/%m/%Y")));
    page(
        site,
        &story.title,
        &format!(
            "<table width=\"100%\"><tr><td><font size=\"3\" color=\"#800000\"><b>{}</b></font><br><font size=\"1\">Ngày {}</font></td></tr>\
             <tr><td><p align=\"justify\"><b><font size=\"2\">{}</font></b></p>\n{text}<p align=\"right\"><b><font size=\"2\">{}</font>\
             </b></p>{files}</td></tr>\
             <tr><td><hr><b>Các tin khác:</b><br>{others}</td></tr></table>",
            escape(&story.title),
            at(story, "%d/%m/%Y"),
            escape(&story.lead),
            story.byline(),
        ),
    )
}

fn page(site: &Site, title: &str, main: &str) -> String {
    let cells = |stories: &[&Story]| each(stories, |story| format!("<tr><td><font size=\"2\">• {}</font></td></tr>", link(site, story)));
    let body = format!(
        "<table width=\"780\" align=\"center\" cellspacing=\"0\"><tr><td colspan=\"3\"><img src=\"/uploads/banner.gif\" width=\"780\">\
         </td></tr>\
         <tr><td width=\"160\" valign=\"top\" bgcolor=\"#e0e8ff\">{}<table width=\"100%\"><tr><td bgcolor=\"#003399\">\
         <font color=\"#ffffff\"><b>THÔNG BÁO</b></font></td></tr>{}</table></td>\
         <td width=\"450\" valign=\"top\">{main}</td><td width=\"170\" valign=\"top\"><table width=\"100%\"><tr><td bgcolor=\"#003399\">\
         <font color=\"#ffffff\"><b>TIN ĐỌC NHIỀU</b></font></td></tr>{}</table>\
         <font size=\"1\">{}<br>{}</font></td></tr><tr><td colspan=\"3\" align=\"center\"><font size=\"1\">{}</font></td></tr></table>",
        menu(site),
        cells(&site.notices()),
        cells(&site.most_read()),
        weather(site),
        counters(site),
        imprint(),
    );
    document(&format!("{title} - {NAME} - {}", SECTIONS[0].0), "", &body)
}

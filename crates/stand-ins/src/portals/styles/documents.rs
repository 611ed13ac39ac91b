//! A list of documents: a table whose headlines lead to PDFs.

use super::{
    super::{
        body,
        pieces::{at, counters, document, escape, href, imprint, items, menu, rows, weather},
        site::{List, NAME, Site},
        story::Story,
    },
    Shown, Style, heading, nothing, sharepoint,
};

pub(super) static STYLE: Style = Style {
    name: "documents",
    address: |story| format!("/van-ban/chi-tiet?id={}", story.number),
    section: |section| format!("/van-ban?loai={}", section + 1),
    files: "upload/vbqppl",
    list,
    article,
    extra: nothing,
    charset: None,
    rebuilt: &sharepoint::STYLE,
    shown: Shown { minute: false, author: false, documents: true },
};

fn list(site: &Site, list: List) -> String {
    let rows = rows(&site.rows(list), |story| {
        format!(
            "<tr><td>{0}/{1}</td><td>{2}</td><td><a href=\"{3}\" target=\"_blank\">{4}</a></td><td>UBND huyện Trường Xuân</td><td>\
             <a href=\"{3}\">Tải về</a></td></tr>",
            story.number % 1000,
            ["QĐ-UBND", "CV-UBND", "BC-UBND", "KH-UBND"][story.section % 4],
            at(story, "%d/%m/%Y"),
            href(site, story),
            escape(&story.title)
        )
    });
    let table = format!(
        "<table class=\"table\"><thead><tr><th>Số ký hiệu</th><th>Ngày ban hành</th><th>Trích yếu</th><th>Cơ quan ban hành</th><th></th>\
         </tr></thead><tbody>{rows}</tbody></table>"
    );
    page(site, heading(list), &table)
}

/// Films alone have pages here.
fn article(site: &Site, story: &Story) -> String {
    let main = format!(
        "<h1>{}</h1><p>{}</p><p>{}</p>{}",
        escape(&story.title),
        at(story, "%d/%m/%Y"),
        escape(&story.lead),
        body::text(story, body::plain)
    );
    page(site, &story.title, &main)
}

fn page(site: &Site, title: &str, main: &str) -> String {
    let body = format!(
        "<header>{}</header><div class=\"row\"><div class=\"col-md-9\"><h2>HỆ THỐNG VĂN BẢN</h2>{main}</div><div class=\"col-md-3\">\
         <h4>Văn bản xem nhiều</h4>{}\
         <h4>Thông báo</h4>{}<div>{}</div><div>{}</div></div></div><footer>{}</footer>",
        menu(site),
        items(site, &site.most_read()),
        items(site, &site.notices()),
        weather(site),
        counters(site),
        imprint(),
    );
    document(&format!("{title} - {NAME}"), "", &body)
}

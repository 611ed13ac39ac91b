//! A ministry's portal on SharePoint: the day inside the link, related stories that change between lead and text.

use super::{
    super::{
        body,
        pieces::{at, counters, document, each, escape, href, imprint, items, menu, rows, signed, weather, with_weekday},
        site::{List, SECTIONS, Site},
        story::Story,
    },
    ALL, Style, cards, heading, nothing,
};

pub(super) static STYLE: Style = Style {
    name: "ministry",
    address: |story| format!("/vi/Pages/{}.aspx?ItemID={}&PublishingPage=1", SECTIONS[story.section].1, story.number),
    section: |section| format!("/vi/Pages/{}.aspx", SECTIONS[section].1),
    files: "Lists/VanBan/Attachments",
    list,
    article,
    extra: nothing,
    charset: None,
    rebuilt: &cards::STYLE,
    shown: ALL,
};

fn list(site: &Site, list: List) -> String {
    let rows = rows(&site.rows(list), |story| {
        format!(
            "<div class=\"tinmoi_item\"><div class=\"tinmoi_anh\"><img src=\"/uploads/nho-{1}.jpg\"></div><div class=\"tinmoi_td\">\
             <a href=\"{0}\">{2} <span class=\"ngaythang\">({3})</span></a></div><div class=\"tinmoi_trich\">{4}</div>\
             <div class=\"clear\"></div></div>",
            href(site, story),
            story.number,
            escape(&story.title),
            at(story, "%d/%m/%Y"),
            escape(&story.lead)
        )
    });
    page(site, heading(list), &format!("<div class=\"title_content\">{}</div><div class=\"tinmoi\">{rows}</div>", heading(list)))
}

fn article(site: &Site, story: &Story) -> String {
    let files = body::files(story, |files| format!("<div class=\"file_attach\"><span>File đính kèm</span><ul><li>{files}</li></ul></div>"));
    let main = format!(
        "<div class=\"content_tin\"><div class=\"title_content\">{0}</div><h2 class=\"title_tin\">{1}</h2>\
         <p class=\"time_tin\">{2} [GMT+7]</p><p class=\"sapo_tin\">{3}</p><div class=\"lienquan\">{4}</div><div class=\"noidung_tin\">{5}</div>{6}{files}\
         <div class=\"tool\"><a href=\"javascript:print()\">Bản in</a> <a href=\"/_layouts/AddWrkfl.aspx?List={7}\">Gửi bài viết qua E-mail</a></div>\
         <div class=\"tin_cu\"><div class=\"title_content\">Tin đã đưa</div><ul>{8}</ul></div></div>",
        SECTIONS[story.section].0,
        escape(&story.title),
        with_weekday(story, "%d/%m/%Y, %H:%M"),
        escape(&story.lead),
        items(site, &site.related(story)),
        body::text(story, |part| body::office(part).replace("<p class=\"MsoNormal\"", "<p class=\"ms-rteElement-Normal\"")),
        signed(story, |author| format!("<div class=\"tacgia_tin\"><strong>{author}</strong></div>")),
        story.number,
        each(&site.others(story), |other| format!(
            "<li><a href=\"{}\">{} ({})</a></li>",
            href(site, other),
            escape(&other.title),
            at(other, "%d/%m/%Y")
        )),
    );
    page(site, &story.title, &main)
}

fn page(site: &Site, title: &str, main: &str) -> String {
    let running = each(&site.ticker(), |story| format!("<span><a href=\"{}\">{}</a></span>", href(site, story), escape(&story.title)));
    let dated = |story: &Story| {
        format!(
            "<li><a href=\"{}\">{} <span class=\"ngaythang\">({})</span></a></li>",
            href(site, story),
            escape(&story.title),
            at(story, "%d/%m/%Y")
        )
    };
    let body = format!(
        "<form id=\"aspnetForm\" method=\"post\" action=\"/vi/Pages/default.aspx\"><input type=\"hidden\" name=\"__REQUESTDIGEST\" value=\"0x{:06x}\">\
         <div class=\"header\"><div class=\"menu\">{}</div><div class=\"tinnong\"><b>Tin nóng</b><marquee>{running}</marquee></div></div>\
         <div class=\"wrap\"><div class=\"left\">{main}</div><div class=\"right\"><div class=\"khung\"><div class=\"khung_td\">\
         <a href=\"/vi/Pages/thong-bao.aspx\">Thông báo</a></div><ul>{}</ul></div><div class=\"khung\"><div class=\"khung_td\">Tin đọc nhiều nhất</div>\
         <ul>{}</ul></div><div class=\"khung\"><div class=\"khung_td\">Video</div><ul>{}</ul></div><div class=\"khung\">{}<br>{}</div></div></div>\
         <div class=\"footer\">{}</div></form>",
        site.turn,
        menu(site),
        each(&site.notices(), dated),
        each(&site.most_read(), dated),
        each(&site.films(), dated),
        weather(site),
        counters(site),
        imprint(),
    );
    document(title, "", &body)
}

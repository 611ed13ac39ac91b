//! DotNetNuke: every page has the same title, and the address is a row of parameters.

use super::{
    super::{
        body,
        pieces::{at, counters, document, each, escape, href, imprint, items, menu, rows, weather},
        site::{List, SECTIONS, Site},
        story::Story,
    },
    ALL, Style, nothing, vnpt,
};

pub(super) static STYLE: Style = Style {
    name: "dnn",
    address: |story| format!("/Default.aspx?tabid={}&ndid={}&key={}", 123 + story.section, story.number, story.slug.replace('-', "_")),
    section: |section| format!("/Default.aspx?tabid={}", 123 + section),
    files: "Portals/0/VanBan",
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
            "<tr><td class=\"TT_Tin\"><a class=\"TT_TieuDe\" href=\"{0}\">{1}</a> <span class=\"TT_Ngay\">({2})</span>\
             <div class=\"TT_TrichDan\">{3}</div></td></tr>",
            href(site, story),
            escape(&story.title),
            at(story, "%d/%m/%Y %H:%M"),
            escape(&story.lead)
        )
    });
    page(site, &format!("<span class=\"Head\">Tin tức - Sự kiện</span><table class=\"TT_DanhSach\"><tbody>{rows}</tbody></table>"))
}

fn article(site: &Site, story: &Story) -> String {
    let files = body::files(story, |files| format!("<div class=\"TT_File\">Tập tin đính kèm: {files}</div>"));
    let others = each(&site.others(story), |other| {
        format!("<tr><td>▪ <a href=\"{}\">{}</a> ({})</td></tr>", href(site, other), escape(&other.title), at(other, "%d/%m/%Y"))
    });
    page(
        site,
        &format!(
            "<span class=\"Head\">{}</span><div class=\"TT_ChiTiet\"><span class=\"TT_TinChiTiet_TieuDe\">{}</span>\
             <div class=\"TT_TinChiTiet_Ngay\">Cập nhật: {}</div><div class=\"TT_TinChiTiet_TrichDan\"><b>{}</b></div>\
             <div class=\"TT_TinChiTiet_NoiDung\">{}</div><div class=\"TT_TinChiTiet_TacGia\"><b>{}</b></div>{files}</div>\
             <table class=\"TT_TinKhac\"><tr><td class=\"SubHead\">Các tin khác</td></tr>{others}</table>",
            SECTIONS[story.section].0,
            escape(&story.title),
            at(story, "%d/%m/%Y %H:%M"),
            escape(&story.lead),
            body::text(story, body::office),
            story.byline(),
        ),
    )
}

fn page(site: &Site, main: &str) -> String {
    let body = format!(
        "<form name=\"Form\" method=\"post\" id=\"Form\"><div id=\"dnn_menu\">{}</div><table class=\"contentpane\"><tr>\
         <td id=\"dnn_LeftPane\"><span class=\"Head\">Văn bản mới ban hành</span>{}<span class=\"Head\">Tin xem nhiều</span>{}</td>\
         <td id=\"dnn_ContentPane\">{main}</td><td id=\"dnn_RightPane\">{}<br>{}</td></tr></table><div id=\"dnn_FooterPane\">{}</div>\
         </form>",
        menu(site),
        items(site, &site.notices()),
        items(site, &site.most_read()),
        weather(site),
        counters(site),
        imprint(),
    );
    document("Huyện Trường Xuân > Trang chủ", "<meta id=\"MetaGenerator\" name=\"GENERATOR\" content=\"DotNetNuke\">\n", &body)
}

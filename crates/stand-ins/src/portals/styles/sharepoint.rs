//! SharePoint's web forms: one form around the page, hidden state that differs every time, a pager that posts back.

use super::{
    super::{
        body,
        pieces::{at, banner, counters, document, each, escape, href, imprint, items, menu, rows, signed, weather},
        site::{List, NAME, SECTIONS, Site},
        story::Story,
    },
    ALL, Style, heading, nothing, police,
};

pub(super) static STYLE: Style = Style {
    name: "sharepoint",
    address: |story| format!("/Pages/chi-tiet-tin.aspx?ItemID={}&CateID={}", story.number, story.section + 4),
    section: |section| format!("/Pages/{}.aspx", SECTIONS[section].1),
    files: "SiteAssets/VanBan",
    list,
    article,
    extra: nothing,
    charset: None,
    rebuilt: &police::STYLE,
    shown: ALL,
};

fn list(site: &Site, list: List) -> String {
    let rows = rows(&site.rows(list), |story| {
        format!(
            "<div class=\"ms-news-row\"><div class=\"ms-news-img\"><a href=\"{0}\"><img src=\"/uploads/nho-{1}.jpg\"></a></div>\
             <a class=\"ms-news-title\" href=\"{0}\">{2}</a><span class=\"ms-news-date\">({3})</span><div class=\"ms-news-sapo\">{4}</div>\
             </div>",
            href(site, story),
            story.number,
            escape(&story.title),
            at(story, "%d/%m/%Y %H:%M"),
            escape(&story.lead)
        )
    });
    let pager: String = (1..6).map(|at| format!("<a href=\"javascript:__doPostBack('ctl00$m$g_1a2b$pager','{at}')\">{at}</a> ")).collect();
    page(site, heading(list), &format!("<h2 class=\"ms-WPTitle\">{}</h2>{rows}<div class=\"pager\">{pager}</div>", heading(list)))
}

fn article(site: &Site, story: &Story) -> String {
    let files =
        body::files(story, |files| format!("<table class=\"ms-formtable\"><tr><td>Tài liệu đính kèm</td><td>{files}</td></tr></table>"));
    let others = each(&site.others(story), |other| {
        format!("<li><a href=\"{}\">{}</a> <i>({})</i></li>", href(site, other), escape(&other.title), at(other, "%d/%m/%Y %H:%M"))
    });
    let main = format!(
        "<div class=\"ms-detail\"><h2 class=\"ms-detail-title\">{}</h2><div class=\"ms-detail-date\">{}</div>\
         <div class=\"ms-detail-sapo\">{}</div><div class=\"ms-rtestate-field\">{}</div>{}{files}\
         </div>\
         <div class=\"ms-others\"><span>Các tin đã đưa</span><ul>{others}</ul></div>",
        escape(&story.title),
        at(story, "%d/%m/%Y %H:%M"),
        escape(&story.lead),
        body::text(story, |part| body::office(part).replace("<p class=\"MsoNormal\"", "<p class=\"ms-rteElement-P\"")),
        signed(story, |author| format!("<div class=\"ms-detail-author\">Tin, ảnh: {author}</div>")),
    );
    page(site, &story.title, &main)
}

fn page(site: &Site, title: &str, main: &str) -> String {
    let body = format!(
        "<form method=\"post\" action=\"./default.aspx\" id=\"aspnetForm\">\
         <input type=\"hidden\" name=\"__VIEWSTATE\" value=\"/wEPDwUBMA9k{:08x}\">\
         <div id=\"s4-workspace\"><div class=\"banner\"></div><div class=\"ms-core-listMenu-root\">{}</div>\
         <table width=\"100%\"><tr><td class=\"main\" valign=\"top\">{main}</td><td class=\"right\" valign=\"top\">\
         <div class=\"wp\"><div class=\"wp-title\">THÔNG BÁO</div>{}</div><div class=\"wp\"><div class=\"wp-title\">TIN ĐỌC NHIỀU</div>{}\
         </div>\
         <div class=\"wp\">{}</div><div class=\"wp\">{}</div></td></tr></table><div id=\"footer\">{}</div></div></form>",
        site.turn,
        menu(site),
        items(site, &site.notices()),
        items(site, &site.most_read()),
        banner(site) + &weather(site),
        counters(site),
        imprint(),
    );
    document(&format!("{title} | {NAME}"), "<meta name=\"GENERATOR\" content=\"Microsoft SharePoint\">\n", &body)
}

//! The portal's list of headlines, ten a page, the newest first.

use super::{
    chrome::{NAME, escape, page},
    site::{Markup, Site, thumbnail_path},
    story::Story,
};

/// Page `number` of the list; 1 is the portal's front.
pub(super) fn render(site: &Site, number: usize) -> String {
    let item = match site.markup {
        Markup::Plain => plain_item,
        Markup::Tables => table_item,
        Markup::Cards => card_item,
        Markup::Blocks => block_item,
    };
    let items: String = site.on_page(number).map(|story| item(site, story)).collect();
    let list = match site.markup {
        Markup::Plain => format!("<ul class=\"news-list\">\n{items}</ul>"),
        Markup::Tables => format!("<table class=\"tblNews\" width=\"100%\">\n{items}</table>"),
        Markup::Cards => format!("<div class=\"asset-list row\">\n{items}</div>"),
        Markup::Blocks => format!("<div class=\"k3-wrap\"><div class=\"k3-flow\">\n{items}</div></div>"),
    };
    let main = format!("{}\n<h2 class=\"cate-title\">Tin tức – Sự kiện</h2>\n{list}\n{}", breadcrumb(site.markup), pager(site, number));
    page(site, NAME, "", &main)
}

pub(super) fn breadcrumb(markup: Markup) -> &'static str {
    match markup {
        Markup::Plain => "<div class=\"breadcrumb\"><a href=\"/\">Trang chủ</a> » <a href=\"/tin-tuc\">Tin tức – Sự kiện</a></div>",
        Markup::Tables => "<span class=\"path\"><a href=\"/\">Trang chủ</a> &gt; <a href=\"/tin-tuc\">Tin tức – Sự kiện</a></span><br>",
        Markup::Blocks => {
            "<div class=\"k3-path\"><a href=\"/\">Trang chủ</a><span>/</span><a href=\"/tin-tuc\">Tin tức – Sự kiện</a></div>"
        }
        Markup::Cards => {
            "<ol class=\"breadcrumb\"><li><a href=\"/\">Trang chủ</a></li><li><a href=\"/tin-tuc\">Tin tức – Sự kiện</a></li></ol>"
        }
    }
}

fn pager(site: &Site, current: usize) -> String {
    let pages = site.pages();
    if pages < 2 {
        return String::new();
    }
    let link = |page: usize, words: &str| format!("<a href=\"/tin-tuc?page={page}\">{words}</a>");
    let mut links: Vec<String> = Vec::new();
    if current > 1 {
        links.push(link(current - 1, "«"));
    }
    for page in 1..=pages {
        links.push(if page == current { format!("<span class=\"current\">{page}</span>") } else { link(page, &page.to_string()) });
    }
    if current < pages {
        links.push(link(current + 1, "»"));
    }
    match site.markup {
        Markup::Plain | Markup::Tables | Markup::Blocks => format!("<div class=\"pager\">{}</div>", links.join(" ")),
        Markup::Cards => {
            let links: String = links.iter().map(|link| format!("<li class=\"page-item\">{link}</li>")).collect();
            format!("<ul class=\"pagination\">{links}</ul>")
        }
    }
}

fn day(story: &Story) -> String {
    story.published.strftime("%d/%m/%Y").to_string()
}

fn plain_item(site: &Site, story: &Story) -> String {
    let (address, title, lead, day) = (site.address(story), escape(&story.title), escape(&story.lead), day(story));
    let picture = match &story.caption {
        Some(_) => format!("<a href=\"{address}\" class=\"thumb\"><img src=\"{}\" alt=\"{title}\"></a>", thumbnail_path(story)),
        None => String::new(),
    };
    format!(
        "<li class=\"news-item\">{picture}<h4><a href=\"{address}\" title=\"{title}\">{title}</a></h4>\
         <span class=\"date\">{day}</span><p class=\"desc\">{lead}</p></li>\n"
    )
}

fn table_item(site: &Site, story: &Story) -> String {
    let (address, title, lead, day) = (site.address(story), escape(&story.title), escape(&story.lead), day(story));
    let picture = match &story.caption {
        Some(_) => format!("<a href=\"{address}\"><img src=\"{}\" width=\"120\" border=\"0\"></a>", thumbnail_path(story)),
        None => "&nbsp;".to_owned(),
    };
    format!(
        "<tr><td width=\"130\" valign=\"top\">{picture}</td><td valign=\"top\"><a class=\"lnkTitle\" href=\"{address}\">{title}</a> \
         <font color=\"gray\">({day})</font><br>{lead} <a href=\"{address}\">Xem chi tiết</a></td></tr>\n"
    )
}

/// The same story for wide screens and for telephones.
fn card_item(site: &Site, story: &Story) -> String {
    let (address, title, lead) = (site.address(story), escape(&story.title), escape(&story.lead));
    let stamp = story.published.strftime("%H:%M | %d/%m/%Y").to_string();
    let picture = match &story.caption {
        Some(_) => format!("<div class=\"card-img\"><a href=\"{address}\"><img src=\"{}\" alt=\"\"></a></div>", thumbnail_path(story)),
        None => String::new(),
    };
    format!(
        "<div class=\"col-12 d-none d-md-block\"><div class=\"card card-horizontal\">{picture}<div class=\"card-body\">\
         <h5 class=\"card-title\"><a href=\"{address}\">{title}</a></h5><span class=\"time\">{stamp}</span><p class=\"card-text\">{lead}</p></div></div></div>\n\
         <div class=\"col-12 d-block d-md-none\"><div class=\"card card-small\">{picture}<a href=\"{address}\" class=\"title-sm\">{title}</a>\
         <span class=\"time\">{stamp}</span></div></div>\n"
    )
}

fn block_item(site: &Site, story: &Story) -> String {
    let (address, title, lead) = (site.address(story), escape(&story.title), escape(&story.lead));
    let stamp = story.published.strftime("%H:%M, %d/%m/%Y").to_string();
    let picture = match &story.caption {
        Some(_) => format!("<div class=\"k3-a\"><a href=\"{address}\"><img data-src=\"{}\" alt=\"\"></a></div>", thumbnail_path(story)),
        None => String::new(),
    };
    format!(
        "<div class=\"k3-row\">{picture}<div class=\"k3-b\"><div class=\"k3-c\"><span><a href=\"{address}\"><span>{title}</span></a></span></div>\
         <div class=\"k3-d\">{stamp}</div><div class=\"k3-e\">{lead}</div></div></div>\n"
    )
}

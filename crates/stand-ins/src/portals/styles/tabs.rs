//! Tabs by script: the list is the first of three panes that are built alike, and only the tabs name them.

use super::{
    super::{
        body::{self, Part},
        pieces::{at, banner, counters, document, each, escape, href, imprint, link, menu, rows, signed, weather},
        site::{List, NAME, Site},
        story::{Picture, Story},
    },
    ALL, Style, epi, heading, nothing,
};

pub(super) static STYLE: Style = Style {
    name: "tabs",
    address: |story| format!("/index.php?com=tin&act=xem&id={}&muc={}", story.number, story.section + 1),
    section: |section| format!("/index.php?com=tin&act=muc&muc={}", section + 1),
    files: "data/vanban",
    list,
    article,
    extra: nothing,
    charset: None,
    rebuilt: &epi::STYLE,
    shown: ALL,
};

fn row(site: &Site, story: &Story) -> String {
    format!(
        "<div class=\"tin\"><a class=\"anh\" href=\"{0}\"><img src=\"/uploads/nho-{1}.jpg\" alt=\"\"></a><a class=\"td\" href=\"{0}\">{2}</a>\
         <div class=\"tg\">{3}</div><div class=\"tt\">{4}</div></div>",
        href(site, story),
        story.number,
        escape(&story.title),
        at(story, "%Hh%M, ngày %d-%m-%Y"),
        escape(&story.lead)
    )
}

fn list(site: &Site, list: List) -> String {
    let main = format!(
        "<div id=\"tabs\"><ul><li><a href=\"#tabs-1\">{}</a></li><li><a href=\"#tabs-2\">Đọc nhiều</a></li><li><a href=\"#tabs-3\">Thông báo</a></li>\
         </ul><div id=\"tabs-1\">{}</div><div id=\"tabs-2\">{}</div><div id=\"tabs-3\">{}</div></div>",
        if list == List::Front { "Tin mới" } else { heading(list) },
        rows(&site.rows(list), |story| row(site, story)),
        each(&site.most_read(), |story| row(site, story)),
        each(&site.notices(), |story| row(site, story)),
    );
    page(site, heading(list), &main)
}

fn article(site: &Site, story: &Story) -> String {
    let text = body::text(story, |part| match part {
        Part::Picture(Picture { path, caption }) if !caption.is_empty() => {
            format!("<p align=\"center\"><img src=\"{path}\" border=\"0\"><br><em>{}</em></p>", escape(caption))
        }
        other => body::office(other),
    });
    let files = body::files(story, |files| format!("<div class=\"tailieu\"><img src=\"/uploads/ghim.gif\"> {files}</div>"));
    let main = format!(
        "<div class=\"chitiet\"><div class=\"td\">{}</div><div class=\"tg\">{}</div><div class=\"tt\">{}</div><div class=\"nd\">{text}{}</div>{files}</div>\
         <fieldset><legend>Tin cùng loại</legend>{}</fieldset>",
        escape(&story.title),
        at(story, "%Hh%M, ngày %d-%m-%Y"),
        escape(&story.lead),
        signed(story, |author| format!("<p align=\"right\"><strong>{author}</strong></p>")),
        each(&site.others(story), |other| format!("<div class=\"khac\">+ {} <i>({})</i></div>", link(site, other), at(other, "%d-%m-%Y"))),
    );
    page(site, &story.title, &main)
}

fn page(site: &Site, title: &str, main: &str) -> String {
    let body = format!(
        "<div id=\"khung\"><div id=\"dau\"></div><div id=\"menu\">{}</div><div id=\"trai\"><div class=\"hop\"><h3>Phim</h3>{}</div>{}</div>\
         <div id=\"giua\">{main}</div><div id=\"phai\"><div class=\"hop\">{}</div><div class=\"hop\">{}</div></div><div id=\"chan\">{}</div></div>",
        menu(site),
        each(&site.films(), |story| format!("<p>{}</p>", link(site, story))),
        banner(site),
        weather(site),
        counters(site),
        imprint(),
    );
    document(&format!("{NAME} :: {title}"), "<script src=\"/js/jquery-ui.min.js\"></script>\n", &body)
}

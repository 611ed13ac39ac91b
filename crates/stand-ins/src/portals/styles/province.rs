//! A province's portal: the newest of all sections over every list, a box for each section below, all built alike.

use super::{
    super::{
        body,
        pieces::{at, counters, document, each, escape, href, imprint, items, menu, rows, signed, weather},
        site::{List, NAME, NOTICES, SECTIONS, Site},
        story::Story,
    },
    ALL, Style, heading, nothing, tabs,
};

pub(super) static STYLE: Style = Style {
    name: "province",
    address: |story| format!("/{}/{}-i{}", SECTIONS[story.section].1, story.slug, story.number),
    section: |section| format!("/{}", SECTIONS[section].1),
    files: "upload/van-ban",
    list,
    article,
    extra: nothing,
    charset: None,
    rebuilt: &tabs::STYLE,
    shown: ALL,
};

fn row(site: &Site, story: &Story) -> String {
    format!(
        "<li class=\"item\"><a class=\"img\" href=\"{0}\"><img src=\"/uploads/nho-{1}.jpg\" alt=\"\"></a><div class=\"info\"><h4>\
         <a href=\"{0}\">{2}</a></h4><span class=\"time\">{3}</span><p>{4}</p></div></li>",
        href(site, story),
        story.number,
        escape(&story.title),
        at(story, "Ngày %d/%m/%Y, %H:%M"),
        escape(&story.lead)
    )
}

fn block(site: &Site, name: &str, stories: &[&Story]) -> String {
    format!(
        "<div class=\"block\"><div class=\"block-title\"><span>{name}</span></div><ul class=\"list\">{}</ul></div>",
        each(stories, |story| row(site, story))
    )
}

fn list(site: &Site, list: List) -> String {
    let rows = rows(&site.rows(list), |story| row(site, story));
    let sections: String = (1..NOTICES).map(|at| block(site, SECTIONS[at].0, &site.of_section(at))).collect();
    let main = format!(
        "<div class=\"block\"><div class=\"block-title\"><span>{}</span></div><ul class=\"list\">{rows}</ul><div class=\"more\">\
         <a href=\"{}?trang=2\">Xem thêm</a></div></div>{sections}",
        heading(list),
        site.list_path(list)
    );
    page(site, heading(list), &main)
}

fn article(site: &Site, story: &Story) -> String {
    let files =
        body::files(story, |files| format!("<table class=\"files\"><tr><td>Tập tin đính kèm</td></tr><tr><td>{files}</td></tr></table>"));
    let (first, others) = body::parted(story, body::plain);
    let main = format!(
        "<div class=\"detail\"><h1>{}</h1><div class=\"time\">{}</div><div class=\"listen\">Nghe bài viết <audio controls></audio></div>\
         <h2 class=\"summary\">{}</h2><div class=\"content\">{first}<div class=\"related\"><b>Tin liên quan</b>{}</div>{others}</div>{}{files}\
         <div class=\"rate\">Đánh giá: <span>5/5</span> ({} lượt)</div></div>",
        escape(&story.title),
        at(story, "Ngày %d/%m/%Y, %H:%M"),
        escape(&story.lead),
        items(site, &site.related(story)),
        signed(story, |author| format!("<div class=\"author\">{author}</div>")),
        site.views(story),
    );
    page(site, &story.title, &(main + &block(site, "Tin cùng chuyên mục", &site.others(story))))
}

fn page(site: &Site, title: &str, main: &str) -> String {
    let body = format!(
        "<div class=\"top\"><a href=\"/\">{NAME}</a></div><div class=\"nav\">{}</div><div class=\"container\"><div class=\"col-left\">{}{main}</div>\
         <div class=\"col-right\">{}{}<div class=\"block\"><div class=\"block-title\"><span>Thời tiết</span></div>{}</div>\
         <div class=\"block\">{}</div></div></div><div class=\"footer\">{}</div>",
        menu(site),
        block(site, "Tin mới nhất", &site.ticker()),
        block(site, "Tin được quan tâm", &site.most_read()),
        block(site, "Thông báo", &site.notices()),
        weather(site),
        counters(site),
        imprint(),
    );
    document(&format!("{title} - {NAME}"), "", &body)
}

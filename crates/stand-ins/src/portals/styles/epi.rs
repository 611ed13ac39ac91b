//! A newspaper's system: pictures in tables with their captions, related stories before the film, zones of sections.

use super::{
    super::{
        body::{self, Part},
        pieces::{at, document, each, escape, href, imprint, menu, rows, signed, weather},
        site::{List, NAME, NOTICES, SECTIONS, Site},
        story::Story,
    },
    ALL, Style, gridview, heading, nothing,
};

pub(super) static STYLE: Style = Style {
    name: "epi",
    address: |story| {
        format!("/{}/{}/{}-{:x}/", SECTIONS[story.section].1, at(story, "%Y%m"), story.slug, u64::from(story.number) * 6_364_136)
    },
    section: |section| format!("/{}/", SECTIONS[section].1),
    files: "Uploaded/tai-lieu",
    list,
    article,
    extra: nothing,
    charset: None,
    rebuilt: &gridview::STYLE,
    shown: ALL,
};

fn story_card(site: &Site, story: &Story, size: &str) -> String {
    format!(
        "<article class=\"story story--{size}\"><figure class=\"story__thumb\"><a class=\"cms-link\" href=\"{0}\" title=\"{2}\">\
         <img class=\"lazyload\" src=\"/uploads/trong.gif\" data-src=\"/uploads/nho-{1}.jpg\" alt=\"{2}\"></a></figure><h2 class=\"story__heading\">\
         <a class=\"cms-link\" href=\"{0}\" title=\"{2}\">{2}</a></h2><time class=\"story__time\">{3}</time><div class=\"story__summary\">{4}</div></article>",
        href(site, story),
        story.number,
        escape(&story.title),
        at(story, "%d/%m/%Y %H:%M"),
        if size == "small" { String::new() } else { format!("<p>{NEWSPAPER} {}</p>", escape(&story.lead)) }
    )
}

const NEWSPAPER: &str = "(TXOnline) -";

fn list(site: &Site, list: List) -> String {
    let rows = rows(&site.rows(list), |story| story_card(site, story, "primary"));
    page(
        site,
        heading(list),
        "",
        &format!("<div class=\"breadcrumb\"><h1>{}</h1></div><div class=\"box-content content-list\">{rows}</div>", heading(list)),
    )
}

fn article(site: &Site, story: &Story) -> String {
    let text = body::parted(story, |part| match part {
        Part::Picture(picture) => format!(
            "<table class=\"picture\" align=\"center\"><tbody><tr><td class=\"pic\"><img class=\"cms-photo\" src=\"{}\" alt=\"{2}\"></td></tr>\
             <tr><td class=\"caption\"><p>{}</p></td></tr></tbody></table>",
            picture.path,
            escape(&picture.caption),
            escape(&picture.caption)
        ),
        Part::Film(path) => format!("<div class=\"media\"><div class=\"cms-video\" data-video-src=\"{path}\"></div></div>"),
        other => body::plain(other),
    });
    let related = format!(
        "<div class=\"cms-relate\"><ul>{}</ul></div>",
        each(&site.related(story), |other| format!(
            "<li><a class=\"cms-relate\" href=\"{}\">{}</a></li>",
            href(site, other),
            escape(&other.title)
        ))
    );
    let files = body::files(story, |files| format!("<div class=\"article__download\">Tải tài liệu: {files}</div>"));
    let main = format!(
        "<div class=\"article\"><ul class=\"breadcrumb\"><li><a href=\"{0}\">{1}</a></li></ul><h1 class=\"article__title cms-title\">{2}</h1>\
         <div class=\"article__meta\"><time class=\"time\" datetime=\"{3}\">{4}</time></div><div class=\"article__sapo cms-desc\">{5}</div>{related}\
         <div class=\"article__body cms-body\">{6}{7}</div>{8}{files}</div>\
         <div class=\"article__tag\"><h3>Từ khóa</h3><a href=\"/tag/truong-xuan\">Trường Xuân</a></div><div class=\"box-related\"><h3>Cùng chuyên mục</h3>{9}</div>",
        site.section_path(story.section),
        SECTIONS[story.section].0,
        escape(&story.title),
        at(story, "%Y-%m-%dT%H:%M:%S+0700"),
        at(story, "%d/%m/%Y %H:%M"),
        if story.lead.is_empty() { String::new() } else { format!("{NEWSPAPER} {}", escape(&story.lead)) },
        text.0,
        text.1,
        signed(story, |author| format!("<div class=\"article__author cms-author\">{author}</div>")),
        each(&site.others(story), |other| story_card(site, other, "small")),
    );
    let head = format!(
        "<meta property=\"og:title\" content=\"{}\">\n<meta property=\"article:published_time\" content=\"{}\">\n",
        escape(&story.title),
        at(story, "%Y-%m-%dT%H:%M:%S+0700")
    );
    page(site, &story.title, &head, &main)
}

fn page(site: &Site, title: &str, head: &str, main: &str) -> String {
    let zones: String = (1..NOTICES)
        .map(|section| {
            format!(
                "<section class=\"zone\"><h3 class=\"zone__heading\"><a href=\"{}\">{}</a></h3>{}</section>",
                site.section_path(section),
                SECTIONS[section].0,
                each(&site.of_section(section), |story| story_card(site, story, "secondary"))
            )
        })
        .collect();
    let body = format!(
        "<header class=\"site-header\"><a class=\"logo\" href=\"/\">{NAME}</a>{}{}</header><div class=\"site-body\"><div class=\"main-column\">{main}</div>\
         <div class=\"sub-column\"><section class=\"zone\"><h3 class=\"zone__heading\">Xem nhiều</h3>{}</section><section class=\"zone\">\
         <h3 class=\"zone__heading\">Multimedia</h3>{}</section></div>{zones}</div><footer class=\"site-footer\">{}</footer>",
        menu(site),
        weather(site),
        each(&site.most_read(), |story| story_card(site, story, "small")),
        each(&site.films(), |story| story_card(site, story, "small")),
        imprint(),
    );
    document(&format!("{title} | {NAME}"), head, &body)
}

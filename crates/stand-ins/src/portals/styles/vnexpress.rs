//! A large newspaper: the most read look like the list, the place is glued to the lead, the main column is a "sidebar".

use super::{
    super::{
        body::{self, Part},
        pieces::{at, banner, document, each, escape, href, imprint, menu, rows, signed, weather, with_weekday},
        site::{List, NAME, SECTIONS, Site},
        story::Story,
    },
    ALL, Style, heading, nothing, vccorp,
};

pub(super) static STYLE: Style = Style {
    name: "vnexpress",
    address: |story| format!("/{}-{}.html", story.slug, 4_820_000 + story.number),
    section: |section| format!("/{}", SECTIONS[section].1),
    files: "tai-lieu",
    list,
    article,
    extra: nothing,
    charset: None,
    rebuilt: &vccorp::STYLE,
    shown: ALL,
};

fn item(site: &Site, story: &Story) -> String {
    format!(
        "<article class=\"item-news item-news-common\"><div class=\"thumb-art\"><a href=\"{0}\" class=\"thumb thumb-5x3\" title=\"{1}\">\
         <picture><img class=\"lazy\" alt=\"{1}\" data-src=\"/uploads/nho-{2}.jpg\"></picture></a></div>\
         <h3 class=\"title-news\"><a href=\"{0}\" title=\"{1}\">{1}</a></h3>\
         <p class=\"description\"><a href=\"{0}\"><span class=\"location-stamp\">{3}</span>{4}</a></p></article>",
        href(site, story),
        escape(&story.title),
        story.number,
        story.place,
        escape(&story.lead)
    )
}

fn list(site: &Site, list: List) -> String {
    let rows = rows(&site.rows(list), |story| item(site, story));
    page(site, heading(list), "", &format!("<div class=\"list-news-subfolder\">{rows}</div>"))
}

fn article(site: &Site, story: &Story) -> String {
    let text = body::text(story, |part| match part {
        Part::Paragraph(text) => format!("<p class=\"Normal\">{}</p>", escape(text)),
        Part::Picture(picture) => format!(
            "<figure data-size=\"true\" itemprop=\"associatedMedia image\" class=\"tplCaption action_thumb_added\">\
             <div class=\"fig-picture\"><picture>\
             <img itemprop=\"contentUrl\" loading=\"lazy\" class=\"lazy\" src=\"data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==\" data-src=\"{}\"></picture></div>\
             <figcaption itemprop=\"description\"><p class=\"Image\">{}</p></figcaption></figure>",
            picture.path,
            escape(&picture.caption)
        ),
        Part::Film(path) => format!(
            "<div class=\"item_slide_show clearfix\"><div class=\"box_embed_video_parent\"><div class=\"box_img_video embed-container\">\
             <video src=\"{path}\" controls></video></div></div></div>"
        ),
        other => body::plain(other),
    });
    let files = body::files(story, |files| format!("<p class=\"Normal\">Tài liệu: {files}</p>"));
    let main = format!(
        "<div class=\"sidebar-1\"><div class=\"header-content width_common\"><ul class=\"breadcrumb\"><li><a href=\"{0}\">{1}</a></li>\
         </ul><span class=\"date\">{2} (GMT+7)</span></div>\
         <h1 class=\"title-detail\">{3}</h1><p class=\"description\"><span class=\"location-stamp\">{4}</span>{5}</p>\
         <article class=\"fck_detail\">{text}{6}</article>{files}</div>",
        site.section_path(story.section),
        SECTIONS[story.section].0,
        with_weekday(story, "%-d/%-m/%Y, %H:%M"),
        escape(&story.title),
        story.place,
        escape(&story.lead),
        signed(story, |author| format!("<p class=\"Normal\" style=\"text-align:right;\"><strong>{}</strong></p>", author)),
    );
    let head = format!(
        "<meta property=\"og:type\" content=\"article\">\n<meta property=\"og:title\" content=\"{}\">\n\
         <meta name=\"pubdate\" content=\"{}\">\n",
        escape(&story.title),
        at(story, "%Y-%m-%dT%H:%M:%S+07:00")
    );
    let others = format!("<div class=\"box-tinlienquanv2\">{}</div>", each(&site.others(story), |other| item(site, other)));
    page(site, &story.title, &head, &(main + &others))
}

fn page(site: &Site, title: &str, head: &str, main: &str) -> String {
    let body = format!(
        "<header class=\"section top-header\"><a class=\"logo\" href=\"/\">{NAME}</a><span class=\"weather\">{}</span></header>\
         <nav class=\"main-nav\">{}</nav>\
         <section class=\"section page-detail\"><div class=\"container\">{main}<div class=\"sidebar-2\"><div class=\"box-category\">\
         <h2 class=\"title-box\">Xem nhiều</h2>{}</div>\
         <div class=\"box-category\"><h2 class=\"title-box\">Video</h2>{}</div></div></div></section><footer class=\"footer\">{}</footer>",
        banner(site) + &weather(site),
        menu(site),
        each(&site.most_read(), |story| item(site, story)),
        each(&site.films(), |story| item(site, story)),
        imprint(),
    );
    document(&format!("{title} - {NAME}"), head, &body)
}

//! A large newspaper whose name stands in brackets before every lead, with boxes of articles that look like the list.

use super::{
    super::{
        body::{self, Part},
        pieces::{at, banner, document, each, escape, href, imprint, menu, rows, signed, weather, with_weekday},
        site::{List, NAME, SECTIONS, Site},
        story::Story,
    },
    ALL, Style, heading, nothing, vnexpress,
};

pub(super) static STYLE: Style = Style {
    name: "dantri",
    address: |story| format!("/{}/{}-{}{:05}.htm", SECTIONS[story.section].1, story.slug, at(story, "%Y%m%d%H%M"), story.number),
    section: |section| format!("/{}.htm", SECTIONS[section].1),
    files: "tep/2026",
    list,
    article,
    extra: nothing,
    charset: None,
    rebuilt: &vnexpress::STYLE,
    shown: ALL,
};

fn item(site: &Site, story: &Story, with_lead: bool) -> String {
    let lead = if with_lead {
        format!("<div class=\"article-excerpt\"><a href=\"{}\">(Trường Xuân) - {}</a></div>", href(site, story), escape(&story.lead))
    } else {
        String::new()
    };
    format!(
        "<article class=\"article-item\"><div class=\"article-thumb\"><a href=\"{0}\"><img src=\"/uploads/nho-{1}.jpg\" alt=\"\"></a></div>\
         <div class=\"article-content\"><h3 class=\"article-title\"><a href=\"{0}\">{2}</a></h3>{lead}</div></article>",
        href(site, story),
        story.number,
        escape(&story.title)
    )
}

fn list(site: &Site, list: List) -> String {
    let rows = rows(&site.rows(list), |story| item(site, story, true));
    page(site, heading(list), "", &format!("<div class=\"article list\">{rows}</div>"))
}

fn article(site: &Site, story: &Story) -> String {
    let text = body::text(story, |part| match part {
        Part::Picture(picture) => format!(
            "<figure class=\"image align-center\"><img title=\"\" data-original=\"{0}\" src=\"{0}\" alt=\"\"><figcaption><p>{1}</p>\
             </figcaption></figure>",
            picture.path,
            escape(&picture.caption)
        ),
        other => body::plain(other),
    });
    let files = body::files(story, |files| format!("<p>Tài liệu đính kèm: {files}</p>"));
    let main = format!(
        "<article class=\"singular-container\"><h1 class=\"title-page detail\">{}</h1><div class=\"author-wrap\">{}\
         <time class=\"author-time\" datetime=\"{}\">{}</time></div>\
         <h2 class=\"singular-sapo\">{}</h2><div class=\"singular-content\">{text}{files}</div></article>\
         <div class=\"article-related\"><h3>Tin liên quan</h3>{}</div>",
        escape(&story.title),
        signed(story, |author| format!(
            "<div class=\"author-name\"><a href=\"/tac-gia/{}.htm\"><b>{}</b></a></div>",
            story.number % 9,
            author
        )),
        at(story, "%Y-%m-%d %H:%M"),
        with_weekday(story, "%d/%m/%Y - %H:%M"),
        if story.lead.is_empty() { String::new() } else { format!("(Trường Xuân) - {}", escape(&story.lead)) },
        each(&site.others(story), |other| item(site, other, false)),
    );
    let head =
        format!("<meta property=\"og:title\" content=\"{}\">\n<meta property=\"og:type\" content=\"article\">\n", escape(&story.title));
    page(site, &story.title, &head, &main)
}

fn page(site: &Site, title: &str, head: &str, main: &str) -> String {
    let body = format!(
        "<header class=\"header\"><a href=\"/\" class=\"site-logo\">{NAME}</a>{}</header><nav class=\"menu\">{}</nav><main class=\"body\">\
         <div class=\"grid main\">{main}</div>\
         <div class=\"grid sub\"><div class=\"article-wrap most-read\"><h2>Đọc nhiều trong ngày</h2>{}</div><div class=\"article-wrap\">\
         <h2>Video</h2>{}</div></div></main><footer>{}</footer>",
        banner(site) + &weather(site),
        menu(site),
        each(&site.most_read(), |story| item(site, story, false)),
        each(&site.films(), |story| item(site, story, false)),
        imprint(),
    );
    document(&format!("{title} | {NAME}"), head, &body)
}

//! A magazine: a lead story, smaller ones beside it and a stream below, each built otherwise.
//!
//! Boxes of the newest of every section and of films are built as the stream is. Days are written as time passed.

use jiff::Unit;

use super::{
    super::{
        body,
        pieces::{at, document, each, escape, href, imprint, menu, rows, signed, weather},
        site::{List, NAME, NOTICES, SECTIONS, Site},
        story::Story,
    },
    ALL, Style, bulletin, heading, nothing,
};

pub(super) static STYLE: Style = Style {
    name: "magazine",
    address: |story| format!("/{}-post{}.html", story.slug, 310_000 + story.number),
    section: |section| format!("/{}/", SECTIONS[section].1),
    files: "tai-lieu/2026",
    list,
    article,
    extra: nothing,
    charset: None,
    rebuilt: &bulletin::STYLE,
    shown: ALL,
};

/// How long ago it was, or its day.
fn passed(site: &Site, story: &Story) -> String {
    let minutes = site.now.since((Unit::Minute, &story.published)).map_or(0, |passed| passed.get_minutes()).max(1);
    match minutes {
        ..60 => format!("{minutes} phút trước"),
        60..1440 => format!("{} giờ trước", minutes / 60),
        _ => at(story, "%d/%m/%Y"),
    }
}

fn list(site: &Site, list: List) -> String {
    let stories = site.rows(list);
    let (first, others) = stories.split_at(stories.len().min(1));
    let (beside, stream) = others.split_at(others.len().min(3));
    let lead = each(first, |story| {
        format!(
            "<div class=\"focus\"><a class=\"focus-img\" href=\"{0}\"><img src=\"/uploads/to-{1}.jpg\"></a><h2><a href=\"{0}\">{2}</a></h2>\
             <p>{3}</p></div>",
            href(site, story),
            story.number,
            escape(&story.title),
            escape(&story.lead)
        )
    });
    let beside = each(beside, |story| {
        format!(
            "<div class=\"sub\"><a href=\"{0}\"><img src=\"/uploads/nho-{1}.jpg\"></a><h3><a href=\"{0}\">{2}</a></h3></div>",
            href(site, story),
            story.number,
            escape(&story.title)
        )
    });
    let stream = if stories.is_empty() { rows(&[], |_| String::new()) } else { each(stream, |story| item(site, story)) };
    page(
        site,
        heading(list),
        &format!("<section class=\"top\">{lead}<div class=\"subs\">{beside}</div></section><section class=\"stream\">{stream}</section>"),
    )
}

fn item(site: &Site, story: &Story) -> String {
    format!(
        "<div class=\"story\"><a href=\"{0}\"><img src=\"/uploads/nho-{1}.jpg\"></a><h3 class=\"story__heading\"><a href=\"{0}\">{2}</a></h3>\
         <div class=\"story__meta\"><time>{3}</time></div><div class=\"story__summary\">{4}</div></div>",
        href(site, story),
        story.number,
        escape(&story.title),
        passed(site, story),
        escape(&story.lead)
    )
}

fn article(site: &Site, story: &Story) -> String {
    let files = body::files(story, |files| format!("<div class=\"files\">Tài liệu: {files}</div>"));
    let main = format!(
        "<article class=\"article\"><h1 class=\"article__header\">{}</h1>{}<time class=\"time\" datetime=\"{}\">{}</time>\
         <div class=\"article__sapo\">{}</div><div class=\"article__body\">{}</div>{files}</article>\
         <div class=\"article-relate\"><h3>Tin liên quan</h3>{}</div>",
        escape(&story.title),
        signed(story, |author| format!("<div class=\"author\">{author}</div>")),
        at(story, "%Y-%m-%dT%H:%M:%S+07:00"),
        at(story, "%d/%m/%Y %H:%M"),
        escape(&story.lead),
        body::text(story, body::plain),
        each(&site.others(story), |other| item(site, other)),
    );
    page(site, &story.title, &main)
}

fn page(site: &Site, title: &str, main: &str) -> String {
    let sections: String = (0..NOTICES)
        .map(|section| {
            format!(
                "<div class=\"box\"><h4>{}</h4><div>{}</div></div>",
                SECTIONS[section].0,
                each(&site.of_section(section), |story| item(site, story))
            )
        })
        .collect();
    let body = format!(
        "<header><a href=\"/\">{NAME}</a>{}</header><nav>{}</nav><main class=\"wrap\"><div class=\"l-content\">{main}</div>\
         <div class=\"sidebar\"><div class=\"box-trend\">{}</div><div class=\"box-media\">{}</div></div></main>\
         <div class=\"bottom\">{sections}</div><footer>{}</footer>",
        weather(site),
        menu(site),
        each(&site.most_read(), |story| item(site, story)),
        each(&site.films(), |story| item(site, story)),
        imprint(),
    );
    document(&format!("{title} - {NAME}"), "", &body)
}

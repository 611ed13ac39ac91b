//! Next, drawn by the server: names that say nothing, the page's data as JSON below it, a hexadecimal key in slugs.

use serde_json::json;

use super::{
    super::{
        body,
        pieces::{at, document, each, escape, href, imprint, items, menu, rows, weather, with_weekday},
        site::{List, NAME, SECTIONS, Site},
        story::Story,
    },
    ALL, Style, drupal, heading, nothing,
};

pub(super) static STYLE: Style = Style {
    name: "next",
    address: |story| format!("/tin-tuc/{}-{:08x}", story.slug, story.number.wrapping_mul(2_654_435_761)),
    section: |section| format!("/chuyen-muc/{}", SECTIONS[section].1),
    files: "media/van-ban",
    list,
    article,
    extra: nothing,
    charset: None,
    rebuilt: &drupal::STYLE,
    shown: ALL,
};

/// A story as the page's data has it.
fn data(site: &Site, story: &Story) -> serde_json::Value {
    json!({
        "id": story.number,
        "title": story.title,
        "slug": format!("{}-{:08x}", story.slug, story.number.wrapping_mul(2_654_435_761)),
        "url": site.path(story),
        "description": story.lead,
        "publishedAt": story.published.timestamp().to_string(),
    })
}

fn list(site: &Site, list: List) -> String {
    let stories = site.rows(list);
    let rows = rows(&stories, |story| {
        format!(
            "<div class=\"sc-1x7kq flex\"><a class=\"sc-9dkw2\" href=\"{0}\"><img src=\"/uploads/nho-{1}.jpg\" alt=\"\" loading=\"lazy\">\
             </a><div class=\"sc-h2mz1\">\
             <a class=\"sc-tt0pa\" href=\"{0}\">{2}</a><time class=\"sc-q8vb3\">{3}</time><div class=\"sc-u1ns7\">{4}</div></div></div>",
            href(site, story),
            story.number,
            escape(&story.title),
            at(story, "%H:%M %d/%m/%Y"),
            escape(&story.lead)
        )
    });
    let data =
        json!({"props": {"pageProps": {"articles": stories.iter().map(|story| data(site, story)).collect::<Vec<_>>()}}, "page": "/"});
    page(site, heading(list), "", &format!("<div class=\"sc-list\">{rows}</div>"), &data)
}

fn article(site: &Site, story: &Story) -> String {
    let files = body::files(story, |files| format!("<div class=\"sc-files\"><span>Tài liệu đính kèm</span> {files}</div>"));
    let main = format!(
        "<div class=\"sc-art\"><h1 class=\"sc-ah1\">{}</h1><div class=\"sc-am\"><span>{}</span></div><div class=\"sc-sapo\">{}</div>\
         <div class=\"sc-body\">{}<p><strong>{}</strong></p></div>{files}</div><div class=\"sc-rel\"><div>Tin liên quan</div>{}</div>",
        escape(&story.title),
        with_weekday(story, "%d/%m/%Y %H:%M"),
        escape(&story.lead),
        body::text(story, body::plain),
        story.byline(),
        items(site, &site.others(story)),
    );
    let head =
        format!("<meta property=\"og:title\" content=\"{}\">\n<meta property=\"og:type\" content=\"article\">\n", escape(&story.title));
    page(site, &story.title, &head, &main, &json!({"props": {"pageProps": {"article": data(site, story)}}, "page": "/tin-tuc/[slug]"}))
}

fn page(site: &Site, title: &str, head: &str, main: &str, data: &serde_json::Value) -> String {
    let hot = each(&site.most_read(), |story| {
        format!("<div class=\"sc-hot\"><a class=\"sc-tt1\" href=\"{}\">{}</a></div>", href(site, story), escape(&story.title))
    });
    let body = format!(
        "<div id=\"__next\"><header class=\"sc-head\"><nav>{}</nav></header><main class=\"sc-main\">{main}<aside class=\"sc-side\">\
         <div>Đọc nhiều</div>{hot}\
         <div>Thông báo</div>{}<div>{}</div></aside></main><footer>{}</footer></div>\
         <script id=\"__NEXT_DATA__\" type=\"application/json\">{}</script>",
        menu(site),
        items(site, &site.notices()),
        weather(site),
        imprint(),
        data.to_string().replace('<', "\\u003c"),
    );
    document(&format!("{title} | {NAME}"), head, &body)
}

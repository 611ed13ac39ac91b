//! WordPress with a newspaper theme: a menu that unfolds the newest of every section, a ticker, a feed of the site.

use super::{
    super::{
        body::{self, Part},
        pieces::{at, counters, document, each, escape, href, imprint, items, rows, signed, weather},
        site::{List, NAME, NOTICES, SECTIONS, Site},
        story::Story,
    },
    ALL, Style, heading, joomla,
};

pub(super) static STYLE: Style = Style {
    name: "wordpress",
    address: |story| format!("/{}/{}/", at(story, "%Y/%m"), story.first_slug),
    section: |section| format!("/category/{}/", SECTIONS[section].1),
    files: "wp-content/uploads/vanban",
    list,
    article,
    extra,
    charset: None,
    rebuilt: &joomla::STYLE,
    shown: ALL,
};

/// The feed that the head names: the newest of all sections, notices and films with them.
fn extra(site: &Site, path: &str) -> Option<(&'static str, String)> {
    (path == "/feed/").then(|| {
        let newest: Vec<&Story> = site.newest(|_| true).take(10).collect();
        let items = each(&newest, |story| {
            format!(
                "<item><title>{}</title><link>{}{}</link><pubDate>{}</pubDate></item>",
                escape(&story.title),
                site.origin,
                href(site, story),
                at(story, "%a, %d %b %Y %H:%M:%S %z")
            )
        });
        let channel = format!("<channel><title>{NAME}</title><link>{}/</link><description></description>{items}</channel>", site.origin);
        ("application/rss+xml; charset=utf-8", format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\">{channel}</rss>"))
    })
}

fn card(site: &Site, story: &Story, class: &str) -> String {
    format!(
        "<div class=\"{class} td_module_wrap td-animation-stack\"><div class=\"td-module-thumb\">\
         <a href=\"{0}\" rel=\"bookmark\" title=\"{1}\">\
         <img class=\"entry-thumb\" src=\"/uploads/nho-{2}.jpg\" alt=\"\"></a></div><div class=\"item-details\">\
         <h3 class=\"entry-title td-module-title\"><a href=\"{0}\" rel=\"bookmark\" title=\"{1}\">{1}</a></h3>\
         <div class=\"td-module-meta-info\">\
         <span class=\"td-post-date\"><time class=\"entry-date updated td-module-date\" datetime=\"{3}\">{4}</time></span></div>",
        href(site, story),
        escape(&story.title),
        story.number,
        at(story, "%Y-%m-%dT%H:%M:%S+07:00"),
        at(story, "%d/%m/%Y")
    )
}

fn list(site: &Site, list: List) -> String {
    let rows = rows(&site.rows(list), |story| {
        format!("{}<div class=\"td-excerpt\">{}</div></div></div>", card(site, story, "td_module_10"), escape(&story.lead))
    });
    page(site, heading(list), "", &format!("<h1 class=\"entry-title td-page-title\">{}</h1>{rows}", heading(list)))
}

fn article(site: &Site, story: &Story) -> String {
    let text = body::text(story, |part| match part {
        Part::Picture(picture) if !picture.caption.is_empty() => format!(
            "<div class=\"wp-caption aligncenter\"><img class=\"size-full\" src=\"{}\" alt=\"\"><p class=\"wp-caption-text\">{}</p></div>",
            picture.path,
            escape(&picture.caption)
        ),
        Part::Film(path) => format!(
            "<div class=\"wp-video\"><video class=\"wp-video-shortcode\" controls><source type=\"video/mp4\" src=\"{path}\"></video></div>"
        ),
        other => body::plain(other),
    });
    let files = body::files(story, |files| format!("<div class=\"wp-block-file\">{files}</div>"));
    let main = format!(
        "<article class=\"post type-post\"><div class=\"td-post-header\"><ul class=\"td-category\"><li class=\"entry-category\">\
         <a href=\"{0}\">{1}</a></li></ul>\
         <header class=\"td-post-title\"><h1 class=\"entry-title\">{2}</h1><div class=\"td-module-meta-info\">{3}\
         <span class=\"td-post-date\"><time class=\"entry-date updated td-module-date\" datetime=\"{4}\">{5}</time></span>\
         <div class=\"td-post-views\"><i class=\"td-icon-views\"></i>{6}</div></div></header></div>\
         <div class=\"td-post-content\"><p><strong>{7}</strong></p>\n{8}{files}</div><footer>\
         <div class=\"td-post-sharing\">Facebook Twitter Zalo</div></footer></article>\
         <div class=\"td_block_related_posts\"><h4>BÀI LIÊN QUAN</h4>{9}</div>",
        site.section_path(story.section),
        SECTIONS[story.section].0,
        escape(&story.title),
        signed(story, |author| format!(
            "<div class=\"td-post-author-name\"><a href=\"/author/{}/\">{}</a></div>",
            story.number % 7,
            author
        )),
        at(story, "%Y-%m-%dT%H:%M:%S+07:00"),
        at(story, "%d/%m/%Y"),
        site.views(story),
        escape(&story.lead),
        text,
        each(&site.others(story).into_iter().take(3).collect::<Vec<_>>(), |other| card(site, other, "td_module_related_posts")
            + "</div></div>"),
    );
    let head = format!(
        "<meta property=\"og:title\" content=\"{}\">\n<meta property=\"article:published_time\" content=\"{}\">\n",
        escape(&story.title),
        at(story, "%Y-%m-%dT%H:%M:%S+07:00")
    );
    page(site, &story.title, &head, &main)
}

fn page(site: &Site, title: &str, head: &str, main: &str) -> String {
    let menu: String = (0..NOTICES)
        .map(|section| {
            format!(
                "<li class=\"menu-item td-menu-item td-mega-menu\"><a href=\"{}\">{}</a><ul class=\"sub-menu\"><li>\
                 <div class=\"td-mega-grid\">{}</div></li></ul></li>",
                site.section_path(section),
                SECTIONS[section].0,
                each(&site.of_section(section), |story| card(site, story, "td_module_mega_menu") + "</div></div>")
            )
        })
        .collect();
    let ticker = each(&site.ticker(), |story| {
        format!(
            "<div class=\"td_module_trending_now\"><h3 class=\"entry-title td-module-title\"><a href=\"{}\">{}</a></h3></div>",
            href(site, story),
            escape(&story.title)
        )
    });
    let body = format!(
        "<div id=\"td-outer-wrap\"><div class=\"td-header-wrap\"><ul class=\"td-main-menu\">{menu}</ul></div>\
         <div class=\"td_block_trending_now\">\
         <div class=\"td-trending-now-title\">TIN MỚI</div>{ticker}</div><div class=\"td-main-content\">{main}</div>\
         <div class=\"td-main-sidebar\"><aside class=\"widget\"><h4>Xem nhiều</h4>{}</aside><aside class=\"widget\"><h4>Thông báo</h4>{}\
         </aside>\
         <aside class=\"widget\">{}</aside><aside class=\"widget\">{}</aside></div><div class=\"td-footer-wrapper\">{}</div></div>",
        each(&site.most_read(), |story| card(site, story, "td_module_6") + "</div></div>"),
        items(site, &site.notices()),
        weather(site),
        counters(site),
        imprint(),
    );
    let feed = "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"Dòng thông tin\" href=\"/feed/\">\n";
    document(&format!("{title} - {NAME}"), &format!("{feed}{head}"), &body)
}

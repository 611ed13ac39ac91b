//! WordPress with a shop's theme: each card is one link, the day is a badge without a year, leads are cut short.
//!
//! A widget shows the newest of all sections on every page, each with its day, as the list of a section does.

use super::{
    super::{
        body::{self, Part},
        pieces::{at, counters, document, each, escape, href, imprint, menu, rows, signed, weather},
        site::{List, NAME, SECTIONS, Site},
        story::Story,
    },
    ALL, Style, heading, liferay_tabs, nothing,
};

pub(super) static STYLE: Style = Style {
    name: "flatsome",
    address: |story| format!("/{}-{}/", story.first_slug, story.number),
    section: |section| format!("/muc/{}/", SECTIONS[section].1),
    files: "wp-content/uploads/tep",
    list,
    article,
    extra: nothing,
    charset: None,
    rebuilt: &liferay_tabs::STYLE,
    shown: ALL,
};

fn card(site: &Site, story: &Story) -> String {
    format!(
        "<div class=\"col post-item\"><div class=\"col-inner\"><a href=\"{0}\" class=\"plain\"><div class=\"box box-blog-post has-hover\">\
         <div class=\"box-image\"><img src=\"/uploads/nho-{1}.jpg\" alt=\"\"></div><div class=\"box-text text-left\"><div class=\"box-text-inner\">\
         <h5 class=\"post-title is-large\">{2}</h5><div class=\"is-divider\"></div><p class=\"from_the_blog_excerpt\">{3}</p></div></div>\
         <div class=\"badge absolute top post-date badge-outline\"><div class=\"badge-inner\"><span class=\"post-date-day\">{4}</span><br>\
         <span class=\"post-date-month is-xsmall\">Th{5}</span></div></div></div></a></div></div>",
        href(site, story),
        story.number,
        escape(&story.title),
        short(&escape(&story.lead)),
        at(story, "%d"),
        at(story, "%-m")
    )
}

/// As excerpts are cut.
fn short(lead: &str) -> String {
    if lead.is_empty() { String::new() } else { lead.split_whitespace().take(12).collect::<Vec<_>>().join(" ") + " [...]" }
}

fn list(site: &Site, list: List) -> String {
    let rows = rows(&site.rows(list), |story| card(site, story));
    let main = format!(
        "<header class=\"archive-page-header\"><h1 class=\"page-title is-large uppercase\">Lưu trữ danh mục: <span>{}</span></h1></header>\
         <div id=\"row-{}\" class=\"row large-columns-3 row-masonry\">{rows}</div>",
        heading(list),
        900 + site.turn
    );
    page(site, heading(list), "", &main)
}

fn article(site: &Site, story: &Story) -> String {
    let text = body::text(story, |part| match part {
        Part::Picture(picture) if !picture.caption.is_empty() => format!(
            "<figure id=\"attachment_{}\" class=\"wp-caption aligncenter\"><img decoding=\"async\" src=\"{}\" data-src=\"{1}\" alt=\"\">\
             <figcaption class=\"wp-caption-text\">{}</figcaption></figure>",
            story.number,
            picture.path,
            escape(&picture.caption)
        ),
        other => body::plain(other),
    });
    let files = body::files(story, |files| {
        format!("<div class=\"wp-block-file\">{files} <a class=\"wp-block-file__button\" download>Tải về</a></div>")
    });
    let main = format!(
        "<article class=\"post type-post status-publish\"><div class=\"article-inner\"><header class=\"entry-header\">\
         <h6 class=\"entry-category is-xsmall\"><a href=\"{0}\" rel=\"category tag\">{1}</a></h6><h1 class=\"entry-title\">{2}</h1>\
         <div class=\"entry-meta uppercase is-xsmall\"><span class=\"posted-on\">Đăng vào <a href=\"{3}\" rel=\"bookmark\">\
         <time class=\"entry-date published\" datetime=\"{4}\">{5}</time><time class=\"updated\" datetime=\"{4}\">{5}</time></a></span>\
         <span class=\"byline\"> bởi <span class=\"meta-author vcard\"><a class=\"url fn n\" href=\"/author/admin/\">admin</a></span></span></div>\
         </header><div class=\"entry-content single-page\"><p><strong>{6}</strong></p>\n{text}{7}{files}<div class=\"blog-share text-center\">\
         <div class=\"social-icons\"><a href=\"//facebook.com/sharer\">f</a></div></div></div></div></article>\
         <div class=\"entry-related\"><h3>Bài viết liên quan</h3><div class=\"row\">{8}</div></div>\
         <div id=\"comments\"><h3 class=\"comment-reply-title\">Để lại một bình luận</h3><p>Email của bạn sẽ không được hiển thị công khai.</p></div>",
        site.section_path(story.section),
        SECTIONS[story.section].0,
        escape(&story.title),
        href(site, story),
        at(story, "%Y-%m-%dT%H:%M:%S+07:00"),
        at(story, "%d/%m/%Y"),
        escape(&story.lead),
        signed(story, |author| format!("<p style=\"text-align: right;\"><strong>{author}</strong></p>")),
        each(&site.related(story), |other| card(site, other)),
    );
    page(site, &story.title, &format!("<meta property=\"og:title\" content=\"{} - {NAME}\">\n", escape(&story.title)), &main)
}

fn page(site: &Site, title: &str, head: &str, main: &str) -> String {
    let recent = each(&site.ticker(), |story| {
        format!(
            "<li class=\"recent-blog-posts-li\"><div class=\"flex-row recent-blog-posts\"><div class=\"flex-col flex-grow\"><a href=\"{}\">{}</a>\
             <span class=\"post_comments op-7 block is-xsmall\"><span>{}</span></span></div></div></li>",
            href(site, story),
            escape(&story.title),
            at(story, "%d/%m/%Y")
        )
    });
    let plain = |story: &Story| format!("<li><a href=\"{}\">{}</a></li>", href(site, story), escape(&story.title));
    let body = format!(
        "<div id=\"wrapper\"><header id=\"header\"><div class=\"header-nav\">{}</div></header><main id=\"main\"><div class=\"row row-large\">\
         <div class=\"post-sidebar large-3 col\"><aside class=\"widget flatsome_recent_posts\"><span class=\"widget-title\"><span>Bài viết mới</span>\
         </span><ul>{recent}</ul></aside><aside class=\"widget\"><span class=\"widget-title\"><span>Tin nổi bật</span></span><ul>{}</ul></aside>\
         <aside class=\"widget\"><span class=\"widget-title\"><span>Thông báo</span></span><ul>{}</ul></aside></div>\
         <div class=\"large-9 col\">{main}</div></div></main><footer id=\"footer\">{}{}<div class=\"absolute-footer\">{}</div></footer></div>",
        menu(site),
        each(&site.most_read(), plain),
        each(&site.notices(), plain),
        weather(site),
        counters(site),
        imprint(),
    );
    document(&format!("{title} - {NAME}"), head, &body)
}

//! VCCorp's newspapers: an editor's objects in the text, one with another story's lead, a sign before every lead.

use super::{
    super::{
        body::{self, Part},
        pieces::{at, document, each, escape, href, imprint, menu, rows, signed, weather},
        site::{List, NAME, SECTIONS, Site},
        story::Story,
    },
    ALL, Style, dantri, heading, nothing,
};

pub(super) static STYLE: Style = Style {
    name: "vccorp",
    address: |story| format!("/{}-{}{:05}.htm", story.slug, at(story, "%Y%m%d"), story.number),
    section: |section| format!("/{}.htm", SECTIONS[section].1),
    files: "2026/tai-lieu",
    list,
    article,
    extra: nothing,
    charset: None,
    rebuilt: &dantri::STYLE,
    shown: ALL,
};

fn list(site: &Site, list: List) -> String {
    let rows = rows(&site.rows(list), |story| {
        format!(
            "<div class=\"box-category-item\" data-id=\"{1}\">\
             <a class=\"box-category-link-with-avatar img-resize\" href=\"{0}\" title=\"{2}\">\
             <img src=\"/uploads/nho-{1}.jpg\" class=\"box-category-avatar\"></a>\
             <div class=\"box-category-content\"><h3 class=\"box-title-text\">\
             <a class=\"box-category-link-title\" data-linktype=\"newsdetail\" href=\"{0}\" title=\"{2}\">{2}</a></h3>\
             <p class=\"box-category-sapo\">TXO - {3}</p></div></div>",
            href(site, story),
            story.number,
            escape(&story.title),
            escape(&story.lead)
        )
    });
    page(site, heading(list), "", &format!("<div class=\"list__listing-main\" data-layout=\"1\">{rows}</div>"))
}

fn article(site: &Site, story: &Story) -> String {
    let text = body::text(story, |part| match part {
        Part::Picture(picture) => format!(
            "<figure class=\"VCSortableInPreviewMode\" type=\"Photo\"><div>\
             <img src=\"{}\" class=\"detail-img\" rel=\"lightbox\" photoid=\"1\"></div>\
             <figcaption class=\"PhotoCMS_Caption\"><p data-placeholder=\"Nhập chú thích ảnh\">{}</p></figcaption></figure>",
            picture.path,
            escape(&picture.caption)
        ),
        Part::Film(path) => format!(
            "<div class=\"VCSortableInPreviewMode active\" type=\"VideoStream\" embed-type=\"4\" data-vid=\"{path}\">\
             <div class=\"player\"></div></div>"
        ),
        other => body::plain(other),
    });
    let related = site.others(story).first().map_or_else(String::new, |other| {
        format!(
            "<div class=\"VCSortableInPreviewMode\" type=\"RelatedOneNews\"><div class=\"kbwscwl-relatedbox\">\
             <a class=\"thumb-news\" href=\"{0}\"><img src=\"/uploads/nho-{1}.jpg\"></a>\
             <div class=\"kbwscwlr-content\"><a class=\"title link-callout\" href=\"{0}\">{2}</a><p class=\"sapo\">{3}</p></div></div>\
             </div>\n",
            href(site, other),
            other.number,
            escape(&other.title),
            escape(&other.lead)
        )
    });
    let files = body::files(story, |files| format!("<div class=\"detail-attach\">Tài liệu đính kèm: {files}</div>"));
    let cut = text.find("</p>\n").map_or(0, |at| at + 5);
    let main = format!(
        "<div class=\"detail__cmain\"><div class=\"detail-top\"><div class=\"detail-cate\"><a href=\"{0}\">{1}</a></div>\
         <div class=\"detail-time\"><div data-role=\"publishdate\">{2} GMT+7</div></div></div>\
         <h1 class=\"detail-title article-title\" data-role=\"title\">{3}</h1>{4}<h2 class=\"detail-sapo\" data-role=\"sapo\">{5}</h2>\
         <div class=\"detail-content afcbc-body\" data-role=\"content\" itemprop=\"articleBody\">{6}{related}{7}</div>{files}</div>\
         <div class=\"detail__related\"><h3>Tin liên quan</h3>{8}</div>",
        site.section_path(story.section),
        SECTIONS[story.section].0,
        at(story, "%d/%m/%Y %H:%M"),
        escape(&story.title),
        signed(story, |author| format!(
            "<div class=\"detail-author-bar\"><span class=\"name\" data-role=\"author\">{}</span></div>",
            author
        )),
        if story.lead.is_empty() { String::new() } else { format!("TXO - {}", escape(&story.lead)) },
        &text[..cut],
        &text[cut..],
        each(&site.others(story), |other| format!(
            "<a class=\"related-title\" href=\"{}\">{}</a>",
            href(site, other),
            escape(&other.title)
        )),
    );
    let head = format!(
        "<meta property=\"og:title\" content=\"{}\">\n<meta property=\"article:published_time\" content=\"{}\">\n",
        escape(&story.title),
        at(story, "%Y-%m-%dT%H:%M:%S")
    );
    page(site, &story.title, &head, &main)
}

fn page(site: &Site, title: &str, head: &str, main: &str) -> String {
    let box_item = |story: &Story| {
        format!(
            "<div class=\"box-category-item\" data-id=\"{1}\"><div class=\"box-category-content\"><h3 class=\"box-title-text\">\
             <a class=\"box-category-link-title\" data-linktype=\"newsdetail\" href=\"{0}\" title=\"{2}\">{2}</a></h3></div></div>",
            href(site, story),
            story.number,
            escape(&story.title)
        )
    };
    let body = format!(
        "<header class=\"header\"><a class=\"header__logo\" href=\"/\">{NAME}</a><nav class=\"header__nav\">{}</nav></header>\
         <div class=\"main\"><div class=\"list__listing\">{main}</div>\
         <div class=\"list__listing-sub\"><div class=\"box-title\">Đọc nhiều</div>{}<div class=\"box-title\">Video</div>{}<div>{}</div>\
         </div></div><footer class=\"footer\">{}</footer>",
        menu(site),
        each(&site.most_read(), box_item),
        each(&site.films(), box_item),
        weather(site),
        imprint(),
    );
    document(&format!("{title} - {NAME}"), head, &body)
}

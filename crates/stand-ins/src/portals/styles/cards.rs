//! A portal of a web agency: cards whose only link is a button, keys in place of slugs, months as browsers write them.

use super::{
    super::{
        body,
        pieces::{at, document, each, escape, href, imprint, menu, rows, signed, weather},
        site::{List, NAME, SECTIONS, Site},
        story::Story,
    },
    ALL, Style, heading, nothing, province,
};

pub(super) static STYLE: Style = Style {
    name: "cards",
    address: |story| {
        format!("/tin-bai/{:08x}-4b1d-11ef-9a2c-{:012x}", story.number.wrapping_mul(2_246_822_519), u64::from(story.number) * 40_503)
    },
    section: |section| format!("/chuyen-trang/{}", SECTIONS[section].1),
    files: "storage/van-ban",
    list,
    article,
    extra: nothing,
    charset: None,
    rebuilt: &province::STYLE,
    shown: ALL,
};

fn card(site: &Site, story: &Story, word: &str) -> String {
    format!(
        "<div class=\"col\"><div class=\"card h-100 shadow-sm\"><img class=\"card-img-top\" src=\"/uploads/nho-{1}.jpg\" alt=\"\"><div class=\"card-body\">\
         <h5 class=\"card-title\">{2}</h5><p class=\"card-text\">{4}</p></div><div class=\"card-footer d-flex\"><small class=\"text-muted\">{3}</small>\
         <a class=\"btn btn-outline-primary btn-sm\" href=\"{0}\" role=\"button\">{word}</a></div></div></div>",
        href(site, story),
        story.number,
        escape(&story.title),
        moment(story),
        escape(&story.lead)
    )
}

/// `08:07, 24 thg 11, 2026`
fn moment(story: &Story) -> String {
    at(story, "%H:%M, %-d thg %-m, %Y")
}

fn list(site: &Site, list: List) -> String {
    let rows = rows(&site.rows(list), |story| card(site, story, "Xem chi tiết"));
    let name = heading(list);
    let main = format!(
        "<nav><ol class=\"breadcrumb\"><li><a href=\"/\">Trang chủ</a></li><li>{name}</li></ol></nav><div class=\"row row-cols-3 g-4\">{rows}</div>"
    );
    page(site, name, &main)
}

fn article(site: &Site, story: &Story) -> String {
    let files = body::files(story, |files| {
        format!("<div class=\"card mt-3\"><div class=\"card-header\">Tài liệu kèm theo</div><div class=\"card-body\">{files}</div></div>")
    });
    let main = format!(
        "<div class=\"article\"><span class=\"badge bg-secondary\">{}</span><h1 class=\"display-6\">{}</h1><div class=\"text-muted\">\
         <i class=\"bi bi-clock\"></i> {} <i class=\"bi bi-eye\"></i> {} lượt xem</div><p class=\"lead\">{}</p>{}{}{files}</div>\
         <h4 class=\"mt-5\">Có thể bạn quan tâm</h4><div class=\"row row-cols-3\">{}</div>",
        SECTIONS[story.section].0,
        escape(&story.title),
        moment(story),
        site.views(story),
        escape(&story.lead),
        body::text(story, body::plain),
        signed(story, |author| format!("<p class=\"text-end fw-bold\">{author}</p>")),
        each(&site.related(story), |other| card(site, other, "Đọc tiếp")),
    );
    page(site, &story.title, &main)
}

fn page(site: &Site, title: &str, main: &str) -> String {
    let side = |story: &Story| {
        format!("<a class=\"list-group-item list-group-item-action\" href=\"{}\">{}</a>", href(site, story), escape(&story.title))
    };
    let carousel = each(&site.most_read(), |story| {
        format!(
            "<div class=\"carousel-item\"><img src=\"/uploads/to-{1}.jpg\" alt=\"\"><div class=\"carousel-caption\"><h5>{2}</h5>\
             <a class=\"btn btn-light\" href=\"{0}\">Xem chi tiết</a></div></div>",
            href(site, story),
            story.number,
            escape(&story.title)
        )
    });
    let body = format!(
        "<header class=\"navbar\"><a class=\"navbar-brand\" href=\"/\">{NAME}</a>{}</header><div class=\"carousel slide\"><div class=\"carousel-inner\">\
         {carousel}</div></div><div class=\"container\"><div class=\"row\"><main class=\"col-lg-9\">{main}</main><aside class=\"col-lg-3\">\
         <h6 class=\"text-uppercase\">Thông báo</h6><div class=\"list-group\">{}</div><h6 class=\"text-uppercase\">Phim</h6>\
         <div class=\"list-group\">{}</div><div>{}</div></aside></div></div><footer class=\"bg-dark\">{}</footer>",
        menu(site),
        each(&site.notices(), side),
        each(&site.films(), side),
        weather(site),
        imprint(),
    );
    document(&format!("{title} | {NAME}"), "", &body)
}

//! Joomla: a login box on every page, "Super User" as every author, the day of the last change beside the first.

use super::{
    super::{
        body,
        pieces::{at, counters, document, each, escape, href, imprint, items, menu, rows, weather},
        site::{List, NAME, SECTIONS, Site},
        story::Story,
    },
    ALL, Shown, Style, heading, liferay, nothing,
};

pub(super) static STYLE: Style = Style {
    name: "joomla",
    address: |story| format!("/index.php/{}/{}-{}", SECTIONS[story.section].1, story.number, story.slug),
    section: |section| format!("/index.php/{}", SECTIONS[section].1),
    files: "images/vanban",
    list,
    article,
    extra: nothing,
    charset: None,
    rebuilt: &liferay::STYLE,
    shown: Shown { author: false, ..ALL },
};

fn list(site: &Site, list: List) -> String {
    let rows = rows(&site.rows(list), |story| {
        format!(
            "<div class=\"item\"><h2 class=\"item-title\"><a href=\"{0}\">{1}</a></h2><dl class=\"article-info\">\
             <dd class=\"createdby\">Viết bởi Super User</dd>\
             <dd class=\"published\">Được đăng: {2}</dd></dl><p>{3}</p><p class=\"readmore\"><a href=\"{0}\">Đọc thêm...</a></p></div>",
            href(site, story),
            escape(&story.title),
            at(story, "%d Tháng %m %Y %H:%M"),
            escape(&story.lead)
        )
    });
    page(site, heading(list), &format!("<div class=\"blog\"><h2>{}</h2>{rows}</div>", heading(list)))
}

fn article(site: &Site, story: &Story) -> String {
    let files = body::files(story, |files| format!("<div class=\"attachmentsContainer\"><span>Đính kèm:</span> {files}</div>"));
    let changed = &story.published + jiff::SignedDuration::from_hours(31);
    let main = format!(
        "<div class=\"item-page\"><h2>{}</h2><dl class=\"article-info\"><dt>Chi tiết</dt><dd class=\"createdby\">Viết bởi Super User</dd>\
         <dd class=\"published\">Được đăng: {}</dd><dd class=\"modified\">Lần cập nhật cuối: {}</dd><dd class=\"hits\">Lượt xem: {}</dd>\
         </dl>\
         <div class=\"articleBody\"><p><strong>{}</strong></p>\n{}</div>{files}<ul class=\"pager\">{}</ul></div>",
        escape(&story.title),
        at(story, "%d Tháng %m %Y %H:%M"),
        changed.strftime("%d Tháng %m %Y"),
        site.views(story),
        escape(&story.lead),
        body::text(story, body::plain),
        each(&site.others(story).into_iter().take(1).collect::<Vec<_>>(), |other| {
            format!("<li class=\"previous\"><a href=\"{}\">Trang trước</a></li>", href(site, other))
        }),
    );
    page(site, &story.title, &main)
}

fn page(site: &Site, title: &str, main: &str) -> String {
    let login = "<form class=\"form-login\" action=\"/index.php\" method=\"post\"><h3>Đăng nhập</h3><p>Tên đăng nhập \
                 <input name=\"username\"></p>\
                 <p>Mật khẩu <input type=\"password\" name=\"password\"></p><p><input type=\"checkbox\"> Ghi nhớ</p>\
                 <ul><li><a href=\"/index.php/quen-mat-khau\">Quên mật khẩu?</a></li><li><a href=\"/index.php/dang-ky\">Tạo một tài khoản\
                 </a></li></ul></form>";
    let body = format!(
        "<div id=\"all\"><div id=\"header\"><h1 id=\"logo\"><a href=\"/\">{NAME}</a></h1></div><div id=\"nav\">{}</div>\
         <div id=\"main\">{main}</div>\
         <div id=\"right\"><div class=\"moduletable\"><h3>Thông báo</h3>{}</div><div class=\"moduletable\"><h3>Tin xem nhiều</h3>{}\
         </div>{login}\
         <div class=\"moduletable\">{}</div><div class=\"moduletable\">{}</div></div><div id=\"footer\">{}<p>Powered by Joomla!</p></div>\
         </div>",
        menu(site),
        items(site, &site.notices()),
        items(site, &site.most_read()),
        weather(site),
        counters(site),
        imprint(),
    );
    document(title, "<meta name=\"generator\" content=\"Joomla! - Open Source Content Management\">\n", &body)
}

//! What surrounds every page of the portal: menu, sidebar, footer, in the build of the day.

use super::{
    site::{Markup, Site, thumbnail_path},
    story::Story,
};

/// The portal's name.
pub const NAME: &str = "Công an thành phố Biển Xanh";

/// Name and address.
type Entry = (&'static str, &'static str);

/// Menu entries with their sub-menus.
const MENU: &[(&str, &str, &[Entry])] = &[
    ("Trang chủ", "/", &[]),
    ("Giới thiệu", "/gioi-thieu", &[("Chức năng, nhiệm vụ", "/gioi-thieu/chuc-nang"), ("Cơ cấu tổ chức", "/gioi-thieu/to-chuc")]),
    (
        "Tin tức – Sự kiện",
        "/tin-tuc",
        &[
            ("Hoạt động của lực lượng Công an", "/tin-tuc/hoat-dong"),
            ("An ninh – Trật tự", "/tin-tuc/an-ninh-trat-tu"),
            ("Gương người tốt, việc tốt", "/tin-tuc/nguoi-tot-viec-tot"),
        ],
    ),
    (
        "Thủ tục hành chính",
        "/thu-tuc",
        &[("Căn cước", "/thu-tuc/can-cuoc"), ("Đăng ký xe", "/thu-tuc/dang-ky-xe"), ("Cư trú", "/thu-tuc/cu-tru")],
    ),
    ("Văn bản", "/van-ban", &[]),
    ("Hỏi đáp", "/hoi-dap", &[]),
    ("Liên hệ", "/lien-he", &[]),
];

const UNITS: &[Entry] = &[
    ("Cổng thông tin điện tử thành phố Biển Xanh", "https://bienxanh.example/"),
    ("Công an phường Hòa Phú Đông", "https://hoaphudong.bienxanh.example/"),
    ("Cổng dịch vụ công", "https://dichvucong.bienxanh.example/"),
];

/// Enough for a person who looks at the portal.
pub(super) const STYLE: &str = "\
body { font: 15px/1.5 sans-serif; max-width: 1000px; margin: 0 auto; color: #222 }\n\
#content { display: flex; gap: 2em } .main-col { flex: 3 } .right-col { flex: 1; font-size: 13px }\n\
#mainmenu > ul, .navbar > ul { display: flex; gap: 1.5em; list-style: none; padding: .6em; background: #0a5c36 }\n\
#mainmenu a, .navbar a { color: #fff } .sub-menu { display: none } a { color: #0a5c36; text-decoration: none }\n\
.news-list { list-style: none; padding: 0 } .news-item { overflow: hidden; margin-bottom: 1em } .thumb { float: left; margin-right: 1em }\n\
.date, .time { color: #777; font-size: 13px } .d-md-none { display: none } #footer { border-top: 1px solid #ccc; font-size: 13px }\n";

/// Text as it stands in HTML, in attributes too.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A whole page: `main` within everything else.
pub(super) fn page(site: &Site, title: &str, head: &str, main: &str) -> String {
    let title = escape(title);
    let (menu, sidebar, footer) = (menu(site.markup), sidebar(site), footer(site));
    let body = match site.markup {
        Markup::Plain => format!(
            "<div id=\"wrapper\">\n<div id=\"banner\"><a href=\"/\"><img src=\"/images/banner.png\" alt=\"{NAME}\"></a></div>\n{menu}\n\
             <div id=\"content\">\n<div class=\"main-col\">\n{main}\n</div>\n<div class=\"right-col\">\n{sidebar}\n</div>\n</div>\n{footer}\n</div>"
        ),
        Markup::Tables => format!(
            "<form method=\"post\" action=\"./Default.aspx\" id=\"aspnetForm\">\n<input type=\"hidden\" name=\"__VIEWSTATE\" value=\"/wEPDwUKMTY1NDU2\">\n\
             <table width=\"1000\" align=\"center\" cellpadding=\"0\" cellspacing=\"0\">\n<tr><td colspan=\"2\">{menu}</td></tr>\n\
             <tr><td width=\"720\" valign=\"top\">\n{main}\n</td><td width=\"280\" valign=\"top\">\n{sidebar}\n</td></tr>\n\
             <tr><td colspan=\"2\">{footer}</td></tr>\n</table>\n</form>"
        ),
        Markup::Blocks => format!(
            "<div class=\"k3-top\">{menu}</div>\n<div class=\"k3-page\"><div class=\"k3-left\">\n{main}\n</div><div class=\"k3-right\">\n{sidebar}\n</div></div>\n{footer}"
        ),
        Markup::Cards => format!(
            "<header id=\"banner\" role=\"banner\">{menu}</header>\n<main id=\"main-content\" role=\"main\"><div class=\"container-fluid\"><div class=\"row\">\n\
             <div class=\"col-md-9\"><section class=\"portlet\"><div class=\"portlet-body\">\n{main}\n</div></section></div>\n\
             <aside class=\"col-md-3\">\n{sidebar}\n</aside>\n</div></div></main>\n{footer}"
        ),
    };
    // A page with a head of its own describes itself there.
    let description = site.description.as_deref().filter(|_| head.is_empty());
    let description = description.map(|words| format!("<meta name=\"description\" content=\"{}\">\n", escape(words)));
    let description = description.unwrap_or_default();
    format!(
        "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n{description}{head}\
         <link rel=\"shortcut icon\" href=\"/images/icon.png\">\n<link rel=\"stylesheet\" href=\"/css/style.css\">\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
}

/// The name of the page at `path`, if the menu leads there.
pub(super) fn standing(path: &str) -> Option<&'static str> {
    let entries = MENU.iter().flat_map(|(name, path, below)| std::iter::once((*name, *path)).chain(below.iter().copied()));
    entries.into_iter().find(|(_, known)| *known == path).map(|(name, _)| name)
}

/// A page of the menu: it says something, but it is no news.
pub(super) fn standing_page(site: &Site, name: &str) -> String {
    let title = escape(name);
    let main = format!(
        "<div class=\"static\"><h1>{title}</h1>\n<p>Trang này giới thiệu về mục “{title}” của {NAME}: chức năng, nhiệm vụ, địa chỉ tiếp công dân và \
         thời gian làm việc của các đơn vị.</p>\n<p>Người dân có thể đến trụ sở, gọi điện thoại hoặc gửi thư điện tử; mọi ý kiến đều được ghi nhận và trả lời \
         theo quy định của pháp luật.</p></div>"
    );
    page(site, &format!("{name} - {NAME}"), "", &main)
}

/// A page that says one thing, for errors.
pub(super) fn notice(words: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"vi\">\n<head><meta charset=\"utf-8\"><title>{NAME}</title></head>\n\
         <body><div class=\"notice\"><p>{words}</p><p><a href=\"/\">Trang chủ</a></p></div></body>\n</html>\n"
    )
}

fn menu(markup: Markup) -> String {
    let link = |name: &str, path: &str| format!("<a href=\"{path}\">{name}</a>");
    let entries = MENU.iter().map(|(name, path, below)| {
        let below: String = below.iter().map(|(name, path)| format!("<li>{}</li>", link(name, path))).collect();
        let below = if below.is_empty() { below } else { format!("<ul class=\"sub-menu\">{below}</ul>") };
        match markup {
            Markup::Tables => format!("<td class=\"mn\">{}{below}</td>", link(name, path)),
            Markup::Blocks => format!("<div>{}{}</div>", link(name, path), below.replace("ul", "div").replace("li>", "span>")),
            Markup::Plain | Markup::Cards => format!("<li>{}{below}</li>", link(name, path)),
        }
    });
    let entries: String = entries.collect();
    match markup {
        Markup::Plain => format!("<div id=\"mainmenu\"><ul class=\"menu\">{entries}</ul></div>"),
        Markup::Tables => format!("<table class=\"tblMenu\"><tr>{entries}</tr></table>"),
        Markup::Blocks => format!("<div class=\"k3-menu\">{entries}</div>"),
        Markup::Cards => format!("<nav class=\"navbar\"><ul class=\"nav navbar-nav\">{entries}</ul></nav>"),
    }
}

/// Most read, other units, banners.
fn sidebar(site: &Site) -> String {
    let mut read: Vec<&Story> = site.stories.iter().map(|it| &it.story).collect();
    read.sort_by_key(|story| (std::cmp::Reverse(story.views(0)), story.number));
    let entry = |story: &&Story| {
        let link = format!("<a href=\"{}\">{}</a>", site.address(story), escape(&story.title));
        match (site.markup, &story.caption) {
            (Markup::Cards, Some(_)) => {
                format!("<li><img src=\"{}\" alt=\"\" width=\"60\"><h6>{link}</h6></li>", thumbnail_path(story))
            }
            _ => format!("<li>{link}</li>"),
        }
    };
    let read: String = read.iter().take(5).map(entry).collect();
    let units: String = UNITS.iter().map(|(name, address)| format!("<option value=\"{address}\">{name}</option>")).collect();
    let links: String =
        UNITS.iter().map(|(name, address)| format!("<li><a href=\"{address}\" target=\"_blank\">{name}</a></li>")).collect();
    let heading = if site.markup == Markup::Cards { "h5" } else { "h3" };
    format!(
        "<div class=\"box most-read\"><{heading}>Tin đọc nhiều</{heading}><ul>{read}</ul></div>\n\
         <div class=\"box banners\"><a href=\"/chuyen-de/can-cuoc\"><img src=\"/images/can-cuoc.png\" alt=\"Cấp căn cước\"></a>\
         <a href=\"/chuyen-de/phong-chay\"><img src=\"/images/phong-chay.png\" alt=\"Phòng cháy, chữa cháy\"></a></div>\n\
         <div class=\"box units\"><{heading}>Liên kết website</{heading}><ul>{links}</ul><select><option>-- Chọn đơn vị --</option>{units}</select></div>"
    )
}

fn footer(site: &Site) -> String {
    format!(
        "<div id=\"footer\"><p><strong>{NAME}</strong></p><p>Địa chỉ: 80 đường Hải Đăng, phường Sơn Hải, thành phố Biển Xanh</p>\
         <p>Điện thoại trực ban: 0200 000 113 – Thư điện tử: vanthu@catp.bienxanh.example</p>\
         <p>Giấy phép số 99/GP-TTĐT – Ghi rõ nguồn khi phát hành lại thông tin</p><p class=\"counter\">Lượt truy cập: {}</p></div>",
        1_204_518 + site.visits
    )
}

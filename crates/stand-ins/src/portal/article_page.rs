//! The page of one story: stamp, lead, paragraphs, picture, byline, and the boxes that follow.

use super::{
    boxes,
    chrome::{NAME, escape, page},
    list_page::breadcrumb,
    site::{Markup, PER_ARTICLE_PAGE, Site, picture_path},
    story::Story,
};

/// How many other stories are listed below.
const OTHERS: usize = 6;

/// Page `number` of the story; it has one, unless the portal splits its articles.
pub(super) fn render(site: &Site, story: &Story, number: usize) -> String {
    let title = escape(&story.title);
    let stamp = story.published.strftime("Đăng ngày %d-%m-%Y %H:%M").to_string();
    let views = story.views(site.visits);
    let (body, others) = (body(site, story, number), others(site, story));
    let path = breadcrumb(site.markup);
    let (head, main) = match site.markup {
        Markup::Plain => (
            String::new(),
            format!(
                "{path}\n<div class=\"detail\">\n<h1 class=\"title\">{title}</h1>\n<div class=\"date\">{stamp}, Lượt xem: {views}</div>\n\
                 <div class=\"share\"><a href=\"javascript:window.print()\">In trang</a> <a href=\"/gui-ban-be\">Gửi bạn bè</a></div>\n{body}\n\
                 <div class=\"rating\"><b>ĐÁNH GIÁ BÀI VIẾT</b><div class=\"stars\"><span>1</span><span>2</span><span>3</span><span>4</span><span>5</span></div>\
                 <span>0/5 (0 lượt đánh giá)</span></div>\n<div class=\"other\"><h3>Các tin khác</h3><ul>{others}</ul></div>\n</div>"
            ),
        ),
        Markup::Tables => (
            String::new(),
            format!(
                "{path}\n<table width=\"100%\" class=\"tblDetail\">\n<tr><td class=\"tdTitle\"><b><font size=\"4\">{title}</font></b></td></tr>\n\
                 <tr><td class=\"tdDate\"><i>{stamp}, Lượt xem: {views}</i></td></tr>\n<tr><td class=\"tdContent\">\n{body}\n</td></tr>\n\
                 <tr><td><b>ĐÁNH GIÁ BÀI VIẾT</b> <input type=\"radio\" name=\"rate\" value=\"1\"> <input type=\"radio\" name=\"rate\" value=\"5\"> \
                 <input type=\"submit\" value=\"Gửi\"></td></tr>\n<tr><td><b>Các tin khác</b><ul>{others}</ul></td></tr>\n</table>"
            ),
        ),
        Markup::Blocks => (
            social(story),
            format!(
                "{path}\n<div class=\"k3-post\"><div class=\"k3-h\"><h1>{title}</h1></div><div class=\"k3-d\">{stamp}, Lượt xem: {views}</div>\n{body}\n\
                 <div class=\"k3-r\"><span>ĐÁNH GIÁ BÀI VIẾT</span></div><div class=\"k3-o\"><div>Các tin khác</div><ul>{others}</ul></div></div>"
            ),
        ),
        Markup::Cards => {
            let weekday = ["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];
            let weekday = weekday[usize::try_from(story.published.weekday().to_sunday_zero_offset()).unwrap_or(0) % 7];
            let stamp = story.published.strftime("%d/%m/%Y | %H:%M GMT+7").to_string();
            (
                social(story),
                format!(
                    "{path}\n<article class=\"journal-content-article\">\n<h1>{title}</h1>\n<div class=\"meta\"><span class=\"time\">{weekday}, {stamp}</span> \
                     <span class=\"views\">Lượt xem: {views}</span></div>\n{body}\n</article>\n\
                     <div class=\"taglib-ratings\"><span>ĐÁNH GIÁ BÀI VIẾT</span><span class=\"score\">(0 phiếu bầu)</span></div>\n\
                     <div class=\"related\"><h4>Các tin khác</h4><ul>{others}</ul></div>"
                ),
            )
        }
    };
    page(site, &format!("{} - {NAME}", story.title), &head, &main)
}

/// What the page tells social networks; only the latest build does.
fn social(story: &Story) -> String {
    let (title, lead) = (escape(&story.title), escape(&story.lead));
    let image = story.caption.as_ref().map(|_| format!("<meta property=\"og:image\" content=\"{}\">\n", picture_path(story)));
    format!(
        "<meta property=\"og:type\" content=\"article\">\n<meta property=\"og:site_name\" content=\"{NAME}\">\n\
         <meta property=\"og:title\" content=\"{title}\">\n<meta property=\"og:description\" content=\"{lead}\">\n{}",
        image.unwrap_or_default()
    )
}

/// Lead, paragraphs with the picture after the second, byline; and the portal's boxes between them.
fn body(site: &Site, story: &Story, number: usize) -> String {
    let markup = site.markup;
    let lead = escape(&story.lead);
    let mut parts = vec![match markup {
        Markup::Plain => format!("<div class=\"lead\"><p><strong>{lead}</strong></p></div>\n<div class=\"content\">"),
        Markup::Tables => format!("<div class=\"sapo\"><b>{lead}</b></div>"),
        Markup::Blocks => format!("<div class=\"k3-s\"><p><b>{lead}</b></p></div>\n<div class=\"k3-t\">"),
        Markup::Cards => format!("<p class=\"summary\">{lead}</p>\n<div class=\"text-content\">"),
    }];
    let (pages, here) = (site.pages_of(story), (number - 1) * PER_ARTICLE_PAGE..number * PER_ARTICLE_PAGE);
    for (at, paragraph) in story.paragraphs.iter().enumerate().filter(|(at, _)| pages == 1 || here.contains(at)) {
        if at == 2 {
            parts.extend(picture(markup, story));
        }
        let paragraph = escape(paragraph);
        parts.push(match markup {
            Markup::Plain => format!("<p style=\"text-align: justify;\">{paragraph}</p>"),
            Markup::Tables => format!("<p class=\"MsoNormal\"><span style=\"font-family:Arial\">{paragraph}</span></p>"),
            Markup::Cards | Markup::Blocks => format!("<p>{paragraph}</p>"),
        });
        if at == 1 && site.boxes {
            parts.push(boxes::letter(markup));
        }
    }
    if story.paragraphs.len() <= 2 {
        parts.extend(picture(markup, story));
    }
    let further = if story.caption.is_some() { site.further_pictures } else { 0 };
    parts.extend((1..=further).map(|number| {
        let source = picture_path(story).replace(".png", &format!("-{number}.png"));
        format!("<p><img src=\"{source}\" width=\"640\" height=\"360\" alt=\"\"></p>")
    }));
    if site.boxes {
        parts.push(boxes::app(markup));
    }
    if number == pages {
        let author = escape(&story.author);
        parts.push(match markup {
            Markup::Plain => format!("<p style=\"text-align: right;\"><strong>{author}</strong></p>"),
            Markup::Tables => format!("<p class=\"MsoNormal\" align=\"right\"><b>{author}</b></p>"),
            Markup::Blocks => format!("<p style=\"text-align:right\"><b>{author}</b></p>"),
            Markup::Cards => format!("<p class=\"author text-right\"><strong>{author}</strong></p>"),
        });
    }
    if pages > 1 {
        parts.push(pager(site, story, number));
    }
    if site.boxes {
        parts.push(boxes::portal(markup));
    }
    if markup != Markup::Tables {
        parts.push("</div>".to_owned());
    }
    parts.join("\n")
}

fn pager(site: &Site, story: &Story, number: usize) -> String {
    let entry = |page| match page == number {
        true => format!("<b>{page}</b>"),
        false => format!("<a href=\"{}\">{page}</a>", escape(&site.page_address(story, page))),
    };
    let entries: Vec<_> = (1..=site.pages_of(story)).map(entry).collect();
    format!("<div class=\"pages\">Trang {}</div>", entries.join(" "))
}

fn picture(markup: Markup, story: &Story) -> Option<String> {
    let (caption, source) = (escape(story.caption.as_ref()?), picture_path(story));
    Some(match markup {
        Markup::Plain => format!(
            "<p style=\"text-align: center;\"><img src=\"{source}\" width=\"640\" height=\"360\" alt=\"\"></p>\n\
             <p style=\"text-align: center;\"><em>{caption}</em></p>"
        ),
        Markup::Tables => format!(
            "<table class=\"image\" align=\"center\" border=\"0\"><tr><td><img src=\"{source}\" width=\"640\"></td></tr>\
             <tr><td align=\"center\"><i>{caption}</i></td></tr></table>"
        ),
        Markup::Cards | Markup::Blocks => {
            format!("<figure><img src=\"{source}\" alt=\"\" width=\"640\" height=\"360\"><figcaption>{caption}</figcaption></figure>")
        }
    })
}

/// The stories around this one, with their dates.
fn others(site: &Site, story: &Story) -> String {
    let others = site.stories.iter().map(|it| &it.story).filter(|other| other.number != story.number).take(OTHERS);
    let entry = |other: &Story| {
        let day = other.published.strftime("%d-%m-%Y").to_string();
        format!("<li><a href=\"{}\">{}</a> <span>({day})</span></li>", site.address(other), escape(&other.title))
    };
    others.map(entry).collect()
}

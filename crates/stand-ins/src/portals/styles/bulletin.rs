//! A bulletin: days over its lines, which say the hour; keys of letters and digits end the addresses; notices first.

use super::{
    super::{
        body,
        pieces::{NOTHING, at, counters, document, each, escape, href, imprint, items, menu, weather, with_weekday},
        site::{List, NAME, SECTIONS, Site},
        story::Story,
    },
    ALL, Style, commune, heading, nothing,
};

pub(super) static STYLE: Style = Style {
    name: "bulletin",
    address: |story| format!("/ban-tin/{}-{:08x}", story.slug, story.number.wrapping_mul(2_654_435_761)),
    section: |section| format!("/ban-tin?muc={}", SECTIONS[section].1),
    files: "kho/van-ban",
    list,
    article,
    extra: nothing,
    charset: None,
    rebuilt: &commune::STYLE,
    shown: ALL,
};

fn list(site: &Site, list: List) -> String {
    let mut days = String::new();
    let mut last = String::new();
    for story in site.rows(list) {
        let day = with_weekday(story, "%d/%m/%Y");
        if day != last {
            let end = if last.is_empty() { "" } else { "</dl>" };
            days.push_str(&format!("{end}<h3 class=\"ngay\">{day}</h3><dl>"));
            last = day;
        }
        days.push_str(&format!(
            "<dt><span class=\"gio\">{}</span> <a href=\"{}\">{}</a></dt><dd>{}</dd>",
            at(story, "%H:%M"),
            href(site, story),
            escape(&story.title),
            escape(&story.lead)
        ));
    }
    let days = if last.is_empty() { NOTHING.to_owned() } else { days + "</dl>" };
    page(site, heading(list), &format!("<h1>{}</h1><div class=\"cac-ngay\">{days}</div>", heading(list)))
}

fn article(site: &Site, story: &Story) -> String {
    let files = body::files(story, |files| format!("<ul class=\"tep\"><li>{files}</li></ul>"));
    let main = format!(
        "<h1>{}</h1><p class=\"ngay\">{}</p><p class=\"sapo\">{}</p>{}<p class=\"ky\">{}</p>{files}<hr><h4>Bản tin khác</h4>{}",
        escape(&story.title),
        with_weekday(story, "%d/%m/%Y - %H:%M"),
        escape(&story.lead),
        body::text(story, body::plain),
        story.byline(),
        items(site, &site.others(story)),
    );
    page(site, &story.title, &main)
}

fn page(site: &Site, title: &str, main: &str) -> String {
    let shown = |story: &Story| format!("<p><a href=\"{}\">{}</a></p>", href(site, story), escape(&story.title));
    let body = format!(
        "<div class=\"tren\">{}</div><div class=\"cot\"><fieldset><legend>Thông báo - mời họp</legend>{}</fieldset></div>\
         <div class=\"noi-dung\">{main}</div><div class=\"cot\"><fieldset><legend>Đáng chú ý</legend>{}</fieldset><fieldset>\
         <legend>Xem trên màn hình nhỏ</legend>{}</fieldset><small>{}<br>{}</small></div><div class=\"duoi\">{}</div>",
        menu(site),
        each(&site.notices(), shown),
        each(&site.most_read(), shown),
        each(&site.films(), shown),
        weather(site),
        counters(site),
        imprint(),
    );
    document(&format!("{NAME} - {title}"), "", &body)
}

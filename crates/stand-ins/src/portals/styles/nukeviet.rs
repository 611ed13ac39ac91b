//! NukeViet: panels, a block of tabs with the most read, the story's number at the end of the slug.

use super::{
    super::{
        body,
        pieces::{at, banner, counters, document, each, escape, href, imprint, items, menu, rows, signed, weather, with_weekday},
        site::{List, NAME, SECTIONS, Site},
        story::Story,
    },
    ALL, Style, heading, joomla, nothing,
};

pub(super) static STYLE: Style = Style {
    name: "nukeviet",
    address: |story| format!("/vi/news/{}/{}-{}.html", SECTIONS[story.section].1, story.slug, story.number),
    section: |section| format!("/vi/news/{}/", SECTIONS[section].1),
    files: "uploads-laws",
    list,
    article,
    extra: nothing,
    charset: None,
    rebuilt: &joomla::STYLE,
    shown: ALL,
};

fn list(site: &Site, list: List) -> String {
    let rows = rows(&site.rows(list), |story| {
        format!(
            "<div class=\"news_column panel panel-default\"><div class=\"panel-body\"><a href=\"{0}\" title=\"{1}\">\
             <img class=\"img-thumbnail pull-left imghome\" src=\"/uploads/nho-{2}.jpg\" alt=\"\"></a>\
             <h3><a href=\"{0}\" title=\"{1}\">{1}</a></h3><div class=\"text-muted\"><ul class=\"list-unstyled list-inline\"><li>\
             <em class=\"fa fa-clock-o\">&nbsp;</em> {3}</li>\
             <li><em class=\"fa fa-eye\">&nbsp;</em> Đã xem: {4}</li></ul></div><p>{5}</p></div></div>",
            href(site, story),
            escape(&story.title),
            story.number,
            at(story, "%d/%m/%Y %H:%M"),
            site.views(story),
            escape(&story.lead)
        )
    });
    page(site, heading(list), &format!("<div class=\"viewcat\">{rows}</div>"))
}

fn article(site: &Site, story: &Story) -> String {
    let files = body::files(story, |files| {
        format!("<div class=\"panel\"><div class=\"panel-heading\">File đính kèm</div><div class=\"list-group\">{files}</div></div>")
    });
    let others = each(&site.others(story), |other| {
        format!(
            "<li><em class=\"fa fa-angle-right\">&nbsp;</em><h4><a href=\"{}\">{}</a></h4><em>({})</em></li>",
            href(site, other),
            escape(&other.title),
            at(other, "%d/%m/%Y")
        )
    });
    let main = format!(
        "<div class=\"news_column panel panel-default\"><div class=\"panel-body\"><h1 class=\"title margin-bottom-lg\">{}</h1>\
         <div class=\"row\"><span class=\"h5\">{}</span></div>\
         <div class=\"hometext m-bottom\">{}</div><div id=\"news-bodyhtml\" class=\"bodytext margin-bottom-lg\">{}</div>\
         {}</div></div>{files}<div class=\"news_column\"><p class=\"h3\"><strong>Những tin cũ hơn</strong></p>\
         <ul class=\"related\">{others}</ul></div>",
        escape(&story.title),
        with_weekday(story, "%d/%m/%Y %H:%M"),
        escape(&story.lead),
        body::text(story, body::office),
        signed(story, |author| format!("<p class=\"text-right\"><strong>Tác giả:</strong> {}</p>", author)),
    );
    page(site, &story.title, &main)
}

fn page(site: &Site, title: &str, main: &str) -> String {
    let body = format!(
        "<header><div class=\"logo\"><a href=\"/\"><img src=\"/uploads/logo.png\" alt=\"{NAME}\"></a></div></header>\
         <nav class=\"navbar\">{}</nav><section><div class=\"container\"><div class=\"row\">\
         <div class=\"col-sm-16\">{main}</div><div class=\"col-sm-8\"><div class=\"panel\"><div class=\"panel-heading\">Thông báo</div>{}\
         </div>\
         <div class=\"panel\"><div class=\"panel-heading\">Tin xem nhiều</div><ul class=\"block_tophits\">{}</ul></div>\
         <div class=\"panel\">{}</div><div class=\"panel\">{}</div></div></div></div></section><footer>{}</footer>",
        menu(site),
        items(site, &site.notices()),
        each(&site.most_read(), |story| format!(
            "<li class=\"clearfix\"><a class=\"show\" href=\"{0}\"><img src=\"/uploads/nho-{1}.jpg\" alt=\"\"></a>\
             <a class=\"show\" href=\"{0}\">{2}</a></li>",
            href(site, story),
            story.number,
            escape(&story.title)
        )),
        banner(site) + &weather(site),
        counters(site),
        imprint(),
    );
    document(&format!("{title} - {NAME}"), "", &body)
}

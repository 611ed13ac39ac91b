//! What stands on a page in place of a text: a file to be opened, a viewer that shows one, scans, a player.
//!
//! Decisions and notices are often published so. A page that lists other pages, or documents with their days, shows
//! none of its own.

use std::collections::HashSet;

use memchr::memchr_iter;
use url::Url;

use super::{
    block::Block,
    class_hints::Hint,
    figures, headings,
    layout::Layout,
    media::{self, Kind, Medium},
    portal,
};
use crate::{outline::Outline, time};

/// Ends of the names of files that hold a text.
const FILES: [&str; 13] = ["pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "rtf", "zip", "rar", "tif", "tiff"];
/// Where files are shown that have no names in their addresses.
const VIEWERS: [&str; 2] = ["drive.google.com/file/", "docs.google.com/document/"];
/// Blocks below the headline among which it stands.
const NEAR: usize = 10;
/// Words of a link that is another story's headline rather than a button.
const HEADLINE: usize = 5;
/// Days of other things below the headline from which on it is the title of a list.
const LISTED: usize = 3;
/// Words of a label in a table of facts, and rows from which on it is one.
const LABEL: usize = 6;
const FACTS: usize = 3;
/// Words of a line that says a day and little else.
const DAY: usize = 8;

/// Whether the page shows a file in a frame of its own.
pub fn is_embedded(page: &Outline) -> bool {
    let is_beside = |at: usize| {
        std::iter::successors(Some(at), |at| page.elements[*at].parent)
            .any(|at| matches!(&*page.elements[at].name, "aside" | "nav" | "footer"))
    };
    let shows = |at: usize| {
        let is_frame = matches!(&*page.elements[at].name, "iframe" | "object" | "embed");
        // Asked of every attribute of the page: most have no point, as the name of a file has.
        let mut telling = page.attributes(at).iter().filter(|attribute| is_frame || attribute.value.contains('.'));
        telling.any(|attribute| match &*attribute.name {
            "src" | "data" => is_frame && is_file(&attribute.value),
            "type" => is_frame && &*attribute.value == "application/pdf",
            name => name.starts_with("data-") && is_file(&attribute.value),
        })
    };
    (0..page.elements.len()).any(|at| shows(at) && !is_beside(at))
}

/// Whether one stands below the headline, which is the block `heading`, before anything that is about other pages.
pub fn stands_below(layout: &Layout, heading: usize, base: &Url) -> bool {
    let own: Vec<usize> =
        (heading..layout.blocks.len()).filter(|at| !is_beside(layout, *at) && layout.others.get(*at) != Some(&true)).take(NEAR).collect();
    let end = own.iter().position(|at| leads_away(layout, *at)).unwrap_or(own.len());
    let own = &own[..end];
    let Some(last) = own.last() else { return false };
    let has_file = own.iter().any(|at| links(layout, *at).any(is_file) || names_file(&layout.blocks[*at].text));
    let is_shown = |medium: &&Medium| {
        let is_picture_of_other = layout.upwards_at(medium.element).any(|at| {
            let link = layout.anchors.iter().position(|anchor| *anchor == at);
            link.is_some_and(|link| !is_file(&layout.links[link]) && !media::names_picture(&layout.links[link]))
        });
        !matches!(medium.kind, Kind::Picture { address: None, .. })
            && medium.address(base).is_some()
            && !figures::is_foreign(layout, medium, 0)
            && !is_picture_of_other
    };
    let near = |medium: &&Medium| medium.before > heading && medium.before <= last + 1;
    let is_pictured = layout.budget.spend(layout.media.len()) && layout.media.iter().filter(near).any(|medium| is_shown(&medium));
    (has_file || is_pictured) && !is_list(layout, heading) || is_fact(layout, heading)
}

/// Whether the headline is one of the facts in a table of them, as calls for tender and registers of documents have it.
fn is_fact(layout: &Layout, heading: usize) -> bool {
    let innermost = |block: &Block, name: &str| block.chain.iter().rev().copied().find(|at| &*layout.elements[*at].name == name);
    let named = |at: usize| {
        let (cell, label) = (&layout.blocks[at], at.checked_sub(1).map(|before| &layout.blocks[before])?);
        let row = innermost(cell, "tr").filter(|row| innermost(label, "tr") == Some(*row))?;
        let is_label =
            label.words <= LABEL && label.links == 0 && innermost(label, "td") != innermost(cell, "td") || innermost(label, "th").is_some();
        is_label.then_some(row)
    };
    let Some(table) = named(heading).and_then(|_| innermost(&layout.blocks[heading], "table")) else { return false };
    let rows: HashSet<usize> = layout.blocks_in(table).filter_map(named).collect();
    rows.len() >= FACTS
}

fn is_beside(layout: &Layout, at: usize) -> bool {
    let is_tool = layout.chain(&layout.blocks[at]).any(|element| element.kinds.has(Hint::Share));
    is_tool || headings::is_beside(layout, at)
}

/// Whether a line is the headline of another page.
fn leads_away(layout: &Layout, at: usize) -> bool {
    let block = &layout.blocks[at];
    let is_headline = block.linked > 0.5 && layout.longest_link_of(at) >= HEADLINE;
    is_headline && !links(layout, at).any(is_file) && !names_file(&block.text)
}

fn links(layout: &Layout, at: usize) -> impl Iterator<Item = &str> {
    layout.blocks[at].pieces.iter().filter_map(|piece| piece.link).map(|link| layout.links[link].as_str())
}

/// Whether days stand below the headline as in the rows of a list; not those of other stories, under a label of their
/// own.
fn is_list(layout: &Layout, heading: usize) -> bool {
    let is_day = |block: &&Block| block.words <= DAY && block.links == 0 && time::is_dated(&block.text);
    let end = portal::end_of_article(layout, heading + 1);
    layout.blocks[heading + 1..end].iter().filter(is_day).take(LISTED).count() == LISTED
}

/// Whether an address leads to a file, or to a viewer that is given one.
fn is_file(address: &str) -> bool {
    // Most addresses have no point before the end of such a name, and are not written anew.
    let begins = |text: &[u8], word: &str| text.get(..word.len()).is_some_and(|text| text.eq_ignore_ascii_case(word.as_bytes()));
    let is_telling = |after: &[u8]| FILES.iter().any(|file| begins(after, file)) || begins(after, "google.com");
    if !memchr_iter(b'.', address.as_bytes()).any(|at| is_telling(&address.as_bytes()[at + 1..])) {
        return false;
    }
    let lower = address.trim().to_ascii_lowercase().replace("%2f", "/");
    lower.split(['/', '?', '&', '=', '#', ';', '|']).any(names_file) || VIEWERS.iter().any(|viewer| lower.contains(viewer))
}

/// Whether words end as the name of a file does.
fn names_file(words: &str) -> bool {
    let end = words.trim_end().rsplit_once('.').map(|(_, end)| end);
    end.is_some_and(|end| FILES.iter().any(|file| file.eq_ignore_ascii_case(end)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        article::{Context, read},
        discovery::{Candidate, Sighting},
        page::Page,
    };

    const HEADLINE: &str = "Thông báo lịch tiêm phòng dại cho chó mèo đợt hai";

    /// Whether a page with `body` under a menu and over a footer shows a document and no text.
    fn shows_document(body: &str) -> bool {
        let html = format!(
            "<html lang=vi><head><title>{HEADLINE}</title></head><body><div id=nav><a href=/>Trang chủ</a>\
             <a href=/gioi-thieu>Giới thiệu chung về xã</a></div>{body}<footer><a href=/m.pdf>Sơ đồ cổng</a> Địa chỉ: thôn Một</footer></body></html>"
        );
        let url: Url = "https://binhan.example.vn/thong-bao/7.html".parse().unwrap();
        let listed = Candidate {
            url: url.clone(),
            title: HEADLINE.to_owned(),
            published: None,
            summary: None,
            image: None,
            author: None,
            attachments: Vec::new(),
            sighting: Sighting::default(),
        };
        let page = Page { url, html, fetched_at: jiff::Timestamp::UNIX_EPOCH, problems: Vec::new() };
        let draft = read(&page, &Context { listed: Some(&listed), ..Context::default() });
        assert!(!draft.has_document || draft.text.is_empty());
        draft.has_document
    }

    #[test]
    fn a_file_a_viewer_or_scans_stand_for_a_text() {
        let heading = format!("<h1>{HEADLINE}</h1><div class=date>20/11/2026</div>");
        for below in [
            "<div><a href='/upload/tb-12.pdf'>Tải về</a></div>",
            "<p><a href='/download?id=12'>Thong bao 12.docx</a></p>",
            "<div><a href='/documents/20121/tb-12.pdf/9f3a?t=1764'>Xem toàn văn thông báo tại đây</a></div>",
            "<div class=tools><a href=/in>In trang này</a></div><iframe src='/viewer.html?file=%2Fupload%2Ftb.pdf'></iframe>",
            "<object data='/upload/tb.pdf' type='application/pdf'></object>",
            "<embed src='/handler.ashx?id=4' type='application/pdf'>",
            "<div class=pdf-viewer data-file='/upload/tb.pdf'></div>",
            "<iframe src='https://drive.google.com/file/d/1aB/preview'></iframe>",
            "<p><img src='/upload/scan-1.jpg'></p><p><img src='/upload/scan-2.jpg'></p>",
            "<p><a href='/upload/scan-1.jpg'><img src='/upload/scan-1.jpg'></a></p>",
            "<video src='/upload/clip.mp4'></video>",
            // Other stories below it have their days.
            "<p><img src='/upload/scan-1.jpg'></p><div><h4>Tin cùng chuyên mục</h4>\
             <ul><li><a href=/1>Thôn Hạ khánh thành nhà văn hóa mới</a><span>19/11/2026</span>\
             <li><a href=/2>Xã Suối Mây làm xong con đường hoa</a><span>18/11/2026</span>\
             <li><a href=/3>Đoàn xã trao nhà cho hộ nghèo ở thôn Trung</a><span>17/11/2026</span></ul></div>",
        ] {
            assert!(shows_document(&format!("{heading}{below}")), "{below}");
        }
        let facts = "<tr><td>Ngày đăng<td>20/11/2026<tr><td>Mở thầu<td>10/12/2026 09:00<tr><td>Giá<td>120 triệu đồng";
        assert!(shows_document(&format!("<h3>Thông tin chi tiết</h3><table><tr><td>Tên gói<td>{HEADLINE}{facts}</table>")));
    }

    #[test]
    fn lists_menus_and_contact_pages_show_no_document() {
        let heading = format!("<h1>{HEADLINE}</h1>");
        let row = |number: usize| {
            format!("<tr><td>{number}/11/2026</td><td>Số {number}/TB</td><td><a href='/upload/tb-{number}.pdf'>Tải về</a></td></tr>")
        };
        let rows: String = (10..16).map(row).collect();
        let teaser = |number: usize| {
            format!(
                "<div><a href='/tin/{number}'><img src='/t{number}.jpg'></a><h3><a href='/tin/{number}'>Tin thứ {number} của xã trong tuần</a></h3></div>"
            )
        };
        let teasers: String = (1..6).map(teaser).collect();
        for below in [
            String::new(),
            "<p>Điện thoại: 0236 000 000</p>".to_owned(),
            format!("<table>{rows}</table>"),
            teasers.clone(),
            format!(
                "<table><tr><td>1<td><a href='/tin/1'>{HEADLINE}</a><td>20/11/2026<tr><td>2<td><a href='/tin/2'>Tin thứ hai</a><td>19/11/2026</table>"
            ),
            // What stands behind other news is theirs.
            format!("{teasers}<p><a href='/upload/tb.pdf'>Tải về</a></p>"),
            "<aside><iframe src='/qc.pdf'></iframe></aside>".to_owned(),
            "<div class=share><a href='/print.pdf'>In</a></div>".to_owned(),
        ] {
            assert!(!shows_document(&format!("{heading}{below}")), "{below}");
        }
    }

    #[test]
    fn files_are_known_by_their_names() {
        for address in ["/a/B.PDF", "/get.ashx?f=x.docx&v=2", "https://x.vn/gview?url=https%3A%2F%2Fx.vn%2Fa.pdf", "/d/a.pdf/3f?t=1"] {
            assert!(is_file(address), "{address}");
        }
        for address in ["/tin/pdf", "/a.pdf.html", "/xe-cu.html", "/", "#"] {
            assert!(!is_file(address), "{address}");
        }
    }
}

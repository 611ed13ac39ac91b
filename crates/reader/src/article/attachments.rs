//! Documents that an article gives to be downloaded: linked in its text, right below it, or in a box that a label
//! names.
//!
//! What other boxes of the page link to, new decisions of the same office for one, is not the article's.

use std::collections::HashSet;

use url::Url;

use super::{credits, follows, layout::Layout, portal, text_box};
use crate::{
    draft::Attachment,
    link::{self, DOCUMENTS, DOWNLOADS, file_name, is_download, media_type_of},
    pattern::{self, Pattern},
    text,
};

/// Documents of one article.
const MOST: usize = 40;
/// Blocks that a box of documents may have from its label on, and that may stand between a text and what is linked
/// below it.
const BOX: usize = 30;
const BELOW: usize = 8;
/// Longest line among documents that says something of them: `(245 KB)`, `Ngày đăng: 20/11/2026`.
const LONGEST_LINE: usize = 8;
/// Longest label, in words.
const LONGEST_LABEL: usize = 8;
/// Blocks that a headline and the documents below it may stand among where the page has no text.
const NOTICE: usize = 40;
/// Words of a button of the page: `In bài viết`.
const TOOL: usize = 3;
/// Longest title, in characters.
const LONGEST_TITLE: usize = 200;

/// What the address of a document has somewhere, unless its letters are written as numbers.
static TELLING: Pattern = Pattern::made(|| {
    let endings = DOCUMENTS.iter().map(|(ending, _)| format!(r"\.{ending}"));
    let words: Vec<String> = endings.chain(DOWNLOADS.iter().map(|word| pattern::escape(word))).collect();
    format!("(?i-u){}", words.join("|"))
});

/// What names a box of documents, or stands before one.
static LABEL: Pattern = Pattern::new(concat!(
    r"(?i)^\W*(?:(?:danh sách |các |những )?(?:tệp|tập|file|tài liệu|văn bản|biểu mẫu|phụ lục)(?: tin| văn bản| tài liệu)?",
    r"(?:\(s\))? (?:đính kèm|kèm theo|gửi kèm)|đính kèm|attach(?:ments?|ed files?)|downloads?|tải (?:về|xuống|file|tệp|tài liệu|văn bản))",
    r"\W*(?:\d+\W*)?(?:[:：]|$)",
    // Alone, such a word may be the title of a section.
    r"|^\W*(?:tài liệu|tệp|tập tin|tệp tin|file)\s*[:：]",
));

/// Whether a line is the label of documents.
pub fn is_label(line: &str) -> bool {
    LABEL.is_match(line)
}

/// A link to a document, or to what may be one.
struct Linked {
    /// Among the links of the page.
    link: usize,
    block: usize,
    url: Url,
    said: String,
    media_type: Option<&'static str>,
}

/// The documents of the article, in the order of the page; `is_sites` says which links other pages of the site have
/// too.
pub fn of(layout: &Layout, accepted: &[bool], heading: Option<usize>, base: &Url, is_sites: impl Fn(usize) -> bool) -> Vec<Attachment> {
    let linked = linked(layout, base);
    if linked.is_empty() || !layout.budget.spend(layout.blocks.len()) {
        return Vec::new();
    }
    let given: HashSet<usize> = below(layout, accepted, heading, &linked).chain(labelled(layout, heading, &linked)).collect();
    let mut seen = HashSet::new();
    let own = linked.into_iter().filter(|linked| {
        let is_in_text = linked.media_type.is_some() && accepted.get(linked.block) == Some(&true);
        (is_in_text || given.contains(&linked.link)) && !is_sites(linked.link) && seen.insert(linked.url.clone())
    });
    own.take(MOST).map(attachment).collect()
}

/// The links that may lead to documents.
fn linked(layout: &Layout, base: &Url) -> Vec<Linked> {
    let is_base_telling = is_download(base.as_str());
    let of_link = |(link, (href, anchor)): (usize, (&String, &usize))| {
        // Nearly all links are passed over here, without a look at where they lead.
        let may_lead = || is_base_telling || href.contains('%') || TELLING.is_match(href);
        if !may_lead() && !layout.has_point(*anchor) {
            return None;
        }
        let may_be = href.contains('.') || is_download(href);
        let url = Some(href).filter(|_| may_be).and_then(|href| link::resolve(base, href))?;
        let said = layout.line_of(*anchor);
        let media_type = file_name(&url)
            .and_then(|name| media_type_of(&name))
            .or_else(|| media_type_of(said.split_whitespace().next_back().unwrap_or_default()));
        let is_aside = layout.upwards(*anchor).any(|element| matches!(&*element.name, "nav" | "footer" | "aside"));
        let is_document = !is_aside && (media_type.is_some() || is_download(url.as_str()));
        is_document.then(|| Linked { link, block: layout.block_at(*anchor), url, said, media_type })
    };
    layout.links.iter().zip(&layout.anchors).enumerate().filter_map(of_link).collect()
}

/// Links right below the text, in the element that holds it, up to where something else begins; without a text, those
/// below the headline of a notice that is nothing but its documents.
fn below(layout: &Layout, accepted: &[bool], heading: Option<usize>, linked: &[Linked]) -> impl Iterator<Item = usize> {
    let text = text_box::around(layout, accepted);
    // Portals set them behind the element of the text, in the one around it and the headline.
    let around = text.map(|text| layout.elements[text].parent.filter(|parent| layout.elements[*parent].parent.is_some()).unwrap_or(text));
    let home = around.or_else(|| notice(layout, heading?, linked));
    let inside = home.map_or(0..0, |home| layout.blocks_in(home));
    let last = inside.clone().rev().find(|at| accepted[*at]).or(heading.filter(|heading| inside.contains(heading)));
    let (mut found, mut passed) = (Vec::new(), 0);
    for at in last.map_or(0..0, |last| last + 1..inside.end + 1) {
        if text.is_none() && layout.others.get(at) == Some(&true) {
            continue;
        }
        let here = linked.iter().filter(|linked| linked.block == at && linked.media_type.is_some());
        let here = here.filter(|linked| home.is_some_and(|home| layout.is_inside(layout.anchors[linked.link], home)));
        let before = found.len();
        found.extend(here.map(|linked| linked.link));
        if found.len() > before {
            passed = 0;
            continue;
        }
        passed += 1;
        if passed > BELOW || at >= inside.end || !is_beside(layout, at, linked, text.is_none()) {
            break;
        }
    }
    found.into_iter()
}

/// A line that may stand before the documents of an article: a label, a name, a date. Others begin something else.
/// Below the bare headline of a notice, any short line is said of it.
fn is_beside(layout: &Layout, at: usize, linked: &[Linked], is_notice: bool) -> bool {
    static TITLE: Pattern =
        Pattern::new(r"(?i)^\W*(?:các |những )?(?:văn bản|tin|bài|thông báo|tài liệu|danh mục|chuyên mục|liên kết|video|album|hình ảnh)\b");
    let block = &layout.blocks[at];
    if is_in_table_of(layout, at, linked) {
        return true;
    }
    let is_name = || block.text.split_whitespace().all(|word| word.starts_with(|ch: char| ch.is_uppercase() || !ch.is_alphanumeric()));
    let is_line =
        || block.words <= LONGEST_LINE && (is_notice || is_name() || credits::of(&block.text).is_some() || is_numbered(&block.text));
    // Its stamp.
    if is_notice && portal::is_stamp(block) {
        return true;
    }
    let is_tool = || is_notice && (layout.longest_link_of(at) <= TOOL || !layout.leads_on(at));
    if block.links > 0 {
        return is_tool();
    }
    is_label(&block.text) || is_line() && !TITLE.is_match(&block.text) && !follows::is_label(layout, at)
}

/// Whether a short line stands in a cell beside documents: the heads of a table of them, their numbers.
fn is_in_table_of(layout: &Layout, at: usize, linked: &[Linked]) -> bool {
    let block = &layout.blocks[at];
    let table = block.chain.iter().rev().copied().find(|element| &*layout.elements[*element].name == "table");
    let holds =
        |table: usize| linked.iter().any(|linked| linked.media_type.is_some() && layout.is_inside(layout.anchors[linked.link], table));
    block.links == 0 && block.words <= LONGEST_LINE && table.is_some_and(|table| layout.blocks_in(table).len() <= BOX && holds(table))
}

/// `(245 KB)`, `Ngày đăng: 20/11/2026`
fn is_numbered(line: &str) -> bool {
    line.contains(|ch: char| ch.is_ascii_digit())
}

/// What a headline and the first document below it stand in, where that is no large part of the page.
fn notice(layout: &Layout, heading: usize, linked: &[Linked]) -> Option<usize> {
    let first = linked.iter().find(|linked| linked.block > heading && linked.media_type.is_some())?;
    let anchor = *layout.anchors.get(first.link)?;
    let around = layout.upwards_at(anchor).find(|at| layout.blocks_in(*at).contains(&heading))?;
    let own = layout.blocks_in(around).filter(|at| layout.others.get(*at) != Some(&true)).count();
    (own <= NOTICE).then_some(around)
}

/// Links in the line of a label, or in the lines behind it that are documents and what is said of them.
fn labelled(layout: &Layout, heading: Option<usize>, linked: &[Linked]) -> impl Iterator<Item = usize> {
    let mut found = Vec::new();
    let in_block = |at: usize| linked.iter().filter(move |linked| linked.block == at).map(|linked| linked.link);
    for (at, block) in layout.blocks.iter().enumerate().skip(heading.map_or(0, |heading| heading + 1)) {
        let before = block.pieces.iter().find(|piece| piece.link.is_some()).map_or(block.text.len(), |piece| piece.range.start);
        if !is_label(&block.text) && !is_label(&block.text[..before]) || block.links == 0 && block.words > LONGEST_LABEL {
            continue;
        }
        found.extend(in_block(at));
        let Some(home) = holder(layout, at, linked) else { continue };
        for next in (at + 1..layout.blocks_in(home).end).take(BOX) {
            let (block, here) = (&layout.blocks[next], found.len());
            found.extend(in_block(next));
            let is_said_of_them = block.links == 0 && block.words <= LONGEST_LINE && is_numbered(&block.text);
            if found.len() == here && !is_said_of_them {
                break;
            }
        }
    }
    found.into_iter()
}

/// What a label and the first document behind it stand in.
fn holder(layout: &Layout, label: usize, linked: &[Linked]) -> Option<usize> {
    let first = linked.iter().find(|linked| linked.block > label)?;
    layout.upwards_at(layout.anchors[first.link]).find(|at| layout.blocks_in(*at).contains(&label))
}

fn attachment(linked: Linked) -> Attachment {
    let Linked { url, said, media_type, .. } = linked;
    // `Tải về` says nothing.
    let is_name = said.split_whitespace().count() > 3 || media_type_of(&said).is_some() || said.contains(char::is_numeric);
    let name = if is_name { None } else { file_name(&url) };
    let title = name.unwrap_or(if said.is_empty() { url.to_string() } else { said });
    let media_type = media_type.unwrap_or("application/octet-stream").to_owned();
    Attachment { title: text::cut(&text::squeeze(&title), LONGEST_TITLE), url, media_type, duration: None }
}

/// Whether an address ends as that of a document.
pub fn is_document(href: &str) -> bool {
    media_type_of(href.split(['?', '#']).next().unwrap_or_default()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        article::{self, Context, Draft},
        page::Page,
    };

    const TITLE: &str = "Xã Đại Phong công bố quyết định về thủ tục hành chính";
    const TEXT: &str = "<p>Ủy ban nhân dân xã Đại Phong công bố danh mục thủ tục hành chính mới thuộc thẩm quyền giải quyết của xã.</p>\
        <p>Các thủ tục có hiệu lực kể từ ngày ký, cán bộ và người dân trên địa bàn xã có trách nhiệm thực hiện.</p>";
    const OTHERS: &str =
        "<div class=moi><div>Văn bản mới</div><ul><li><a href=/900-KH.pdf>Kế hoạch 900/KH-UBND về phòng chống thiên tai</a></ul></div>";

    fn read(body: &str) -> Draft {
        let html = format!(
            "<html lang=vi><title>{TITLE}</title><body><div><a href=/>Trang chủ</a></div><div class=chinh><h1>{TITLE}</h1><p>20/11/2026 08:15</p>{body}</div>{OTHERS}<footer><a href=/huong-dan.pdf>Hướng dẫn</a></footer>"
        );
        let url = Url::parse("https://xa.example.vn/tin/1").unwrap();
        article::read(&Page { url, html, fetched_at: "2026-11-24T12:45:00Z".parse().unwrap(), problems: Vec::new() }, &Context::default())
    }

    /// What is attached to an article with `below` behind its text: file, type and title.
    fn attached(below: &str) -> Vec<(String, String, String)> {
        let draft = read(&format!("<div class=noi-dung>{TEXT}{below}</div>"));
        assert!(draft.text.contains("cán bộ và người dân"), "{below}");
        assert!(!draft.html.contains("900-KH") && !draft.html.contains("huong-dan"), "{}", draft.html);
        let address = |attachment: &Attachment| attachment.url.as_str().replace('&', "&amp;");
        assert!(draft.attachments.iter().all(|it| draft.html.matches(&format!("\"{}\"", address(it))).count() == 1), "{}", draft.html);
        let file = |url: &Url| url.as_str().trim_start_matches("https://xa.example.vn/").to_owned();
        draft.attachments.into_iter().map(|it| (file(&it.url), it.media_type, it.title)).collect()
    }

    #[track_caller]
    fn check(below: &str, expected: &[(&str, &str, &str)]) {
        let expected: Vec<_> =
            expected.iter().map(|(url, kind, title)| ((*url).to_owned(), (*kind).to_owned(), (*title).to_owned())).collect();
        assert_eq!(attached(below), expected, "{below}");
    }

    #[test]
    fn documents_in_the_text_and_right_below_it_are_attached() {
        let pdf = ("qd/1058.pdf", "application/pdf", "Quyết định số 1058.pdf");
        let link = "<a href=/qd/1058.pdf>Quyết định số 1058.pdf</a>";
        check(&format!("<p>{link}</p>"), &[pdf]);
        check(&format!("<p>{link}</p><p align=right><b>Minh Hà</b></p>"), &[pdf]);
        check(&format!("<p align=right><b>Minh Hà</b></p><div><p>{link}</p></div>"), &[pdf]);
        check(&format!("<p>Người dân xem chi tiết tại {link} được đăng kèm bài này.</p>"), &[pdf]);
        check(
            "<p><a href='/tai?file=phu-luc.XLSX&v=2'><img src=/xls.gif></a></p>",
            &[("tai?file=phu-luc.XLSX&v=2", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "phu-luc.XLSX")],
        );
    }

    #[test]
    fn a_labelled_box_is_the_article_s_wherever_it_stands() {
        let pdf = ("qd/1058.pdf", "application/pdf", "1058.pdf");
        for label in
            ["Tệp đính kèm:", "File đính kèm", "Tài liệu đính kèm (1):", "VĂN BẢN ĐÍNH KÈM", "Danh sách tệp tin đính kèm:", "Tải về"]
        {
            check(&format!("</div><div>Chia sẻ</div><div class=tep><b>{label}</b> <a href=/qd/1058.pdf>1058.pdf</a></div><div>"), &[pdf]);
            let table = format!("</div><table><tr><td>{label}</td><td><a href=/qd/1058.pdf>1058.pdf</a> (245 KB)</td></tr></table><div>");
            check(&table, &[pdf]);
        }
        // A program that gives the file, and a second document after what is said of the first.
        let list = "</div><div><h4>Tài liệu đính kèm</h4><ul><li><a href=/Download.ashx?id=5>Quyết định</a><p>12 KB</p></li><li><a href=/b.docx>Biểu mẫu số 2</a></li></ul></div><div>";
        let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        check(list, &[("Download.ashx?id=5", "application/octet-stream", "Quyết định"), ("b.docx", docx, "Biểu mẫu số 2")]);
    }

    #[test]
    fn what_others_give_is_not_attached() {
        check("", &[]);
        check(
            "</div><div><div>Các tin khác</div><ul><li><a href=/tin/2>Thôn Trung họp dân</a></li><li><a href=/3.pdf>Thông báo số 3</a></li></ul></div><div>",
            &[],
        );
        check("<p>Các tin khác</p><p><a href=/3.pdf>Thông báo số 3</a></p>", &[]);
        check("<p>Xem thêm: <a href=/tin/2>Thôn Trung họp dân</a></p><p><a href=/tai-ve/app>Tải ứng dụng</a></p>", &[]);
    }

    #[test]
    fn a_notice_that_is_a_document_has_it_attached() {
        let draft = read("<div class=tep><a href=/tb/12.pdf>Thông báo số 12</a></div>");
        assert_eq!((draft.text.as_str(), draft.attachments.len()), ("", 1));
        assert_eq!(draft.attachments[0].title, "Thông báo số 12");
        assert!(draft.html.contains("/tb/12.pdf") && !draft.html.contains("900-KH"), "{}", draft.html);
        assert_eq!(read("").attachments, []);
    }

    #[test]
    fn a_label_of_documents_is_no_author() {
        assert_eq!(read(&format!("<div>{TEXT}<p><b>TỆP ĐÍNH KÈM</b></p><p><a href=/a.pdf>a.pdf</a></p></div>")).author, None);
    }
}

//! What another reader, `dom_smoothie`, takes for the article: one voice among the features.

use std::panic::{self, AssertUnwindSafe};

use dom_query::{Document, NodeRef};
use dom_smoothie::Readability;
use html5ever::local_name;
use url::Url;

use super::{block::is_tangled, jsonld::Object, layout::Layout, metadata::Metadata, shared::shares};
use crate::{
    budget::{self, LINE},
    outline::{Element, Named, Outline},
};

/// How often the other reader looks at an element for each one around it.
const LOOKS: usize = 8;
/// Steps for each byte of a heading, whose words it compares with the title's at each of its tries.
const HEADING: usize = 16;

/// The other reader's answer.
#[derive(Default)]
pub struct Vote {
    /// Empty where it found no article, `None` where it gave no answer.
    text: Option<String>,
    pub byline: Option<String>,
}

impl Vote {
    /// Takes the document, which is [prepared](prepare), for the other reader cuts it up.
    pub fn of(document: Document) -> Self {
        // Other people's code at work on other people's words: should it panic, there is no second voice.
        panic::catch_unwind(AssertUnwindSafe(|| Self::read(document))).unwrap_or_default()
    }

    fn read(document: Document) -> Self {
        let nothing = Self { text: Some(String::new()), byline: None };
        let Ok(mut reader) = Readability::with_document(document, None, None) else { return nothing };
        let Ok(article) = reader.parse() else { return nothing };
        let text = crate::tree::text_of(&reader.doc.root());
        Self { text: Some(text), byline: article.byline.map(|byline| super::metadata::plain(&byline)) }
    }

    /// The share of each block that is in the answer, from 0 to 1; `None` where there is no answer.
    pub fn shares(&self, layout: &Layout) -> Option<Vec<f32>> {
        self.text.as_ref().map(|text| shares(text, &layout.blocks))
    }
}

/// Makes the tree of a page fit for the other reader; `false` where it would cost too much to be read by it.
pub fn prepare(page: &Outline, layout: &Layout, metadata: &Metadata) -> bool {
    if layout.is_tangled || !is_affordable(page, &metadata.base) {
        return false;
    }
    shorten_titles(&page.named, metadata);
    plain_addresses(&page.named);
    shorten_attributes(page);
    true
}

/// The other reader looks several times at all that stands in an element, for each element, and at the words of every
/// heading, of which one that is not closed may hold the rest of the page; and it writes out every link. It sees the
/// whole page, of which the layout may have a part.
fn is_affordable(page: &Outline, base: &Url) -> bool {
    let is_heading = |element: &Element| matches!(element.name, local_name!("h1") | local_name!("h2"));
    let headings = page.elements.iter().enumerate().filter(|(_, element)| is_heading(element));
    let words = page.written_in(headings.map(|(at, _)| at));
    page.budget.affords(LOOKS * page.nesting + HEADING * words, page.named.anchors * base.as_str().len())
}

/// The other reader compares every heading with what the head calls the title, whatever its length.
fn shorten_titles(named: &Named, metadata: &Metadata) {
    let has_long_headline = || {
        let said =
            |article: &&Object| ["headline", "name"].iter().filter_map(|key| article.get(*key)?.as_str()).any(|said| said.len() > LINE);
        metadata.structured.articles().iter().any(said)
    };
    let is_title = |node: &NodeRef| {
        let named = ["property", "name"].iter().filter_map(|name| node.attr(name)).any(|name| name.to_ascii_lowercase().contains("title"));
        named && node.attr("content").is_some_and(|content| content.len() > LINE)
    };
    for title in named.titles.iter().filter(|title| title.text().len() > LINE) {
        title.set_text(budget::line(&title.text(), LINE));
    }
    for meta in named.metas.iter().filter(|meta| is_title(meta)) {
        meta.set_attr("content", &budget::line(&meta.attr("content").unwrap_or_default(), LINE));
    }
    if has_long_headline() {
        let data = named.scripts.iter().filter(|script| script.attr("type").is_some_and(|kind| kind.contains("ld+json")));
        data.for_each(NodeRef::remove_from_parent);
    }
}

/// The other reader cuts addresses of frames by bytes, which breaks where that is the middle of a letter.
fn plain_addresses(named: &Named) {
    for frame in &named.frames {
        if let Some(address) = frame.attr("src").filter(|address| !address.is_ascii()) {
            frame.set_attr("src", &address.replace(|letter: char| !letter.is_ascii(), ""));
        }
    }
}

/// What the other reader writes out is escaped as [`is_tangled`] says.
fn shorten_attributes(page: &Outline) {
    for (at, element) in page.elements.iter().enumerate() {
        for attribute in page.attributes(at).iter().filter(|attribute| is_tangled(&attribute.value)) {
            element.node.set_attr(&attribute.name, budget::beginning(&attribute.value, LINE));
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::{
        article::{
            self,
            media::{Kind, Medium},
        },
        budget::TEXT,
        page::Page,
        tree,
    };

    /// `dom_smoothie` 0.19 cuts the address of a film in the middle of a letter.
    #[test]
    fn a_page_on_which_the_other_reader_breaks_is_read_all_the_same() {
        let text = "<p>Chiều nay, lực lượng chức năng phường đã tổ chức tuyên truyền cho người dân về an toàn giao thông.</p>".repeat(5);
        let film = "<iframe src=\"https://ÌwÆryoutube.com/embed/abcDEFù2345\"></iframe>";
        let html = format!("<body><div><h1>Tin hay trong ngày</h1>{text}{film}{text}</div></body>");
        let page = Page::decode("https://a.vn/tin/a-1.html".parse().unwrap(), html.as_bytes(), None, Timestamp::UNIX_EPOCH);
        let draft = article::read(&page, &article::Context::default());
        assert!(draft.text.contains("Chiều nay"), "{draft:?}");
    }

    #[test]
    fn the_other_reader_is_given_no_attribute_that_takes_the_square_of_its_length_to_write() {
        let html = format!("<body><p data-a=\"{0}\" title=\"{1}\">Tin</p><img alt=\"{0}\">", "Nẵng » ".repeat(20_000), "a".repeat(30_000));
        let url = "https://a.vn/tin/a-1.html".parse().unwrap();
        let page = Page::decode(url, html.as_bytes(), None, Timestamp::UNIX_EPOCH);
        let document = tree::parse(&page.html).unwrap();
        let outline = Outline::of(&document, &page.url, html.len());
        let layout = Layout::of(&outline);
        assert!(prepare(&outline, &layout, &Metadata::of(&outline, &page)));
        let length = |selector: &str, name: &str| document.select(selector).attr(name).unwrap_or_default().len();
        assert!(length("p", "data-a") <= LINE && length("img", "alt") <= LINE);
        assert_eq!(length("p", "title"), 30_000);
        // What the sanitiser writes out comes from here.
        let alt = |medium: &Medium| if let Kind::Picture { alt, .. } = &medium.kind { alt.len() } else { 0 };
        assert!(layout.media.iter().map(alt).all(|length| length > 0 && length <= TEXT));
    }

    #[test]
    fn the_other_reader_is_given_no_headings_that_hold_the_page() {
        let is_given = |headings: usize, paragraphs: usize| {
            let text = "<p>Chiều nay, Công an phường ra quân tuyên truyền ở chợ.</p>".repeat(paragraphs);
            let html = format!("<body>{}{text}", "<h1><div>Tin hay trong ngày".repeat(headings));
            let page = Page::decode("https://a.vn/tin/a-1.html".parse().unwrap(), html.as_bytes(), None, Timestamp::UNIX_EPOCH);
            let document = tree::parse(&page.html).unwrap();
            let outline = Outline::of(&document, &page.url, html.len());
            prepare(&outline, &Layout::of(&outline), &Metadata::of(&outline, &page))
        };
        assert!(is_given(1, 100) && is_given(5, 100) && is_given(1, 5_000));
        assert!(!is_given(8, 5_000));
    }

    #[test]
    fn a_page_that_the_other_reader_is_not_given_has_its_text_all_the_same() {
        let said = [
            "Chiều nay, Công an phường ra quân tuyên truyền ở chợ, có hơn hai trăm tiểu thương cùng dự.",
            "Bà con ký cam kết giữ gìn trật tự.",
            "Trong quý tới, phường sẽ lắp thêm mười hai camera ở các lối vào chợ và thay toàn bộ đèn cũ.",
        ];
        let text: String = said.iter().map(|line| format!("<div>{line}</div>")).collect();
        let links: String = (0..3_000).map(|n| format!("<li><a href=/{n}>{n}</a></li>")).collect();
        let read = |base: usize| {
            let head = format!("<title>Tin hay trong ngày</title><base href=https://a.vn/{}/>", "x".repeat(base));
            let html = format!("<head>{head}</head><body><ul>{links}</ul><div class=x><h1>Tin hay trong ngày</h1>{text}</div>");
            let page = Page::decode("https://a.vn/tin/a-1.html".parse().unwrap(), html.as_bytes(), None, Timestamp::UNIX_EPOCH);
            article::read(&page, &article::Context::default())
        };
        let (usual, costly) = (read(1), read(4_000));
        assert!(costly.problems.iter().any(|problem| problem.starts_with("the page costs more")), "{:?}", costly.problems);
        assert_eq!((usual.text, costly.text), (said.join("\n\n"), said.join("\n\n")));
    }
}

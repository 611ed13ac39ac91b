//! Pagers that send the page's form back, as ASP.NET draws them: a list's second page has no address.

use crate::{outline::Outline, page::Page, text, tree};

/// What a link to the next page says.
const NEXT: &[&str] = &["2", ">", ">>", "»", "›", "next", "sau", "tiep", "trang sau", "trang tiep", "tiep theo"];

/// What that means for a feed, in words.
pub const POSTBACK_PAGER: &str =
    "the list goes on by sending a form back (`__doPostBack`), which has no address: only its first page is read";

/// Whether the list goes on only by sending a form back: `__doPostBack('…','Page$2')`.
pub fn is_paged_by_postback(page: &Page) -> bool {
    if !page.html.contains("__doPostBack(") {
        return false;
    }
    let Ok(document) = tree::parse(&page.html) else { return false };
    let outline = Outline::of(&document, &page.url, page.html.len());
    (0..outline.elements.len()).any(|at| {
        let call = ["href", "onclick"].iter().filter_map(|name| outline.attribute(at, name)).find(|code| code.contains("__doPostBack("));
        call.is_some_and(|call| call.contains("Page$") || NEXT.contains(&text::fold(&outline.text_of(at)).as_str()))
    })
}

//! Documents beside the page, told apart by what they hold: feeds, sitemaps and other data.

use serde::de::IgnoredAny;

use super::{Statement, data, feed, sitemap};
use crate::list::Memory;
use crate::page::Page;
use crate::time::Reading;

/// What a document is, where it is no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::list) enum Kind {
    /// RSS, Atom or JSON Feed.
    Feed,
    Sitemap,
    /// Other JSON.
    Data,
}

/// Bytes in which a document's root must begin.
const LOOK: usize = 4_096;

/// What a document is by its first element; `None` for a page. Its declared type is no help: feeds come as `text/html`.
pub(in crate::list) fn sniff(page: &Page) -> Option<Kind> {
    let start = page.html.trim_start_matches('\u{feff}').trim_start();
    let start = &start[..start.floor_char_boundary(LOOK)];
    if start.starts_with('{') && start.contains("jsonfeed.org/version") {
        return Some(Kind::Feed);
    }
    if start.starts_with(['{', '[']) {
        return serde_json::from_str::<IgnoredAny>(&page.html).is_ok().then_some(Kind::Data);
    }
    let root = start.split('<').skip(1).find(|tag| tag.starts_with(|ch: char| ch.is_ascii_alphabetic()))?;
    let name = root.split(|ch: char| ch.is_whitespace() || matches!(ch, '>' | '/')).next()?;
    match name.rsplit(':').next()? {
        "rss" | "feed" | "RDF" => Some(Kind::Feed),
        "urlset" | "sitemapindex" => Some(Kind::Sitemap),
        _ => None,
    }
}

impl Kind {
    /// What the document says, and what is left out of it; the error says why it says nothing.
    pub(in crate::list) fn read(self, page: &Page, memory: &Memory, reading: &Reading) -> Result<(Vec<Statement>, Option<String>), String> {
        match self {
            Self::Feed => feed::stated(page, reading).map(|stated| (stated, None)),
            Self::Sitemap => sitemap::stated(page, reading),
            Self::Data => data::stated(page, &page.url, None, memory, reading).map(|stated| (stated, None)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_known_by_its_root() {
        let sniffed = |html: &str| {
            let url = url::Url::parse("https://a.vn/x").unwrap();
            sniff(&Page { url, html: html.to_owned(), fetched_at: jiff::Timestamp::UNIX_EPOCH, problems: Vec::new() })
        };
        assert_eq!(sniffed("\u{feff}<?xml version='1.0'?><!-- x --><?xml-stylesheet href='a.xsl'?><rss version='2.0'>"), Some(Kind::Feed));
        assert_eq!(sniffed("<feed xmlns='http://www.w3.org/2005/Atom'>"), Some(Kind::Feed));
        assert_eq!(sniffed("<rdf:RDF>"), Some(Kind::Feed));
        assert_eq!(sniffed(r#" {"version": "https://jsonfeed.org/version/1.1", "items": []}"#), Some(Kind::Feed));
        assert_eq!(sniffed("<?xml version='1.0'?>\n<urlset>"), Some(Kind::Sitemap));
        assert_eq!(sniffed(r#"[{"title": "Tin mới"}]"#), Some(Kind::Data));
        for page in ["<!DOCTYPE html><html><rss>", "<?xml version='1.0'?><html>", "", "{x}", "Tin mới"] {
            assert_eq!(sniffed(page), None, "{page}");
        }
    }
}

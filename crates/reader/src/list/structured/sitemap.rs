//! News sitemaps: addresses with titles and times, as sites write them for search engines.
//! <https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap>
//!
//! An index of sitemaps is not followed: the operator names the one to read.

use quick_xml::{Reader, events::Event};

use super::{MAX_STATED, Statement, by_address, plain};
use crate::link;
use crate::list::Strategy;
use crate::page::Page;
use crate::time::{self, Reading};

/// Sitemaps of an index that are named to the operator.
const NAMED: usize = 5;

/// One `url` of a sitemap, or one `sitemap` of an index, as written.
#[derive(Default)]
struct Entry {
    address: String,
    title: String,
    published: String,
    /// A line each.
    images: String,
}

impl Entry {
    fn field(&mut self, name: &str) -> Option<&mut String> {
        match name {
            "loc" => Some(&mut self.address),
            "news:title" => Some(&mut self.title),
            "news:publication_date" => Some(&mut self.published),
            "image:loc" => Some(&mut self.images),
            _ => None,
        }
    }
}

/// The entries of a sitemap; the error says what is wrong with it.
pub(super) fn stated(page: &Page, reading: &Reading) -> Result<Vec<Statement>, String> {
    let (entries, kind) = entries(&page.html);
    if kind == Kind::Index {
        let named: Vec<String> = entries.iter().take(NAMED).map(|entry| format!("`{}`", entry.address.trim())).collect();
        return Err(format!("it is an index of {} sitemaps: name one of them, such as {}", entries.len(), named.join(", ")));
    }
    let stated = by_address(entries.iter().filter_map(|entry| {
        let mut stated = Statement::of(Strategy::Sitemap, link::resolve(&page.url, &entry.address)?);
        stated.title = plain(&entry.title);
        // `lastmod` says when it was changed, and often when the sitemap was made.
        stated.published = time::read(&entry.published, reading);
        stated.image = entry.images.lines().find_map(|image| link::resolve(&page.url, image));
        Some(stated)
    }));
    if stated.is_empty() { Err("it names no address".to_owned()) } else { Ok(stated) }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Urls,
    Index,
}

fn entries(document: &str) -> (Vec<Entry>, Kind) {
    let mut reader = Reader::from_str(document);
    let mut kind = Kind::Urls;
    let mut entries: Vec<Entry> = Vec::new();
    // The names of the open elements, with their prefixes: `loc` and `image:loc` are two things.
    let mut open: Vec<String> = Vec::new();
    // What is broken ends the document; what came before counts.
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_owned();
                match name.as_str() {
                    "sitemapindex" => kind = Kind::Index,
                    "url" | "sitemap" if entries.len() == MAX_STATED => break,
                    "url" | "sitemap" => entries.push(Entry::default()),
                    _ => (),
                }
                if let (Some(entry), "image:loc") = (entries.last_mut(), name.as_str()) {
                    entry.images.push('\n');
                }
                open.push(name);
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Text(text) => add(&mut entries, &open, &text),
            Event::CData(text) => add(&mut entries, &open, &text),
            // `&amp;` and its like come on their own.
            Event::GeneralRef(name) => add(&mut entries, &open, &said_by(&name)),
            _ => (),
        }
    }
    (entries, kind)
}

/// Adds text to the field of the last entry whose element is open.
fn add(entries: &mut [Entry], open: &[String], text: &str) {
    if let (Some(entry), Some(name)) = (entries.last_mut(), open.last())
        && let Some(field) = entry.field(name)
    {
        field.push_str(text);
    }
}

fn said_by(name: &str) -> String {
    match name {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        // Numbers, and names that a browser knows: the title is read as HTML afterwards.
        other => format!("&{other};"),
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;

    fn read(document: &str) -> Result<Vec<Statement>, String> {
        let url = Url::parse("https://a.vn/sitemap.xml").unwrap();
        let now = "2026-07-10T04:30:00Z".parse().unwrap();
        let page = Page { url, html: document.to_owned(), fetched_at: now, problems: Vec::new() };
        stated(&page, &Reading { now, zone: None, language: Some("vi"), host: Some("a.vn"), order: None })
    }

    #[test]
    fn a_news_sitemap_has_titles_and_times() {
        let stated = read(
            r#"<?xml version="1.0"?><urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
            <url><loc>https://a.vn/1?a=1&amp;b=2</loc><lastmod>2026-07-10</lastmod><news:news><news:publication><news:name>A</news:name></news:publication>
            <news:publication_date>2026-07-09T15:55:00+07:00</news:publication_date><news:title>Khen th&#432;ởng &quot;hiệp sĩ&quot;</news:title></news:news>
            <image:image><image:loc>https://a.vn/1.jpg</image:loc></image:image></url>
            <url><loc><![CDATA[ https://a.vn/2 ]]></loc><lastmod>2026-07-10</lastmod></url>"#,
        )
        .unwrap();
        assert_eq!(stated[0].url.as_str(), "https://a.vn/1?a=1&b=2");
        assert_eq!(stated[0].title.as_deref(), Some("Khen thưởng \"hiệp sĩ\""));
        assert_eq!(stated[0].published.as_ref().unwrap().to_rfc3339(), "2026-07-09T15:55:00+07:00");
        assert_eq!(stated[0].image.as_ref().unwrap().as_str(), "https://a.vn/1.jpg");
        assert_eq!((stated[1].url.as_str(), &stated[1].published), ("https://a.vn/2", &None));
    }

    #[test]
    fn an_index_names_its_sitemaps() {
        let error = read("<sitemapindex><sitemap><loc>https://a.vn/news.xml</loc></sitemap></sitemapindex>").unwrap_err();
        assert_eq!(error, "it is an index of 1 sitemaps: name one of them, such as `https://a.vn/news.xml`");
        assert_eq!(read("<urlset></urlset>").unwrap_err(), "it names no address");
    }
}

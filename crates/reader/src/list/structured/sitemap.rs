//! News sitemaps: addresses with titles and times, as sites write them for search engines.
//! <https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap>
//!
//! An index of sitemaps is not followed: the operator names the one to read.

use jiff::Timestamp;
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
    /// When the page was last changed, or the sitemap made.
    changed: String,
    /// A line each.
    images: String,
}

impl Entry {
    fn field(&mut self, name: &str) -> Option<&mut String> {
        match name {
            "loc" => Some(&mut self.address),
            "news:title" => Some(&mut self.title),
            "news:publication_date" => Some(&mut self.published),
            "lastmod" => Some(&mut self.changed),
            "image:loc" => Some(&mut self.images),
            _ => None,
        }
    }
}

/// The entries of a sitemap, and what is left out of it; the error says what is wrong with it.
pub(super) fn stated(page: &Page, reading: &Reading) -> Result<(Vec<Statement>, Option<String>), String> {
    let (mut entries, kind) = entries(&page.html);
    if kind == Kind::Index {
        let named: Vec<String> = entries.iter().take(NAMED).map(|entry| format!("`{}`", entry.address.trim())).collect();
        return Err(format!("it is an index of {} sitemaps: name one of them, such as {}", entries.len(), named.join(", ")));
    }
    let all = entries.len();
    let newest = keep_newest(&mut entries, reading);
    let problem = (all > entries.len()).then(|| format!("`{}` names {all} addresses: {newest} {MAX_STATED} were read", page.url));
    let stated = by_address(entries.iter().filter_map(|entry| {
        let mut stated = Statement::of(Strategy::Sitemap, link::resolve(&page.url, &entry.address)?);
        stated.title = plain(&entry.title);
        // `lastmod` says when it was changed, and often when the sitemap was made.
        stated.published = time::read(&entry.published, reading);
        stated.image = entry.images.lines().find_map(|image| link::resolve(&page.url, image));
        Some(stated)
    }));
    if stated.is_empty() { Err("it names no address".to_owned()) } else { Ok((stated, problem)) }
}

/// Leaves no more entries than are read, in their order: the newest, or, where none says when, the last ones, for
/// sitemaps grow at their end. Says which.
fn keep_newest(entries: &mut Vec<Entry>, reading: &Reading) -> &'static str {
    let Some(beyond) = entries.len().checked_sub(MAX_STATED) else { return "the" };
    let time = |entry: &Entry| {
        let stamp = time::read(&entry.published, reading).or_else(|| time::read(&entry.changed, reading));
        stamp.map(|stamp| stamp.at.timestamp())
    };
    let mut times: Vec<(Option<Timestamp>, usize)> = entries.iter().enumerate().map(|(at, entry)| (time(entry), at)).collect();
    // What says nothing is older than what does; of equals the later one is newer.
    times.sort_unstable();
    let are_dated = times.last().is_some_and(|(time, _)| time.is_some());
    let mut kept = vec![true; entries.len()];
    times[..beyond].iter().for_each(|(_, at)| kept[*at] = false);
    let mut kept = kept.into_iter();
    entries.retain(|_| kept.next().unwrap_or_default());
    if are_dated { "the newest" } else { "the last" }
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
        Ok(stated(&page, &Reading { now, zone: None, language: Some("vi"), host: Some("a.vn"), order: None })?.0)
    }

    /// The first and the last address that is read of so many, written by `entry`.
    fn ends(entry: impl Fn(usize) -> String) -> (String, String, String) {
        let document = format!("<urlset>{}</urlset>", (0..1_200).map(entry).collect::<String>());
        let now = "2026-07-10T04:30:00Z".parse().unwrap();
        let page = Page { url: Url::parse("https://a.vn/sitemap.xml").unwrap(), html: document, fetched_at: now, problems: Vec::new() };
        let (stated, problem) = stated(&page, &Reading { now, zone: None, language: Some("vi"), host: Some("a.vn"), order: None }).unwrap();
        assert_eq!(stated.len(), MAX_STATED);
        (stated[0].url.path().to_owned(), stated[MAX_STATED - 1].url.path().to_owned(), problem.unwrap_or_default())
    }

    #[test]
    fn of_a_long_sitemap_the_newest_are_read() {
        let day = |number: usize| format!("20{:02}-{:02}-{:02}", number / 336, number / 28 % 12 + 1, number % 28 + 1);
        let (first, last, problem) = ends(|n| format!("<url><loc>https://a.vn/{n}</loc><lastmod>{}</lastmod></url>", day(n)));
        assert_eq!((first.as_str(), last.as_str()), ("/200", "/1199"));
        assert_eq!(problem, "`https://a.vn/sitemap.xml` names 1200 addresses: the newest 1000 were read");
        let (first, last, _) = ends(|n| format!("<url><loc>https://a.vn/{n}</loc><lastmod>{}</lastmod></url>", day(1_200 - n)));
        assert_eq!((first.as_str(), last.as_str()), ("/0", "/999"));
        let (first, last, problem) = ends(|n| format!("<url><loc>https://a.vn/{n}</loc></url>"));
        assert_eq!((first.as_str(), last.as_str()), ("/200", "/1199"));
        assert!(problem.ends_with("the last 1000 were read"), "{problem}");
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

//! The documents beside a page that are worth a request: the feeds that its head names.

use url::Url;

use super::sniff;
use crate::link;
use crate::list::settings::{Selectors, Settings};
use crate::list::site;
use crate::outline::Outline;
use crate::page::Page;
use crate::tree;

/// A document to fetch before the page is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// What it is called in words.
    pub kind: &'static str,
    /// Where it is.
    pub url: Url,
}

/// Documents that one page may cost.
const MAX_WANTED: usize = 2;
/// Bytes of a page that are its head where nothing ends it.
const HEAD: usize = 200_000;

/// What would tell more of the headlines on `page`: feeds of the same site that it names, its own before the site's.
pub fn wanted(settings: &Settings, page: &Page) -> Vec<Wanted> {
    let Settings::Page(selectors) = settings else { return Vec::new() };
    if leaves_nothing_open(selectors) || sniff(page).is_some() {
        return Vec::new();
    }
    let Ok(document) = tree::parse(head(&page.html)) else { return Vec::new() };
    let base = Outline::of(&document, &page.url, page.html.len()).base;
    let mut feeds: Vec<Url> = Vec::new();
    for named in document.select("link[rel~=alternate][href]").iter() {
        let kind = named.attr("type").unwrap_or_default().to_ascii_lowercase();
        let is_feed = ["application/rss+xml", "application/atom+xml", "application/feed+json"].iter().any(|feed| kind.starts_with(feed));
        let Some(url) = named.attr("href").and_then(|href| link::resolve(&base, &href)) else { continue };
        if is_feed && site(&url) == site(&page.url) && !is_of_comments(&url) && url != page.url && !feeds.contains(&url) {
            feeds.push(url);
        }
    }
    // The sort is stable: of feeds that are equally near the page's first one leads.
    feeds.sort_by_key(|feed| std::cmp::Reverse(nearness(feed, &page.url)));
    feeds.truncate(MAX_WANTED);
    feeds.into_iter().map(|url| Wanted { kind: "feed", url }).collect()
}

fn leaves_nothing_open(selectors: &Selectors) -> bool {
    let is_list = selectors.item.is_some() || selectors.title.is_some() || selectors.link.is_some();
    is_list && [&selectors.date, &selectors.summary, &selectors.image, &selectors.author].iter().all(|selector| selector.is_some())
}

/// The page up to where its head ends.
fn head(html: &str) -> &str {
    let bytes = &html.as_bytes()[..html.len().min(HEAD)];
    let starts = |at: usize, tag: &[u8]| bytes[at..].get(..tag.len()).is_some_and(|found| found.eq_ignore_ascii_case(tag));
    let tags = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'<').map(|(at, _)| at);
    let end = tags.into_iter().find(|at| starts(*at, b"</head") || starts(*at, b"<body"));
    &html[..end.unwrap_or_else(|| html.floor_char_boundary(HEAD))]
}

/// `…/comments/feed/`, as content systems name a feed of comments.
fn is_of_comments(url: &Url) -> bool {
    url.path().split('/').any(|segment| segment.eq_ignore_ascii_case("comments"))
}

/// Segments at the beginning that a feed's address and the page's have in common.
fn nearness(feed: &Url, page: &Url) -> usize {
    let segments = |url: &Url| url.path().split('/').filter(|segment| !segment.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    segments(feed).iter().zip(&segments(page)).take_while(|(left, right)| left == right).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, html: &str, expected: &[&str]) {
        let page =
            Page { url: Url::parse(page).unwrap(), html: html.to_owned(), fetched_at: jiff::Timestamp::UNIX_EPOCH, problems: Vec::new() };
        let wanted = wanted(&Settings::default(), &page);
        assert_eq!(wanted.iter().map(|wanted| wanted.url.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_pages_own_feed_comes_first_and_comments_do_not_come() {
        let html = r#"<html><head><base href="https://www.a.vn/"><link rel="alternate" type="application/rss+xml" href="/feed/">
            <link rel="alternate" type="application/rss+xml; charset=utf-8" href="/comments/feed/">
            <LINK REL="Alternate" TYPE="application/rss+xml" HREF="https://www.a.vn/tin/an-ninh/feed/">
            <link rel="alternate" type="application/rss+xml" href="https://other.example/feed/">
            <link rel="alternate" hreflang="en" href="/en/"></head><body><link rel="alternate" type="application/rss+xml" href="/x">"#;
        check("https://www.a.vn/tin/an-ninh/", html, &["https://www.a.vn/tin/an-ninh/feed/", "https://www.a.vn/feed/"]);
        check("https://www.a.vn/", "<p>Không có gì", &[]);
        check("https://www.a.vn/feed/", "<rss><channel><link rel='alternate' type='application/rss+xml' href='/x'/>", &[]);
    }
}

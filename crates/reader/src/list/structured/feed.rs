//! The site's own feed: RSS, Atom or JSON Feed, read by a library that forgives what sites get wrong.

use std::{
    panic,
    sync::{Arc, Mutex},
};

use feed_rs::{
    model::{Entry, MediaObject},
    parser,
};
use jiff::Timestamp;
use url::Url;

use super::{MAX_STATED, Statement, by_address, plain, summary};
use crate::link;
use crate::list::Strategy;
use crate::page::{About, Page};
use crate::time::{self, Reading};
use crate::tree;

/// The entries of a feed; the error says what is wrong with it.
pub(super) fn stated(page: &Page, reading: &Reading) -> Result<Vec<Statement>, String> {
    let written = Written::default();
    let dates = written.clone();
    let parse = || {
        let parser = parser::Builder::new()
            .base_uri(Some(page.url.as_str()))
            .sanitize_content(false)
            // The parser would make every date UTC and lose the zone, so it gets the number of the date's text instead.
            .timestamp_parser(move |text| dates.keep(text).to_string().parse().ok())
            .build();
        parser.parse(without_declaration(&page.html).as_bytes())
    };
    // Other people's code at work on other people's words: should it panic, this document alone is unreadable.
    let feed = panic::catch_unwind(panic::AssertUnwindSafe(parse)).map_err(|_| "the parser panicked".to_owned())?;
    let feed = feed.map_err(|error| error.to_string())?;
    let entries = feed.entries.iter().take(MAX_STATED);
    Ok(by_address(entries.filter_map(|entry| {
        let mut stated = Statement::of(Strategy::Feed, address(entry, &page.url)?);
        stated.title = entry.title.as_ref().and_then(|title| plain(&title.content));
        let date = entry.published.or(entry.updated).and_then(|number| written.get(number.timestamp()));
        stated.published = date.and_then(|date| time::read(&date, reading));
        stated.summary = entry.summary.as_ref().and_then(|words| summary(&words.content));
        stated.image = image(entry, &page.url);
        stated.author = author(entry);
        Some(stated)
    })))
}

/// What a feed says of itself.
pub(super) fn about(page: &Page) -> Option<About> {
    let parse = || parser::Builder::new().sanitize_content(false).build().parse(without_declaration(&page.html).as_bytes());
    let feed = panic::catch_unwind(panic::AssertUnwindSafe(parse)).ok()?.ok()?;
    let title = feed.title.as_ref().and_then(|title| plain(&title.content));
    Some(About { title, site: None, language: feed.language })
}

/// The dates of a feed as they are written, each known by its number, which passes through the parser as a time.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<String>>>);

impl Written {
    fn keep(&self, text: &str) -> Timestamp {
        let mut texts = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        texts.push(text.to_owned());
        i64::try_from(texts.len() - 1).ok().and_then(|number| Timestamp::from_second(number).ok()).unwrap_or_default()
    }

    fn get(&self, number: i64) -> Option<String> {
        let texts = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        texts.get(usize::try_from(number).ok()?).cloned()
    }
}

/// The declaration may name an encoding, but the text is decoded already.
fn without_declaration(document: &str) -> &str {
    let document = document.trim_start_matches('\u{feff}').trim_start();
    match document.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        Some((_, rest)) => rest,
        None => document,
    }
}

/// The article's page, not its picture or its comments; an id that is an address is one where there is no link.
fn address(entry: &Entry, base: &Url) -> Option<Url> {
    let mut links = entry.links.iter().filter(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    let is_absolute = |id: &&str| id.starts_with("http://") || id.starts_with("https://");
    let written = links.next().map(|link| link.href.as_str()).or_else(|| Some(entry.id.as_str()).filter(is_absolute))?;
    link::resolve(base, written)
}

/// The picture that the entry names, or the first one in its words.
fn image(entry: &Entry, base: &Url) -> Option<Url> {
    let of_media = |media: &MediaObject| {
        let is_image = |kind: &str| kind.starts_with("image/");
        let named = media.content.iter().find(|content| content.content_type.as_ref().is_some_and(|kind| is_image(kind.as_ref())));
        named.and_then(|content| content.url.clone()).or_else(|| link::resolve(base, &media.thumbnails.first()?.image.uri))
    };
    entry.media.iter().find_map(of_media).or_else(|| {
        let words = entry.summary.as_ref().map(|words| &words.content).filter(|words| words.contains("<img"))?;
        let document = tree::parse(words).ok()?;
        let address = document.select("img[src]").attr("src")?;
        link::resolve(base, &address)
    })
}

fn author(entry: &Entry) -> Option<String> {
    let names = entry.authors.iter().filter_map(|person| person.name.as_deref()).filter(|name| !name.contains('@'));
    let names: Vec<String> = names.filter_map(plain).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn read(document: &str) -> Vec<Statement> {
        let url = Url::parse("https://a.vn/tin.rss").unwrap();
        let now = "2026-07-10T04:30:00Z".parse().unwrap();
        let page = Page { url, html: document.to_owned(), fetched_at: now, problems: Vec::new() };
        stated(&page, &Reading { now, zone: None, language: Some("vi"), host: Some("a.vn"), order: None }).unwrap()
    }

    fn date(stated: &Statement) -> String {
        stated.published.as_ref().unwrap().to_rfc3339()
    }

    #[test]
    fn rss_keeps_the_zone_of_its_dates() {
        let stated = read(
            r#"<?xml version="1.0" encoding="windows-1258"?><rss version="2.0"><channel><title>Tin</title>
            <item><title><![CDATA[Khen thưởng &quot;hiệp sĩ&quot; đường phố]]></title><link>/tin/1.html</link><pubDate>Thu, 09 Jul 2026 15:55:00 +0700</pubDate>
            <description><![CDATA[<a href="/tin/1.html"><img src="/anh/1.jpg"></a></br>Sáng nay, thành phố…]]></description></item>
            <item><title>Không có địa chỉ</title></item>
            <item><title>Hai</title><guid>https://a.vn/tin/2.html</guid><pubDate>09/07/2026 08:10</pubDate></item>
            </channel></rss>"#,
        );
        assert_eq!(stated.len(), 2);
        assert_eq!(stated[0].title.as_deref(), Some("Khen thưởng \"hiệp sĩ\" đường phố"));
        assert_eq!(stated[0].url.as_str(), "https://a.vn/tin/1.html");
        assert_eq!(date(&stated[0]), "2026-07-09T15:55:00+07:00");
        assert_eq!(stated[0].summary.as_deref(), Some("Sáng nay, thành phố…"));
        assert_eq!(stated[0].image.as_ref().unwrap().as_str(), "https://a.vn/anh/1.jpg");
        assert_eq!(date(&stated[1]), "2026-07-09T08:10:00+07:00");
    }

    #[test]
    fn atom_and_json_feeds_are_read() {
        let stated = read(
            r#"<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id><title>t</title><updated>2026-07-09T08:00:00Z</updated>
            <entry><id>tag:1</id><title>Một</title><link rel="replies" href="/1#c"/><link href="/1"/><published>2026-07-08T23:00:00+07:00</published>
            <updated>2026-07-09T08:00:00+07:00</updated><author><name>Lan Anh</name></author></entry></feed>"#,
        );
        assert_eq!((stated[0].url.as_str(), date(&stated[0]).as_str()), ("https://a.vn/1", "2026-07-08T23:00:00+07:00"));
        assert_eq!(stated[0].author.as_deref(), Some("Lan Anh"));
        let stated = read(
            r#"{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[{"id":"1","url":"https://a.vn/1","title":"Một",
            "content_text":"x","date_published":"2026-07-08T23:00:00+07:00"}]}"#,
        );
        assert_eq!((stated[0].url.as_str(), date(&stated[0]).as_str()), ("https://a.vn/1", "2026-07-08T23:00:00+07:00"));
    }
}

//! The site's own feed: RSS, Atom or JSON Feed, read by a library that forgives what sites get wrong.

use std::{
    collections::HashMap,
    panic,
    sync::{Arc, Mutex},
};

use feed_rs::{
    model::{Entry, MediaObject},
    parser,
};
use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::{MAX_STATED, Statement, by_address, plain, summary};
use crate::draft::Attachment;
use crate::duration;
use crate::link;
use crate::list::Strategy;
use crate::page::{About, Page};
use crate::time::{self, Reading};
use crate::tree;

/// What stands before the length of a podcast's item.
const LENGTH: &str = "<itunes:duration>";
/// Files of one entry.
const FILES: usize = 20;

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
    let lengths = lengths(&page.html);
    Ok(by_address(entries.filter_map(|entry| {
        let mut stated = Statement::of(Strategy::Feed, address(entry, &page.url)?);
        stated.title = entry.title.as_ref().and_then(|title| plain(&title.content));
        let date = entry.published.or(entry.updated).and_then(|number| written.get(number.timestamp()));
        stated.published = date.and_then(|date| time::read(&date, reading));
        stated.summary = entry.summary.as_ref().and_then(|words| summary(&words.content));
        stated.image = image(entry, &page.url);
        stated.author = author(entry);
        stated.files = files(entry, &lengths);
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

/// The recordings and documents that come with an entry, each with its length where that is said.
fn files(entry: &Entry, lengths: &HashMap<String, SignedDuration>) -> Vec<Attachment> {
    let contents = entry.media.iter().flat_map(|media| media.content.iter().map(move |content| (media, content)));
    let mut files: Vec<Attachment> = Vec::new();
    for (media, content) in contents.take(FILES) {
        let Some(url) = content.url.clone().filter(|url| matches!(url.scheme(), "http" | "https")) else { continue };
        let said = content.content_type.as_ref().map(|kind| kind.as_ref().to_ascii_lowercase());
        let is_kept = |kind: &String| ["audio/", "video/", "application/"].iter().any(|kept| kind.starts_with(kept));
        let media_type = said.filter(is_kept).or_else(|| link::file_type(&url).map(str::to_owned));
        let Some(media_type) = media_type.filter(|_| files.iter().all(|file| file.url != url)) else { continue };
        let title = media.title.as_ref().or(entry.title.as_ref()).and_then(|title| plain(&title.content));
        let duration = lengths.get(url.as_str()).copied().or_else(|| SignedDuration::try_from(content.duration?).ok());
        files.push(Attachment { title: title.unwrap_or_else(|| url.to_string()), url, media_type, duration });
    }
    files
}

/// How long the enclosures of a podcast run, by their addresses. The parser takes `12:34` for twelve seconds, and
/// nothing of an item that says no more to players than that.
fn lengths(document: &str) -> HashMap<String, SignedDuration> {
    if !document.contains(LENGTH) {
        return HashMap::new();
    }
    let between = |text: &str, start: &str, end: &str| -> Option<String> {
        let (_, rest) = text.split_once(start)?;
        Some(rest.split_once(end)?.0.to_owned())
    };
    let of_item = |item: &str| {
        let written = between(item, LENGTH, "</")?;
        let duration = duration::stated(written.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>"))?;
        let enclosure = between(item, "<enclosure", ">")?;
        let address = between(&enclosure, "url=\"", "\"").or_else(|| between(&enclosure, "url='", "'"))?;
        let url = Url::parse(&address.replace("&amp;", "&")).ok()?;
        Some((url.into(), duration))
    };
    document.split("<item").skip(1).take(MAX_STATED).filter_map(of_item).collect()
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

    #[test]
    fn what_comes_with_an_entry_has_its_type_and_its_length() {
        let stated = read(
            r#"<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>Phát thanh</title>
            <item><title>Bản tin sáng</title><link>https://a.vn/1</link><itunes:duration>12:34</itunes:duration>
            <enclosure url="https://a.vn/1.mp3" length="9" type="audio/mpeg"/></item>
            <item><title>Bản tin chiều</title><link>https://a.vn/3</link><itunes:duration><![CDATA[754]]></itunes:duration>
            <enclosure url="https://a.vn/tai?id=3&amp;x=1" length="9" type="audio/mpeg"/></item>
            <item><title>Ảnh</title><link>https://a.vn/2</link><enclosure url="https://a.vn/2.jpg" length="9" type="image/jpeg"/></item>
            </channel></rss>"#,
        );
        let expected = Attachment {
            url: "https://a.vn/1.mp3".parse().unwrap(),
            title: "Bản tin sáng".to_owned(),
            media_type: "audio/mpeg".to_owned(),
            duration: Some(SignedDuration::from_secs(754)),
        };
        assert_eq!(stated[0].files, [expected]);
        assert_eq!(stated[1].files[0].duration, stated[0].files[0].duration);
        assert_eq!(stated[2].files, []);
        let candidate = &crate::list::merge::listed(&stated, &"https://a.vn/tin".parse().unwrap())[0];
        assert_eq!(candidate.attachments, stated[0].files);
    }
}

//! What one article says in a feed, cleaned once for all formats.

use std::sync::Arc;

use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};
use loa_reader::{draft, text};
use url::Url;

use super::{Body, Source, escape};
use crate::article::{Article, KnownFile};

/// Longest lead that is made from the text of an article without one, in UTF-16 units.
const LEAD: usize = 300;

/// What the writers write, and what reading back must find.
#[derive(Debug)]
pub struct Entry {
    pub uid: String,
    pub url: String,
    /// Plain text, never empty.
    pub title: String,
    /// Plain text.
    pub lead: Option<String>,
    /// HTML with absolute addresses, sanitised when it was read.
    pub html: Option<String>,
    pub author: Option<String>,
    /// Whole seconds, and an offset of whole minutes.
    pub shown_at: ZonedDateTime,
    /// Where what it says has changed since it was first seen.
    pub corrected: Option<Timestamp>,
    pub image: Option<Image>,
    /// Documents, each with its address, name and type.
    pub attachments: Vec<Attachment>,
    pub language: Option<String>,
    pub categories: Vec<String>,
    /// In a feed of several feeds: the one that it comes from.
    pub source: Option<Arc<Source>>,
}

/// A picture and, where its server or its address tells, its media type.
#[derive(Debug)]
pub struct Image {
    pub url: String,
    pub media_type: Option<String>,
    /// In bytes, where it is known.
    pub length: Option<u64>,
}

/// A document to be downloaded.
#[derive(Debug)]
pub struct Attachment {
    pub url: String,
    /// Plain text, never empty.
    pub title: String,
    pub media_type: String,
    /// In bytes, where it is known.
    pub length: Option<u64>,
    /// How long a recording runs, in seconds, where it is known.
    pub seconds: Option<u64>,
}

impl Entry {
    pub fn new(article: &Article, body: Body) -> Self {
        let summary = article.summary.as_deref().and_then(line);
        let lead = || article.text.split("\n\n").find_map(line).map(|paragraph| text::cut(&paragraph, LEAD));
        let html = Some(text::clean(&article.html).trim().to_owned()).filter(|html| body == Body::Full && !html.is_empty());
        Self {
            uid: text::squeeze(&article.uid),
            url: article.url.to_string(),
            title: line(&article.title).or_else(lead).unwrap_or_else(|| article.url.to_string()),
            lead: if html.is_some() { summary } else { summary.or_else(lead) },
            html,
            author: article.author.as_deref().and_then(line).map(|author| set_mail_apart(&author)),
            shown_at: writable(article.shown_at()).unwrap_or_else(|| article.first_seen.to_zoned_datetime(TimeZone::UTC)),
            corrected: (article.changed > article.first_seen).then_some(article.changed),
            image: article.image.as_ref().map(|url| image(url, article.file(url))),
            attachments: article.attachments.iter().filter_map(|it| attachment(it, article.file(&it.url))).collect(),
            language: article.language.as_deref().and_then(language_tag),
            categories: categories(&article.categories),
            source: None,
        }
    }

    /// For formats that ask for the time of the last change even where there was none.
    pub fn updated(&self) -> ZonedDateTime {
        match self.corrected {
            Some(corrected) => corrected.to_zoned_datetime(TimeZone::UTC),
            None => self.shown_at.clone(),
        }
    }

    /// The lead where a format wants HTML.
    pub fn lead_as_html(&self) -> Option<String> {
        self.lead.as_deref().map(escape)
    }
}

/// RFC 3339 with the moment's own offset, in whole seconds.
pub fn rfc3339(moment: &ZonedDateTime) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

fn line(text: &str) -> Option<String> {
    Some(text::squeeze(text)).filter(|line| !line.is_empty())
}

/// The formats have years of four digits and offsets in minutes; zones before about 1900 had seconds in theirs.
fn writable(moment: ZonedDateTime) -> Option<ZonedDateTime> {
    let moment = if moment.offset().seconds() % 60 == 0 { moment } else { moment.with_time_zone(TimeZone::UTC) };
    (1..=9999).contains(&moment.year()).then_some(moment)
}

/// Blanks around a mail address that is written against other letters: feed-rs cuts there by bytes,
/// and would end in the middle of one.
fn set_mail_apart(author: &str) -> String {
    let mut parts = Vec::new();
    let mut rest = author;
    while let Some(first) = rest.chars().next() {
        let is_other = |ch: char| ch.is_ascii_graphic() != first.is_ascii_graphic();
        let (part, after) = rest.split_at(rest.find(is_other).unwrap_or(rest.len()));
        parts.push(if part.contains('@') { format!(" {part} ") } else { part.to_owned() });
        rest = after;
    }
    text::squeeze(&parts.concat())
}

fn image(url: &Url, file: Option<&KnownFile>) -> Image {
    let media_type = file.and_then(|file| file.media_type.clone()).or_else(|| image_type(url.path()).map(str::to_owned));
    Image { url: url.to_string(), media_type, length: file.and_then(|file| file.length) }
}

fn attachment(attachment: &draft::Attachment, file: Option<&KnownFile>) -> Option<Attachment> {
    let title = line(&attachment.title).unwrap_or_else(|| attachment.url.to_string());
    let media_type = file.and_then(|file| file.media_type.clone()).or_else(|| line(&attachment.media_type))?;
    let seconds = attachment.duration.and_then(|long| u64::try_from(long.as_secs()).ok()).filter(|seconds| *seconds > 0);
    Some(Attachment { url: attachment.url.to_string(), title, media_type, length: file.and_then(|file| file.length), seconds })
}

pub fn image_type(path: &str) -> Option<&'static str> {
    let (_, extension) = path.rsplit('/').next()?.rsplit_once('.')?;
    Some(match extension.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" | "jfif" => "image/jpeg",
        "png" => "image/png",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "svg" => "image/svg+xml",
        "bmp" => "image/bmp",
        _ => return None,
    })
}

/// A BCP 47 tag as readers know it, from what sites write: `vi_VN` and the country code `vn` are met as well.
pub fn language_tag(word: &str) -> Option<String> {
    let tag = word.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
    let primary = if primary == "vn" { "vi".to_owned() } else { primary };
    let is_language = (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase());
    let subtags: Vec<_> = parts.collect();
    let fits = |part: &&str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let mut tag = primary;
    for part in subtags.iter().take_while(|part| fits(part)) {
        tag.push('-');
        tag.push_str(part);
    }
    is_language.then_some(tag)
}

/// Each once, in the order of the page.
fn categories(words: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::with_capacity(words.len());
    for word in words.iter().filter_map(|word| line(word)) {
        if !kept.contains(&word) {
            kept.push(word);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_tags_that_readers_know() {
        let table = [
            ("vi", Some("vi")),
            ("vn", Some("vi")),
            ("vi_VN", Some("vi-VN")),
            (" VI-vn ", Some("vi-vn")),
            ("zh-Hant-TW", Some("zh-Hant-TW")),
            ("en-", Some("en")),
            ("tiếng Việt", None),
            ("", None),
        ];
        for (word, tag) in table {
            assert_eq!(language_tag(word).as_deref(), tag, "{word}");
        }
    }

    #[test]
    fn the_type_of_a_picture_is_in_its_name() {
        assert_eq!(image_type("/a.b/anh.JPG"), Some("image/jpeg"));
        assert_eq!(image_type("/anh.webp"), Some("image/webp"));
        for path in ["/a.png/anh", "/anh.ashx", "/", ""] {
            assert_eq!(image_type(path), None, "{path}");
        }
    }

    #[test]
    fn a_mail_address_stands_apart_from_other_letters() {
        assert_eq!(set_mail_apart("Bạn đọc—ban@doc.vn—gửi"), "Bạn đọc— ban@doc.vn —gửi");
        assert_eq!(set_mail_apart("Nguyễn Văn A, PV"), "Nguyễn Văn A, PV");
    }

    #[test]
    fn a_zone_with_seconds_is_left_for_utc() {
        let old: ZonedDateTime = "1900-01-01T00:00[Asia/Ho_Chi_Minh]".parse().unwrap();
        assert_eq!(rfc3339(&writable(old).unwrap()), "1899-12-31T16:53:30+00:00");
    }
}

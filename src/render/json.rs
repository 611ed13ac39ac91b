//! JSON Feed 1.1.

use serde::Serialize;
use url::Url;

use super::{
    About, Entry, Format, Source,
    entry::{self, Image, rfc3339},
};

#[derive(Serialize)]
struct Feed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    favicon: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<&'a str>,
    /// An item without either content would be invalid.
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    date_published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment<'a>>,
    #[serde(rename = "_source", skip_serializing_if = "Option::is_none")]
    source: Option<CopiedFrom<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

/// The feed that an item of several feeds comes from, in the words that JSON Feed has for a feed: an extension of ours,
/// which the README describes.
#[derive(Serialize)]
struct CopiedFrom<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    home_page_url: Option<&'a str>,
    feed_url: String,
}

#[derive(Serialize)]
struct Attachment<'a> {
    url: &'a str,
    mime_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    size_in_bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_in_seconds: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
}

pub fn write(about: &About, entries: &[Entry]) -> Result<Vec<u8>, String> {
    let feed = Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: &about.title,
        home_page_url: about.portal.as_str(),
        feed_url: &about.address(Format::Json),
        description: &about.description(),
        icon: about.presentation.icon.as_ref().map(Url::as_str),
        favicon: about.presentation.favicon.as_ref().map(Url::as_str),
        language: about.language.as_deref(),
        items: entries.iter().map(item).collect(),
    };
    serde_json::to_vec(&feed).map_err(|error| error.to_string())
}

fn item(entry: &Entry) -> Item<'_> {
    Item {
        id: &entry.uid,
        url: &entry.url,
        title: &entry.title,
        content_html: entry.html.as_deref(),
        content_text: if entry.html.is_some() { None } else { Some(entry.lead.as_deref().unwrap_or_default()) },
        summary: entry.lead.as_deref(),
        image: entry.image.as_ref().map(|image| image.url.as_str()),
        date_published: rfc3339(&entry.shown_at),
        date_modified: entry.corrected.map(|_| rfc3339(&entry.updated())),
        authors: authors(entry),
        tags: &entry.categories,
        language: entry.language.as_deref(),
        attachments: entry.image.iter().filter_map(picture).chain(entry.attachments.iter().map(document)).collect(),
        source: entry.source.as_deref().map(copied_from),
    }
}

/// Among the news of several feeds, an item without an author is its feed's.
fn authors(entry: &Entry) -> Vec<Author<'_>> {
    let own = entry.author.as_deref().map(|name| Author { name, url: None });
    let source = || entry.source.as_deref().map(|source| Author { name: &source.title, url: source.portal.as_ref().map(Url::as_str) });
    own.or_else(source).into_iter().collect()
}

fn copied_from(source: &Source) -> CopiedFrom<'_> {
    let home_page_url = source.portal.as_ref().map(Url::as_str);
    CopiedFrom { title: &source.title, home_page_url, feed_url: source.address(Format::Json) }
}

/// The type is required here, so only a picture of which it is known is attached.
fn picture(image: &Image) -> Option<Attachment<'_>> {
    Some(Attachment {
        url: &image.url,
        mime_type: image.media_type.as_deref()?,
        size_in_bytes: image.length,
        duration_in_seconds: None,
        title: None,
    })
}

fn document(document: &entry::Attachment) -> Attachment<'_> {
    Attachment {
        url: &document.url,
        mime_type: &document.media_type,
        size_in_bytes: document.length,
        duration_in_seconds: document.seconds,
        title: Some(&document.title),
    }
}

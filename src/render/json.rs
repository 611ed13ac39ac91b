//! JSON Feed 1.1.

use serde::Serialize;

use super::{
    About, Entry, Format,
    entry::{self, Image, rfc3339},
};

#[derive(Serialize)]
struct Feed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
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
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Attachment<'a> {
    url: &'a str,
    mime_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
}

pub fn write(about: &About, entries: &[Entry]) -> Result<Vec<u8>, String> {
    let feed = Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: &about.title,
        home_page_url: about.portal.as_str(),
        feed_url: &about.address(Format::Json),
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
        authors: entry.author.iter().map(|name| Author { name }).collect(),
        tags: &entry.categories,
        language: entry.language.as_deref(),
        attachments: entry.image.iter().filter_map(picture).chain(entry.attachments.iter().map(document)).collect(),
    }
}

/// The type is required here, so only a picture whose name tells it is attached.
fn picture(image: &Image) -> Option<Attachment<'_>> {
    Some(Attachment { url: &image.url, mime_type: image.media_type?, title: None })
}

fn document(document: &entry::Attachment) -> Attachment<'_> {
    Attachment { url: &document.url, mime_type: &document.media_type, title: Some(&document.title) }
}

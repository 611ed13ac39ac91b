//! Articles in, feed documents out: RSS, Atom, JSON Feed and OPML, each read back before it counts.
//!
//! No clock: the bytes change only when the articles, or what is said about the feed, do.
//! How many articles a document holds is the caller's to decide.

mod atom;
mod entry;
mod json;
mod opml;
mod read_back;
mod rss;
mod source;

use bytes::Bytes;
use jiff::Timestamp;
use loa_reader::list::Presentation;
use url::Url;

use crate::{
    article::{Article, FeedId},
    words::{Language, feed as words},
};
use entry::Entry;

pub use opml::opml;
pub use source::Source;

/// What a feed says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// A feed's id, or `all`; the name of its documents.
    pub id: String,
    pub title: String,
    /// The page whose news it carries.
    pub portal: Url,
    /// Where the documents are served: what self links and the feed's own id are made from.
    pub public: Url,
    /// Where it is `None`, the language that all articles share is named, if there is one.
    pub language: Option<String>,
    pub body: Body,
    /// What is shown beside the title. A feed without a description of its own gets a plain one.
    pub presentation: Presentation,
}

/// How much of an article a feed shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// The whole text.
    Full,
    /// The lead only.
    Summary,
}

/// The kinds of feed document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    Rss,
    Atom,
    Json,
}

impl Format {
    /// Every kind, the most widely read first.
    pub const ALL: [Self; 3] = [Self::Rss, Self::Atom, Self::Json];

    /// How a document's name ends.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Rss => "rss",
            Self::Atom => "atom",
            Self::Json => "json",
        }
    }

    /// Its name as people say it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Rss => "RSS",
            Self::Atom => "Atom",
            Self::Json => "JSON Feed",
        }
    }

    /// Without a charset: what a `<link rel="alternate">` names.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml",
            Self::Atom => "application/atom+xml",
            Self::Json => "application/feed+json",
        }
    }

    /// What a server sends: XML names its charset, JSON has only one.
    fn content_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Json => "application/feed+json",
        }
    }
}

/// A rendered document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The last segment of its address, and its file's name: `danang-police.rss`.
    pub name: String,
    pub content_type: &'static str,
    pub bytes: Bytes,
    /// When the newest change to what it says was made; `None` where nothing in it has a time.
    pub changed: Option<Timestamp>,
}

/// Why there is no document.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The writer gave up.
    #[error("`{name}` could not be written: {why}")]
    Unwritable { name: String, why: String },
    /// Another parser finds something else in it than was written.
    #[error("`{name}` does not read back as it was written: {why}")]
    Unreadable { name: String, why: String },
}

impl About {
    /// The name of one of its documents.
    pub fn name(&self, format: Format) -> String {
        format!("{}.{}", self.id, format.extension())
    }

    /// The public address of one of its documents.
    pub fn address(&self, format: Format) -> String {
        under(&self.public, &format!("feeds/{}", self.name(format)))
    }

    /// What the feed is, in a sentence: every format has a place for it, and RSS requires it.
    fn description(&self) -> String {
        let own = self.presentation.description.as_deref().map(loa_reader::text::squeeze).filter(|own| !own.is_empty());
        let language = self.language.as_deref().unwrap_or_default();
        let language = if language == "vi" || language.starts_with("vi-") { Language::Vietnamese } else { Language::English };
        // The portal of the feed of all feeds is this Loa itself.
        let host = self.portal.host_str().filter(|_| self.portal != self.public);
        own.unwrap_or_else(|| host.map_or_else(|| words::news_of_all(language), |host| words::news_of(language, host)))
    }

    /// The first of the feed's pictures that is in a format which RSS knows, or else may be.
    fn rss_picture(&self) -> Option<&Url> {
        let Presentation { favicon, icon, image, .. } = &self.presentation;
        let is_known =
            |url: &&Url| entry::image_type(url.path()).is_none_or(|kind| matches!(kind, "image/gif" | "image/jpeg" | "image/png"));
        [icon, image, favicon].into_iter().flatten().filter(|url| !url.path().to_ascii_lowercase().ends_with(".ico")).find(is_known)
    }
}

/// The address of `path` under the public one, which may have a path of its own, with or without a closing slash.
pub fn under(public: &Url, path: &str) -> String {
    format!("{}/{path}", public.as_str().trim_end_matches('/'))
}

/// One feed in these formats. `articles` come newest first and are all shown.
pub fn render(about: &About, articles: &[Article], formats: &[Format]) -> Result<Vec<Document>, Error> {
    let entries = articles.iter().map(|article| Entry::new(article, about.body)).collect();
    documents(about, articles, entries, formats)
}

/// The feed of several feeds: each article names the one that it comes from.
pub fn render_many(
    about: &About,
    articles: &[Article],
    source: impl Fn(&FeedId) -> Source,
    formats: &[Format],
) -> Result<Vec<Document>, Error> {
    let sources = source::of(articles, source);
    let of = |article: &Article| sources.get(&article.feed).cloned();
    let entries = articles.iter().map(|article| Entry { source: of(article), ..Entry::new(article, about.body) }).collect();
    documents(about, articles, entries, formats)
}

fn documents(about: &About, articles: &[Article], entries: Vec<Entry>, formats: &[Format]) -> Result<Vec<Document>, Error> {
    let about = About { language: language(about, &entries), title: title(about), ..about.clone() };
    let changed = articles.iter().map(|article| article.changed).max();
    formats.iter().map(|format| document(&about, &entries, changed, *format)).collect()
}

fn document(about: &About, entries: &[Entry], changed: Option<Timestamp>, format: Format) -> Result<Document, Error> {
    let name = about.name(format);
    let written = match format {
        Format::Rss => rss::write(about, entries, changed),
        Format::Atom => atom::write(about, entries, changed),
        Format::Json => json::write(about, entries),
    };
    let bytes = written.map_err(|why| Error::Unwritable { name: name.clone(), why })?;
    if let Err(why) = read_back::compare(&bytes, entries) {
        return Err(Error::Unreadable { name, why });
    }
    Ok(Document { name, content_type: format.content_type(), bytes: bytes.into(), changed })
}

/// A feed without a name would be no valid feed.
fn title(about: &About) -> String {
    Some(loa_reader::text::squeeze(&about.title)).filter(|title| !title.is_empty()).unwrap_or_else(|| about.id.clone())
}

fn language(about: &About, entries: &[Entry]) -> Option<String> {
    about.language.as_deref().and_then(entry::language_tag).or_else(|| {
        let first = entries.first()?.language.clone();
        first.filter(|_| entries.iter().all(|entry| entry.language == entries[0].language))
    })
}

/// `text` as it stands between tags or quotes of HTML and XML.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(ch),
        }
    }
    escaped
}

#[cfg(test)]
mod tests;

//! A page as it came: where it was found, when, and its text, decoded.
//!
//! The tree is not kept here: it cannot move between threads, so whoever reads the page parses it
//! once, through [`crate::tree`].

use jiff::Timestamp;
use url::Url;

use crate::charset;

/// A fetched page, or one read from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The address that answered, after redirects, without fragment.
    pub url: Url,
    /// The decoded document.
    pub html: String,
    /// When it was fetched; relative dates ("2 giờ trước") count from here.
    pub fetched_at: Timestamp,
    /// What was doubtful while it was decoded.
    pub problems: Vec<String>,
}

/// What a page says of the site that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// What the page calls itself, whole; what a feed calls itself.
    pub title: Option<String>,
    /// The site's name.
    pub site: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
}

impl Page {
    /// The page that `bytes` are, as a server sent them with `content_type`, the value of that header. Which charset it
    /// is really in is found out. It takes a few milliseconds for a large page.
    pub fn decode(url: Url, bytes: &[u8], content_type: Option<&str>, fetched_at: Timestamp) -> Self {
        let top = url.domain().and_then(|domain| domain.trim_end_matches('.').rsplit('.').next());
        let (html, problems) = charset::decode_for(bytes, content_type, top);
        Self { url, html, fetched_at, problems }
    }
}

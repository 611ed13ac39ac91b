//! A page as it came: where it was found, when, and its text, decoded.
//!
//! The tree is not kept here: it cannot move between threads, so whoever reads the page parses it
//! once, through [`crate::tree`].

use jiff::Timestamp;
use url::Url;

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

//! What an article's own page says of it.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::time::Stamp;

/// An article as its own page gives it. Only the texts are certain to be there: what the page
/// does not say is `None`, and the list's word stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    /// The headline.
    pub title: Option<String>,
    /// The first paragraph when it is set apart as a lead, or the page's own description.
    pub summary: Option<String>,
    /// Paragraphs apart by a blank line; empty where the page has no article.
    pub text: String,
    /// The same as clean HTML with absolute addresses.
    pub html: String,
    /// Whether a page without a text shows something in its place below the headline: a file, scans, a player.
    pub has_document: bool,
    /// Who wrote it. Several are joined by `, `.
    pub author: Option<String>,
    /// When it was published.
    pub published: Option<Stamp>,
    /// When it was last changed, where that is another moment.
    pub updated: Option<Stamp>,
    /// Documents that it gives to be downloaded. [`html`](Self::html) links all of them.
    pub attachments: Vec<Attachment>,
    /// How long the recording runs that the page is about, where it says so.
    pub duration: Option<SignedDuration>,
    /// The picture that stands for it.
    pub image: Option<Url>,
    /// A language tag (BCP 47), as the page declares it.
    pub language: Option<String>,
    /// The site's name.
    pub site: Option<String>,
    /// Section and keywords.
    pub categories: Vec<String>,
    /// Where the page says that it lives.
    pub canonical: Option<Url>,
    /// What could not be read, in sentences for people.
    pub problems: Vec<String>,
}

/// A document beside an article: a decision, a form, a table, a recording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Where it is downloaded.
    pub url: Url,
    /// What the page calls it, or the name of its file.
    pub title: String,
    /// By the ending of its name; `application/octet-stream` where that tells nothing.
    pub media_type: String,
    /// How long it runs, where it is a recording and that is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<SignedDuration>,
}

impl Attachment {
    /// Whether it is sound or film.
    pub fn is_recording(&self) -> bool {
        ["audio/", "video/"].iter().any(|kind| self.media_type.starts_with(kind))
    }

    /// Whether it is a recording of which nothing has said how long it runs.
    pub(crate) fn is_untimed(&self) -> bool {
        self.duration.is_none() && self.is_recording()
    }

    /// Gives the only recording among `files` its length, where nothing has said that yet.
    pub fn time(files: &mut [Self], duration: Option<SignedDuration>) {
        let mut recordings = files.iter_mut().filter(|file| file.is_recording());
        if let (Some(only), None) = (recordings.next(), recordings.next()) {
            only.duration = only.duration.or(duration);
        }
    }
}

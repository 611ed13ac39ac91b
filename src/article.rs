//! What moves through the program: a `Candidate` seen on a list, a `Draft` read from its page, an `Article` stored.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use url::Url;

use crate::{site::Link, time::Stamp};

/// The name of a feed: its file's name, its address, its key in the store.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FeedId(String);

/// Why a word is no [`FeedId`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` cannot name a feed: expected 1 to 64 of `a`–`z`, `0`–`9` and `-`, beginning with a letter or digit, and not `all`")]
pub struct BadFeedId(String);

impl FromStr for FeedId {
    type Err = BadFeedId;

    fn from_str(word: &str) -> Result<Self, BadFeedId> {
        let fits = (1..=64).contains(&word.len())
            && !word.starts_with('-')
            && word != "all"
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if fits { Ok(Self(word.to_owned())) } else { Err(BadFeedId(word.to_owned())) }
    }
}

impl FeedId {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FeedId {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A headline as a list shows it. Its texts are one squeezed NFC line each.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Absolute, as the page gives it, without fragment.
    pub url: Url,
    pub title: String,
    pub published: Option<Stamp>,
    pub summary: Option<String>,
    pub image: Option<Url>,
    /// Several are joined by `, `.
    pub author: Option<String>,
    pub sighting: Sighting,
}

/// How a headline was found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sighting {
    /// By which strategies, the most trusted first.
    pub by: Vec<Strategy>,
    /// How sure it is that this is a headline of the list, from 0 to 1; a half is a toss-up.
    pub certainty: f64,
    /// The kinds of elements around it, nearest first, without names: headlines of one list stand alike.
    pub place: String,
    /// The shape of its address: articles of one site share it.
    pub shape: String,
    /// Its link, by which it is known again on other pages of the site.
    pub link: Option<Link>,
    pub kinship: Kinship,
    /// Who said when it was published.
    pub dated: Option<Origin>,
}

/// What memory says of a headline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kinship {
    /// Nothing was remembered.
    #[default]
    Unasked,
    /// It is a known article.
    Known,
    /// It stands where known headlines stand, at an address of their kind.
    Kin,
    /// It looks like a headline, but not like the known ones: only its own page can tell.
    Stranger,
}

/// The ways of finding headlines, in the order of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strategy {
    /// The operator's selectors.
    Selectors,
    /// The site's own feed: RSS, Atom or JSON Feed.
    Feed,
    /// JSON-LD in the page.
    LinkedData,
    /// Microdata and microformats: marks on the page's own elements.
    Microdata,
    /// The data that the page's scripts draw it from.
    State,
    /// A news sitemap.
    Sitemap,
    /// What repeats on the page and looks like a headline.
    Repetition,
}

impl fmt::Display for Strategy {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(match self {
            Self::Selectors => "selectors",
            Self::Feed => "feed",
            Self::LinkedData => "JSON-LD",
            Self::Microdata => "microdata",
            Self::State => "state",
            Self::Sitemap => "sitemap",
            Self::Repetition => "repetition",
        })
    }
}

/// Where a headline's date was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A strategy's own statement; for the operator's selectors, where they point.
    Stated(Strategy),
    /// A `time` element in the record.
    TimeElement,
    /// The record's text.
    Text,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Stated(strategy) => strategy.fmt(f),
            Self::TimeElement => f.pad("<time>"),
            Self::Text => f.pad("text"),
        }
    }
}

/// A link that might have been a headline and is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Dropped {
    pub url: Url,
    pub title: String,
    /// What it reached in the vote, where it came that far.
    pub score: Option<f64>,
    /// In words.
    pub why: String,
}

/// What a list page holds, and what could not be read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Discovery {
    /// In the order of the page, one for each address.
    pub candidates: Vec<Candidate>,
    /// What was looked at and left out, the nearest to a headline first. Empty unless reasons were asked for.
    pub dropped: Vec<Dropped>,
    /// A fingerprint of how the page is built around its headlines.
    pub build: Option<String>,
    pub problems: Vec<String>,
}

/// An article as its own page gives it. Only the texts are certain to be there: what the page
/// does not say is `None`, and the list's word stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    pub title: Option<String>,
    /// The first paragraph when it is set apart as a lead, or the page's own description.
    pub summary: Option<String>,
    /// Paragraphs apart by a blank line; empty where the page has no article.
    pub text: String,
    /// The same as clean HTML with absolute addresses.
    pub html: String,
    /// Several are joined by `, `.
    pub author: Option<String>,
    pub published: Option<Stamp>,
    pub updated: Option<Stamp>,
    pub image: Option<Url>,
    /// BCP 47, as the page declares it.
    pub language: Option<String>,
    /// The site's name.
    pub site: Option<String>,
    /// Section and keywords.
    pub categories: Vec<String>,
    /// Where the page says that it lives.
    pub canonical: Option<Url>,
    pub problems: Vec<String>,
}

/// A stored article, as feeds and messages show it.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// The store's key; grows with the order of recording.
    pub id: i64,
    pub feed: FeedId,
    /// The id in feeds (an IRI); it never changes once given.
    pub uid: String,
    pub url: Url,
    pub title: String,
    pub summary: Option<String>,
    pub text: String,
    pub html: String,
    pub author: Option<String>,
    pub published: Option<Stamp>,
    pub image: Option<Url>,
    pub language: Option<String>,
    pub categories: Vec<String>,
    pub first_seen: Timestamp,
    /// When what it says last changed; `first_seen` at first.
    pub changed: Timestamp,
}

impl Article {
    /// The time that feeds sort by and show: when it was published, or first seen where that is unknown.
    pub fn shown_at(&self) -> jiff::ZonedDateTime {
        match &self.published {
            Some(stamp) => stamp.at.clone(),
            None => self.first_seen.to_zoned_datetime(jiff::tz::TimeZone::UTC),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feed_names_are_checked_once() {
        assert!("danang-police".parse::<FeedId>().is_ok());
        for word in ["", "-a", "A", "../x", "all", "a b", "đà-nẵng"] {
            assert!(word.parse::<FeedId>().is_err(), "{word}");
        }
    }
}

//! An article as it is stored, and the name of the feed that it belongs to.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use loa_reader::{draft::Attachment, link, time::Stamp};
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

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

/// What ids of articles are made within (RFC 9562, version 5). It never changes: with another one every reader would
/// see every article as a new one.
const UIDS: Uuid = Uuid::from_u128(0xb12897e9c2bc42c88356ebed66f5fdc6);

/// The id of an article in feeds: of its feed and its address alone, so that a new database or another place of the
/// feeds gives the same one again. What an article was given is stored, and stays whatever becomes of its address.
pub fn uid(feed: &FeedId, address: &Url) -> String {
    urn(&format!("{feed} {}", link::identity(address)))
}

/// Another id, for an article whose own is taken: by one that stood at this address in a feed of this name, and has
/// another feed now.
pub fn further_uid(uid: &str) -> String {
    urn(uid)
}

fn urn(name: &str) -> String {
    Uuid::new_v5(&UIDS, name.as_bytes()).urn().to_string()
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
    /// Documents to be downloaded, which the HTML links.
    pub attachments: Vec<Attachment>,
    /// What their servers said of its picture and of these documents, when the article was recorded.
    pub files: Vec<KnownFile>,
    pub first_seen: Timestamp,
    /// When what it says last changed; `first_seen` at first.
    pub changed: Timestamp,
}

/// What is known of a file that an article names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownFile {
    pub url: Url,
    /// In bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<u64>,
    /// Without parameters, in lower case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
}

impl Article {
    /// What is known of the file at this address.
    pub fn file(&self, url: &Url) -> Option<&KnownFile> {
        self.files.iter().find(|file| file.url == *url)
    }

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
    fn an_id_is_of_the_feed_and_the_address_alone() {
        let id = |feed: &str, address: &str| uid(&feed.parse().unwrap(), &Url::parse(address).unwrap());
        assert_eq!(id("police", "https://a.vn/x"), "urn:uuid:b0bbcca0-0810-5679-aeac-ed4df869f351");
        assert_eq!(id("police", "https://a.vn/x"), id("police", "http://www.a.vn/x/"));
        let others = [id("police", "https://a.vn/y"), id("traffic", "https://a.vn/x"), further_uid(&id("police", "https://a.vn/x"))];
        for other in others {
            assert_ne!(other, id("police", "https://a.vn/x"));
            assert!(Url::parse(&other).is_ok_and(|uri| uri.scheme() == "urn"), "{other}");
        }
    }

    #[test]
    fn feed_names_are_checked_once() {
        assert!("danang-police".parse::<FeedId>().is_ok());
        for word in ["", "-a", "A", "../x", "all", "a b", "đà-nẵng"] {
            assert!(word.parse::<FeedId>().is_err(), "{word}");
        }
    }
}

//! What defines a feed: made, and checked against those that are there.

use std::path::Path;

use loa_reader::link;
use url::Url;

use crate::{
    article::{BadFeedId, FeedId},
    feed::{self, Feed},
    settings::Problem,
    store,
};

/// Labels of a host that say nothing of whose it is.
const COMMON: &[&str] = &["www", "com", "net", "org", "gov", "edu", "co"];
/// Bytes of an id.
const LONGEST: usize = 64;

/// What a feed's definition says.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    pub id: FeedId,
    pub url: Url,
    pub title: Option<String>,
    pub language: Option<String>,
    /// Headlines; what is like them is what is wanted.
    pub examples: Vec<String>,
    /// Boxes of the page that are wanted, and those that are not, by their names.
    pub boxes_in: Vec<String>,
    pub boxes_out: Vec<String>,
}

/// Why a feed cannot be defined so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Taken {
    #[error("the feed `{by}` has this address already: `{url}`")]
    Address { by: FeedId, url: Url },
    #[error("the id `{id}` is taken: `{url}` is called so")]
    Id { id: FeedId, url: Url },
    /// There is a feed of that name, and nothing can be said of it, as its definition cannot be used.
    #[error("the id `{id}` is taken by a feed that cannot be used as it is defined")]
    Unusable { id: FeedId },
}

impl Definition {
    /// With an address and nothing else.
    pub fn new(id: FeedId, url: Url) -> Self {
        let (title, language) = Default::default();
        let (examples, boxes_in, boxes_out) = Default::default();
        Self { id, url, title, language, examples, boxes_in, boxes_out }
    }

    /// What it says, as `loa` reads it.
    pub fn text(&self) -> String {
        // A basic string of TOML is one of JSON.
        let string = |value: &str| serde_json::to_string(value).unwrap_or_default();
        let mut text = format!("url = {}\n", string(self.url.as_str()));
        for (key, value) in [("title", &self.title), ("language", &self.language)] {
            if let Some(value) = value {
                text.push_str(&format!("{key} = {}\n", string(value)));
            }
        }
        let array = |values: &[String]| values.iter().map(|value| string(value)).collect::<Vec<_>>().join(", ");
        let of_page = [
            ("examples", "What is like these headlines is what is wanted; the first poll learns it.", &self.examples),
            ("boxes-in", "Boxes of the page that are part of the list, by their headings.", &self.boxes_in),
            ("boxes-out", "Boxes of the page that are left out, by their headings.", &self.boxes_out),
        ];
        if of_page.iter().any(|(.., values)| !values.is_empty()) {
            text.push_str("\n[source.page]\n");
        }
        for (key, comment, values) in of_page {
            if !values.is_empty() {
                text.push_str(&format!("# {comment}\n{key} = [{}]\n", array(values)));
            }
        }
        text
    }

    /// The feed that it defines.
    ///
    /// # Errors
    /// When it could not be used.
    pub fn feed(&self) -> Result<Feed, Problem> {
        feed::read(self.id.clone(), &format!("{}.toml", self.id), &self.text(), Path::new(""), &|_| None)
    }

    /// The same as it is written.
    pub fn written(&self) -> store::Definition {
        store::Definition { feed: self.id.clone(), text: self.text() }
    }
}

/// Whether another feed has this address.
///
/// # Errors
/// When one does.
pub fn check_address(url: &Url, feeds: &[Feed]) -> Result<(), Taken> {
    let address = link::identity(url);
    let same = feeds.iter().find(|feed| link::identity(&feed.url) == address || link::identity(feed.watched()) == address);
    same.map_or(Ok(()), |feed| Err(Taken::Address { by: feed.id.clone(), url: feed.url.clone() }))
}

/// Whether an id is free.
///
/// # Errors
/// When a feed is called so, also one that cannot be used.
pub fn check_id(id: &FeedId, feeds: &[Feed], unusable: &[FeedId]) -> Result<(), Taken> {
    if let Some(feed) = feeds.iter().find(|feed| feed.id == *id) {
        return Err(Taken::Id { id: id.clone(), url: feed.url.clone() });
    }
    if unusable.contains(id) { Err(Taken::Unusable { id: id.clone() }) } else { Ok(()) }
}

/// An id for a feed at `url` that nobody has: its host and the last step of its path, or all that the address says.
///
/// # Errors
/// When both are taken, or make no id.
pub fn free_id(url: &Url, feeds: &[Feed], unusable: &[FeedId]) -> Result<FeedId, NoId> {
    let short = id_of(url, 1)?;
    match check_id(&short, feeds, unusable) {
        Ok(()) => Ok(short),
        Err(taken) => {
            let long = id_of(url, usize::MAX)?;
            if long == short {
                return Err(NoId::Taken(taken));
            }
            check_id(&long, feeds, unusable)?;
            Ok(long)
        }
    }
}

/// Why an address gives its feed no id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoId {
    #[error(transparent)]
    Bad(#[from] BadFeedId),
    #[error(transparent)]
    Taken(#[from] Taken),
}

/// `https://catp.danang.gov.vn/tin-tuc` as `catp-danang-tin-tuc`, with so many steps of the path from its end; with all
/// of them, also the port where it is none of the usual ones.
fn id_of(url: &Url, steps: usize) -> Result<FeedId, BadFeedId> {
    let host = url.host_str().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    let is_number = host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let telling = labels
        .iter()
        .enumerate()
        .filter(|(at, label)| !COMMON.contains(label) && (*at + 1 < labels.len() || labels.len() == 1 || is_number));
    let path: Vec<&str> = url.path_segments().into_iter().flatten().filter(|step| !step.is_empty()).collect();
    let path = path[path.len().saturating_sub(steps)..].iter().map(|step| step.rsplit_once('.').map_or(*step, |(stem, _)| stem));
    let port = url.port().filter(|_| steps > 1).map(|port| port.to_string());
    let words: Vec<&str> = telling.map(|(_, label)| *label).chain(port.as_deref()).chain(path).collect();
    let id: String = words.join("-").to_lowercase().chars().map(|ch| if ch.is_ascii_alphanumeric() { ch } else { '-' }).collect();
    let id: Vec<&str> = id.split('-').filter(|word| !word.is_empty()).collect();
    let mut id = id.join("-");
    id.truncate(LONGEST);
    id.trim_matches('-').parse()
}

#[cfg(test)]
mod tests {
    use loa_reader::list::Settings;

    use super::*;

    fn definition() -> Definition {
        Definition {
            title: Some("Báo \\ A".to_owned()),
            language: Some("vi".to_owned()),
            examples: vec!["Một \"câu\" nói".to_owned()],
            boxes_in: vec!["Tin tức".to_owned()],
            boxes_out: vec!["Đọc nhiều".to_owned()],
            ..Definition::new("x".parse().unwrap(), Url::parse("https://portal.example/tin").unwrap())
        }
    }

    #[test]
    fn an_address_names_its_feed() {
        let id = |url: &str| id_of(&Url::parse(url).unwrap(), 1).unwrap().to_string();
        assert_eq!(id("https://catp.danang.gov.vn/"), "catp-danang");
        assert_eq!(id("https://www.catp.danang.gov.vn/tin-tuc/an-ninh.html"), "catp-danang-an-ninh");
        assert_eq!(id("http://127.0.0.1:8080/"), "127-0-0-1");
        assert_eq!(id("https://portal.example/Tin_T%E1%BB%A9c"), "portal-tin-t-e1-bb-a9c");
    }

    #[test]
    fn what_is_written_is_read_back() {
        let feed = definition().feed().unwrap();
        assert_eq!((feed.title.as_str(), feed.language.as_deref()), ("Báo \\ A", Some("vi")));
        assert_eq!(feed.zone.iana_name(), Some("Asia/Ho_Chi_Minh"));
        assert_eq!(feed.source.examples(), definition().examples);
        let Settings::Page(selectors) = &feed.source else { panic!("{:?}", feed.source) };
        assert_eq!((&selectors.boxes_in, &selectors.boxes_out), (&definition().boxes_in, &definition().boxes_out));
    }

    #[test]
    fn a_second_feed_of_one_address_or_name_is_refused() {
        let feeds = [definition().feed().unwrap()];
        let url = |url: &str| Url::parse(url).unwrap();
        assert!(check_address(&url("http://www.portal.example/tin/"), &feeds).is_err());
        assert!(check_address(&url("https://portal.example/tin-khac"), &feeds).is_ok());
        assert!(check_id(&"x".parse().unwrap(), &feeds, &[]).is_err());
        // One that cannot be used takes the short one.
        let unusable = ["portal-tin".parse().unwrap()];
        let free = |address: &str| free_id(&url(address), &feeds, &unusable).map(|id| id.to_string());
        assert_eq!(free("https://portal.example/an-ninh/tin").unwrap(), "portal-an-ninh-tin");
        assert_eq!(free("https://portal.example/an-ninh").unwrap(), "portal-an-ninh");
        assert!(matches!(free("https://portal.example/tin"), Err(NoId::Taken(Taken::Unusable { .. }))));
    }
}

//! The feed file that `add` writes, and the id that it is given.

use url::Url;

use crate::article::{BadFeedId, FeedId};

/// Labels of a host that say nothing of whose it is.
const COMMON: &[&str] = &["www", "com", "net", "org", "gov", "edu", "co"];
/// Bytes of an id.
const LONGEST: usize = 64;

/// What is known of the feed.
#[derive(Debug)]
pub struct FeedFile<'a> {
    pub url: &'a Url,
    pub title: Option<&'a str>,
    pub language: Option<&'a str>,
    pub examples: &'a [String],
    /// Boxes of the page that are not wanted, by their names.
    pub boxes_out: &'a [String],
}

impl FeedFile<'_> {
    /// The file, as `loa` reads it.
    pub fn text(&self) -> String {
        // A basic string of TOML is one of JSON.
        let string = |value: &str| serde_json::to_string(value).unwrap_or_default();
        let mut text = format!("url = {}\n", string(self.url.as_str()));
        if let Some(title) = self.title {
            text.push_str(&format!("title = {}\n", string(title)));
        }
        if let Some(language) = self.language {
            text.push_str(&format!("language = {}\n", string(language)));
        }
        let array = |values: &[String]| values.iter().map(|value| string(value)).collect::<Vec<_>>().join(", ");
        if !self.examples.is_empty() || !self.boxes_out.is_empty() {
            text.push_str("\n[source.page]\n");
        }
        if !self.examples.is_empty() {
            text.push_str("# What is like these headlines is what is wanted; the first poll learns it.\n");
            text.push_str(&format!("examples = [{}]\n", array(self.examples)));
        }
        if !self.boxes_out.is_empty() {
            text.push_str("# Boxes of the page that are left out, by their headings.\n");
            text.push_str(&format!("boxes-out = [{}]\n", array(self.boxes_out)));
        }
        text
    }
}

/// `https://catp.danang.gov.vn/tin-tuc` as `catp-danang-tin-tuc`.
pub fn id_of(url: &Url) -> Result<FeedId, BadFeedId> {
    let host = url.host_str().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    let is_number = host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let telling = labels
        .iter()
        .enumerate()
        .filter(|(at, label)| !COMMON.contains(label) && (*at + 1 < labels.len() || labels.len() == 1 || is_number));
    let last = url.path_segments().into_iter().flatten().rfind(|segment| !segment.is_empty());
    let last = last.map(|segment| segment.rsplit_once('.').map_or(segment, |(stem, _)| stem));
    let words: Vec<&str> = telling.map(|(_, label)| *label).chain(last).collect();
    let id: String = words.join("-").to_lowercase().chars().map(|ch| if ch.is_ascii_alphanumeric() { ch } else { '-' }).collect();
    let id: Vec<&str> = id.split('-').filter(|word| !word.is_empty()).collect();
    let mut id = id.join("-");
    id.truncate(LONGEST);
    id.trim_matches('-').parse()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_its_feed() {
        let id = |url: &str| id_of(&Url::parse(url).unwrap()).unwrap().to_string();
        assert_eq!(id("https://catp.danang.gov.vn/"), "catp-danang");
        assert_eq!(id("https://www.catp.danang.gov.vn/tin-tuc/an-ninh.html"), "catp-danang-an-ninh");
        assert_eq!(id("http://127.0.0.1:8080/"), "127-0-0-1");
        assert_eq!(id("https://portal.example/Tin_T%E1%BB%A9c"), "portal-tin-t-e1-bb-a9c");
    }

    #[test]
    fn what_is_written_is_read_back() {
        let url = Url::parse("https://portal.example/tin").unwrap();
        let examples = ["Một \"câu\" nói".to_owned()];
        let text = FeedFile {
            url: &url,
            title: Some("Báo \\ A"),
            language: Some("vi"),
            examples: &examples,
            boxes_out: &["Đọc nhiều".to_owned()],
        }
        .text();
        let feed = crate::feed::read("x".parse().unwrap(), "x.toml", &text, std::path::Path::new(""), &|_| None).unwrap();
        assert_eq!((feed.title.as_str(), feed.language.as_deref()), ("Báo \\ A", Some("vi")));
        assert_eq!(feed.source.examples(), examples);
    }
}

//! One feed: what the operator's file `feeds/<id>.toml` says of it.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use jiff::tz::TimeZone;
use loa_reader::{list, text};
use serde::Deserialize;
use url::Url;

use crate::{
    article::FeedId,
    fetch::{Headers, Request, Robots},
    render::Body,
    settings::{self, Problem},
    store::Portal,
    unit,
};

/// A feed, checked.
#[derive(Debug, Clone)]
pub struct Feed {
    pub id: FeedId,
    /// The page that is watched.
    pub url: Url,
    pub title: String,
    /// What the feed is, in a sentence. `None`: as the page describes itself.
    pub description: Option<String>,
    /// A square picture of it. `None`: as the page shows itself.
    pub icon: Option<Url>,
    /// BCP 47.
    pub language: Option<String>,
    /// Where a date without a zone is at home.
    pub zone: TimeZone,
    /// `None`: as the bot's settings say.
    pub every: Option<unit::Duration>,
    pub full_text: bool,
    pub body: Body,
    /// How many of the articles that are already there are announced at the first poll.
    pub announce_first: u32,
    /// Further pages of the list whose articles are recorded when the feed begins, and told to nobody.
    pub backfill: u32,
    pub headers: Headers,
    pub ca_file: Option<PathBuf>,
    pub ignore_robots: bool,
    pub source: list::Settings,
    /// A number of the file's text: another text has another one.
    pub revision: i64,
    /// What the file leaves to the pages.
    pub unsaid: Unsaid,
}

/// What a feed's file leaves out: the portal's own pages say it, once they were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unsaid {
    pub title: bool,
    pub language: bool,
    pub zone: bool,
}

impl Feed {
    /// The feed with what its pages say where its file says nothing.
    #[must_use]
    pub fn of_portal(&self, portal: &Portal) -> Self {
        let mut feed = self.clone();
        if let Some(title) = portal.title.as_ref().filter(|_| feed.unsaid.title) {
            feed.title.clone_from(title);
        }
        if feed.unsaid.language {
            feed.language.clone_from(&portal.language);
        }
        if feed.unsaid.zone {
            feed.zone = zone_of(feed.language.as_deref(), &feed.url);
        }
        feed
    }

    /// What a poll begins with: the page, or the document that `[source.feed]` or `[source.sitemap]` names.
    pub fn watched(&self) -> &Url {
        self.source.address(&self.url)
    }

    /// A request for one of this feed's pages or pictures. What the operator sends to the portal goes to the portal's
    /// host and to no other, and never from a safe connection to an open one.
    pub fn request(&self, url: Url) -> Request {
        let is_portal = url.host() == self.url.host() && (url.origin() == self.url.origin() || url.scheme() == "https");
        Request {
            headers: if is_portal { self.headers.clone() } else { Headers::default() },
            robots: if self.ignore_robots { Robots::Ignore } else { Robots::Obey },
            ca_file: self.ca_file.clone(),
            ..Request::page(url)
        }
    }
}

/// `publish` as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WrittenBody {
    #[default]
    Full,
    Summary,
}

/// The file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    url: String,
    title: Option<String>,
    description: Option<String>,
    icon: Option<String>,
    language: Option<String>,
    time_zone: Option<String>,
    every: Option<unit::Duration>,
    #[serde(default = "yes")]
    full_text: bool,
    #[serde(default)]
    publish: WrittenBody,
    #[serde(default)]
    announce_first: u32,
    #[serde(default)]
    backfill: u32,
    #[serde(default)]
    headers: std::collections::BTreeMap<String, String>,
    #[serde(default)]
    ca_file: PathBuf,
    #[serde(default)]
    ignore_robots: bool,
    #[serde(default)]
    source: list::Settings,
}

fn yes() -> bool {
    true
}

/// Reads `text`, the content of `file` in `folder`. `environment` answers for header values written `env:NAME`.
///
/// # Errors
/// The first [`Problem`].
pub fn read(id: FeedId, file: &str, text: &str, folder: &Path, environment: &dyn Fn(&str) -> Option<String>) -> Result<Feed, Problem> {
    let written: Written = settings::read(file, text)?;
    let at = |path: &str, what: String| Problem::at_key(file, text, path, what);
    let address = |written: &str| Url::parse(written).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let url = address(&written.url);
    let url =
        url.ok_or_else(|| at("url", format!("expected an address such as `https://portal.example/tin-tuc`, found `{}`", written.url)))?;
    let language = written.language.filter(|language| !language.is_empty());
    let title = written.title.filter(|title| !title.is_empty());
    let unsaid =
        Unsaid { title: title.is_none(), language: language.is_none(), zone: written.time_zone.as_deref().unwrap_or_default().is_empty() };
    let zone = match written.time_zone.as_deref() {
        Some(name) if !name.is_empty() => {
            TimeZone::get(name).map_err(|_| at("time-zone", format!("expected a name such as `Asia/Ho_Chi_Minh`, found `{name}`")))?
        }
        _ => zone_of(language.as_deref(), &url),
    };
    let icon = match written.icon.as_deref() {
        Some(icon) if !icon.is_empty() => {
            Some(address(icon).ok_or_else(|| at("icon", format!("expected the address of a picture, found `{icon}`")))?)
        }
        _ => None,
    };
    let mut headers = Headers::default();
    for (name, value) in &written.headers {
        let path = format!("headers.{name}");
        let value = match value.strip_prefix("env:") {
            None => value.clone(),
            Some(variable) => environment(variable).ok_or_else(|| {
                at(&path, format!("the environment has no `{variable}`"))
                    .with_hint(format!("start loa with `{variable}=… loa`, or write the value itself"))
            })?,
        };
        headers.insert(name, &value).map_err(|error| at(&path, error.to_string()))?;
    }
    Ok(Feed {
        title: title.unwrap_or_else(|| url.host_str().unwrap_or_default().to_owned()),
        id,
        url,
        description: written.description.map(|description| text::squeeze(&description)).filter(|description| !description.is_empty()),
        icon,
        language,
        zone,
        every: written.every,
        full_text: written.full_text,
        body: match written.publish {
            WrittenBody::Full => Body::Full,
            WrittenBody::Summary => Body::Summary,
        },
        announce_first: written.announce_first,
        backfill: written.backfill,
        headers,
        ca_file: (!written.ca_file.as_os_str().is_empty()).then(|| folder.join(written.ca_file)),
        ignore_robots: written.ignore_robots,
        source: written.source,
        revision: revision(text),
        unsaid,
    })
}

/// A number of a text of settings, by which another text is told from it.
pub fn revision(text: &str) -> i64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish().cast_signed()
}

/// The zone of a source that names none: Vietnam's for Vietnamese and for `.vn`, otherwise UTC.
pub fn zone_of(language: Option<&str>, url: &Url) -> TimeZone {
    let is_vietnamese = language.is_some_and(|language| language == "vi" || language.starts_with("vi-"))
        || url.host_str().is_some_and(|host| host.ends_with(".vn"));
    if is_vietnamese { TimeZone::get("Asia/Ho_Chi_Minh").unwrap_or(TimeZone::UTC) } else { TimeZone::UTC }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(text: &str) -> Result<Feed, Problem> {
        let environment = |name: &str| (name == "PORTAL_KEY").then(|| "s3cret".to_owned());
        read("danang-police".parse().unwrap(), "feeds/danang-police.toml", text, Path::new(""), &environment)
    }

    #[test]
    fn an_address_is_enough() {
        let feed = feed("url = \"https://catp.danang.gov.vn/\"\n").unwrap();
        assert_eq!((feed.title.as_str(), feed.zone.iana_name()), ("catp.danang.gov.vn", Some("Asia/Ho_Chi_Minh")));
        assert!(feed.full_text);
    }

    #[test]
    fn header_values_from_the_environment_are_never_shown() {
        let feed = feed("url = \"https://a.vn/\"\nheaders = { X-Key = \"env:PORTAL_KEY\" }\n").unwrap();
        assert!(!format!("{feed:?}").contains("s3cret"));
    }

    #[test]
    fn what_is_sent_to_the_portal_goes_to_no_other_host() {
        let feed = feed("url = \"https://a.vn/\"\nheaders = { X-Key = \"1\" }\n").unwrap();
        let sent = |url: &str| feed.request(Url::parse(url).unwrap()).headers == feed.headers;
        assert!(sent("https://a.vn/tin/1"));
        assert!(!sent("https://cdn.b.vn/1.jpg") && !sent("http://a.vn/tin/1"));
    }

    #[test]
    fn a_wrong_file_names_its_line_and_a_way_out() {
        let words = |text: &str| feed(text).unwrap_err().to_string();
        insta::assert_snapshot!(words("title = \"x\"\n"), @"feeds/danang-police.toml:1: the key `url` is missing");
        insta::assert_snapshot!(words("url = \"catp.danang.gov.vn\"\n"), @"feeds/danang-police.toml:1: `url`: expected an address such as `https://portal.example/tin-tuc`, found `catp.danang.gov.vn`");
        insta::assert_snapshot!(words("url = \"https://a.vn\"\nicon = \"logo.png\"\n"), @"feeds/danang-police.toml:2: `icon`: expected the address of a picture, found `logo.png`");
        insta::assert_snapshot!(words("url = \"https://a.vn\"\ntime-zone = \"Hanoi\"\n"), @"feeds/danang-police.toml:2: `time-zone`: expected a name such as `Asia/Ho_Chi_Minh`, found `Hanoi`");
        insta::assert_snapshot!(words("url = \"https://a.vn\"\nheaders = { X-Key = \"env:NOTHING\" }\n"), @r"
        feeds/danang-police.toml: `headers.X-Key`: the environment has no `NOTHING`
        hint: start loa with `NOTHING=… loa`, or write the value itself
        ");
        insta::assert_snapshot!(words("url = \"https://a.vn\"\n\n[source.page]\nitem = \"h2 >\"\n"), @"feeds/danang-police.toml:4: `source.page.item` is not a CSS selector: expected a selector, found `h2 >`");
        insta::assert_snapshot!(words("url = \"https://a.vn\"\n\n[source.page]\nitems = \"h2\"\n"), @r"
        feeds/danang-police.toml:4: unknown key `items`: expected one of `item`, `title`, `link`, `date`, `summary`, `image`, `author`, `examples`, `boxes-in`, `boxes-out`
        hint: did you mean `item`?
        ");
        insta::assert_snapshot!(words("url = \"https://a.vn\"\npublish = \"all\"\n"), @"feeds/danang-police.toml:2: `publish`: unknown value `all`, expected `full` or `summary`");
    }
}

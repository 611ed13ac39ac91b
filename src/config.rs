//! `bot.toml`, made into types: each module's own settings, and the channels.
//!
//! Secrets are not in it: the token comes from the environment or from a file of its own. Relative paths are
//! relative to the file. Which feeds a channel may name is checked where the feeds are known.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    str::FromStr,
};

use jiff::{SignedDuration, tz::TimeZone};
use serde::Deserialize;
use url::Url;

use crate::{
    article::FeedId,
    channel::{Channel, ChannelId, Matcher, Photos, Quiet},
    fetch, message,
    settings::{self, Problem},
    store,
    target::telegram::{self, Chat},
    unit,
};

/// The bot's settings, checked.
#[derive(Debug, Clone)]
pub struct Config {
    pub store: store::Settings,
    pub feeds: Feeds,
    pub web: Web,
    pub publish: Publish,
    pub poll: Poll,
    pub fetch: fetch::Settings,
    pub telegram: telegram::Settings,
    pub channels: Vec<Channel>,
}

/// `[feeds]`: how feeds are defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Feeds {
    /// Where their definitions are kept.
    pub from: DefinitionsFrom,
}

/// Where the definitions of the feeds are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DefinitionsFrom {
    /// Files in `feeds/`, beside the settings.
    #[default]
    Folder,
    /// The store, for all who work on it.
    Store,
}

/// `[web]`: the addresses that feeds are served at.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Web {
    pub listen: SocketAddr,
    /// What self links and ids are made from; never a request's header.
    pub public_url: Url,
    /// What feed documents may take in memory; others are made again when they are asked for.
    pub cache: unit::Size,
}

impl Default for Web {
    fn default() -> Self {
        let listen = SocketAddr::from(([127, 0, 0, 1], 8080));
        let public_url = Url::parse(&format!("http://{listen}")).expect("an address of numbers is a URL");
        Self { listen, public_url, cache: unit::Size::from_bytes(16_000_000) }
    }
}

/// `[publish]`: static copies.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Publish {
    /// Empty for none.
    pub folder: PathBuf,
}

impl Default for Publish {
    fn default() -> Self {
        Self { folder: PathBuf::from("public") }
    }
}

/// `[poll]`: how often sources are polled.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Poll {
    pub every: unit::Duration,
    pub adaptive: bool,
    pub host_delay: unit::Duration,
}

impl Default for Poll {
    fn default() -> Self {
        Self { every: unit::Duration::from_secs(15 * 60), adaptive: true, host_delay: unit::Duration::from_secs(1) }
    }
}

/// The file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Written {
    store: store::Settings,
    feeds: Feeds,
    web: Web,
    publish: Publish,
    poll: Poll,
    fetch: fetch::Settings,
    telegram: telegram::Settings,
    channel: Vec<WrittenChannel>,
}

/// `[[channel]]` as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenChannel {
    id: String,
    chat: WrittenChat,
    #[serde(default)]
    topic: i32,
    #[serde(default = "every_feed")]
    feeds: Vec<String>,
    #[serde(default)]
    include: Vec<String>,
    #[serde(default)]
    exclude: Vec<String>,
    #[serde(default)]
    silent: bool,
    #[serde(default)]
    photos: WrittenPhotos,
    #[serde(default)]
    template: String,
    #[serde(default)]
    quiet: String,
    time_zone: Option<String>,
    #[serde(default = "ten")]
    burst: u32,
}

/// A chat's number may be written without quotes.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "expected `\"@name\"` or a number such as `-1001234567890`")]
enum WrittenChat {
    Number(i64),
    Word(String),
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WrittenPhotos {
    #[default]
    One,
    Album,
    None,
}

fn every_feed() -> Vec<String> {
    vec!["*".to_owned()]
}

fn ten() -> u32 {
    10
}

/// Reads `text`, the content of `file`; relative paths are taken from `folder`.
///
/// # Errors
/// The first [`Problem`].
pub fn read(file: &str, text: &str, folder: &Path) -> Result<Config, Problem> {
    let written: Written = settings::read(file, text)?;
    let at = |path: &str, what: String| Problem::at_key(file, text, path, what);
    written.store.check().map_err(|what| at("store.url", what))?;
    if !matches!(written.web.public_url.scheme(), "http" | "https") {
        return Err(at("web.public-url", format!("expected an address such as `https://loa.example`, found `{}`", written.web.public_url)));
    }
    if written.fetch.max_size.bytes() == 0 || written.fetch.timeout.get().is_zero() {
        let key = if written.fetch.timeout.get().is_zero() { "fetch.timeout" } else { "fetch.max-size" };
        return Err(at(key, "expected more than nothing, found zero".to_owned()));
    }
    if written.poll.every.get().as_secs() < 60 && !written.fetch.allow_private {
        return Err(at("poll.every", format!("expected `1m` or more, found `{}`", written.poll.every))
            .with_hint("shorter intervals are for private addresses only: `fetch.allow-private = true`"));
    }
    let mut channels: Vec<Channel> = Vec::new();
    for (nth, written) in written.channel.into_iter().enumerate() {
        let at = |key: &str, what: String| Problem::at_nth_key(file, text, &format!("channel.{key}"), nth, what);
        let channel = channel(written).map_err(|(key, what)| at(key, what))?;
        if channels.iter().any(|other| other.id == channel.id) {
            return Err(at("id", format!("two channels are named `{}`", channel.id))
                .with_hint("the id is the key of a channel's deliveries: give each its own"));
        }
        channels.push(channel);
    }
    let publish = if written.publish.folder.as_os_str().is_empty() {
        written.publish
    } else {
        Publish { folder: folder.join(written.publish.folder) }
    };
    Ok(Config {
        store: written.store.beside(folder),
        feeds: written.feeds,
        web: written.web,
        publish,
        poll: written.poll,
        fetch: written.fetch,
        telegram: telegram::Settings {
            token_file: if written.telegram.token_file.as_os_str().is_empty() {
                PathBuf::new()
            } else {
                folder.join(&written.telegram.token_file)
            },
            ..written.telegram
        },
        channels,
    })
}

/// Checks one channel; an error names the key.
fn channel(written: WrittenChannel) -> Result<Channel, (&'static str, String)> {
    let matchers = |key: &'static str, words: &[String]| -> Result<Vec<Matcher>, (&'static str, String)> {
        words
            .iter()
            .map(|word| Matcher::from_str(word).map_err(|error| (key, format!("`{word}` is not a pattern: {}", last_line(&error)))))
            .collect()
    };
    let feeds = if written.feeds.iter().any(|word| word == "*") {
        None
    } else {
        let feeds = written.feeds.iter().map(|word| FeedId::from_str(word).map_err(|error| ("feeds", error.to_string())));
        Some(feeds.collect::<Result<Vec<_>, _>>()?)
    };
    if !written.template.is_empty() {
        message::Template::parse(&written.template).map_err(|error| ("template", error.to_string()))?;
    }
    Ok(Channel {
        id: ChannelId::from_str(&written.id).map_err(|error| ("id", error.to_string()))?,
        address: telegram::Address { chat: chat(written.chat).map_err(|error| ("chat", error.to_string()))?, topic: written.topic }.into(),
        feeds,
        include: matchers("include", &written.include)?,
        exclude: matchers("exclude", &written.exclude)?,
        silent: written.silent,
        photos: match written.photos {
            WrittenPhotos::One => Photos::One,
            WrittenPhotos::Album => Photos::Album,
            WrittenPhotos::None => Photos::None,
        },
        template: written.template,
        quiet: if written.quiet.is_empty() {
            None
        } else {
            Some(Quiet::from_str(&written.quiet).map_err(|error| ("quiet", error.to_string()))?)
        },
        zone: written.time_zone.as_deref().filter(|name| !name.is_empty()).map(zone).transpose()?,
        burst: written.burst.max(1),
    })
}

fn chat(written: WrittenChat) -> Result<Chat, telegram::BadChat> {
    match written {
        WrittenChat::Number(number) => number.to_string().parse(),
        WrittenChat::Word(word) => word.parse(),
    }
}

fn zone(name: &str) -> Result<TimeZone, (&'static str, String)> {
    TimeZone::get(name).map_err(|_| ("time-zone", format!("expected a name such as `Asia/Ho_Chi_Minh`, found `{name}`")))
}

/// What an error of several lines says in the end: before that it draws a picture.
fn last_line(error: &impl std::fmt::Display) -> String {
    let words = error.to_string();
    words.lines().next_back().unwrap_or_default().trim_start_matches("error: ").to_owned()
}

impl Poll {
    /// The default interval and how it moves.
    pub fn pace(&self, every: Option<unit::Duration>) -> crate::schedule::Pace {
        let every = every.unwrap_or(self.every).get();
        crate::schedule::Pace { every: SignedDuration::try_from(every).unwrap_or(SignedDuration::MAX), adaptive: self.adaptive }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        read("bot.toml", text, Path::new("")).unwrap_err().to_string()
    }

    /// The committed file shows the defaults, so a person can read there what happens when a key is left out.
    #[test]
    fn the_committed_file_shows_the_defaults() {
        let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/bot.toml")).unwrap();
        let written: Written = settings::read("bot.toml", &text).unwrap();
        assert_eq!(format!("{written:?}"), format!("{:?}", Written::default()));
        let table: toml::Table = text.parse().unwrap();
        let defaults = [("store", 1), ("web", 3), ("publish", 1), ("poll", 3), ("fetch", 4), ("telegram", 6)];
        for (section, keys) in defaults {
            assert!(table[section].as_table().unwrap().len() >= keys, "{section} shows too few keys");
        }
        // The channel that stands there as a comment is one that can be read.
        let commented: String =
            text.lines().skip_while(|line| *line != "# [[channel]]").map(|line| format!("{}\n", line.trim_start_matches("# "))).collect();
        let config = read("bot.toml", &commented, Path::new("")).unwrap();
        assert_eq!(config.channels.len(), 1);
    }

    #[test]
    fn a_wrong_setting_names_its_line_and_a_way_out() {
        insta::assert_snapshot!(words("[store]\nurl = \"mysql://loa:secret@db/loa\"\n"), @"bot.toml:2: `store.url`: expected an address such as `sqlite:loa.db` or `postgres://loa@db.example/loa`, found `mysql://loa:***@db/loa`");
        insta::assert_snapshot!(words("[poll]\nevery = \"10s\"\n"), @r"
        bot.toml:2: `poll.every`: expected `1m` or more, found `10s`
        hint: shorter intervals are for private addresses only: `fetch.allow-private = true`
        ");
        insta::assert_snapshot!(words("[telegram]\non-unknown = \"guess\"\n"), @"bot.toml:2: `telegram.on-unknown`: unknown value `guess`, expected one of `probe`, `resend`, `hold`");
        insta::assert_snapshot!(words("[web]\npublic-url = \"ftp://x\"\n"), @"bot.toml:2: `web.public-url`: expected an address such as `https://loa.example`, found `ftp://x/`");
    }

    #[test]
    fn quiet_hours_are_the_channels() {
        let quiet_until = |zone: &str| {
            let text = format!("[[channel]]\nid = \"main\"\nchat = \"@main\"\nquiet = \"22:00-06:00\"\n{zone}");
            let channel = read("bot.toml", &text, Path::new("")).unwrap().channels.remove(0);
            channel.quiet_until("2026-11-24T16:00:00Z".parse().unwrap(), &TimeZone::UTC).map(|end| end.to_string())
        };
        assert_eq!(quiet_until("time-zone = \"Asia/Ho_Chi_Minh\"\n").as_deref(), Some("2026-11-24T23:00:00Z"));
        assert_eq!(quiet_until("time-zone = \"\"\n"), None);
        assert_eq!(quiet_until(""), None);
    }

    #[test]
    fn a_wrong_channel_names_its_line() {
        insta::assert_snapshot!(words("[[channel]]\nid = \"main\"\nchat = \"my channel\"\n"), @"bot.toml:3: `channel.chat`: `my channel` is not a chat: expected `@name` or a number such as `-1001234567890`");
        insta::assert_snapshot!(words("[[channel]]\nid = \"main\"\nchat = true\n"), @r#"bot.toml:3: `channel.chat`: expected `"@name"` or a number such as `-1001234567890`"#);
        insta::assert_snapshot!(words("[[channel]]\nid = \"main\"\n"), @"bot.toml:1: the key `chat` is missing");
        insta::assert_snapshot!(words("[[channel]]\nid = \"main\"\nchat = \"@main\"\nexclude = [\"/(/\"]\n"), @"bot.toml:4: `channel.exclude`: `/(/` is not a pattern: unclosed group");
        insta::assert_snapshot!(words("[[channel]]\nid = \"main\"\nchat = \"@main\"\nquiet = \"night\"\n"), @"bot.toml:4: `channel.quiet`: `night` is not a span of hours: expected one such as `22:00-06:00`");
        insta::assert_snapshot!(words("[[channel]]\nid = \"main\"\nchat = \"@main\"\ntime-zone = \"Hanoi\"\n"), @"bot.toml:4: `channel.time-zone`: expected a name such as `Asia/Ho_Chi_Minh`, found `Hanoi`");
        insta::assert_snapshot!(words("[[channel]]\nid = \"main\"\nchat = \"@main\"\nfeeds = [\"Đà Nẵng\"]\n"), @"bot.toml:4: `channel.feeds`: `Đà Nẵng` cannot name a feed: expected 1 to 64 of `a`–`z`, `0`–`9` and `-`, beginning with a letter or digit, and not `all`");
        insta::assert_snapshot!(words("[[channel]]\nid = \"a\"\nchat = \"@main\"\n[[channel]]\nid = \"a\"\nchat = \"@other\"\n"), @r"
        bot.toml:5: `channel.id`: two channels are named `a`
        hint: the id is the key of a channel's deliveries: give each its own
        ");
    }
}

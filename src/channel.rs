//! A channel: where its headlines go, and which it wants.

mod limit;
mod matcher;

use std::{fmt, str::FromStr};

use jiff::{Timestamp, tz::TimeZone};

pub use limit::Limit;
pub use matcher::Matcher;

use crate::article::FeedId;
use matcher::Said;

/// The key of a channel's deliveries; the chat behind it may be renamed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChannelId(String);

/// Why a word is no [`ChannelId`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` cannot name a channel: expected 1 to 64 letters, digits, `-` or `_`")]
pub struct BadChannelId(String);

impl FromStr for ChannelId {
    type Err = BadChannelId;

    fn from_str(word: &str) -> Result<Self, BadChannelId> {
        let fits = (1..=64).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        if fits { Ok(Self(word.to_owned())) } else { Err(BadChannelId(word.to_owned())) }
    }
}

/// The operator's own chat among the channels; no channel of the settings can have this name.
const OPS: &str = "@ops";

impl ChannelId {
    /// The key of what the operator is told.
    pub fn ops() -> Self {
        Self(OPS.to_owned())
    }

    pub fn is_ops(&self) -> bool {
        self.0 == OPS
    }

    /// A key as it is stored.
    ///
    /// # Errors
    /// [`BadChannelId`] for what is none.
    pub fn stored(word: &str) -> Result<Self, BadChannelId> {
        if word == OPS { Ok(Self::ops()) } else { word.parse() }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ChannelId {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a channel's messages go, in the words of the target that takes them: only that target reads them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address(String);

impl Address {
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How many of an article's pictures a message carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Photos {
    #[default]
    One,
    Album,
    None,
}

/// Hours in which a channel is left alone, in the channel's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    pub from: jiff::civil::Time,
    pub until: jiff::civil::Time,
}

/// Why a word is no [`Quiet`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a span of hours: expected one such as `22:00-06:00`")]
pub struct BadQuiet(String);

impl FromStr for Quiet {
    type Err = BadQuiet;

    fn from_str(word: &str) -> Result<Self, BadQuiet> {
        let bad = || BadQuiet(word.to_owned());
        let (from, until) = word.split_once('-').ok_or_else(bad)?;
        let time = |text: &str| jiff::civil::Time::strptime("%H:%M", text.trim()).map_err(|_| bad());
        let quiet = Self { from: time(from)?, until: time(until)? };
        if quiet.from == quiet.until { Err(bad()) } else { Ok(quiet) }
    }
}

impl Quiet {
    /// The end of the quiet hours that `now` falls in, or `None` outside of them.
    pub fn end(&self, now: &jiff::ZonedDateTime) -> Option<jiff::Timestamp> {
        let time = now.time();
        let inside = if self.from < self.until { self.from <= time && time < self.until } else { time >= self.from || time < self.until };
        if !inside {
            return None;
        }
        let day = if time < self.until { now.date() } else { now.date().tomorrow().ok()? };
        Some(day.to_datetime(self.until).to_zoned_datetime(now.time_zone().clone()).ok()?.timestamp())
    }
}

/// One `[[channel]]` of the bot's settings.
#[derive(Debug, Clone)]
pub struct Channel {
    pub id: ChannelId,
    pub address: Address,
    /// Feeds that it carries; `None` for all.
    pub feeds: Option<Vec<FeedId>>,
    /// What a headline or lead must have one of, where there are any.
    pub include: Vec<Matcher>,
    /// What it must have none of.
    pub exclude: Vec<Matcher>,
    pub silent: bool,
    pub photos: Photos,
    /// MiniJinja; empty for the built-in form.
    pub template: String,
    pub quiet: Option<Quiet>,
    /// Where its readers are; `None` for the zone of the feed that has news.
    pub zone: Option<TimeZone>,
    /// More new headlines than this from one poll of a feed become one digest.
    pub burst: u32,
}

impl Channel {
    /// One that is told of everything, each headline by itself, as a text in the built-in form and at any hour.
    pub fn plain(id: ChannelId, address: Address) -> Self {
        Self {
            id,
            address,
            feeds: None,
            include: Vec::new(),
            exclude: Vec::new(),
            silent: false,
            photos: Photos::None,
            template: String::new(),
            quiet: None,
            zone: None,
            burst: u32::MAX,
        }
    }

    pub fn carries(&self, feed: &FeedId) -> bool {
        self.feeds.as_ref().is_none_or(|feeds| feeds.contains(feed))
    }

    /// The end of the quiet hours that `now` falls in, for news of a feed in `zone`; `None` outside of them.
    pub fn quiet_until(&self, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let zone = self.zone.as_ref().unwrap_or(zone);
        self.quiet?.end(&now.to_zoned_datetime(zone.clone()))
    }

    /// Whether this channel is told of an article with this title and lead.
    pub fn wants(&self, feed: &FeedId, title: &str, summary: &str) -> bool {
        if !self.carries(feed) {
            return false;
        }
        let said = Said::new(&format!("{title} {summary}"));
        (self.include.is_empty() || self.include.iter().any(|matcher| matcher.matches(&said)))
            && !self.exclude.iter().any(|matcher| matcher.matches(&said))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_pass_midnight() {
        let quiet: Quiet = "22:00-06:00".parse().unwrap();
        let at = |text: &str| -> jiff::ZonedDateTime { format!("{text}+07:00[Asia/Ho_Chi_Minh]").parse().unwrap() };
        assert_eq!(quiet.end(&at("2026-11-24T23:00")), Some(at("2026-11-25T06:00").timestamp()));
        assert_eq!(quiet.end(&at("2026-11-25T05:59")), Some(at("2026-11-25T06:00").timestamp()));
        assert_eq!(quiet.end(&at("2026-11-25T06:00")), None);
        assert!("22:00".parse::<Quiet>().is_err());
    }
}

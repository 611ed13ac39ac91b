//! A newsroom ready to work: a portal with news on it, a channel, and the settings that bring the two together.

use std::{
    fs, io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use loa_stand_ins::{
    bot_api::BotApi,
    portal::{NAME, Portal, Story},
};
use tempfile::TempDir;

/// The stand-in's token: it opens nothing else.
pub const TOKEN: &str = "1000:newsroom";
/// The channel's number.
pub const CHANNEL: i64 = -1_001_000_000_001;
/// The number of the person who is told what goes wrong.
pub const OPS: i64 = 1_000_001;
/// Stories on the portal before anybody looks: as many as its list shows on one page.
const BEFORE: u32 = 10;
/// The feed's id.
const FEED: &str = "portal";

/// Everything that `loa demo` needs around the daemon. Dropping it leaves nothing behind.
#[derive(Debug)]
pub struct Newsroom {
    pub portal: Portal,
    pub bot_api: BotApi,
    folder: TempDir,
    next: u32,
}

/// What the settings say of time.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// Between two polls of the portal.
    pub every: &'static str,
    /// Between two messages.
    pub pace: &'static str,
}

impl Newsroom {
    /// Starts both sides on free ports and writes settings for a daemon that listens at `daemon` and is reached at
    /// `web`.
    ///
    /// # Errors
    /// When there is no port or no temporary folder to be had.
    pub fn start(web: SocketAddr, daemon: SocketAddr, times: Times) -> io::Result<Self> {
        let listen = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
        let portal = Portal::start(listen()?)?;
        let bot_api = BotApi::start(listen()?, TOKEN)?;
        bot_api.add_channel(CHANNEL, Some("loa_demo"), NAME);
        bot_api.add_private(OPS, "Người trực");
        let mut newsroom = Self { portal, bot_api, folder: tempfile::tempdir()?, next: 0 };
        for age in (1..=BEFORE).rev() {
            newsroom.publish(SignedDuration::from_hours(i64::from(age) * 5));
        }
        newsroom.write_settings(web, daemon, times)?;
        Ok(newsroom)
    }

    /// One more story appears on the portal, just written.
    pub fn publish_next(&mut self) {
        self.publish(SignedDuration::ZERO);
    }

    fn publish(&mut self, age: SignedDuration) {
        let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap_or(TimeZone::UTC);
        let at = Timestamp::now().saturating_sub(age).unwrap_or(Timestamp::MIN).to_zoned_datetime(zone);
        self.portal.publish(Story::sample(self.next, at));
        self.next += 1;
    }

    /// The headlines that the portal has shown, by its own record, the oldest first; those that are new since the
    /// beginning come last.
    pub fn headlines(&self) -> Vec<String> {
        let mut stories = self.portal.stories();
        stories.sort_by_key(|story| story.number);
        stories.into_iter().map(|story| story.title).collect()
    }

    /// Those of them that are new.
    pub fn new_headlines(&self) -> Vec<String> {
        self.headlines().split_off(usize::try_from(BEFORE).unwrap_or(usize::MAX))
    }

    /// What the channel shows, by Telegram's own record: the first line of each message of the bot's, in order.
    pub fn said(&self) -> Vec<String> {
        let ledger = self.bot_api.ledger(CHANNEL).into_iter();
        let said = ledger.filter(|message| message.by_bot && message.deleted.is_none() && !message.text.is_empty());
        said.map(|message| message.current().0.lines().next().unwrap_or_default().to_owned()).collect()
    }

    /// The headlines that the feed has, as a reader finds them in the published file.
    pub fn in_the_feed(&self) -> Vec<String> {
        let feed = fs::read(self.folder.path().join(format!("public/{FEED}.json"))).unwrap_or_default();
        let feed: serde_json::Value = serde_json::from_slice(&feed).unwrap_or_default();
        let items = feed["items"].as_array().into_iter().flatten();
        items.filter_map(|item| item["title"].as_str().map(str::to_owned)).collect()
    }

    /// The daemon's settings file.
    pub fn settings(&self) -> PathBuf {
        self.folder.path().join("bot.toml")
    }

    /// Where the daemon's words go.
    pub fn log(&self) -> PathBuf {
        self.folder.path().join("loa.log")
    }

    fn write_settings(&self, web: SocketAddr, daemon: SocketAddr, times: Times) -> io::Result<()> {
        let Times { every, pace } = times;
        let bot = format!(
            "[web]\nlisten = \"{daemon}\"\npublic-url = \"http://{web}\"\n\n\
             [poll]\nevery = \"{every}\"\nadaptive = false\nhost-delay = \"0s\"\n\n\
             [fetch]\nallow-private = true\n\n\
             [telegram]\napi-url = \"{}\"\nops-chat = {OPS}\npace = \"{pace}\"\n\n\
             [[channel]]\nid = \"demo\"\nchat = \"@loa_demo\"\n",
            self.bot_api.url()
        );
        let feed = format!("url = \"{}\"\ntitle = \"{NAME}\"\nlanguage = \"vi\"\ntime-zone = \"Asia/Ho_Chi_Minh\"\n", self.portal.url());
        let feeds: &Path = &self.folder.path().join("feeds");
        fs::write(self.settings(), bot)?;
        fs::create_dir(feeds)?;
        fs::write(feeds.join(format!("{FEED}.toml")), feed)
    }
}

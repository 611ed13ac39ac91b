//! A newsroom ready to work: a portal with news on it, a channel, and the settings that bring the two together.

use std::{
    fs, io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::PathBuf,
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
/// Stories on the portal before anybody looks.
const BEFORE: u32 = 25;

/// Everything that `loa demo` needs around the daemon. Dropping it leaves nothing behind.
#[derive(Debug)]
pub struct Newsroom {
    pub portal: Portal,
    pub bot_api: BotApi,
    folder: TempDir,
    next: u32,
}

impl Newsroom {
    /// Starts both sides on free ports and writes settings for a daemon that serves at `web`.
    ///
    /// # Errors
    /// When there is no port or no temporary folder to be had.
    pub fn start(web: SocketAddr) -> io::Result<Self> {
        let listen = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
        let portal = Portal::start(listen()?)?;
        let bot_api = BotApi::start(listen()?, TOKEN)?;
        bot_api.add_channel(CHANNEL, Some("loa_demo"), NAME);
        let mut newsroom = Self { portal, bot_api, folder: tempfile::tempdir()?, next: 0 };
        for age in (1..=BEFORE).rev() {
            newsroom.publish(SignedDuration::from_hours(i64::from(age) * 5));
        }
        newsroom.write_settings(web)?;
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

    /// The daemon's settings file.
    pub fn settings(&self) -> PathBuf {
        self.folder.path().join("bot.toml")
    }

    fn write_settings(&self, web: SocketAddr) -> io::Result<()> {
        let bot = format!(
            "[web]\nlisten = \"{web}\"\npublic-url = \"http://{web}\"\n\n\
             [poll]\nevery = \"2s\"\nadaptive = false\nhost-delay = \"0s\"\n\n\
             [fetch]\nallow-private = true\n\n\
             [telegram]\napi-url = \"{}\"\n\n\
             [[channel]]\nid = \"demo\"\nchat = \"@loa_demo\"\n",
            self.bot_api.url()
        );
        let feed = format!("url = \"{}\"\ntitle = \"{NAME}\"\nlanguage = \"vi\"\ntime-zone = \"Asia/Ho_Chi_Minh\"\n", self.portal.url());
        fs::write(self.settings(), bot)?;
        fs::create_dir(self.folder.path().join("feeds"))?;
        fs::write(self.folder.path().join("feeds").join("portal.toml"), feed)
    }
}

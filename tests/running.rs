//! A folder with settings and feeds, the daemon on it, and commands beside it, for the tests of other files.

use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use loa_stand_ins::{
    bot_api::BotApi,
    portal::{Portal, Story},
};
use tempfile::TempDir;

/// The bot's token at every stand-in here.
pub const TOKEN: &str = "1000:running";

/// Headlines of a ward.
pub const TITLES: [&str; 8] = [
    "Ra quân làm sạch đường làng ngõ xóm",
    "Khai giảng lớp học nghề cho thanh niên",
    "Tập huấn phòng cháy cho hộ kinh doanh",
    "Trao nhà tình nghĩa cho gia đình chính sách",
    "Hội thi tiếng hát người cao tuổi năm nay",
    "Khánh thành cầu dân sinh qua kênh chính",
    "Người dân thôn Đông hiến đất mở đường",
    "Xã Hòa Tân đón bằng di tích cấp tỉnh",
];

/// A port of this machine that nobody uses.
pub fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

/// A portal with these stories on it, an hour apart, the last one some hours old.
pub fn portal(stories: std::ops::Range<u32>) -> Portal {
    let portal = Portal::start(listener()).unwrap();
    let last = stories.end;
    stories.for_each(|number| portal.publish(story(number, 5 + i64::from(last - number))));
    portal
}

/// A story that is `hours` old.
pub fn story(number: u32, hours: i64) -> Story {
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    Story::sample(number, Timestamp::now().checked_sub(hours.hours()).unwrap().to_zoned_datetime(zone))
}

/// A Bot API with one channel.
pub fn bot_api(channel: i64) -> BotApi {
    let api = BotApi::start(listener(), TOKEN).unwrap();
    api.add_channel(channel, Some("tin_thanh_pho"), "Tin");
    api
}

/// The operator's folder.
pub struct Folder {
    folder: TempDir,
    pub web: SocketAddr,
}

impl Folder {
    /// With settings that let feeds be polled every second on this machine, and with `further` ones.
    pub fn new(further: &str) -> Self {
        let folder = Self { folder: tempfile::tempdir().unwrap(), web: listener().local_addr().unwrap() };
        fs::create_dir(folder.path().join("feeds")).unwrap();
        folder.write_settings(further);
        folder
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn write_settings(&self, further: &str) {
        let web = self.web;
        let bot = format!(
            "[web]\nlisten = \"{web}\"\npublic-url = \"http://{web}\"\n[poll]\nevery = \"1s\"\nadaptive = false\nhost-delay = \"0s\"\n\
             [fetch]\nallow-private = true\n{further}"
        );
        fs::write(self.path().join("bot.toml"), bot).unwrap();
    }

    pub fn definition(&self, id: &str) -> PathBuf {
        self.path().join(format!("feeds/{id}.toml"))
    }

    pub fn write_feed(&self, id: &str, text: &str) {
        fs::write(self.definition(id), text).unwrap();
    }

    /// A feed of `portal` with `further` keys.
    pub fn add(&self, id: &str, portal: &Portal, further: &str) {
        self.write_feed(id, &format!("url = \"{}\"\nlanguage = \"vi\"\n{further}", portal.url()));
    }

    /// Starts the daemon with the bot's `token`, and waits for nothing.
    pub fn spawn(&self, token: &str) -> Daemon {
        let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
        command.args(["run", "--config"]).arg(self.path().join("bot.toml")).env("TELOXIDE_TOKEN", token);
        let log = fs::File::create(self.path().join("log")).unwrap();
        Daemon { process: command.stdout(Stdio::null()).stderr(log).spawn().unwrap(), web: self.web }
    }

    /// Starts the daemon and waits until it answers.
    pub async fn start(&self) -> Daemon {
        let daemon = self.spawn(TOKEN);
        until("the daemon answers", || daemon.try_get("/healthz").is_some()).await;
        daemon
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.path().join("log")).unwrap_or_default()
    }

    /// A command on this folder, beside the daemon or without one.
    pub async fn loa(&self, words: &[&str]) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
        command.args(words).arg("--config").arg(self.path().join("bot.toml")).env("TELOXIDE_TOKEN", TOKEN).stdin(Stdio::null());
        let Output { status, stdout, stderr } = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
        let words = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&self.path().display().to_string(), "…");
        if !status.success() {
            println!("beside a daemon that logged:\n{}", self.log());
        }
        Said { code: status.code(), stdout: words(stdout), stderr: words(stderr) }
    }
}

/// What a command said and how it ended.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Said {
    /// What it said, where it went well.
    pub fn well(self) -> String {
        assert_eq!(self.code, Some(0), "{self:?}");
        self.stdout
    }
}

/// Killed when the test ends, however it ends.
pub struct Daemon {
    pub process: Child,
    web: SocketAddr,
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// An answer of the daemon's web.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Daemon {
    pub fn try_get(&self, path: &str) -> Option<Answer> {
        let mut stream = TcpStream::connect(self.web).ok()?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        Some(Answer { status: head.get(9..12)?.parse().ok()?, head: head.to_owned(), body: body.to_owned() })
    }

    pub fn get(&self, path: &str) -> Answer {
        tokio::task::block_in_place(|| self.try_get(path)).unwrap()
    }

    /// Sends a signal, such as `-STOP`.
    pub fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([name, &self.process.id().to_string()]).status().unwrap().success());
    }

    /// The titles that a feed shows, or none.
    pub fn titles(&self, id: &str) -> Vec<String> {
        let feed: serde_json::Value = serde_json::from_str(&self.get(&format!("/feeds/{id}.json")).body).unwrap_or_default();
        feed["items"].as_array().into_iter().flatten().filter_map(|item| Some(item["title"].as_str()?.to_owned())).collect()
    }
}

/// How long something is waited for, usually.
pub const MINUTE: Duration = Duration::from_secs(60);

/// Asks again and again, for a minute at most.
pub async fn until(what: &str, holds: impl Fn() -> bool) {
    until_within(MINUTE, what, async || tokio::task::block_in_place(&holds)).await;
}

/// Asks again and again, for `time` at most.
pub async fn until_within(time: Duration, what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + time;
    while !holds().await {
        assert!(Instant::now() < deadline, "it did not come to hold within {time:?} that {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

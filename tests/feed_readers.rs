//! What Loa publishes, as others read it: feed-rs, feedparser and newsboat find what the portal said, and the same.
//!
//! The documents come from a running daemon over HTTP, as they do to any reader.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use loa_stand_ins::portal::{NAME, Portal, Story};

const LOA: &str = env!("CARGO_BIN_EXE_loa");

/// Prints what feedparser finds at an address, an item a line.
const FEEDPARSER: &str = r#"
import calendar, json, sys
import feedparser
feed = feedparser.parse(sys.argv[1])
if feed.bozo:
    sys.exit("feedparser finds a fault: %r" % feed.bozo_exception)
for item in feed.entries:
    print(json.dumps([item.id, item.title, item.link, item.author, calendar.timegm(item.published_parsed)]))
"#;

/// Prints what feedparser finds of a feed itself and of where its items come from, what they enclose.
const FEEDPARSER_OF_ALL: &str = r#"
import json, sys
import feedparser
feed = feedparser.parse(sys.argv[1])
if feed.bozo:
    sys.exit("feedparser finds a fault: %r" % feed.bozo_exception)
about = feed.feed
print(json.dumps([about.get("subtitle", ""), about.get("image", {}).get("href") or about.get("icon") or ""]))
for item in feed.entries:
    source = item.get("source", {})
    address = source.get("href") or source.get("id") or ""
    enclosed = [[enclosure.href, enclosure.type, enclosure.get("length", "")] for enclosure in item.enclosures]
    print(json.dumps([item.title, source.get("title", ""), address, enclosed]))
"#;

/// An item as any reader knows it. The moment is in seconds: newsboat keeps no more.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Item {
    at: i64,
    link: String,
    title: String,
    author: String,
    id: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn feed_readers_read_what_the_portal_said() {
    let portal = Portal::start(TcpListener::bind("127.0.0.1:0").unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let address = free_address();
    write_settings(folder.path(), &portal, &address);

    // What stands on one page of the list, and then some more.
    (0..10).for_each(|number| portal.publish(story(number)));
    run_once(folder.path());
    (10..13).for_each(|number| portal.publish(story(number)));
    run_once(folder.path());

    let said = said_by(&portal);
    let daemon = Daemon::start(folder.path());
    let mut readings = Vec::new();
    for format in ["rss", "atom"] {
        let url = format!("http://{address}/feeds/portal.{format}");
        readings.push((format!("feed-rs, {format}"), read_by_feed_rs(&url).await));
        readings.push((format!("feedparser, {format}"), read_by_feedparser(&url)));
        readings.push((format!("newsboat, {format}"), read_by_newsboat(&url, &folder.path().join(format)).await));
    }
    check_what_feeds_say(&address, &portal).await;
    drop(daemon);

    let ids: Vec<_> = readings[0].1.iter().map(|item| item.id.clone()).collect();
    let expected: Vec<_> = said.into_iter().zip(ids).map(|(item, id)| Item { id, ..item }).collect();
    assert_eq!(expected.len(), 13);
    assert!(expected.iter().all(|item| expected.iter().filter(|other| other.id == item.id).count() == 1), "ids are unique: {expected:#?}");
    for (reader, items) in readings {
        compare(&reader, &items, &expected);
    }
}

/// The feed shows the portal's icon, `all` names the feed of each item, and what is enclosed has its size.
async fn check_what_feeds_say(address: &str, portal: &Portal) {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    for format in ["rss", "atom"] {
        let (about, _) = what_feedparser_finds(&format!("http://{address}/feeds/portal.{format}"));
        assert_eq!(about, ("Tin mới trên 127.0.0.1".to_owned(), format!("{}images/icon.png", portal.url())), "{format}");
        let (_, items) = what_feedparser_finds(&format!("http://{address}/feeds/all.{format}"));
        assert_eq!(items.len(), 13, "{format}");
        for (title, source, from, enclosed) in items {
            let source_address = format!("http://{address}/feeds/portal.{format}");
            assert_eq!((source.as_str(), from), (NAME, source_address), "{format}: {title}");
            let story = portal.stories().into_iter().find(|story| story.title == title).unwrap();
            let mut expected = Vec::new();
            if let Some(picture) = portal.picture_url(&story) {
                let bytes = client.get(&picture).send().await.unwrap().bytes().await.unwrap();
                expected.push((picture, "image/png".to_owned(), bytes.len().to_string()));
            }
            assert_eq!(enclosed, expected, "{format}: {title}");
        }
    }
}

/// Address, type and length.
type Enclosed = Vec<(String, String, String)>;
/// Title, title and address of the source, and what is enclosed.
type Found = (String, String, String, Enclosed);

/// Description and picture of a feed, and its items.
fn what_feedparser_finds(url: &str) -> ((String, String), Vec<Found>) {
    let lines = feedparser(FEEDPARSER_OF_ALL, url);
    let mut lines = lines.lines();
    let about = serde_json::from_str(lines.next().unwrap()).unwrap();
    (about, lines.map(|line| serde_json::from_str(line).unwrap()).collect())
}

#[track_caller]
fn compare(reader: &str, items: &[Item], expected: &[Item]) {
    assert_eq!(items.len(), expected.len(), "{reader}");
    for (item, expected) in items.iter().zip(expected) {
        assert_eq!(item, expected, "{reader}");
    }
}

/// Every one at another minute; titles hold `&`, quotes and tags.
fn story(number: u32) -> Story {
    let first: Timestamp = "2026-03-01T08:15:00+07:00".parse().unwrap();
    let published =
        (first + SignedDuration::from_mins(97 * i64::from(number))).to_zoned_datetime(TimeZone::get("Asia/Ho_Chi_Minh").unwrap());
    let mut story = Story::sample(number, published);
    if number.is_multiple_of(4) {
        story.title = format!("{} & \"một\" <b>hai</b> 'ba' &amp; 1 < 2", story.title);
    }
    story
}

/// The portal's stories, the oldest first, without the ids that only Loa knows.
fn said_by(portal: &Portal) -> Vec<Item> {
    let item = |story: &Story| Item {
        at: story.published.timestamp().as_second(),
        link: portal.story_url(story),
        title: story.title.clone(),
        author: story.author.clone(),
        id: String::new(),
    };
    sorted(portal.stories().iter().map(item))
}

fn sorted(items: impl IntoIterator<Item = Item>) -> Vec<Item> {
    let mut items: Vec<_> = items.into_iter().collect();
    items.sort();
    items
}

fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

fn write_settings(folder: &Path, portal: &Portal, address: &str) {
    let bot = format!(
        "[web]\nlisten = \"{address}\"\npublic-url = \"http://{address}\"\n\n\
         [poll]\nhost-delay = \"0s\"\n\n[fetch]\nallow-private = true\n"
    );
    let feed = format!("url = \"{}\"\nlanguage = \"vi\"\ntime-zone = \"Asia/Ho_Chi_Minh\"\n", portal.url());
    fs::write(folder.join("bot.toml"), bot).unwrap();
    fs::create_dir(folder.join("feeds")).unwrap();
    fs::write(folder.join("feeds/portal.toml"), feed).unwrap();
}

fn loa(folder: &Path) -> Command {
    let mut command = Command::new(LOA);
    command.current_dir(folder).env_remove("TELOXIDE_TOKEN").env_remove("LOA_LOG");
    command
}

fn run_once(folder: &Path) {
    let output = loa(folder).args(["run", "--once", "--now"]).output().unwrap();
    assert!(output.status.success(), "loa run --once --now:\n{}", String::from_utf8_lossy(&output.stderr));
}

/// A running `loa run`; it is stopped as an init system stops it.
struct Daemon(Child);

impl Daemon {
    /// Returns when the feeds are served.
    fn start(folder: &Path) -> Self {
        let mut child = loa(folder).arg("run").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut seen = Vec::new();
        let is_up = log.by_ref().map_while(Result::ok).any(|line| {
            seen.push(line);
            seen.last().is_some_and(|line| line.contains("feeds are served at"))
        });
        let daemon = Self(child);
        assert!(is_up, "the daemon ended:\n{}", seen.join("\n"));
        // A pipe that nobody reads would stop it one day.
        std::thread::spawn(move || log.for_each(drop));
        daemon
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg("-TERM").arg(self.0.id().to_string()).status();
        let ended = self.0.wait();
        if !std::thread::panicking() {
            assert!(ended.unwrap().success(), "the daemon ends well on SIGTERM");
        }
    }
}

async fn read_by_feed_rs(url: &str) -> Vec<Item> {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let bytes = client.get(url).send().await.unwrap().error_for_status().unwrap().bytes().await.unwrap();
    let feed = feed_rs::parser::parse(&bytes[..]).unwrap();
    sorted(feed.entries.into_iter().map(|entry| Item {
        at: entry.published.unwrap().timestamp(),
        link: entry.links.into_iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate")).unwrap().href,
        title: entry.title.unwrap().content,
        author: entry.authors.into_iter().filter_map(|person| person.name).collect::<Vec<_>>().join(", "),
        id: entry.id,
    }))
}

fn read_by_feedparser(url: &str) -> Vec<Item> {
    sorted(feedparser(FEEDPARSER, url).lines().map(|line| {
        let (id, title, link, author, at) = serde_json::from_str(line).unwrap();
        Item { at, link, title, author, id }
    }))
}

/// What a script prints that reads the feed at `url`.
fn feedparser(script: &str, url: &str) -> String {
    let tools = concat!(env!("CARGO_MANIFEST_DIR"), "/target/tools/feedparser");
    let output = past_proxies(Command::new("python3").args(["-c", script, url]).env("PYTHONPATH", tools).env("PYTHONUTF8", "1")).output();
    let output = output.expect("python3 is missing: `./tests/run` installs it");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(!complaint.contains("No module named 'feedparser'"), "feedparser is missing: `./tests/run` installs it");
    assert!(output.status.success(), "{complaint}");
    String::from_utf8(output.stdout).unwrap()
}

/// Without a terminal: a reload, and then what its cache holds. Each format has a cache of its own, for
/// newsboat knows an item by its id whatever feed it came with.
async fn read_by_newsboat(url: &str, folder: &Path) -> Vec<Item> {
    fs::create_dir(folder).unwrap();
    fs::write(folder.join("urls"), format!("{url}\n")).unwrap();
    fs::write(folder.join("config"), "").unwrap();
    let mut command = Command::new("newsboat");
    command.current_dir(folder).env("HOME", folder).env("LC_ALL", "C.UTF-8");
    command.args(["-u", "urls", "-c", "cache.db", "-C", "config", "-x", "reload"]);
    let output = past_proxies(&mut command).output().expect("newsboat is missing: `./tests/run` installs it");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let cache = sqlx::sqlite::SqliteConnectOptions::new().filename(folder.join("cache.db"));
    let cache = sqlx::SqlitePool::connect_with(cache).await.unwrap();
    let rows: Vec<(String, String, String, String, i64)> =
        sqlx::query_as("select guid, title, url, author, pubDate from rss_item").fetch_all(&cache).await.unwrap();
    sorted(rows.into_iter().map(|(id, title, link, author, at)| Item { at, link, title, author, id }))
}

/// The way to this machine leads through nobody.
fn past_proxies(command: &mut Command) -> &mut Command {
    command.env("no_proxy", "127.0.0.1").env("NO_PROXY", "127.0.0.1")
}

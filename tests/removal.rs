//! A feed whose file is taken away is gone for its readers, costs no other anything, and goes on when it is put back.

use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use loa_stand_ins::portal::{Portal, Story};

fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

fn portal(stories: std::ops::Range<u32>) -> Portal {
    let portal = Portal::start(listener()).unwrap();
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    for number in stories {
        let at = Timestamp::now().checked_sub((50 - i64::from(number)).hours()).unwrap();
        portal.publish(Story::sample(number, at.to_zoned_datetime(zone.clone())));
    }
    portal
}

fn write_feed(folder: &Path, id: &str, portal: &Portal) {
    fs::write(folder.join(format!("feeds/{id}.toml")), format!("url = \"{}\"\nlanguage = \"vi\"\n", portal.url())).unwrap();
}

/// Killed when the test ends, however it ends.
struct Daemon {
    process: Child,
    web: SocketAddr,
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Starts the daemon and waits until it answers.
async fn start(folder: &Path) -> Daemon {
    let web = listener().local_addr().unwrap();
    let settings = format!("[web]\nlisten = \"{web}\"\n[poll]\nhost-delay = \"0s\"\n[fetch]\nallow-private = true\n");
    fs::write(folder.join("bot.toml"), settings).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    command.args(["run", "--config"]).arg(folder.join("bot.toml")).env_remove("TELOXIDE_TOKEN").stderr(Stdio::null());
    let daemon = Daemon { process: command.spawn().unwrap(), web };
    until("the daemon answers", || daemon.try_get("/healthz").is_some()).await;
    daemon
}

impl Daemon {
    fn try_get(&self, path: &str) -> Option<(u16, String)> {
        let mut stream = TcpStream::connect(self.web).ok()?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        Some((head.get(9..12)?.parse().ok()?, body.to_owned()))
    }

    fn get(&self, path: &str) -> (u16, String) {
        tokio::task::block_in_place(|| self.try_get(path)).unwrap()
    }

    /// How many articles of each portal a feed shows.
    fn shown(&self, id: &str, portals: &[&Portal]) -> Vec<usize> {
        let feed: serde_json::Value = serde_json::from_str(&self.get(&format!("/feeds/{id}.json")).1).unwrap_or_default();
        let urls: Vec<_> = feed["items"].as_array().into_iter().flatten().filter_map(|item| item["url"].as_str()).collect();
        portals.iter().map(|portal| urls.iter().filter(|url| url.starts_with(portal.url().trim_end_matches('/'))).count()).collect()
    }
}

/// Asks again and again, for half a minute at most.
async fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..600 {
        if tokio::task::block_in_place(&holds) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it did not come to hold that {what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_is_taken_away_is_gone_and_one_that_is_put_back_goes_on() {
    let (city, police) = (portal(0..5), portal(10..18));
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("feeds")).unwrap();
    write_feed(folder.path(), "city", &city);
    write_feed(folder.path(), "police", &police);
    let public = folder.path().join("public");
    fs::create_dir(&public).unwrap();
    // What is in the way of one file costs that file only, and what is not ours stays.
    fs::create_dir(public.join("city.atom")).unwrap();
    fs::write(public.join("police.html"), "another's").unwrap();

    let daemon = start(folder.path()).await;
    until("both feeds are in `all`", || daemon.shown("all", &[&city, &police]) == [5, 8]).await;
    until("their files are written", || public.join("city.json").is_file() && public.join("police.json").is_file()).await;
    assert_eq!(daemon.get("/feeds/city.atom").0, 200);
    drop(daemon);

    fs::rename(folder.path().join("feeds/police.toml"), folder.path().join("police.toml")).unwrap();
    let daemon = start(folder.path()).await;
    assert_eq!(daemon.shown("all", &[&city, &police]), [5, 0]);
    for name in ["police.rss", "police.atom", "police.json"] {
        let (status, words) = daemon.get(&format!("/feeds/{name}"));
        assert_eq!((status, words.trim_end()), (410, "this feed has been removed"));
        assert!(!public.join(name).exists(), "{name}");
    }
    assert_eq!(daemon.get("/feeds/never.rss").0, 404);
    assert!(public.join("police.html").is_file() && public.join("city.rss").is_file());
    for path in ["/", "/feeds.opml"] {
        let (_, list) = daemon.get(path);
        assert!(list.contains("city.rss") && !list.contains("police.rss"), "{path}: {list}");
    }
    drop(daemon);

    // A file that cannot be used is not one that was taken away.
    fs::write(folder.path().join("feeds/police.toml"), "urll = \"\"\n").unwrap();
    let daemon = start(folder.path()).await;
    assert_eq!((daemon.get("/feeds/police.rss").0, daemon.shown("all", &[&city, &police])), (404, vec![5, 8]));
    drop(daemon);

    fs::rename(folder.path().join("police.toml"), folder.path().join("feeds/police.toml")).unwrap();
    let daemon = start(folder.path()).await;
    assert_eq!((daemon.shown("police", &[&police]), daemon.shown("all", &[&city, &police])), (vec![8], vec![5, 8]));
    assert!(public.join("police.json").is_file());
}

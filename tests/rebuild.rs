//! A portal that is rebuilt again and again under a running daemon stays one feed.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use loa_stand_ins::{
    bot_api::BotApi,
    portal::{Failure, Markup, Portal, Story},
};

const TOKEN: &str = "1000:rebuild";
const CHANNEL: i64 = -1_001_000_000_999;
const OPS: i64 = 4343;

fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

/// A story that is `hours` old.
fn story(number: u32, hours: i64) -> Story {
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    Story::sample(number, Timestamp::now().checked_sub(hours.hours()).unwrap().to_zoned_datetime(zone))
}

fn write_settings(folder: &Path, portal: &Portal, api: &BotApi) {
    let web = listener().local_addr().unwrap();
    let bot = format!(
        "[web]\nlisten = \"{web}\"\n[poll]\nevery = \"1s\"\nadaptive = false\nhost-delay = \"0s\"\n[fetch]\nallow-private = true\n\
         [telegram]\napi-url = \"{}\"\npace = \"0s\"\nops-chat = {OPS}\n[[channel]]\nid = \"main\"\nchat = {CHANNEL}\nphotos = \"none\"\n",
        api.url()
    );
    fs::write(folder.join("bot.toml"), bot).unwrap();
    fs::create_dir(folder.join("feeds")).unwrap();
    fs::write(folder.join("feeds/police.toml"), format!("url = \"{}\"\nlanguage = \"vi\"\n", portal.url())).unwrap();
}

/// Killed when the test ends, however it ends.
struct Daemon(Child);

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(folder: &Path) -> Daemon {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    command.args(["run", "--config"]).arg(folder.join("bot.toml")).env("TELOXIDE_TOKEN", TOKEN).stderr(Stdio::null());
    Daemon(command.spawn().unwrap())
}

fn status(folder: &Path) -> serde_json::Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    let output = command.args(["status", "police", "--json", "--config"]).arg(folder.join("bot.toml")).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap_or_default()
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
async fn a_portal_rebuilt_four_times_says_each_headline_once() {
    let portal = Portal::start(listener()).unwrap();
    let api = BotApi::start(listener(), TOKEN).unwrap();
    api.add_channel(CHANNEL, None, "Tin");
    api.add_private(OPS, "Người trực");
    for number in 0..25 {
        portal.publish(story(number, 100 - i64::from(number)));
    }
    let folder = tempfile::tempdir().unwrap();
    write_settings(folder.path(), &portal, &api);
    let _daemon = start(folder.path());
    until("the first poll is over", || status(folder.path())["articles"] == 10).await;

    let mut expected: Vec<String> = Vec::new();
    let builds = [Markup::Tables, Markup::Cards, Markup::Blocks, Markup::Plain];
    for (at, markup) in builds.into_iter().enumerate() {
        portal.rebuild(markup);
        if at % 2 == 0 {
            // Half of the time the addresses are built anew as well; at first the old ones lead to them, then nowhere.
            portal.move_addresses(markup);
        } else {
            portal.forget_addresses();
        }
        until("the rebuilt page was found again", || status(folder.path())["repairs"].as_array().is_some_and(|it| it.len() == at + 1))
            .await;
        for number in 0..3 {
            let number = 25 + 3 * u32::try_from(at).unwrap() + number;
            let new = story(number, 60 - i64::from(number));
            expected.push(new.title.clone());
            portal.publish(new);
        }
        until("the new headlines were told", || api.ledger(CHANNEL).len() == expected.len()).await;
    }

    // Each new one once and in order, no old one, no entry of a menu.
    let told: Vec<String> = api.ledger(CHANNEL).into_iter().map(|message| message.text).collect();
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (told, expected) in told.iter().zip(&expected) {
        assert!(told.starts_with(expected.as_str()), "{told} does not begin with {expected}");
    }
    // A headline is told when its page was read, and the feed is written when the poll has ended.
    let written = || feed_rs::parser::parse(fs::read(folder.path().join("public/police.atom")).unwrap().as_slice()).unwrap();
    until("the feed has all of them", || written().entries.len() == 10 + expected.len()).await;
    let feed = written();
    let published: Vec<String> = portal.stories().into_iter().map(|story| story.title).collect();
    for entry in &feed.entries {
        let title = &entry.title.as_ref().unwrap().content;
        assert!(published.contains(title), "`{title}` is no story");
    }

    // The history shows four repairs, and the ops chat was told of each.
    let repairs = status(folder.path())["repairs"].as_array().unwrap().clone();
    assert_eq!(repairs.len(), builds.len(), "{repairs:#?}");
    for repair in &repairs {
        let words = repair["words"].as_str().unwrap();
        assert!(words.contains("headlines were found again and verified on 2 articles"), "{words}");
    }
    let alarms = api.ledger(OPS).into_iter().filter(|message| message.text.contains("trang đã đổi giao diện")).count();
    assert_eq!(alarms, builds.len());
}

/// One poll; whether it went well.
fn round(folder: &Path) -> bool {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    command.args(["run", "--once", "--now", "--config"]).arg(folder.join("bot.toml")).env("TELOXIDE_TOKEN", TOKEN).stderr(Stdio::null());
    tokio::task::block_in_place(|| command.status().unwrap().success())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebuilt_page_that_cannot_be_verified_leaves_the_last_good_feed() {
    let portal = Portal::start(listener()).unwrap();
    let api = BotApi::start(listener(), TOKEN).unwrap();
    api.add_channel(CHANNEL, None, "Tin");
    api.add_private(OPS, "Người trực");
    for number in 0..12 {
        portal.publish(story(number, 100 - i64::from(number)));
    }
    let folder = tempfile::tempdir().unwrap();
    write_settings(folder.path(), &portal, &api);
    assert!(round(folder.path()));
    let before = fs::read(folder.path().join("public/police.atom")).unwrap();

    portal.rebuild(Markup::Blocks);
    portal.publish(story(12, 1));
    portal.fail("/chi-tiet-tin-tuc/", Failure::Status(500), 1);
    assert!(!round(folder.path()));
    assert_eq!(fs::read(folder.path().join("public/police.atom")).unwrap(), before);
    assert_eq!(api.ledger(CHANNEL).len(), 0);
    let problem = status(folder.path())["problem"].as_str().unwrap().to_owned();
    assert!(problem.contains("the page was rebuilt, and `") && problem.contains("could not be verified"), "{problem}");

    portal.heal();
    assert!(round(folder.path()));
    assert_eq!(api.ledger(CHANNEL).len(), 1);
    assert_eq!(status(folder.path())["repairs"].as_array().unwrap().len(), 1);
}

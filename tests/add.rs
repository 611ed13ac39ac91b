//! A feed is added by its address alone, and polled as its file says.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Command, Output, Stdio},
};

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use loa_stand_ins::portal::{Portal, Story};

fn story(number: u32) -> Story {
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    Story::sample(number, Timestamp::now().checked_sub((50 - i64::from(number)).hours()).unwrap().to_zoned_datetime(zone))
}

async fn loa(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    command.args(words).arg("--config").arg(folder.join("bot.toml")).stdin(Stdio::null()).env_remove("TELOXIDE_TOKEN");
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_becomes_a_feed() {
    let portal = Portal::start(TcpListener::bind("127.0.0.1:0").unwrap()).unwrap();
    for number in 0..12 {
        portal.publish(story(number));
    }
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bot.toml"), "[poll]\nhost-delay = \"0s\"\n[fetch]\nallow-private = true\n").unwrap();
    let (url, newest) = (portal.url(), &portal.stories()[0].title);
    let added = loa(folder.path(), &["add", &url, "--id", "police", "--example", newest]).await;
    let shown = String::from_utf8(added.stdout).unwrap();
    assert!(added.status.success(), "{shown}{}", String::from_utf8_lossy(&added.stderr));
    assert!(shown.starts_with("10 headlines at "), "{shown}");
    assert!(shown.contains(newest.as_str()) && shown.contains("▇▇▇▇▇ ✓"), "{shown}");

    assert!(loa(folder.path(), &["run", "--once"]).await.status.success());
    let feed = feed_rs::parser::parse(fs::read(folder.path().join("public/police.atom")).unwrap().as_slice()).unwrap();
    assert_eq!(feed.entries.len(), 10);

    // A file that is there is not written over, and what is in doubt is not written where nobody can be asked.
    let again = loa(folder.path(), &["add", &url, "--id", "police"]).await;
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("exists already"));
    let doubtful = loa(folder.path(), &["add", &url, "--id", "other", "--example", "no such headline"]).await;
    assert_eq!(doubtful.status.code(), Some(1));
    assert!(!folder.path().join("feeds/other.toml").exists());
}

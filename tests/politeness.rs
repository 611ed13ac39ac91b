//! What a portal is asked: only what changed, and nothing while it wants to be left alone.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Command, Output},
};

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use loa_stand_ins::portal::{Failure, Portal, Story};

/// A story that is `hours` old.
fn story(number: u32, hours: i64) -> Story {
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    Story::sample(number, Timestamp::now().checked_sub(hours.hours()).unwrap().to_zoned_datetime(zone))
}

fn portal() -> Portal {
    let portal = Portal::start(TcpListener::bind("127.0.0.1:0").unwrap()).unwrap();
    for number in 0..10 {
        portal.publish(story(number, 100 - i64::from(number)));
    }
    portal
}

fn write_settings(folder: &Path, portal: &Portal, feeds: &[(&str, &str)]) {
    fs::write(folder.join("bot.toml"), "[poll]\nhost-delay = \"0s\"\n[fetch]\nallow-private = true\n").unwrap();
    fs::create_dir(folder.join("feeds")).unwrap();
    for (id, more) in feeds {
        let feed = format!("url = \"{}\"\nlanguage = \"vi\"\n{more}", portal.url());
        fs::write(folder.join(format!("feeds/{id}.toml")), feed).unwrap();
    }
}

/// One round over every feed.
async fn round(folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    command.args(["run", "--once", "--now", "--config"]).arg(folder.join("bot.toml")).env_remove("TELOXIDE_TOKEN");
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

/// The round went well.
async fn good_round(folder: &Path) {
    let output = round(folder).await;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_articles_page_asks_for_holds_after_a_restart() {
    let portal = portal();
    let folder = tempfile::tempdir().unwrap();
    write_settings(folder.path(), &portal, &[("police", "")]);
    good_round(folder.path()).await;
    let new = story(10, 1);
    portal.publish(new.clone());
    let page = portal.story_url(&new).replace(&portal.url(), "/");
    portal.fail(&page, Failure::RetryAfter(503, 600), 1);
    // The list is read all the same.
    good_round(folder.path()).await;
    portal.forget_requests();
    assert!(!round(folder.path()).await.status.success());
    assert_eq!(portal.requests().len(), 0, "{:?}", portal.requests());
}

//! Short lists, and pages without any: what is no article is never published.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Command, Output},
};

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use loa_stand_ins::portal::{Failure, Markup, Portal, Story};

/// Every build of the portal.
const BUILDS: [Markup; 4] = [Markup::Plain, Markup::Tables, Markup::Cards, Markup::Blocks];

fn portal(markup: Markup, stories: u32) -> Portal {
    let portal = Portal::start(TcpListener::bind("127.0.0.1:0").unwrap()).unwrap();
    portal.rebuild(markup);
    portal.move_addresses(markup);
    for number in 0..stories {
        portal.publish(story(number));
    }
    portal
}

fn story(number: u32) -> Story {
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    Story::sample(number, Timestamp::now().checked_sub((50 - i64::from(number)).hours()).unwrap().to_zoned_datetime(zone))
}

fn write_settings(folder: &Path, url: &str) {
    fs::write(folder.join("bot.toml"), "[poll]\nhost-delay = \"0s\"\n[fetch]\nallow-private = true\n").unwrap();
    fs::create_dir(folder.join("feeds")).unwrap();
    fs::write(folder.join("feeds/police.toml"), format!("url = \"{url}\"\nlanguage = \"vi\"\n")).unwrap();
}

async fn round(folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    command.args(["run", "--once", "--now", "--config"]).arg(folder.join("bot.toml")).env_remove("TELOXIDE_TOKEN");
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

/// The titles in the feed, the oldest first; `None` where there is no feed.
fn titles(folder: &Path) -> Option<Vec<String>> {
    let bytes = fs::read(folder.join("public/police.atom")).ok()?;
    let feed = feed_rs::parser::parse(bytes.as_slice()).unwrap();
    Some(feed.entries.into_iter().rev().map(|entry| entry.title.unwrap().content).collect())
}

fn published(portal: &Portal) -> Vec<String> {
    portal.stories().into_iter().rev().map(|story| story.title).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_few_brings_no_menu_along() {
    for markup in BUILDS {
        for count in 1..=4 {
            let portal = portal(markup, count);
            let folder = tempfile::tempdir().unwrap();
            write_settings(folder.path(), &portal.url());
            let output = round(folder.path()).await;
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(titles(folder.path()), Some(published(&portal)), "{markup:?} with {count}: {said}");
            // One more: it is let in as well, and nothing with it.
            portal.publish(story(count));
            let output = round(folder.path()).await;
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(titles(folder.path()), Some(published(&portal)), "{markup:?} with one more than {count}: {said}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_without_a_list_publishes_nothing() {
    for markup in BUILDS {
        let portal = portal(markup, 0);
        let folder = tempfile::tempdir().unwrap();
        write_settings(folder.path(), &portal.url());
        let output = round(folder.path()).await;
        assert_eq!((output.status.code(), titles(folder.path())), (Some(1), None), "{markup:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_in_place_of_a_list_brings_no_menu() {
    for markup in BUILDS {
        let portal = portal(markup, 12);
        let folder = tempfile::tempdir().unwrap();
        write_settings(folder.path(), &portal.story_url(&story(5)));
        round(folder.path()).await;
        let stories = published(&portal);
        for title in titles(folder.path()).unwrap_or_default() {
            assert!(stories.contains(&title), "{markup:?}: `{title}` is no story");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_lost_its_list_leaves_the_last_good_feed() {
    let portal = portal(Markup::Plain, 12);
    let folder = tempfile::tempdir().unwrap();
    write_settings(folder.path(), &format!("{}tin-tuc", portal.url()));
    round(folder.path()).await;
    let before = titles(folder.path());
    assert_eq!(before.as_ref().map(Vec::len), Some(10));
    for failure in [Failure::Maintenance, Failure::Empty, Failure::Status(500)] {
        portal.fail("/tin-tuc", failure, 1);
        assert_eq!(round(folder.path()).await.status.code(), Some(1), "{failure:?}");
        assert_eq!(titles(folder.path()), before, "{failure:?}");
    }
    assert!(round(folder.path()).await.status.success());
}

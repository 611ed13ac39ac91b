//! The main job as an operator does it: a portal known only by its address becomes feeds and a channel.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Command, Output},
};

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use loa_stand_ins::{
    bot_api::BotApi,
    portal::{Portal, Story},
};

const TOKEN: &str = "1000:main-job";
const CHANNEL: i64 = -1_001_000_000_777;

fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

/// A story that is `hours` old.
fn story(number: u32, hours: i64) -> Story {
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    Story::sample(number, Timestamp::now().checked_sub(hours.hours()).unwrap().to_zoned_datetime(zone))
}

fn write_settings(folder: &Path, portal: &Portal, api: &BotApi) {
    let bot = format!(
        "[poll]\nhost-delay = \"0s\"\n[fetch]\nallow-private = true\n[telegram]\napi-url = \"{}\"\npace = \"0s\"\n\
         [[channel]]\nid = \"main\"\nchat = {CHANNEL}\n",
        api.url()
    );
    fs::write(folder.join("bot.toml"), bot).unwrap();
    fs::create_dir(folder.join("feeds")).unwrap();
    let feed = format!("url = \"{}\"\nlanguage = \"vi\"\ntime-zone = \"Asia/Ho_Chi_Minh\"\n", portal.url());
    fs::write(folder.join("feeds/police.toml"), feed).unwrap();
}

async fn loa(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    command.args(words).arg("--config").arg(folder.join("bot.toml")).env("TELOXIDE_TOKEN", TOKEN);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    assert!(output.status.success(), "loa {words:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// One item says everything that the portal said of the story, and nothing of what stood around it.
fn check_item(name: &str, feed: &feed_rs::model::Feed, portal: &Portal, story: &Story) {
    let url = portal.story_url(story);
    let found = feed.entries.iter().find(|entry| entry.links.iter().any(|link| link.href == url));
    let entry = found.unwrap_or_else(|| panic!("{name}: no item leads to {url}"));
    assert_eq!(entry.title.as_ref().unwrap().content, story.title, "{name}");
    let minute = |seconds: i64| seconds.div_euclid(60);
    let published = entry.published.unwrap_or_else(|| panic!("{name}: no date in `{}`", story.title));
    assert_eq!(minute(published.timestamp()), minute(story.published.timestamp().as_second()), "{name}: {}", story.title);
    assert_eq!(
        entry.authors.iter().map(|author| author.name.as_deref()).collect::<Vec<_>>(),
        [Some(story.author.as_str())],
        "{name}: {}",
        story.title
    );
    let body = entry.content.as_ref().and_then(|content| content.body.clone()).unwrap_or_default();
    let plain = loa_reader::tree::text_of(&loa_reader::tree::parse(&body).unwrap().root());
    for said in story.paragraphs.iter().chain([&story.lead]) {
        assert!(plain.contains(said.as_str()), "{name}: `{said}` is missing in `{}`: {plain}", story.title);
    }
    let picture = portal.picture_url(story);
    assert_eq!(picture.is_some(), body.contains("<img"), "{name}: {}", story.title);
    assert!(picture.is_none_or(|picture| body.contains(&picture)), "{name}: {}", story.title);
    for foreign in ["Lượt xem", "ĐÁNH GIÁ BÀI VIẾT", "Các tin khác", "Trang chủ", "Xem nhiều", &story.author] {
        assert!(!plain.contains(foreign), "{name}: `{foreign}` stands in `{}`", story.title);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_without_a_feed_becomes_feeds_and_a_channel() {
    let portal = Portal::start(listener()).unwrap();
    let api = BotApi::start(listener(), TOKEN).unwrap();
    api.add_channel(CHANNEL, None, "Tin");
    for number in 0..25 {
        portal.publish(story(number, 100 - i64::from(number)));
    }
    let folder = tempfile::tempdir().unwrap();
    write_settings(folder.path(), &portal, &api);

    // The first poll: ten are published, nobody is told.
    loa(folder.path(), &["run", "--once"]).await;
    assert_eq!(api.ledger(CHANNEL).len(), 0);
    let feed = fs::read(folder.path().join("public/police.rss")).unwrap();
    assert_eq!(feed_rs::parser::parse(feed.as_slice()).unwrap().entries.len(), 10);

    // Three more: the channel has exactly those, in order.
    let new: Vec<Story> = (25..28).map(|number| story(number, 30 - i64::from(number))).collect();
    for story in &new {
        portal.publish(story.clone());
    }
    loa(folder.path(), &["run", "--once", "--now"]).await;
    loa(folder.path(), &["run", "--once", "--now"]).await;
    let told = api.ledger(CHANNEL);
    assert_eq!(told.len(), 3, "{told:#?}");
    for (message, story) in told.iter().zip(&new) {
        assert!(message.text.starts_with(&story.title), "{} does not begin with {}", message.text, story.title);
    }

    // Thirteen items; each says what the portal published and nothing around it.
    for name in ["police.rss", "police.atom", "police.json"] {
        let bytes = fs::read(folder.path().join("public").join(name)).unwrap();
        let feed = feed_rs::parser::parse(bytes.as_slice()).unwrap();
        assert_eq!(feed.entries.len(), 13, "{name}");
        for number in 15..28 {
            let story = portal.stories().into_iter().find(|story| story.number == number).unwrap();
            check_item(name, &feed, &portal, &story);
        }
    }

    // A corrected headline changes the feed under the same id, and is not told again; one that is taken away makes no
    // news of the one that moves up from the next page.
    let before = feed_rs::parser::parse(fs::read(folder.path().join("public/police.atom")).unwrap().as_slice()).unwrap();
    portal.correct(&new[0].slug, |story| story.title = "Tiêu đề đã được đính chính trong buổi chiều".to_owned());
    portal.remove(&new[1].slug);
    loa(folder.path(), &["run", "--once", "--now"]).await;
    let after = feed_rs::parser::parse(fs::read(folder.path().join("public/police.atom")).unwrap().as_slice()).unwrap();
    let url = portal.story_url(&new[0]);
    let entry =
        |feed: &feed_rs::model::Feed| feed.entries.iter().find(|entry| entry.links.iter().any(|link| link.href == url)).cloned().unwrap();
    assert_eq!(entry(&after).title.unwrap().content, "Tiêu đề đã được đính chính trong buổi chiều");
    assert_eq!(entry(&after).id, entry(&before).id);
    assert_eq!(api.ledger(CHANNEL).len(), 3);

    // Status and the outbox agree.
    let status: serde_json::Value = serde_json::from_slice(&loa(folder.path(), &["status", "--json"]).await.stdout).unwrap();
    assert_eq!(status["channels"][0]["sent"], 3);
    assert_eq!(status["feeds"][0]["articles"], 13);
}

//! A portal that gives its stories other headlines, and makes their slugs anew, tells none of them twice.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Command, Stdio},
};

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use loa_stand_ins::{
    bot_api::BotApi,
    portal::{Portal, Story},
};

const TOKEN: &str = "1000:retitled";
const CHANNEL: i64 = -1_001_000_000_888;
/// The portal's first number: those of its stories stand in their addresses.
const FIRST: u32 = 81_000;

/// Headlines that have hardly a word of those before.
const REWRITTEN: [&str; 5] = [
    "Chín chiếc xe máy đã về với chủ",
    "Một buổi sáng nhiều tin vui ở khu phố",
    "Vì sao người dân cần cảnh giác hơn",
    "Những điều ít biết phía sau một chuyên án",
    "Toàn cảnh vụ việc qua lời kể nhân chứng",
];

fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

/// One poll of everything, and what it brought is sent.
fn round(folder: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    command.args(["run", "--once", "--now", "--config"]).arg(folder.join("bot.toml")).env("TELOXIDE_TOKEN", TOKEN).stderr(Stdio::null());
    assert!(tokio::task::block_in_place(|| command.status().unwrap().success()));
}

/// The headlines in the feed.
fn published(folder: &Path) -> Vec<String> {
    let feed = feed_rs::parser::parse(fs::read(folder.join("public/police.atom")).unwrap().as_slice()).unwrap();
    feed.entries.into_iter().map(|entry| entry.title.unwrap().content).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_stories_under_other_headlines_and_slugs_are_the_same_ten() {
    let portal = Portal::start(listener()).unwrap();
    let api = BotApi::start(listener(), TOKEN).unwrap();
    api.add_channel(CHANNEL, None, "Tin");
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    let publish = |number: u32| {
        let at = Timestamp::now().checked_sub((100 - i64::from(number)).hours()).unwrap();
        portal.publish(Story::sample(FIRST + number, at.to_zoned_datetime(zone.clone())));
    };
    let folder = tempfile::tempdir().unwrap();
    let web = listener().local_addr().unwrap();
    let bot = format!(
        "[web]\nlisten = \"{web}\"\n[poll]\nhost-delay = \"0s\"\n[fetch]\nallow-private = true\n[telegram]\napi-url = \"{}\"\npace = \"0s\"\n\
         [[channel]]\nid = \"main\"\nchat = {CHANNEL}\nphotos = \"none\"\nburst = 50\n",
        api.url()
    );
    fs::write(folder.path().join("bot.toml"), bot).unwrap();
    fs::create_dir(folder.path().join("feeds")).unwrap();
    fs::write(folder.path().join("feeds/police.toml"), format!("url = \"{}\"\nlanguage = \"vi\"\n", portal.url())).unwrap();
    (0..10).for_each(publish);
    round(folder.path());
    (10..20).for_each(publish);
    round(folder.path());
    assert_eq!((api.ledger(CHANNEL).len(), published(folder.path()).len()), (10, 20));

    let mut rewritten = REWRITTEN.iter();
    for story in portal.stories().into_iter().take(10) {
        let corrected = || format!("{}, nhiều người bị thương", story.title);
        let title = if story.number % 2 == 0 { corrected() } else { (*rewritten.next().unwrap()).to_owned() };
        portal.retitle(story.number, &title);
    }
    round(folder.path());
    round(folder.path());
    assert_eq!(api.ledger(CHANNEL).len(), 10, "{:#?}", published(folder.path()));
    let mut expected: Vec<String> = portal.stories().into_iter().map(|story| story.title).collect();
    let mut published = published(folder.path());
    expected.sort();
    published.sort();
    assert_eq!(published, expected);
}

//! A daemon that is killed at any moment loses no headline and says none twice.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use jiff::{Timestamp, tz::TimeZone};
use loa::store::{Settings, State, Store};
use loa_stand_ins::{
    bot_api::BotApi,
    portal::{Portal, Story},
};

const TOKEN: &str = "1000:kill";
const CHANNEL: i64 = -1_001_000_000_888;
const OPS: i64 = 4242;
/// Twenty in the tests; `LOA_KILLS=100 ./tests/run --test loa kill` makes it a hundred.
const KILLS: u32 = 20;

fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

fn story(number: u32) -> Story {
    Story::sample(number, Timestamp::now().to_zoned_datetime(TimeZone::get("Asia/Ho_Chi_Minh").unwrap()))
}

fn start(folder: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_loa"))
        .args(["run", "--config"])
        .arg(folder.join("bot.toml"))
        .env("TELOXIDE_TOKEN", TOKEN)
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn write_settings(folder: &Path, portal: &Portal, api: &BotApi) {
    let web = listener().local_addr().unwrap();
    let bot = format!(
        "[web]\nlisten = \"{web}\"\n[poll]\nevery = \"1s\"\nadaptive = false\nhost-delay = \"0s\"\n[fetch]\nallow-private = true\n\
         [telegram]\napi-url = \"{}\"\npace = \"0s\"\nops-chat = {OPS}\n[[channel]]\nid = \"main\"\nchat = {CHANNEL}\nphotos = \"none\"\nburst = 1000\n",
        api.url()
    );
    fs::write(folder.join("bot.toml"), bot).unwrap();
    fs::create_dir(folder.join("feeds")).unwrap();
    fs::write(folder.join("feeds/police.toml"), format!("url = \"{}\"\nlanguage = \"vi\"\n", portal.url())).unwrap();
}

/// Looks again and again, for half a minute at most.
async fn until(mut holds: impl AsyncFnMut() -> bool) {
    for _ in 0..600 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it did not come to hold");
}

#[tokio::test(flavor = "multi_thread")]
async fn kills_at_random_moments_lose_nothing_and_double_nothing() {
    let kills: u32 = std::env::var("LOA_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(KILLS);
    let portal = Portal::start(listener()).unwrap();
    let api = BotApi::start(listener(), TOKEN).unwrap();
    api.add_channel(CHANNEL, None, "Tin");
    api.add_private(OPS, "Người trực");
    for number in 0..10 {
        portal.publish(story(number));
    }
    let folder = tempfile::tempdir().unwrap();
    write_settings(folder.path(), &portal, &api);
    // One headline said in peace: a probe needs a message to look after.
    let mut daemon = start(folder.path());
    until(async || folder.path().join("public/police.rss").exists()).await;
    portal.publish(story(10));
    let settings = Settings { url: format!("sqlite:{}", folder.path().join("loa.db").display()) };
    until(async || {
        let store = Store::visit(&settings).await.unwrap();
        let sent = store.deliveries(Some(State::Sent), 1).await.unwrap().len();
        store.close().await;
        sent == 1
    })
    .await;

    api.latency(Duration::from_millis(300));
    api.lose(5, 7);
    for kill in 0..kills {
        portal.publish(story(11 + kill));
        tokio::time::sleep(Duration::from_millis(fastrand::u64(500..4500))).await;
        daemon.kill().unwrap();
        daemon.wait().unwrap();
        daemon = start(folder.path());
    }
    let expected = usize::try_from(kills).unwrap() + 1;
    let finished = tokio::time::timeout(Duration::from_secs(180), api.until(CHANNEL, expected)).await;
    // Whatever would be said twice is said by now.
    tokio::time::sleep(Duration::from_secs(6)).await;
    daemon.kill().unwrap();
    daemon.wait().unwrap();
    let told: Vec<String> = api.ledger(CHANNEL).iter().map(|message| message.text.lines().next().unwrap_or_default().to_owned()).collect();
    let published: Vec<String> = (10..11 + kills).map(|number| story(number).title).collect();
    assert!(finished.is_ok(), "only {} of {expected} were said: {told:#?}", told.len());
    assert_eq!(told, published);
}

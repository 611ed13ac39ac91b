//! What the operator is told of troubles: each once as it begins and once as it ends, whatever happens meanwhile.

use std::{
    fs,
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use jiff::{Timestamp, tz::TimeZone};
use loa_stand_ins::{
    bot_api::BotApi,
    portal::{Failure, Portal, Story},
};
use serde_json::Value;

const TOKEN: &str = "1000:alarms";
const CHANNEL: i64 = -1_001_000_000_333;
const OPS: i64 = 4242;

/// A running `loa` that does not outlive its test, however that ends.
struct Daemon(Child);

impl Daemon {
    fn start(folder: &Path, token: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
        command.args(["run", "--config"]).arg(folder.join("bot.toml")).env("TELOXIDE_TOKEN", token).stderr(Stdio::null());
        Self(command.spawn().unwrap())
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

/// The same address again, after what listened there is gone.
fn listener_at(address: SocketAddr) -> TcpListener {
    TcpListener::bind(address).unwrap()
}

fn portal_at(listener: TcpListener) -> Portal {
    let portal = Portal::start(listener).unwrap();
    (0..10).for_each(|number| portal.publish(story(number)));
    portal
}

fn api_at(listener: TcpListener) -> BotApi {
    let api = BotApi::start(listener, TOKEN).unwrap();
    api.add_channel(CHANNEL, None, "Tin");
    api.add_private(OPS, "Người trực");
    api
}

fn story(number: u32) -> Story {
    Story::sample(number, Timestamp::now().to_zoned_datetime(TimeZone::get("Asia/Ho_Chi_Minh").unwrap()))
}

/// Settings with further lines of `[telegram]`, and a feed for each address.
fn write_settings(folder: &Path, api: SocketAddr, telegram: &str, feeds: &[String]) {
    let bot = format!(
        "[web]\nlisten = \"{}\"\n[poll]\nevery = \"1s\"\nadaptive = false\nhost-delay = \"0s\"\n[fetch]\nallow-private = true\n\
         [telegram]\napi-url = \"http://{api}\"\n{telegram}[[channel]]\nid = \"main\"\nchat = {CHANNEL}\n",
        listener().local_addr().unwrap(),
    );
    fs::write(folder.join("bot.toml"), bot).unwrap();
    fs::create_dir_all(folder.join("feeds")).unwrap();
    for (number, url) in feeds.iter().enumerate() {
        let feed = format!("url = \"{url}\"\ntitle = \"Nguồn {number}\"\nlanguage = \"vi\"\n");
        fs::write(folder.join(format!("feeds/feed-{number}.toml")), feed).unwrap();
    }
}

/// Asks again and again, for `time` at most.
async fn until(what: &str, time: Duration, mut holds: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + time;
    while !holds().await {
        assert!(Instant::now() < deadline, "{what}: not after {time:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

const MINUTE: Duration = Duration::from_secs(60);

async fn status(folder: &Path) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    command.args(["status", "--json", "--config"]).arg(folder.join("bot.toml")).env("TELOXIDE_TOKEN", TOKEN);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    serde_json::from_slice(&output.stdout).unwrap_or_default()
}

/// The troubles that `loa status` shows: kind, subject, feeds.
async fn troubles(folder: &Path) -> Vec<(String, String, usize)> {
    let status = status(folder).await;
    let said = |trouble: &Value, key: &str| trouble[key].as_str().unwrap_or_default().to_owned();
    let troubles = status["troubles"].as_array().cloned().unwrap_or_default();
    troubles.iter().map(|it| (said(it, "kind"), said(it, "subject"), it["feeds"].as_array().map_or(0, Vec::len))).collect()
}

fn told(api: &BotApi) -> Vec<String> {
    api.ledger(OPS).into_iter().map(|message| message.text).collect()
}

/// Whether every feed was polled well last.
async fn all_good(folder: &Path) -> bool {
    let status = status(folder).await;
    status["feeds"].as_array().is_some_and(|feeds| feeds.iter().all(|feed| feed["failures"] == 0 && feed["articles"] != 0))
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_feeds_of_one_dead_host_are_one_alarm_that_survives_everything_and_one_when_it_is_over() {
    let (portal, api) = (portal_at(listener()), api_at(listener()));
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let feeds: Vec<String> = (0..20).map(|number| format!("{}?loa={number}", portal.url())).collect();
    write_settings(folder, api.address(), "ops-chat = 4242\npace = \"100ms\"\nlanguage = \"en\"\n", &feeds);
    let daemon = Daemon::start(folder, TOKEN);
    until("all feeds began", MINUTE, async || all_good(folder).await).await;

    // Telegram does not take the alarm at first, and the daemon dies before it does.
    api.fault_next("sendMessage", 1000, loa_stand_ins::bot_api::FaultKind::ServerError);
    let (at, subject) = (portal.address(), portal.address().to_string());
    portal.shutdown().await;
    until("the trouble is noted", MINUTE, async || troubles(folder).await == [("host".to_owned(), subject.clone(), 20)]).await;
    drop(daemon);
    assert_eq!(told(&api), [""; 0]);
    api.heal();
    let daemon = Daemon::start(folder, TOKEN);
    until("the alarm", MINUTE, async || !told(&api).is_empty()).await;
    let alarm = told(&api).remove(0);
    for said in [format!("{subject} cannot be read").as_str(), "20 feeds: Nguồn ", "and 15 more", "Since ", "Tried ", "next at", "browser"]
    {
        assert!(alarm.contains(said), "`{said}` is not said: {alarm}");
    }

    let portal = portal_at(listener_at(at));
    // All of them as soon as one is.
    until("all feeds are good again", MINUTE, async || all_good(folder).await).await;
    until("the end is told", MINUTE, async || told(&api).len() > 1).await;
    assert_eq!(troubles(folder).await, []);
    drop(daemon);
    let told = told(&api);
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told[1].contains(&format!("{subject} can be read again")) && told[1].contains("It took "), "{told:#?}");
    drop(portal);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_burst_of_troubles_is_one_message_and_shows_where_nobody_can_be_told() {
    let (portals, api) = ((0..6).map(|_| portal_at(listener())).collect::<Vec<_>>(), api_at(listener()));
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let feeds: Vec<String> = portals.iter().map(Portal::url).collect();
    write_settings(folder, api.address(), "", &feeds);
    let daemon = Daemon::start(folder, TOKEN);
    until("all feeds began", MINUTE, async || all_good(folder).await).await;
    // Each for a reason of its own.
    portals.iter().for_each(|portal| portal.fail("/", Failure::Status(404), 1000));
    until("the troubles are noted", MINUTE, async || troubles(folder).await.len() == 6).await;
    drop(daemon);

    // From now on there is somebody to tell.
    write_settings(folder, api.address(), "ops-chat = 4242\npace = \"100ms\"\n", &feeds);
    let daemon = Daemon::start(folder, TOKEN);
    until("the alarm", MINUTE, async || !told(&api).is_empty()).await;
    portals.iter().for_each(Portal::heal);
    let said =
        |words: &str| (0..6).map(|number| told(&api).join("\n").matches(&format!("{words} “Nguồn {number}”")).count()).collect::<Vec<_>>();
    until("the end of each is told", MINUTE, async || said("Đã đọc lại được") == [1; 6]).await;
    drop(daemon);
    assert_eq!((said("Không đọc được"), said("Đã đọc lại được")), (vec![1; 6], vec![1; 6]));
    let told = told(&api);
    assert!(told[0].starts_with("6 điều cần biết"), "{told:#?}");
    assert!(told.len() <= 5, "{told:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn when_this_machine_reaches_nobody_no_feed_is_blamed_and_all_go_on_within_a_minute() {
    let (portals, api) = ([portal_at(listener()), portal_at(listener())], api_at(listener()));
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let feeds: Vec<String> = portals.iter().map(Portal::url).collect();
    write_settings(folder, api.address(), "ops-chat = 4242\npace = \"100ms\"\nlanguage = \"en\"\n", &feeds);
    let _daemon = Daemon::start(folder, TOKEN);
    until("all feeds began", MINUTE, async || all_good(folder).await).await;

    let (addresses, bot) = ([portals[0].address(), portals[1].address()], api.address());
    api.shutdown().await;
    for portal in portals {
        portal.shutdown().await;
    }
    until("the trouble is noted", MINUTE, async || troubles(folder).await.iter().any(|(kind, ..)| kind == "network")).await;
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert_eq!(troubles(folder).await, [("network".to_owned(), String::new(), 0)]);
    let during = status(folder).await;
    assert!(during["feeds"].as_array().unwrap().iter().all(|feed| feed["failures"] == 0), "{during}");

    let api = api_at(listener_at(bot));
    let portals = addresses.map(|address| portal_at(listener_at(address)));
    portals.iter().for_each(|portal| portal.publish(story(10)));
    let new = |status: &Value| status["feeds"].as_array().unwrap().iter().all(|feed| feed["articles"] == 11);
    until("what is due is polled", MINUTE, async || new(&status(folder).await)).await;
    until("it is over", MINUTE, async || troubles(folder).await.is_empty()).await;
    // It was short, and nobody could be told.
    assert_eq!(told(&api), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_token_is_noticed_at_the_start_and_a_right_one_counts_at_once() {
    let (portal, api) = (portal_at(listener()), api_at(listener()));
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write_settings(folder, api.address(), "pace = \"0s\"\n", &[portal.url()]);
    let daemon = Daemon::start(folder, "1000:revoked");
    until("the refusal is noted", MINUTE, async || troubles(folder).await == [("token".to_owned(), String::new(), 0)]).await;
    // Feeds go on.
    until("the feed began", MINUTE, async || all_good(folder).await).await;
    portal.publish(story(10));
    until("the channel is tried", MINUTE, async || status(folder).await["channels"][0]["paused"] != Value::Null).await;
    drop(daemon);
    let _daemon = Daemon::start(folder, TOKEN);
    until("the headline is told", MINUTE, async || api.ledger(CHANNEL).len() == 1).await;
    until("the trouble is over", MINUTE, async || troubles(folder).await.is_empty()).await;
}

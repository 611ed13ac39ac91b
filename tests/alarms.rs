//! What the operator is told of troubles: each once as it begins and once as it ends, whatever happens meanwhile.

use std::{
    net::{SocketAddr, TcpListener},
    time::Duration,
};

use loa_stand_ins::{
    bot_api::BotApi,
    portal::{Failure, Portal},
};
use serde_json::Value;

use crate::running::{Folder, MINUTE, TOKEN, listener, story, until_within};

const CHANNEL: i64 = -1_001_000_000_333;
const OPS: i64 = 4242;

/// The same address again, after what listened there is gone.
fn listener_at(address: SocketAddr) -> TcpListener {
    TcpListener::bind(address).unwrap()
}

fn portal_at(listener: TcpListener) -> Portal {
    let portal = Portal::start(listener).unwrap();
    (0..10).for_each(|number| portal.publish(story(number, 0)));
    portal
}

fn api_at(listener: TcpListener) -> BotApi {
    let api = BotApi::start(listener, TOKEN).unwrap();
    api.add_channel(CHANNEL, None, "Tin");
    api.add_private(OPS, "Người trực");
    api
}

/// Settings with further lines of `[telegram]`.
fn settings(api: SocketAddr, telegram: &str) -> String {
    format!("[telegram]\napi-url = \"http://{api}\"\n{telegram}[[channel]]\nid = \"main\"\nchat = {CHANNEL}\n")
}

/// A folder with such settings, and a feed for each address.
fn folder(api: SocketAddr, telegram: &str, feeds: &[String]) -> Folder {
    let folder = Folder::new(&settings(api, telegram));
    for (number, url) in feeds.iter().enumerate() {
        folder.write_feed(&format!("feed-{number}"), &format!("url = \"{url}\"\ntitle = \"Nguồn {number}\"\nlanguage = \"vi\"\n"));
    }
    folder
}

async fn status(folder: &Folder) -> Value {
    serde_json::from_str(&folder.loa(&["status", "--json"]).await.stdout).unwrap_or_default()
}

/// The troubles that `loa status` shows: kind, subject, feeds.
async fn troubles(folder: &Folder) -> Vec<(String, String, usize)> {
    let status = status(folder).await;
    let said = |trouble: &Value, key: &str| trouble[key].as_str().unwrap_or_default().to_owned();
    let troubles = status["troubles"].as_array().cloned().unwrap_or_default();
    troubles.iter().map(|it| (said(it, "kind"), said(it, "subject"), it["feeds"].as_array().map_or(0, Vec::len))).collect()
}

fn told(api: &BotApi) -> Vec<String> {
    api.ledger(OPS).into_iter().map(|message| message.text).collect()
}

/// Whether every feed was polled well last.
async fn all_good(folder: &Folder) -> bool {
    let status = status(folder).await;
    status["feeds"].as_array().is_some_and(|feeds| feeds.iter().all(|feed| feed["failures"] == 0 && feed["articles"] != 0))
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_feeds_of_one_dead_host_are_one_alarm_that_survives_everything_and_one_when_it_is_over() {
    let (portal, api) = (portal_at(listener()), api_at(listener()));
    let feeds: Vec<String> = (0..20).map(|number| format!("{}?loa={number}", portal.url())).collect();
    let folder = &folder(api.address(), "ops-chat = 4242\npace = \"100ms\"\nlanguage = \"en\"\n", &feeds);
    let daemon = folder.spawn(TOKEN);
    until_within(MINUTE, "all feeds began", async || all_good(folder).await).await;

    // Telegram does not take the alarm at first, and the daemon dies before it does.
    api.fault_next("sendMessage", 1000, loa_stand_ins::bot_api::FaultKind::ServerError);
    let (at, subject) = (portal.address(), portal.address().to_string());
    portal.shutdown().await;
    until_within(MINUTE, "the trouble is noted", async || troubles(folder).await == [("host".to_owned(), subject.clone(), 20)]).await;
    drop(daemon);
    assert_eq!(told(&api), [""; 0]);
    api.heal();
    let daemon = folder.spawn(TOKEN);
    until_within(MINUTE, "the alarm", async || !told(&api).is_empty()).await;
    let alarm = told(&api).remove(0);
    for said in [format!("{subject} cannot be read").as_str(), "20 feeds: Nguồn ", "and 15 more", "Since ", "Tried ", "next at", "browser"]
    {
        assert!(alarm.contains(said), "`{said}` is not said: {alarm}");
    }

    let portal = portal_at(listener_at(at));
    // All of them as soon as one is.
    until_within(MINUTE, "all feeds are good again", async || all_good(folder).await).await;
    until_within(MINUTE, "the end is told", async || told(&api).len() > 1).await;
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
    let feeds: Vec<String> = portals.iter().map(Portal::url).collect();
    let folder = &folder(api.address(), "", &feeds);
    let daemon = folder.spawn(TOKEN);
    until_within(MINUTE, "all feeds began", async || all_good(folder).await).await;
    // Each for a reason of its own.
    portals.iter().for_each(|portal| portal.fail("/", Failure::Status(404), 1000));
    until_within(MINUTE, "the troubles are noted", async || troubles(folder).await.len() == 6).await;
    drop(daemon);

    // From now on there is somebody to tell.
    folder.write_settings(&settings(api.address(), "ops-chat = 4242\npace = \"100ms\"\n"));
    let daemon = folder.spawn(TOKEN);
    until_within(MINUTE, "the alarm", async || !told(&api).is_empty()).await;
    portals.iter().for_each(Portal::heal);
    let said =
        |words: &str| (0..6).map(|number| told(&api).join("\n").matches(&format!("{words} “Nguồn {number}”")).count()).collect::<Vec<_>>();
    until_within(MINUTE, "the end of each is told", async || said("Đã đọc lại được") == [1; 6]).await;
    drop(daemon);
    assert_eq!((said("Không đọc được"), said("Đã đọc lại được")), (vec![1; 6], vec![1; 6]));
    let told = told(&api);
    assert!(told[0].starts_with("6 điều cần biết"), "{told:#?}");
    assert!(told.len() <= 5, "{told:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn when_this_machine_reaches_nobody_no_feed_is_blamed_and_all_go_on_within_a_minute() {
    let (portals, api) = ([portal_at(listener()), portal_at(listener())], api_at(listener()));
    let feeds: Vec<String> = portals.iter().map(Portal::url).collect();
    let folder = &folder(api.address(), "ops-chat = 4242\npace = \"100ms\"\nlanguage = \"en\"\n", &feeds);
    let _daemon = folder.spawn(TOKEN);
    until_within(MINUTE, "all feeds began", async || all_good(folder).await).await;

    let (addresses, bot) = ([portals[0].address(), portals[1].address()], api.address());
    api.shutdown().await;
    for portal in portals {
        portal.shutdown().await;
    }
    until_within(MINUTE, "the trouble is noted", async || troubles(folder).await.iter().any(|(kind, ..)| kind == "network")).await;
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert_eq!(troubles(folder).await, [("network".to_owned(), String::new(), 0)]);
    let during = status(folder).await;
    assert!(during["feeds"].as_array().unwrap().iter().all(|feed| feed["failures"] == 0), "{during}");

    let api = api_at(listener_at(bot));
    let portals = addresses.map(|address| portal_at(listener_at(address)));
    portals.iter().for_each(|portal| portal.publish(story(10, 0)));
    let new = |status: &Value| status["feeds"].as_array().unwrap().iter().all(|feed| feed["articles"] == 11);
    until_within(MINUTE, "what is due is polled", async || new(&status(folder).await)).await;
    until_within(MINUTE, "it is over", async || troubles(folder).await.is_empty()).await;
    // It was short, and nobody could be told.
    assert_eq!(told(&api), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_token_is_noticed_at_the_start_and_a_right_one_counts_at_once() {
    let (portal, api) = (portal_at(listener()), api_at(listener()));
    let folder = &folder(api.address(), "pace = \"0s\"\n", &[portal.url()]);
    let daemon = folder.spawn("1000:revoked");
    until_within(MINUTE, "the refusal is noted", async || troubles(folder).await == [("token".to_owned(), String::new(), 0)]).await;
    // Feeds go on.
    until_within(MINUTE, "the feed began", async || all_good(folder).await).await;
    portal.publish(story(10, 0));
    until_within(MINUTE, "the channel is tried", async || status(folder).await["channels"][0]["paused"] != Value::Null).await;
    drop(daemon);
    let _daemon = folder.spawn(TOKEN);
    until_within(MINUTE, "the headline is told", async || api.ledger(CHANNEL).len() == 1).await;
    until_within(MINUTE, "the trouble is over", async || troubles(folder).await.is_empty()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_goes_quiet_is_one_alarm_by_its_portals_name_and_one_when_it_speaks_again() {
    let (portal, api) = (Portal::start(listener()).unwrap(), api_at(listener()));
    portal.describe("Cổng thông tin phường");
    // A headline an hour, and none for five days.
    (0..10).for_each(|number| portal.publish(story(number, 130 - i64::from(number))));
    let folder = Folder::new(&settings(api.address(), "ops-chat = 4242\npace = \"100ms\"\nlanguage = \"en\"\n"));
    folder.add("ward", &portal, "");
    let daemon = folder.spawn(TOKEN);
    until_within(MINUTE, "the alarm", async || !told(&api).is_empty()).await;
    let alarm = told(&api).remove(0);
    let status = status(&folder).await;
    let title = status["feeds"][0]["title"].as_str().unwrap();
    assert!(title != "ward" && !title.contains("127.0.0.1"), "{status}");
    for said in [format!("“{title}” has gone quiet").as_str(), "Since ", "5 days", "Usually something new comes within ", "`loa try`"] {
        assert!(alarm.contains(said), "`{said}` is not said: {alarm}");
    }
    assert_eq!((&status["good"], &status["problems"][0]["trouble"]), (&Value::Bool(false), &Value::from("quiet")), "{status}");
    // Polls go on, and say nothing more.
    let polled = portal.requests().len();
    until_within(MINUTE, "it is polled again", async || portal.requests().len() > polled + 2).await;
    drop(daemon);
    let _daemon = folder.spawn(TOKEN);
    portal.publish(story(20, 0));
    until_within(MINUTE, "the end", async || told(&api).len() > 1).await;
    let told = told(&api);
    assert!(told.len() == 2 && told[1].contains(&format!("“{title}” has something new again")), "{told:#?}");
    assert_eq!(troubles(&folder).await, []);
}

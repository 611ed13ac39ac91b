//! Several daemons on one database of a server share the work, whatever is done to one of them or to the server: no
//! headline is lost, none is said twice, their order is kept in each channel, and no host is asked by two at once.
//!
//! `LOA_KILLS=100 ./tests/run --test loa workers` does a hundred such things; `LOA_SEED` does those of an earlier run
//! again.

use std::time::{Duration, Instant};

use loa::store::{Settings, State, Store};
use loa_stand_ins::{
    bot_api::BotApi,
    portal::Portal,
    postgres::{End, Postgres},
};

use crate::running::{Daemon, Folder, MINUTE, TOKEN, bot_api, story, until, until_within};

const MAIN: i64 = -1_001_000_000_501;
const OTHER: i64 = -1_001_000_000_502;
const OPS: i64 = 4242;
/// The headlines that are there before the first poll.
const OLD: u32 = 8;
const PAUSE: Duration = Duration::from_millis(150);
/// How long the Bot API takes to answer.
const LATENCY: Duration = Duration::from_millis(250);

/// A worker's folder, with the settings that all of them have.
fn worker(store: &str, api: &BotApi, portals: &[(&str, &Portal)]) -> Folder {
    let folder = Folder::new("");
    let settings = format!(
        "[store]\nurl = \"{store}\"\n[web]\nlisten = \"{}\"\npublic-url = \"https://news.example/\"\n[poll]\nevery = \"1s\"\nadaptive = false\n\
         host-delay = \"{}ms\"\n[fetch]\nallow-private = true\n[telegram]\napi-url = \"{}\"\nops-chat = {OPS}\npace = \"0s\"\n\
         [[channel]]\nid = \"main\"\nchat = {MAIN}\nburst = 1000\nfeeds = [\"police\"]\n\
         [[channel]]\nid = \"other\"\nchat = {OTHER}\nburst = 1000\nphotos = \"none\"\nfeeds = [\"court\"]\n",
        folder.web,
        PAUSE.as_millis(),
        api.url(),
    );
    std::fs::write(folder.path().join("bot.toml"), settings).unwrap();
    for (id, portal) in portals {
        folder.add(id, portal, "");
    }
    folder
}

async fn sent(store: &str, channel: &str) -> Option<u64> {
    let store = Store::visit(&Settings::at(store)).await.ok()?;
    let counts = store.delivery_counts(&channel.parse().unwrap()).await.ok();
    store.close().await;
    Some(counts?.into_iter().filter(|(state, _)| *state == State::Sent).map(|(_, count)| count).sum())
}

/// The headlines that a chat shows, in order.
fn headlines(api: &BotApi, chat: i64) -> Vec<String> {
    let texts = api.ledger(chat).into_iter().map(|message| message.text).filter(|text| !text.is_empty());
    texts.map(|text| text.lines().next().unwrap_or_default().to_owned()).collect()
}

/// No request began before the pause after the last one was over: so no two were at once either.
fn expect_politeness(portal: &Portal) {
    let asked: Vec<Instant> = portal.requests().iter().map(|request| request.at).collect();
    assert!(asked.len() > 20);
    for pair in asked.windows(2) {
        assert!(pair[1] - pair[0] >= PAUSE, "asked again after {:?}", pair[1] - pair[0]);
    }
}

/// The next message to a chat is sent when the last one was answered.
fn expect_one_send_at_a_time(api: &BotApi, chat: i64) {
    let calls = api.calls();
    let sends: Vec<_> = calls.iter().filter(|call| call.method.starts_with("send") && call.chat_id == chat.to_string()).collect();
    for pair in sends.windows(2) {
        let between = pair[1].at.duration_since(pair[0].at);
        assert!(between >= LATENCY.try_into().unwrap(), "the next message after {between:#}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_with_other_settings_says_so_and_does_not_start() {
    let (store, api) = (Postgres::shared().database(), bot_api(MAIN));
    let [first, same, another] = [(); 3].map(|()| worker(&store, &api, &[]));
    let _first = first.start().await;
    let _same = same.start().await;
    let settings = std::fs::read_to_string(another.path().join("bot.toml")).unwrap();
    let other_settings = [("https://news.example/", "https://elsewhere.example/"), ("burst = 1000", "burst = 5")];
    let mut said = Vec::new();
    for (ours, theirs) in other_settings {
        std::fs::write(another.path().join("bot.toml"), settings.replacen(ours, theirs, 1)).unwrap();
        let run = another.loa(&["run"]).await;
        assert_eq!(run.code, Some(1));
        said.push(run.stderr.replace(&store, "STORE"));
    }
    insta::assert_snapshot!(said.join(""), @r"
    error: another worker on `STORE` has other settings of `[web] public-url`
    hint: give all workers the same `bot.toml`, or this one a store of its own; stop all before you change it
    error: another worker on `STORE` has other settings of `[[channel]]`
    hint: give all workers the same `bot.toml`, or this one a store of its own; stop all before you change it
    ");
    until_within(MINUTE, "both are named", async || {
        let status: serde_json::Value = serde_json::from_str(&first.loa(&["status", "--json"]).await.stdout).unwrap();
        status["workers"].as_array().map(Vec::len) == Some(2)
    })
    .await;
}

/// Three workers on a server of their own, two portals and two channels; each portal has one headline that was told.
struct Fleet {
    server: Postgres,
    store: String,
    api: BotApi,
    portals: [Portal; 2],
    folders: [Folder; 3],
    daemons: Vec<Daemon>,
}

impl Fleet {
    /// Each portal is a host, as it has an address of its own.
    async fn start(addresses: [&str; 2]) -> Self {
        let server = Postgres::start();
        let store = server.database();
        let api = bot_api(MAIN);
        api.add_channel(OTHER, None, "Tin khác");
        api.add_private(OPS, "Người trực");
        let portals = addresses.map(|address| Portal::start(std::net::TcpListener::bind((address, 0)).unwrap()).unwrap());
        for portal in &portals {
            (0..OLD).for_each(|number| portal.publish(story(number, 0)));
        }
        let named = [("police", &portals[0]), ("court", &portals[1])];
        let folders = [(); 3].map(|()| worker(&store, &api, &named));
        let daemons: Vec<Daemon> = folders.iter().map(|folder| folder.spawn(TOKEN)).collect();
        let is_published = |id: &str| folders.iter().any(|folder| folder.path().join(format!("public/{id}.rss")).exists());
        until("the first polls are made", || is_published("police") && is_published("court")).await;
        // One headline said in peace: a look for a lost one needs a message to begin after.
        portals.iter().for_each(|portal| portal.publish(story(OLD, 0)));
        until_within(MINUTE, "the first headlines are told", async || are_told(&store, 1).await).await;
        api.latency(LATENCY);
        Self { server, store, api, portals, folders, daemons }
    }
}

/// Whether both channels were told of so many.
async fn are_told(store: &str, headlines: usize) -> bool {
    let all = u64::try_from(headlines).ok();
    sent(store, "main").await == all && sent(store, "other").await == all
}

#[tokio::test(flavor = "multi_thread")]
async fn workers_that_die_or_stop_and_a_server_that_restarts_lose_and_double_nothing() {
    let seed = std::env::var("LOA_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| fastrand::u64(..));
    eprintln!("LOA_SEED={seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let kills: u32 = std::env::var("LOA_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(7);
    let Fleet { server, store, api, portals, folders, mut daemons } = Fleet::start(["127.0.5.1", "127.0.5.2"]).await;
    for kill in 0..kills {
        portals.iter().for_each(|portal| portal.publish(story(OLD + 1 + kill, 0)));
        tokio::time::sleep(Duration::from_millis(random.u64(300..3000))).await;
        let victim = random.usize(..daemons.len());
        // Each of them in the short run, too.
        match if kill < 4 { kill } else { random.u32(..4) } {
            1 => {
                daemons[victim].signal("-STOP");
                tokio::time::sleep(Duration::from_millis(random.u64(500..3000))).await;
                daemons[victim].signal("-CONT");
            }
            2 => {
                let end = if random.bool() { End::Fast } else { End::Crash };
                tokio::task::block_in_place(|| {
                    server.stop(end);
                    std::thread::sleep(Duration::from_millis(random.u64(..2000)));
                    server.run();
                });
            }
            _ => {
                drop(daemons.remove(victim));
                daemons.insert(victim, folders[victim].spawn(TOKEN));
            }
        }
    }
    let published: Vec<String> = (OLD..=OLD + kills).map(|number| story(number, 0).title).collect();
    let time = Duration::from_secs(120 + 4 * u64::from(kills));
    until_within(time, "everything is told", async || are_told(&store, published.len()).await).await;
    drop(daemons);

    for chat in [MAIN, OTHER] {
        assert_eq!(headlines(&api, chat), published, "lost, doubled or out of order");
        expect_one_send_at_a_time(&api, chat);
    }
    portals.iter().for_each(expect_politeness);
}

/// A host is another's after 45 seconds, so this takes about a minute. `LOA_STOP=320` is past the lease of a send as
/// well.
#[tokio::test(flavor = "multi_thread")]
async fn workers_that_are_stopped_past_their_leases_lose_and_double_nothing() {
    let stop: u64 = std::env::var("LOA_STOP").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(50);
    let Fleet { server, store, api, portals, folders, mut daemons } = Fleet::start(["127.0.5.3", "127.0.5.4"]).await;
    let mut published: Vec<String> = vec![story(OLD, 0).title];
    let began = Instant::now();
    // Stopped one after the other, wherever they are at that moment, and all the time there is something to do.
    let (mut stopped, mut killed, mut is_restarted) = (0, false, false);
    while began.elapsed() < Duration::from_secs(stop) {
        let next = story(OLD + u32::try_from(published.len()).unwrap(), 0);
        portals.iter().for_each(|portal| portal.publish(next.clone()));
        published.push(next.title);
        if stopped < 2 && published.len() == 2 + stopped {
            daemons[stopped].signal("-STOP");
            stopped += 1;
        }
        if !killed && began.elapsed() > Duration::from_secs(12) {
            drop(daemons.remove(2));
            daemons.insert(2, folders[2].spawn(TOKEN));
            killed = true;
        }
        if !is_restarted && began.elapsed() > Duration::from_secs(24) {
            tokio::task::block_in_place(|| {
                server.stop(End::Crash);
                server.run();
            });
            is_restarted = true;
        }
        tokio::time::sleep(Duration::from_millis(1700)).await;
    }
    assert!(killed && is_restarted && stopped == 2);
    daemons[..2].iter().for_each(|daemon| daemon.signal("-CONT"));
    let after = story(OLD + u32::try_from(published.len()).unwrap(), 0);
    portals.iter().for_each(|portal| portal.publish(after.clone()));
    published.push(after.title);
    until_within(Duration::from_secs(400), "everything is told", async || are_told(&store, published.len()).await).await;
    drop(daemons);
    for chat in [MAIN, OTHER] {
        assert_eq!(headlines(&api, chat), published, "lost, doubled or out of order");
    }
    portals.iter().for_each(expect_politeness);
}

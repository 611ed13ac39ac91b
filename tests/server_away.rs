//! A database server that is not there: it is waited for at the start, and while it is away feeds are served,
//! everything else rests, and all of it goes on by itself.

use loa_stand_ins::{
    bot_api::FaultKind,
    postgres::{End, Postgres},
};

use crate::running::{Folder, TOKEN, bot_api, portal, story, until, until_within};

const CHANNEL: i64 = -1_001_000_000_778;

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_goes_away_costs_no_reader_anything_and_no_headline() {
    let server = Postgres::start();
    let store = server.database();
    let (portal, api) = (portal(0..10), bot_api(CHANNEL));
    let settings = |wait: &str| {
        format!(
            "[store]\nurl = \"{store}\"\nwait = \"{wait}\"\n[telegram]\napi-url = \"{}\"\npace = \"0s\"\n[[channel]]\nid = \"main\"\n\
             chat = {CHANNEL}\nphotos = \"none\"\n",
            api.url()
        )
    };
    let folder = Folder::new(&settings("1s"));
    folder.add("police", &portal, "");

    // It is not there at the start: given up after a while, and waited for where the settings say so.
    tokio::task::block_in_place(|| server.stop(End::Fast));
    let given_up = folder.loa(&["run"]).await;
    assert_eq!(given_up.code, Some(1));
    assert!(given_up.stderr.contains("does not answer") && given_up.stderr.contains("check that the server runs"), "{given_up:?}");
    folder.write_settings(&settings("1m"));
    let daemon = folder.spawn(TOKEN);
    until("it is said that the server is waited for", || folder.log().contains("it is waited for")).await;
    tokio::task::block_in_place(|| server.run());
    until("the feed is served", || daemon.try_get("/feeds/police.json").is_some_and(|answer| answer.status == 200)).await;
    until("the list was read", || daemon.titles("police").len() >= 10).await;

    let before = daemon.get("/feeds/police.json").body;
    tokio::task::block_in_place(|| server.stop(End::Crash));
    portal.publish(story(10, 0));
    until("it is noticed", || folder.log().contains("polls and deliveries rest")).await;
    let meanwhile = daemon.get("/feeds/police.json");
    assert_eq!((meanwhile.status, meanwhile.body), (200, before));
    until("it is not well", || daemon.get("/healthz").status == 503).await;

    tokio::task::block_in_place(|| server.run());
    let title = story(10, 0).title;
    until("the headline is told", || api.ledger(CHANNEL).iter().any(|message| message.text.starts_with(&title))).await;
    until_within(crate::running::MINUTE, "it is well again", async || daemon.get("/healthz").status == 200).await;
    assert!(folder.log().contains("the store answers again"), "{}", folder.log());
    assert_eq!(api.ledger(CHANNEL).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_goes_away_while_a_message_is_under_way_holds_the_next_up_for_seconds() {
    let server = Postgres::start();
    let (portal, api) = (portal(0..3), bot_api(CHANNEL));
    let folder = Folder::new(&format!(
        "[store]\nurl = \"{}\"\n[telegram]\napi-url = \"{}\"\npace = \"0s\"\n[[channel]]\nid = \"main\"\nchat = {CHANNEL}\n\
         photos = \"none\"\n",
        server.database(),
        api.url()
    ));
    folder.add("police", &portal, "");
    let daemon = folder.start().await;
    until("the list was read", || daemon.titles("police").len() >= 3).await;

    // Half of the time passes before it is there, and half before it is said to be.
    api.fault_next("sendMessage", 1, FaultKind::Slow { ms: 4000 });
    portal.publish(story(3, 0));
    portal.publish(story(4, 0));
    until("the first is there", || api.ledger(CHANNEL).len() == 1).await;
    tokio::task::block_in_place(|| server.stop(End::Crash));
    until("the answer cannot be kept", || folder.log().contains("is not kept yet, and written again")).await;
    tokio::task::block_in_place(|| server.run());
    until("the second is there", || api.ledger(CHANNEL).len() == 2).await;
    assert!(!folder.log().contains("had been sent"), "it was looked for: {}", folder.log());
    assert!(api.doubled(CHANNEL).is_empty());
}

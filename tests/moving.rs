//! A store that is moved to a server and back serves the same documents, byte for byte, and tells nothing again.

use std::collections::BTreeMap;

use loa_stand_ins::{bot_api::BotApi, postgres::Postgres};

use crate::running::{Daemon, Folder, bot_api, portal, story, until};

const CHANNEL: i64 = -1_001_000_000_777;

fn told(api: &BotApi) -> Vec<String> {
    api.ledger(CHANNEL).into_iter().map(|message| message.text.lines().next().unwrap_or_default().to_owned()).collect()
}

fn documents(daemon: &Daemon) -> BTreeMap<&'static str, String> {
    ["/feeds/police.rss", "/feeds/police.atom", "/feeds/police.json", "/feeds/all.atom"].map(|path| (path, daemon.get(path).body)).into()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_is_moved_to_a_server_and_back_and_readers_notice_nothing() {
    let (portal, api) = (portal(0..12), bot_api(CHANNEL));
    let server = Postgres::shared().database();
    let rest = format!(
        "[telegram]\napi-url = \"{}\"\npace = \"0s\"\n[[channel]]\nid = \"main\"\nchat = {CHANNEL}\nphotos = \"none\"\n",
        api.url()
    );
    let at = |url: &str| format!("[store]\nurl = \"{url}\"\n{rest}");
    let folder = Folder::new(&at("sqlite:loa.db"));
    folder.add("police", &portal, "");
    let mut before = None;
    let back = format!("sqlite:{}", folder.path().join("back.db").display());
    let stores = [("sqlite:loa.db", Some(&server)), (&server, Some(&back)), (&back, None)];
    for (number, (url, next)) in (12..).zip(stores) {
        folder.write_settings(&at(url));
        let daemon = folder.start().await;
        if let Some(before) = before.take() {
            assert_eq!(documents(&daemon), before);
        }
        // What the first poll finds is no news.
        until("the list was read", || daemon.titles("police").len() >= 10).await;
        portal.publish(story(number, 0));
        let news: Vec<String> = (12..=number).map(|it| story(it, 0).title).collect();
        until("the new headline is told", || told(&api).last() == news.last()).await;
        assert_eq!(told(&api), news, "something is told again");
        until("the feed shows it", || daemon.titles("police").contains(&story(number, 0).title)).await;
        let refused = folder.loa(&["move", "--to", next.map_or("sqlite:/nowhere/x.db", String::as_str)]).await;
        assert_eq!(refused.code, Some(1), "a daemon has it: {refused:?}");
        before = Some(documents(&daemon));
        drop(daemon);
        if let Some(next) = next {
            let moved: serde_json::Value = serde_json::from_str(&folder.loa(&["move", "--to", next, "--json"]).await.well()).unwrap();
            assert_eq!(moved["hash"].as_str().map(str::len), Some(64), "{moved}");
        }
    }
}

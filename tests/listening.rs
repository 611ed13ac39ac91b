//! A bot that is thrown out and let in again, and a second program with its token: noticed at once, and said once.

use loa_stand_ins::bot_api::BotApi;
use serde_json::Value;

use crate::running::{Folder, MINUTE, bot_api, portal, story, until_within};

const CHANNEL: i64 = -1_001_000_000_777;
const OPS: i64 = 4242;

fn settings(api: &BotApi) -> String {
    format!(
        "[telegram]\napi-url = \"{}\"\nops-chat = {OPS}\npace = \"100ms\"\nlanguage = \"en\"\n[[channel]]\nid = \"main\"\nchat = \"@tin_thanh_pho\"\n",
        api.url()
    )
}

async fn status(folder: &Folder) -> Value {
    serde_json::from_str(&folder.loa(&["status", "--json"]).await.stdout).unwrap_or_default()
}

/// The kinds of what does not work.
async fn troubles(folder: &Folder) -> Vec<String> {
    let status = status(folder).await;
    let troubles = status["troubles"].as_array().cloned().unwrap_or_default();
    troubles.iter().filter_map(|trouble| trouble["kind"].as_str().map(str::to_owned)).collect()
}

/// How many messages to the operator have these words.
fn told(api: &BotApi, words: &str) -> usize {
    api.ledger(OPS).into_iter().filter(|message| message.text.contains(words)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_rests_when_the_bot_is_thrown_out_and_goes_on_when_it_is_back() {
    let (portal, api) = (portal(0..10), bot_api(CHANNEL));
    api.add_private(OPS, "Người trực");
    let folder = Folder::new(&settings(&api));
    folder.add("police", &portal, "");
    let _daemon = folder.start().await;
    until_within(MINUTE, "the first poll is made", async || folder.path().join("public/police.rss").exists()).await;
    portal.publish(story(10, 0));
    until_within(MINUTE, "a headline is told", async || api.ledger(CHANNEL).len() == 1).await;
    let sends = || api.calls().iter().filter(|call| call.method == "sendmessage" && call.status == Some(403)).count();

    for (number, throw_out) in (11..).zip([BotApi::kick, BotApi::restrict]) {
        throw_out(&api, CHANNEL);
        // Nothing is to be posted, and it is known all the same.
        until_within(MINUTE, "it is noticed", async || troubles(&folder).await == ["channel"]).await;
        until_within(MINUTE, "the operator is told", async || told(&api, "`main` is closed") == usize::try_from(number - 10).unwrap())
            .await;
        let status = status(&folder).await;
        assert!(status["channels"][0]["paused"].as_str().is_some_and(|why| why.contains("removed from the chat")), "{status}");
        assert_eq!((&status["good"], &status["problems"][0]["kind"]), (&Value::Bool(false), &Value::from("paused")), "{status}");
        portal.publish(story(number, 0));
        until_within(MINUTE, "the headline waits", async || self::status(&folder).await["channels"][0]["queued"] == 1).await;
        api.permit(CHANNEL);
        until_within(MINUTE, "it goes on", async || api.ledger(CHANNEL).len() == usize::try_from(number - 9).unwrap()).await;
        until_within(MINUTE, "it is over", async || troubles(&folder).await.is_empty()).await;
    }
    assert_eq!(sends(), 0, "a chat that is known to be closed is not tried");
    assert!(folder.log().contains("the bot was removed from the chat") && folder.log().contains("its chat is open again"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_copy_of_the_bot_is_noticed_by_both_and_told_once() {
    let (portal, api) = (portal(0..10), bot_api(CHANNEL));
    api.add_private(OPS, "Người trực");
    let copies = [Folder::new(&settings(&api)), Folder::new(&settings(&api))];
    copies.iter().for_each(|folder| folder.add("police", &portal, ""));
    let daemons = (copies[0].start().await, copies[1].start().await);
    for folder in &copies {
        until_within(MINUTE, "it is noticed", async || troubles(folder).await == ["copy"]).await;
        assert!(folder.log().contains("trouble: copy"), "{}", folder.log());
        let shown = folder.loa(&["status"]).await.stdout;
        assert!(shown.contains("Another program uses the bot’s token") && shown.contains("stop one of the two"), "{shown}");
    }
    until_within(MINUTE, "both tell the operator", async || told(&api, "Another program uses the bot’s token") == 2).await;
    // One of them stands aside, and nobody is turned away any more.
    let turned_away = || api.calls().iter().filter(|call| call.status == Some(409)).count();
    until_within(MINUTE, "one stands aside", async || turned_away() == 5).await;
    drop(daemons);
    assert_eq!(told(&api, "Another program uses the bot’s token"), 2);

    // Who says that another program answers is left alone, and leaves it alone.
    let asked = api.calls().iter().filter(|call| call.method == "getupdates").count();
    copies[0].write_settings(&settings(&api).replace("[[channel]]", "listen = false\n[[channel]]"));
    let _daemon = copies[0].start().await;
    until_within(MINUTE, "the trouble is over", async || troubles(&copies[0]).await.is_empty()).await;
    assert_eq!(api.calls().iter().filter(|call| call.method == "getupdates").count(), asked);
}

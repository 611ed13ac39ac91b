//! What a person decides about deliveries and closed chats.

use crate::running::{Folder, bot_api, portal, story, until};

const CHANNEL: i64 = -1_002_000_000_501;

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_was_closed_goes_on_at_once_when_it_is_told_to_and_many_are_decided_about_together() {
    let (portal, api) = (portal(1..11), bot_api(CHANNEL));
    let folder = Folder::new(&format!(
        "[telegram]\napi-url = \"{}\"\npace = \"0s\"\nlisten = false\n[[channel]]\nid = \"main\"\nchat = {CHANNEL}\nphotos = \"none\"\n",
        api.url()
    ));
    folder.add("police", &portal, "");
    let daemon = folder.start().await;
    until("the first poll is made", || daemon.titles("police").len() == 10).await;
    api.kick(CHANNEL);
    (11..14).for_each(|number| portal.publish(story(number, 0)));
    until("it was tried", || folder.log().contains("bot was kicked")).await;
    until("all are there", || daemon.titles("police").len() == 13).await;
    api.permit(CHANNEL);
    // It is not heard that the bot may post again, and would be looked at a minute later.
    insta::assert_snapshot!(folder.loa(&["resume", "main"]).await.well(), @"channel `main` goes on");
    insta::assert_snapshot!(folder.loa(&["resume", "nobody"]).await.stderr, @r"
    error: there is no feed `nobody`
    hint: `loa status` lists them
    ");
    insta::assert_snapshot!(folder.loa(&["deliveries", "drop", "--state", "dead"]).await.well(), @"0 deliveries will not be sent");
    insta::assert_snapshot!(folder.loa(&["deliveries", "retry", "--channel", "mian"]).await.stderr, @r"
    error: there is no channel `mian`
    hint: did you mean `main`?
    ");
    insta::assert_snapshot!(folder.loa(&["deliveries", "retry", "--state", "queued"]).await.stderr, @r"
    error: what is `queued` stays so
    hint: expected `unknown` or `dead`
    ");
    for words in
        [&["deliveries", "retry"][..], &["deliveries", "drop", "3", "--all"], &["deliveries", "drop", "--all", "--channel", "main"]]
    {
        assert_eq!(folder.loa(words).await.code, Some(2), "{words:?}");
    }
    until("they are told", || api.ledger(CHANNEL).len() == 3).await;

    api.kick(CHANNEL);
    (14..16).for_each(|number| portal.publish(story(number, 0)));
    until("all are there", || daemon.titles("police").len() == 15).await;
    let dropped: serde_json::Value = serde_json::from_str(&folder.loa(&["deliveries", "drop", "--all", "--json"]).await.well()).unwrap();
    assert_eq!(dropped, serde_json::json!({ "answer": "decided-all", "deliveries": 2, "state": "dropped" }));
}

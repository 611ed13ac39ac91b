//! A backup that is put back after many headlines tells none of them again, and those that come later; where Loa can
//! look into the channel, also those that came while it was away.

use std::{collections::BTreeSet, fs, path::Path};

use loa_stand_ins::bot_api::BotApi;

use crate::running::{Folder, bot_api, portal, story, until};

const CHANNEL: i64 = -1_001_000_000_999;

/// The titles that the channel shows, in order.
fn told(api: &BotApi) -> Vec<String> {
    api.ledger(CHANNEL).into_iter().map(|message| message.text.lines().next().unwrap_or_default().to_owned()).collect()
}

/// Ids and addresses of what the feed shows.
fn ids(folder: &Path) -> BTreeSet<(String, String)> {
    let Ok(bytes) = fs::read(folder.join("public/police.atom")) else { return BTreeSet::new() };
    let feed = feed_rs::parser::parse(bytes.as_slice()).unwrap();
    feed.entries.into_iter().map(|entry| (entry.links[0].href.clone(), entry.id)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_is_put_back_tells_nothing_again() {
    let (portal, api) = (portal(0..10), bot_api(CHANNEL));
    let telegram = format!("[telegram]\napi-url = \"{}\"\npace = \"0s\"\n", api.url());
    let folder = Folder::new(&format!("{telegram}[[channel]]\nid = \"main\"\nchat = {CHANNEL}\nburst = 1000\n"));
    folder.add("police", &portal, "");
    let daemon = folder.start().await;
    until("the first poll", || folder.path().join("public/police.atom").exists()).await;
    portal.publish(story(10, 0));
    until("the first headline", || told(&api).len() == 1).await;

    let copy = folder.path().join("copy.db");
    let copy = copy.to_str().unwrap();
    let said = folder.loa(&["backup", copy]).await.well();
    assert!(said.contains("11 articles of 1 feed"), "{said}");
    // As many at once as a list shows, and more in all.
    for number in 11..41 {
        portal.publish(story(number, 0));
        if number % 5 == 0 {
            until("the headlines after the backup", || told(&api).len() == usize::try_from(number - 9).unwrap()).await;
        }
    }
    until("the last headline", || told(&api).len() == 31).await;
    let refused = folder.loa(&["restore", copy]).await;
    assert!(refused.code == Some(1) && refused.stderr.contains("is in use by another loa"), "{refused:?}");
    // A message goes out before its poll is over, and the feed is written then.
    until("the feed has them all", || ids(folder.path()).len() >= 40).await;
    let before = ids(folder.path());
    drop(daemon);

    let restored: serde_json::Value = serde_json::from_str(&folder.loa(&["restore", copy, "--json"]).await.well()).unwrap();
    assert!(restored["kept"].as_str().unwrap().contains("loa.db.replaced-") && restored["articles"] == 11, "{restored}");
    // The files still show what the database of before had.
    fs::remove_dir_all(folder.path().join("public")).unwrap();
    let daemon = folder.start().await;
    until("the headlines are recorded again", || ids(folder.path()).iter().any(|(url, _)| *url == portal.story_url(&story(40, 0)))).await;
    // What is on the list again has the id that readers know.
    let after = ids(folder.path());
    assert!(after.len() > 11 && after.is_subset(&before), "{:?}", after.difference(&before).collect::<Vec<_>>());
    portal.publish(story(41, 0));
    until("the thirty-first", || told(&api).contains(&story(41, 0).title)).await;
    drop(daemon);
    let said: Vec<String> = (10..42).map(|number| story(number, 0).title).collect();
    assert_eq!(told(&api), said);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_channel_can_be_asked_what_it_was_not_told_is_told() {
    const OPS: i64 = 77;
    let (portal, api) = (portal(0..10), bot_api(CHANNEL));
    api.add_private(OPS, "Người trực");
    let telegram = format!("[telegram]\napi-url = \"{}\"\npace = \"0s\"\nops-chat = {OPS}\n", api.url());
    let folder = Folder::new(&format!("{telegram}[[channel]]\nid = \"main\"\nchat = {CHANNEL}\nburst = 1000\n"));
    folder.add("police", &portal, "");
    let daemon = folder.start().await;
    until("the first poll", || folder.path().join("public/police.atom").exists()).await;
    portal.publish(story(10, 0));
    until("the first headline", || told(&api).len() == 1).await;
    let copy = folder.path().join("copy.db");
    folder.loa(&["backup", copy.to_str().unwrap()]).await.well();
    (11..16).for_each(|number| portal.publish(story(number, 0)));
    until("the headlines after the backup", || told(&api).len() == 6).await;
    drop(daemon);

    (16..19).for_each(|number| portal.publish(story(number, 0)));
    api.say(CHANNEL, "Người khác nói");
    let words = folder.loa(&["restore", copy.to_str().unwrap()]).await.well();
    assert!(words.contains("where the channel does not show it yet"), "{words}");
    let daemon = folder.start().await;
    until("what came while loa was away", || told(&api).len() == 10).await;
    portal.publish(story(19, 0));
    until("the next one", || told(&api).len() == 11).await;
    drop(daemon);
    let said: Vec<String> = (10..16).map(|number| story(number, 0).title).collect();
    let later: Vec<String> = (16..20).map(|number| story(number, 0).title).collect();
    assert_eq!(told(&api), [said, vec!["Người khác nói".to_owned()], later].concat());
}

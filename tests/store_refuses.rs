//! A store that takes nothing for a while, in the middle of a send: the channel waits, and goes on where it was.

use std::time::Duration;

use sqlx::{AssertSqlSafe, SqlitePool, sqlite::SqliteConnectOptions};

use crate::running::{Folder, bot_api, portal, story, until};

const CHANNEL: i64 = -1_001_000_000_779;

/// Two headlines come while `step` of a send cannot be written; how many messages were there before it could.
async fn headlines_while_nothing_is_written(step: &str) -> usize {
    let (portal, api) = (portal(0..3), bot_api(CHANNEL));
    let folder = Folder::new(&format!(
        "[telegram]\napi-url = \"{}\"\npace = \"0s\"\n[[channel]]\nid = \"main\"\nchat = {CHANNEL}\nphotos = \"none\"\n",
        api.url()
    ));
    folder.add("police", &portal, "");
    let daemon = folder.start().await;
    until("the list was read", || daemon.titles("police").len() >= 3).await;

    let store = SqlitePool::connect_with(SqliteConnectOptions::new().filename(folder.path().join("loa.db"))).await.unwrap();
    let refuse = format!("CREATE TRIGGER refuse BEFORE UPDATE ON delivery WHEN {step} BEGIN SELECT RAISE(ABORT, 'no room'); END");
    sqlx::raw_sql(AssertSqlSafe(refuse)).execute(&store).await.unwrap();
    portal.publish(story(3, 0));
    portal.publish(story(4, 0));
    until("it cannot be written", || folder.log().contains("is not kept yet, and written again")).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let before = api.ledger(CHANNEL).len();

    sqlx::raw_sql("DROP TRIGGER refuse").execute(&store).await.unwrap();
    store.close().await;
    until("both are there", || api.ledger(CHANNEL).len() >= 2).await;
    let told: Vec<_> = api.ledger(CHANNEL).into_iter().map(|message| message.text).collect();
    assert!(told[0].starts_with(&story(3, 0).title) && told[1].starts_with(&story(4, 0).title), "{told:?}");
    let log = folder.log();
    assert_eq!((told.len(), log.matches("is not kept yet").count(), log.matches("has kept now").count()), (2, 1, 1), "{log}");
    before
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_is_kept_as_soon_as_it_can_be_and_not_looked_for() {
    assert_eq!(headlines_while_nothing_is_written("NEW.state = 'sent'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_said_of_which_it_cannot_be_kept_that_it_begins() {
    assert_eq!(headlines_while_nothing_is_written("NEW.fingerprint IS NOT NULL").await, 0);
}

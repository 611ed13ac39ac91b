//! More headlines than the list's first page shows: what came while Loa stood still is told, and the past is read and
//! told to nobody.

use std::process::{Command, Stdio};

use loa_stand_ins::portal::Failure;

use crate::running::{self, Folder, bot_api, portal, story, until};

const CHANNEL: i64 = -1_002_000_000_301;

fn settings(api: &loa_stand_ins::bot_api::BotApi) -> String {
    format!(
        "[telegram]\napi-url = \"{}\"\npace = \"0s\"\n[[channel]]\nid = \"main\"\nchat = \"{CHANNEL}\"\nphotos = \"none\"\nburst = 99\n",
        api.url()
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_while_it_stood_still_is_told_and_the_past_is_not() {
    let (portal, api) = (portal(1..31), bot_api(CHANNEL));
    let folder = Folder::new(&settings(&api));
    folder.add("police", &portal, "backfill = 1\n");
    let daemon = folder.start().await;
    until("the first page and a further one are there", || daemon.titles("police").len() == 20).await;
    assert!(api.ledger(CHANNEL).is_empty());
    drop(daemon);

    let new: Vec<_> = (31..56).map(|number| story(number, 0)).collect();
    // Each a minute younger than the one before.
    let at = |index: usize| new[0].published.checked_add(jiff::SignedDuration::from_mins(i64::try_from(index).unwrap())).unwrap();
    let new: Vec<_> =
        new.iter().enumerate().map(|(index, story)| loa_stand_ins::portal::Story { published: at(index), ..story.clone() }).collect();
    new.iter().for_each(|story| portal.publish(story.clone()));
    let _daemon = folder.start().await;
    until("all are told", || api.ledger(CHANNEL).len() >= 25).await;
    let said: Vec<_> = api.ledger(CHANNEL).into_iter().map(|message| message.text.lines().next().unwrap_or_default().to_owned()).collect();
    assert_eq!(said.len(), 25);
    for (said, story) in said.iter().zip(&new) {
        assert!(said.contains(&story.title), "{said} is not {}", story.title);
    }

    let done = folder.loa(&["backfill", "police", "--pages", "9", "--json"]).await.well();
    let done: serde_json::Value = serde_json::from_str(&done).unwrap();
    assert_eq!((&done["answer"], &done["is_done"], &done["is_whole"]), (&"backfilled".into(), &true.into(), &true.into()), "{done}");
    assert_eq!(done["new"], 10, "{done}");
    assert_eq!(api.ledger(CHANNEL).len(), 25);
    let again = folder.loa(&["backfill", "police", "--pages", "9"]).await.well();
    insta::assert_snapshot!(again, @"`police`: 0 articles of the past; the list has no more than 5 further pages, and no channel was told");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backfill_that_is_killed_goes_on_where_it_was() {
    let portal = portal(1..46);
    let folder = Folder::new("");
    folder.add("police", &portal, "");
    assert_eq!(folder.loa(&["run", "--once"]).await.code, Some(0));
    let early = folder.loa(&["backfill", "nobody"]).await;
    assert_eq!(early.code, Some(1), "{early:?}");
    portal.fail("/tin-tuc", Failure::Slow(std::time::Duration::ZERO), 2);
    portal.fail("/tin-tuc", Failure::Hang, 1);
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    command.args(["backfill", "police", "--config"]).arg(folder.path().join("bot.toml")).env("TELOXIDE_TOKEN", running::TOKEN);
    let mut killed = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let lists =
        || portal.requests().into_iter().filter(|seen| seen.path.starts_with("/tin-tuc?")).map(|seen| seen.path).collect::<Vec<_>>();
    until("the third further page is asked for", || lists().len() == 3).await;
    killed.kill().unwrap();
    killed.wait().unwrap();
    portal.forget_requests();
    let said = folder.loa(&["backfill", "police"]).await.well();
    insta::assert_snapshot!(said, @r"
    page 3 of 10: 10 headlines, 10 new
    page 4 of 10: 5 headlines, 5 new
    `police`: 15 articles of the past; the list has no more than 4 further pages, and no channel was told
    ");
    assert_eq!(lists(), ["/tin-tuc?page=4", "/tin-tuc?page=5"]);
}

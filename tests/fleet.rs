//! Definitions of feeds that are kept in the store: every worker takes up a change within seconds, a bad one is refused
//! and leaves the old in force, and what was brought in is given back byte for byte.

use std::{fs, path::Path};

use loa::store::{Definition, Settings, Store};
use loa_stand_ins::{portal::Portal, postgres::Postgres};

use crate::running::{Daemon, Folder, MINUTE, portal, story, until, until_within};

/// So long a change that nobody tells of is looked for, and then some.
const SECONDS: std::time::Duration = std::time::Duration::from_secs(30);

/// A worker's folder; its feeds are kept in the store.
fn worker(store: &str) -> Folder {
    let folder = Folder::new("");
    let settings = fs::read_to_string(folder.path().join("bot.toml")).unwrap();
    let (own, same) = (format!("public-url = \"http://{}\"", folder.web), "public-url = \"https://news.example/\"");
    assert!(settings.contains(&own));
    let settings = format!("{}[store]\nurl = \"{store}\"\n[feeds]\nfrom = \"store\"\n", settings.replace(&own, same));
    fs::write(folder.path().join("bot.toml"), settings).unwrap();
    folder
}

/// Signs that a careless hand would change on the way.
fn definition(portal: &Portal, title: &str) -> String {
    format!("# Công an ' \" \\u0041 $1 ?\r\nurl = \"{}\"\nlanguage = \"vi\"\n\n\ttitle = \"{title}\"", portal.url())
}

async fn both(daemons: &[Daemon; 2], what: &str, holds: impl Fn(&Daemon) -> bool) {
    until(what, || daemons.iter().all(&holds)).await;
}

fn is_titled(daemon: &Daemon, id: &str, title: &str) -> bool {
    daemon.get(&format!("/feeds/{id}.rss")).body.contains(&format!("<title>{title}</title>"))
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_defined_in_the_store_every_worker_takes_up_within_seconds() {
    let url = Postgres::shared().database();
    let (city, police, court) = (portal(0..5), portal(10..16), portal(20..27));
    let folders = [worker(&url), worker(&url)];
    let brought = tempfile::tempdir().unwrap();
    let write = |id: &str, text: &str| fs::write(brought.path().join(format!("{id}.toml")), text).unwrap();
    let import = async |folder: &Folder| {
        let mut said = folder.loa(&["feeds", "import", &brought.path().display().to_string()]).await;
        said.stdout = said.stdout.replace(&brought.path().display().to_string(), "IN");
        said
    };
    // Before anybody works on the store.
    write("city", &definition(&city, "Thành phố"));
    write("police", &definition(&police, "Công an"));
    insta::assert_snapshot!(import(&folders[0]).await.well(), @r"
    feed `city` added
    feed `police` added
    ");
    let daemons = [folders[0].start().await, folders[1].start().await];
    both(&daemons, "both feeds are served", |it| it.titles("city").len() == 5 && it.titles("police").len() == 6).await;

    // One is changed beside one of the workers.
    write("police", &definition(&police, "Công an thành phố"));
    insta::assert_snapshot!(import(&folders[1]).await.well(), @r"
    feed `police` changed
    1 feed is as before
    ");
    both(&daemons, "the new title is served", |it| is_titled(it, "police", "Công an thành phố")).await;

    // One with a mistake is refused; what is good beside it is taken.
    write("police", "urll = \"\"\n");
    write("city", &definition(&city, "Đà Nẵng"));
    let said = import(&folders[0]).await;
    assert_eq!(said.code, Some(1));
    insta::assert_snapshot!(said.stdout, @r"
    feed `city` changed
    ✗ IN/police.toml:1: unknown key `urll`: expected one of `url`, `title`, `description`, `icon`, `language`, `time-zone`, `every`, `full-text`, `publish`, `announce-first`, `backfill`, `headers`, `ca-file`, `ignore-robots`, `source`
      hint: did you mean `url`?
    ");
    both(&daemons, "the good one is taken up", |it| is_titled(it, "city", "Đà Nẵng")).await;
    police.publish(story(50, 0));
    both(&daemons, "the old one goes on", |it| it.titles("police").len() == 7 && is_titled(it, "police", "Công an thành phố")).await;

    // One that these workers cannot use, as a newer program wrote it: said with its line, and the old one goes on.
    let newer = Store::open(&Settings::at(&url), jiff::Timestamp::now()).await.unwrap();
    let bad = Definition { feed: "police".parse().unwrap(), text: "url = \"https://a.vn/\"\nfrom-the-future = 1\n".to_owned() };
    newer.define(&[bad]).await.unwrap();
    newer.close().await;
    until("both say what is wrong with it", || {
        folders.iter().all(|it| it.log().contains("feed `police`:2: unknown key `from-the-future`"))
    })
    .await;
    let listed = folders[0].loa(&["feeds", "list"]).await;
    assert!(listed.code == Some(1) && listed.stdout.contains("✗  police"), "{listed:?}");
    police.publish(story(51, 0));
    both(&daemons, "the old one still goes on", |it| it.titles("police").len() == 8 && is_titled(it, "police", "Công an thành phố")).await;
    write("police", &definition(&police, "Công an"));
    import(&folders[1]).await.well();
    both(&daemons, "the mended one counts", |it| is_titled(it, "police", "Công an")).await;

    // A change of which nobody is told is found all the same.
    let database = url.rsplit('/').next().unwrap();
    Postgres::shared().sql(
        database,
        "UPDATE definition SET text = replace(text, 'Công an\"', 'Tin công an\"') WHERE feed = 'police';
         UPDATE definitions_changed SET times = times + 1",
    );
    until_within(SECONDS, "both look for themselves", async || {
        tokio::task::block_in_place(|| daemons.iter().all(|it| is_titled(it, "police", "Tin công an")))
    })
    .await;

    // What else defines feeds does it in the store, too.
    folders[0].loa(&["add", court.url().as_str(), "--id", "court", "--yes"]).await.well();
    both(&daemons, "what was added is served", |it| it.titles("court").len() == 7).await;
    let said = folders[1].loa(&["add", court.url().as_str(), "--yes"]).await;
    assert!(said.code == Some(1) && said.stderr.contains("the feed `court` has this address already"), "{said:?}");
    folders[1].loa(&["rename", "court", "toa-an"]).await.well();
    both(&daemons, "it has its new name", |it| it.titles("toa-an").len() == 7 && it.get("/feeds/court.rss").status == 301).await;
    let tried = folders[0].loa(&["try", "toa-an"]).await.well();
    assert!(tried.contains(&story(26, 0).title), "{tried}");

    // What rests by the word at one worker rests for the other, whatever it takes up meanwhile.
    folders[0].loa(&["pause", "city"]).await.well();
    write("police", &definition(&police, "Tin công an"));
    import(&folders[1]).await.well();
    let asked = city.requests().len();
    for (count, number) in [(9, 52), (10, 53)] {
        police.publish(story(number, 0));
        both(&daemons, "others are polled", |it| it.titles("police").len() == count).await;
    }
    assert!(city.requests().len() <= asked + 1, "a poll that was under way, and no other");
    folders[1].loa(&["resume", "city"]).await.well();
    city.publish(story(54, 0));
    both(&daemons, "it goes on", |it| it.titles("city").len() == 6).await;

    // What was brought in is given back, and over nothing that says something else.
    let out = tempfile::tempdir().unwrap();
    let export = async || folders[1].loa(&["feeds", "export", &out.path().display().to_string()]).await;
    export().await.well();
    let given_back = files(out.path());
    assert_eq!(given_back.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["city.toml", "police.toml", "toa-an.toml"]);
    assert_eq!(given_back[0].1, definition(&city, "Đà Nẵng"));
    assert_eq!(given_back[1].1, definition(&police, "Tin công an"));
    fs::write(out.path().join("city.toml"), "mine").unwrap();
    let said = export().await;
    assert!(said.code == Some(1) && said.stdout.contains("city.toml` is there already and says something else"), "{said:?}");
    assert_eq!(files(out.path())[0].1, "mine");

    let said = folders[0].loa(&["feeds", "remove", "city"]).await.well();
    assert!(said.contains(&format!("url = \"{}\"", city.url())), "{said}");
    both(&daemons, "it is gone", |it| it.get("/feeds/city.rss").status == 410).await;
    // All of it without a restart, and no file was made.
    assert!(folders.iter().all(|it| fs::read_dir(it.path().join("feeds")).unwrap().count() == 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_keeps_definitions_too_beside_its_daemon_and_without_one() {
    let (city, police) = (portal(0..5), portal(10..16));
    let folder = worker("sqlite:loa.db");
    folder.loa(&["add", city.url().as_str(), "--id", "city", "--yes"]).await.well();
    let daemon = folder.start().await;
    until("the feed is served", || daemon.titles("city").len() == 5).await;
    folder.loa(&["add", police.url().as_str(), "--id", "police", "--yes"]).await.well();
    until("the second one is served", || daemon.titles("police").len() == 6).await;
    drop(daemon);
    folder.loa(&["rename", "police", "cong-an"]).await.well();
    folder.loa(&["remove", "city"]).await.well();
    let listed: serde_json::Value = serde_json::from_str(&folder.loa(&["feeds", "list", "--json"]).await.well()).unwrap();
    assert_eq!(listed, serde_json::json!([{"id": "cong-an", "url": police.url().as_str(), "problem": null}]));
    let daemon = folder.start().await;
    until("it is served", || daemon.titles("cong-an").len() == 6).await;
    assert_eq!(daemon.get("/feeds/city.rss").status, 410);
}

/// Each worker has files of its own: they are rolled out one by one, so what differs is said and stops nobody.
#[tokio::test(flavor = "multi_thread")]
async fn where_workers_have_different_files_they_say_of_which_feed() {
    let url = Postgres::shared().database();
    let (city, police) = (portal(0..5), portal(10..16));
    let folders = [worker(&url), worker(&url)];
    for folder in &folders {
        let settings = fs::read_to_string(folder.path().join("bot.toml")).unwrap().replace("from = \"store\"", "from = \"folder\"");
        fs::write(folder.path().join("bot.toml"), settings).unwrap();
        folder.add("city", &city, "");
    }
    folders[0].add("police", &police, "title = \"Công an\"\n");
    folders[1].add("police", &police, "title = \"Công an thành phố\"\n");
    let _daemons = [folders[0].start().await, folders[1].start().await];
    let differing = async || {
        let status: serde_json::Value = serde_json::from_str(&folders[0].loa(&["status", "--json"]).await.stdout).unwrap();
        status["workers"].as_array().map(Vec::len) == Some(2) && status["differing"] == serde_json::json!(["police"])
    };
    until_within(MINUTE, "`loa status` names it", differing).await;
    let is_said = |folder: &Folder| folder.log().contains("has other definitions than this one of `police`:");
    until("both say so", || folders.iter().all(is_said)).await;
    let said = folders[1].loa(&["status"]).await.well();
    assert!(said.contains("not all workers define `police` alike"), "{said}");
    // Rolled out.
    fs::copy(folders[0].definition("police"), folders[1].definition("police")).unwrap();
    until_within(MINUTE, "they are alike", async || {
        let status: serde_json::Value = serde_json::from_str(&folders[0].loa(&["status", "--json"]).await.stdout).unwrap();
        status["workers"].as_array().map(Vec::len) == Some(2) && status["differing"] == serde_json::json!([])
    })
    .await;
}

/// The same commands where definitions are files.
#[tokio::test(flavor = "multi_thread")]
async fn a_folder_is_brought_in_and_given_back_too() {
    let (folder, police) = (Folder::new(""), portal(0..4));
    let brought = tempfile::tempdir().unwrap();
    fs::write(brought.path().join("police.toml"), definition(&police, "Công an")).unwrap();
    fs::write(brought.path().join("Công an.toml"), "url = \"https://a.vn/\"\n").unwrap();
    let said = folder.loa(&["feeds", "import", &brought.path().display().to_string()]).await;
    assert_eq!(said.code, Some(1));
    assert!(said.stdout.contains("feed `police` added") && said.stdout.contains("Công an.toml: "), "{said:?}");
    assert_eq!(files(&folder.path().join("feeds")), [("police.toml".to_owned(), definition(&police, "Công an"))]);
    let out = folder.path().join("out");
    folder.loa(&["feeds", "export", &out.display().to_string()]).await.well();
    assert_eq!(files(&out), files(&folder.path().join("feeds")));
}

//! A backup that is put back after thirty headlines tells none of them again, and the next one.

use std::{
    collections::BTreeSet,
    fs,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use jiff::{Timestamp, tz::TimeZone};
use loa_stand_ins::{
    bot_api::BotApi,
    portal::{Portal, Story},
};

const TOKEN: &str = "1000:backup";
const CHANNEL: i64 = -1_001_000_000_999;

/// A running `loa` that does not outlive its test, however that ends.
struct Daemon(Child);

impl Daemon {
    fn start(folder: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
        command.args(["run", "--config"]).arg(folder.join("bot.toml")).env("TELOXIDE_TOKEN", TOKEN).stderr(Stdio::null());
        Self(command.spawn().unwrap())
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn loa(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    command.args(words).arg("--config").arg(folder.join("bot.toml")).env("TELOXIDE_TOKEN", TOKEN);
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

fn story(number: u32) -> Story {
    Story::sample(number, Timestamp::now().to_zoned_datetime(TimeZone::get("Asia/Ho_Chi_Minh").unwrap()))
}

/// Asks again and again, for a minute at most.
async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !holds() {
        assert!(Instant::now() < deadline, "{what}: not after a minute");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

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
    let portal = Portal::start(listener()).unwrap();
    let api = BotApi::start(listener(), TOKEN).unwrap();
    api.add_channel(CHANNEL, None, "Tin");
    (0..10).for_each(|number| portal.publish(story(number)));
    let folder = tempfile::tempdir().unwrap();
    let bot = format!(
        "[web]\nlisten = \"{}\"\n[poll]\nevery = \"1s\"\nadaptive = false\nhost-delay = \"0s\"\n[fetch]\nallow-private = true\n\
         [telegram]\napi-url = \"{}\"\npace = \"0s\"\n[[channel]]\nid = \"main\"\nchat = {CHANNEL}\nburst = 1000\n",
        listener().local_addr().unwrap(),
        api.url()
    );
    fs::write(folder.path().join("bot.toml"), bot).unwrap();
    fs::create_dir(folder.path().join("feeds")).unwrap();
    fs::write(folder.path().join("feeds/police.toml"), format!("url = \"{}\"\nlanguage = \"vi\"\n", portal.url())).unwrap();
    let daemon = Daemon::start(folder.path());
    until("the first poll", || folder.path().join("public/police.atom").exists()).await;
    portal.publish(story(10));
    until("the first headline", || told(&api).len() == 1).await;

    let copy = folder.path().join("copy.db");
    let copy = copy.to_str().unwrap();
    let backup = loa(folder.path(), &["backup", copy]).await;
    let said = String::from_utf8_lossy(&backup.stdout).into_owned();
    assert!(backup.status.success() && said.contains("11 articles of 1 feed"), "{said}");
    // As many at once as a list shows, and more in all.
    for number in 11..41 {
        portal.publish(story(number));
        if number % 5 == 0 {
            until("the headlines after the backup", || told(&api).len() == usize::try_from(number - 9).unwrap()).await;
        }
    }
    until("the last headline", || told(&api).len() == 31).await;
    let refused = loa(folder.path(), &["restore", copy]).await;
    assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains("is in use by another loa"));
    let before = ids(folder.path());
    assert!(before.len() >= 40);
    drop(daemon);

    let restored = loa(folder.path(), &["restore", copy]).await;
    let said = String::from_utf8_lossy(&restored.stdout).into_owned();
    assert!(restored.status.success() && said.contains("loa.db.replaced-"), "{said}{}", String::from_utf8_lossy(&restored.stderr));
    // The files still show what the database of before had.
    fs::remove_dir_all(folder.path().join("public")).unwrap();
    let daemon = Daemon::start(folder.path());
    until("the headlines are recorded again", || ids(folder.path()).iter().any(|(url, _)| *url == portal.story_url(&story(40)))).await;
    // What is on the list again has the id that readers know.
    let after = ids(folder.path());
    assert!(after.len() > 11 && after.is_subset(&before), "{:?}", after.difference(&before).collect::<Vec<_>>());
    portal.publish(story(41));
    until("the thirty-first", || told(&api).contains(&story(41).title)).await;
    drop(daemon);
    let said: Vec<String> = (10..42).map(|number| story(number).title).collect();
    assert_eq!(told(&api), said);
}

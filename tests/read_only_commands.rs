//! A command that only looks leaves the database as it is; another program's database is left alone by every command.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::{Command, Output},
};

use jiff::Timestamp;
use loa::store::{Settings, Store};
use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode},
};

/// A database whose own count of formats looks like one of ours.
async fn make(path: &Path, mode: SqliteJournalMode) {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true).journal_mode(mode);
    let recipes = SqlitePool::connect_with(options).await.unwrap();
    sqlx::raw_sql("CREATE TABLE recipes (name TEXT); PRAGMA user_version = 2").execute(&recipes).await.unwrap();
    recipes.close().await;
}

/// Every file of a folder, byte for byte.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_file()).map(|path| (path.display().to_string(), fs::read(&path).unwrap())).collect()
}

fn write_settings(folder: &Path) {
    fs::write(folder.join("bot.toml"), "").unwrap();
    fs::create_dir(folder.join("feeds")).unwrap();
    fs::write(folder.join("feeds/police.toml"), "url = \"https://portal.example/\"\n").unwrap();
}

async fn loa(folder: &Path, words: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    command.args(words.split(' ')).arg("--config").arg(folder.join("bot.toml")).env_remove("TELOXIDE_TOKEN");
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn another_programs_database_is_touched_by_no_command() {
    for mode in [SqliteJournalMode::Delete, SqliteJournalMode::Wal] {
        let folder = tempfile::tempdir().unwrap();
        write_settings(folder.path());
        make(&folder.path().join("loa.db"), mode).await;
        let before = files(folder.path());
        for words in ["run", "run --once", "status", "status police", "deliveries", "deliveries drop 1", "check"] {
            let output = loa(folder.path(), words).await;
            let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
            assert!(!output.status.success() && said.contains("the database of another program"), "{words}: {said}");
            assert!(files(folder.path()) == before, "`loa {words}` left something behind: {:?}", files(folder.path()).keys());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_leaves_the_own_database_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    write_settings(folder.path());
    let settings = Settings::at(format!("sqlite:{}", folder.path().join("loa.db").display()));
    Store::open(&settings, Timestamp::now()).await.unwrap().close().await;
    let before = files(folder.path());
    for words in ["status", "status police", "deliveries", "check"] {
        loa(folder.path(), words).await;
        assert!(files(folder.path()) == before, "`loa {words}` left something behind: {:?}", files(folder.path()).keys());
    }
}

/// A database as an older Loa left it: one feed of one article, told in one channel.
async fn make_older(path: &Path) {
    let options =
        SqliteConnectOptions::new().filename(path).create_if_missing(true).foreign_keys(false).journal_mode(SqliteJournalMode::Wal);
    let old = SqlitePool::connect_with(options).await.unwrap();
    for statements in [
        include_str!("../src/store/sqlite/0001_first.sql"),
        include_str!("../src/store/sqlite/0002_learned.sql"),
        "INSERT INTO feed (id, url, began_at, next_at) VALUES ('police', 'https://portal.example/', 5, 900);
         INSERT INTO article VALUES (7, 'police', 'tag:7', 'Tin', 'tin', 3000, 3000, 1);
         INSERT INTO version (article, number, at, url, title, text, html) VALUES (7, 1, 3000, 'https://portal.example/7', 'Tin cũ', '', '');
         INSERT INTO delivery (channel, article, kind, state, queued_at, due_at) VALUES ('main', 7, 'new', 'sent', 0, 0)",
    ] {
        sqlx::raw_sql(statements).execute(&old).await.unwrap();
    }
    old.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_leaves_a_database_of_an_older_loa_as_it_is_and_says_what_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    write_settings(folder.path());
    make_older(&folder.path().join("loa.db")).await;
    let before = files(folder.path());
    let mut said = String::new();
    for words in ["status --json", "status police", "deliveries", "check"] {
        let output = loa(folder.path(), words).await;
        said += &String::from_utf8_lossy(&output.stdout);
        assert!(files(folder.path()) == before, "`loa {words}` left something behind: {:?}", files(folder.path()).keys());
    }
    for words in ["\"articles\":1", "Tin cũ", "an older loa wrote it; `loa run` brings it up to date"] {
        assert!(said.contains(words), "{words}: {said}");
    }

    // The daemon brings it up to date, and says where the copy is.
    let output = loa(folder.path(), "run --once").await;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let copy = files(folder.path()).into_keys().find(|name| name.contains("loa.db.before-")).unwrap();
    assert!(said.contains(&copy), "{said}");
}

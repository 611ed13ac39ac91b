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
    let settings = Settings { url: format!("sqlite:{}", folder.path().join("loa.db").display()) };
    Store::open(&settings, Timestamp::now()).await.unwrap().close().await;
    let before = files(folder.path());
    for words in ["status", "status police", "deliveries", "check"] {
        loa(folder.path(), words).await;
        assert!(files(folder.path()) == before, "`loa {words}` left something behind: {:?}", files(folder.path()).keys());
    }
}

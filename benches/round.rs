//! What a round costs while nothing is due: `cargo bench --bench round -- FEEDS ARTICLES` (200 of 2,000 each).
//!
//! The database is filled in the first shape that it ever had, which no later change touches: the first round brings it
//! up to date. Printed are the time of that round, of the next one, and of one that finds none of the files that it
//! left.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot be made may stop here")]

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use sqlx::{
    AssertSqlSafe, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode},
};

fn main() {
    let mut numbers = std::env::args().filter_map(|argument| argument.parse().ok());
    let (feeds, articles) = (numbers.next().unwrap_or(200), numbers.next().unwrap_or(2_000));
    let folder = tempfile::tempdir().unwrap();
    write_settings(folder.path(), feeds);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(fill(&folder.path().join("loa.db"), feeds, articles));
    println!("{feeds} feeds of {articles} articles, {:.0} MB", fs::metadata(folder.path().join("loa.db")).unwrap().len() as f64 / 1e6);
    println!("{:.2} s for the first round, with the migration", round(folder.path()));
    println!("{:.2} s for a round in which nothing is due", round(folder.path()));
    fs::remove_dir_all(folder.path().join("public")).unwrap();
    println!("{:.2} s for the same when every file is gone", round(folder.path()));
}

fn write_settings(folder: &Path, feeds: u32) {
    fs::write(folder.join("bot.toml"), "[fetch]\nallow-private = true\n").unwrap();
    fs::create_dir(folder.join("feeds")).unwrap();
    for number in 0..feeds {
        fs::write(folder.join(format!("feeds/feed-{number}.toml")), "url = \"http://127.0.0.1:9/\"\nlanguage = \"vi\"\n").unwrap();
    }
}

async fn fill(path: &Path, feeds: u32, articles: u32) {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true).journal_mode(SqliteJournalMode::Wal);
    let database = SqlitePool::connect_with(options).await.unwrap();
    sqlx::raw_sql(include_str!("../src/store/sqlite/0001_first.sql")).execute(&database).await.unwrap();
    // The articles of all feeds lie between each other, as they come in; nothing is due for a century.
    let rows = format!(
        "BEGIN;
         WITH RECURSIVE feeds (number) AS (SELECT 0 UNION ALL SELECT number + 1 FROM feeds WHERE number + 1 < {feeds})
         INSERT INTO feed (id, url, began_at, polled_at, next_at)
         SELECT 'feed-' || number, 'http://127.0.0.1:9/', 0, 0, 4000000000000 FROM feeds;
         WITH RECURSIVE articles (number) AS (SELECT 0 UNION ALL SELECT number + 1 FROM articles WHERE number + 1 < {feeds} * {articles})
         INSERT INTO article (id, feed, uid, listed_title, folded_title, shown_at, first_seen, version)
         SELECT number + 1, 'feed-' || (number % {feeds}), 'tag:' || number, 'Tin số ' || number, 'tin so ' || number,
                1700000000000 + number * 60000, 1700000000000 + number * 60000, 1 FROM articles;
         INSERT INTO version (article, number, at, url, title, text, html)
         SELECT id, 1, first_seen, 'http://127.0.0.1:9/tin-' || id || '.html', listed_title,
                replace(hex(zeroblob(250)), '00', 'tin '), '<p>' || replace(hex(zeroblob(250)), '00', 'tin ') || '</p>' FROM article;
         INSERT INTO address (feed, key, article) SELECT feed, '127.0.0.1:9/tin-' || id, id FROM article;
         COMMIT"
    );
    sqlx::raw_sql(AssertSqlSafe(rows)).execute(&database).await.unwrap();
    database.close().await;
}

/// Seconds that `loa run --once` takes.
fn round(folder: &Path) -> f64 {
    let start = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    command.args(["run", "--once", "--config"]).arg(folder.join("bot.toml")).env_remove("TELOXIDE_TOKEN").stderr(Stdio::null());
    assert!(command.status().unwrap().success());
    start.elapsed().as_secs_f64()
}

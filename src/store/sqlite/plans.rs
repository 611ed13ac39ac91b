//! How SQLite answers each statement of this folder: what grows with history is found by an index, never read through.

use std::{fs, path::Path};

use sqlx::{AssertSqlSafe, Row};

use super::Sqlite;

/// What grows with every article.
const GROWING: [&str; 4] = ["address", "article", "delivery", "version"];

/// What may be read through: tables with a row for each feed, host or channel, and lists that a statement was given.
const SMALL: [&str; 7] = ["CONSTANT ROW", "channel", "feed", "host", "json_each", "merged", "sqlite_schema"];

/// The states of a delivery that is still to be sent: of rows in these there are as many as wait, not as many as ever were.
const OPEN: [&str; 3] = ["state = 'queued'", "state = 'sending'", "state = 'unknown'"];

/// Statements that may do what is refused otherwise: how they begin, and why that is bounded.
const ALLOWED: [(&str, &str); 3] = [
    ("SELECT feed, key, article FROM address", "asked once, when an older file is brought up to date"),
    ("SELECT state, count(*) FROM delivery", "a person asks, and it is read from an index alone"),
    ("SELECT article.id AS article, article.feed", "what is sorted are the `LIMIT` articles of several feeds"),
];

#[tokio::test]
async fn no_statement_reads_through_what_grows() {
    let folder = tempfile::tempdir().unwrap();
    let store = Sqlite::open(&folder.path().join("loa.db")).await.unwrap();
    let mut refused = Vec::new();
    for (file, statement) in statements() {
        let plan = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"))).fetch_all(&store.pool).await;
        for row in plan.unwrap_or_else(|error| panic!("{file}: {error}: {statement}")) {
            let step: String = row.try_get("detail").unwrap();
            if !is_bounded(&step, &statement) && !ALLOWED.iter().any(|(beginning, _)| statement.starts_with(beginning)) {
                refused.push(format!("{file}: {step}: {statement}"));
            }
        }
    }
    assert!(refused.is_empty(), "\n{}", refused.join("\n"));
}

/// Whether a step of a plan costs the same however much was recorded.
fn is_bounded(step: &str, statement: &str) -> bool {
    let is_limited = statement.contains(" LIMIT ");
    let is_open = statement.split("WHERE").skip(1).any(|condition| OPEN.iter().any(|state| condition.contains(state)));
    if let Some(scanned) = step.strip_prefix("SCAN ") {
        // Along an index or the keys, in the order that is asked for, as far as the limit.
        return SMALL.iter().any(|small| scanned.starts_with(small)) || (is_limited && !statement.contains("WHERE"));
    }
    if step.starts_with("USE TEMP B-TREE") {
        return is_open;
    }
    let is_growing = GROWING.iter().any(|table| step.starts_with(&format!("SEARCH {table} ")));
    let is_wide = ["(feed=?)", "(channel=?)", "(state=?)"].iter().any(|all| step.ends_with(all));
    !is_growing || !is_wide || is_limited || is_open
}

/// Every statement in the files of this folder, with its file's name. One that is written in another way than these is refused:
/// `sqlx::query("…")`, `sqlx::query_scalar("…")`, and the same around `select_…!("…")`, a macro of the same file.
fn statements() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/sqlite");
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.extension().is_none_or(|it| it != "rs") || file == "plans.rs" {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let calls = code.split("sqlx::query").skip(1).map(|rest| rest.strip_prefix("_scalar").unwrap_or(rest));
        found.extend(calls.map(|call| (file.clone(), statement(&file, code, call))));
    }
    found.retain(|(_, statement)| !statement.starts_with("PRAGMA"));
    assert!(found.len() > 40, "only {} statements were found", found.len());
    found
}

fn statement(file: &str, code: &str, call: &str) -> String {
    let shown: String = call.chars().take(60).collect();
    let argument =
        call.strip_prefix('(').unwrap_or_else(|| panic!("{file}: no statement can be read from `sqlx::query{shown}`")).trim_start();
    if argument.starts_with('"') {
        return literal(argument).to_owned();
    }
    let (name, rest) = argument.split_once("!(").filter(|(name, _)| name.starts_with("select_")).unwrap_or_else(|| {
        panic!("{file}: the statement is not written where it is prepared: `sqlx::query{shown}`");
    });
    let (_, definition) = code.split_once(&format!("macro_rules! {name}")).unwrap_or_else(|| panic!("{file}: no `{name}!` here"));
    format!("{}{}", literal(definition), literal(rest))
}

/// The first string in `text`; statements need no escapes.
fn literal(text: &str) -> &str {
    text.split('"').nth(1).unwrap()
}

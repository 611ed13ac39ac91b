//! How SQLite answers each statement of this folder: what grows with history is found by an index, never read through.

use sqlx::{AssertSqlSafe, Row};

use super::{Pool, open};
use crate::store::statements::statements;

/// What grows with every article.
const GROWING: [&str; 5] = ["address", "article", "delivery", "trouble", "version"];

/// What may be read through: tables with a row for each feed, host, channel or headline that waits, and lists that a
/// statement was given.
const SMALL: [&str; 16] = [
    "CONSTANT ROW",
    "channel",
    "definition",
    "definitions_changed",
    "feed",
    "host",
    "json_each",
    "merged",
    "paused",
    "pending",
    "place",
    "polled",
    "published",
    "renamed",
    "sqlite_schema",
    "worker",
];

/// The states of a delivery that is still to be sent: of rows in these there are as many as wait, not as many as ever
/// were.
const OPEN: [&str; 3] = ["state = 'queued'", "state = 'sending'", "state = 'unknown'"];

/// Statements that may do what is refused otherwise: how they begin, and why that is bounded.
const ALLOWED: [(&str, &str); 14] = [
    ("DELETE FROM feed WHERE polled_at IS NULL", "of what was never polled there is nothing, and that is looked for"),
    ("DELETE FROM feed WHERE id = ?2 AND polled_at IS NULL", "the same"),
    ("UPDATE feed SET id", "a person gives a feed another name"),
    ("UPDATE article SET feed", "the same"),
    ("UPDATE address SET feed", "the same"),
    ("SELECT feed, key, article FROM address", "asked once, when an older file is brought up to date"),
    ("SELECT id, listed_title, folded_title FROM article", "the same"),
    ("UPDATE delivery SET state = 'dropped', settled_at = ?, due_at = 0, why = ?", "a person puts a backup back: what is open"),
    ("UPDATE delivery SET doubtful = 1", "the same"),
    ("SELECT trouble.id AS trouble", "an index that holds none but the open ones"),
    ("UPDATE trouble SET subject", "the same"),
    ("SELECT id FROM trouble WHERE over_at IS NULL", "the same, once at the start"),
    ("SELECT state, count(*) FROM delivery", "a person asks, and it is read from an index alone"),
    ("SELECT article.id AS article, article.feed", "what is sorted are the `LIMIT` articles of several feeds"),
];

#[tokio::test]
async fn no_statement_reads_through_what_grows() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("loa.db")).await.unwrap();
    let Pool::Sqlite(pool, _) = &store.pool else { panic!() };
    let mut refused = Vec::new();
    for (file, statement) in statements("sqlite") {
        let plan = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"))).fetch_all(pool).await;
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
        let is_list_of_ten = scanned.starts_with("newest_ten") && statement.contains("LIMIT 10)");
        return is_list_of_ten
            || SMALL.iter().any(|small| scanned.starts_with(small))
            || (is_limited && !outermost(statement).contains("WHERE"));
    }
    if step.starts_with("USE TEMP B-TREE") {
        return is_open;
    }
    let is_growing = GROWING.iter().any(|table| step.starts_with(&format!("SEARCH {table} ")));
    let is_wide = ["(feed=?)", "(channel=?)", "(state=?)"].iter().any(|all| step.ends_with(all));
    !is_growing || !is_wide || is_limited || is_open
}

/// A statement without those in it, which have steps of their own.
fn outermost(statement: &str) -> String {
    let mut depth = 0;
    let mut outer = String::new();
    for letter in statement.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 => outer.push(letter),
            _ => (),
        }
    }
    outer
}

//! How PostgreSQL answers each statement: it costs the same however much was recorded.
//!
//! Asked are plans that hold whatever the parameters are. No table that grows with history may be read through, not
//! even in the hope that what is looked for comes first; and with a hundred times as many rows, as far as the planner
//! knows, a statement may not cost many times as much. Without leave to read a table through there is no plan that does
//! so only because the tables of a test are small.

use loa_stand_ins::postgres::Postgres;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Executor as _, PgConnection, Row as _};

use super::open;
use crate::store::{
    Settings,
    sql::statement::{Pool, translate},
    statements::statements,
};

/// What grows with every article.
const GROWING: [&str; 5] = ["address", "article", "delivery", "trouble", "version"];

/// How many times as many rows there are, and how many times as much a statement may cost then: an index is deeper.
const MORE: u32 = 100;
const MOST: f64 = 3.0;

/// What is open: there is as much as waits, not as much as ever was, which the planner does not know.
const OPEN: [&str; 4] = ["state = 'queued'", "state = 'sending'", "state = 'unknown'", "over_at IS NULL"];

/// An index that holds none but what is open.
const OPEN_ALONE: &str = "trouble_open";

/// A part of statements that SQLite is asked alone: `latest.rs` has the other form.
const ELSEWHERE: &str = "WITH RECURSIVE merged";

/// Statements that may do what is refused otherwise: how they begin, and why that is bounded.
const ALLOWED: [(&str, &str); 7] = [
    ("SELECT feed, key, article FROM address", "asked once, when an older store is brought up to date"),
    ("SELECT id, listed_title, folded_title FROM article", "the same"),
    ("UPDATE article SET feed", "a person gives a feed another name"),
    ("UPDATE address SET feed", "the same"),
    ("UPDATE delivery INDEXED BY delivery_due SET state = ?1", "a person decides about all that is in some states"),
    ("SELECT state, count(*) FROM delivery", "a person asks"),
    ("SELECT delivery.id AS delivery, channel", "the same, of the newest that are in one state"),
];

/// What a macro of `session.rs` repeats is not seen here; it is a condition on few rows.
const UNSEEN: (&str, &str) = ("objid::bigint  AND", "objid::bigint <> 0 AND");

/// Rows in every table that grows: enough that an index is worth its while.
const FILL: &str = "
    INSERT INTO feed (id, url, next_at, host) SELECT 'feed-' || n, 'https://a.vn/' || n, n, n || '.vn' FROM generate_series(0, 3) AS n;
    INSERT INTO article (id, feed, uid, listed_title, folded_title, shown_at, first_seen, version)
        SELECT n, 'feed-' || n % 4, 'tag:' || n, 'Tin ' || n, 'tin ' || n, n, n, 1 FROM generate_series(1, 20000) AS n;
    INSERT INTO version (article, number, at, url, title, text, html)
        SELECT n, 1, n, 'https://a.vn/' || n, 'Tin ' || n, 'a', 'b' FROM generate_series(1, 20000) AS n;
    INSERT INTO address (feed, key, article) SELECT 'feed-' || n % 4, 'a.vn/' || n, n FROM generate_series(1, 20000) AS n;
    INSERT INTO trouble (id, kind, subject, feeds, open_feeds, why, tries, began_at, over_at)
        SELECT n, 'feed', 'feed-' || n, '[]', '[]', 'x', 3, n, CASE WHEN n < 4990 THEN n END FROM generate_series(1, 5000) AS n;
    INSERT INTO delivery (id, channel, article, kind, state, queued_at, due_at)
        SELECT n, 'channel-' || n % 5, n, 'article', CASE WHEN n < 19900 THEN 'sent' WHEN n < 19950 THEN 'dead' ELSE 'queued' END, n, n FROM generate_series(1, 20000) AS n;
    ANALYZE";

#[tokio::test]
async fn no_statement_reads_through_what_grows() {
    let database = open(&Settings::at(Postgres::shared().database())).await.unwrap();
    let Pool::Postgres(pool) = &database.pool else { panic!() };
    let mut connection = pool.acquire().await.unwrap();
    connection.execute(sqlx::raw_sql(FILL)).await.unwrap();
    connection.execute(sqlx::raw_sql("SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off")).await.unwrap();
    let statements: Vec<_> = statements("postgres").into_iter().filter(|(_, statement)| !statement.contains(ELSEWHERE)).collect();
    let mut plans = Vec::new();
    let mut refused = Vec::new();
    for (file, statement) in &statements {
        match plan(&mut connection, statement).await {
            Ok(plan) => plans.push((file, statement, plan)),
            Err(error) => refused.push(format!("{file}: {error}: {statement}")),
        }
    }
    let tables = GROWING.map(|table| format!("'{table}'::regclass")).join(", ");
    let grown = format!("UPDATE pg_class SET reltuples = reltuples * {MORE} WHERE oid IN ({tables})");
    connection.execute(sqlx::raw_sql(AssertSqlSafe(grown))).await.unwrap();
    let is_allowed = |statement: &str| ALLOWED.iter().any(|(beginning, _)| statement.starts_with(beginning));
    for (file, statement, before) in plans.into_iter().filter(|(_, statement, _)| !is_allowed(statement)) {
        let after = plan(&mut connection, statement).await.unwrap();
        let (cost, more) = (cost(&before), cost(&after));
        let is_open = OPEN.iter().any(|open| statement.split("WHERE").skip(1).any(|condition| condition.contains(open)));
        if more > MOST * cost && !is_open {
            refused.push(format!("{file}: costs {more} in place of {cost}: {statement}"));
        }
        for plan in [&before, &after] {
            let mut steps = Vec::new();
            unbounded(plan, false, &mut steps);
            refused.extend(steps.iter().map(|step| format!("{file}: {step}: {statement}")));
        }
    }
    assert!(refused.is_empty(), "\n{}", refused.join("\n"));
}

fn cost(plan: &Value) -> f64 {
    plan["Total Cost"].as_f64().unwrap()
}

/// The plan of a statement, whatever its parameters are.
async fn plan(connection: &mut PgConnection, statement: &str) -> Result<Value, sqlx::Error> {
    // Of a limit that it does not know the planner thinks that it is a part of all rows.
    let (unseen, seen) = UNSEEN;
    let mut pieces = statement.split("LIMIT ?");
    let mut known = pieces.next().unwrap().to_owned();
    pieces.for_each(|piece| known.push_str(&format!("LIMIT 100{}", piece.trim_start_matches(|letter: char| letter.is_ascii_digit()))));
    let put = translate(&known.replace(unseen, seen));
    let parameters = (1..=20).rev().find(|number| put.contains(&format!("${number}"))).unwrap_or(0);
    prepare(connection, &put, parameters).await?;
    let values = if parameters == 0 { String::new() } else { format!("({})", vec!["NULL"; parameters].join(", ")) };
    let row = sqlx::raw_sql(AssertSqlSafe(format!("EXPLAIN (FORMAT JSON) EXECUTE asked{values}"))).fetch_one(&mut *connection).await?;
    let plan: String = row.try_get_unchecked(0)?;
    connection.execute(sqlx::raw_sql("DEALLOCATE asked")).await?;
    let plan: Value = serde_json::from_str(&plan).unwrap();
    Ok(plan[0]["Plan"].clone())
}

/// Parameters are what the server takes them for; where that cannot be said or is wrong, they are texts, and one or two
/// of them numbers.
async fn prepare(connection: &mut PgConnection, put: &str, parameters: usize) -> Result<(), sqlx::Error> {
    let pairs = (0..parameters).flat_map(|one| (one..parameters).map(move |other| [one, other]));
    let guesses = pairs.flat_map(|numbers| [("unknown", numbers), ("text", numbers)]);
    let mut failed = None;
    for (otherwise, numbers) in [("unknown", [parameters; 2]), ("text", [parameters; 2])].into_iter().chain(guesses) {
        let kinds: Vec<&str> = (0..parameters).map(|at| if numbers.contains(&at) { "bigint" } else { otherwise }).collect();
        let kinds = if kinds.is_empty() { String::new() } else { format!("({})", kinds.join(", ")) };
        match connection.execute(sqlx::raw_sql(AssertSqlSafe(format!("PREPARE asked {kinds} AS {put}")))).await {
            Ok(_) => return Ok(()),
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    Err(failed.unwrap_or(sqlx::Error::RowNotFound))
}

/// Takes in the steps of a plan that read a table through. `is_limited`: whoever asks for the rows takes as many as a
/// limit says, in the order in which they come.
fn unbounded(step: &Value, is_limited: bool, found: &mut Vec<String>) {
    let text = |key: &str| step[key].as_str().unwrap_or_default().to_owned();
    let (kind, table, index) = (text("Node Type"), text("Relation Name"), text("Index Name"));
    let is_found = !text("Index Cond").is_empty() || (is_limited && text("Filter").is_empty());
    let is_read_through = kind == "Seq Scan" || (["Index Scan", "Index Only Scan"].contains(&kind.as_str()) && !is_found);
    if is_read_through && index != OPEN_ALONE && GROWING.contains(&table.as_str()) {
        found.push(format!("{kind} of `{table}` by `{index}`"));
    }
    let is_limited = match kind.as_str() {
        "Limit" => true,
        // All rows are read before the first one is given.
        "Sort" | "Aggregate" | "Hash" | "Materialize" | "WindowAgg" => false,
        _ => is_limited,
    };
    for inner in step["Plans"].as_array().into_iter().flatten() {
        unbounded(inner, is_limited, found);
    }
}

//! Statements, counted as they are made: what the store costs is told in them.

use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::{
    FromRow, Sqlite as Driver,
    query::{Query, QueryAs, QueryScalar},
    sqlite::{SqliteArguments, SqliteRow},
};

/// Of all stores of this process: there is one but in tests.
static MADE: AtomicU64 = AtomicU64::new(0);

/// How many were made.
pub fn made() -> u64 {
    MADE.load(Ordering::Relaxed)
}

/// Counts those that are not written here, such as the begin and the end of a transaction.
pub fn count(statements: u64) {
    MADE.fetch_add(statements, Ordering::Relaxed);
}

pub fn query<'q>(sql: &'static str) -> Query<'q, Driver, SqliteArguments> {
    count(1);
    sqlx::query(sql)
}

pub fn query_as<'q, O: for<'r> FromRow<'r, SqliteRow>>(sql: &'static str) -> QueryAs<'q, Driver, O, SqliteArguments> {
    count(1);
    sqlx::query_as(sql)
}

pub fn query_scalar<'q, O>(sql: &'static str) -> QueryScalar<'q, Driver, O, SqliteArguments>
where
    (O,): for<'r> FromRow<'r, SqliteRow>,
{
    count(1);
    sqlx::query_scalar(sql)
}

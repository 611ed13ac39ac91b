//! Statements, written once in SQLite's words and made on whichever database is open; counted as they are made.
//!
//! What PostgreSQL says otherwise is put right here: how parameters are written, and no hints about indexes. Every
//! number is a 64-bit integer and every text is a text in both, so that a value has one form.

use std::{
    collections::HashMap,
    sync::{
        LazyLock, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use sqlx::{
    ColumnIndex, Decode, PgPool, Postgres, Row as _, Sqlite, SqlitePool, Type,
    postgres::{PgArguments, PgRow},
    query::Query as Prepared,
    sqlite::{SqliteArguments, SqliteRow},
};

use super::turns::{Load, Turn, Turns};
use crate::store::{Error, postgres};

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

/// The connections to a database.
#[derive(Debug, Clone)]
pub enum Pool {
    Sqlite(SqlitePool, Turns),
    Postgres(PgPool),
}

impl Pool {
    pub fn of_file(pool: SqlitePool) -> Self {
        Self::Sqlite(pool, Turns::default())
    }

    pub async fn close(&self) {
        match self {
            Self::Sqlite(pool, _) => pool.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }

    /// A transaction that may write. On SQLite it has the file to itself; on PostgreSQL what must not happen at once is
    /// locked by its name ([`Transaction::lock`]).
    pub async fn write(&self) -> Result<Transaction, Error> {
        self.write_load(Load::Little).await
    }

    /// The same for what may write much.
    pub async fn write_load(&self, load: Load) -> Result<Transaction, Error> {
        // It begins, and it ends.
        count(2);
        Ok(match self {
            Self::Sqlite(pool, turns) => {
                let turn = turns.next(load).await?;
                Transaction::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?, Some(turn))
            }
            Self::Postgres(pool) => Transaction::Postgres(pool.begin().await.map_err(postgres::failure)?),
        })
    }
}

/// What is written whole or not at all.
pub enum Transaction {
    Sqlite(sqlx::Transaction<'static, Sqlite>, Option<Turn>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

impl Transaction {
    pub async fn commit(self) -> Result<(), Error> {
        match self {
            Self::Sqlite(transaction, _turn) => transaction.commit().await?,
            Self::Postgres(transaction) => transaction.commit().await.map_err(postgres::failure)?,
        }
        Ok(())
    }

    /// Keeps everybody else away from what has this name until the end of the transaction: a file is the writer's alone
    /// anyway. Several names are taken in this order, so that no two wait for each other: definitions, feeds, troubles,
    /// channels by their names, places, documents.
    pub async fn lock(&mut self, kind: &str, name: &str) -> Result<(), Error> {
        if matches!(self, Self::Postgres(_)) {
            let statement = "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ' ' || ?, 0))";
            query(statement).bind(format!("{kind} {name}")).execute(self).await?;
        }
        Ok(())
    }

    /// Rows may name others that are not there yet, until the end.
    pub async fn defer_references(&mut self) -> Result<(), Error> {
        let statement = match self {
            Self::Sqlite(..) => "PRAGMA defer_foreign_keys = ON",
            Self::Postgres(_) => "SET CONSTRAINTS ALL DEFERRED",
        };
        query(statement).execute(self).await?;
        Ok(())
    }
}

/// Where a statement is made.
pub enum On<'a> {
    Pool(&'a Pool),
    Transaction(&'a mut Transaction),
}

impl<'a> From<&'a Pool> for On<'a> {
    fn from(pool: &'a Pool) -> Self {
        Self::Pool(pool)
    }
}

impl<'a> From<&'a mut Transaction> for On<'a> {
    fn from(transaction: &'a mut Transaction) -> Self {
        Self::Transaction(transaction)
    }
}

/// What a parameter can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parameter {
    Number(Option<i64>),
    Text(Option<String>),
    Truth(bool),
}

macro_rules! parameters {
    ($($kind:ident: $($from:ty => $into:expr),+;)+) => {
        $($(
            impl From<$from> for Parameter {
                fn from(value: $from) -> Self {
                    let into: fn($from) -> _ = $into;
                    Self::$kind(into(value))
                }
            }
        )+)+
    };
}

parameters! {
    Number: i64 => Some, &i64 => |value| Some(*value), u32 => |value| Some(value.into()), Option<i64> => |value| value, Option<u32> => |value| value.map(i64::from);
    Text: &str => |value| Some(value.to_owned()), String => Some, &String => |value| Some(value.clone()), Option<String> => |value| value,
        &Option<String> => Clone::clone, Option<&str> => |value| value.map(str::to_owned), Option<&String> => |value| value.cloned();
    Truth: bool => |value| value;
}

/// A statement with its parameters.
#[derive(Debug)]
pub struct Query {
    statement: &'static str,
    parameters: Vec<Parameter>,
}

pub fn query(statement: &'static str) -> Query {
    Query { statement, parameters: Vec::new() }
}

impl Query {
    #[must_use]
    pub fn bind(mut self, value: impl Into<Parameter>) -> Self {
        self.parameters.push(value.into());
        self
    }

    /// How many rows it changed.
    pub async fn execute(self, on: impl Into<On<'_>>) -> Result<u64, Error> {
        count(1);
        Ok(match on.into() {
            On::Pool(Pool::Sqlite(pool, turns)) => {
                let _turn = turns.next(Load::Little).await?;
                self.on_sqlite().execute(pool).await?.rows_affected()
            }
            On::Pool(Pool::Postgres(pool)) => self.on_postgres().execute(pool).await.map_err(postgres::failure)?.rows_affected(),
            On::Transaction(Transaction::Sqlite(transaction, _)) => self.on_sqlite().execute(&mut **transaction).await?.rows_affected(),
            On::Transaction(Transaction::Postgres(transaction)) => {
                self.on_postgres().execute(&mut **transaction).await.map_err(postgres::failure)?.rows_affected()
            }
        })
    }

    pub async fn fetch_all(self, on: impl Into<On<'_>>) -> Result<Vec<Row>, Error> {
        count(1);
        Ok(match on.into() {
            On::Pool(Pool::Sqlite(pool, _)) => sqlite_rows(self.on_sqlite().fetch_all(pool).await?),
            On::Pool(Pool::Postgres(pool)) => postgres_rows(self.on_postgres().fetch_all(pool).await.map_err(postgres::failure)?),
            On::Transaction(Transaction::Sqlite(transaction, _)) => sqlite_rows(self.on_sqlite().fetch_all(&mut **transaction).await?),
            On::Transaction(Transaction::Postgres(transaction)) => {
                postgres_rows(self.on_postgres().fetch_all(&mut **transaction).await.map_err(postgres::failure)?)
            }
        })
    }

    /// The first row, of a statement that gives one at most.
    pub async fn fetch_optional(self, on: impl Into<On<'_>>) -> Result<Option<Row>, Error> {
        Ok(self.fetch_all(on).await?.into_iter().next())
    }

    pub async fn fetch_one(self, on: impl Into<On<'_>>) -> Result<Row, Error> {
        Ok(self.fetch_optional(on).await?.ok_or(sqlx::Error::RowNotFound)?)
    }

    fn on_sqlite(self) -> Prepared<'static, Sqlite, SqliteArguments> {
        self.parameters.into_iter().fold(sqlx::query(self.statement), |query, parameter| match parameter {
            Parameter::Number(number) => query.bind(number),
            Parameter::Text(text) => query.bind(text),
            Parameter::Truth(truth) => query.bind(truth),
        })
    }

    fn on_postgres(self) -> Prepared<'static, Postgres, PgArguments> {
        self.parameters.into_iter().fold(sqlx::query(in_postgres(self.statement)), |query, parameter| match parameter {
            Parameter::Number(number) => query.bind(number),
            // A text without an end for PostgreSQL; no page that people read has one.
            Parameter::Text(text) => query.bind(text.map(|text| if text.contains('\0') { text.replace('\0', "\u{FFFD}") } else { text })),
            Parameter::Truth(truth) => query.bind(truth),
        })
    }
}

fn sqlite_rows(rows: Vec<SqliteRow>) -> Vec<Row> {
    rows.into_iter().map(Row::Sqlite).collect()
}

fn postgres_rows(rows: Vec<PgRow>) -> Vec<Row> {
    rows.into_iter().map(Row::Postgres).collect()
}

/// What came back.
pub enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// What a column can be read as.
pub trait Value: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres> {}
impl<T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>> Value for T {}

/// How a column is named.
pub trait Column: ColumnIndex<SqliteRow> + ColumnIndex<PgRow> {}
impl<T: ColumnIndex<SqliteRow> + ColumnIndex<PgRow>> Column for T {}

impl Row {
    pub fn try_get<T: Value, C: Column>(&self, column: C) -> Result<T, Error> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
        })
    }
}

/// The columns of a row, as a value or several.
pub trait Columns: Sized {
    fn read(row: &Row) -> Result<Self, Error>;
}

impl<A: Value> Columns for (A,) {
    fn read(row: &Row) -> Result<Self, Error> {
        Ok((row.try_get(0)?,))
    }
}

impl<A: Value, B: Value> Columns for (A, B) {
    fn read(row: &Row) -> Result<Self, Error> {
        Ok((row.try_get(0)?, row.try_get(1)?))
    }
}

impl<A: Value, B: Value, C: Value> Columns for (A, B, C) {
    fn read(row: &Row) -> Result<Self, Error> {
        Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?))
    }
}

/// A statement whose rows are read as they come.
pub struct QueryAs<T>(Query, std::marker::PhantomData<fn() -> T>);

pub fn query_as<T: Columns>(statement: &'static str) -> QueryAs<T> {
    QueryAs(query(statement), std::marker::PhantomData)
}

impl<T: Columns> QueryAs<T> {
    #[must_use]
    pub fn bind(self, value: impl Into<Parameter>) -> Self {
        Self(self.0.bind(value), self.1)
    }

    pub async fn fetch_all(self, on: impl Into<On<'_>>) -> Result<Vec<T>, Error> {
        self.0.fetch_all(on).await?.iter().map(T::read).collect()
    }

    pub async fn fetch_optional(self, on: impl Into<On<'_>>) -> Result<Option<T>, Error> {
        self.0.fetch_optional(on).await?.as_ref().map(T::read).transpose()
    }

    pub async fn fetch_one(self, on: impl Into<On<'_>>) -> Result<T, Error> {
        T::read(&self.0.fetch_one(on).await?)
    }
}

/// A statement of one column.
pub struct QueryScalar<T>(QueryAs<(T,)>);

pub fn query_scalar<T: Value>(statement: &'static str) -> QueryScalar<T> {
    QueryScalar(query_as(statement))
}

impl<T: Value> QueryScalar<T> {
    #[must_use]
    pub fn bind(self, value: impl Into<Parameter>) -> Self {
        Self(self.0.bind(value))
    }

    pub async fn fetch_all(self, on: impl Into<On<'_>>) -> Result<Vec<T>, Error> {
        Ok(self.0.fetch_all(on).await?.into_iter().map(|(value,)| value).collect())
    }

    pub async fn fetch_optional(self, on: impl Into<On<'_>>) -> Result<Option<T>, Error> {
        Ok(self.0.fetch_optional(on).await?.map(|(value,)| value))
    }

    pub async fn fetch_one(self, on: impl Into<On<'_>>) -> Result<T, Error> {
        Ok(self.0.fetch_one(on).await?.0)
    }
}

/// A statement in PostgreSQL's words. There are as many as are written in this program, and each is put into them once.
fn in_postgres(statement: &'static str) -> &'static str {
    static KNOWN: LazyLock<RwLock<HashMap<&'static str, &'static str>>> = LazyLock::new(RwLock::default);
    if let Some(known) = KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(statement) {
        return known;
    }
    let put: &'static str = translate(statement).leak();
    KNOWN.write().unwrap_or_else(PoisonError::into_inner).entry(statement).or_insert(put)
}

/// The same for one that is put together while a test runs.
pub(in crate::store) fn translate(statement: &str) -> String {
    const HINT: &str = " INDEXED BY ";
    let mut put = String::with_capacity(statement.len());
    let (mut rest, mut parameters, mut is_text) = (statement, 0, false);
    while let Some(letter) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix(HINT).filter(|_| !is_text) {
            rest = after.trim_start_matches(|letter: char| letter == '_' || letter.is_ascii_alphanumeric());
            continue;
        }
        rest = &rest[letter.len_utf8()..];
        match letter {
            '\'' => is_text = !is_text,
            '?' if !is_text => {
                put.push('$');
                if !rest.starts_with(|next: char| next.is_ascii_digit()) {
                    parameters += 1;
                    put.push_str(&parameters.to_string());
                }
                continue;
            }
            _ => (),
        }
        put.push(letter);
    }
    put
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_has_the_same_parameters_in_both_and_hints_in_one() {
        let of = [
            ("SELECT a FROM b WHERE c = ? AND d = ?", "SELECT a FROM b WHERE c = $1 AND d = $2"),
            ("UPDATE a INDEXED BY a_due SET b = ?2 WHERE c = ?1", "UPDATE a SET b = $2 WHERE c = $1"),
            ("SELECT '?', 'it''s ?' WHERE a = ?", "SELECT '?', 'it''s ?' WHERE a = $1"),
        ];
        for (sqlite, postgres) in of {
            assert_eq!(translate(sqlite), postgres);
        }
    }
}

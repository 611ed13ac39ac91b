//! The store in one SQLite file: opened by one daemon, in write-ahead mode, every commit on the disk.
//!
//! Every writing transaction begins with `BEGIN IMMEDIATE`: one that reads first and writes later is told
//! "database is locked" whatever the busy timeout, when another wrote in between.

mod articles;
mod clock;
mod copy;
mod documents;
mod feeds;
mod learning;
mod open;
mod operator;
mod outbox;
mod rekey;
mod restore;
mod rows;
mod statement;
mod troubles;
mod work;

#[cfg(test)]
mod plans;

use std::{
    fs::File,
    path::{Path, PathBuf},
    sync::Arc,
};

use sqlx::{Sqlite as Driver, SqlitePool, Transaction};
use tempfile::TempDir;

use self::statement::query_scalar;
use super::Error;
use crate::cause;

/// The version of the SQLite library that is built in.
///
/// # Errors
/// When it does not even answer this.
pub async fn version() -> Result<String, Error> {
    let pool = SqlitePool::connect("sqlite::memory:").await?;
    let version = query_scalar("SELECT sqlite_version()").fetch_one(&pool).await?;
    pool.close().await;
    Ok(version)
}

pub use open::is_in_use;
pub use statement::made as statements;

/// An open file.
#[derive(Debug, Clone)]
pub struct Sqlite {
    pool: SqlitePool,
    leases: work::Leases,
    /// Held by the daemon; the system lets go of it when the process dies.
    _lock: Option<Arc<File>>,
    /// What is open is an updated copy of a file in this older format, and goes with its folder.
    older: Option<i64>,
    _folder: Option<Arc<TempDir>>,
    /// The copy that was made before this file was brought up to date.
    copy_before: Option<PathBuf>,
}

impl Sqlite {
    fn of(pool: SqlitePool) -> Self {
        Self { pool, leases: work::Leases::default(), _lock: None, older: None, _folder: None, copy_before: None }
    }

    pub fn older(&self) -> Option<i64> {
        self.older
    }

    pub fn copy_before(&self) -> Option<&Path> {
        self.copy_before.as_deref()
    }

    pub async fn close(self) {
        self.pool.close().await;
    }

    /// A transaction that may write.
    async fn write(&self) -> Result<Transaction<'static, Driver>, Error> {
        // It begins, and it ends.
        statement::count(2);
        Ok(self.pool.begin_with("BEGIN IMMEDIATE").await?)
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(cause::plain(&error).into())
    }
}

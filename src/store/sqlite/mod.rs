//! The store in one SQLite file: opened by one daemon, in write-ahead mode, every commit on the disk.
//!
//! Every writing transaction begins with `BEGIN IMMEDIATE`: one that reads first and writes later is told
//! "database is locked" whatever the busy timeout, when another wrote in between.

mod copy;
mod leases;
mod open;
mod restore;

#[cfg(test)]
mod plans;

use std::{fs::File as Lock, path::PathBuf, sync::Arc};

use sqlx::SqlitePool;
use tempfile::TempDir;

use super::{
    Error,
    sql::{Database, Own, statement::Pool},
};

pub use copy::back_up;
#[cfg(test)]
pub use open::NEWEST;
pub use open::{is_in_use, open, visit};
pub use restore::restore;

/// The version of the SQLite library that is built in.
///
/// # Errors
/// When it does not even answer this.
pub async fn version() -> Result<String, Error> {
    let pool = SqlitePool::connect("sqlite::memory:").await?;
    let version = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&pool).await?;
    pool.close().await;
    Ok(version)
}

/// What only a file has.
#[derive(Debug, Clone, Default)]
pub struct File {
    pub leases: leases::Leases,
    /// Held by the daemon; the system lets go of it when the process dies.
    _lock: Option<Arc<Lock>>,
    /// What is open is an updated copy of a file in this older format, and goes with its folder.
    pub older: Option<i64>,
    _folder: Option<Arc<TempDir>>,
    /// The copy that was made before this file was brought up to date.
    pub copy_before: Option<PathBuf>,
}

fn database(pool: SqlitePool, file: File) -> Database {
    Database { pool: Pool::of_file(pool), own: Own::Sqlite(file) }
}

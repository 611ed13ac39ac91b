//! The store in one SQLite file: opened by one daemon, in write-ahead mode, every commit on the disk.
//!
//! Every writing transaction begins with `BEGIN IMMEDIATE`: one that reads first and writes later is told
//! "database is locked" whatever the busy timeout, when another wrote in between.

mod articles;
mod feeds;
mod learning;
mod open;
mod operator;
mod outbox;
mod rekey;
mod rows;

#[cfg(test)]
mod plans;

use std::{fs::File, sync::Arc};

use sqlx::{Sqlite as Driver, SqlitePool, Transaction};

use super::Error;

/// An open file.
#[derive(Debug, Clone)]
pub struct Sqlite {
    pool: SqlitePool,
    /// Held by the daemon; the system lets go of it when the process dies.
    _lock: Option<Arc<File>>,
}

impl Sqlite {
    pub async fn close(self) {
        self.pool.close().await;
    }

    /// A transaction that may write.
    async fn write(&self) -> Result<Transaction<'static, Driver>, Error> {
        Ok(self.pool.begin_with("BEGIN IMMEDIATE").await?)
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(Box::new(error))
    }
}

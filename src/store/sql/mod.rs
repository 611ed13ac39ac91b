//! The store in a database that speaks SQL: what every such database does alike, in statements that stand once.
//!
//! What only one of them does is beside this, in a folder for each: how it is opened, brought up to date and copied,
//! and where it keeps who has which host.

pub(super) mod articles;
mod clock;
mod definitions;
mod documents;
pub(super) mod feeds;
mod learning;
mod operator;
mod outbox;
pub(super) mod rekey;
pub(super) mod rows;
pub(super) mod statement;
mod troubles;
mod turns;
pub(super) mod work;

use super::{Error, Heard, Terms, postgres::Server, sqlite::File};
use crate::cause;

pub use statement::made as statements;
use statement::{On, Pool, query_scalar};

/// An open database.
#[derive(Debug, Clone)]
pub struct Database {
    pub(super) pool: Pool,
    pub(super) own: Own,
}

/// What only one kind of database has.
#[derive(Debug, Clone)]
pub enum Own {
    Sqlite(File),
    Postgres(Server),
}

impl Database {
    /// What there is of a file, where it is one.
    pub fn file(&self) -> Option<&File> {
        match &self.own {
            Own::Sqlite(file) => Some(file),
            Own::Postgres(_) => None,
        }
    }

    /// The number of a new lease: told apart from any other, and of a server it says whose it is.
    pub fn lease_number(&self) -> i64 {
        match &self.own {
            Own::Sqlite(_) => fastrand::i64(1..i64::MAX),
            Own::Postgres(server) => server.lease_number(),
        }
    }

    /// Waits until another process has changed something.
    pub async fn hear(&self) -> Result<Heard, Error> {
        match &self.own {
            Own::Sqlite(_) => std::future::pending().await,
            Own::Postgres(server) => server.hear().await,
        }
    }

    /// What another process has otherwise that all must have alike.
    pub async fn agree(&self, terms: &Terms) -> Result<Option<&'static str>, Error> {
        match &self.own {
            Own::Sqlite(_) => Ok(None),
            Own::Postgres(server) => server.agree([terms.public_url.clone(), terms.channels.clone()]).await,
        }
    }

    /// Tells the other processes that something has changed, once that is written.
    async fn tell(&self, on: impl Into<On<'_>>, what: Heard) -> Result<(), Error> {
        match &self.own {
            Own::Sqlite(_) => Ok(()),
            Own::Postgres(server) => server.tell(on.into(), &what).await,
        }
    }

    /// What is damaged. A server looks after its own pages.
    pub async fn damage(&self) -> Result<Option<String>, Error> {
        match &self.own {
            Own::Sqlite(_) => {
                let found: String = query_scalar("PRAGMA quick_check(1)").fetch_one(&self.pool).await?;
                Ok((found != "ok").then_some(found))
            }
            Own::Postgres(_) => Ok(None),
        }
    }

    pub async fn close(self) {
        if let Own::Postgres(server) = &self.own {
            server.leave().await;
        }
        self.pool.close().await;
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(cause::plain(&error).into())
    }
}

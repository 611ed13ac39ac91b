//! What PostgreSQL says goes wrong, by what is to be done about it.

use sqlx::error::DatabaseError;

use crate::{cause, store::Error};

/// Serialization failure, deadlock, a statement that was cut off as the server shuts down or the session was ended.
const PASSING: [&str; 5] = ["40001", "40P01", "57P01", "57P02", "25P03"];
/// The server is starting, shutting down, or has no place for one more.
const NOT_YET: [&str; 3] = ["57P03", "53300", "57P01"];
/// No such role, another password, no rule that lets the role in; no such database, none that may be connected to.
const REFUSED: [&str; 5] = ["28000", "28P01", "3D000", "55000", "0P000"];
/// The role may not.
const NO_RIGHT: &str = "42501";

/// Of a statement.
pub fn failure(error: sqlx::Error) -> Error {
    let plain = || words(&error).into();
    match &error {
        // The connection broke: with another it works, or none is to be had.
        sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => Error::Conflict(plain()),
        sqlx::Error::PoolTimedOut | sqlx::Error::Tls(_) => Error::Away("no connection in time".into()),
        sqlx::Error::Database(database) if is_one_of(&PASSING, database.as_ref()) => Error::Conflict(plain()),
        sqlx::Error::Database(database) if is_one_of(&NOT_YET, database.as_ref()) => Error::Away(plain()),
        _ => Error::Database(plain()),
    }
}

/// Of the first connection, to the server that is called `store`.
pub fn refusal(store: String, error: sqlx::Error) -> Error {
    match error {
        sqlx::Error::Database(error) if is_one_of(&REFUSED, error.as_ref()) => Error::Refused { store, why: error.message().to_owned() },
        sqlx::Error::Database(error) if error.code().as_deref() == Some(NO_RIGHT) => {
            Error::Rights { store, why: error.message().to_owned() }
        }
        sqlx::Error::Configuration(why) => Error::Address(format!("`{store}` is no address of a server: {why}")),
        error => Error::Unreachable { store, source: words(&error).into() },
    }
}

/// Without the line of the server's own code.
pub fn words(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => error.message().to_owned(),
        error => cause::plain(error),
    }
}

fn is_one_of(codes: &[&str], error: &dyn DatabaseError) -> bool {
    error.code().is_some_and(|code| codes.contains(&code.as_ref()))
}

//! The store in a database of a PostgreSQL server, on which several processes work at once.
//!
//! Whose a lease is stands in its number. Every process keeps a session with a lock of its own number: while the server
//! holds that lock, the process is there; when the lock is gone, so is the process, and what it had is free.

mod error;
mod latest;
mod leases;
mod open;
mod session;

#[cfg(test)]
mod plans;
#[cfg(test)]
mod tests;

pub use error::failure;
pub use latest::LATEST_OF;
pub use open::{is_in_use, open, open_alone, visit};
pub use session::Server;

//! The long run: a portal is polled by the real library while things happen to it, and everything that Loa tells of it is
//! held against what is true.
//!
//! Portals and polls go over real sockets, articles and deliveries into a real store; only the clock is simulated, so that
//! hundreds of polls take seconds. No message is sent: a row of the outbox is what would be told.

pub mod fields;
pub mod script;
pub mod tally;
mod watch;

pub use watch::{Run, run};

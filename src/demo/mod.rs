//! The newsroom of `loa demo`: the two other sides that Loa stands between, played on this machine, and the acts of the
//! play.
//!
//! Loa itself is a process of its own there, so that it dies as a real one does.

mod daemon;
mod front;
mod newsroom;
mod play;
mod tally;

pub use newsroom::Newsroom;
pub use play::{Act, End, Event, Play, Tempo};
pub use tally::Tally;

//! The newsroom of `loa demo`: the two other sides that Loa stands between, played on this machine.

mod newsroom;

pub use newsroom::{CHANNEL, Newsroom, TOKEN};

//! The newsroom of `loa demo`: the two other sides that Loa stands between, played on this machine.

pub mod bot_api;
mod line;
mod newsroom;
pub mod portal;

pub use newsroom::{CHANNEL, Newsroom, TOKEN};

//! Stand-ins for the two other sides that Loa stands between: a news portal and Telegram's Bot API, over real sockets;
//! and a database server of one's own, which is a real one.
//!
//! `loa demo` and the tests play with them. They are strict: what the real ones refuse is refused here.

pub mod bot_api;
mod line;
pub mod pages;
pub mod portal;
pub mod portals;
pub mod postgres;

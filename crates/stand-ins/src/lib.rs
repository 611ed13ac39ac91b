//! Stand-ins for the two other sides that Loa stands between: a news portal and Telegram's Bot API, over real sockets.
//!
//! `loa demo` and the tests play with them. They are strict: what the real ones refuse is refused here.

pub mod bot_api;
mod line;
pub mod pages;
pub mod portal;
pub mod portals;

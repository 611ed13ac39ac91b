//! Rendered feeds become files in a folder, and documents on the shelf that the web serves from.

mod files;
mod shelf;

pub use files::{Error, write};
pub use shelf::{Card, Coded, Found, Served, Shelf};

//! Rendered feeds become files in a folder, and the documents that the web serves.

mod documents;
mod files;

pub use documents::{Coded, Documents, FeedSummary, Found, ServedDocument};
pub use files::{Error, write};

//! Definitions of feeds, where they are stored and not files of a folder.

use crate::article::FeedId;

/// What defines a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Whose it is.
    pub feed: FeedId,
    /// What its file would say, byte for byte.
    pub text: String,
}

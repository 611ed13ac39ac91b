//! A record of a list: one headline's part of the page.

use std::ops::Range;

use url::Url;

use crate::article::Sighting;

/// What is known of a headline before the rest of its record is read.
pub(super) struct Record {
    pub(super) url: Url,
    pub(super) title: String,
    /// The element that shows it.
    pub(super) link: usize,
    /// Elements that follow one another, as the outline counts them.
    pub(super) span: Range<usize>,
    pub(super) sighting: Sighting,
}

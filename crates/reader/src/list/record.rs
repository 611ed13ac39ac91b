//! A record of a list: one headline's part of the page.

use std::{borrow::Cow, ops::Range};

use url::Url;

use crate::{link, list::Sighting, outline::Outline};

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

impl Record {
    /// The [`link::identity`] of its address, which mostly is that of its link.
    pub(super) fn identity<'o>(&self, outline: &'o Outline) -> Cow<'o, str> {
        let own = outline.identity(self.link).filter(|_| outline.target(self.link) == Some(&self.url));
        own.map_or_else(|| link::identity(&self.url).into(), Cow::Borrowed)
    }
}

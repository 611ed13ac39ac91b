//! A record of a list: one headline's part of the page.

pub(in crate::list) mod date;
pub(in crate::list) mod days;
pub(in crate::list) mod fields;
pub(in crate::list) mod find;
pub(in crate::list) mod inside;

use std::{borrow::Cow, ops::Range};

use url::Url;

use crate::{link, list::Sighting, outline::Outline};

/// What is known of a headline before the rest of its record is read.
pub(in crate::list) struct Record {
    pub(in crate::list) url: Url,
    pub(in crate::list) title: String,
    /// The element that shows it.
    pub(in crate::list) link: usize,
    /// Elements that follow one another, as the outline counts them.
    pub(in crate::list) span: Range<usize>,
    pub(in crate::list) sighting: Sighting,
}

impl Record {
    /// The [`link::identity`] of its address, which mostly is that of its link.
    pub(in crate::list) fn identity<'o>(&self, outline: &'o Outline) -> Cow<'o, str> {
        let own = outline.identity(self.link).filter(|_| outline.target(self.link) == Some(&self.url));
        own.map_or_else(|| link::identity(&self.url).into(), Cow::Borrowed)
    }
}

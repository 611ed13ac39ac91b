//! An item of a list: a record of which it is known what article its headline names.

use std::borrow::Cow;

use url::Url;

use crate::{
    link,
    list::{Sighting, records::Record},
    outline::Outline,
};

/// What is known of a headline before the rest of its record is read.
pub(super) struct Item {
    pub(super) record: Record,
    pub(super) url: Url,
    pub(super) title: String,
    pub(super) sighting: Sighting,
}

impl Item {
    /// The [`link::identity`] of its address, which mostly is that of its link.
    pub(super) fn identity<'o>(&self, outline: &'o Outline) -> Cow<'o, str> {
        let own = outline.identity(self.record.link).filter(|_| outline.target(self.record.link) == Some(&self.url));
        own.map_or_else(|| link::identity(&self.url).into(), Cow::Borrowed)
    }
}

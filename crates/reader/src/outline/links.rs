//! Where the anchors of a page lead.

use url::Url;

use super::Outline;
use crate::link;

/// Where an anchor leads.
pub(super) struct Link {
    url: Url,
    /// [`link::identity`] of it.
    identity: String,
}

impl Outline<'_> {
    /// The address that an anchor links to.
    pub fn target(&self, at: usize) -> Option<&Url> {
        self.link(at).map(|link| &link.url)
    }

    /// The [`link::identity`] of that address.
    pub fn identity(&self, at: usize) -> Option<&str> {
        self.link(at).map(|link| link.identity.as_str())
    }

    fn link(&self, at: usize) -> Option<&Link> {
        let place = self.anchors.binary_search(&at).ok()?;
        self.links.get_or_init(|| self.anchors.iter().map(|anchor| self.follow(*anchor)).collect())[place].as_ref()
    }

    fn follow(&self, at: usize) -> Option<Link> {
        let url = link::resolve(&self.base, self.attribute(at, "href")?)?;
        // Short addresses may become long ones by a long base.
        if !self.budget.spend_bytes(url.as_str().len()) {
            return None;
        }
        Some(Link { identity: link::identity(&url), url })
    }
}

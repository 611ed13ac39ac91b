//! Site chrome: a link of a menu, a footer, a breadcrumb stands at the same place on the site's other pages.

use crate::{
    link,
    list::Candidate,
    outline::Outline,
    site::{Fingerprint, Link, Site},
};

/// Whether the headline's link stands at its place on half of the site's other pages, or, where no other one was read,
/// on the page that it leads to.
pub fn is_chrome(candidate: &Candidate, site: &Site) -> bool {
    let Some(link) = candidate.sighting.link else { return false };
    let others = site.besides(&link::identity(&candidate.url), "");
    if others.pages() == 0 { site.pages_with(link.target, link.path) > 0 } else { 2 * others.with_link(link) >= others.pages() }
}

/// The link of the element `at`, as other pages of the site show it.
pub(super) fn link_at(outline: &Outline, at: usize) -> Option<Link> {
    let target = Fingerprint::of_identity(outline.identity(at)?);
    let around = outline.ancestors(at).map(|around| outline.name(around)).take_while(|name| *name != "body");
    Some(Link { target, path: Fingerprint::of_path(around) })
}

//! what polls learned of a source, and how often it had to be learned anew.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use loa_reader::{
    list::{BesideBox, PageBox, Presentation, Rule},
    site::{Fingerprint, Site},
};
use serde::{Deserialize, Serialize};

/// What a feed's polls learned. Kept as one JSON document, in which a missing or unknown part is learned again.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Learned {
    pub rule: Option<Rule>,
    pub health: Health,
    /// Links whose pages were asked and are no articles, the newest last.
    pub refused: Vec<Refusal>,
    /// When the list was read last; not when it was only said to be unchanged.
    pub read_at: Option<Timestamp>,
    /// What stood on the page when the feed began, headline or not.
    pub stood: BTreeSet<Fingerprint>,
    /// Boxes of the page that stand beside the list.
    pub beside: Vec<BesideBox>,
    /// The boxes of the page when it was read last.
    pub boxes: Vec<PageBox>,
    /// Boxes that it had before: a lead story that is missing today is there again tomorrow.
    pub gone_boxes: Vec<PageBox>,
    /// How many old stories came round in other boxes, by the boxes' names.
    pub rounds: BTreeMap<String, u32>,
    /// Polls in a row at which the build had other names, though the headlines stood where they stand: a page that
    /// invents its class names anew for every visitor is not rebuilt each time.
    pub renamed: u32,
    /// Where the list is, if not on the page that is watched.
    pub frame: Option<Frame>,
    /// How the page presented its site when articles last changed: what feeds say of themselves changes only together
    /// with them.
    pub presentation: Presentation,
    /// Files of articles were not asked for, as there was no time: it is made up.
    pub files_due: bool,
    /// What the site's pages have in common.
    pub site: Site,
    /// The list was in the order of its articles' dates, the newest first, when that could be told last.
    pub is_ordered: bool,
    /// How far the past was read.
    pub past: Past,
}

/// How far a list was read behind its first page, for what stood there before the feed began.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Past {
    /// Further pages that were read.
    pub pages: u32,
    /// The address of the list's first page.
    pub first: Option<String>,
    /// That of the page that is read next.
    pub next: Option<String>,
    /// There are no more.
    pub is_whole: bool,
}

/// A page that is shown in place of the watched one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// The address that is watched.
    pub of: String,
    pub url: String,
    /// When the watched page was asked last.
    pub seen_at: Timestamp,
}

/// How well the last poll agreed with the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Health {
    /// Known headlines that were found again.
    pub again: u32,
    /// Headlines of the poll before.
    pub of: u32,
}

/// A link that is no headline.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Refusal {
    /// In the form of `link::identity`.
    pub address: String,
    pub title: String,
    pub why: String,
    /// It stands where the headlines do.
    pub is_alike: bool,
    /// The elements around it, as in `Sighting::place`.
    pub place: String,
    pub at: Option<Timestamp>,
}

/// The articles that a list may show again: their addresses in the form of `link::identity`, and folded headlines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Labels {
    pub addresses: Vec<String>,
    pub folded_titles: Vec<String>,
}

/// A source that was rebuilt, and how its headlines were found again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    pub at: Timestamp,
    /// In the operator's words.
    pub words: String,
}

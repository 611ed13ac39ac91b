//! What is seen on a list: a `Candidate` for each headline, how it was found, and what was left out.

use std::{collections::HashMap, fmt};

use serde::{Deserialize, Serialize};
use url::Url;

use crate::{
    draft::Attachment,
    site::{Fingerprint, Link},
    text,
    time::Stamp,
};

/// A headline as a list shows it. Its texts are one squeezed NFC line each.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Absolute, as the page gives it, without fragment.
    pub url: Url,
    /// The headline.
    pub title: String,
    /// When the list, or a source beside it, says that the article was published.
    pub published: Option<Stamp>,
    /// The lead.
    pub summary: Option<String>,
    /// The address of its picture.
    pub image: Option<Url>,
    /// Several are joined by `, `.
    pub author: Option<String>,
    /// The documents and recordings that its record links: what it is itself, if it is one, first.
    pub attachments: Vec<Attachment>,
    /// How it was found.
    pub sighting: Sighting,
}

/// How a headline was found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sighting {
    /// By which strategies, the most trusted first.
    pub by: Vec<Strategy>,
    /// How sure it is that this is a headline of the list, from 0 to 1; a half is a toss-up.
    pub certainty: f64,
    /// The kinds of elements around it, nearest first, without names: headlines of one list stand alike.
    pub place: String,
    /// The shape of its address: articles of one site share it.
    pub shape: String,
    /// Its link, by which it is known again on other pages of the site.
    pub link: Option<Link>,
    /// What memory says of it.
    pub relation: Relation,
    /// Who said when it was published.
    pub dated: Option<Origin>,
    /// Which of [`Discovery::boxes`] it stands in; `None` where it was not found by looking at the page.
    pub in_box: Option<usize>,
    /// The other boxes that show it.
    pub also_in: Vec<usize>,
}

/// What memory says of a headline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Relation {
    /// Nothing was remembered.
    #[default]
    Unchecked,
    /// It is a known article.
    Known,
    /// It stands where known headlines stand, at an address of their kind.
    Alike,
    /// It looks like a headline, but not like the known ones: only its own page can tell.
    Unrelated,
}

/// The ways of finding headlines, in the order of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strategy {
    /// The operator's selectors.
    Selectors,
    /// The site's own feed: RSS, Atom or JSON Feed.
    Feed,
    /// JSON in the page's place, or data in it, which the operator names.
    Data,
    /// JSON-LD in the page.
    LinkedData,
    /// Microdata and microformats: marks on the page's own elements.
    Microdata,
    /// The data that the page's scripts draw it from.
    State,
    /// A news sitemap.
    Sitemap,
    /// What repeats on the page and looks like a headline.
    Repetition,
}

impl fmt::Display for Strategy {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(match self {
            Self::Selectors => "selectors",
            Self::Feed => "feed",
            Self::Data => "data",
            Self::LinkedData => "JSON-LD",
            Self::Microdata => "microdata",
            Self::State => "state",
            Self::Sitemap => "sitemap",
            Self::Repetition => "repetition",
        })
    }
}

/// Where a headline's date was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A strategy's own statement; for the operator's selectors, where they point.
    Stated(Strategy),
    /// A `time` element in the record.
    TimeElement,
    /// The record's text.
    Text,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Stated(strategy) => strategy.fmt(f),
            Self::TimeElement => f.pad("<time>"),
            Self::Text => f.pad("text"),
        }
    }
}

/// A link that might have been a headline and is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Dropped {
    /// Where it leads.
    pub url: Url,
    /// What it says.
    pub title: String,
    /// What it reached in the vote, where it came that far.
    pub score: Option<f64>,
    /// In words.
    pub why: String,
}

/// Headlines that stand together on a page, under one heading or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageBox {
    /// The heading over them; empty where there is none.
    pub heading: String,
    /// A number for the elements around them, without names: by it a box without a heading is known again.
    pub place: String,
    /// What it was called before the page was rebuilt; empty where that is what it is called by now.
    #[serde(default)]
    pub called: String,
    /// Whether they are of the list.
    pub part: Part,
    /// The operator said so, and nothing that is found out changes it.
    #[serde(default)]
    pub is_decided: bool,
    /// How many they are.
    pub headlines: usize,
    /// The first ones.
    pub examples: Vec<String>,
    /// All of them, folded, in the order of the page.
    #[serde(default)]
    pub prints: Vec<Fingerprint>,
}

/// Whether a box is the list, or part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// It is.
    List,
    /// It stands beside it; why, in words.
    Beside(String),
}

/// Letters of a [`PageBox::place`] that name a box without a heading.
const PLACE: usize = 6;

impl PageBox {
    /// What an operator calls it: its heading, or what it was called first, or the beginning of its place.
    pub fn name(&self) -> &str {
        match (self.heading.is_empty(), self.called.is_empty()) {
            (false, _) => &self.heading,
            (true, false) => &self.called,
            (true, true) => &self.place[..self.place.floor_char_boundary(PLACE)],
        }
    }

    /// Whether it is the one that is called `name`, or was before a rebuild: the same words in other letters are the
    /// same.
    pub fn is_called(&self, name: &str) -> bool {
        let digits = |ch: char| ch.is_ascii_digit() || ch.is_whitespace();
        let bare = |name: &str| text::fold(name).chars().filter(|ch| !digits(*ch)).collect::<String>();
        let is_heading = |heading: &str| !heading.is_empty() && bare(heading) == bare(name);
        is_heading(&self.heading) || self.called == name || is_heading(&self.called) || (self.heading.is_empty() && self.name() == name)
    }
}

/// How a list page presents its site: what a feed of it may show beside its title.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Presentation {
    /// A sentence or two about it, one line of plain text.
    pub description: Option<String>,
    /// The small square picture that browsers show beside its title.
    pub favicon: Option<Url>,
    /// A large square picture.
    pub icon: Option<Url>,
    /// A picture of any shape, such as a banner.
    pub image: Option<Url>,
}

/// What a list page holds, and what could not be read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Discovery {
    /// In the order of the page, one for each address.
    pub candidates: Vec<Candidate>,
    /// What was looked at and left out, the nearest to a headline first. Unless reasons were asked for, only what
    /// [`Discovery::keep_list`] took out.
    pub dropped: Vec<Dropped>,
    /// The boxes that headlines stand in, those beside the list among them, in the order of the page.
    pub boxes: Vec<PageBox>,
    /// The element that holds most headlines, by its tag, class and id; `None` where it has neither of the last.
    pub holder: Option<String>,
    /// Whether the element that held the headlines at earlier polls is there, and has no link that may be one.
    pub is_vacant: bool,
    /// The texts of articles that the source itself has, as HTML or plain, by the `link::identity` of their addresses.
    pub bodies: HashMap<String, String>,
    /// How the page presents its site.
    pub presentation: Presentation,
    /// A fingerprint of how the page is built around its headlines.
    pub build: Option<String>,
    /// What could not be read, in words.
    pub problems: Vec<String>,
}

impl Discovery {
    /// Takes out the headlines of boxes that stand beside the list; they are named among what was left out.
    pub fn keep_list(&mut self) {
        let (boxes, dropped) = (&self.boxes, &mut self.dropped);
        self.candidates.retain(|candidate| {
            let page_box = candidate.sighting.in_box.and_then(|number| boxes.get(number));
            let Some((Part::Beside(why), name)) = page_box.map(|page_box| (&page_box.part, page_box.name())) else { return true };
            let why = format!("stands in the box “{name}”: {why}");
            dropped.push(Dropped { url: candidate.url.clone(), title: candidate.title.clone(), score: None, why });
            false
        });
    }

    /// Whether a headline stands in a box of the list, whatever other boxes show it.
    pub fn stands_in_list(&self, candidate: &Candidate) -> bool {
        let sighting = &candidate.sighting;
        let is_list = |number: &usize| self.boxes.get(*number).is_none_or(|page_box| page_box.part == Part::List);
        sighting.in_box.iter().chain(&sighting.also_in).any(is_list) || sighting.in_box.is_none()
    }
}

//! What a site says of its articles in so many words: its feed, its sitemap, and the data inside of its pages.
//!
//! These are statements about articles, not headlines of a page: [`super::merge`] decides which of them belong to the
//! list.

mod data;
mod document;
mod feed;
mod linked;
mod microdata;
mod sitemap;
mod state;
mod wanted;

use std::collections::HashMap;

use jiff::SignedDuration;
use url::Url;

use crate::draft::Attachment;
use crate::link;
use crate::list::Strategy;
use crate::outline::Outline;
use crate::page::{About, Page};
use crate::text;
use crate::time::{Reading, Stamp};
use crate::tree;
pub(super) use data::{in_page as data_in_page, stated as data};
pub(super) use document::{Kind, sniff};
pub(super) use state::{Search, Unaddressed, stated as state, unaddressed};
pub use wanted::{Wanted, wanted};

/// Statements that are taken from one document.
const MAX_STATED: usize = 1_000;
/// Characters of a summary; a feed's may be the whole article.
const SUMMARY: usize = 600;
/// Characters of a title that is so much its own that it names one article.
const OWN_TITLE: usize = 20;

/// What a document says of itself where it is a feed.
pub fn about(page: &Page) -> Option<About> {
    (sniff(page) == Some(Kind::Feed)).then(|| feed::about(page)).flatten()
}

/// What one source says of one article.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Statement {
    pub(super) by: Strategy,
    pub(super) url: Url,
    pub(super) title: Option<String>,
    pub(super) published: Option<Stamp>,
    pub(super) summary: Option<String>,
    pub(super) image: Option<Url>,
    pub(super) author: Option<String>,
    /// The article's text, as HTML or plain.
    pub(super) body: Option<String>,
    /// The recordings and documents that come with it.
    pub(super) files: Vec<Attachment>,
    /// How long its recording runs.
    pub(super) duration: Option<SignedDuration>,
}

impl Statement {
    fn of(by: Strategy, url: Url) -> Self {
        Self {
            by,
            url,
            title: None,
            published: None,
            summary: None,
            image: None,
            author: None,
            body: None,
            files: Vec::new(),
            duration: None,
        }
    }

    /// Takes over what another statement of the same source has more.
    fn complete(&mut self, other: Self) {
        self.title = self.title.take().or(other.title);
        self.published = self.published.take().or(other.published);
        self.summary = self.summary.take().or(other.summary);
        self.image = self.image.take().or(other.image);
        self.author = self.author.take().or(other.author);
        self.body = self.body.take().or(other.body);
        self.duration = self.duration.or(other.duration);
        if self.files.is_empty() {
            self.files = other.files;
        }
    }
}

/// All statements, found by the article's address, or by a title that is its own.
#[derive(Default)]
pub(super) struct Knowledge {
    /// The most trusted first; within one source in its order.
    stated: Vec<Statement>,
    by_address: HashMap<String, Vec<usize>>,
    by_title: HashMap<String, Vec<usize>>,
}

impl Knowledge {
    /// What the page's own elements say, and what other documents do.
    pub(super) fn of(outline: &Outline, mut stated: Vec<Statement>, reading: &Reading) -> Self {
        stated.extend(linked::stated(outline, reading));
        stated.extend(microdata::stated(outline, reading));
        Self::default().with(stated, &outline.address)
    }

    /// The same with more statements. What is said of the page at `own` is none of an article on its list.
    pub(super) fn with(mut self, more: Vec<Statement>, own: &Url) -> Self {
        let own = link::identity(own);
        self.stated.extend(more.into_iter().filter(|stated| link::identity(&stated.url) != own));
        self.stated.sort_by_key(|stated| stated.by);
        self.by_address.clear();
        self.by_title.clear();
        for (at, stated) in self.stated.iter().enumerate() {
            self.by_address.entry(link::identity(&stated.url)).or_default().push(at);
            if let Some(title) = stated.title.as_deref().filter(|title| title.chars().count() >= OWN_TITLE) {
                self.by_title.entry(text::fold(title)).or_default().push(at);
            }
        }
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.stated.is_empty()
    }

    /// Whether any source names this address.
    pub(super) fn names(&self, url: &Url) -> bool {
        !self.stated.is_empty() && self.by_address.contains_key(&link::identity(url))
    }

    /// What is said of the article, the most trusted first.
    pub(super) fn about(&self, url: &Url, title: &str) -> Vec<&Statement> {
        if self.stated.is_empty() {
            return Vec::new();
        }
        let named = self.by_address.get(&link::identity(url));
        let found = named.or_else(|| self.by_title.get(&text::fold(title)));
        found.into_iter().flatten().map(|at| &self.stated[*at]).collect()
    }

    /// All that is said.
    pub(super) fn all(&self) -> &[Statement] {
        &self.stated
    }

    /// What the sources `by` say, article by article.
    pub(super) fn by(&self, by: Strategy) -> impl Iterator<Item = &Statement> {
        self.stated.iter().filter(move |stated| stated.by == by)
    }
}

/// One statement for each address, in the order of the first.
fn by_address(stated: impl IntoIterator<Item = Statement>) -> Vec<Statement> {
    let mut kept: Vec<Statement> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for stated in stated {
        match places.get(&link::identity(&stated.url)) {
            Some(at) => kept[*at].complete(stated),
            None if kept.len() < MAX_STATED => {
                places.insert(link::identity(&stated.url), kept.len());
                kept.push(stated);
            }
            None => break,
        }
    }
    kept
}

/// Words that may be written as HTML, as one line; `None` where nothing is left.
fn plain(written: &str) -> Option<String> {
    let line = if written.contains(['<', '&']) {
        tree::parse(written).map_or_else(|_| String::new(), |document| tree::text_of(&document.root()))
    } else {
        text::squeeze(written)
    };
    (!line.is_empty()).then_some(line)
}

/// The same, no longer than a summary.
fn summary(written: &str) -> Option<String> {
    plain(written).map(|line| text::cut(&line, SUMMARY))
}

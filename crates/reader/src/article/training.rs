//! What a trainer needs of the article reader: what is counted about blocks and dates, and reading with other tables.
//!
//! The counts are the reader's own, so that a table which is trained on them cannot drift from the code that asks it.
//! The trainer itself is `crates/reader/train`; nothing else uses this module.

use jiff::civil::Date;

use super::{
    Context, Draft, claims,
    date::{self, Dates, Scale, Scored},
    features::Features,
    layout::Layout,
    metadata::Metadata,
    open_with, rules, shared,
    vote::{self, Vote},
    words,
};
pub use super::{
    date::{NAMES as SIGNS, Weights},
    features::NAMES as FEATURES,
    rule::{Rule, Without},
    rules::THRESHOLD,
    trees::{Trees, Unreadable},
};
use crate::{outline::Outline, page::Page, site::Site, tree};

/// The blocks of a page with their features.
pub struct Blocks {
    layout: Layout,
    features: Vec<Features>,
}

impl Blocks {
    /// `None` where the page cannot be parsed.
    pub fn of(page: &Page) -> Option<Self> {
        let document = tree::parse(&page.html).ok()?;
        let outline = Outline::of(&document, &page.url, page.html.len());
        let metadata = Metadata::of(&outline, page);
        let layout = Layout::of(&outline);
        let vote = if vote::prepare(&outline, &layout, &metadata) { Vote::of(document) } else { Vote::default() };
        let features = super::features(&layout, &claims(&metadata), &vote);
        Some(Self { layout, features })
    }

    /// All blocks in the order of the page.
    pub fn iter(&self) -> impl Iterator<Item = Block<'_>> {
        self.layout.blocks.iter().zip(&self.features).map(|(block, features)| Block {
            text: &block.text,
            words: block.words,
            is_hopeless: rules::is_hopeless(block),
            features,
        })
    }

    /// The share of each block's runs of words that stand in `text`, from 0 to 1; a shorter block stands there or not.
    pub fn shares_in(&self, text: &str) -> Vec<f32> {
        shared::shares(text, &self.layout.blocks)
    }
}

/// A block of text.
#[derive(Clone, Copy)]
pub struct Block<'a> {
    /// As a person reads it.
    pub text: &'a str,
    /// How many words it has.
    pub words: usize,
    /// The reader never asks the trees about it.
    pub is_hopeless: bool,
    features: &'a Features,
}

impl<'a> Block<'a> {
    /// In the order of [`FEATURES`].
    pub fn features(&self) -> &'a [f32] {
        &self.features.values
    }

    /// What `trees` make of it, from 0 to 1.
    pub fn likelihood(&self, trees: &Trees) -> f32 {
        trees.likelihood(self.features)
    }
}

/// What `trees` say of a block with these features, from 0 to 1; what is missing at the end counts as 0.
pub fn likelihood(trees: &Trees, values: &[f32]) -> f32 {
    let mut features = Features::default();
    for (feature, value) in features.values.iter_mut().zip(values) {
        *feature = *value;
    }
    trees.likelihood(&features)
}

/// The article on a page, read with other trees and with other weights of the signs of a date.
pub fn article(page: &Page, trees: &Trees, weights: &Weights) -> Draft {
    read(page, trees, weights, Without::default())
}

/// The article on a page, as it is read, but for a rule.
pub fn article_without(page: &Page, without: Without) -> Draft {
    read(page, Trees::shipped(), Weights::shipped(), without)
}

fn read(page: &Page, trees: &Trees, weights: &Weights, without: Without) -> Draft {
    let opened = open_with(page, &Context::default(), trees, without, |stated, _, place, reading| {
        date::decide(stated, place, None, Scale { weights, without }, reading)
    });
    opened.draft(&Site::default())
}

/// The dates that a page shows to a person.
pub struct Shown(Vec<Scored>);

impl Shown {
    /// Whatever the page states to machines is not looked at, but for the days in the addresses of its pictures.
    pub fn of(page: &Page) -> Self {
        let mut shown = Vec::new();
        open_with(page, &Context::default(), Trees::shipped(), Without::default(), |_, metadata, place, reading| {
            shown = date::shown(place, &date::pictured(metadata, place.layout, reading), reading);
            Dates::default()
        });
        Self(shown)
    }

    /// The day of each, and to what degree each of [`SIGNS`] is said of it.
    pub fn iter(&self) -> impl Iterator<Item = (Date, &[f32])> {
        self.0.iter().map(|scored| (scored.stamp.at.date(), &scored.signs.0[..]))
    }

    /// The day for which most speaks, unless that is too little even where nothing else is there.
    pub fn chosen(&self, weights: &Weights) -> Option<Date> {
        date::best(&self.0, weights, weights.possible).map(|stamp| stamp.at.date())
    }
}

/// Lower-case words with one space between them.
pub fn normal(text: &str) -> String {
    words::normal(text)
}

/// The words of `text` as written.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    words::words(text)
}

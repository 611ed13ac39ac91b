//! Tables in the form in which the reader has them.

use std::fmt::Write;

use loa_reader::{
    article::training::{self, FEATURES, SIGNS},
    list,
};

use crate::boosting::{Forest, Tree};

/// How a table of trees is written, as its own first lines say.
const OF_TREES: &str = "\
# Decides whether a block of text belongs to the article: gradient boosted trees over the features of `features.rs`.
# One tree a line, its nodes in pre-order: `feature:threshold` goes to the next node when the value is not above the
# threshold, else past that branch; `=value` is a leaf. The values of all trees and the baseline add up to the log-odds.
";

/// The same for the weights of dates.
const OF_DATES: &str = "\
# How much each sign speaks for a date of a page, or against it, as the day of publication: a sign and its weight a line.
# A date's score is the sum of its signs, each times its weight; `weights.rs` says what the signs are.
#
# Fitted on article pages as if they stated nothing to machines, so that what the reader sees has to suffice.
# What no such page could teach is set `by hand`: clocks in the head of a portal, its boxes, numbers of documents, headlines.
";

/// The trees of blocks; `made` says in a few lines from what, and how well they did.
pub fn of_trees(forest: &Forest, made: &str) -> String {
    let mut table = OF_TREES.to_owned();
    say(&mut table, made);
    let _ = writeln!(table, "features {}", FEATURES.join(" "));
    let _ = writeln!(table, "baseline {}", forest.baseline);
    for tree in &forest.trees {
        let mut nodes = Vec::new();
        flatten(tree, &mut nodes);
        let _ = writeln!(table, "{}", nodes.join(" "));
    }
    table
}

fn flatten(tree: &Tree, nodes: &mut Vec<String>) {
    match tree {
        Tree::Leaf(value) => nodes.push(format!("={value}")),
        Tree::Branch { feature, threshold, low, high } => {
            nodes.push(format!("{feature}:{threshold}"));
            flatten(low, nodes);
            flatten(high, nodes);
        }
    }
}

/// The weights of the signs of a date; `made` as in [`of_trees`].
pub fn of_dates(weights: &training::Weights, made: &str) -> String {
    let mut table = OF_DATES.to_owned();
    say(&mut table, made);
    table.push('\n');
    for ((sign, weight), is_by_hand) in SIGNS.iter().zip(weights.of).zip(weights.by_hand) {
        let _ = writeln!(table, "{sign} {weight:?}{}", if is_by_hand { " by hand" } else { "" });
    }
    table.push_str("\n# From this score on a date is more often the article's than not, whatever else the page holds.\n");
    let _ = writeln!(table, "believed {:?}", weights.believed);
    table.push_str("# From this score on it is, where nothing else is there.\n");
    let _ = writeln!(table, "possible {:?}", weights.possible);
    table
}

/// The weights of what is measured of a headline, as source text.
pub fn of_headlines(weights: &list::training::Weights) -> String {
    let mut source = format!("/// What all start with.\nconst BIAS: f64 = {:?};\n\n", weights.bias);
    let _ = writeln!(source, "/// Every feature with its weight, in the order of the features.");
    let _ = writeln!(source, "pub const WEIGHTS: [(Feature, f64); {}] = [", weights.of.len());
    for ((feature, _), weight) in list::training::WEIGHTS.iter().zip(weights.of) {
        let _ = writeln!(source, "    (Feature::{feature:?}, {weight:?}),");
    }
    source.push_str("];\n");
    source
}

fn say(table: &mut String, made: &str) {
    for line in made.lines() {
        let _ = writeln!(table, "# {line}");
    }
}

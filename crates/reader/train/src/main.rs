//! Makes the reader's tables again from a folder of labelled pages, and measures them beside the shipped ones.
//!
//! Every figure is folded by site: a page is judged by a table that was made without any page of its site.

mod blocks;
mod boosting;
mod copies;
mod corpus;
mod dates;
mod descent;
mod folds;
mod lists;
mod records;
mod rules;
mod score;
mod table;
#[cfg(test)]
mod tests;

use std::{io, path::PathBuf};

use clap::{Parser, Subcommand};

use corpus::Pages;

#[derive(Debug, Parser)]
#[command(version, about)]
struct Command {
    #[command(subcommand)]
    table: Table,
}

#[derive(Debug, Subcommand)]
enum Table {
    /// The trees that tell an article's blocks of text from the rest of its page.
    Blocks {
        #[command(flatten)]
        pages: Pages,
        #[command(flatten)]
        trees: boosting::Settings,
        /// Writes the trees of all pages here, in the form of `crates/reader/src/article/model.txt`.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// The weights of what is measured of a headline on a list page.
    Lists {
        #[command(flatten)]
        pages: Pages,
    },
    /// No table: every set of the corpus, read by the shipped tables, by tables of all pages, and by tables of the
    /// other sites; then what each rule is worth.
    Folds {
        #[command(flatten)]
        pages: Pages,
        #[command(flatten)]
        trees: boosting::Settings,
        /// Prints the figures alone, and leaves no rule out.
        #[arg(long)]
        brief: bool,
    },
    /// No table: what the article reader gets right on either half of the sites, and what each of its rules is worth
    /// there.
    Rules {
        #[command(flatten)]
        pages: Pages,
        /// Prints the figures alone, and leaves no rule out.
        #[arg(long)]
        brief: bool,
    },
    /// The weights of the signs for and against a date that a page shows.
    Dates {
        #[command(flatten)]
        pages: Pages,
        /// Writes the weights of all pages here, in the form of `crates/reader/src/article/date/weights.txt`.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

fn main() -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match Command::parse().table {
        Table::Blocks { pages, trees, out: file } => blocks::train(&pages, &trees, file.as_deref(), &mut out),
        Table::Folds { pages, trees, brief } => folds::measure(&pages, &trees, brief, &mut out),
        Table::Rules { pages, brief } => rules::measure(&pages, brief, &mut out),
        Table::Lists { pages } => lists::train(&pages, &mut out),
        Table::Dates { pages, out: file } => dates::train(&pages, file.as_deref(), &mut out),
    }
}

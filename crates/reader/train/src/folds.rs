//! Every set of the corpus, read by tables that know all of its pages and by tables that know none of a page's site.
//!
//! What a table does on pages that it was made from says only that they can be learned; what it does on other sites is
//! what it is worth. The sites of all kinds of pages are dealt together, so that a site is on one side for every table.

use std::{collections::BTreeMap, io::Write};

use anyhow::ensure;
use loa_reader::{
    article::training::{self, Trees, Weights},
    list,
};

use crate::{
    blocks,
    boosting::Settings,
    corpus::{self, Pages},
    dates, lists,
    records::{self, Found},
    rules,
};

/// By what a page is read.
const TABLES: [&str; 3] = ["shipped", "in fold", "out of fold"];

/// The three tables of the reader.
struct Tables {
    trees: Trees,
    dates: Weights,
    lists: list::training::Weights,
}

/// Prints the figures of each set by each kind of tables; unless `brief`, then what each rule is worth.
pub fn measure(pages: &Pages, settings: &Settings, brief: bool, out: &mut impl Write) -> anyhow::Result<()> {
    let corpus = pages.corpus();
    let labelled = blocks::labelled(&corpus)?;
    ensure!(!labelled.is_empty(), "`{}` has no article with a text: expected `articles/truth.jsonl`", pages.corpus.display());
    let dated = dates::dated(&corpus)?;
    let listed = lists::listed(&corpus, pages.seed)?;
    let articles = rules::known(pages)?;
    let found = records::known(&corpus)?;
    let addresses: Vec<&str> = labelled
        .iter()
        .map(|page| page.page.url.as_str())
        .chain(dated.iter().map(|page| page.url.as_str()))
        .chain(listed.iter().map(|page| page.page.url.as_str()))
        .chain(articles.iter().map(|page| page.truth.url.as_str()))
        .chain(found.iter().map(|page| page.page.url.as_str()))
        .collect();
    let folds = corpus::folds(addresses.iter().copied(), pages.folds, pages.seed);
    let (of_labelled, rest) = folds.split_at(labelled.len());
    let (of_dated, rest) = rest.split_at(dated.len());
    let (of_listed, rest) = rest.split_at(listed.len());
    let (of_articles, of_found) = rest.split_at(articles.len());
    let tables = |fold: Option<usize>| -> anyhow::Result<Tables> {
        let is_known = |of: &usize| fold != Some(*of);
        Ok(Tables {
            trees: blocks::trees(labelled.iter().zip(of_labelled).filter(|(_, of)| is_known(of)).map(|(page, _)| page), settings)?,
            dates: dates::fit(dated.iter().zip(of_dated).filter(|(_, of)| is_known(of)).map(|(page, _)| page)),
            lists: lists::fit(listed.iter().zip(of_listed).filter(|(_, of)| is_known(of)).map(|(page, _)| page)),
        })
    };
    let of_all = tables(None)?;
    let mut texts: BTreeMap<(&str, usize), rules::Figures> = BTreeMap::new();
    let mut rows: BTreeMap<(&str, usize), Found> = BTreeMap::new();
    for fold in 0..usize::from(pages.folds) {
        let is_here = |of: &usize| *of == fold;
        if !of_articles.iter().chain(of_found).any(&is_here) || of_labelled.iter().all(&is_here) {
            continue;
        }
        let others = tables(Some(fold))?;
        for (page, _) in articles.iter().zip(of_articles).filter(|(_, of)| is_here(of)) {
            let read = [(Trees::shipped(), Weights::shipped()), (&of_all.trees, &of_all.dates), (&others.trees, &others.dates)];
            for (by, (trees, dates)) in read.into_iter().enumerate() {
                texts.entry((&page.set, by)).or_default().add(&page.truth, &training::article(&page.page, trees, dates));
            }
        }
        for (page, _) in found.iter().zip(of_found).filter(|(_, of)| is_here(of)) {
            for (by, weights) in [&list::training::Weights::SHIPPED, &of_all.lists, &others.lists].into_iter().enumerate() {
                rows.entry((&page.set, by)).or_default().add(page, &list::training::headlines(&page.page, weights));
            }
        }
    }
    writeln!(out, "{:<12} {:<12} {:>5}  {}", "articles", "", "pages", rules::HEADS)?;
    for ((set, by), figures) in &texts {
        writeln!(out, "{set:<12} {:<12} {:>5}  {figures}", TABLES[*by], figures.pages)?;
    }
    writeln!(out, "\n{:<12} {:<12} {:>5}  {}", "lists", "", "pages", records::HEADS)?;
    for ((set, by), figures) in &rows {
        writeln!(out, "{set:<12} {:<12} {:>5}  {figures}", TABLES[*by], figures.pages())?;
    }
    if brief { Ok(()) } else { rules::worth(&articles, out) }
}

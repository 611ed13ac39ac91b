//! The trees that judge blocks of text: labels, folds, figures, and the table of all pages.

use std::{collections::BTreeMap, fmt::Write as _, fs, io::Write, path::Path};

use anyhow::{Context as _, ensure};
use loa_reader::{
    article::training::{self, Blocks, THRESHOLD, Trees, Weights},
    page::Page,
};

use crate::{
    boosting::{self, Forest, Rows, Settings},
    corpus::{self, Article, Corpus, Pages},
    score::{Choices, Surprise, Texts, agreement},
    table,
};

/// What a table says where pages of WCXB are among those it was trained on.
const CREDIT: &str = "\
Trained on labelled news pages, among them the development pages of WCXB, which are licensed CC-BY-4.0
(https://creativecommons.org/licenses/by/4.0/) by their authors; the labels are theirs, the trees are ours.
";

/// The share of a block that the true text has, from which on it belongs to it.
const TRUE: f32 = 0.5;
/// Words that a block has where its share in a text means something.
const LONG: usize = 4;
/// Lines that a true text has where they can be told from each other; a text of fewer may have been squeezed into one.
const LINES: usize = 3;
/// The share of the true text that a page's blocks have where it is the text of this page.
const COVERED: f64 = 0.5;
/// The share of a block that a text beside the article has where it speaks for the block.
const MOST: f64 = 0.5;
/// The words of a page of which little is known: it speaks less than one of which all is.
const FEW: f32 = 600.0;
/// Words from which on a block counts no more than a shorter one.
const HEAVY: usize = 60;

/// A page with its true text, and which of its blocks belong to it.
pub struct Labelled {
    set: String,
    text: String,
    pub page: Page,
    blocks: Blocks,
    /// Whether each block belongs to the article, where that is known.
    labels: Vec<Option<bool>>,
}

/// Trains on all but one part of the sites at a time, then on all, and prints what came of it.
pub fn train(pages: &Pages, settings: &Settings, file: Option<&Path>, out: &mut impl Write) -> anyhow::Result<()> {
    let corpus = pages.corpus();
    let labelled = labelled(&corpus)?;
    ensure!(!labelled.is_empty(), "`{}` has no article with a text: expected `articles/truth.jsonl`", pages.corpus.display());
    let folds = corpus::folds(labelled.iter().map(|page| page.page.url.as_str()), pages.folds, pages.seed);
    let shipped = Trees::shipped();
    let mut texts: BTreeMap<&str, [Texts; 3]> = BTreeMap::new();
    let mut whole = [Figures::default(), Figures::default()];
    writeln!(out, "{:>4} {:>6} {:>8}  {HEADS}", "fold", "pages", "blocks")?;
    for fold in 0..usize::from(pages.folds) {
        let part = |is_tested: bool| labelled.iter().zip(&folds).filter(move |(_, of)| (**of == fold) == is_tested).map(|(page, _)| page);
        if part(true).next().is_none() || part(false).next().is_none() {
            continue;
        }
        let new = trees(part(false), settings)?;
        let mut figures = [Figures::default(), Figures::default()];
        for page in part(true) {
            for (at, trees) in [shipped, &new].into_iter().enumerate() {
                let text = training::article(&page.page, trees, Weights::shipped()).text;
                if !page.text.is_empty() {
                    texts.entry(&page.set).or_default()[at].add(&page.text, &text);
                }
                figures[at].add(page, trees, &text);
                whole[at].add(page, trees, &text);
            }
        }
        let blocks: usize = part(true).map(|page| page.labels.len()).sum();
        writeln!(out, "{fold:>4} {:>6} {blocks:>8}  {}", part(true).count(), side_by_side(&figures))?;
    }
    writeln!(out, "{:>4} {:>6} {:>8}  {}", "all", labelled.len(), "", side_by_side(&whole))?;

    let forest = grown(labelled.iter(), settings);
    let new = read_back(&forest, "")?;
    for page in labelled.iter().filter(|page| !page.text.is_empty()) {
        texts.entry(&page.set).or_default()[2].add(&page.text, &training::article(&page.page, &new, Weights::shipped()).text);
    }
    writeln!(out, "\n{:<14} {:>6}  {:>8} {:>8} {:>8}", "text F1", "pages", "shipped", "folded", "of all")?;
    for (set, [shipped, folded, of_all]) in &texts {
        writeln!(out, "{set:<14} {:>6}  {:>8.3} {:>8.3} {:>8.3}", shipped.pages(), shipped.f1(), folded.f1(), of_all.f1())?;
    }
    let segments = segments(&corpus, [shipped, &new])?;
    if let Some((pages, [shipped, of_all])) = segments {
        writeln!(out, "{:<14} {pages:>6}  {shipped:>8.3} {:>8} {of_all:>8.3}", "segments F1", "-")?;
    }
    if let Some(file) = file {
        let table = table::of_trees(&forest, &made(pages, settings, &labelled, &texts, &whole[1]));
        fs::write(file, table).with_context(|| format!("cannot write `{}`", file.display()))?;
        writeln!(out, "\nwrote `{}`", file.display())?;
    }
    Ok(())
}

/// The articles whose true text is known and is on the page.
pub fn labelled(corpus: &Corpus) -> anyhow::Result<Vec<Labelled>> {
    let mut all = Vec::new();
    for article in corpus.truth::<Article>("articles")? {
        let Some(text) = article.text.filter(|text| !text.is_empty()) else { continue };
        let page = corpus.page("articles", &article.file, &article.url)?;
        let Some(blocks) = Blocks::of(&page) else { continue };
        let labels = labels(&blocks, &text).into_iter().map(Some).collect();
        all.push(Labelled { set: article.set, text, page, blocks, labels });
    }
    for article in corpus.truth::<Article>("segments")? {
        let page = corpus.page("segments", &article.file, &article.url)?;
        let Some(blocks) = Blocks::of(&page) else { continue };
        let labels: Vec<Option<bool>> = blocks.iter().map(|block| told(block.text, &article)).collect();
        all.push(Labelled { set: "segments".to_owned(), text: String::new(), page, blocks, labels });
    }
    Ok(all)
}

/// What is known of a block by the texts that an article has, and that stand beside it.
fn told(block: &str, article: &Article) -> Option<bool> {
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let has = |texts: &[String], least: f64| {
        texts
            .iter()
            .map(|text| flat(text))
            .any(|text| !text.is_empty() && block.contains(&text) && text.len() as f64 >= least * block.len() as f64)
    };
    match (has(&article.with, 0.0), has(&article.without, MOST)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// Which blocks belong to a text: at least half of their runs of words are in it, or, of short ones, all of a line.
fn labels(blocks: &Blocks, text: &str) -> Vec<bool> {
    let lines: Vec<String> = text.lines().map(training::normal).filter(|line| !line.is_empty()).collect();
    let is_line = |block: &str| lines.len() <= LINES || lines.contains(&training::normal(block));
    let shares = blocks.shares_in(text);
    let of_block = |(block, share): (training::Block, f32)| share >= TRUE && (block.words >= LONG || is_line(block.text));
    blocks.iter().zip(shares).map(of_block).collect()
}

impl Labelled {
    /// Whether the blocks have most of the true text: of some pages another text is known than they show.
    fn is_covered(&self) -> bool {
        if self.text.is_empty() {
            return [true, false].iter().all(|kind| self.labels.contains(&Some(*kind)));
        }
        let chosen: Vec<&str> =
            self.blocks.iter().zip(&self.labels).filter(|(_, label)| **label == Some(true)).map(|(block, _)| block.text).collect();
        agreement(&self.text, &chosen.join("\n")).1 >= COVERED
    }

    /// The blocks that trees are asked about, each with its label and its weight: all pages weigh the same.
    fn weighed(&self) -> Vec<(training::Block<'_>, bool, f32)> {
        let known = self.blocks.iter().zip(&self.labels).filter_map(|(block, label)| Some((block, (*label)?)));
        let asked: Vec<(training::Block, bool)> = known.filter(|(block, _)| !block.is_hopeless).collect();
        let weight = |block: &training::Block| 1.0 + block.words.min(HEAVY) as f32;
        let all: f32 = asked.iter().map(|(block, _)| weight(block)).sum();
        let all = all.max(FEW);
        asked.into_iter().map(|(block, label)| (block, label, weight(&block) / all)).collect()
    }
}

fn grown<'a>(pages: impl Iterator<Item = &'a Labelled>, settings: &Settings) -> Forest {
    let mut rows = Rows::default();
    for page in pages.filter(|page| page.is_covered()) {
        for (block, label, weight) in page.weighed() {
            rows.features.push(block.features().to_vec());
            rows.labels.push(label);
            rows.weights.push(weight);
        }
    }
    boosting::grow(&rows, settings)
}

/// The trees that are made from `pages`, as the reader will have them.
pub fn trees<'a>(pages: impl Iterator<Item = &'a Labelled>, settings: &Settings) -> anyhow::Result<Trees> {
    read_back(&grown(pages, settings), "")
}

/// The trees as the reader will have them.
fn read_back(forest: &Forest, made: &str) -> anyhow::Result<Trees> {
    Trees::read(&table::of_trees(forest, made)).context("the reader refuses the table that was made for it")
}

/// How well trees did on some pages.
#[derive(Debug, Default)]
struct Figures {
    surprise: Surprise,
    choices: Choices,
    texts: Texts,
}

/// What [`side_by_side`] writes, each for the shipped trees and for the new ones.
const HEADS: &str = "log loss: shipped, new   block F1: shipped, new   text F1: shipped, new";

fn side_by_side([shipped, new]: &[Figures; 2]) -> String {
    let mut line = format!("{:>17.3}  {:>5.3}", shipped.surprise.mean(), new.surprise.mean());
    let _ = write!(line, "  {:>17.3}  {:>5.3}", shipped.choices.f1(), new.choices.f1());
    let _ = write!(line, "  {:>16.3}  {:>5.3}", shipped.texts.f1(), new.texts.f1());
    line
}

impl Figures {
    fn add(&mut self, page: &Labelled, trees: &Trees, text: &str) {
        for (block, label, weight) in page.weighed() {
            let likelihood = block.likelihood(trees);
            self.surprise.add(label, likelihood, weight);
            self.choices.add(label, likelihood >= THRESHOLD);
        }
        if !page.text.is_empty() {
            self.texts.add(&page.text, text);
        }
    }
}

/// The F1 of texts that must and must not be in articles, for the pages that no trees were made from.
fn segments<const N: usize>(corpus: &Corpus, all: [&Trees; N]) -> anyhow::Result<Option<(usize, [f64; N])>> {
    let truth = corpus.truth::<Article>("segments")?;
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut choices = [Choices::default(); N];
    for article in &truth {
        let page = corpus.page("segments", &article.file, &article.url)?;
        for (choices, trees) in choices.iter_mut().zip(all) {
            let text = squeezed(&training::article(&page, trees, Weights::shipped()).text);
            article.with.iter().for_each(|part| choices.add(true, text.contains(&squeezed(part))));
            article.without.iter().for_each(|part| choices.add(false, text.contains(&squeezed(part))));
        }
    }
    Ok((!truth.is_empty()).then(|| (truth.len(), choices.map(|choices| choices.f1()))))
}

/// What a table says of itself.
fn made(pages: &Pages, settings: &Settings, labelled: &[Labelled], texts: &BTreeMap<&str, [Texts; 3]>, folded: &Figures) -> String {
    let used = labelled.iter().filter(|page| page.is_covered()).count();
    let mut sets: Vec<String> = texts.iter().map(|(set, of)| format!("{set} {} (text F1 {:.3})", of[0].pages(), of[1].f1())).collect();
    let told = labelled.iter().filter(|page| page.text.is_empty()).count();
    sets.extend((told > 0).then(|| format!("segments {told}")));
    let Settings { trees, leaves, rate, least_rows, ridge } = settings;
    let credit = if texts.keys().any(|set| set.starts_with("wcxb")) { CREDIT } else { "" };
    format!(
        "{credit}Made by `loa-reader-train blocks` from {used} of {} pages: {}.\n\
         {trees} trees of {leaves} leaves, rate {rate}, at least {least_rows} rows a leaf, ridge {ridge}.\n\
         In {} folds by site, seed {}: log loss {:.3}, block F1 {:.3}, text F1 {:.3}.",
        labelled.len(),
        sets.join(", "),
        pages.folds,
        pages.seed,
        folded.surprise.mean(),
        folded.choices.f1(),
        folded.texts.f1(),
    )
}

//! The weights of what is measured of a headline on a list page.
//!
//! Fitted to each candidate by itself: an item of the list or another link. The pages, their rebuilds and their copies
//! weigh the same. What comes after (votes between candidates, the line of the page) has no part in the fit, only in
//! the figures: these are of the whole reader, given the weights.

use std::{collections::HashSet, io::Write};

use anyhow::{Context as _, ensure};
use loa_reader::{
    list::training::{self, Features, WEIGHTS, Weights},
    page::Page,
};
use serde::Deserialize;
use url::Url;

use crate::{
    copies::{self, Change, plain},
    corpus::{self, Corpus, Pages},
    descent,
    score::{f1, mean},
    table,
};

/// The bias and a weight for each feature.
const WEIGHED: usize = 1 + WEIGHTS.len();
/// How strongly weights are held near zero: as much as two pages would speak.
const RIDGE: f64 = 2.0;
/// Rebuilds of a page stand beside it as `page.1.html.gz`, `page.2.html.gz`, …
const REBUILDS: [&str; 3] = ["1", "2", "3"];

/// A line of `lists/truth.jsonl`.
#[derive(Debug, Deserialize)]
struct Truth {
    file: String,
    url: String,
    core: Vec<Item>,
    /// Addresses that may be given or not.
    #[serde(default)]
    optional: Vec<Url>,
}

#[derive(Debug, Deserialize)]
struct Item {
    url: Url,
}

/// A list page, a rebuild of it or a copy.
pub struct Listed {
    /// `as saved`, `rebuild 1`, `numbers`.
    form: String,
    pub page: Page,
    items: HashSet<String>,
    optional: HashSet<String>,
    /// What is measured of each candidate, after 1 for the bias, and whether it is an item.
    candidates: Vec<([f64; WEIGHED], bool)>,
}

/// Fits on all but one part of the sites at a time, then on all, and prints what came of it.
pub fn train(pages: &Pages, out: &mut impl Write) -> anyhow::Result<()> {
    let listed = listed(&pages.corpus(), pages.seed)?;
    ensure!(!listed.is_empty(), "`{}` has no list: expected `lists/truth.jsonl`", pages.corpus.display());
    let folds = corpus::folds(listed.iter().map(|page| page.page.url.as_str()), pages.folds, pages.seed);
    let fitted = fit(listed.iter());
    let mut scores: Vec<(&str, [f64; 3])> = Vec::new();
    for fold in 0..usize::from(pages.folds) {
        let part = |is_tested: bool| listed.iter().zip(&folds).filter(move |(_, of)| (**of == fold) == is_tested).map(|(page, _)| page);
        let folded = fit(part(false));
        scores.extend(part(true).map(|page| (&*page.form, [&Weights::SHIPPED, &folded, &fitted].map(|weights| page.f1(weights)))));
    }
    let mut forms: Vec<&str> = listed.iter().map(|page| &*page.form).collect();
    let mut known = HashSet::new();
    forms.retain(|form| known.insert(*form));
    writeln!(out, "{:<12} {:>6} {:>8} {:>8} {:>8}", "macro F1", "pages", "shipped", "folded", "of all")?;
    for form in forms {
        let of_form: Vec<[f64; 3]> = scores.iter().filter(|(of, _)| *of == form).map(|(_, scores)| *scores).collect();
        write!(out, "{form:<12} {:>6}", of_form.len())?;
        for at in 0..3 {
            write!(out, " {:>8.3}", mean(&of_form.iter().map(|scores| scores[at]).collect::<Vec<_>>()))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "\nOf all, for `crates/reader/src/list/score/weights.rs`:\n\n{}", table::of_headlines(&fitted))?;
    Ok(())
}

/// Every page with its rebuilds and copies.
pub fn listed(corpus: &Corpus, seed: u64) -> anyhow::Result<Vec<Listed>> {
    let mut all = Vec::new();
    for truth in corpus.truth::<Truth>("lists")? {
        let items: HashSet<String> = truth.core.iter().map(|item| plain(&item.url)).collect();
        let optional: HashSet<String> = truth.optional.iter().map(plain).collect();
        let page = corpus.page("lists", &truth.file, &truth.url)?;
        for number in REBUILDS {
            let file = truth.file.replacen(".html", &format!(".{number}.html"), 1);
            if corpus.root.join("lists").join(&file).exists() {
                let page = corpus.page("lists", &file, &truth.url)?;
                all.push(Listed::of(format!("rebuild {number}"), page, items.clone(), optional.clone()));
            }
        }
        for change in Change::ALL {
            let copy = copies::copy(&page, &items, change, seed).with_context(|| format!("`{}` has too many elements", truth.file))?;
            let new = |old: &HashSet<String>| old.iter().map(|old| copy.addresses.get(old).unwrap_or(old).clone()).collect();
            let (items, optional) = (new(&items), new(&optional));
            all.push(Listed::of(format!("{change:?}").to_lowercase(), copy.page, items, optional));
        }
        all.push(Listed::of("as saved".to_owned(), page, items, optional));
    }
    all.sort_by(|one, other| one.form.cmp(&other.form));
    Ok(all)
}

impl Listed {
    fn of(form: String, page: Page, items: HashSet<String>, optional: HashSet<String>) -> Self {
        let measured = training::features(&page).into_iter().filter_map(|(url, features)| Some((plain(&url), features?)));
        let known = measured.filter(|(url, _)| !optional.contains(url));
        let candidates = known.map(|(url, features)| (with_bias(&features), items.contains(&url))).collect();
        Self { form, page, items, optional, candidates }
    }

    /// How well the whole reader finds the list with other weights.
    fn f1(&self, weights: &Weights) -> f64 {
        let found: HashSet<String> = training::headlines(&self.page, weights).iter().map(|candidate| plain(&candidate.url)).collect();
        let found: HashSet<&String> = found.iter().filter(|url| !self.optional.contains(*url)).collect();
        let right = found.iter().filter(|url| self.items.contains(**url)).count() as f64;
        if found.is_empty() { 0.0 } else { f1(right / found.len() as f64, right / self.items.len() as f64) }
    }
}

fn with_bias(features: &Features) -> [f64; WEIGHED] {
    std::array::from_fn(|at| if at == 0 { 1.0 } else { features.0[at - 1] })
}

/// The weights under which it is least surprising which candidates are items. On each page the items weigh as much as
/// all other links: scores then mean the same on a page of few links and on a front page, as the votes want it.
pub fn fit<'a>(pages: impl Iterator<Item = &'a Listed>) -> Weights {
    let pages: Vec<&Listed> = pages.collect();
    let fitted = descent::least([0.0; WEIGHED], |weights| {
        let (mut loss, mut slope) = (0.0, [0.0; WEIGHED]);
        for page in &pages {
            let items = page.candidates.iter().filter(|(_, is_item)| *is_item).count();
            for (measured, is_item) in &page.candidates {
                let share = 0.5 / if *is_item { items } else { page.candidates.len() - items } as f64;
                let sum: f64 = measured.iter().zip(weights).map(|(value, weight)| value * weight).sum();
                let toward = if *is_item { sum } else { -sum };
                // ln(1 + e^-x) without overflow.
                loss += share * ((-toward.abs()).exp().ln_1p() + (-toward).max(0.0));
                let error = 1.0 / (1.0 + (-sum).exp()) - f64::from(u8::from(*is_item));
                for (slope, value) in slope.iter_mut().zip(measured) {
                    *slope += share * error * value;
                }
            }
        }
        for (slope, weight) in slope.iter_mut().zip(weights) {
            loss += RIDGE * weight * weight / 2.0;
            *slope += RIDGE * weight;
        }
        (loss, slope)
    });
    // As a table has them, without -0.
    let rounded = fitted.map(|weight| (weight * 10.0).round() / 10.0 + 0.0);
    Weights { bias: rounded[0], of: std::array::from_fn(|at| rounded[at + 1]) }
}

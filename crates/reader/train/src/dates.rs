//! The weights of the signs for a date: fitted on what pages show, as if they stated nothing to machines.
//!
//! Each page has one vote: it says that the day of publication is this of its dates and none of the others, or that it
//! shows none. The likelihood of a date grows with its score; that of none is as if its score were
//! [`Weights::believed`], so that from there on a date is more often the article's than not.

use std::{collections::BTreeMap, fs, io::Write, path::Path};

use anyhow::{Context as _, ensure};
use jiff::civil::Date;
use loa_reader::{
    article::training::{self, SIGNS, Shown, Trees, Weights},
    page::Page,
};

use crate::{
    corpus::{self, Article, Corpus, Pages},
    descent, table,
};

/// The kinds of pages whose day is known.
const KINDS: [&str; 3] = ["articles", "dates", "segments"];
const COUNT: usize = SIGNS.len();
/// How strongly weights are held near zero: as much as half a page would speak.
const RIDGE: f64 = 0.5;

/// A page whose day of publication is known.
pub struct Dated {
    set: String,
    /// Its site, whatever address it is read under.
    pub url: String,
    page: Page,
    day: Date,
    shown: Shown,
}

/// Fits on all but one part of the sites at a time, then on all, and prints what came of it.
pub fn train(pages: &Pages, file: Option<&Path>, out: &mut impl Write) -> anyhow::Result<()> {
    let dated = dated(&pages.corpus())?;
    ensure!(
        !dated.is_empty(),
        "`{}` has no page with a day: expected `published` in `articles/truth.jsonl` or `dates/truth.jsonl`",
        pages.corpus.display()
    );
    let folds = corpus::folds(dated.iter().map(|page| page.url.as_str()), pages.folds, pages.seed);
    let mut sets: BTreeMap<&str, Figures> = BTreeMap::new();
    let fitted = fit(dated.iter());
    for fold in 0..usize::from(pages.folds) {
        let folded = fit(dated.iter().zip(&folds).filter(|(_, of)| **of != fold).map(|(page, _)| page));
        for (page, _) in dated.iter().zip(&folds).filter(|(_, of)| **of == fold) {
            let figures = sets.entry(&page.set).or_default();
            figures.add(page, [Weights::shipped(), &folded, &fitted]);
        }
    }
    writeln!(out, "{:<12} {:>6} {:>6}  as shown: {HEADS}   read whole: {HEADS}", "day right", "pages", "shows")?;
    for (set, figures) in &sets {
        writeln!(out, "{set:<12} {figures}")?;
    }
    let shipped = Weights::shipped();
    writeln!(out, "\n{:<15} {:>9} {:>8} {:>8}", "sign", "shipped", "fitted", "pages")?;
    for (at, sign) in SIGNS.iter().enumerate() {
        let by_hand = if fitted.by_hand[at] { "  by hand" } else { "" };
        let count = dated.iter().filter(|page| page.shown.iter().any(|(_, signs)| signs[at] != 0.0)).count();
        writeln!(out, "{sign:<15} {:>9.1} {:>8.1} {count:>8}{by_hand}", shipped.of[at], fitted.of[at])?;
    }
    if let Some(file) = file {
        fs::write(file, table::of_dates(&fitted, &made(pages, dated.len(), &sets)))
            .with_context(|| format!("cannot write `{}`", file.display()))?;
        writeln!(out, "\nwrote `{}`", file.display())?;
    }
    Ok(())
}

const HEADS: &str = "shipped, folded, of all";

/// How many days were right.
#[derive(Debug, Default)]
struct Figures {
    pages: usize,
    /// Pages that show the day at all.
    shows: usize,
    /// With shipped, folded and fitted weights: by what the page shows, and by all that it says.
    shown: [usize; 3],
    whole: [usize; 3],
}

impl Figures {
    fn add(&mut self, page: &Dated, weights: [&Weights; 3]) {
        self.pages += 1;
        self.shows += usize::from(page.shown.iter().any(|(day, _)| day == page.day));
        for (at, weights) in weights.into_iter().enumerate() {
            self.shown[at] += usize::from(page.shown.chosen(weights) == Some(page.day));
            let published = training::article(&page.page, Trees::shipped(), weights).published;
            self.whole[at] += usize::from(published.is_some_and(|stamp| stamp.at.date() == page.day));
        }
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let share = |count: usize| count as f64 / self.pages.max(1) as f64;
        write!(f, "{:>6} {:>6}           ", self.pages, self.shows)?;
        for count in self.shown {
            write!(f, "  {:>6.3}", share(count))?;
        }
        write!(f, "             ")?;
        for count in self.whole {
            write!(f, "  {:>6.3}", share(count))?;
        }
        Ok(())
    }
}

/// What a table says of itself: by what the pages show, as sites see it that it was not made from.
fn made(pages: &Pages, count: usize, sets: &BTreeMap<&str, Figures>) -> String {
    let right = |figures: &Figures| figures.shown[1] as f64 / figures.pages.max(1) as f64;
    let sets: Vec<String> = sets.iter().map(|(set, figures)| format!("{set} {} ({:.3} right)", figures.pages, right(figures))).collect();
    let Pages { folds, seed, .. } = pages;
    format!(
        "Made by `loa-reader-train dates` from {count} pages, by what they show, in {folds} folds by site, seed {seed}:\n{}.",
        sets.join(", ")
    )
}

/// Pages of `dates` are read without their addresses, which often have the day.
pub fn dated(corpus: &Corpus) -> anyhow::Result<Vec<Dated>> {
    let mut all = Vec::new();
    for kind in KINDS {
        for article in corpus.truth::<Article>(kind)? {
            let Some(day) = article.day() else { continue };
            let page = corpus.page(kind, &article.file, if kind == "dates" { "" } else { &article.url })?;
            let shown = Shown::of(&page);
            let set = if article.set.is_empty() { kind.to_owned() } else { article.set };
            all.push(Dated { set, url: article.url, page, day, shown });
        }
    }
    Ok(all)
}

/// The weights under which the true days are least surprising.
pub fn fit<'a>(pages: impl Iterator<Item = &'a Dated>) -> Weights {
    let pages: Vec<&Dated> = pages.collect();
    let Weights { of: shipped, believed, possible, by_hand } = *Weights::shipped();
    let start = std::array::from_fn(|at| if by_hand[at] { f64::from(shipped[at]) } else { 0.0 });
    let fitted = descent::least(start, |weights| {
        let (mut loss, mut slope) = (0.0, [0.0; COUNT]);
        for page in &pages {
            loss += surprise(page, weights, f64::from(believed), &mut slope);
        }
        for at in (0..COUNT).filter(|at| !by_hand[*at]) {
            loss += RIDGE * weights[at] * weights[at] / 2.0;
            slope[at] += RIDGE * weights[at];
        }
        (0..COUNT).filter(|at| by_hand[*at]).for_each(|at| slope[at] = 0.0);
        (loss, slope)
    });
    // As a table has them, without -0.
    let of = fitted.map(|weight| ((weight * 10.0).round() / 10.0 + 0.0) as f32);
    Weights { of, believed, possible, by_hand }
}

/// How surprising a page's day is; adds to `slope` how that changes with the weights.
fn surprise(page: &Dated, weights: &[f64; COUNT], believed: f64, slope: &mut [f64; COUNT]) -> f64 {
    let score = |signs: &[f32]| signs.iter().zip(weights).map(|(degree, weight)| f64::from(*degree) * weight).sum::<f64>();
    let scored: Vec<(bool, f64, &[f32])> = page.shown.iter().map(|(day, signs)| (day == page.day, score(signs), signs)).collect();
    // Odds are counted from the best score on, so that none is too great to count.
    let best = scored.iter().map(|(_, score, _)| *score).fold(believed, f64::max);
    let none = (believed - best).exp();
    let odds_of =
        |is_right: bool| scored.iter().filter(|(right, ..)| *right == is_right).map(|(_, score, _)| (score - best).exp()).sum::<f64>();
    let is_shown = scored.iter().any(|(is_right, ..)| *is_right);
    let right = if is_shown { odds_of(true).max(f64::MIN_POSITIVE) } else { none.max(f64::MIN_POSITIVE) };
    let all = none + odds_of(true) + odds_of(false);
    for (is_right, score, signs) in &scored {
        let odds = (score - best).exp();
        let change = odds / all - if *is_right { odds / right } else { 0.0 };
        for (slope, degree) in slope.iter_mut().zip(*signs) {
            *slope += change * f64::from(*degree);
        }
    }
    (all / right).ln()
}

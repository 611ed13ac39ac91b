//! What the article reader gets right, and what each of its rules is worth: the figures without it beside those with
//! all of them.
//!
//! The sites are dealt into two halves. Rules are made looking at the pages of the first; the second is kept aside, so
//! that a rule which helps in the first alone shows itself.

use std::{collections::BTreeMap, fmt, io::Write};

use anyhow::ensure;
use loa_reader::{
    article::{
        Draft,
        training::{self, Rule, Without},
    },
    page::Page,
};

use crate::{
    corpus::{self, Article, Pages},
    score::{Choices, Texts},
};

/// The kinds of pages that have articles; those of `dates` are read without their addresses, which often have the day.
const KINDS: [&str; 3] = ["articles", "segments", "dates"];
/// The half in which rules are made, and the one that is kept aside.
const HALVES: [&str; 2] = ["in fold", "out of fold"];

/// A page and what is known of it.
pub struct Known {
    pub set: String,
    half: usize,
    pub page: Page,
    pub truth: Article,
}

/// Prints the figures of each set, then how many thousandths of them each rule is worth.
pub fn measure(pages: &Pages, brief: bool, out: &mut impl Write) -> anyhow::Result<()> {
    let known = known(pages)?;
    ensure!(!known.is_empty(), "`{}` has no article: expected `articles/truth.jsonl`", pages.corpus.display());
    let with_all = figures(known.iter().zip(&read(&known, Without::default())));
    writeln!(out, "{:<12} {:<12} {:>5}  {HEADS}", "set", "", "pages")?;
    for ((set, half), figures) in &with_all {
        writeln!(out, "{set:<12} {:<12} {:>5}  {figures}", HALVES[*half], figures.pages)?;
    }
    if brief { Ok(()) } else { worth(&known, out) }
}

fn read(known: &[Known], without: Without) -> Vec<Draft> {
    known.iter().map(|known| training::article_without(&known.page, without)).collect()
}

/// Prints how many thousandths of the figures each rule is worth on either half.
pub fn worth(known: &[Known], out: &mut impl Write) -> anyhow::Result<()> {
    let all = read(known, Without::default());
    let with_all = figures(known.iter().zip(&all));
    writeln!(out, "\nworth in thousandths, {}, then {}: {HEADS}", HALVES[0], HALVES[1])?;
    for rule in Rule::ALL {
        let without = read(known, Without::rule(*rule));
        let changed = all.iter().zip(&without).filter(|(with, without)| is_other(with, without)).count();
        writeln!(out, "{:<22} {changed:>4} pages", rule.name())?;
        let without = figures(known.iter().zip(&without));
        let sets: Vec<&String> = with_all.keys().filter(|(_, half)| *half == 0).map(|(set, _)| set).collect();
        for set in sets {
            let worth = |half: usize| {
                let key = (set.clone(), half);
                with_all.get(&key).zip(without.get(&key)).map(|(with, without)| with.worth(without)).unwrap_or_default()
            };
            let (made, aside) = (worth(0), worth(1));
            if made.iter().chain(&aside).any(|worth| worth.abs() > 0.05) {
                let line = |worth: &[f64; COUNT]| worth.iter().map(|worth| format!("{worth:>7.1}")).collect::<String>();
                writeln!(out, "    {set:<12} {}   {}", line(&made), line(&aside))?;
            }
        }
        out.flush()?;
    }
    Ok(())
}

fn is_other(one: &Draft, other: &Draft) -> bool {
    let day = |draft: &Draft| draft.published.as_ref().map(|stamp| stamp.at.date());
    one.text != other.text || one.title != other.title || one.author != other.author || day(one) != day(other)
}

/// The pages of articles, those of `dates` among them, each with its half.
pub fn known(pages: &Pages) -> anyhow::Result<Vec<Known>> {
    let corpus = pages.corpus();
    let mut known = Vec::new();
    for kind in KINDS {
        for truth in corpus.truth::<Article>(kind)? {
            let address = if kind == "dates" { "" } else { &truth.url };
            let page = corpus.page(kind, &truth.file, address)?;
            let set = if truth.set.is_empty() { kind.to_owned() } else { truth.set.clone() };
            known.push(Known { set, half: 0, page, truth });
        }
    }
    let halves = corpus::folds(known.iter().map(|known| known.truth.url.as_str()), 2, pages.seed);
    known.iter_mut().zip(halves).for_each(|(known, half)| known.half = half);
    Ok(known)
}

/// How many figures there are of a set.
const COUNT: usize = 5;
pub const HEADS: &str = "   text  title author  names    day";

/// What was right.
#[derive(Default)]
pub struct Figures {
    pub pages: usize,
    texts: Texts,
    /// Texts that must and must not be there.
    segments: Choices,
    has_segments: bool,
    title: Share,
    /// Everybody is named, whoever else is.
    author: Share,
    /// Those are named, and nobody else.
    names: Share,
    day: Share,
}

#[derive(Default, Clone, Copy)]
struct Share {
    right: usize,
    of: usize,
}

impl Share {
    fn add(&mut self, is_right: bool) {
        self.right += usize::from(is_right);
        self.of += 1;
    }

    fn value(self) -> Option<f64> {
        (self.of > 0).then(|| self.right as f64 / self.of as f64)
    }
}

fn figures<'a>(read: impl Iterator<Item = (&'a Known, &'a Draft)>) -> BTreeMap<(String, usize), Figures> {
    let mut figures: BTreeMap<(String, usize), Figures> = BTreeMap::new();
    for (known, draft) in read {
        figures.entry((known.set.clone(), known.half)).or_default().add(&known.truth, draft);
    }
    figures
}

impl Figures {
    /// Adds a page as it was read.
    pub fn add(&mut self, truth: &Article, draft: &Draft) {
        self.pages += 1;
        if let Some(text) = truth.text.as_deref().filter(|text| !text.is_empty()) {
            self.texts.add(text, &draft.text);
        }
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = flat(&draft.text);
        for (parts, is_true) in [(&truth.with, true), (&truth.without, false)] {
            for part in parts {
                self.has_segments = true;
                self.segments.add(is_true, text.contains(&flat(part)));
            }
        }
        let found = training::normal(draft.title.as_deref().unwrap_or_default());
        if let Some(title) = truth.title.as_deref().filter(|title| !title.is_empty()) {
            self.title.add(training::normal(title) == found);
        }
        let authors = truth.authors();
        if !authors.is_empty() {
            let known: Vec<String> = authors.iter().map(|name| training::normal(name)).filter(|name| !name.is_empty()).collect();
            let found = draft.author.as_deref().unwrap_or_default();
            let line = training::normal(found);
            self.author.add(!line.is_empty() && known.iter().all(|name| line.contains(name.as_str())));
            let mut found: Vec<String> = found.split(", ").map(training::normal).filter(|name| !name.is_empty()).collect();
            let mut known = known;
            found.sort();
            known.sort();
            self.names.add(found == known);
        }
        if let Some(day) = truth.day() {
            self.day.add(draft.published.as_ref().is_some_and(|stamp| stamp.at.date() == day));
        }
    }

    fn values(&self) -> [Option<f64>; COUNT] {
        let text = if self.has_segments { Some(self.segments.f1()) } else { (self.texts.pages() > 0).then(|| self.texts.f1()) };
        [text, self.title.value(), self.author.value(), self.names.value(), self.day.value()]
    }

    /// What is lost without it, in thousandths.
    fn worth(&self, without: &Self) -> [f64; COUNT] {
        let (with, without) = (self.values(), without.values());
        std::array::from_fn(|at| (with[at].unwrap_or_default() - without[at].unwrap_or_default()) * 1_000.0)
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.values().iter().try_for_each(|value| match value {
            Some(value) => write!(f, "{value:>7.3}"),
            None => write!(f, "{:>7}", "-"),
        })
    }
}

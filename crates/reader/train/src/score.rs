//! How well a text, a choice of blocks or a likelihood agrees with what is known.

use std::collections::HashMap;

use loa_reader::article::training::words;

/// Words that are compared together.
const RUN: usize = 4;

/// Precision and recall of many texts, by the runs of four words that they share with the true ones.
#[derive(Debug, Default, Clone)]
pub struct Texts {
    precisions: Vec<f64>,
    recalls: Vec<f64>,
}

impl Texts {
    pub fn add(&mut self, truth: &str, found: &str) {
        let (precision, recall) = agreement(truth, found);
        self.precisions.extend(precision);
        self.recalls.push(recall);
    }

    pub fn pages(&self) -> usize {
        self.recalls.len()
    }

    /// Of the means of both, as the article-extraction-benchmark has it.
    pub fn f1(&self) -> f64 {
        f1(mean(&self.precisions), mean(&self.recalls))
    }
}

/// The share of `found` that is true, unless it is empty, and the share of the truth that was found.
pub fn agreement(truth: &str, found: &str) -> (Option<f64>, f64) {
    let (truth, found) = (runs(truth), runs(found));
    let size = |runs: &HashMap<Vec<&str>, usize>| runs.values().sum::<usize>() as f64;
    let shared: usize = found.iter().map(|(run, count)| truth.get(run).copied().unwrap_or_default().min(*count)).sum();
    let share = |all: f64| if all > 0.0 { shared as f64 / all } else { 0.0 };
    ((!found.is_empty()).then(|| share(size(&found))), share(size(&truth)))
}

fn runs(text: &str) -> HashMap<Vec<&str>, usize> {
    let words: Vec<&str> = words(text).collect();
    let mut runs = HashMap::new();
    if !words.is_empty() {
        for run in words.windows(RUN.min(words.len())) {
            *runs.entry(run.to_vec()).or_default() += 1;
        }
    }
    runs
}

/// What was rightly chosen, wrongly chosen and missed.
#[derive(Debug, Default, Clone, Copy)]
pub struct Choices {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Choices {
    pub fn add(&mut self, is_true: bool, is_chosen: bool) {
        self.right += usize::from(is_true && is_chosen);
        self.wrong += usize::from(!is_true && is_chosen);
        self.missed += usize::from(is_true && !is_chosen);
    }

    pub fn f1(&self) -> f64 {
        let share = |others: usize| self.right as f64 / (self.right + others).max(1) as f64;
        f1(share(self.wrong), share(self.missed))
    }
}

/// Log loss, weighted: the surprise of the truth to whoever gave the likelihoods.
#[derive(Debug, Default, Clone, Copy)]
pub struct Surprise {
    sum: f64,
    weights: f64,
}

impl Surprise {
    pub fn add(&mut self, is_true: bool, likelihood: f32, weight: f32) {
        let of_truth = if is_true { likelihood } else { 1.0 - likelihood };
        self.sum -= f64::from(weight) * f64::from(of_truth).max(1e-7).ln();
        self.weights += f64::from(weight);
    }

    pub fn mean(&self) -> f64 {
        self.sum / self.weights.max(f64::MIN_POSITIVE)
    }
}

pub fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
}

/// 0 of nothing.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

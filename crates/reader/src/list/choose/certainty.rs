//! How sure the vote is of an item: how far it is above the page's line, how good the best is, and how many there are.
//!
//! The weights were fitted on list pages, on copies of them with plain addresses and short titles, and on copies with
//! one to four items left: of the items that are called 0.8 sure about four in five are items.

use crate::list::score::Outcome;

const BIAS: f64 = -4.2;
/// The distance from the line, as a share of the line.
const DISTANCE: f64 = 4.2;
const BEST: f64 = 2.6;
/// The logarithm of the number of items, as a share of [`MANY`]'s.
const COMPANY: f64 = 2.5;
const MANY: f64 = 32.0;
/// Where the page has no line, or a very low one, the distance is measured by this.
const LEAST_LINE: f64 = 0.1;

/// Between 0 and 1; about a half at the line of a long list.
pub(in crate::list) fn of(score: f64, items: usize, outcome: &Outcome) -> f64 {
    let line = outcome.line.unwrap_or(outcome.best).max(LEAST_LINE);
    let company = (items.max(1) as f64).log2().min(MANY.log2()) / MANY.log2();
    let sum = BIAS + DISTANCE * (score - line) / line + BEST * outcome.best + COMPANY * company;
    1.0 / (1.0 + (-sum).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_far_above_its_line_is_sure_and_its_line_is_a_toss_up() {
        let outcome = Outcome { chosen: Vec::new(), scores: Vec::new(), line: Some(0.5), best: 0.85 };
        let sure = |score, items| (100.0 * of(score, items, &outcome)).round();
        assert_eq!([sure(0.85, 20), sure(0.5, 20), sure(0.85, 2), sure(0.2, 20)], [96.0, 54.0, 81.0, 9.0]);
    }
}

//! When an article was published and last changed.
//!
//! What its page states to machines comes first ([`stated`]). Where that says nothing, every date that the page shows
//! is a candidate ([`candidates`]), signs speak for it or against it ([`score`]), and one is chosen, or none
//! ([`choose`]). How dates are spelled is the business of [`crate::time`].

mod candidates;
mod changed;
mod choose;
mod labels;
mod line;
mod marked;
mod place;
mod refine;
mod score;
mod stated;
mod weights;

pub use choose::{Dates, Scale, best, decide};
pub use place::Place;
pub use score::{Scored, all as shown};
pub use stated::{Addresses, Stated, pictured};
pub use weights::{NAMES, Weights};

#[cfg(test)]
mod tests;

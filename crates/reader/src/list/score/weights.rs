//! What is measured of one candidate, and how much each measure weighs: the table that training writes.
//!
//! The weights were fitted on list pages and on copies of them with plain addresses, foreign hosts and short titles, so
//! that no single feature carries a page.

/// What is measured of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    /// The width of the headline.
    Length,
    /// Words of the longest segment of the address.
    Slug,
    /// How many stand alike.
    Company,
    /// Words of the headline that stand in the address.
    Overlap,
    /// It is a heading.
    Heading,
    /// A number or key in the address.
    Identifier,
    /// A picture in the record.
    Picture,
    /// A date in the record.
    Date,
    /// The record holds a better headline.
    Secondary,
    /// It stands in the page's menu, head or foot.
    Chrome,
    /// It leads to another site.
    External,
    /// It stands in a sentence.
    Sentence,
    /// Other candidates lie under its address.
    Section,
}

/// What all start with.
const BIAS: f64 = -2.5;

/// Every feature with its weight, in the order of the features.
pub const WEIGHTS: [(Feature, f64); 13] = [
    (Feature::Length, 2.3),
    (Feature::Slug, 0.7),
    (Feature::Company, 0.7),
    (Feature::Overlap, 0.9),
    (Feature::Heading, 0.6),
    (Feature::Identifier, 2.3),
    (Feature::Picture, 1.9),
    (Feature::Date, 1.3),
    (Feature::Secondary, -3.4),
    (Feature::Chrome, -2.8),
    (Feature::External, -2.0),
    (Feature::Sentence, -2.0),
    (Feature::Section, -0.9),
];

/// What the features count.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// What all start with.
    pub bias: f64,
    /// In the order of the features.
    pub of: [f64; WEIGHTS.len()],
}

impl Weights {
    /// Those that this reader decides by.
    pub const SHIPPED: Self = {
        let mut of = [0.0; WEIGHTS.len()];
        let mut at = 0;
        while at < WEIGHTS.len() {
            of[WEIGHTS[at].0 as usize] = WEIGHTS[at].1;
            at += 1;
        }
        Self { bias: BIAS, of }
    };
}

/// The measures of one candidate, each between 0 and 1, in the order of the features.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Features(pub [f64; WEIGHTS.len()]);

impl Features {
    pub(in crate::list) fn of(measured: [(Feature, f64); WEIGHTS.len()]) -> Self {
        let mut values = [0.0; WEIGHTS.len()];
        for (feature, value) in measured {
            values[feature as usize] = value;
        }
        Self(values)
    }

    pub(in crate::list) fn get(&self, feature: Feature) -> f64 {
        self.0[feature as usize]
    }

    /// Of what nothing was measured.
    pub(in crate::list) const NONE: Self = Self([0.0; WEIGHTS.len()]);

    /// The two features that would lift it most.
    pub(in crate::list) fn lacks(&self) -> [Feature; 2] {
        let mut gains = WEIGHTS.map(|(feature, weight)| (weight.max(0.0) * (1.0 - self.get(feature)), feature));
        gains.sort_by(|left, right| right.0.total_cmp(&left.0));
        [gains[0].1, gains[1].1]
    }

    /// How likely they are those of a headline, from 0 to 1: a logistic regression.
    pub(in crate::list) fn likelihood(&self, weights: &Weights) -> f64 {
        let sum = self.0.iter().zip(weights.of).fold(weights.bias, |sum, (value, weight)| sum + weight * value);
        1.0 / (1.0 + (-sum).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_one_weight() {
        for (place, (feature, _)) in WEIGHTS.iter().enumerate() {
            assert_eq!(*feature as usize, place);
        }
    }
}

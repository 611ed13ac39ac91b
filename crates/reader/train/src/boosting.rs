//! Gradient-boosted trees over binned features: log loss, leaves grown best first.
//!
//! Plain and without randomness: the same rows give the same trees. Cuts and leaves are rounded while the trees grow,
//! so that what is written is what was measured.

use clap::Args;

/// Kinds of values that a feature is told by.
const BINS: usize = 255;

/// How trees are grown.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    /// Trees that are added up.
    #[arg(long, default_value_t = 150)]
    pub trees: usize,
    /// Leaves of each.
    #[arg(long, default_value_t = 16)]
    pub leaves: usize,
    /// How much of what is left each tree mends.
    #[arg(long, default_value_t = 0.1)]
    pub rate: f64,
    /// Rows that a leaf has at least.
    #[arg(long, default_value_t = 30)]
    pub least_rows: usize,
    /// What keeps the leaves small.
    #[arg(long, default_value_t = 1.0)]
    pub ridge: f64,
}

/// What is learned from.
#[derive(Debug, Default)]
pub struct Rows {
    /// One slice of features a row, all of one length.
    pub features: Vec<Vec<f32>>,
    pub labels: Vec<bool>,
    pub weights: Vec<f32>,
}

/// Trees whose sum is the log-odds.
#[derive(Debug)]
pub struct Forest {
    pub baseline: f32,
    pub trees: Vec<Tree>,
}

/// A leaf, or a question with two trees below it.
#[derive(Debug, Clone, PartialEq)]
pub enum Tree {
    Leaf(f32),
    Branch { feature: usize, threshold: f32, low: Box<Tree>, high: Box<Tree> },
}

impl Forest {
    /// From 0 to 1.
    #[cfg(test)]
    pub fn likelihood(&self, features: &[f32]) -> f32 {
        let sum: f32 = self.trees.iter().map(|tree| tree.value(features)).sum();
        1.0 / (1.0 + (-(self.baseline + sum)).exp())
    }
}

impl Tree {
    #[cfg(test)]
    fn value(&self, features: &[f32]) -> f32 {
        match self {
            Self::Leaf(value) => *value,
            Self::Branch { feature, threshold, low, high } => if features[*feature] <= *threshold { low } else { high }.value(features),
        }
    }
}

/// Trees that tell the rows with a true label from the others.
pub fn grow(rows: &Rows, settings: &Settings) -> Forest {
    let table = Binned::of(&rows.features);
    let mean = rows.weights.iter().sum::<f32>() / rows.weights.len().max(1) as f32;
    let weights: Vec<f64> = rows.weights.iter().map(|weight| f64::from(weight / mean)).collect();
    let of_true: f64 = rows.labels.iter().zip(&weights).filter(|(label, _)| **label).map(|(_, weight)| weight).sum();
    let share = (of_true / weights.iter().sum::<f64>().max(1.0)).clamp(0.001, 0.999);
    let baseline = rounded((share / (1.0 - share)).ln());
    let mut sums = vec![f64::from(baseline); rows.labels.len()];
    let mut trees = Vec::with_capacity(settings.trees);
    for _ in 0..settings.trees {
        let slopes: Vec<Slope> = (0..sums.len())
            .map(|at| {
                let likelihood = 1.0 / (1.0 + (-sums[at]).exp());
                let error = likelihood - f64::from(u8::from(rows.labels[at]));
                Slope { first: weights[at] * error, second: weights[at] * likelihood * (1.0 - likelihood), rows: 1 }
            })
            .collect();
        let grown = Grown::of(&table, &slopes, settings);
        for leaf in &grown.leaves {
            for row in &leaf.rows {
                sums[*row as usize] += f64::from(leaf.value(settings));
            }
        }
        trees.push(grown.tree(0, settings));
    }
    Forest { baseline, trees }
}

/// Four decimals are enough for sums that are compared with a threshold.
fn rounded(value: f64) -> f32 {
    ((value * 10_000.0).round() / 10_000.0) as f32
}

/// Features as numbers of bins, one column after the other.
struct Binned {
    rows: usize,
    bins: Vec<u8>,
    /// For each feature, the highest value of each bin but the last.
    cuts: Vec<Vec<f32>>,
}

impl Binned {
    fn of(features: &[Vec<f32>]) -> Self {
        let columns = features.first().map_or(0, Vec::len);
        let mut table = Self { rows: features.len(), bins: Vec::with_capacity(columns * features.len()), cuts: Vec::new() };
        for column in 0..columns {
            let cuts = cuts(features.iter().map(|row| row[column]).collect());
            table.bins.extend(features.iter().map(|row| cuts.partition_point(|cut| *cut < row[column]) as u8));
            table.cuts.push(cuts);
        }
        table
    }

    fn column(&self, feature: usize) -> &[u8] {
        &self.bins[feature * self.rows..(feature + 1) * self.rows]
    }
}

/// Where a feature's values are parted: between any two of them, or so that the parts have as many rows.
fn cuts(mut values: Vec<f32>) -> Vec<f32> {
    values.sort_by(f32::total_cmp);
    let least = values.len() / BINS;
    let mut cuts = Vec::new();
    let mut begins = 0;
    let distinct = values.chunk_by(|one, other| one == other).count();
    for at in 1..values.len() {
        if values[at - 1] < values[at] && (distinct <= BINS || at - begins > least) {
            cuts.push(between(values[at - 1], values[at]));
            begins = at;
        }
    }
    cuts.truncate(BINS - 1);
    cuts
}

/// The shortest number near the middle that is not below `low` and is below `high`.
fn between(low: f32, high: f32) -> f32 {
    let middle = f64::midpoint(f64::from(low), f64::from(high));
    let candidates = (0..8).map(|decimals| {
        let scale = 10_f64.powi(decimals);
        ((middle * scale).round() / scale) as f32
    });
    candidates.into_iter().find(|candidate| low <= *candidate && *candidate < high).unwrap_or(low)
}

/// How the loss changes with the sums of some rows: its first and second derivative.
#[derive(Debug, Clone, Copy, Default)]
struct Slope {
    first: f64,
    second: f64,
    rows: usize,
}

impl Slope {
    fn add(&mut self, other: &Self) {
        self.first += other.first;
        self.second += other.second;
        self.rows += other.rows;
    }

    fn without(&self, other: &Self) -> Self {
        Self { first: self.first - other.first, second: self.second - other.second, rows: self.rows - other.rows }
    }

    /// What a leaf of these rows takes off the loss, twice.
    fn gain(&self, ridge: f64) -> f64 {
        self.first * self.first / (self.second + ridge)
    }
}

/// A question that may be asked of a leaf's rows.
#[derive(Debug, Clone, Copy)]
struct Question {
    feature: usize,
    /// The last bin of the low side.
    bin: usize,
    gain: f64,
}

struct Leaf {
    rows: Vec<u32>,
    slope: Slope,
    /// The slopes of each bin of each feature.
    sums: Vec<Slope>,
    best: Option<Question>,
}

impl Leaf {
    fn of(rows: Vec<u32>, sums: Vec<Slope>, table: &Binned, slopes: &[Slope], settings: &Settings) -> Self {
        let mut slope = Slope::default();
        rows.iter().for_each(|row| slope.add(&slopes[*row as usize]));
        let mut leaf = Self { rows, slope, sums, best: None };
        leaf.best = leaf.question(table, settings);
        leaf
    }

    /// The question that takes most off the loss; of equal ones the first.
    fn question(&self, table: &Binned, settings: &Settings) -> Option<Question> {
        let mut best: Option<Question> = None;
        for (feature, cuts) in table.cuts.iter().enumerate() {
            let mut low = Slope::default();
            for bin in 0..cuts.len() {
                low.add(&self.sums[feature * BINS + bin]);
                let high = self.slope.without(&low);
                if low.rows.min(high.rows) < settings.least_rows {
                    continue;
                }
                let gain = low.gain(settings.ridge) + high.gain(settings.ridge) - self.slope.gain(settings.ridge);
                if gain > best.map_or(1e-9, |best| best.gain) {
                    best = Some(Question { feature, bin, gain });
                }
            }
        }
        best
    }

    fn value(&self, settings: &Settings) -> f32 {
        rounded(-settings.rate * self.slope.first / (self.slope.second + settings.ridge))
    }
}

fn sums(rows: &[u32], table: &Binned, slopes: &[Slope]) -> Vec<Slope> {
    let mut sums = vec![Slope::default(); table.cuts.len() * BINS];
    for feature in (0..table.cuts.len()).filter(|feature| !table.cuts[*feature].is_empty()) {
        let column = table.column(feature);
        let of_feature = &mut sums[feature * BINS..(feature + 1) * BINS];
        for row in rows {
            of_feature[usize::from(column[*row as usize])].add(&slopes[*row as usize]);
        }
    }
    sums
}

/// A tree that has grown to its size.
struct Grown {
    nodes: Vec<Node>,
    leaves: Vec<Leaf>,
}

#[derive(Debug, Clone, Copy)]
enum Node {
    Leaf(usize),
    Branch { feature: usize, threshold: f32, low: usize, high: usize },
}

impl Grown {
    fn of(table: &Binned, slopes: &[Slope], settings: &Settings) -> Self {
        let rows: Vec<u32> = (0..).take(slopes.len()).collect();
        let sums = sums(&rows, table, slopes);
        let mut grown = Self { nodes: vec![Node::Leaf(0)], leaves: vec![Leaf::of(rows, sums, table, slopes, settings)] };
        while grown.leaves.len() < settings.leaves && grown.split(table, slopes, settings) {}
        grown
    }

    /// Asks the best question of all leaves; false where none is worth asking.
    fn split(&mut self, table: &Binned, slopes: &[Slope], settings: &Settings) -> bool {
        let gain = |leaf: &Leaf| leaf.best.map_or(0.0, |best| best.gain);
        let asked = (0..self.leaves.len()).rev().max_by(|one, other| gain(&self.leaves[*one]).total_cmp(&gain(&self.leaves[*other])));
        let Some((at, question)) = asked.and_then(|at| Some((at, self.leaves[at].best?))) else { return false };
        let column = table.column(question.feature);
        let leaf = &mut self.leaves[at];
        let (low, high): (Vec<u32>, Vec<u32>) =
            std::mem::take(&mut leaf.rows).into_iter().partition(|row| usize::from(column[*row as usize]) <= question.bin);
        // The slopes of the larger side are those of both without the smaller one's.
        let both = std::mem::take(&mut leaf.sums);
        let of_smaller = sums(if low.len() < high.len() { &low } else { &high }, table, slopes);
        let of_larger: Vec<Slope> = both.iter().zip(&of_smaller).map(|(both, smaller)| both.without(smaller)).collect();
        let (of_low, of_high) = if low.len() < high.len() { (of_smaller, of_larger) } else { (of_larger, of_smaller) };
        self.leaves[at] = Leaf::of(low, of_low, table, slopes, settings);
        self.leaves.push(Leaf::of(high, of_high, table, slopes, settings));
        let node = self.nodes.iter().position(|node| matches!(node, Node::Leaf(leaf) if *leaf == at)).expect("each leaf has a node");
        let low = self.nodes.len();
        self.nodes.extend([Node::Leaf(at), Node::Leaf(self.leaves.len() - 1)]);
        let threshold = table.cuts[question.feature][question.bin];
        self.nodes[node] = Node::Branch { feature: question.feature, threshold, low, high: low + 1 };
        true
    }

    fn tree(&self, node: usize, settings: &Settings) -> Tree {
        match self.nodes[node] {
            Node::Leaf(leaf) => Tree::Leaf(self.leaves[leaf].value(settings)),
            Node::Branch { feature, threshold, low, high } => {
                let side = |node| Box::new(self.tree(node, settings));
                Tree::Branch { feature, threshold, low: side(low), high: side(high) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_is_short_and_parts_its_neighbours() {
        assert_eq!(between(0.0, 1.0), 0.5);
        assert_eq!(between(0.1234, 0.1238), 0.1236);
        assert_eq!(between(3.0, 4.0), 3.5);
        let (low, high) = (0.1_f32, f32::from_bits(0.1_f32.to_bits() + 1));
        assert!(low <= between(low, high) && between(low, high) < high);
    }

    #[test]
    fn trees_learn_what_no_single_question_tells() {
        let mut rng = fastrand::Rng::with_seed(7);
        let mut rows = Rows::default();
        for _ in 0..2_000 {
            let features = vec![rng.f32(), rng.f32(), rng.f32()];
            rows.labels.push((features[0] > 0.5) != (features[1] > 0.3));
            rows.features.push(features);
            rows.weights.push(1.0);
        }
        let settings = Settings { trees: 40, leaves: 8, rate: 0.2, least_rows: 20, ridge: 1.0 };
        let forest = grow(&rows, &settings);
        let right = (0..2_000).filter(|at| (forest.likelihood(&rows.features[*at]) > 0.5) == rows.labels[*at]).count();
        assert!(right > 1_950, "{right} of 2000");
        assert_eq!(forest.likelihood(&[0.9, 0.9, 0.0]) > 0.5, forest.likelihood(&[0.1, 0.1, 0.0]) > 0.5);
        assert_eq!(grow(&rows, &settings).trees, forest.trees);
    }
}

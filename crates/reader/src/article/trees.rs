//! The table of trees that says how likely a block belongs to the article.

use std::sync::LazyLock;

use super::features::{Features, NAMES};

/// The table as text; its first lines say how it is written and whose pages it was trained on.
const TABLE: &str = include_str!("model.txt");

static SHIPPED: LazyLock<Trees> = LazyLock::new(|| Trees::read(TABLE).expect("the table is compiled in and read by a test"));

/// A table of trees, read.
pub struct Trees {
    baseline: f32,
    /// All trees one after the other; `roots` says where each begins.
    nodes: Vec<Node>,
    roots: Vec<usize>,
}

/// Small, as all of them are gone through for each block.
enum Node {
    Leaf(f32),
    /// Not above the threshold: the next node; above: `otherwise`.
    Branch {
        feature: u16,
        threshold: f32,
        otherwise: u32,
    },
}

/// Why a table is none of this reader's.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A line, by its number from 1 on, is none that a table has.
    #[error("line {0} is neither a comment, `features …`, `baseline …` nor a tree")]
    Line(usize),
    /// Its features are not those that are counted here.
    #[error("the table was trained with other features than this reader counts; train it again")]
    Features,
}

impl Trees {
    /// The trees that this reader judges by.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads a table as `model.txt` has it; its first lines say how it is written.
    ///
    /// # Errors
    /// [`Unreadable`] where a line is no part of a table, or its features are not [`NAMES`].
    pub fn read(table: &str) -> Result<Self, Unreadable> {
        let mut trees = Self { baseline: 0.0, nodes: Vec::new(), roots: Vec::new() };
        for (at, line) in table.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let read = if let Some(names) = line.strip_prefix("features ") {
                if !names.split(' ').eq(NAMES.iter().copied()) {
                    return Err(Unreadable::Features);
                }
                Some(())
            } else if let Some(baseline) = line.strip_prefix("baseline ") {
                baseline.parse().ok().map(|baseline| trees.baseline = baseline)
            } else {
                trees.roots.push(trees.nodes.len());
                trees.read_tree(line)
            };
            read.ok_or(Unreadable::Line(at + 1))?;
        }
        Ok(trees)
    }

    fn read_tree(&mut self, line: &str) -> Option<()> {
        // Branches whose second side has not begun yet.
        let mut open: Vec<usize> = Vec::new();
        let (mut branches, mut leaves) = (0, 0);
        for word in line.split(' ') {
            let here = self.nodes.len();
            if let Some(value) = word.strip_prefix('=') {
                self.nodes.push(Node::Leaf(value.parse().ok()?));
                leaves += 1;
                // A leaf ends the first side of the innermost open branch: its second begins with the next node.
                if let Some(branch) = open.pop()
                    && let Node::Branch { otherwise, .. } = &mut self.nodes[branch]
                {
                    *otherwise = u32::try_from(here + 1).ok()?;
                }
            } else {
                let (feature, threshold) = word.split_once(':')?;
                let feature = feature.parse().ok().filter(|feature| usize::from(*feature) < Features::COUNT)?;
                self.nodes.push(Node::Branch { feature, threshold: threshold.parse().ok()?, otherwise: 0 });
                open.push(here);
                branches += 1;
            }
        }
        (leaves == branches + 1).then_some(())
    }

    /// How likely a block is part of the article, from 0 to 1.
    pub fn likelihood(&self, features: &Features) -> f32 {
        let sum: f32 = self.roots.iter().map(|root| self.leaf(*root, features)).sum();
        1.0 / (1.0 + (-(self.baseline + sum)).exp())
    }

    fn leaf(&self, root: usize, features: &Features) -> f32 {
        let mut at = root;
        loop {
            match self.nodes[at] {
                Node::Leaf(value) => return value,
                Node::Branch { feature, threshold, otherwise } => {
                    at = if features.values[usize::from(feature)] <= threshold { at + 1 } else { otherwise as usize };
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_was_trained_with_these_features() {
        assert!(TABLE.lines().any(|line| line.starts_with("features ")));
        let trees = Trees::read(TABLE).unwrap();
        assert_eq!(trees.roots.len(), 150);
        for node in &trees.nodes {
            assert!(!matches!(node, Node::Branch { otherwise: 0, .. }));
        }
    }

    #[test]
    fn a_branch_leads_to_either_side() {
        let trees = Trees::read("baseline 0\n0:.5 1:2 =1 =2 =3").unwrap();
        let leaf = |first, second| {
            let mut features = Features::default();
            features.values[0] = first;
            features.values[1] = second;
            trees.leaf(0, &features)
        };
        assert_eq!((leaf(0.5, 2.0), leaf(0.0, 3.0), leaf(1.0, 0.0)), (1.0, 2.0, 3.0));
    }

    #[test]
    fn a_table_of_other_features_or_a_torn_one_is_refused() {
        let refused = |table| Trees::read(table).err();
        assert_eq!(refused("# made by hand\nfeatures logsize words\nbaseline 0\n=1"), Some(Unreadable::Features));
        assert_eq!(refused("baseline 0\n0:.5 =1"), Some(Unreadable::Line(2)));
        assert_eq!(refused("baseline none"), Some(Unreadable::Line(1)));
    }
}

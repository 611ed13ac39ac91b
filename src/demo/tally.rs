//! What came of it, counted from what the portal showed, what its feed has and what the channel shows: Loa's own store
//! is not asked.

use std::collections::{BTreeMap, BTreeSet};

/// Headlines, by what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// On the portal's list.
    pub seen: usize,
    /// Of those in the feed.
    pub published: usize,
    /// Of those new, so that the channel is to be told.
    pub new: usize,
    /// Of the new ones, told once.
    pub once: usize,
    /// Messages too many: repetitions, and headlines that were not new.
    pub doubled: usize,
    /// New headlines that were not told, though later ones were, or all was waited for.
    pub lost: usize,
    /// New ones that are still on their way.
    pub under_way: usize,
}

impl Tally {
    /// `seen` are the portal's headlines and `new` the last of them; `said` is what the channel shows, in order. If
    /// `is_over`, all that was to come has come.
    pub fn of(seen: &[String], new: &[String], published: &BTreeSet<String>, said: &[String], is_over: bool) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for title in said {
            *counts.entry(title).or_default() += 1;
        }
        let count = |title: &String| counts.get(title.as_str()).copied().unwrap_or(0);
        let told: usize = new.iter().filter(|title| count(title) > 0).count();
        // What is older than a headline that was told had its turn.
        let had_turn = if is_over { new.len() } else { new.iter().rposition(|title| count(title) > 0).map_or(0, |last| last + 1) };
        let missing = new.len() - told;
        let lost = new[..had_turn].iter().filter(|title| count(title) == 0).count();
        Self {
            seen: seen.len(),
            published: seen.iter().filter(|title| published.contains(*title)).count(),
            new: new.len(),
            once: new.iter().filter(|title| count(title) == 1).count(),
            doubled: said.len() - told,
            lost,
            under_way: missing - lost,
        }
    }

    /// Whether every headline was told once and nothing else.
    pub fn is_clean(&self) -> bool {
        self.doubled == 0 && self.lost == 0 && self.published + self.under_way >= self.seen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(names: &str) -> Vec<String> {
        names.split_whitespace().map(str::to_owned).collect()
    }

    fn tally(published: &str, said: &str, is_over: bool) -> Tally {
        Tally::of(&titles("a b c d e"), &titles("c d e"), &titles(published).into_iter().collect(), &titles(said), is_over)
    }

    #[test]
    fn what_is_told_once_is_neither_doubled_nor_lost() {
        let all = tally("a b c d e", "c d e", true);
        assert_eq!(all, Tally { seen: 5, published: 5, new: 3, once: 3, doubled: 0, lost: 0, under_way: 0 });
        assert!(all.is_clean());
    }

    #[test]
    fn each_fault_is_counted() {
        assert_eq!(
            tally("a b c d e", "c d d e", true),
            Tally { seen: 5, published: 5, new: 3, once: 2, doubled: 1, lost: 0, under_way: 0 }
        );
        assert_eq!(tally("a b c d e", "c e", true), Tally { seen: 5, published: 5, new: 3, once: 2, doubled: 0, lost: 1, under_way: 0 });
        assert_eq!(tally("a b c d e", "a c d e", true).doubled, 1, "an old headline is none to be told");
        assert!(!tally("a b c d", "c d e", true).is_clean(), "one is not in the feed");
    }

    #[test]
    fn what_was_cut_short_is_not_lost() {
        assert_eq!(tally("a b c d", "c", false), Tally { seen: 5, published: 4, new: 3, once: 1, doubled: 0, lost: 0, under_way: 2 });
        assert_eq!(tally("a b c d e", "d", false), Tally { seen: 5, published: 5, new: 3, once: 1, doubled: 0, lost: 1, under_way: 1 });
        assert!(tally("a b c d", "c d", false).is_clean());
    }
}

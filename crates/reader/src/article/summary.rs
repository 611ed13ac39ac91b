//! The summary: a lead that is set apart, the page's description if it speaks of the article, or the first paragraph.

use super::{
    block::{Block, Style},
    class_hints::{Hint, Hints},
    features::beginning,
    hash::{ByNumber, hash},
    layout::Layout,
    words::{normal, words},
};
use crate::{publisher_mark::unmarked, text};

/// Longest paragraph that is a lead, in words.
const LONGEST: usize = 120;
/// Shortest.
const SHORTEST: usize = 8;

/// What the article says in short.
pub fn of(layout: &Layout, accepted: &[bool], description: Option<&str>, title: Option<&str>) -> Option<String> {
    let description = description.map(unmarked);
    let chosen: Vec<&Block> = layout.blocks.iter().zip(accepted).filter(|(_, accepted)| **accepted).map(|(block, _)| block).collect();
    let fits = |block: &&&Block| (SHORTEST..=LONGEST).contains(&block.words);
    let first = chosen.iter().take(3).find(fits).copied();
    if let Some(lead) = first
        && (is_set_apart(layout, lead, &chosen) || description.is_some_and(|description| is_cut_from(description, lead)))
    {
        return Some(text::squeeze(&lead.text));
    }
    let own = description.filter(|description| speaks_of(description, &chosen) && Some(normal(description)) != title.map(normal));
    own.map(str::to_owned).or_else(|| first.map(|lead| text::squeeze(&lead.text)))
}

/// In bold, in a box of its own, or called a lead by its class.
fn is_set_apart(layout: &Layout, lead: &Block, chosen: &[&Block]) -> bool {
    let marks = layout.chain(lead).rev().take(2).fold(Hints::default(), |marks, element| marks.and(element.kinds));
    let is_bold = lead.share_in(Style::BOLD) > 0.8;
    let others: Vec<&&Block> = chosen.iter().filter(|block| block.words >= SHORTEST && block.text != lead.text).take(3).collect();
    let alone = !others.is_empty() && others.iter().all(|other| other.parent() != lead.parent() && other.innermost() != lead.innermost());
    marks.has(Hint::Lead) || is_bold || alone && others.windows(2).all(|pair| pair[0].parent() == pair[1].parent())
}

/// A description that is the beginning of the lead.
fn is_cut_from(description: &str, lead: &Block) -> bool {
    let description = normal(description);
    let start = beginning(&description, 60);
    start.chars().nth(30).is_some() && lead.normal.starts_with(start)
}

/// Whether most words of the description occur in the article; that of the site does not speak of it.
fn speaks_of(description: &str, chosen: &[&Block]) -> bool {
    let known: ByNumber<u64, ()> = chosen.iter().flat_map(|block| block.normal.split(' ')).map(|word| (hash(word), ())).collect();
    let description = normal(description);
    let said: Vec<&str> = words(&description).collect();
    let shared = said.iter().filter(|word| known.contains_key(&hash(word))).count();
    said.len() >= SHORTEST && shared * 10 >= said.len() * 7
}

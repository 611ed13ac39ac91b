//! Where the good text of a page is: how much of it each element, each kind of block and each parent holds.

use std::collections::HashMap;

use super::{
    features::is_punctuation,
    hash::{ByNumber, Quick},
    layout::{Element, Layout},
};

/// Shortest text that counts as good, in characters; a character of a dense script counts three.
const GOOD_WEIGHT: f32 = 80.0;

/// The page as seen from its good text: blocks of some length with punctuation and few links.
pub struct Surroundings {
    /// The good text of each block.
    pub good: Vec<f32>,
    /// The good text before each block.
    pub passed: Vec<f32>,
    pub total: f32,
    /// The good text in each element.
    pub mass: Vec<f32>,
    /// The deepest elements that hold 80 % and 50 % of the good text.
    pub most: Option<usize>,
    pub half: Option<usize>,
    /// What each block's parent holds directly.
    pub parents: Vec<usize>,
    pub children: ByNumber<usize, Group>,
    pub best_parent: f32,
    /// The kinds of each block's two innermost elements, as a number.
    pub paths: Vec<u64>,
    path_groups: ByNumber<u64, Group>,
    pub best_path: f32,
    /// How many blocks say the same as each.
    pub copies: Vec<usize>,
    /// The block of the page's heading.
    pub heading: Option<usize>,
    /// Main headings up to each block.
    pub headings_until: Vec<usize>,
    /// The `<article>`s around each block, from outside in.
    pub articles: Vec<Vec<usize>>,
    pub article_mass: ByNumber<usize, f32>,
    /// The outermost `<article>` of the first good block that is in one.
    pub first_article: Option<usize>,
}

/// Blocks that have something in common.
#[derive(Default)]
pub struct Group {
    pub good_mass: f32,
}

impl Surroundings {
    /// `title` is the page's title, normalised.
    pub fn of(layout: &Layout, title: &str) -> Self {
        let blocks = &layout.blocks;
        let mut mass = vec![0.0; layout.elements.len()];
        let mut children: ByNumber<usize, Group> = ByNumber::default();
        let mut path_groups: ByNumber<u64, Group> = ByNumber::default();
        let mut spelled: HashMap<&str, usize, Quick> = HashMap::default();
        let mut article_mass: ByNumber<usize, f32> = ByNumber::default();
        let mut first_article = None;
        let (mut good, mut passed, mut parents, mut paths, mut articles) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut sum = 0.0;
        for block in blocks {
            let mut own = 0.0;
            let weight = block.weight();
            if weight >= GOOD_WEIGHT && block.linked < 0.4 && block.text.chars().any(is_punctuation) {
                own = weight * (1.0 - block.linked);
                if layout.chain(block).any(is_aside) {
                    own *= 0.3;
                }
            }
            for element in &block.chain {
                mass[*element] += own;
            }
            let parent = block.parent();
            let path = path(layout, &block.chain);
            children.entry(parent).or_default().good_mass += own;
            path_groups.entry(path).or_default().good_mass += own;
            *spelled.entry(&block.normal).or_default() += 1;
            let inside: Vec<usize> = block.chain.iter().copied().filter(|element| &*layout.elements[*element].name == "article").collect();
            if let (Some(outer), Some(inner)) = (inside.first(), inside.last()) {
                *article_mass.entry(*inner).or_default() += own;
                if own > 0.0 {
                    first_article.get_or_insert(*outer);
                }
            }
            passed.push(sum);
            good.push(own);
            parents.push(parent);
            paths.push(path);
            articles.push(inside);
            sum += own;
        }
        let total = if sum > 0.0 { sum } else { 1.0 };
        let best = |groups: &mut dyn Iterator<Item = &Group>| {
            let best = groups.map(|group| group.good_mass).fold(0.0, f32::max);
            if best > 0.0 { best } else { 1.0 }
        };
        Self {
            most: deepest(layout, &mass, 0.8 * total),
            half: deepest(layout, &mass, 0.5 * total),
            best_parent: best(&mut children.values()),
            best_path: best(&mut path_groups.values()),
            copies: blocks.iter().map(|block| spelled[block.normal.as_str()]).collect(),
            heading: heading(layout, title),
            headings_until: headings_until(layout),
            good,
            passed,
            total,
            mass,
            parents,
            children,
            paths,
            path_groups,
            articles,
            article_mass,
            first_article,
        }
    }

    pub fn path_group(&self, block: usize) -> &Group {
        &self.path_groups[&self.paths[block]]
    }

    /// Whether one of `articles` is around the heading, too; `None` when the heading is in none.
    pub fn in_heading_article(&self, articles: &[usize]) -> Option<bool> {
        let heading = &self.articles[self.heading?];
        (!heading.is_empty()).then(|| articles.iter().any(|article| heading.contains(article)))
    }
}

fn is_aside(element: &Element) -> bool {
    matches!(&*element.name, "nav" | "footer" | "aside" | "header")
}

fn path(layout: &Layout, chain: &[usize]) -> u64 {
    chain[chain.len().saturating_sub(2)..].iter().fold(0, |path: u64, element| path.rotate_left(7) ^ layout.elements[*element].kind)
}

/// The deepest element that holds at least `needed` of the good text.
fn deepest(layout: &Layout, mass: &[f32], needed: f32) -> Option<usize> {
    let holding = layout.elements.iter().enumerate().filter(|(at, _)| mass[*at] > 0.0 && mass[*at] >= needed);
    holding.max_by_key(|(at, element)| (element.depth, std::cmp::Reverse(*at))).map(|(at, _)| at)
}

/// The block of the main heading: the first that is part of the title, else the last that looks like one.
fn heading(layout: &Layout, title: &str) -> Option<usize> {
    let mut heading = None;
    for (at, block) in layout.blocks.iter().enumerate() {
        let in_heading = layout.chain(block).rev().take(3).any(|element| &*element.name == "h1");
        if in_heading || (!title.is_empty() && block.normal == title) {
            heading = Some(at);
            if !title.is_empty() && title.contains(&block.normal) {
                break;
            }
        }
    }
    heading
}

fn headings_until(layout: &Layout) -> Vec<usize> {
    let mut count = 0;
    let is_heading = |block| layout.chain(block).next_back().is_some_and(|element| &*element.name == "h1");
    layout
        .blocks
        .iter()
        .map(|block| {
            count += usize::from(is_heading(block));
            count
        })
        .collect()
}

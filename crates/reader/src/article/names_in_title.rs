//! Names of the site and of its sections among the headings: what a page's title says before or after the headline.
//!
//! `Headline - Section - Site` and `Site | Headline` look alike, so it is the page that tells which part is the
//! headline: a story follows it. Where only one part stands on the page, it is the headline, unless the page hides it.

use std::{collections::HashSet, ops::Range};

use super::{
    headings::{self, Heading},
    layout::Layout,
    metadata::{Metadata, plain},
    words::normal,
};
use crate::pattern::Pattern;
use crate::site::{Fingerprint, Others};

/// Parts of a title that are put together again.
const PARTS: usize = 8;
/// Words of a headline.
const WORDS: usize = 4;

static CUT: Pattern = Pattern::new(r"\s*[|ㅣ»«•·>]+\s*|\s+[–—-]+\s+");

/// Main headings of a page that are compared with those of others.
const MAIN: usize = 4;

/// What a heading turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As far as the titles tell.
    Headline,
    /// The headline is another part of the title.
    NameBeside(String),
    /// A name, and the headline is not among the lines of the page.
    Name,
}

/// What `heading` is, by the `titles` that it is a part of; `lesser` gives the page's other headings.
pub fn judge<'a>(layout: &Layout, heading: &Heading, lesser: impl Fn() -> &'a [Heading], titles: &[&str]) -> Verdict {
    for title in titles {
        let parts = parts(title);
        let Some(own) = runs(parts.len()).find(|run| run.len() < parts.len() && joined(&parts[run.clone()]) == heading.normal) else {
            continue;
        };
        let beside = runs(parts.len()).filter(|run| run.end <= own.start || run.start >= own.end);
        let mut beside: Vec<(usize, String)> = beside.map(|run| (run.start, joined(&parts[run]))).collect();
        beside.retain(|(_, normal)| normal.split(' ').count() >= WORDS);
        beside.sort_by_key(|(start, normal)| (*start, std::cmp::Reverse(normal.len())));
        let is_first = own.start == 0;
        for (start, normal) in beside {
            if !layout.budget.spend(layout.blocks.len()) {
                break;
            }
            let lines = layout.blocks.iter().enumerate();
            let stands = |(at, block): &(usize, &super::block::Block)| {
                block.normal == normal && block.linked < 0.5 && !headings::is_beside(layout, *at)
            };
            let Some((at, block)) = lines.clone().filter(stands).max_by_key(|(at, _)| headings::heads_story(layout, *at)) else {
                continue;
            };
            let is_look = lesser().iter().any(|other| other.block == at);
            let is_headline = match (headings::heads_story(layout, at), headings::heads_story(layout, heading.block)) {
                (true, false) => true,
                (false, true) => heading.is_hidden && start == 0,
                (true, true) if is_first => is_look && at > heading.block && !heading.is_main,
                (true, true) => at > heading.block || heading.is_hidden,
                (false, false) => start == 0 && (is_look || heading.is_hidden),
            };
            if is_headline {
                return Verdict::NameBeside(block.text.clone());
            }
        }
        if heading.is_hidden && !is_first {
            return Verdict::Name;
        }
    }
    Verdict::Headline
}

/// The line of the page that a title begins or ends with, and that a story follows.
pub fn line_in_title(layout: &Layout, titles: &[&str]) -> Option<String> {
    let ends = |title: &&str| {
        let parts = parts(title);
        let at_an_end = |run: &Range<usize>| run.start == 0 || run.end == parts.len();
        runs(parts.len()).filter(at_an_end).map(|run| joined(&parts[run])).collect::<Vec<_>>()
    };
    let wanted: HashSet<String> = titles.iter().flat_map(ends).filter(|run| run.split(' ').count() >= WORDS).collect();
    let heads_story = |at: usize| !headings::is_heading_beside(layout, at) && headings::heads_story(layout, at);
    let lines = layout.blocks.iter().enumerate().filter(|(_, block)| wanted.contains(&block.normal) && block.linked < 0.5);
    // Of equals the first.
    let best = lines.filter(|(at, _)| heads_story(*at)).rev().max_by_key(|(_, block)| block.words);
    best.map(|(_, block)| block.text.clone())
}

/// The hidden headings that are a later part of a title: what may be cut off its end.
pub fn tails<'a>(headings: &'a [Heading], titles: &[&str]) -> Vec<&'a str> {
    let is_tail = |heading: &&Heading| {
        titles.iter().any(|title| {
            let parts = parts(title);
            runs(parts.len()).any(|run| run.start > 0 && joined(&parts[run]) == heading.normal)
        })
    };
    headings.iter().filter(|heading| heading.is_hidden).filter(is_tail).map(|heading| heading.text.as_str()).collect()
}

/// What the titles of a page are made of, and its main headings, by which other pages are compared with it.
pub fn of_page(metadata: &Metadata, layout: &Layout) -> Vec<String> {
    let titles = [plain(&metadata.title), metadata.line(&["og:title"]).unwrap_or_default()];
    let headings = headings::main(layout).into_iter().take(MAIN).map(|heading| heading.normal);
    let mut all: Vec<String> = titles.iter().flat_map(|title| parts(title)).chain(titles.iter().map(|title| normal(title))).collect();
    all.extend(headings);
    all.retain(|part| !part.is_empty());
    all.sort();
    all.dedup();
    all
}

/// Told from the same words in an article.
pub fn print(part: &str) -> Fingerprint {
    Fingerprint::of_text(&format!("title: {part}"))
}

/// `title` without names at its end that stand on most other pages; `None` where it is a name as a whole.
pub fn without_names(title: &str, others: &Others) -> Option<String> {
    let is_name = |part: &str| {
        let seen = others.with_text(print(&normal(part)));
        seen >= 2 && 2 * seen >= others.pages()
    };
    let mut title = title;
    while !is_name(title) {
        match CUT.regex().find_iter(title).last().filter(|cut| cut.start() > 0 && is_name(&title[cut.end()..])) {
            Some(cut) => title = &title[..cut.start()],
            None => return Some(title.to_owned()),
        }
    }
    None
}

/// The words of what stands between dashes, bars and the like.
fn parts(title: &str) -> Vec<String> {
    CUT.regex().split(title).map(normal).filter(|part| !part.is_empty()).take(PARTS).collect()
}

/// Parts that stand side by side.
fn runs(parts: usize) -> impl Iterator<Item = Range<usize>> {
    (0..parts).flat_map(move |start| (start + 1..=parts).map(move |end| start..end))
}

fn joined(parts: &[String]) -> String {
    parts.join(" ")
}

//! Who wrote, in lines that say nothing else: `By Jane Doe`, `Written by A, B and C`, a label with names below it.

use super::{MAX_NAMED, is_of_comment};
use crate::{
    article::{
        block::Block,
        features::ends_sentence,
        headings,
        layout::Layout,
        names,
        rule::{Rule, Without},
        words::normal,
    },
    pattern::Pattern,
    time,
};

/// Words of a line with a label and a name.
const LABELLED: usize = 40;
/// Words from which a block is the lead or the text.
const PROSE: usize = 15;
/// Blocks from the headline on among which who wrote is looked for.
const AROUND: usize = 14;
/// Characters of another reader's byline.
const LONGEST_BYLINE: usize = 100;
/// Words of a line that says who wrote, and nothing else.
const LINE_WORDS: usize = 8;

/// "By X Y" in a short block around the headline.
pub fn visible(layout: &Layout, heading: usize) -> Option<String> {
    static BY: Pattern = Pattern::new(concat!(
        r"^\s*(?:[Bb]y|(?:[Bb][Yy]|[Vv]on|[Pp]ar|[Pp]or|[Dd]i|[Dd]oor|[Aa]v|[Aa]f|[Tt]ác giả|[Tt]ext)\s*:?\s+)",
        r"((?:(?:Dr|Prof|Mr|Ms|Mrs)\.?\s+)?\p{Lu}[\w.'’-]+",
        r"(?:\s+(?:de|van|von|der|la|le|del|bin|al)?\s*\p{Lu}[\w.'’-]+){1,3})",
        r"\s*(?:[,|·•–-].*|\s+\d.*)?$",
    ));
    // One part of a line of stamps: `Ngày đăng: 18/01/2024 | Tác giả: Minh Hà`.
    static LABELLED: Pattern =
        Pattern::new(r"[|•·;,–-]\s*(?:[Tt]ác giả|[Nn]gười viết)\s*:\s*(\p{Lu}\p{L}*(?:\s+\p{Lu}\p{L}*){1,4})\s*(?:$|[|•·;,(–-])");
    let mut around = layout.blocks.iter().take(heading + AROUND).skip(heading.saturating_sub(4));
    let named = |block: &Block| {
        // An office behind the name may be a long one.
        let is_line = block.words <= 12 || block.words <= 20 && !ends_sentence(&block.text);
        let by = || BY.captures(behind_date(&block.text)).filter(|_| is_line).map(|found| found[1].to_owned());
        by().or_else(|| LABELLED.captures(&block.text).filter(|_| block.words <= 40).map(|found| found[1].to_owned()))
    };
    let named = around.find_map(|block| named(block).filter(|name| !names::is_role(name)));
    named.or_else(|| layout.blocks.iter().skip(heading + 1).take(AROUND).take_while(|block| block.words < PROSE).find_map(account))
}

/// The name of an account in a line that says nothing else: `by anna_lee`.
fn account(block: &Block) -> Option<String> {
    let name = block.text.strip_prefix("by ").or_else(|| block.text.strip_prefix("By ")).filter(|_| block.words == 2)?;
    Some(name.trim().to_owned()).filter(|name| names::is_account(name) && !names::is_role(name))
}

/// A line around the headline.
#[derive(Debug)]
pub struct Line {
    text: String,
    normal: String,
}

/// The lines around the headline in which several people may be named: `Written by A, B and C`.
pub fn around(layout: &Layout, heading: usize) -> Vec<Line> {
    let around = layout.blocks.iter().take(heading + AROUND).skip(heading.saturating_sub(4)).filter(|block| block.words <= LABELLED);
    around.map(|block| Line { text: block.text.clone(), normal: block.normal.clone() }).collect()
}

impl Line {
    /// The names in a line that has all of `known` and says nothing but names.
    pub fn names_with(&self, known: &[String], language: &str) -> Option<Vec<String>> {
        if !known.iter().all(|name| self.normal.contains(&normal(name))) {
            return None;
        }
        let names = names::shown([behind_date(&self.text)], language);
        (names.len() > 1 && names.iter().all(|name| names::is_full(name))).then_some(names)
    }
}

/// The byline that another reader found, which glues blocks together, as the page shows it: a line for each block.
/// Nothing where it is a comment's.
pub fn lines(layout: &Layout, byline: &str) -> Vec<String> {
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let wanted = bare(byline);
    let lengths = wanted.len()..=4 * LONGEST_BYLINE;
    let elements = (0..layout.elements.len()).filter(|at| lengths.contains(&layout.text_length(*at)));
    let mut affordable = elements.take_while(|at| layout.budget.spend(layout.text_length(*at)));
    let is_wanted = |at: &usize| layout.may_say(*at, &wanted) && bare(&layout.text_of(*at)) == wanted;
    let Some(element) = affordable.find(is_wanted) else { return vec![byline.to_owned()] };
    if is_of_comment(layout, element) {
        return Vec::new();
    }
    let lines: Vec<String> = layout.blocks[layout.blocks_in(element)].iter().map(|block| block.text.clone()).collect();
    if bare(&lines.concat()) == wanted { lines } else { vec![layout.text_of(element)] }
}

/// A line without the date that it begins with: `03/01/2017 by Jane Doe`.
fn behind_date(line: &str) -> &str {
    let is_dated = line.starts_with(|ch: char| ch.is_ascii_digit());
    let date = if is_dated { time::place(line).filter(|date| date.start == 0) } else { None };
    date.map_or(line, |date| line[date.end..].trim_start_matches([' ', '|', '-', '–', '·', ',', '•']))
}

/// The one name that stands behind a label of who wrote, in its line or in the line below it, wherever that is; or the
/// names of a list below it.
pub fn labelled(layout: &Layout, without: Without) -> Vec<String> {
    static LABEL: Pattern = Pattern::new(concat!(
        r"(?i)(?:^|[|•·;]\s*|\s)(?:autor(?:in|en)?|author|von|text|written by|auteur|autore|par|tác giả|người viết)\s*:\s*",
        r"((?-i:\p{Lu}[\p{L}.'’-]*(?:\s+(?:de|van|von|der|la|le|del|bin|al)?\s*\p{Lu}[\p{L}'’-]+){1,3}))?\s*(?:$|[|•·;,(–-])",
    ));
    let mut found: Vec<String> = Vec::new();
    for (at, block) in layout.blocks.iter().enumerate().filter(|(_, block)| block.words <= LABELLED) {
        if is_label(block) && without.keeps(Rule::AuthorLabelled) {
            let names = listed_below(layout, at);
            if !names.is_empty() {
                return names;
            }
        }
        let labelled = || {
            let label = LABEL.captures(&block.text)?;
            let below = || layout.blocks.get(at + 1).map(|next| next.text.as_str()).filter(|_| block.words <= 2);
            label.get(1).map(|name| name.as_str()).or_else(below).filter(|name| names::is_full(name))
        };
        let below = || {
            let next = &layout.blocks.get(at + 1).filter(|_| without.keeps(Rule::AuthorLabelled) && is_label(block))?.text;
            Some(next.as_str()).filter(|name| names::is_full(name))
        };
        let name = line(block).or_else(below).or_else(|| if block.text.contains(':') { labelled() } else { None });
        let is_new = |name: &&str| !found.iter().any(|known| known == name);
        if let Some(name) = name.filter(|name| !names::is_role(name) && !headings::is_beside(layout, at)).filter(is_new) {
            found.push(name.to_owned());
        }
    }
    if found.len() == 1 { found } else { Vec::new() }
}

/// The names in the items of the list right below a label.
fn listed_below(layout: &Layout, label: usize) -> Vec<String> {
    let item = |block: &Block| block.chain.iter().rev().copied().find(|at| &*layout.elements[*at].name == "li");
    let list = |block: &Block| item(block).and_then(|item| layout.elements[item].parent);
    let below = &layout.blocks[label + 1..];
    let Some(first) = below.first().and_then(list).filter(|_| list(&layout.blocks[label]).is_none()) else { return Vec::new() };
    let items: Vec<&Block> = below.iter().take_while(|block| list(block) == Some(first)).take(MAX_NAMED).collect();
    let are_names = items.iter().all(|block| names::is_full(&block.text));
    if are_names { items.into_iter().map(|block| block.text.clone()).collect() } else { Vec::new() }
}

/// Whether a line says nothing but that a name follows: `Written by`, `Author(s)`.
fn is_label(block: &Block) -> bool {
    const LABELS: [&str; 16] = [
        "by",
        "written by",
        "article by",
        "words by",
        "story by",
        "author",
        "authors",
        "author s",
        "auteur",
        "auteurs",
        "auteur s",
        "autor",
        "autorin",
        "autoren",
        "tác giả",
        "người viết",
    ];
    block.words <= 2 && LABELS.contains(&block.normal.as_str())
}

/// Who wrote, in a line that says nothing else: `von Jane Doe`.
fn line(block: &Block) -> Option<&str> {
    const LABELS: [&str; 12] =
        ["By ", "by ", "Von ", "von ", "Par ", "par ", "Por ", "por ", "Tác giả ", "tác giả ", "Người viết ", "người viết "];
    let name = LABELS.iter().filter(|_| block.words <= LINE_WORDS).find_map(|label| block.text.strip_prefix(label))?.trim();
    let is_part = |word: &str| word.starts_with(char::is_uppercase) && word.chars().all(|ch| ch.is_alphabetic() || ".'’-".contains(ch));
    let mut words = name.split(' ').filter(|word| !names::PARTICLES.contains(word));
    ((2..=4).contains(&words.clone().count()) && words.all(is_part) && name.starts_with(char::is_uppercase)).then_some(name)
}

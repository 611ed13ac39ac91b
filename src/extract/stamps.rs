//! Dates that the page shows: in elements marked as dates, and in lines near the headline.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    block::Block,
    date::Evidence,
    outline::{Element, Outline},
};
use crate::time::{self, Precision, Reading, Stamp};

/// Longest text that is a stamp with its label, in characters.
const LONGEST: usize = 150;
/// Longest block that a date is looked for in, in characters.
const LONGEST_BLOCK: usize = 200;
/// Score from which a visible date is believed.
const BELIEVED: f32 = 1.2;

/// What speaks for a date of publication where it stands before a date.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)publish|posted|written|erstellt|veröffentlicht|publi[ée]|publicado|pubblicato|gepubliceerd|geplaatst|opublikowano|dodano|data|date|datum|stand|updated|aktualisiert|mis à jour|đăng|ngày|cập nhật|опублик|дата|created|online|am |on |le |el |vom |le ",
    )
    .expect("the pattern is constant")
});

/// What speaks against one.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)copyright|©|\(c\)|seit |since|founded|gegründet|event|veranstaltung|birthday|geboren|comment|kommentar|reply|antwort|says:|schrieb|deadline|expire|bình luận|hết hạn",
    )
    .expect("the pattern is constant")
});

/// Boxes whose dates are those of other stories or of readers.
static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)comment|sidebar|related|widget|footer|recent|latest|other|khac|lien-?quan").expect("the pattern is constant")
});

/// A date in a block of text.
pub struct Seen {
    pub stamp: Stamp,
    score: f32,
    /// A word such as "đăng ngày" stands before it.
    labelled: bool,
    /// Blocks from the headline to it; negative: before the headline.
    behind: Option<isize>,
    /// It stands with other stories, comments, or in a clock above the article.
    pub elsewhere: bool,
}

/// All dates in short blocks, in the order of the page.
pub fn visible(evidence: &Evidence, reading: &Reading) -> Vec<Seen> {
    let outline = evidence.outline;
    let mut seen = Vec::new();
    for (at, block) in outline.blocks.iter().enumerate() {
        if block.length >= LONGEST_BLOCK || (OTHER.is_match(&block.text) && block.words < 30) {
            continue;
        }
        let Some(found) = time::find(&block.text, reading) else { continue };
        let before = &block.text[..found.range.start];
        let labelled = LABEL.is_match(last_characters(before, 30));
        let behind = evidence.heading.map(|heading| at as isize - heading as isize);
        let elsewhere = at >= evidence.end
            || outline.chain(block).any(is_elsewhere)
            || is_beside_link(outline, block)
            || behind.is_some_and(|behind| behind < 0 && !labelled && is_today(&found.stamp, reading));
        let mut score = match block.length {
            ..40 => 2.0,
            40..100 => 1.2,
            _ => 0.3,
        };
        if labelled {
            score += 1.0;
        }
        if let Some(behind) = behind {
            score += 1.5 * (1.0 - behind.unsigned_abs() as f32 / 12.0).max(0.0);
            if behind >= 0 {
                score += 0.5;
            }
        }
        if elsewhere {
            score -= 2.0;
        }
        if block.linked > 0.7 {
            score -= 1.0;
        }
        if found.stamp.precision == Precision::Minute {
            score += 0.3;
        }
        if !names_year(&block.text[found.range.clone()]) {
            score -= 1.0;
        }
        seen.push(Seen { stamp: found.stamp, score, labelled, behind, elsewhere });
    }
    seen
}

/// A labelled date in the few lines after the headline: stronger than any class.
pub fn under_headline(seen: &[Seen]) -> Option<Stamp> {
    let fits =
        |seen: &&Seen| seen.labelled && !seen.elsewhere && seen.score > 2.5 && seen.behind.is_some_and(|behind| (0..=4).contains(&behind));
    seen.iter().find(fits).map(|seen| seen.stamp.clone())
}

/// The visible date with the best score, if it is believed.
pub fn best(seen: &[Seen]) -> Option<Stamp> {
    highest(seen).filter(|seen| seen.score >= BELIEVED).map(|seen| seen.stamp.clone())
}

/// The visible date with the best score, if nothing else is there.
pub fn weak(seen: &[Seen]) -> Option<Stamp> {
    highest(seen).filter(|seen| !seen.elsewhere).map(|seen| seen.stamp.clone())
}

fn highest(seen: &[Seen]) -> Option<&Seen> {
    seen.iter().rev().max_by(|one, other| one.score.total_cmp(&other.score))
}

/// The first element marked as the date of publication for machines.
pub fn marked(evidence: &Evidence, reading: &Reading) -> Option<Stamp> {
    let outline = evidence.outline;
    outline.elements.iter().enumerate().find_map(|(at, element)| {
        if element.marks.is_empty() {
            return None;
        }
        let node = evidence.document.tree.get(&element.id)?;
        let itemprop = node.attr("itemprop")?.to_ascii_lowercase();
        if !itemprop.contains("datepublished") && !itemprop.contains("datecreated") {
            return None;
        }
        let value = node.attr("content").or_else(|| node.attr("datetime"));
        value.map_or_else(|| time::read(&outline.text_of(at), reading), |value| time::read(&value, reading))
    })
}

/// The date in the element that its name and class mark best; the first of equals.
pub fn in_elements(evidence: &Evidence, reading: &Reading) -> Option<Stamp> {
    let outline = evidence.outline;
    let mut best: Option<(f32, Stamp)> = None;
    for (at, element) in outline.elements.iter().enumerate() {
        let mark = mark_of(evidence, element);
        if mark == 0.0 {
            continue;
        }
        let block = outline.block_at(at);
        let is_far = block >= evidence.end || evidence.heading.is_some_and(|heading| block + 8 < heading);
        let bad = is_far || outline.upwards(at).skip(1).any(is_elsewhere) || is_in_list_of_links(outline, at);
        let score = mark - if bad { 1.5 } else { 0.0 };
        if score <= 0.0 || best.as_ref().is_some_and(|(known, _)| *known >= score) {
            continue;
        }
        if let Some(stamp) = date_of(evidence, at, reading) {
            best = Some((score, stamp));
        }
    }
    best.map(|(_, stamp)| stamp)
}

/// How clearly the name and class of an element say that it holds the date of publication.
fn mark_of(evidence: &Evidence, element: &Element) -> f32 {
    static NAMED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)publish|entry-date|created|posted").expect("the pattern is constant"));
    static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?i)publish|pubdate|entry-date|post-?date|article-?_?-?date|dateline|posted|date-?header|veroeff|erstell|created|ngay-?dang",
        )
        .expect("the pattern is constant")
    });
    static DATED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?i)(^|[\s_-])(datum|data|fecha|time|timestamp|day|ngay|thoi-?gian|stamp|meta|byline|info|submitted|subline|time-?stamp)([\s_-]|$)|date",
        )
        .expect("the pattern is constant")
    });
    static CHANGED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)updated|modified|comment").expect("the pattern is constant"));
    let marks = element.marks.as_str();
    let name = &*element.name;
    let mut mark = match name {
        "time" => {
            let is_named = NAMED.is_match(marks) || evidence.document.tree.get(&element.id).is_some_and(|node| node.has_attr("pubdate"));
            if is_named { 3.0 } else { 2.0 }
        }
        _ if marks.is_empty() => return 0.0,
        "abbr" if NAMED.is_match(marks) || marks.contains("date") => 3.0,
        "abbr" | "span" | "div" | "p" | "li" | "td" | "small" | "em" | "i" | "b" | "strong" | "a" | "dd" | "h5" | "h6" | "h4" | "h3"
        | "font" | "pubdate" | "ul" | "header" | "section" => {
            if PUBLISHED.is_match(marks) {
                2.0
            } else if DATED.is_match(marks) {
                1.0
            } else {
                0.0
            }
        }
        _ => 0.0,
    };
    if CHANGED.is_match(marks) {
        mark -= 1.2;
    }
    mark
}

fn date_of(evidence: &Evidence, at: usize, reading: &Reading) -> Option<Stamp> {
    let outline = evidence.outline;
    let element = &outline.elements[at];
    if matches!(&*element.name, "time" | "abbr") {
        let node = evidence.document.tree.get(&element.id)?;
        let value = node.attr("datetime").filter(|value| !value.trim().is_empty()).or_else(|| node.attr("title"));
        if let Some(stamp) = value.and_then(|value| time::read(&value, reading)) {
            return Some(stamp);
        }
    }
    if outline.text_length(at) > 4 * LONGEST {
        return None;
    }
    let text = outline.text_of(at);
    if text.is_empty() || text.chars().count() > LONGEST || OTHER.is_match(&text) {
        return None;
    }
    time::find(&text, reading).filter(|found| names_year(&text[found.range.clone()])).map(|found| found.stamp)
}

/// Whether a date is spelled with its year: what is not counts from today, or is in the news.
fn names_year(date: &str) -> bool {
    static YEAR: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(19|20)\d\d|\d\d?\s?[-/.]\s?\d\d?\s?[-/.]\s?\d\d").expect("the pattern is constant"));
    YEAR.is_match(date)
}

fn is_elsewhere(element: &Element) -> bool {
    matches!(&*element.name, "aside" | "footer" | "nav")
        || (!matches!(&*element.name, "body" | "html") && !element.marks.is_empty() && ELSEWHERE.is_match(&element.marks))
}

/// A date right beside a link of several words in an item of a list is that of another story.
fn is_beside_link(outline: &Outline, block: &Block) -> bool {
    is_in_list_of_links(outline, block.innermost())
}

fn is_in_list_of_links(outline: &Outline, element: usize) -> bool {
    let item = outline.upwards_at(element).find(|at| matches!(&*outline.elements[*at].name, "li" | "tr" | "dd"));
    item.is_some_and(|item| outline.text_length(item) < 600 && outline.longest_link_in(item) >= 4)
}

fn is_today(stamp: &Stamp, reading: &Reading) -> bool {
    stamp.at.date() == reading.now.to_zoned_datetime(stamp.at.time_zone().clone()).date()
}

fn last_characters(text: &str, count: usize) -> &str {
    text.char_indices().rev().take(count).last().map_or("", |(at, _)| &text[at..])
}

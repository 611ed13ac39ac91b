//! A preview as a person reads it, and as a program does: the headlines that would be published, and what would not be.

use std::{fmt::Write as _, os::fd::AsFd};

use loa_reader::{
    list::Part,
    text,
    time::{Precision, Stamp},
};
use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::page_boxes;
use crate::{
    article::Article,
    service::preview::{Item, Preview, Refused},
};

/// Columns where nobody says how wide the terminal is.
const COLUMNS: usize = 100;
/// What stands before a headline.
const BEFORE: usize = "  1  30/11/2026 08:04  ▣  ".len() - "▣".len() + 1;
/// What has a picture.
const PICTURE: char = '▣';

/// How much is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// A line for each headline, and the first of those that are left out.
    Short,
    /// The addresses, and everything that is left out.
    Long,
}

/// Links left out that are shown in short.
const FEW: usize = 8;

/// The columns of the terminal that `stream` is, if it is one.
pub fn columns(stream: impl AsFd) -> usize {
    terminal_size::terminal_size_of(stream).map_or(COLUMNS, |(terminal_size::Width(columns), _)| usize::from(columns)).max(40)
}

/// The whole preview, `columns` wide.
pub fn in_words(preview: &Preview, detail: Detail, columns: usize) -> String {
    let mut words = head(preview);
    if !preview.items.is_empty() {
        words.push('\n');
    }
    for (at, item) in preview.items.iter().enumerate() {
        words.push_str(&line(at + 1, &item.article, columns));
        if detail == Detail::Long {
            let _ = writeln!(words, "     {}", item.article.url);
        }
    }
    if preview.items.iter().any(|item| item.article.image.is_some()) {
        let _ = writeln!(words, "\n{PICTURE} has a picture");
    }
    let most = if detail == Detail::Long { usize::MAX } else { FEW };
    words.push_str(&left_out("left out", &preview.refused, most));
    words.push_str(&left_out("asked again later", &preview.pending, most));
    words + &tail(preview, detail)
}

/// How many headlines there are and where, and whose they are.
pub fn head(preview: &Preview) -> String {
    let mut words = match &preview.list {
        Some(list) => format!("{} headlines at {list}\n", preview.items.len()),
        None => format!("{} headlines at {}\n", preview.items.len(), preview.feed.url),
    };
    let feed = &preview.feed;
    let zone = feed.zone.iana_name().unwrap_or("UTC");
    let about = [Some(feed.title.as_str()), feed.language.as_deref(), Some(zone)];
    words.push_str(&format!("{}\n", about.into_iter().flatten().collect::<Vec<_>>().join(" · ")));
    words
}

/// The boxes of the page, and what could not be read.
pub fn tail(preview: &Preview, detail: Detail) -> String {
    let mut words = String::new();
    let boxes = page_boxes::lines(&preview.boxes);
    boxes.iter().for_each(|line| words.push_str(&format!("box      {line}\n")));
    if !boxes.is_empty() && detail == Detail::Long {
        let _ = writeln!(words, "hint     {}", page_boxes::WAY_OUT);
    }
    preview.remarks.iter().for_each(|remark| words.push_str(&format!("problem  {remark}\n")));
    words
}

/// `  1  30/11/2026 08:04  ▣  Ra quân bảo đảm trật tự đô thị`.
fn line(number: usize, article: &Article, columns: usize) -> String {
    let date = article.published.as_ref().map_or_else(|| "no date".to_owned(), shown);
    let picture = if article.image.is_some() { PICTURE } else { ' ' };
    format!("{number:>3}  {date:<16}  {picture}  {}\n", fitted(&article.title, columns.saturating_sub(BEFORE)))
}

fn left_out(what: &str, refused: &[Refused], most: usize) -> String {
    let mut words = String::new();
    for refused in refused.iter().take(most) {
        let _ = writeln!(words, "{what}: `{}`: {}", refused.title, refused.why);
    }
    if refused.len() > most {
        let _ = writeln!(words, "{what}: {} more", refused.len() - most);
    }
    words
}

/// The beginning of a text that fits into so many columns.
pub fn fitted(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let (mut cut, mut width) = (String::new(), 0);
    for ch in text.chars() {
        width += ch.width().unwrap_or(0);
        if width >= columns {
            break;
        }
        cut.push(ch);
    }
    format!("{}…", cut.trim_end())
}

pub fn shown(stamp: &Stamp) -> String {
    match stamp.precision {
        Precision::Day => stamp.at.strftime("%d/%m/%Y").to_string(),
        Precision::Minute => stamp.at.strftime("%d/%m/%Y %H:%M").to_string(),
    }
}

/// What of an article is worth a look: the fields that it has, and how long its text is.
pub fn sample(item: &Item) -> String {
    let article = &item.article;
    let mut words = format!("{}\n", article.title);
    let mut field = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let _ = writeln!(words, "  {name:<9}  {value}");
        }
    };
    field("published", article.published.as_ref().map(shown));
    field("author", article.author.clone());
    field("lead", article.summary.as_ref().map(|lead| text::cut(lead, 200)));
    field("image", article.image.as_ref().map(ToString::to_string));
    let paragraphs = article.text.split("\n\n").filter(|paragraph| !paragraph.is_empty()).count();
    let characters = article.text.chars().count();
    field("text", Some(format!("{paragraphs} paragraphs, {characters} characters")));
    words
}

/// A preview as JSON.
#[derive(Debug, Serialize)]
pub struct Json {
    /// The address that is watched.
    pub url: String,
    /// Where its list was found.
    pub list: Option<String>,
    pub title: String,
    pub language: Option<String>,
    pub time_zone: String,
    pub items: Vec<JsonItem>,
    pub refused: Vec<JsonRefused>,
    /// Headlines whose pages are asked again at later polls.
    pub pending: Vec<JsonRefused>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_links: Vec<JsonRefused>,
    pub boxes: Vec<JsonBox>,
    pub problems: Vec<String>,
    pub error: Option<String>,
}

/// As `extract list` has it.
#[derive(Debug, Serialize)]
pub struct JsonItem {
    title: String,
    url: String,
    published: Option<String>,
    summary: Option<String>,
    image: Option<String>,
    author: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct JsonRefused {
    title: String,
    url: Option<String>,
    why: String,
}

#[derive(Debug, Serialize)]
pub struct JsonBox {
    name: String,
    headlines: usize,
    is_list: bool,
    why: Option<String>,
}

impl Json {
    pub fn of(preview: &Preview) -> Self {
        let refused = |refused: &Refused| JsonRefused {
            title: refused.title.clone(),
            url: refused.url.as_ref().map(ToString::to_string),
            why: refused.why.clone(),
        };
        let boxes = preview.boxes.iter().map(|page_box| JsonBox {
            name: page_box.name().to_owned(),
            headlines: page_box.headlines,
            is_list: page_box.part == Part::List,
            why: match &page_box.part {
                Part::List => None,
                Part::Beside(why) => Some(why.clone()),
            },
        });
        let other_links = preview.dropped.iter().map(|dropped| JsonRefused {
            title: dropped.title.clone(),
            url: Some(dropped.url.to_string()),
            why: dropped.why.clone(),
        });
        Self {
            url: preview.feed.url.to_string(),
            list: preview.list.as_ref().map(ToString::to_string),
            title: preview.feed.title.clone(),
            language: preview.feed.language.clone(),
            time_zone: preview.feed.zone.iana_name().unwrap_or("UTC").to_owned(),
            items: preview.items.iter().map(|item| JsonItem::of(&item.article)).collect(),
            refused: preview.refused.iter().map(refused).collect(),
            pending: preview.pending.iter().map(refused).collect(),
            other_links: other_links.collect(),
            boxes: boxes.collect(),
            problems: preview.remarks.clone(),
            error: preview.failure.as_ref().map(ToString::to_string),
        }
    }
}

impl JsonItem {
    fn of(article: &Article) -> Self {
        Self {
            title: article.title.clone(),
            url: article.url.to_string(),
            published: article.published.as_ref().map(Stamp::to_rfc3339),
            summary: article.summary.clone(),
            image: article.image.as_ref().map(ToString::to_string),
            author: article.author.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_ends_with_a_mark() {
        assert_eq!(fitted("Ra quân bảo đảm", 15), "Ra quân bảo đảm");
        assert_eq!(fitted("Ra quân bảo đảm", 9), "Ra quân…");
        assert_eq!(fitted("東京東京", 6), "東京…");
    }
}

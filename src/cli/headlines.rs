//! A preview as a person reads it, and as a program does: the headlines that would be published, and what would not be.

use loa_reader::{
    list::Part,
    text,
    time::{Precision, Stamp},
};
use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{
    page_boxes,
    terminal::{Looks, Sheet},
};
use crate::{
    article::Article,
    service::preview::{Item, Preview, Refused},
    words::{Language, adding as said, errors},
};

/// What has a picture.
pub const PICTURE: char = '▣';

/// Columns before an address.
const INDENT: usize = 5;

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

/// The whole preview.
pub fn in_words(preview: &Preview, detail: Detail, language: Language, looks: Looks) -> Sheet {
    let mut sheet = Sheet::new(looks);
    head(preview, language, &mut sheet);
    sheet.gap();
    list(preview, detail, language, &mut sheet);
    if preview.items.iter().any(|item| item.article.image.is_some()) {
        sheet.gap();
        sheet.faint(0, &said::has_picture(language));
    }
    let most = if detail == Detail::Long { usize::MAX } else { FEW };
    left_out(&said::left_out(language), &preview.refused, most, language, &mut sheet);
    left_out(&said::asked_later(language), &preview.pending, most, language, &mut sheet);
    tail(preview, detail, language, &mut sheet);
    sheet
}

/// How many headlines there are and where, and whose they are.
pub fn head(preview: &Preview, language: Language, sheet: &mut Sheet) {
    let feed = &preview.feed;
    let list = preview.list.as_ref().unwrap_or(&feed.url);
    sheet.heading(&said::headlines(language, preview.items.len(), list.as_str()));
    let zone = feed.zone.iana_name().unwrap_or("UTC");
    let about = [Some(feed.title.as_str()), feed.language.as_deref(), Some(zone)];
    sheet.line(&about.into_iter().flatten().collect::<Vec<_>>().join(" · "));
}

/// `  1  30/11/2026 08:04  ▣  Ra quân bảo đảm trật tự đô thị`, a line for each.
fn list(preview: &Preview, detail: Detail, language: Language, sheet: &mut Sheet) {
    let dates: Vec<String> = preview.items.iter().map(|item| date(item.article.published.as_ref(), language)).collect();
    let wide = dates.iter().map(|date| date.width()).max().unwrap_or(0);
    for (at, (Item { article, .. }, date)) in preview.items.iter().zip(&dates).enumerate() {
        let picture = if article.image.is_some() { PICTURE } else { ' ' };
        let before = format!("{:>3}  {date}{}  {picture}  ", at + 1, " ".repeat(wide - date.width()));
        sheet.field(before.trim_end(), before.width(), &article.title);
        if detail == Detail::Long {
            sheet.faint(INDENT, article.url.as_str());
        }
    }
}

/// The boxes of the page, and what could not be read.
pub fn tail(preview: &Preview, detail: Detail, language: Language, sheet: &mut Sheet) {
    let boxes = page_boxes::lines(&preview.boxes, language);
    if boxes.is_empty() && preview.remarks.is_empty() {
        return;
    }
    sheet.gap();
    let labels = [said::page_box(language), said::hint(language), said::problem(language)];
    let column = labels.iter().map(|label| label.width()).max().unwrap_or(0) + 2;
    let [page_box, hint, problem] = labels;
    boxes.iter().for_each(|line| sheet.field(&page_box, column, line));
    if !boxes.is_empty() && detail == Detail::Long {
        sheet.field(&hint, column, &said::boxes_hint(language));
    }
    preview.remarks.iter().for_each(|remark| sheet.field(&problem, column, &errors::told(language, remark)));
}

fn left_out(label: &str, refused: &[Refused], most: usize, language: Language, sheet: &mut Sheet) {
    if refused.is_empty() {
        return;
    }
    sheet.gap();
    let column = label.width() + 2;
    for refused in refused.iter().take(most) {
        sheet.field(label, column, &format!("`{}`: {}", refused.title, errors::told(language, &refused.why)));
    }
    if refused.len() > most {
        sheet.field(label, column, &said::more(language, refused.len() - most));
    }
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

/// When it was published, or that nobody says.
pub fn date(published: Option<&Stamp>, language: Language) -> String {
    published.map_or_else(|| said::no_date(language), shown)
}

fn shown(stamp: &Stamp) -> String {
    match stamp.precision {
        Precision::Day => stamp.at.strftime("%d/%m/%Y").to_string(),
        Precision::Minute => stamp.at.strftime("%d/%m/%Y %H:%M").to_string(),
    }
}

/// What of an article is worth a look: the fields that it has, and how long its text is.
pub fn sample(item: &Item, language: Language, sheet: &mut Sheet) {
    let article = &item.article;
    sheet.gap();
    sheet.heading(&article.title);
    let labels = [said::published(language), said::author(language), said::lead(language), said::image(language), said::text(language)];
    let column = labels.iter().map(|label| label.width()).max().unwrap_or(0) + 4;
    let paragraphs = article.text.split("\n\n").filter(|paragraph| !paragraph.is_empty()).count();
    let characters = article.text.chars().count();
    let values = [
        article.published.as_ref().map(shown),
        article.author.clone(),
        article.summary.as_ref().map(|lead| text::cut(lead, 200)),
        article.image.as_ref().map(ToString::to_string),
        Some(said::text_length(language, paragraphs, characters)),
    ];
    for (label, value) in labels.iter().zip(values) {
        value.filter(|value| !value.is_empty()).iter().for_each(|value| sheet.field(&format!("  {label}"), column, value));
    }
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

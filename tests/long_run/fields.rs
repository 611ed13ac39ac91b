//! An article as Loa has it beside all that is true of the story.

use jiff::tz::TimeZone;
use loa::article::Article;
use loa_reader::{text, time::Precision};
use loa_stand_ins::portals::{Kind, Shown, Story};

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Title,
    Lead,
    Author,
    Minute,
    Paragraphs,
    /// Pictures with their captions.
    Captions,
    Tables,
    Attachments,
    Videos,
    /// No text that is not the story's.
    NothingElse,
}

impl Field {
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Lead => "lead",
            Self::Author => "author",
            Self::Minute => "minute",
            Self::Paragraphs => "paragraphs",
            Self::Captions => "captions",
            Self::Tables => "tables",
            Self::Attachments => "files",
            Self::Videos => "videos",
            Self::NothingElse => "nothing else",
        }
    }
}

/// A field that the story has: what is wrong with it, if anything is.
pub type Verdict = (Field, Option<String>);

/// Every field that the story has and the portal shows.
pub fn verdicts(article: &Article, story: &Story, shown: Shown) -> Vec<Verdict> {
    let mut verdicts = vec![(Field::Title, unless_equal(&article.title, &story.title))];
    if story.kind == Kind::Document {
        return verdicts;
    }
    if !story.lead.is_empty() {
        verdicts.push((Field::Lead, lead(article, story)));
    }
    if story.kind == Kind::News {
        verdicts.push((Field::Author, author(article, story, shown)));
        verdicts.push((Field::Paragraphs, paragraphs(article, story)));
    }
    if shown.minute {
        verdicts.push((Field::Minute, minute(article, story)));
    }
    if !story.pictures.is_empty() {
        verdicts.push((Field::Captions, captions(article, story)));
    }
    if story.table.is_some() {
        verdicts.push((Field::Tables, table(article, story)));
    }
    if !story.attachments.is_empty() {
        let lost = story.attachments.iter().find(|file| !article.html.contains(&format!("{}\"", file.path)));
        verdicts.push((Field::Attachments, lost.map(|file| format!("`{}` is lost", file.name))));
    }
    if let Some(path) = &story.video {
        let is_there = article.html.contains(&format!("{path}\""));
        verdicts.push((Field::Videos, (!is_there).then(|| format!("`{path}` is lost"))));
    }
    verdicts.push((Field::NothingElse, something_else(article, story)));
    verdicts
}

/// What is wrong with the day; `None` where it is right.
pub fn day(article: &Article, story: &Story) -> Option<String> {
    let truth = story.published.date();
    match &article.published {
        None => Some(format!("no day; it was {truth}")),
        Some(stamp) => {
            let day = stamp.at.with_time_zone(TimeZone::get("Asia/Ho_Chi_Minh").unwrap()).date();
            (day != truth).then(|| format!("the day is {day}; it was {truth}"))
        }
    }
}

fn unless_equal(found: &str, truth: &str) -> Option<String> {
    (text::squeeze(found) != truth).then(|| format!("`{found}`"))
}

/// The lead as it was written; the place before it may stand there too, apart from the first word.
fn lead(article: &Article, story: &Story) -> Option<String> {
    let found = article.summary.as_deref().unwrap_or_default();
    let without_place = found.strip_prefix(story.place).filter(|rest| !rest.starts_with(char::is_alphabetic));
    let without_place = without_place.map(|rest| rest.trim_start_matches([' ', '-', '–', ',', ':']));
    (found != story.lead && without_place != Some(story.lead.as_str())).then(|| format!("`{found}`"))
}

fn author(article: &Article, story: &Story, shown: Shown) -> Option<String> {
    let found = article.author.as_deref().unwrap_or_default();
    let truth = if shown.author { story.author } else { "" };
    (found.to_lowercase() != truth.to_lowercase()).then(|| format!("`{found}` for `{truth}`"))
}

fn minute(article: &Article, story: &Story) -> Option<String> {
    let truth = story.published.strftime("%d/%m/%Y %H:%M").to_string();
    let found = article.published.as_ref().filter(|stamp| stamp.precision == Precision::Minute);
    let found = found.map(|stamp| stamp.at.with_time_zone(story.published.time_zone().clone()).strftime("%d/%m/%Y %H:%M").to_string());
    (found.as_deref() != Some(truth.as_str())).then(|| format!("{} for {truth}", found.as_deref().unwrap_or("none")))
}

fn paragraphs(article: &Article, story: &Story) -> Option<String> {
    let lost = story.paragraphs.iter().find(|paragraph| !article.text.contains(paragraph.as_str()));
    lost.map(|paragraph| format!("`{paragraph}` is lost"))
}

fn captions(article: &Article, story: &Story) -> Option<String> {
    let lost = story.pictures.iter().find(|picture| {
        let captions = article.html.split("<figcaption>").skip(1).filter_map(|rest| rest.split("</figcaption>").next());
        let has_caption = picture.caption.is_empty() || captions.into_iter().any(|caption| plain(caption) == picture.caption);
        !article.html.contains(&format!("{}\"", picture.path)) || !has_caption
    });
    lost.map(|picture| format!("`{}` with `{}` is lost", picture.path, picture.caption))
}

fn table(article: &Article, story: &Story) -> Option<String> {
    let table = story.table.as_ref()?;
    let html = plain(&article.html.replace("</td>", "|</td>").replace("</th>", "|</th>"));
    let words = [table.caption.as_str()].into_iter().chain(table.header).chain(table.rows.iter().flatten().map(String::as_str));
    let lost = words.into_iter().find(|words| !html.contains(words));
    match lost {
        Some(words) => Some(format!("`{words}` is lost")),
        None if !article.html.contains("<th>") => Some("the first row is no header".to_owned()),
        None => None,
    }
}

/// Words of the text that are none of the story's.
fn something_else(article: &Article, story: &Story) -> Option<String> {
    let table = story.table.iter().flat_map(|table| {
        [table.caption.clone()].into_iter().chain(table.header.map(str::to_owned)).chain(table.rows.iter().flatten().cloned())
    });
    let mut own: Vec<String> = table.collect();
    own.extend([story.title.clone(), story.lead.clone(), story.author.to_owned(), story.author.to_uppercase(), story.place.to_owned()]);
    own.extend(story.paragraphs.iter().cloned());
    own.extend(story.pictures.iter().map(|picture| picture.caption.clone()));
    own.extend(story.attachments.iter().map(|file| file.name.clone()));
    own.extend(LABELS.map(str::to_owned));
    own.sort_by_key(|words| std::cmp::Reverse(words.len()));
    let mut rest = text::squeeze(&article.text);
    for words in own.iter().filter(|words| !words.is_empty()) {
        rest = rest.replace(words.as_str(), " ");
    }
    let rest = text::squeeze(&rest);
    (rest.chars().filter(|ch| ch.is_alphanumeric()).count() > 3).then(|| format!("`{}`", text::cut(&rest, 120)))
}

/// What portals write before files and authors.
const LABELS: [&str; 13] = [
    "Tin, ảnh:",
    "Tài liệu đính kèm",
    "Tài liệu kèm theo",
    "Tập tin đính kèm",
    "Tệp đính kèm",
    "File đính kèm",
    "Đính kèm",
    "Tài liệu",
    "Tác giả",
    "Ảnh",
    "Video",
    ".pdf",
    ".mp4",
];

/// The text of a piece of HTML.
fn plain(html: &str) -> String {
    let mut text = String::new();
    for (at, piece) in html.split('<').enumerate() {
        text.push_str(if at == 0 { piece } else { piece.split_once('>').map_or("", |(_, after)| after) });
    }
    text::squeeze(&text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " "))
}

//! A story's text as a row of parts, and the usual markup of each.

use super::{
    pieces::escape,
    story::{Attachment, Picture, Story, Table},
};

/// A part of a text.
#[derive(Debug)]
pub(super) enum Part<'a> {
    Paragraph(&'a str),
    Picture(&'a Picture),
    Table(&'a Table),
    Attachment(&'a Attachment),
    Film(&'a str),
}

/// Paragraphs with a picture after each of the first, the film after the second, table and files at the end: nothing
/// follows them.
fn parts(story: &Story) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut pictures = story.pictures.iter().map(Part::Picture);
    let mut film = story.video.as_deref().map(Part::Film);
    for (at, paragraph) in story.paragraphs.iter().enumerate() {
        parts.push(Part::Paragraph(paragraph));
        parts.extend(pictures.next());
        if at == 1 {
            parts.extend(film.take());
        }
    }
    parts.extend(pictures);
    parts.extend(film);
    parts.extend(story.table.as_ref().map(Part::Table));
    parts.extend(story.attachments.iter().filter(|file| file.is_in_text).map(Part::Attachment));
    parts
}

/// The text of a story, each part as `markup` has it.
pub(super) fn text(story: &Story, markup: impl Fn(&Part) -> String) -> String {
    parts(story).iter().map(|part| markup(part) + "\n").collect()
}

/// The same in two pieces: the first part, and all others.
pub(super) fn parted(story: &Story, markup: impl Fn(&Part) -> String) -> (String, String) {
    let mut parts = parts(story).into_iter();
    let first = parts.next().map_or_else(String::new, |part| markup(&part));
    (first, parts.map(|part| markup(&part) + "\n").collect())
}

/// The usual markup of today.
pub(super) fn plain(part: &Part) -> String {
    match part {
        Part::Paragraph(text) => format!("<p>{}</p>", escape(text)),
        Part::Picture(Picture { path, caption }) => {
            format!(
                "<figure><img src=\"{path}\" alt=\"\" width=\"640\" height=\"420\"><figcaption>{}</figcaption></figure>",
                escape(caption)
            )
        }
        Part::Table(table) => format!(
            "<table class=\"table table-bordered\"><caption>{}</caption><thead>{}</thead><tbody>{}</tbody></table>",
            escape(&table.caption),
            row("th", &table.header),
            rows(table)
        ),
        Part::Attachment(file) => format!("<p>{}</p>", link(file)),
        Part::Film(path) => format!("<div class=\"video\"><video controls width=\"640\" src=\"{path}\"></video></div>"),
    }
}

/// The markup of editors that came out of a word processor.
pub(super) fn office(part: &Part) -> String {
    match part {
        Part::Paragraph(text) => {
            format!("<p class=\"MsoNormal\" style=\"text-align: justify\"><span style=\"font-size: 14pt\">{}</span></p>", escape(text))
        }
        Part::Picture(Picture { path, caption }) if caption.is_empty() => {
            format!("<p style=\"text-align: center\"><img src=\"{path}\"></p>")
        }
        Part::Picture(Picture { path, caption }) => format!(
            "<p style=\"text-align: center\"><img src=\"{path}\" style=\"width: 600px; height: 400px\"></p>\n\
             <p style=\"text-align: center\"><em>{}</em></p>",
            escape(caption)
        ),
        Part::Table(table) => format!(
            "<p style=\"text-align: center\"><strong>{}</strong></p>\n\
             <table border=\"1\" cellspacing=\"0\" cellpadding=\"0\" class=\"MsoTableGrid\"><tbody>{}{}</tbody></table>",
            escape(&table.caption),
            row("th", &table.header),
            rows(table)
        ),
        Part::Film(path) => format!("<p><video width=\"600\" controls=\"controls\"><source src=\"{path}\" type=\"video/mp4\"></video></p>"),
        Part::Attachment(_) => plain(part),
    }
}

fn rows(table: &Table) -> String {
    table.rows.iter().map(|cells| row("td", cells)).collect()
}

fn row(tag: &str, cells: &[impl AsRef<str>]) -> String {
    let cells: String = cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", escape(cell.as_ref()))).collect();
    format!("<tr>{cells}</tr>")
}

fn link(file: &Attachment) -> String {
    format!("<a href=\"{}\">{}</a>", file.path, escape(&file.name))
}

/// The files that hang below the text, each a link, in the box that `build` has for them; nothing where there are none.
pub(super) fn files(story: &Story, build: impl Fn(&str) -> String) -> String {
    let links: Vec<String> = story.attachments.iter().filter(|file| !file.is_in_text).map(link).collect();
    if links.is_empty() { String::new() } else { build(&links.join(" ")) }
}

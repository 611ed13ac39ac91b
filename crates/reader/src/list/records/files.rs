//! What a record of documents or recordings has: the files that it links, and what else it says of them, its number and
//! who issued it.

use std::ops::Range;

use jiff::SignedDuration;
use url::Url;

use crate::{
    draft::Attachment,
    duration, link,
    list::{item::Item, records::titles},
    outline::{self, Outline},
    text,
};

/// Files of one record.
const MOST: usize = 10;
/// Links of a record beyond which it is a whole box.
const LINKS: usize = 12;
/// Elements of a record that are asked how long it runs.
const ELEMENTS: usize = 400;
/// Characters of a fact, and of all of them.
const FACT: usize = 100;
const FACTS: usize = 240;

/// The file that an item is, and those that stand in its record.
pub(in crate::list) fn of(outline: &Outline, item: &Item) -> Vec<Attachment> {
    let own = link::file_type(&item.url).map(|media_type| attachment(item.url.clone(), &item.title, media_type));
    let links = item.record.links(outline);
    let links = if links.len() <= LINKS { links } else { &[] };
    let others = links.iter().filter_map(|link| {
        let url = outline.target(*link)?;
        let said = outline.text_of(*link);
        let type_said = || link::media_type_of(said.split_whitespace().next_back().unwrap_or_default());
        let media_type =
            link::file_type(url).or_else(type_said).or_else(|| is_download(url, &said).then_some("application/octet-stream"))?;
        Some(attachment(url.clone(), if titles::says_something(&said) { &said } else { &item.title }, media_type))
    });
    let mut files: Vec<Attachment> = Vec::new();
    for file in own.into_iter().chain(others).take(LINKS) {
        if files.len() < MOST && files.iter().all(|other| link::identity(&other.url) != link::identity(&file.url)) {
            files.push(file);
        }
    }
    if files.iter().any(Attachment::is_recording) {
        Attachment::time(&mut files, duration(outline, &item.record.span));
    }
    files
}

/// How long the recording of a record runs: what is written for machines, what an element is called after, a line.
fn duration(outline: &Outline, span: &Range<usize>) -> Option<SignedDuration> {
    const NAMES: [&str; 6] = ["duration", "length", "runtime", "thoi-luong", "thoiluong", "dauer"];
    if span.len() > ELEMENTS || !outline.budget.spend(span.len()) {
        return None;
    }
    let is_named = |name: &str| NAMES.iter().any(|word| name.to_ascii_lowercase().contains(word));
    let written = |at: usize| {
        let mut attributes = outline.attributes(at).iter();
        attributes.find_map(|attribute| match &*attribute.name {
            "datetime" | "content" if attribute.value.starts_with("PT") => duration::stated(&attribute.value),
            name if is_named(name) => duration::stated(&attribute.value),
            _ => None,
        })
    };
    let called = |at: usize| {
        let is_called = ["class", "itemprop"].iter().filter_map(|name| outline.attribute(at, name)).any(is_named);
        if is_called { duration::marked(&outline.text_of(at)) } else { None }
    };
    let lines = || outline.blocks(span).find_map(|(_, block)| duration::shown(&outline::squeezed(block)));
    span.clone().find_map(written).or_else(|| span.clone().find_map(called)).or_else(lines)
}

fn attachment(url: Url, title: &str, media_type: &str) -> Attachment {
    Attachment { url, title: title.to_owned(), media_type: media_type.to_owned(), duration: None }
}

/// Whether an address without a telling name is that of a file: its link says so, and so does it.
fn is_download(url: &Url, said: &str) -> bool {
    let said = text::fold(said);
    let says =
        ["tai ve", "tai xuong", "tai file", "tai tep", "tai van ban", "download", "dinh kem"].iter().any(|words| said.contains(words));
    says && link::is_download(url.as_str())
}

/// What a record says besides its headline and its day: `12/QĐ-UBND · UBND huyện`.
pub(in crate::list) fn facts(outline: &Outline, item: &Item) -> Option<String> {
    let mut facts: Vec<String> = Vec::new();
    for (_, block) in outline.blocks(&item.record.span) {
        let fact = outline::words(block).into_owned();
        let is_fact = fact.chars().count() <= FACT && titles::says_something(&fact) && !titles::is_date(&fact);
        let is_new = !item.title.contains(&fact) && !fact.contains(&item.title) && !facts.contains(&fact);
        if is_fact && is_new && !is_label(&fact) {
            facts.push(fact);
        }
    }
    (!facts.is_empty()).then(|| text::cut(&facts.join(" · "), FACTS))
}

/// What a link to a file does, or the kind of the file.
fn is_label(fact: &str) -> bool {
    let folded = text::fold(fact);
    let words = [
        "tai ve",
        "tai xuong",
        "tai file",
        "tai tep",
        "download",
        "xem",
        "view",
        "chi tiet",
        "dinh kem",
        "pdf",
        "doc",
        "docx",
        "word",
        "file",
        "tep",
    ];
    words.iter().any(|word| folded == *word || folded.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', ':', '('])))
}

//! A document is read by a parser that did not write it, and must say what was meant.

use std::panic;

use feed_rs::model;

use super::Entry;

/// Whether `bytes` are a feed of exactly these `entries`; the error says what is different.
pub fn compare(bytes: &[u8], entries: &[Entry]) -> Result<(), String> {
    // The parser is other people's code at work on other people's words: should it panic, this one document is
    // unreadable.
    let parsed = panic::catch_unwind(|| feed_rs::parser::parse(bytes)).map_err(|_| "the parser panicked".to_owned())?;
    let feed = parsed.map_err(|error| error.to_string())?;
    if feed.entries.len() != entries.len() {
        return Err(format!("expected {} items, found {}", entries.len(), feed.entries.len()));
    }
    entries.iter().zip(&feed.entries).try_for_each(|(written, read)| same(written, read))
}

fn same(written: &Entry, read: &model::Entry) -> Result<(), String> {
    let of = |what: &str| format!("{what} of `{}`", written.uid);
    let title = read.title.as_ref().map_or("", |title| title.content.as_str());
    let published = read.published.map(|at| at.timestamp());
    expect("id", &written.uid, &read.id)?;
    expect(&of("title"), written.title.as_str(), title)?;
    expect(&of("link"), written.url.as_str(), link(read))?;
    expect(&of("date"), &Some(written.shown_at.timestamp().as_second()), &published)?;
    match &written.html {
        Some(html) => expect(&of("content"), html.as_str(), content(read)),
        None => Ok(()),
    }
}

fn expect<T: PartialEq + std::fmt::Debug + ?Sized>(what: &str, written: &T, read: &T) -> Result<(), String> {
    if written == read { Ok(()) } else { Err(format!("expected the {what} to be {}, found {}", shown(written), shown(read))) }
}

fn shown<T: std::fmt::Debug + ?Sized>(value: &T) -> String {
    loa_reader::text::cut(&format!("{value:?}"), 200)
}

/// The page of the article, not its picture.
fn link(read: &model::Entry) -> &str {
    let alternate = read.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    alternate.map_or("", |link| link.href.as_str())
}

fn content(read: &model::Entry) -> &str {
    read.content.as_ref().and_then(|content| content.body.as_deref()).unwrap_or_default()
}

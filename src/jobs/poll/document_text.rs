//! What documents say: where an article is a PDF or a DOCX, or its page has nothing else to read.
//!
//! A document that cannot be had or read costs the article its text, and a remark.

use std::fmt::Write as _;

use loa_documents::{Format, Part, Text};
use loa_reader::{article, draft::Attachment, link};
use url::Url;

use super::{
    Terms,
    read::{Fetched, Story},
};
use crate::{
    feed::Feed,
    fetch::{self, Accept, Answer, Body, Request},
    render::escape,
};

/// Whether the article is a document itself, by its address.
pub fn is_document(url: &Url) -> bool {
    link::file_type(url).and_then(Format::of_media_type).is_some()
}

/// The request for a document.
pub fn request(url: Url, feed: &Feed) -> Request {
    Request { accept: Accept::Data, ..feed.request(url) }
}

/// Reads the document that is the article, or tells that it is another thing.
pub async fn take(story: &mut Story, body: Body, terms: &Terms<'_>) {
    // The list says what it is called and when it was published: nothing confirms it or speaks against it.
    story.fetched = Fetched::Silent;
    add(story, body, terms).await;
}

/// Gives a page that has nothing to read what its first document says.
pub async fn fill(story: &mut Story, feed: &Feed, terms: &Terms<'_>) {
    let is_wanted = feed.full_text && story.fetched == Fetched::Read && story.draft.text.is_empty();
    let is_readable = |file: &&Attachment| Format::of_media_type(&file.media_type).is_some();
    let Some(file) = story.draft.attachments.iter().find(is_readable).filter(|_| is_wanted) else { return };
    match document(file.url.clone(), feed, terms).await {
        Ok(Some(body)) => add(story, body, terms).await,
        Ok(None) => (),
        Err(why) => story.draft.problems.push(format!("its document could not be had: {why}")),
    }
}

async fn document(url: Url, feed: &Feed, terms: &Terms<'_>) -> Result<Option<Body>, fetch::Error> {
    match terms.client.get(&request(url, feed)).await?.answer {
        Answer::Body(body) => Ok(Some(body)),
        Answer::Unchanged => Ok(None),
    }
}

/// Puts what the document says before what the article has.
async fn add(story: &mut Story, body: Body, terms: &Terms<'_>) {
    let base = body.url.clone();
    let read = terms.readers.run(move || loa_documents::read(&body.bytes).map(|text| article::of_text(&html(&text), &base))).await;
    match read {
        Ok(Ok(said)) => {
            story.draft.problems.retain(|problem| problem != article::NO_TEXT);
            story.draft.text = said.text;
            story.draft.html = said.html + &story.draft.html;
        }
        Ok(Err(why)) => story.draft.problems.push(format!("its document could not be read: {why}")),
        Err(why) => story.draft.problems.push(format!("its document could not be read: {why}")),
    }
}

fn html(text: &Text) -> String {
    let mut html = String::new();
    for part in &text.parts {
        match part {
            Part::Paragraph(words) => _ = write!(html, "<p>{}</p>", escape(words)),
            Part::Table(rows) => {
                html.push_str("<table>");
                for row in rows {
                    let cells: String = row.iter().map(|cell| format!("<td>{}</td>", escape(cell))).collect();
                    _ = write!(html, "<tr>{cells}</tr>");
                }
                html.push_str("</table>");
            }
        }
    }
    if text.is_cut {
        html.push_str("<p>…</p>");
    }
    html
}

//! The documents of the feeds, and the list of them for feed readers.

use axum::{
    extract::State,
    http::{HeaderMap, Uri},
    response::Response,
};

use super::{Web, conditional::answer, refusal};
use crate::jobs::publish::Found;

/// `/feeds/<id>.rss`, `.atom` and `.json`.
pub async fn feed(State(web): State<Web>, address: Uri, headers: HeaderMap) -> Response {
    // Names are plain ASCII: an address with anything to decode in it is none of ours.
    document(&web, address.path().trim_start_matches("/feeds/"), &headers)
}

/// `/feeds.opml`.
pub async fn opml(State(web): State<Web>, headers: HeaderMap) -> Response {
    document(&web, "feeds.opml", &headers)
}

fn document(web: &Web, name: &str, headers: &HeaderMap) -> Response {
    match web.documents.find(name) {
        Found::Here(served, next_poll) => answer(headers, &served, next_poll, (web.site.clock)()),
        Found::Moved(name) => refusal::moved(&web.site.public, &name),
        Found::Removed => refusal::removed(),
        Found::Unknown => refusal::not_found(),
    }
}

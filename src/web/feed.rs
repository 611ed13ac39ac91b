//! The documents of the feeds, and the list of them for feed readers.

use axum::{
    extract::State,
    http::{HeaderMap, Uri},
    response::Response,
};
use tracing::error;

use super::{Web, conditional::answer, refusal};
use crate::jobs::publish::Found;

/// `/feeds/<id>.rss`, `.atom` and `.json`.
pub async fn feed(State(web): State<Web>, address: Uri, headers: HeaderMap) -> Response {
    // Names are plain ASCII: an address with anything to decode in it is none of ours.
    document(&web, address.path().trim_start_matches("/feeds/"), &headers).await
}

/// `/feeds.opml`.
pub async fn opml(State(web): State<Web>, headers: HeaderMap) -> Response {
    document(&web, "feeds.opml", &headers).await
}

async fn document(web: &Web, name: &str, headers: &HeaderMap) -> Response {
    match web.publisher.document(name).await {
        Ok(Found::Here(served, next_poll)) => answer(headers, &served, next_poll, (web.site.clock)()),
        Ok(Found::Moved(name)) => refusal::moved(&web.site.public, &name),
        Ok(Found::Removed) => refusal::removed(),
        // What was found unmade was made.
        Ok(Found::Unknown | Found::Unmade(_)) => refusal::not_found(),
        Err(why) => {
            error!("a document cannot be made: {why}");
            refusal::broken()
        }
    }
}

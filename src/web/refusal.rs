//! Answers to what is not here: plain text that repeats nothing of the request.

use axum::{
    http::{
        HeaderName, StatusCode,
        header::{ALLOW, CACHE_CONTROL},
    },
    response::{IntoResponse, Response},
};

/// For every address that no one answers.
pub async fn unknown() -> Response {
    not_found()
}

/// For a method that an address does not know.
pub async fn wrong_method() -> Response {
    refuse(StatusCode::METHOD_NOT_ALLOWED, (ALLOW, "GET, HEAD"), "only GET and HEAD are answered here\n")
}

/// Soon asked again: the feed may be added.
pub fn not_found() -> Response {
    refuse(StatusCode::NOT_FOUND, (CACHE_CONTROL, "public, max-age=60"), "there is nothing here\n")
}

/// Readers take this as the word to stop asking.
pub fn removed() -> Response {
    refuse(StatusCode::GONE, (CACHE_CONTROL, "public, max-age=3600"), "this feed has been removed\n")
}

fn refuse(status: StatusCode, header: (HeaderName, &'static str), words: &'static str) -> Response {
    (status, [header], words).into_response()
}

/// Our own mistake.
pub fn broken() -> Response {
    refuse(StatusCode::INTERNAL_SERVER_ERROR, (CACHE_CONTROL, "no-store"), "something is wrong here; the log says what\n")
}

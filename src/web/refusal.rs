//! Answers to what is not here: plain text that repeats nothing of the request.

use axum::{
    http::{
        HeaderName, HeaderValue, StatusCode,
        header::{ALLOW, CACHE_CONTROL, LOCATION},
    },
    response::{IntoResponse, Response},
};
use url::Url;

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

/// The feed has another name: readers change their subscription. The address is ours, never one of the request.
pub fn moved(public: &Url, name: &str) -> Response {
    let to = format!("{}/feeds/{name}", public.as_str().trim_end_matches('/'));
    let mut response = refuse(StatusCode::MOVED_PERMANENTLY, (CACHE_CONTROL, "public, max-age=3600"), "this feed has another address\n");
    if let Ok(to) = HeaderValue::from_str(&to) {
        response.headers_mut().insert(LOCATION, to);
    }
    response
}

fn refuse(status: StatusCode, header: (HeaderName, &'static str), words: &'static str) -> Response {
    (status, [header], words).into_response()
}

/// Our own mistake.
pub fn broken() -> Response {
    refuse(StatusCode::INTERNAL_SERVER_ERROR, (CACHE_CONTROL, "no-store"), "something is wrong here; the log says what\n")
}

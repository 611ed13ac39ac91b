//! One request and its answer, held to what HTTP promises.
//!
//! The library calls many a broken answer a success; here only a whole 200, a redirect that leads
//! somewhere, and a 304 that was asked for are.

use std::{io::Read, time::Duration};

use bytes::{Bytes, BytesMut};
use flate2::read::GzDecoder;
use jiff::Timestamp;
use reqwest::{StatusCode, header};
use url::Url;

use super::{
    Accept, Answer, Body, Error, Request, Response, Validators,
    error::shown,
    headers::{dated, max_age, retry_after},
};
use crate::unit;

/// How much of a body is taken.
#[derive(Debug, Clone, Copy)]
pub(super) enum Limit {
    /// More is an error.
    Refuse(u64),
    /// More is left out.
    Cut(u64),
    /// It is not asked for.
    Nothing,
}

/// Where an exchange leads.
pub(super) enum Step {
    Done(Box<Response>),
    Redirect(Redirect),
}

/// A redirect and what was said with it.
pub(super) struct Redirect {
    pub to: Url,
    pub permanent: bool,
    pub sets_cookie: bool,
}

/// Asks `url` on behalf of `request`, whose own address may be some hops behind.
pub(super) async fn exchange(http: &reqwest::Client, url: &Url, request: &Request, limit: Limit) -> Result<Step, Error> {
    let asking = match limit {
        // What is packed has another length.
        Limit::Nothing => http.head(url.clone()).header(header::ACCEPT_ENCODING, "identity"),
        Limit::Refuse(_) | Limit::Cut(_) => http.get(url.clone()),
    };
    let mut asking = asking.header(header::ACCEPT, accepted(request.accept));
    for (name, value) in request.validators.conditions() {
        asking = asking.header(name, value);
    }
    if is_same_host(&request.url, url) {
        asking = asking.headers(request.headers.map().clone());
    }
    let response = asking.send().await.map_err(|error| Error::from_client(url, &error))?;
    let headers = response.headers();
    match response.status() {
        StatusCode::OK => (),
        StatusCode::NOT_MODIFIED if !request.validators.is_empty() => {
            // What a 304 does not repeat still holds.
            let (old, new) = (request.validators.clone(), Validators::of(headers));
            return Ok(done(Response {
                url: bare(url),
                moved: None,
                validators: Validators { etag: new.etag.or(old.etag), last_modified: new.last_modified.or(old.last_modified) },
                max_age: max_age(headers),
                length: None,
                date: dated(headers),
                answer: Answer::Unchanged,
            }));
        }
        status @ (StatusCode::MOVED_PERMANENTLY
        | StatusCode::FOUND
        | StatusCode::SEE_OTHER
        | StatusCode::TEMPORARY_REDIRECT
        | StatusCode::PERMANENT_REDIRECT) => {
            return Ok(Step::Redirect(Redirect {
                to: target(url, headers)?,
                permanent: matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT),
                sets_cookie: headers.contains_key(header::SET_COOKIE),
            }));
        }
        StatusCode::GONE => return Err(Error::Gone { url: shown(url) }),
        status => {
            let status = status.as_u16();
            return Err(match retry_after(status, headers, Timestamp::now()) {
                Some(wait) => Error::RetryAfter { url: shown(url), status: Some(status), wait },
                None => Error::Status { url: shown(url), status },
            });
        }
    }
    // What the library has unpacked no longer says so.
    if let Some(packed) = headers.get(header::CONTENT_ENCODING).filter(|value| !value.as_bytes().eq_ignore_ascii_case(b"identity")) {
        let packed = String::from_utf8_lossy(packed.as_bytes());
        let why = format!("expected `gzip` or `br`, found `{}`", loa_reader::text::cut(&loa_reader::text::squeeze(&packed), 60));
        return Err(Error::Encoding { url: shown(url), why });
    }
    let content_type = headers.get(header::CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let (validators, max_age) = (Validators::of(headers), max_age(headers));
    let (length, date) = (length(headers), dated(headers));
    let body = match limit {
        Limit::Nothing => Body { url: bare(url), content_type, bytes: Bytes::new() },
        Limit::Refuse(most) | Limit::Cut(most) => {
            let bytes = read(response, url, most, matches!(limit, Limit::Refuse(_))).await?;
            let bytes = unpacked(bytes, url, request.accept, most).await?;
            Body { url: bare(url), content_type, bytes }.check(request.accept)?
        }
    };
    Ok(done(Response { url: bare(url), moved: None, validators, max_age, length, date, answer: Answer::Body(body) }))
}

/// The HTTP library says nothing of a body that it was not sent.
fn length(headers: &header::HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.trim().parse().ok()
}

fn done(response: Response) -> Step {
    Step::Done(Box::new(response))
}

/// Reads the body piece by piece, so that a small answer that unpacks to a huge one is never held whole.
async fn read(mut response: reqwest::Response, url: &Url, most: u64, is_refused: bool) -> Result<Bytes, Error> {
    let too_large = || Error::TooLarge { url: shown(url), limit: unit::Size::from_bytes(most) };
    if is_refused && response.content_length().is_some_and(|length| length > most) {
        return Err(too_large());
    }
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let mut bytes = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| Error::from_client(url, &error))? {
        let room = most - bytes.len();
        if chunk.len() <= room {
            bytes.extend_from_slice(&chunk);
        } else if is_refused {
            return Err(too_large());
        } else {
            bytes.extend_from_slice(&chunk[..room]);
            break;
        }
    }
    Ok(bytes.freeze())
}

/// A file that is packed itself, as sitemaps are (<https://www.sitemaps.org/protocol.html>): `sitemap.xml.gz`.
async fn unpacked(bytes: Bytes, url: &Url, accept: Accept, most: u64) -> Result<Bytes, Error> {
    if accept == Accept::Image || !bytes.starts_with(b"\x1f\x8b") || !url.path().ends_with(".gz") {
        return Ok(bytes);
    }
    // It takes a moment, and the size bounds it.
    let unpacking = tokio::task::spawn_blocking(move || {
        let mut unpacked = Vec::new();
        GzDecoder::new(&bytes[..]).take(most.saturating_add(1)).read_to_end(&mut unpacked).map(|_| unpacked)
    });
    match unpacking.await.unwrap_or_else(|broken| Err(broken.into())) {
        Ok(unpacked) if unpacked.len() as u64 > most => Err(Error::TooLarge { url: shown(url), limit: unit::Size::from_bytes(most) }),
        Ok(unpacked) => Ok(unpacked.into()),
        Err(error) => Err(Error::Encoding { url: shown(url), why: error.to_string() }),
    }
}

/// Where a redirect goes. Sites write raw UTF-8 into it, which is taken; what names no web address is not.
fn target(url: &Url, headers: &header::HeaderMap) -> Result<Url, Error> {
    let Some(location) = headers.get(header::LOCATION) else {
        return Err(Error::redirect(url, "without saying where"));
    };
    let location = String::from_utf8_lossy(location.as_bytes());
    let words = || format!("to `{}`, which is no address", loa_reader::text::cut(&loa_reader::text::squeeze(&location), 100));
    if location.trim().is_empty() {
        return Err(Error::redirect(url, "without saying where"));
    }
    let to = url.join(location.trim()).map_err(|_| Error::redirect(url, words()))?;
    if to.has_host() { Ok(bare(&to)) } else { Err(Error::redirect(url, words())) }
}

/// Whether the operator's headers, which may hold secrets, are meant for `hop` too. Stepping up from
/// http to https is no other host, stepping down is.
fn is_same_host(first: &Url, hop: &Url) -> bool {
    first.host_str() == hop.host_str()
        && first.port() == hop.port()
        && (first.scheme() == hop.scheme() || (first.scheme(), hop.scheme()) == ("http", "https"))
}

fn accepted(accept: Accept) -> &'static str {
    match accept {
        Accept::Page => "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5",
        Accept::Data => "application/atom+xml, application/rss+xml, application/feed+json, application/json, application/xml, */*;q=0.5",
        Accept::Image => "image/jpeg, image/png, image/webp, image/gif, image/*;q=0.8",
    }
}

/// Without what is never shown or kept.
pub(super) fn bare(url: &Url) -> Url {
    let mut url = url.clone();
    // Both fail only on addresses that cannot have them.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    url
}

/// `after` as it was set, for the error.
pub(super) fn timed_out(url: &Url, after: Duration) -> Error {
    let milliseconds = u64::try_from(after.as_millis()).unwrap_or(u64::MAX);
    Error::Timeout { url: shown(url), after: unit::Duration::from_millis(milliseconds) }
}

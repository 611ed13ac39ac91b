//! One document as an answer: whole, packed, or "you have it".

use axum::{
    body::Body,
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, VARY},
    },
    response::Response,
};
use jiff::{Timestamp, fmt::rfc2822};

use super::encoding;
use crate::jobs::publish::ServedDocument;

/// Shortest and longest time that an answer is said to stay good, in seconds.
const GOOD_FOR: (i64, i64) = (60, 6 * 60 * 60);

/// `served` for a reader who asks with these `headers`, good until `next_change`.
pub fn answer(headers: &HeaderMap, served: &ServedDocument, next_change: Option<Timestamp>, now: Timestamp) -> Response {
    let packed = encoding::takes_gzip(headers);
    let etag = if packed { &served.gzip_tag } else { &served.plain_tag };
    let known = is_known(headers, etag, served.last_modified);
    let mut response = Response::new(match (known, packed) {
        (true, _) => Body::empty(),
        (false, true) => Body::from(served.gzip.clone()),
        (false, false) => Body::from(served.plain()),
    });
    let reply = response.headers_mut();
    reply.insert(ETAG, value(etag));
    reply.insert(CACHE_CONTROL, value(&format!("public, max-age={}", good_for(next_change, now))));
    reply.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(date) = served.last_modified.and_then(http_date) {
        reply.insert(LAST_MODIFIED, value(&date));
    }
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    reply.insert(CONTENT_TYPE, HeaderValue::from_static(served.content_type));
    if packed {
        reply.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}

fn good_for(next_change: Option<Timestamp>, now: Timestamp) -> i64 {
    let (shortest, longest) = GOOD_FOR;
    next_change.map_or(shortest, |next| (next.as_second() - now.as_second()).clamp(shortest, longest))
}

/// RFC 9110, section 13.2.2: where there are tags, they alone decide.
fn is_known(headers: &HeaderMap, etag: &str, last_modified: Option<Timestamp>) -> bool {
    if headers.contains_key(IF_NONE_MATCH) {
        return headers.get_all(IF_NONE_MATCH).iter().filter_map(|list| list.to_str().ok()).any(|list| has_tag(list, etag));
    }
    let since = headers.get(IF_MODIFIED_SINCE).and_then(|date| date.to_str().ok()).and_then(|date| rfc2822::parse(date).ok());
    since.zip(last_modified).is_some_and(|(since, last)| last.as_second() <= since.timestamp().as_second())
}

/// By weak comparison: a proxy that packs for itself makes a strong tag weak.
fn has_tag(list: &str, etag: &str) -> bool {
    list.split(',').map(str::trim).any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

fn http_date(at: Timestamp) -> Option<String> {
    rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&at).ok()
}

fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("tags and dates are visible ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_compared_weakly_and_in_lists() {
        for list in ["\"a\"", "W/\"a\"", "\"b\", \"a\"", "\"b\",W/\"a\"", "*", " * "] {
            assert!(has_tag(list, "\"a\""), "{list}");
        }
        for list in ["", "a", "\"A\"", "\"b\"", "w/\"a\"", "\"a-gzip\""] {
            assert!(!has_tag(list, "\"a\""), "{list}");
        }
    }

    #[test]
    fn tags_decide_before_dates() {
        let ask = |pairs: &[(&'static str, &'static str)]| {
            let pairs = pairs.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)));
            is_known(&HeaderMap::from_iter(pairs), "\"a\"", Some(Timestamp::from_second(784_111_777).unwrap()))
        };
        assert!(ask(&[("if-modified-since", "Sun, 06 Nov 1994 08:49:37 GMT")]));
        assert!(ask(&[("if-modified-since", "Mon, 07 Nov 1994 08:49:37 GMT")]));
        assert!(!ask(&[("if-modified-since", "Sun, 06 Nov 1994 08:49:36 GMT")]));
        assert!(!ask(&[("if-modified-since", "yesterday")]));
        assert!(!ask(&[]));
        assert!(!ask(&[("if-none-match", "\"b\""), ("if-modified-since", "Mon, 07 Nov 1994 08:49:37 GMT")]));
        assert!(ask(&[("if-none-match", "\"b\""), ("if-none-match", "\"a\"")]));
        assert!(ask(&[("if-none-match", "\"a\""), ("if-modified-since", "Sun, 06 Nov 1994 08:49:36 GMT")]));
    }

    #[test]
    fn an_answer_is_good_until_the_next_poll_within_reason() {
        let now = Timestamp::from_second(1_000_000).unwrap();
        for (next, seconds) in [(None, 60), (Some(-5), 60), (Some(30), 60), (Some(840), 840), (Some(999_999), 21_600)] {
            let next = next.map(|ahead| Timestamp::from_second(1_000_000 + ahead).unwrap());
            assert_eq!(good_for(next, now), seconds);
        }
    }
}

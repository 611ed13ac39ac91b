//! Headers: what the operator sends along, the validators of a page, and the times that a server dictates.

use std::{fmt, time::Duration};

use jiff::Timestamp;
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};

/// Longest time that a server's word is taken for.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(24 * 3600);

/// What a 429 without a readable time means.
const USUAL_WAIT: Duration = Duration::from_secs(60);

/// What a validator may measure; longer ones are not kept.
const LONGEST_VALIDATOR: usize = 1024;

/// Headers that belong to the client: setting them would break the exchange or its checks.
const OURS: &[HeaderName] = &[
    header::ACCEPT_ENCODING,
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::EXPECT,
    header::HOST,
    header::IF_MATCH,
    header::IF_MODIFIED_SINCE,
    header::IF_NONE_MATCH,
    header::IF_RANGE,
    header::IF_UNMODIFIED_SINCE,
    header::RANGE,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// What an operator has sent with every request to one portal. `Debug` shows the names only.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Headers(HeaderMap);

/// Why a header cannot be sent; the value is not repeated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadHeader {
    #[error("`{0}` is no name of a header")]
    Name(String),
    #[error("the value of header `{0}` has characters that cannot be sent: expected printable ASCII")]
    Value(String),
    #[error("header `{0}` is set by the client itself")]
    Ours(String),
}

impl Headers {
    pub fn insert(&mut self, name: &str, value: &str) -> Result<(), BadHeader> {
        let key = HeaderName::from_bytes(name.as_bytes()).map_err(|_| BadHeader::Name(name.to_owned()))?;
        if OURS.contains(&key) {
            return Err(BadHeader::Ours(name.to_owned()));
        }
        let mut value = HeaderValue::from_str(value).map_err(|_| BadHeader::Value(name.to_owned()))?;
        value.set_sensitive(true);
        self.0.insert(key, value);
        Ok(())
    }

    pub(super) fn map(&self) -> &HeaderMap {
        &self.0
    }
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_map().entries(self.0.keys().map(|name| (name.as_str(), "***"))).finish()
    }
}

/// What a page is asked again with, byte for byte as it came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

impl Validators {
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }

    pub(super) fn of(headers: &HeaderMap) -> Self {
        let text = |name| {
            let value: &HeaderValue = headers.get(name)?;
            let text = str::from_utf8(value.as_bytes()).ok()?;
            (!text.is_empty() && text.len() <= LONGEST_VALIDATOR).then(|| text.to_owned())
        };
        Self { etag: text(header::ETAG), last_modified: text(header::LAST_MODIFIED) }
    }

    /// The conditions of a request; what cannot be sent is left out.
    pub(super) fn conditions(&self) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
        let value = |text: &Option<String>| text.as_ref().and_then(|text| HeaderValue::from_bytes(text.as_bytes()).ok());
        let etag = value(&self.etag).map(|value| (header::IF_NONE_MATCH, value));
        let since = value(&self.last_modified).map(|value| (header::IF_MODIFIED_SINCE, value));
        etag.into_iter().chain(since)
    }
}

/// How long an answer says that it stays as it is, at most a day.
pub(super) fn max_age(headers: &HeaderMap) -> Option<Duration> {
    let mut seconds = None;
    for value in headers.get_all(header::CACHE_CONTROL) {
        for directive in value.to_str().unwrap_or_default().split(',') {
            let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
            match name.trim().to_ascii_lowercase().as_str() {
                "no-cache" | "no-store" => return None,
                "max-age" => seconds = value.trim().trim_matches('"').parse::<u64>().ok().or(seconds),
                _ => (),
            }
        }
    }
    let age = headers.get(header::AGE).and_then(|value| value.to_str().ok()?.trim().parse().ok()).unwrap_or(0);
    let left = seconds?.saturating_sub(age);
    (left > 0).then(|| Duration::from_secs(left).min(LONGEST_WAIT))
}

/// How long the host wants to be left alone, for a 429, or for a 503 that says so. `None` where a 503
/// says nothing that can be read.
pub(super) fn retry_after(status: u16, headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let said = headers.get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()).and_then(|text| wait(text.trim(), headers, now));
    match (status, said) {
        (429 | 503, Some(wait)) => Some(wait.clamp(Duration::from_secs(1), LONGEST_WAIT)),
        (429, None) => Some(USUAL_WAIT),
        _ => None,
    }
}

fn wait(text: &str, headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit mean "very long" all the same.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let until = date(text)?;
    // The server's own clock is the one that its date is meant for.
    let now = dated(headers).unwrap_or(now);
    Some(Duration::try_from(until.duration_since(now)).unwrap_or(Duration::ZERO))
}

/// When the server says that it answered.
pub(super) fn dated(headers: &HeaderMap) -> Option<Timestamp> {
    date(headers.get(header::DATE)?.to_str().ok()?)
}

fn date(text: &str) -> Option<Timestamp> {
    jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_timestamp(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())).collect()
    }

    #[test]
    fn waits_are_read_in_every_form_and_capped() {
        let now: Timestamp = "2026-11-24T08:00:00Z".parse().unwrap();
        let day = Some(24 * 3600);
        for (status, value, expected) in [
            (429, Some("120"), Some(120)),
            (503, Some("120"), Some(120)),
            (429, Some("0"), Some(1)),
            (429, Some("1000000000"), day),
            (429, Some("99999999999999999999999"), day),
            (429, Some("-5"), Some(60)),
            (429, Some("soon"), Some(60)),
            (429, Some(""), Some(60)),
            (429, None, Some(60)),
            (503, None, None),
            (503, Some("-5"), None),
            (500, Some("120"), None),
            (429, Some("Tue, 24 Nov 2026 08:02:00 GMT"), Some(120)),
            (429, Some("Tue, 24 Nov 2026 07:00:00 GMT"), Some(1)),
            (503, Some("Tue, 24 Nov 2099 07:00:00 GMT"), day),
        ] {
            let pairs: Vec<_> = value.map(|value| ("retry-after", value)).into_iter().collect();
            let found = retry_after(status, &headers(&pairs), now).map(|wait| wait.as_secs());
            assert_eq!(found, expected, "{status} {value:?}");
        }
    }

    #[test]
    fn a_date_counts_by_the_clock_of_its_server() {
        let now: Timestamp = "2031-01-01T00:00:00Z".parse().unwrap();
        let answer = headers(&[("retry-after", "Tue, 24 Nov 2026 08:02:00 GMT"), ("date", "Tue, 24 Nov 2026 08:00:00 GMT")]);
        assert_eq!(retry_after(503, &answer, now), Some(Duration::from_secs(120)));
    }

    #[test]
    fn max_age_is_what_is_left_of_it() {
        for (control, age, expected) in [
            ("max-age=300", "", Some(300)),
            ("public, Max-Age=\"300\"", "100", Some(200)),
            ("max-age=300", "400", None),
            ("max-age=300, no-cache", "", None),
            ("no-store", "", None),
            ("max-age=99999999", "", Some(86_400)),
            ("max-age=x", "", None),
            ("", "", None),
        ] {
            let found = max_age(&headers(&[("cache-control", control), ("age", age)])).map(|it| it.as_secs());
            assert_eq!(found, expected, "{control}");
        }
    }

    #[test]
    fn operators_headers_are_checked_and_never_shown() {
        let mut sent = Headers::default();
        sent.insert("Authorization", "Bearer very-secret").unwrap();
        assert_eq!(format!("{sent:?}"), r#"{"authorization": "***"}"#);
        assert_eq!(sent.insert("a b", "x"), Err(BadHeader::Name("a b".into())));
        let error = sent.insert("x-key", "very\nsecret").unwrap_err();
        assert!(!error.to_string().contains("secret"), "{error}");
        assert_eq!(sent.insert("Accept-Encoding", "zstd"), Err(BadHeader::Ours("Accept-Encoding".into())));
    }

    #[test]
    fn validators_go_back_byte_for_byte() {
        let answer = headers(&[("etag", "W/\"a b\\\"ü\""), ("last-modified", "yesterday, about noon")]);
        let validators = Validators::of(&answer);
        assert_eq!(validators.last_modified.as_deref(), Some("yesterday, about noon"));
        let sent: Vec<_> = validators.conditions().collect();
        assert_eq!(sent[0].1.as_bytes(), answer["etag"].as_bytes());
        assert_eq!(sent[1].1.as_bytes(), answer["last-modified"].as_bytes());
        let broken = Validators { etag: Some("a\nb".into()), last_modified: None };
        assert_eq!(broken.conditions().count(), 0);
    }
}

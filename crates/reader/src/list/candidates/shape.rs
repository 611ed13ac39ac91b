//! The shape of an address: what is left when its variable parts are taken out.
//!
//! Articles of one site share a shape, and menus seldom have it.

use url::Url;

/// How alike two addresses are, on two levels. Equal texts mean an equal shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::list) struct Shape {
    /// Kinds of segments only.
    pub(in crate::list) coarse: String,
    /// The same with the words of all segments but the last, and of a script's name.
    pub(in crate::list) fine: String,
    /// It leads to another site.
    pub(in crate::list) is_external: bool,
}

/// Segments beyond which an address is not looked at.
const MAX_SEGMENTS: usize = 24;

pub(in crate::list) fn of(url: &Url, page: &Url) -> Shape {
    if site(url) != site(page) {
        return Shape { coarse: "ext".to_owned(), fine: "ext".to_owned(), is_external: true };
    }
    let host = if url.host_str() == page.host_str() { "/" } else { "sub/" };
    let (mut coarse, mut fine) = (host.to_owned(), host.to_owned());
    let query = query(url);
    let mut segments = segments(url).into_iter().peekable();
    while let Some(segment) = segments.next() {
        let kind = kind(segment);
        let is_last = segments.peek().is_none();
        coarse.push(kind);
        if kind == WORD && (!is_last || !query.is_empty()) {
            fine.push_str(segment);
        } else {
            fine.push(kind);
        }
        if !is_last {
            coarse.push('/');
            fine.push('/');
        }
    }
    coarse.push_str(&query);
    fine.push_str(&query);
    Shape { coarse, fine, is_external: false }
}

pub(in crate::list) fn segments(url: &Url) -> Vec<&str> {
    url.path().split('/').filter(|segment| !segment.is_empty()).take(MAX_SEGMENTS).collect()
}

/// `?id=4711&page=2` as `?id=N&page=d`, in the order of the names.
fn query(url: &Url) -> String {
    let Some(query) = url.query().filter(|query| !query.is_empty()) else { return String::new() };
    let mut pairs: Vec<String> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .take(MAX_SEGMENTS)
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            format!("{name}={}", kind(value))
        })
        .collect();
    pairs.sort();
    format!("?{}", pairs.join("&"))
}

const YEAR: char = 'Y';
const SMALL_NUMBER: char = 'd';
const NUMBER: char = 'N';
/// Four words and more.
const SLUG: char = 'S';
const SHORT_SLUG: char = 's';
const IDENTIFIER: char = 'I';
const WORD: char = 'w';

/// What a segment, or a parameter's value, is.
fn kind(segment: &str) -> char {
    let name = without_ending(segment).as_bytes();
    let is_digits = !name.is_empty() && name.iter().all(u8::is_ascii_digit);
    if is_digits && name.len() == 4 && (name.starts_with(b"19") || name.starts_with(b"20")) {
        return YEAR;
    }
    if is_digits && name.len() <= 2 {
        return SMALL_NUMBER;
    }
    if !name.is_empty() && name.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.') {
        return NUMBER;
    }
    // The path of an address has no other white space.
    let parts_words = |byte: &u8| matches!(byte, b' ' | b'-' | b'_' | b'+' | b'.' | b',' | b'~' | b'%');
    let words = name.split(parts_words).filter(|word| !word.is_empty()).count();
    if words >= 4 {
        return SLUG;
    }
    let has_digit = name.iter().any(u8::is_ascii_digit);
    let has_letter = name.iter().any(u8::is_ascii_alphabetic);
    let has_long_number = longest_run(name, |byte| byte.is_ascii_digit()) >= 4;
    if has_long_number || (name.len() >= 8 && has_digit && has_letter) || (words == 1 && name.len() > 24) {
        return IDENTIFIER;
    }
    if words == 3 { SHORT_SLUG } else { WORD }
}

/// `.html`, `.aspx`, `.mp3` are no part of a name.
fn without_ending(name: &str) -> &str {
    let Some((stem, ending)) = name.rsplit_once('.') else { return name };
    let letters = ending.strip_suffix(|ch: char| ch.is_ascii_digit()).unwrap_or(ending);
    let is_ending = (2..=5).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_ending { stem } else { name }
}

fn longest_run(text: &[u8], is_in: impl Fn(u8) -> bool) -> usize {
    text.split(|byte| !is_in(*byte)).map(<[u8]>::len).max().unwrap_or(0)
}

/// Whether an address carries the number or key of one article.
pub(in crate::list) fn has_identifier(url: &Url) -> bool {
    let path = url.path();
    if longest_run(path.as_bytes(), |byte| byte.is_ascii_digit()) >= 3 {
        return true;
    }
    let is_number = |value: &str| value.len() >= 3 && value.bytes().all(|byte| byte.is_ascii_digit());
    if url.query().is_some_and(|query| query.split('&').any(|pair| pair.rsplit_once('=').is_some_and(|(_, value)| is_number(value)))) {
        return true;
    }
    path.as_bytes().split(|byte| !byte.is_ascii_alphanumeric()).any(|run| run.len() >= 8 && run.iter().any(u8::is_ascii_digit))
}

/// The part of the host that all hosts of one site share: `a.gov.vn` of `www.a.gov.vn`, `b.com` of `news.b.com`.
pub(in crate::list) fn site(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default();
    // The dots before the last label, the one before it, and the one before that.
    let mut dots = host.rmatch_indices('.').map(|(at, _)| at);
    let (Some(last), Some(second)) = (dots.next(), dots.next()) else { return host };
    let is_country_under = host.len() - last == 3 && last - second <= 4;
    let start = if is_country_under { dots.next().map_or(0, |third| third + 1) } else { second + 1 };
    &host[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(url: &str) -> (String, String) {
        let shape = of(&Url::parse(url).unwrap(), &Url::parse("https://www.a.gov.vn/tin").unwrap());
        (shape.coarse, shape.fine)
    }

    #[test]
    fn articles_of_one_site_share_a_shape() {
        assert_eq!(shape("https://www.a.gov.vn/tin/2024/01/hoi-nghi-so-ket-cong-tac.html"), ("/w/Y/d/S".into(), "/tin/Y/d/S".into()));
        assert_eq!(shape("https://a.gov.vn/Detail.aspx?ID=4711"), ("sub/w?ID=N".into(), "sub/Detail.aspx?ID=N".into()));
        assert_eq!(shape("https://www.a.gov.vn/gioi-thieu"), ("/w".into(), "/w".into()));
        assert_eq!(shape("https://www.a.gov.vn/"), ("/".into(), "/".into()));
        assert_eq!(shape("https://b.gov.vn/x").0, "ext");
    }

    #[test]
    fn identifiers_are_seen() {
        let seen = |url: &str| has_identifier(&Url::parse(url).unwrap());
        assert!(seen("https://a.vn/tin-471123.html"));
        assert!(seen("https://a.vn/tin?id=471&x=y"));
        assert!(seen("https://a.vn/p/x7bc91kq"));
        assert!(!seen("https://a.vn/gioi-thieu?trang=2"));
    }
}

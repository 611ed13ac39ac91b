//! Addresses: made absolute, and brought to the form by which one article is known.

mod files;
mod keys;
mod own;
mod page_number;

use std::borrow::Cow;

use url::{Url, form_urlencoded};

pub use files::{DOCUMENTS, DOWNLOADS, file_name, file_type, is_download, is_recording, media_type_of};
pub use keys::{Id, Keys, Kind, keys};
pub use own::{Own, is_mark, own};
pub use page_number::{PageNumber, named_page, numbers_apart, page_number};

/// Longest address that is taken from a page, in bytes.
const MAX_LENGTH: usize = 4096;

/// Query parameters that say how a reader came, which visit it is or how the page is dressed, never what is shown. In
/// lower case.
const PASSING: &[&str] = &[
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "amp",
    "aspsessionid",
    "aspxautodetectcookiesupport",
    "backurl",
    "cfid",
    "cftoken",
    "dclid",
    "fb_action_ids",
    "fb_comment_id",
    "fb_ref",
    "fb_source",
    "fbclid",
    "gbraid",
    "gclid",
    "gidzl",
    "igsh",
    "igshid",
    "jsessionid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "mibextid",
    "mkt_tok",
    "msclkid",
    "outputtype",
    "p_l_back_url",
    "p_p_auth",
    "p_p_col_count",
    "p_p_col_id",
    "p_p_col_pos",
    "p_p_lifecycle",
    "p_p_mode",
    "p_p_state",
    "phpsessid",
    "redirect",
    "ref_src",
    "returnurl",
    "sessionid",
    "sessid",
    "sid",
    "spm",
    "srsltid",
    "ttclid",
    "twclid",
    "wbraid",
    "yclid",
    "zarsrc",
];

/// Names of hosts that show the same pages to other devices.
const HOST_PREFIXES: &[&str] = &["www.", "m.", "mobile.", "amp.", "wap."];

/// Endings of pages.
const ENDINGS: &[&str] = &[".html", ".htm", ".shtml", ".xhtml", ".amp", ".aspx", ".asp", ".php", ".jsp"];

/// What a folder's own page is called.
const FOLDER_PAGES: &[&str] = &["index", "default"];

/// A path with what `%` stands for in its place.
pub fn percent_decoded(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return path.into();
    }
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match hex {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// `href` as found on a page whose addresses are relative to `base`: absolute, without fragment and without user name
/// or password. `None` for what is not an http(s) address, and for addresses over 4 kB.
pub fn resolve(base: &Url, href: &str) -> Option<Url> {
    let href = href.trim();
    if href.is_empty() || href.len() > MAX_LENGTH {
        return None;
    }
    let mut url = base.join(href).ok()?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return None;
    }
    url.set_fragment(None);
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    (url.as_str().len() <= MAX_LENGTH).then_some(url)
}

/// What stays the same when an address changes without meaning another article: the scheme, `www.` and `m.`, a default
/// port, tracking and session parameters, the order of parameters, a closing slash, and an ending such as `.html`,
/// `/amp` or `/index.html` are left out. For comparing and as a key, not for fetching.
pub fn identity(url: &Url) -> String {
    let mut key = host(url);
    if let Some(port) = url.port() {
        key.push_str(&format!(":{port}"));
    }
    push_path(&mut key, url);
    let mut pairs: Vec<_> = url.query_pairs().filter(|(name, _)| !is_passing(name)).collect();
    if !pairs.is_empty() {
        pairs.sort();
        key.push('?');
        key.push_str(&form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish());
    }
    key
}

fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    let bare = HOST_PREFIXES.iter().find_map(|prefix| host.strip_prefix(prefix)).unwrap_or(host);
    // `m.vn` is a name of its own.
    if bare.contains('.') { bare.to_owned() } else { host.to_owned() }
}

/// The path without sessions, endings and empty segments.
fn push_path(key: &mut String, url: &Url) {
    // Servlet containers write the session behind the path, `/tin;jsessionid=…`, ASP.NET into it: `/(S(…))/tin`.
    let path = match url.path().split_once(';') {
        Some((path, session)) if is_passing(session.split('=').next().unwrap_or_default()) => path,
        _ => url.path(),
    };
    let mut segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty() && !segment.starts_with("(S(")).collect();
    // One page that shows all others is no part of their addresses.
    if segments.len() > 1 && segments.first() == Some(&"index.php") {
        segments.remove(0);
    }
    if segments.len() > 1 && segments.last() == Some(&"amp") {
        segments.pop();
    }
    if let Some(last) = segments.last_mut() {
        let bare = without_ending(last);
        let is_folder_page = bare.len() < last.len() && FOLDER_PAGES.iter().any(|page| bare.eq_ignore_ascii_case(page));
        *last = bare;
        if is_folder_page {
            segments.pop();
        }
    }
    for segment in segments {
        key.push('/');
        key.push_str(&with_capital_escapes(segment));
    }
}

fn without_ending(segment: &str) -> &str {
    if !segment.contains('.') {
        return segment;
    }
    let is_ending = |ending: &&str| {
        let at = segment.len().checked_sub(ending.len()).filter(|at| *at > 0 && segment.is_char_boundary(*at));
        at.filter(|at| segment[*at..].eq_ignore_ascii_case(ending))
    };
    ENDINGS.iter().find_map(is_ending).map_or(segment, |at| &segment[..at])
}

/// `%e1` and `%E1` are the same.
fn with_capital_escapes(segment: &str) -> Cow<'_, str> {
    if !segment.contains('%') {
        return segment.into();
    }
    let mut left = 0;
    let capital = |ch: char| {
        left = if ch == '%' { 2 } else { i32::max(left - 1, -1) };
        if left >= 0 && ch != '%' { ch.to_ascii_uppercase() } else { ch }
    };
    segment.chars().map(capital).collect::<String>().into()
}

fn is_passing(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("utm_") || name.ends_with("_redirect") || PASSING.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn one_article_has_one_identity() {
        let forms = [
            "http://www.catp.vn/tin/abc.html",
            "https://catp.vn/tin/abc",
            "https://m.catp.vn/tin/abc.amp",
            "https://mobile.catp.vn/tin/abc/amp/",
            "https://catp.vn./tin/abc.aspx?amp=1",
            "https://catp.vn//tin//abc.PHP",
            "https://catp.vn/index.php/tin/abc",
            "https://catp.vn/(S(lit3py55t21z5v55vlm25s55))/tin/abc.aspx",
            "https://catp.vn:443/tin/abc/?utm_source=x&fbclid=1&gidzl=2",
            "https://catp.vn/tin/abc;jsessionid=44?PHPSESSID=1#top",
            "https://catp.vn/tin/abc?p_p_state=normal&p_p_auth=x1&_101_INSTANCE_redirect=%2Ftin",
        ];
        for form in forms {
            assert_eq!(identity(&url(form)), "catp.vn/tin/abc", "{form}");
        }
        for form in [
            "https://a.vn",
            "http://www.a.vn/index.html",
            "https://a.vn/index.php",
            "https://a.vn/Default.aspx",
            "https://m.a.vn/?fbclid=1",
        ] {
            assert_eq!(identity(&url(form)), "a.vn", "{form}");
        }
        assert_eq!(identity(&url("https://a.vn/tin/index.htm")), "a.vn/tin");
        assert_eq!(identity(&url("https://a.vn/index.php?id=3")), identity(&url("https://www.a.vn/?id=3")));
        assert_eq!(identity(&url("https://a.vn/vi%e1%bb%87t")), identity(&url("https://a.vn/vi%E1%BB%87t")));
        assert_eq!(identity(&url("https://m.vn/x")), "m.vn/x");
        assert_eq!(identity(&url("https://a.vn/x?b=2&a=1")), identity(&url("https://a.vn/x?a=1&b=2")));
        for (one, other) in [
            ("https://a.vn/x?id=1", "https://a.vn/x?id=2"),
            ("http://127.0.0.1:81/x", "http://127.0.0.1:82/x"),
            ("https://a.vn/tin.1", "https://a.vn/tin.2"),
            ("https://a.vn/index", "https://a.vn/"),
            ("https://a.vn/a%2fb", "https://a.vn/a/b"),
            ("https://x.a.vn/t", "https://a.vn/t"),
        ] {
            assert_ne!(identity(&url(one)), identity(&url(other)), "{one}");
        }
    }

    #[test]
    fn only_web_addresses_are_taken() {
        let base = url("https://a.vn/tin/");
        assert_eq!(resolve(&base, " ../b c#x ").unwrap().as_str(), "https://a.vn/b%20c");
        assert_eq!(resolve(&base, "//b.vn/x").unwrap().as_str(), "https://b.vn/x");
        assert_eq!(resolve(&base, "https://u:p@b.vn/").unwrap().as_str(), "https://b.vn/");
        for href in ["javascript:x()", "mailto:a@b", "data:,x", "", "http://"] {
            assert_eq!(resolve(&base, href), None, "{href}");
        }
        assert_eq!(resolve(&base, &"x".repeat(5000)), None);
    }
}

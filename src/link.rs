//! Addresses: made absolute, and brought to the form by which one article is known.

use url::{Url, form_urlencoded};

/// Longest address that is taken from a page, in bytes.
const MAX_LENGTH: usize = 4096;

/// Query parameters that say how a reader came, or which visit it is, never what is shown.
const TRACKING: &[&str] = &[
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "yclid",
    "zarsrc",
    "igshid",
    "mc_cid",
    "mc_eid",
    "ref_src",
    "spm",
    "jsessionid",
    "phpsessid",
    "aspsessionid",
    "sessionid",
    "sid",
    "_ga",
    "_gl",
];

/// `href` as found on a page at `base`: absolute, without fragment and without user name or password.
/// `None` for what is not an http(s) address, and for addresses over 4 kB.
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

/// What stays the same when an address changes without meaning another article: the scheme, `www.`,
/// a default port, tracking and session parameters, the order of parameters, a closing slash, and an
/// ending such as `.html` are left out. For comparing and as a key, not for fetching.
pub fn identity(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    let mut key = host.strip_prefix("www.").unwrap_or(host).to_owned();
    if let Some(port) = url.port() {
        key.push_str(&format!(":{port}"));
    }
    // Servlet containers write the session into the path: `/tin;jsessionid=…`.
    let path = url.path().split(";jsessionid=").next().unwrap_or_default().trim_end_matches('/');
    let path = [".html", ".htm", ".amp"].iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or(path);
    key.push_str(path);
    let mut pairs: Vec<_> = url
        .query_pairs()
        .filter(|(name, _)| {
            let name = name.to_ascii_lowercase();
            !name.starts_with("utm_") && !TRACKING.contains(&name.as_str())
        })
        .collect();
    if !pairs.is_empty() {
        pairs.sort();
        key.push('?');
        key.push_str(&form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish());
    }
    key
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
            "https://catp.vn:443/tin/abc/?utm_source=x&fbclid=1",
            "https://catp.vn/tin/abc;jsessionid=44?PHPSESSID=1#top",
        ];
        for form in forms {
            assert_eq!(identity(&url(form)), "catp.vn/tin/abc", "{form}");
        }
        assert_eq!(identity(&url("https://a.vn/x?b=2&a=1")), identity(&url("https://a.vn/x?a=1&b=2")));
        assert_ne!(identity(&url("https://a.vn/x?id=1")), identity(&url("https://a.vn/x?id=2")));
        assert_ne!(identity(&url("http://127.0.0.1:81/x")), identity(&url("http://127.0.0.1:82/x")));
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

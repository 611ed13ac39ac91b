//! An address as a person types it: with `https://` before it or not.

use url::Url;

/// What an address may be, in the order in which it is tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub first: Url,
    /// Where the first cannot be connected to.
    pub second: Option<Url>,
}

/// Why words are no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no address: expected one such as `https://portal.example/tin-tuc`")]
pub struct NoAddress(String);

impl Address {
    /// Words without a scheme are `https://`, or else `http://`.
    ///
    /// # Errors
    /// When they are no address of a page.
    pub fn of(words: &str) -> Result<Self, NoAddress> {
        let words = words.trim();
        let parsed = |text: &str| Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        let fault = || NoAddress(words.to_owned());
        if words.contains("://") {
            return Ok(Self { first: parsed(words).ok_or_else(fault)?, second: None });
        }
        let bare = words.trim_start_matches('/');
        let first = parsed(&format!("https://{bare}")).filter(|url| is_place(url, bare) && !bare.contains('@')).ok_or_else(fault)?;
        Ok(Self { first, second: parsed(&format!("http://{bare}")) })
    }
}

/// Whether the host is one that a page can be at: `tin` alone is rather the id of a feed.
fn is_place(url: &Url, written: &str) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.trim_end_matches('.').contains('.'),
        Some(url::Host::Ipv4(_)) => written.contains('.'),
        Some(url::Host::Ipv6(_)) => true,
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_may_be_left_out() {
        let shown = |words: &str| {
            let Address { first, second } = Address::of(words).ok()?;
            Some((first.to_string(), second.map(|url| url.to_string())))
        };
        let both = |rest: &str| Some((format!("https://{rest}"), Some(format!("http://{rest}"))));
        assert_eq!(shown("portal.example/tin"), both("portal.example/tin"));
        assert_eq!(shown(" //portal.example "), both("portal.example/"));
        assert_eq!(shown("127.0.0.1:8080/tin"), both("127.0.0.1:8080/tin"));
        assert_eq!(shown("localhost:8080"), both("localhost:8080/"));
        assert_eq!(shown("http://portal.example/"), Some(("http://portal.example/".to_owned(), None)));
        for words in ["", "tin", "12345", "ftp://portal.example/", "mailto:a@b.example", "feeds/x y.toml"] {
            assert_eq!(shown(words), None, "{words}");
        }
    }
}

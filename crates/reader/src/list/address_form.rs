//! How an article's address is made of its data: `https://portal.example/tin/{slug}-{id}`.

use std::str::FromStr;

use url::Url;

/// A form that was checked. What stands in braces names a value of the article, one inside of another with dots: `{category.slug}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressForm {
    /// What stands before each name, with the name.
    parts: Vec<(String, String)>,
    end: String,
}

/// Why a text is no [`AddressForm`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`source.json.link`: expected an address such as `https://portal.example/tin/{{slug}}`, found `{0}`")]
pub struct BadForm(String);

impl FromStr for AddressForm {
    type Err = BadForm;

    fn from_str(text: &str) -> Result<Self, BadForm> {
        let bad = || BadForm(text.to_owned());
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or_else(bad)?;
            if name.is_empty() || name.contains(['{', '}', ' ', '/']) {
                return Err(bad());
            }
            parts.push((before.to_owned(), name.to_owned()));
            rest = after;
        }
        let form = Self { parts, end: rest.to_owned() };
        let sample = form.fill(|_| Some("x".to_owned())).and_then(|sample| Url::parse(&sample).ok());
        let is_address = sample.is_some_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        if is_address && !form.parts.is_empty() { Ok(form) } else { Err(bad()) }
    }
}

impl AddressForm {
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|(_, name)| name.as_str())
    }

    /// The address, where every name has a value.
    pub(super) fn fill(&self, value: impl Fn(&str) -> Option<String>) -> Option<String> {
        let mut address = String::new();
        for (before, name) in &self.parts {
            address.push_str(before);
            address.push_str(value(name).filter(|value| !value.is_empty())?.trim_start_matches('/'));
        }
        address.push_str(&self.end);
        Some(address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_filled_in() {
        let form: AddressForm = "https://a.vn/{category.slug}/{id}.html".parse().unwrap();
        let value = |name: &str| (name != "none").then(|| format!("<{name}>"));
        assert_eq!(form.fill(value).unwrap(), "https://a.vn/<category.slug>/<id>.html");
        assert_eq!("https://a.vn/{none}".parse::<AddressForm>().unwrap().fill(value), None);
    }

    #[test]
    fn what_makes_no_address_is_refused() {
        for text in ["", "https://a.vn/tin", "/tin/{slug}", "{slug}", "https://a.vn/{}", "https://a.vn/{slug", "ftp://a.vn/{slug}"] {
            let error = text.parse::<AddressForm>().unwrap_err().to_string();
            assert!(error.starts_with("`source.json.link`: expected an address such as `https://portal.example/tin/{slug}`"), "{error}");
        }
    }
}

//! How an article's address is made of its data: `https://portal.example/tin/{slug}-{id}`.

use std::{fmt, str::FromStr};

use url::Url;

/// A form that was checked. What stands in braces names a value of the article, one inside of another with dots:
/// `{category.slug}`.
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

impl fmt::Display for AddressForm {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.parts.iter().try_for_each(|(before, name)| write!(f, "{before}{{{name}}}"))?;
        f.write_str(&self.end)
    }
}

impl AddressForm {
    /// How `address` is made of an article's values, names and all: the one called `key` must stand in it, the others
    /// may.
    pub(super) fn of(address: &str, key: &str, values: &[(String, String)]) -> Option<Self> {
        let origin = Url::parse(address).ok()?.origin().ascii_serialization();
        let rest = address.strip_prefix(origin.as_str())?;
        let of_key = values.iter().find(|(name, _)| name == key)?;
        let mut others: Vec<&(String, String)> = values.iter().filter(|(name, _)| name != key).collect();
        // A longer value may have a shorter one in it; of equals the least nested.
        others.sort_by_key(|(name, value)| (std::cmp::Reverse(value.len()), name.matches('.').count()));
        let mut pieces = cut(vec![Piece::Words(rest.to_owned())], of_key);
        if pieces.len() == 1 {
            return None;
        }
        for other in others {
            pieces = cut(pieces, other);
        }
        let rest: String = pieces
            .into_iter()
            .map(|piece| match piece {
                Piece::Words(words) => words,
                Piece::Name(name) => format!("{{{name}}}"),
            })
            .collect();
        format!("{origin}{rest}").parse().ok()
    }

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

/// A part of an address.
enum Piece {
    Words(String),
    /// A value that is called so.
    Name(String),
}

/// Takes a value out of the words, where it stands by itself.
fn cut(pieces: Vec<Piece>, (name, value): &(String, String)) -> Vec<Piece> {
    let mut parted = Vec::new();
    let mut pieces = pieces.into_iter();
    for piece in pieces.by_ref() {
        match piece {
            Piece::Words(words) => match alone(&words, value) {
                Some(at) => {
                    parted.push(Piece::Words(words[..at].to_owned()));
                    parted.push(Piece::Name(name.clone()));
                    parted.push(Piece::Words(words[at + value.len()..].to_owned()));
                    // What stands twice is a section and a part of the slug; once is enough.
                    break;
                }
                None => parted.push(Piece::Words(words)),
            },
            name @ Piece::Name(_) => parted.push(name),
        }
    }
    parted.extend(pieces);
    parted
}

/// Where `value` stands with no letter or digit beside it.
fn alone(words: &str, value: &str) -> Option<usize> {
    let is_border = |ch: Option<char>| ch.is_none_or(|ch| !ch.is_alphanumeric());
    let is_alone = |at: &usize| is_border(words[..*at].chars().next_back()) && is_border(words[at + value.len()..].chars().next());
    words.match_indices(value).map(|(at, _)| at).find(is_alone)
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
    fn a_form_is_seen_in_one_address() {
        let values = |values: &[(&str, &str)]| -> Vec<(String, String)> {
            values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        let article = values(&[("slug", "mo-hoi-sach"), ("id", "4711"), ("cat.slug", "van-hoa"), ("views", "471"), ("type", "tin")]);
        let form = |address: &str, key: &str| AddressForm::of(address, key, &article).map(|form| form.to_string());
        assert_eq!(form("https://a.vn/van-hoa/mo-hoi-sach-4711.html", "slug").unwrap(), "https://a.vn/{cat.slug}/{slug}-{id}.html");
        assert_eq!(form("https://a.vn/bai?id=4711&x=1", "id").unwrap(), "https://a.vn/bai?id={id}&x=1");
        assert_eq!(form("https://a.vn/bai/mo-hoi-sach", "slug").unwrap(), "https://a.vn/bai/{slug}");
        assert_eq!(form("https://a.vn/bai/mo-hoi-sach2", "slug"), None);
        assert_eq!(form("https://a.vn/mo-hoi/4711", "slug"), None);
    }

    #[test]
    fn what_makes_no_address_is_refused() {
        for text in ["", "https://a.vn/tin", "/tin/{slug}", "{slug}", "https://a.vn/{}", "https://a.vn/{slug", "ftp://a.vn/{slug}"] {
            let error = text.parse::<AddressForm>().unwrap_err().to_string();
            assert!(error.starts_with("`source.json.link`: expected an address such as `https://portal.example/tin/{slug}`"), "{error}");
        }
    }
}

//! How a feed's headlines are found: what `[source.page]`, `[source.feed]`, `.sitemap` or `.json` says in its file.

use std::{fmt, str::FromStr};

use dom_query::Matcher;
use serde::Deserialize;
use url::Url;

use crate::list::{AddressForm, PageBox};

/// The kinds of sources, one table each. Left out, the page is read and everything is found out.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Settings {
    /// `[source.page]`: a page of headlines.
    Page(Selectors),
    /// `[source.feed]`: RSS, Atom or JSON Feed that the site has already.
    Feed(Document),
    /// `[source.sitemap]`: a news sitemap.
    Sitemap(Document),
    /// `[source.json]`: what the site's own scripts ask for.
    Json(Data),
}

/// A document that is read in place of the page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Document {
    /// Where it is; left out, it is the feed's own `url`.
    #[serde(deserialize_with = "address")]
    pub url: Option<Url>,
}

/// JSON that is read in place of the page, or the data in the page. The list in it is found out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Data {
    /// Where it is; left out, it is the feed's own `url`.
    #[serde(deserialize_with = "address")]
    pub url: Option<Url>,
    /// How an article's address is made, where the data has none.
    #[serde(deserialize_with = "form")]
    pub link: Option<AddressForm>,
}

fn form<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<AddressForm>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(serde::de::Error::custom) }
}

/// An address; an empty one is none.
fn address<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Url>, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() {
        return Ok(None);
    }
    let url = Url::parse(&text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    url.map(Some)
        .ok_or_else(|| serde::de::Error::custom(format!("expected an address such as `https://portal.example/rss`, found `{text}`")))
}

impl Settings {
    /// The document that a look begins with; `page` is the feed's own address.
    pub fn address<'a>(&'a self, page: &'a Url) -> &'a Url {
        match self {
            Self::Page(_) => page,
            Self::Feed(Document { url }) | Self::Sitemap(Document { url }) | Self::Json(Data { url, .. }) => url.as_ref().unwrap_or(page),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self::Page(Selectors::default())
    }
}

impl Settings {
    /// Headlines that the operator named; empty where none are.
    pub fn examples(&self) -> &[String] {
        self.selectors().map_or(&[], |selectors| &selectors.examples)
    }

    /// The keys by which the operator overrules what is learned.
    pub fn overruling(&self) -> Vec<&'static str> {
        self.selectors().map(Selectors::given).unwrap_or_default()
    }

    fn selectors(&self) -> Option<&Selectors> {
        match self {
            Self::Page(selectors) => Some(selectors),
            Self::Feed(_) | Self::Sitemap(_) | Self::Json(_) => None,
        }
    }
}

/// CSS selectors for a page of headlines; each one left out is learned from the page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Words")]
pub struct Selectors {
    /// What holds one headline with all that belongs to it.
    pub item: Option<Selector>,
    /// Inside of an item, or on its own where no `item` is given.
    pub title: Option<Selector>,
    /// The link to the article.
    pub link: Option<Selector>,
    /// What says when it was published.
    pub date: Option<Selector>,
    /// The lead.
    pub summary: Option<Selector>,
    /// The picture.
    pub image: Option<Selector>,
    /// Who wrote it.
    pub author: Option<Selector>,
    /// Headlines that were on the page when the feed was made: what is like them is what is wanted.
    pub examples: Vec<String>,
    /// Boxes of the page that are taken for its list, by their headings.
    pub boxes_in: Vec<String>,
    /// Boxes of the page that are left out, by their headings.
    pub boxes_out: Vec<String>,
}

impl Selectors {
    /// What the operator says of a box: that it is of the list, that it is not, or nothing.
    pub(super) fn says(&self, page_box: &PageBox) -> Option<bool> {
        let names = |boxes: &[String]| boxes.iter().any(|name| page_box.is_called(name));
        if names(&self.boxes_out) { Some(false) } else { names(&self.boxes_in).then_some(true) }
    }

    /// The keys that were given.
    fn given(&self) -> Vec<&'static str> {
        let fields = [
            ("item", &self.item),
            ("title", &self.title),
            ("link", &self.link),
            ("date", &self.date),
            ("summary", &self.summary),
            ("image", &self.image),
            ("author", &self.author),
        ];
        let boxes = [("boxes-in", &self.boxes_in), ("boxes-out", &self.boxes_out)];
        let boxes = boxes.into_iter().filter(|(_, names)| !names.is_empty()).map(|(key, _)| key);
        fields.into_iter().filter(|(_, selector)| selector.is_some()).map(|(key, _)| key).chain(boxes).collect()
    }
}

/// A CSS selector that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector(String);

/// Why a text is no [`Selector`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a CSS selector: expected a selector, found `{0}`")]
pub struct BadSelector(String);

impl FromStr for Selector {
    type Err = BadSelector;

    fn from_str(text: &str) -> Result<Self, BadSelector> {
        Matcher::new(text).map_err(|_| BadSelector(text.to_owned()))?;
        Ok(Self(text.to_owned()))
    }
}

impl Selector {
    /// The selector as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form that matches elements; it cannot move between threads and is made where it is used.
    pub(super) fn matcher(&self) -> Matcher {
        Matcher::new(&self.0).expect("checked when it was made")
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The table as it is written, before its selectors are checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[derive(Default)]
struct Words {
    item: Option<String>,
    title: Option<String>,
    link: Option<String>,
    date: Option<String>,
    summary: Option<String>,
    image: Option<String>,
    author: Option<String>,
    examples: Vec<String>,
    boxes_in: Vec<String>,
    boxes_out: Vec<String>,
}

impl TryFrom<Words> for Selectors {
    type Error = String;

    fn try_from(words: Words) -> Result<Self, String> {
        let check = |key: &str, text: Option<String>| {
            text.map(|text| text.parse::<Selector>().map_err(|error| format!("`source.page.{key}` is {error}"))).transpose()
        };
        Ok(Self {
            item: check("item", words.item)?,
            title: check("title", words.title)?,
            link: check("link", words.link)?,
            date: check("date", words.date)?,
            summary: check("summary", words.summary)?,
            image: check("image", words.image)?,
            author: check("author", words.author)?,
            examples: words.examples,
            boxes_in: words.boxes_in,
            boxes_out: words.boxes_out,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Settings, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn a_bad_selector_is_named_with_its_key() {
        let error = read(r#"{"page": {"item": "h2 >"}}"#).unwrap_err();
        assert!(error.starts_with("`source.page.item` is not a CSS selector: expected a selector, found `h2 >`"), "{error}");
    }

    #[test]
    fn unknown_keys_and_kinds_are_refused() {
        assert!(read(r#"{"page": {"titel": "h2"}}"#).unwrap_err().contains("unknown field `titel`"));
        assert!(read(r#"{"pages": {}}"#).unwrap_err().contains("unknown variant `pages`"));
    }

    #[test]
    fn everything_may_be_left_out() {
        assert_eq!(read(r#"{"page": {}}"#), Ok(Settings::default()));
        let Settings::Page(selectors) = read(r#"{"page": {"item": "li.tin", "title": "h4 a"}}"#).unwrap() else { panic!("a page") };
        assert_eq!(selectors.item.unwrap().as_str(), "li.tin");
    }

    #[test]
    fn a_document_may_live_elsewhere() {
        let page = Url::parse("https://a.vn/tin").unwrap();
        let address = |json: &str| read(json).map(|settings| settings.address(&page).to_string());
        assert_eq!(address(r#"{"page": {}}"#).unwrap(), "https://a.vn/tin");
        assert_eq!(address(r#"{"feed": {}}"#).unwrap(), "https://a.vn/tin");
        assert_eq!(address(r#"{"feed": {"url": "https://a.vn/rss"}}"#).unwrap(), "https://a.vn/rss");
        assert_eq!(address(r#"{"sitemap": {"url": ""}}"#).unwrap(), "https://a.vn/tin");
        let json = r#"{"json": {"url": "https://a.vn/api", "link": "https://a.vn/{slug}"}}"#;
        assert_eq!(address(json).unwrap(), "https://a.vn/api");
        assert!(address(r#"{"json": {"link": "{slug}"}}"#).unwrap_err().starts_with("`source.json.link`: expected an address"));
        assert!(address(r#"{"feed": {"url": "rss"}}"#).unwrap_err().starts_with("expected an address such as"));
    }
}

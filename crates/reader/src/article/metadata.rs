//! What the head of a page says: its meta tags, links, title and structured data, as written.

use std::collections::HashMap;

use dom_query::NodeRef;
use jiff::SignedDuration;
use serde_json::Value;
use url::Url;

use super::jsonld::{self, Structured};
use crate::{
    budget::{self, LINE, TEXT},
    duration, link,
    outline::Outline,
    page::Page,
};

/// Links that are called tags; beyond, they are a cloud of all the site's.
const MAX_TAGS: usize = 20;

/// The page about itself.
pub struct Metadata {
    /// Values by lower-case `property`, `name` or `itemprop`.
    metas: HashMap<String, Vec<String>>,
    /// The document's `<title>`.
    pub title: String,
    pub structured: Structured,
    /// The address that relative ones start from.
    pub base: Url,
    pub canonical: Option<Url>,
    /// What `rel=next` in the head leads to.
    pub next: Option<Url>,
    /// The texts of links that are called the article's tags.
    pub tags: Vec<String>,
    /// The `lang` of the document.
    language: Option<String>,
    /// The page's own host, or that of the address it gives itself, without `www.`.
    pub host: String,
}

impl Metadata {
    pub fn of(outline: &Outline, page: &Page) -> Self {
        let named = &outline.named;
        let mut metadata = Self {
            metas: HashMap::new(),
            title: named.titles.first().map(|title| budget::line(&title.text(), LINE)).unwrap_or_default(),
            structured: Structured::default(),
            base: page.url.clone(),
            canonical: None,
            next: None,
            tags: tags(outline),
            language: (!outline.elements.is_empty())
                .then(|| outline.written(0, "lang").or_else(|| outline.written(0, "xml:lang")))
                .flatten()
                .map(str::to_owned),
            host: String::new(),
        };
        named.metas.iter().for_each(|meta| metadata.add_meta(meta));
        for script in named.scripts.iter().filter(|script| script.attr("type").is_some_and(|kind| kind.contains("ld+json"))) {
            metadata.structured.add(&script.text());
        }
        let base = named.bases.first().and_then(|base| link::resolve(&page.url, &base.attr("href")?));
        metadata.base = base.unwrap_or(metadata.base);
        let canonical = named.related("canonical");
        let canonical = canonical.map(|href| href.to_string()).or_else(|| metadata.first(&["og:url"]).map(str::to_owned));
        metadata.canonical = canonical.and_then(|href| link::resolve(&metadata.base, &href));
        metadata.next = named.related("next").and_then(|href| link::resolve(&metadata.base, &href));
        let host = page.url.host_str().or_else(|| metadata.canonical.as_ref().and_then(Url::host_str)).unwrap_or_default();
        metadata.host = host.strip_prefix("www.").unwrap_or(host).to_owned();
        metadata
    }

    fn add_meta(&mut self, node: &NodeRef) {
        let key =
            ["property", "name", "itemprop", "http-equiv"].iter().find_map(|name| node.attr(name).filter(|key| !key.trim().is_empty()));
        let (Some(key), Some(content)) = (key, node.attr("content")) else { return };
        let content = budget::beginning(content.trim(), TEXT);
        if !content.is_empty() {
            self.metas.entry(key.trim().to_lowercase()).or_default().push(content.to_owned());
        }
    }

    /// All values of the first of `keys` that the page has.
    pub fn all<'a>(&'a self, keys: &[&str]) -> impl Iterator<Item = &'a str> {
        keys.iter().filter_map(|key| self.metas.get(*key)).flatten().map(String::as_str).collect::<Vec<_>>().into_iter()
    }

    /// The values under names that are one of `names` when points, colons, dashes and the like are left out, in the
    /// order of `names`.
    pub fn named<'a>(&'a self, names: &[&str]) -> impl Iterator<Item = &'a str> {
        let place = |key: &str| {
            let bare: String = key.chars().filter(|ch| ch.is_alphanumeric()).collect();
            names.iter().position(|name| *name == bare)
        };
        let mut found: Vec<(usize, &str, &Vec<String>)> =
            self.metas.iter().filter_map(|(key, values)| Some((place(key)?, key.as_str(), values))).collect();
        found.sort();
        found.into_iter().flat_map(|(.., values)| values).map(String::as_str)
    }

    /// The first value of the first of `keys` that has one.
    pub fn first(&self, keys: &[&str]) -> Option<&str> {
        keys.iter().filter_map(|key| self.metas.get(*key)).flatten().map(String::as_str).next()
    }

    /// One squeezed line, entities that were encoded twice decoded.
    pub fn line(&self, keys: &[&str]) -> Option<String> {
        self.first(keys).map(plain).filter(|line| !line.is_empty())
    }

    pub fn description(&self) -> Option<String> {
        let said = self.first(&["og:description", "description", "twitter:description"])?;
        Some(decoded(said, TEXT)).filter(|description| !description.is_empty())
    }

    /// The longest article text in the structured data.
    pub fn article_body(&self) -> String {
        let objects = self.structured.objects();
        let bodies = objects.iter().filter_map(|object| object.get("articleBody")).filter_map(Value::as_str);
        let Some(body) = bodies.max_by_key(|body| body.len()) else { return String::new() };
        if !body.contains('<') {
            return body.to_owned();
        }
        crate::tree::parse(body).map(|document| crate::tree::text_of(&document.root())).unwrap_or_default()
    }

    /// BCP 47 as the page declares it; `vi_VN` becomes `vi-VN`.
    pub fn language(&self) -> Option<String> {
        let metas = ["content-language", "og:locale", "language", "dc.language", "inlanguage"];
        let said = self.language.as_deref().or_else(|| self.first(&metas))?;
        let said = said.split([',', ' ', ';']).next()?.replace('_', "-");
        let fits = (2..=35).contains(&said.len()) && said.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let primary = said.split('-').next()?;
        // "vn" is the country that many sites mistake for the language.
        match (fits, primary.to_ascii_lowercase().as_str()) {
            (false, _) => None,
            (true, "vn") => Some("vi".to_owned()),
            (true, primary) if primary.len() > 3 => None,
            (true, _) => Some(said),
        }
    }

    /// The site's name.
    pub fn site(&self) -> Option<String> {
        self.line(&["og:site_name", "application-name", "apple-mobile-web-app-title"]).or_else(|| {
            let articles = self.structured.articles();
            let publisher = articles.iter().find_map(|article| article.get("publisher"))?;
            let name = self.structured.resolve(publisher).get("name")?.as_str()?;
            Some(plain(name)).filter(|name| !name.is_empty())
        })
    }

    /// How long the only recording runs that the structured data describe.
    pub fn duration(&self) -> Option<SignedDuration> {
        let objects = self.structured.objects();
        let mut all = objects.into_iter().filter_map(jsonld::duration);
        let first = all.next().or_else(|| {
            self.first(&["og:audio:duration", "og:video:duration", "video:duration", "music:duration"]).and_then(duration::stated)
        })?;
        all.all(|other| other == first).then_some(first)
    }

    /// The publisher that the structured data name.
    pub fn publisher(&self) -> Option<String> {
        let articles = self.structured.articles();
        let publisher = articles.iter().find_map(|article| article.get("publisher"))?;
        self.structured.resolve(publisher).get("name")?.as_str().map(plain)
    }

    /// The addresses of pictures that the page names for itself, the most trusted first.
    pub fn pictures(&self) -> Vec<Url> {
        let mut addresses: Vec<&str> = self.all(&["og:image:secure_url", "og:image", "og:image:url"]).collect();
        let articles = self.structured.articles();
        addresses.extend(articles.iter().filter_map(|article| article.get("image")).flat_map(
            |image| match self.structured.resolve(image) {
                Value::Object(image) => image.get("url").map(strings).unwrap_or_default(),
                Value::Array(images) => images.iter().flat_map(|image| image.get("url").map_or_else(|| strings(image), strings)).collect(),
                other => strings(other),
            },
        ));
        addresses.extend(self.all(&["twitter:image", "twitter:image:src", "thumbnailurl", "image"]));
        addresses.into_iter().filter_map(|address| link::resolve(&self.base, address)).collect()
    }

    /// Whether the structured data call the page news, or `None` where they name no article.
    pub fn is_news(&self) -> Option<bool> {
        let articles = self.structured.articles();
        (!articles.is_empty()).then(|| articles.iter().any(|article| jsonld::is_a(article, &["News", "Report"])))
    }
}

/// The texts of links that are called the article's tags.
fn tags(outline: &Outline) -> Vec<String> {
    let is_tag = |at: &usize| outline.name(*at) == "a" && outline.has_word(*at, "rel", |word| word == "tag");
    let tags: Vec<usize> = (0..outline.elements.len()).filter(is_tag).take(MAX_TAGS + 1).collect();
    if tags.len() > MAX_TAGS {
        return Vec::new();
    }
    tags.into_iter().map(|at| budget::line(&outline.elements[at].node.text(), LINE)).collect()
}

/// The strings in `value`, itself or its items.
pub fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::String(one) => vec![one],
        Value::Array(values) => values.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// One squeezed line, decoded as often as sites encode; of what is longer than a line, its beginning.
pub fn plain(encoded: &str) -> String {
    decoded(encoded, LINE)
}

fn decoded(encoded: &str, longest: usize) -> String {
    let mut decoded = budget::line(encoded, longest);
    for _ in 0..2 {
        if !decoded.contains('&') {
            break;
        }
        // No tag may come to life here: only entities are wanted.
        let Ok(document) = crate::tree::parse(&decoded.replace('<', "&lt;")) else { break };
        decoded = document.text().to_string();
    }
    budget::line(&decoded, longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata(html: &str) -> Metadata {
        let page = Page {
            url: Url::parse("https://www.tin.example/a/b.html").unwrap(),
            html: html.to_owned(),
            fetched_at: jiff::Timestamp::UNIX_EPOCH,
            problems: Vec::new(),
        };
        let document = crate::tree::parse(html).unwrap();
        Metadata::of(&Outline::of(&document, &page.url, html.len()), &page)
    }

    #[test]
    fn entities_are_decoded_as_often_as_sites_encode() {
        assert_eq!(plain("Tin &amp;amp; &lt;b&gt; &quot;mới&quot;&nbsp;a"), "Tin & <b> \"mới\" a");
    }

    #[test]
    fn the_language_is_a_language() {
        let cases = [("vi_VN", Some("vi-VN")), ("vn", Some("vi")), ("de", Some("de")), ("Vietnamese", None), ("", None), ("x y", None)];
        for (said, expected) in cases {
            assert_eq!(metadata(&format!("<html lang='{said}'>")).language().as_deref(), expected, "{said}");
        }
        assert_eq!(metadata("<meta name=language content=vi>").language().as_deref(), Some("vi"));
    }

    #[test]
    fn addresses_start_from_the_base() {
        let metadata = metadata("<base href='/x/'><link rel=canonical href='c'><meta property=og:image content='p.jpg'>");
        assert_eq!(metadata.canonical.as_ref().unwrap().as_str(), "https://www.tin.example/x/c");
        assert_eq!(metadata.pictures()[0].as_str(), "https://www.tin.example/x/p.jpg");
        assert_eq!(metadata.host, "tin.example");
    }

    #[test]
    fn the_publisher_names_a_site_without_a_name() {
        let metadata = metadata("<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"publisher\":{\"name\":\"Báo\"}}</script>");
        assert_eq!(metadata.site().as_deref(), Some("Báo"));
    }
}

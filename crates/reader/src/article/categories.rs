//! Section and keywords: what structured data and meta tags name, else where the page says that it stands.

use std::collections::HashSet;

use serde_json::Value;
use url::Url;

use super::{jsonld, layout::Layout, metadata::Metadata, metadata::plain};
use crate::{
    budget::{self, TEXT},
    link, text,
};

/// Categories that are taken from one page.
const MAX_CATEGORIES: usize = 10;
/// Longest word or phrase that is a category.
const MAX_LENGTH: usize = 60;
/// Links of a trail such as "Trang chủ » Tin tức » An ninh"; a menu has more.
const LONGEST_TRAIL: usize = 6;
/// Bytes of its text.
const LONGEST_TRAIL_TEXT: usize = 300;
/// Words and phrases that are looked at.
const MAX_WORDS: usize = 1_000;

/// Sections first, then keywords, each once.
#[derive(Debug, Default)]
pub struct Categories {
    pub all: Vec<String>,
    /// How many of them are sections.
    pub sections: usize,
    /// The keywords as the page names them: the same on every page, they are its site's.
    pub keywords: String,
}

/// What the page is about; `heading` is the block of the headline.
pub fn of(metadata: &Metadata, layout: &Layout, heading: Option<usize>, title: Option<&str>, address: &Url) -> Categories {
    let articles = metadata.structured.articles();
    let said = |key: &str| articles.iter().filter_map(|article| article.get(key)).flat_map(names).collect::<Vec<_>>();
    let mut sections = said("articleSection");
    sections.extend(metadata.all(&["article:section"]));
    let trail = if sections.is_empty() { trail(metadata, layout, heading, title, address) } else { None };
    sections.extend(trail.as_deref());
    let mut keywords = said("keywords");
    keywords.extend(metadata.all(&["article:tag", "news_keywords", "keywords"]));
    if keywords.is_empty() {
        keywords.extend(metadata.tags.iter().map(String::as_str));
    }
    let mut categories = Categories { keywords: budget::beginning(&keywords.join(", "), TEXT).to_owned(), ..Categories::default() };
    let mut known = HashSet::from([text::fold(title.unwrap_or_default()), metadata.host.clone()]);
    let mut looked_at = 0;
    for (words, is_section) in sections.into_iter().map(|words| (words, true)).chain(keywords.into_iter().map(|words| (words, false))) {
        for word in words.split([',', ';']) {
            looked_at += 1;
            if looked_at > MAX_WORDS {
                return categories;
            }
            let word = plain(word);
            let fits = (1..=MAX_LENGTH).contains(&word.chars().count()) && !is_for_machines(&word);
            if fits && categories.all.len() < MAX_CATEGORIES && known.insert(text::fold(&word)) {
                categories.all.push(word);
                categories.sections += usize::from(is_section);
            }
        }
    }
    categories
}

/// Numbers and names by which the site's own programs know the article: `@post-id:17`.
fn is_for_machines(word: &str) -> bool {
    let is_number = word.len() >= 16 && word.contains(|ch: char| ch.is_ascii_digit()) && word.matches('-').count() >= 3;
    word.starts_with('@') || word.contains(':') || is_number && !word.contains(' ')
}

/// Strings, and the names of objects.
fn names(value: &Value) -> Vec<&str> {
    match value {
        Value::String(one) => vec![one],
        Value::Array(values) => values.iter().flat_map(names).collect(),
        Value::Object(object) => object.get("name").map(names).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// The last station before the article on the way from the front page.
fn trail(metadata: &Metadata, layout: &Layout, heading: Option<usize>, title: Option<&str>, address: &Url) -> Option<String> {
    let stations = described(metadata).filter(|stations| !stations.is_empty()).or_else(|| shown(metadata, layout, heading?))?;
    let title = title.map(text::fold).unwrap_or_default();
    let here = [Some(address), metadata.canonical.as_ref()].map(|url| url.map(link::identity));
    let is_here = |station: &Station| {
        text::fold(&station.name) == title || station.target.as_ref().is_some_and(|target| here.contains(&Some(link::identity(target))))
    };
    let mut stations = stations.into_iter().filter(|station| !is_here(station)).peekable();
    let begins_at_home = stations.next_if(|station| station.target.as_ref().is_some_and(is_home)).is_some();
    let rest: Vec<Station> = stations.collect();
    // A single one may be the front page under an address of its own.
    let last = rest.len() >= 2 || begins_at_home;
    rest.into_iter().next_back().filter(|_| last).map(|station| station.name)
}

/// Where the way from the front page to the article leads, in its order.
pub fn stations(metadata: &Metadata, layout: &Layout, heading: Option<usize>) -> Vec<Url> {
    let stations = described(metadata).filter(|stations| !stations.is_empty()).or_else(|| shown(metadata, layout, heading?));
    stations.unwrap_or_default().into_iter().filter_map(|station| station.target).collect()
}

struct Station {
    name: String,
    target: Option<Url>,
}

fn is_home(url: &Url) -> bool {
    url.path().len() <= 1 && url.query().is_none()
}

/// As the structured data describe it.
fn described(metadata: &Metadata) -> Option<Vec<Station>> {
    let objects = metadata.structured.objects();
    let list = objects.into_iter().find(|object| jsonld::is_a(object, &["BreadcrumbList"]))?;
    let mut entries: Vec<(i64, Station)> = Vec::new();
    for (at, entry) in list.get("itemListElement")?.as_array()?.iter().enumerate() {
        let item = entry.get("item").unwrap_or(entry);
        let name = entry.get("name").or_else(|| item.get("name")).and_then(Value::as_str);
        let target = item.as_str().or_else(|| item.get("@id")?.as_str()).or_else(|| item.get("url")?.as_str());
        let target = target.and_then(|target| link::resolve(&metadata.base, target));
        let position = entry.get("position").and_then(|position| position.as_i64().or_else(|| position.as_str()?.parse().ok()));
        if let Some(name) = name {
            entries.push((position.unwrap_or(i64::try_from(at).unwrap_or(i64::MAX)), Station { name: plain(name), target }));
        }
    }
    entries.sort_by_key(|(position, _)| *position);
    Some(entries.into_iter().map(|(_, station)| station).collect())
}

/// As it stands above the headline: a few links, the first of which leads to the front page, called a trail by class or
/// by signs.
fn shown(metadata: &Metadata, layout: &Layout, heading: usize) -> Option<Vec<Station>> {
    let above = layout.blocks[heading].end;
    let resolve = |at: usize| link::resolve(&metadata.base, &layout.links[at]);
    let homes = (0..layout.links.len()).rev().filter(|at| layout.starts_before(layout.anchors[*at], above));
    for home in homes.filter(|at| resolve(*at).as_ref().is_some_and(is_home)) {
        for around in layout.upwards_at(layout.anchors[home]).skip(1).take(3) {
            if layout.text_length(around) >= LONGEST_TRAIL_TEXT || !layout.budget.spend(layout.links.len()) {
                continue;
            }
            let inside: Vec<usize> = (0..layout.links.len()).filter(|at| layout.is_inside(layout.anchors[*at], around)).collect();
            let says_so = || {
                let text = layout.text_of(around);
                layout.elements[around].marks.to_ascii_lowercase().contains("breadcrumb") || text.contains(['»', '›', '>', '/', '→'])
            };
            if (2..=LONGEST_TRAIL).contains(&inside.len()) && inside[0] == home && says_so() {
                let station = |at: usize| Station { name: layout.text_of(layout.anchors[at]), target: resolve(at) };
                return Some(inside.into_iter().map(station).filter(|station| !station.name.is_empty()).collect());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::{article, page::Page};

    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let page = Page {
            url: url::Url::parse("https://tin.example/tin/a.html").unwrap(),
            html: html.to_owned(),
            fetched_at: jiff::Timestamp::UNIX_EPOCH,
            problems: Vec::new(),
        };
        assert_eq!(article::read(&page, &article::Context::default()).categories, expected, "{html}");
    }

    #[test]
    fn categories_are_named_once() {
        check(
            "<meta property=article:section content='An ninh'><meta name=keywords content='an ninh, Đà Nẵng,,x;y'>\
             <script type=application/ld+json>{\"@type\":\"NewsArticle\",\"articleSection\":[\"Tin\"],\"keywords\":[{\"name\":\"biển\"}]}</script>",
            &["Tin", "An ninh", "biển", "Đà Nẵng", "x", "y"],
        );
        check(
            "<meta name=keywords content='@river, Category: Life, tin.example, cce15240-c52a-4887-a61a-cd64701d6596, TP.HCM'>",
            &["TP.HCM"],
        );
        check("<p>Tin <a rel=tag href=/t/1>lũ lụt</a> <a rel='tag nofollow' href=/t/2>Lũ lụt</a>", &["lũ lụt"]);
    }

    #[test]
    fn the_section_is_where_the_page_stands() {
        let heading = "<h1>Khánh thành cầu dân sinh nối hai xã</h1>";
        let cases = [
            (
                "<div class=breadcrumb><a href=/>Trang chủ</a> <a href=/tin>Tin tức</a> <a href=/tin/an-ninh>An ninh</a></div>",
                Some("An ninh"),
            ),
            ("<span><a href=/>Trang chủ</a> » <a href=/tin>Tin tức</a> » <a href=/tin/a>Khánh thành cầu</a></span>", Some("Tin tức")),
            ("<div><a href=/>Trang chủ</a> | <a href=/lien-he>Liên hệ</a></div>", None),
            ("<ul><li><a href=/>Trang chủ</a><li><a href=/1>Một</a><li><a href=/2>Hai</a></ul>", None),
            ("<div class=breadcrumb><a href=/>Trang chủ</a></div>", None),
            (
                "<script type=application/ld+json>{\"@type\":\"BreadcrumbList\",\"itemListElement\":[\
                 {\"position\":2,\"item\":{\"@id\":\"/tin\",\"name\":\"Tin tức\"}},{\"position\":1,\"name\":\"Đầu\",\"item\":\"https://tin.example\"},\
                 {\"position\":3,\"name\":\"Khánh thành cầu dân sinh nối hai xã\"}]}</script>",
                Some("Tin tức"),
            ),
        ];
        for (trail, expected) in cases {
            check(&format!("{trail}{heading}<p>Cầu dài 86 mét, rộng bốn mét.</p>"), expected.as_slice());
        }
    }
}

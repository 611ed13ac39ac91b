//! JSON-LD in the page: articles that describe themselves, and lists of addresses.
//! <https://schema.org/ItemList>, <https://schema.org/NewsArticle>

use serde_json::Value;
use url::Url;

use super::{Statement, by_address, plain, summary};
use crate::jsonld::{self, Object, Structured};
use crate::link;
use crate::list::Strategy;
use crate::outline::Outline;
use crate::time::{self, Reading};

/// What an article is a kind of.
const ARTICLES: &[&str] = &["Article", "Posting", "Report", "Review", "Recipe"];
/// What holds articles, each under one of its names.
const HOLDERS: &[(&str, &[&str])] =
    &[("ItemList", &["itemListElement"]), ("CollectionPage", &["hasPart"]), ("Blog", &["blogPost", "blogPosts"])];
/// What has addresses and is no article.
const OTHERS: &[&str] = &["Navigation", "Breadcrumb", "Organization", "Person", "Product"];

/// What the page's scripts of this kind say of articles.
pub(super) fn stated(outline: &Outline, reading: &Reading) -> Vec<Statement> {
    let mut structured = Structured::default();
    for script in &outline.named.scripts {
        if script.attr("type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json")) {
            structured.add(&script.text());
        }
    }
    let mut stated = Vec::new();
    for object in structured.objects() {
        if jsonld::is_a(object, ARTICLES) {
            stated.extend(of_object(object, &structured, outline, reading));
        }
        for (kind, names) in HOLDERS {
            if jsonld::is_a(object, &[kind]) {
                let held = names.iter().filter_map(|name| object.get(*name)).flat_map(each);
                stated.extend(held.filter_map(|held| of_held(held, &structured, outline, reading)));
            }
        }
    }
    by_address(stated)
}

/// A member of a list: an address, an object that has one, or one that holds such an object.
fn of_held(held: &Value, structured: &Structured, outline: &Outline, reading: &Reading) -> Option<Statement> {
    match structured.resolve(held) {
        Value::String(address) => Some(Statement::of(Strategy::LinkedData, link::resolve(&outline.base, address)?)),
        Value::Object(object) if jsonld::is_a(object, OTHERS) => None,
        Value::Object(object) => match object.get("item") {
            Some(item @ Value::Object(_)) => {
                let mut stated = of_held(item, structured, outline, reading)?;
                stated.title = stated.title.or_else(|| words(object, &["name"]));
                Some(stated)
            }
            Some(Value::String(address)) => {
                let mut stated = Statement::of(Strategy::LinkedData, link::resolve(&outline.base, address)?);
                stated.title = words(object, &["name"]);
                Some(stated)
            }
            _ => of_object(object, structured, outline, reading),
        },
        _ => None,
    }
}

fn of_object(object: &Object, structured: &Structured, outline: &Outline, reading: &Reading) -> Option<Statement> {
    let mut stated = Statement::of(Strategy::LinkedData, address(object, &outline.base)?);
    stated.title = words(object, &["headline", "name"]);
    let published = ["datePublished", "dateCreated"].iter().find_map(|name| object.get(*name)?.as_str());
    stated.published = published.and_then(|date| time::read(date, reading));
    stated.summary = object.get("description").and_then(Value::as_str).and_then(summary);
    stated.image = object.get("image").and_then(|image| image_of(structured.resolve(image), &outline.base));
    stated.duration = jsonld::duration(object);
    stated.author = object.get("author").and_then(|author| names(author, structured));
    Some(stated)
}

fn address(object: &Object, base: &Url) -> Option<Url> {
    let of = |value: &Value| match value {
        Value::String(address) => link::resolve(base, address),
        Value::Object(page) => ["@id", "url"].iter().find_map(|name| link::resolve(base, page.get(*name)?.as_str()?)),
        _ => None,
    };
    ["url", "mainEntityOfPage", "@id"].iter().find_map(|name| of(object.get(*name)?))
}

fn words(object: &Object, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| plain(object.get(*name)?.as_str()?))
}

fn image_of(value: &Value, base: &Url) -> Option<Url> {
    match value {
        Value::String(address) => link::resolve(base, address),
        Value::Array(values) => image_of(values.first()?, base),
        Value::Object(image) => ["url", "contentUrl"].iter().find_map(|name| link::resolve(base, image.get(*name)?.as_str()?)),
        _ => None,
    }
}

fn names(value: &Value, structured: &Structured) -> Option<String> {
    let name = |value: &Value| match structured.resolve(value) {
        Value::String(name) => plain(name),
        Value::Object(person) => words(person, &["name"]),
        _ => None,
    };
    let names: Vec<String> = each(value).iter().filter_map(name).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// The values of an array, or the one value.
fn each(value: &Value) -> &[Value] {
    match value {
        Value::Array(values) => values,
        value => std::slice::from_ref(value),
    }
}

//! Embedded state: the data that a page's scripts draw it from.
//!
//! Such as `__NEXT_DATA__`, `__NUXT_DATA__`, `window.__INITIAL_STATE__ = {…}`, or what `self.__next_f` is pushed.
//!
//! No names of frameworks decide here: any data is taken, and what is a list of articles shows by its shape.
//! It is large, so it is asked only where the rest of the page leaves a question open.

mod flat;
mod lists;
mod names;
mod stream;

use std::collections::HashSet;

use html5ever::tendril::StrTendril;
use memchr::memmem::Finder;
use serde_json::Deserializer;
use serde_json_borrow::Value;
use url::Url;

use super::Statement;
use crate::list::AddressForm;
use crate::list::Strategy;
use crate::outline::Outline;
use crate::time::Reading;
pub(in crate::list) use lists::Unaddressed;
pub(in crate::list::structured) use lists::names;
use lists::{Asked, Links};

/// Bytes of a script below which it holds no list, and bytes of scripts that are read.
const SMALLEST: usize = 300;
const MOST: usize = 4_000_000;
/// Places in one script that are tried as data.
const TRIES: usize = 6;

/// Addresses by which a script is known to be about them.
const ASKED: usize = 12;

/// What lists are looked for with, besides the data.
#[derive(Debug, Clone, Copy)]
pub(in crate::list) struct Search<'a> {
    /// How addresses are made of the data, where the operator says it.
    pub(in crate::list) form: Option<&'a AddressForm>,
    /// The identities of known articles.
    pub(in crate::list) known: &'a HashSet<String>,
    /// Who says what is found.
    pub(in crate::list) by: Strategy,
    /// What the addresses of pictures start from.
    pub(in crate::list) files: &'a Url,
    pub(in crate::list) reading: &'a Reading<'a>,
}

/// What the page's state says of articles: list by list, the one that looks most like headlines first.
///
/// With addresses in `about`, scripts that name none of them are passed over unread.
pub(in crate::list) fn stated(outline: &Outline, about: &[&Url], search: &Search) -> Vec<Vec<Statement>> {
    with_values(outline, about, |values| lists(values, outline, search))
}

/// The first list of headlines in the page's state that names no addresses.
pub(in crate::list) fn unaddressed(outline: &Outline, search: &Search) -> Option<Unaddressed> {
    with_values(outline, &[], |values| {
        let links = Links::of(outline, search.known);
        let Search { form, by, files, reading, .. } = *search;
        let asked = Asked { outline, links: &links, form, by, files, reading };
        values.iter().find_map(|value| match flat::lists(value) {
            Some(written_out) => written_out.iter().find_map(|list| asked.unaddressed(list)),
            None => asked.unaddressed(value),
        })
    })
}

/// The names of the values of the longest list in the page's state.
pub(super) fn names_in(outline: &Outline) -> Vec<String> {
    with_values(outline, &[], names)
}

/// The data in the page's scripts.
fn with_values<T>(outline: &Outline, about: &[&Url], read: impl FnOnce(&[Value]) -> T) -> T {
    let names: Vec<Finder> = about.iter().step_by(about.len().div_ceil(ASKED).max(1)).map(|url| Finder::new(name(url))).collect();
    let is_about = |text: &str| names.is_empty() || names.iter().any(|name| name.find(text.as_bytes()).is_some());
    let mut scripts = scripts(outline);
    let code = scripts.iter().filter(|(kind, _)| matches!(kind, Kind::Code));
    let stream: String = code.map(|(_, text)| stream::pushed(text)).collect();
    scripts.retain(|(_, text)| text.len() >= SMALLEST && is_about(text));
    let mut values = if is_about(&stream) { stream::rows(&stream) } else { Vec::new() };
    let mut quoted = Vec::new();
    for (kind, text) in &scripts {
        match kind {
            Kind::Data => values.extend(serde_json::from_str::<Value>(text)),
            Kind::Code => assigned(text).into_iter().for_each(|value| match value {
                Value::Str(text) => quoted.push(text),
                value => values.push(value),
            }),
        }
    }
    values.extend(quoted.iter().filter_map(|text| serde_json::from_str::<Value>(text).ok()));
    read(&values)
}

/// The lists in these values, the one that looks most like headlines first.
pub(super) fn lists(values: &[Value], outline: &Outline, search: &Search) -> Vec<Vec<Statement>> {
    if values.is_empty() {
        return Vec::new();
    }
    let Search { form, known, by, files, reading } = *search;
    let asked = Asked { outline, links: &Links::of(outline, known), form, by, files, reading };
    let mut lists: Vec<Vec<Statement>> = Vec::new();
    for value in values {
        match flat::lists(value) {
            Some(written_out) => written_out.iter().for_each(|list| asked.collect(list, &mut lists)),
            None => asked.collect(value, &mut lists),
        }
    }
    // The sort is stable: of equals the first of the page leads.
    lists.sort_by_key(|list| std::cmp::Reverse(worth(list)));
    lists
}

#[derive(Clone, Copy)]
enum Kind {
    Data,
    Code,
}

/// The scripts of the page that may hold a list.
fn scripts(outline: &Outline) -> Vec<(Kind, StrTendril)> {
    let mut left = MOST;
    let mut scripts = Vec::new();
    for script in &outline.named.scripts {
        let kind = match script.attr("type").unwrap_or_default().to_ascii_lowercase() {
            _ if script.has_attr("src") => continue,
            kind if kind.contains("ld+json") => continue,
            kind if kind.contains("json") => Kind::Data,
            kind if kind.is_empty() || kind.contains("javascript") || kind == "module" => Kind::Code,
            _ => continue,
        };
        let text = script.text();
        if text.len() <= left {
            left -= text.len();
            scripts.push((kind, text));
        }
    }
    scripts
}

/// The part of an address that data has in some form: the last one, which is no `&` or `/` that may be escaped. Of a
/// part that has several forms itself nothing can be said: the empty name is everywhere.
fn name(url: &Url) -> &str {
    let last = url.as_str().split(['/', '?', '&', '=', '#']).rfind(|part| !part.is_empty()).unwrap_or_default();
    if last.contains(['%', '+']) { "" } else { last }
}

/// How much a list looks like headlines: dates and words count.
fn worth(list: &[Statement]) -> usize {
    let words = |stated: &Statement| stated.title.as_ref().map_or(0, |title| title.split_whitespace().count().min(10));
    list.iter().map(|stated| words(stated) * if stated.published.is_some() { 3 } else { 1 }).sum()
}

/// Data that a script assigns: `… = {…}`, `… = […]`, and as text that is data itself `… = JSON.parse("…")`. Code in
/// between is passed over.
fn assigned(script: &str) -> Vec<Value<'_>> {
    let mut found = Vec::new();
    let mut rest = script;
    let mut tries = 0;
    while let Some((_, after)) = rest.split_once('=') {
        rest = after;
        let start = after.trim_start();
        let (start, is_quoted) = match start.strip_prefix("JSON.parse(") {
            Some(quoted) => (quoted.trim_start(), true),
            None => (start, false),
        };
        if !start.starts_with(if is_quoted { &['"'][..] } else { &['{', '['][..] }) {
            continue;
        }
        tries += 1;
        if tries > TRIES {
            break;
        }
        let mut stream = Deserializer::from_str(start).into_iter::<Value>();
        let Some(Ok(value)) = stream.next() else { continue };
        rest = &start[stream.byte_offset()..];
        found.push(value);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_names_that_are_written_in_one_way() {
        for (address, expected) in
            [("/tin/mo-hoi-sach-4711.html", "mo-hoi-sach-4711.html"), ("/x?a=1&id=47", "47"), ("/tin/h%E1%BB%99i/", "")]
        {
            assert_eq!(name(&Url::parse(&format!("https://a.vn{address}")).unwrap()), expected);
        }
    }

    #[test]
    fn data_is_found_among_code() {
        let script = r#"var a=1;if(a==2){x={b:1}} window.__S__ = {"list":[{"a":1}]};window["t"]=JSON.parse("[{\"b\":2}]"); y = [1,2];"#;
        let found: Vec<String> = assigned(script).iter().map(Value::to_string).collect();
        assert_eq!(found, [r#"{"list":[{"a":1}]}"#, r#""[{\"b\":2}]""#, "[1,2]"]);
    }
}

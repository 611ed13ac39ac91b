//! The data that a page's scripts draw it from, such as `__NEXT_DATA__`, `__NUXT_DATA__`, `window.__STATE__ = {…}`, or
//! what `self.__next_f` is pushed.
//!
//! What it is about is for others to say.

pub mod flat;
mod stream;

use html5ever::tendril::StrTendril;
use memchr::memmem::Finder;
use serde_json::Deserializer;
use serde_json_borrow::Value;
use url::Url;

use crate::outline::Outline;

/// Bytes of scripts that are read.
const MOST: usize = 4_000_000;
/// Places in one script that are tried as data.
const TRIES: usize = 6;

/// Gives `read` the data in the page's scripts; with names in `about`, of those that have one of them.
///
/// Scripts of fewer than `smallest` bytes are passed over.
pub fn with<'n, T>(outline: &Outline, about: impl IntoIterator<Item = &'n str>, smallest: usize, read: impl FnOnce(&[Value]) -> T) -> T {
    let names: Vec<Finder> = about.into_iter().map(Finder::new).collect();
    let is_about = |text: &str| names.is_empty() || names.iter().any(|name| name.find(text.as_bytes()).is_some());
    let mut scripts = scripts(outline);
    let code = scripts.iter().filter(|(kind, _)| matches!(kind, Kind::Code));
    let stream: String = code.map(|(_, text)| stream::pushed(text)).collect();
    scripts.retain(|(_, text)| text.len() >= smallest && is_about(text));
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

/// The part of an address that data has in some form: the last one, which is no `&` or `/` that may be escaped. Of a
/// part that has several forms itself nothing can be said: the empty name is everywhere.
pub fn name(url: &Url) -> &str {
    let last = url.as_str().split(['/', '?', '&', '=', '#']).rfind(|part| !part.is_empty()).unwrap_or_default();
    if last.contains(['%', '+']) { "" } else { last }
}

#[derive(Clone, Copy)]
enum Kind {
    Data,
    Code,
}

/// The scripts of the page that may hold data.
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

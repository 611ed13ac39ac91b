//! JSON-LD: the objects that a page describes itself with, read as forgivingly as sites write them.

use std::collections::HashMap;

use jiff::SignedDuration;
use serde_json::{Map, Value};

use crate::duration;
use crate::pattern::Pattern;

/// Levels down to which objects are looked for inside others.
const MAX_DEPTH: usize = 8;
/// Objects beyond which a page is listing something else.
const MAX_OBJECTS: usize = 2_000;
/// Bytes of the scripts of one page that are read: a value takes many times what it is written with.
const MAX_BYTES: usize = 2_000_000;
/// Brackets that may be open where a broken script ends.
const MAX_OPEN: usize = 60;
/// Bytes of the way to an object by which it is found again.
const MAX_PATH: usize = 1_000;

/// An object of structured data.
pub type Object = Map<String, Value>;

/// All that the page's JSON-LD scripts hold.
#[derive(Default)]
pub struct Structured {
    roots: Vec<Value>,
    /// The bytes that were read.
    bytes: usize,
    /// The objects with a name, by their `@id`: the root, and the way from there.
    named: HashMap<String, (usize, String)>,
}

impl Structured {
    /// Adds the content of one script; what cannot be read is passed over.
    pub fn add(&mut self, script: &str) {
        if self.bytes + script.len() > MAX_BYTES {
            return;
        }
        self.bytes += script.len();
        if let Some(root) = read(script) {
            let at = self.roots.len();
            each_named(&root, &mut String::new(), 0, &mut |id, path| {
                if self.named.len() < MAX_OBJECTS && !self.named.contains_key(id) {
                    self.named.insert(id.to_owned(), (at, path.to_owned()));
                }
            });
            self.roots.push(root);
        }
    }

    /// Every object, whether it stands alone, in an array, in `@graph` or inside another.
    pub fn objects(&self) -> Vec<&Object> {
        let mut found = Vec::new();
        for root in &self.roots {
            collect(root, 0, &mut found);
        }
        found
    }

    /// The objects that describe an article, in the order of the page.
    pub fn articles(&self) -> Vec<&Object> {
        self.objects().into_iter().filter(|object| is_a(object, &["Article", "Posting", "Report", "Review", "Recipe"])).collect()
    }

    /// The object that `value` refers to by `@id`, or `value` itself.
    pub fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        let Some(object) = value.as_object().filter(|object| !object.contains_key("name")) else { return value };
        let Some((root, path)) = object.get("@id").and_then(Value::as_str).and_then(|id| self.named.get(id)) else { return value };
        self.roots[*root].pointer(path).unwrap_or(value)
    }
}

/// How long the recording runs that an object is or has.
pub fn duration(object: &Object) -> Option<SignedDuration> {
    const KINDS: &[&str] = &["AudioObject", "VideoObject", "MediaObject", "Episode", "Clip", "MusicRecording", "Audiobook"];
    let own = |object: &Object| ["duration", "timeRequired"].iter().find_map(|name| duration::stated(object.get(*name)?.as_str()?));
    let held = || {
        let media = ["associatedMedia", "audio", "video", "encoding"].iter().filter_map(|name| object.get(*name));
        media.map(|media| media.as_array().and_then(|all| all.first()).unwrap_or(media)).find_map(|media| own(media.as_object()?))
    };
    if is_a(object, KINDS) { own(object) } else { None }.or_else(held)
}

/// Whether the type of `object` contains one of `words`.
pub fn is_a(object: &Object, words: &[&str]) -> bool {
    let holds = |kind: &Value| kind.as_str().is_some_and(|kind| words.iter().any(|word| kind.contains(word)));
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(holds),
        Some(kind) => holds(kind),
        None => false,
    }
}

fn collect<'a>(value: &'a Value, depth: usize, found: &mut Vec<&'a Object>) {
    if depth > MAX_DEPTH || found.len() >= MAX_OBJECTS {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, depth + 1, found)),
        Value::Object(object) => {
            found.push(object);
            object.values().for_each(|value| collect(value, depth + 1, found));
        }
        _ => (),
    }
}

/// Calls `found` with the `@id` of every object that has a name, and the [`Value::pointer`] to it from the root.
fn each_named(value: &Value, path: &mut String, depth: usize, found: &mut impl FnMut(&str, &str)) {
    if depth > MAX_DEPTH || path.len() > MAX_PATH {
        return;
    }
    match value {
        Value::Array(values) => {
            for (at, value) in values.iter().enumerate().filter(|(_, value)| holds_more(value)) {
                one_deeper(&at.to_string(), value, path, depth, found);
            }
        }
        Value::Object(object) => {
            if let (Some(id), true) = (object.get("@id").and_then(Value::as_str), object.contains_key("name")) {
                found(id, path);
            }
            for (key, value) in object.iter().filter(|(key, value)| key.len() <= MAX_PATH && holds_more(value)) {
                one_deeper(&key.replace('~', "~0").replace('/', "~1"), value, path, depth, found);
            }
        }
        _ => (),
    }
}

fn holds_more(value: &Value) -> bool {
    value.is_array() || value.is_object()
}

fn one_deeper(step: &str, value: &Value, path: &mut String, depth: usize, found: &mut impl FnMut(&str, &str)) {
    let here = path.len();
    path.push('/');
    path.push_str(step);
    each_named(value, path, depth + 1, found);
    path.truncate(here);
}

/// First as it is, then without what wraps or breaks it on many sites: comments, raw line breaks inside strings, a
/// comma before a closing bracket, a semicolon at the end; then with quotes inside strings escaped, and as far as it
/// goes.
fn read(script: &str) -> Option<Value> {
    static TRAILING_COMMA: Pattern = Pattern::new(r",\s*([}\]])");
    if let Ok(value) = serde_json::from_str(script) {
        return Some(value);
    }
    let mut bare = script.trim();
    for opening in ["<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "<![CDATA["] {
        bare = bare.strip_prefix(opening).unwrap_or(bare).trim_start();
    }
    for closing in ["-->", "//]]>", "// ]]>", "/*]]>*/", "]]>", ";"] {
        bare = bare.strip_suffix(closing).unwrap_or(bare).trim_end();
    }
    let flat: String = bare.chars().map(|ch| if ch < ' ' { ' ' } else { ch }).collect();
    let tidy = || serde_json::from_str(&TRAILING_COMMA.replace_all(&flat, "$1"));
    serde_json::from_str(&flat).or_else(|_| tidy()).ok().or_else(|| {
        let quoted = TRAILING_COMMA.replace_all(&with_quotes_escaped(&flat), "$1").into_owned();
        first(&quoted).or_else(|| first(&up_to_the_mistake(&quoted)?))
    })
}

/// The first value of a text, whatever stands behind it: a brace too many.
fn first(text: &str) -> Option<Value> {
    let value: Value = serde_json::Deserializer::from_str(text).into_iter().next()?.ok()?;
    holds_more(&value).then_some(value)
}

/// A quote ends a string only where a mark of JSON follows: `"He said "no" today"` is one.
fn with_quotes_escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let (mut is_in_string, mut is_escaped) = (false, false);
    for (at, ch) in text.char_indices() {
        if ch == '"' && !is_escaped {
            let follows = text[at + 1..].trim_start().chars().next();
            let ends = matches!(follows, None | Some(',' | ':' | '}' | ']'));
            if is_in_string && !ends {
                escaped.push('\\');
            }
            is_in_string = !is_in_string || !ends;
        }
        is_escaped = ch == '\\' && !is_escaped;
        escaped.push(ch);
    }
    escaped
}

/// The whole members before the first mistake, and what is open there closed.
fn up_to_the_mistake(text: &str) -> Option<String> {
    let error = serde_json::from_str::<serde::de::IgnoredAny>(text).err()?;
    // It is one line by now; columns are bytes.
    let end = text.floor_char_boundary(error.column().min(text.len()));
    let (mut open, mut is_in_string, mut is_escaped) = (Vec::new(), false, false);
    let mut whole: Option<(usize, Vec<char>)> = None;
    for (at, ch) in text[..end].char_indices() {
        match ch {
            '"' if !is_escaped => is_in_string = !is_in_string,
            '{' if !is_in_string => open.push('}'),
            '[' if !is_in_string => open.push(']'),
            '}' | ']' if !is_in_string => {
                open.pop();
            }
            ',' if !is_in_string => whole = Some((at, open.clone())),
            _ => (),
        }
        is_escaped = ch == '\\' && !is_escaped;
        if open.len() > MAX_OPEN {
            return None;
        }
    }
    let (at, open) = whole?;
    Some(text[..at].chars().chain(open.into_iter().rev()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_scripts_are_read_where_it_is_clear_what_is_meant() {
        let cases = [
            (r#"{"@type":"NewsArticle","headline":"a"}"#, 1),
            ("[{\"@type\":\"NewsArticle\",\"headline\":\"a\nb\"},]", 1),
            ("<!--\n{\"@graph\":[{\"@type\":[\"WebPage\"]},{\"@type\":[\"Report\",\"X\"]}]};\n-->", 1),
            ("//<![CDATA[\n{\"@type\":\"BlogPosting\"}\n//]]>", 1),
            (r#"{"@type":"NewsArticle","headline": "#, 1),
            (r#"{"headline": "#, 0),
            (r#"{"@type":"NewsArticle","headline":"a"}}"#, 1),
            (r#"{"@type":"NewsArticle","headline":"He said "no" today","author":{"name":"Lan"}}"#, 1),
            (r#"{"@graph":[{"@type":"NewsArticle","headline":"a","x":{"y":[1,2"#, 1),
            ("", 0),
        ];
        for (script, articles) in cases {
            let mut structured = Structured::default();
            structured.add(script);
            assert_eq!(structured.articles().len(), articles, "{script}");
        }
    }

    #[test]
    fn a_quote_inside_a_string_is_a_part_of_it() {
        let value = read(r#"{"headline":"He said "no" today","author":{"name":"Lan \"Lu\" Vo"},}"#).unwrap();
        assert_eq!((value["headline"].as_str(), value["author"]["name"].as_str()), (Some("He said \"no\" today"), Some("Lan \"Lu\" Vo")));
    }

    #[test]
    fn objects_refer_to_each_other() {
        let mut structured = Structured::default();
        structured.add(r##"{"@graph":[{"@type":"Article","author":{"@id":"#p"}},{"@id":"#p","@type":"Person","name":"Lan"}]}"##);
        let author = structured.articles()[0].get("author").unwrap();
        assert_eq!(structured.resolve(author)["name"], "Lan");
    }
}

//! How long recordings run, as the data of a page's scripts says it: in the object of the recording or of its item.
//!
//! A length is that of what stands with it in one object. Objects inside count too, as `"audio": {"duration": 1834}`
//! does; one that has a title or an address of its own is another item.

mod item;
mod length;

use std::collections::HashMap;

use jiff::SignedDuration;
use serde_json_borrow::{ObjectAsVec, Value};
use url::Url;

use crate::{
    discovery::Candidate,
    link,
    outline::Outline,
    script_data::{self, flat},
    text,
};
pub use item::{Recording, of_item};
use length::Length;
pub use length::{is_name as is_length, settled};

/// Levels of data, and values of one page, that are looked through.
const MAX_DEPTH: usize = 24;
const VALUES: usize = 300_000;
/// Letters of a title, and of the last part of an address, that name one item.
const TITLE: usize = 8;
const SLUG: usize = 6;
/// Bytes of a script that has such data.
const SMALLEST: usize = 30;
/// What scripts have that name lengths, however the names begin.
const MARKS: [&str; 9] = ["uration", "uracion", "uracao", "ength", "laytime", "layTime", "auer", "uree", "uong"];
/// Names of titles.
const TITLES: [&str; 7] = ["title", "headline", "name", "tieude", "ten", "tenbai", "tentin"];

/// A recording whose length is not known.
#[derive(Debug, Clone, Default)]
pub struct Asked<'a> {
    pub file: Option<&'a Url>,
    /// The pages of its item, and what that is called; of several recordings of one item nothing tells which is meant.
    pub pages: Vec<&'a Url>,
    pub title: Option<&'a str>,
}

impl<'a> Asked<'a> {
    /// The recordings of a listed item whose lengths are not known.
    pub fn of_listed(listed: &'a Candidate) -> Vec<Self> {
        let is_one = listed.attachments.iter().filter(|file| file.is_recording()).count() == 1;
        let untimed = listed.attachments.iter().filter(|file| file.is_untimed());
        let asked = untimed.map(|file| Self {
            file: Some(&file.url),
            pages: if is_one { vec![&listed.url] } else { Vec::new() },
            title: Some(listed.title.as_str()).filter(|_| is_one),
        });
        asked.collect()
    }
}

/// How long recordings run that a page shows, as far as the data in its scripts says it.
pub fn lengths(outline: &Outline, asked: &[Asked]) -> Vec<Option<SignedDuration>> {
    if asked.is_empty() {
        return Vec::new();
    }
    script_data::with(outline, MARKS, SMALLEST, |values| {
        let mut search = Search { names: Names::of(asked), base: &outline.base, asked, found: vec![Vec::new(); asked.len()], left: VALUES };
        for value in values {
            match flat::objects(value, length::is_name) {
                Some(written_out) => written_out.iter().for_each(|object| search.look(object)),
                None => search.look(value),
            }
        }
        let one = |found: &Vec<Length>| {
            let first = found.iter().find(|length| matches!(length, Length::Stated(_))).or(found.first())?;
            found.iter().all(|other| first.is_same(*other)).then_some(*first)
        };
        settled(search.found.iter().map(one))
    })
}

/// All by which the data may name what is asked; `None` where two are named so.
struct Names {
    addresses: HashMap<String, Option<usize>>,
    /// The last parts of these addresses, by which most others are passed over.
    ends: HashMap<String, Option<usize>>,
    titles: HashMap<String, Option<usize>>,
}

impl Names {
    fn of(asked: &[Asked]) -> Self {
        let mut names = Self { addresses: HashMap::new(), ends: HashMap::new(), titles: HashMap::new() };
        for (at, asked) in asked.iter().enumerate() {
            for address in asked.file.iter().chain(&asked.pages) {
                add(&mut names.addresses, link::identity(address), at);
                add(&mut names.ends, end(address.as_str()).to_owned(), at);
            }
            if let Some(title) = asked.title.filter(|title| title.chars().count() >= TITLE) {
                add(&mut names.titles, text::fold(title), at);
            }
        }
        names
    }

    /// What a value of an object names.
    fn get(&self, key: &str, value: &str, base: &Url) -> Option<usize> {
        if is_address(value) {
            self.ends.get(end(value))?;
            return *self.addresses.get(&link::identity(&link::resolve(base, value)?))?;
        }
        if value.len() >= SLUG
            && !value.contains(char::is_whitespace)
            && let Some(named) = self.ends.get(value)
        {
            return *named;
        }
        value.chars().nth(TITLE - 1)?;
        let key = plain(key);
        let is_title = TITLES.iter().any(|name| key.ends_with(name));
        if is_title { *self.titles.get(&text::fold(value))? } else { None }
    }
}

fn add(names: &mut HashMap<String, Option<usize>>, name: String, at: usize) {
    let named = names.entry(name).or_insert(Some(at));
    *named = named.filter(|named| *named == at);
}

/// The last part of an address, without what is asked of it.
fn end(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

/// The way through all data.
struct Search<'a> {
    names: Names,
    base: &'a Url,
    asked: &'a [Asked<'a>],
    found: Vec<Vec<Length>>,
    left: usize,
}

impl Search<'_> {
    fn look<'v>(&mut self, value: &'v Value<'v>) {
        let mut open = vec![(value, 0)];
        while let Some((value, depth)) = open.pop() {
            self.left = self.left.saturating_sub(1);
            match value {
                _ if self.left == 0 || depth > MAX_DEPTH => (),
                Value::Array(members) => open.extend(members.iter().map(|member| (member, depth + 1))),
                Value::Object(object) => {
                    self.add(value, object);
                    open.extend(object.values().map(|value| (value, depth + 1)));
                }
                _ => (),
            }
        }
    }

    /// Takes what an object says of what is asked.
    fn add<'v>(&mut self, value: &'v Value<'v>, object: &'v ObjectAsVec<'v>) {
        let named = object.iter().find_map(|(key, value)| self.names.get(key, value.as_str()?, self.base));
        if named.is_none() && !object.iter().any(|(key, _)| length::is_name(key)) {
            return;
        }
        let Some(recording) = of_item(value) else { return };
        let of_file = || self.names.get("", recording.file?, self.base);
        let Some(at) = named.or_else(of_file) else { return };
        let is_other = recording.file.zip(self.asked[at].file).is_some_and(|(file, asked)| end(file) != end(asked.as_str()));
        if !is_other {
            self.found[at].push(recording.length);
        }
    }
}

fn is_address(text: &str) -> bool {
    ["http://", "https://", "/"].iter().any(|beginning| text.starts_with(beginning))
}

/// Whether an address is that of a recording.
fn is_recording(address: &str) -> bool {
    is_address(address) && link::is_recording(end(address))
}

/// `duration_ms` and `durationMs` as `durationms`.
fn plain(name: &str) -> String {
    name.chars().filter(|ch| ch.is_ascii_alphanumeric()).map(|ch| ch.to_ascii_lowercase()).collect()
}

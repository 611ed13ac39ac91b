//! What one item says of its recording, in its own object and in those inside of it.

use serde_json_borrow::{ObjectAsVec, Value};

use super::{
    TITLES, end, is_address, is_recording,
    length::{self, Length},
    plain,
};

/// Levels of an item inside of which its recording may be described.
const LEVELS: usize = 3;
/// Copies of one recording in an item: it may be had as several files.
const COPIES: usize = 4;
/// Names of objects that describe a recording, whatever title and address they have.
const HOLDERS: [&str; 12] =
    ["audio", "sound", "media", "video", "podcast", "file", "enclosure", "recording", "track", "player", "clip", "amthanh"];

/// What an item says of its recording.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recording<'v> {
    pub length: Length,
    pub file: Option<&'v str>,
}

/// The recording of an item, where it has one, or copies of one.
pub fn of_item<'v>(item: &'v Value<'v>) -> Option<Recording<'v>> {
    let mut found = Found::default();
    found.look(item.as_object()?, 0);
    let length = *found.lengths.iter().find(|(length, _)| matches!(length, Length::Stated(_))).or(found.lengths.first())?;
    let is_one = found.lengths.iter().all(|(other, _)| length.0.is_same(*other));
    let beside = || found.lengths.iter().find_map(|(_, file)| *file);
    let only = || if let [only] = found.files[..] { Some(only) } else { None };
    is_one.then(|| Recording { length: length.0, file: beside().or_else(only) })
}

/// What an item and the objects in it say of recordings.
#[derive(Default)]
struct Found<'v> {
    /// Each with the recording's address, where that stands beside it.
    lengths: Vec<(Length, Option<&'v str>)>,
    files: Vec<&'v str>,
}

impl<'v> Found<'v> {
    fn look(&mut self, object: &'v ObjectAsVec<'v>, level: usize) {
        let file = file_of(object);
        self.files.extend(file);
        self.lengths.extend(length::of(object).map(|length| (length, file)));
        if level == LEVELS {
            return;
        }
        for (key, value) in object.iter() {
            let inner = match value {
                Value::Object(_) => std::slice::from_ref(value),
                Value::Array(members) if members.len() == 1 || members.len() <= COPIES && members.iter().all(is_file) => members.as_slice(),
                _ => continue,
            };
            let key = plain(key);
            let is_holder = HOLDERS.iter().any(|holder| key.contains(holder));
            for inner in inner.iter().filter_map(Value::as_object) {
                if is_holder || file_of(inner).is_some() || !is_item(inner) {
                    self.look(inner, level + 1);
                }
            }
        }
    }
}

fn is_file(value: &Value) -> bool {
    value.as_object().is_some_and(|object| file_of(object).is_some())
}

/// The address of a recording in an object.
fn file_of<'v>(object: &'v ObjectAsVec<'v>) -> Option<&'v str> {
    object.values().filter_map(|value| value.as_str()).find(|text| is_recording(text))
}

/// Whether an object is about something else than what it stands in: it has a title, or leads to a page.
fn is_item(object: &ObjectAsVec) -> bool {
    let is_title = |key: &str, value: &str| value.contains(' ') && TITLES.contains(&plain(key).as_str());
    let is_page = |value: &str| is_address(value) && !end(value).contains('.');
    object.iter().any(|(key, value)| value.as_str().is_some_and(|value| is_title(key, value) || is_page(value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seconds, and the file, of an item.
    #[track_caller]
    fn check(item: &str, expected: Option<(i64, Option<&str>)>) {
        let value: Value = serde_json::from_str(item).unwrap();
        let found = of_item(&value);
        let length = length::settled([found.map(|found| found.length)])[0];
        assert_eq!(length.map(|length| (length.as_secs(), found.unwrap().file)), expected, "{item}");
    }

    #[test]
    fn a_length_is_that_of_what_stands_with_it() {
        const FILE: Option<&str> = Some("/p/1.mp3");
        for item in [
            r#"{"title": "Bản tin sáng", "audio": "/p/1.mp3", "duration": 754}"#,
            r#"{"title": "Bản tin sáng", "duration": 754, "enclosure": {"url": "/p/1.mp3", "length": 12345678, "type": "audio/mpeg"}}"#,
            r#"{"title": "Bản tin sáng", "audio": {"title": "Tệp âm thanh", "url": "/p/1.mp3", "duration": 754}}"#,
            r#"{"title": "Bản tin sáng", "fields": {"file": {"url": "/p/1.mp3", "details": {"duration": 754}}}}"#,
            r#"{"title": "Bản tin sáng", "files": [{"src": "/p/1.mp3", "duration": 754}, {"src": "/p/1.ogg", "duration": 754.3}]}"#,
            r#"{"title": "Bản tin sáng", "audio": "/p/1.mp3", "duration": 754, "next": {"title": "Bản tin trưa", "slug": "trua", "duration": 900}}"#,
            r#"{"title": "Bản tin sáng", "audio": "/p/1.mp3", "duration": 754, "more": [{"duration": 1}, {"duration": 2}]}"#,
        ] {
            check(item, Some((754, FILE)));
        }
        // Of two recordings nothing tells which is meant.
        check(r#"{"title": "Bản tin", "audio": {"url": "/p/1.mp3", "duration": 754}, "video": {"url": "/p/2.mp4", "duration": 30}}"#, None);
        check(r#"{"title": "Bản tin", "related": {"title": "Bản tin trưa", "duration": 754}}"#, None);
    }
}

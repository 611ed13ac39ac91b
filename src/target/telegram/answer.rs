//! What an HTTP answer says: delivered with its result, or refused with a class.
//!
//! An answer that begins with `{"ok":true` says that the message is out, however it goes on: an id is taken from
//! what can be read of it, and it is never sent again.

use loa_reader::text;
use serde_json::Value;

use super::classify::{Class, Refused, believed, classify};

/// Characters of a description that are kept.
const LONGEST_WHY: usize = 300;

/// An answer that says yes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Accepted {
    /// `Null` where it could not be read.
    pub result: Value,
    raw: String,
}

/// Reads the body of an answer, whole or cut off.
pub(super) fn read(status: u16, body: &str) -> Result<Accepted, Refused> {
    let Ok(answer) = serde_json::from_str::<Value>(body) else { return read_broken(status, body) };
    match answer.get("ok").and_then(Value::as_bool) {
        Some(true) => Ok(Accepted { result: answer.get("result").cloned().unwrap_or_default(), raw: body.to_owned() }),
        Some(false) => Err(refused(status, &answer)),
        None => Err(foreign(status, body)),
    }
}

/// A full refusal: its parameters first, which are exact, then its words.
fn refused(status: u16, answer: &Value) -> Refused {
    let description = answer.get("description").and_then(Value::as_str).unwrap_or_default();
    let code = answer.get("error_code").and_then(Value::as_u64).and_then(|code| u16::try_from(code).ok()).unwrap_or(status);
    let number = |name: &str| {
        let value = answer.get("parameters")?.get(name)?;
        value.as_i64().or_else(|| value.as_str()?.parse().ok())
    };
    let class = match (number("migrate_to_chat_id"), number("retry_after")) {
        (Some(to), _) => Class::Migrated(to),
        (None, Some(seconds)) => Class::Wait(believed(seconds.try_into().unwrap_or_default())),
        (None, None) => classify(code, description),
    };
    Refused { class, why: shorten(if description.is_empty() { "no description" } else { description }) }
}

/// JSON that breaks off, or no JSON.
fn read_broken(status: u16, body: &str) -> Result<Accepted, Refused> {
    let beginning: String = body.chars().filter(|ch| !ch.is_whitespace()).take(11).collect();
    if beginning.starts_with("{\"ok\":true") {
        Ok(Accepted { result: Value::Null, raw: body.to_owned() })
    } else if beginning.starts_with("{\"ok\":false") {
        Err(Refused { class: classify(status, body), why: shorten(body) })
    } else {
        Err(foreign(status, body))
    }
}

/// An answer that the Bot API did not give: a gateway's page, a proxy's, another server's.
///
/// A gateway that refuses with 4xx has not passed the call on, unless it gave up waiting (408, 499). Behind a 5xx the
/// call may well have arrived, and a success that is not Telegram's says nothing.
fn foreign(status: u16, body: &str) -> Refused {
    let class = match status {
        413 => Class::BadPhoto,
        429 => classify(429, ""),
        408 | 499 => Class::Unclear,
        300..=499 => Class::NotSent,
        _ => Class::Unclear,
    };
    let page = if body.trim().is_empty() { "nothing" } else { "a page that is not the Bot API's" };
    Refused { class, why: format!("HTTP {status} with {page}") }
}

fn shorten(description: &str) -> String {
    text::cut(&text::squeeze(description), LONGEST_WHY)
}

/// What a message shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    pub words: String,
    /// The addresses in them.
    pub links: Vec<String>,
    pub is_photo: bool,
}

impl Accepted {
    /// The id of the message, or of an album's first.
    pub(super) fn message_id(&self) -> Option<i32> {
        let message = self.messages().next();
        match message.and_then(|message| message.get("message_id")) {
            Some(id) => id.as_i64().and_then(|id| i32::try_from(id).ok()),
            None => number_after(&self.raw, "\"message_id\":").and_then(|id| i32::try_from(id).ok()),
        }
    }

    /// The number of the chat that it stands in.
    pub(super) fn chat_id(&self) -> Option<i64> {
        let message = self.messages().next();
        match message.and_then(|message| message.get("chat")?.get("id")) {
            Some(id) => id.as_i64(),
            None => number_after(&self.raw, "\"chat\":{\"id\":"),
        }
    }

    /// How Telegram names the pictures of the messages from now on; the largest form of each.
    pub(super) fn photo_file_ids(&self) -> Vec<String> {
        let area = |size: &Value| {
            let side = |name| size.get(name).and_then(Value::as_u64).unwrap_or_default();
            side("width").saturating_mul(side("height"))
        };
        let largest = |message: &Value| {
            let size = message.get("photo")?.as_array()?.iter().max_by_key(|size| area(size))?;
            Some(size.get("file_id")?.as_str()?.to_owned())
        };
        self.messages().filter_map(largest).collect()
    }

    /// What the message shows.
    pub(super) fn shown(&self) -> Shown {
        let field = |name| self.result.get(name).and_then(Value::as_str);
        let words = field("text").or_else(|| field("caption")).unwrap_or_default().to_owned();
        let entities = |name| self.result.get(name).and_then(Value::as_array);
        let entities = entities("entities").or_else(|| entities("caption_entities"));
        let linked = entities.into_iter().flatten().filter_map(|entity| entity.get("url")?.as_str()).map(str::to_owned);
        let written = words.split_whitespace().filter(|word| word.contains("://")).map(str::to_owned);
        let links = linked.chain(written).collect();
        Shown { words, links, is_photo: self.result.get("photo").is_some() }
    }

    /// One message, or an album's.
    fn messages(&self) -> impl Iterator<Item = &Value> {
        match self.result.as_array() {
            Some(messages) => messages.iter(),
            None => std::slice::from_ref(&self.result).iter(),
        }
    }
}

/// The whole number after `name` in a text that may break off: one that reaches the end is not whole.
fn number_after(raw: &str, name: &str) -> Option<i64> {
    let rest = raw.split_once(name)?.1.trim_start();
    let end = rest.find(|ch: char| !ch.is_ascii_digit() && ch != '-')?;
    rest[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(status: u16, body: &str) -> Class {
        read(status, body).unwrap_err().class
    }

    #[test]
    fn a_yes_is_a_yes_however_it_breaks_off() {
        let whole = r#"{"ok":true,"result":{"message_id":77,"chat":{"id":-1001,"type":"channel"},"date":1,"text":"x"}}"#;
        for (length, id, chat) in [
            (whole.len(), Some(77), Some(-1001)),
            (whole.len() - 1, Some(77), Some(-1001)),
            (60, Some(77), Some(-1001)),
            (50, Some(77), None),
            // The number may go on.
            (36, None, None),
            (10, None, None),
        ] {
            let accepted = read(200, &whole[..length]).unwrap();
            assert_eq!((accepted.message_id(), accepted.chat_id()), (id, chat), "{}", &whole[..length]);
        }
        for shape in [r#"{"ok":true,"result":{}}"#, r#"{"ok":true}"#, r#"{"ok":true,"result":true}"#, r#" { "ok" : true, "#] {
            assert_eq!(read(200, shape).unwrap().message_id(), None, "{shape}");
        }
        assert_eq!(class(200, r#"{"ok":tr"#), Class::Unclear);
    }

    #[test]
    fn parameters_go_before_words() {
        let moved = r#"{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-1002}}"#;
        assert_eq!(class(400, moved), Class::Migrated(-1002));
        let wait = r#"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 5","parameters":{"retry_after":6}}"#;
        assert_eq!(class(429, wait), Class::Wait(6));
        assert_eq!(class(429, r#"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 5"}"#), Class::Wait(5));
        assert_eq!(class(429, r#"{"ok":false,"parameters":{"retry_after":-5}}"#), Class::Wait(1));
    }

    #[test]
    fn answers_that_are_not_telegrams_are_told_by_their_status() {
        let page = "<html><h1>502 Bad Gateway</h1></html>";
        for (status, expected) in [
            (200, Class::Unclear),
            (302, Class::NotSent),
            (403, Class::NotSent),
            (404, Class::NotSent),
            (408, Class::Unclear),
            (413, Class::BadPhoto),
            (429, Class::Wait(30)),
            (502, Class::Unclear),
            (504, Class::Unclear),
        ] {
            assert_eq!(class(status, page), expected, "{status}");
            assert_eq!(class(status, ""), expected, "{status}");
            assert_eq!(class(status, "[]"), expected, "{status}");
        }
        assert_eq!(class(403, r#"{"ok":false,"error_code":403,"description":"Forbidden: bot was kicked from"#), Class::ChannelClosed);
    }

    #[test]
    fn an_album_gives_the_first_id_and_all_pictures() {
        let album = r#"{"ok":true,"result":[
            {"message_id":5,"chat":{"id":-1},"photo":[{"file_id":"small","width":90,"height":60},{"file_id":"big","width":900,"height":600}]},
            {"message_id":6,"chat":{"id":-1},"photo":[{"file_id":"other"}]}]}"#;
        let accepted = read(200, album).unwrap();
        assert_eq!(accepted.message_id(), Some(5));
        assert_eq!(accepted.photo_file_ids(), ["big", "other"]);
    }
}

//! Entities: which part of a text is bold, which is a link; counted in UTF-16 units.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::tag::Tag;

/// What an entity makes of its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum EntityKind {
    Bold,
    Italic,
    Underline,
    Strikethrough,
    Spoiler,
    Code,
    Pre { language: Option<String> },
    Blockquote,
    ExpandableBlockquote,
    TextLink { url: String },
    TextMention { user_id: i64 },
    CustomEmoji { custom_emoji_id: String },
    DateTime { unix_time: i64, format: String },
}

/// A part of a text with its look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entity {
    #[serde(flatten)]
    pub kind: EntityKind,
    /// In UTF-16 units.
    pub offset: usize,
    pub length: usize,
}

impl Entity {
    /// As the Bot API shows it.
    pub(in crate::bot_api) fn to_json(&self) -> Value {
        let mut shown = serde_json::to_value(self).unwrap_or_default();
        if let EntityKind::TextMention { user_id } = self.kind {
            shown["user"] = json!({ "id": user_id, "is_bot": false, "first_name": "User" });
        }
        if let Some(object) = shown.as_object_mut() {
            object.retain(|key, value| !value.is_null() && key != "user_id");
        }
        shown
    }

    /// From the `entities` of a request; kinds that Telegram finds by itself are passed over, as there.
    pub(in crate::bot_api) fn from_json(value: &Value) -> Option<Self> {
        let object: &Map<String, Value> = value.as_object()?;
        let word = |key: &str| object.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let number = |key: &str| object.get(key).and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok());
        let kind = match object.get("type")?.as_str()? {
            "bold" => EntityKind::Bold,
            "italic" => EntityKind::Italic,
            "underline" => EntityKind::Underline,
            "strikethrough" => EntityKind::Strikethrough,
            "spoiler" => EntityKind::Spoiler,
            "code" => EntityKind::Code,
            "pre" => EntityKind::Pre { language: Some(word("language")).filter(|language| !language.is_empty()) },
            "blockquote" => EntityKind::Blockquote,
            "expandable_blockquote" => EntityKind::ExpandableBlockquote,
            "text_link" => EntityKind::TextLink { url: checked_link(&word("url"))? },
            "custom_emoji" => EntityKind::CustomEmoji { custom_emoji_id: word("custom_emoji_id") },
            _ => return None,
        };
        Some(Self { kind, offset: number("offset")?, length: number("length").filter(|length| *length > 0)? })
    }
}

/// A start tag that waits for its end.
pub(super) struct Open {
    pub tag: Tag,
    /// Where its content begins, in UTF-16 units of the text.
    pub offset: usize,
    /// The same in bytes.
    pub start: usize,
}

/// The entities of a text as its tags close.
#[derive(Default)]
pub(super) struct Found {
    entities: Vec<Entity>,
    /// The language of the last entity, where that is `code`: a `pre` around it claims it.
    language: String,
}

impl Found {
    /// Records what the tag, closed at `units`, says about the text.
    pub fn close(&mut self, open: Open, units: usize, text: &str) -> Result<(), String> {
        let Open { tag, offset, start } = open;
        let length = units - offset;
        let same_span = self.entities.last_mut().filter(|entity| entity.offset == offset && entity.length == length);
        let kind = match (tag.name.as_str(), same_span.map(|entity| &mut entity.kind)) {
            // `<pre><code class="language-x">` and its reverse are one block in that language.
            ("pre", Some(kind @ EntityKind::Code)) if !self.language.is_empty() => {
                *kind = EntityKind::Pre { language: Some(std::mem::take(&mut self.language)) };
                return Ok(());
            }
            ("code", Some(EntityKind::Pre { language: inner @ None })) if !tag.argument.is_empty() => {
                *inner = Some(tag.argument);
                return Ok(());
            }
            ("code", _) => {
                self.language = tag.argument;
                EntityKind::Code
            }
            _ => {
                let Some(kind) = kind_of(tag, &text[start..])? else { return Ok(()) };
                self.language.clear();
                kind
            }
        };
        self.entities.push(Entity { kind, offset, length });
        Ok(())
    }

    /// In the order that Telegram gives them: by place, the longer first, then by kind.
    pub fn in_order(self) -> Vec<Entity> {
        let mut entities = self.entities;
        entities.sort_by_key(|entity| (entity.offset, std::cmp::Reverse(entity.length), entity.kind.rank()));
        entities
    }
}

impl EntityKind {
    fn rank(&self) -> u8 {
        match self {
            Self::Blockquote | Self::ExpandableBlockquote => 0,
            Self::Pre { language: Some(_) } => 10,
            Self::Pre { language: None } => 11,
            Self::Code => 20,
            Self::DateTime { .. } => 48,
            Self::TextLink { .. } | Self::TextMention { .. } => 49,
            Self::Bold => 90,
            Self::Italic => 91,
            Self::Underline => 92,
            Self::Strikethrough => 93,
            Self::Spoiler => 94,
            Self::CustomEmoji { .. } => 99,
        }
    }
}

/// What a tag makes of `content`; a link that leads nowhere makes nothing.
fn kind_of(tag: Tag, content: &str) -> Result<Option<EntityKind>, String> {
    Ok(Some(match tag.name.as_str() {
        "b" | "strong" => EntityKind::Bold,
        "i" | "em" => EntityKind::Italic,
        "u" | "ins" => EntityKind::Underline,
        "s" | "strike" | "del" => EntityKind::Strikethrough,
        "tg-spoiler" | "span" => EntityKind::Spoiler,
        "pre" => EntityKind::Pre { language: None },
        "blockquote" if tag.argument.is_empty() => EntityKind::Blockquote,
        "blockquote" => EntityKind::ExpandableBlockquote,
        "tg-emoji" => match tag.argument.parse::<i64>() {
            Ok(id) if id != 0 => EntityKind::CustomEmoji { custom_emoji_id: id.to_string() },
            _ => return Err("Invalid custom emoji identifier specified".to_owned()),
        },
        "tg-time" if !is_time_format(&tag.argument) => return Err("Invalid date format used".to_owned()),
        "tg-time" if tag.unix > 0 => EntityKind::DateTime { unix_time: tag.unix, format: tag.argument },
        "a" => {
            let address = if tag.argument.is_empty() { content } else { &tag.argument };
            match mentioned_user(address) {
                Some(user_id) => EntityKind::TextMention { user_id },
                None => return Ok(checked_link(address).map(|url| EntityKind::TextLink { url })),
            }
        }
        _ => return Ok(None),
    }))
}

/// `r`, or day of the week, date and time in short or long form.
fn is_time_format(format: &str) -> bool {
    format.is_empty() || matches!(format, "r" | "R") || format.bytes().all(|byte| matches!(byte, b'w' | b'W' | b'd' | b'D' | b't' | b'T'))
}

fn mentioned_user(address: &str) -> Option<i64> {
    let rest = address.strip_prefix("tg:").or_else(|| address.strip_prefix("TG:"))?;
    let query = rest.trim_start_matches('/').strip_prefix("user?")?;
    url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "id")?.1.parse().ok().filter(|id| *id > 0)
}

/// The address as Telegram stores it, or `None` where it makes no link of it: another scheme than
/// `http`, `https` or `tg`, or a host without a dot.
fn checked_link(address: &str) -> Option<String> {
    if let Some(rest) = address.strip_prefix("tg://").or_else(|| address.strip_prefix("tg:")) {
        return Some(format!("tg://{rest}"));
    }
    let lower = address.to_ascii_lowercase();
    let (scheme, rest) = match lower.find("://") {
        Some(end) if matches!(&lower[..end], "http" | "https") => (&lower[..end], &address[end + 3..]),
        Some(_) => return None,
        None => ("http", address),
    };
    let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(host_end);
    let bare = host.rsplit('@').next()?;
    let is_literal = bare.starts_with('[');
    let (name, port) = match bare.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
        _ => (bare, None),
    };
    let has_place = is_literal || name.contains('.') && !name.starts_with('.') && !name.contains(char::is_whitespace);
    if !has_place || port.is_some_and(|port| port.parse::<u16>().is_ok_and(|port| port == 0) || port.parse::<u16>().is_err()) {
        return None;
    }
    let slash = if path.starts_with('/') { "" } else { "/" };
    let path: String = path.chars().map(|ch| if ch <= ' ' { format!("%{:02X}", ch as u32) } else { ch.to_string() }).collect();
    Some(format!("{scheme}://{}{slash}{path}", host.to_lowercase()))
}

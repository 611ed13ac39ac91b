//! The words of a message: parsed first of all, trimmed and measured only when everything else is in order.

use loa_reader::text::utf16_len;
use serde_json::Value;

use super::{
    answer::Refusal,
    html::{Entity, parse, trim},
};

/// Bytes of source that Telegram looks at.
const MAX_SOURCE: usize = 32_768;
pub(super) const MAX_TEXT: usize = 4096;
pub(super) const MAX_CAPTION: usize = 1024;

/// A parsed text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Words {
    pub text: String,
    pub entities: Vec<Entity>,
}

impl Words {
    /// Reads `source` in its parse mode; without one, `entities` say what it looks like.
    pub fn read(source: &str, parse_mode: &str, entities: Option<&Value>) -> Result<Self, Refusal> {
        if source.len() > MAX_SOURCE {
            return Err(Refusal::bad_request("text is too long"));
        }
        match parse_mode.to_ascii_lowercase().as_str() {
            "html" => {
                let (text, entities) = parse(source).map_err(|error| Refusal::bad_request(&format!("can't parse entities: {error}")))?;
                Ok(Self { text, entities })
            }
            "" | "none" => {
                let given = entities.and_then(Value::as_array).map(|list| list.iter().filter_map(Entity::from_json).collect());
                Ok(Self { text: source.to_owned(), entities: given.unwrap_or_default() })
            }
            "markdown" | "markdownv2" => Err(Refusal::not_played("Markdown")),
            _ => Err(Refusal::bad_request("unsupported parse_mode")),
        }
    }

    /// As a text is stored.
    pub fn into_text(self, too_long: &str) -> Result<Self, Refusal> {
        let words = self.trimmed();
        if words.text.is_empty() {
            return Err(Refusal::bad_request("text must be non-empty"));
        }
        if utf16_len(&words.text) > MAX_TEXT {
            return Err(Refusal::bad_request(too_long));
        }
        Ok(words)
    }

    /// As a caption is stored; it may be empty.
    pub fn into_caption(self) -> Result<Self, Refusal> {
        let words = self.trimmed();
        if utf16_len(&words.text) > MAX_CAPTION {
            return Err(Refusal::bad_request("message caption is too long"));
        }
        Ok(words)
    }

    fn trimmed(self) -> Self {
        let (text, entities) = trim(&self.text, &self.entities);
        Self { text, entities }
    }
}

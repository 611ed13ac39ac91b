//! A message as the Bot API shows it.

use serde_json::{Value, json};

use super::{
    chats::{Chat, Kind},
    html::Entity,
    ledger::{Message, Origin},
    world::World,
};

impl World {
    /// The message `id` of `chat` as it is now.
    pub(super) fn message_json(&self, chat: i64, id: i64) -> Option<Value> {
        let chat = self.chats.get(&chat)?;
        let message = chat.message(id)?;
        let mut shown = self.bare(chat, message);
        if let Some(reply) = message.reply_to.and_then(|id| chat.message(id)) {
            shown["reply_to_message"] = self.bare(chat, reply);
        }
        Some(shown)
    }

    /// Without the message that it replies to.
    fn bare(&self, chat: &Chat, message: &Message) -> Value {
        let mut shown = json!({ "message_id": message.id, "chat": chat.to_json(), "date": message.at.as_second() });
        if chat.kind == Kind::Channel {
            shown["sender_chat"] = chat.to_json();
        } else if message.by_bot {
            shown["from"] = self.bot.clone();
        } else {
            shown["from"] = json!({ "id": 777_001, "is_bot": false, "first_name": "Admin" });
        }
        let (text, entities) = message.current();
        let (text_key, entities_key) = if message.media.is_some() { ("caption", "caption_entities") } else { ("text", "entities") };
        if message.media.is_none() || !text.is_empty() {
            shown[text_key] = json!(text);
        }
        if !entities.is_empty() {
            shown[entities_key] = entities.iter().map(Entity::to_json).collect();
        }
        let optional = [
            ("photo", message.media.as_ref().map(|media| media.to_json())),
            ("media_group_id", message.album.as_ref().map(|album| json!(album))),
            ("message_thread_id", message.thread.map(|thread| json!(thread))),
            ("is_topic_message", message.thread.map(|_| json!(true))),
            ("has_protected_content", message.protected.then_some(json!(true))),
            ("forward_origin", message.origin.as_ref().map(|origin| self.origin_json(origin))),
            ("edit_date", message.edits.last().map(|edit| json!(edit.at.as_second()))),
            ("link_preview_options", message.preview.clone()),
            ("reply_markup", message.current_markup().filter(|markup| markup["inline_keyboard"].is_array()).cloned()),
        ];
        for (key, value) in optional {
            if let Some(value) = value {
                shown[key] = value;
            }
        }
        shown
    }

    fn origin_json(&self, origin: &Origin) -> Value {
        let date = origin.at.as_second();
        match self.chats.get(&origin.chat) {
            Some(chat) if chat.kind == Kind::Channel => {
                json!({ "type": "channel", "chat": chat.to_json(), "message_id": origin.message_id, "date": date })
            }
            _ => json!({ "type": "user", "sender_user": self.bot, "date": date }),
        }
    }
}

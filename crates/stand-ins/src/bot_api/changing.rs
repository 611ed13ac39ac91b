//! What happens to messages that are there: edits, forwards, copies, deletion.

use serde_json::{Value, json};

use super::{
    answer::{Answer, Refusal},
    chats::{Content, Kind},
    ledger::{Edit, Message, Origin},
    markup,
    request::Request,
    sending::Post,
    words::Words,
    world::{Now, World},
};

/// Messages of the bot in groups and private chats can be deleted for so long.
const DELETABLE: jiff::SignedDuration = jiff::SignedDuration::from_hours(48);

impl World {
    pub(super) fn edit_text(&mut self, request: &Request, now: Now) -> Answer {
        let text = request.text("text");
        if text.is_empty() {
            return Err(Refusal::bad_request("message text is empty"));
        }
        let words = Words::read(text, request.text("parse_mode"), request.json("entities")?.as_ref())?;
        let markup = request.json("reply_markup")?;
        markup::check_syntax(markup.as_ref())?;
        let message = self.editable(request)?;
        if message.media.is_some() {
            return Err(Refusal::bad_request("there is no text in the message to edit"));
        }
        let words = words.into_text("MESSAGE_TOO_LONG")?;
        self.edit(request, words, markup, now)
    }

    pub(super) fn edit_caption(&mut self, request: &Request, now: Now) -> Answer {
        let words = Words::read(request.text("caption"), request.text("parse_mode"), request.json("caption_entities")?.as_ref())?;
        let markup = request.json("reply_markup")?;
        markup::check_syntax(markup.as_ref())?;
        let message = self.editable(request)?;
        if message.media.is_none() {
            return Err(Refusal::bad_request("there is no caption in the message to edit"));
        }
        let words = words.into_caption()?;
        self.edit(request, words, markup, now)
    }

    pub(super) fn edit_markup(&mut self, request: &Request, now: Now) -> Answer {
        let markup = request.json("reply_markup")?;
        markup::check_syntax(markup.as_ref())?;
        let message = self.editable(request)?;
        if message.album.is_some() {
            // No item of an album carries buttons: what is asked for is left out, and then it is no change
            // (<https://github.com/tdlib/td/issues/1463>).
            return Err(not_modified());
        }
        let (text, entities) = message.current();
        let words = Words { text: text.to_owned(), entities: entities.to_vec() };
        self.edit(request, words, markup, now)
    }

    fn editable(&self, request: &Request) -> Result<&Message, Refusal> {
        let chat = self.writable(request.text("chat_id"))?;
        let message = chat.message(request.integer("message_id")).ok_or_else(|| Refusal::bad_request("message to edit not found"))?;
        if !message.by_bot || message.origin.is_some() {
            return Err(Refusal::bad_request("message can't be edited"));
        }
        Ok(message)
    }

    /// The same words and buttons are no edit.
    fn edit(&mut self, request: &Request, words: Words, markup: Option<Value>, now: Now) -> Answer {
        markup::check_content(markup.as_ref())?;
        let chat = self.chat(request.text("chat_id"))?.id;
        let id = request.integer("message_id");
        let message = self.chats.get_mut(&chat).and_then(|chat| chat.message_mut(id));
        let message = message.ok_or_else(|| Refusal::bad_request("message to edit not found"))?;
        if message.current() == (words.text.as_str(), words.entities.as_slice()) && message.current_markup() == markup.as_ref() {
            return Err(not_modified());
        }
        message.edits.push(Edit { at: now.stamp, text: words.text, entities: words.entities, markup });
        Ok(self.message_json(chat, id).unwrap_or_default())
    }

    /// The message that `request` wants said again, as it is now.
    fn original(&self, request: &Request, verb: &str) -> Result<Message, Refusal> {
        let chat = self.readable(request.text("from_chat_id"))?;
        let message = chat.message(request.integer("message_id"));
        let message = message.ok_or_else(|| Refusal::bad_request(&format!("message to {verb} not found")))?;
        if message.protected || chat.protected {
            return Err(Refusal::bad_request(&if verb == "copy" {
                "message can't be copied".to_owned()
            } else {
                "message has protected content and can't be forwarded".to_owned()
            }));
        }
        Ok(message.clone())
    }

    pub(super) fn forward(&mut self, request: &Request, now: Now) -> Answer {
        let message = self.original(request, "forward")?;
        let target = self.target(request, content_of(&message))?;
        let first = Origin { chat: message.chat, message_id: message.id, at: message.at };
        let (text, entities) = message.current();
        let post = Post {
            words: Words { text: text.to_owned(), entities: entities.to_vec() },
            preview: message.preview.clone(),
            markup: None,
            origin: Some(message.origin.clone().unwrap_or(first)),
            media: message.media,
        };
        self.deliver_one(target, post, request, now)
    }

    pub(super) fn copy(&mut self, request: &Request, now: Now) -> Answer {
        let given = request.parameters.contains_key("caption");
        let caption = Words::read(request.text("caption"), request.text("parse_mode"), request.json("caption_entities")?.as_ref())?;
        let message = self.original(request, "copy")?;
        let target = self.target(request, content_of(&message))?;
        let (text, entities) = message.current();
        let words = match message.media {
            Some(_) if given => caption.into_caption()?,
            _ => Words { text: text.to_owned(), entities: entities.to_vec() },
        };
        let post = Post { words, media: message.media.clone(), markup: request.json("reply_markup")?, ..Post::default() };
        let copied = self.deliver_one(target, post, request, now)?;
        Ok(json!({ "message_id": copied["message_id"] }))
    }

    pub(super) fn delete(&mut self, request: &Request, now: Now) -> Answer {
        let chat = self.writable(request.text("chat_id"))?;
        let (id, kind) = (chat.id, chat.kind);
        let message = self.chats.get_mut(&id).and_then(|chat| chat.message_mut(request.integer("message_id")));
        let message = message.ok_or_else(|| Refusal::bad_request("message to delete not found"))?;
        let is_old = now.stamp.duration_since(message.at) > DELETABLE;
        if kind != Kind::Channel && (is_old || !message.by_bot) {
            return Err(Refusal::bad_request("message can't be deleted"));
        }
        message.deleted = Some(now.stamp);
        Ok(json!(true))
    }
}

fn not_modified() -> Refusal {
    Refusal::bad_request(
        "message is not modified: specified new message content and reply markup are exactly the same as a current \
         content and reply markup of the message",
    )
}

fn content_of(message: &Message) -> Content {
    if message.media.is_some() { Content::Photos } else { Content::Text }
}

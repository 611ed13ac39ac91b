//! Sending: the checks of a new message in Telegram's order, and its delivery.

use serde_json::{Value, json};

use super::{
    answer::{Answer, Refusal},
    chats::{Chat, Content, Kind},
    ledger::{Media, Message, Origin},
    markup,
    request::Request,
    words::Words,
    world::{Now, World},
};

/// Where a message goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target {
    pub chat: i64,
    thread: Option<i64>,
    reply_to: Option<i64>,
}

/// What is said there.
#[derive(Debug, Default)]
pub(super) struct Post {
    pub words: Words,
    pub media: Option<Media>,
    pub markup: Option<Value>,
    pub origin: Option<Origin>,
    pub preview: Option<Value>,
}

impl World {
    pub(super) fn send_message(&mut self, request: &Request, now: Now) -> Answer {
        let text = request.text("text");
        if text.is_empty() {
            return Err(Refusal::bad_request("message text is empty"));
        }
        let words = Words::read(text, request.text("parse_mode"), request.json("entities")?.as_ref())?;
        let markup = request.json("reply_markup")?;
        markup::check_syntax(markup.as_ref())?;
        let target = self.target(request, Content::Text)?;
        let words = words.into_text("message is too long")?;
        markup::check_content(markup.as_ref())?;
        let preview = match request.json("link_preview_options")? {
            None if request.flag("disable_web_page_preview") => Some(json!({ "is_disabled": true })),
            given => given,
        };
        self.deliver_one(target, Post { words, markup, preview, ..Post::default() }, request, now)
    }

    pub(super) fn send_photo(&mut self, request: &Request, now: Now) -> Answer {
        let words = caption(request)?;
        let markup = request.json("reply_markup")?;
        markup::check_syntax(markup.as_ref())?;
        let photo = request.text("photo").to_owned();
        if photo.is_empty() && request.file("photo", "").is_none() {
            return Err(Refusal::bad_request("there is no photo in the request"));
        }
        let target = self.target(request, Content::Photos)?;
        let words = words.into_caption()?;
        let media = Some(self.files.picture(request, "photo", &photo)?);
        markup::check_content(markup.as_ref())?;
        self.deliver_one(target, Post { words, media, markup, ..Post::default() }, request, now)
    }

    pub(super) fn send_media_group(&mut self, request: &Request, now: Now) -> Answer {
        let media = request.json("media")?;
        let items = media.as_ref().and_then(Value::as_array).ok_or_else(|| Refusal::bad_request("expected an Array of InputMedia"))?;
        match items.len() {
            0 => return Err(Refusal::bad_request("there must be at least one message to send")),
            1..=10 => (),
            _ => return Err(Refusal::bad_request("too many messages to send as an album")),
        }
        let words = items.iter().map(album_item).collect::<Result<Vec<_>, _>>()?;
        let target = self.target(request, Content::Photos)?;
        let mut posts = Vec::new();
        for (number, (item, words)) in items.iter().zip(words).enumerate() {
            let value = item["media"].as_str().unwrap_or_default();
            let read = words.into_caption().and_then(|words| Ok((words, self.files.picture(request, "media", value)?)));
            let (words, media) = read.map_err(|refusal| {
                let words = refusal.description.trim_start_matches("Bad Request: ");
                Refusal::bad_request(&format!("failed to send message #{} with the error message \"{words}\"", number + 1))
            })?;
            posts.push(Post { words, media: Some(media), ..Post::default() });
        }
        self.deliver(target, posts, request, now).map(Value::Array)
    }

    /// Chat, thread, reply and rights, in this order.
    pub(super) fn target(&self, request: &Request, content: Content) -> Result<Target, Refusal> {
        let chat = self.writable(request.text("chat_id"))?;
        let thread = chat.check_thread(request.integer("message_thread_id"))?;
        let reply_to = reply_target(chat, request)?;
        chat.check_rights(content)?;
        chat.check_topic_open(thread)?;
        Ok(Target { chat: chat.id, thread, reply_to })
    }

    pub(super) fn deliver_one(&mut self, target: Target, post: Post, request: &Request, now: Now) -> Answer {
        let mut shown = self.deliver(target, vec![post], request, now)?;
        Ok(shown.pop().expect("one post makes one message"))
    }

    /// The pace is asked last; then all `posts` are in the chat, under ids that follow one another.
    pub(super) fn deliver(&mut self, target: Target, posts: Vec<Post>, request: &Request, now: Now) -> Result<Vec<Value>, Refusal> {
        let chat = self.chats.get_mut(&target.chat).ok_or_else(|| Refusal::bad_request("chat not found"))?;
        if self.flood.minded {
            let counts_minutes = chat.kind != Kind::Private;
            let taken = chat.bucket.take(posts.len(), counts_minutes, now.instant);
            taken.and_then(|()| self.overall.take(posts.len(), now.instant)).map_err(|wait| self.flood.refusal(wait, posts.len()))?;
        }
        let album = (posts.len() > 1).then(|| {
            self.albums += 1;
            format!("{}", 13_000_000_000_u64 + self.albums)
        });
        let own_counter = chat.kind.counts_by_itself();
        let mut ids = Vec::new();
        for post in posts {
            let counter = if own_counter { &mut chat.last_id } else { &mut self.account_last_id };
            *counter += 1;
            let message = Message {
                chat: target.chat,
                id: *counter,
                at: now.stamp,
                text: post.words.text,
                entities: post.words.entities,
                media: post.media,
                album: album.clone(),
                thread: target.thread,
                silent: request.flag("disable_notification"),
                protected: request.flag("protect_content") || chat.protected,
                reply_to: target.reply_to,
                origin: post.origin,
                preview: post.preview,
                markup: post.markup,
                by_bot: true,
                edits: Vec::new(),
                deleted: None,
            };
            ids.push(message.id);
            // Nobody may be listening.
            let _ = self.told.send(message.clone());
            chat.messages.push(message);
        }
        Ok(ids.into_iter().filter_map(|id| self.message_json(target.chat, id)).collect())
    }
}

fn caption(request: &Request) -> Result<Words, Refusal> {
    Words::read(request.text("caption"), request.text("parse_mode"), request.json("caption_entities")?.as_ref())
}

/// The caption of one item of an album, and whether it is an item at all.
fn album_item(item: &Value) -> Result<Words, Refusal> {
    let bad = |words: &str| Refusal::bad_request(&format!("can't parse InputMedia: {words}"));
    let text = |key: &str| item[key].as_str().unwrap_or_default();
    match text("type") {
        "photo" => (),
        "" => return Err(bad("Can't find field \"type\"")),
        "animation" => return Err(bad("type \"animation\" can't be used in sendMediaGroup")),
        "video" | "document" | "audio" => return Err(Refusal::not_played("albums of anything but photos")),
        _ => return Err(bad("invalid media type specified")),
    }
    if text("media").is_empty() {
        return Err(bad("media not found"));
    }
    Words::read(text("caption"), text("parse_mode"), item.get("caption_entities"))
}

/// The message that is replied to, if it is there.
fn reply_target(chat: &Chat, request: &Request) -> Result<Option<i64>, Refusal> {
    let parameters = request.json("reply_parameters")?;
    let (id, lenient) = match &parameters {
        Some(given) => {
            let lenient = matches!(&given["allow_sending_without_reply"], Value::Bool(true));
            (given["message_id"].as_i64().unwrap_or(0), lenient)
        }
        None => (request.integer("reply_to_message_id"), request.flag("allow_sending_without_reply")),
    };
    match id {
        0 => Ok(None),
        id if chat.message(id).is_some() => Ok(Some(id)),
        _ if lenient => Ok(None),
        _ => Err(Refusal::bad_request("message to be replied not found")),
    }
}

//! What people do to chats: they make them, change the bot's rights, and speak themselves.

use std::collections::BTreeSet;

use serde_json::json;

use super::{
    BotApi,
    chats::{Chat, Content, Kind, Standing},
    ledger::{Media, Message},
};

impl BotApi {
    /// A channel whose administrator the bot is. Its messages begin with id 2.
    pub fn add_channel(&self, id: i64, username: Option<&str>, title: &str) {
        self.add(Chat::new(id, Kind::Channel, title, username));
    }

    /// A basic group with the bot in it.
    pub fn add_group(&self, id: i64, title: &str) {
        self.add(Chat::new(id, Kind::Group, title, None));
    }

    /// A supergroup with the bot in it.
    pub fn add_supergroup(&self, id: i64, username: Option<&str>, title: &str) {
        self.add(Chat::new(id, Kind::Supergroup { forum: false }, title, username));
    }

    /// A supergroup with topics.
    pub fn add_forum(&self, id: i64, title: &str, topics: &[i64]) {
        let mut chat = Chat::new(id, Kind::Supergroup { forum: true }, title, None);
        chat.topics = topics.iter().map(|topic| (*topic, false)).collect();
        self.add(chat);
    }

    /// A person who has started the bot.
    pub fn add_private(&self, id: i64, name: &str) {
        self.add(Chat::new(id, Kind::Private, name, None));
    }

    fn add(&self, chat: Chat) {
        self.shared.world().chats.insert(chat.id, chat);
    }

    fn change(&self, chat: i64, change: impl FnOnce(&mut Chat)) {
        self.shared.world().change_chat(chat, change);
    }

    /// Updates are brought to `address` from now on, and may not be asked for; empty: as before.
    pub fn set_webhook(&self, address: &str) {
        self.shared.world().updates.set_webhook(address);
    }

    /// The bot is thrown out.
    pub fn kick(&self, chat: i64) {
        self.change(chat, |chat| chat.standing = Standing::Kicked);
    }

    /// The bot is not a member (any more).
    pub fn leave(&self, chat: i64) {
        self.change(chat, |chat| chat.standing = Standing::Outside);
    }

    /// A person blocks the bot.
    pub fn block(&self, chat: i64) {
        self.change(chat, |chat| chat.standing = Standing::Blocked);
    }

    /// A person's account is gone.
    pub fn deactivate(&self, chat: i64) {
        self.change(chat, |chat| chat.standing = Standing::Deactivated);
    }

    /// A person who never wrote to the bot.
    pub fn never_started(&self, chat: i64) {
        self.change(chat, |chat| chat.standing = Standing::NeverStarted);
    }

    /// The group is deleted.
    pub fn delete_group(&self, chat: i64) {
        self.change(chat, |chat| chat.standing = Standing::Deleted);
    }

    /// In a channel the bot loses the right to post; elsewhere it may not send at all.
    pub fn restrict(&self, chat: i64) {
        self.change(chat, |chat| match chat.kind {
            Kind::Channel => chat.standing = Standing::MutedAdministrator,
            _ => chat.denied = BTreeSet::from([Content::Text, Content::Photos]),
        });
    }

    /// The bot may not send this kind here.
    pub fn deny(&self, chat: i64, content: Content) {
        self.change(chat, |chat| {
            chat.denied.insert(content);
        });
    }

    /// All rights, as at first.
    pub fn permit(&self, chat: i64) {
        self.change(chat, |chat| {
            chat.denied.clear();
            chat.standing = if chat.kind == Kind::Channel { Standing::Administrator } else { Standing::Member };
        });
    }

    /// The bot becomes an administrator.
    pub fn promote(&self, chat: i64) {
        self.change(chat, |chat| chat.standing = Standing::Administrator);
    }

    /// The bot may change its own posts in this channel, and nobody else's.
    pub fn forbid_edits(&self, chat: i64) {
        self.change(chat, |chat| chat.edits_own_only = true);
    }

    /// Nothing that is said here may be forwarded.
    pub fn protect(&self, chat: i64) {
        self.change(chat, |chat| chat.protected = true);
    }

    pub fn close_topic(&self, chat: i64, topic: i64) {
        self.change(chat, |chat| {
            chat.topics.insert(topic, true);
        });
    }

    pub fn delete_topic(&self, chat: i64, topic: i64) {
        self.change(chat, |chat| {
            chat.topics.remove(&topic);
        });
    }

    /// The chat is renamed.
    pub fn rename(&self, chat: i64, username: Option<&str>) {
        self.change(chat, |chat| chat.username = username.map(str::to_owned));
    }

    /// The bot never heard of this chat.
    pub fn drop_chat(&self, chat: i64) {
        self.shared.world().chats.remove(&chat);
    }

    /// A basic group becomes a supergroup.
    pub fn migrate(&self, old: i64, new: i64) {
        self.shared.world().migrate(old, new);
    }

    /// Ids pass by with nothing behind them, as notes on pinned messages or other chats' messages take them.
    pub fn skip_ids(&self, chat: i64, count: i64) {
        let mut world = self.shared.world();
        match world.chats.get_mut(&chat) {
            Some(chat) if chat.kind.counts_by_itself() => chat.last_id += count,
            _ => world.account_last_id += count,
        }
    }

    /// Somebody else in the chat says something; gives its id.
    pub fn say(&self, chat: i64, text: &str) -> Option<i64> {
        self.post(chat, text, false, None)
    }

    /// A message of the bot's, whose request hung on its way, arrives now; gives its id.
    pub fn arrive(&self, chat: i64, text: &str) -> Option<i64> {
        self.post(chat, text, true, None)
    }

    /// The same of an album of so many pictures; gives the id of its first.
    pub fn arrive_as_album(&self, chat: i64, caption: &str, pictures: usize) -> Option<i64> {
        let ids: Vec<i64> = (0..pictures)
            .filter_map(|picture| {
                let media = Media {
                    bytes: 0,
                    content_type: "image/png".to_owned(),
                    file_name: format!("{picture}.png"),
                    width: 90,
                    height: 60,
                    file_id: format!("late-{picture}"),
                    url: None,
                };
                self.post(chat, if picture == 0 { caption } else { "" }, true, Some((media, "late")))
            })
            .collect();
        ids.first().copied()
    }

    fn post(&self, chat: i64, text: &str, by_bot: bool, picture: Option<(Media, &str)>) -> Option<i64> {
        let (media, album) = picture.map(|(media, album)| (media, album.to_owned())).unzip();
        let mut world = self.shared.world();
        let own_counter = world.chats.get(&chat)?.kind.counts_by_itself();
        let account = if own_counter { 0 } else { 1 };
        world.account_last_id += account;
        let at = world.clock.now().stamp;
        let account_id = world.account_last_id;
        let place = world.chats.get_mut(&chat)?;
        let id = if own_counter { place.last_id + 1 } else { account_id };
        place.last_id = id;
        let message = Message {
            chat,
            id,
            at,
            text: text.to_owned(),
            entities: Vec::new(),
            media,
            album,
            thread: None,
            silent: false,
            protected: place.protected,
            reply_to: None,
            origin: None,
            preview: None,
            markup: None,
            by_bot,
            edits: Vec::new(),
            deleted: None,
        };
        place.messages.push(message);
        let is_post = place.kind == Kind::Channel;
        let shown = world.message_json(chat, id)?;
        world.updates.push(json!({ (if is_post { "channel_post" } else { "message" }): shown }));
        Some(id)
    }
}

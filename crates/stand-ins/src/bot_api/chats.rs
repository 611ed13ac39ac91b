//! Chats: what they are, what the bot may do in them, and how the Bot API shows them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Value, json};

use super::{answer::Refusal, flood::Bucket, ledger::Message};

/// Kinds of chats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Channel,
    Supergroup { forum: bool },
    Group,
    Private,
}

impl Kind {
    /// As in `chat.type`, and in Telegram's sentences.
    pub fn word(self) -> &'static str {
        match self {
            Self::Channel => "channel",
            Self::Supergroup { .. } => "supergroup",
            Self::Group => "group",
            Self::Private => "private",
        }
    }

    /// Channels and supergroups count their own messages; all others share the account's counter.
    pub fn counts_by_itself(self) -> bool {
        matches!(self, Self::Channel | Self::Supergroup { .. })
    }
}

/// What the bot is in a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// With the right to post, in a channel.
    Administrator,
    /// Of a channel, without the right to post.
    MutedAdministrator,
    Member,
    /// Not a member, or never was.
    Outside,
    Kicked,
    /// The group is gone.
    Deleted,
    /// A person blocked the bot.
    Blocked,
    /// A person's account is gone.
    Deactivated,
    /// A person who never wrote to the bot.
    NeverStarted,
}

/// What a message carries, as far as rights differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    Text,
    Photos,
}

impl Content {
    fn words(self) -> &'static str {
        match self {
            Self::Text => "text messages",
            Self::Photos => "photos",
        }
    }
}

/// Whether a request changes the chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Read,
    Write,
}

/// One chat with all that was said in it.
#[derive(Debug)]
pub(super) struct Chat {
    pub id: i64,
    pub kind: Kind,
    /// The first name of a person.
    pub title: String,
    pub username: Option<String>,
    pub standing: Standing,
    /// What the bot may not send here.
    pub denied: BTreeSet<Content>,
    pub protected: bool,
    /// The bot may change no posts of others.
    pub edits_own_only: bool,
    /// Topics of a forum, and whether they are closed.
    pub topics: BTreeMap<i64, bool>,
    pub migrated_to: Option<i64>,
    pub last_id: i64,
    pub messages: Vec<Message>,
    pub bucket: Bucket,
}

impl Chat {
    pub fn new(id: i64, kind: Kind, title: &str, username: Option<&str>) -> Self {
        Self {
            id,
            kind,
            title: title.to_owned(),
            username: username.map(|name| name.trim_start_matches('@').to_owned()),
            standing: if kind == Kind::Channel { Standing::Administrator } else { Standing::Member },
            denied: BTreeSet::new(),
            protected: false,
            edits_own_only: false,
            topics: BTreeMap::new(),
            migrated_to: None,
            // The first id is taken by the note that the chat was created.
            last_id: 1,
            messages: Vec::new(),
            bucket: Bucket::default(),
        }
    }

    /// Whether the bot can see this chat at all.
    pub fn check_access(&self, access: Access) -> Result<(), Refusal> {
        let kind = match self.kind {
            Kind::Channel => "channel",
            Kind::Supergroup { .. } => "supergroup",
            Kind::Group | Kind::Private => "group",
        };
        match self.standing {
            Standing::Deleted => Err(Refusal::forbidden("the group chat was deleted")),
            Standing::Kicked => Err(Refusal::forbidden(&format!("bot was kicked from the {kind} chat"))),
            Standing::Outside if access == Access::Read && self.username.is_some() => Ok(()),
            Standing::Outside => Err(Refusal::forbidden(&format!("bot is not a member of the {kind} chat"))),
            _ if access == Access::Read => Ok(()),
            Standing::Blocked => Err(Refusal::forbidden("bot was blocked by the user")),
            Standing::Deactivated => Err(Refusal::forbidden("user is deactivated")),
            Standing::NeverStarted => Err(Refusal::forbidden("bot can't initiate conversation with a user")),
            Standing::Administrator | Standing::MutedAdministrator | Standing::Member => Ok(()),
        }
    }

    /// Whether the bot may send this here.
    pub fn check_rights(&self, content: Content) -> Result<(), Refusal> {
        if self.kind == Kind::Channel && self.standing != Standing::Administrator {
            return Err(Refusal::bad_request("need administrator rights in the channel chat"));
        }
        if self.denied.contains(&content) {
            return Err(Refusal::bad_request(&format!("not enough rights to send {} to the chat", content.words())));
        }
        Ok(())
    }

    /// The topic that a message goes to; outside of forums a thread is ignored.
    pub fn check_thread(&self, thread: i64) -> Result<Option<i64>, Refusal> {
        if thread == 0 || self.kind != (Kind::Supergroup { forum: true }) {
            return Ok(None);
        }
        if thread == 1 || !self.topics.contains_key(&thread) {
            return Err(Refusal::bad_request("message thread not found"));
        }
        Ok(Some(thread))
    }

    /// A closed topic takes messages of administrators only.
    pub fn check_topic_open(&self, thread: Option<i64>) -> Result<(), Refusal> {
        let closed = thread.and_then(|thread| self.topics.get(&thread)).copied().unwrap_or(false);
        if closed && self.standing != Standing::Administrator { Err(Refusal::bad_request("TOPIC_CLOSED")) } else { Ok(()) }
    }

    pub fn message(&self, id: i64) -> Option<&Message> {
        self.messages.iter().find(|message| message.id == id && message.deleted.is_none())
    }

    pub fn message_mut(&mut self, id: i64) -> Option<&mut Message> {
        self.messages.iter_mut().find(|message| message.id == id && message.deleted.is_none())
    }

    /// As in every message.
    pub fn to_json(&self) -> Value {
        let name = if self.kind == Kind::Private { "first_name" } else { "title" };
        let mut shown = json!({ "id": self.id, "type": self.kind.word(), name: self.title });
        if let Some(username) = &self.username {
            shown["username"] = json!(username);
        }
        if self.kind == (Kind::Supergroup { forum: true }) {
            shown["is_forum"] = json!(true);
        }
        shown
    }

    /// As `getChat` shows it.
    pub fn to_full_json(&self) -> Value {
        let mut shown = self.to_json();
        shown["accent_color_id"] = json!(0);
        shown["max_reaction_count"] = json!(11);
        shown["accepted_gift_types"] =
            json!({ "unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false, "premium_subscription": false });
        if self.protected {
            shown["has_protected_content"] = json!(true);
        }
        if matches!(self.kind, Kind::Supergroup { .. } | Kind::Group) {
            let may = |content| json!(!self.denied.contains(&content));
            shown["permissions"] = json!({ "can_send_messages": may(Content::Text), "can_send_photos": may(Content::Photos) });
        }
        shown
    }

    /// What the bot is here, as `getChatMember` shows it.
    pub fn bot_member(&self, bot: &Value) -> Value {
        let mut shown = match self.standing {
            Standing::Administrator | Standing::MutedAdministrator => json!({
                "status": "administrator", "can_be_edited": false, "is_anonymous": false, "can_manage_chat": true,
                "can_change_info": false, "can_delete_messages": true, "can_invite_users": false, "can_restrict_members": false,
                "can_promote_members": false, "can_manage_video_chats": false, "can_post_stories": false,
                "can_edit_stories": false, "can_delete_stories": false
            }),
            Standing::Kicked | Standing::Blocked => json!({ "status": "kicked", "until_date": 0 }),
            Standing::Outside | Standing::Deleted => json!({ "status": "left" }),
            _ if !self.denied.is_empty() => {
                let may = |content| !self.denied.contains(&content);
                json!({
                    "status": "restricted", "until_date": 0, "is_member": true, "can_send_messages": may(Content::Text),
                    "can_send_audios": true, "can_send_documents": true, "can_send_photos": may(Content::Photos),
                    "can_send_videos": true, "can_send_video_notes": true, "can_send_voice_notes": true,
                    "can_send_polls": true, "can_send_other_messages": true, "can_add_web_page_previews": true,
                    "can_change_info": false, "can_invite_users": false, "can_pin_messages": false, "can_manage_topics": false
                })
            }
            _ => json!({ "status": "member" }),
        };
        if self.kind == Kind::Channel && shown["status"] == "administrator" {
            let may_post = self.standing == Standing::Administrator;
            shown["can_post_messages"] = json!(may_post);
            shown["can_edit_messages"] = json!(may_post && !self.edits_own_only);
        }
        shown["user"] = bot.clone();
        shown
    }
}

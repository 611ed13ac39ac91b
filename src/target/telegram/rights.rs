//! Who the bot is, and what it may do in a chat.

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use teloxide::{
    payloads::{GetChat, GetChatMember, GetMe},
    types::UserId,
};

use super::Chat;
use super::{Failure, Telegram, call::ask, content::recipient};

/// The bot itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Me {
    pub id: u64,
    /// Its public name, without `@`.
    #[serde(default)]
    pub username: String,
}

/// What sort of chat it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChatKind {
    Private,
    Group,
    Supergroup,
    Channel,
}

impl ChatKind {
    /// Whether message ids count up within the chat, so that a message can be looked for.
    pub fn has_own_ids(self) -> bool {
        matches!(self, Self::Supergroup | Self::Channel)
    }
}

/// A chat as the bot sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rights {
    pub chat_id: i64,
    pub kind: ChatKind,
    pub title: String,
    pub can_post: bool,
    /// Whether it may send photos; some groups take text only.
    pub can_post_photos: bool,
    pub is_forum: bool,
    /// Its messages cannot be forwarded, so they cannot be looked for.
    pub is_protected: bool,
}

/// The few fields of a chat that matter here; what Telegram adds to the others breaks nothing.
#[derive(Deserialize)]
struct ChatInfo {
    id: i64,
    #[serde(rename = "type")]
    kind: ChatKind,
    title: Option<String>,
    first_name: Option<String>,
    #[serde(default)]
    is_forum: bool,
    #[serde(default)]
    has_protected_content: bool,
    #[serde(default)]
    permissions: Permissions,
}

/// What is not said is allowed: a group's permissions are all named, those of a full member not at all.
#[derive(Deserialize, Clone, Copy)]
#[serde(default)]
struct Permissions {
    can_send_messages: bool,
    can_send_photos: bool,
}

impl Default for Permissions {
    fn default() -> Self {
        Self { can_send_messages: true, can_send_photos: true }
    }
}

/// The bot in a chat.
#[derive(Deserialize)]
pub(super) struct Member {
    status: String,
    #[serde(default)]
    can_post_messages: bool,
    /// Also what others said.
    #[serde(default = "yes")]
    can_edit_messages: bool,
    #[serde(default = "yes")]
    is_member: bool,
    #[serde(flatten)]
    permissions: Permissions,
}

fn yes() -> bool {
    true
}

impl Telegram {
    /// The bot's own number and name: the shortest test of its token.
    ///
    /// # Errors
    /// [`Failure::Token`] for a wrong token; others as usual.
    pub async fn me(&self) -> Result<Me, Failure> {
        understood(ask(&self.asking, &GetMe::new()).await?.result)
    }

    /// Whether a message can be looked for in `chat`: its ids are its own, and its messages may be forwarded.
    pub(super) async fn can_be_searched(&self, chat: &Chat) -> Result<bool, Failure> {
        let info = self.info(chat).await?;
        Ok(info.kind.has_own_ids() && !info.has_protected_content)
    }

    /// Whether the bot can change its own messages in `chat` and nobody else's, and its ids are its own.
    pub(super) async fn can_be_marked(&self, chat: &Chat) -> Result<bool, Failure> {
        let info = self.info(chat).await?;
        match info.kind {
            // A bot changes what others say in no group.
            ChatKind::Supergroup => Ok(true),
            ChatKind::Channel => {
                let member = self.member(&info).await?;
                Ok(member.status == "administrator" && !member.can_edit_messages)
            }
            ChatKind::Private | ChatKind::Group => Ok(false),
        }
    }

    async fn member(&self, info: &ChatInfo) -> Result<Member, Failure> {
        let me = self.me().await?;
        let question = GetChatMember::new(recipient(&Chat::Number(info.id)), UserId(me.id));
        understood(ask(&self.asking, &question).await?.result)
    }

    async fn info(&self, chat: &Chat) -> Result<ChatInfo, Failure> {
        understood(ask(&self.asking, &GetChat::new(recipient(chat))).await?.result)
    }

    /// What sort of chat `chat` is, and whether the bot may post there.
    ///
    /// # Errors
    /// [`Failure::ChannelClosed`] where the bot may not even look; others as usual.
    pub async fn rights(&self, chat: &Chat) -> Result<Rights, Failure> {
        let info = self.info(chat).await?;
        let allowed = match info.kind {
            ChatKind::Private => Permissions::default(),
            _ => allowed(info.kind, info.permissions, &self.member(&info).await?),
        };
        Ok(Rights {
            chat_id: info.id,
            kind: info.kind,
            title: info.title.or(info.first_name).unwrap_or_default(),
            can_post: allowed.can_send_messages,
            can_post_photos: allowed.can_send_messages && allowed.can_send_photos,
            is_forum: info.is_forum,
            is_protected: info.has_protected_content,
        })
    }
}

impl Member {
    /// Whether it may post in a chat of this kind, as far as the chat lets everybody.
    pub(super) fn may_post(&self, kind: ChatKind) -> bool {
        match kind {
            // A person who blocks the bot has thrown it out.
            ChatKind::Private => self.status == "member",
            _ => allowed(kind, Permissions::default(), self).can_send_messages,
        }
    }
}

/// In a channel only administrators with that right post; in a group everybody does, within its permissions.
fn allowed(kind: ChatKind, of_all: Permissions, member: &Member) -> Permissions {
    let all = |allowed| Permissions { can_send_messages: allowed, can_send_photos: allowed };
    match (member.status.as_str(), kind) {
        ("creator", _) => all(true),
        ("administrator", ChatKind::Channel) => all(member.can_post_messages),
        ("administrator", _) => all(true),
        ("member", ChatKind::Group | ChatKind::Supergroup) => of_all,
        ("restricted", _) if member.is_member => Permissions {
            can_send_messages: member.permissions.can_send_messages && of_all.can_send_messages,
            can_send_photos: member.permissions.can_send_photos && of_all.can_send_photos,
        },
        _ => all(false),
    }
}

fn understood<T: DeserializeOwned>(result: Value) -> Result<T, Failure> {
    serde_json::from_value(result).map_err(|error| Failure::Unclear { why: format!("an answer that is not understood: {error}") })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use loa_stand_ins::bot_api::BotApi;

    #[tokio::test]
    async fn a_chat_is_seen_as_it_is() {
        use crate::target::telegram::send::tests::{FORUM, GROUP, NEWS, OPS, stand};
        let (api, telegram) = stand();
        assert_eq!(telegram.me().await.unwrap().id, 4242);
        let rights = telegram.rights(&Chat::Name("@loa_news".into())).await.unwrap();
        let expected = Rights {
            chat_id: NEWS,
            kind: ChatKind::Channel,
            title: "Tin tức".into(),
            can_post: true,
            can_post_photos: true,
            is_forum: false,
            is_protected: false,
        };
        assert_eq!(rights, expected);
        api.protect(NEWS);
        api.restrict(NEWS);
        let rights = telegram.rights(&Chat::Number(NEWS)).await.unwrap();
        assert_eq!((rights.can_post, rights.is_protected), (false, true));
        assert!(telegram.rights(&Chat::Number(FORUM)).await.unwrap().is_forum);
        assert_eq!(telegram.rights(&Chat::Number(OPS)).await.unwrap().kind, ChatKind::Private);
        api.deny(GROUP, loa_stand_ins::bot_api::Content::Photos);
        let rights = telegram.rights(&Chat::Number(GROUP)).await.unwrap();
        assert_eq!((rights.kind, rights.can_post, rights.can_post_photos), (ChatKind::Group, true, false));
        for change in [BotApi::kick, BotApi::leave, BotApi::drop_chat] {
            change(&api, NEWS);
            let closed = match telegram.rights(&Chat::Number(NEWS)).await {
                Ok(rights) => !rights.can_post,
                Err(failure) => matches!(failure, Failure::ChannelClosed { .. }),
            };
            assert!(closed);
        }
    }

    #[test]
    fn who_may_post_where() {
        let group = json!({"id": -1, "type": "supergroup", "permissions": {"can_send_messages": true, "can_send_photos": false}});
        let channel = json!({"id": -1, "type": "channel", "title": "x"});
        let table = [
            (&channel, json!({"status": "administrator", "can_post_messages": true}), (true, true)),
            (&channel, json!({"status": "administrator", "can_post_messages": false}), (false, false)),
            (&channel, json!({"status": "member"}), (false, false)),
            (&channel, json!({"status": "left"}), (false, false)),
            (&channel, json!({"status": "kicked", "until_date": 0}), (false, false)),
            (&group, json!({"status": "member"}), (true, false)),
            (&group, json!({"status": "administrator", "can_manage_chat": true}), (true, true)),
            (
                &group,
                json!({"status": "restricted", "is_member": true, "can_send_messages": false, "can_send_photos": false}),
                (false, false),
            ),
            (&group, json!({"status": "restricted", "is_member": false, "can_send_messages": true}), (false, false)),
        ];
        for (chat, member, expected) in table {
            let chat: ChatInfo = understood(chat.clone()).unwrap();
            let allowed = allowed(chat.kind, chat.permissions, &understood(member.clone()).unwrap());
            assert_eq!((allowed.can_send_messages, allowed.can_send_photos), expected, "{:?} {member}", chat.kind);
        }
    }
}

//! Which chats the bot hears of: so a channel's number is found, which Telegram's apps do not show.

use std::time::Duration;

use serde::Deserialize;
use teloxide::{payloads::GetUpdates, types::AllowedUpdate};

use super::{Failure, Telegram, call::ask, rights::ChatKind};

/// A chat in which something was posted, which the bot was added to, or from which a post was forwarded to the bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeardChat {
    pub id: i64,
    pub kind: ChatKind,
    pub title: String,
    /// Its public name, with its `@`.
    pub name: Option<String>,
}

/// Where the bot has listened up to; a new one hears what waits.
#[derive(Debug, Clone, Copy, Default)]
pub struct Heard(i32);

/// An update (<https://core.telegram.org/bots/api#update>), as far as chats are named in it.
#[derive(Deserialize)]
struct Update {
    update_id: i32,
    channel_post: Option<Message>,
    message: Option<Message>,
    my_chat_member: Option<Membership>,
}

#[derive(Deserialize)]
struct Message {
    chat: Chat,
    forward_origin: Option<Origin>,
}

#[derive(Deserialize)]
struct Origin {
    chat: Option<Chat>,
    sender_chat: Option<Chat>,
}

#[derive(Deserialize)]
struct Membership {
    chat: Chat,
}

#[derive(Deserialize)]
struct Chat {
    id: i64,
    #[serde(rename = "type")]
    kind: ChatKind,
    title: Option<String>,
    first_name: Option<String>,
    username: Option<String>,
}

impl Telegram {
    /// The chats that the bot heard of since the last time, waiting up to `wait` for one, oldest first.
    ///
    /// # Errors
    /// As [`Telegram::me`]; where another program listens for the same bot, Telegram refuses one of the two.
    pub async fn listen(&self, heard: &mut Heard, wait: Duration) -> Result<Vec<HeardChat>, Failure> {
        let mut question = GetUpdates::new();
        question.offset = Some(heard.0);
        question.timeout = Some(u32::try_from(wait.as_secs()).unwrap_or(u32::MAX));
        question.allowed_updates = Some(vec![AllowedUpdate::Message, AllowedUpdate::ChannelPost, AllowedUpdate::MyChatMember]);
        let answer = ask(&self.asking, &question).await?.result;
        let updates = answer.as_array().into_iter().flatten().filter_map(|update| serde_json::from_value::<Update>(update.clone()).ok());
        let mut chats: Vec<HeardChat> = Vec::new();
        for update in updates {
            heard.0 = heard.0.max(update.update_id.saturating_add(1));
            let origin = |message: &mut Message| message.forward_origin.take().and_then(|origin| origin.chat.or(origin.sender_chat));
            let named = update.channel_post.map(|post| post.chat).or_else(|| {
                let mut message = update.message?;
                // A post that is forwarded to the bot names the channel that it comes from.
                Some(origin(&mut message).unwrap_or(message.chat))
            });
            for chat in named.into_iter().chain(update.my_chat_member.map(|it| it.chat)) {
                chats.retain(|known| known.id != chat.id);
                chats.push(HeardChat {
                    id: chat.id,
                    kind: chat.kind,
                    title: chat.title.or(chat.first_name).unwrap_or_default(),
                    name: chat.username.map(|name| format!("@{name}")),
                });
            }
        }
        Ok(chats)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::telegram::send::tests::{NEWS, OPS, stand};

    #[tokio::test]
    async fn a_channel_is_heard_of_when_something_is_posted_in_it() {
        let (api, telegram) = stand();
        let mut heard = Heard::default();
        assert_eq!(telegram.listen(&mut heard, Duration::ZERO).await.unwrap(), []);
        api.say(OPS, "/start");
        api.say(NEWS, "thử");
        let chats = telegram.listen(&mut heard, Duration::ZERO).await.unwrap();
        assert_eq!(
            chats.iter().map(|chat| (chat.id, chat.kind)).collect::<Vec<_>>(),
            [(OPS, ChatKind::Private), (NEWS, ChatKind::Channel)]
        );
        assert_eq!((chats[1].title.as_str(), chats[1].name.as_deref()), ("Tin tức", Some("@loa_news")));
        // Nothing is heard twice.
        assert_eq!(telegram.listen(&mut heard, Duration::ZERO).await.unwrap(), []);
    }
}

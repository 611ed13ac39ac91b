//! What the bot hears: where it may post, as that changes, and of which chats, by which the number of a channel is
//! found, which Telegram's apps do not show.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;
use teloxide::{payloads::GetUpdates, types::AllowedUpdate};

use super::{
    Address, Chat, Failure, Telegram,
    call::{ask, call},
    classify::{Class, Refused},
    rights::{ChatKind, Member},
};
use crate::{
    channel,
    target::{Deaf, Standing},
};

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
    channel_post: Option<Message>,
    message: Option<Message>,
    my_chat_member: Option<Membership>,
}

#[derive(Deserialize)]
struct Message {
    chat: ChatNamed,
    forward_origin: Option<Origin>,
}

#[derive(Deserialize)]
struct Origin {
    chat: Option<ChatNamed>,
    sender_chat: Option<ChatNamed>,
}

#[derive(Deserialize)]
struct Membership {
    chat: ChatNamed,
    new_chat_member: Member,
}

#[derive(Deserialize)]
struct ChatNamed {
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
        let mut question = heard.question(wait);
        question.allowed_updates = Some(vec![AllowedUpdate::Message, AllowedUpdate::ChannelPost, AllowedUpdate::MyChatMember]);
        let answer = ask(&self.asking, &question).await?.result;
        let mut chats: Vec<HeardChat> = Vec::new();
        for update in heard.note(&answer) {
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

    /// Where the bot may post from now on, as far as that has changed since the last time, waiting up to `wait`.
    ///
    /// Which kinds of updates are kept for the bot is a setting that stays behind at Telegram: it is left as it is, as
    /// another program may have set it. Those of its own membership are among the usual ones.
    pub(in crate::target) async fn hear_standings(&self, heard: &mut Heard, wait: Duration) -> Result<Vec<Standing>, Deaf> {
        // It is waited for longer than any question is; and asked once, as who asks again turns the one before away.
        let answer = call(&self.sending, &heard.question(wait), Vec::new()).await.map_err(|refused| match refused {
            Refused { class: Class::Contested, why } => Deaf::Contested { why },
            Refused { class: Class::Webhook, why } => Deaf::Elsewhere { why },
            refused => Deaf::Failed(refused.into()),
        })?;
        let memberships = heard.note(&answer.result).into_iter().filter_map(|update| update.my_chat_member);
        Ok(memberships
            .map(|Membership { chat, new_chat_member }| Standing {
                address: Address { chat: Chat::Number(chat.id), topic: 0 }.into(),
                name: chat.username.map(|name| Address { chat: Chat::Name(format!("@{name}")), topic: 0 }.into()),
                may_post: new_chat_member.may_post(chat.kind),
            })
            .collect())
    }

    pub(in crate::target) fn is_about(&self, standing: &Standing, address: &channel::Address) -> bool {
        let chat =
            |address: &channel::Address| Some(self.by_number(address.as_str().parse::<Address>().ok()?.chat).to_string().to_lowercase());
        let Some(ours) = chat(address) else { return false };
        std::iter::once(&standing.address).chain(&standing.name).filter_map(chat).any(|theirs| theirs == ours)
    }
}

impl Heard {
    fn question(self, wait: Duration) -> GetUpdates {
        let mut question = GetUpdates::new();
        question.offset = Some(self.0);
        question.timeout = Some(u32::try_from(wait.as_secs()).unwrap_or(u32::MAX));
        question
    }

    /// Takes in what was answered; it is not asked for again.
    fn note(&mut self, answer: &Value) -> Vec<Update> {
        let numbers = answer.as_array().into_iter().flatten().filter_map(|update| update["update_id"].as_i64());
        // Also what is not understood is heard.
        let last = numbers.filter_map(|number| i32::try_from(number).ok()).max();
        self.0 = last.map_or(self.0, |last| self.0.max(last.saturating_add(1)));
        answer.as_array().into_iter().flatten().filter_map(|update| serde_json::from_value(update.clone()).ok()).collect()
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

    #[tokio::test]
    async fn where_the_bot_may_post_is_heard_as_it_changes() {
        let (api, telegram) = stand();
        let mut heard = Heard::default();
        let hear = async |heard: &mut Heard| telegram.hear_standings(heard, Duration::ZERO).await.unwrap();
        assert_eq!(hear(&mut heard).await, []);
        // What people say is none of it, and is passed over.
        api.say(NEWS, "thử");
        api.kick(NEWS);
        api.promote(NEWS);
        api.restrict(NEWS);
        api.permit(NEWS);
        api.block(OPS);
        let standings = hear(&mut heard).await;
        assert_eq!(standings.iter().map(|it| it.may_post).collect::<Vec<_>>(), [false, true, false, true, false]);
        let about = |at: &str| standings.iter().filter(|it| telegram.is_about(it, &channel::Address::new(at))).count();
        assert_eq!((about(&NEWS.to_string()), about("@Loa_News"), about(&format!("{NEWS}/7"))), (4, 4, 4));
        assert_eq!((about(&OPS.to_string()), about("@ops_news")), (1, 0));
        assert_eq!(hear(&mut heard).await, []);
    }

    #[tokio::test]
    async fn who_else_hears_is_told_apart() {
        let (api, telegram) = stand();
        let (mut first, mut second) = (Heard::default(), Heard::default());
        let long = telegram.hear_standings(&mut first, Duration::from_secs(20));
        let other = async {
            api.until_listened_to(1).await;
            telegram.hear_standings(&mut second, Duration::ZERO).await
        };
        let (long, other) = tokio::join!(long, other);
        assert!(matches!(long, Err(Deaf::Contested { .. })), "{long:?}");
        assert_eq!(other, Ok(Vec::new()));
        api.set_webhook("https://bot.example/");
        assert!(matches!(telegram.hear_standings(&mut second, Duration::ZERO).await, Err(Deaf::Elsewhere { .. })));
    }
}

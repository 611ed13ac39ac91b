//! Whether a message whose answer was lost is in its chat: the ids after the last known one are forwarded to the
//! operator's chat, read, and deleted there.
//!
//! A bot cannot read a chat, but it can forward from it. This works in channels and supergroups, whose ids are
//! their own; what cannot be forwarded (protected or deleted messages, notices) counts as not there.

use teloxide::{
    payloads::{DeleteMessage, ForwardMessage},
    types::{self, ChatId, MessageId},
};

use super::{Failure, Telegram, call::call, classify::Class, send::recipient};
use crate::{channel::Chat, text};

impl Telegram {
    /// Looks at `tried` ids after `after` in `chat` for a message that shows one of `sent_as`, by way of the chat
    /// `ops`, and gives its id.
    ///
    /// # Errors
    /// [`Failure`] when it could not be found out. That says nothing of the message, and a closed chat may be `ops`.
    pub async fn find_sent(&self, chat: &Chat, after: i32, ops: i64, sent_as: &[&str], tried: u16) -> Result<Option<i32>, Failure> {
        let sought: Vec<_> = sent_as.iter().map(|words| key(words)).filter(|key| !key.is_empty()).collect();
        for id in (1..=i32::from(tried)).map_while(|step| after.checked_add(step)) {
            if self.shown(chat, id, ops).await?.is_some_and(|shown| sought.contains(&key(&shown))) {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    /// The words of message `id`, where there is one.
    async fn shown(&self, chat: &Chat, id: i32, ops: i64) -> Result<Option<String>, Failure> {
        let ops = types::Recipient::Id(ChatId(ops));
        let mut forward = ForwardMessage::new(ops.clone(), recipient(chat), MessageId(id));
        forward.disable_notification = Some(true);
        let forwarded = match call(&self.asking, &forward, Vec::new()).await {
            Ok(forwarded) => forwarded,
            Err(refused) if refused.class == Class::Untouchable => return Ok(None),
            Err(refused) => return Err(refused.into()),
        };
        if let Some(copy) = forwarded.message_id() {
            // A copy that stays is a line too much in the operator's chat, and no reason not to go on.
            if let Err(refused) = call(&self.asking, &DeleteMessage::new(ops, MessageId(copy)), Vec::new()).await {
                tracing::debug!("the copy of a message that was looked at stays in the ops chat: {}", refused.why);
            }
        }
        Ok(Some(forwarded.shown().to_owned()))
    }
}

/// What two spellings of one message have in common. Telegram trims and drops some marks and invisible characters.
fn key(words: &str) -> String {
    let folded = text::fold(words);
    let letters: String = folded.chars().filter(|ch| ch.is_alphanumeric()).collect();
    if letters.is_empty() { folded } else { letters }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_known_by_its_letters() {
        assert_eq!(key(" Tin <mới>\u{200e}:\n\nĐà Nẵng \u{333}"), key("Tin mới Đà Nẵng"));
        assert_ne!(key("Tin 1"), key("Tin 2"));
        assert_eq!(key("😀 "), "😀");
    }
}

//! How fast a bot may talk before Telegram refuses: its limits are the chat's and the bot's
//! (<https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this>).

use jiff::SignedDuration;

use std::sync::PoisonError;

use super::{Address, Chat, Telegram};
use crate::channel::{self, Limit};

/// Messages that may follow each other in a chat at once after a silence.
const BURST: u32 = 4;
/// Messages that a group or a channel takes within a minute.
const PER_MINUTE: u32 = 20;
/// Between two messages of the bot, wherever they go, and how many may go at once.
const OVERALL: SignedDuration = SignedDuration::from_millis(50);
const OVERALL_BURST: u32 = 5;
/// Messages of the bot within a second; Telegram refuses more than thirty. Those that are on their way for longer
/// arrive with those after them.
const PER_SECOND: u32 = 28;
/// So that a headline need not wait behind the queues of other channels.
const RESERVE: u32 = 2;

impl Telegram {
    /// The limits of what is said at `address`: those of its chat, whatever the topic and whatever it is called by, as
    /// soon as its number is known, and those of the bot. Without a `pace` the chat has none.
    pub fn limits(&self, address: &channel::Address, pace: SignedDuration) -> Vec<Limit> {
        let address = address.as_str().parse::<Address>().map(|address| Address { chat: self.by_number(address.chat), ..address });
        limits(&address.map_or_else(|_| String::new(), |address| address.chat.to_string()), pace)
    }

    /// A chat by its number, where that was heard.
    pub(super) fn by_number(&self, chat: Chat) -> Chat {
        match &chat {
            Chat::Name(name) => {
                let numbers = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
                numbers.get(&name.to_lowercase()).map_or(chat.clone(), |number| Chat::Number(*number))
            }
            Chat::Number(_) => chat,
        }
    }

    /// Notes which number a chat has.
    pub(super) fn note_number(&self, chat: &Chat, number: Option<i64>) {
        if let (Chat::Name(name), Some(number)) = (chat, number) {
            self.numbers.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_lowercase(), number);
        }
    }
}

fn limits(chat: &str, pace: SignedDuration) -> Vec<Limit> {
    let per_minute = if pace.is_zero() { 0 } else { PER_MINUTE };
    vec![
        Limit { place: chat.to_lowercase(), pace, burst: BURST, per_minute, per_second: 0, reserve: 0 },
        Limit { place: String::new(), pace: OVERALL, burst: OVERALL_BURST, per_minute: 0, per_second: PER_SECOND, reserve: RESERVE },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn topics_of_a_chat_share_its_limits_and_all_chats_those_of_the_bot() {
        let (_api, telegram) = crate::target::telegram::send::tests::stand();
        let places = |address: &str| -> Vec<String> {
            let limits = telegram.limits(&channel::Address::new(address), SignedDuration::from_secs(3));
            limits.into_iter().map(|limit| limit.place).collect()
        };
        assert_eq!(places("-1001/7"), ["-1001", ""]);
        assert_eq!(places("-1001"), ["-1001", ""]);
        assert_eq!(places("@Tin_Phuong"), ["@tin_phuong", ""]);
        telegram.note_number(&Chat::Name("@tin_phuong".into()), Some(-1001));
        assert_eq!(places("@Tin_Phuong/7"), ["-1001", ""]);
    }
}

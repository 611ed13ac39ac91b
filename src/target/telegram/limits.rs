//! How fast a bot may talk before Telegram refuses: its limits are the chat's and the bot's
//! (<https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this>).

use jiff::SignedDuration;

use super::Address;
use crate::channel::{self, Limit};

/// Messages that may follow each other in a chat at once after a silence.
const BURST: u32 = 4;
/// Messages that a group or a channel takes within a minute.
const PER_MINUTE: u32 = 20;
/// Between two messages of the bot, wherever they go, and how many may go at once: fewer than thirty within any second.
const OVERALL: SignedDuration = SignedDuration::from_millis(40);
const OVERALL_BURST: u32 = 5;

/// The limits of what is said at `address`: those of its chat, whatever the topic, and those of the bot. Without a `pace`
/// the chat has none.
pub fn limits(address: &channel::Address, pace: SignedDuration) -> Vec<Limit> {
    let chat = address.as_str().parse::<Address>().map_or_else(|_| address.to_string(), |address| address.chat.to_string());
    let per_minute = if pace.is_zero() { 0 } else { PER_MINUTE };
    vec![
        Limit { place: chat.to_lowercase(), pace, burst: BURST, per_minute },
        Limit { place: String::new(), pace: OVERALL, burst: OVERALL_BURST, per_minute: 0 },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_of_a_chat_share_its_limits_and_all_chats_those_of_the_bot() {
        let places = |address: &str| -> Vec<String> {
            let limits = limits(&channel::Address::new(address), SignedDuration::from_secs(3));
            limits.into_iter().map(|limit| limit.place).collect()
        };
        assert_eq!(places("-1001/7"), ["-1001", ""]);
        assert_eq!(places("-1001"), ["-1001", ""]);
        assert_eq!(places("@Tin_Phuong"), ["@tin_phuong", ""]);
    }
}

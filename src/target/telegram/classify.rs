//! The one table of what Telegram's answers mean.
//!
//! Telegram tells its errors apart by their words; the numbers beside them are few and sometimes lost on the way.
//! The words have changed over the years, so older ones stand beside today's.

use super::{Address, Chat, Failure};

/// What an answer means for the message that it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    NotSent,
    Unclear,
    Wait(u64),
    BadMessage,
    /// Refused, in words that the table does not know.
    NotUnderstood,
    BadPhoto,
    /// The chat takes text, but no pictures.
    NoPhotos,
    ChannelClosed,
    /// The topic is closed or deleted.
    TopicClosed,
    Migrated(i64),
    Token,
    /// Another program asks for updates at this moment.
    Contested,
    /// Updates are brought to a webhook.
    Webhook,
    /// The message that was to be forwarded, changed or deleted is not there, or not to be touched.
    Untouchable,
}

/// A refusal with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refused {
    pub class: Class,
    pub why: String,
}

/// Longest wait that is believed. To ask again after a day costs nothing.
const LONGEST_WAIT: u64 = 86_400;
/// The wait when Telegram names none.
const USUAL_WAIT: u64 = 30;

/// Words in lower case, and what a description that has them means. The first that fits decides: the words of one
/// failure stand within those of an album's (`failed to send message #2 with the error message "…"`).
const TABLE: &[(&str, Class)] = &[
    // The token and the server.
    ("unauthorized", Class::Token),
    ("logged out", Class::Token),
    ("method not found", Class::NotSent),
    ("terminated by other getupdates", Class::Contested),
    ("terminated by setwebhook", Class::Webhook),
    ("can't use getupdates", Class::Webhook),
    // What fails behind the server's door may have happened all the same.
    ("internal server error", Class::Unclear),
    ("bad gateway", Class::Unclear),
    ("gateway timeout", Class::Unclear),
    ("gateway time-out", Class::Unclear),
    ("service unavailable", Class::Unclear),
    // The message that a call is about.
    ("message to forward not found", Class::Untouchable),
    ("message can't be forwarded", Class::Untouchable),
    ("message has protected content", Class::Untouchable),
    ("chat_forwards_restricted", Class::Untouchable),
    ("message to edit not found", Class::Untouchable),
    ("message can't be edited", Class::Untouchable),
    ("no text in the message to edit", Class::Untouchable),
    ("message is not modified", Class::Untouchable),
    ("message to delete not found", Class::Untouchable),
    ("message can't be deleted", Class::Untouchable),
    ("message_id_invalid", Class::Untouchable),
    // The chat.
    ("upgraded to a supergroup", Class::ChannelClosed),
    ("group chat was deleted", Class::ChannelClosed),
    ("chat_id is empty", Class::ChannelClosed),
    ("chat not found", Class::ChannelClosed),
    ("peer_id_invalid", Class::ChannelClosed),
    ("channel_private", Class::ChannelClosed),
    ("bot was kicked", Class::ChannelClosed),
    ("bot is not a member", Class::ChannelClosed),
    ("bot was blocked", Class::ChannelClosed),
    ("user_is_blocked", Class::ChannelClosed),
    ("user is deactivated", Class::ChannelClosed),
    ("initiate conversation", Class::ChannelClosed),
    ("send messages to bots", Class::ChannelClosed),
    ("need administrator rights", Class::ChannelClosed),
    ("chat_admin_required", Class::ChannelClosed),
    ("rights to send text messages", Class::ChannelClosed),
    ("rights to send a message", Class::ChannelClosed),
    ("chat_write_forbidden", Class::ChannelClosed),
    ("chat_send_plain_forbidden", Class::ChannelClosed),
    ("chat_restricted", Class::ChannelClosed),
    ("member list is inaccessible", Class::ChannelClosed),
    ("message thread not found", Class::TopicClosed),
    ("topic_closed", Class::TopicClosed),
    ("topic_deleted", Class::TopicClosed),
    ("rights to send", Class::NoPhotos),
    ("chat_send_photos_forbidden", Class::NoPhotos),
    ("chat_send_media_forbidden", Class::NoPhotos),
    // The pictures.
    ("file must be non-empty", Class::BadPhoto),
    ("no photo in the request", Class::BadPhoto),
    ("http url content", Class::BadPhoto),
    ("wrong type of the web page content", Class::BadPhoto),
    ("wrong file", Class::BadPhoto),
    ("wrong http url", Class::BadPhoto),
    ("wrong remote file", Class::BadPhoto),
    ("file_reference", Class::BadPhoto),
    ("photo_", Class::BadPhoto),
    ("media_empty", Class::BadPhoto),
    ("media_invalid", Class::BadPhoto),
    ("webpage_", Class::BadPhoto),
    ("file is too big", Class::BadPhoto),
    ("image_process_failed", Class::BadPhoto),
    ("request entity too large", Class::BadPhoto),
    // The words.
    ("message text is empty", Class::BadMessage),
    ("must be non-empty", Class::BadMessage),
    ("is too long", Class::BadMessage),
    ("_too_long", Class::BadMessage),
    ("unsupported parse_mode", Class::BadMessage),
    ("can't parse entities", Class::BadMessage),
    ("inline keyboard", Class::BadMessage),
    ("button_", Class::BadMessage),
    ("entity_", Class::BadMessage),
    ("message to be replied not found", Class::BadMessage),
    // An album, for what its items did not say.
    ("inputmedia", Class::BadPhoto),
    ("at least one message to send", Class::BadPhoto),
    ("messages to send as an album", Class::BadPhoto),
    ("used in sendmediagroup", Class::BadPhoto),
    ("failed to send message #", Class::BadPhoto),
    ("group send failed", Class::BadPhoto),
];

/// Words before a number of seconds.
const WAITS: &[&str] = &["retry after ", "flood_wait_", "slowmode_wait_"];

/// What `description` means, helped by the status `code` where its words are new to us.
pub(super) fn classify(code: u16, description: &str) -> Class {
    let words = description.to_lowercase();
    if let Some(seconds) = wait(&words) {
        return Class::Wait(seconds);
    }
    if words.trim() == "not found" {
        // The address `/bot<token>/…` was not understood: the token is no token.
        return Class::Token;
    }
    if let Some((_, class)) = TABLE.iter().find(|(part, _)| words.contains(part)) {
        return *class;
    }
    match code {
        401 => Class::Token,
        403 => Class::ChannelClosed,
        404 | 409 => Class::NotSent,
        413 => Class::BadPhoto,
        429 => Class::Wait(USUAL_WAIT),
        400 => Class::NotUnderstood,
        _ => Class::Unclear,
    }
}

/// The wait that the words ask for; in an album's failure it stands within other words.
fn wait(words: &str) -> Option<u64> {
    let named = WAITS.iter().find_map(|before| {
        let digits = words.split_once(before)?.1;
        let end = digits.find(|ch: char| !ch.is_ascii_digit()).unwrap_or(digits.len());
        (end > 0).then(|| digits[..end].parse().unwrap_or(LONGEST_WAIT))
    });
    named.or_else(|| words.contains("too many requests").then_some(USUAL_WAIT)).map(believed)
}

/// A wait within reason.
pub(super) fn believed(seconds: u64) -> u64 {
    seconds.clamp(1, LONGEST_WAIT)
}

impl From<Refused> for Failure {
    fn from(Refused { class, why }: Refused) -> Self {
        match class {
            Class::NotSent | Class::Contested | Class::Webhook => Self::NotSent { why },
            Class::Unclear => Self::Unclear { why },
            Class::Wait(seconds) => Self::Wait { seconds },
            Class::BadMessage | Class::Untouchable => Self::BadMessage { why },
            Class::NotUnderstood => Self::NotUnderstood { why },
            Class::BadPhoto | Class::NoPhotos => Self::BadPhoto { why },
            Class::ChannelClosed => Self::ChannelClosed { why },
            Class::TopicClosed => Self::PartClosed { why },
            Class::Migrated(to) => Self::Moved { to: Address { chat: Chat::Number(to), topic: 0 }.into() },
            Class::Token => Self::Token { why },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_answer_has_its_class() {
        use Class::*;
        let table = [
            (401, "Unauthorized", Token),
            (401, "Unauthorized: invalid token specified", Token),
            (404, "Not Found", Token),
            (404, "Not Found: method not found", NotSent),
            (400, "Bad Request: message text is empty", BadMessage),
            (400, "Bad Request: text must be non-empty", BadMessage),
            (400, "Bad Request: message must be non-empty", BadMessage),
            (400, "Bad Request: text is too long", BadMessage),
            (400, "Bad Request: message is too long", BadMessage),
            (400, "Bad Request: MESSAGE_TOO_LONG", BadMessage),
            (400, "Bad Request: message caption is too long", BadMessage),
            (400, "Bad Request: unsupported parse_mode", BadMessage),
            (400, "Bad Request: can't parse entities: Unsupported start tag \"p\" at byte offset 0", BadMessage),
            (400, "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"", BadMessage),
            (400, "Bad Request: can't parse entities: Unmatched end tag at byte offset 9, expected \"</b>\", found \"</i>\"", BadMessage),
            (400, "Bad Request: chat_id is empty", ChannelClosed),
            (400, "Bad Request: chat not found", ChannelClosed),
            (400, "Bad Request: group chat was upgraded to a supergroup chat", ChannelClosed),
            (403, "Forbidden: the group chat was deleted", ChannelClosed),
            (403, "Forbidden: bot was kicked from the group chat", ChannelClosed),
            (403, "Forbidden: bot was kicked from the supergroup chat", ChannelClosed),
            (403, "Forbidden: bot was kicked from the channel chat", ChannelClosed),
            (403, "Forbidden: bot is not a member of the channel chat", ChannelClosed),
            (403, "Forbidden: bot was blocked by the user", ChannelClosed),
            (403, "Forbidden: user is deactivated", ChannelClosed),
            (403, "Forbidden: bot can't initiate conversation with a user", ChannelClosed),
            (400, "Bad Request: need administrator rights in the channel chat", ChannelClosed),
            (400, "Bad Request: not enough rights to send text messages to the chat", ChannelClosed),
            (400, "Bad Request: not enough rights to send photos to the chat", NoPhotos),
            (400, "Bad Request: have no rights to send a message", ChannelClosed),
            (400, "Bad Request: CHAT_WRITE_FORBIDDEN", ChannelClosed),
            (400, "Bad Request: message thread not found", TopicClosed),
            (400, "Bad Request: TOPIC_CLOSED", TopicClosed),
            (400, "Bad Request: message to be replied not found", BadMessage),
            (400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard", BadMessage),
            (400, "Bad Request: BUTTON_DATA_INVALID", BadMessage),
            (400, "Bad Request: BUTTON_URL_INVALID", BadMessage),
            (400, "Bad Request: reply markup is too long", BadMessage),
            (400, "Bad Request: failed to get HTTP URL content", BadPhoto),
            (400, "Bad Request: wrong type of the web page content", BadPhoto),
            (400, "Bad Request: wrong file identifier/HTTP URL specified", BadPhoto),
            (400, "Bad Request: wrong HTTP URL specified", BadPhoto),
            (400, "Bad Request: PHOTO_INVALID_DIMENSIONS", BadPhoto),
            (400, "Bad Request: file is too big", BadPhoto),
            (400, "Bad Request: IMAGE_PROCESS_FAILED", BadPhoto),
            (413, "Request Entity Too Large", BadPhoto),
            (400, "Bad Request: there is no photo in the request", BadPhoto),
            (400, "Bad Request: expected an Array of InputMedia", BadPhoto),
            (400, "Bad Request: there must be at least one message to send", BadPhoto),
            (400, "Bad Request: too many messages to send as an album", BadPhoto),
            (400, "Bad Request: can't parse InputMedia: type \"animation\" can't be used in sendMediaGroup", BadPhoto),
            (400, "Bad Request: failed to send message #2 with the error message \"PHOTO_INVALID_DIMENSIONS\"", BadPhoto),
            (400, "Bad Request: failed to send message #2 with the error message \"message caption is too long\"", BadMessage),
            (400, "Bad Request: failed to send message #1 with the error message \"Too Many Requests: retry after 8\"", Wait(8)),
            (400, "Bad Request: group send failed", BadPhoto),
            (
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a \
                 current content and reply markup of the message",
                Untouchable,
            ),
            (400, "Bad Request: message to edit not found", Untouchable),
            (400, "Bad Request: message can't be edited", Untouchable),
            (400, "Bad Request: there is no text in the message to edit", Untouchable),
            (400, "Bad Request: message to delete not found", Untouchable),
            (400, "Bad Request: message can't be deleted", Untouchable),
            (400, "Bad Request: message to forward not found", Untouchable),
            (400, "Bad Request: the message can't be forwarded", Untouchable),
            (400, "Bad Request: MESSAGE_ID_INVALID", Untouchable),
            (429, "Too Many Requests: retry after 41", Wait(41)),
            (429, "Too Many Requests: retry after 43837", Wait(43_837)),
            (429, "Too Many Requests: retry after 99999999999999999999999", Wait(LONGEST_WAIT)),
            (429, "Too Many Requests", Wait(USUAL_WAIT)),
            (400, "Bad Request: SLOWMODE_WAIT_23", Wait(23)),
            (409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running", Contested),
            (409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first", Webhook),
            (500, "Internal Server Error: restart", Unclear),
            (502, "Bad Gateway", Unclear),
        ];
        for (code, description, class) in table {
            assert_eq!(classify(code, description), class, "{description}");
        }
    }

    #[test]
    fn new_words_are_judged_by_their_code() {
        let table = [
            (400, Class::NotUnderstood),
            (401, Class::Token),
            (403, Class::ChannelClosed),
            (404, Class::NotSent),
            (413, Class::BadPhoto),
            (429, Class::Wait(USUAL_WAIT)),
            (500, Class::Unclear),
            (504, Class::Unclear),
        ];
        for (code, class) in table {
            assert_eq!(classify(code, "Words nobody has seen"), class, "{code}");
        }
    }
}

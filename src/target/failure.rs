//! Why a message is not known to be delivered, by what the caller will do about it.

use crate::channel::Address;

/// Every way in which a call to a target can fail.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Surely not delivered, for a reason that passes: try again later.
    #[error("not sent: {why}")]
    NotSent { why: String },
    /// Delivered or not, nobody knows.
    #[error("the answer was lost: {why}")]
    Unclear { why: String },
    /// Too many messages: this place rests.
    #[error("the other side asks to wait {seconds} s")]
    Wait { seconds: u64 },
    /// This form of the message will never be taken: try a simpler one.
    #[error("the message was refused: {why}")]
    BadMessage { why: String },
    /// This form was refused in words that nobody here knows: the message may be meant, or the place.
    #[error("refused: {why}")]
    NotUnderstood { why: String },
    /// The message may do without its pictures, or with others.
    #[error("the picture was refused: {why}")]
    BadPhoto { why: String },
    /// The place is gone, or does not let the bot speak: a person must act.
    #[error("the chat is closed to the bot: {why}")]
    ChannelClosed { why: String },
    /// The part of the place that was named (a topic) is gone, or lets nobody speak. The place itself may.
    #[error("this part of the chat is closed: {why}")]
    PartClosed { why: String },
    /// The place has another address now.
    #[error("the chat has moved to {to}")]
    Moved { to: Address },
    /// The token is not taken: nothing can be sent anywhere.
    #[error("the bot's token is refused: {why}")]
    Token { why: String },
}

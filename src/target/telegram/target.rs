//! Telegram as a target: addresses and receipts are words here, numbers within.

use super::{Address, Content, Failure, Recipient, Telegram};
use crate::{
    channel,
    target::{Finding, Sent},
};

/// Message numbers that a look goes through after the last one known.
const PROBED: u16 = 20;
/// The same where that costs nobody's chat a line.
const MARKED: u16 = 40;

impl Telegram {
    pub(in crate::target) async fn send_to(&self, address: &channel::Address, silent: bool, content: &Content) -> Result<Sent, Failure> {
        let Address { chat, topic } = read(address)?;
        let named = chat.clone();
        let sent = self.send(&Recipient { chat, topic, silent }, content).await.map_err(|failure| match failure {
            // The topics move with their chat.
            Failure::Moved { to } => match read(&to) {
                Ok(to) => Failure::Moved { to: Address { topic, ..to }.into() },
                Err(failure) => failure,
            },
            failure => failure,
        })?;
        self.note_number(&named, sent.chat_id);
        let last = sent.message_id.map(|first| first.saturating_add(sent.count.saturating_sub(1).max(0)));
        Ok(Sent {
            receipt: sent.message_id.map(|id| id.to_string()),
            last_receipt: last.map(|id| id.to_string()),
            messages: u32::try_from(sent.count).unwrap_or(1),
        })
    }

    /// The chat of a topic; `None` for a chat itself.
    pub(in crate::target) fn whole(address: &channel::Address) -> Option<channel::Address> {
        let Address { chat, topic } = read(address).ok()?;
        (topic != 0).then(|| Address { chat, topic: 0 }.into())
    }

    pub(in crate::target) async fn may_post(&self, address: &channel::Address) -> Result<bool, Failure> {
        Ok(self.rights(&read(address)?.chat).await?.can_post)
    }

    /// Needs the operator's chat to look, and a message to begin after: without it old words could be taken for the new
    /// ones.
    pub(in crate::target) async fn find(&self, address: &channel::Address, after: Option<&str>, sought: &str) -> Result<Finding, Failure> {
        let chat = read(address)?.chat;
        let (Some(after), true) = (after.and_then(|receipt| receipt.parse().ok()), self.ops_chat != 0) else {
            return Ok(Finding::CannotTell);
        };
        if !self.can_be_searched(&chat).await? {
            return Ok(Finding::CannotTell);
        }
        let found = self.find_sent(&chat, after, self.ops_chat, sought, PROBED).await?;
        Ok(found.map_or(Finding::NotThere, |id| Finding::There { receipt: id.to_string() }))
    }

    /// The same without the operator's chat.
    pub(in crate::target) async fn find_alone(
        &self,
        address: &channel::Address,
        after: Option<&str>,
        sought: &str,
    ) -> Result<Finding, Failure> {
        let chat = read(address)?.chat;
        let Some(after) = after.and_then(|receipt| receipt.parse().ok()) else { return Ok(Finding::CannotTell) };
        if !self.can_be_marked(&chat).await? {
            return Ok(Finding::CannotTell);
        }
        let found = self.find_marked(&chat, after, sought, MARKED).await?;
        Ok(found.map_or(Finding::NotThere, |id| Finding::There { receipt: id.to_string() }))
    }
}

/// The settings are checked when they are read; what an older Loa noted may be anything.
fn read(address: &channel::Address) -> Result<Address, Failure> {
    address.as_str().parse().map_err(|error: super::BadChat| Failure::ChannelClosed { why: error.to_string() })
}

//! Telegram as a target: addresses and receipts are words here, numbers within.

use super::{
    Address, Chat, Content, Failure, Recipient, Telegram,
    probe::{Search, Way},
    reading::Reading,
};
use crate::{channel, target::Sent};

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
        Ok(Sent { receipt: sent.message_id.map(|id| id.to_string()), last_receipt: last.map(|id| id.to_string()) })
    }

    /// The chat of a topic; `None` for a chat itself.
    pub(in crate::target) fn whole(address: &channel::Address) -> Option<channel::Address> {
        let Address { chat, topic } = read(address).ok()?;
        (topic != 0).then(|| Address { chat, topic: 0 }.into())
    }

    pub(in crate::target) fn is_one_place(&self, one: &channel::Address, other: &channel::Address) -> bool {
        let [one, other] =
            [one, other].map(|address| read(address).ok().map(|address| self.by_number(address.chat).to_string().to_lowercase()));
        one.is_some() && one == other
    }

    pub(in crate::target) async fn may_post(&self, address: &channel::Address) -> Result<bool, Failure> {
        Ok(self.rights(&read(address)?.chat).await?.can_post)
    }

    /// Needs the operator's chat to look.
    pub(in crate::target) async fn search<'a>(
        &'a self,
        address: &channel::Address,
        after: Option<&str>,
        sought: &'a str,
    ) -> Result<Option<Search<'a>>, Failure> {
        let chat = read(address)?.chat;
        if self.ops_chat == 0 || !self.can_be_searched(&chat).await? {
            return Ok(None);
        }
        self.begin(chat, Way::Forwarded { ops: self.ops_chat }, after, sought).await.map(Some)
    }

    /// The same without the operator's chat.
    pub(in crate::target) async fn search_alone<'a>(
        &'a self,
        address: &channel::Address,
        after: Option<&str>,
        sought: &'a str,
    ) -> Result<Option<Search<'a>>, Failure> {
        let chat = read(address)?.chat;
        if !self.can_be_marked(&chat).await? {
            return Ok(None);
        }
        self.begin(chat, Way::Marked, after, sought).await.map(Some)
    }

    /// Needs the operator's chat to read.
    pub(in crate::target) async fn reading(&self, address: &channel::Address, after: Option<&str>) -> Result<Option<Reading<'_>>, Failure> {
        let chat = read(address)?.chat;
        if self.ops_chat == 0 || !self.can_be_searched(&chat).await? {
            return Ok(None);
        }
        Ok(Some(Reading::new(self, chat, Way::Forwarded { ops: self.ops_chat }, number(after).unwrap_or(0))))
    }

    /// The same without the operator's chat.
    pub(in crate::target) async fn reading_alone(
        &self,
        address: &channel::Address,
        after: Option<&str>,
    ) -> Result<Option<Reading<'_>>, Failure> {
        let chat = read(address)?.chat;
        if !self.can_be_marked(&chat).await? {
            return Ok(None);
        }
        Ok(Some(Reading::new(self, chat, Way::Marked, number(after).unwrap_or(0))))
    }

    /// Where nothing of ours is known to begin after, the end of the chat is looked for first.
    async fn begin<'a>(&'a self, chat: Chat, way: Way, after: Option<&str>, sought: &'a str) -> Result<Search<'a>, Failure> {
        let after = match number(after) {
            Some(after) => after,
            None => self.near_the_end(&chat, way, 0).await?,
        };
        Ok(Search::new(self, chat, way, after, sought))
    }
}

pub(super) fn number(receipt: Option<&str>) -> Option<i32> {
    receipt?.parse().ok()
}

/// The settings are checked when they are read; what an older Loa noted may be anything.
pub(super) fn read(address: &channel::Address) -> Result<Address, Failure> {
    address.as_str().parse().map_err(|error: super::BadChat| Failure::ChannelClosed { why: error.to_string() })
}

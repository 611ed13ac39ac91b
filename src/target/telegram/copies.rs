//! Whether somebody else says in a chat what we say: the message right before one of ours is looked at.

use super::{
    Failure, Telegram,
    probe::{Glimpse, Way, fingerprint},
    target::{number, read},
};
use crate::channel;

impl Telegram {
    pub(in crate::target) async fn said_before(
        &self,
        address: &channel::Address,
        (last, receipt): (&str, &str),
        prints: &[String],
    ) -> Result<Option<Option<String>>, Failure> {
        let (Some(last), Some(receipt)) = (number(Some(last)), number(Some(receipt))) else { return Ok(None) };
        let before = receipt - 1;
        if before <= last {
            return Ok(None);
        }
        let chat = read(address)?.chat;
        let way = if self.can_be_marked(&chat).await? {
            Way::Marked
        } else if self.ops_chat != 0 && self.can_be_searched(&chat).await? {
            Way::Forwarded { ops: self.ops_chat }
        } else {
            return Ok(None);
        };
        let Glimpse::Shown(shown) = self.glimpse(&chat, before, way).await? else { return Ok(Some(None)) };
        let says_the_same = fingerprint(&[&shown.words]).split_whitespace().any(|print| prints.iter().any(|ours| ours == print));
        Ok(Some(says_the_same.then(|| before.to_string())))
    }
}

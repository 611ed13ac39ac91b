//! Updates: what people say to the bot, and the rules of asking for it.

use serde_json::{Value, json};

use super::{
    answer::{Answer, Refusal},
    request::Request,
};

/// What waits to be asked for.
#[derive(Debug, Default)]
pub(super) struct Updates {
    waiting: Vec<Value>,
    last_id: i64,
    webhook: String,
    /// The poller that asked last; another one ends it.
    pub poller: u64,
}

impl Updates {
    /// Something happened; `content` is the update without its id.
    pub fn push(&mut self, mut content: Value) {
        self.last_id += 1;
        content["update_id"] = json!(self.last_id);
        self.waiting.push(content);
    }

    /// What waits, from `offset`; what is before it is confirmed and gone.
    pub fn get(&mut self, request: &Request) -> Answer {
        self.check_webhook()?;
        let offset = request.integer("offset");
        if offset < 0 {
            let from = self.waiting.len().saturating_sub(usize::try_from(-offset).unwrap_or(usize::MAX));
            self.waiting.drain(..from);
        } else {
            self.waiting.retain(|update| update["update_id"].as_i64() >= Some(offset));
        }
        let limit = usize::try_from(request.integer("limit")).ok().filter(|limit| (1..=100).contains(limit)).unwrap_or(100);
        let allowed = request.json("allowed_updates")?;
        let is_allowed = |update: &&Value| {
            let kinds = allowed.as_ref().and_then(Value::as_array).filter(|kinds| !kinds.is_empty());
            kinds.is_none_or(|kinds| kinds.iter().filter_map(Value::as_str).any(|kind| update.get(kind).is_some()))
        };
        Ok(self.waiting.iter().filter(is_allowed).take(limit).cloned().collect())
    }

    pub fn check_webhook(&self) -> Result<(), Refusal> {
        let words = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
        if self.webhook.is_empty() { Ok(()) } else { Err(Refusal::conflict(words)) }
    }

    pub fn set_webhook(&mut self, address: &str) -> Value {
        address.clone_into(&mut self.webhook);
        json!(true)
    }

    pub fn webhook_info(&self) -> Value {
        json!({ "url": self.webhook, "has_custom_certificate": false, "pending_update_count": self.waiting.len() })
    }
}

/// What the poller hears that another one pushed out.
pub(super) fn pushed_out() -> Refusal {
    Refusal::conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
}

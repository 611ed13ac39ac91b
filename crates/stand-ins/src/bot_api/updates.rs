//! Updates: what people say to the bot and make of it, and the rules of asking for it.

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
    /// The kinds that are kept, as the last one who named some wants it; empty for the usual ones.
    kept: Vec<String>,
    /// The poller that asked last; another one ends it.
    pub poller: u64,
}

/// Kinds that are kept only for who names them.
const UNUSUAL: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

impl Updates {
    /// Something happened; `content` is the update without its id.
    pub fn push(&mut self, mut content: Value) {
        let is_kept = |kind: &String| if self.kept.is_empty() { !UNUSUAL.contains(&kind.as_str()) } else { self.kept.contains(kind) };
        if !content.as_object().is_some_and(|content| content.keys().all(is_kept)) {
            return;
        }
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
        // It counts for what happens from now on, and for whoever asks next and names none.
        if let Some(kinds) = request.json("allowed_updates")? {
            self.kept = kinds.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        }
        Ok(self.waiting.iter().take(limit).cloned().collect())
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
        let mut info = json!({ "url": self.webhook, "has_custom_certificate": false, "pending_update_count": self.waiting.len() });
        if !self.kept.is_empty() {
            info["allowed_updates"] = json!(self.kept);
        }
        info
    }
}

/// What the poller hears that another one pushed out.
pub(super) fn pushed_out() -> Refusal {
    Refusal::conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
}

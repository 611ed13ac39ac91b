//! What the Bot API says to a request: a result, or a refusal in Telegram's exact words.

use serde_json::{Value, json};

/// The outcome of one method.
pub(super) type Answer = Result<Value, Refusal>;

/// A refusal: its code is the HTTP status as well.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Refusal {
    pub code: u16,
    pub description: String,
    pub parameters: Option<Value>,
}

impl Refusal {
    pub fn new(code: u16, description: String) -> Self {
        Self { code, description, parameters: None }
    }

    pub fn bad_request(words: &str) -> Self {
        Self::new(400, format!("Bad Request: {words}"))
    }

    pub fn forbidden(words: &str) -> Self {
        Self::new(403, format!("Forbidden: {words}"))
    }

    pub fn conflict(words: &str) -> Self {
        Self::new(409, format!("Conflict: {words}"))
    }

    pub fn unauthorized() -> Self {
        Self::new(401, "Unauthorized".to_owned())
    }

    pub fn invalid_token() -> Self {
        Self::new(401, "Unauthorized: invalid token specified".to_owned())
    }

    pub fn not_found() -> Self {
        Self::new(404, "Not Found".to_owned())
    }

    pub fn unknown_method() -> Self {
        Self::new(404, "Not Found: method not found".to_owned())
    }

    pub fn too_large() -> Self {
        Self::new(413, "Request Entity Too Large".to_owned())
    }

    pub fn restart() -> Self {
        Self::new(500, "Internal Server Error: restart".to_owned())
    }

    /// What the stand-in cannot play; said aloud, so that nobody takes it for Telegram's word.
    pub fn not_played(what: &str) -> Self {
        Self::new(501, format!("Not Implemented: this stand-in does not play {what}"))
    }

    pub fn migrated(new_id: i64) -> Self {
        let refusal = Self::bad_request("group chat was upgraded to a supergroup chat");
        Self { parameters: Some(json!({ "migrate_to_chat_id": new_id })), ..refusal }
    }

    /// 429; some servers leave the parameters out.
    pub fn flood(retry_after: u32, with_parameters: bool) -> Self {
        let parameters = with_parameters.then(|| json!({ "retry_after": retry_after }));
        Self { parameters, ..Self::new(429, format!("Too Many Requests: retry after {retry_after}")) }
    }
}

/// HTTP status and body of an answer.
pub(super) fn to_json(answer: &Answer) -> (u16, Value) {
    match answer {
        Ok(result) => (200, json!({ "ok": true, "result": result })),
        Err(refusal) => {
            let mut body = json!({ "ok": false, "error_code": refusal.code, "description": refusal.description });
            if let Some(parameters) = &refusal.parameters {
                body["parameters"] = parameters.clone();
            }
            (refusal.code, body)
        }
    }
}

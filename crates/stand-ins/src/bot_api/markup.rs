//! Buttons under a message: what Telegram refuses in `reply_markup`.

use serde_json::Value;

use super::answer::Refusal;

const MAX_CALLBACK: usize = 64;
const MAX_MARKUP: usize = 10_000;
/// What a button can do; a button does one of these.
const ACTIONS: &[&str] = &[
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
];

fn buttons(markup: Option<&Value>) -> impl Iterator<Item = &Value> {
    let rows = markup.and_then(|markup| markup["inline_keyboard"].as_array());
    rows.into_iter().flatten().filter_map(Value::as_array).flatten()
}

/// The syntax, looked at before the chat is.
pub(super) fn check_syntax(markup: Option<&Value>) -> Result<(), Refusal> {
    let bad = |words: &str| Err(Refusal::bad_request(&format!("can't parse inline keyboard button: {words}")));
    if markup.is_some_and(|markup| !markup.is_object()) {
        return Err(Refusal::bad_request("object expected as reply markup"));
    }
    for button in buttons(markup) {
        if !button["text"].is_string() {
            return bad("Can't find field \"text\"");
        }
        if ACTIONS.iter().filter(|action| !button[**action].is_null()).count() != 1 {
            return bad("Text buttons are unallowed in the inline keyboard");
        }
    }
    Ok(())
}

/// What only the server behind the Bot API refuses.
pub(super) fn check_content(markup: Option<&Value>) -> Result<(), Refusal> {
    for button in buttons(markup) {
        if button["callback_data"].as_str().is_some_and(|data| data.is_empty() || data.len() > MAX_CALLBACK) {
            return Err(Refusal::bad_request("BUTTON_DATA_INVALID"));
        }
        let is_link = |address: &str| {
            address.starts_with("tg://")
                || url::Url::parse(address)
                    .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| host.contains('.')))
        };
        if button["url"].as_str().is_some_and(|address| !is_link(address)) {
            return Err(Refusal::bad_request("BUTTON_URL_INVALID"));
        }
    }
    if markup.is_some_and(|markup| markup.to_string().len() > MAX_MARKUP) {
        return Err(Refusal::bad_request("reply markup is too long"));
    }
    Ok(())
}

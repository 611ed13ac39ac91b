//! What the operator decides about Telegram, and the bot's token, which is never shown.

use std::{fmt, path::PathBuf, str::FromStr, time};

use serde::Deserialize;
use url::Url;

use super::{OnUnknown, Proxy, proxy};
use crate::{unit, words::Language};

/// `[telegram]` of the bot's settings.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Settings {
    pub api_url: Url,
    /// By which the Bot API is reached; `None` for straight.
    #[serde(deserialize_with = "proxy::optional")]
    pub proxy: Option<Proxy>,
    /// Where the token is read from when the environment has none; empty for nowhere.
    pub token_file: PathBuf,
    /// A private chat for alarms and for checking unclear sends; 0 for none.
    pub ops_chat: i64,
    pub on_unknown: OnUnknown,
    /// Whether what happens to the bot is listened to; not where another program answers with the same bot.
    pub listen: bool,
    /// Mean pause between messages to one chat, after a burst of four.
    pub pace: unit::Duration,
    /// Of the few words that Loa adds itself.
    pub language: Language,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            api_url: Url::parse("https://api.telegram.org").expect("a literal address"),
            proxy: None,
            token_file: PathBuf::new(),
            ops_chat: 0,
            on_unknown: OnUnknown::default(),
            listen: true,
            pace: unit::Duration::from_secs(3),
            language: Language::default(),
        }
    }
}

/// How long an answer is waited for. A send has a longer time: giving up early makes an unclear case of a
/// message that was delivered, and an album takes its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    pub connect: time::Duration,
    pub query: time::Duration,
    pub send: time::Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { connect: time::Duration::from_secs(10), query: time::Duration::from_secs(20), send: time::Duration::from_secs(90) }
    }
}

/// The bot's token. `Debug` and `Display` print `***`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// Why a text is no [`Token`]. The text itself is not shown: it may be a token with a slip in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the bot's token is not one: expected digits, `:` and letters, as @BotFather gives it")]
pub struct BadToken;

impl FromStr for Token {
    type Err = BadToken;

    fn from_str(text: &str) -> Result<Self, BadToken> {
        let text = text.trim();
        let (number, secret) = text.split_once(':').ok_or(BadToken)?;
        let fits = !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && !secret.is_empty()
            && secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        if fits { Ok(Self(text.to_owned())) } else { Err(BadToken) }
    }
}

impl Token {
    /// For the address of a call, and for nothing else.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("***")
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_checked_and_never_shown() {
        let token: Token = " 123456:AAF7-g0gYncWnm5I_x\n".parse().unwrap();
        assert_eq!(token.reveal(), "123456:AAF7-g0gYncWnm5I_x");
        assert_eq!(format!("{token} {token:?}"), "*** ***");
        for text in ["", "abc", "123:", ":abc", "123:a b", "123:a/../b", "x1:abc"] {
            assert_eq!(text.parse::<Token>(), Err(BadToken), "{text}");
        }
    }

    #[test]
    fn settings_are_what_the_file_says_or_the_defaults() {
        let settings: Settings = serde_json::from_str(
            r#"{"api-url": "http://127.0.0.1:1/", "token-file": "token", "ops-chat": 5, "on-unknown": "hold", "pace": "0s", "language": "en"}"#,
        )
        .unwrap();
        assert_eq!(settings.on_unknown, OnUnknown::Hold);
        assert_eq!(settings.language, Language::English);
        assert_eq!(serde_json::from_str::<Settings>("{}").unwrap(), Settings::default());
        assert!(serde_json::from_str::<Settings>(r#"{"ops_chat": 5}"#).is_err());
    }
}

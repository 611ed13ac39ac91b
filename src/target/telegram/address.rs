//! Where a message goes: a chat, and a topic in it.

use std::{fmt, str::FromStr};

use crate::channel;

/// A Telegram chat as the operator names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Chat {
    /// `-100…` for channels and supergroups, negative for groups, positive for people.
    Number(i64),
    /// A public name with its `@`.
    Name(String),
}

/// Why a word is no [`Chat`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a chat: expected `@name` or a number such as `-1001234567890`")]
pub struct BadChat(String);

impl FromStr for Chat {
    type Err = BadChat;

    fn from_str(word: &str) -> Result<Self, BadChat> {
        let bad = || BadChat(word.to_owned());
        match word.strip_prefix('@') {
            Some(name) if name.len() >= 4 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') => {
                Ok(Self::Name(word.to_owned()))
            }
            Some(_) => Err(bad()),
            None => match word.parse() {
                Ok(number) if number != 0 => Ok(Self::Number(number)),
                _ => Err(bad()),
            },
        }
    }
}

impl fmt::Display for Chat {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Name(name) => f.write_str(name),
        }
    }
}

/// A chat and the topic in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address {
    pub chat: Chat,
    /// A forum topic; 0 for none.
    pub topic: i32,
}

impl FromStr for Address {
    type Err = BadChat;

    fn from_str(words: &str) -> Result<Self, BadChat> {
        match words.split_once('/') {
            None => Ok(Self { chat: words.parse()?, topic: 0 }),
            Some((chat, topic)) => Ok(Self { chat: chat.parse()?, topic: topic.parse().map_err(|_| BadChat(words.to_owned()))? }),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.topic {
            0 => self.chat.fmt(f),
            topic => write!(f, "{}/{topic}", self.chat),
        }
    }
}

impl From<Address> for channel::Address {
    fn from(address: Address) -> Self {
        Self::new(address.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chats_are_names_or_numbers() {
        assert_eq!("-1001".parse(), Ok(Chat::Number(-1001)));
        assert_eq!("@loa_tin".parse(), Ok(Chat::Name("@loa_tin".into())));
        for word in ["", "0", "@", "loa", "@a b"] {
            assert!(word.parse::<Chat>().is_err(), "{word}");
        }
    }

    #[test]
    fn an_address_names_the_topic_where_there_is_one() {
        for (words, topic) in [("@loa_tin", 0), ("-1001", 0), ("-1001/7", 7)] {
            let address: Address = words.parse().unwrap();
            assert_eq!((address.topic, address.to_string().as_str()), (topic, words));
        }
        assert!("@loa_tin/x".parse::<Address>().is_err());
    }
}

//! The bot: its token, and what it may do in every chat that the settings name.

use super::{Findings, clock};
use crate::{
    channel::{Channel, Photos},
    service::Setup,
    target::{
        Content, Failure, OnUnknown, Words,
        telegram::{self, Chat, Recipient, Rights, Telegram},
    },
    words::{self, check as said, errors},
};

/// The bot, where it answers.
pub async fn check(setup: &Setup, findings: &mut Findings<'_>) -> Option<Telegram> {
    let language = findings.language();
    let settings = &setup.config.telegram;
    if setup.config.channels.is_empty() {
        findings.note(said::no_channels(language));
    }
    let Some(token) = setup.token.clone() else {
        if !setup.config.channels.is_empty() {
            findings.wrong(said::no_token(language), Some(said::no_token_hint(language)));
        }
        return None;
    };
    let telegram = match Telegram::new(settings, token) {
        Ok(telegram) => telegram,
        Err(error) => {
            findings.error(&error);
            return None;
        }
    };
    match telegram.me().await {
        Ok(me) => findings.good(said::bot(language, &me.username)),
        Err(failure) => {
            let hint = match &failure {
                Failure::Token { .. } => said::token_hint(language),
                Failure::NotSent { .. } if settings.proxy.is_some() => said::proxy_hint(language),
                Failure::NotSent { .. } if clock::portal(setup).await.1.is_some() => {
                    said::blocked_hint(language, settings.api_url.host_str().unwrap_or_default())
                }
                Failure::Unclear { .. } => said::down_hint(language),
                _ => said::unreachable_hint(language, settings.api_url.as_str()),
            };
            findings.wrong(said::bot_fails(language, &errors::told(language, &failure.to_string())), Some(hint));
            return None;
        }
    }
    ops_chat(&telegram, setup, findings).await;
    for channel in &setup.config.channels {
        self::channel(&telegram, channel, setup, findings).await;
    }
    Some(telegram)
}

async fn ops_chat(telegram: &Telegram, setup: &Setup, findings: &mut Findings<'_>) {
    let (language, settings) = (findings.language(), &setup.config.telegram);
    if settings.ops_chat == 0 {
        if settings.on_unknown == OnUnknown::Probe && !setup.config.channels.is_empty() {
            findings.note(said::no_ops_chat(language));
        }
        return;
    }
    match telegram.rights(&Chat::Number(settings.ops_chat)).await {
        Ok(rights) if rights.can_post => findings.good(said::ops_chat(language, &rights.title)),
        Ok(rights) => findings.wrong(said::ops_chat_closed(language, &rights.title), None),
        Err(failure) => {
            let hint = closed(&failure).then(|| said::ops_chat_hint(language));
            findings
                .wrong(said::ops_chat_fails(language, &settings.ops_chat.to_string(), &errors::told(language, &failure.to_string())), hint);
        }
    }
}

async fn channel(telegram: &Telegram, channel: &Channel, setup: &Setup, findings: &mut Findings<'_>) {
    let language = findings.language();
    let (id, chat) = (channel.id.as_str(), channel.address.as_str());
    let address = match chat.parse::<telegram::Address>() {
        Ok(address) => address,
        Err(error) => return findings.wrong(said::channel_fails(language, id, chat, &errors::told(language, &error.to_string())), None),
    };
    let rights = match telegram.rights(&address.chat).await {
        Ok(rights) => rights,
        Err(failure) => {
            let hint = closed(&failure).then(|| said::channel_hint(language));
            return findings.wrong(said::channel_fails(language, id, chat, &errors::told(language, &failure.to_string())), hint);
        }
    };
    if !rights.can_post {
        return findings.wrong(said::may_not_post(language, id, chat, &rights.title), Some(said::may_not_post_hint(language)));
    }
    findings.good(said::channel(language, id, chat, &rights.title));
    about(channel, &address, &rights, findings);
    if findings.terms.sends {
        let recipient = Recipient { chat: address.chat, topic: address.topic, silent: channel.silent };
        let text = words::message::test_message(setup.config.telegram.language);
        match telegram.send(&recipient, &Content::Text { words: Words::Plain(text), preview: None }).await {
            Ok(_) => findings.good(said::test_sent(language, id, chat)),
            Err(failure) => findings.wrong(said::channel_fails(language, id, chat, &errors::told(language, &failure.to_string())), None),
        }
    }
}

/// What does not fit the chat that it is.
fn about(channel: &Channel, address: &telegram::Address, rights: &Rights, findings: &mut Findings<'_>) {
    let language = findings.language();
    let (id, chat) = (channel.id.as_str(), channel.address.as_str());
    if address.topic != 0 && !rights.is_forum {
        findings.wrong(said::no_topics(language, id, chat), Some(said::no_topics_hint(language)));
    }
    if channel.photos != Photos::None && !rights.can_post_photos {
        findings.note(said::no_photos(language, id, chat));
    }
    if !rights.kind.has_own_ids() || rights.is_protected {
        findings.note(said::cannot_look(language, id, chat));
    }
}

/// Whether it is the chat's doing, and not the net's.
fn closed(failure: &Failure) -> bool {
    matches!(failure, Failure::ChannelClosed { .. })
}

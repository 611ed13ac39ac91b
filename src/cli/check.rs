//! `loa check`: is everything in order, before anybody waits for news that never comes.

use std::path::Path;

use clap::Args;

use super::{Outcome, block_on};
use crate::{
    channel::Channel,
    service::{self, Setup},
    store::{self, Store},
    target::{
        Content, OnUnknown, Words,
        telegram::{self, Chat, Recipient, Rights, Telegram},
    },
    words::{self, Language},
};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loa check
  loa check --send      posts a test message to each channel")]
pub(super) struct Arguments {
    /// Post a test message to each channel.
    #[arg(long)]
    send: bool,
}

/// Collects what is said, and whether all of it is good.
#[derive(Debug, Default)]
struct Findings {
    bad: usize,
}

impl Findings {
    fn good(&self, words: &str) {
        println!("ok     {}", indented(words));
    }

    fn note(&self, words: &str) {
        println!("note   {}", indented(words));
    }

    fn bad(&mut self, words: &str) {
        self.bad += 1;
        println!("wrong  {}", indented(words));
    }
}

/// Lines after the first stand under it.
fn indented(words: &str) -> String {
    words.replace('\n', "\n       ")
}

pub(super) fn run(config: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mut findings = Findings::default();
    match service::load(config) {
        Err(problem) => findings.bad(&problem.to_string()),
        Ok(setup) => block_on(async {
            files(&setup, config, &mut findings);
            store(&setup, &mut findings).await;
            channels(&setup, arguments, &mut findings).await;
            Ok(())
        })?,
    }
    Ok(if findings.bad == 0 { Outcome::Done } else { Outcome::Failed })
}

fn files(setup: &Setup, config: &Path, findings: &mut Findings) {
    findings.good(&format!("{}", config.display()));
    for feed in &setup.feeds {
        findings.good(&format!("feeds/{}.toml: {}", feed.id, feed.url));
    }
    for problem in &setup.problems {
        findings.bad(&problem.to_string());
    }
    if setup.feeds.is_empty() && setup.problems.is_empty() {
        findings.bad(
            "there are no feeds\nhint: put a file such as `feeds/danang-police.toml` beside the settings, with `url = \"https://…\"` in it",
        );
    }
}

async fn store(setup: &Setup, findings: &mut Findings) {
    match Store::visit(&setup.config.store).await {
        Ok(store) => {
            let older = store.older_format();
            store.close().await;
            findings.good(&format!("store: {}", setup.config.store.url));
            if older.is_some() {
                findings.note("store: an older loa wrote it; `loa run` brings it up to date, and keeps a copy beside it");
            }
        }
        Err(store::Error::Missing { store }) => findings.note(&format!("store: `{store}` will be made at the first run")),
        Err(error) => findings.bad(&format!("store: {error}")),
    }
}

async fn channels(setup: &Setup, arguments: &Arguments, findings: &mut Findings) {
    if setup.config.channels.is_empty() {
        findings.note("there are no channels: feeds are published, nobody is told");
        return;
    }
    let Some(token) = setup.token.clone() else {
        findings
            .bad("there is no token, so nothing is sent\nhint: set TELOXIDE_TOKEN, or `[telegram] token-file`; @BotFather gives the token");
        return;
    };
    let telegram = match Telegram::new(&setup.config.telegram, token) {
        Ok(telegram) => telegram,
        Err(error) => return findings.bad(&error.to_string()),
    };
    match telegram.me().await {
        Ok(me) => findings.good(&format!("bot: @{}", me.username)),
        Err(failure) => {
            return findings.bad(&format!(
                "bot: {failure}\nhint: copy the token again from @BotFather, or see whether `telegram.api-url` can be reached"
            ));
        }
    }
    let ops_chat = setup.config.telegram.ops_chat;
    if ops_chat == 0 {
        if setup.config.telegram.on_unknown == OnUnknown::Probe {
            findings.note("`telegram.ops-chat` is not set: a send whose answer is lost is made again, and may be seen twice");
        }
    } else {
        match telegram.rights(&Chat::Number(ops_chat)).await {
            Ok(rights) if rights.can_post => findings.good(&format!("ops chat: {}", rights.title)),
            Ok(rights) => findings.bad(&format!("ops chat `{}`: the bot may not post there", rights.title)),
            Err(failure) => {
                findings.bad(&format!("ops chat `{ops_chat}`: {failure}\nhint: write `/start` to the bot from that chat first"))
            }
        }
    }
    for channel in &setup.config.channels {
        self::channel(&telegram, channel, arguments.send, setup.config.telegram.language, findings).await;
    }
}

async fn channel(telegram: &Telegram, channel: &Channel, send: bool, language: Language, findings: &mut Findings) {
    let name = format!("channel `{}` ({})", channel.id, channel.address);
    let address = match channel.address.as_str().parse::<telegram::Address>() {
        Ok(address) => address,
        Err(error) => return findings.bad(&format!("{name}: {error}")),
    };
    match telegram.rights(&address.chat).await {
        Err(failure) => findings.bad(&format!("{name}: {failure}\nhint: add the bot to the channel as an administrator that may post messages, and write the name as `@name` or the number with its `-100`")),
        Ok(Rights { can_post: false, title, .. }) => {
            findings.bad(&format!("{name}: the bot may not post in “{title}”\nhint: make it an administrator and allow it to post messages"));
        }
        Ok(rights) => {
            findings.good(&format!("{name}: {}", rights.title));
            if address.topic != 0 && !rights.is_forum {
                findings.bad(&format!("{name}: `topic` is set, and the chat has no topics\nhint: take `topic` out, or turn topics on in the group"));
            }
            if !rights.kind.has_own_ids() || rights.is_protected {
                findings.note(&format!("{name}: messages there cannot be looked for, so a send whose answer is lost is made again"));
            }
            if send {
                let recipient = Recipient { chat: address.chat, topic: address.topic, silent: channel.silent };
                let content = Content::Text { words: Words::Plain(words::message::test_message(language)), preview: None };
                match telegram.send(&recipient, &content).await {
                    Ok(_) => findings.good(&format!("{name}: a test message was posted")),
                    Err(failure) => findings.bad(&format!("{name}: {failure}")),
                }
            }
        }
    }
}

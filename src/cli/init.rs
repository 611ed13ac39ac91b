//! `loa init`, and `loa` alone where nothing is set up yet: from an address to a first message by answering questions.

use std::{
    io::IsTerminal,
    net::{IpAddr, SocketAddr},
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use clap::Args;
use loa_reader::text;
use tokio::{net::TcpListener, task::spawn_blocking};
use url::Url;

use super::{
    Outcome, add,
    ask::{self, Lines},
    block_on,
    run::stop_signal,
    terminal::{bubble, errors, language, warn},
};
use crate::{
    article::FeedId,
    daemon,
    fetch::Client,
    service::{self, Request, Service, message, settings_file},
    store::State,
    target::telegram::{Chat, ChatKind, Heard, HeardChat, Settings, Telegram, Token},
    words::{Language, errors, init as words},
};

/// The channel that is set up.
const CHANNEL: &str = "main";
/// Ports that are tried for the feeds, the first first.
const PORTS: std::ops::Range<u16> = 8080..8180;
/// One look for what the bot heard.
const LISTEN: Duration = Duration::from_secs(5);
/// How long a first message is waited for.
const FIRST_MESSAGE: Duration = Duration::from_secs(30);

#[derive(Debug, Default, Args)]
#[command(after_help = "Example: loa init")]
pub(super) struct Arguments {
    /// Another Bot API server than Telegram's own; it is written into the settings.
    #[arg(long, value_name = "URL")]
    api_url: Option<Url>,
}

/// Asks, writes what was answered, and goes on as the daemon.
pub(super) fn run(config: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let language = language();
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        anyhow::bail!(
            "{}\nhint: `loa add https://portal.example/tin-tuc` watches a page, `{}` holds the settings, and the README says the rest",
            words::no_terminal(language),
            config.display()
        );
    }
    let began = Instant::now();
    ask::say(&format!("{}\n", words::welcome(language)))?;
    let talk = Talk { config, language };
    block_on(async move {
        let Some(feed) = talk.add_a_page(arguments).await? else {
            anyhow::bail!("{}\nhint: `loa init` asks again", words::nothing_added(language));
        };
        let (service, listener) = talk.begin(&feed).await?;
        let stop = stop_signal(false)?;
        let running = tokio::spawn(daemon::serve(service.clone(), listener, stop));
        talk.show(&service, &feed).await?;
        // From here on one thread reads the terminal, so that a line can be waited for beside something else.
        let mut lines = ask::lines();
        if talk.set_up_the_bot(&service, &mut lines).await? {
            talk.post(&service, &feed, &mut lines).await?;
        } else {
            ask::say(&format!("{}\n", words::skipped_bot(language)))?;
        }
        ask::say(&format!("\n{}\n", words::goes_on(language, began.elapsed().as_secs())))?;
        running.await.context("the daemon broke")?
    })?;
    Ok(Outcome::Done)
}

/// The conversation.
#[derive(Clone, Copy)]
struct Talk<'a> {
    config: &'a Path,
    language: Language,
}

impl Talk<'_> {
    /// Settings where there are none, and a first feed.
    async fn add_a_page(&self, arguments: &Arguments) -> anyhow::Result<Option<(FeedId, Client)>> {
        loop {
            let Some(address) = asked(words::which_page(self.language)).await?.filter(|address| !address.is_empty()) else {
                return Ok(None);
            };
            if !self.config.exists() {
                settings_file::create(self.config)?;
                if let Some(url) = &arguments.api_url {
                    settings_file::set(self.config, "telegram", "api-url", url.as_str())?;
                }
                self.choose_port()?;
                ask::say(&format!("{}\n", words::written(self.language, &self.config.display().to_string())))?;
            }
            if is_private(&address) && !super::settings(self.config)?.config.fetch.allow_private {
                if !self.yes(words::private_address(self.language), false).await? {
                    continue;
                }
                settings_file::set(self.config, "fetch", "allow-private", true)?;
            }
            if let Some(added) = add::on_terminal(self.config, &address).await? {
                return Ok(Some(added));
            }
        }
    }

    /// The feeds are served where nobody else is.
    fn choose_port(&self) -> anyhow::Result<()> {
        let is_free = |port: &u16| std::net::TcpListener::bind(("127.0.0.1", *port)).is_ok();
        let usual = PORTS.start;
        if let Some(port) = PORTS.into_iter().find(is_free).filter(|port| *port != usual) {
            let listen = SocketAddr::from(([127, 0, 0, 1], port));
            settings_file::set(self.config, "web", "listen", listen.to_string())?;
            settings_file::set(self.config, "web", "public-url", format!("http://{listen}"))?;
        }
        Ok(())
    }

    /// What was shown is recorded, without asking the portal again; nothing of it is announced.
    async fn begin(&self, (feed, client): &(FeedId, Client)) -> anyhow::Result<(Arc<Service>, TcpListener)> {
        let (setup, store) = service::open(self.config).await?;
        let listen = setup.config.web.listen;
        let listener = TcpListener::bind(listen).await.with_context(|| {
            format!("cannot listen on `{listen}`\nhint: another program may use it; `[web] listen` names another address")
        })?;
        let service = Arc::new(Service::new(setup, store).await?);
        service.poll_with(feed, client).await?;
        Ok((service, listener))
    }

    async fn show(&self, service: &Service, (feed, _): &(FeedId, Client)) -> anyhow::Result<()> {
        let present = service.present();
        let public = present.setup.config.web.public_url.as_str().trim_end_matches('/');
        ask::say(&format!("\n{}\n  {public}/\n  {public}/feeds/{feed}.rss\n\n", words::serving(self.language)))?;
        ask::say(&format!("{}\n", words::as_message(self.language)))?;
        for shown in message::shown(&present.setup, feed.as_str()).await?.into_iter().take(1) {
            let name = present.feed(feed).map(|feed| feed.title.clone()).unwrap_or_default();
            let picture = shown.pictures.first().map(|url| format!("[{url}]"));
            // It has colours of its own, and what comes from elsewhere is cleaned in it.
            warn(&bubble(&name, picture.as_deref(), &shown.runs, errors()));
        }
        Ok(())
    }

    /// Whether there is a bot and a channel in the end.
    async fn set_up_the_bot(&self, service: &Service, lines: &mut Lines) -> anyhow::Result<bool> {
        let present = service.present();
        if present.target.is_some() && !present.setup.config.channels.is_empty() {
            return Ok(true);
        }
        let Some((token, telegram, name)) = self.bot(&present.setup.config.telegram, lines).await? else { return Ok(false) };
        let Some((channel, ops_chat)) = self.channel(&telegram, &name, lines).await? else { return Ok(false) };
        settings_file::keep_token(self.config, &token)?;
        if let Some(chat) = ops_chat {
            settings_file::set(self.config, "telegram", "ops-chat", chat)?;
        }
        let chat = channel.name.unwrap_or_else(|| channel.id.to_string());
        settings_file::add_channel(self.config, &CHANNEL.parse()?, &chat)?;
        let changes = service.reload().await?;
        anyhow::ensure!(changes.problems.is_empty(), "{}", changes.problems.join("\n"));
        Ok(true)
    }

    async fn bot(&self, settings: &Settings, lines: &mut Lines) -> anyhow::Result<Option<(Token, Telegram, String)>> {
        loop {
            ask::say(&format!("\n{} ", words::token(self.language)))?;
            let Some(answer) = lines.recv().await.filter(|answer| !answer.is_empty()) else { return Ok(None) };
            let Ok(token) = answer.parse::<Token>() else {
                ask::say(&format!("{}\n", words::token_bad(self.language)))?;
                continue;
            };
            let telegram = Telegram::new(settings, token.clone())?;
            match telegram.me().await {
                Ok(me) => {
                    ask::say(&format!("{}\n", words::bot_is(self.language, &me.username)))?;
                    return Ok(Some((token, telegram, me.username)));
                }
                Err(failure) => {
                    ask::say(&format!("{}\n", words::bot_fails(self.language, &errors::told(self.language, &failure.to_string()))))?
                }
            }
        }
    }

    /// The channel, found by what is posted in it; and the chat of a person who wrote to the bot meanwhile, for alarms.
    async fn channel(&self, telegram: &Telegram, bot: &str, lines: &mut Lines) -> anyhow::Result<Option<(HeardChat, Option<i64>)>> {
        ask::say(&format!("\n{}\n", words::channel(self.language, bot)))?;
        let (mut heard, mut ops_chat) = (Heard::default(), None);
        loop {
            let chats = tokio::select! {
                _passed = lines.recv() => return Ok(None),
                chats = telegram.listen(&mut heard, LISTEN) => match chats {
                    Ok(chats) => chats,
                    Err(failure) => {
                        ask::say(&format!("{}\n", words::bot_fails(self.language, &errors::told(self.language, &failure.to_string()))))?;
                        tokio::time::sleep(LISTEN).await;
                        continue;
                    }
                },
            };
            for chat in chats {
                if chat.kind == ChatKind::Private {
                    if ops_chat.is_none() && self.agreed(&words::heard_person(self.language, &chat.title), lines).await? {
                        ask::say(&format!("{}\n", words::ops_chat(self.language, &chat.title)))?;
                        ops_chat = Some(chat.id);
                    }
                    continue;
                }
                if !self.agreed(&words::heard_channel(self.language, &chat.title), lines).await? {
                    continue;
                }
                match telegram.rights(&Chat::Number(chat.id)).await {
                    Ok(rights) if rights.can_post => return Ok(Some((chat, ops_chat))),
                    Ok(_) | Err(_) => ask::say(&format!("{}\n", words::may_not_post(self.language, &chat.title, bot)))?,
                }
            }
        }
    }

    async fn yes(&self, question: String, usual: bool) -> anyhow::Result<bool> {
        let language = self.language;
        Ok(spawn_blocking(move || ask::yes(&question, usual, language)).await??)
    }

    /// A question that is yes when nothing is said against it.
    async fn agreed(&self, question: &str, lines: &mut Lines) -> anyhow::Result<bool> {
        ask::say(&format!("{question} {} ", ask::answers(true, self.language)))?;
        Ok(lines.recv().await.is_some_and(|answer| ask::is_yes(&answer, true)))
    }

    /// The newest article, at once where it is wanted.
    async fn post(&self, service: &Service, (feed, _): &(FeedId, Client), lines: &mut Lines) -> anyhow::Result<()> {
        let Some(article) = service.store.latest(feed, 1).await?.pop() else { return Ok(()) };
        let title = text::cut(&article.title, 80);
        if !self.agreed(&format!("\n{}", words::post_now(self.language, &title)), lines).await? {
            return Ok(());
        }
        service.carry_out(&Request::Announce { feed: feed.to_string(), channel: CHANNEL.to_owned() }).await?;
        let until = Instant::now() + FIRST_MESSAGE;
        loop {
            let newest = service.store.deliveries(None, 1).await?.pop();
            match newest {
                Some(delivery) if delivery.state == State::Sent => {
                    return Ok(ask::say(&format!("{}\n", words::posted(self.language, &title)))?);
                }
                Some(delivery) if delivery.state == State::Dead || Instant::now() > until => {
                    let why = delivery.why.unwrap_or_else(|| delivery.state.to_string());
                    return Ok(ask::say(&format!("{}\n", words::not_posted(self.language, &errors::told(self.language, &why))))?);
                }
                Some(_) | None => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
    }
}

/// A question whose answer is a text.
async fn asked(question: String) -> anyhow::Result<Option<String>> {
    Ok(spawn_blocking(move || {
        ask::say(&format!("\n{question} "))?;
        ask::line()
    })
    .await??)
}

/// Whether an address as it was typed leads to this machine or into a private network, as far as it shows.
fn is_private(address: &str) -> bool {
    let with_scheme = if address.contains("://") { address.to_owned() } else { format!("http://{address}") };
    let Ok(url) = Url::parse(&with_scheme) else { return false };
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost") || name.ends_with(".local"),
        Some(url::Host::Ipv4(ip)) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback() || IpAddr::V6(ip).is_unspecified(),
        None => false,
    }
}

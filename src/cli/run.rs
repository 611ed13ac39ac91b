//! `loa run`: the daemon, or one round of it.

use std::path::Path;

use anyhow::Context as _;
use clap::Args;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
};
use tracing::info;

use super::{Outcome, block_on};
use crate::{
    daemon::{self, Round, Which},
    service,
};

#[derive(Debug, Default, Args)]
#[command(after_help = "Examples:
  loa run
  loa run --once --now      one round over every feed, for cron and CI; exits 1 if a poll, a send or a file failed")]
pub(super) struct Arguments {
    /// Poll what is due, deliver, write the files, and exit.
    #[arg(long)]
    once: bool,
    /// Poll every feed, due or not.
    #[arg(long, requires = "once")]
    now: bool,
    /// End when standard input does: for a program of which this is a part.
    #[arg(long, hide = true, conflicts_with = "once")]
    until_eof: bool,
}

pub(super) fn run(config: &Path, arguments: Arguments) -> anyhow::Result<Outcome> {
    if arguments.once {
        let which = if arguments.now { Which::All } else { Which::Due };
        let round = block_on(async {
            let (setup, store) = service::open(config).await?;
            daemon::once(setup, store, which).await
        })?;
        return Ok(if round == Round::Good { Outcome::Done } else { Outcome::Failed });
    }
    block_on(async {
        let (setup, store) = service::open(config).await?;
        let listen = setup.config.web.listen;
        let listener = TcpListener::bind(listen).await.with_context(|| {
            format!("cannot listen on `{listen}`\nhint: another program may use it; `[web] listen` names another address")
        })?;
        let counted = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        let (feeds, channels) = (counted(setup.feeds.len(), "feed"), counted(setup.config.channels.len(), "channel"));
        info!("{feeds}, {channels}; feeds are served at {}", setup.config.web.public_url);
        daemon::run(setup, store, listener, stop_signal(arguments.until_eof)?).await
    })?;
    Ok(Outcome::Done)
}

/// Turns true at the first SIGTERM or Ctrl-C, and `until_eof` also when standard input ends; the second signal ends the
/// process at once, which loses nothing.
pub(super) fn stop_signal(until_eof: bool) -> anyhow::Result<watch::Receiver<bool>> {
    let (sender, receiver) = watch::channel(false);
    if until_eof {
        let sender = sender.clone();
        // A thread of its own: the end of the process waits for none such.
        std::thread::spawn(move || {
            let ended = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
            sender.send_replace(true);
            ended
        });
    }
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::spawn(async move {
        loop {
            tokio::select! {
                _ = terminate.recv() => (),
                _ = interrupt.recv() => (),
            }
            if sender.send_replace(true) {
                std::process::exit(1);
            }
        }
    });
    Ok(receiver)
}

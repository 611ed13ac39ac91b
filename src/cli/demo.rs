//! `loa demo`: portal, daemon, feeds and channel in one process, with no network and no account.

use std::{io::IsTerminal as _, time::Duration};

use clap::Args;
use tokio::{net::TcpListener, sync::broadcast::error::RecvError};

use super::{Outcome, block_on, run::stop_signal};
use crate::{
    daemon,
    demo::{CHANNEL, Newsroom, TOKEN},
    service,
};

/// Between two stories.
const EVERY: Duration = Duration::from_secs(5);

#[derive(Debug, Args)]
#[command(after_help = "Example: cargo run --release -- demo\n\nCtrl-C ends it and leaves nothing behind.")]
pub(super) struct Arguments {
    /// End by itself after this many messages; 0: go on until Ctrl-C.
    #[arg(long, value_name = "N", default_value_t = 0)]
    messages: usize,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let web = listener.local_addr()?;
        let mut newsroom = Newsroom::start(web)?;
        let mut setup = service::read(&newsroom.settings())?;
        setup.token = Some(TOKEN.parse()?);
        let store = service::open_store(&setup).await?;
        println!(
            "A newsroom on this machine. A headline appears every {} seconds; Ctrl-C ends it.\n\n  \
             the portal   {}\n  the feeds    http://{web}/\n  RSS          http://{web}/feeds/portal.rss\n  \
             Atom         http://{web}/feeds/portal.atom\n  JSON Feed    http://{web}/feeds/portal.json\n\n\
             What was there at the first poll is published and not announced. What the channel is told:\n",
            EVERY.as_secs(),
            newsroom.portal.url(),
        );
        let stop = stop_signal()?;
        let mut messages = newsroom.bot_api.messages();
        let running = daemon::run(setup, store, listener, stop);
        tokio::pin!(running);
        let mut clock = tokio::time::interval(EVERY);
        // The first poll comes before the first new story.
        clock.reset();
        let mut told = 0;
        let is_terminal = std::io::stdout().is_terminal();
        loop {
            tokio::select! {
                ended = &mut running => break ended?,
                _ = clock.tick() => newsroom.publish_next(),
                message = messages.recv() => match message {
                    Ok(message) if message.chat == CHANNEL => {
                        let shown = if is_terminal { newsroom.bot_api.show(&message) } else { newsroom.bot_api.show_plainly(&message) };
                        println!("{shown}");
                        told += 1;
                        if told == arguments.messages {
                            break;
                        }
                    }
                    Ok(_) | Err(RecvError::Lagged(_)) => (),
                    Err(RecvError::Closed) => break,
                },
            }
        }
        println!("The newsroom is closed; nothing is left of it.");
        Ok(())
    })?;
    Ok(Outcome::Done)
}

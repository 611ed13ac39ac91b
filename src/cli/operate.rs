//! Commands that change something: beside a running daemon they are asked of it, without one they are done on the store itself.

use std::path::Path;

use jiff::Timestamp;

use super::{Outcome, block_on, setup, table::relative};
use crate::{
    control::{self, Reply},
    service::{self, Answer, Changes, Request, Service},
    store::Store,
};

/// Has it done, and says what came of it.
pub(super) fn carry_out(config: &Path, request: Request) -> anyhow::Result<Outcome> {
    let setup = setup(config)?;
    let answer = block_on(async move {
        if let Some(socket) = setup.config.store.socket()
            && let Some(reply) = control::ask(&socket, &request).await?
        {
            return match reply {
                Reply::Done(answer) => Ok(answer),
                Reply::Failed { words } => Err(anyhow::anyhow!(words)),
            };
        }
        if !matches!(request, Request::Poll { .. }) {
            // Where nothing is recorded yet there is nothing to change.
            Store::visit(&setup.config.store).await?.close().await;
        }
        let store = service::open_store(&setup).await?;
        let service = Service::new(setup, store).await?;
        service.take_up_holds().await?;
        let answer = service.carry_out(&request).await;
        service.store.clone().close().await;
        Ok(answer?)
    })?;
    Ok(say(&answer))
}

fn say(answer: &Answer) -> Outcome {
    let now = Timestamp::now();
    match answer {
        Answer::Polled { feed, found, new, corrected, next } => {
            let found =
                found.map_or_else(|| "unchanged".to_owned(), |found| format!("{found} headlines, {new} new, {corrected} corrected"));
            println!("`{feed}`: {found}; the next poll is {}", relative(Some(*next), now));
        }
        Answer::NotPolled { feed, why, next } => {
            eprintln!(
                "error: `{feed}` could not be read: {why}\nhint: what is published stays; the next poll is {}",
                relative(Some(*next), now)
            );
            return Outcome::Failed;
        }
        Answer::Paused { what, was: true } => println!("{what} is paused already"),
        Answer::Paused { what, was: false } => println!("{what} is paused; `loa resume` lets it go on"),
        Answer::Resumed { what, was: true } => println!("{what} goes on"),
        Answer::Resumed { what, was: false } => println!("{what} was not paused"),
        Answer::Removed { feed, file } => {
            println!(
                "`{feed}` is removed; its articles stay. Its definition is kept as `{}`: put it back under its old name, and it goes on",
                file.display()
            );
        }
        Answer::Renamed { feed, to } => println!("`{feed}` is `{to}` now; readers of its old addresses are led on"),
        Answer::Announced { title, was: false } => println!("queued: {title}"),
        Answer::Announced { title, was: true } => println!("said already, or about to be: {title}"),
        Answer::Reloaded(changes) => return reloaded(changes),
        Answer::Decided { delivery, state } if state == "queued" => println!("delivery {delivery} is queued again"),
        Answer::Decided { delivery, .. } => println!("delivery {delivery} will not be sent"),
    }
    Outcome::Done
}

fn reloaded(changes: &Changes) -> Outcome {
    if changes.is_empty() {
        println!("nothing has changed");
    }
    for (ids, words) in [(&changes.added, "added"), (&changes.changed, "changed"), (&changes.removed, "removed")] {
        ids.iter().for_each(|id| println!("feed `{id}` {words}"));
    }
    if changes.settings {
        println!("the settings are taken up");
    }
    for key in &changes.after_restart {
        println!("`{key}` counts after a restart");
    }
    for problem in &changes.problems {
        eprintln!("error: {problem}");
    }
    if changes.problems.is_empty() { Outcome::Done } else { Outcome::Failed }
}

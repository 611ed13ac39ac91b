//! Commands that change something: beside a running daemon they are asked of it, without one they are done on the store itself.

use std::path::Path;

use jiff::Timestamp;

use super::{
    Outcome, block_on, setup,
    terminal::{self, Mark, Sheet},
};
use crate::{
    control::{self, Reply},
    service::{self, Answer, Changes, Request, Service},
    store::{State, Store},
    words::{Clock, Language, deliveries, operate as said},
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
    say(&answer)
}

fn say(answer: &Answer) -> anyhow::Result<Outcome> {
    let language = terminal::language();
    let clock = Clock { now: Timestamp::now(), language };
    let mut sheet = Sheet::new(terminal::output());
    let mut outcome = Outcome::Done;
    match answer {
        Answer::Polled { feed, found: None, next, .. } => sheet.line(&said::unchanged(language, feed, &clock.due(*next))),
        Answer::Polled { feed, found: Some(found), new, corrected, next } => {
            sheet.line(&said::polled(language, feed, *found, *new, *corrected, &clock.due(*next)));
        }
        Answer::NotPolled { feed, why, next } => anyhow::bail!(said::not_polled(language, feed, why, &clock.due(*next))),
        Answer::Paused { what, was: true } => sheet.line(&said::paused_already(language, what)),
        Answer::Paused { what, was: false } => sheet.line(&said::paused(language, what)),
        Answer::Resumed { what, was: true } => sheet.line(&said::resumed(language, what)),
        Answer::Resumed { what, was: false } => sheet.line(&said::not_paused(language, what)),
        Answer::Removed { feed, file } => sheet.line(&said::removed(language, feed, &file.display().to_string())),
        Answer::Renamed { feed, to } => sheet.line(&said::renamed(language, feed, to)),
        Answer::Reloaded(changes) => outcome = reloaded(changes, language, &mut sheet),
        Answer::Decided { delivery, state } if state == State::Queued.as_str() => {
            sheet.line(&deliveries::queued_again(language, &delivery.to_string()));
        }
        Answer::Announced { title, was: false } => sheet.line(&said::announced(language, title)),
        Answer::Announced { title, was: true } => sheet.line(&said::announced_already(language, title)),
        Answer::Decided { delivery, .. } => sheet.line(&deliveries::dropped(language, &delivery.to_string())),
    }
    terminal::print(&sheet.into_text())?;
    Ok(outcome)
}

fn reloaded(changes: &Changes, language: Language, sheet: &mut Sheet) -> Outcome {
    if changes.is_empty() {
        sheet.line(&said::nothing_changed(language));
    }
    changes.added.iter().for_each(|id| sheet.line(&said::feed_added(language, id)));
    changes.changed.iter().for_each(|id| sheet.line(&said::feed_changed(language, id)));
    changes.removed.iter().for_each(|id| sheet.line(&said::feed_removed(language, id)));
    if changes.settings {
        sheet.line(&said::settings_changed(language));
    }
    changes.after_restart.iter().for_each(|key| sheet.line(&said::after_restart(language, key)));
    for problem in &changes.problems {
        sheet.item(Mark::Bad, "✗", 2, problem);
    }
    if changes.problems.is_empty() { Outcome::Done } else { Outcome::Failed }
}

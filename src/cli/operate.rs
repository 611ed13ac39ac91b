//! Commands that change something: beside a running daemon they are asked of it, without one they are done on the store
//! itself.

use std::path::Path;

use clap::Args;
use jiff::Timestamp;

use super::{
    Outcome, block_on, settings,
    terminal::{self, Mark, Sheet},
};
use crate::{
    cause::Told,
    control::{self, Reply},
    daemon,
    service::{self, Answer, Changes, Defined, Found, Named, Request, Reread, Service},
    store::{State, Store},
    words::{Clock, Language, deliveries, errors, operate as said},
};

/// How a command says what came of it.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(super) struct Output {
    /// One JSON object on standard output, and nothing else there.
    #[arg(long)]
    pub json: bool,
}

/// Has it done, and says what came of it.
pub(super) fn carry_out(config: &Path, request: Request, output: Output) -> anyhow::Result<Outcome> {
    let clock = Clock { now: Timestamp::now(), language: terminal::language() };
    let answer = block_on(terminal::while_waiting(said::working(clock.language), ask(config, request)))?;
    if output.json {
        terminal::print_json(&answer)?;
        return Ok(outcome(&answer));
    }
    if let Answer::NotPolled { feed, why, next } = answer {
        let next = clock.due(next);
        return Err(error_of(why).context(format!(
            "{}\nhint: {}",
            said::not_polled(clock.language, &feed),
            said::stays(clock.language, &next)
        )));
    }
    terminal::print(&in_words(&answer, clock, terminal::output()))?;
    Ok(outcome(&answer))
}

/// Asks the daemon, or does it.
pub(super) async fn ask(config: &Path, request: Request) -> anyhow::Result<Answer> {
    let store = settings(config)?.config.store;
    if let Some(socket) = store.socket()
        && let Some(reply) = control::ask(&socket, &request).await?
    {
        return match reply {
            Reply::Done(answer) => Ok(answer),
            Reply::Failed(told) => Err(error_of(told)),
        };
    }
    if !matches!(request, Request::Poll { .. } | Request::Define { .. }) {
        // Where nothing is recorded yet there is nothing to change.
        Store::visit(&store).await?.close().await;
    }
    let (setup, store) = service::open(config).await?;
    let service = Service::new(setup, store).await?;
    service.take_up_holds().await?;
    let answer = daemon::hearing(&service, Box::pin(service.carry_out(&request))).await;
    service.store.clone().close().await;
    Ok(answer?)
}

/// What was told elsewhere, as an error that is told here.
fn error_of(told: Told) -> anyhow::Error {
    let hints: String = told.hints.iter().map(|hint| format!("\nhint: {hint}")).collect();
    let mut said = told.said.into_iter().rev();
    let innermost = said.next().unwrap_or_default() + &hints;
    said.fold(anyhow::Error::msg(innermost), anyhow::Error::context)
}

fn outcome(answer: &Answer) -> Outcome {
    let is_done = match answer {
        Answer::NotPolled { .. } => false,
        Answer::Reloaded(changes) => changes.problems.is_empty(),
        Answer::Defined(defined) => defined.problems.is_empty(),
        Answer::Reread { articles } => !articles.iter().any(|article| matches!(article.found, Found::Unreadable(_))),
        _ => true,
    };
    if is_done { Outcome::Done } else { Outcome::Failed }
}

fn in_words(answer: &Answer, clock: Clock, looks: terminal::Looks) -> String {
    let language = clock.language;
    let mut sheet = Sheet::new(looks);
    match answer {
        Answer::Polled { feed, found: None, next, .. } => sheet.line(&said::unchanged(language, feed, &clock.due(*next))),
        Answer::Polled { feed, found: Some(found), new, corrected, next } => {
            sheet.line(&said::polled(language, feed, *found, *new, *corrected, &clock.due(*next)));
        }
        // It is an error.
        Answer::NotPolled { .. } => (),
        Answer::Reread { articles } => articles.iter().for_each(|article| reread(article, language, &mut sheet)),
        Answer::Paused { what, was: true } => sheet.line(&said::paused_already(language, &subject(language, what))),
        Answer::Paused { what, was: false } => sheet.line(&said::paused(language, &subject(language, what))),
        Answer::Resumed { what, was: true } => sheet.line(&said::resumed(language, &subject(language, what))),
        Answer::Resumed { what, was: false } => sheet.line(&said::not_paused(language, &subject(language, what))),
        Answer::Removed { feed, file: Some(file), .. } => sheet.line(&said::removed(language, feed, &file.display().to_string())),
        Answer::Removed { feed, file: None, definition } => {
            sheet.line(&said::removed_from_store(language, feed));
            definition.iter().flat_map(|text| text.lines()).for_each(|line| sheet.faint(2, line));
        }
        Answer::Renamed { feed, to } => sheet.line(&said::renamed(language, feed, to)),
        Answer::Reloaded(changes) => reloaded(changes, language, &mut sheet),
        Answer::Defined(defined) => self::defined(defined, language, &mut sheet),
        Answer::Decided { delivery, state } if state == State::Queued.as_str() => {
            sheet.line(&deliveries::queued_again(language, &delivery.to_string()));
        }
        Answer::DecidedAll { deliveries: count, state } if state == State::Queued.as_str() => {
            sheet.line(&deliveries::all_queued_again(language, *count));
        }
        Answer::DecidedAll { deliveries: count, .. } => sheet.line(&deliveries::all_dropped(language, *count)),
        Answer::Announced { title, was: false } => sheet.line(&said::announced(language, title)),
        Answer::Announced { title, was: true } => sheet.line(&said::announced_already(language, title)),
        // It has words of its own, page by page.
        Answer::Backfilled { .. } => (),
        Answer::Decided { delivery, .. } => sheet.line(&deliveries::dropped(language, &delivery.to_string())),
    }
    sheet.into_text()
}

/// `feed `x``, `channel `x``.
fn subject(language: Language, what: &Named) -> String {
    match what {
        Named::Feed(id) | Named::Either(id) => said::feed(language, id),
        Named::Channel(id) => said::channel(language, id),
    }
}

fn reread(article: &Reread, language: Language, sheet: &mut Sheet) {
    let (mark, sign, what) = match &article.found {
        Found::Changed => (Mark::Good, "✓", said::reread_changed(language)),
        Found::Same => (Mark::Good, "✓", said::reread_same(language)),
        Found::Unreadable(why) => (Mark::Bad, "✗", errors::told(language, &why.in_a_line())),
    };
    sheet.item(mark, sign, 2, &article.title);
    sheet.faint(2, &what);
}

fn reloaded(changes: &Changes, language: Language, sheet: &mut Sheet) {
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
        sheet.item(Mark::Bad, "✗", 2, &errors::told(language, problem));
    }
}

/// What became of definitions.
pub(super) fn defined(defined: &Defined, language: Language, sheet: &mut Sheet) {
    defined.added.iter().for_each(|id| sheet.line(&said::feed_added(language, id)));
    defined.changed.iter().for_each(|id| sheet.line(&said::feed_changed(language, id)));
    if defined.same > 0 {
        sheet.line(&said::feeds_same(language, defined.same));
    }
    for problem in &defined.problems {
        sheet.item(Mark::Bad, "✗", 2, &errors::told(language, problem));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_looks_well_everywhere() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let next = at("2026-11-24T12:10:00Z");
        let (police, main) = (|| "danang-police".to_owned(), || Named::Channel("main".to_owned()));
        let title = || "Mở đợt cao điểm bảo đảm trật tự, an toàn giao thông dịp cuối năm và tết nguyên đán".to_owned();
        let reread = |found| Reread { feed: police(), title: title(), url: "https://a.vn/1".to_owned(), found };
        let told = Told { said: vec!["`https://a.vn/1` answers 404".to_owned()], hints: Vec::new() };
        let changes = Changes {
            added: vec![police()],
            changed: vec!["hue".to_owned()],
            removed: vec!["vinh".to_owned()],
            settings: true,
            after_restart: vec!["web.listen".to_owned()],
            problems: vec!["feeds/broken.toml:1: unknown key `urll`: expected one of `url`, `title`\nhint: did you mean `url`?".to_owned()],
        };
        let answers = [
            Answer::Polled { feed: police(), found: None, new: 0, corrected: 0, next },
            Answer::Polled { feed: police(), found: Some(20), new: 2, corrected: 1, next },
            Answer::Reread { articles: vec![reread(Found::Changed), reread(Found::Same), reread(Found::Unreadable(told))] },
            Answer::Paused { what: Named::Feed(police()), was: false },
            Answer::Paused { what: main(), was: true },
            Answer::Resumed { what: main(), was: true },
            Answer::Resumed { what: main(), was: false },
            Answer::Removed { feed: police(), file: Some("feeds/danang-police.toml.removed".into()), definition: None },
            Answer::Removed {
                feed: police(),
                file: None,
                definition: Some("url = \"https://catp.danang.gov.vn/\"\nevery = \"10m\"\n".to_owned()),
            },
            Answer::Renamed { feed: police(), to: "cong-an".to_owned() },
            Answer::Announced { title: title(), was: false },
            Answer::Announced { title: title(), was: true },
            Answer::Decided { delivery: 12, state: State::Queued.to_string() },
            Answer::Decided { delivery: 12, state: State::Dropped.to_string() },
            Answer::DecidedAll { deliveries: 1, state: State::Queued.to_string() },
            Answer::DecidedAll { deliveries: 30, state: State::Queued.to_string() },
            Answer::DecidedAll { deliveries: 30, state: State::Dropped.to_string() },
            Answer::Defined(Defined {
                added: vec![police()],
                changed: vec!["hue".to_owned()],
                same: 1,
                problems: changes.problems.clone(),
            }),
            Answer::Reloaded(Changes::default()),
            Answer::Reloaded(changes),
        ];
        let show = |looks, language| {
            let clock = Clock { now: at("2026-11-24T12:00:00Z"), language };
            answers.iter().map(|answer| in_words(answer, clock, looks)).collect::<Vec<_>>().join("--\n")
        };
        insta::assert_snapshot!("answers", terminal::in_every_look(show));
    }
}

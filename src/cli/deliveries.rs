//! `loa deliveries`: the outbox, and a person's decisions about it, beside a running daemon.

use std::path::Path;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use loa_reader::text;
use serde::Serialize;

use super::{
    Outcome, block_on,
    operate::{Output, carry_out},
    settings,
    terminal::{self, Cell, Column, Looks, Mark, Sheet, Table},
};
use crate::{
    service::{Request, Selection},
    store::{About, Delivery, State, Store},
    words::{Clock, deliveries as said, errors},
};

/// Characters of a headline that are shown.
const TITLE: usize = 100;
/// The newest that are shown.
const SHOWN: u32 = 100;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loa deliveries --state unknown
  loa deliveries retry 12      send it (again)
  loa deliveries drop 12       never send it
  loa deliveries retry --channel main        all of a channel that are unknown or dead
  loa deliveries drop --state dead           all that are dead, of every channel
  loa deliveries retry --all")]
pub(super) struct Arguments {
    /// Only those in this state: queued, sending, sent, unknown, dead, shown or dropped.
    #[arg(long)]
    state: Option<State>,
    /// JSON on standard output, and nothing else there.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    decision: Option<Decision>,
}

#[derive(Debug, Clone, Subcommand)]
enum Decision {
    /// Put unknown or dead deliveries back into the queue.
    Retry(Which),
    /// Give queued, unknown or dead deliveries up.
    Drop(Which),
}

/// One delivery, or several.
#[derive(Debug, Clone, Args)]
struct Which {
    /// One of them.
    #[arg(required_unless_present_any = ["channel", "of_state", "all"], conflicts_with_all = ["channel", "of_state", "all"])]
    id: Option<i64>,
    /// Those of this channel.
    #[arg(long, value_name = "ID")]
    channel: Option<String>,
    /// Those in this state: unknown or dead, for `drop` also queued.
    #[arg(long = "state", id = "of_state", value_name = "STATE")]
    state: Option<State>,
    /// Those of every channel, in every such state.
    #[arg(long, conflicts_with_all = ["channel", "of_state"])]
    all: bool,
}

impl Which {
    fn request(&self, one: fn(i64) -> Request, several: fn(Selection) -> Request) -> Request {
        let selection = || Selection { channel: self.channel.clone(), state: self.state.map(|state| state.to_string()) };
        self.id.map_or_else(|| several(selection()), one)
    }
}

/// One delivery as it is shown.
#[derive(Debug, Serialize)]
struct Shown {
    id: i64,
    channel: String,
    /// `new`, `alarm` or `over`.
    kind: &'static str,
    feed: Option<String>,
    state: &'static str,
    title: String,
    url: Option<String>,
    tries: u32,
    queued: Timestamp,
    due: Option<Timestamp>,
    settled: Option<Timestamp>,
    message_id: Option<i64>,
    why: Option<String>,
}

pub(super) fn run(config: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let output = Output { json: arguments.json };
    let request = arguments.decision.as_ref().map(|decision| match decision {
        Decision::Retry(which) => which.request(|delivery| Request::Retry { delivery }, Request::RetryAll),
        Decision::Drop(which) => which.request(|delivery| Request::Drop { delivery }, Request::DropAll),
    });
    if let Some(request) = request {
        return carry_out(config, request, output);
    }
    let settings = settings(config)?;
    block_on(async {
        let store = Store::visit(&settings.config.store).await?;
        let outcome = show(&store, arguments).await;
        store.close().await;
        outcome
    })
}

async fn show(store: &Store, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let shown: Vec<_> = store.deliveries(arguments.state, SHOWN).await?.into_iter().map(Shown::from).collect();
    if arguments.json {
        terminal::print_json(&shown)?;
    } else {
        let clock = Clock { now: Timestamp::now(), language: terminal::language() };
        terminal::print(&in_words(&shown, clock, terminal::output()))?;
    }
    Ok(Outcome::Done)
}

impl From<Delivery> for Shown {
    fn from(delivery: Delivery) -> Self {
        Self {
            id: delivery.id,
            channel: delivery.channel.to_string(),
            kind: delivery.kind.as_str(),
            state: delivery.state.as_str(),
            feed: delivery.article().map(|article| article.feed.to_string()),
            url: delivery.article().map(|article| article.url.to_string()),
            title: title(&delivery),
            tries: delivery.tries,
            queued: delivery.queued_at,
            due: matches!(delivery.state, State::Queued | State::Unknown).then_some(delivery.due_at).flatten(),
            settled: delivery.settled_at,
            message_id: delivery.receipt.and_then(|receipt| receipt.parse().ok()),
            why: delivery.why,
        }
    }
}

/// The headline, or what the operator is told.
fn title(delivery: &Delivery) -> String {
    match &delivery.about {
        About::Article(article) => article.title.clone(),
        About::Trouble(trouble) if trouble.subject.is_empty() => format!("{}: {}", delivery.kind.as_str(), trouble.kind.as_str()),
        About::Trouble(trouble) => format!("{}: {} {}", delivery.kind.as_str(), trouble.kind.as_str(), trouble.subject),
    }
}

fn in_words(deliveries: &[Shown], clock: Clock, looks: Looks) -> String {
    let language = clock.language;
    let mut sheet = Sheet::new(looks);
    if deliveries.is_empty() {
        sheet.line(&said::none(language));
        return sheet.into_text();
    }
    let mut table = Table::new([
        Column::number(said::id(language)),
        Column::word(said::channel(language)),
        Column::word(said::state(language)),
        Column::word(said::queued(language)),
        Column::words(said::title(language)),
    ]);
    for delivery in deliveries {
        let state = Cell::from(said::state_name(language, delivery.state));
        let state = match delivery.state {
            "unknown" => state.styled(Mark::Note.style()),
            "dead" => state.styled(Mark::Bad.style()),
            _ => state,
        };
        let (id, queued) = (delivery.id.to_string(), clock.relative(Some(delivery.queued)));
        let title = text::cut(&delivery.title, TITLE);
        table.row([Cell::from(id), Cell::from(&delivery.channel), state, Cell::from(queued), Cell::from(title)]);
        if let Some(why) = &delivery.why {
            table.row(["", "", "", "", &errors::told(language, why)].map(Cell::from).map(Cell::faint));
        }
    }
    sheet.table(&table);
    if let Some(held) = deliveries.iter().find(|delivery| delivery.state == State::Unknown.as_str() && delivery.due.is_none()) {
        sheet.gap();
        sheet.line(&said::unclear(language, &held.id.to_string()));
    }
    sheet.into_text()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outbox_is_a_table_with_reasons() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let shown = |id, state, why: Option<&str>| Shown {
            id,
            channel: "main".into(),
            kind: "new",
            feed: Some("danang-police".into()),
            state,
            title: "Mở đợt cao điểm bảo đảm trật tự, an toàn giao thông dịp cuối năm và tết nguyên đán".into(),
            url: Some("https://a.vn/1".into()),
            tries: 1,
            queued: at("2026-11-24T11:55:00Z"),
            due: None,
            settled: None,
            message_id: None,
            why: why.map(str::to_owned),
        };
        let deliveries =
            [shown(11, "sent", None), shown(12, "unknown", Some("the answer was lost: no answer in time")), shown(1300, "dead", None)];
        let clock = |language| Clock { now: at("2026-11-24T12:00:00Z"), language };
        let all = terminal::in_every_look(|looks, language| in_words(&deliveries, clock(language), looks));
        insta::assert_snapshot!("deliveries", all);
        insta::assert_snapshot!("deliveries_none", terminal::in_every_look(|looks, language| in_words(&[], clock(language), looks)));
    }
}

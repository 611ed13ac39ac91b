//! `loa deliveries`: the outbox, and a person's decisions about it, beside a running daemon.

use std::path::Path;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use loa_reader::text;
use serde::Serialize;

use super::{
    Outcome, block_on,
    operate::carry_out,
    setup,
    table::{relative, table},
};
use crate::{
    service::Request,
    store::{About, Delivery, State, Store},
};

/// The newest that are shown.
const SHOWN: u32 = 100;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loa deliveries --state unknown
  loa deliveries retry 12      send it (again)
  loa deliveries drop 12       never send it")]
pub(super) struct Arguments {
    /// Only those in this state: queued, sending, sent, unknown, dead, shown or dropped.
    #[arg(long)]
    state: Option<State>,
    /// A JSON array on standard output, and nothing else there.
    #[arg(long)]
    json: bool,
    #[command(subcommand)]
    decision: Option<Decision>,
}

#[derive(Debug, Clone, Copy, Subcommand)]
enum Decision {
    /// Put an unknown or dead delivery back into the queue.
    Retry { id: i64 },
    /// Give a queued, unknown or dead delivery up.
    Drop { id: i64 },
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
    match arguments.decision {
        Some(Decision::Retry { id }) => return carry_out(config, Request::Retry { delivery: id }),
        Some(Decision::Drop { id }) => return carry_out(config, Request::Drop { delivery: id }),
        None => (),
    }
    let setup = setup(config)?;
    block_on(async {
        let store = Store::visit(&setup.config.store).await?;
        let outcome = show(&store, arguments).await;
        store.close().await;
        outcome
    })
}

async fn show(store: &Store, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let shown: Vec<_> = store.deliveries(arguments.state, SHOWN).await?.into_iter().map(Shown::from).collect();
    if arguments.json {
        println!("{}", serde_json::to_string(&shown)?);
    } else {
        print!("{}", text::clean(&in_words(&shown, Timestamp::now())));
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

fn in_words(deliveries: &[Shown], now: Timestamp) -> String {
    if deliveries.is_empty() {
        return "no deliveries\n".to_owned();
    }
    let mut rows = vec![["ID", "CHANNEL", "STATE", "QUEUED", "TITLE"].map(str::to_owned).to_vec()];
    for delivery in deliveries {
        let title = text::cut(&delivery.title, 70);
        rows.push(vec![
            delivery.id.to_string(),
            delivery.channel.clone(),
            delivery.state.to_owned(),
            relative(Some(delivery.queued), now),
            title,
        ]);
        if let Some(why) = &delivery.why {
            rows.push(vec![String::new(), String::new(), String::new(), String::new(), format!("  {why}")]);
        }
    }
    let mut words = table(&rows);
    if let Some(held) = deliveries.iter().find(|delivery| delivery.state == State::Unknown.as_str() && delivery.due.is_none()) {
        words.push_str(&format!(
            "\nunknown: it may have been sent or not, so look into the channel; `loa deliveries retry {0}` sends it again, `loa deliveries drop {0}` gives it up\n",
            held.id
        ));
    }
    words
}

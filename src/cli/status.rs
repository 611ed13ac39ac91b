//! `loa status`: every feed and every channel at a glance, or one feed closely, beside a running daemon.

mod feed;

use std::path::Path;

use clap::Args;
use jiff::Timestamp;
use loa_reader::text;
use serde::Serialize;

use super::{
    Outcome, block_on, setup,
    table::{relative, table},
};
use crate::{
    service::Setup,
    settings::Problem,
    store::{self, State, Store},
    trouble::Trouble,
};

/// Deliveries that wait for a person which are named, for each channel.
const HELD: u32 = 10;

#[derive(Debug, Args)]
#[command(after_help = "Examples: loa status --json\n          loa status danang-police")]
pub(super) struct Arguments {
    /// One feed closely: what was learned of its source, and how often it was rebuilt.
    feed: Option<String>,
    /// One JSON object on standard output, and nothing else there.
    #[arg(long)]
    json: bool,
}

/// Everything that is said.
#[derive(Debug, Serialize)]
struct Status {
    feeds: Vec<FeedStatus>,
    channels: Vec<ChannelStatus>,
    /// What does not work, the oldest first.
    troubles: Vec<TroubleStatus>,
    /// What is wrong with the files.
    problems: Vec<String>,
}

#[derive(Debug, Serialize)]
struct FeedStatus {
    id: String,
    title: String,
    url: String,
    last_poll: Option<Timestamp>,
    next_poll: Timestamp,
    articles: u64,
    /// Headlines on the list at the last good poll.
    usual: u32,
    failures: u32,
    problem: Option<String>,
    remarks: Vec<String>,
    ignores_robots: bool,
}

/// What the operator is told of, or would be.
#[derive(Debug, Serialize)]
struct TroubleStatus {
    kind: &'static str,
    subject: String,
    feeds: Vec<String>,
    why: String,
    since: Timestamp,
    told: Option<Timestamp>,
}

#[derive(Debug, Serialize)]
struct ChannelStatus {
    id: String,
    chat: String,
    queued: u64,
    sending: u64,
    sent: u64,
    unknown: u64,
    dead: u64,
    /// Shown in the terminal, as there was no token.
    shown: u64,
    dropped: u64,
    paused: Option<String>,
    waits_until: Option<Timestamp>,
    /// Deliveries that may have arrived or not, and wait for a person.
    held: Vec<i64>,
    /// What does not work beside sending.
    problem: Option<String>,
}

impl ChannelStatus {
    fn state(&self, now: Timestamp) -> String {
        match (&self.paused, self.waits_until) {
            (Some(why), _) => format!("paused: {why}"),
            (None, Some(until)) => format!("waits, goes on {}", relative(Some(until), now)),
            (None, None) if self.held.is_empty() => "good".to_owned(),
            (None, None) => "needs a decision".to_owned(),
        }
    }

    /// What a person should know beside the table, a line each.
    fn remarks(&self) -> Vec<String> {
        let held = self.held.iter().map(|id| {
            format!("delivery {id} may have been sent or not: `loa deliveries retry {id}` sends it again, `loa deliveries drop {id}` gives it up")
        });
        held.chain(self.problem.clone()).collect()
    }
}

pub(super) fn run(config: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let setup = setup(config)?;
    let now = Timestamp::now();
    if let Some(id) = &arguments.feed {
        return feed::run(&setup, id, arguments.json, now);
    }
    let status = block_on(async {
        match Store::visit(&setup.config.store).await {
            Ok(store) => {
                let status = read(&setup, &store, now).await;
                store.close().await;
                status
            }
            Err(store::Error::Missing { .. }) => Ok(nothing_yet(&setup)),
            Err(error) => Err(error.into()),
        }
    })?;
    if arguments.json {
        println!("{}", serde_json::to_string(&status)?);
    } else {
        print!("{}", text::clean(&in_words(&status, now)));
    }
    Ok(Outcome::Done)
}

async fn read(setup: &Setup, store: &Store, now: Timestamp) -> anyhow::Result<Status> {
    let mut status = nothing_yet(setup);
    for (said, feed) in status.feeds.iter_mut().zip(&setup.feeds) {
        let state = store.feed_state(&feed.id).await?;
        said.articles = store.count(&feed.id).await?;
        (said.last_poll, said.next_poll, said.usual) = (state.polled_at, state.next_at, state.usual);
        said.title = feed.of_portal(&state.portal.unwrap_or_default()).title;
        (said.failures, said.problem, said.remarks) = (state.failures, state.problem, state.remarks);
    }
    for (said, channel) in status.channels.iter_mut().zip(&setup.config.channels) {
        for (state, count) in store.delivery_counts(&channel.id).await? {
            *match state {
                State::Queued => &mut said.queued,
                State::Sending => &mut said.sending,
                State::Sent => &mut said.sent,
                State::Unknown => &mut said.unknown,
                State::Dead => &mut said.dead,
                State::Shown => &mut said.shown,
                State::Dropped => &mut said.dropped,
            } = count;
        }
        let chat = store.channel_state(&channel.id, &channel.address).await?;
        said.held = store.held(&channel.id, HELD).await?;
        (said.paused, said.problem) = (chat.paused, chat.problem);
        said.waits_until = chat.hold_until.filter(|until| *until > now);
    }
    status.troubles = store.open_troubles().await?.into_iter().map(TroubleStatus::from).collect();
    Ok(status)
}

impl From<Trouble> for TroubleStatus {
    fn from(trouble: Trouble) -> Self {
        Self {
            kind: trouble.kind.as_str(),
            subject: trouble.subject,
            feeds: trouble.open.iter().map(ToString::to_string).collect(),
            why: trouble.why,
            since: trouble.began_at,
            told: trouble.told_at,
        }
    }
}

impl TroubleStatus {
    /// `host a.vn, since 2 h, 20 feeds, nobody was told: …`
    fn line(&self, now: Timestamp) -> String {
        let feeds = if self.feeds.len() > 1 { format!(", {} feeds", self.feeds.len()) } else { String::new() };
        let told = if self.told.is_none() { ", nobody was told" } else { "" };
        let why = if self.why.is_empty() { String::new() } else { format!(": {}", self.why) };
        format!("{} {}, began {}{feeds}{told}{why}", self.kind, self.subject, relative(Some(self.since), now)).replace(" ,", ",")
    }
}

/// Before the first run: what there will be.
fn nothing_yet(setup: &Setup) -> Status {
    let feeds = setup.feeds.iter().map(|feed| FeedStatus {
        id: feed.id.to_string(),
        title: feed.title.clone(),
        url: feed.url.to_string(),
        last_poll: None,
        next_poll: Timestamp::UNIX_EPOCH,
        articles: 0,
        usual: 0,
        failures: 0,
        problem: None,
        remarks: Vec::new(),
        ignores_robots: feed.ignore_robots,
    });
    let channels = setup.config.channels.iter().map(|channel| ChannelStatus {
        id: channel.id.to_string(),
        chat: channel.address.to_string(),
        queued: 0,
        sending: 0,
        sent: 0,
        unknown: 0,
        dead: 0,
        shown: 0,
        dropped: 0,
        paused: None,
        waits_until: None,
        held: Vec::new(),
        problem: None,
    });
    Status {
        feeds: feeds.collect(),
        channels: channels.collect(),
        troubles: Vec::new(),
        problems: setup.problems.iter().map(Problem::to_string).collect(),
    }
}

fn in_words(status: &Status, now: Timestamp) -> String {
    let mut words = String::new();
    for trouble in &status.troubles {
        words.push_str(&format!("trouble: {}\n", trouble.line(now)));
    }
    if !status.troubles.is_empty() {
        words.push('\n');
    }
    let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    if status.feeds.is_empty() {
        words.push_str("no feeds: put a file such as feeds/danang-police.toml beside the settings, with `url = \"https://…\"` in it\n");
    } else {
        let mut rows = vec![row(&["FEED", "ARTICLES", "LAST LOOK", "NEXT LOOK", "STATE"])];
        for feed in &status.feeds {
            let next = feed.next_poll.max(now);
            let state = match (&feed.problem, feed.last_poll) {
                (Some(_), _) => format!("failed {}", times(feed.failures)),
                (None, None) => "not polled yet".to_owned(),
                (None, Some(_)) => "good".to_owned(),
            };
            let state = if feed.ignores_robots { format!("{state}, ignores robots.txt") } else { state };
            rows.push(vec![feed.id.clone(), feed.articles.to_string(), relative(feed.last_poll, now), relative(Some(next), now), state]);
        }
        words.push_str(&table(&rows));
    }
    for feed in &status.feeds {
        for problem in feed.problem.iter().chain(&feed.remarks) {
            words.push_str(&format!("  {}: {problem}\n", feed.id));
        }
    }
    if status.channels.is_empty() {
        words.push_str("\nno channels: a `[[channel]]` in bot.toml names the chat that is told\n");
    } else {
        let mut rows = vec![row(&["CHANNEL", "CHAT", "QUEUED", "SENT", "UNKNOWN", "DEAD", "SHOWN", "STATE"])];
        for channel in &status.channels {
            let counts = [channel.queued + channel.sending, channel.sent, channel.unknown, channel.dead, channel.shown];
            rows.push(
                [channel.id.clone(), channel.chat.clone()]
                    .into_iter()
                    .chain(counts.map(|count| count.to_string()))
                    .chain([channel.state(now)])
                    .collect(),
            );
        }
        words.push_str(&format!("\n{}", table(&rows)));
    }
    for channel in &status.channels {
        for remark in channel.remarks() {
            words.push_str(&format!("  {}: {remark}\n", channel.id));
        }
    }
    for problem in &status.problems {
        words.push_str(&format!("\n{problem}\n"));
    }
    words
}

fn times(count: u32) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times in a row") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_for_a_person_is_said_with_the_way_out() {
        let channel = ChannelStatus {
            id: "main".into(),
            chat: "@loa_tin".into(),
            queued: 0,
            sending: 0,
            sent: 3,
            unknown: 1,
            dead: 0,
            shown: 0,
            dropped: 0,
            paused: None,
            waits_until: None,
            held: vec![12],
            problem: Some("sends cannot be looked for by way of the ops chat: bot was blocked by the user".into()),
        };
        let status = Status { feeds: Vec::new(), channels: vec![channel], troubles: Vec::new(), problems: Vec::new() };
        let words = in_words(&status, Timestamp::UNIX_EPOCH);
        insta::assert_snapshot!(words.split_once("\n\n").unwrap().1, @r"
        CHANNEL  CHAT      QUEUED  SENT  UNKNOWN  DEAD  SHOWN  STATE
        main     @loa_tin  0       3     1        0     0      needs a decision
          main: delivery 12 may have been sent or not: `loa deliveries retry 12` sends it again, `loa deliveries drop 12` gives it up
          main: sends cannot be looked for by way of the ops chat: bot was blocked by the user
        ");
    }
}

//! `loa status`: what needs a person, every feed and every channel at a glance, or one feed closely, beside a running
//! daemon.

mod feed;

use std::path::Path;

use clap::Args;
use jiff::{SignedDuration, Timestamp};
use loa_reader::text;

use super::{
    Outcome, block_on, setup,
    terminal::{self, Cell, Column, Looks, Mark, Sheet, Table},
};
use crate::{
    service::{
        self,
        status::{self, ChannelStatus, Condition, FeedStatus, Status},
    },
    store::Worker,
    words::{Clock, status as said},
};

/// Characters of a headline that are shown, and in a terminal of less than [`WIDE`] columns.
const HEADLINE: usize = 80;
const SHORT_HEADLINE: usize = 30;
const WIDE: usize = 110;
/// A worker speaks of itself every minute, and more often while it has work or company.
const SILENT: SignedDuration = SignedDuration::from_secs(75);
/// Notes of one feed that are shown; `status FEED` shows all.
const NOTES: usize = 3;

#[derive(Debug, Args)]
#[command(after_help = "Exits 1 when something needs a person.

Examples: loa status
          loa status --quiet || mail -s \"Loa\" me@example.org
          loa status --json
          loa status danang-police")]
pub(super) struct Arguments {
    /// One feed closely: what was learned of its source, and how often it was rebuilt.
    feed: Option<String>,
    /// One JSON object on standard output, and nothing else there.
    #[arg(long)]
    json: bool,
}

/// `is_quiet`: only what needs a person; nothing where all is well.
pub(super) fn run(config: &Path, arguments: &Arguments, is_quiet: bool) -> anyhow::Result<Outcome> {
    let setup = setup(config)?;
    let clock = Clock { now: Timestamp::now(), language: terminal::language() };
    if let Some(id) = &arguments.feed {
        return feed::run(&setup, id, arguments.json, clock);
    }
    let looking = terminal::while_waiting(said::looking(clock.language), status::status(&setup, clock.now));
    let status = block_on(async { Ok(looking.await?) })?;
    if arguments.json {
        terminal::print_json(&status)?;
    } else {
        terminal::print(&in_words(&status, is_quiet, clock, terminal::output()))?;
    }
    Ok(if status.good { Outcome::Done } else { Outcome::Failed })
}

fn in_words(status: &Status, quiet: bool, clock: Clock, looks: Looks) -> String {
    let mut sheet = Sheet::new(looks);
    problems(&mut sheet, status, clock);
    if quiet {
        return sheet.into_text();
    }
    if status.good {
        sheet.item(Mark::Good, "✓", 2, &said::all_good(clock.language, status.feeds.len(), status.channels.len()));
    }
    sheet.gap();
    let headline = if looks.width.is_some_and(|width| width < WIDE) { SHORT_HEADLINE } else { HEADLINE };
    feeds(&mut sheet, &status.feeds, headline, clock);
    sheet.gap();
    channels(&mut sheet, &status.channels, clock);
    workers(&mut sheet, &status.workers, clock);
    if !status.differing.is_empty() {
        sheet.gap();
        sheet.item(Mark::Note, "!", 2, &said::differing(clock.language, &service::named(status.differing.iter())));
    }
    sheet.into_text()
}

fn problems(sheet: &mut Sheet, status: &Status, clock: Clock) {
    if !status.good {
        sheet.heading(&said::needs_you(clock.language, status.problems.len()));
    }
    for problem in &status.problems {
        let words = problem.words(clock);
        let (what, more) = words.split_once('\n').unwrap_or((&words, ""));
        sheet.item(Mark::Bad, "✗", 2, what);
        more.lines().for_each(|line| sheet.faint(2, line));
    }
}

fn feeds(sheet: &mut Sheet, feeds: &[FeedStatus], headline: usize, clock: Clock) {
    let language = clock.language;
    if feeds.is_empty() {
        return sheet.line(&said::no_feeds(language));
    }
    let mut table = Table::new([
        Column::word(""),
        Column::word(said::feed(language)),
        Column::words(said::title(language)),
        Column::number(said::articles(language)),
        Column::words(said::newest(language)),
        Column::word(said::next_look_head(language)),
    ]);
    for feed in feeds {
        let newest = feed.newest.as_ref().map_or_else(
            || said::not_yet(language),
            |newest| said::newest_article(language, &clock.relative(Some(newest.at)), &text::cut(&text::squeeze(&newest.title), headline)),
        );
        table.row([
            mark(feed.condition()),
            Cell::from(&feed.id),
            Cell::from(&feed.title),
            Cell::from(language.number(feed.articles)),
            Cell::from(newest),
            Cell::from(clock.due(feed.next_poll)),
        ]);
    }
    sheet.table(&table);
    for feed in feeds {
        for note in feed.notes(clock).iter().take(NOTES) {
            sheet.item(Mark::Note, "!", 2, &format!("{}: {note}", feed.id));
        }
    }
}

fn channels(sheet: &mut Sheet, channels: &[ChannelStatus], clock: Clock) {
    let language = clock.language;
    if channels.is_empty() {
        return sheet.line(&said::no_channels(language));
    }
    let mut table = Table::new([
        Column::word(""),
        Column::word(said::channel(language)),
        Column::word(said::chat(language)),
        Column::number(said::queued(language)),
        Column::number(said::sent(language)),
        Column::number(said::unknown(language)),
        Column::number(said::dead_head(language)),
        Column::words(said::state(language)),
    ]);
    for channel in channels {
        let counts = [channel.queued + channel.sending, channel.sent, channel.unknown, channel.dead];
        let counts = counts.map(|count| Cell::from(language.number(count)));
        let names = [mark(channel.condition()), Cell::from(&channel.id), Cell::from(&channel.chat)];
        table.row(names.into_iter().chain(counts).chain([Cell::from(channel.state(clock))]));
    }
    sheet.table(&table);
}

fn workers(sheet: &mut Sheet, workers: &[Worker], clock: Clock) {
    if workers.is_empty() {
        sheet.gap();
        sheet.faint(0, &said::no_worker(clock.language));
    }
    for worker in workers {
        let (language, report) = (clock.language, &worker.report);
        let seconds = |millis: u64| format!("{}.{} s", millis / 1000, millis % 1000 / 100);
        let [median, most, worst] = [report.late_median, report.late_99th, report.late_worst].map(seconds);
        let (statements, time) = (format!("{:.1}", report.statements_a_poll), format!("{:.1}", report.store_millis_a_poll));
        sheet.gap();
        sheet.line(&said::worker(language, &worker.name, &clock.relative(Some(worker.started_at)), report.polls, report.hosts));
        if clock.now.duration_since(worker.seen_at) > SILENT {
            sheet.item(Mark::Note, "!", 2, &said::worker_silent(language, &clock.relative(Some(worker.seen_at))));
        }
        sheet.faint(2, &said::worker_late(language, &median, &most, &worst));
        sheet.faint(2, &said::worker_store(language, &statements, &time));
    }
}

fn mark(condition: Condition) -> Cell {
    let (sign, mark) = match condition {
        Condition::Good => ("✓", Mark::Good),
        Condition::Doubtful => ("!", Mark::Note),
        Condition::Bad => ("✗", Mark::Bad),
    };
    Cell::from(sign).styled(mark.style())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        service::status::{Newest, Problem},
        store::WorkerReport,
        trouble::Kind,
        words::Language,
    };

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn feed(id: &str, title: &str, failures: u32) -> FeedStatus {
        let newest = Newest {
            title: "Mở đợt cao điểm bảo đảm trật tự, an toàn giao thông dịp cuối năm và tết nguyên đán".into(),
            url: format!("https://{id}.example/1"),
            at: at("2026-11-24T11:30:00Z"),
        };
        FeedStatus {
            id: id.into(),
            title: title.into(),
            url: format!("https://{id}.example/"),
            articles: 1234,
            newest: Some(newest),
            last_poll: Some(at("2026-11-24T11:55:00Z")),
            next_poll: at("2026-11-24T12:10:00Z"),
            usual: 20,
            failures,
            failing_since: (failures > 0).then(|| at("2026-11-24T06:00:00Z")),
            problem: (failures > 0).then(|| format!("`https://{id}.example/` cannot be reached: connection refused")),
            ..FeedStatus::default()
        }
    }

    fn channel(id: &str, chat: &str) -> ChannelStatus {
        ChannelStatus { id: id.into(), chat: chat.into(), queued: 2, sending: 1, sent: 3456, ..ChannelStatus::default() }
    }

    fn parts() -> (Vec<FeedStatus>, Vec<ChannelStatus>) {
        let feeds = vec![feed("danang-police", "Công an thành phố Đà Nẵng", 0), feed("kanko", "観光局のお知らせ 🚒", 1)];
        (feeds, vec![channel("main", "@loa_tin")])
    }

    fn good() -> Status {
        let (feeds, channels) = parts();
        Status::new(Vec::new(), feeds, channels, Vec::new())
    }

    fn troubled() -> Status {
        let (mut feeds, mut channels) = parts();
        feeds.push(feed("huyen", "Cổng thông tin huyện", 12));
        let mut held = channel("second", "-1001234567890");
        (held.unknown, held.held, held.dead) = (1, vec![12], 2);
        held.dead_why = Some("the message was refused: Bad Request: message is too long".into());
        held.problem = Some("sends cannot be looked for by way of the ops chat: bot was blocked by the user".into());
        channels.push(held);
        let file = "feeds/broken.toml:1: unknown key `urll`: expected one of `url`, `title`\nhint: did you mean `url`?";
        Status::new(vec![Problem::File { why: file.into() }], feeds, channels, Vec::new())
    }

    #[test]
    fn it_looks_well_everywhere() {
        let clock = |language| Clock { now: at("2026-11-24T12:00:00Z"), language };
        let show = |status: &Status| terminal::in_every_look(|looks, language| in_words(status, false, clock(language), looks));
        insta::assert_snapshot!("status_good", show(&good()));
        insta::assert_snapshot!("status_troubled", show(&troubled()));
        insta::assert_snapshot!("status_empty", show(&Status::new(Vec::new(), Vec::new(), Vec::new(), Vec::new())));
    }

    /// Each on its own, as `status` tells it first.
    #[test]
    fn every_problem_has_its_words_and_a_way_out() {
        let since = at("2026-11-23T10:00:00Z");
        let trouble = |trouble: Kind, what: &str, why: &str| Problem::Trouble {
            trouble: trouble.as_str(),
            what: what.into(),
            since,
            why: why.into(),
            told: false,
        };
        let (channel, chat) = (|| "main".to_owned(), || "@loa_tin".to_owned());
        let problems = [
            trouble(Kind::Host, "huyen.example", "`https://huyen.example/` cannot be reached: connection refused"),
            trouble(Kind::Gone, "Cổng thông tin huyện", "`https://huyen.example/tin` is gone for good (410)"),
            trouble(Kind::Quiet, "Cổng thông tin huyện", ""),
            trouble(Kind::Token, "", "the bot's token is refused: Unauthorized"),
            trouble(Kind::Network, "", "none of these can be reached: a.vn, Telegram"),
            Problem::Overdue { feeds: 3, since },
            Problem::Paused { channel: channel(), chat: chat(), queued: 4, why: "the chat is closed to the bot: bot was kicked".into() },
            Problem::Held { channel: channel(), chat: chat(), deliveries: vec![12, 13] },
            Problem::Dead { channel: channel(), chat: chat(), count: 1, why: None },
            Problem::Hampered { channel: channel(), chat: chat(), why: "sends cannot be looked for by way of the ops chat: x".into() },
        ];
        let status = Status::new(problems.into(), Vec::new(), Vec::new(), Vec::new());
        assert!(!status.good);
        let clock = |language| Clock { now: at("2026-11-24T12:00:00Z"), language };
        let all = terminal::in_every_look(|looks, language| in_words(&status, true, clock(language), looks));
        insta::assert_snapshot!("status_problems", all);
    }

    #[test]
    fn quiet_says_only_what_is_wrong() {
        for language in Language::ALL {
            let say = |status: &Status, quiet| {
                in_words(status, quiet, Clock { now: at("2026-11-24T12:00:00Z"), language }, Looks { width: Some(80), colour: false })
            };
            assert_eq!(say(&good(), true), "");
            let all = say(&troubled(), false);
            assert_eq!(
                Some(say(&troubled(), true).as_str()),
                all.split_inclusive("\n\n").next().map(|problems| &problems[..problems.len() - 1])
            );
        }
    }

    #[test]
    fn the_daemon_says_how_it_keeps_up() {
        let report = WorkerReport {
            hosts: 3,
            polls: 512,
            late_median: 140,
            late_99th: 870,
            late_worst: 2300,
            statements_a_poll: 0.86,
            store_millis_a_poll: 1.04,
            definitions: 0,
        };
        let (started_at, seen_at) = (at("2026-11-24T10:00:00Z"), at("2026-11-24T11:59:55Z"));
        let worker = Worker { id: "one".into(), name: "ministry 4711".into(), started_at, seen_at, report };
        let status = Status { workers: vec![worker], differing: vec!["kanko".into()], ..good() };
        let clock = Clock { now: at("2026-11-24T12:00:00Z"), language: Language::English };
        let said = in_words(&status, false, clock, Looks { width: Some(120), colour: false });
        insta::assert_snapshot!(said.split_once("worker ").unwrap().1, @r"
        ministry 4711, started 2 h ago: 512 polls, 3 hosts are being asked
          polls begin late by 0.1 s (half of them less), 0.8 s (99 of 100), 2.3 s (the worst)
          the store costs 0.9 statements and 1.0 ms a poll

        ! not all workers define `kanko` alike: give all the same files, or keep definitions in the store
        ");
    }
}

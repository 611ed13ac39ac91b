//! Fifty channels with ten thousand headlines each in their queues: `cargo bench --bench channels`.
//!
//! Deliveries work as in the daemon and at Telegram's limits, by a clock that runs ten times as fast as the machine's.
//! A process of its own plays Telegram, by the same clock and as strict about floods as bot authors report. Beside the
//! others stands one channel that shuts the bot out from the beginning, and one that is idle until a burst comes from
//! one feed and, right behind it, the first headline of another. Printed is whether anything was refused for speed,
//! missing or out of order, what memory is in use and what processor time a message takes as the queues become shorter,
//! and what `loa status` takes beside it. `LOA_CHANNELS="CHANNELS HEADLINES SPEED"` makes it smaller, or the clock
//! slower: where it is faster than this machine keeps up with, everything takes longer by that clock. Linux only.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot be made may stop here")]

mod queue;
mod telegram;

use std::{
    fs,
    path::Path,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use loa::{
    channel::Channel,
    fetch::Client,
    jobs::deliver::{Copies, Crowd, Pictures, Step, Terms, step},
    service::{self, Setup},
    store::{State, Store},
    target::{OnUnknown, Target, telegram::Telegram},
    words::Language,
};
use tokio::sync::Notify;

/// Clock ticks a second in `/proc`: fixed on Linux.
const TICKS: f64 = 100.0;
/// Headlines of the burst from one feed.
const BURST: usize = 30;
/// The longest sleep of a channel's task at a stretch.
const IDLE: Duration = Duration::from_secs(20);
/// Between two looks at how it stands.
const LOOK: Duration = Duration::from_secs(2);

/// What is measured.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub channels: usize,
    pub headlines: usize,
    pub speed: u32,
}

fn size() -> Size {
    let given = std::env::var("LOA_CHANNELS").unwrap_or_default();
    let mut numbers = given.split_whitespace().map(|word| word.parse::<usize>().unwrap());
    let mut next = |default: usize| numbers.next().unwrap_or(default);
    Size { channels: next(50), headlines: next(10_000), speed: u32::try_from(next(10)).unwrap() }
}

/// The clock that runs faster, begun with the process.
pub fn now() -> Timestamp {
    static BEGUN: std::sync::OnceLock<(Timestamp, Instant)> = std::sync::OnceLock::new();
    let (stamp, instant) = BEGUN.get_or_init(|| (Timestamp::now(), Instant::now()));
    *stamp + SignedDuration::try_from(instant.elapsed() * size().speed).unwrap()
}

/// The wait until `at` by the clock of the machine.
fn wait_until(at: Timestamp) -> Duration {
    Duration::try_from(at.duration_since(now())).unwrap_or(Duration::ZERO) / size().speed
}

fn main() {
    if std::env::args().any(|argument| argument == telegram::ROLE) {
        return telegram::play(size());
    }
    let size = size();
    let folder = tempfile::tempdir().unwrap();
    let telegram = telegram::Played::start();
    write_settings(folder.path(), &telegram.url, size);
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let setup = service::load(&folder.path().join("bot.toml")).await.unwrap();
        measure(folder.path(), setup, telegram, size).await;
    });
}

fn write_settings(folder: &Path, api: &str, size: Size) {
    let channel = |number: usize| format!("[[channel]]\nid = \"c{number}\"\nchat = {}\nphotos = \"none\"\n", telegram::chat(number));
    let channels: String = (0..size.channels + 2).map(channel).collect();
    fs::write(folder.join("bot.toml"), format!("[telegram]\napi-url = \"{api}\"\n{channels}")).unwrap();
    fs::create_dir(folder.join("feeds")).unwrap();
    for feed in ["one", "other"] {
        fs::write(
            folder.join(format!("feeds/{feed}.toml")),
            format!("url = \"http://{feed}.example/\"\ntitle = \"Nguồn\"\nlanguage = \"vi\"\n"),
        )
        .unwrap();
    }
}

/// What all channels share.
struct Shared {
    store: Store,
    client: Client,
    target: Target,
    pictures: Pictures,
    crowd: Crowd,
    copies: Copies,
    /// That something was queued.
    queued: Notify,
    setup: Setup,
    /// Messages that were said.
    said: AtomicUsize,
    stop: AtomicBool,
}

async fn measure(folder: &Path, setup: Setup, telegram: telegram::Played, size: Size) {
    let store = Store::open(&setup.config.store, now()).await.unwrap();
    let began = Instant::now();
    let full: Vec<_> = setup.config.channels[..=size.channels].iter().map(|channel| channel.id.clone()).collect();
    queue::fill(&store, &full, size.headlines).await;
    println!(
        "{} channels with {} headlines each in their queues, filled in {:.0} s; the clock runs {} times as fast",
        size.channels,
        size.headlines,
        began.elapsed().as_secs_f64(),
        size.speed
    );
    let settings = &setup.config.telegram;
    let shared = Arc::new(Shared {
        client: Client::new(&setup.config.fetch, Duration::ZERO).unwrap(),
        target: Target::Telegram(Telegram::new(settings, telegram::TOKEN.parse().unwrap()).unwrap()),
        pictures: Pictures::default(),
        crowd: Crowd::default(),
        copies: Copies::default(),
        queued: Notify::new(),
        said: AtomicUsize::new(0),
        stop: AtomicBool::new(false),
        store,
        setup,
    });
    let tasks: Vec<_> = shared.setup.config.channels.iter().cloned().map(|channel| tokio::spawn(serve(shared.clone(), channel))).collect();
    let idle = shared.setup.config.channels[size.channels + 1].id.clone();
    watch(folder, &shared, &idle, size).await;
    shared.stop.store(true, Ordering::Relaxed);
    shared.queued.notify_waiters();
    for task in tasks {
        task.await.unwrap();
    }
    telegram.report();
}

/// One channel, as the daemon serves it.
async fn serve(shared: Arc<Shared>, channel: Channel) {
    let zone = TimeZone::UTC;
    while !shared.stop.load(Ordering::Relaxed) {
        let queued = shared.queued.notified();
        let terms = Terms {
            store: &shared.store,
            client: &shared.client,
            pictures: &shared.pictures,
            crowd: &shared.crowd,
            copies: &shared.copies,
            target: Some(&shared.target),
            on_unknown: OnUnknown::Probe,
            pace: SignedDuration::try_from(shared.setup.config.telegram.pace.get()).unwrap(),
            language: Language::Vietnamese,
            zone: &zone,
            feeds: &shared.setup.feeds,
            channels: &shared.setup.config.channels,
            now,
        };
        let wait = match step(&channel, &terms).await.unwrap() {
            Step::Idle => IDLE,
            Step::Later(at) => wait_until(at).min(IDLE),
            Step::Said { .. } => {
                shared.said.fetch_add(1, Ordering::Relaxed);
                continue;
            }
            Step::Failed(_) => continue,
        };
        tokio::select! {
            () = tokio::time::sleep(wait) => (),
            () = queued => (),
        }
    }
}

/// Prints how it stands until all is said but what waits for the closed chat.
async fn watch(folder: &Path, shared: &Shared, idle: &loa::channel::ChannelId, size: Size) {
    let began = Instant::now();
    let (mut looked, mut said, mut ticks, mut slowest) = (Instant::now(), 0, ticks(), Duration::ZERO);
    println!("queued in the first channel; messages, messages a second of the clock, processor ms a message, MB resident");
    let mut printed = None;
    let mut is_tried = false;
    loop {
        tokio::time::sleep(LOOK).await;
        let queued = waiting(shared, 0).await;
        let mut all = 0;
        for number in 0..size.channels {
            all += waiting(shared, number).await;
        }
        let status = Instant::now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
        command.args(["status", "--json", "--config"]).arg(folder.join("bot.toml")).env("TELOXIDE_TOKEN", telegram::TOKEN);
        let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
        assert!(!output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        slowest = slowest.max(status.elapsed());
        // At a tenth less each time, and at the end.
        if printed.is_none_or(|printed| queued * 10 <= printed * 9) || all == 0 {
            let (now_said, now_ticks) = (shared.said.load(Ordering::Relaxed), self::ticks());
            let messages = (now_said - said).max(1) as f64;
            println!(
                "{queued:>6}: {:>6}, {:>5.1} a second, {:.2} ms, {:.0} MB",
                now_said - said,
                messages / (looked.elapsed().as_secs_f64() * f64::from(size.speed)),
                (now_ticks - ticks) / TICKS * 1000.0 / messages,
                resident_kb() / 1000.0
            );
            (looked, said, ticks, printed) = (Instant::now(), now_said, now_ticks, Some(queued));
        }
        if !is_tried {
            is_tried = true;
            println!(
                "{:.2} s of the clock until the first headline of another feed was said behind a burst",
                behind_a_burst(shared, idle).await
            );
        }
        if all == 0 {
            break;
        }
    }
    println!(
        "{:.0} s, {:.0} min of the clock; `loa status` took {:.2} s at most",
        began.elapsed().as_secs_f64(),
        began.elapsed().as_secs_f64() * f64::from(size.speed) / 60.0,
        slowest.as_secs_f64()
    );
    println!("{} headlines wait for the closed chat", waiting(shared, size.channels).await);
}

/// By how much later than it was queued.
async fn behind_a_burst(shared: &Shared, idle: &loa::channel::ChannelId) -> f64 {
    queue::burst(&shared.store, idle, BURST).await;
    let queued = now();
    shared.queued.notify_waiters();
    loop {
        let told = shared.store.last_said(idle).await.unwrap();
        let counts = shared.store.delivery_counts(idle).await.unwrap();
        if counts.iter().any(|(state, count)| *state == State::Sent && *count > BURST as u64) {
            return told.unwrap().duration_since(queued).as_secs_f64();
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

async fn waiting(shared: &Shared, number: usize) -> usize {
    let counts = shared.store.delivery_counts(&shared.setup.config.channels[number].id).await.unwrap();
    let open = [State::Queued, State::Sending, State::Unknown];
    counts.into_iter().filter(|(state, _)| open.contains(state)).map(|(_, count)| count as usize).sum()
}

/// Processor time of this process, all threads together.
fn ticks() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()
}

fn resident_kb() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

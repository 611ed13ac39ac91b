//! Ten thousand feeds over two thousand hosts in one process: `cargo bench --bench scale`.
//!
//! The store is filled as if every feed had been polled before, the next polls spread over the interval; every list is
//! then answered with "not modified", by one server on this machine that is two thousand hosts, as each address of
//! 127.0.0.0/8 is one. The interval is the real one, five minutes, of which a sample is measured after a time to
//! settle: `LOA_SCALE="FEEDS HOSTS SETTLE MEASURE ARTICLES"` with the times in seconds and the articles of each feed.
//! With nothing to measure, as in `LOA_SCALE="1000 200 0 0 200"`, it is the start that is looked at: how soon a
//! document is served, and what memory is in use when every document has been asked for. Another binary may be named as
//! an argument. Linux only.
//!
//! `LOA_MOVE=1` measures `loa move` instead, to a PostgreSQL server and back, and asks for every document before,
//! between and after: `LOA_MOVE=1 LOA_SCALE="1000 200 0 0 200"` moves 200,000 articles.
//!
//! `LOA_WORKERS=3` has three processes do it on one database of a PostgreSQL server of their own; `LOA_EVERY=1` asks
//! for a poll of each feed every second, which is more than there can be, so that they poll as fast as they can;
//! `LOA_SHARE=25` gives each of them a quarter of a processor and no more (by a control group, which needs root).
#![expect(clippy::unwrap_used, reason = "a measurement that cannot be made may stop here")]

mod moving;
mod origin;
mod seed;

use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use loa_stand_ins::postgres::Postgres;
use origin::Origin;

/// What filling takes at most, an article.
const AN_ARTICLE: Duration = Duration::from_micros(1200);
/// Clock ticks a second in `/proc`: fixed on Linux.
const TICKS: f64 = 100.0;

/// What is measured.
#[derive(Debug, Clone, Copy)]
struct Size {
    feeds: usize,
    hosts: usize,
    settle: Duration,
    measure: Duration,
    articles: usize,
}

fn size() -> Size {
    let given = std::env::var("LOA_SCALE").unwrap_or_default();
    let mut numbers = given.split_whitespace().map(|word| word.parse::<usize>().unwrap());
    let mut next = |default: usize| numbers.next().unwrap_or(default);
    let (feeds, hosts, settle, measure, articles) = (next(10_000), next(2_000), next(60), next(180), next(10));
    Size { feeds, hosts, settle: Duration::from_secs(settle as u64), measure: Duration::from_secs(measure as u64), articles }
}

/// A number of the environment.
fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|number| number.parse().unwrap())
}

/// Between two polls of a feed.
fn every() -> Duration {
    Duration::from_secs(asked("LOA_EVERY").unwrap_or(300))
}

fn main() {
    let given = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let binary = given.unwrap_or_else(|| env!("CARGO_BIN_EXE_loa").to_owned());
    let size = size();
    let origin = Origin::start();
    let folder = tempfile::tempdir().unwrap();
    let workers = asked("LOA_WORKERS");
    let server = workers.map(|_| Postgres::lasting());
    let store = server.as_ref().map_or_else(|| "sqlite:loa.db".to_owned(), Postgres::database);
    let places: Vec<Place> = (0..workers.unwrap_or(1)).map(|number| Place::new(&folder.path().join(number.to_string()))).collect();
    for place in &places {
        write_settings(place, &store, size, origin.port());
    }
    let (first, web) = (places[0].folder.clone(), places[0].web);
    let began = Instant::now();
    // What was due before the daemon began would be as late as that.
    let begin = Timestamp::now() + SignedDuration::try_from(AN_ARTICLE * (size.feeds * size.articles) as u32).unwrap();
    tokio::runtime::Runtime::new().unwrap().block_on(seed::fill(&first.join("bot.toml"), begin, every(), size.articles));
    println!(
        "{} feeds of {} articles over {} hosts, filled in {:.0} s",
        size.feeds,
        size.articles,
        size.hosts,
        began.elapsed().as_secs_f64()
    );

    if asked("LOA_MOVE").is_some() {
        moving::there_and_back(&binary, &places[0], size);
        return;
    }
    if let Ok(left) = begin.duration_since(Timestamp::now()).try_into() {
        thread::sleep(left);
    }
    let started = Instant::now();
    let mut daemons: Vec<Child> = places.iter().map(|place| start(&binary, place)).collect();
    places.iter().for_each(await_document);
    println!("{:.2} s from the start to the first document", started.elapsed().as_secs_f64());
    daemons.iter().for_each(|daemon| print_memory(daemon.id()));
    if size.measure.is_zero() {
        ask_for_all(web, size);
    } else {
        let running: Vec<_> = places.iter().map(|place| place.web).zip(daemons.iter().map(Child::id)).collect();
        measure(&running, size, &origin);
    }
    daemons.iter().for_each(|daemon| print_memory(daemon.id()));
    match &server {
        Some(server) => println!(
            "{} MB of database",
            server.sql(store.rsplit('/').next().unwrap(), "SELECT pg_database_size(current_database()) / 1000000")
        ),
        None => println!("{:.1} MB of database", fs::metadata(first.join("loa.db")).unwrap().len() as f64 / 1e6),
    }
    let told = Instant::now();
    daemons.iter().for_each(terminate);
    for daemon in &mut daemons {
        daemon.wait().unwrap();
        // Gone with its last process, where there was one.
        let _none = fs::remove_dir(group(daemon.id()));
    }
    println!("{:.1} s from SIGTERM to its end", told.elapsed().as_secs_f64());
}

/// Where a worker runs.
struct Place {
    folder: PathBuf,
    web: SocketAddr,
}

impl Place {
    fn new(folder: &Path) -> Self {
        fs::create_dir(folder).unwrap();
        Self { folder: folder.to_owned(), web: TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap() }
    }
}

/// The control group of a worker.
fn group(process: u32) -> PathBuf {
    PathBuf::from(format!("/sys/fs/cgroup/cpu/loa-{process}"))
}

/// Starts a worker, with the share of a processor that it may have.
fn start(binary: &str, place: &Place) -> Child {
    let mut command = Command::new(binary);
    command.args(["run", "--config"]).arg(place.folder.join("bot.toml")).env_remove("TELOXIDE_TOKEN").stderr(Stdio::null());
    let daemon = command.spawn().unwrap();
    if let Some(share) = asked("LOA_SHARE") {
        let group = group(daemon.id());
        fs::create_dir(&group).unwrap();
        fs::write(group.join("cpu.cfs_quota_us"), (share * 1000).to_string()).unwrap();
        fs::write(group.join("cgroup.procs"), daemon.id().to_string()).unwrap();
    }
    daemon
}

/// Waits until a worker serves its first document.
fn await_document(place: &Place) {
    let began = Instant::now();
    while get(place.web, "/feeds/feed-00000.rss").is_none_or(|answer| !answer.starts_with("HTTP/1.1 200")) {
        assert!(began.elapsed() < Duration::from_secs(120), "no document is served");
        thread::sleep(Duration::from_millis(20));
    }
}

fn terminate(daemon: &Child) {
    assert!(Command::new("kill").args(["-TERM", &daemon.id().to_string()]).status().unwrap().success());
}

/// Every document of every feed, one after the other.
fn ask_for_all(web: SocketAddr, size: Size) {
    let (began, mut bytes) = (Instant::now(), 0);
    for feed in 0..size.feeds {
        for format in ["rss", "atom", "json"] {
            bytes += get(web, &format!("/feeds/feed-{feed:05}.{format}")).unwrap().len();
        }
    }
    let (count, time) = (size.feeds * 3, began.elapsed().as_secs_f64());
    println!("{count} documents of {:.0} MB in all, {:.1} ms each", bytes as f64 / 1e6, time * 1000.0 / count as f64);
    println!("{:.1} MB of documents kept", number(&metrics(web), "loa_documents_bytes") / 1e6);
}

fn measure(workers: &[(SocketAddr, u32)], size: Size, origin: &Origin) {
    thread::sleep(size.settle);
    origin.forget();
    let look = || workers.iter().map(|(web, process)| (metrics(*web), ticks(*process))).collect::<Vec<_>>();
    let before = look();
    thread::sleep(size.measure);
    let after = look();
    let ledger = origin.ledger();
    let grown_of = |place: usize, name: &str| number(&after[place].0, name) - number(&before[place].0, name);
    let grown = |name: &str| (0..workers.len()).map(|place| grown_of(place, name)).sum::<f64>();
    let polls = grown("loa_polls_total").max(1.0);
    let spent: f64 = after.iter().zip(&before).map(|(after, before)| (after.1 - before.1) / TICKS).sum();
    println!(
        "{polls:.0} polls in {} s ({:.1} a second), {} of {} requests answered with 304, never more than {} at once to a host",
        size.measure.as_secs(),
        polls / size.measure.as_secs_f64(),
        ledger.unchanged,
        ledger.requests,
        ledger.at_once
    );
    println!("{:.2} ms of processor time a poll", spent * 1000.0 / polls);
    println!(
        "{:.2} statements and {:.2} ms of the store a poll",
        grown("loa_store_statements_total") / polls,
        grown("loa_store_seconds_total") * 1000.0 / polls
    );
    for (place, (after, _)) in after.iter().enumerate() {
        let late = ["0.5", "0.99", "1"].map(|quantile| number(after, &format!("loa_poll_lateness_seconds{{quantile=\"{quantile}\"}}")));
        println!(
            "{:.0} polls late by, of the last ones: median {:.3} s, 99 % {:.3} s, worst {:.3} s",
            grown_of(place, "loa_polls_total"),
            late[0],
            late[1],
            late[2]
        );
    }
}

fn print_memory(process: u32) {
    let [all, most, own, program] = ["VmRSS", "VmHWM", "RssAnon", "RssFile"].map(|line| status_kb(process, line).unwrap() / 1000.0);
    println!("{all:.1} MB resident ({most:.1} at most): {own:.1} of its own, {program:.1} of the program's file");
}

fn write_settings(place: &Place, store: &str, size: Size, port: u16) {
    let (folder, web) = (&place.folder, place.web);
    let bot = format!(
        "[store]\nurl = \"{store}\"\n[web]\nlisten = \"{web}\"\npublic-url = \"https://news.example/\"\n[publish]\nfolder = \"\"\n[poll]\nevery = \"{}s\"\n\
         adaptive = false\n[fetch]\nallow-private = true\n",
        every().as_secs()
    );
    fs::write(folder.join("bot.toml"), bot).unwrap();
    fs::create_dir(folder.join("feeds")).unwrap();
    for feed in 0..size.feeds {
        let host = feed % size.hosts;
        let url = format!("http://127.{}.{}.{}:{port}/muc-{feed}", 1 + host / 62_500, host / 250 % 250, 1 + host % 250);
        fs::write(folder.join(format!("feeds/feed-{feed:05}.toml")), format!("url = \"{url}\"\nlanguage = \"vi\"\n")).unwrap();
    }
}

fn get(web: SocketAddr, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(web).ok()?;
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    Some(String::from_utf8_lossy(&answer).into_owned())
}

fn metrics(web: SocketAddr) -> String {
    get(web, "/metrics").unwrap()
}

/// The value of a metric by its name with its labels.
fn number(metrics: &str, name: &str) -> f64 {
    let line = metrics.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("there is no metric {name}")).parse().unwrap()
}

/// Processor time of a process, in user and system mode: fields 14 and 15 of `/proc/PID/stat`.
fn ticks(process: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit_once(") ").unwrap().1.split(' ').collect();
    fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()
}

/// A line of `/proc/PID/status`; nothing of a process that has ended.
fn status_kb(process: u32, line: &str) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|found| found.strip_prefix(line)?.strip_prefix(':'))?.trim().trim_end_matches(" kB").parse().ok()
}

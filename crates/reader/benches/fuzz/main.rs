//! Pages that are broken at random, read as list and as article: what the slowest and the greediest of them cost.
//!
//! `cargo bench -p loa-reader --bench fuzz -- [FOLDER] [--count N] [--seed S]`: FOLDER holds saved pages; without one
//! they are those of the tests. Printed are the slowest pages and the greediest, each with the seed that makes it
//! again: `--seed S --count 1 --save FILE` keeps it. With `--unchanged` the pages are read as they are, each once. A
//! page that panics, takes more than two seconds or needs more than 150 MB ends the run with exit code 1 when all are
//! read.
//!
//! Time is that of the processor, as Linux counts it. Memory is what the reader asks of the allocator at one moment,
//! beyond what was in use before the page; growing a buffer counts as the old and the new one, so that it is rather too
//! much than too little. The page itself is not counted.
#![expect(clippy::unwrap_used, reason = "a run that cannot read its pages may stop here")]

mod mutate;

use std::{
    fs,
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    process::ExitCode,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use loa_reader::{article, charset, list, page::Page};
use peak_alloc::PeakAlloc;
use url::Url;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const MAX_TIME: Duration = Duration::from_secs(2);
const MAX_MEMORY: usize = 150_000_000;
/// How many of the slowest, and of the greediest, are printed.
const SHOWN: usize = 5;

struct Arguments {
    folder: PathBuf,
    count: u64,
    seed: u64,
    save: Option<PathBuf>,
    /// The pages as they are, instead of what seeds make of them.
    unchanged: bool,
}

/// What reading one page cost.
#[derive(Clone)]
struct Cost {
    seed: u64,
    bytes: usize,
    time: Duration,
    memory: usize,
    panicked: bool,
}

fn main() -> ExitCode {
    let mut arguments = Arguments::read();
    let pages = pages(&arguments.folder);
    if arguments.unchanged {
        (arguments.seed, arguments.count) = (0, pages.len() as u64);
    }
    assert!(!pages.is_empty(), "no page in `{}`", arguments.folder.display());
    println!("{} pages of `{}`, {} mutations from seed {}", pages.len(), arguments.folder.display(), arguments.count, arguments.seed);
    let began = Instant::now();
    let (mut slowest, mut greediest, mut beyond) = (Vec::new(), Vec::new(), Vec::new());
    for seed in arguments.seed..arguments.seed + arguments.count {
        let page = if arguments.unchanged { pages[seed as usize].clone() } else { mutate::page(&pages, seed) };
        if let Some(file) = &arguments.save {
            fs::write(file, &page).unwrap();
        }
        let cost = read(&page, seed);
        if arguments.unchanged {
            println!("{}", cost.in_words());
        }
        if cost.panicked || cost.time > MAX_TIME || cost.memory > MAX_MEMORY {
            println!("beyond the bounds: {}", cost.in_words());
            beyond.push(cost.clone());
        }
        keep(&mut slowest, &cost, |cost| cost.time);
        keep(&mut greediest, &cost, |cost| cost.memory);
    }
    println!("{} pages read in {:.0?}", arguments.count, began.elapsed());
    for (title, costs) in [("slowest", slowest), ("greediest", greediest)] {
        println!("{title}:");
        costs.iter().for_each(|cost| println!("  {}", cost.in_words()));
    }
    println!("{} beyond {MAX_TIME:?} or {} MB, or panicked", beyond.len(), MAX_MEMORY / 1_000_000);
    if beyond.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

impl Arguments {
    fn read() -> Self {
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
        let mut arguments = Self { folder: own, count: 2_000, seed: 1, save: None, unchanged: false };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let mut value = || words.next().unwrap_or_else(|| panic!("`{word}` needs a value"));
            match word.as_str() {
                "--count" => arguments.count = value().parse().unwrap(),
                "--seed" => arguments.seed = value().parse().unwrap(),
                "--save" => arguments.save = Some(value().into()),
                "--unchanged" => arguments.unchanged = true,
                // Cargo's own.
                "--bench" => (),
                folder => arguments.folder = folder.into(),
            }
        }
        arguments
    }
}

impl Cost {
    fn in_words(&self) -> String {
        let end = if self.panicked { ", panicked" } else { "" };
        let (kilobytes, megabytes) = (self.bytes / 1_000, self.memory as f64 / 1e6);
        format!("seed {}: {kilobytes} kB, {:.3} s, {megabytes:.1} MB{end}", self.seed, self.time.as_secs_f64())
    }
}

/// The files under a folder, in the order of their paths, so that a seed always means the same page.
fn pages(folder: &Path) -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("cannot read `{}`: {error}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_none_or(|ending| ending != "txt") {
                files.push(path);
            }
        }
    }
    files.sort();
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

fn read(bytes: &[u8], seed: u64) -> Cost {
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let began = processor_time();
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| {
        let (html, problems) = charset::decode(bytes, None);
        let url = Url::parse("https://bao.example/tin-tuc/an-ninh-123.html").unwrap();
        let fetched_at = Timestamp::from_second(1_764_000_000).unwrap();
        let page = Page { url, html, fetched_at, problems };
        drop(list::explain(&list::Settings::default(), &page, &list::Context::default()));
        drop(article::read(&page, &article::Context::default()));
    }));
    let time = processor_time() - began;
    Cost { seed, bytes: bytes.len(), time, memory: MEMORY.peak_usage().saturating_sub(before), panicked: outcome.is_err() }
}

/// What this thread has used of a processor, so that other work on the machine makes no page slow.
fn processor_time() -> Duration {
    let seen = fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(seen.split(' ').next().unwrap().parse().unwrap())
}

/// Keeps the costliest, the first of them on top.
fn keep<K: Ord>(kept: &mut Vec<Cost>, cost: &Cost, key: impl Fn(&Cost) -> K) {
    let place = kept.partition_point(|known| key(known) >= key(cost));
    if place < SHOWN {
        kept.insert(place, cost.clone());
        kept.truncate(SHOWN);
    }
}

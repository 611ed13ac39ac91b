//! How fast Loa reads pages, beside two other readers on the same pages in the same run, in one thread.
//!
//! ```text
//! cargo run --release --manifest-path benches/reading/Cargo.toml
//! cargo run --release --manifest-path benches/reading/Cargo.toml -- articles FOLDER
//! cargo run --release --manifest-path benches/reading/Cargo.toml -- lists FOLDER
//! ```
//!
//! The first form takes the project's own pages, which are small; the others take a folder of saved pages, see
//! [`pages`]. Printed are pages a second of processor time and the slowest page, both by the median of the rounds,
//! and the memory that reading took at its peak. Pages are decoded beforehand. The other readers find no headlines:
//! on lists their line says what reading such pages costs them. Linux only.

mod pages;
mod readers;

use std::{env, error::Error, fs, path::Path, process::Command, time::Duration};

use cpu_time::ThreadTime;

use pages::Page;
use readers::{Kind, Reader};

/// Odd, so that there is a median.
const ROUNDS: usize = 5;
/// Before the word for the reader whose memory a process measures, and nothing else.
const MEMORY: &str = "--memory-of";

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates/reader/tests/pages");
    match arguments[..] {
        [] => {
            compare(Kind::Articles, &own.join("articles"))?;
            compare(Kind::Lists, &own.join("lists"))
        }
        [kind, folder] => compare(kind.parse()?, Path::new(folder)),
        [kind, folder, MEMORY, reader] => measure_memory(kind.parse()?, Path::new(folder), reader.parse()?),
        _ => Err("expected nothing, `articles FOLDER` or `lists FOLDER`".into()),
    }
}

/// Prints a line for each reader.
fn compare(kind: Kind, folder: &Path) -> Outcome<()> {
    let pages = pages::in_folder(folder)?;
    let size = pages.iter().map(|page| page.html.len()).sum::<usize>() / pages.len() / 1000;
    println!("{} {kind}, {size} kB on average, the median of {ROUNDS} rounds", pages.len());
    println!("{:<12} {:>8} {:>12} {:>8}   found", "reader", "pages/s", "slowest ms", "peak MB");
    let timings = timings(kind, &pages);
    for (reader, Timing { total, slowest, found }) in Reader::ALL.into_iter().zip(timings) {
        let speed = pages.len() as f64 / total.as_secs_f64();
        let slowest = slowest.as_secs_f64() * 1000.0;
        println!("{reader:<12} {speed:>8.0} {slowest:>12.1} {:>8}   {found} {}", memory_of(kind, folder, reader)?, reader.finds(kind));
    }
    println!();
    Ok(())
}

struct Timing {
    total: Duration,
    slowest: Duration,
    found: usize,
}

/// The readers take turns at each page, so that whatever else the machine does meets them alike.
fn timings(kind: Kind, pages: &[Page]) -> [Timing; Reader::ALL.len()] {
    let mut spent = Reader::ALL.map(|_| vec![Vec::with_capacity(ROUNDS); pages.len()]);
    let mut found = [0; Reader::ALL.len()];
    for round in 0..ROUNDS {
        for (at, page) in pages.iter().enumerate() {
            for (reader, (spent, found)) in Reader::ALL.into_iter().zip(spent.iter_mut().zip(&mut found)) {
                let start = ThreadTime::now();
                let said = reader.read(kind, page);
                spent[at].push(start.elapsed());
                if round == 0 {
                    *found += said;
                }
            }
        }
    }
    let mut found = found.into_iter();
    spent.map(|pages| {
        let medians: Vec<Duration> = pages.into_iter().map(median).collect();
        let slowest = medians.iter().max().copied().unwrap_or_default();
        Timing { total: medians.iter().sum(), slowest, found: found.next().unwrap_or_default() }
    })
}

fn median(mut spent: Vec<Duration>) -> Duration {
    spent.sort_unstable();
    spent[spent.len() / 2]
}

/// Megabytes, measured in a process of its own: what one reader has freed is not there for the next.
fn memory_of(kind: Kind, folder: &Path, reader: Reader) -> Outcome<String> {
    let answer = Command::new(env::current_exe()?).args([kind.as_str(), &folder.to_string_lossy(), MEMORY, reader.as_str()]).output()?;
    if answer.status.success() { Ok(String::from_utf8(answer.stdout)?.trim().to_owned()) } else { Ok("?".to_owned()) }
}

fn measure_memory(kind: Kind, folder: &Path, reader: Reader) -> Outcome<()> {
    let pages = pages::in_folder(folder)?;
    let before = resident("VmRSS:")?;
    for page in &pages {
        reader.read(kind, page);
    }
    println!("{:.1}", resident("VmHWM:")?.saturating_sub(before) as f64 / 1000.0);
    Ok(())
}

/// A line of `/proc/self/status`, in kilobytes.
fn resident(name: &str) -> Outcome<usize> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)).ok_or("the kernel does not say how much memory is used")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

//! What Loa tells of twenty-eight portals while things happen to them: `cargo bench --bench long_run`.
//!
//! Each portal's front page and a section are polled some 300 times through quiet days, new, corrected, renamed,
//! removed and pinned stories, error pages, old copies, empty lists, bursts and two rebuilds, on a simulated clock.
//! Printed are the figures of every list, the fields of the articles, and below them every wrong thing on a line of its
//! own. The exit code is 1 where a bar does not hold: every new story told once and in order, nothing else told, every
//! day right, 99 of 100 fields right.
//!
//! `-- --portals a,b` takes only these; `--polls N` and `--seed S` do what they say; `--quiet-day` polls 96 times an
//! hour apart while nothing happens but that boxes turn through two months of old stories; `--added` compares what
//! `loa add` promises of each list with what the first poll publishes, and does nothing else; `--brief` leaves out the
//! wrong things. `cargo bench --profile dev --bench long_run` is slower to run and faster to build.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot be made may stop here")]

#[path = "../../tests/long_run/mod.rs"]
mod long_run;
mod table;

use std::{path::Path, process::ExitCode};

use jiff::SignedDuration;
use loa_stand_ins::portals::{List, STYLES, Style};
use tokio::task::JoinSet;

use long_run::{Run, added, script};

/// What was asked for.
struct Options {
    styles: Vec<&'static Style>,
    polls: u32,
    seed: u64,
    quiet_day: bool,
    added: bool,
    brief: bool,
}

fn main() -> ExitCode {
    let options = match options() {
        Ok(options) => options,
        Err(why) => {
            eprintln!("{why}");
            return ExitCode::from(2);
        }
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    if options.added {
        return runtime.block_on(compare(&options));
    }
    let runs = runtime.block_on(run(&options));
    print!("{}", table::figures(&runs));
    print!("{}", table::fields(&runs));
    if !options.brief {
        print!("{}", table::wrong(&runs));
    }
    let broken = table::broken_bars(&runs);
    print!("{broken}");
    ExitCode::from(u8::from(!broken.is_empty()))
}

fn options() -> Result<Options, String> {
    let mut options = Options { styles: STYLES.to_vec(), polls: 300, seed: 1, quiet_day: false, added: false, brief: false };
    let mut words = std::env::args().skip(1).filter(|word| word != "--bench");
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("`{word}` needs a value"));
        let number = |text: String| text.parse::<u32>().map_err(|_| format!("expected a number, found `{text}`"));
        match word.as_str() {
            "--portals" => options.styles = styles(&value()?)?,
            "--polls" => options.polls = number(value()?)?,
            "--seed" => options.seed = number(value()?)?.into(),
            "--quiet-day" => options.quiet_day = true,
            "--added" => options.added = true,
            "--brief" => options.brief = true,
            other => return Err(format!("`{other}` is not known: the first lines of `benches/long_run/main.rs` say what is")),
        }
    }
    Ok(options)
}

fn styles(names: &str) -> Result<Vec<&'static Style>, String> {
    let style = |name: &str| {
        let known = || STYLES.map(|style| style.name).join(", ");
        STYLES.into_iter().find(|style| style.name == name).ok_or_else(|| format!("no portal is called `{name}`: there are {}", known()))
    };
    names.split(',').map(style).collect()
}

/// All portals at once, as many as there are cores; in the order of their names in the list.
async fn run(options: &Options) -> Vec<(&'static str, Run)> {
    let (steps, every) = if options.quiet_day {
        (script::quiet_day(), SignedDuration::from_hours(1))
    } else {
        (script::steps(options.polls), SignedDuration::from_mins(15))
    };
    let readers = long_run::readers();
    let mut tasks = JoinSet::new();
    for (at, style) in options.styles.iter().copied().enumerate() {
        let (steps, readers, seed) = (steps.clone(), readers.clone(), options.seed);
        tasks.spawn(async move { (at, style.name, long_run::run(style, seed, &steps, every, &readers).await) });
    }
    let mut runs = tasks.join_all().await;
    runs.sort_by_key(|(at, ..)| *at);
    runs.into_iter().map(|(_, name, run)| (name, run)).collect()
}

/// `loa add` beside the first poll, one list after the other.
async fn compare(options: &Options) -> ExitCode {
    let binary = Path::new(env!("CARGO_BIN_EXE_loa"));
    let readers = long_run::readers();
    let mut differences = Vec::new();
    for style in &options.styles {
        for list in List::ALL {
            differences.push((style.name, list, added::difference(binary, style, list, options.seed, &readers).await));
        }
    }
    print!("{}", table::differences(&differences));
    let is_same = differences.iter().all(|(.., difference)| difference.is_none());
    ExitCode::from(u8::from(!is_same))
}

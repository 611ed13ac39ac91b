//! The long run: a portal is polled by the real library while things happen to it, and all that Loa tells of it is
//! held against what is true.
//!
//! Portals and polls go over real sockets, articles and deliveries into a real store; only the clock is simulated, so
//! that hundreds of polls take seconds. No message is sent: a row of the outbox is what would be told.

pub mod added;
pub mod fields;
mod newsroom;
pub mod script;
pub mod tally;
mod watch;

use std::time::Duration;

use jiff::{SignedDuration, ZonedDateTime};
use loa::jobs::reading_timeout::Readers;
use loa_stand_ins::portals::{List, Portal, Style};

use newsroom::Newsroom;
use script::Step;
use tally::{Tally, Wrong};
use watch::Watch;

/// When the first poll is.
const START: &str = "2026-11-24T08:00:00+07:00[Asia/Ho_Chi_Minh]";

/// What a run found.
#[derive(Debug, Default)]
pub struct Run {
    pub tallies: Vec<(List, Tally)>,
    pub wrong: Vec<Wrong>,
}

/// Runs `steps` on a portal of this style, with polls `every` so often.
pub async fn run(style: &'static Style, seed: u64, steps: &[Step], every: SignedDuration, readers: &Readers) -> Run {
    let mut now: ZonedDateTime = START.parse().unwrap();
    let portal = Portal::start(style, seed, now.clone()).unwrap();
    let newsroom = Newsroom::open(readers.clone()).await;
    let mut watches: Vec<Watch> = List::ALL.into_iter().map(|list| Watch::new(style, list, &portal)).collect();
    for (number, step) in steps.iter().enumerate() {
        for event in &step.events {
            portal.site().happen(*event, &now);
        }
        for watch in &mut watches {
            watch.poll(&portal, &newsroom, number, step, now.timestamp()).await;
        }
        now += every;
    }
    let mut run = Run::default();
    for watch in watches {
        let (list, tally, wrong) = watch.end(&portal, &newsroom).await;
        run.tallies.push((list, tally));
        run.wrong.extend(wrong);
    }
    newsroom.close().await;
    run
}

/// Threads that read, with time enough that a busy machine changes no result.
pub fn readers() -> Readers {
    Readers::new(std::thread::available_parallelism().map_or(2, usize::from), Duration::from_secs(60), 8)
}

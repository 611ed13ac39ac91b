//! The short form of the long run (`benches/long_run`): a few portals, a few polls; what is told of them is news.

use std::path::Path;

use jiff::SignedDuration;
use loa_stand_ins::portals::{List, STYLES, Style};
use tokio::task::JoinSet;

use crate::long_run::{
    self, Run, added,
    script::{self, Step},
    tally::HOLD,
};

/// Portals whose lists are polled through everything that happens to one.
const EVENTFUL: &[&str] = &["cards", "joomla", "police", "vnpt", "wordpress"];

/// Portals of which a day without news tells nothing.
const QUIET: &[&str] = &["dnn", "nukeviet", "vnexpress"];

/// Portals of which `loa add` promises what the first poll publishes.
const KEPT: &[&str] = &["joomla", "vnexpress"];

fn style(name: &str) -> &'static Style {
    STYLES.into_iter().find(|style| style.name == name).unwrap()
}

async fn runs(names: impl IntoIterator<Item = &'static str>, steps: &[Step], every: SignedDuration) -> Vec<(&'static str, Run)> {
    let readers = long_run::readers();
    let mut tasks = JoinSet::new();
    for name in names {
        let (steps, readers) = (steps.to_vec(), readers.clone());
        tasks.spawn(async move { (name, long_run::run(style(name), 1, &steps, every, &readers).await) });
    }
    tasks.join_all().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_of_a_portal_is_new_on_its_list() {
    let mut broken = Vec::new();
    for (name, run) in runs(EVENTFUL.iter().copied(), &script::steps(20), SignedDuration::from_mins(15)).await {
        for (list, tally) in &run.tallies {
            broken.extend(tally.beyond().more_than(&HOLD).into_iter().map(|what| format!("{name} {}: {what}", list.name())));
        }
        if !broken.is_empty() {
            broken.extend(run.wrong.iter().map(|wrong| format!("  {wrong}")));
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quiet_day_tells_nothing() {
    for (name, run) in runs(QUIET.iter().copied(), &script::quiet_day()[..9], SignedDuration::from_hours(1)).await {
        for (list, tally) in &run.tallies {
            assert_eq!((tally.all_foreign(), tally.twice), (0, 0), "{name} {}: {:#?}", list.name(), run.wrong);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn add_promises_what_the_first_poll_publishes() {
    let (binary, readers) = (Path::new(env!("CARGO_BIN_EXE_loa")), long_run::readers());
    for name in KEPT {
        for list in List::ALL {
            let difference = added::difference(binary, style(name), list, 1, &readers).await;
            assert!(difference.in_both > 0 && difference.is_none(), "{name}: {difference:#?}");
        }
    }
}

//! What happens to a portal at each poll, as a table: phases, each with its share of the polls and its events.

use loa_stand_ins::portals::{ErrorPage, Event};

/// A part of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Phase {
    First,
    Quiet,
    New,
    Corrected,
    Errors,
    Flapping,
    Empty,
    Burst,
    Rebuilt,
    Moved,
}

impl Phase {
    pub fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Quiet => "quiet",
            Self::New => "new",
            Self::Corrected => "corrected",
            Self::Errors => "errors",
            Self::Flapping => "flapping",
            Self::Empty => "empty",
            Self::Burst => "burst",
            Self::Rebuilt => "rebuilt",
            Self::Moved => "moved",
        }
    }
}

/// When something happens within its phase.
#[derive(Debug, Clone, Copy)]
enum When {
    Once(u32),
    /// At every n-th poll, from this one on.
    Every(u32, u32),
}

use When::{Every, Once};

#[derive(Debug, Clone, Copy)]
enum What {
    Do(Event),
    /// The next of the error pages.
    Fail,
}

use What::{Do, Fail};

/// A phase, its share of a hundred polls, what happens in it. Boxes and counters turn at every poll, but for every
/// third of a quiet phase.
type Part = (Phase, u32, &'static [(When, What)]);

const PARTS: &[Part] = &[
    (Phase::Quiet, 14, &[]),
    (Phase::New, 16, &[(Every(2, 0), Do(Event::Publish(1))), (Every(5, 3), Do(Event::Publish(2)))]),
    (
        Phase::Corrected,
        16,
        &[
            (Every(7, 0), Do(Event::Correct)),
            (Every(5, 1), Do(Event::Retitle)),
            (Every(6, 2), Do(Event::Remove)),
            (Every(10, 3), Do(Event::Pin)),
            (Every(10, 8), Do(Event::Unpin)),
            (Every(4, 3), Do(Event::Publish(1))),
        ],
    ),
    (Phase::Errors, 14, &[(Every(4, 0), Fail), (Every(4, 1), Do(Event::Publish(1))), (Every(4, 2), Do(Event::Heal))]),
    (Phase::Flapping, 8, &[(Every(2, 0), Do(Event::Stale)), (Every(2, 1), Do(Event::Heal)), (Every(4, 1), Do(Event::Publish(1)))]),
    (Phase::Empty, 7, &[(Every(7, 0), Do(Event::Empty)), (Every(7, 3), Do(Event::Publish(1))), (Every(7, 5), Do(Event::Heal))]),
    (Phase::Burst, 5, &[(Every(5, 0), Do(Event::Publish(6)))]),
    (Phase::Rebuilt, 8, &[(Once(1), Do(Event::Rebuild)), (Every(4, 1), Do(Event::Publish(1)))]),
    (Phase::Moved, 6, &[(Once(1), Do(Event::Move)), (Every(4, 2), Do(Event::Publish(1)))]),
    (Phase::Quiet, 6, &[]),
];

/// What happens before one poll.
#[derive(Debug, Clone)]
pub struct Step {
    pub phase: Phase,
    pub events: Vec<Event>,
}

/// The steps of a run of so many polls, the first poll among them.
pub fn steps(polls: u32) -> Vec<Step> {
    let mut steps = vec![Step { phase: Phase::First, events: Vec::new() }];
    let mut errors = ErrorPage::ALL.into_iter().cycle();
    for (phase, share, beats) in PARTS {
        for at in 0..(share * polls).div_ceil(100) {
            let mut events: Vec<Event> = Vec::new();
            for (when, what) in *beats {
                let is_now = match *when {
                    Once(then) => at == then,
                    Every(period, from) => at >= from && (at - from) % period == 0,
                };
                match what {
                    _ if !is_now => (),
                    Do(event) => events.push(*event),
                    Fail => events.extend(errors.next().map(Event::Fail)),
                }
            }
            if *phase != Phase::Quiet || at % 3 != 2 {
                events.push(Event::Turn);
            }
            steps.push(Step { phase: *phase, events });
        }
        if beats.iter().any(|(_, what)| matches!(what, Fail | Do(Event::Stale | Event::Empty))) {
            // What was wrong is over before the next phase.
            steps.push(Step { phase: *phase, events: vec![Event::Heal, Event::Turn] });
        }
    }
    steps
}

/// A day on which nothing happens but that the boxes turn.
pub fn quiet_day() -> Vec<Step> {
    let first = Step { phase: Phase::First, events: Vec::new() };
    let quiet = Step { phase: Phase::Quiet, events: vec![Event::Turn] };
    std::iter::once(first).chain(std::iter::repeat_n(quiet, 96)).collect()
}

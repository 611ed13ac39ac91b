//! The clock, watched: when it is set back, what waits for a time is told.
//!
//! Set forward, it needs nothing: nobody sleeps for longer than a minute at a stretch.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::{sync::watch, time::Instant};
use tracing::warn;

use super::stopped;
use crate::service::Service;

/// Between two looks.
const LOOK: Duration = Duration::from_secs(5);
/// Less than this is the clock being trimmed.
const TRIMMED: SignedDuration = SignedDuration::from_secs(30);

/// Compares the clock with one that does not jump, until told to stop.
pub async fn watch(service: &Service, mut stop: watch::Receiver<bool>) {
    let mut before = (Instant::now(), Timestamp::now());
    loop {
        tokio::select! {
            () = tokio::time::sleep(LOOK) => (),
            () = stopped(&mut stop) => return,
        }
        let now = (Instant::now(), Timestamp::now());
        let set_back = set_back(before, now);
        if set_back < TRIMMED {
            before = now;
            continue;
        }
        match service.note_clock(set_back).await {
            Ok(()) => before = now,
            // It is tried again at the next look, with what has passed until then.
            Err(error) => warn!("the clock was set back by {set_back:#}, and the store failed: {error}"),
        }
    }
}

/// By how much the clock was set back between two looks.
fn set_back(before: (Instant, Timestamp), now: (Instant, Timestamp)) -> SignedDuration {
    let passed = SignedDuration::try_from(now.0.duration_since(before.0)).unwrap_or(SignedDuration::MAX);
    passed.saturating_sub(now.1.duration_since(before.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_set_back_is_told_from_one_that_runs_or_is_set_forward() {
        let (instant, time) = (Instant::now(), Timestamp::from_second(1_800_000_000).unwrap());
        let later = instant + Duration::from_secs(5);
        for (seconds, expected) in [(5, 0), (4, 1), (3_605, -3_600), (-3_595, 3_600), (-86_395, 86_400)] {
            let by = set_back((instant, time), (later, time + SignedDuration::from_secs(seconds)));
            assert_eq!(by, SignedDuration::from_secs(expected));
        }
    }
}

//! The flood model: how fast a bot may talk before it hears 429.
//!
//! Telegram publishes no exact numbers; these are what bot authors report, on the strict side.

use std::{collections::VecDeque, time::Duration};

use tokio::time::Instant;

use super::answer::Refusal;

/// Messages in a row that one chat takes before it counts seconds.
const BURST: f64 = 4.0;
/// Messages a minute that a group or channel takes.
const PER_MINUTE: usize = 20;
/// Messages a second over all chats.
const PER_SECOND: usize = 30;
const MINUTE: Duration = Duration::from_secs(60);

/// How the stand-in minds floods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flood {
    pub minded: bool,
    /// The answer says how long to wait in its words only.
    pub without_parameters: bool,
    /// An album hears of it by 400, in the words about its first message.
    pub albums_by_400: bool,
}

/// What one chat has taken lately.
#[derive(Debug, Default)]
pub(super) struct Bucket {
    /// Used tokens, as they stood at `at`.
    used: f64,
    at: Option<Instant>,
    recent: VecDeque<Instant>,
    /// Until then the chat takes nothing; asking before makes it later.
    closed_until: Option<Instant>,
}

impl Bucket {
    /// Takes `count` messages, or says how long to wait.
    pub fn take(&mut self, count: usize, counts_minutes: bool, now: Instant) -> Result<(), Duration> {
        if let Some(until) = self.closed_until.filter(|until| *until > now) {
            let until = until + Duration::from_secs(1);
            self.closed_until = Some(until);
            return Err(until - now);
        }
        let passed = self.at.map_or(0.0, |at| (now - at).as_secs_f64());
        let used = (self.used - passed).max(0.0);
        self.used = used;
        self.at = Some(now);
        while self.recent.front().is_some_and(|at| now - *at >= MINUTE) {
            self.recent.pop_front();
        }
        #[expect(clippy::cast_precision_loss, reason = "an album has ten items at most")]
        let wanted = count as f64;
        // A full bucket takes an album whole, as Telegram does, and is in debt for it.
        let wait = if used > 0.0 && used + wanted > BURST {
            Some(Duration::from_secs_f64((used + wanted.min(BURST) - BURST).max(1.0)))
        } else if counts_minutes && self.recent.len() + count > PER_MINUTE {
            self.recent.front().map(|first| MINUTE - (now - *first))
        } else {
            None
        };
        if let Some(wait) = wait {
            self.closed_until = Some(now + wait);
            return Err(wait);
        }
        self.used += wanted;
        self.recent.extend(std::iter::repeat_n(now, count));
        Ok(())
    }
}

/// What all chats have taken in the last second.
#[derive(Debug, Default)]
pub(super) struct Overall(VecDeque<Instant>);

impl Overall {
    pub fn take(&mut self, count: usize, now: Instant) -> Result<(), Duration> {
        while self.0.front().is_some_and(|at| now - *at >= Duration::from_secs(1)) {
            self.0.pop_front();
        }
        if self.0.len() + count > PER_SECOND {
            return Err(Duration::from_secs(1));
        }
        self.0.extend(std::iter::repeat_n(now, count));
        Ok(())
    }
}

impl Flood {
    pub(super) fn refusal(self, wait: Duration, count: usize) -> Refusal {
        let seconds = u32::try_from(wait.as_millis().div_ceil(1000)).unwrap_or(u32::MAX).max(1);
        let flood = Refusal::flood(seconds, !self.without_parameters);
        if count > 1 && self.albums_by_400 {
            return Refusal::bad_request(&format!("failed to send message #1 with the error message \"{}\"", flood.description));
        }
        flood
    }
}

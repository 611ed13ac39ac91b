//! When to poll a source again: by its rhythm, later after failures, never before it asked to.

use std::fmt;

use jiff::{SignedDuration, Timestamp};

/// Nothing is polled less often than this, but for a source that is gone.
const LONGEST: SignedDuration = SignedDuration::from_hours(6);
/// A portal is polled this many times in the mean time between two of its articles.
const LOOKS_A_GAP: i32 = 8;
/// How far `max-age` alone may push the next poll.
const LONGEST_FRESH: SignedDuration = SignedDuration::from_hours(1);
/// Gaps between articles that are a rhythm, and a silence that any feed may keep.
const RHYTHM: usize = 4;
const SHORTEST_SILENCE: SignedDuration = SignedDuration::from_hours(72);
/// From this interval on, polls are spread so that feeds do not run in step.
const JITTER_FROM: SignedDuration = SignedDuration::from_mins(1);
/// A source that is gone (410) is polled again after a day, then two, four, … up to this many.
const GONE_DAYS: i64 = 30;
/// A page that was out of reach is read again after an hour, then three times that, …, so many times.
const READINGS: u32 = 5;

/// How often a feed is to be polled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// The shortest interval.
    pub every: SignedDuration,
    /// Whether the real interval follows the portal's rhythm, between `every` and six hours.
    pub adaptive: bool,
}

impl fmt::Display for Pace {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}s {}", self.every.as_secs(), if self.adaptive { "adaptive" } else { "fixed" })
    }
}

/// How a poll ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Read, or unchanged; the answer may be fresh for a while.
    Good { fresh_for: Option<SignedDuration> },
    /// Failed for the n-th time in a row; n is at least 1.
    Failed { times: u32 },
    /// The host asks to be left alone until then.
    RetryAfter { until: Timestamp },
    /// The source says for the n-th time in a row that it is gone for good; n is at least 1.
    Gone { times: u32 },
}

/// The time of the next poll.
///
/// `rhythm` holds the times of the newest articles, newest first. `jitter` lies between -1 and 1 and moves
/// the interval by up to 5 %, from one minute up.
pub fn next(pace: Pace, rhythm: &[Timestamp], outcome: Outcome, now: Timestamp, jitter: f64) -> Timestamp {
    let interval = interval(pace, rhythm, now);
    let wait = match outcome {
        Outcome::Good { fresh_for } => interval.max(fresh_for.unwrap_or_default().min(LONGEST_FRESH)),
        Outcome::Failed { times } => back_off(pace.every, times),
        Outcome::RetryAfter { .. } => interval,
        Outcome::Gone { times } => SignedDuration::from_hours(24 * GONE_DAYS.min(1 << times.saturating_sub(1).min(10))),
    };
    let spread = if wait >= JITTER_FROM { wait.mul_f64(0.05 * jitter.clamp(-1.0, 1.0)) } else { SignedDuration::ZERO };
    let at = now.saturating_add(wait.saturating_add(spread)).unwrap_or(Timestamp::MAX);
    match outcome {
        Outcome::RetryAfter { until } => at.max(until),
        _ => at,
    }
}

/// When a page is read again that was out of reach `tries` times since its article was published without it; `None`:
/// never.
pub fn read_again(tries: u32, now: Timestamp) -> Option<Timestamp> {
    let wait = SignedDuration::from_hours(3_i64.pow(tries.min(READINGS)));
    (tries < READINGS).then(|| now.saturating_add(wait).unwrap_or(Timestamp::MAX))
}

/// A feed that has nothing new for much longer than it ever has between its newest articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    pub since: Timestamp,
    /// The longest time between two.
    pub usual: SignedDuration,
}

/// Whether a feed has gone quiet: three times as long as the longest gap of its rhythm, and three days at least, as
/// many portals rest at weekends. Fewer than five different times are no rhythm.
pub fn silence(rhythm: &[Timestamp], now: Timestamp) -> Option<Silence> {
    let gaps: Vec<_> = rhythm.windows(2).map(|pair| pair[0].duration_since(pair[1])).filter(|gap| !gap.is_zero()).collect();
    let (usual, since) = (*gaps.iter().max()?, *rhythm.first()?);
    let is_rhythm = gaps.len() >= RHYTHM;
    let quiet = now.duration_since(since);
    (is_rhythm && quiet >= usual.saturating_mul(3).max(SHORTEST_SILENCE)).then_some(Silence { since, usual })
}

/// The interval that suits the rhythm: an eighth of the mean time between the newest articles, counting the
/// silence since the last one.
fn interval(pace: Pace, rhythm: &[Timestamp], now: Timestamp) -> SignedDuration {
    let (Some(oldest), true) = (rhythm.last(), rhythm.len() >= 3 && pace.adaptive) else {
        return pace.every;
    };
    let gaps = i32::try_from(rhythm.len()).unwrap_or(i32::MAX);
    let mean = now.duration_since(*oldest).max(SignedDuration::ZERO) / gaps;
    (mean / LOOKS_A_GAP).min(LONGEST).max(pace.every)
}

/// Twice as long after each failure in a row: `every`, then 2, 4, 8 … times that, up to six hours.
fn back_off(every: SignedDuration, times: u32) -> SignedDuration {
    let factor = 1_i32 << times.saturating_sub(1).min(16);
    every.checked_mul(factor).unwrap_or(LONGEST).min(LONGEST.max(every))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    const PACE: Pace = Pace { every: SignedDuration::from_mins(15), adaptive: true };

    fn minutes(rhythm: &[&str], outcome: Outcome) -> i64 {
        let now = at("2026-11-24T12:00:00Z");
        let rhythm: Vec<_> = rhythm.iter().map(|text| at(text)).collect();
        next(PACE, &rhythm, outcome, now, 0.0).duration_since(now).as_mins()
    }

    #[test]
    fn the_interval_follows_the_portal() {
        let good = Outcome::Good { fresh_for: None };
        assert_eq!(minutes(&[], good), 15);
        // Busy: an article every half hour.
        assert_eq!(minutes(&["2026-11-24T11:30:00Z", "2026-11-24T11:00:00Z", "2026-11-24T10:30:00Z"], good), 15);
        // A daily one: 72 hours for three articles, an eighth of 24 hours is 3.
        assert_eq!(minutes(&["2026-11-23T12:00:00Z", "2026-11-22T12:00:00Z", "2026-11-21T12:00:00Z"], good), 180);
        // A sleeping one.
        assert_eq!(minutes(&["2026-03-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z"], good), 360);
    }

    #[test]
    fn failures_back_off_and_requests_to_wait_are_kept() {
        assert_eq!(minutes(&[], Outcome::Failed { times: 1 }), 15);
        assert_eq!(minutes(&[], Outcome::Failed { times: 3 }), 60);
        assert_eq!(minutes(&[], Outcome::Failed { times: 300 }), 360);
        assert_eq!(minutes(&[], Outcome::RetryAfter { until: at("2026-11-24T14:00:00Z") }), 120);
        assert_eq!(minutes(&[], Outcome::RetryAfter { until: at("2026-11-24T12:00:01Z") }), 15);
        assert_eq!(minutes(&[], Outcome::Good { fresh_for: Some(SignedDuration::from_mins(40)) }), 40);
        assert_eq!(minutes(&[], Outcome::Good { fresh_for: Some(SignedDuration::from_hours(99)) }), 60);
        let days = [1, 2, 3, 4, 5, 6, 300].map(|times| minutes(&[], Outcome::Gone { times }) / (60 * 24));
        assert_eq!(days, [1, 2, 4, 8, 16, 30, 30]);
    }

    #[test]
    fn a_feed_that_usually_speaks_has_gone_quiet() {
        let newest = at("2026-11-24T12:00:00Z");
        let rhythm = |hours: i64| (0..10).map(|nth| newest - SignedDuration::from_hours(hours * nth)).collect::<Vec<_>>();
        let quiet = |rhythm: &[Timestamp], hours| silence(rhythm, newest + SignedDuration::from_hours(hours)).map(|it| it.usual.as_hours());
        // Several a day: a weekend is no silence, four days are.
        assert_eq!((quiet(&rhythm(5), 70), quiet(&rhythm(5), 96)), (None, Some(5)));
        // One a week.
        assert_eq!((quiet(&rhythm(168), 400), quiet(&rhythm(168), 504)), (None, Some(168)));
        // What was found at once has no rhythm, nor has what is new.
        assert_eq!(quiet(&[newest; 10], 10_000), None);
        assert_eq!(quiet(&rhythm(5)[..4], 10_000), None);
        assert_eq!(quiet(&[], 10_000), None);
    }

    #[test]
    fn a_page_out_of_reach_is_read_again_for_days_and_then_no_more() {
        let now = at("2026-11-24T12:00:00Z");
        let hours: Vec<_> = (0..9).map_while(|tries| read_again(tries, now)).map(|next| next.duration_since(now).as_hours()).collect();
        assert_eq!(hours, [1, 3, 9, 27, 81]);
    }

    #[test]
    fn polls_are_spread_from_a_minute_up() {
        let now = at("2026-11-24T12:00:00Z");
        let short = Pace { every: SignedDuration::from_secs(2), adaptive: false };
        let good = Outcome::Good { fresh_for: None };
        assert_eq!(next(short, &[], good, now, 1.0).duration_since(now), SignedDuration::from_secs(2));
        assert_eq!(next(PACE, &[], good, now, 1.0).duration_since(now), SignedDuration::from_secs(945));
        assert_eq!(next(PACE, &[], good, now, -1.0).duration_since(now), SignedDuration::from_secs(855));
    }
}

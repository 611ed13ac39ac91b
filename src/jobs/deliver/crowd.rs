//! Channels with long queues that wait because all of them together say as much as they may: each asks the store when
//! it is its turn, in the order in which they came, and not all of them at every moment at which one may go on.
//!
//! It decides nothing: how much may be said stands in the store. Of several processes each has a crowd of its own.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

use crate::channel::ChannelId;

/// From one turn to the next.
const BETWEEN: SignedDuration = SignedDuration::from_millis(50);
/// Who does not come for so long does not keep the others waiting.
const PATIENCE: SignedDuration = SignedDuration::from_secs(1);
/// A turn further away than this was given before the clock was set back.
const LONGEST: SignedDuration = SignedDuration::from_mins(1);

/// Who waits, in order.
#[derive(Debug, Default)]
pub struct Crowd(Mutex<VecDeque<Waiting>>);

#[derive(Debug)]
struct Waiting {
    channel: ChannelId,
    /// When it said that it would come.
    comes_at: Timestamp,
}

impl Crowd {
    /// When a channel is to come again, while others are before it; `None`: it may ask.
    pub fn turn(&self, channel: &ChannelId, now: Timestamp) -> Option<Timestamp> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let comes = |waiting: &Waiting| (-PATIENCE..=LONGEST).contains(&waiting.comes_at.duration_since(now));
        waiting.retain(|waiting| waiting.channel == *channel || comes(waiting));
        let place = waiting.iter().position(|waiting| waiting.channel == *channel).filter(|place| *place > 0)?;
        waiting[place].comes_at = after(now, place);
        Some(waiting[place].comes_at)
    }

    /// A channel has to wait, and nobody may go on before `at`. When it is to come again.
    pub fn wait(&self, channel: &ChannelId, at: Timestamp) -> Timestamp {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = waiting.iter().position(|waiting| waiting.channel == *channel).unwrap_or_else(|| {
            waiting.push_back(Waiting { channel: channel.clone(), comes_at: at });
            waiting.len() - 1
        });
        waiting[place].comes_at = after(at, place);
        waiting[place].comes_at
    }

    /// A channel got what it waited for, or has nothing to wait for.
    pub fn leave(&self, channel: &ChannelId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|waiting| waiting.channel != *channel);
    }
}

/// When the one at this place has its turn.
fn after(at: Timestamp, place: usize) -> Timestamp {
    at.saturating_add(BETWEEN.saturating_mul(i32::try_from(place).unwrap_or(i32::MAX))).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_millisecond(1_700_000_000_000 + milliseconds).unwrap()
    }

    fn channels<const N: usize>(names: [&str; N]) -> [ChannelId; N] {
        names.map(|name| name.parse().unwrap())
    }

    #[test]
    fn each_has_its_turn_in_the_order_in_which_they_came() {
        let (crowd, [a, b, c]) = (Crowd::default(), channels(["a", "b", "c"]));
        assert_eq!(crowd.turn(&a, at(0)), None, "nobody waits");
        assert_eq!([&a, &b, &c].map(|channel| crowd.wait(channel, at(100))), [at(100), at(150), at(200)]);
        // Whoever comes too early asks nobody.
        assert_eq!([&a, &b, &c].map(|channel| crowd.turn(channel, at(100))), [None, Some(at(150)), Some(at(200))]);
        assert_eq!(crowd.wait(&a, at(130)), at(130), "it keeps its place");
        crowd.leave(&a);
        assert_eq!([&b, &c].map(|channel| crowd.turn(channel, at(150))), [None, Some(at(200))]);
        assert_eq!(crowd.wait(&a, at(160)), at(260), "the last now");
    }

    #[test]
    fn who_does_not_come_keeps_nobody_waiting_also_where_the_clock_is_set_back() {
        let (crowd, [a, b]) = (Crowd::default(), channels(["a", "b"]));
        crowd.wait(&a, at(0));
        crowd.wait(&b, at(0));
        assert_eq!(crowd.turn(&b, at(900)), Some(at(950)));
        assert_eq!(crowd.turn(&b, at(1_100)), None);
        crowd.wait(&a, at(2_000));
        assert_eq!(crowd.turn(&a, at(-3_600_000)), None);
    }
}

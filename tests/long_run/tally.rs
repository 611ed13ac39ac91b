//! The figures of a run, and every wrong thing in words.

use std::collections::BTreeMap;

use loa_stand_ins::portals::List;

use super::{fields::Field, script::Phase};

/// Something that should not be.
#[derive(Debug, Clone)]
pub struct Wrong {
    pub portal: &'static str,
    pub list: List,
    pub phase: Phase,
    pub poll: usize,
    pub what: String,
    pub headline: String,
}

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    pub right: u32,
    pub of: u32,
}

impl Share {
    pub fn note(&mut self, is_right: bool) {
        self.right += u32::from(is_right);
        self.of += 1;
    }

    pub fn add(&mut self, other: Self) {
        self.right += other.right;
        self.of += other.of;
    }

    pub fn wrong(self) -> u32 {
        self.of - self.right
    }
}

/// Requests of polls of one kind.
#[derive(Debug, Clone, Copy, Default)]
pub struct Requests {
    pub polls: u32,
    pub requests: u32,
}

impl Requests {
    pub fn note(&mut self, requests: u32) {
        self.polls += 1;
        self.requests += requests;
    }

    pub fn mean(self) -> f64 {
        f64::from(self.requests) / f64::from(self.polls.max(1))
    }
}

/// What one list's feed did in a run.
#[derive(Debug, Default)]
pub struct Tally {
    /// Of the list at the first poll.
    pub first: Share,
    /// Published though not of the list: at the first poll, and later.
    pub others_first: u32,
    pub others_later: u32,
    /// New ones that were told, of those that stood on the list.
    pub new: Share,
    pub out_of_order: u32,
    pub twice: u32,
    /// Told though neither new nor of the list, by phase.
    pub foreign: BTreeMap<Phase, u32>,
    pub wrong_days: u32,
    pub fields: BTreeMap<Field, Share>,
    /// Where nothing at all had changed.
    pub unchanged: Requests,
    /// Where boxes had turned.
    pub turned: Requests,
    /// Beyond the list and the new ones, where some had come.
    pub beyond_new: Requests,
}

impl Tally {
    pub fn all_foreign(&self) -> u32 {
        self.foreign.values().sum()
    }

    /// Right and all of every field.
    pub fn all_fields(&self) -> Share {
        let mut all = Share::default();
        self.fields.values().for_each(|share| all.add(*share));
        all
    }

    /// Which bars do not hold: every new one told once and in order, nothing else told, every day right, 99 of 100 fields.
    pub fn broken_bars(&self) -> Vec<String> {
        let fields = self.all_fields();
        let bars = [
            ("of the list not found at the first poll", self.first.wrong()),
            ("new not told", self.new.wrong()),
            ("told out of order", self.out_of_order),
            ("told twice", self.twice),
            ("told and no news", self.all_foreign()),
            ("days wrong", self.wrong_days),
            ("fields wrong", if fields.wrong() * 100 > fields.of { fields.wrong() } else { 0 }),
        ];
        bars.into_iter().filter(|(_, count)| *count > 0).map(|(what, count)| format!("{count} {what}")).collect()
    }
}

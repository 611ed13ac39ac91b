//! The figures of a run, and every wrong thing in words.

use std::{collections::BTreeMap, fmt};

use loa_stand_ins::portals::List;

use super::{fields::Field, script::Phase};

/// Something that should not be. Shown as one line.
#[derive(Debug, Clone)]
pub struct Wrong {
    pub portal: &'static str,
    pub list: List,
    pub phase: Phase,
    pub poll: usize,
    pub what: String,
    pub headline: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self { portal, list, phase, poll, what, headline } = self;
        write!(f, "{portal} {} {} {poll}: {what} | {headline}", list.name(), phase.name())
    }
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
    /// Two articles for one story.
    pub doubles: u32,
    /// Headlines that were worded otherwise, and are so in the feed.
    pub reworded: Share,
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

    /// What is beyond the bars.
    pub fn beyond(&self) -> Bars {
        let fields = self.all_fields();
        Bars {
            lost_at_first: self.first.wrong(),
            never_told: self.new.wrong(),
            out_of_order: self.out_of_order,
            twice: self.twice,
            doubles: self.doubles,
            of_others: self.others_first + self.others_later,
            no_news: self.all_foreign(),
            not_reworded: self.reworded.wrong(),
            wrong_days: self.wrong_days,
            needless_requests: self.unchanged.requests - self.unchanged.polls,
            wrong_fields: if fields.wrong() * 100 > fields.of { fields.wrong() } else { 0 },
        }
    }
}

/// How many of each wrong thing there are. All of them at zero is what Loa promises; one field in a hundred may be
/// wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bars {
    pub lost_at_first: u32,
    pub never_told: u32,
    pub out_of_order: u32,
    pub twice: u32,
    pub doubles: u32,
    /// Published though not of the list.
    pub of_others: u32,
    pub no_news: u32,
    pub not_reworded: u32,
    pub wrong_days: u32,
    /// Beyond the one for a list that had not changed.
    pub needless_requests: u32,
    pub wrong_fields: u32,
}

/// Every bar holds.
pub const HOLD: Bars = Bars {
    lost_at_first: 0,
    never_told: 0,
    out_of_order: 0,
    twice: 0,
    doubles: 0,
    of_others: 0,
    no_news: 0,
    not_reworded: 0,
    wrong_days: 0,
    needless_requests: 0,
    wrong_fields: 0,
};

impl Bars {
    /// What there is more of than `most`, in words.
    pub fn more_than(&self, most: &Self) -> Vec<String> {
        let bars = [
            ("of the list not found at the first poll", self.lost_at_first, most.lost_at_first),
            ("new and never told", self.never_told, most.never_told),
            ("told out of order", self.out_of_order, most.out_of_order),
            ("told twice", self.twice, most.twice),
            ("published twice", self.doubles, most.doubles),
            ("published and not of the list", self.of_others, most.of_others),
            ("told and no news", self.no_news, most.no_news),
            ("headlines not followed", self.not_reworded, most.not_reworded),
            ("days wrong", self.wrong_days, most.wrong_days),
            ("requests for nothing", self.needless_requests, most.needless_requests),
            ("fields wrong", self.wrong_fields, most.wrong_fields),
        ];
        bars.into_iter().filter(|(_, count, most)| count > most).map(|(what, count, _)| format!("{count} {what}")).collect()
    }
}

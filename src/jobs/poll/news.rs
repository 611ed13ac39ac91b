//! Whether an article that was not known before is news. Its own date decides before its place does. Pure.
//!
//! What stood on the page when the feed began is none, and neither is what was published before that and comes into
//! view later: from the list's next page, as most read, pinned. Each box of the page has an order and a history of its
//! own.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use loa_reader::{
    link,
    list::{self, Candidate},
    site::Fingerprint,
    text,
    time::{Precision, Stamp},
};

use crate::store::Known;

/// Share of neighbours that must be in the order of their dates, so that a box is in it.
const ORDERED: f64 = 0.7;
/// Dated headlines that show an order.
const ENOUGH: usize = 3;
/// In a box that is not the list and is in no order, what was published so long before the last good poll only comes
/// round.
const COMES_ROUND: SignedDuration = SignedDuration::from_hours(24);

/// Where a headline stands among the known ones of its box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Above,
    Between,
    Below,
    /// None of its box is known.
    Alone,
}

/// The known headlines of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Around {
    /// No other box has more of them.
    pub is_main: bool,
    /// They stand in the order of their dates, the newest first.
    pub is_ordered: bool,
    pub newest: Option<Timestamp>,
    /// Of a box in order, that of its end: what is pinned over it is none of it.
    pub oldest: Option<Timestamp>,
}

impl Around {
    /// `known` are those headlines of one box, in the order of the page.
    pub fn of(known: &[&Known], is_main: bool) -> Self {
        let times: Vec<Timestamp> = known.iter().map(|known| known.shown_at).collect();
        let is_ordered = is_in_order(&times) == Some(true);
        let oldest = if is_ordered { end_of(&times) } else { times.iter().min().copied() };
        Self { is_main, is_ordered, newest: times.iter().max().copied(), oldest }
    }
}

/// Whether these times of a box go from the newest to the oldest; `None` where they are too few to tell.
pub fn is_in_order(times: &[Timestamp]) -> Option<bool> {
    let in_order = times.windows(2).filter(|pair| pair[0] >= pair[1]).count();
    (times.len() >= ENOUGH).then(|| in_order as f64 >= ORDERED * (times.len() - 1) as f64)
}

/// When what stands at the end of a list in order was published: of its last three the one in the middle.
fn end_of(times: &[Timestamp]) -> Option<Timestamp> {
    let mut end = times[times.len().saturating_sub(ENOUGH)..].to_vec();
    end.sort_unstable();
    end.get(end.len() / 2).copied()
}

/// What is known of the time before a poll.
#[derive(Debug, Clone, Copy)]
pub struct Before<'l> {
    /// When headlines were found for the first time.
    pub began: Option<Timestamp>,
    /// When the list was read last.
    pub last_read: Option<Timestamp>,
    /// When the newest article that is known was published.
    pub newest: Option<Timestamp>,
    /// What stood on the page when the feed began.
    pub stood: &'l BTreeSet<Fingerprint>,
}

/// A headline's own prints: its address, and its words where they tell an article.
pub fn prints(candidate: &Candidate) -> impl Iterator<Item = Fingerprint> {
    let folded = text::fold(&candidate.title);
    let is_telling = folded.chars().count() >= list::TELLING_TITLE;
    [Some(Fingerprint::of_identity(&link::identity(&candidate.url))), is_telling.then(|| Fingerprint::of_text(&folded))]
        .into_iter()
        .flatten()
}

impl Before<'_> {
    /// Whether a headline is news that was `published` then and stands so in its box.
    pub fn is_news(&self, candidate: &Candidate, published: Option<&Stamp>, standing: Standing, around: Around) -> bool {
        if prints(candidate).any(|print| self.stood.contains(&print)) {
            return self.is_since_last_read(published);
        }
        let Some(stamp) = published else {
            return match standing {
                Standing::Above | Standing::Between | Standing::Alone => around.is_main,
                Standing::Below => false,
            };
        };
        let is_newest = around.newest.or(self.newest).is_none_or(|newest| is_since(stamp, newest));
        if around.is_main && is_newest && matches!(standing, Standing::Above | Standing::Alone) {
            return true;
        }
        let is_since_began = self.began.is_none_or(|began| is_since(stamp, began));
        let is_older_than_box = around.is_ordered && around.oldest.is_some_and(|oldest| !is_since(stamp, oldest));
        let comes_up = standing == Standing::Below && around.oldest.is_some_and(|oldest| !is_after(stamp, oldest));
        let comes_round = !around.is_main && !around.is_ordered && self.is_long_past(published);
        is_since_began && !is_older_than_box && !comes_up && !comes_round
    }
}

impl Before<'_> {
    /// Whether it surely was published before the feed began, and before all that is known: a portal's clock may be
    /// wrong.
    pub fn is_from_before(&self, published: Option<&Stamp>) -> bool {
        let first = self.began.map(|began| self.newest.map_or(began, |newest| newest.min(began)));
        published.zip(first).is_some_and(|(stamp, first)| !is_since(stamp, first))
    }

    /// Whether it surely was published after the feed began.
    pub fn is_surely_since_began(&self, published: Option<&Stamp>) -> bool {
        published.zip(self.began).is_some_and(|(stamp, began)| is_after(stamp, began))
    }

    /// Whether it surely was published after the list was read last.
    pub fn is_since_last_read(&self, published: Option<&Stamp>) -> bool {
        published.zip(self.last_read).is_some_and(|(stamp, read)| is_after(stamp, read))
    }

    /// Whether it was published long before the list was read last, and before what was the newest on it.
    pub fn is_older(&self, published: Option<&Stamp>) -> bool {
        let is_before_newest = published.zip(self.newest).is_some_and(|(stamp, newest)| !is_since(stamp, newest));
        is_before_newest && self.is_long_past(published)
    }

    /// Whether it was published long before the list was read last.
    pub fn is_long_past(&self, published: Option<&Stamp>) -> bool {
        let long_ago = self.last_read.and_then(|read| read.checked_sub(COMES_ROUND).ok());
        published.zip(long_ago).is_some_and(|(stamp, long_ago)| !is_since(stamp, long_ago))
    }
}

/// Whether it was published then or later; a day alone may be any time of that day.
fn is_since(stamp: &Stamp, moment: Timestamp) -> bool {
    match stamp.precision {
        Precision::Day => stamp.at.date() >= moment.to_zoned_datetime(stamp.at.time_zone().clone()).date(),
        Precision::Minute => stamp.at.timestamp() >= moment,
    }
}

/// Whether it surely was published later.
fn is_after(stamp: &Stamp, moment: Timestamp) -> bool {
    match stamp.precision {
        Precision::Day => stamp.at.date() > moment.to_zoned_datetime(stamp.at.time_zone().clone()).date(),
        Precision::Minute => stamp.at.timestamp() > moment,
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::dedupe::tests::{candidate, known},
        *,
    };

    fn day(date: &str) -> Stamp {
        Stamp::parse_rfc3339(&format!("{date}T00:00:00+07:00"), Precision::Day).unwrap()
    }

    fn minute(time: &str) -> Stamp {
        Stamp::parse_rfc3339(&format!("2026-11-{time}:00+07:00"), Precision::Minute).unwrap()
    }

    /// A list of the 20th, the 18th and the 16th of November at noon.
    fn list(is_main: bool) -> Around {
        let known = ["20", "18", "16"].map(|day| known(1, "x", "x", &format!("2026-11-{day}T05:00:00Z")));
        Around::of(&known.iter().collect::<Vec<_>>(), is_main)
    }

    /// The same stories as their readers want them.
    fn popular() -> Around {
        let known = ["16", "20", "17", "19"].map(|day| known(1, "x", "x", &format!("2026-11-{day}T05:00:00Z")));
        Around::of(&known.iter().collect::<Vec<_>>(), false)
    }

    /// Of a feed that began on the 17th and was read last on the 20th, both at noon.
    #[track_caller]
    fn check(cases: &[(Option<Stamp>, Standing, Around, bool)]) {
        let stood = BTreeSet::new();
        let before = Before {
            began: "2026-11-17T05:00:00Z".parse().ok(),
            last_read: "2026-11-20T05:00:00Z".parse().ok(),
            newest: None,
            stood: &stood,
        };
        for (published, standing, around, expected) in cases {
            let is_news = before.is_news(&candidate("moi", "Tin mới", ""), published.as_ref(), *standing, *around);
            assert_eq!(is_news, *expected, "{published:?} {standing:?} {around:?}");
        }
    }

    #[test]
    fn what_was_published_before_the_feed_began_is_no_news_wherever_it_comes_up() {
        let old = Some(minute("14T09:00"));
        check(&[
            (old.clone(), Standing::Above, list(true), false),
            (old.clone(), Standing::Between, list(true), false),
            (old.clone(), Standing::Above, popular(), false),
            (old, Standing::Alone, Around::default(), false),
            (Some(day("2026-11-16")), Standing::Above, list(true), false),
        ]);
    }

    #[test]
    fn what_is_newer_than_the_whole_list_is_news() {
        check(&[
            (Some(minute("20T12:30")), Standing::Above, list(true), true),
            (Some(day("2026-11-20")), Standing::Above, list(true), true),
            // Late, and among others.
            (Some(minute("19T12:30")), Standing::Between, list(true), true),
            (Some(minute("19T12:30")), Standing::Above, list(true), true),
        ]);
        // A portal whose clock is wrong by months.
        let known = ["03", "02", "01"].map(|day| known(1, "x", "x", &format!("2026-02-{day}T05:00:00Z")));
        let around = Around::of(&known.iter().collect::<Vec<_>>(), true);
        let late = Stamp::parse_rfc3339("2026-02-04T05:00:00Z", Precision::Minute);
        check(&[(late, Standing::Above, around, true)]);
    }

    #[test]
    fn what_comes_up_from_the_next_page_is_no_news_with_a_date_and_without() {
        check(&[
            (None, Standing::Below, list(true), false),
            (Some(minute("15T09:00")), Standing::Below, list(true), false),
            (None, Standing::Above, list(true), true),
            (None, Standing::Between, list(true), true),
        ]);
    }

    #[test]
    fn what_is_pinned_over_a_list_in_order_is_older_than_its_end() {
        let days = ["20", "19", "18", "18"].map(|day| known(1, "x", "x", &format!("2026-11-{day}T05:00:00Z")));
        let around = Around::of(&days.iter().collect::<Vec<_>>(), true);
        check(&[(Some(minute("17T13:00")), Standing::Above, around, false)]);
        // One that is pinned already is no measure of the others.
        let pinned = known(1, "x", "x", "2026-01-01T05:00:00Z");
        let around = Around::of(&std::iter::once(&pinned).chain(&days).collect::<Vec<_>>(), true);
        check(&[(Some(minute("17T13:00")), Standing::Between, around, false), (Some(minute("19T13:00")), Standing::Between, around, true)]);
    }

    #[test]
    fn what_comes_round_in_another_box_is_no_news() {
        check(&[
            (Some(minute("18T09:00")), Standing::Above, popular(), false),
            (Some(minute("20T09:00")), Standing::Above, popular(), true),
            (None, Standing::Alone, Around::default(), false),
        ]);
    }

    #[test]
    fn what_stood_there_when_the_feed_began_is_news_only_by_its_date() {
        let headline = candidate("moi", "Tin mới", "");
        let stood: BTreeSet<Fingerprint> = prints(&headline).collect();
        let before = Before {
            began: "2026-11-17T05:00:00Z".parse().ok(),
            last_read: "2026-11-20T05:00:00Z".parse().ok(),
            newest: None,
            stood: &stood,
        };
        for (published, expected) in [
            (None, false),
            (Some(minute("20T11:00")), false),
            (Some(day("2026-11-20")), false),
            (Some(minute("20T12:30")), true),
            (Some(day("2026-11-21")), true),
        ] {
            assert_eq!(before.is_news(&headline, published.as_ref(), Standing::Above, list(true)), expected, "{published:?}");
        }
    }
}

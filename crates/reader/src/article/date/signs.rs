//! What speaks for a date that a page shows, each sign with its weight.
//!
//! The weights were fitted on article pages whose statements to machines had been taken out, so that what the reader
//! sees had to suffice; those that no such page could teach (clocks in the head of a portal, its boxes, numbers of
//! documents, headlines) are set by hand.

use super::stamps::Seen;
use crate::time::Stamp;

/// What may be said of a date on a page. Most are said or not, some to a degree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// How little stands beside it in its line.
    Bare,
    /// It stands in a `time` element.
    Time,
    /// The name of its element says publication.
    PublishedClass,
    /// The name of its element says date, or what stands beside one.
    DatedClass,
    /// The name of its element says change.
    ChangedClass,
    /// A word such as "đăng ngày" stands before it.
    Published,
    /// A word such as "cập nhật" stands before it.
    Changed,
    /// It stands within a sentence.
    Prose,
    /// What stands before it says that it is another's: a right, an event, a comment.
    Other,
    /// It is the day of a document that the line names by its number, the day from which one is in force, or stands in a clause.
    Cited,
    /// It is a part of the headline.
    Titled,
    /// What follows it is said to comments.
    Reply,
    /// How near the headline it is.
    NearHeading,
    AfterHeading,
    /// It stands between headline and text.
    Lead,
    /// It stands in the text.
    Within,
    /// It stands further down than a stamp at the end of the text does.
    Beyond,
    /// It is a part of the text.
    Accepted,
    /// How near the first paragraph it is.
    NearText,
    /// A paragraph begins with it.
    BeginsText,
    /// A paragraph ends with it.
    EndsText,
    /// It stands in a box of other stories or of comments, by the names around it.
    Elsewhere,
    /// It stands in an item of a list beside a link of several words.
    BesideLink,
    /// It stands behind a label that ends the article.
    Behind,
    /// It is a link.
    Linked,
    /// It says the time of day.
    Timed,
    /// It does not say its year: it counts from today, or is in the news.
    Yearless,
    /// It may be the present day or time, printed above the headline.
    Clock,
    /// How many dates stand in the same markup.
    Alike,
    /// It is not the first of these.
    LaterAlike,
    /// How many dates name the same day.
    Echoed,
    /// The address of a picture names the same day.
    Pictured,
}

const WEIGHTS: [(Sign, f32); 32] = [
    (Sign::Bare, 0.5),
    (Sign::Time, 1.5),
    (Sign::PublishedClass, 0.4),
    (Sign::DatedClass, 0.2),
    (Sign::ChangedClass, -0.3),
    (Sign::Published, 1.1),
    (Sign::Changed, -1.0),
    (Sign::Prose, -2.0),
    (Sign::Other, -1.1),
    (Sign::Cited, -8.0),
    (Sign::Titled, -4.0),
    (Sign::Reply, -1.0),
    (Sign::NearHeading, 1.0),
    (Sign::AfterHeading, 0.3),
    (Sign::Lead, 1.0),
    (Sign::Within, -0.8),
    (Sign::Beyond, -0.6),
    (Sign::Accepted, -0.4),
    (Sign::NearText, 1.3),
    (Sign::BeginsText, -0.7),
    (Sign::EndsText, 0.7),
    (Sign::Elsewhere, -1.9),
    (Sign::BesideLink, -1.0),
    (Sign::Behind, -2.0),
    (Sign::Linked, -0.6),
    (Sign::Timed, 0.5),
    (Sign::Yearless, -1.5),
    (Sign::Clock, -6.0),
    (Sign::Alike, -0.9),
    (Sign::LaterAlike, -1.4),
    (Sign::Echoed, 0.9),
    (Sign::Pictured, 0.7),
];

/// From here on a date is more often the article's than not whatever else the page holds.
const BELIEVED: f32 = 1.2;
/// From here on it is, where nothing else is there.
const POSSIBLE: f32 = -0.5;

/// What is said of one date.
#[derive(Debug, Clone, Default)]
pub struct Signs([f32; WEIGHTS.len()]);

impl Signs {
    pub fn has(&self, sign: Sign) -> bool {
        self.0[sign as usize] > 0.0
    }

    pub fn set(&mut self, sign: Sign, degree: f32) {
        self.0[sign as usize] = degree;
    }

    pub fn say(&mut self, sign: Sign, is_so: bool) {
        self.set(sign, if is_so { 1.0 } else { 0.0 });
    }

    fn score(&self) -> f32 {
        WEIGHTS.iter().map(|(sign, weight)| self.0[*sign as usize] * weight).sum()
    }
}

/// The date that is the article's, if one of them surely is.
pub fn believed(seen: &[Seen]) -> Option<Stamp> {
    best(seen, BELIEVED)
}

/// The date that may well be the article's where nothing else speaks.
pub fn possible(seen: &[Seen]) -> Option<Stamp> {
    best(seen, POSSIBLE)
}

/// The first of those that score best.
fn best(seen: &[Seen], least: f32) -> Option<Stamp> {
    let scored = seen.iter().rev().map(|seen| (seen.signs.score(), seen)).filter(|(score, _)| *score >= least);
    scored.max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, seen)| seen.stamp.clone())
}

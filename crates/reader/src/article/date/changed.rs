//! When the article was last changed, where its page shows that besides the day of publication.
//!
//! Below the headline only: above it, "cập nhật" stands before the clock of a portal. What is no later than the
//! publication is no change; so a stamp that is the only one, and is taken for the publication, is not said twice.

use jiff::tz::Offset;

use super::{labels, place::Place, refine};
use crate::{
    article::{block::Block, features::ends_sentence},
    time::{self, Precision, Reading, Stamp},
};

/// Dates of one line that are looked at.
const IN_LINE: usize = 3;
/// Words of a label: `Cập nhật lần cuối vào lúc`.
const LABEL: usize = 6;

/// The first date near the article that is labelled as that of a change, if it is later than `published`.
pub fn shown(place: &Place, published: &Stamp, reading: &Reading) -> Option<Stamp> {
    // A page shows its stamps in one zone.
    let zone = Some(published.at.time_zone()).filter(|_| published.at.offset() != Offset::UTC);
    let reading = Reading { zone: zone.or(reading.zone), ..*reading };
    let below = place.near().filter(|at| place.heading.is_none_or(|heading| *at > heading));
    let lines = below.map(|at| &place.layout.blocks[at]).filter(|block| is_line(block));
    let changed = lines.filter_map(|line| labelled(&line.text, &reading)).find(|changed| is_later(changed, published))?;
    // In a zone that nobody names, the hours say something only where the other stamp stands in the same one.
    let is_placed = changed.precision == Precision::Day || changed.at.offset() != Offset::UTC;
    (is_placed || refine::timed(place, &reading).any(|timed| is_same_minute(&timed, published))).then_some(changed)
}

fn is_same_minute(one: &Stamp, other: &Stamp) -> bool {
    one.at.timestamp().as_second().div_euclid(60) == other.at.timestamp().as_second().div_euclid(60)
}

fn is_line(block: &Block) -> bool {
    block.linked < 0.5 && !ends_sentence(&block.text) && labels::CHANGED.is_match(&block.text)
}

/// The date of a line that a word of change stands before, and nothing else between:
/// `Đăng 18/01/2024 | Cập nhật: 20/01/2024`.
fn labelled(line: &str, reading: &Reading) -> Option<Stamp> {
    let mut rest = line;
    for _ in 0..IN_LINE {
        let found = time::find(rest, reading)?;
        let label = rest[..found.range.start].rsplit(['|', '•', '·', ';', '(']).next().unwrap_or_default();
        if labels::CHANGED.is_match(label) && label.split_whitespace().count() <= LABEL {
            return Some(found.stamp);
        }
        rest = &rest[found.range.end..];
    }
    None
}

/// A bare day is later from the next day on.
fn is_later(changed: &Stamp, published: &Stamp) -> bool {
    let (changed_on, published_on) = (changed.at.date(), published.at.date());
    let are_timed = [changed, published].iter().all(|stamp| stamp.precision == Precision::Minute);
    if are_timed { changed.at.timestamp() > published.at.timestamp() } else { changed_on > published_on }
}

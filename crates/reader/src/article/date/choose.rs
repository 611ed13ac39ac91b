//! Which of a page's dates are the article's.

use super::{
    changed,
    place::Place,
    refine::refined,
    score::{self, Scored},
    stated::Stated,
    weights::Weights,
};
use crate::{
    article::rule::{Rule, Without},
    time::{self, Reading, Stamp},
};

/// Blocks above the headline that may hold a doubtful date.
const ABOVE: usize = 6;
/// Blocks from there on that are looked at for one.
const AROUND: usize = 20;
/// Characters of a line that may be a stamp.
const LINE: usize = 100;

/// When the article was published and last changed.
#[derive(Debug, Default, PartialEq)]
pub struct Dates {
    /// When it was published, if that is stated or surely shown.
    pub published: Option<Stamp>,
    /// When it was last changed, if that is another moment.
    pub updated: Option<Stamp>,
    /// Why a date was not taken.
    pub problems: Vec<String>,
}

/// By what dates are judged.
#[derive(Clone, Copy)]
pub struct Scale<'a> {
    /// What the signs of shown dates count.
    pub weights: &'a Weights,
    /// The rule that is left out.
    pub without: Without,
}

/// The dates of the article: `listed` is what the list page said.
///
/// A stamp that says "cập nhật" or "updated" is the day of a change only beside another one, be it on the list. Alone
/// it is taken for the day of publication: portals write it over the only date that they keep, and a day that is too
/// late for an article that was changed is nearer than none.
pub fn decide(stated: Stated, place: &Place, listed: Option<&Stamp>, scale: Scale, reading: &Reading) -> Dates {
    let shown = || choose(&stated, &score::all(place, &stated.pictured, reading), place, listed, scale);
    let published = stated.published.clone().map(|stamp| before_change(stamp, &stated, place, scale, reading)).or_else(shown);
    let is_refined = scale.without.keeps(Rule::DateRefined);
    let published = published.map(|stamp| if is_refined { refined(stamp, place, reading) } else { stamp });
    let problems = if published.is_none() { doubts(place, reading) } else { Vec::new() };
    let updated = stated.updated.filter(|updated| Some(updated) != published.as_ref());
    let updated = updated.or_else(|| changed::shown(place, published.as_ref().or(listed)?, reading));
    Dates { published, updated, problems }
}

/// A stated moment, unless it is no earlier than the last change and the page shows an earlier day: then it is that of
/// a change. What may be any day of the page gives way to an earlier one in an element for dates.
fn before_change(stamp: Stamp, stated: &Stated, place: &Place, Scale { weights, without }: Scale, reading: &Reading) -> Stamp {
    let is_late = || stated.updated.as_ref().is_some_and(|updated| stamp.at.timestamp() >= updated.at.timestamp());
    let is_of_change = stated.published_in_meta && is_late() && without.keeps(Rule::DateBeforeChange);
    let is_vague = stated.is_vague && without.keeps(Rule::DateBeforeVague);
    if !is_of_change && !is_vague {
        return stamp;
    }
    let shown = score::all(place, &[], reading);
    let may_be = |scored: &&Scored| !scored.is_of_change() && !scored.is_elsewhere() && (is_of_change || scored.is_marked());
    let unchanged = shown.iter().filter(may_be);
    let earlier = best(unchanged, weights, weights.believed).filter(|shown| shown.at.date() < stamp.at.date());
    // A page shows its days in its own zone.
    let is_day_before = |shown: &Stamp| stamp.at.date().yesterday().is_ok_and(|before| shown.at.date() == before);
    earlier.filter(|shown| !is_day_before(shown)).unwrap_or(stamp)
}

/// Of the dates that the page shows, the one that the list page gave, or the one for which most speaks.
fn choose(stated: &Stated, shown: &[Scored], place: &Place, listed: Option<&Stamp>, scale: Scale) -> Option<Stamp> {
    let Scale { weights, without } = scale;
    let Some(listed) = listed else {
        let guess = || if without.keeps(Rule::DateGuessed) { guess(stated, shown, place, weights) } else { None };
        return best(shown, weights, weights.believed).or_else(guess);
    };
    // The list's word is better than a guess, and than the day of a change.
    let unchanged = || shown.iter().filter(|scored| !scored.is_of_change());
    listed_among(listed, shown).or_else(|| best(unchanged(), weights, weights.believed))
}

/// The date that the list page gave, where it is seen here as well.
fn listed_among(listed: &Stamp, shown: &[Scored]) -> Option<Stamp> {
    let same = |scored: &&Scored| scored.stamp.at.date() == listed.at.date() && !scored.is_elsewhere();
    shown.iter().find(same).map(|scored| scored.stamp.clone())
}

/// The first of those that score best, if it has `least`.
pub fn best<'a>(shown: impl IntoIterator<Item = &'a Scored>, weights: &Weights, least: f32) -> Option<Stamp> {
    let good = shown.into_iter().map(|scored| (scored.signs.score(weights), scored)).filter(|(score, _)| *score >= least);
    // The first of several that score alike.
    let best = good.reduce(|one, other| if other.0.total_cmp(&one.0).is_gt() { other } else { one });
    best.map(|(_, scored)| scored.stamp.clone())
}

/// What is left where the page does not surely say or show when.
fn guess(stated: &Stated, shown: &[Scored], place: &Place, weights: &Weights) -> Option<Stamp> {
    let in_scripts = stated.in_scripts.clone().or_else(|| stated.made.clone());
    // The article is no older than its pictures.
    let in_text = || stated.pictured.iter().filter(|picture| place.is_around_text(picture.before)).map(|picture| &picture.day);
    let pictured = || in_text().max_by_key(|day| day.at.timestamp()).cloned();
    let of_change = || shown.iter().find(|scored| scored.is_of_change() && !scored.is_elsewhere()).map(|scored| scored.stamp.clone());
    in_scripts
        .or_else(|| best(shown.iter().filter(|scored| !scored.is_of_any_year()), weights, weights.possible))
        .or_else(pictured)
        .or_else(|| stated.updated.clone())
        .or_else(of_change)
}

/// The first date near the headline that may be either of two days.
fn doubts(place: &Place, reading: &Reading) -> Vec<String> {
    let blocks = &place.layout.blocks;
    let from = place.heading.unwrap_or(0).saturating_sub(ABOVE);
    let short = blocks.iter().skip(from).take(AROUND).filter(|block| block.length < LINE);
    short.filter_map(|block| time::doubt(&block.text, reading)).take(1).collect()
}

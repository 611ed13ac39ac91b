//! What the page shows and what the site says beside it, put together.
//!
//! The page decides what is on the list. The other sources tell more of its items: when, by whom, the whole of a title
//! that is cut. Only where the page shows no list (scripts draw it) what it says of itself is the list, and then a
//! document beside it.

use url::Url;

use crate::{
    draft::Attachment,
    link,
    list::{
        Candidate, Origin, Sighting, Strategy, choose,
        structured::{Knowledge, Statement},
    },
    text,
    time::{Precision, Stamp},
};

/// What is left of the doubt when a source names the item too.
fn doubt_left(by: Strategy) -> f64 {
    match by {
        Strategy::Feed | Strategy::Data | Strategy::Sitemap => 0.2,
        Strategy::LinkedData => 0.3,
        Strategy::Microdata => 0.4,
        Strategy::State => 0.5,
        Strategy::Selectors | Strategy::Repetition => 1.0,
    }
}

/// Which fields the operator's selectors decide.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Decided {
    pub(super) title: bool,
    pub(super) date: bool,
    pub(super) summary: bool,
    pub(super) image: bool,
    pub(super) author: bool,
}

/// Adds to an item of the page what the sources say of it.
pub(super) fn complete(candidate: &mut Candidate, knowledge: &Knowledge, decided: Decided) {
    let about = knowledge.about(&candidate.url, &candidate.title);
    for stated in about {
        if !candidate.sighting.by.contains(&stated.by) {
            candidate.sighting.by.push(stated.by);
            candidate.sighting.certainty = 1.0 - (1.0 - candidate.sighting.certainty) * doubt_left(stated.by);
        }
        if !decided.title
            && let Some(title) = stated.title.as_deref().and_then(|title| written_out(&candidate.title, title))
        {
            candidate.title = title;
        }
        if !decided.date {
            date(candidate, stated);
        }
        fill(&mut candidate.summary, &stated.summary, decided.summary);
        fill(&mut candidate.image, &stated.image, decided.image);
        fill(&mut candidate.author, &stated.author, decided.author);
        files(candidate, stated);
    }
    candidate.sighting.by.sort();
}

/// The files that a source names where the page shows none, and how long the recording runs.
fn files(candidate: &mut Candidate, stated: &Statement) {
    if candidate.attachments.is_empty() {
        candidate.attachments.clone_from(&stated.files);
    }
    for file in candidate.attachments.iter_mut().filter(|file| file.duration.is_none()) {
        let same = stated.files.iter().find(|stated| link::identity(&stated.url) == link::identity(&file.url));
        file.duration = same.and_then(|stated| stated.duration);
    }
    Attachment::time(&mut candidate.attachments, stated.duration);
}

fn fill<T: Clone>(field: &mut Option<T>, stated: &Option<T>, is_decided: bool) {
    if !is_decided && field.is_none() {
        field.clone_from(stated);
    }
}

/// The whole title, where the page shows the beginning of it or nothing. Any other title stays as the page has it: it
/// must not change because a document beside the page could not be had.
fn written_out(shown: &str, whole: &str) -> Option<String> {
    (shown.is_empty() || text::is_beginning_of(shown, whole)).then(|| whole.to_owned())
}

/// The more trusted source decides, unless it says less: a bare day does not replace the time of that day.
fn date(candidate: &mut Candidate, stated: &Statement) {
    let Some(stamp) = &stated.published else { return };
    let is_better = match (&candidate.published, candidate.sighting.dated) {
        (None, _) | (_, None) => true,
        (Some(shown), Some(origin)) => match is_same(shown, stamp) {
            // The page's own words keep its zone.
            Sameness::Moment | Sameness::Clock => false,
            Sameness::Day => shown.precision == Precision::Day && stamp.precision == Precision::Minute,
            Sameness::None => is_more_trusted(stated.by, origin),
        },
    };
    if is_better {
        candidate.published = Some(stamp.clone());
        candidate.sighting.dated = Some(Origin::Stated(stated.by));
    }
}

/// What scripts keep of an article, and sitemaps, may be the day of a change: what the page shows comes before it.
fn is_more_trusted(by: Strategy, than: Origin) -> bool {
    match than {
        Origin::Stated(other) => by < other,
        Origin::TimeElement | Origin::Text => by < Strategy::State,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sameness {
    Moment,
    /// The same time on the clock in two zones: many sites write `Z` after their local time.
    Clock,
    Day,
    None,
}

fn is_same(shown: &Stamp, stated: &Stamp) -> Sameness {
    let minute = |stamp: &Stamp| stamp.at.timestamp().as_second() / 60;
    if shown.precision == Precision::Minute && stated.precision == Precision::Minute {
        if minute(shown) == minute(stated) {
            return Sameness::Moment;
        }
        let (left, right) = (shown.at.datetime(), stated.at.datetime());
        if (left.date(), left.hour(), left.minute()) == (right.date(), right.hour(), right.minute()) {
            return Sameness::Clock;
        }
        return Sameness::None;
    }
    let there = stated.at.timestamp().to_zoned_datetime(shown.at.time_zone().clone());
    if shown.at.date() == stated.at.date() || shown.at.date() == there.date() { Sameness::Day } else { Sameness::None }
}

/// What one source says, as the list. What has no title is no headline.
pub(super) fn listed<'t>(stated: impl IntoIterator<Item = &'t Statement>, address: &Url) -> Vec<Candidate> {
    let candidates = stated.into_iter().filter_map(|stated| {
        let title = stated.title.clone()?;
        let sighting = Sighting {
            by: vec![stated.by],
            certainty: 1.0 - doubt_left(stated.by),
            shape: choose::shape_of(&stated.url, address),
            dated: stated.published.as_ref().map(|_| Origin::Stated(stated.by)),
            ..Sighting::default()
        };
        Some(Candidate {
            url: stated.url.clone(),
            title,
            published: stated.published.clone(),
            summary: stated.summary.clone(),
            image: stated.image.clone(),
            author: stated.author.clone(),
            attachments: stated.files.clone(),
            sighting,
        })
    });
    candidates.collect()
}

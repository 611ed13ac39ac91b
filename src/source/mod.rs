//! Finding headlines on a page: where the operator's selectors say, or by what repeats.
//!
//! A stage: it fetches nothing and knows no clock. What could not be read is said in words beside what could.

mod confirm;
mod dated;
mod detect;
mod fields;
mod furniture;
mod memory;
mod outline;
mod record;
mod selected;
mod settings;

use std::collections::HashSet;

use jiff::tz::TimeZone;

use crate::{
    article::{Candidate, Discovery},
    link,
    page::Page,
    time::{self, Reading},
    tree,
};
pub use confirm::{Testimony, Verdict, Witness, agrees, confirm};
pub use furniture::is_furniture;
pub use memory::{Memory, Rule, TELLING_TITLE};
use outline::{Outline, within};
use record::Record;
use selected::Matches;
pub use settings::{BadSelector, Selector, Selectors, Settings};

/// What is known of a list page besides itself.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// The feed's time zone, for dates that do not say theirs.
    pub zone: Option<TimeZone>,
    /// The feed's language; without one the page's own word is taken.
    pub language: Option<String>,
    /// What earlier looks learned.
    pub memory: Memory,
}

/// The headlines of a page, in its order.
pub fn discover(settings: &Settings, page: &Page, context: &Context) -> Discovery {
    match settings {
        Settings::Page(selectors) => in_page(selectors, page, context),
    }
}

fn in_page(selectors: &Selectors, page: &Page, context: &Context) -> Discovery {
    let document = match tree::parse(&page.html) {
        Ok(document) => document,
        Err(refused) => return Discovery { problems: vec![refused.to_string()], ..Discovery::default() },
    };
    let outline = Outline::of(&document, &page.url);
    let mut problems = Vec::new();
    let matches = Matches::of(&outline, selectors, &mut problems);
    let memory = memory::with_examples(&context.memory, &selectors.examples);
    let mut records =
        selected::records(&outline, &matches, &mut problems).unwrap_or_else(|| detect::records(&outline, &memory, &mut problems));
    let mut known = HashSet::new();
    records.retain(|record| known.insert(link::identity(&record.url)));
    let links: Vec<usize> = records.iter().map(|record| record.link).collect();
    let build = detect::fingerprint(&outline, &links);
    let candidates = read(&outline, &records, &matches, page, context, &mut problems);
    Discovery { candidates, dropped: Vec::new(), build, problems }
}

/// The rest of what the records say.
fn read(
    outline: &Outline,
    records: &[Record],
    matches: &Matches,
    page: &Page,
    context: &Context,
    problems: &mut Vec<String>,
) -> Vec<Candidate> {
    let dates: Vec<Option<String>> = records
        .iter()
        .map(|record| match first(&matches.date, record) {
            Pointed::At(at) => fields::date(outline, at),
            Pointed::Nowhere => None,
            Pointed::Free => dated::text(outline, &record.span, &record.title),
        })
        .collect();
    let reading = Reading {
        now: page.fetched_at,
        zone: context.zone.as_ref(),
        language: context.language.as_deref().or(outline.language.as_deref()),
        host: outline.address.host_str(),
        order: None,
    };
    let dates = time::read_list(dates.iter().map(Option::as_deref), &reading);
    problems.extend(dates.problems);
    records
        .iter()
        .zip(dates.stamps)
        .map(|(record, published)| Candidate {
            url: record.url.clone(),
            title: record.title.clone(),
            published,
            summary: first(&matches.summary, record).read(|at| fields::said(outline, at), || fields::summary(outline, record)),
            image: first(&matches.image, record)
                .read(|at| fields::image(outline, &outline.span(at)), || fields::image(outline, &record.span)),
            author: first(&matches.author, record).read(|at| fields::said(outline, at), || fields::author(outline, &record.span)),
            sighting: record.sighting.clone(),
        })
        .collect()
}

/// Where the operator points for a field.
#[derive(Debug, Clone, Copy)]
enum Pointed {
    At(usize),
    /// The selector matches nothing in this record.
    Nowhere,
    /// There is no selector: it is found out.
    Free,
}

fn first(matches: &Option<Vec<usize>>, record: &Record) -> Pointed {
    match matches {
        None => Pointed::Free,
        Some(found) => within(found, &record.span).first().map_or(Pointed::Nowhere, |at| Pointed::At(*at)),
    }
}

impl Pointed {
    fn read<T>(self, there: impl FnOnce(usize) -> Option<T>, free: impl FnOnce() -> Option<T>) -> Option<T> {
        match self {
            Self::At(at) => there(at),
            Self::Nowhere => None,
            Self::Free => free(),
        }
    }
}

#[cfg(test)]
mod tests;

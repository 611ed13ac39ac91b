//! Finding headlines: by the strategies of [`Strategy`], merged with reasons.
//!
//! A stage: it fetches nothing and knows no clock. What could not be read is said in words beside what could.
//! Documents beside the page that would tell more are named by [`wanted`]; the caller fetches them.

mod address_form;
mod build;
mod candidates;
mod choose;
mod chrome;
mod confirm;
mod fold_title;
mod further_page;
mod item;
mod memory;
mod merge;
mod obstacle;
mod page;
mod presentation;
mod prints;
mod records;
mod score;
mod selected;
mod settings;
mod structured;
pub mod training;

use jiff::tz::TimeZone;
use url::Url;

pub use crate::discovery::{Candidate, Discovery, Dropped, Origin, PageBox, Part, Presentation, Relation, Sighting, Strategy};
use crate::{link, page::Page, time::Reading};
pub use address_form::AddressForm;
use candidates::shape::site;
pub use chrome::is_chrome;
pub use confirm::{Evidence, PageSays, Verdict, agrees, confirm};
pub use fold_title::fold_title;
pub use further_page::further_page;
pub use memory::{BesideBox, Memory, Rule, TELLING_TITLE};
use merge::Decided;
pub use obstacle::{Obstacle, POSTBACK_PAGER, ScriptData, is_paged_by_postback, main_frame, script_files};
pub use prints::prints;
use score::weights::Weights;
pub use settings::{BadSelector, Data, Document, Selector, Selectors, Settings};
use structured::{Kind, Knowledge, Statement};
pub use structured::{Wanted, about, wanted};

/// What is known of a list page besides itself.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// The feed's time zone, for dates that do not say theirs.
    pub zone: Option<TimeZone>,
    /// The feed's language; without one the page's own word is taken.
    pub language: Option<String>,
    /// What earlier polls learned.
    pub memory: Memory,
    /// What was [`wanted`] and could be had: the site's feeds and sitemaps.
    pub documents: Vec<Page>,
    /// The address of the page that shows what the JSON at another address says.
    pub home: Option<Url>,
}

/// What documents beside a page say of its headlines.
#[derive(Default)]
pub struct Documents(Knowledge);

impl Documents {
    /// Reads what was [`wanted`] for the page at `list`; and what of it could not be read, in words.
    pub fn of(documents: &[Page], list: &Url, context: &Context) -> (Self, Vec<String>) {
        let mut problems = Vec::new();
        let stated = documents.iter().flat_map(|document| stated(document, context, &mut problems)).collect();
        (Self(Knowledge::default().with(stated, list)), problems)
    }

    /// Adds to a headline of the page what they say of it, as [`discover`] does with [`Context::documents`].
    pub fn complete(&self, candidate: &mut Candidate) {
        merge::complete(candidate, &self.0, Decided::default());
    }
}

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Detail {
    Items,
    /// Why what was left out was left out, as well.
    Reasons,
}

/// How a page is looked at.
#[derive(Clone, Copy)]
struct Look<'w> {
    weights: &'w Weights,
    detail: Detail,
}

/// The headlines of a page, in its order.
pub fn discover(settings: &Settings, page: &Page, context: &Context) -> Discovery {
    look(settings, page, context, Look { weights: &Weights::SHIPPED, detail: Detail::Items })
}

/// The same with [`Discovery::dropped`]: for a person who asks why.
pub fn explain(settings: &Settings, page: &Page, context: &Context) -> Discovery {
    look(settings, page, context, Look { weights: &Weights::SHIPPED, detail: Detail::Reasons })
}

fn look(settings: &Settings, page: &Page, context: &Context, look: Look) -> Discovery {
    match (settings, structured::sniff(page)) {
        // A feed or a sitemap at the page's own address needs no word from the operator.
        (Settings::Page(_), Some(kind)) => in_document(kind.read(page, &context.memory, &reading(page, context)), page),
        (Settings::Page(selectors), None) => {
            let mut problems = Vec::new();
            let stated = context.documents.iter().flat_map(|document| stated(document, context, &mut problems)).collect();
            let mut discovery = page::read(selectors, page, context, stated, look);
            discovery.problems.extend(problems);
            discovery
        }
        (Settings::Feed(_), Some(kind @ Kind::Feed)) | (Settings::Sitemap(_), Some(kind @ Kind::Sitemap)) => {
            in_document(kind.read(page, &context.memory, &reading(page, context)), page)
        }
        (Settings::Json(data), Some(Kind::Data)) => {
            let home = context.home.as_ref().unwrap_or(&page.url);
            let stated = structured::data(page, home, data.link.as_ref(), &context.memory, &reading(page, context));
            in_document(stated.map(|stated| (stated, None)), page)
        }
        (Settings::Json(data), None) => {
            let stated = structured::data_in_page(page, data.link.as_ref(), &context.memory, &reading(page, context));
            in_document(stated.map(|stated| (stated, None)), page)
        }
        (Settings::Feed(_), found) => misfit("a feed (RSS, Atom or JSON Feed)", found, page),
        (Settings::Sitemap(_), found) => misfit("a sitemap", found, page),
        (Settings::Json(_), found) => misfit("JSON", found, page),
    }
}

fn misfit(expected: &str, found: Option<Kind>, page: &Page) -> Discovery {
    let found = match found {
        Some(Kind::Feed) => "a feed",
        Some(Kind::Sitemap) => "a sitemap",
        Some(Kind::Data) => "other JSON",
        None => "a page",
    };
    Discovery { problems: vec![format!("expected {expected} at `{}`, found {found}", page.url)], ..Discovery::default() }
}

/// A document that is the list itself.
fn in_document(stated: Result<(Vec<Statement>, Option<String>), String>, page: &Page) -> Discovery {
    match stated {
        Ok((stated, left_out)) => {
            let mut candidates = merge::listed(&stated, &page.url);
            candidates.iter_mut().for_each(|candidate| candidate.sighting.certainty = 1.0);
            let untitled = stated.len() - candidates.len();
            let untitled = (untitled > 0).then(|| format!("{untitled} of {} entries have no title", stated.len()));
            let problems = left_out.into_iter().chain(untitled).collect();
            let bodies = stated.into_iter().filter_map(|stated| Some((link::identity(&stated.url), stated.body?))).collect();
            Discovery { candidates, problems, bodies, ..Discovery::default() }
        }
        Err(why) => Discovery { problems: vec![format!("`{}` could not be read: {why}", page.url)], ..Discovery::default() },
    }
}

/// What a document beside the page says.
fn stated(document: &Page, context: &Context, problems: &mut Vec<String>) -> Vec<Statement> {
    let read = match structured::sniff(document) {
        Some(kind) => kind.read(document, &context.memory, &reading(document, context)),
        None => Err("it is neither a feed nor a sitemap".to_owned()),
    };
    match read {
        Ok((stated, left_out)) => {
            problems.extend(left_out);
            stated
        }
        Err(why) => {
            problems.push(format!("`{}` could not be read: {why}", document.url));
            Vec::new()
        }
    }
}

fn reading<'a>(page: &'a Page, context: &'a Context) -> Reading<'a> {
    Reading {
        now: page.fetched_at,
        zone: context.zone.as_ref(),
        language: context.language.as_deref(),
        host: page.url.host_str(),
        order: None,
    }
}

#[cfg(test)]
mod tests;

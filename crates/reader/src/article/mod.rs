//! Reading an article page: one parse, blocks of text, each judged by a table of trees, then rules for the page.
//!
//! Pure: a page in, a draft and its problems out. Nothing here fetches, stores or asks for the time.

mod about;
mod agency;
mod attachments;
mod author;
mod block;
mod body;
mod categories;
mod class_hints;
mod credits;
mod date;
mod document;
mod elements;
mod features;
mod figures;
mod follows;
mod given;
mod hash;
mod headings;
mod imprint;
mod layout;
mod listed;
mod lists;
mod markup;
mod media;
mod metadata;
mod names;
mod names_in_title;
mod opened;
mod other_stories;
mod pager;
mod portal;
mod repeated;
mod rule;
mod rules;
mod sanitise;
mod shared;
mod shingles;
mod summary;
mod surroundings;
mod table;
mod teasers;
mod text_box;
mod title;
pub mod training;
mod trees;
mod videos;
mod vote;
mod words;

use jiff::{SignedDuration, tz::TimeZone};
use url::Url;

pub use crate::draft::{Attachment, Draft};
use crate::{
    discovery::Candidate,
    jsonld,
    outline::Outline,
    page::Page,
    recordings::{self, Asked},
    site::Site,
    text,
    time::{self, Precision, Reading},
    tree,
};
pub use about::about;
use author::Authors;
use date::{Addresses, Dates, Place, Scale, Stated, Weights};
use features::{Claims, Features};
pub use given::of_text;
use layout::Layout;
use listed::Listed;
pub use lists::lists;
use metadata::Metadata;
use names::Publishers;
pub use opened::{NO_TEXT, Opened, join};
use rule::{Rule, Without};
use rules::Judged;
use title::Titles;
use trees::Trees;
use vote::Vote;

/// Words beside links of a page that shows nothing without its scripts, and paragraphs of a text for those who run
/// none.
const BARE: usize = 60;
const PARAGRAPHS: usize = 3;

/// What is known of an article besides its page.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// The feed's time zone, for dates that do not say theirs.
    pub zone: Option<&'a TimeZone>,
    /// The feed's language, where the page names none.
    pub language: Option<&'a str>,
    /// What the list page said of it.
    pub listed: Option<&'a Candidate>,
}

/// The article on `page`, read without other pages of its site, with what could not be read among its problems.
pub fn read(page: &Page, context: &Context) -> Draft {
    open(page, context).draft(&Site::default())
}

/// Reads all of `page` that needs no other page of its site.
pub fn open(page: &Page, context: &Context) -> Opened {
    let listed = context.listed.and_then(|listed| listed.published.as_ref());
    let without = Without::default();
    open_with(page, context, Trees::shipped(), without, |stated, _, place, reading| {
        date::decide(stated, place, listed, Scale { weights: Weights::shipped(), without }, reading)
    })
}

/// The same with other trees, but for a rule, and with another way to decide between the dates.
fn open_with(
    page: &Page,
    context: &Context,
    trees: &Trees,
    without: Without,
    decide: impl FnOnce(Stated, &Metadata, &Place, &Reading) -> Dates,
) -> Opened {
    let document = match tree::parse(&page.html) {
        Ok(document) => document,
        Err(refused) => return Opened::refused(page, refused),
    };
    let outline = Outline::of(&document, &page.url, page.html.len());
    let metadata = Metadata::of(&outline, page);
    let (layout, is_embedded) = (Layout::of(&outline), document::is_embedded(&outline));
    if let Some(page) = without_scripts(page, &layout) {
        return open_with(&page, context, trees, without, decide);
    }
    let language = metadata.language();
    let own = [Some(&page.url), metadata.canonical.as_ref()];
    let listed = context.listed.map(|listed| Listed::of(listed, &own, &metadata.base));
    let listed_whole = context.listed.map(|listed| &listed.title).filter(|title| text::stem(title).is_none());
    let titles = Titles::of(&metadata, &layout, listed.as_ref(), without);
    let title = titles.choose(&metadata);
    let normal_title = words::normal(title.as_deref().unwrap_or_default());
    let heading = titles.listed.as_ref().and_then(|listed| listed.block);
    let heading = heading.or_else(|| headings::saying(&layout, &normal_title));
    let authors = Authors::of(&outline, &metadata, &layout, &titles, without);
    let publishers = Publishers::of(metadata.site().as_deref(), metadata.publisher().as_deref(), &metadata.host);

    let language_known = language.as_deref().or(context.language);
    let is_portal = portal::is_vietnamese(language_known, &metadata.host, &page.html);
    let spoken = language_known.or_else(|| if is_portal { Some("vi") } else { guessed(&layout) });
    let reading = Reading { now: page.fetched_at, zone: context.zone, language: spoken, host: Some(&metadata.host), order: None };
    let listed = context.listed.and_then(|listed| listed.published.as_ref());
    let listed_day = listed.map(|listed| listed.at.date().to_string());
    let dated = layout.blocks.iter().map(|block| block.text.as_str()).chain(listed_day.as_deref());
    let reading = Reading { order: time::order_of(dated, &reading), ..reading };
    let addresses = Addresses {
        own: page.url.has_host().then_some(&page.url),
        heading: heading
            .and_then(|heading| layout.blocks[heading].pieces.iter().find_map(|piece| Some(layout.links[piece.link?].as_str()))),
    };
    let stated = Stated::of(&outline, &metadata, &layout, addresses, &reading);

    let duration = metadata.duration().or_else(|| duration(&outline, &metadata, context.listed?));
    let vote = if vote::prepare(&outline, &layout, &metadata) { Vote::of(document) } else { Vote::default() };
    let claims = claims(&metadata);
    let features = features(&layout, &claims, &vote);
    let judged = Judged {
        layout: &layout,
        features: &features,
        likelihood: likelihood(&layout, &features, trees),
        base: &metadata.base,
        description: &claims.description,
        title: &normal_title,
        heading,
        without,
    };
    let accepted = judged.accepted();
    let judged = if without.keeps(Rule::Voted) { judged.or_voted(accepted) } else { accepted };
    let end = portal::end_of_article(&layout, heading.map_or(layout.blocks.len() / 2, |heading| heading + 1));
    let dates = {
        let mut accepted = judged.clone();
        table::accept(&layout, &mut accepted);
        let place = Place { layout: &layout, heading, end, accepted: &accepted };
        decide(stated, &metadata, &place, &reading)
    };
    let mut problems = dates.problems;
    if dates.published.as_ref().is_some_and(|stamp| stamp.precision == Precision::Day) {
        problems.push("time unknown".to_owned());
    }
    let categories = categories::of(&metadata, &layout, heading, title.as_deref(), &page.url);
    Opened {
        judged,
        without,
        heading,
        own_titles: if titles.listed.is_some() { Vec::new() } else { titles.by_trust(&metadata).collect() },
        page_title: Some(metadata.title.clone()).filter(|title| !title.is_empty()),
        title_parts: names_in_title::of_page(&metadata, &layout),
        listed_title: titles.listed.as_ref().map(|shown| &shown.text).or(listed_whole).cloned(),
        is_portal,
        is_embedded,
        description: metadata.description(),
        pictures: pictures(&metadata),
        listed_picture: context.listed.and_then(|listed| listed.image.clone()),
        authors,
        publishers,
        voted_byline: vote.byline.map(|byline| author::lines(&layout, &byline)).unwrap_or_default(),
        facts: Draft {
            title,
            published: dates.published,
            updated: dates.updated,
            duration,
            language,
            site: metadata.site(),
            categories: categories.all,
            canonical: metadata.canonical,
            problems,
            ..Draft::default()
        },
        sections: categories.sections,
        keywords: categories.keywords,
        base: metadata.base,
        next: metadata.next,
        url: page.url.clone(),
        layout,
    }
}

/// How long the recording of the listed article runs, as the data of the page's scripts says it.
fn duration(outline: &Outline, metadata: &Metadata, listed: &Candidate) -> Option<SignedDuration> {
    let mut asked = Asked::of_listed(listed);
    asked.iter_mut().filter(|asked| !asked.pages.is_empty()).for_each(|asked| asked.pages.extend(&metadata.canonical));
    match recordings::lengths(outline, &asked)[..] {
        [length] => length,
        _ => None,
    }
}

/// The page as those see it who run no scripts, where it shows hardly anything else and has a text for them.
fn without_scripts(page: &Page, layout: &Layout) -> Option<Page> {
    let words = layout.blocks.iter().filter(|block| block.linked < 0.5).map(|block| block.words).sum::<usize>();
    if words >= BARE || !page.html.contains("<noscript") {
        return None;
    }
    let parts = || page.html.split("<noscript").skip(1).filter_map(|part| part.split("</noscript").next());
    let paragraphs = parts().map(|part| part.matches("<p").count()).sum::<usize>();
    let html = || page.html.replace("<noscript", "<div").replace("</noscript", "</div");
    // A request to switch scripts on is one paragraph.
    (paragraphs >= PARAGRAPHS).then(|| Page { html: html(), ..page.clone() })
}

/// Where a page names no language: whether it is English decides how its dates may be read.
fn guessed(layout: &Layout) -> Option<&'static str> {
    match words::is_english(layout.blocks.iter().map(|block| block.text.as_str())) {
        Some(true) => Some("en"),
        Some(false) => Some("und"),
        None => None,
    }
}

/// How likely each block is the article's.
fn likelihood(layout: &Layout, features: &[Features], trees: &Trees) -> Vec<f32> {
    let blocks = layout.blocks.iter().zip(features);
    blocks.map(|(block, features)| if rules::is_hopeless(block) { 0.0 } else { trees.likelihood(features) }).collect()
}

/// What the head of the page says about its article.
fn claims(metadata: &Metadata) -> Claims {
    let page_title = metadata.first(&["og:title"]).unwrap_or(&metadata.title);
    let description = words::normal(metadata.first(&["og:description", "description"]).unwrap_or_default());
    Claims { title: words::normal(page_title), description, body: metadata.article_body() }
}

/// Everything that is counted about each block.
fn features(layout: &Layout, claims: &Claims, vote: &Vote) -> Vec<Features> {
    let mut features = features::of_page(layout, claims);
    let votes = vote.shares(layout).unwrap_or_else(|| features::likely_votes(&features));
    features::add_votes(&mut features, &votes);
    features
}

/// The pictures that the page names for the article, without the site's own.
fn pictures(metadata: &Metadata) -> Vec<Url> {
    let is_own = |url: &Url| {
        let name = url.path().rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        !figures::name_says_ornament(&name) && !["default", "banner", "placeholder"].iter().any(|word| name.contains(word))
    };
    metadata.pictures().into_iter().filter(is_own).collect()
}

/// The text of `html` as a person sees it; for tests that compare both forms of a body.
#[cfg(test)]
fn seen(html: &str) -> String {
    tree::parse(html).map(|document| tree::text_of(&document.root())).unwrap_or_default()
}

#[cfg(test)]
mod tests;

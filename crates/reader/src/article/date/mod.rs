//! When it was published: the page's own statements first, then what it shows.
//!
//! How dates are spelled is the business of [`crate::time`]; here it is decided which of a page's dates is the article's.

mod changed;
mod labels;
mod marked;
mod signs;
mod stamps;

use std::sync::LazyLock;

use dom_query::Document;
use jiff::{
    SignedDuration,
    civil::{Date, Time},
    tz::Offset,
};
use regex::Regex;
use url::Url;

use super::{
    headings,
    jsonld::{self, Object},
    media::Kind,
    metadata::Metadata,
    outline::Outline,
    words::normal,
};
use crate::time::{self, Precision, Reading, Stamp};
pub use stamps::Place;
use stamps::Seen;

/// Names of metas, without what parts their words, the most trusted first.
const PUBLISHED: &[&str] = &[
    "articlepublishedtime",
    "ogarticlepublishedtime",
    "ogpublishedtime",
    "datepublished",
    "articlepublished",
    "articlepublisheddate",
    "articlepublicationdate",
    "ogarticlepublished",
    "ogdatepublished",
    "ogpublishdate",
    "ogpubdate",
    "ogregdate",
    "dcdateissued",
    "dctermscreated",
    "dcdatecreated",
    "dcdatepublication",
    "dcdate",
    "dccreated",
    "dctermsdate",
    "dctermsissued",
    "date",
    "pubdate",
    "pdate",
    "rbpubdate",
    "dateposted",
    "publishdate",
    "publishtime",
    "publicationdate",
    "parselypubdate",
    "sailthrudate",
    "published",
    "publishedtime",
    "publisheddate",
    "publishedat",
    "datecreated",
    "created",
    "articlecreated",
    "contentcreatedate",
    "articledateoriginal",
    "originalpublicationdate",
    "cxenseparserecspublishtime",
    "rnewsdatepublished",
    "citationpublicationdate",
    "citationdate",
    "ptime",
    "analyticsattributesarticledate",
    "displaydate",
    "timestamp",
    "gentime",
    "mediatorpublishedtime",
    "shareaholicarticlepublishedtime",
    "dcsextarticlefirstpublished",
    "articlepostdate",
    "fieldnamepostdate",
    "btpubdate",
    "vrpublishedtime",
    "twtpublishedat",
    "docdate",
    "daterelease",
    "releasedate",
    "videoreleasedate",
    "firstpublished",
    "lastpublisheddate",
    "obdate",
];

const MODIFIED: &[&str] = &[
    "articlemodifiedtime",
    "articlemodified",
    "ogupdatedtime",
    "ogmodifiedtime",
    "datemodified",
    "lastmod",
    "lastmodified",
    "lastdate",
    "dcdatemodified",
    "dcmodified",
    "dctermsmodified",
    "modified",
    "modifiedtime",
    "modificationdate",
    "revisiondate",
    "updatedtime",
];

/// Characters of a headline by which what is said of it is known to be said of this article.
const SHORTEST_TITLE: usize = 10;
/// Pictures whose addresses are looked at.
const PICTURES: usize = 40;

/// When the article was published and last changed.
#[derive(Debug, Default, PartialEq)]
pub struct Dates {
    pub published: Option<Stamp>,
    pub updated: Option<Stamp>,
    /// Why a date was not taken.
    pub problems: Vec<String>,
}

/// The addresses that an article is known by.
#[derive(Debug, Clone, Copy, Default)]
pub struct Addresses<'a> {
    /// The page's own, where it is known.
    pub own: Option<&'a Url>,
    /// The one that its headline links to.
    pub heading: Option<&'a str>,
}

/// What a page says of its dates to machines.
#[derive(Debug, Default)]
pub struct Stated {
    published: Option<Stamp>,
    updated: Option<Stamp>,
    /// A value that scripts keep under a name such as `publishDate`; looked for only where nothing is stated.
    in_scripts: Option<Stamp>,
    /// When the page came to be, which is not when it was published.
    made: Option<Stamp>,
    /// Its pictures that have a day in their addresses.
    pictured: Vec<Pictured>,
}

/// A picture with a day in its address: mostly that of its article.
#[derive(Debug)]
pub struct Pictured {
    pub day: Stamp,
    /// The number of blocks that stand before it; `None` for the page's own choice.
    before: Option<usize>,
}

impl Stated {
    pub fn of(document: &Document, metadata: &Metadata, outline: &Outline, addresses: Addresses, reading: &Reading) -> Self {
        let said = |text: &str| time::read(text, reading);
        let published = structured(metadata, &["datePublished", "dateCreated"], reading)
            .or_else(|| metadata.named(PUBLISHED).find_map(said))
            .or_else(|| {
                let own = addresses.own.or(metadata.canonical.as_ref()).map(Url::as_str);
                let day = |address| in_address_beside_title(address, &metadata.title, reading);
                own.and_then(day).or_else(|| addresses.heading.and_then(day))
            })
            .or_else(|| marked(outline, reading))
            .or_else(|| in_data(document, outline, metadata, reading))
            .or_else(|| in_title(&metadata.title, reading).filter(|day| !is_in_heading(day, outline, reading)));
        let updated = structured(metadata, &["dateModified"], reading).or_else(|| metadata.named(MODIFIED).find_map(said));
        let mut stated = Self { published, updated, ..Self::default() };
        if stated.published.is_none() {
            stated.in_scripts = in_scripts(document, reading);
            stated.made = metadata.named(&["creationdate"]).find_map(said);
            stated.pictured = pictured(metadata, outline, reading);
        }
        stated
    }

    /// The dates of the article: `listed` is what the list page said.
    ///
    /// A stamp that says "cập nhật" or "updated" is the day of a change only beside another one. Alone it is taken for the
    /// day of publication: portals write it over the only date that they keep, and a day that is too late for an article
    /// that was changed is nearer than none.
    pub fn decide(self, place: &Place, listed: Option<&Stamp>, reading: &Reading) -> Dates {
        let published = match self.published {
            Some(stamp) => Some(refined(stamp, place, reading)),
            None => {
                let mut seen = stamps::all(place, reading);
                stamps::compare_with_pictures(&mut seen, &self.pictured);
                let shown = listed.and_then(|listed| listed_among(listed, &seen)).or_else(|| signs::believed(&seen));
                // The list's word is better than a guess.
                let guessed = || self.guess(&seen, place);
                shown.or_else(|| if listed.is_none() { guessed() } else { None }).map(|stamp| refined(stamp, place, reading))
            }
        };
        let problems = if published.is_none() { doubts(place, reading) } else { Vec::new() };
        let updated = self.updated.filter(|updated| Some(updated) != published.as_ref());
        let updated = updated.or_else(|| changed::shown(place, published.as_ref()?, reading));
        Dates { published, updated, problems }
    }

    /// What is left where the page does not surely say or show when.
    fn guess(&self, seen: &[Seen], place: &Place) -> Option<Stamp> {
        let stated = self.in_scripts.clone().or_else(|| self.made.clone());
        let shown = || signs::possible(seen);
        // The article is no older than its pictures.
        let in_text = || self.pictured.iter().filter(|picture| place.is_around_text(picture.before)).map(|picture| &picture.day);
        let pictured = || in_text().max_by_key(|day| day.at.timestamp()).cloned();
        stated.or_else(shown).or_else(pictured).or_else(|| self.updated.clone())
    }
}

/// A moment that needs no other word: with its time of day, in a zone that somebody chose.
fn is_exact(stamp: &Stamp) -> bool {
    stamp.precision == Precision::Minute && stamp.at.time() != Time::midnight() && stamp.at.offset() != Offset::UTC
}

/// The date that the list page gave, where it is seen here as well.
fn listed_among(listed: &Stamp, seen: &[Seen]) -> Option<Stamp> {
    let same = |seen: &&Seen| seen.stamp.at.date() == listed.at.date() && !seen.is_elsewhere();
    seen.iter().find(same).map(|seen| seen.stamp.clone())
}

/// The first readable date under one of `keys`, articles before pages and films.
fn structured(metadata: &Metadata, keys: &[&str], reading: &Reading) -> Option<Stamp> {
    let dated = |object: &&&Object| keys.iter().any(|key| object.get(*key).is_some_and(serde_json::Value::is_string));
    let read = |object: &&Object| keys.iter().filter_map(|key| object.get(*key)?.as_str()).find_map(|text| time::read(text, reading));
    let objects = metadata.structured.objects();
    let articles = objects.iter().filter(|object| jsonld::is_a(object, &["Article", "Posting", "Report"]));
    let others = objects.iter().filter(|object| jsonld::is_a(object, &["WebPage", "CreativeWork", "Review", "Recipe", "Video"]));
    articles.chain(others).filter(dated).find_map(read)
}

/// A whole day in the address: `/2024/01/18/`, `-20240118`, `/18-01-2024/`.
fn in_address(address: &str, reading: &Reading) -> Option<Stamp> {
    static YEAR_FIRST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"[/_=-]((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?:\D|$)").expect("the pattern is constant")
    });
    static SHORT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"/((?:19|20)\d\d)/(\d\d?)/(\d\d?)/").expect("the pattern is constant"));
    static DAY_FIRST: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"[/_-](\d\d)[-_](\d\d)[-_]((?:19|20)\d\d)(?:\D|$)").expect("the pattern is constant"));
    let day = if let Some(found) = YEAR_FIRST.captures(address).or_else(|| SHORT.captures(address)) {
        format!("{}-{:0>2}-{:0>2}", &found[1], &found[2], &found[3])
    } else {
        let found = DAY_FIRST.captures(address)?;
        format!("{}-{}-{}", &found[3], &found[2], &found[1])
    };
    time::read(&day, reading)
}

/// The same without the headline's own words: the day of `/lich-tiep-dan-24-11-2026.html` is that of the event.
fn in_address_beside_title(address: &str, title: &str, reading: &Reading) -> Option<Stamp> {
    let day = in_address(address, reading)?;
    let is_titled = time::read(title, reading).is_some_and(|titled| titled.at.date() == day.at.date());
    let folder = || address.trim_end_matches('/').rfind('/').map(|slash| &address[..=slash]);
    if is_titled { folder().and_then(|folder| in_address(folder, reading)) } else { Some(day) }
}

/// The first element whose property says that it is the date of publication.
fn marked(outline: &Outline, reading: &Reading) -> Option<Stamp> {
    (0..outline.elements.len()).find_map(|at| {
        let element = &outline.elements[at];
        let marks = element.marks.to_ascii_lowercase();
        if !marks.contains("datepublished") && !marks.contains("datecreated") {
            return None;
        }
        match &element.moment {
            Some(value) => time::read(value, reading),
            None => time::read(&outline.text_of(at), reading),
        }
    })
}

/// What an element tells counters of readers about the article, its headline among it: `data-title`, `data-publish-date`.
fn in_data(document: &Document, outline: &Outline, metadata: &Metadata, reading: &Reading) -> Option<Stamp> {
    let named = [metadata.title.as_str(), metadata.first(&["og:title"]).unwrap_or_default()].map(normal);
    outline.titled.iter().filter_map(|id| document.tree.get(id)).find_map(|node| {
        node.query(|node| {
            let data: Vec<(&str, &str)> = node
                .as_element()
                .into_iter()
                .flat_map(|element| &element.attrs)
                .filter_map(|attribute| Some((attribute.name.local.strip_prefix("data-")?, &*attribute.value)))
                .collect();
            let titled = |(name, value): &(&str, &str)| {
                let value = if name.ends_with("title") { normal(value) } else { String::new() };
                value.chars().nth(SHORTEST_TITLE).is_some() && named.iter().any(|title| title.starts_with(&value))
            };
            let dated = |(name, value): &(&str, &str)| {
                let is_date = ["date", "dt", "time", "at"].iter().any(|end| name.split('-').next_back() == Some(end));
                let is_other = name.split('-').any(|word| ["re", "update", "updated", "modified", "last", "end"].contains(&word));
                if is_date && !is_other { time::read(value, reading) } else { None }
            };
            if data.iter().any(titled) { data.iter().find_map(dated) } else { None }
        })?
    })
}

/// A date that the title ends with, after a mark: the day's bulletin, and some papers.
fn in_title(title: &str, reading: &Reading) -> Option<Stamp> {
    let (head, tail) = title.rsplit_once(['|', '–', '—', '-', '•'])?;
    let tail = tail.trim();
    // `14. - 20. January 2024` is a week.
    if head.trim_end().ends_with(|last: char| last.is_numeric() || last == '.') {
        return None;
    }
    // A date with dashes has been cut by them, and then is none.
    let found = time::find(tail, reading)?;
    (found.range.len() + 2 >= tail.len() && tail.contains(char::is_numeric) && labels::names_year(tail)).then_some(found.stamp)
}

/// What the headline says too is told of the news; the title of the document alone speaks of the page.
fn is_in_heading(day: &Stamp, outline: &Outline, reading: &Reading) -> bool {
    headings::main(outline).iter().filter_map(|heading| time::read(heading, reading)).any(|named| named.at.date() == day.at.date())
}

/// The pictures whose addresses have a day.
fn pictured(metadata: &Metadata, outline: &Outline, reading: &Reading) -> Vec<Pictured> {
    let own = metadata.pictures();
    let shown = outline.media.iter().filter_map(|medium| match &medium.kind {
        Kind::Picture { address: Some(address), .. } => Some((address.as_str(), Some(medium.before))),
        _ => None,
    });
    let all = own.iter().map(|own| (own.as_str(), None)).chain(shown).take(PICTURES);
    all.filter_map(|(address, before)| Some(Pictured { day: in_address(address, reading)?, before })).collect()
}

fn in_scripts(document: &Document, reading: &Reading) -> Option<Stamp> {
    static KEY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r#"(?i)"?(?:date_?published|publi(?:shed|cation|sh)_?(?:date|at|time|on)?|created_?(?:at|on|time)?|first_?published|pub_?date|display_?date|article_?date|date_?created|post_?date|taken_at)"?\s*[:=]\s*\\?["']([^"'\\]{8,40})"#,
        )
        .expect("the pattern is constant")
    });
    let root = document.root();
    let mut scripts = root.descendants_it().filter(|node| node.has_name("script"));
    scripts.find_map(|script| {
        let text = script.text();
        KEY.captures_iter(&text).take(3).find_map(|found| time::read(&found[1], reading))
    })
}

/// The same day with the time that the page shows beside it, where the better source gave the day alone, or that of the
/// evening before, which papers date as their next issue; and the same moment as the page shows it, where the better
/// source gave it in UTC.
fn refined(stamp: Stamp, place: &Place, reading: &Reading) -> Stamp {
    if is_exact(&stamp) {
        return stamp;
    }
    let timed: Vec<Stamp> = stamps::timed(place, reading).collect();
    let refined = if stamp.precision == Precision::Day || stamp.at.time() == Time::midnight() {
        let on = |date: Option<Date>| timed.iter().find(|timed| Some(timed.at.date()) == date).cloned();
        on(Some(stamp.at.date())).or_else(|| on(stamp.at.date().yesterday().ok()))
    } else {
        timed.iter().find_map(|timed| as_shown(&stamp, timed))
    };
    refined.unwrap_or(stamp)
}

/// The moment in the zone that the page shows it in, if `shown` can be the same one.
fn as_shown(stamp: &Stamp, shown: &Stamp) -> Option<Stamp> {
    let between = shown.at.datetime().duration_since(stamp.at.datetime().with().second(0).subsec_nanosecond(0).build().ok()?);
    let whole = between.as_secs() - between.as_secs().rem_euclid(60);
    let is_zone =
        whole != 0 && whole % 1_800 == 0 && between >= SignedDuration::from_hours(-12) && between <= SignedDuration::from_hours(14);
    let offset = Offset::from_seconds(i32::try_from(whole).ok()?).ok().filter(|_| is_zone)?;
    Some(Stamp { at: stamp.at.with_time_zone(jiff::tz::TimeZone::fixed(offset)), precision: Precision::Minute })
}

/// The first date near the headline that may be either of two days.
fn doubts(place: &Place, reading: &Reading) -> Vec<String> {
    let blocks = &place.outline.blocks;
    let from = place.heading.unwrap_or(0).saturating_sub(6);
    let short = blocks.iter().skip(from).take(20).filter(|block| block.length < 100);
    short.filter_map(|block| time::doubt(&block.text, reading)).take(1).collect()
}

#[cfg(test)]
mod tests;

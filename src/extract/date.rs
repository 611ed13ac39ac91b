//! When it was published: the page's own statements first, then what stands near the headline.
//!
//! How dates are spelled is the business of [`crate::time`]; here it is decided which of a page's dates is the article's.

use std::sync::LazyLock;

use dom_query::Document;
use jiff::civil::Time;
use regex::Regex;
use url::Url;

use super::{
    jsonld::{self, Object},
    metadata::Metadata,
    outline::Outline,
    stamps::{self, Seen},
};
use crate::time::{self, Precision, Reading, Stamp};

const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "article:published",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "dcterms.issued",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "published",
    "published_time",
    "published-date",
    "published_at",
    "datecreated",
    "article_date_original",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
    "rnews:datepublished",
    "citation_publication_date",
    "citation_date",
    "ptime",
    "analyticsattributes.articledate",
    "displaydate",
    "timestamp",
    "gentime",
    "shareaholic:article_published_time",
    "dcsext.articlefirstpublished",
    "article:post_date",
    "bt:pubdate",
    "doc_date",
    "date.release",
    "doc.date",
    "firstpublished",
    "last_published_date",
];

const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dc.date.modified",
    "dcterms.modified",
    "modified",
    "updated_time",
];

/// When the article was published and last changed.
#[derive(Debug, Default, PartialEq)]
pub struct Dates {
    pub published: Option<Stamp>,
    pub updated: Option<Stamp>,
}

/// What a date is looked for in.
pub struct Evidence<'a> {
    pub document: &'a Document,
    pub metadata: &'a Metadata,
    pub outline: &'a Outline,
    /// The block of the headline.
    pub heading: Option<usize>,
    /// The first block that is surely behind the article: other news, comments.
    pub end: usize,
    /// The page's own address, where it is known.
    pub address: Option<&'a Url>,
    /// What the list page said.
    pub listed: Option<&'a Stamp>,
}

impl Evidence<'_> {
    pub fn dates(&self, reading: &Reading) -> Dates {
        let seen = stamps::visible(self, reading);
        let published = self.published(&seen, reading).map(|stamp| refined(stamp, &seen));
        let updated = self.updated(reading).filter(|updated| Some(updated) != published.as_ref());
        Dates { published, updated }
    }

    fn published(&self, seen: &[Seen], reading: &Reading) -> Option<Stamp> {
        let said = |text: &str| time::read(text, reading);
        let metadata = self.metadata;
        structured(metadata, &["datePublished", "dateCreated"], reading)
            .or_else(|| metadata.all(PUBLISHED).find_map(said))
            .or_else(|| self.in_address(reading))
            .or_else(|| stamps::marked(self, reading))
            .or_else(|| self.listed_among(seen))
            .or_else(|| stamps::under_headline(seen))
            .or_else(|| stamps::in_elements(self, reading))
            .or_else(|| stamps::best(seen))
            .or_else(|| self.in_scripts(reading))
            .or_else(|| metadata.all(&["creation_date"]).chain(metadata.all(MODIFIED)).find_map(said))
            .or_else(|| stamps::weak(seen))
    }

    fn updated(&self, reading: &Reading) -> Option<Stamp> {
        structured(self.metadata, &["dateModified"], reading)
            .or_else(|| self.metadata.all(MODIFIED).find_map(|text| time::read(text, reading)))
    }

    /// The date that the list page gave, where it is seen here as well.
    fn listed_among(&self, seen: &[Seen]) -> Option<Stamp> {
        let listed = self.listed?;
        let same = |seen: &&Seen| seen.stamp.at.date() == listed.at.date() && !seen.elsewhere;
        seen.iter().find(same).map(|seen| seen.stamp.clone())
    }

    /// A whole day in the address: `/2024/01/18/`, `-20240118`, `/18-01-2024/`.
    fn in_address(&self, reading: &Reading) -> Option<Stamp> {
        static YEAR_FIRST: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"[/_=-]((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?:\D|$)").expect("the pattern is constant")
        });
        static SHORT: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"/((?:19|20)\d\d)/(\d\d?)/(\d\d?)/").expect("the pattern is constant"));
        static DAY_FIRST: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"[/_-](\d\d)[-_](\d\d)[-_]((?:19|20)\d\d)(?:\D|$)").expect("the pattern is constant"));
        let address = self.address.or(self.metadata.canonical.as_ref())?.as_str();
        let day = if let Some(found) = YEAR_FIRST.captures(address).or_else(|| SHORT.captures(address)) {
            format!("{}-{:0>2}-{:0>2}", &found[1], &found[2], &found[3])
        } else {
            let found = DAY_FIRST.captures(address)?;
            format!("{}-{}-{}", &found[3], &found[2], &found[1])
        };
        time::read(&day, reading)
    }

    /// A value that scripts keep under a name such as `publishDate`.
    fn in_scripts(&self, reading: &Reading) -> Option<Stamp> {
        static KEY: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(
                r#"(?i)"?(?:date_?published|publi(?:shed|cation|sh)_?(?:date|at|time|on)?|created_?(?:at|on|time)?|first_?published|pub_?date|display_?date|article_?date|date_?created|post_?date|taken_at)"?\s*[:=]\s*\\?["']([^"'\\]{8,40})"#,
            )
            .expect("the pattern is constant")
        });
        let root = self.document.root();
        let mut scripts = root.descendants_it().filter(|node| node.has_name("script"));
        scripts.find_map(|script| {
            let text = script.text();
            KEY.captures_iter(&text).take(3).find_map(|found| time::read(&found[1], reading))
        })
    }
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

/// The same day with the time that the page shows beside it, where the better source gave the day alone.
fn refined(stamp: Stamp, seen: &[Seen]) -> Stamp {
    let is_bare = stamp.precision == Precision::Day || stamp.at.time() == Time::midnight();
    let timed = |seen: &&Seen| seen.stamp.at.date() == stamp.at.date() && seen.stamp.precision == Precision::Minute && !seen.elsewhere;
    match seen.iter().find(timed) {
        Some(timed) if is_bare => timed.stamp.clone(),
        _ => stamp,
    }
}

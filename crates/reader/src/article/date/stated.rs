//! What a page states of its dates to machines: structured data, metas, addresses, marked elements, scripts.

use std::sync::LazyLock;

use url::Url;

use super::labels;
use crate::{
    article::{headings, layout::Layout, media::Kind, metadata::Metadata, words::normal},
    jsonld::{self, Object},
    outline::Outline,
    pattern::Pattern,
    time::{self, Reading, Stamp},
    wordlist,
};

/// The names of metas that hold dates.
const METAS: &str = include_str!("metas.txt");

struct Names {
    published: Vec<&'static str>,
    vague: Vec<&'static str>,
    modified: Vec<&'static str>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let under = |heading| wordlist::lines(METAS, heading).collect();
    Names { published: under("published"), vague: under("vague"), modified: under("modified") }
});

/// Characters of a headline by which what is said of it is known to be said of this article.
const SHORTEST_TITLE: usize = 10;
/// Pictures whose addresses are looked at.
const PICTURES: usize = 40;

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
    /// The date of publication, by the first source that has one.
    pub published: Option<Stamp>,
    /// Whether something else than structured data says so, a meta tag in most pages.
    pub published_in_meta: bool,
    /// Whether it is a meta tag that may hold any day of the page: `date`.
    pub is_vague: bool,
    /// The date of the last change.
    pub updated: Option<Stamp>,
    /// A value that scripts keep under a name such as `publishDate`; looked for only where nothing is stated.
    pub in_scripts: Option<Stamp>,
    /// When the page came to be, which is not when it was published.
    pub made: Option<Stamp>,
    /// Its pictures that have a day in their addresses; looked for only where nothing is stated.
    pub pictured: Vec<Pictured>,
}

/// A picture with a day in its address: mostly that of its article.
#[derive(Debug)]
pub struct Pictured {
    /// The day that its address names.
    pub day: Stamp,
    /// The number of blocks that stand before it; `None` for the page's own choice.
    pub before: Option<usize>,
}

impl Stated {
    /// Of a `page` laid flat, with its `metadata` and its `layout`. The first source that has a date is believed.
    pub fn of(page: &Outline, metadata: &Metadata, layout: &Layout, addresses: Addresses, reading: &Reading) -> Self {
        let said = |text: &str| time::read(text, reading);
        let in_data_of_page = structured(metadata, &["datePublished", "dateCreated"], reading);
        let published_in_meta = in_data_of_page.is_none();
        let named = in_data_of_page.or_else(|| metadata.named(&NAMES.published).find_map(said));
        let vague = if named.is_none() { metadata.named(&NAMES.vague).find_map(said) } else { None };
        let is_vague = vague.is_some();
        let published = named
            .or(vague)
            .or_else(|| {
                let own = addresses.own.or(metadata.canonical.as_ref()).map(Url::as_str);
                let day = |address| in_address_beside_title(address, &metadata.title, reading);
                own.and_then(day).or_else(|| addresses.heading.and_then(day))
            })
            .or_else(|| marked(layout, reading))
            .or_else(|| in_data(page, layout, metadata, reading))
            .or_else(|| in_title(&metadata.title, reading).filter(|day| !is_in_heading(day, layout, reading)));
        let updated = structured(metadata, &["dateModified"], reading).or_else(|| metadata.named(&NAMES.modified).find_map(said));
        let mut stated = Self { published, published_in_meta, is_vague, updated, ..Self::default() };
        if stated.published.is_none() {
            stated.in_scripts = in_scripts(page, reading);
            stated.made = metadata.named(&["creationdate"]).find_map(said);
            stated.pictured = pictured(metadata, layout, reading);
        }
        stated
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

/// A whole day in the address: `/2024/01/18/`, `-20240118`, `/18-01-2024/`.
fn in_address(address: &str, reading: &Reading) -> Option<Stamp> {
    static YEAR_FIRST: Pattern = Pattern::new(r"[/_=-]((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?:\D|$)");
    static SHORT: Pattern = Pattern::new(r"/((?:19|20)\d\d)/(\d\d?)/(\d\d?)/");
    static DAY_FIRST: Pattern = Pattern::new(r"[/_-](\d\d)[-_](\d\d)[-_]((?:19|20)\d\d)(?:\D|$)");
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
fn marked(layout: &Layout, reading: &Reading) -> Option<Stamp> {
    (0..layout.elements.len()).find_map(|at| {
        let element = &layout.elements[at];
        let marks = element.marks.to_ascii_lowercase();
        if !marks.contains("datepublished") && !marks.contains("datecreated") {
            return None;
        }
        match &element.moment {
            Some(value) => time::read(value, reading),
            None => time::read(&layout.line_of(at), reading),
        }
    })
}

/// What an element tells counters of readers about the article, its headline among it: `data-title`,
/// `data-publish-date`.
fn in_data(page: &Outline, layout: &Layout, metadata: &Metadata, reading: &Reading) -> Option<Stamp> {
    let named = [metadata.title.as_str(), metadata.first(&["og:title"]).unwrap_or_default()].map(normal);
    let titled = |(name, value): &(&str, &str)| {
        let value = if name.ends_with("title") { normal(value) } else { String::new() };
        value.chars().nth(SHORTEST_TITLE).is_some() && named.iter().any(|title| title.starts_with(&value))
    };
    let dated = |(name, value): &(&str, &str)| {
        let is_date = ["date", "dt", "time", "at"].iter().any(|end| name.split('-').next_back() == Some(end));
        let is_other = name.split('-').any(|word| ["re", "update", "updated", "modified", "last", "end"].contains(&word));
        if is_date && !is_other { time::read(value, reading) } else { None }
    };
    layout.titled.iter().find_map(|at| {
        let attributes = page.attributes(*at).iter();
        let data: Vec<(&str, &str)> =
            attributes.filter_map(|attribute| Some((attribute.name.strip_prefix("data-")?, &*attribute.value))).collect();
        if data.iter().any(titled) { data.iter().find_map(dated) } else { None }
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
fn is_in_heading(day: &Stamp, layout: &Layout, reading: &Reading) -> bool {
    headings::main(layout).iter().filter_map(|heading| time::read(&heading.text, reading)).any(|named| named.at.date() == day.at.date())
}

/// The pictures whose addresses have a day.
pub fn pictured(metadata: &Metadata, layout: &Layout, reading: &Reading) -> Vec<Pictured> {
    let own = metadata.pictures();
    let shown = layout.media.iter().filter_map(|medium| match &medium.kind {
        Kind::Picture { address: Some(address), .. } => Some((address.as_str(), Some(medium.before))),
        _ => None,
    });
    let all = own.iter().map(|own| (own.as_str(), None)).chain(shown).take(PICTURES);
    all.filter_map(|(address, before)| Some(Pictured { day: in_address(address, reading)?, before })).collect()
}

/// A value that scripts keep under a name such as `publishDate`.
fn in_scripts(page: &Outline, reading: &Reading) -> Option<Stamp> {
    static KEY: Pattern = Pattern::new(
        r#"(?ix) "? (?: date_?published | publi(?:shed|cation|sh)_?(?:date|at|time|on)? | created_?(?:at|on|time)? | first_?published
            | pub_?date | display_?date | article_?date | date_?created | post_?date | taken_at ) "?
            \s* [:=] \s* \\? ["'] ([^"'\\]{8,40})"#,
    );
    page.named.scripts.iter().find_map(|script| {
        let text = script.text();
        KEY.regex().captures_iter(&text).take(3).find_map(|found| time::read(&found[1], reading))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_metas_are_bare() {
        assert!(!NAMES.published.is_empty() && !NAMES.vague.is_empty() && !NAMES.modified.is_empty());
        for name in NAMES.published.iter().chain(&NAMES.vague).chain(&NAMES.modified) {
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase()), "{name}");
        }
    }
}

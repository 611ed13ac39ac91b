//! The headline: what structured data, meta tags and the visible heading agree on, without the site's name.

use std::{collections::HashSet, sync::LazyLock};

use regex::Regex;

use super::{
    headings, jsonld,
    layout::Layout,
    metadata::{Metadata, plain},
    words::normal,
};
use crate::budget::Budget;

/// The page's title as each source gives it; empty where one gives none.
#[derive(Debug, Default)]
pub struct Titles {
    pub structured: String,
    pub open_graph: String,
    pub heading: String,
    pub twitter: String,
    pub document: String,
}

impl Titles {
    pub fn of(metadata: &Metadata, layout: &Layout) -> Self {
        let document = plain(&metadata.title);
        let open_graph = metadata.line(&["og:title"]).unwrap_or_default();
        let twitter = metadata.line(&["twitter:title"]).unwrap_or_default();
        let headings = headings::main(layout);
        let seen: Vec<&str> = [open_graph.as_str(), &document].into_iter().chain(headings.iter().take(2).map(String::as_str)).collect();
        let structured = structured(metadata, &seen);
        let site = metadata.site().unwrap_or_default();
        let heading = heading(&headings, &[&open_graph, &document, &structured], &site).unwrap_or_default();
        let heading =
            if heading.is_empty() { headings::lesser(layout, &[&open_graph, &document], &site).unwrap_or_default() } else { heading };
        let label = host_label(&metadata.host);
        let bare = |title: &str, others: &[&str]| {
            let title = without_site(title, others, &site, &layout.budget);
            without_site(&title, others, label, &layout.budget)
        };
        let open_graph_bare = bare(&open_graph, &[&heading, &structured, &twitter]);
        Self {
            document: bare(&document, &[&heading, &structured, &open_graph_bare]),
            twitter: bare(&twitter, &[&heading, &structured, &open_graph_bare]),
            structured: bare(&structured, &[&heading, &open_graph_bare]),
            open_graph: open_graph_bare,
            heading,
        }
    }

    /// The one that is believed. What the list page called the article decides where a source agrees with it.
    pub fn choose(&self, metadata: &Metadata, listed: Option<&str>) -> Option<String> {
        let heading_first = metadata.is_news() == Some(false);
        let order = if heading_first {
            [&self.heading, &self.structured, &self.open_graph, &self.twitter, &self.document]
        } else {
            [&self.structured, &self.open_graph, &self.heading, &self.twitter, &self.document]
        };
        let listed = listed.map(normal).filter(|listed| !listed.is_empty());
        let confirmed = listed.and_then(|listed| order.into_iter().find(|title| normal(title) == listed));
        confirmed.or_else(|| order.into_iter().find(|title| !title.is_empty())).cloned()
    }

    /// All of them, for comparing.
    pub fn all(&self) -> [&str; 5] {
        [&self.structured, &self.open_graph, &self.heading, &self.twitter, &self.document]
    }
}

/// The headline of the structured data that has most in common with what the page shows.
fn structured(metadata: &Metadata, seen: &[&str]) -> String {
    let articles = metadata.structured.articles();
    let headlines: Vec<String> = articles
        .iter()
        .filter_map(|article| ["headline", "name"].iter().find_map(|key| article.get(*key)?.as_str().filter(|it| !it.is_empty())))
        .map(plain)
        .filter(|headline| !headline.is_empty())
        .collect();
    let shown = seen.iter().any(|title| !title.is_empty());
    let Some(best) = headlines.iter().find(|headline| overlap(headline, seen) >= 0.25).or(headlines.first()) else { return String::new() };
    if shown && headlines.len() > 1 && overlap(best, seen) < 0.15 { String::new() } else { best.clone() }
}

/// The share of `title`'s words that stand in `others`.
fn overlap(title: &str, others: &[&str]) -> f32 {
    let known: Vec<String> = others.iter().map(|other| normal(other)).collect();
    let known: HashSet<&str> = known.iter().flat_map(|other| other.split(' ')).collect();
    let title = normal(title);
    let words: Vec<&str> = title.split(' ').filter(|word| !word.is_empty()).collect();
    words.iter().filter(|word| known.contains(*word)).count() as f32 / words.len().max(1) as f32
}

/// The main heading, unless it is the site's name or has nothing to do with the page's title ("Log in").
fn heading(headings: &[String], titles: &[&str], site: &str) -> Option<String> {
    let best = headings.iter().find(|heading| overlap(heading, titles) > 0.5).or(headings.first())?;
    let known = titles.iter().any(|title| !title.is_empty());
    if known && overlap(best, titles) <= 0.34 || !site.is_empty() && normal(best) == normal(site) { None } else { Some(best.clone()) }
}

/// The longest part of the host: its own name, in most addresses.
pub fn host_label(host: &str) -> &str {
    if host.contains('.') { host.split('.').max_by_key(|label| label.len()).unwrap_or_default() } else { "" }
}

/// `title` without the site's name after a dash or bar, where it is clear that it is one: the rest is what
/// another source gives, or the tail is the site's name.
fn without_site(title: &str, others: &[&str], site: &str, budget: &Budget) -> String {
    static CUT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\s*[|ㅣ»«•·]\s*|\s+[–—:-]\s+").expect("the pattern is constant"));
    static TAIL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\s*[|ㅣ»«•·]\s*|\s+[–—-]\s+").expect("the pattern is constant"));
    let cuts: Vec<_> = CUT.find_iter(title).collect();
    let others: HashSet<String> = others.iter().map(|other| normal(other)).filter(|other| !other.is_empty()).collect();
    for cut in cuts.iter().rev().take_while(|_| budget.spend(title.len())) {
        let (head, tail) = (title[..cut.start()].trim(), &title[cut.end()..]);
        if head.chars().count() >= 8 && others.contains(&normal(head)) && !normal(tail).is_empty() {
            return head.to_owned();
        }
    }
    let compact = |text: &str| normal(text).replace(' ', "");
    let site = compact(site);
    let mut bare = title.to_owned();
    for _ in 0..3 {
        let Some(cut) = TAIL.find_iter(&bare).last() else { break };
        let (head, tail) = (bare[..cut.start()].trim(), bare[cut.end()..].trim());
        let name = compact(tail);
        let after_bar = cut.as_str().contains('|') && normal(tail).split(' ').count() <= 3;
        let is_site = site.chars().count() >= 4
            && (name.chars().count() >= 3 && site.contains(&name)
                || name.contains(&site) && name.chars().count() <= site.chars().count() + 12);
        if head.chars().count() < 15 || name.is_empty() || !(after_bar || is_site) {
            break;
        }
        bare = head.to_owned();
    }
    bare
}

/// Whether the structured data describe the article under one of `titles`; the article that fits best.
pub fn best_article<'a>(metadata: &'a Metadata, titles: &Titles) -> Option<&'a jsonld::Object> {
    let shown = normal(&titles.all().join(" "));
    let shown: HashSet<&str> = shown.split(' ').collect();
    let score = |article: &jsonld::Object| {
        let headline = article.get("headline").and_then(|headline| headline.as_str()).map(|headline| normal(&plain(headline)));
        let shared = headline.map_or(0, |headline| headline.split(' ').filter(|word| shown.contains(word)).count());
        (shared, article.contains_key("author"))
    };
    // The first of equals: later objects describe other stories.
    metadata.structured.articles().into_iter().rev().max_by_key(|article| score(article))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_is_not_part_of_the_headline() {
        let cases = [
            ("Ký kết quy chế phối hợp | Báo Đà Nẵng", "", "Ký kết quy chế phối hợp"),
            ("Ký kết quy chế phối hợp - Công an thành phố Đà Nẵng", "Công an thành phố Đà Nẵng", "Ký kết quy chế phối hợp"),
            ("Vì an ninh - vì bình yên của nhân dân", "Công an", "Vì an ninh - vì bình yên của nhân dân"),
            ("Tin | Báo", "", "Tin | Báo"),
        ];
        for (title, site, expected) in cases {
            assert_eq!(without_site(title, &[], site, &Budget::of(0)), expected);
        }
        let others = ["KÝ KẾT phối hợp"];
        assert_eq!(without_site("Ký kết phối hợp - Tin trong ngày", &others, "", &Budget::of(0)), "Ký kết phối hợp");
    }
}

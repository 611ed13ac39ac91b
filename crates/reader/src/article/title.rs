//! The headline: what structured data, meta tags and the visible heading agree on, without the site's name.

use std::{cell::LazyCell, collections::HashSet};

use url::Url;

use super::{
    headings::{self, Heading},
    jsonld,
    layout::Layout,
    listed::{Listed, Shown},
    metadata::{Metadata, plain},
    names_in_title::{self, Verdict},
    rule::{Rule, Without},
    words::normal,
};
use crate::{budget::Budget, pattern::Pattern, text};

/// Words from which a visible heading within a longer title is its headline.
const SHOWN: usize = 3;
/// Characters of a heading from which on the address may spell it out.
const SPELLED: usize = 4;
/// Characters of a title that a name before it leaves.
const BARE: usize = 8;
/// Share of a title's words from which on, standing in the heading, they are an edited heading.
const EDITED: f32 = 0.8;

/// The page's title as each source gives it; empty where one gives none.
#[derive(Debug, Default)]
pub struct Titles {
    pub structured: String,
    pub open_graph: String,
    pub heading: String,
    /// The heading is one of the page's main ones, and readers see it.
    is_main: bool,
    pub twitter: String,
    pub document: String,
    /// A visible heading that the address spells out.
    addressed: String,
    /// What the page shows of the listed headline.
    pub listed: Option<Shown>,
    without: Without,
}

impl Titles {
    pub fn of(metadata: &Metadata, layout: &Layout, listed: Option<&Listed>, without: Without) -> Self {
        let document = plain(&metadata.title);
        let open_graph = metadata.line(&["og:title"]).unwrap_or_default();
        let twitter = metadata.line(&["twitter:title"]).unwrap_or_default();
        let main = headings::main(layout);
        let seen = main.iter().take(2).map(|heading| heading.text.as_str());
        let seen: Vec<&str> = [open_graph.as_str(), &document].into_iter().chain(seen).collect();
        let structured = structured(metadata, &seen);
        let site = metadata.site().unwrap_or_default();
        let lesser = LazyCell::new(|| headings::lesser(layout, &site));
        let titles = [open_graph.as_str(), &document];
        let mut names = names_in_title::tails(&main, &titles);
        let mut shown = None;
        let of_lesser = std::iter::once_with(|| headings::contained(&lesser, &titles)).flatten();
        let own = heading(&main, &[&open_graph, &document, &structured], &site);
        let own =
            own.or_else(|| headings::alone(&main, layout, &site).filter(|_| structured.is_empty() && without.keeps(Rule::HeadingFirst)));
        for heading in own.into_iter().chain(of_lesser) {
            match names_in_title::judge(layout, heading, || &lesser, &titles) {
                Verdict::Headline => shown = Some(heading.text.clone()),
                Verdict::NameBeside(headline) => {
                    names.push(&heading.text);
                    shown = Some(headline);
                }
                Verdict::Name => continue,
            }
            break;
        }
        let line = || names_in_title::line_in_title(layout, &titles);
        let heading = shown.or_else(line).or_else(|| headings::first(layout, &lesser)).unwrap_or_default();
        let label = host_label(&metadata.host);
        let bare = |title: &str, others: &[&str]| {
            let names = [site.as_str(), label].into_iter().chain(names.iter().copied());
            let names: Vec<&str> = names.collect();
            let title = if without.keeps(Rule::NameBehind) {
                names.iter().fold(title.to_owned(), |title, name| without_site(&title, others, name, &layout.budget))
            } else {
                title.to_owned()
            };
            if without.keeps(Rule::NameBefore) { names.iter().fold(title, |title, name| without_name_before(title, name)) } else { title }
        };
        let open_graph_bare = bare(&open_graph, &[&heading, &structured, &twitter]);
        let mut titles = Self {
            document: bare(&document, &[&heading, &structured, &open_graph_bare]),
            twitter: bare(&twitter, &[&heading, &structured, &open_graph_bare]),
            structured: bare(&structured, &[&heading, &open_graph_bare]),
            open_graph: open_graph_bare,
            is_main: main.iter().any(|main| main.text == heading && !main.is_hidden),
            heading,
            addressed: addressed(&main, metadata, &titles).unwrap_or_default(),
            listed: None,
            without,
        };
        titles.listed = listed.and_then(|listed| titles.shown(listed, [&open_graph, &document, &twitter], layout));
        titles
    }

    /// Where the page says what the list called the article: one of its titles, a part of one, a line of its text. What
    /// the operator points at needs no page to say it.
    fn shown(&self, listed: &Listed, written: [&str; 3], layout: &Layout) -> Option<Shown> {
        let line = listed.shown(layout);
        let title = || self.sources().into_iter().find(|title| listed.is(title)).cloned();
        let part = || written.into_iter().find_map(|title| listed.part_of(title, &layout.budget));
        // A line of the text is whole, where titles may be cut as well.
        let text = line.as_ref().filter(|_| listed.is_cut()).map(|line| line.text.clone()).or_else(title).or_else(part);
        let text = text.or_else(|| line.as_ref().map(|line| line.text.clone()));
        let text = text.or_else(|| listed.is_selected.then(|| listed.headline().to_owned()))?;
        Some(Shown { text, block: line.and_then(|line| line.block) })
    }

    /// The one that is believed: what the list called the article, where the page says that anywhere.
    pub fn choose(&self, metadata: &Metadata) -> Option<String> {
        self.listed.as_ref().map(|listed| listed.text.clone()).or_else(|| self.by_trust(metadata).next())
    }

    /// All that the page calls itself, the most trusted first.
    pub fn by_trust(&self, metadata: &Metadata) -> impl Iterator<Item = String> + use<> {
        let [structured, open_graph, heading, twitter, document] = self.sources();
        let is_headline = is_shown_of(heading, open_graph) || self.is_main && !is_edited(heading, open_graph);
        let is_shown_first = structured.is_empty() && is_headline && self.without.keeps(Rule::HeadingFirst);
        let heading_first = metadata.is_news() == Some(false) || is_shown_first;
        let order = if heading_first {
            [heading, structured, open_graph, twitter, document]
        } else {
            [structured, open_graph, heading, twitter, document]
        };
        let is_labelled = || ends_with(heading, open_graph) && normal(open_graph) == normal(document);
        let first = if structured.is_empty() && !self.addressed.is_empty() && self.without.keeps(Rule::HeadingInAddress) {
            self.addressed.clone()
        } else if structured.is_empty() && self.without.keeps(Rule::HeadingLabelled) && is_labelled() {
            open_graph.clone()
        } else {
            String::new()
        };
        std::iter::once(first).chain(order.map(String::clone)).filter(|title| !title.is_empty())
    }

    fn sources(&self) -> [&String; 5] {
        [&self.structured, &self.open_graph, &self.heading, &self.twitter, &self.document]
    }

    /// All of them, for comparing.
    pub fn all(&self) -> [&str; 6] {
        let listed = self.listed.as_ref().map_or("", |listed| &listed.text);
        [listed, &self.structured, &self.open_graph, &self.heading, &self.twitter, &self.document]
    }
}

/// Whether a longer title only says more before another, of three words at least.
fn ends_with(longer: &str, title: &str) -> bool {
    let (longer, title) = (normal(longer), normal(title));
    title.split(' ').count() >= SHOWN && longer.strip_suffix(&title).is_some_and(|before| before.ends_with(' '))
}

/// The first main heading that readers see, where the page's address spells it out and none of `titles` begins with it
/// or hardly differs from it.
fn addressed(main: &[Heading], metadata: &Metadata, titles: &[&str]) -> Option<String> {
    let heading = main.first().filter(|heading| !heading.is_hidden)?;
    let is_other = |title: &str| !normal(title).starts_with(&heading.normal) && overlap(title, &[&heading.text]) < EDITED;
    let address = metadata.canonical.as_ref().unwrap_or(&metadata.base);
    (titles.iter().all(|title| is_other(title)) && is_in_address(address, &heading.text)).then(|| heading.text.clone())
}

/// Whether the last part of an address, without numbers and its ending, says `title` and nothing else, with the part
/// before it or alone.
fn is_in_address(address: &Url, title: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|ch| ch.is_alphanumeric()).collect::<String>();
    let bare = |text: &str| letters(&text::fold(text)).trim_matches(|ch: char| ch.is_ascii_digit()).to_owned();
    let mut parts = address.path().rsplit('/').filter(|part| !part.is_empty());
    let Some(last) = parts.next() else { return false };
    let last = bare(last.rsplit_once('.').map_or(last, |(name, _)| name));
    let both = parts.next().map(bare).unwrap_or_default() + &last;
    // Without marks, or with the letters that German has for them.
    let german = [('ä', "ae"), ('ö', "oe"), ('ü', "ue"), ('ß', "ss")];
    let german = german.iter().fold(title.to_lowercase(), |text, (letter, spelled)| text.replace(*letter, spelled));
    [title, &german].map(bare).iter().any(|title| title.chars().count() >= SPELLED && (*title == last || *title == both))
}

/// Whether the visible heading is what a longer title says to readers.
fn is_shown_of(heading: &str, title: &str) -> bool {
    let heading = normal(heading);
    heading.split(' ').count() >= SHOWN && normal(title).contains(&heading)
}

/// Whether a title is hardly more than a heading with some of its words changed, neither a part of the other: an edited
/// headline is as good as the one before. What search engines are told has words of its own.
fn is_edited(heading: &str, title: &str) -> bool {
    let shown = normal(heading);
    shown.split(' ').count() < SHOWN || overlap(title, &[heading]) >= EDITED && !shown.contains(&normal(title))
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
fn heading<'a>(headings: &'a [Heading], titles: &[&str], site: &str) -> Option<&'a Heading> {
    let best = headings.iter().find(|heading| overlap(&heading.text, titles) > 0.5).or(headings.first())?;
    let known = titles.iter().any(|title| !title.is_empty());
    let is_site = !site.is_empty() && best.normal == normal(site);
    (!(known && overlap(&best.text, titles) <= 0.34 || is_site)).then_some(best)
}

/// The longest part of the host: its own name, in most addresses.
pub fn host_label(host: &str) -> &str {
    if host.contains('.') { host.split('.').max_by_key(|label| label.len()).unwrap_or_default() } else { "" }
}

/// `title` without the site's name after a dash or bar, where it is clear that it is one: the rest is what
/// another source gives, or the tail is the site's name.
fn without_site(title: &str, others: &[&str], site: &str, budget: &Budget) -> String {
    static CUT: Pattern = Pattern::new(r"\s*[|ㅣ»«•·]\s*|\s+[–—:-]\s+");
    static TAIL: Pattern = Pattern::new(r"\s*[|ㅣ»«•·]\s*|\s+[–—-]\s+");
    let cuts: Vec<_> = CUT.regex().find_iter(title).collect();
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
        let Some(cut) = TAIL.regex().find_iter(&bare).last() else { break };
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

/// `title` without the site's name before a bar or a colon.
fn without_name_before(title: String, name: &str) -> String {
    static CUT: Pattern = Pattern::new(r"\s*[|ㅣ»«•·]\s*|\s+//\s+(?:[»›]\s*)?|\s+[–—-]\s+");
    let compact = |text: &str| normal(text).replace(' ', "");
    let (name, cut) = (compact(name), CUT.find(&title));
    let is_name = |head: &str| {
        let head = compact(head);
        name.chars().count() >= 4
            && head.chars().count() >= 4
            && (head == name || head.contains(&name) && head.chars().count() <= name.chars().count() + 6)
    };
    match cut {
        Some(cut) if is_name(&title[..cut.start()]) && title[cut.end()..].chars().count() >= BARE => title[cut.end()..].to_owned(),
        _ => title,
    }
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
mod tests;

//! Who wrote it: people named by structured data, then by meta tags, marked elements, bylines; publishers last.

mod by_stamp;
mod in_lines;

pub use in_lines::lines;
use serde_json::Value;

use super::{
    class_hints::Hint,
    headings,
    jsonld::{Object, Structured},
    layout::Layout,
    metadata::Metadata,
    names::{self, Publishers},
    rule::{Rule, Without},
    title::{Titles, best_article},
    words::{is_dense, normal},
};
use crate::{
    outline::{Attribute, Outline},
    pattern::Pattern,
};

const METAS: [&str; 12] = [
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
    "cxenseparse:author",
    "mrf:authors",
    "cse_authors",
    "bt:author",
    "dcsext.author",
];

/// Sources of names before those that may name a publisher.
const PEOPLE: usize = 11;
/// Values of structured data that are looked at for names.
const MAX_NAMED: usize = 200;

/// The names that each kind of source gives.
#[derive(Debug, Default)]
pub struct Authors {
    structured: Vec<String>,
    meta: Vec<String>,
    /// Elements marked as the author by `rel` or `itemprop`.
    marked: Vec<String>,
    /// Elements whose class says byline.
    bylines: Vec<String>,
    /// Links to an author's page.
    linked: Vec<String>,
    /// "By …" as a reader sees it.
    visible: Vec<String>,
    /// The lines above the text, of which one may have several names.
    around: Vec<in_lines::Line>,
    /// A name beside the stamp.
    stamped: Vec<String>,
    /// Who wrote the page, where the structured data have no article that says it.
    of_page: Vec<String>,
    /// What the page says that it is written in, in lower case; empty where it doesn't.
    language: String,
    without: Without,
}

impl Authors {
    pub fn of(page: &Outline, metadata: &Metadata, layout: &Layout, titles: &Titles, without: Without) -> Self {
        let mut authors = Self { structured: structured(metadata, titles), meta: meta(metadata), without, ..Self::default() };
        if authors.structured.is_empty() && without.keeps(Rule::AuthorOfPage) {
            authors.of_page = of_page(&metadata.structured);
        }
        let (mut marked, mut bylines, mut linked) = (Vec::new(), Vec::new(), Vec::new());
        let language = metadata.language().unwrap_or_default().to_lowercase();
        let heading = heading(layout, titles);
        let block_of = |at: usize| layout.block_at(at).min(layout.blocks.len().saturating_sub(1));
        let is_with_heading = |at: usize| heading.is_some_and(|heading| !headings::is_beside_of(layout, block_of(at), heading));
        for (at, element) in layout.elements.iter().enumerate() {
            let length = layout.text_length(at);
            if !(3..=800).contains(&length) {
                continue;
            }
            let name = &*element.name;
            if name == "a" && linked.is_empty() && page.written(element.at, "href").is_some_and(is_author_page) {
                let text = layout.text_of(at);
                if (2..=5).contains(&text.split_whitespace().count()) && text.chars().count() < 45 && !has_marks(&text) {
                    linked.push(text);
                }
            }
            if !matches!(name, "a" | "span" | "p" | "div" | "address" | "li" | "b" | "strong" | "em") {
                continue;
            }
            let wants_byline = bylines.len() < 2 && !element.marks.is_empty();
            let role = role(page.attributes(element.at), wants_byline);
            if role == Role::Author && marked.len() < 3 && !is_of_comment(layout, at) {
                let text = layout.text_of(at);
                if text.chars().count() < 80 {
                    marked.push(text);
                }
            } else if role == Role::Byline {
                let text = layout.text_of(at);
                let is_free = || !headings::is_beside(layout, block_of(at));
                // What stands in a menu that was not closed is taken where it is surely a name.
                let is_taken = || {
                    let names = names::shown([text.as_str()], &language);
                    !names.is_empty() && (is_free() || is_with_heading(at) && names.iter().all(|name| names::is_full(name)))
                };
                if (4..120).contains(&text.chars().count()) && is_taken() {
                    bylines.push(text);
                }
            }
        }
        authors.language = language;
        authors.marked = names::shown(marked.iter().map(String::as_str), &authors.language);
        authors.bylines = names::shown(bylines.iter().map(String::as_str), &authors.language);
        authors.linked = names::of(linked.iter().map(String::as_str));
        authors.around = in_lines::around(layout, heading.unwrap_or(0));
        authors.visible =
            in_lines::visible(layout, heading.unwrap_or(0)).map(|name| vec![name]).unwrap_or_else(|| in_lines::labelled(layout, without));
        authors.stamped = heading.and_then(|heading| by_stamp::author(layout, heading)).into_iter().collect();
        authors
    }

    /// The name that a byline begins with, where the stamp behind it is glued to it: `Minh HàThứ sáu, 20/11/2026`.
    fn without_glued<'a>(&'a self, byline: &'a str) -> &'a str {
        let is_glued = |name: &&String| byline.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        let names = self.linked.iter().chain(&self.marked).chain(&self.bylines);
        names.filter(is_glued).filter(|_| has_marks(byline)).max_by_key(|name| name.len()).map_or(byline, |name| name)
    }

    /// The names to show. `byline` are the lines of what another reader found, `capitals` the line in capitals under
    /// the text.
    pub fn choose(mut self, publishers: &Publishers, byline: &[String], capitals: Option<String>) -> Option<String> {
        let without = self.without;
        self.leave_out();
        self.spell_accounts();
        let voted = if without.keeps(Rule::AuthorVoted) { byline } else { &[] };
        let people = |names: &[String]| names.iter().filter(|name| !publishers.has(name)).cloned().collect::<Vec<_>>();
        let accounts = |names: &[String]| names.iter().all(|name| names::is_account(name));
        let are_accounts = accounts(&self.structured) && accounts(&self.meta);
        let is_shown_otherwise = are_accounts && self.bylines.iter().any(|name| name.contains(' ') && !publishers.has(name));
        let chosen = if people(&self.structured).is_empty() || is_shown_otherwise {
            let byline = voted.iter().map(|line| names::in_line(self.without_glued(line), &self.language));
            let byline = byline.into_iter().find(|names| !names.is_empty()).unwrap_or_default();
            let desk = voted.iter().map(|line| names::tidy(names::without_particle(line, &self.language)));
            let desk: Vec<String> = desk.filter(|name| names::is_desk(name)).collect();
            let whole = |name: &String| (2..=6).contains(&name.split_whitespace().count()) || name.chars().any(is_dense);
            let in_bylines: Vec<String> = people(&self.bylines).into_iter().filter(whole).collect();
            let shown = [&in_bylines, &self.linked, &self.visible].into_iter().map(|names| people(names)).find(|names| !names.is_empty());
            let is_account = |names: &[String]| !names.is_empty() && names.iter().all(|name| names::is_account(name));
            let of_account = people(&self.meta).into_iter().chain(people(&byline)).collect::<Vec<_>>();
            let in_order = [
                shown.filter(|_| is_account(&of_account)).unwrap_or_default(),
                people(&self.meta),
                people(&self.marked),
                people(&self.of_page),
                capitals.into_iter().collect(),
                people(&byline),
                in_bylines,
                people(&self.linked),
                self.visible,
                people(&self.stamped),
                people(&self.bylines),
                byline,
                self.structured,
                self.meta,
                self.linked,
                self.bylines,
                desk,
            ];
            let last = if without.keeps(Rule::AuthorHouse) { in_order.len() } else { PEOPLE };
            in_order.into_iter().take(last).find(|names| !names.is_empty()).unwrap_or_default()
        } else {
            let more = self.marked.len() > self.structured.len()
                && self.marked.iter().all(|name| name.split_whitespace().count() <= 5)
                && self.structured.iter().all(|name| self.marked.iter().any(|other| normal(other) == normal(name)));
            if more { self.marked } else { self.structured }
        };
        // Structured data and metas have room for one.
        let holds = |list: &Vec<String>| {
            let has = |name: &String| list.iter().any(|other| normal(other).ends_with(&normal(name)));
            list.len() > chosen.len() && chosen.iter().all(has) && !list.iter().any(|name| publishers.has(name))
        };
        let asked = if chosen.is_empty() || !without.keeps(Rule::AuthorTogether) { &[] } else { &self.around[..] };
        let together = asked.iter().filter_map(|line| line.names_with(&chosen, &self.language)).find(holds).unwrap_or(chosen);
        (!together.is_empty()).then(|| together.join(", "))
    }
}

impl Authors {
    /// Forgets what the rule that is left out has found.
    fn leave_out(&mut self) {
        let sources = [
            (Rule::AuthorMeta, &mut self.meta),
            (Rule::AuthorMarked, &mut self.marked),
            (Rule::AuthorByline, &mut self.bylines),
            (Rule::AuthorLinked, &mut self.linked),
            (Rule::AuthorVisible, &mut self.visible),
        ];
        sources.into_iter().filter(|(rule, _)| !self.without.keeps(*rule)).for_each(|(_, names)| names.clear());
    }

    /// The name of an account as the page spells it for readers: `minhha` is Minh Hà.
    fn spell_accounts(&mut self) {
        if !self.without.keeps(Rule::AuthorSpelled) {
            return;
        }
        let shown: Vec<&String> = [&self.marked, &self.bylines, &self.linked, &self.visible].into_iter().flatten().collect();
        let spelled = |account: &String| {
            let is_account = !account.contains(' ') && !account.contains(char::is_uppercase);
            let same = |name: &&&String| name.contains(' ') && names::compact(name) == names::compact(account);
            shown.iter().find(same).filter(|_| is_account).map(|name| (*name).clone())
        };
        let all: Vec<Vec<Option<String>>> = [&self.structured, &self.meta].map(|names| names.iter().map(spelled).collect()).into();
        for (names, spelled) in [&mut self.structured, &mut self.meta].into_iter().zip(all) {
            for (name, spelled) in names.iter_mut().zip(spelled) {
                if let Some(spelled) = spelled {
                    *name = spelled;
                }
            }
        }
    }
}

/// The author of the page that the structured data describe, or the only person that they name.
fn of_page(structured: &Structured) -> Vec<String> {
    let objects = structured.objects();
    let mut found = Vec::new();
    let pages = objects.iter().filter(|object| crate::jsonld::is_a(object, &["WebPage", "CreativeWork"]));
    for author in pages.filter_map(|page| page.get("author")) {
        collect(structured, author, 0, &mut found);
    }
    if found.is_empty() && !objects.iter().any(|object| is_of_customer(object)) {
        let people = objects.iter().filter(|object| crate::jsonld::is_a(object, &["Person"]));
        found.extend(people.filter_map(|person| person.get("name")?.as_str().map(str::to_owned)));
        found.dedup();
    }
    let names = names::of(found.iter().map(String::as_str));
    if names.len() == 1 { names } else { Vec::new() }
}

/// Whether an object is what a customer says of the thing on the page.
fn is_of_customer(object: &Object) -> bool {
    crate::jsonld::is_a(object, &["Review"]) && !["headline", "itemReviewed"].iter().any(|key| object.contains_key(*key))
}

fn structured(metadata: &Metadata, titles: &Titles) -> Vec<String> {
    let Some(article) = best_article(metadata, titles).filter(|article| !is_of_customer(article)) else { return Vec::new() };
    let mut found = Vec::new();
    for key in ["author", "creator"] {
        if let Some(value) = article.get(key).filter(|_| found.is_empty()) {
            collect(&metadata.structured, value, 0, &mut found);
        }
    }
    names::of(found.iter().map(String::as_str))
}

/// The names in an author's value: a string, an object with a name, or a list of either.
fn collect(structured: &Structured, value: &Value, depth: usize, found: &mut Vec<String>) {
    if depth > 3 || found.len() >= MAX_NAMED {
        return;
    }
    match structured.resolve(value) {
        // Data written as a string.
        Value::String(name) if name.starts_with(['{', '[']) => {
            if let Ok(value) = serde_json::from_str::<Value>(name) {
                collect(structured, &value, depth + 1, found);
            }
        }
        Value::String(name) => found.push(name.clone()),
        Value::Array(values) => values.iter().for_each(|value| collect(structured, value, depth + 1, found)),
        Value::Object(object) => {
            if let Some(name) = object.get("name") {
                collect(structured, name, depth + 1, found);
            }
        }
        _ => (),
    }
}

fn meta(metadata: &Metadata) -> Vec<String> {
    static LABEL: Pattern =
        Pattern::new(r"(?i)written by|author|verfasst|geschrieben|écrit|escrito|autor|scritto|tác giả|yazar|skrevet|geschreven");
    static TASKS: Pattern = Pattern::new(r"(?i)\b(?:code|design|layout|programming|webdesign)\s*:");
    // One person a tag, and as libraries have it, the family first.
    let cited: Vec<String> = metadata.all(&["citation_author"]).take(MAX_NAMED).map(names::given_first).collect();
    let own = metadata.all(&METAS).filter(|name| !name.starts_with("http:") && !name.starts_with("https:"));
    // Who did what of the site.
    let own = own.filter(|name| !TASKS.is_match(name)).take(6);
    let mut labelled: Vec<&str> = Vec::new();
    for (label, data) in [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2"), ("twitter:label3", "twitter:data3")] {
        if metadata.first(&[label]).is_some_and(|label| LABEL.is_match(label)) {
            labelled.extend(metadata.first(&[data]));
        }
    }
    labelled.extend(metadata.first(&["twitter:misc:written by"]));
    names::of(own.chain(cited.iter().map(String::as_str)).chain(labelled))
}

/// What an element's attributes say that it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    None,
    Author,
    Byline,
}

/// Whether an element stands where readers have their say.
fn is_of_comment(layout: &Layout, element: usize) -> bool {
    layout.upwards(element).any(|around| around.kinds.has(Hint::Comment))
}

fn role(attributes: &[Attribute], wants_byline: bool) -> Role {
    let is_author = |words: &str| words.split_whitespace().any(|word| word.eq_ignore_ascii_case("author"));
    if attributes.iter().any(|attribute| matches!(&*attribute.name, "rel" | "itemprop") && is_author(&attribute.value)) {
        return Role::Author;
    }
    let class = attributes.iter().find(|attribute| wants_byline && &*attribute.name == "class");
    if class.is_some_and(|class| is_byline(&class.value)) { Role::Byline } else { Role::None }
}

/// An address under which sites keep the pages of their authors.
fn is_author_page(href: &str) -> bool {
    static PAGE: Pattern = Pattern::new(concat!(
        r"(?i)/(authors?|autore?n?|auteurs?|autores|journalists?|profile|writers?|contributors?|staff|people|redakteure?|by|",
        r"skribent|yazar(lar)?|penulis|tac-gia)/[^/?#]{3,}",
    ));
    PAGE.is_match(href)
}

fn has_marks(text: &str) -> bool {
    text.chars().any(|ch| ch.is_numeric() || matches!(ch, ':' | '!' | '?' | '»' | '›'))
}

fn is_byline(class: &str) -> bool {
    static CLASS: Pattern = Pattern::new(concat!(
        r"(?i)(^|[\s_-])(author|byline)[\w-]*name|byline|(^|[\s_-])author([\s_-]|$)|p-author|vcard|",
        r"auteur|autor(?-u:\b)|writer|journalist|signature|tac-?gia",
    ));
    !class.is_empty() && CLASS.is_match(class)
}

/// The block of the headline.
fn heading(layout: &Layout, titles: &Titles) -> Option<usize> {
    let titles: Vec<String> = titles.all().iter().filter(|title| !title.is_empty()).map(|title| normal(title)).collect();
    layout.blocks.iter().position(|block| titles.contains(&block.normal))
}

#[cfg(test)]
mod tests;

//! Who wrote it: people named by structured data, then by meta tags, marked elements, bylines; publishers last.

mod by_stamp;

use serde_json::Value;

use super::{
    block::Block,
    headings,
    jsonld::Structured,
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
    time,
};

const METAS: [&str; 13] = [
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
    "cxenseparse:author",
    "citation_author",
    "mrf:authors",
    "cse_authors",
    "bt:author",
    "dcsext.author",
];

/// Sources of names before those that may name a publisher.
const PEOPLE: usize = 11;
/// Words of a line with a label and a name.
const LABELLED: usize = 40;
/// Words of a line that says who wrote, and nothing else.
const LINE_WORDS: usize = 8;
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
            if role == Role::Author && marked.len() < 3 {
                let text = layout.text_of(at);
                if text.chars().count() < 80 {
                    marked.push(text);
                }
            } else if role == Role::Byline && !headings::is_beside(layout, layout.block_at(at).min(layout.blocks.len().saturating_sub(1))) {
                let text = layout.text_of(at);
                if (4..120).contains(&text.chars().count()) && !names::shown([text.as_str()], &language).is_empty() {
                    bylines.push(text);
                }
            }
        }
        authors.language = language;
        authors.marked = names::shown(marked.iter().map(String::as_str), &authors.language);
        authors.bylines = names::shown(bylines.iter().map(String::as_str), &authors.language);
        authors.linked = names::of(linked.iter().map(String::as_str));
        let heading = heading(layout, titles);
        authors.visible = visible(layout, heading.unwrap_or(0)).or_else(|| labelled(layout, without)).into_iter().collect();
        authors.stamped = heading.and_then(|heading| by_stamp::author(layout, heading)).into_iter().collect();
        authors
    }

    /// The name that a byline begins with, where the stamp behind it is glued to it: `Minh HàThứ sáu, 20/11/2026`.
    fn without_glued<'a>(&'a self, byline: &'a str) -> &'a str {
        let is_glued = |name: &&String| byline.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        let names = self.linked.iter().chain(&self.marked).chain(&self.bylines);
        names.filter(is_glued).filter(|_| has_marks(byline)).max_by_key(|name| name.len()).map_or(byline, |name| name)
    }

    /// The names to show. `byline` is what another reader found, `capitals` the line in capitals under the text.
    pub fn choose(mut self, publishers: &Publishers, byline: Option<&str>, capitals: Option<String>) -> Option<String> {
        let without = self.without;
        self.leave_out();
        self.spell_accounts();
        let voted = byline.filter(|_| without.keeps(Rule::AuthorVoted));
        let people = |names: &[String]| names.iter().filter(|name| !publishers.has(name)).cloned().collect::<Vec<_>>();
        let accounts = |names: &[String]| names.iter().all(|name| names::is_account(name));
        let are_accounts = accounts(&self.structured) && accounts(&self.meta);
        let is_shown_otherwise = are_accounts && self.bylines.iter().any(|name| name.contains(' ') && !publishers.has(name));
        let chosen = if people(&self.structured).is_empty() || is_shown_otherwise {
            let byline: Vec<String> = voted
                .map(|byline| self.without_glued(byline))
                .map(names::without_stamp)
                .map(|byline| names::tidy(names::without_particle(byline, &self.language)))
                .filter(|name| !names::of([name.as_str()]).is_empty() && name.chars().count() < 100)
                .into_iter()
                .collect();
            let desk = voted.map(|byline| names::tidy(names::without_particle(byline, &self.language)));
            let desk: Vec<String> = desk.into_iter().filter(|name| names::is_desk(name)).collect();
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
        (!chosen.is_empty()).then(|| chosen.join(", "))
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
    if found.is_empty() {
        let people = objects.iter().filter(|object| crate::jsonld::is_a(object, &["Person"]));
        found.extend(people.filter_map(|person| person.get("name")?.as_str()));
        found.dedup();
    }
    let names = names::of(found);
    if names.len() == 1 { names } else { Vec::new() }
}

fn structured(metadata: &Metadata, titles: &Titles) -> Vec<String> {
    let Some(article) = best_article(metadata, titles) else { return Vec::new() };
    let mut found = Vec::new();
    for key in ["author", "creator"] {
        if let Some(value) = article.get(key).filter(|_| found.is_empty()) {
            collect(&metadata.structured, value, 0, &mut found);
        }
    }
    names::of(found)
}

/// The names in an author's value: a string, an object with a name, or a list of either.
fn collect<'a>(structured: &'a Structured, value: &'a Value, depth: usize, found: &mut Vec<&'a str>) {
    if depth > 3 || found.len() >= MAX_NAMED {
        return;
    }
    match structured.resolve(value) {
        Value::String(name) => found.push(name),
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
    let own = metadata.all(&METAS).filter(|name| !name.starts_with("http:") && !name.starts_with("https:")).take(6);
    let mut labelled: Vec<&str> = Vec::new();
    for (label, data) in [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2"), ("twitter:label3", "twitter:data3")] {
        if metadata.first(&[label]).is_some_and(|label| LABEL.is_match(label)) {
            labelled.extend(metadata.first(&[data]));
        }
    }
    labelled.extend(metadata.first(&["twitter:misc:written by"]));
    names::of(own.chain(labelled))
}

/// What an element's attributes say that it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    None,
    Author,
    Byline,
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

/// "By X Y" in a short block around the headline.
fn visible(layout: &Layout, heading: usize) -> Option<String> {
    static BY: Pattern = Pattern::new(concat!(
        r"^\s*(?:[Bb]y|(?:[Bb][Yy]|[Vv]on|[Pp]ar|[Pp]or|[Dd]i|[Dd]oor|[Aa]v|[Aa]f|[Tt]ác giả|[Tt]ext)\s*:?\s+)",
        r"((?:(?:Dr|Prof|Mr|Ms|Mrs)\.?\s+)?\p{Lu}[\w.'’-]+",
        r"(?:\s+(?:de|van|von|der|la|le|del|bin|al)?\s*\p{Lu}[\w.'’-]+){1,3})",
        r"\s*(?:[,|·•–-].*|\s+\d.*)?$",
    ));
    // One part of a line of stamps: `Ngày đăng: 18/01/2024 | Tác giả: Minh Hà`.
    static LABELLED: Pattern =
        Pattern::new(r"[|•·;,–-]\s*(?:[Tt]ác giả|[Nn]gười viết)\s*:\s*(\p{Lu}\p{L}*(?:\s+\p{Lu}\p{L}*){1,4})\s*(?:$|[|•·;,(–-])");
    let mut around = layout.blocks.iter().take(heading + 14).skip(heading.saturating_sub(4));
    let named = |block: &Block| {
        let by = || BY.captures(behind_date(&block.text)).filter(|_| block.words <= 12).map(|found| found[1].to_owned());
        by().or_else(|| LABELLED.captures(&block.text).filter(|_| block.words <= 40).map(|found| found[1].to_owned()))
    };
    around.find_map(|block| named(block).filter(|name| !names::is_role(name)))
}

/// A line without the date that it begins with: `03/01/2017 by Jane Doe`.
fn behind_date(line: &str) -> &str {
    let is_dated = line.starts_with(|ch: char| ch.is_ascii_digit());
    let date = if is_dated { time::place(line).filter(|date| date.start == 0) } else { None };
    date.map_or(line, |date| line[date.end..].trim_start_matches([' ', '|', '-', '–', '·', ',', '•']))
}

/// The one name that stands behind a label of who wrote, in its line or in the line below it, wherever that is.
fn labelled(layout: &Layout, without: Without) -> Option<String> {
    static LABEL: Pattern = Pattern::new(concat!(
        r"(?i)(?:^|[|•·;]\s*|\s)(?:autor(?:in|en)?|author|von|text|written by|auteur|autore|par|tác giả|người viết)\s*:\s*",
        r"((?-i:\p{Lu}[\p{L}.'’-]*(?:\s+(?:de|van|von|der|la|le|del|bin|al)?\s*\p{Lu}[\p{L}'’-]+){1,3}))?\s*(?:$|[|•·;,(–-])",
    ));
    let mut found: Vec<String> = Vec::new();
    for (at, block) in layout.blocks.iter().enumerate().filter(|(_, block)| block.words <= LABELLED) {
        let labelled = || {
            let label = LABEL.captures(&block.text)?;
            let below = || layout.blocks.get(at + 1).map(|next| next.text.as_str()).filter(|_| block.words <= 2);
            label.get(1).map(|name| name.as_str()).or_else(below).filter(|name| is_full_name(name))
        };
        let below = || {
            let next = &layout.blocks.get(at + 1).filter(|_| without.keeps(Rule::AuthorLabelled) && is_label(block))?.text;
            Some(next.as_str()).filter(|name| is_full_name(name))
        };
        let name = line(block).or_else(below).or_else(|| if block.text.contains(':') { labelled() } else { None });
        let is_new = |name: &&str| !found.iter().any(|known| known == name);
        if let Some(name) = name.filter(|name| !names::is_role(name) && !headings::is_beside(layout, at)).filter(is_new) {
            found.push(name.to_owned());
        }
    }
    if found.len() == 1 { found.pop() } else { None }
}

/// Whether a line says nothing but that a name follows: `Written by`, `Author(s)`.
fn is_label(block: &Block) -> bool {
    const LABELS: [&str; 16] = [
        "by",
        "written by",
        "article by",
        "words by",
        "story by",
        "author",
        "authors",
        "author s",
        "auteur",
        "auteurs",
        "auteur s",
        "autor",
        "autorin",
        "autoren",
        "tác giả",
        "người viết",
    ];
    block.words <= 2 && LABELS.contains(&block.normal.as_str())
}

/// Who wrote, in a line that says nothing else: `von Jane Doe`.
fn line(block: &Block) -> Option<&str> {
    const LABELS: [&str; 12] =
        ["By ", "by ", "Von ", "von ", "Par ", "par ", "Por ", "por ", "Tác giả ", "tác giả ", "Người viết ", "người viết "];
    const PARTICLES: [&str; 9] = ["de", "van", "von", "der", "la", "le", "del", "bin", "al"];
    let name = LABELS.iter().filter(|_| block.words <= LINE_WORDS).find_map(|label| block.text.strip_prefix(label))?.trim();
    let is_part = |word: &str| word.starts_with(char::is_uppercase) && word.chars().all(|ch| ch.is_alphabetic() || ".'’-".contains(ch));
    let mut words = name.split(' ').filter(|word| !PARTICLES.contains(word));
    ((2..=4).contains(&words.clone().count()) && words.all(is_part) && name.starts_with(char::is_uppercase)).then_some(name)
}

/// Two to four words that begin with capitals.
fn is_full_name(name: &str) -> bool {
    let mut words = name.split_whitespace();
    (2..=4).contains(&words.clone().count())
        && words.all(|word| word.starts_with(char::is_uppercase) && !word.contains(|ch: char| ch.is_numeric()))
}

#[cfg(test)]
mod tests;

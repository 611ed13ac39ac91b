//! What earlier polls learned of a list: where its headlines stand, how addresses are built, which ones are known.
//!
//! No class names: they are the first thing that a rebuild changes. Known headlines are the labels from which
//! the rest is learned again.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashSet},
};

use serde::{Deserialize, Serialize};

use crate::{
    list::{Candidate, PageBox},
    text,
};

/// A folded headline shorter than this ("thong bao") may stand over many articles, and labels none.
pub const TELLING_TITLE: usize = 20;
/// Places and shapes that are remembered: a lead story or a box that is missing today is there again tomorrow.
const REMEMBERED: usize = 8;

/// A place is one of the list's if it has at least this part of the headlines of the one that has most.
pub(super) const MAIN: u32 = 3;

/// What is remembered of one list. Empty at the first poll.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Memory {
    /// Where the headlines of the list stand.
    pub rule: Option<Rule>,
    /// In the form of `link::identity`.
    pub addresses: HashSet<String>,
    /// As [`super::fold_title`] makes them, and long enough to tell an article.
    pub titles: HashSet<String>,
    /// Folded beginnings or parts of headlines that the operator named.
    pub examples: Vec<String>,
    /// Boxes that were found to stand beside the list.
    pub beside: Vec<BesideBox>,
    /// The boxes of the page when it was read last, and those that it had before.
    pub boxes: Vec<PageBox>,
}

/// A box that was found to stand beside the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BesideBox {
    /// As in [`PageBox::name`].
    pub name: String,
    /// In words.
    pub why: String,
}

impl Memory {
    /// Why a box is known to stand beside the list.
    pub(super) fn beside(&self, page_box: &PageBox) -> Option<&str> {
        self.beside.iter().find(|beside| page_box.is_called(&beside.name)).map(|beside| beside.why.as_str())
    }

    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What the operator's examples add, as long as no look learned anything.
pub(super) fn with_examples<'m>(memory: &'m Memory, examples: &[String]) -> Cow<'m, Memory> {
    if memory.rule.is_some() || examples.is_empty() {
        return Cow::Borrowed(memory);
    }
    let examples = examples.iter().map(|example| text::fold(example)).filter(|example| !example.is_empty()).collect();
    Cow::Owned(Memory { examples, ..memory.clone() })
}

/// Where the headlines of a list stand, and how their addresses are built.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Rule {
    /// As in `Sighting::place`, the most frequent of the last poll first.
    pub places: Vec<String>,
    /// As in `Sighting::shape`, in the same order.
    pub shapes: Vec<String>,
    /// A fingerprint of what the page's build calls the elements around its headlines. It tells that the page was
    /// rebuilt, and decides nothing.
    pub build: Option<String>,
    /// What holds most headlines, as [`Discovery::holder`](crate::list::Discovery::holder).
    pub holder: Option<String>,
}

impl Rule {
    /// What the headlines of one look have in common.
    pub fn of<'c>(headlines: impl Iterator<Item = &'c Candidate>, build: Option<String>) -> Self {
        let (mut places, mut shapes) = (BTreeMap::new(), BTreeMap::new());
        for headline in headlines.filter(|headline| !headline.sighting.place.is_empty()) {
            *places.entry(headline.sighting.place.clone()).or_insert(0) += 1;
            *shapes.entry(headline.sighting.shape.clone()).or_insert(0) += 1;
        }
        Self { places: most_frequent_first(places), shapes: most_frequent_first(shapes), build, holder: None }
    }

    /// This rule, and what `before` knew besides.
    #[must_use]
    pub fn with(mut self, before: &Self) -> Self {
        let add = |now: &mut Vec<String>, before: &[String]| {
            let further: Vec<String> = before.iter().filter(|it| !now.contains(it)).cloned().collect();
            now.extend(further);
            now.truncate(REMEMBERED);
        };
        add(&mut self.places, &before.places);
        add(&mut self.shapes, &before.shapes);
        self.build = self.build.or_else(|| before.build.clone());
        self.holder = self.holder.or_else(|| before.holder.clone());
        self
    }

    /// In the operator's words.
    pub fn in_words(&self) -> String {
        let places: Vec<String> = self.places.iter().take(3).map(|place| place_in_words(place)).collect();
        let shapes: Vec<String> = self.shapes.iter().take(3).map(|shape| format!("`{}`", shape_in_words(shape))).collect();
        match (places.is_empty(), shapes.is_empty()) {
            (true, _) => "nothing yet".to_owned(),
            (false, true) => places.join("; or "),
            (false, false) => format!("{}; their addresses look like {}", places.join("; or "), shapes.join(", ")),
        }
    }
}

/// A box of "most read" repeats one or two headlines: its place is none of the list.
fn most_frequent_first(counts: BTreeMap<String, u32>) -> Vec<String> {
    let mut counts: Vec<(String, u32)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let most = counts.first().map_or(0, |(_, count)| *count);
    counts.into_iter().filter(|(_, count)| MAIN * count >= most).map(|(name, _)| name).take(REMEMBERED).collect()
}

/// `h4/li/ul/x*3!` as "headings in h4 in li in ul".
fn place_in_words(place: &str) -> String {
    let steps = place.trim_end_matches('!');
    let names: Vec<&str> =
        steps.split('/').map(|step| step.split('*').next().unwrap_or(step)).filter(|step| *step != "x").take(4).collect();
    let inside = if names.is_empty() { "plain blocks".to_owned() } else { names.join(" in ") };
    if place.ends_with('!') { format!("headings in {inside}") } else { format!("links in {inside}") }
}

/// `/tin/S` as `/tin/<words>`.
fn shape_in_words(shape: &str) -> String {
    if shape == "ext" {
        return "another site's".to_owned();
    }
    let (path, query) = shape.split_once('?').map_or((shape, None), |(path, query)| (path, Some(query)));
    let segment = |segment: &str| match segment {
        "S" | "s" | "w" => "<words>".to_owned(),
        "Y" => "<year>".to_owned(),
        "d" | "N" => "<number>".to_owned(),
        "I" => "<id>".to_owned(),
        word => word.to_owned(),
    };
    let path: Vec<String> = path.split('/').map(segment).collect();
    let query = query.map(|query| {
        let pairs =
            query.split('&').map(|pair| pair.split_once('=').map_or(pair.to_owned(), |(name, value)| format!("{name}={}", segment(value))));
        format!("?{}", pairs.collect::<Vec<_>>().join("&"))
    });
    format!("{}{}", path.join("/"), query.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_said_in_words() {
        let rule = |place: &str, shape: &str| {
            Rule { places: vec![place.to_owned()], shapes: vec![shape.to_owned()], ..Rule::default() }.in_words()
        };
        insta::assert_snapshot!(rule("h4/li/ul/x*3!", "/chi-tiet-tin-tuc/S"), @"headings in h4 in li in ul; their addresses look like `/chi-tiet-tin-tuc/<words>`");
        insta::assert_snapshot!(rule("td/tr/tbody/table", "/Tin/ChiTiet.aspx?ID=N"), @"links in td in tr in tbody in table; their addresses look like `/Tin/ChiTiet.aspx?ID=<number>`");
        insta::assert_snapshot!(rule("x*5", "ext"), @"links in plain blocks; their addresses look like `another site's`");
        insta::assert_snapshot!(Rule::default().in_words(), @"nothing yet");
    }

    #[test]
    fn what_is_missing_today_is_remembered() {
        let rule = |place: &str| Rule { places: vec![place.to_owned()], ..Rule::default() };
        assert_eq!(rule("li").with(&rule("h2")).places, ["li", "h2"]);
        assert_eq!(rule("li").with(&rule("li")).places, ["li"]);
    }
}

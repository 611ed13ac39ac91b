//! What a poll learns of its source: what is remembered for the next one, whether the page was rebuilt, and that
//! the headlines are the known ones again.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use loa_reader::{
    link,
    list::{self, BesideBox, Candidate, Discovery, Memory, Relation, Rule, Strategy},
    site::Site,
};

use super::{
    Error, Terms,
    dedupe::Compared,
    document_text,
    news::Before,
    read::{self, Fetched, Read},
};
use crate::{
    article::Article,
    feed::Feed,
    store::{FeedState, Health, Learned, Refusal},
};

/// Known articles that label a page: more than any list shows.
const LABELS: u32 = 500;
/// Links that are remembered as no headlines.
const REFUSED: usize = 200;
/// Before a feed begins, a link that was no headline is asked again after this.
const ASKED_AGAIN: SignedDuration = SignedDuration::from_hours(24);
/// Refused links of one place from which on no other one there is asked: banners, whose addresses change.
const OF_ANOTHER_KIND: usize = 6;
/// Boxes that are remembered to stand beside the list.
const BESIDE: usize = 40;
/// After so many renamings in a row the names are the page's whim, and no longer told.
const WHIM: u32 = 5;
/// Known headlines whose pages are asked after a rebuild.
const VERIFIED: usize = 2;

/// How the page is built, compared with what was learned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// As it was, or nothing was learned yet.
    Intact,
    /// The known headlines stand where they stood, among elements of other names.
    Renamed,
    /// None of the known headlines stands where they stood.
    Moved,
}

/// What is remembered before a poll.
pub async fn memory(feed: &Feed, learned: &Learned, terms: &Terms<'_>) -> Result<Memory, Error> {
    let labels = terms.store.labels(&feed.id, LABELS).await?;
    let is_telling = |title: &String| title.chars().count() >= list::TELLING_TITLE;
    Ok(Memory {
        rule: learned.rule.clone(),
        addresses: labels.addresses.into_iter().collect(),
        titles: labels.folded_titles.into_iter().filter(is_telling).collect(),
        examples: Vec::new(),
        beside: learned.beside.clone(),
        boxes: [learned.boxes.as_slice(), &learned.gone_boxes].concat(),
    })
}

/// What is known of the time before a poll.
pub fn before<'l>(state: &FeedState, learned: &'l Learned, latest: &[Article]) -> Before<'l> {
    let last_read = if state.failures == 0 { state.polled_at.or(learned.read_at) } else { learned.read_at };
    let newest = latest.first().map(|article| article.shown_at().timestamp());
    Before { began: state.began_at, last_read, newest, stood: &learned.stood }
}

pub fn condition(learned: &Learned, discovery: &Discovery) -> Condition {
    let Some(rule) = &learned.rule else { return Condition::Intact };
    let is_selected = |candidate: &Candidate| candidate.sighting.by.contains(&Strategy::Selectors);
    let mut known = known(discovery).filter(|candidate| !is_selected(candidate)).peekable();
    if known.peek().is_none() {
        return Condition::Intact;
    }
    let is_renamed = is_renamed(learned, discovery) && learned.renamed < WHIM;
    match known.any(|candidate| rule.places.contains(&candidate.sighting.place)) {
        false => Condition::Moved,
        true if is_renamed => Condition::Renamed,
        true => Condition::Intact,
    }
}

fn is_renamed(learned: &Learned, discovery: &Discovery) -> bool {
    let before = learned.rule.as_ref().and_then(|rule| rule.build.as_ref());
    before.zip(discovery.build.as_ref()).is_some_and(|(before, now)| before != now)
}

fn known(discovery: &Discovery) -> impl Iterator<Item = &Candidate> {
    discovery.candidates.iter().filter(|candidate| candidate.sighting.relation == Relation::Known)
}

/// After a rebuild, asks the pages of two known headlines whether they are still what the list says. What was known of
/// the site as it was built before is forgotten, and they are the first pages of what is known now. A page that may not
/// be read says nothing either way.
///
/// # Errors
/// [`Error::Unverified`] where one contradicts, or cannot be had now: the poll is made again later.
pub async fn verified(
    before: Learned,
    condition: Condition,
    feed: &Feed,
    discovery: &Discovery,
    terms: &Terms<'_>,
) -> Result<Learned, Error> {
    if condition == Condition::Intact {
        return Ok(before);
    }
    let mut site = Site::default();
    for candidate in known(discovery).take(VERIFIED) {
        let unverified = |why: String| Error::Unverified { title: candidate.title.clone(), why };
        match read::one(feed, candidate, &mut site, terms).await {
            Err(error) if read::is_passing(&error) => return Err(unverified(error.to_string())),
            Err(error) if read::fetched(&error) == Fetched::Missing => return Err(unverified(error.to_string())),
            Err(_) => (),
            // A document says nothing of its headline.
            Ok(_) if document_text::is_document(&candidate.url) => (),
            Ok(draft) if list::agrees(candidate, &draft) => (),
            Ok(_) => return Err(unverified("its page says something else".to_owned())),
        }
    }
    Ok(Learned { site, ..before })
}

/// The links that need not be asked again.
#[derive(Debug)]
pub struct Refused<'a> {
    refused: Vec<&'a Refusal>,
    /// Where so many were refused that what stands there is of another kind.
    places: HashSet<&'a str>,
}

impl<'a> Refused<'a> {
    /// Before a feed begins, a page that did not confirm its headline is asked again after a day.
    pub fn of(learned: &'a Learned, discovery: &'a Discovery, state: &FeedState, now: Timestamp) -> Self {
        let is_held = |refusal: &&Refusal| {
            let since = refusal.at.map(|at| now.duration_since(at));
            state.began_at.is_some() || since.is_some_and(|since| since < ASKED_AGAIN)
        };
        let refused: Vec<&Refusal> = learned.refused.iter().filter(is_held).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for refusal in refused.iter().filter(|refusal| !refusal.place.is_empty()) {
            *counts.entry(&refusal.place).or_default() += 1;
        }
        let has_headlines = |place: &str| known(discovery).any(|candidate| candidate.sighting.place == place);
        let of_another_kind = |(place, count): &(&str, usize)| *count >= OF_ANOTHER_KIND && !has_headlines(place);
        Self { refused, places: counts.into_iter().filter(of_another_kind).map(|(place, _)| place).collect() }
    }

    /// Whether the link is remembered as no headline, or stands where only such stand. One that stands among the known
    /// headlines for the first time is asked again.
    pub fn has(&self, candidate: &Candidate) -> bool {
        let is_in_doubt = matches!(candidate.sighting.relation, Relation::Unchecked | Relation::Unrelated);
        let address = link::identity(&candidate.url);
        let is_known = self.refused.iter().any(|refusal| refusal.address == address && (is_in_doubt || refusal.is_alike));
        is_known || (is_in_doubt && self.places.contains(candidate.sighting.place.as_str()))
    }
}

/// Whether what is on the page can be the list: where it stands elsewhere than before, or is much shorter, half of the
/// known headlines that are not pushed down by new ones must be there.
pub fn is_believable(condition: Condition, discovery: &Discovery, compared: &Compared, usual: u32, before: &Before) -> bool {
    let usual = usize::try_from(usual).unwrap_or(usize::MAX);
    let fresh = compared.new.iter().filter(|new| before.is_since_last_read(new.candidate.published.as_ref())).count();
    let are_half_back = 2 * compared.known >= usual.saturating_sub(fresh);
    let is_moved = condition == Condition::Moved;
    let is_short = 2 * discovery.candidates.len() < usual && compared.new.len() > compared.known && compared.known > 0;
    match (is_moved, is_short) {
        (true, _) => are_half_back && !discovery.is_vacant,
        (false, true) => are_half_back,
        (false, false) => true,
    }
}

/// What a poll shows.
#[derive(Debug)]
pub struct Lesson<'a> {
    pub discovery: &'a Discovery,
    /// The pages that were read, of headlines that were let in.
    pub read: &'a Read,
    pub condition: Condition,
    pub health: Health,
    /// Links that turned out to be no headlines.
    pub refused: Vec<Refusal>,
    /// Boxes that turned out to stand beside the list.
    pub beside: Vec<BesideBox>,
}

/// What is known from now on, and the line for the history if the page was rebuilt.
pub fn learned(before: Learned, lesson: Lesson) -> (Learned, Option<String>) {
    let is_headline = |candidate: &&Candidate| match candidate.sighting.relation {
        Relation::Known => true,
        _ => lesson.read.articles.iter().any(|story| story.candidate.url == candidate.url),
    };
    let headlines: Vec<&Candidate> = lesson.discovery.candidates.iter().filter(is_headline).collect();
    // A box of "most read" holds headlines too, but it is not the list.
    let in_list: Vec<&Candidate> = headlines.iter().copied().filter(|candidate| !list::is_chrome(candidate, &lesson.read.site)).collect();
    let headlines = if in_list.is_empty() { headlines } else { in_list };
    let rule = Rule { holder: lesson.discovery.holder.clone(), ..Rule::of(headlines.into_iter(), lesson.discovery.build.clone()) };
    let rule = match (&before.rule, lesson.condition) {
        (Some(before), Condition::Intact | Condition::Renamed) => Some(rule.with(before)),
        (before, _) if rule.places.is_empty() => before.clone(),
        (_, _) => Some(rule),
    };
    let repair = repair(&before, rule.as_ref(), &lesson);
    let renamed = match lesson.condition {
        Condition::Renamed => before.renamed.saturating_add(1),
        Condition::Intact if is_renamed(&before, lesson.discovery) => before.renamed,
        Condition::Intact | Condition::Moved => 0,
    };
    let before = with_refused(before, &lesson.refused);
    let mut beside = before.beside;
    beside.extend(lesson.beside);
    let surplus = beside.len().saturating_sub(BESIDE);
    beside.drain(..surplus);
    let site = lesson.read.site.clone();
    (Learned { rule, health: lesson.health, beside, renamed, site, ..before }, repair)
}

/// What is known with these links, which are no headlines.
pub fn with_refused(mut before: Learned, refused: &[Refusal]) -> Learned {
    before.refused.retain(|old| !refused.iter().any(|new| new.address == old.address));
    before.refused.extend(refused.iter().cloned());
    let surplus = before.refused.len().saturating_sub(REFUSED);
    before.refused.drain(..surplus);
    before
}

fn repair(before: &Learned, rule: Option<&Rule>, lesson: &Lesson) -> Option<String> {
    let Health { again, of } = lesson.health;
    let place = |rule: Option<&Rule>| rule.map_or_else(|| "nowhere".to_owned(), Rule::in_words);
    let verified = match known(lesson.discovery).take(VERIFIED).count() {
        1 => "1 article".to_owned(),
        count => format!("{count} articles"),
    };
    let found = format!("the page was rebuilt: {again} of {of} headlines were found again");
    match lesson.condition {
        Condition::Intact => None,
        Condition::Renamed => Some(format!("{found} where they stood, among elements of other names, and verified on {verified}")),
        Condition::Moved => {
            Some(format!("{found} and verified on {verified}; now: {}; before: {}", place(rule), place(before.rule.as_ref())))
        }
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use loa_reader::list::Sighting;

    fn headline(place: &str, relation: Relation) -> Candidate {
        Candidate {
            url: Url::parse("https://a.vn/tin/mot-hai-ba-bon").unwrap(),
            title: "Một hai ba bốn".to_owned(),
            published: None,
            summary: None,
            image: None,
            author: None,
            attachments: Vec::new(),
            sighting: Sighting {
                by: vec![Strategy::Repetition],
                place: place.to_owned(),
                shape: "/tin/S".to_owned(),
                relation,
                ..Sighting::default()
            },
        }
    }

    fn page(place: &str, relation: Relation, build: &str) -> Discovery {
        Discovery { candidates: vec![headline(place, relation)], build: Some(build.to_owned()), ..Discovery::default() }
    }

    /// Reads the page and learns from it.
    fn poll(before: Learned, discovery: &Discovery) -> (Condition, Learned, Option<String>) {
        let condition = condition(&before, discovery);
        let read = Read::default();
        let lesson =
            Lesson { discovery, read: &read, condition, health: Health { again: 1, of: 2 }, refused: Vec::new(), beside: Vec::new() };
        let (learned, repair) = learned(before, lesson);
        (condition, learned, repair)
    }

    #[test]
    fn a_page_is_as_it_was_renamed_or_moved() {
        let (condition, learned, _) = poll(Learned::default(), &page("li", Relation::Known, "1"));
        assert_eq!(condition, Condition::Intact);
        let known = |place: &str, build: &str| poll(learned.clone(), &page(place, Relation::Known, build));
        assert_eq!((known("li", "1").0, known("li", "1").2), (Condition::Intact, None));
        assert_eq!(known("li", "2").0, Condition::Renamed);
        insta::assert_snapshot!(known("li", "2").2.unwrap(), @"the page was rebuilt: 1 of 2 headlines were found again where they stood, among elements of other names, and verified on 1 article");
        assert_eq!(known("td/tr", "2").0, Condition::Moved);
        insta::assert_snapshot!(known("td/tr", "2").2.unwrap(), @"the page was rebuilt: 1 of 2 headlines were found again and verified on 1 article; now: links in td in tr; their addresses look like `/tin/<words>`; before: links in li; their addresses look like `/tin/<words>`");
        // With nobody known there is nothing to compare.
        assert_eq!(poll(learned.clone(), &page("td/tr", Relation::Unrelated, "2")).0, Condition::Intact);
    }

    #[test]
    fn names_that_change_at_every_look_are_soon_no_longer_told() {
        let (_, mut learned, _) = poll(Learned::default(), &page("li", Relation::Known, "0"));
        let mut told = Vec::new();
        for build in 1..=8 {
            let (_, after, repair) = poll(learned, &page("li", Relation::Known, &build.to_string()));
            learned = after;
            told.push(repair.is_some());
        }
        assert_eq!(told, [true, true, true, true, true, false, false, false]);
    }
}

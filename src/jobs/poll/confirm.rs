//! Which headlines that were read are kept: those of the list that their own pages confirm; and which are news.

use std::collections::HashMap;

use jiff::Timestamp;
use loa_reader::{
    link,
    list::{self, BesideBox, Candidate, Discovery, Evidence, PageSays, Relation, Verdict},
    site::Site,
    time::Stamp,
};

use super::{
    boxes::{self, ReadBoxes},
    dedupe::Compared,
    news::Before,
    read::{Fetched, Read, Story},
    record,
};
use crate::{article::Article, store::Refusal};

/// What became of what was read.
#[derive(Debug, Default)]
pub struct Confirmed {
    /// Links that are no headlines.
    pub refused: Vec<Refusal>,
    /// ReadBoxes that stand beside the list.
    pub beside: Vec<BesideBox>,
}

/// Drops what nothing confirms, and says why; and what stands beside the list.
pub fn drop_unconfirmed(read: &mut Read, discovery: &mut Discovery, latest: &[Article], is_first: bool, now: Timestamp) -> Confirmed {
    let published: HashMap<&str, Option<Stamp>> =
        read.articles.iter().map(|story| (story.candidate.url.as_str(), record::published_by(story))).collect();
    let stamp = |candidate: &Candidate| published.get(candidate.url.as_str()).cloned().flatten();
    let beside = ReadBoxes::of(discovery, &read.site).beside(stamp, is_first);
    discovery.boxes = boxes::marked(std::mem::take(&mut discovery.boxes), &beside);
    read.articles.retain(|story| story.is_recorded || discovery.stands_in_list(&story.candidate));
    let verdicts = {
        let boxes = ReadBoxes::of(discovery, &read.site);
        let is_chrome = |story: &Story| boxes.is_chrome(&story.candidate, &read.site);
        let evidence: Vec<Evidence> = read.articles.iter().map(|story| evidence_of(story, is_chrome(story))).collect();
        list::confirm(&evidence, is_dated(latest))
    };
    let mut refused = Vec::new();
    let mut verdicts = verdicts.into_iter();
    read.articles.retain(|story| match verdicts.next() {
        Some(Verdict::NoArticle(why)) if !story.is_recorded => {
            let address = link::identity(&story.candidate.url);
            let sighting = &story.candidate.sighting;
            refused.push(Refusal {
                address,
                title: story.candidate.title.clone(),
                why: why.to_owned(),
                is_alike: sighting.relation == Relation::Alike,
                place: sighting.place.clone(),
                at: Some(now),
            });
            false
        }
        Some(Verdict::NoArticle(_) | Verdict::Article) | None => true,
    });
    Confirmed { refused, beside }
}

/// Whether a story is an article, by what it says itself and what is known of its list.
pub fn is_article(story: &Story, discovery: &Discovery, site: &Site, latest: &[Article]) -> bool {
    let is_chrome = ReadBoxes::of(discovery, site).is_chrome(&story.candidate, site);
    list::confirm(&[evidence_of(story, is_chrome)], is_dated(latest)) == [Verdict::Article]
}

fn is_dated(latest: &[Article]) -> bool {
    2 * latest.iter().filter(|article| article.published.is_some()).count() > latest.len()
}

/// Keeps what is no news, and has it not announced.
pub fn silence_old(read: &mut Read, compared: &Compared, before: &Before) {
    for story in &mut read.articles {
        let published = record::published_by(story);
        let new = compared.new.iter().find(|new| new.candidate.url == story.candidate.url);
        story.unannounced |= new.is_some_and(|new| !before.is_news(&new.candidate, published.as_ref(), new.standing, new.around));
    }
}

fn evidence_of(story: &Story, is_chrome: bool) -> Evidence<'_> {
    let page = match story.fetched {
        Fetched::Read => PageSays::Read(&story.draft),
        Fetched::Unasked => PageSays::Unasked,
        Fetched::Silent => PageSays::Silent,
        Fetched::Missing => PageSays::Missing,
    };
    Evidence { candidate: &story.candidate, page, is_chrome }
}

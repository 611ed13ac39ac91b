//! Which of the headlines that were read are kept: those that stand in the list and that their own pages confirm; and which are news.

use jiff::Timestamp;
use loa_reader::{
    link,
    list::{self, BesideBox, Candidate, Discovery, Evidence, PageSays, Relation, Verdict},
};

use super::{
    boxes,
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
    /// Boxes that stand beside the list.
    pub beside: Vec<BesideBox>,
}

/// Drops what nothing confirms, and says why; and what stands beside the list.
pub fn drop_unconfirmed(read: &mut Read, discovery: &Discovery, latest: &[Article], is_first: bool, now: Timestamp) -> Confirmed {
    let is_dated = 2 * latest.iter().filter(|article| article.published.is_some()).count() > latest.len();
    let beside = boxes::beside(discovery, &read.articles, &read.site, is_first);
    let is_in = |number: usize| !discovery.boxes.get(number).is_some_and(|page_box| beside.iter().any(|it| page_box.is_called(&it.name)));
    let is_beside = |candidate: &Candidate| {
        let sighting = &candidate.sighting;
        sighting.in_box.is_some_and(|number| !is_in(number)) && !sighting.also_in.iter().any(|number| is_in(*number))
    };
    read.articles.retain(|story| !is_beside(&story.candidate));
    let verdicts = {
        let of_this_page = boxes::of_this_page(discovery, &read.site);
        let is_chrome = |candidate: &Candidate| {
            list::is_chrome(candidate, &read.site) && !candidate.sighting.in_box.is_some_and(|number| of_this_page.contains(&number))
        };
        let evidence: Vec<Evidence> = read.articles.iter().map(|story| evidence_of(story, is_chrome(&story.candidate))).collect();
        list::confirm(&evidence, is_dated)
    };
    let mut refused = Vec::new();
    let mut verdicts = verdicts.into_iter();
    read.articles.retain(|story| match verdicts.next() {
        Some(Verdict::NoArticle(why)) => {
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
        Some(Verdict::Article) | None => true,
    });
    Confirmed { refused, beside }
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

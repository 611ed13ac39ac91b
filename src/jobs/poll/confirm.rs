//! Which of the headlines that were read are kept: those that their own pages confirm.

use loa_reader::{
    article::Draft,
    link,
    list::{self, Evidence, PageSays, Relation, Verdict},
    site::Site,
};

use super::{
    dedupe::Compared,
    read::{Fetched, Read, Story},
};
use crate::{article::Article, feed::Feed, store::Refusal};

/// Drops what nothing confirms, and says why; what is old is kept, and not announced. Then the texts that the
/// feed does not want go too.
pub fn drop_unconfirmed(feed: &Feed, compared: &Compared, read: &mut Read, latest: &[Article]) -> Vec<Refusal> {
    let is_dated = 2 * latest.iter().filter(|article| article.published.is_some()).count() > latest.len();
    let verdicts = {
        let evidence: Vec<Evidence> = read.articles.iter().map(|story| evidence_of(story, &read.site)).collect();
        list::confirm(&evidence, is_dated)
    };
    let mut refused = Vec::new();
    let mut verdicts = verdicts.into_iter();
    read.articles.retain(|story| match verdicts.next() {
        Some(Verdict::NoArticle(why)) => {
            let address = link::identity(&story.candidate.url);
            refused.push(Refusal { address, title: story.candidate.title.clone(), why: why.to_owned() });
            false
        }
        Some(Verdict::Article) | None => true,
    });
    for story in &mut read.articles {
        story.unannounced |= is_old(story, compared);
    }
    if !feed.full_text {
        read.articles.iter_mut().for_each(|story| (story.draft, story.landed) = (Draft::default(), None));
    }
    refused
}

/// Whether it was published before everything known that is still on the list, and does not stand on its top: a box of
/// "most read" shows what is older than the feed.
fn is_old(story: &Story, compared: &Compared) -> bool {
    let is_top = compared.new.iter().any(|new| new.is_top && new.candidate.url == story.candidate.url);
    let is_listed = story.candidate.sighting.relation == Relation::Alike;
    let published = story.candidate.published.as_ref().or(story.draft.published.as_ref());
    match (published, compared.oldest) {
        (Some(published), Some(oldest)) if !(is_top && is_listed) => {
            published.at.date() < oldest.to_zoned_datetime(published.at.time_zone().clone()).date()
        }
        _ => false,
    }
}

fn evidence_of<'s>(story: &'s Story, site: &Site) -> Evidence<'s> {
    let page = match story.fetched {
        Fetched::Read => PageSays::Read(&story.draft),
        Fetched::Silent => PageSays::Silent,
        Fetched::Missing => PageSays::Missing,
    };
    Evidence { candidate: &story.candidate, page, is_chrome: list::is_chrome(&story.candidate, site) }
}

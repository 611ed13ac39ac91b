//! Articles that were published as the list had them, as their page was out of reach: it is read later, a few at each
//! poll.
//!
//! The feed gets the text then; a channel is not told again.

use loa_reader::{
    list::{self, Candidate, Sighting},
    site::Site,
};

use super::{
    Error, Terms, files,
    read::{self, Story},
    record,
};
use crate::{
    feed::Feed,
    fetch, schedule,
    store::{self, Correction, Recorded, Recording, Reread, Unread},
};

/// Pages that one poll reads again.
const AT_ONCE: u32 = 3;

/// Reads the pages that are due, and adds what came of it to what the poll records.
pub async fn add(feed: &Feed, recording: &mut Recording, terms: &Terms<'_>) -> Result<(), Error> {
    let due = terms.store.unread(&feed.id, terms.now, AT_ONCE).await?;
    if due.is_empty() {
        return Ok(());
    }
    let mut site = terms.store.learned(&feed.id).await?.site;
    for unread in due {
        let is_changed_now = recording.corrections.iter().any(|correction| correction.article.id == unread.article.id);
        let again = match read_page(feed, &unread, &mut site, terms).await {
            Ok(Some(story)) => {
                let after = record::reread(feed, &story, &unread.article, terms, &mut recording.polled.remarks);
                if let Some(article) = after.filter(|_| !is_changed_now) {
                    let (listed_title, folded_title) = (unread.listed_title.clone(), list::fold_title(&unread.listed_title));
                    recording.corrections.push(Correction { article, listed_title, folded_title });
                }
                None
            }
            // The host was not asked: that is no try.
            Err(error) if error.is_put_off() => return Ok(()),
            Err(error) if !read::is_passing(&error) => None,
            Ok(None) | Err(_) => schedule::read_again(unread.tries + 1, terms.now).map(|due| (unread.tries + 1, due)),
        };
        recording.reread.push(Reread { article: unread.article.id, again });
    }
    Ok(())
}

/// What reading articles again brought.
#[derive(Debug)]
pub struct Again {
    pub recorded: Recorded,
    /// Of each, in their order: whether its page says something else now, or why it cannot be read.
    pub found: Vec<Result<bool, NotRead>>,
}

/// Why an article's page could not be read again.
#[derive(Debug, thiserror::Error)]
pub enum NotRead {
    #[error(transparent)]
    Fetch(#[from] fetch::Error),
    #[error("`{url}` answers, and there is no article's text on it")]
    Hidden { url: String },
}

/// Reads the pages of these articles now, and records what came of it. No channel is told.
///
/// # Errors
/// When the store cannot be read or written: nothing was changed then.
pub async fn read_again(feed: &Feed, articles: &[Unread], terms: &Terms<'_>) -> Result<Again, store::Error> {
    let mut site = terms.store.learned(&feed.id).await?.site;
    let (mut corrections, mut reread, mut found) = (Vec::new(), Vec::new(), Vec::new());
    for unread in articles {
        let before = &unread.article;
        match read_page(feed, unread, &mut site, terms).await {
            Ok(Some(story)) => {
                let after = record::reread(feed, &story, before, terms, &mut Vec::new());
                found.push(Ok(after.is_some()));
                corrections.extend(after.map(|article| Correction {
                    article,
                    listed_title: unread.listed_title.clone(),
                    folded_title: list::fold_title(&unread.listed_title),
                }));
                reread.push(Reread { article: before.id, again: None });
            }
            Ok(None) => found.push(Err(NotRead::Hidden { url: before.url.to_string() })),
            Err(error) => found.push(Err(error.into())),
        }
    }
    files::ask(feed, corrections.iter_mut().map(|correction| &mut correction.article), terms).await;
    let recorded = terms.store.record_reread(&feed.id, &corrections, &reread, terms.now).await?;
    Ok(Again { recorded, found })
}

/// The article by its page; `None` where that is there and hides it.
async fn read_page(feed: &Feed, unread: &Unread, site: &mut Site, terms: &Terms<'_>) -> Result<Option<Story>, fetch::Error> {
    let article = &unread.article;
    let candidate = Candidate {
        url: article.url.clone(),
        title: unread.listed_title.clone(),
        published: article.published.clone(),
        summary: article.summary.clone(),
        image: article.image.clone(),
        author: article.author.clone(),
        attachments: article.attachments.clone(),
        sighting: Sighting::default(),
    };
    let story = read::story(feed, &candidate, site, terms).await?;
    Ok(story.filter(|story| !story.draft.text.is_empty()))
}

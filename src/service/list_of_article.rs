//! The list that an article stands on: whoever has an article's address wants the page where its headline is.

use jiff::Timestamp;
use loa_reader::{
    article::{self, Draft},
    link,
    list::{self, Obstacle},
    page::Page,
};
use url::Url;

use crate::{
    feed::Feed,
    fetch::{Answer, Client},
    jobs::reading_timeout::Readers,
};

/// Headlines that make a list, where none of them is the article's.
const FEW: usize = 3;

/// Where an article's list seems to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListOfArticle {
    pub article: Url,
    /// The article's headline.
    pub title: String,
    pub list: Url,
    /// The article's headline stands there. Otherwise it is only the likeliest page that has a list.
    pub is_confirmed: bool,
    /// Headlines on it.
    pub headlines: usize,
}

/// Where `feed`'s address is that of an article: the list which has its headline, of those that its page leads to. Each
/// is asked for once, as politely as any page.
pub async fn find(feed: &Feed, client: &Client, readers: &Readers) -> Option<ListOfArticle> {
    let page = page(feed, feed.url.clone(), client, readers).await?;
    let read = readers.run(move || {
        let is_article = Obstacle::of(&page, &[]) == Some(Obstacle::Article);
        let draft = article::read(&page, &article::Context::default());
        (is_article && draft.published.is_some()).then(|| (article::lists(&page), draft, page.url))
    });
    let (lists, draft, address) = read.await.ok()??;
    let mut likely: Option<ListOfArticle> = None;
    for list in lists {
        let Some(page) = self::page(feed, list.clone(), client, readers).await else { continue };
        let (known, own) = (draft.clone(), address.clone());
        let looked = readers.run(move || look(&page, &known, &own)).await;
        let Ok(Some((headlines, is_confirmed))) = looked else { continue };
        let title = draft.title.clone().unwrap_or_default();
        let found = ListOfArticle { article: feed.url.clone(), title, list, is_confirmed, headlines };
        if is_confirmed {
            return Some(found);
        }
        likely.get_or_insert(found);
    }
    likely
}

/// How many headlines a page has, and whether the article's is one of them; none where the page has no list, or is the
/// article again.
fn look(page: &Page, draft: &Draft, address: &Url) -> Option<(usize, bool)> {
    let own: Vec<String> = [Some(address), draft.canonical.as_ref()].into_iter().flatten().map(link::identity).collect();
    if own.contains(&link::identity(&page.url)) {
        return None;
    }
    let mut discovery = list::discover(&list::Settings::default(), page, &list::Context::default());
    discovery.keep_list();
    let title = draft.title.as_deref().map(list::fold_title);
    let is_it = |candidate: &list::Candidate| {
        own.contains(&link::identity(&candidate.url)) || title.as_ref().is_some_and(|title| *title == list::fold_title(&candidate.title))
    };
    let has_it = discovery.candidates.iter().any(is_it);
    (has_it || discovery.candidates.len() >= FEW).then_some((discovery.candidates.len(), has_it))
}

async fn page(feed: &Feed, url: Url, client: &Client, readers: &Readers) -> Option<Page> {
    let Answer::Body(body) = client.get(&feed.request(url)).await.ok()?.answer else { return None };
    readers.run(move || body.into_page(Timestamp::now())).await.ok()
}

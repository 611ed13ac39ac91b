//! What a feed's file may leave out and its first poll learns from the pages: the portal's name, and its language, from
//! which its zone follows.

use loa_reader::{
    article, list,
    page::{About, Page},
};

use super::{read::Read, source_name::Names};
use crate::store::Portal;

/// What the list page says of its site: of a feed, what the feed does.
pub fn about(page: &Page) -> About {
    list::about(page).unwrap_or_else(|| article::about(page))
}

/// The portal by the page with its list and by the pages of its articles.
pub fn of(list: About, is_front_page: bool, read: &Read) -> Portal {
    let declared = list.site.into_iter().chain(read.articles.iter().filter_map(|story| story.draft.site.clone())).collect();
    let pages = read.articles.iter().filter_map(|story| story.page_title.clone()).collect();
    let names = Names { declared, title: list.title, pages, is_front_page };
    let of_articles = || read.articles.iter().find_map(|story| story.draft.language.clone());
    Portal { title: names.best(), language: list.language.or_else(of_articles) }
}

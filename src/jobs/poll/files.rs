//! How large the pictures and documents of new articles are, and of what type: their servers are asked once, before the
//! article is recorded.
//!
//! Feeds say it of what they enclose. A server that does not answer costs nothing but that; what there was no time for
//! is made up at the next polls, as at a feed's first one there is much to ask.

use std::{collections::VecDeque, time::Duration};

use loa_reader::draft::Attachment;
use url::Url;

use super::Terms;
use crate::{
    article::{Article, KnownFile},
    feed::Feed,
    fetch::{self, Accept, FileHead, Request},
};

/// How long a poll may go on for it: turns of the host are waited for, and at a feed's first poll there are many.
pub const TIME: Duration = Duration::from_secs(10);
/// Files that are asked for in one poll.
const MOST: usize = 60;
/// The newest articles whose files are made up.
pub const LATEST: u32 = 100;
/// Files of one article: the picture, and documents.
const OF_ONE: usize = 6;
/// A type that says nothing.
const UNTOLD: &str = "application/octet-stream";

/// Asks for the files of these articles, of the last of them first; whether there was time for all.
pub async fn ask<'a>(feed: &Feed, articles: impl IntoIterator<Item = &'a mut Article>, terms: &Terms<'_>) -> bool {
    let mut articles: Vec<&mut Article> = articles.into_iter().collect();
    let mut unknown = VecDeque::new();
    for (index, article) in articles.iter_mut().enumerate().rev() {
        let named = named(article);
        article.files.retain(|file| named.iter().any(|named| named.url == file.url));
        unknown.extend(named.into_iter().filter(|named| article.file(&named.url).is_none()).map(|named| (index, named)));
    }
    if terms.files_for.is_zero() {
        return true;
    }
    let asking = async {
        for _ in 0..MOST {
            let Some((index, named)) = unknown.front() else { return };
            let request = Request { accept: named.accept(), ..feed.request(named.url.clone()) };
            let head = terms.client.head(&request).await;
            // A server that wants to be left alone is asked another time.
            if head.as_ref().is_err_and(fetch::Error::is_put_off) {
                return;
            }
            let known = head.ok().and_then(|head| named.known(&head));
            articles[*index].files.push(known.unwrap_or_else(|| named.unknown()));
            unknown.pop_front();
        }
    };
    let _late = tokio::time::timeout(terms.files_for, asking).await;
    unknown.is_empty()
}

/// Asks for what there was no time for at earlier polls, of the newest articles; what is known of each of them now, and
/// whether that is all.
pub async fn make_up(feed: &Feed, latest: Vec<Article>, terms: &Terms<'_>) -> (Vec<(i64, Vec<KnownFile>)>, bool) {
    let mut articles: Vec<Article> = latest.into_iter().filter(|article| !is_known(article)).rev().collect();
    let before: Vec<usize> = articles.iter().map(|article| article.files.len()).collect();
    let is_all = ask(feed, &mut articles, terms).await;
    let asked = articles.into_iter().zip(before).filter(|(article, before)| article.files.len() != *before);
    (asked.map(|(article, _)| (article.id, article.files)).collect(), is_all)
}

fn is_known(article: &Article) -> bool {
    named(article).iter().all(|named| article.file(&named.url).is_some())
}

/// A file that an article names.
struct Named {
    url: Url,
    is_picture: bool,
    /// By its name; `None` for a picture and where the name tells nothing.
    media_type: Option<String>,
}

fn named(article: &Article) -> Vec<Named> {
    let picture = article.image.iter().map(|url| Named { url: url.clone(), is_picture: true, media_type: None });
    let document = |attachment: &Attachment| {
        let media_type = Some(attachment.media_type.clone()).filter(|media_type| media_type != UNTOLD);
        Named { url: attachment.url.clone(), is_picture: false, media_type }
    };
    let mut named: Vec<Named> = picture.chain(article.attachments.iter().map(document)).take(OF_ONE).collect();
    named.dedup_by(|one, other| one.url == other.url);
    named
}

impl Named {
    fn accept(&self) -> Accept {
        if self.is_picture { Accept::Image } else { Accept::Data }
    }

    /// Its server was asked, and its word is worth nothing: it is not asked again.
    fn unknown(&self) -> KnownFile {
        KnownFile { url: self.url.clone(), length: None, media_type: None }
    }

    /// What the server's word is worth. A page in the file's place is a login or an error; of a picture the server
    /// knows the type, and of a document its name, if it tells one.
    fn known(&self, head: &FileHead) -> Option<KnownFile> {
        let said = head.content_type.as_deref().and_then(|said| said.split(';').next()).map(|said| said.trim().to_ascii_lowercase());
        let said = said.filter(|said| is_media_type(said));
        let is_page = said.as_deref().is_some_and(|said| matches!(said, "text/html" | "application/xhtml+xml"));
        let is_other = self.is_picture && said.as_deref().is_some_and(|said| !said.starts_with("image/") && said != UNTOLD);
        if is_page || is_other {
            return None;
        }
        let media_type = said.filter(|said| said != UNTOLD && (self.is_picture || self.media_type.is_none()));
        let length = head.length.filter(|length| *length > 0);
        (length.is_some() || media_type.is_some()).then(|| KnownFile { url: self.url.clone(), length, media_type })
    }
}

/// Two words with a slash between them, without what may break a document.
fn is_media_type(said: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&byte));
    said.len() <= 100 && said.split_once('/').is_some_and(|(kind, name)| is_word(kind) && is_word(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(is_picture: bool, by_name: Option<&str>, said: Option<&str>, length: Option<u64>) -> Option<(Option<u64>, Option<String>)> {
        let named = Named { url: "https://a.vn/1.jpg".parse().unwrap(), is_picture, media_type: by_name.map(str::to_owned) };
        let known = named.known(&FileHead { length, content_type: said.map(str::to_owned) });
        known.map(|file| (file.length, file.media_type))
    }

    #[test]
    fn a_server_is_believed_about_pictures_and_where_a_name_tells_nothing() {
        let webp = Some("image/webp".to_owned());
        assert_eq!(known(true, None, Some("Image/WebP; q=1"), Some(7)), Some((Some(7), webp)));
        assert_eq!(known(true, None, Some("application/octet-stream"), Some(7)), Some((Some(7), None)));
        assert_eq!(known(false, Some("application/pdf"), Some("application/msword"), Some(7)), Some((Some(7), None)));
        assert_eq!(known(false, None, Some("application/msword"), None), Some((None, Some("application/msword".to_owned()))));
    }

    #[test]
    fn a_page_in_the_place_of_a_file_says_nothing_of_it() {
        assert_eq!(known(true, None, Some("text/html; charset=utf-8"), Some(7)), None);
        assert_eq!(known(false, Some("application/pdf"), Some("text/html"), Some(7)), None);
        assert_eq!(known(true, None, Some("video/mp4"), Some(7)), None);
        assert_eq!(known(true, None, None, Some(0)), None);
        assert_eq!(known(true, None, Some("image/\"x\""), None), None);
    }
}

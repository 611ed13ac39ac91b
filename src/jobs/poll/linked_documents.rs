//! The documents beside a list page that tell more of its headlines: the site's own feeds.
//!
//! They are a help and no condition: one that cannot be had costs a remark and nothing else. They are asked for where
//! something is open without them: the list itself, or what an article's own page does not say.

use jiff::Timestamp;
use loa_reader::{
    list::{Context, Documents, Wanted},
    page::Page,
    time::Precision,
};
use tokio::sync::OnceCell;
use url::Url;

use super::{
    Terms,
    read::{Fetched, Story},
};
use crate::{
    feed::Feed,
    fetch::{Accept, Answer, Body, Client, Request},
};

/// Fetches what is wanted, one after the other: it lives on the page's own site. Also what could not be had, in words.
pub async fn fetch(feed: &Feed, wanted: Vec<Wanted>, client: &Client) -> (Vec<Body>, Vec<String>) {
    let (mut bodies, mut remarks) = (Vec::new(), Vec::new());
    for Wanted { kind, url } in wanted {
        let request = Request { accept: Accept::Data, ..feed.request(url) };
        match client.get(&request).await.map(|response| response.answer) {
            Ok(Answer::Body(body)) => bodies.push(body),
            // It was not asked whether anything had changed.
            Ok(Answer::Unchanged) => (),
            Err(error) => remarks.push(format!("the site's {kind} could not be had: {error}")),
        }
    }
    (bodies, remarks)
}

/// Documents that are fetched when the first article needs them.
pub struct LinkedDocuments<'a> {
    feed: &'a Feed,
    terms: &'a Terms<'a>,
    /// The list's page.
    list: Url,
    wanted: Vec<Wanted>,
    read: OnceCell<(Documents, Vec<String>)>,
}

impl<'a> LinkedDocuments<'a> {
    /// Those that are `wanted` for the page at `list`.
    pub fn new(feed: &'a Feed, terms: &'a Terms<'a>, list: Url, wanted: Vec<Wanted>) -> Self {
        Self { feed, terms, list, wanted, read: OnceCell::new() }
    }

    /// Adds to a story what they say of it, if its own page leaves something open.
    pub async fn complete(&self, story: &mut Story) {
        if self.wanted.is_empty() || !leaves_something_open(story) {
            return;
        }
        let (documents, _) = self.read.get_or_init(|| self.read()).await;
        documents.complete(&mut story.candidate);
    }

    /// What could not be had or read, in words.
    pub fn into_remarks(self) -> Vec<String> {
        self.read.into_inner().map(|(_, remarks)| remarks).unwrap_or_default()
    }

    async fn read(&self) -> (Documents, Vec<String>) {
        let Self { feed, terms, list, wanted, .. } = self;
        let (bodies, mut remarks) = fetch(feed, wanted.clone(), terms.client).await;
        let context = Context { zone: Some(feed.zone.clone()), language: feed.language.clone(), ..Context::default() };
        let (list, now) = (list.clone(), terms.now);
        let read = terms.readers.run(move || Documents::of(&pages(bodies, now), &list, &context)).await;
        let (documents, problems) = read.unwrap_or_else(|why| (Documents::default(), vec![why.to_string()]));
        remarks.extend(problems);
        (documents, remarks)
    }
}

/// What was fetched, as it is read.
pub fn pages(bodies: Vec<Body>, now: Timestamp) -> Vec<Page> {
    bodies.into_iter().map(|body| body.into_page(now)).collect()
}

/// Whether neither the list nor the article's own page says when it was published, to the minute, or there is no page
/// with a text.
fn leaves_something_open(Story { candidate, draft, fetched, .. }: &Story) -> bool {
    let stamps = [&candidate.published, &draft.published];
    let has_minute = stamps.into_iter().flatten().any(|stamp| stamp.precision == Precision::Minute);
    let is_shown = draft.has_document || !draft.text.is_empty();
    !has_minute || (*fetched != Fetched::Unasked && !is_shown)
}

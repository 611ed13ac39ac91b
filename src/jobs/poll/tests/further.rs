//! Polls at which more came than the first page of the list shows, over real sockets.

use loa_stand_ins::portal::Markup;

use super::*;
use crate::channel::{Address, Channel};

/// A channel that gets everything, one by one up to `burst`.
pub(super) fn channel(burst: u32) -> Channel {
    Channel { burst, ..Channel::plain("main".parse().unwrap(), Address::new("-100".to_owned())) }
}

impl Newsroom {
    pub(super) async fn poll_after(&self, feed: &Feed, hours: i64, channels: &[Channel]) -> Result<Report, Error> {
        poll(feed, &Terms { channels, ..self.terms_after(SignedDuration::from_hours(hours)) }).await
    }

    /// What waits to be told, in order.
    pub(super) async fn queued(&self) -> Vec<String> {
        let deliveries = self.store.deliveries(None, 500).await.unwrap();
        deliveries.iter().filter_map(|delivery| delivery.article()).map(|article| article.title.clone()).collect()
    }

    /// Requests of list pages since the last time.
    fn lists(&self) -> Vec<String> {
        let seen = self.portal.requests();
        self.portal.forget_requests();
        seen.into_iter().map(|seen| seen.path).filter(|path| path == "/" || path.starts_with("/tin-tuc?")).collect()
    }
}

fn titles(numbers: impl Iterator<Item = u32>) -> Vec<String> {
    numbers.map(|number| story(number).title).collect()
}

#[tokio::test]
async fn what_went_by_between_two_polls_is_told_from_further_pages_oldest_first() {
    for markup in [Markup::Plain, Markup::Tables, Markup::Cards, Markup::Blocks] {
        let newsroom = Newsroom::start().await;
        newsroom.portal.rebuild(markup);
        newsroom.portal.move_addresses(markup);
        let feed = newsroom.feed("police", "");
        newsroom.poll_after(&feed, 0, &[channel(99)]).await.unwrap();
        newsroom.lists();
        (11..=35).for_each(|number| newsroom.portal.publish(story(number)));
        let report = newsroom.poll_after(&feed, 24, &[channel(99)]).await.unwrap();
        assert_eq!(report.recorded.articles, 25, "{markup:?}: {report:?}");
        assert_eq!(newsroom.queued().await, titles(11..=35), "{markup:?}");
        assert_eq!(newsroom.lists(), ["/", "/tin-tuc?page=2", "/tin-tuc?page=3"], "{markup:?}");
        // The page is judged by itself afterwards.
        newsroom.portal.publish(story(36));
        let report = newsroom.poll_after(&feed, 25, &[channel(99)]).await.unwrap();
        assert_eq!((report.recorded.articles, report.found), (1, Some(10)), "{markup:?}: {report:?}");
        assert_eq!(newsroom.lists(), ["/"], "{markup:?}");
    }
}

#[tokio::test]
async fn a_busy_night_is_one_digest() {
    let newsroom = Newsroom::start().await;
    let feed = newsroom.feed("police", "");
    newsroom.poll_after(&feed, 0, &[channel(10)]).await.unwrap();
    (11..=23).for_each(|number| newsroom.portal.publish(story(number)));
    newsroom.poll_after(&feed, 24, &[channel(10)]).await.unwrap();
    let deliveries = newsroom.store.deliveries(None, 500).await.unwrap();
    assert_eq!(deliveries.len(), 13);
    assert!(deliveries.iter().all(|delivery| delivery.digest.is_some() && delivery.digest == deliveries[0].digest));
}

#[tokio::test]
async fn what_was_there_before_the_feed_began_is_not_told_whatever_the_walk_passes() {
    let newsroom = Newsroom::start().await;
    (11..=40).for_each(|number| newsroom.portal.publish(story(number)));
    let feed = newsroom.feed("police", "");
    newsroom.poll_after(&feed, 0, &[channel(99)]).await.unwrap();
    newsroom.lists();
    // All that is known is taken off the list: nothing joins what is new to it.
    (31..=40).for_each(|number| newsroom.portal.remove(&story(number).slug));
    let after = |number| Story { published: story(number).published.checked_add(SignedDuration::from_hours(96)).unwrap(), ..story(number) };
    (41..=52).for_each(|number| newsroom.portal.publish(after(number)));
    let report = newsroom.poll_after(&feed, 200, &[channel(99)]).await.unwrap();
    assert_eq!(newsroom.queued().await, (41..=52).map(|number| after(number).title).collect::<Vec<_>>(), "{report:?}");
    assert_eq!(newsroom.store.count(&feed.id).await.unwrap(), 22, "what is older is not recorded either");
    assert!(newsroom.lists().len() <= 4);
}

#[tokio::test]
async fn a_headline_that_is_taken_off_leads_to_no_walk() {
    let newsroom = Newsroom::start().await;
    (11..=40).for_each(|number| newsroom.portal.publish(story(number)));
    let feed = newsroom.feed("police", "");
    newsroom.poll_after(&feed, 0, &[channel(99)]).await.unwrap();
    newsroom.lists();
    newsroom.portal.remove(&story(40).slug);
    newsroom.portal.publish(story(41));
    let report = newsroom.poll_after(&feed, 24, &[channel(99)]).await.unwrap();
    assert_eq!((newsroom.queued().await, newsroom.lists()), (titles(41..=41), vec!["/".to_owned()]), "{report:?}");
}

#[tokio::test]
async fn a_further_page_that_is_out_of_reach_is_asked_again_but_not_for_ever() {
    let newsroom = Newsroom::start().await;
    let feed = newsroom.feed("police", "");
    newsroom.poll_after(&feed, 0, &[channel(99)]).await.unwrap();
    (11..=35).for_each(|number| newsroom.portal.publish(story(number)));
    newsroom.portal.fail("/tin-tuc", Failure::Status(502), 1);
    assert!(newsroom.poll_after(&feed, 24, &[channel(99)]).await.is_err());
    assert!(newsroom.queued().await.is_empty());
    newsroom.poll_after(&feed, 25, &[channel(99)]).await.unwrap();
    assert_eq!(newsroom.queued().await, titles(11..=35));

    (36..=60).for_each(|number| newsroom.portal.publish(story(number)));
    newsroom.portal.fail("/tin-tuc", Failure::Status(502), 9);
    assert!(newsroom.poll_after(&feed, 48, &[channel(99)]).await.is_err());
    assert!(newsroom.poll_after(&feed, 49, &[channel(99)]).await.is_err());
    let report = newsroom.poll_after(&feed, 50, &[channel(99)]).await.unwrap();
    assert_eq!(newsroom.queued().await[25..], titles(51..=60));
    assert!(report.remarks.iter().any(|remark| remark.contains("a further page of the list could not be read")), "{report:?}");
}

#[tokio::test]
async fn the_past_is_read_page_by_page_told_to_nobody_and_goes_on_where_it_was() {
    let newsroom = Newsroom::start().await;
    (11..=45).for_each(|number| newsroom.portal.publish(story(number)));
    let feed = newsroom.feed("police", "");
    newsroom.poll_after(&feed, 0, &[channel(99)]).await.unwrap();
    newsroom.lists();
    let terms = Terms { channels: &[channel(99)], ..newsroom.terms() };
    let first = read_past(&feed, &terms).await.unwrap();
    assert_eq!((first.found, first.recorded.articles, first.past.pages, first.past.is_whole), (10, 10, 1, false));
    // Killed while the next page was read: nothing of it is there, and it is read again.
    newsroom.portal.fail("/tin-tuc?page=3", Failure::Reset, 9);
    assert!(read_past(&feed, &terms).await.is_err());
    newsroom.portal.heal();
    // Something new came, and a poll was made in between.
    newsroom.portal.publish(story(46));
    newsroom.poll_after(&feed, 24, &[channel(99)]).await.unwrap();
    newsroom.lists();
    let mut pages = Vec::new();
    loop {
        let page = read_past(&feed, &terms).await.unwrap();
        pages.push((page.found, page.recorded.articles));
        if page.past.is_whole {
            break;
        }
    }
    assert_eq!(pages, [(10, 9), (10, 10), (6, 6)]);
    assert_eq!(newsroom.lists(), ["/tin-tuc?page=3", "/tin-tuc?page=4", "/tin-tuc?page=5"]);
    assert_eq!(newsroom.store.count(&feed.id).await.unwrap(), 46);
    assert_eq!(newsroom.queued().await, titles(46..=46));
    let shown = newsroom.store.latest(&feed.id, 50).await.unwrap();
    assert_eq!(shown.iter().rev().map(|article| article.title.clone()).collect::<Vec<_>>(), titles(1..=46));
    // It is whole, and asks nobody any more.
    let end = read_past(&feed, &terms).await.unwrap();
    assert_eq!((end.found, end.past.is_whole, newsroom.lists().len()), (0, true, 0));
    let report = newsroom.poll_after(&feed, 25, &[channel(99)]).await.unwrap();
    assert_eq!((report.recorded.articles, report.found), (0, None));
}

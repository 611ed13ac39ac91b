//! What is recorded while a poll goes on.

use super::{further::channel, *};

#[tokio::test]
async fn a_poll_that_is_cut_off_keeps_what_it_told_and_the_next_one_goes_on_behind_it() {
    let newsroom = Newsroom::start().await;
    let feed = newsroom.feed("police", "");
    newsroom.poll_after(&feed, 0, &[channel(10)]).await.unwrap();
    (11..=18).for_each(|number| newsroom.portal.publish(story(number)));
    let hanging = Url::parse(&newsroom.portal.story_url(&story(15))).unwrap();
    newsroom.portal.fail(hanging.path(), Failure::Hang, 1);
    let cut_off = async {
        while !newsroom.portal.requests().iter().any(|seen| seen.path == hanging.path()) {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    };
    let channels = [channel(10)];
    tokio::select! {
        report = newsroom.poll_after(&feed, 24, &channels) => panic!("{report:?}"),
        () = cut_off => (),
    }
    let told = |numbers: std::ops::RangeInclusive<u32>| numbers.map(|number| story(number).title).collect::<Vec<_>>();
    assert_eq!(newsroom.queued().await, told(11..=14));
    let report = newsroom.poll_after(&feed, 25, &[channel(10)]).await.unwrap();
    assert_eq!(newsroom.queued().await, told(11..=18));
    assert_eq!((report.recorded.articles, report.headlines), (4, told(15..=18)));
    assert_eq!(newsroom.poll_after(&feed, 26, &[channel(10)]).await.unwrap().found, None);
}

#[tokio::test]
async fn what_is_out_of_reach_is_late_and_keeps_nobody_waiting() {
    let newsroom = Newsroom::start().await;
    let feed = newsroom.feed("police", "");
    newsroom.poll_after(&feed, 0, &[channel(10)]).await.unwrap();
    (111..=114).for_each(|number| newsroom.portal.publish(story(number)));
    let broken = Url::parse(&newsroom.portal.story_url(&story(112))).unwrap();
    newsroom.portal.fail(broken.path(), Failure::Status(502), 1);
    let report = newsroom.poll_after(&feed, 24, &[channel(10)]).await.unwrap();
    assert_eq!((report.recorded.articles, newsroom.queued().await.len()), (3, 3), "{report:?}");
    newsroom.poll_after(&feed, 25, &[channel(10)]).await.unwrap();
    let last = newsroom.queued().await;
    assert_eq!(last, [111, 113, 114, 112].map(|number| story(number).title));
}

//! Whole polls of the sample portal, over real sockets and a real store.

use std::net::TcpListener;

use jiff::{SignedDuration, tz::TimeZone};
use loa_reader::list::Candidate;
use loa_stand_ins::portal::{Failure, Portal, Story};

use super::{dedupe::Compared, read::Reading, *};

mod document_text;
mod early;
mod further;
mod linked_documents;

struct Newsroom {
    portal: Portal,
    client: Client,
    store: Store,
    readers: Readers,
    folder: tempfile::TempDir,
}

impl Newsroom {
    /// A portal with ten stories.
    async fn start() -> Self {
        let portal = Portal::start(TcpListener::bind("127.0.0.1:0").unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let settings = store::Settings::at(format!("sqlite:{}/loa.db", folder.path().display()));
        (1..=10).for_each(|number| portal.publish(story(number)));
        Self {
            portal,
            client: Client::new(&fetch::Settings { allow_private: true, ..fetch::Settings::default() }, std::time::Duration::ZERO).unwrap(),
            store: Store::open(&settings, Timestamp::UNIX_EPOCH).await.unwrap(),
            readers: Readers::default(),
            folder,
        }
    }

    /// A feed of the portal, whose file has these further lines.
    fn feed(&self, id: &str, lines: &str) -> Feed {
        let text = format!("url = \"{}\"\nlanguage = \"vi\"\n{lines}\n", self.portal.url());
        crate::feed::read(id.parse().unwrap(), "x.toml", &text, self.folder.path(), &|_| None).unwrap()
    }

    fn terms(&self) -> Terms<'_> {
        self.terms_after(SignedDuration::ZERO)
    }

    /// The terms of a poll so much later.
    fn terms_after(&self, time: SignedDuration) -> Terms<'_> {
        Terms {
            store: &self.store,
            client: &self.client,
            channels: &[],
            readers: &self.readers,
            pace: Pace { every: SignedDuration::from_mins(15), adaptive: false },
            now: "2026-11-24T05:00:00Z".parse::<Timestamp>().unwrap() + time,
            jitter: 0.0,
            files_for: crate::jobs::poll::FILE_TIME,
        }
    }

    async fn poll(&self, feed: &Feed) -> Result<Report, Error> {
        poll(feed, &self.terms()).await
    }

    /// The headlines that the feed shows, sorted, each with the length of its text.
    async fn shown(&self, feed: &Feed) -> Vec<(String, usize)> {
        let mut shown: Vec<_> =
            self.store.latest(&feed.id, 50).await.unwrap().into_iter().map(|article| (article.title, article.text.len())).collect();
        shown.sort();
        shown
    }
}

/// A story as the list shows it.
fn story_candidate(newsroom: &Newsroom, number: u32) -> Candidate {
    let story = story(number);
    Candidate {
        url: Url::parse(&newsroom.portal.story_url(&story)).unwrap(),
        title: story.title,
        published: None,
        summary: None,
        image: None,
        author: None,
        attachments: Vec::new(),
        sighting: list::Sighting::default(),
    }
}

fn story(number: u32) -> Story {
    let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
    let first: Timestamp = "2026-11-20T00:00:00Z".parse().unwrap();
    Story::sample(number, (first + SignedDuration::from_hours(number.into())).to_zoned_datetime(zone))
}

#[tokio::test]
async fn a_feed_without_texts_is_corrected_too_and_asked_conditionally() {
    for lines in ["full-text = true", "full-text = false"] {
        let newsroom = Newsroom::start().await;
        let feed = newsroom.feed("police", lines);
        newsroom.poll(&feed).await.unwrap();
        let corrected = story(7);
        newsroom.portal.correct(&corrected.slug, |story| story.title.push_str(" (cập nhật)"));
        let report = newsroom.poll(&feed).await.unwrap();
        assert_eq!((report.recorded.articles, report.recorded.corrections), (0, 1), "{lines}: {report:?}");
        let titles: Vec<String> = newsroom.shown(&feed).await.into_iter().map(|(title, _)| title).collect();
        assert!(titles.contains(&format!("{} (cập nhật)", corrected.title)), "{lines}: {titles:#?}");
        assert_eq!(newsroom.poll(&feed).await.unwrap().found, None, "{lines}: the third answer is 304");
    }
}

#[tokio::test]
async fn a_rewritten_story_is_known_by_its_number_and_another_with_that_number_is_not() {
    for lines in ["full-text = true", "full-text = false"] {
        let newsroom = Newsroom::start().await;
        let feed = newsroom.feed("police", lines);
        // Numbers that last, in slugs that follow the headline.
        let publish = |number, story: Story| {
            let title = story.title.clone();
            newsroom.portal.publish(Story { number, ..story });
            newsroom.portal.retitle(number, &title);
        };
        (1..=10).for_each(|number| newsroom.portal.remove(&story(number).slug));
        (1..=10).for_each(|number| publish(81_000 + number, story(number)));
        newsroom.poll(&feed).await.unwrap();
        newsroom.portal.retitle(81_010, "Chín chiếc xe máy đã về với chủ");
        let report = newsroom.poll(&feed).await.unwrap();
        assert_eq!((report.recorded.articles, report.recorded.corrections), (0, 1), "{lines}: {report:?}");
        let before = newsroom.portal.stories().into_iter().find(|story| story.number == 81_009).unwrap();
        newsroom.portal.remove(&before.slug);
        publish(81_009, story(20));
        let report = newsroom.poll(&feed).await.unwrap();
        assert_eq!((report.recorded.articles, report.recorded.corrections), (1, 0), "{lines}: {report:?}");
    }
}

#[tokio::test]
async fn a_correction_whose_page_is_gone_keeps_the_text() {
    let newsroom = Newsroom::start().await;
    let feed = newsroom.feed("police", "");
    newsroom.poll(&feed).await.unwrap();
    let before = newsroom.shown(&feed).await;
    let corrected = story(7);
    newsroom.portal.correct(&corrected.slug, |story| story.title.push_str(" (cập nhật)"));
    let page = newsroom.portal.story_url(&corrected);
    newsroom.portal.fail(Url::parse(&page).unwrap().path(), Failure::Status(403), 9);
    newsroom.poll(&feed).await.unwrap();
    let after = newsroom.shown(&feed).await;
    let lengths = |shown: &[(String, usize)]| shown.iter().map(|(_, length)| *length).collect::<Vec<_>>();
    assert_eq!(lengths(&before), lengths(&after));
    assert!(after.iter().any(|(title, _)| title.ends_with("(cập nhật)")), "{after:#?}");
    assert_eq!(newsroom.poll(&feed).await.unwrap().found, None, "nothing is left to be asked again");
}

#[tokio::test]
async fn a_remark_is_kept_once() {
    let newsroom = Newsroom::start().await;
    let feed = newsroom.feed("police", "");
    let page = newsroom.portal.story_url(&story(7));
    newsroom.portal.fail(Url::parse(&page).unwrap().path(), Failure::Status(403), 9);
    let report = newsroom.poll(&feed).await.unwrap();
    assert_eq!(report.remarks.len(), 1, "{:#?}", report.remarks);
    assert_eq!(newsroom.store.feed_state(&feed.id).await.unwrap().remarks, report.remarks);
}

#[tokio::test]
async fn a_correction_whose_page_cannot_be_read_keeps_the_text() {
    let mut newsroom = Newsroom::start().await;
    let feed = newsroom.feed("police", "");
    newsroom.poll(&feed).await.unwrap();
    let before = newsroom.shown(&feed).await;
    newsroom.portal.correct(&story(7).slug, |story| story.title.push_str(" (cập nhật)"));
    let state = newsroom.store.feed_state(&feed.id).await.unwrap();
    newsroom.readers = Readers::new(1, std::time::Duration::ZERO, 99);
    let terms = newsroom.terms();
    let mut candidate = story_candidate(&newsroom, 7);
    candidate.title.push_str(" (cập nhật)");
    let known = terms.store.known(&feed.id, &dedupe::keys(std::slice::from_ref(&candidate)), &[]).await.unwrap();
    let compared = Compared { corrected: vec![(candidate, known[0].clone())], known: 1, ..Compared::default() };
    let reading = Reading {
        feed: &feed,
        compared: &compared,
        pending: &[],
        nothing_is_news: false,
        linked: None,
        terms: &terms,
        progress: &Unwatched,
    };
    let read = read::read(&reading, &loa_reader::site::Site::default(), None).await.unwrap();
    let polled = Polled {
        url: feed.url.to_string(),
        etag: None,
        last_modified: None,
        at: terms.now,
        next: state.next_at,
        fresh_until: None,
        found: None,
        remarks: Vec::new(),
        portal: None,
    };
    let recording = record::recording(&feed, record::Brought { polled, compared, read, is_first: false }, &terms).await.unwrap();
    newsroom.store.record(&recording).await.unwrap();
    let lengths = |shown: &[(String, usize)]| shown.iter().map(|(_, length)| *length).collect::<Vec<_>>();
    assert_eq!(lengths(&before), lengths(&newsroom.shown(&feed).await));
}

#[tokio::test]
async fn a_page_that_takes_too_long_is_tried_again_before_the_lists_word_is_taken() {
    let mut newsroom = Newsroom::start().await;
    let feed = newsroom.feed("police", "");
    newsroom.readers = Readers::new(1, std::time::Duration::ZERO, 99);
    let new = dedupe::New { candidate: story_candidate(&newsroom, 7), standing: news::Standing::Alone, around: news::Around::default() };
    let compared = Compared { new: vec![new], ..Compared::default() };
    let (site, terms) = (loa_reader::site::Site::default(), newsroom.terms());
    let mut pending = Vec::new();
    for tries in 1..=3 {
        let reading = Reading {
            feed: &feed,
            compared: &compared,
            pending: &pending,
            nothing_is_news: false,
            linked: None,
            terms: &terms,
            progress: &Unwatched,
        };
        let read = read::read(&reading, &site, None).await.unwrap();
        let is_last = tries == 3;
        assert_eq!((read.pending.len(), read.articles.len()), if is_last { (0, 1) } else { (1, 0) }, "at try {tries}");
        pending = read.pending;
    }
}

#[tokio::test]
async fn an_article_whose_page_was_out_of_reach_gets_its_text_later_and_is_not_told_again() {
    let newsroom = Newsroom::start().await;
    let feed = newsroom.feed("police", "");
    newsroom.poll(&feed).await.unwrap();
    let channel = further::channel(10);
    let poll_after = async |minutes: i64| {
        let terms = Terms { channels: std::slice::from_ref(&channel), ..newsroom.terms_after(SignedDuration::from_mins(minutes)) };
        poll(&feed, &terms).await.unwrap().recorded
    };
    let page = newsroom.portal.story_url(&story(100));
    let path = Url::parse(&page).unwrap().path().to_owned();
    newsroom.portal.publish(story(100));
    newsroom.portal.fail(&path, Failure::Reset, 1000);
    assert_eq!(poll_after(0).await.articles + poll_after(15).await.articles, 0);
    let told = poll_after(30).await;
    assert_eq!((told.articles, told.deliveries), (1, 1));
    let length = async || newsroom.shown(&feed).await.into_iter().find(|(title, _)| *title == story(100).title).unwrap().1;
    assert_eq!(length().await, 0);

    // Not at every poll, and it may still be out of reach.
    newsroom.portal.forget_requests();
    let asked = || newsroom.portal.requests().iter().filter(|seen| seen.path == path).count();
    assert!(!poll_after(45).await.is_change());
    assert_eq!(asked(), 0);
    assert!(!poll_after(95).await.is_change());
    assert_eq!(asked(), 1);
    newsroom.portal.heal();
    assert!(!poll_after(140).await.is_change());
    // An hour, and then three.
    let read = poll_after(300).await;
    assert_eq!((read.corrections, read.deliveries), (1, 0));
    assert!(length().await > 0);
    newsroom.portal.forget_requests();
    assert!(!poll_after(6000).await.is_change());
    assert_eq!(asked(), 0);
    assert_eq!(newsroom.store.deliveries(None, 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_list_that_is_gone_is_tried_again_after_days_that_grow() {
    let newsroom = Newsroom::start().await;
    let feed = newsroom.feed("police", "");
    newsroom.poll(&feed).await.unwrap();
    newsroom.portal.fail("/", Failure::Status(410), 1000);
    let mut days = Vec::new();
    let mut passed = SignedDuration::ZERO;
    for _ in 0..7 {
        let terms = newsroom.terms_after(passed);
        poll(&feed, &terms).await.unwrap_err();
        let next = newsroom.store.feed_state(&feed.id).await.unwrap().next_at.duration_since(terms.now);
        days.push(next.as_hours() / 24);
        passed += next;
    }
    assert_eq!(days, [1, 2, 4, 8, 16, 30, 30]);
}

#[tokio::test]
async fn what_a_feed_says_of_its_portal_changes_only_with_articles() {
    let newsroom = Newsroom::start().await;
    let feed = newsroom.feed("police", "");
    newsroom.poll(&feed).await.unwrap();
    let first = newsroom.store.summary(&feed.id).await.unwrap().unwrap().presentation;
    assert_eq!(first.favicon.as_ref().map(Url::to_string), Some(format!("{}images/icon.png", newsroom.portal.url())));
    assert_eq!(first.description, None);
    newsroom.portal.describe("Cổng thông tin");
    assert_eq!(newsroom.poll(&feed).await.unwrap().found, Some(10));
    assert_eq!(newsroom.store.summary(&feed.id).await.unwrap().unwrap().presentation, first);
    newsroom.portal.publish(story(11));
    newsroom.poll(&feed).await.unwrap();
    assert_eq!(newsroom.store.summary(&feed.id).await.unwrap().unwrap().presentation.description.as_deref(), Some("Cổng thông tin"));
}

#[tokio::test]
async fn files_are_asked_for_once_and_a_server_that_refuses_costs_nothing() {
    let newsroom = Newsroom::start().await;
    let feed = newsroom.feed("police", "");
    let heads = || newsroom.portal.requests().iter().filter(|seen| seen.method == "HEAD").count();
    newsroom.portal.fail("/uploads/images/10.png", Failure::Status(405), 1);
    newsroom.poll(&feed).await.unwrap();
    let articles = newsroom.store.latest(&feed.id, 50).await.unwrap();
    let pictures: Vec<_> = articles.iter().filter_map(|article| Some((article, article.image.as_ref()?))).collect();
    let known =
        pictures.iter().filter(|(article, image)| article.file(image).and_then(|file| file.length).is_some_and(|length| length > 0));
    let (pictures, known) = (pictures.len(), known.count());
    let refused = usize::from(story(10).caption.is_some());
    assert!(pictures > 2, "{pictures}");
    assert_eq!((articles.len(), known, heads()), (10, pictures - refused, pictures));

    // A correction of the words asks nothing again and forgets nothing.
    let with_picture = articles.iter().find(|article| !article.files.is_empty()).unwrap();
    let slug = newsroom.portal.stories().into_iter().find(|story| story.title == with_picture.title).unwrap().slug;
    newsroom.portal.forget_requests();
    newsroom.portal.correct(&slug, |story| story.title = "Tiêu đề đã được đính chính trong buổi chiều".to_owned());
    assert_eq!(newsroom.poll(&feed).await.unwrap().recorded.corrections, 1);
    let corrected = newsroom.store.article(with_picture.id).await.unwrap().unwrap();
    assert_eq!((corrected.title.starts_with("Tiêu đề đã"), &corrected.files, heads()), (true, &with_picture.files, 0));
}

#[tokio::test]
async fn what_there_was_no_time_to_ask_for_is_made_up_once() {
    let newsroom = Newsroom::start().await;
    let feed = newsroom.feed("police", "");
    let heads = || newsroom.portal.requests().iter().filter(|seen| seen.method == "HEAD").count();
    let hasty = Terms { files_for: Duration::from_nanos(1), ..newsroom.terms() };
    poll(&feed, &hasty).await.unwrap();
    let missed = async || {
        let articles = newsroom.store.latest(&feed.id, 50).await.unwrap();
        articles.iter().filter(|article| article.image.as_ref().is_some_and(|image| article.file(image).is_none())).count()
    };
    let pictures = missed().await;
    assert!(pictures > 2, "{pictures}");
    newsroom.portal.forget_requests();
    // The list has not changed, and what is published does.
    let report = newsroom.poll(&feed).await.unwrap();
    assert_eq!((report.found, report.recorded.articles, report.recorded.corrections), (Some(10), 0, 0));
    assert!(report.recorded.is_change() && missed().await == 0, "{report:?}");
    assert_eq!(heads(), pictures);
    newsroom.portal.forget_requests();
    newsroom.poll(&feed).await.unwrap();
    assert_eq!((newsroom.poll(&feed).await.unwrap().found, heads()), (None, 0));
}

#[tokio::test]
async fn an_article_whose_server_fails_is_published_as_listed_and_read_later() {
    let newsroom = Newsroom::start().await;
    let feed = newsroom.feed("police", "");
    newsroom.poll(&feed).await.unwrap();
    newsroom.portal.publish(story(100));
    let path = Url::parse(&newsroom.portal.story_url(&story(100))).unwrap().path().to_owned();
    newsroom.portal.fail(&path, Failure::Status(503), 1000);
    let mut recorded = 0;
    for _ in 0..3 {
        recorded += newsroom.poll(&feed).await.unwrap().recorded.articles;
    }
    let length = async || newsroom.shown(&feed).await.into_iter().find(|(title, _)| *title == story(100).title).map(|(_, length)| length);
    assert_eq!((recorded, length().await), (1, Some(0)));
    newsroom.portal.heal();
    poll(&feed, &newsroom.terms_after(SignedDuration::from_hours(2))).await.unwrap();
    assert!(length().await.unwrap() > 0);
}

#[tokio::test]
async fn articles_are_read_again_when_somebody_wants_it() {
    let newsroom = Newsroom::start().await;
    let feed = newsroom.feed("police", "");
    newsroom.poll(&feed).await.unwrap();
    let [changed, same, gone] = [7, 8, 9].map(story);
    newsroom
        .portal
        .correct(&changed.slug, |story| story.paragraphs.push("Đoạn mới của bài viết, thêm vào trong buổi chiều cùng ngày.".to_owned()));
    newsroom.portal.remove(&gone.slug);
    let all = newsroom.store.latest(&feed.id, 50).await.unwrap();
    let unread = |wanted: &Story| {
        let article = all.iter().find(|article| article.title == wanted.title).unwrap().clone();
        store::Unread { listed_title: article.title.clone(), article, tries: 0 }
    };
    let wanted = [unread(&changed), unread(&same), unread(&gone)];
    let again = read_again(&feed, &wanted, &newsroom.terms_after(SignedDuration::from_hours(1))).await.unwrap();
    let found: Vec<_> = again.found.iter().map(|found| found.as_ref().ok().copied()).collect();
    assert_eq!((found, again.recorded.corrections), (vec![Some(true), Some(false), None], 1), "{again:?}");
    let after = newsroom.store.article(wanted[0].article.id).await.unwrap().unwrap();
    assert!(after.text.contains("Đoạn mới") && after.changed > wanted[0].article.changed);
    // A page that is gone takes nothing away.
    assert_eq!(newsroom.store.article(wanted[2].article.id).await.unwrap().unwrap(), wanted[2].article);
}

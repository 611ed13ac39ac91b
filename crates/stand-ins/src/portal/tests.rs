//! The portal over HTTP: what a reader, a browser and a daemon see of it.

use std::collections::BTreeSet;

use jiff::ZonedDateTime;
use loa_reader::{text, tree};

use super::*;

fn portal(stories: u32) -> (Portal, reqwest::Client) {
    let portal = Portal::start(std::net::TcpListener::bind("127.0.0.1:0").unwrap()).unwrap();
    let first: ZonedDateTime = "2024-01-15T07:29+07:00[Asia/Ho_Chi_Minh]".parse().unwrap();
    for number in 0..stories {
        portal.publish(Story::sample(number, &first + jiff::SignedDuration::from_hours(5 * i64::from(number))));
    }
    (portal, reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap())
}

async fn text_of(client: &reqwest::Client, url: &str) -> String {
    client.get(url).send().await.unwrap().error_for_status().unwrap().text().await.unwrap()
}

#[test]
fn samples_are_many_different_and_composed() {
    let day: ZonedDateTime = "2024-01-18T07:29+07:00[Asia/Ho_Chi_Minh]".parse().unwrap();
    let stories: Vec<_> = (0..300).map(|number| Story::sample(number, day.clone())).collect();
    assert_eq!(stories.iter().map(|story| &story.title).collect::<BTreeSet<_>>().len(), 300);
    assert_eq!(stories.iter().map(|story| &story.slug).collect::<BTreeSet<_>>().len(), 300);
    for story in &stories {
        let all = format!("{}\n{}\n{}", story.title, story.text(), story.caption.as_deref().unwrap_or_default());
        assert_eq!(text::clean(&all), all);
        assert!(!all.contains(['{', '}']), "{all}");
        assert!((3..=5).contains(&story.paragraphs.len()));
    }
    for mark in ["&", "\"", "<b>"] {
        assert!(stories[..40].iter().any(|story| story.title.contains(mark)), "{mark}");
    }
    assert_eq!(stories[0], Story::sample(0, day));
}

#[tokio::test]
async fn every_build_shows_the_same_stories() {
    let (portal, client) = portal(25);
    for markup in [Markup::Plain, Markup::Tables, Markup::Cards, Markup::Blocks] {
        portal.rebuild(markup);
        portal.move_addresses(markup);
        let stories = portal.stories();
        assert!(stories.is_sorted_by_key(|story| std::cmp::Reverse(story.published.timestamp())));
        for (page, expected) in stories.chunks(10).enumerate() {
            let html = text_of(&client, &format!("{}?page={}", portal.url(), page + 1)).await;
            let document = tree::parse(&html).unwrap();
            for story in expected {
                let path = portal.story_url(story).replace(&portal.url(), "/");
                let links = document.select(&format!("[href='{path}']"));
                assert!(links.iter().any(|link| link.text().as_ref() == story.title), "{markup:?} {}", story.title);
            }
        }
        let story = &stories[3];
        let page = text_of(&client, &portal.story_url(story)).await;
        let shown = tree::text_of(&tree::parse(&page).unwrap().root());
        for words in [&story.title, &story.lead, &story.author, story.caption.as_ref().unwrap()].into_iter().chain(&story.paragraphs) {
            assert!(shown.contains(words.as_str()), "{markup:?}: {words}");
        }
        let stamp =
            if markup == Markup::Cards { "Thứ Năm, 18/01/2024 | 10:29 GMT+7" } else { "Đăng ngày 18-01-2024 10:29, Lượt xem: " };
        let stamped = stories.iter().find(|story| story.number == 15).unwrap();
        let page = text_of(&client, &portal.story_url(stamped)).await;
        assert!(page.contains(stamp), "{markup:?}: {page}");
        assert_eq!(client.get(format!("{}?page=4", portal.url())).send().await.unwrap().status(), 404);
    }
}

#[tokio::test]
async fn an_unchanged_page_costs_one_conditional_request() {
    let (portal, client) = portal(3);
    let first = client.get(portal.url()).send().await.unwrap();
    let tag = first.headers()["etag"].clone();
    let since = first.headers()["last-modified"].clone();
    let ask = || client.get(portal.url()).header("if-none-match", &tag).header("if-modified-since", &since).header("user-agent", "x/1");
    assert_eq!(ask().send().await.unwrap().status(), 304);
    portal.publish(Story::sample(3, "2024-02-01T08:00+07:00[Asia/Ho_Chi_Minh]".parse().unwrap()));
    assert_eq!(ask().send().await.unwrap().status(), 200);
    let seen = portal.requests();
    assert_eq!(seen.iter().map(|seen| (seen.conditional, seen.status)).collect::<Vec<_>>(), [(false, 200), (true, 304), (true, 200)]);
    assert_eq!((seen[1].path.as_str(), seen[1].user_agent.as_str()), ("/", "x/1"));
}

#[tokio::test]
async fn stories_are_corrected_removed_moved_and_counted() {
    let (portal, client) = portal(2);
    let story = portal.stories().remove(0);
    let url = portal.story_url(&story);
    portal.correct(&story.slug, |story| story.title = "Tiêu đề đã sửa".to_owned());
    assert!(text_of(&client, &url).await.contains("<h1 class=\"title\">Tiêu đề đã sửa</h1>"));
    let before = text_of(&client, &url).await;
    assert_eq!(text_of(&client, &url).await, before);
    portal.visit(5);
    assert_ne!(text_of(&client, &url).await, before);
    portal.move_addresses(Markup::Cards);
    let moved = client.get(&url).send().await.unwrap();
    assert_eq!(
        (moved.status().as_u16(), moved.headers()["location"].to_str().unwrap()),
        (301, portal.story_url(&story).replace(&portal.url(), "/").as_str())
    );
    portal.remove(&story.slug);
    assert_eq!(client.get(portal.story_url(&story)).send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn pictures_are_real_and_differ() {
    let (portal, client) = portal(3);
    let mut pictures = Vec::new();
    for story in portal.stories() {
        let Some(url) = portal.picture_url(&story) else { continue };
        let response = client.get(url).send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "image/png");
        let bytes = response.bytes().await.unwrap();
        let size = imagesize::blob_size(&bytes).unwrap();
        assert_eq!((size.width, size.height), (640, 360));
        pictures.push(bytes);
    }
    assert_eq!(pictures.len(), 2);
    assert_ne!(pictures[0], pictures[1]);
}

#[tokio::test]
async fn ordered_failures_happen_to_their_paths_only() {
    let (portal, client) = portal(1);
    let portal = portal.with_robots("User-agent: *\nDisallow: /van-ban\n");
    let story = portal.story_url(&portal.stories()[0]);
    portal.fail("/chi-tiet", Failure::RetryAfter(503, 120), 1);
    portal.fail("/chi-tiet", Failure::Reset, 1);
    portal.fail("/chi-tiet", Failure::Empty, 1);
    assert_eq!(client.get(portal.url()).send().await.unwrap().status(), 200);
    let first = client.get(&story).send().await.unwrap();
    assert_eq!((first.status().as_u16(), first.headers()["retry-after"].to_str().unwrap()), (503, "120"));
    assert!(client.get(&story).send().await.is_err());
    assert_eq!(text_of(&client, &story).await, "");
    assert!(text_of(&client, &story).await.contains("ĐÁNH GIÁ BÀI VIẾT"));
    assert!(text_of(&client, &format!("{}robots.txt", portal.url())).await.contains("Disallow: /van-ban"));
    portal.fail("/", Failure::Hang, 1);
    let hanging = tokio::spawn(client.get(portal.url()).send());
    while portal.requests().last().is_none_or(|seen| seen.status != 0 || seen.path != "/") {
        tokio::task::yield_now().await;
    }
    portal.shutdown().await;
    assert!(hanging.await.unwrap().is_err());
}

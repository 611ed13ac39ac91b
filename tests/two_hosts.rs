//! Two processes on one database, and two hosts whose lists lead to pages of the other: whoever visits one of them gets
//! its turns at the other, in time, and neither is asked by two at once.

use std::time::{Duration, Instant};

use loa::store::{Settings, Store};
use loa_stand_ins::{pages::Pages, postgres::Postgres};

use crate::running::{Folder, MINUTE, TITLES};

const PAUSE: Duration = Duration::from_millis(150);
const ROUNDS: usize = 3;
/// New ones in each round.
const ARTICLES: usize = 6;
const WARDS: [&str; 2] = ["Hòa Tân", "Bình An"];

fn title(ward: &str, at: usize) -> String {
    format!("{} tại thôn {} xã {ward}", TITLES[at % ARTICLES], at / ARTICLES + 1)
}

/// The newest first.
fn list(ward: &str, articles: usize) -> String {
    let item = |at: usize| {
        format!(
            "<li><h3><a href=/di/{at}.html>{}</a></h3><p>Tóm tắt của bài viết thứ {at}, với nhiều chi tiết về buổi làm việc của bà con trong xã.</p></li>",
            title(ward, at)
        )
    };
    let items: String = (0..articles).rev().map(item).collect();
    format!("<html lang=vi><head><title>Tin xã {ward}</title></head><body><h1>Tin tức</h1><ul>{items}</ul>")
}

fn article(ward: &str, at: usize) -> String {
    let paragraph =
        format!("<p>Sáng nay bà con xã {ward} đã đến dự rất đông và cùng nhau ký cam kết số {at}, theo kế hoạch từ đầu năm.</p>");
    let title = title(ward, at);
    format!("<html lang=vi><head><title>{title}</title></head><body><h1>{title}</h1><i>12/03/2026 08:00</i>{}", paragraph.repeat(6))
}

/// The articles that are stored with what their pages say.
async fn read(store: &str, id: &str, ward: &str) -> usize {
    let store = Store::visit(&Settings::at(store)).await.unwrap();
    let articles = store.latest(&id.parse().unwrap(), 100).await.unwrap();
    store.close().await;
    articles.iter().filter(|article| article.text.contains(&format!("bà con xã {ward} đã đến dự rất đông"))).count()
}

fn expect_politeness(site: &Pages) {
    let times: Vec<Instant> = site.request_times();
    assert!(times.len() > 2 * ROUNDS * ARTICLES);
    for pair in times.windows(2) {
        assert!(pair[1] - pair[0] >= PAUSE, "asked again after {:?}", pair[1] - pair[0]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hosts_that_want_pages_of_each_other_are_read_in_turns() {
    let store = Postgres::shared().database();
    let sites = [Pages::start().await.unwrap(), Pages::start().await.unwrap()];
    let feeds = ["hoa-tan", "binh-an"];
    for (at, ward) in WARDS.into_iter().enumerate() {
        let (own, other) = (&sites[at], &sites[1 - at]);
        for number in 0..ROUNDS * ARTICLES {
            own.lead(&format!("/di/{number}.html"), &format!("{}bai/{number}.html", other.url()));
            other.put(&format!("/bai/{number}.html"), article(ward, number));
        }
    }
    let folders = [(); 2].map(|()| Folder::new(""));
    for folder in &folders {
        let settings = format!(
            "[store]\nurl = \"{store}\"\n[web]\npublic-url = \"https://news.example/\"\n[poll]\nhost-delay = \"{}ms\"\n\
             [fetch]\nallow-private = true\n",
            PAUSE.as_millis()
        );
        std::fs::write(folder.path().join("bot.toml"), settings).unwrap();
        for (id, site) in feeds.iter().zip(&sites) {
            folder.write_feed(id, &format!("url = \"{}tin\"\nlanguage = \"vi\"\n", site.url()));
        }
    }
    for round in 1..=ROUNDS {
        let articles = round * ARTICLES;
        sites.iter().zip(WARDS).for_each(|(site, ward)| site.put("/tin", list(ward, articles)));
        let began = Instant::now();
        let poll = async |at: usize| folders[at].loa(&["poll", feeds[at]]).await.well();
        tokio::join!(poll(0), poll(1));
        assert!(began.elapsed() < MINUTE, "they waited for each other");
        for (id, ward) in feeds.iter().zip(WARDS) {
            assert_eq!(read(&store, id, ward).await, articles);
        }
    }
    sites.iter().for_each(expect_politeness);
}

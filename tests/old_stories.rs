//! A story that was published before the feed began is not told where it comes up, with the articles' texts and
//! without.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use loa_stand_ins::pages::Pages;

use crate::running::TITLES;

/// Came up from the archive, and came after the first poll.
const OLD: usize = 6;
const NEW: usize = 7;

/// A list without any day.
fn list(stories: &[usize]) -> String {
    let item = |at: &usize| {
        format!(
            "<li><h3><a href=/tin/bai-so-{at}.html>{}</a></h3><p>Tóm tắt của bài viết thứ {at}, với nhiều chi tiết về buổi làm việc của bà con trong xã tại nhà văn hóa thôn.</p></li>",
            TITLES[*at]
        )
    };
    let items: String = stories.iter().map(item).collect();
    format!("<html lang=vi><head><title>Tin xã Hòa Tân</title></head><body><h1>Tin tức</h1><ul>{items}</ul>")
}

fn article(at: usize, published: Timestamp) -> String {
    let day = published.to_zoned_datetime(TimeZone::get("Asia/Ho_Chi_Minh").unwrap()).strftime("%d/%m/%Y %H:%M").to_string();
    let paragraph =
        format!("<p>Sáng nay tại nhà văn hóa xã, đông đảo bà con đã đến dự và cùng nhau ký cam kết số {at}, theo kế hoạch từ đầu năm.</p>");
    format!("<html lang=vi><head><title>{0}</title></head><body><h1>{0}</h1><i>{day}</i>{1}", TITLES[at], paragraph.repeat(6))
}

/// What a round of everything tells.
async fn round(folder: &Path) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    command.args(["run", "--once", "--now", "--config"]).arg(folder.join("bot.toml")).stdin(Stdio::null()).env_remove("TELOXIDE_TOKEN");
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_without_days_is_asked_for_them_on_the_pages_of_its_articles() {
    for lines in ["", "full-text = false"] {
        let site = Pages::start().await.unwrap();
        let now = Timestamp::now();
        (0..6).for_each(|at| site.put(&format!("/tin/bai-so-{at}.html"), article(at, now - (10 + i64::try_from(at).unwrap()).hours())));
        site.put(&format!("/tin/bai-so-{OLD}.html"), article(OLD, now - (24 * 40).hours()));
        site.put(&format!("/tin/bai-so-{NEW}.html"), article(NEW, now + 1.minute()));
        site.put("/tin", list(&[0, 1, 2, 3, 4, 5]));
        let folder = settings(&site, lines);
        round(folder.path()).await;
        site.put("/tin", list(&[OLD, NEW, 0, 1, 2, 3, 4, 5]));
        let told = round(folder.path()).await;
        assert!(told.contains(TITLES[NEW]) && !told.contains(TITLES[OLD]), "{lines}: {told}");
        assert_eq!(published(folder.path()), 8, "it is published all the same");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn older_stories_in_place_of_an_empty_list_are_neither_published_nor_asked_for_again() {
    let site = Pages::start().await.unwrap();
    let now = Timestamp::now();
    (0..5).for_each(|at| site.put(&format!("/tin/bai-so-{at}.html"), article(at, now - (10 + i64::try_from(at).unwrap()).hours())));
    (5..=OLD).for_each(|at| site.put(&format!("/tin/bai-so-{at}.html"), article(at, now - (24 * 40).hours())));
    let popular =
        |stories: &[usize]| list(stories).replace("<h1>Tin tức</h1>", "<h1>Tin tức</h1><p>Đang cập nhật</p><div>Đáng chú ý</div>");
    site.put("/tin", list(&[0, 1, 2, 3, 4]));
    let folder = settings(&site, "");
    round(folder.path()).await;
    for _ in 0..2 {
        site.put("/tin", popular(&[5, 0, OLD]));
        assert_eq!(round(folder.path()).await.matches(TITLES[OLD]).count(), 0);
        assert_eq!(published(folder.path()), 5);
    }
    assert_eq!(site.take_requests().iter().filter(|asked| asked.path.contains("bai-so-6")).count(), 1);
    // The list is back, with news.
    site.put(&format!("/tin/bai-so-{NEW}.html"), article(NEW, now + 1.minute()));
    site.put("/tin", list(&[NEW, 0, 1, 2, 3, 4]));
    round(folder.path()).await;
    assert_eq!(published(folder.path()), 6);
}

/// A folder whose feed is the list of `site`, with these lines besides, and a channel.
fn settings(site: &Pages, lines: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let channel = "[[channel]]\nid = \"main\"\nchat = \"@xa_hoa_tan\"\n";
    fs::write(folder.path().join("bot.toml"), format!("[poll]\nhost-delay = \"0s\"\n[fetch]\nallow-private = true\n{channel}")).unwrap();
    fs::create_dir(folder.path().join("feeds")).unwrap();
    fs::write(folder.path().join("feeds/xa.toml"), format!("url = \"{}tin\"\nlanguage = \"vi\"\n{lines}\n", site.url())).unwrap();
    folder
}

/// Articles in the feed.
fn published(folder: &Path) -> usize {
    let bytes = fs::read(folder.join("public/xa.json")).unwrap();
    let feed: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    feed["items"].as_array().unwrap().len()
}

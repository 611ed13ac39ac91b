//! What `loa add` and `loa try` show is what the first poll publishes, item by item; what is in doubt is asked, and the
//! answer is kept.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Command, Output, Stdio},
};

use jiff::{Timestamp, ToSpan, ZonedDateTime, tz::TimeZone};
use loa_stand_ins::{
    pages::Pages,
    portal,
    portals::{List, Portal, STYLES},
};
use serde_json::Value;

use crate::terminal::Terminal;

/// Styles of portals, among them tables without classes, a frameset, a shell with data, and documents.
const BUILT: [&str; 6] = ["liferay", "wordpress", "old-tables", "frameset", "vnexpress", "nukeviet"];

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bot.toml"), "[poll]\nhost-delay = \"0s\"\n[fetch]\nallow-private = true\n").unwrap();
    folder
}

async fn loa(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    command.args(words).arg("--config").arg(folder.join("bot.toml")).stdin(Stdio::null()).env_remove("TELOXIDE_TOKEN");
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(output)))
}

fn now() -> ZonedDateTime {
    Timestamp::now().to_zoned_datetime(TimeZone::get("Asia/Ho_Chi_Minh").unwrap())
}

/// Title and date of each item, in the order of the list; nothing where a page says no date.
fn items(found: &Value) -> Vec<(String, Option<String>)> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    found["items"].as_array().unwrap().iter().map(|item| (text(&item["title"]).unwrap(), text(&item["published"]))).collect()
}

/// The same of what was published. Of undated articles the feed says when they were seen first, which is now.
fn published(folder: &Path, id: &str) -> Vec<(String, Option<String>)> {
    let Ok(bytes) = fs::read(folder.join(format!("public/{id}.json"))) else { return Vec::new() };
    let feed: Value = serde_json::from_slice(&bytes).unwrap();
    let date = |item: &Value| {
        let date = item["date_published"].as_str()?;
        let is_now = date.parse::<Timestamp>().unwrap() > Timestamp::now().checked_sub(1.minute()).unwrap();
        (!is_now).then(|| date.to_owned())
    };
    let items = feed["items"].as_array().unwrap();
    items.iter().map(|item| (item["title"].as_str().unwrap().to_owned(), date(item))).collect()
}

/// The words of headlines: enough of them for lists of any kind.
const HEADLINES: [&str; 12] = [
    "Ra quân làm sạch đường làng ngõ xóm",
    "Khai giảng lớp học nghề cho thanh niên",
    "Tập huấn phòng cháy cho hộ kinh doanh",
    "Trao nhà tình nghĩa cho gia đình chính sách",
    "Hội thi tiếng hát người cao tuổi năm nay",
    "Khánh thành cầu dân sinh nối hai thôn",
    "Phát động trồng cây ven bờ kênh mới",
    "Tiêm phòng dại cho đàn chó của xã",
    "Kiểm tra vệ sinh thực phẩm chợ phiên",
    "Giải bóng chuyền các thôn vào chung kết",
    "Thu gom rác thải nhựa trên bãi biển",
    "Họp dân lấy ý kiến mở rộng đường liên xã",
];

/// What a page of these tests says of dates.
#[derive(Clone, Copy, PartialEq)]
enum Dates {
    Said,
    /// Neither the list nor the articles.
    Unsaid,
}

/// Puts a list with articles at `/<name>-<number>.html`, each twelve hours older than the one before; gives its markup.
fn list(site: &Pages, name: &str, count: usize, dates: Dates, has_pages: bool) -> String {
    let mut markup = String::new();
    for number in 0..count {
        let title = format!("{} ({name} {number})", HEADLINES[number % HEADLINES.len()]);
        let at = now().checked_sub((12 * i64::try_from(number).unwrap() + 5).hours()).unwrap();
        let date = if dates == Dates::Said { at.strftime("%d/%m/%Y %H:%M").to_string() } else { String::new() };
        markup.push_str(&format!("<li><h3><a href=\"/{name}-{number}.html\">{title}</a></h3><span>{date}</span></li>"));
        if has_pages {
            let paragraph = "<p>Sáng nay tại nhà văn hóa xã, đông đảo bà con đã đến dự và cùng nhau ký cam kết, theo kế hoạch đã được thông qua từ đầu năm.</p>";
            let text: String =
                (1..8).map(|part| paragraph.replacen("Sáng nay", &format!("Sáng nay, phần {part} của tin {name} {number},"), 1)).collect();
            site.put(
                &format!("/{name}-{number}.html"),
                format!(
                    "<html lang=vi><head><title>{title} - Trang tin xã Hòa Tân</title></head><body><div><a href=\"/\">Trang chủ</a> » <a href=\"/{name}\">Mục {name}</a></div>\
                     <article><h1>{title}</h1><i>{date}</i>{text}</article></body></html>"
                ),
            );
        }
    }
    format!("<ul>{markup}</ul>")
}

fn page(body: &str) -> String {
    format!("<html lang=vi><head><title>Trang tin xã Hòa Tân</title></head><body><main>{body}</main></body></html>")
}

/// Shows what is written of every portal, adds it, polls it, and compares.
async fn compare(name: &str, url: &str) -> usize {
    let folder = folder();
    let shown = json(&loa(folder.path(), &["add", url, "--id", "xa", "--yes", "--json"]).await);
    let shown = &shown[0];
    if shown["file"].is_null() {
        // Nothing was promised; and a file by hand publishes nothing.
        fs::create_dir_all(folder.path().join("feeds")).unwrap();
        fs::write(folder.path().join("feeds/xa.toml"), format!("url = \"{url}\"\n")).unwrap();
        let polled = loa(folder.path(), &["run", "--once"]).await;
        assert_eq!(polled.status.code(), Some(1), "{name}: {}", said(&polled));
        assert_eq!(published(folder.path(), "xa"), [], "{name}");
        return 0;
    }
    let polled = loa(folder.path(), &["run", "--once"]).await;
    assert!(polled.status.success(), "{name}: {}", said(&polled));
    let (promised, published) = (items(&shown["preview"]), published(folder.path(), "xa"));
    assert_eq!(promised, published, "{name}");
    let feed: Value = serde_json::from_slice(&fs::read(folder.path().join("public/xa.json")).unwrap()).unwrap();
    assert_eq!(feed["title"], shown["preview"]["title"], "{name}");
    // The same file's preview, and that of the address alone.
    let tried = json(&loa(folder.path(), &["try", "xa", "--json"]).await);
    assert_eq!(items(&tried), promised, "{name}");
    promised.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_shown_is_what_the_first_poll_publishes() {
    let mut counts = Vec::new();
    for name in BUILT {
        let style = STYLES.into_iter().find(|style| style.name == name).unwrap_or_else(|| panic!("no portal is called {name}"));
        let portal = Portal::start(style, 1, now()).unwrap();
        counts.push(compare(name, &portal.url(List::Front)).await);
    }
    let three = Pages::start().await.unwrap();
    let lists = [("tin", "Tin tức", 10), ("phim", "Video", 8), ("vanban", "Văn bản", 5)];
    let lists: String = lists
        .map(|(name, heading, count)| format!("<section><h2>{heading}</h2>{}</section>", list(&three, name, count, Dates::Said, true)))
        .concat();
    three.put("/", page(&lists));
    counts.push(compare("three lists", &three.url()).await);

    let missing = Pages::start().await.unwrap();
    missing.put("/", page(&list(&missing, "tin", 10, Dates::Said, false)));
    counts.push(compare("articles that answer 404", &missing.url()).await);

    let undated = Pages::start().await.unwrap();
    undated.put("/", page(&list(&undated, "tin", 10, Dates::Unsaid, true)));
    counts.push(compare("no dates", &undated.url()).await);

    let outside = Pages::start().await.unwrap();
    outside.put("/", page(&list(&outside, "tin", 9, Dates::Said, true)));
    counts.push(compare("outside .vn", &outside.url()).await);
    println!("headlines that were promised and published: {counts:?}");
    assert!(counts.iter().filter(|count| **count >= 5).count() == 9 && counts[7] == 0, "{counts:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_one_line_learns_the_rest_from_its_pages() {
    let (site, folder) = (Pages::start().await.unwrap(), folder());
    site.put("/", page(&list(&site, "tin", 6, Dates::Said, true)));
    fs::create_dir(folder.path().join("feeds")).unwrap();
    fs::write(folder.path().join("feeds/xa.toml"), format!("url = \"{}\"\n", site.url())).unwrap();
    let tried = json(&loa(folder.path(), &["try", "xa", "--json"]).await);
    assert!(loa(folder.path(), &["run", "--once"]).await.status.success());
    let feed: Value = serde_json::from_slice(&fs::read(folder.path().join("public/xa.json")).unwrap()).unwrap();
    for (key, expected) in [("title", "Trang tin xã Hòa Tân"), ("language", "vi")] {
        assert_eq!((&feed[key], &tried[key]), (&Value::from(expected), &Value::from(expected)));
    }
    assert!(items(&tried).iter().all(|(_, date)| date.as_ref().unwrap().ends_with("+07:00")), "{tried}");
    assert_eq!(items(&tried), published(folder.path(), "xa"));
    let opml = String::from_utf8(loa(folder.path(), &["opml"]).await.stdout).unwrap();
    assert!(opml.contains("Trang tin xã Hòa Tân"), "{opml}");
    assert_eq!(fs::read_to_string(folder.path().join("public/feeds.opml")).unwrap(), opml);
    let status = said(&loa(folder.path(), &["status", "xa"]).await);
    assert!(status.contains("Trang tin xã Hòa Tân"), "{status}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_kept_and_obeyed() {
    let (site, folder) = (Pages::start().await.unwrap(), folder());
    let lists = [("tin", "Tin tức", 10), ("phim", "Video", 8)];
    let lists =
        lists.map(|(name, heading, count)| format!("<section><h2>{heading}</h2>{}</section>", list(&site, name, count, Dates::Said, true)));
    site.put("/", page(&lists.concat()));
    let (path, url) = (folder.path().to_owned(), site.url());
    let screen = tokio::task::spawn_blocking(move || {
        let mut terminal = Terminal::loa(&path, &["add", &url, "--id", "xa"], 80, 60);
        let screen = terminal.wait_for("Which are wanted");
        assert!(screen.contains("✓ 1  Tin tức, 10 headlines") && screen.contains("  2  Video, 8 headlines"), "{screen}");
        terminal.answer("3");
        terminal.wait_for("expected numbers from 1 to 2");
        terminal.answer("2 1");
        let (code, screen) = terminal.end();
        assert_eq!(code, 0, "{screen}");
        screen
    });
    let screen = screen.await.unwrap();
    let file = fs::read_to_string(folder.path().join("feeds/xa.toml")).unwrap();
    assert!(file.contains("boxes-in = [\"Tin tức\", \"Video\"]") && !file.contains("boxes-out"), "{file}");
    // What was taken in by that answer is shown again, and published.
    assert!(screen.contains("18 headlines at"), "{screen}");
    // No page was asked for twice.
    let mut asked: Vec<String> = site.take_requests().into_iter().map(|asked| asked.path).collect();
    assert_eq!(asked.len(), 19, "{asked:?}");
    asked.sort();
    asked.dedup();
    assert_eq!(asked.len(), 19, "{asked:?}");
    assert!(loa(folder.path(), &["run", "--once"]).await.status.success());
    let published = published(folder.path(), "xa");
    assert_eq!(published.len(), 18, "{published:?}");
    for (at, (title, _)) in published.iter().enumerate() {
        assert!(screen.contains(&format!("{:>3}  ", at + 1)) && screen.contains(title.as_str()), "{title}:\n{screen}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nothing_confirms_is_not_written_without_a_question() {
    let (site, folder) = (Pages::start().await.unwrap(), folder());
    site.put("/", page(&list(&site, "tin", 10, Dates::Said, false)));
    let refused = loa(folder.path(), &["add", &site.url(), "--id", "xa", "--yes"]).await;
    assert_eq!(refused.status.code(), Some(1));
    let words = said(&refused);
    assert!(words.contains("10 links look like headlines, and no page of an article confirms one of them"), "{words}");
    assert!(words.contains("hint: ") && !words.contains("--yes"), "{words}");
    assert!(!folder.path().join("feeds").exists());
    for (answer, is_written) in [("n", false), ("y", true)] {
        let (path, url) = (folder.path().to_owned(), site.url());
        let end = tokio::task::spawn_blocking(move || {
            let mut terminal = Terminal::loa(&path, &["add", &url, "--id", "xa", "--yes"], 80, 60);
            terminal.wait_for("Write the feed’s file all the same? [y/N]");
            terminal.answer(answer);
            terminal.end()
        });
        let (code, screen) = end.await.unwrap();
        assert_eq!((code == 0, folder.path().join("feeds/xa.toml").exists()), (is_written, is_written), "{screen}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_of_an_article_leads_to_its_list() {
    let (site, folder) = (Pages::start().await.unwrap(), folder());
    let section = list(&site, "tin", 10, Dates::Said, true);
    site.put("/tin", page(&section));
    site.put("/", page("<p>Chào mừng quý vị đến với trang tin của xã.</p>"));
    let article = format!("{}tin-4.html", site.url());
    let refused = loa(folder.path(), &["add", &article]).await;
    let words = said(&refused);
    assert_eq!(refused.status.code(), Some(1), "{words}");
    assert!(words.contains("this is an article: `Hội thi tiếng hát người cao tuổi năm nay (tin 4)`"), "{words}");
    assert!(words.contains(&format!("hint: `loa add {}tin`", site.url())), "{words}");
    let added = loa(folder.path(), &["add", &article, "--id", "xa", "--yes"]).await;
    assert!(added.status.success(), "{}", said(&added));
    let file = fs::read_to_string(folder.path().join("feeds/xa.toml")).unwrap();
    assert!(file.starts_with(&format!("url = \"{}tin\"", site.url())), "{file}");
    let tried = loa(folder.path(), &["try", &article]).await;
    assert!(said(&tried).contains(&format!("hint: `loa try {}tin`", site.url())), "{}", said(&tried));
}

#[tokio::test(flavor = "multi_thread")]
async fn several_are_added_and_a_bad_one_costs_no_other() {
    let folder = folder();
    let sites = [Pages::start().await.unwrap(), Pages::start().await.unwrap()];
    for site in &sites {
        site.put("/", page(&list(site, "tin", 6, Dates::Said, true)));
        site.put("/tin-xa", page(&list(site, "tin", 6, Dates::Said, true)));
    }
    // Without a scheme; by a closed port; what is no address; one that is there already.
    let bare = sites[0].url().replace("http://", "");
    let closed = format!("http://{}/", TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap());
    let words = ["add", "--yes", &bare, &closed, "tin tức", &sites[0].url()];
    let added = loa(folder.path(), &words).await;
    let shown = said(&added);
    assert_eq!(added.status.code(), Some(1), "{shown}");
    assert!(shown.contains("1 of 4 written"), "{shown}");
    assert!(
        shown.contains("cannot be reached") && shown.contains("is no address") && shown.contains("has this address already"),
        "{shown}"
    );
    let file = fs::read_to_string(folder.path().join("feeds/127-0-0-1.toml")).unwrap();
    assert!(file.starts_with(&format!("url = \"{}\"", sites[0].url())), "{file}");

    // An id that is taken, and a way out.
    let taken = loa(folder.path(), &["add", &sites[1].url(), "--yes", "--id", "127-0-0-1"]).await;
    assert_eq!(taken.status.code(), Some(1));
    assert!(said(&taken).contains("the id `127-0-0-1` is taken") && said(&taken).contains("hint: `--id NAME`"), "{}", said(&taken));

    let opml = format!(
        "<opml version=\"2.0\"><body><outline text=\"Xã Hòa Tân\" xmlUrl=\"{closed}rss\" htmlUrl=\"{}tin-xa\"/><outline text=\"x\" xmlUrl=\"{closed}\"/></body></opml>",
        sites[1].url()
    );
    fs::write(folder.path().join("mine.opml"), opml).unwrap();
    let imported = loa(folder.path(), &["add", "--yes", "--json", "--opml", folder.path().join("mine.opml").to_str().unwrap()]).await;
    let told = json(&imported);
    assert_eq!(
        (told[0]["id"].as_str(), told[0]["preview"]["items"].as_array().map(Vec::len)),
        (Some("127-0-0-1-tin-xa"), Some(6)),
        "{told}"
    );
    assert!(told[1]["file"].is_null() && told[1]["error"].as_str().unwrap().contains("cannot be reached"), "{told}");
    let file = fs::read_to_string(folder.path().join("feeds/127-0-0-1-tin-xa.toml")).unwrap();
    assert!(file.contains("title = \"Xã Hòa Tân\""), "{file}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_example_says_what_is_wanted() {
    let sample = portal::Portal::start(TcpListener::bind("127.0.0.1:0").unwrap()).unwrap();
    for number in 0..12 {
        sample.publish(portal::Story::sample(number, now().checked_sub((50 - i64::from(number)).hours()).unwrap()));
    }
    let (folder, url, newest) = (folder(), sample.url(), sample.stories()[0].title.clone());
    let added = loa(folder.path(), &["add", &url, "--id", "police", "--example", &newest]).await;
    assert!(added.status.success(), "{}", said(&added));
    let shown = String::from_utf8(added.stdout).unwrap();
    assert!(shown.starts_with("10 headlines at "), "{shown}");
    let file = fs::read_to_string(folder.path().join("feeds/police.toml")).unwrap();
    assert!(file.contains("examples = ["), "{file}");
    // An example that is nowhere is in doubt, and nobody can be asked.
    let doubtful = loa(folder.path(), &["add", &format!("{url}?khac"), "--id", "other", "--example", "no such headline"]).await;
    assert_eq!(doubtful.status.code(), Some(1), "{}", said(&doubtful));
    assert!(!folder.path().join("feeds/other.toml").exists());
}

//! Pages that are no list are named for what they are by all commands; the main frame of a frameset is followed.

use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

use loa_stand_ins::pages::{Asked, Pages};

fn write_settings(folder: &Path) {
    fs::write(folder.join("bot.toml"), "[poll]\nhost-delay = \"0s\"\n[fetch]\nallow-private = true\n").unwrap();
    fs::create_dir(folder.join("feeds")).unwrap();
}

async fn loa(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    command.args(words).arg("--config").arg(folder.join("bot.toml")).stdin(Stdio::null()).env_remove("TELOXIDE_TOKEN");
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The titles in the feed, the newest first.
fn titles(folder: &Path) -> Vec<String> {
    let bytes = fs::read(folder.join("public/xa.atom")).unwrap();
    feed_rs::parser::parse(bytes.as_slice()).unwrap().entries.into_iter().map(|entry| entry.title.unwrap().content).collect()
}

/// All that is said of a page: by `add`, by `try`, by a poll in its log, and then by `status`.
async fn all_that_is_said(folder: &Path, url: &str) -> [String; 4] {
    let added = loa(folder, &["add", url, "--yes", "--id", "moi"]).await;
    assert_eq!(added.status.code(), Some(1), "{}", said(&added));
    fs::write(folder.join("feeds/xa.toml"), format!("url = \"{url}\"\nlanguage = \"vi\"\n")).unwrap();
    let tried = loa(folder, &["try", url]).await;
    let polled = loa(folder, &["run", "--once", "--now"]).await;
    let status = loa(folder, &["status", "xa"]).await;
    [added, tried, polled, status].map(|output| said(&output))
}

const TITLES: [&str; 5] = [
    "Ra quân làm sạch đường làng ngõ xóm",
    "Khai giảng lớp học nghề cho thanh niên",
    "Tập huấn phòng cháy cho hộ kinh doanh",
    "Trao nhà tình nghĩa cho gia đình chính sách",
    "Hội thi tiếng hát người cao tuổi năm nay",
];

fn list_page(titles: &[&str]) -> String {
    let item = |(at, title): (usize, &&str)| format!("<li><h3><a href=tin-{at}.asp>{title}</a></h3><i>{:02}/07/2026</i>", 10 + at);
    let items: String = titles.iter().rev().enumerate().map(|(at, title)| (titles.len() - at, title)).map(item).collect();
    format!("<html><head><title>Tin xã Hòa Tân</title></head><body><ul>{items}</ul>")
}

fn article_page(title: &str, day: usize) -> String {
    let paragraph = "<p>Sáng nay tại nhà văn hóa xã, đông đảo bà con đã đến dự và cùng nhau ký cam kết, theo kế hoạch đã được thông qua từ đầu năm.</p>";
    format!("<html><head><title>{title}</title></head><body><h1>{title}</h1><i>{day:02}/07/2026 08:15</i>{}", paragraph.repeat(8))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_no_list_is_named_with_the_next_step() {
    let login = "<title>Đăng nhập</title><form><h1>Đăng nhập</h1><input name=u><input type=password></form>";
    let guides: String = (1..4).map(|n| format!("<li><a href=/huong-dan-{n}>Hướng dẫn lấy lại mật khẩu lần thứ {n}</a>")).collect();
    let cases = [
        (
            "<div id=root></div><script>const api = '/api/tin-tuc'</script><script src=/main.js></script>".to_owned(),
            "scripts draw this page, and its headlines come with them",
            "/api/tin-tuc`: give that address as `url` in `[source.json]`",
        ),
        (format!("{login}<ul>{guides}</ul>"), "the page asks for a login", "with `headers` in the feed's file"),
        (
            "<script>document.cookie='a=b';location.reload()</script>".to_owned(),
            "the page checks for a browser",
            "`headers` in the feed's file",
        ),
        ("<h1>Hệ thống đang bảo trì</h1>".to_owned(), "the site is under maintenance", "try again when the site is back"),
        ("<p>This domain is parked.".to_owned(), "there is no site at this address", "moved to another domain"),
        (article_page(TITLES[0], 3), "this is the page of an article", "the address of the list"),
    ];
    for (html, name, way_out) in cases {
        let site = Pages::start().await.unwrap();
        site.lead("/tin", "/trang?ReturnUrl=%2Ftin");
        site.put("/trang?ReturnUrl=%2Ftin", html);
        let folder = tempfile::tempdir().unwrap();
        write_settings(folder.path());
        for said in all_that_is_said(folder.path(), &format!("{}tin", site.url())).await {
            assert!(said.contains(name) && said.contains(way_out), "{name}: {said}");
            assert!(!said.contains("--example"), "{name}: {said}");
        }
        assert!(!folder.path().join("feeds/moi.toml").exists());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_page_does_not_say_it_its_scripts_say_where_its_headlines_are() {
    let site = Pages::start().await.unwrap();
    site.put("/tin", "<div id=root></div><script src=/js/vendor.1a.js></script><script type=module src=/js/main.9f.js></script>");
    site.put("/js/main.9f.js", r#"const h=axios.create({baseURL:"/api/v1"});h.get("/phien");h.get("/tin-tuc",{params:{trang:1}})"#);
    let folder = tempfile::tempdir().unwrap();
    write_settings(folder.path());
    let added = loa(folder.path(), &["add", &format!("{}tin", site.url()), "--yes", "--id", "moi"]).await;
    let hint = format!("they seem to come from `{}api/v1/tin-tuc`: give that address as `url` in `[source.json]`", site.url());
    assert!(said(&added).contains(&hint), "{}", said(&added));
    let asked: Vec<String> = site.take_requests().into_iter().map(|asked| asked.path).collect();
    assert_eq!(asked, ["/tin", "/js/main.9f.js"], "libraries are not asked for");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_main_frame_of_a_frameset_is_followed() {
    let site = Pages::start().await.unwrap();
    site.put("/", "<frameset rows='80,*'><frame src=dau.asp><frame src=trong/khung.asp></frameset>");
    site.put("/trong/khung.asp", "<frameset cols='*,150'><frame name=main src=tin.asp><frame src=phai.asp></frameset>");
    let publish = |count: usize| {
        site.put("/trong/tin.asp", list_page(&TITLES[..count]));
        TITLES[..count]
            .iter()
            .enumerate()
            .for_each(|(at, title)| site.put(&format!("/trong/tin-{}.asp", at + 1), article_page(title, 11 + at)));
    };
    publish(4);
    let folder = tempfile::tempdir().unwrap();
    write_settings(folder.path());
    let added = loa(folder.path(), &["add", &site.url(), "--yes", "--id", "xa"]).await;
    assert!(said(&added).starts_with(&format!("4 headlines at {}trong/tin.asp", site.url())), "{}", said(&added));
    let tried = said(&loa(folder.path(), &["try", "xa"]).await);
    assert!(tried.starts_with("4 headlines at ") && tried.contains(&format!("{}trong/tin-4.asp", site.url())), "{tried}");

    let round = || loa(folder.path(), &["run", "--once", "--now"]);
    assert!(round().await.status.success());
    assert_eq!(titles(folder.path()).len(), 4);
    // The list is asked for by its validators, and the frameset where it is gone.
    site.take_requests();
    round().await;
    let asked = |path: &str, status| Asked { path: path.to_owned(), status };
    assert_eq!(site.take_requests(), [asked("/trong/tin.asp", 304)]);
    publish(5);
    round().await;
    assert_eq!(titles(folder.path())[0], TITLES[4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pager_by_postback_is_a_remark() {
    let site = Pages::start().await.unwrap();
    site.put("/", list_page(&TITLES) + "</ul><a href=\"javascript:__doPostBack('ctl00$grid','Page$2')\">2</a>");
    TITLES.iter().enumerate().for_each(|(at, title)| site.put(&format!("/tin-{}.asp", at + 1), article_page(title, 11 + at)));
    let folder = tempfile::tempdir().unwrap();
    write_settings(folder.path());
    for words in [vec!["add", "--yes"], vec!["try"]] {
        let said = said(&loa(folder.path(), &[words, vec![&site.url()]].concat()).await);
        assert!(said.starts_with("5 headlines") && said.contains("only its first page is read"), "{said}");
    }
}

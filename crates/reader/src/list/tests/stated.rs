//! What a page and the documents beside it say in data.

use url::Url;

use super::{check, line, page};
use crate::draft::Attachment;
use crate::list::Context;
use crate::list::Discovery;
use crate::list::Memory;
use crate::list::Obstacle;
use crate::list::Origin;
use crate::list::Settings;
use crate::list::Strategy;
use crate::list::discover;
use crate::list::wanted;
use crate::page::Page;

#[test]
fn what_a_page_says_of_itself_is_the_list_where_it_shows_none() {
    let discovery = list!("linked-data-only");
    let first = &discovery.candidates[0];
    assert_eq!(first.sighting.by, [Strategy::LinkedData]);
    assert_eq!((first.author.as_deref(), first.image.as_ref().map(Url::path)), (Some("Thanh Hà"), Some("/anh/0.jpg")));
    let discovery = list!("next-data");
    let first = &discovery.candidates[0];
    assert_eq!((&first.sighting.by, first.sighting.dated), (&vec![Strategy::State], Some(Origin::Stated(Strategy::State))));
    assert_eq!(first.image.as_ref().unwrap().as_str(), "https://cdn.example.net/0.webp");
    assert!(first.summary.as_ref().unwrap().starts_with("Phần tóm tắt của bài thứ 1"), "{first:?}");
}

#[test]
fn a_list_that_scripts_draw_has_its_recordings() {
    let page_of = |recording: fn(usize) -> String| {
        let titles = ["Bản tin sáng của đài xã", "Chuyện làng bên ấm trà", "Ca khúc tặng người đi xa"];
        let item = |(at, title): (usize, &&str)| {
            format!(r#"{{"title":"{title}","url":"/nghe/so-{at}","publishedAt":"2026-07-0{}T08:00:00+07:00",{}}}"#, 3 - at, recording(at))
        };
        let items: Vec<String> = titles.iter().enumerate().map(item).collect();
        let data = format!(r#"{{"props":{{"episodes":[{}]}}}}"#, items.join(","));
        page("https://xa.example.vn/nghe", &format!("<div id=app></div><script id=__NEXT_DATA__ type=application/json>{data}</script>"))
    };
    let found = |recording| -> Vec<(String, Option<i64>)> {
        let candidates = discover(&Settings::default(), &page_of(recording), &Context::default()).candidates;
        assert_eq!(candidates.len(), 3);
        let file = |file: &Attachment| (file.url.to_string(), file.duration.map(|long| long.as_secs()));
        candidates.iter().flat_map(|candidate| candidate.attachments.iter().map(file)).collect()
    };
    let expected: Vec<(String, Option<i64>)> =
        (0..3).map(|at| (format!("https://cdn.example.net/{at}.mp3"), Some(34 + 600 * at as i64))).collect();
    assert_eq!(found(|at| format!(r#""audio":{{"url":"https://cdn.example.net/{at}.mp3","duration":{}}}"#, 34 + 600 * at)), expected);
    // Milliseconds, as the longest one shows.
    assert_eq!(found(|at| format!(r#""file":"https://cdn.example.net/{at}.mp3","duration":{}"#, 34_000 + 600_000 * at)), expected);
    assert_eq!(found(|at| format!(r#""preview":"https://cdn.example.net/{at}.mp4""#)), []);
}

#[test]
fn data_may_come_in_pieces() {
    let page = include_str!("../../../tests/pages/lists/next-data.html");
    let (before, rest) = page.split_once("<script id=").unwrap();
    let (data, after) = rest.split_once('>').unwrap().1.split_once("</script>").unwrap();
    let row = format!("7:T4,a\nb:8:[\"$\",\"$L2\",null,{data}]\n");
    let row: Vec<char> = row.chars().collect();
    let pieces = row.chunks(97).map(|piece| serde_json::to_string(&piece.iter().collect::<String>()).unwrap());
    let scripts: String = pieces.map(|piece| format!("<script>self.__next_f.push([1,{piece}])</script>")).collect();
    check(&format!("{before}{scripts}{after}"), include_str!("../../../tests/pages/lists/next-data.txt"));
}

/// The page of `own-feed` is read with the feed that it names.
fn with_its_feed(html: &str) -> Discovery {
    let page = page("https://bao.example.vn/phuong", html);
    let wanted = wanted(&Settings::default(), &page);
    let addresses: Vec<&str> = wanted.iter().map(|wanted| wanted.url.as_str()).collect();
    assert_eq!(addresses, ["https://bao.example.vn/phuong/rss"]);
    let feed =
        Page { url: wanted[0].url.clone(), html: include_str!("../../../tests/pages/lists/own-feed.rss").to_owned(), ..page.clone() };
    discover(&Settings::default(), &page, &Context { documents: vec![feed], ..Context::default() })
}

#[test]
fn the_sites_feed_tells_more_of_what_the_page_shows_and_adds_nothing() {
    let discovery = with_its_feed(include_str!("../../../tests/pages/lists/own-feed.html"));
    let found: String = discovery.candidates.iter().map(line).collect();
    let (_, expected) = include_str!("../../../tests/pages/lists/own-feed.txt").split_once('\n').unwrap();
    assert_eq!((found.as_str(), discovery.problems), (expected, vec![]));
    let sightings = discovery.candidates.iter().map(|candidate| &candidate.sighting);
    assert!(sightings.clone().all(|sighting| sighting.by == [Strategy::Feed, Strategy::Repetition] && sighting.certainty > 0.8));
}

#[test]
fn a_page_that_shows_nothing_is_known_by_its_feed() {
    let discovery = with_its_feed("<head><link rel='alternate' type='application/rss+xml' href='/phuong/rss'></head><div id=app></div>");
    assert_eq!(discovery.candidates.len(), 6);
    assert_eq!(discovery.candidates[0].sighting.by, [Strategy::Feed]);
}

#[test]
fn a_feed_at_the_address_itself_is_the_list() {
    let feed = page("https://bao.example.vn/phuong/rss", include_str!("../../../tests/pages/lists/own-feed.rss"));
    let as_feed = serde_json::from_str(r#"{"feed": {}}"#).unwrap();
    for settings in [Settings::default(), as_feed] {
        let discovery = discover(&settings, &feed, &Context::default());
        assert_eq!((discovery.candidates.len(), discovery.problems), (6, vec![]));
    }
    let as_sitemap = serde_json::from_str(r#"{"sitemap": {}}"#).unwrap();
    let problems = discover(&as_sitemap, &feed, &Context::default()).problems;
    assert_eq!(problems, ["expected a sitemap at `https://bao.example.vn/phuong/rss`, found a feed"]);
}

#[test]
fn short_titles_that_the_sites_feed_names_are_headlines() {
    let titles = ["Lịch tiếp công dân", "Thông báo", "Tuyển sinh lớp 10", "Lịch cắt điện tuần này"];
    let address = |at: usize| format!("/tin/thong-tin-47{at}");
    let links: String = titles.iter().enumerate().map(|(at, title)| format!("<li><a href={}>{title}</a>", address(at))).collect();
    let items: String =
        titles.iter().enumerate().map(|(at, title)| format!("<item><title>{title}</title><link>{}</link></item>", address(at))).collect();
    let list = page("https://bao.example.vn/phuong", &format!("<h1>Thông tin</h1><ul>{links}</ul>"));
    let feed = Page {
        html: format!("<rss version='2.0'><channel><title>Tin</title>{items}</channel></rss>"),
        ..page("https://bao.example.vn/rss", "")
    };
    let found = |documents| discover(&Settings::default(), &list, &Context { documents, ..Context::default() }).candidates.len();
    assert_eq!((found(vec![]), found(vec![feed])), (0, 4));
}

const API: &str = r#"{"status": 1, "result": {"total": 40, "items": [
    {"_id": "66a1", "tieuDe": "Khai giảng lớp học nghề cho thanh niên", "sapo": "Ba mươi học viên được học miễn phí trong ba tháng.", "duongDan": "khai-giang-lop-hoc-nghe",
     "ngayTao": "2026-07-01T01:00:00Z", "ngayDang": 1783645200000, "tacGia": {"hoTen": "Lê Thị Bình", "anh": "/u/9.jpg"}, "anhDaiDien": {"url": "/media/9"},
     "noiDung": "<p>LONG</p>", "chuyenMuc": {"ten": "Đời sống", "slug": "doi-song"}},
    {"_id": "66a0", "tieuDe": "Tập huấn phòng cháy cho hộ kinh doanh", "sapo": "Hai trăm hộ trong xã đã ký cam kết.", "duongDan": "tap-huan-phong-chay",
     "ngayTao": "2026-07-02T01:00:00Z", "ngayDang": 1783558800000, "tacGia": null, "anhDaiDien": {"url": "/media/8"},
     "noiDung": "<p>LONG</p>", "chuyenMuc": {"ten": "Đời sống", "slug": "doi-song"}}]}}"#;

fn from_api(settings: &str, json: &str) -> Discovery {
    let api = page("https://api.xa.example.vn/v1/tin", json);
    let home = Some(url::Url::parse("https://xa.example.vn/tin").unwrap());
    discover(&serde_json::from_str(settings).unwrap(), &api, &Context { home, ..Context::default() })
}

#[test]
fn data_say_what_an_article_is_in_their_own_words() {
    let json = API.replace("LONG", &"Sáng nay tại nhà văn hóa xã đã diễn ra lễ khai giảng. ".repeat(8));
    let discovery = from_api(r#"{"json": {"link": "https://xa.example.vn/{chuyenMuc.slug}/{duongDan}"}}"#, &json);
    assert_eq!(discovery.problems, [""; 0]);
    let first = &discovery.candidates[0];
    assert_eq!(
        line(first),
        "2026-07-10T01:00:00+00:00 | https://xa.example.vn/doi-song/khai-giang-lop-hoc-nghe | Khai giảng lớp học nghề cho thanh niên\n"
    );
    assert_eq!(first.summary.as_deref(), Some("Ba mươi học viên được học miễn phí trong ba tháng."));
    assert_eq!((first.author.as_deref(), &discovery.candidates[1].author), (Some("Lê Thị Bình"), &None));
    assert_eq!(first.image.as_ref().unwrap().as_str(), "https://api.xa.example.vn/media/9");
    assert!(discovery.bodies["xa.example.vn/doi-song/khai-giang-lop-hoc-nghe"].starts_with("<p>Sáng nay"));
    // What is called the text and is none, or breaks off, is not the article.
    for short in ["Ngắn.", &("Sáng nay tại nhà văn hóa xã. ".repeat(12) + "…")] {
        let discovery = from_api(r#"{"json": {"link": "https://xa.example.vn/{duongDan}"}}"#, &API.replace("<p>LONG</p>", short));
        assert_eq!((discovery.candidates.len(), discovery.bodies.len()), (2, 0));
    }
}

#[test]
fn addresses_in_data_start_from_the_page_that_shows_them() {
    let json = API.replace("\"duongDan\": \"", "\"duongDan\": \"/bai/");
    let discovery = from_api(r#"{"json": {}}"#, &json);
    assert_eq!(discovery.candidates[0].url.as_str(), "https://xa.example.vn/bai/khai-giang-lop-hoc-nghe");
}

/// A page of Next's, which shows `shown` and has articles with slugs and no addresses.
fn next_page(shown: &str) -> String {
    let padding = "x".repeat(300);
    format!(
        r#"<title>Tin xã</title><div id=__next>{shown}</div><script id=__NEXT_DATA__ type=application/json>{{"props": {{"build": "{padding}", "menu": [
        {{"name": "Giới thiệu chung về xã", "slug": "gioi-thieu-chung"}}, {{"name": "Cơ cấu tổ chức của xã", "slug": "co-cau-to-chuc"}}], "posts": [
        {{"id": 9121, "title": "Khai giảng lớp học nghề cho thanh niên", "slug": "khai-giang-lop-hoc-nghe", "publishedAt": "2026-07-09T08:00:00+07:00", "category": {{"slug": "doi-song"}}}},
        {{"id": 9120, "title": "Tập huấn phòng cháy cho hộ kinh doanh", "slug": "tap-huan-phong-chay", "publishedAt": "2026-07-08T08:00:00+07:00", "category": {{"slug": "an-ninh"}}}},
        {{"id": 9117, "title": "Trao nhà tình nghĩa cho gia đình chính sách", "slug": "trao-nha-tinh-nghia", "publishedAt": "2026-07-07T08:00:00+07:00", "category": {{"slug": "doi-song"}}}}]}}}}</script>"#
    )
}

#[track_caller]
fn learned(shown: &str, known: &[&str], expected: &[&str]) {
    let memory = Memory { addresses: known.iter().map(|known| (*known).to_owned()).collect(), ..Memory::default() };
    let discovery =
        discover(&Settings::default(), &page("https://xa.example.vn/tin", &next_page(shown)), &Context { memory, ..Context::default() });
    let found: Vec<&str> = discovery.candidates.iter().map(|candidate| candidate.url.as_str()).collect();
    assert_eq!(found, expected, "{shown}");
}

#[test]
fn how_addresses_are_made_is_learned_from_one_link() {
    let expected = [
        "https://xa.example.vn/doi-song/khai-giang-lop-hoc-nghe-9121.html",
        "https://xa.example.vn/an-ninh/tap-huan-phong-chay-9120.html",
        "https://xa.example.vn/doi-song/trao-nha-tinh-nghia-9117.html",
    ];
    learned("<a href=/an-ninh/tap-huan-phong-chay-9120.html>Nổi bật</a>", &[], &expected);
    let expected = [
        "https://xa.example.vn/bai/khai-giang-lop-hoc-nghe",
        "https://xa.example.vn/bai/tap-huan-phong-chay",
        "https://xa.example.vn/bai/trao-nha-tinh-nghia",
    ];
    learned("", &["xa.example.vn/bai/tap-huan-phong-chay"], &expected);
    // A number may stand in one link by chance, and in two hardly.
    let by_number = |numbers: &[u32]| numbers.iter().map(|n| format!("<a href=/bai?ma={n}>Xem</a>")).collect::<String>();
    learned(&by_number(&[9120]), &[], &[]);
    learned(
        &by_number(&[9120, 9121]),
        &[],
        &["https://xa.example.vn/bai?ma=9121", "https://xa.example.vn/bai?ma=9120", "https://xa.example.vn/bai?ma=9117"],
    );
    // The menu's slugs are no articles'.
    learned("<a href=/gioi-thieu-chung>Giới thiệu</a>", &[], &[]);
}

#[test]
fn how_addresses_are_made_is_asked_for_where_nothing_shows_it() {
    let page = page("https://xa.example.vn/tin", &next_page(""));
    let obstacle = Obstacle::of(&page, &[]).unwrap();
    insta::assert_snapshot!(format!("{obstacle}; {}", obstacle.way_out()), @r#"scripts draw this page, and its headlines come with them; they are in the page's data, without addresses: `link` in `[source.json]` says how an article's address is made, such as `link = "https://xa.example.vn/tin/{slug}"`, of `category.slug`, `id`, `publishedAt`, `slug`"#);
    let settings: Settings = serde_json::from_str(r#"{"json": {"link": "https://xa.example.vn/tin/{slug}"}}"#).unwrap();
    let discovery = discover(&settings, &page, &Context::default());
    let found: String = discovery.candidates.iter().map(line).collect();
    insta::assert_snapshot!(found, @r"
    2026-07-09T08:00:00+07:00 | https://xa.example.vn/tin/khai-giang-lop-hoc-nghe | Khai giảng lớp học nghề cho thanh niên
    2026-07-08T08:00:00+07:00 | https://xa.example.vn/tin/tap-huan-phong-chay | Tập huấn phòng cháy cho hộ kinh doanh
    2026-07-07T08:00:00+07:00 | https://xa.example.vn/tin/trao-nha-tinh-nghia | Trao nhà tình nghĩa cho gia đình chính sách
    ");
    assert_eq!(discovery.candidates[0].sighting.by, [Strategy::Data]);
}

#[test]
fn the_dates_of_a_list_in_data_are_read_alike() {
    let written = |first: &str, second: &str| {
        API.replace("1783645200000", &format!("\"{first}\"")).replace("1783558800000", &format!("\"{second}\"")).replace("2026-07-0", "x")
    };
    let settings = serde_json::from_str(r#"{"json": {"link": "https://town.example.com/{duongDan}"}}"#).unwrap();
    let days = |json: &str| -> Vec<String> {
        let candidates = discover(&settings, &page("https://town.example.com/api", json), &Context::default()).candidates;
        candidates.iter().map(|candidate| candidate.published.as_ref().map_or("-".to_owned(), |stamp| stamp.to_rfc3339())).collect()
    };
    for (first, second) in [
        ("09/07/2026 08:00", "08/06/2026 07:00"),
        ("\\/Date(1783584000000)\\/", "\\/Date(1780902000000+0700)\\/"),
        ("1783584000", "1780902000"),
    ] {
        assert!(days(&written(first, second)).iter().all(|day| day.starts_with("2026-0")), "{first}: {:?}", days(&written(first, second)));
    }
    assert_eq!(days(&written("24/06/2026 08:04", "05/06/2026 07:00")), ["2026-06-24T08:04:00+00:00", "2026-06-05T07:00:00+00:00"]);
}

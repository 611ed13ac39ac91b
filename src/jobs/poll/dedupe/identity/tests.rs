//! What is one article and what is not, as tables: a list and what was known, or two entries of one list.

use super::super::{
    Compared, compare,
    tests::{candidate, known},
};
use super::*;

const TITLE: &str = "Công an thành phố bắt nhóm trộm xe liên quận";
const CORRECTED: &str = "Bắt nhóm trộm xe liên quận, thu hồi 9 xe máy";
const DAY: &str = "2024-01-02T08:00:00+07:00";

/// Other news of the same list, so that it shows where the site has its numbers.
fn others(before: &str, after: &str) -> Vec<Candidate> {
    let titles =
        ["Khai mạc hội thao toàn lực lượng", "Tặng quà cho hộ nghèo vùng lũ", "Tập huấn chữa cháy ở khu dân cư", "Ra mắt mô hình mới"];
    let other = |(at, title): (usize, &&str)| candidate(&format!("{before}{}{after}", 4101 + at), title, DAY);
    titles.iter().enumerate().map(other).collect()
}

/// The only one of the list at `path`, among others whose addresses are built like it, against one known at `was`,
/// which was recorded with its marks. `is_rebuilt`: the others are not known either.
fn moved((was, had): (&str, &str), (path, title): (&str, &str), published: &str, build: (&str, &str), is_rebuilt: bool) -> Compared {
    let old = candidate(was, had, DAY);
    // In a folder the others have slugs of their own; as parameters, other values.
    let folder = was.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (before, after) = match was.split_once("4711") {
        Some((before, after)) if was.contains('?') => (before.to_owned(), after),
        Some((_, after)) => (format!("{folder}/x-"), after),
        None => (format!("{folder}/x"), ""),
    };
    let first = entries(&[others(&before, after), vec![old.clone()]].concat());
    let first = first.last().unwrap();
    let mut article = known(7, "", had, "2024-01-02T01:00:00Z");
    article.addresses = [vec![first.address.clone()], first.marks.clone()].concat();
    let list = [others(build.0, build.1), vec![candidate(path, title, published)]].concat();
    let mut known = vec![article];
    if !is_rebuilt {
        known.extend(list.iter().take(4).zip(10..).map(|(other, id)| {
            let mut known = super::super::tests::known(id, "", &other.title, "2024-01-02T01:00:00Z");
            known.addresses = vec![link::identity(&other.url)];
            known
        }));
    }
    compare(&list, &known, &Url::parse("https://a.vn/").unwrap())
}

#[track_caller]
fn is_known(was: (&str, &str), is: (&str, &str), published: &str, build: (&str, &str), is_rebuilt: bool) -> bool {
    let compared = moved(was, is, published, build, is_rebuilt);
    compared.new.iter().all(|new| new.candidate.title != is.1)
}

#[test]
fn an_article_is_known_wherever_it_stands() {
    for (was, is, build, is_rebuilt) in [
        // Another section, another slug, the number stays.
        (("tin/bat-nhom-trom-4711.html", TITLE), ("an-ninh/nhom-trom-sa-luoi-4711.html", TITLE), ("an-ninh/x-", ".html"), false),
        // And another headline.
        (("tin/bat-nhom-trom-4711.html", TITLE), ("an-ninh/nhom-trom-sa-luoi-4711.html", CORRECTED), ("an-ninh/x-", ".html"), false),
        (
            ("tin/bat-nhom-trom-4711.html", TITLE),
            ("an-ninh/nhom-trom-sa-luoi-4711.html", "Đã tìm ra chín chiếc xe máy"),
            ("an-ninh/x-", ".html"),
            false,
        ),
        // From a slug to a parameter, and with more of them.
        (("tin/bat-nhom-trom-4711.html", TITLE), ("chitiet.aspx?id=4711", CORRECTED), ("chitiet.aspx?id=", ""), true),
        (("chitiet.aspx?id=4711", TITLE), ("chitiet.aspx?cat=3&lang=vi&id=4711", CORRECTED), ("chitiet.aspx?cat=3&lang=vi&id=", ""), true),
        (("chitiet.aspx?id=4711", TITLE), ("news/4711/bat-nhom-trom-xe", CORRECTED), ("news/", "/x"), true),
        // The slug stays, the number does not, or there is none.
        (("tin/bat-nhom-trom-xe-lien-quan.html", TITLE), ("an-ninh/bat-nhom-trom-xe-lien-quan.html", CORRECTED), ("tin/x", ""), false),
        (("tin/bat-nhom-trom-xe-lien-quan-4711.html", TITLE), ("bai/bat-nhom-trom-xe-lien-quan", CORRECTED), ("bai/", "-x"), true),
        (("tin/bat-nhom-trom-xe-lien-quan-4711.html", TITLE), ("bai/bat-nhom-trom-xe-lien-quan-90210", CORRECTED), ("bai/x-9", ""), true),
        // Nothing stays but the headline.
        (("tin/abc", TITLE), ("bai/xyz", TITLE), ("bai/x", ""), true),
        (("tin/abc-4711.html", TITLE), ("bai/xyz-98765", TITLE), ("bai/x-9", ""), true),
    ] {
        assert!(is_known(was, is, DAY, build, is_rebuilt), "{is:?} is no more {was:?}");
    }
    // Lists without dates.
    for (was, is, build, is_rebuilt) in [
        (("tin/bat-nhom-trom-4711.html", TITLE), ("an-ninh/nhom-trom-4711.html", CORRECTED), ("an-ninh/x-", ".html"), false),
        (("tin/abc", TITLE), ("bai/xyz", TITLE), ("bai/x", ""), true),
        (("tin/abc-4711.html", TITLE), ("bai/xyz-98765", TITLE), ("bai/x-9", ""), true),
        (("tin/abc-4711.html", TITLE), ("an-ninh/abc-4711.html", TITLE), ("an-ninh/x-", ".html"), false),
    ] {
        assert!(is_known(was, is, "", build, is_rebuilt), "{is:?} is no more {was:?}");
    }
}

#[test]
fn another_article_stays_another() {
    let later = "2024-02-02T08:00:00+07:00";
    let notice = "Lịch tiếp công dân định kỳ của Giám đốc Công an";
    for (was, is, published, build, is_rebuilt) in [
        // A number used again after a rebuild.
        (
            ("tin/bat-nhom-trom-4711.html", TITLE),
            ("chitiet.aspx?id=4711", "Khánh thành trụ sở mới của công an phường"),
            later,
            ("chitiet.aspx?id=", ""),
            true,
        ),
        (
            ("tin/bat-nhom-trom-4711.html", TITLE),
            ("tin/khanh-thanh-4711.html", "Khánh thành trụ sở mới"),
            later,
            ("tin/x-", ".html"),
            false,
        ),
        // Notices that come again.
        (
            ("tin/lich-tiep-cong-dan-dinh-ky-4711.html", notice),
            ("tin/lich-tiep-cong-dan-dinh-ky-5822.html", notice),
            later,
            ("tin/x-", ".html"),
            false,
        ),
        (
            ("tin/lich-tiep-cong-dan-dinh-ky-4711.html", notice),
            ("tin/lich-tiep-cong-dan-dinh-ky-5822.html", notice),
            "",
            ("tin/x-", ".html"),
            false,
        ),
        (("tin/lich-thang-1", notice), ("tin/lich-thang-2", notice), "", ("tin/x", ""), false),
        (("lich-tuan-3", "Lịch tiếp công dân tuần 3"), ("lich-tuan-4", "Lịch tiếp công dân tuần 4"), DAY, ("x", ""), false),
        (
            ("lich-tiep-cong-dan-tuan-3", "Lịch tiếp công dân tuần 3"),
            ("lich-tiep-cong-dan-tuan-4", "Lịch tiếp công dân tuần 4"),
            "",
            ("x", ""),
            true,
        ),
        (("chitiet.aspx?id=3", notice), ("tin/lich-tuan-3.html", notice), later, ("tin/x-", ".html"), true),
        (("thong-bao-4711.html", "Thông báo"), ("thong-bao-4712.html", "Thông báo"), DAY, ("x-", ".html"), false),
        (("thong-bao", "Thông báo"), ("thong-bao-moi", "Thông báo"), "", ("x", ""), true),
        // Days and documents are no numbers of articles.
        (("tin/20240102", "Tin trong ngày của lực lượng"), ("ban-tin/20240102", "Điểm báo trong ngày"), DAY, ("ban-tin/x", ""), false),
        (
            ("nghi-dinh-1682", "Nghị định 1682 về giao thông"),
            ("tim-hieu-nghi-dinh-1682", "Nghị định 1682 về xử phạt"),
            DAY,
            ("x", "x"),
            false,
        ),
    ] {
        assert!(!is_known(was, is, published, build, is_rebuilt), "{is:?} is taken for {was:?}");
    }
}

#[test]
fn an_article_in_two_sections_is_one() {
    let twins = |one: (&str, &str, &str), other: (&str, &str, &str), build: (&str, &str)| {
        let two = [candidate(one.0, one.1, one.2), candidate(other.0, other.1, other.2)];
        let list = [others(build.0, build.1), two.to_vec()].concat();
        let compared = compare(&list, &[], &Url::parse("https://a.vn/").unwrap());
        let further = compared.further.values().any(|further| !further.addresses.is_empty());
        assert_eq!(further, compared.new.len() == 5);
        further
    };
    let notice = "Lịch tiếp công dân định kỳ của Giám đốc Công an";
    let (morning, day) = ("2024-01-02T08:00:00+07:00", "2024-01-02T09:30:00+07:00");
    for (one, other, build) in [
        (("tin/abc", TITLE, morning), ("an-ninh/abd", TITLE, morning), ("tin/x", "")),
        (("tin/abc-4711.html", TITLE, ""), ("an-ninh/abc-4711.html", TITLE, ""), ("tin/x-", ".html")),
        (("xem?id=4711&cat=1", "Thông báo", ""), ("xem?id=4711&cat=2", "Thông báo", ""), ("xem?cat=1&id=", "")),
        (("tin/bat-nhom-trom-xe", TITLE, ""), ("an-ninh/bat-nhom-trom-xe", TITLE, ""), ("tin/x", "")),
    ] {
        assert!(twins(one, other, build), "{other:?} is not {one:?}");
    }
    for (one, other, build) in [
        (("tin/abc", TITLE, morning), ("an-ninh/abd", TITLE, day), ("tin/x", "")),
        (("tin/lich-a", notice, morning), ("tin/lich-b", notice, morning), ("tin/x", "")),
        (("tin/lich-tiep-cong-dan-4711", notice, ""), ("tin/lich-tiep-cong-dan-4811", notice, ""), ("tin/x-", "")),
        (("tin/a", "Thông báo", morning), ("an-ninh/b", "Thông báo", morning), ("tin/x", "")),
        (("xem?id=4711&cat=1", "Thông báo", ""), ("xem?id=4712&cat=1", "Thông báo", ""), ("xem?cat=1&id=", "")),
    ] {
        assert!(!twins(one, other, build), "{other:?} is taken for {one:?}");
    }
}

#[test]
fn a_second_section_is_a_further_address() {
    let list = [candidate("an-ninh/abd", TITLE, DAY), candidate("tin/abc", TITLE, DAY)];
    let compared = compare(&list, &[known(7, "tin/abc", TITLE, "2024-01-02T01:00:00Z")], &Url::parse("https://a.vn/").unwrap());
    assert_eq!((compared.new.len(), compared.known, compared.addresses), (0, 2, vec![(7, "a.vn/an-ninh/abd".to_owned())]));
}

#[test]
fn a_short_notice_of_the_same_day_is_known_after_a_rebuild_only() {
    let was = ("tin/thong-bao", "Thông báo");
    let is =
        |published: &str, is_rebuilt| is_known(was, ("chitiet.aspx?id=3012", "Thông báo"), published, ("chitiet.aspx?id=", ""), is_rebuilt);
    assert!(is("2024-01-02T00:00:00+07:00", true));
    assert!(!is("2024-01-05T00:00:00+07:00", true));
    assert!(!is("2024-01-02T00:00:00+07:00", false));
}

const TITLES: [&str; 6] = [
    TITLE,
    "Khai mạc hội thao toàn lực lượng năm nay",
    "Tặng quà cho hộ nghèo vùng lũ lụt",
    "Tập huấn chữa cháy ở khu dân cư",
    "Ra mắt mô hình camera an ninh mới",
    "Trao giải cuộc thi viết về người tốt",
];
const REWRITTEN: &str = "Chín xe máy đã tìm ra chủ";
/// Beside the articles a page links as much again that is none.
const LINKS: [&str; 4] = ["gioi-thieu/co-cau", "van-ban?loai=3", "thu-vien/anh/2024/le-hoi", "tra-cuu/ho-so/nop/truc-tuyen"];

const SECTION: &str = "Chuyên mục";

/// A page whose articles have addresses of this `form`, and these `ids`, the newest first; the first is under this
/// headline.
fn page(form: &str, ids: &[&str], title: &str, published: Option<Stamp>) -> Vec<Candidate> {
    let titles = std::iter::once(title).chain(TITLES.into_iter().skip(1));
    let article = |(title, id): (&str, &&str)| {
        let slug = loa_reader::text::fold(title).replace(' ', "-");
        Candidate { published: published.clone(), ..candidate(&form.replace("ID", id).replace("SLUG", &slug), title, "") }
    };
    let links = LINKS.iter().map(|link| candidate(link, &format!("{SECTION} {link}"), ""));
    titles.zip(ids).map(article).chain(links).collect()
}

/// As the store knows the `list`; each article is a day older than the one before it.
fn recorded(list: &[Candidate]) -> Vec<Known> {
    let newest: jiff::Timestamp = "2024-01-02T01:00:00Z".parse().unwrap();
    let as_known = |(at, (entry, candidate)): (i64, (Entry, &Candidate))| Known {
        article: at,
        addresses: std::iter::once(entry.address).chain(entry.marks).collect(),
        listed_title: candidate.title.clone(),
        folded_title: entry.folded,
        shown_at: newest - SignedDuration::from_hours(24 * at),
    };
    let entries = entries(list).into_iter().zip(list).filter(|(_, candidate)| !candidate.title.starts_with(SECTION));
    (0..).zip(entries).map(as_known).collect()
}

/// The new articles.
fn news(compared: &Compared) -> Vec<&str> {
    let titles = compared.new.iter().map(|new| new.candidate.title.as_str());
    titles.filter(|title| !title.starts_with(SECTION)).collect()
}

fn day(text: &str) -> Option<Stamp> {
    Stamp::parse_rfc3339(&format!("{text}T00:00:00+07:00"), Precision::Day)
}

fn compared(list: &[Candidate], known: &[Known]) -> Compared {
    compare(list, known, &Url::parse("https://a.vn/").unwrap())
}

const NUMBERS: [&str; 6] = ["81075", "81071", "81064", "81060", "81057", "81051"];
const HEX: [&str; 6] = ["3fa9c21e", "07bb41d2", "91234567", "fa912345", "c0ffee42", "5d1a09b7"];
const SHORT: [&str; 6] = ["a9bx3", "k2m4q", "zw71t", "abcde", "p0o9i", "7yh2w"];
const UUIDS: [&str; 3] =
    ["550e8400-e29b-41d4-a716-446655440000", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "6ba7b811-9dad-11d1-80b4-00c04fd430c8"];
const BUILDS: [(&str, &[&str]); 19] = [
    ("SLUG-ID.html", &NUMBERS),
    ("SLUG-ID-402.html", &NUMBERS),
    ("tin/SLUG-cIDa402.html", &NUMBERS),
    ("web/guest/-/chi-tiet/ID/SLUG", &NUMBERS),
    ("ID/SLUG", &NUMBERS),
    ("SLUG/ID.html", &NUMBERS),
    ("tin/ID-SLUG", &NUMBERS),
    ("Default.aspx?tabid=123&ndid=ID&key=SLUG", &NUMBERS),
    ("index.php?option=com_content&view=article&id=ID:SLUG&catid=12:tin&Itemid=3", &NUMBERS),
    ("an-ninh/SLUG-postID.vnp", &NUMBERS),
    ("SLUG-iID/", &NUMBERS),
    ("SLUG-dID", &NUMBERS),
    ("SLUG~ID", &NUMBERS),
    ("tin/SLUG,ID.html", &NUMBERS),
    ("SLUG-ID.html", &HEX),
    ("ID/SLUG", &HEX),
    ("SLUG-ID", &SHORT),
    ("tin/SLUG-ID", &UUIDS),
    ("tin?id={ID}&key=SLUG", &UUIDS),
];

#[test]
fn an_article_keeps_its_id_when_its_slug_is_made_anew() {
    for (form, ids) in BUILDS {
        for published in [None, day("2024-01-02")] {
            let known = recorded(&page(form, ids, TITLE, published.clone()));
            let corrected = compared(&page(form, ids, CORRECTED, published.clone()), &known);
            assert_eq!((news(&corrected).len(), corrected.corrected.len()), (0, 1), "{form}");
            // With no word in common the page will have to say it.
            let list = page(form, ids, REWRITTEN, published);
            let rewritten = compared(&list, &known);
            assert_eq!(news(&rewritten), [REWRITTEN], "{form}");
            let same_id = rewritten.further[&link::identity(&list[0].url)].same_id.as_ref().unwrap();
            assert_eq!((same_id.known.article, same_id.is_likely), (0, true), "{form}");
        }
    }
}

#[test]
fn the_list_alone_says_little_of_an_id_under_another_headline() {
    let numbers = "SLUG-ID.html";
    let same_id = |was: &str, ids: &[&str], form: &str, now: &[&str], published: Option<Stamp>| {
        let known = recorded(&page(was, ids, TITLE, None));
        let list = page(form, now, REWRITTEN, published);
        let compared = compared(&list, &known);
        assert!(news(&compared).contains(&REWRITTEN), "{form}");
        compared.further[&link::identity(&list[0].url)].same_id.as_ref().map(|same_id| same_id.is_likely)
    };
    assert_eq!(same_id(numbers, &NUMBERS, numbers, &NUMBERS, None), Some(true));
    // Another day; another folder; numbers that grow with age, as places on a page do; numbers that are soon used
    // again.
    assert_eq!(same_id(numbers, &NUMBERS, numbers, &NUMBERS, day("2024-01-05")), Some(false));
    assert_eq!(same_id("tin/SLUG-ID.html", &NUMBERS, "bai/SLUG-ID.html", &NUMBERS, None), Some(false));
    let places = ["4711", "4712", "4713", "4714", "4715", "4716"];
    assert_eq!(same_id(numbers, &places, numbers, &places, None), Some(false));
    let few = ["76", "75", "73", "72", "71", "70"];
    assert_eq!(same_id("xem?id=ID&ten=SLUG", &few, "xem?id=ID&ten=SLUG", &few, None), Some(false));
    // The site was rebuilt.
    let moved = ["81075", "91071", "91064", "91060", "91057", "91051"];
    assert_eq!(same_id(numbers, &NUMBERS, numbers, &moved, None), Some(false));
    // What is no id.
    for (form, ids) in [
        ("ban-tin/ID/SLUG", ["20240106", "20240105", "20240104", "20240103", "20240102", "20240101"]),
        ("SLUG-ID.html", ["180124", "170124", "160124", "150124", "140124", "130124"]),
        ("chuyen-muc-4711/SLUG-pID", ["6", "5", "4", "3", "2", "1"]),
        ("thang-ID/SLUG", ["6", "5", "4", "3", "2", "1"]),
        ("4711/SLUG-x", ["", "", "", "", "", ""]),
        ("SLUG-ID.html", ["4711", "4711", "4711", "4711", "4711", "4711"]),
    ] {
        assert_eq!(same_id(form, &ids, form, &ids, None), None, "{form}");
    }
    // The known article is still on the list, under its own address.
    let known = recorded(&page(numbers, &NUMBERS, TITLE, None));
    let list = [page(numbers, &NUMBERS, TITLE, None), vec![candidate("chin-xe-81075.html", REWRITTEN, "")]].concat();
    assert_eq!(compared(&list, &known).further["a.vn/chin-xe-81075"].same_id, None);
}

#[test]
fn two_articles_of_a_section_have_its_number_and_are_two() {
    // A front page shows one article of each section.
    let front = |numbers: &[&str], title| -> Vec<Candidate> {
        let sections = page("SLUG-ID", &["1401", "1402", "1403", "1404", "1405", "1406"], title, None);
        let with_number = |(candidate, number): (Candidate, &&str)| {
            let path = candidate.url.path().replacen("-14", &format!("-{number}-14"), 1);
            Candidate { url: candidate.url.join(&path).unwrap(), ..candidate }
        };
        sections.into_iter().zip(numbers).map(with_number).collect()
    };
    let known = recorded(&front(&NUMBERS, "Giá vàng trong nước sáng ngày mùng hai"));
    let list = front(&["81099", "81071", "81064", "81060", "81057", "81051"], "Giá vàng trong nước sáng ngày mùng ba");
    let compared = compared(&list, &known);
    assert_eq!(news(&compared), ["Giá vàng trong nước sáng ngày mùng ba"]);
    assert!(compared.further.values().all(|further| further.same_id.as_ref().is_none_or(|same_id| !same_id.is_likely)));
}

#[test]
fn a_link_that_stays_is_no_site_that_stays() {
    let form = "SLUG-ID.html";
    let opinion = candidate("goc-nhin/mot-y-kien", "Một ý kiến về giao thông công cộng", "");
    let known = recorded(&[page(form, &NUMBERS, TITLE, None), vec![opinion.clone()]].concat());
    // Every article has another number, and what stood beside them is still there.
    let moved = page("tin/SLUG-ID.html", &["912", "911", "910", "909", "908", "907"], TITLE, None);
    let one_stays = compared(&[moved, vec![opinion]].concat(), &known);
    assert_eq!((news(&one_stays).len(), one_stays.known), (0, 7));
    // A list of which nothing is left: a slug that was cut before the words that tell two stories apart.
    let cut = "canh-bao-thu-doan-gia-danh-nhan-vien-dien-luc";
    let warning = |place| format!("Cảnh báo thủ đoạn giả danh nhân viên điện lực tại phường {place}");
    let before = recorded(&page(&format!("{cut}-ID"), &NUMBERS[..1], &warning("Bình Sa"), None));
    let later = [vec![candidate(&format!("{cut}-81099"), &warning("Xuân Đài"), "")], others("x-", "")].concat();
    assert_eq!(news(&compared(&later, &before)).len(), 5);
    // Two notices come again under other numbers, and the others stand where they stood.
    let again = ["81091", "81090", "81064", "81060", "81057", "81051"];
    assert_eq!(news(&compared(&page(form, &again, TITLE, None), &known)).len(), 2);
}

#[test]
fn a_headline_in_another_spelling_is_the_same() {
    let (form, day) = ("tin/SLUG-ID", day("2024-01-02"));
    let known = recorded(&page(form, &NUMBERS, "Bắt nhóm “cò đất” ở Hà Nội – Huế", day.clone()));
    for title in [
        "BẮT NHÓM \"CÒ ĐẤT\" Ở HÀ NỘI - HUẾ",
        "Bắt nhóm 'cò đất' ở Hà Nội – Huế (Ảnh)",
        "[Video] Bắt nhóm “cò đất” ở Hà Nội – Huế",
        "Bắt nhóm “cò đất” ở Hà Nội – Huế (Clip)",
        "Bắt nhóm “cò đất” ở Hà Nội – Huế - Báo Quảng Nam",
    ] {
        let again = Candidate { published: day.clone(), ..candidate("an-ninh/90210", title, "") };
        let list = [vec![again], page(form, &NUMBERS, "", day.clone()).split_off(1)].concat();
        assert_eq!(news(&compared(&list, &known)), [""; 0], "{title}");
    }
}

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

/// The only one of the list at `path`, among others whose addresses are built like it, against one known at `was`, which was
/// recorded with its marks. `is_rebuilt`: the others are not known either.
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

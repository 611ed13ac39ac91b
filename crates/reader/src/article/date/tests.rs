//! Which of a page's dates is the article's, on pages in the layouts of portals.

use url::Url;

use crate::{
    article::{self, Context},
    discovery::Candidate,
    page::Page,
    time::{Precision, Stamp},
};

const TEXT: &str = "<p>Sáng nay, lực lượng chức năng phường An Khê đã ra quân kiểm tra việc chấp hành quy định về phòng cháy \
tại các khu dân cư.</p>\
<p>Hội nghị sơ kết của phường diễn ra ngày 05/06/2023 đã giao công an phường chủ trì, phối hợp với các tổ dân phố thực hiện.</p>\
<p>Đợt ra quân kéo dài đến hết tháng, người dân khi phát hiện vi phạm thì báo ngay cho công an phường theo số điện thoại trực ban.</p>";

const ENGLISH: &str = "<p>The council of the town has decided to close the bridge for repairs, \
and it will be open again to all traffic in the summer.</p>\
<p>Drivers are asked to take the road along the river, which is longer but has been widened for the purpose of the detour this year.</p>\
<p>The works are paid for by the county and by the state, and they are part of the plan that was agreed on by all parties.</p>";

/// A page: what stands above the headline, below it, and below the text.
fn page(above: &str, below: &str, after: &str) -> String {
    format!(
        "<html lang=vi><title>Ra quân kiểm tra phòng cháy</title><body><div>{above}</div>\
         <div><h1>Ra quân kiểm tra phòng cháy</h1>{below}<div>{TEXT}</div></div>{after}"
    )
}

fn english(lang: &str, below: &str) -> String {
    format!("<html {lang}><title>The bridge is closed</title><body><div><h1>The bridge is closed</h1>{below}<div>{ENGLISH}</div></div>")
}

fn dates_of(html: &str, url: &str) -> (String, Vec<String>) {
    dates_listed(html, url, None)
}

/// The same where the list page has said when.
fn dates_listed(html: &str, url: &str, listed: Option<&str>) -> (String, Vec<String>) {
    let fetched_at = "2026-11-24T04:30:00Z".parse().unwrap();
    let page = Page { url: Url::parse(url).unwrap(), html: html.to_owned(), fetched_at, problems: Vec::new() };
    let candidate = Candidate {
        url: page.url.clone(),
        title: String::new(),
        published: listed.map(|day| Stamp::parse_rfc3339(day, Precision::Day).unwrap()),
        summary: None,
        image: None,
        author: None,
        attachments: Vec::new(),
        sighting: crate::list::Sighting::default(),
    };
    let draft = article::read(&page, &Context { listed: Some(&candidate), ..Context::default() });
    (said(draft.published), draft.problems)
}

fn said(stamp: Option<Stamp>) -> String {
    let said = |stamp: Stamp| if stamp.precision == Precision::Day { stamp.at.date().to_string() } else { stamp.to_rfc3339() };
    stamp.map_or("-".to_owned(), said)
}

#[track_caller]
fn check(html: &str, expected: &str) {
    assert_eq!(dates_of(html, "https://tin.example.vn/tin/ra-quan").0, expected);
}

const OTHERS: &str = "<div><h3>Các tin khác</h3><ul><li><a href=/a>Khen thưởng ba chiến sĩ cứu người trong đám cháy</a> (20/01/2024)\
<li><a href=/b>Thông báo lịch tiếp công dân của trưởng công an phường</a> (19/01/2024)</ul></div>";
const FOOT: &str = "<div><p>© 2019 Công an phường An Khê</p><p>Giấy phép số 12/GP-TTĐT cấp ngày 05/03/2019</p></div>";
const CLOCK: &str = "<span>Thứ Ba, 24/11/2026 11:30</span>";

#[test]
fn the_stamp_is_found_among_clocks_other_news_and_rights() {
    for (stamp, expected) in [
        ("<div>Đăng ngày 18-01-2024 07:29, Lượt xem: 27</div>", "2024-01-18T07:29:00+07:00"),
        ("<p>Thứ Năm, 18/01/2024 | 07:29 GMT+7</p>", "2024-01-18T07:29:00+07:00"),
        ("<div>Công an phường • 15:55 GMT+7 | Thứ Sáu, 10/07/2026 • 27</div>", "2026-07-10T15:55:00+07:00"),
        ("<div><i>Ngày 18 tháng 1 năm 2024</i></div>", "2024-01-18"),
        ("<div>2 giờ trước</div>", "2026-11-24T09:30:00+07:00"),
        ("<div>24/11/2026 09:05</div>", "2026-11-24T09:05:00+07:00"),
        ("<div>Cập nhật: 20/01/2024 08:00 | Ngày đăng: 18/01/2024 07:29</div>", "2024-01-18T07:29:00+07:00"),
        ("<div>Ngày cập nhật: 20/01/2024</div><div>Ngày đăng: 18/01/2024</div>", "2024-01-18"),
        ("<div>cập nhật lúc 10 giờ 30 phút ngày 5/11</div>", "2026-11-05T10:30:00+07:00"),
        ("<div>18/01/2024 | 2 bình luận</div>", "2024-01-18"),
        // Its markup is that of the clock.
        ("<span>18/01/2024 07:29</span><p>Cập nhật: 20/01/2024 08:00</p>", "2024-01-18T07:29:00+07:00"),
    ] {
        check(&page(CLOCK, stamp, &format!("{OTHERS}{FOOT}")), expected);
    }
}

#[test]
fn a_change_is_told_beside_the_day_of_publication() {
    let fetched_at = "2026-11-24T04:30:00Z".parse().unwrap();
    let published = "2024-01-18T07:29:00+07:00";
    let changed = "2024-01-20T10:15:00+07:00";
    for (stamps, expected) in [
        ("<p>18/01/2024 07:29</p><p>Cập nhật: 10:15 20/01/2024</p>", [published, changed]),
        ("<div>Ngày đăng: 18/01/2024 07:29 | Cập nhật lúc 10:15 20/01/2024</div>", [published, changed]),
        ("<div>Cập nhật: 20/01/2024 10:15 | Ngày đăng: 18/01/2024 07:29</div>", [published, changed]),
        ("<div>18/01/2024 07:29 (chỉnh sửa lần cuối vào lúc 10 giờ 15 ngày 20/01/2024)</div>", [published, changed]),
        ("<span>18 January 2024, 07:29</span><p>Last updated 20 January 2024 at 10:15</p>", [published, changed]),
        ("<p>Ngày đăng: 18/01/2024 07:29</p><p>Updated 20/01/2024</p>", [published, "2024-01-20"]),
        // It says nothing new.
        ("<p>Ngày đăng: 18/01/2024 07:29</p><p>Cập nhật: 18/01/2024</p>", [published, "-"]),
        ("<p>Ngày đăng: 18/01/2024 07:29</p><p>Cập nhật: 17/01/2024 10:15</p>", [published, "-"]),
        // The only stamp is that of publication.
        ("<p>Cập nhật: 10:15 20/01/2024</p>", [changed, "-"]),
        ("<p>18/01/2024 07:29</p><p>Dự án sửa chữa đường nối hai tổ dân phố xong ngày 20/01/2024.</p>", [published, "-"]),
    ] {
        let url = Url::parse("https://tin.example.vn/tin/ra-quan").unwrap();
        let clock = "<span>Cập nhật: 24/11/2026 11:30</span>";
        let page = Page { url, html: page(clock, stamps, &format!("{OTHERS}{FOOT}")), fetched_at, problems: Vec::new() };
        let draft = article::read(&page, &Context::default());
        assert_eq!([said(draft.published), said(draft.updated)], expected, "{stamps}");
    }
}

#[test]
fn a_change_is_shown_in_the_zone_of_the_publication() {
    let updated = |stated: &str, shown: &str| {
        let stated = format!("<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"datePublished\":\"{stated}\"}}</script>");
        let html = english("lang=en-GB", &format!("{stated}<div>{shown}</div>"));
        let url = Url::parse("https://news.example.com/bridge").unwrap();
        let fetched_at = "2026-11-24T04:30:00Z".parse().unwrap();
        said(article::read(&Page { url, html, fetched_at, problems: Vec::new() }, &Context::default()).updated)
    };
    let both = "17 January 2024, 22:04 | Updated: 18 January 2024, 08:10";
    assert_eq!(updated("2024-01-17T22:04:31+02:00", "Updated: 18 January 2024, 08:10"), "2024-01-18T08:10:00+02:00");
    assert_eq!(updated("2024-01-17T22:04:31+02:00", "Updated: 17 January 2024, 22:04"), "-");
    assert_eq!(updated("2024-01-17T22:04:31Z", both), "2024-01-18T08:10:00+00:00");
    assert_eq!(updated("2024-01-17T20:04:31Z", both), "2024-01-18T08:10:00+02:00");
    assert_eq!(updated("2024-01-17T20:04:31Z", "Updated: 18 January 2024, 08:10"), "-");
}

#[test]
fn the_stamp_may_stand_under_the_text() {
    check(&page(CLOCK, "", &format!("<p>Ngày đăng: 18/01/2024 07:29</p>{OTHERS}{FOOT}")), "2024-01-18T07:29:00+07:00");
}

#[test]
fn dates_of_others_are_not_the_article_s() {
    let day = "<span>Hôm nay: Thứ Ba, 24/11/2026</span>";
    for (above, after) in [(CLOCK, ""), (day, ""), ("", OTHERS), ("", FOOT), (CLOCK, &*format!("{OTHERS}{FOOT}"))] {
        check(&page(above, "", after), "-");
    }
}

#[test]
fn a_moment_in_utc_is_given_as_the_page_shows_it() {
    let stated = "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"datePublished\":\"2024-01-17T22:04:31Z\"}</script>";
    let html = |shown: &str| english("lang=en-GB", &format!("{stated}<div>{shown}</div>"));
    let published = |shown: &str| dates_of(&html(shown), "https://news.example.com/bridge").0;
    assert_eq!(published("18 January 2024, 00:04"), "2024-01-18T00:04:31+02:00");
    assert_eq!(published("17 January 2024, 22:04"), "2024-01-17T22:04:31+00:00");
    assert_eq!(published("18 January 2024, 00:09"), "2024-01-17T22:04:31+00:00");
    assert_eq!(published("18 January 2024"), "2024-01-17T22:04:31+00:00");
}

#[test]
fn a_doubtful_date_is_left_out_with_its_reason() {
    let address = "https://news.example.com/bridge";
    let (published, problems) = dates_of(&english("lang=en", "<div>Posted 03/04/2026</div>"), address);
    assert_eq!((published.as_str(), problems), ("-", vec!["`03/04/2026` may be 3 April or 4 March: left out".to_owned()]));
    // Another date of the page, the language with its country, or a text that is not English settles it.
    let settled = english("lang=en", "<div>Posted 03/04/2026</div><div>Comments close on 03/28/2026</div>");
    assert_eq!(dates_of(&settled, address).0, "2026-03-04");
    assert_eq!(dates_of(&english("lang=en-US", "<div>Posted 03/04/2026</div>"), address).0, "2026-03-04");
    assert_eq!(dates_of(&english("lang=en-GB", "<div>Posted 03/04/2026</div>"), address).0, "2026-04-03");
    let without_language = page("", "<div>03/04/2026</div>", "").replace(" lang=vi", "");
    assert_eq!(dates_of(&without_language, address).0, "2026-04-03");
}

#[test]
fn a_bare_day_is_given_its_time() {
    let html = |shown: &str| {
        english("lang=en-GB", &format!("<div>{shown}</div>")).replace("<title>", "<meta name=date content=2024-01-18><title>")
    };
    let published = |shown: &str| dates_of(&html(shown), "https://news.example.com/bridge").0;
    assert_eq!(published("18 January 2024, 07:29"), "2024-01-18T07:29:00+00:00");
    // The paper of the 18th is on the web in the evening before.
    assert_eq!(published("17 January 2024, 19:30"), "2024-01-17T19:30:00+00:00");
    assert_eq!(published("Updated 18 January 2024, 07:29"), "2024-01-18");
    assert_eq!(published("16 January 2024, 19:30"), "2024-01-18");
}

#[test]
fn the_list_s_word_settles_the_order_and_stands_against_a_guess() {
    let listed = |html: &str, day: &str| dates_listed(html, "https://news.example.com/bridge", Some(day)).0;
    let open = english("lang=en", "<div>Posted 03/04/2026</div>");
    assert_eq!(listed(&open, "2026-04-03T00:00:00+00:00"), "2026-04-03");
    assert_eq!(listed(&open, "2026-03-04T00:00:00+00:00"), "2026-03-04");
    let pictured = english("", "<img src=/up/2019/01/18/bridge.jpg width=600 height=400>");
    assert_eq!(listed(&pictured, "2026-03-04T00:00:00+00:00"), "-");
}

#[test]
fn addresses_and_titles_tell_a_day_where_nothing_else_does() {
    assert_eq!(dates_of(&english("", ""), "https://news.example.com/2024/01/18/bridge").0, "2024-01-18");
    let linked = english("", "").replace("The bridge is closed</h1>", "<a href=/2024/01/18/bridge>The bridge is closed</a></h1>");
    assert_eq!(dates_of(&linked, "https://news.example.com/bridge").0, "2024-01-18");
    let titled = |title: &str| english("", "").replace("<title>The bridge is closed", &format!("<title>{title}"));
    assert_eq!(dates_of(&titled("The bridge is closed – 18.01.2024"), "https://news.example.com/bridge").0, "2024-01-18");
    assert_eq!(dates_of(&titled("The week of 14. - 18. January 2024"), "https://news.example.com/bridge").0, "-");
    let pictured = english("", "<img src=/up/2024/01/18/bridge.jpg width=600 height=400>");
    assert_eq!(dates_of(&pictured, "https://news.example.com/bridge").0, "2024-01-18");
}

#[test]
fn a_clock_of_another_day_is_told_by_its_place_or_its_name() {
    let stamp = "<p>Cập nhật: 18/01/2024 07:29</p>";
    check(&page("<div>Thứ Sáu, 19/01/2024 19:45:10</div>", stamp, OTHERS), "2024-01-18T07:29:00+07:00");
    check(&page("<div class=clock>Thứ Sáu, 19/01/2024 19:45:10</div>", "", ""), "-");
    check(&page("<div>Hôm nay: Thứ Sáu, 19/01/2024 - 19:45</div>", "", ""), "-");
}

#[test]
fn the_day_of_an_event_that_a_paragraph_begins_with_is_no_stamp() {
    let lead = "Sáng 12/8/2025, phường An Khê ra quân kiểm tra việc chấp hành quy định về phòng cháy tại các khu dân cư và chợ.";
    check(&page("", &format!("<p><b>{lead}</b></p>"), ""), "-");
    check(&page("", &format!("<p>18-01-2024</p><p><b>(AK) - Ngày {lead}</b></p>"), ""), "2024-01-18");
}

#[test]
fn an_element_with_both_days_gives_that_of_publication() {
    let both = "<div class=news-info>Cập nhật: 20/01/2024 09:10 | Ngày đăng: 18/01/2024 07:29</div>";
    check(&page("", both, ""), "2024-01-18T07:29:00+07:00");
}

#[test]
fn what_counters_of_readers_are_told_beside_the_headline() {
    let data = |title: &str| {
        format!("<div hidden data-id=A7 data-title='{title}' data-re-deploy-dt='2024.01.18 09:00' data-deploy-dt='2024.01.18 07:29'></div>")
    };
    check(&page("", "", &data("Ra quân kiểm tra phòng cháy")), "2024-01-18T07:29:00+07:00");
    check(&page("", "", &data("Khen thưởng ba chiến sĩ cứu người")), "-");
}

#[test]
fn the_day_of_a_document_is_that_of_its_page_only_where_nothing_else_is_shown() {
    let row = |label: &str, value: &str| format!("<table><tr><td>{label}</td><td>{value}</td></tr></table>");
    let issued = row("Ngày ban hành", "12/03/2024") + &row("Ngày hiệu lực", "01/04/2024");
    let stamp = "<p>15/03/2024</p>";
    for (below, expected) in [
        ("<p>Số ký hiệu: 123/QĐ-UBND ngày 12/03/2024</p>", "-"),
        ("<p>Số: 15/2024/NĐ-CP, ký ngày 12/03/2024</p>", "-"),
        ("<div class=info>Quyết định số 123 ngày 12/03/2024</div>", "-"),
        ("<p>Căn cứ Nghị định số 12/2024/NĐ-CP ngày 05/01/2024 của Chính phủ</p>", "-"),
        ("<p>Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/06/2015;</p>", "-"),
        (&row("Số ký hiệu", "123/QĐ-UBND ngày 12/03/2024"), "-"),
        (&format!("<p>Số ký hiệu: 123/QĐ-UBND ngày 12/03/2024</p>{stamp}"), "2024-03-15"),
        ("<p>Số 123/QĐ-UBND</p><p>Ngày ban hành: 12/03/2024</p>", "2024-03-12"),
        ("<p>Ngày ban hành: 12/03/2024</p><p>Ngày đăng: 15/03/2024</p>", "2024-03-15"),
        (&issued, "2024-03-12"),
        (&format!("{issued}{stamp}"), "2024-03-15"),
        (&row("Ngày hiệu lực", "01/04/2024"), "-"),
        ("<p>Ngày có hiệu lực: 01/04/2024</p>", "-"),
        ("<p>Khu dân cư số 5, ngày 12/03/2024</p>", "2024-03-12"),
        ("<p>Cập nhật 08:07 ngày 12/03/2024</p>", "2024-03-12T08:07:00+07:00"),
    ] {
        let html = page("", below, "");
        assert_eq!(dates_of(&html, "https://tin.example.vn/van-ban/123").0, expected, "{below}");
    }
}

#[test]
fn a_day_that_the_headline_names_is_not_the_stamp() {
    let html = |below: &str| page("", below, "").replace("Ra quân kiểm tra phòng cháy", "Lịch tiếp công dân (24/01/2024)");
    let slug = "https://tin.example.vn/tin/lich-tiep-cong-dan-24-01-2024.html";
    for address in ["https://tin.example.vn/tin/lich", slug] {
        for stamp in ["<p>18/01/2024</p>", "<p>Tin tức | 18/01/2024</p>", "<div>Cập nhật: 18/01/2024</div>"] {
            assert_eq!(dates_of(&html(stamp), address).0, "2024-01-18", "{stamp} at {address}");
        }
    }
    let dashed = html("<p>18/01/2024</p>").replace("(24/01/2024)", "- 24/01/2024");
    assert_eq!(dates_of(&dashed, slug).0, "2024-01-18");
    // It may be where nothing else is shown: bulletins are named by their days.
    assert_eq!(dates_of(&html(""), slug).0, "2024-01-24");
    assert_eq!(dates_of(&html("<p>18/01/2024</p>"), "https://tin.example.vn/2024/01/24/lich-24-01-2024").0, "2024-01-24");
}

#[test]
fn the_last_day_for_something_is_no_stamp() {
    for line in
        ["Đóng thầu: 10/11/2026 09:00", "Thời hạn nhận hồ sơ: 20/11/2026", "Hạn nộp hồ sơ: 05/12/2026", "Mở thầu lúc 9h00 ngày 10/12/2026"]
    {
        let table =
            format!("<table><tr><td>Bên mời thầu:</td><td>Phường An Khê</td></tr><tr><td>Thời gian:</td><td>{line}</td></tr></table>");
        check(&page(CLOCK, &format!("<p>{line}</p>"), OTHERS), "-");
        check(&page(CLOCK, &format!("{table}<p>Ngày đăng tải: 05/11/2026 08:15</p>"), OTHERS), "2026-11-05T08:15:00+07:00");
        check(&page(CLOCK, &format!("<p>05/11/2026 08:15</p><p>{line}</p>"), OTHERS), "2026-11-05T08:15:00+07:00");
    }
}

#[test]
fn the_day_of_a_change_does_not_overrule_the_list() {
    for line in ["Lần cập nhật cuối lúc Thứ bảy, 21 Tháng 11 2026 10:00", "Last updated: 21/11/2026 10:00"] {
        let html = page(CLOCK, "", &format!("<p>{line}</p>{OTHERS}"));
        let published = |listed| dates_listed(&html, "https://tin.example.vn/tin/ra-quan", listed).0;
        assert_eq!(published(Some("2026-11-20T00:00:00+07:00")), "-", "the list's word stands");
        // On the day that the list says it has the time of day, and where nobody else says when it is better than
        // nothing.
        assert_eq!(published(Some("2026-11-21T00:00:00+07:00")), "2026-11-21T10:00:00+07:00");
        assert_eq!(published(None), "2026-11-21T10:00:00+07:00");
    }
}

#[test]
fn what_is_stated_after_the_last_change_gives_way_to_an_earlier_day() {
    let metas = |published: &str, changed: &str| {
        format!("<meta property=article:published_time content={published}><meta property=article:modified_time content={changed}>")
    };
    let page = |metas: &str| {
        let html = english("lang=en", "<div class=meta><time datetime=2022-03-09>March 9, 2022</time></div>");
        dates_of(&html.replace("<body>", &format!("{metas}<body>")), "https://a.example/x").0
    };
    assert_eq!(page(&metas("2022-11-17T10:33:13Z", "2022-11-17T10:32:18Z")), "2022-03-09");
    assert_eq!(page(&metas("2022-03-11T10:33:13Z", "2022-11-17T10:32:18Z")), "2022-03-11T10:33:13+00:00");
}

#[test]
fn a_tag_that_may_hold_any_day_does_not_hide_the_stamp() {
    let tagged = |name: &str| {
        let stamp = "<div class=posted><time datetime=2024-01-18>18/01/2024</time></div>";
        page("", stamp, "").replace("<body>", &format!("<meta name='{name}' content='2024-01-26'><body>"))
    };
    check(&tagged("date"), "2024-01-18");
    check(&tagged("article:published_time"), "2024-01-26");
}

#[test]
fn the_day_of_a_change_is_better_than_none() {
    check(&page("", "", "<p><b>Cập nhật ngày</b> 17/01/2021.</p>"), "2021-01-17");
}

/// A meta tag that may hold any day of the page; an earlier one that it shows is the article's, but for one in a box.
const ANY_DAY: &str = "lang=en><meta name=date content=2022-01-26";

#[test]
fn the_main_column_is_no_box_whatever_it_is_called() {
    let page = |column: &str, stamp: &str| {
        format!(
            "<html {ANY_DAY}><title>The bridge is closed</title><body><h1>The bridge is closed</h1>\
             <div class={column}><div class={stamp}><time>21 January 2022</time></div>{ENGLISH}</div>"
        )
    };
    for column in ["main", "sidebar__main", "widget-content"] {
        check(&page(column, "line"), "2022-01-21");
    }
    check(&page("main", "sidebar__main"), "2022-01-26");
}

#[test]
fn an_article_may_say_of_itself_in_an_aside_when_it_was_published() {
    let beside =
        |class: &str| english(ANY_DAY, &format!("<aside class={class}><p><time>21 January 2022</time></p><p>Source: The town</p></aside>"));
    check(&beside("article-meta"), "2022-01-21");
    check(&beside("box"), "2022-01-26");
}

#[test]
fn a_day_of_any_year_is_no_guess() {
    let after = |day: &str| english("lang=en", "").replace("</div></div>", &format!("</div><div><p>{day}</p></div></div>"));
    check(&after("21 January 2022"), "2022-01-21");
    check(&after("21 January"), "-");
}

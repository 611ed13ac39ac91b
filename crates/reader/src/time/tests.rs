//! Dates in the spellings that sites use, each with the moment that is meant.

use super::*;

fn reading() -> Reading<'static> {
    // A Tuesday; 11:30 in Việt Nam.
    Reading { now: "2026-11-24T04:30:00Z".parse().unwrap(), zone: None, language: Some("vi"), host: None, order: None }
}

fn say(text: &str, reading: &Reading) -> String {
    read(text, reading).map_or("-".to_owned(), |stamp| match stamp.precision {
        Precision::Minute => stamp.to_rfc3339(),
        Precision::Day => format!("{} {}", stamp.at.date(), stamp.at.offset()),
    })
}

#[track_caller]
fn check(reading: &Reading, table: &[(&str, &str)]) {
    let wrong: Vec<_> = table
        .iter()
        .map(|(text, expected)| (text, expected, say(text, reading)))
        .filter(|(_, expected, found)| *expected != found)
        .map(|(text, expected, found)| format!("{text}: expected {expected}, found {found}"))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn texts_without_a_number_are_cut_only_where_a_word_may_say_a_day() {
    for text in ["Yesterday in town", "seen an HOUR ago", "Just now", "hom qua", "18 May", "Công an"] {
        assert!(token::may_be_dated(text), "{text}");
    }
    for text in ["", "A walk in town", "May flowers in bloom", "An-other day"] {
        assert!(!token::may_be_dated(text), "{text}");
        assert!(spelling::all(text, of_any_calendar()).is_empty(), "{text}");
    }
}

#[test]
fn vietnamese_stamps_are_read_in_every_form() {
    check(
        &reading(),
        &[
            ("Đăng ngày 18-01-2024 07:29", "2024-01-18T07:29:00+07:00"),
            ("Đăng ngày 18-01-2024 07:29, Lượt xem: 27", "2024-01-18T07:29:00+07:00"),
            ("Ngày đăng: 18/01/2024", "2024-01-18 +07"),
            ("Thứ Năm, 18/01/2024 | 07:29 GMT+7", "2024-01-18T07:29:00+07:00"),
            ("Thứ năm, ngày 18/01/2024 - 07:29 (GMT+7)", "2024-01-18T07:29:00+07:00"),
            ("15:55 | 10/07/2026", "2026-07-10T15:55:00+07:00"),
            ("07:29 18/01/2024", "2024-01-18T07:29:00+07:00"),
            ("07:29-18/01/2024", "2024-01-18T07:29:00+07:00"),
            ("07:29, Thứ Năm, ngày 18/01/2024", "2024-01-18T07:29:00+07:00"),
            ("07:29 T5, 18/01/2024", "2024-01-18T07:29:00+07:00"),
            ("18/01/2024 (Thứ 5) lúc 07:29", "2024-01-18T07:29:00+07:00"),
            ("Chủ nhật, 21/1/2024, 7h05", "2024-01-21T07:05:00+07:00"),
            ("Ngày 18 tháng 1 năm 2024", "2024-01-18 +07"),
            ("Ngày 18 tháng 01 năm 2024, 7 giờ 29 phút", "2024-01-18T07:29:00+07:00"),
            ("18 Tháng Mười Hai, 2024", "2024-12-18 +07"),
            ("18 Tháng Giêng 2024", "2024-01-18 +07"),
            ("18 Th1, 2024", "2024-01-18 +07"),
            ("18 T1, 2024", "2024-01-18 +07"),
            ("18 T1/2024", "2024-01-18 +07"),
            ("T7 18/01", "2026-01-18 +07"),
            ("Tháng 1 18, 2024", "2024-01-18 +07"),
            ("Tháng Mười Hai 18, 2024", "2024-12-18 +07"),
            ("Tháng 12 2024", "-"),
            ("18 01/2024", "2024-01-18 +07"),
            ("Phòng 18 01/2024", "2024-01-18 +07"),
            ("Kế hoạch đến năm học sau của lớp 18 01/2024", "-"),
            ("15p trước", "2026-11-24T11:15:00+07:00"),
            ("18/01/24", "2024-01-18 +07"),
            ("18/01/2024 7h29", "2024-01-18T07:29:00+07:00"),
            ("18/01/2024 7 giờ 29", "2024-01-18T07:29:00+07:00"),
            ("18/01/2024 07:29 SA", "2024-01-18T07:29:00+07:00"),
            ("18/01/2024 7:29:05 CH", "2024-01-18T19:29:05+07:00"),
            ("18/01/2024 12:05 SA", "2024-01-18T00:05:00+07:00"),
            ("Ng\u{e0}y 18 tha\u{301}ng 1 n\u{103}m 2024", "2024-01-18 +07"),
            ("2 giờ trước", "2026-11-24T09:30:00+07:00"),
            ("cách đây 2 giờ 10 phút", "2026-11-24T09:20:00+07:00"),
            ("Một giờ trước", "2026-11-24T10:30:00+07:00"),
            ("3 ngày trước", "2026-11-21 +07"),
            ("Vừa xong", "2026-11-24T11:30:00+07:00"),
            ("hôm qua", "2026-11-23 +07"),
            ("Hôm nay lúc 07:30", "2026-11-24T07:30:00+07:00"),
            ("07:30 hôm qua", "2026-11-23T07:30:00+07:00"),
            ("22/11", "2026-11-22 +07"),
            ("28/12", "2025-12-28 +07"),
            ("08:15 - 22/11", "2026-11-22T08:15:00+07:00"),
            ("cập nhật lúc 10 giờ 30 phút ngày 5/11", "2026-11-05T10:30:00+07:00"),
            ("Cập nhật lúc 10h30' ngày 05/11/2026", "2026-11-05T10:30:00+07:00"),
            ("08:15 ngày 22-11", "2026-11-22T08:15:00+07:00"),
            ("lúc 7 giờ ngày 18/01/2024", "2024-01-18T07:00:00+07:00"),
            ("8 giờ tối ngày 18/01/2024", "2024-01-18T20:00:00+07:00"),
            ("18/01/2024 7:29 chiều", "2024-01-18T19:29:00+07:00"),
            ("7:29 sáng, 18/01/2024", "2024-01-18T07:29:00+07:00"),
            ("19h29p 18/01/2024", "2024-01-18T19:29:00+07:00"),
            ("19h 18/01/2024", "2024-01-18T19:00:00+07:00"),
            ("7 giờ 18 tháng 1 năm 2024", "2024-01-18T07:00:00+07:00"),
            ("CN, 21/01/2024 07:29", "2024-01-21T07:29:00+07:00"),
            ("Thứ Hai, ngày 01 tháng 01 năm 2024", "2024-01-01 +07"),
            ("Đà Nẵng, ngày 05 tháng 01 năm 2024", "2024-01-05 +07"),
            ("18 tháng Mười Một, 2024", "2024-11-18 +07"),
            ("18 thg 1, 2024", "2024-01-18 +07"),
            ("Ngày 18.01.2024", "2024-01-18 +07"),
            ("18/1/2024 - 07g29", "2024-01-18T07:29:00+07:00"),
            ("30 phút trước", "2026-11-24T11:00:00+07:00"),
            ("1 tuần trước", "2026-11-17 +07"),
            ("hôm kia", "2026-11-22 +07"),
            ("Thông báo · Hôm qua", "2026-11-23 +07"),
            ("Sáng nay 07:30", "2026-11-24T07:30:00+07:00"),
            ("18/01/99", "1999-01-18 +07"),
        ],
    );
}

#[test]
fn a_leap_day_without_a_year_is_the_last_one() {
    check(
        &reading(),
        &[("29/02", "2024-02-29 +07"), ("07:29 29/02", "2024-02-29T07:29:00+07:00"), ("30/02", "-"), ("28/02", "2026-02-28 +07")],
    );
    let english = Reading { language: Some("en"), host: Some("example.com"), ..reading() };
    check(&english, &[("February 29 at 7:29 am", "2024-02-29T07:29:00+00:00")]);
}

#[test]
fn a_year_and_an_hour_may_touch() {
    check(
        &reading(),
        &[
            ("24/11/202608:07", "2026-11-24T08:07:00+07:00"),
            ("Thứ Ba, 24/11/202608:07 | Lượt xem: 27", "2026-11-24T08:07:00+07:00"),
            ("24-11-20268:07", "2026-11-24T08:07:00+07:00"),
            ("24/11/202608h07", "2026-11-24T08:07:00+07:00"),
            ("24 tháng 11 năm 202608:07:15 GMT+7", "2026-11-24T08:07:15+07:00"),
            ("24/11/2026 08h07", "2026-11-24T08:07:00+07:00"),
            ("24/11/202631:07", "-"),
            ("24/11/202608:75", "-"),
            ("1/2/20260807", "-"),
            ("1/2/202608", "-"),
            ("1/2/202608:7", "-"),
        ],
    );
}

#[test]
fn standards_keep_their_own_zone() {
    check(
        &reading(),
        &[
            ("2024-01-18T07:29:00+07:00", "2024-01-18T07:29:00+07:00"),
            ("2024-01-18T00:29:00.123Z", "2024-01-18T00:29:00+00:00"),
            ("2024-01-18T07:29:00-0500", "2024-01-18T07:29:00-05:00"),
            ("2024-01-18 07:29", "2024-01-18T07:29:00+07:00"),
            ("20240118T0729Z", "2024-01-18T07:29:00+00:00"),
            ("20240118", "2024-01-18 +07"),
            ("Thu, 18 Jan 2024 07:29:00 GMT", "2024-01-18T07:29:00+00:00"),
            ("Thu, 18 Jan 2024 07:29:00 -0800", "2024-01-18T07:29:00-08:00"),
        ],
    );
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    check(
        &Reading { zone: Some(&zone), ..reading() },
        &[("18.07.2024, 07.29 Uhr", "2024-07-18T07:29:00+02:00"), ("2024-07-18T07:29Z", "2024-07-18T07:29:00+00:00")],
    );
    check(&Reading { language: None, host: Some("example.com"), ..reading() }, &[("18/01/2024 07:29", "2024-01-18T07:29:00+00:00")]);
    check(&Reading { language: None, host: Some("a.gov.vn"), ..reading() }, &[("18/01/2024 07:29", "2024-01-18T07:29:00+07:00")]);
}

#[test]
fn other_languages_are_read() {
    check(
        &Reading { language: None, ..reading() },
        &[
            ("2024年1月18日 07:29", "2024-01-18T07:29:00+00:00"),
            ("2024年1月18日（木）07時29分", "2024-01-18T07:29:00+00:00"),
            ("2024년 1월 18일 오후 7:29", "2024-01-18T19:29:00+00:00"),
            ("2024. 1. 18. 07:29", "2024-01-18T07:29:00+00:00"),
            ("3시간 전", "2026-11-24T01:30:00+00:00"),
            ("5分钟前", "2026-11-24T04:25:00+00:00"),
            ("18 January 2024", "2024-01-18 +00"),
            ("January 18th, 2024 at 7:29 p.m.", "2024-01-18T19:29:00+00:00"),
            ("Jan. 18, 2024, 7 pm", "2024-01-18T19:00:00+00:00"),
            ("18-Jan-24", "2024-01-18 +00"),
            ("18. März 2024 um 07:29", "2024-03-18T07:29:00+00:00"),
            ("18 de enero de 2024 a las 07:29", "2024-01-18T07:29:00+00:00"),
            ("le 1er février 2024 à 07h29", "2024-02-01T07:29:00+00:00"),
            ("18 января 2024, 07:29", "2024-01-18T07:29:00+00:00"),
            ("18 stycznia 2024", "2024-01-18 +00"),
            ("2024. január 18.", "2024-01-18 +00"),
            ("18 Oca 2024", "2024-01-18 +00"),
            ("an hour ago", "2026-11-24T03:30:00+00:00"),
            ("vor 3 Stunden", "2026-11-24T01:30:00+00:00"),
            ("١٨ يناير ٢٠٢٤", "2024-01-18 +00"),
            ("الخميس، 18 يناير 2024 - 07:29", "2024-01-18T07:29:00+00:00"),
            ("18 كانون الثاني 2024", "2024-01-18 +00"),
            ("18 كانون الثاني/يناير 2024", "2024-01-18 +00"),
            ("18 أغسطس 2024", "2024-08-18 +00"),
            ("18 जनवरी 2024", "2024-01-18 +00"),
            ("१८ फ़रवरी २०२४", "2024-02-18 +00"),
            ("১৮ জানুয়ারি ২০২৪", "2024-01-18 +00"),
            ("18 בינואר 2024", "2024-01-18 +00"),
            ("18 Ιανουαρίου 2024", "2024-01-18 +00"),
            ("18 січня 2024 р., 07:29", "2024-01-18T07:29:00+00:00"),
            ("18 января 2024 г. в 07:29", "2024-01-18T07:29:00+00:00"),
            ("2024 m. sausio 18 d.", "2024-01-18 +00"),
            ("2024. gada 18. janvāris", "2024-01-18 +00"),
            ("18 Januari 2024, 07.29 WIB", "2024-01-18T07:29:00+07:00"),
            ("18 ئ 2024", "-"),
            ("18. 1. 2024 v 07:29", "2024-01-18T07:29:00+00:00"),
            ("18 ledna 2024", "2024-01-18 +00"),
            ("18 jan '24", "2024-01-18 +00"),
            ("202401180729", "2024-01-18 +00"),
            ("2024 ж. 18 қаңтар, бейсенбі", "2024-01-18 +00"),
            ("2024 թ. հունվարի 18", "2024-01-18 +00"),
            ("18 جنوری، 2024", "2024-01-18 +00"),
            ("18 Ocak 2024 Perşembe 19:29", "2024-01-18T19:29:00+00:00"),
            ("18. siječnja 2024. 19:29", "2024-01-18T19:29:00+00:00"),
            ("18.1.2024 19.29", "2024-01-18T19:29:00+00:00"),
            ("18/1/24, 7:29 μ.μ.", "2024-01-18T19:29:00+00:00"),
            ("18 ene 2024, 7:29 p. m.", "2024-01-18T19:29:00+00:00"),
            ("2024年1月18日 晚上7:29", "2024-01-18T19:29:00+00:00"),
            ("2024. 1. 18. PM 7:29", "2024-01-18T19:29:00+00:00"),
        ],
    );
}

#[test]
fn what_is_no_date_of_publication_is_none() {
    check(
        &reading(),
        &[
            ("31/02/2024", "-"),
            ("28/11/2026", "-"),
            ("25/11/2026 20:00", "2026-11-25T20:00:00+07:00"),
            ("192.168.1.24", "-"),
            ("Quyết định số 468 của Bộ Công an", "-"),
            ("Nghị định 12/2024/NĐ-CP", "-"),
            ("Tổng đài 0236 3822 113", "-"),
            ("Hôm nay, lực lượng chức năng tiếp tục tìm kiếm hai ngư dân mất tích trên vùng biển phía đông", "-"),
            ("", "-"),
            ("Lượt xem: 27", "-"),
            ("Hôm nay, Đà Nẵng có mưa to và gió mạnh", "-"),
            ("What to do in the city today and tomorrow", "-"),
            ("What matters most today", "-"),
            ("Giảm 2/3 số vụ so với cùng kỳ năm trước", "-"),
            ("18/01/2567", "-"),
            ("1402/10/28", "-"),
        ],
    );
}

#[test]
fn the_american_reading_needs_a_reason() {
    let open = "03/04/2024";
    check(&reading(), &[(open, "2024-04-03 +07"), ("03/25/2024", "2024-03-25 +07")]);
    check(&Reading { language: Some("en-US"), ..reading() }, &[(open, "2024-03-04 +00")]);
    check(&Reading { language: Some("en-GB"), ..reading() }, &[(open, "2024-04-03 +00")]);
    check(&Reading { language: Some("en"), host: Some("news.gov.vn"), ..reading() }, &[(open, "2024-04-03 +07")]);
}

#[test]
fn other_calendars_are_read_where_the_page_says_so() {
    let speaks = |language: &'static str| Reading { language: Some(language), ..reading() };
    check(
        &speaks("th"),
        &[
            ("18 มกราคม 2567", "2024-01-18 +00"),
            ("๑๘ มกราคม พ.ศ. ๒๕๖๗", "2024-01-18 +00"),
            ("18 ม.ค. 67", "2024-01-18 +00"),
            ("18 ม.ค. 2567 07:29 น.", "2024-01-18T07:29:00+00:00"),
            ("18/01/2567", "2024-01-18 +00"),
            ("18/01/67 07.29 น.", "2024-01-18T07:29:00+00:00"),
            ("18 มกราคม 2024", "2024-01-18 +00"),
            ("18/01/2024", "2024-01-18 +00"),
        ],
    );
    // The name of the month says enough.
    let arabic = Reading { language: Some("ar"), host: Some("spa.gov.sa"), ..reading() };
    check(
        &arabic,
        &[
            ("15 رجب 1447 هـ", "2026-01-04 +00"),
            ("٧ ربيع الآخر ١٤٤٥هـ 07:29", "2023-10-22T07:29:00+00:00"),
            ("15 رجب 1447هـ الموافق 04 يناير 2026م", "2026-01-04 +00"),
            ("15 رجب", "-"),
            ("31 رجب 1447", "-"),
        ],
    );
    check(&reading(), &[("18 มกราคม 2567", "2024-01-18 +07"), ("28 دی 1402", "2024-01-18 +07")]);
    check(
        &speaks("fa-IR"),
        &[
            ("۲۸ دی ۱۴۰۲ - ۰۷:۲۹", "2024-01-18T07:29:00+00:00"),
            ("پنجشنبه ۲۸ دی ۱۴۰۲ ساعت ۰۷:۲۹", "2024-01-18T07:29:00+00:00"),
            ("۱۴۰۲/۱۰/۲۸", "2024-01-18 +00"),
            ("1402-10-28 07:29", "2024-01-18T07:29:00+00:00"),
            ("2024-01-18", "2024-01-18 +00"),
        ],
    );
    check(
        &speaks("ja"),
        &[
            ("令和6年1月18日", "2024-01-18 +00"),
            ("令和元年5月1日 07:29", "2019-05-01T07:29:00+00:00"),
            ("平成31年4月30日", "2019-04-30 +00"),
        ],
    );
    check(
        &speaks("zh-TW"),
        &[
            ("民國113年1月18日", "2024-01-18 +00"),
            ("中華民國 113 年 1 月 18 日", "2024-01-18 +00"),
            ("113年1月18日", "2024-01-18 +00"),
            ("113-01-18", "2024-01-18 +00"),
            ("2024-01-18", "2024-01-18 +00"),
        ],
    );
    check(&speaks("zh-CN"), &[("113-01-18", "-")]);
}

#[test]
fn short_forms_are_read_in_the_page_s_own_language() {
    let speaks = |language: &'static str| Reading { language: Some(language), ..reading() };
    check(&speaks("ko"), &[("24. 1. 18.", "2024-01-18 +00"), ("24.01.18 07:29", "2024-01-18T07:29:00+00:00")]);
    check(&speaks("ja"), &[("24/01/18", "2024-01-18 +00"), ("23/8/3", "2023-08-03 +00")]);
    check(&speaks("de"), &[("24.01.18", "2018-01-24 +00"), ("25 pro 2022", "-")]);
    check(&speaks("cs"), &[("25. pro 2022", "2022-12-25 +00")]);
    check(&speaks("hi"), &[("25 दिस॰ 2022", "2022-12-25 +00")]);
    check(&speaks("he"), &[("25 בדצמ׳ 2022", "2022-12-25 +00")]);
}

#[test]
fn a_date_that_may_be_two_is_left_out_and_said() {
    let unknown = Reading { language: None, host: Some("example.com"), ..reading() };
    let english = Reading { language: Some("en"), host: Some("example.com"), ..reading() };
    for reading in [&unknown, &english] {
        check(
            reading,
            &[("03/04/2026", "-"), ("04/04/2026", "2026-04-04 +00"), ("25/04/2026", "2026-04-25 +00"), ("03.04.2026", "2026-04-03 +00")],
        );
        assert_eq!(doubt("Posted 03/04/2026", reading).unwrap(), "`03/04/2026` may be 3 April or 4 March: left out");
        assert_eq!(doubt("Posted 25/04/2026", reading), None);
        // The other reading would lie ahead.
        check(reading, &[("10/12/2026", "2026-10-12 +00")]);
    }
    let list = read_list([Some("03/04/2026"), Some("04/05/2026"), Some("05/06/2026"), None], &unknown);
    assert_eq!(list.stamps, [None, None, None, None]);
    assert_eq!(list.problems, ["`03/04/2026` may be 3 April or 4 March, and 2 more dates are as open: left out"]);
    let settled = Reading { order: order_of(["03/04/2026", "3 April 2026"], &unknown), ..unknown };
    check(&settled, &[("03/04/2026", "2026-04-03 +00")]);
    let settled = Reading { order: order_of(["03/04/2026", "2026-03-04"], &unknown), ..unknown };
    check(&settled, &[("03/04/2026", "2026-03-04 +00")]);
}

#[test]
fn a_list_settles_the_order_of_day_and_month() {
    let list = |texts: &[&str], reading: &Reading| -> Vec<String> {
        read_list(texts.iter().map(|text| Some(*text)), reading)
            .stamps
            .into_iter()
            .map(|stamp| stamp.map_or("-".into(), |stamp| stamp.at.date().to_string()))
            .collect()
    };
    let american = Reading { language: Some("en"), ..reading() };
    // A day above 12 anywhere.
    assert_eq!(list(&["03/04/2024", "25/03/2024"], &american), ["2024-04-03", "2024-03-25"]);
    assert_eq!(list(&["04/03/2024", "03/25/2024"], &reading()), ["2024-04-03", "2024-03-25"]);
    // Within days rather than months.
    assert_eq!(list(&["05/11/2026", "04/11/2026", "01/11/2026"], &american), ["2026-11-05", "2026-11-04", "2026-11-01"]);
    // Never in the future.
    assert_eq!(list(&["11/12/2026", "11/10/2026"], &reading()), ["2026-11-12", "2026-11-10"]);
    // Nothing speaks against the rule.
    assert_eq!(list(&["03/04/2024"], &reading()), ["2024-04-03"]);
}

#[test]
fn a_date_ahead_is_not_turned_round() {
    let american = Reading { language: Some("en-US"), host: Some("a.us"), ..reading() };
    check(
        &reading(),
        &[
            ("Đóng thầu: 10/12/2026 09:00", "-"),
            ("Hạn nộp hồ sơ: 05/12/2026", "-"),
            ("Có hiệu lực từ 1/12/2026", "-"),
            ("Đóng thầu: 10/12/2026 | Ngày đăng: 20/11/2026", "2026-11-20 +07"),
            ("12/10/2026", "2026-10-12 +07"),
        ],
    );
    check(&american, &[("12/10/2026", "-"), ("10/12/2026", "2026-10-12 +00")]);
    // On a page the order is the language's, whatever lies ahead.
    assert_eq!(order_of(["Đóng thầu: 10/12/2026", "Ngày đăng: 05/11/2026"], &reading()), None);
    let list = |texts: &[&str]| read_list(texts.iter().map(|text| Some(*text)), &reading()).stamps;
    assert_eq!(list(&["05/12/2026", "06/12/2026", "12/12/2026"]), [None, None, None]);
}

#[test]
fn a_stamp_of_a_server_in_american_english_has_the_month_first() {
    check(
        &reading(),
        &[
            ("5/11/2026 8:07:00 PM", "2026-05-11T20:07:00+07:00"),
            ("11/12/2026 8:07:15 AM", "2026-11-12T08:07:15+07:00"),
            ("11/24/2026 8:07:00 AM", "2026-11-24T08:07:00+07:00"),
            // Zeros before digits, another half of the day, no seconds, or a day that would lie ahead: not American.
            ("05/11/2026 08:07:00 PM", "2026-11-05T20:07:00+07:00"),
            ("5/11/2026 8:07:00 CH", "2026-11-05T20:07:00+07:00"),
            ("5/11/2026 8:07 PM", "2026-11-05T20:07:00+07:00"),
            ("5-11-2026 8:07:00 PM", "2026-11-05T20:07:00+07:00"),
            ("12/5/2026 8:07:00 PM", "2026-05-12T20:07:00+07:00"),
        ],
    );
    // The other dates speak first.
    let list = read_list([Some("5/11/2026 8:07:00 PM"), Some("21/10/2026 9:00:00 AM")], &reading());
    assert_eq!(list.stamps[0].as_ref().unwrap().at.date().to_string(), "2026-11-05");
    let settled = Reading { order: Some(Order::DayFirst), ..reading() };
    check(&settled, &[("5/11/2026 8:07:00 PM", "2026-11-05T20:07:00+07:00")]);
}

#[test]
fn minutes_may_lack_their_zero_beside_a_date() {
    check(
        &reading(),
        &[
            ("24/11/2026 8:7", "2026-11-24T08:07:00+07:00"),
            ("Đăng ngày 24/11/2026 08:7, Lượt xem: 27", "2026-11-24T08:07:00+07:00"),
            ("8:7 24/11/2026", "2026-11-24T08:07:00+07:00"),
            ("24-11-2026 16:5", "2026-11-24T16:05:00+07:00"),
            // Scores, ratios and numbers of verses.
            ("Đội nhà thắng 2:1 ngày 24/11/2026", "2026-11-24 +07"),
            ("Ngày 24/11/2026, tỷ số 2:1", "2026-11-24 +07"),
            ("24/11/2026 8:7:6", "2026-11-24 +07"),
        ],
    );
}

#[test]
fn months_of_a_year_are_no_day_of_may() {
    check(
        &reading(),
        &[
            ("10 tháng năm 2026", "-"),
            ("Kết quả 10 tháng năm 2026", "-"),
            ("KẾT QUẢ 10 THÁNG NĂM 2026", "-"),
            ("Trong 10 tháng năm nay", "-"),
            ("Tình hình kinh tế 9 tháng năm 2026 và nhiệm vụ", "-"),
            ("10 tháng năm năm 2026", "2026-05-10 +07"),
            ("Ngày 10 tháng năm 2026", "2026-05-10 +07"),
            ("Ngày 10 tháng năm", "2026-05-10 +07"),
            ("10 Tháng Năm, 2026", "2026-05-10 +07"),
            ("10 tháng Năm 2026", "2026-05-10 +07"),
            ("10 tháng năm, 2026", "2026-05-10 +07"),
            ("10 tháng 5 năm 2026", "2026-05-10 +07"),
            ("10 tháng tư 2026", "2026-04-10 +07"),
        ],
    );
}

#[test]
fn the_place_of_a_date_is_told() {
    let text = "Đăng ngày 18-01-2024 07:29, Lượt xem: 27";
    let found = find(text, &reading()).unwrap();
    assert_eq!(&text[found.range], "18-01-2024 07:29");
    let text = "Công an • 15:55 GMT+7 | Thứ Sáu, 10/07/2026 • 27";
    let found = find(text, &reading()).unwrap();
    assert_eq!(&text[found.range], "15:55 GMT+7 | Thứ Sáu, 10/07/2026");
}

#[test]
fn stamps_are_written_and_read_back() {
    for text in ["2024-01-18T07:29:00+07:00", "2024-01-18T00:00:00+00:00", "1999-12-31T23:59:59-03:30"] {
        let stamp = Stamp::parse_rfc3339(text, Precision::Minute).unwrap();
        assert_eq!(stamp.to_rfc3339(), text);
    }
    assert_eq!(Stamp::parse_rfc3339("2024-01-18", Precision::Day), None);
    assert_eq!(Stamp::parse_rfc3339("2024-01-18T07:29:00", Precision::Day), None);
}

#[test]
fn no_text_is_too_much() {
    for text in ["1/".repeat(50_000), "18 tháng ".repeat(20_000), "07:29 ".repeat(20_000), "\u{301}".repeat(20_000), "9".repeat(50_000)] {
        let _dates = read(&text, &reading());
    }
}

#[test]
fn a_year_behind_the_clock_is_the_date_s() {
    let reading = Reading { language: Some("en"), ..reading() };
    for (text, expected) in [
        ("Fri Feb 18 10:27:24 2022", "2022-02-18T10:27:24+00:00"),
        ("Fri Apr 28 19:20:36 CEST 2023", "2023-04-28T19:20:36+02:00"),
        ("Mon Jun 3 08:05 UTC 2019", "2019-06-03T08:05:00+00:00"),
    ] {
        assert_eq!(read(text, &reading).map(|stamp| stamp.to_rfc3339()).as_deref(), Some(expected), "{text}");
    }
}

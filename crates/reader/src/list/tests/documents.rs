//! Lists of documents as offices show them: each row once, under what it is about, with its day and its file.

use super::*;

/// Number, what it is about, day and file.
const DOCUMENTS: [(&str, &str, &str, &str); 5] = [
    ("12/QĐ-UBND", "Về việc phê duyệt kế hoạch sử dụng đất năm 2026 của huyện", "05/07/2026", "qd-12"),
    ("118/CV-VP", "V/v tăng cường phòng, chống dịch bệnh trên đàn gia súc", "03/07/2026", "cv-118"),
    ("44/TB-UBND", "Thông báo kết luận của Chủ tịch tại cuộc họp giao ban", "01/07/2026", "tb-44"),
    ("9/KH-UBND", "Kế hoạch tổ chức ngày hội văn hóa các dân tộc lần thứ năm", "28/06/2026", "kh-9"),
    ("301/BC-STC", "Báo cáo tình hình thu, chi ngân sách sáu tháng đầu năm", "25/06/2026", "bc-301"),
];

#[track_caller]
fn check(layout: &str, row: impl Fn(&(&str, &str, &str, &str)) -> String, around: [&str; 2]) {
    let rows: String = DOCUMENTS.iter().map(row).collect();
    let menu = "<ul id=menu><li><a href=/gioi-thieu>Giới thiệu</a><li><a href=/van-ban>Văn bản</a><li><a href=/lien-he>Liên hệ</a></ul>";
    let html =
        format!("<html lang=vi><body>{menu}<div class=main><h2>Hệ thống văn bản</h2>{}{rows}{}</div></body></html>", around[0], around[1]);
    let discovery = discover(&Settings::default(), &page("https://huyen.example.vn/van-ban", &html), &Context::default());
    let found: Vec<(String, String, bool)> = discovery
        .candidates
        .iter()
        .zip(DOCUMENTS)
        .map(|(candidate, (.., file))| {
            let day = candidate.published.as_ref().map(|stamp| stamp.at.strftime("%d/%m/%Y").to_string());
            let has_file = candidate.attachments.iter().any(|it| it.url.as_str().contains(file));
            (candidate.title.clone(), day.unwrap_or_default(), has_file)
        })
        .collect();
    let expected: Vec<(String, String, bool)> =
        DOCUMENTS.iter().map(|(_, about, day, _)| ((*about).to_owned(), (*day).to_owned(), true)).collect();
    assert_eq!(found, expected, "{layout}");
    assert_eq!(discovery.candidates.len(), DOCUMENTS.len(), "{layout}");
}

const TABLE: [&str; 2] = ["<table><thead><tr><th>Số<th>Ngày<th>Trích yếu<th>Tải</thead><tbody>", "</tbody></table>"];

#[test]
fn a_button_leads_to_the_file() {
    check(
        "tải về",
        |(number, about, day, file)| format!("<tr><td>{number}<td>{day}<td>{about}<td>UBND huyện<td><a href=/upload/{file}.pdf>Tải về</a>"),
        TABLE,
    );
}

#[test]
fn the_number_is_the_link() {
    check(
        "số ký hiệu",
        |(number, about, day, file)| {
            format!(
                "<tr><td><a href=/van-ban/chi-tiet?id={file}>{number}</a><td>{day}<td>{about}<td><a href=/upload/{file}.pdf><img src=/pdf.png></a>"
            )
        },
        TABLE,
    );
}

#[test]
fn the_subject_is_the_link_and_files_stand_beside_it() {
    check(
        "trích yếu",
        |(number, about, day, file)| {
            format!(
                "<tr><td>{number}<td>{day}<td><a href=/van-ban/{file}>{about}</a><td><a href=/upload/{file}.pdf>PDF</a> <a href=/upload/{file}.doc>DOC</a>"
            )
        },
        TABLE,
    );
}

#[test]
fn a_record_is_a_block_of_lines() {
    check(
        "khối",
        |(number, about, day, file)| {
            format!(
                "<div class=vb><p><b>Số: {number}</b> ngày {day}</p><p>{about}</p><p><a href=/van-ban/{file}>Xem chi tiết</a> <a href=/tai-ve/{file}.pdf>Tải file</a></p></div>"
            )
        },
        ["<div>", "</div>"],
    );
}

#[test]
fn a_record_is_two_rows() {
    check(
        "hai dòng",
        |(number, about, day, file)| {
            format!("<tr><td>{number}<td>{day}<td>UBND huyện</tr><tr><td colspan=2>{about}<td><a href=/upload/{file}.pdf>Tải về</a></tr>")
        },
        ["<table>", "</table>"],
    );
}

#[test]
fn each_line_has_its_label() {
    check(
        "nhãn",
        |(number, about, day, file)| {
            format!(
                "<li><div>Số ký hiệu: {number}</div><div>Trích yếu: {about}</div><div>Ngày ban hành: {day}</div>\
                 <div>Tệp đính kèm: <a href=/upload/{file}.pdf>{file}.pdf</a></div></li>"
            )
        },
        ["<ul>", "</ul>"],
    );
}

#[test]
fn a_list_of_recordings_has_their_sound() {
    let rows: String = DOCUMENTS
        .iter()
        .map(|(_, about, day, file)| format!("<li><b>{about}</b> <i>({day})</i> <a href=/phat-thanh/{file}.mp3>Nghe</a></li>"))
        .collect();
    let html = format!("<html lang=vi><body><h1>Truyền thanh</h1><ul>{rows}</ul></body></html>");
    let discovery = discover(&Settings::default(), &page("https://xa.example.vn/truyen-thanh", &html), &Context::default());
    let found: Vec<(&str, &str)> =
        discovery.candidates.iter().map(|it| (it.title.as_str(), it.attachments[0].media_type.as_str())).collect();
    assert_eq!(found, DOCUMENTS.map(|(_, about, ..)| (about, "audio/mpeg")));
}

#[test]
fn rows_say_how_long_their_recordings_run() {
    let lengths = |length: fn(usize) -> String| -> Vec<Option<i64>> {
        let row = |(at, (_, about, day, file)): (usize, &(&str, &str, &str, &str))| {
            format!("<li><b>{about}</b> <i>({day})</i> {} <a href=/phat-thanh/{file}.mp3>Nghe</a></li>", length(at))
        };
        let rows: String = DOCUMENTS.iter().enumerate().map(row).collect();
        let html = format!("<html lang=vi><body><h1>Truyền thanh</h1><ul>{rows}</ul></body></html>");
        let discovery = discover(&Settings::default(), &page("https://xa.example.vn/truyen-thanh", &html), &Context::default());
        let length = |it: &Candidate| it.attachments[0].duration.map(|long| long.as_secs());
        discovery.candidates.iter().map(length).collect()
    };
    let expected: Vec<Option<i64>> = (0..DOCUMENTS.len() as i64).map(|at| Some(600 + at)).collect();
    assert_eq!(lengths(|at| format!("<p>Thời lượng: 10:0{at}</p>")), expected);
    assert_eq!(lengths(|at| format!("<span class=audio-duration>10:0{at}</span>")), expected);
    assert_eq!(lengths(|at| format!("<time datetime=PT10M{at}S>mười phút</time>")), expected);
    assert_eq!(lengths(|at| format!("<p>0:10:0{at}</p>")), expected);
    // It may be when it was on the air.
    assert_eq!(lengths(|at| format!("<p>10:0{at}</p>")), [None; DOCUMENTS.len()]);
}

/// The seconds that recordings run of which a script says `said` by their number, file and title.
fn lengths_in_script(said: fn(usize, &str, &str) -> String, wrap: [&str; 2]) -> Vec<Option<i64>> {
    let row = |(_, about, day, file): &(&str, &str, &str, &str)| {
        format!("<li><b>{about}</b> <i>({day})</i> <a href=/phat-thanh/{file}.mp3>Nghe</a></li>")
    };
    let rows: String = DOCUMENTS.iter().map(row).collect();
    let data: Vec<String> = DOCUMENTS.iter().enumerate().map(|(at, (_, about, _, file))| said(at, about, file)).collect();
    let script = format!("{}{}{}", wrap[0], data.join(","), wrap[1]);
    let html = format!("<html lang=vi><body><h1>Truyền thanh</h1><ul>{rows}</ul>{script}</body></html>");
    let discovery = discover(&Settings::default(), &page("https://xa.example.vn/truyen-thanh", &html), &Context::default());
    discovery.candidates.iter().map(|it| it.attachments[0].duration.map(|long| long.as_secs())).collect()
}

#[test]
fn scripts_say_how_long_recordings_run() {
    const NEXT: [&str; 2] = ["<script id=__NEXT_DATA__ type=application/json>{\"props\":{\"pageProps\":{\"items\":[", "]}}}</script>"];
    const STATE: [&str; 2] = ["<script>var a=1;window.__STATE__={\"tracks\":[", "]};play(a)</script>"];
    let expected: Vec<Option<i64>> = (0..DOCUMENTS.len() as i64).map(|at| Some(600 + at)).collect();
    let by_address = |at: usize, _: &str, file: &str| {
        format!(r#"{{"src": "https:\/\/xa.example.vn\/phat-thanh\/{file}.mp3", "duration": {}}}"#, 600 + at)
    };
    let by_title = |at: usize, about: &str, _: &str| format!(r#"{{"id": {at}, "title": "{about}", "audio": {{"length": "10:0{at}"}}}}"#);
    let inside = |at: usize, _: &str, file: &str| {
        format!(r#"{{"durationMs": 60{at}000, "file": {{"mime": "audio/mpeg", "path": "/phat-thanh/{file}.mp3"}}}}"#)
    };
    for wrap in [NEXT, STATE] {
        assert_eq!(lengths_in_script(by_address, wrap), expected);
        assert_eq!(lengths_in_script(inside, wrap), expected);
        assert_eq!(lengths_in_script(by_title, wrap), expected);
    }
    let other_file = |at: usize, about: &str, file: &str| {
        format!(r#"{{"title": "{about}", "image": "/{file}.mp3.jpg", "video": {{"url": "/phim/{file}.mp4", "duration": 1{at}}}}}"#)
    };
    assert_eq!(lengths_in_script(other_file, NEXT), [None; DOCUMENTS.len()]);
    // What says the same of all says nothing of one.
    let alike = |_: usize, _: &str, _: &str| r#"{"url": "/truyen-thanh", "duration": 600}"#.to_owned();
    assert_eq!(lengths_in_script(alike, STATE), [None; DOCUMENTS.len()]);
}

#[test]
fn data_written_flat_say_how_long_recordings_run() {
    let (_, _, _, file) = DOCUMENTS[0];
    let script = format!(
        r#"<script id=__NUXT_DATA__ type=application/json>[{{"data":1}},{{"player":2}},{{"duration":3,"media":4}},754,{{"url":5}},"/phat-thanh/{file}.mp3"]</script>"#
    );
    let lengths = lengths_in_script(|_, _, _| String::new(), ["", &script]);
    assert_eq!((lengths[0], &lengths[1..]), (Some(754), &[None; DOCUMENTS.len() - 1][..]));
}

#[test]
fn links_that_are_called_alike_in_every_record_are_one_item() {
    check(
        "tải về, xem",
        |(number, about, day, file)| {
            format!(
                "<div class=row><div><div>Số</div><div>{number}</div></div><div><div>Trích yếu</div><div>{about}</div></div><div><div>Ngày</div><div>{day}</div></div>\
                 <div><div><a href=/upload/{file}.pdf>Tải về</a></div><div><a href=/van-ban/xem?id={file}>Xem toàn văn</a></div></div></div>"
            )
        },
        ["<div>", "</div>"],
    );
    check(
        "hai cột Xem",
        |(number, about, day, file)| {
            format!("<tr><td>{number}<td>{day}<td>{about}<td><a href=/van-ban/xem?id={file}>Xem</a><td><a href=/upload/{file}.pdf>Xem</a>")
        },
        TABLE,
    );
}

#[test]
fn the_record_names_the_file_whose_link_is_a_number() {
    check(
        "số của tệp",
        |(number, about, day, file)| {
            format!(
                "<p><a href=/upload/{file}.pdf>{}</a> <b>{about}</b> {day}<br>{number}</p>",
                file.rsplit('-').next().unwrap_or_default()
            )
        },
        ["<p><a href=/huong-dan>Hướng dẫn tra cứu văn bản</a> cho người dân</p><p><a href=/cai-dat>Cài đặt</a> phần mềm đọc</p>", ""],
    );
}

#[test]
fn who_had_a_hand_in_it_is_no_headline() {
    check(
        "names that are links",
        |(number, about, day, file)| {
            let people = ["Minh Hà", "Hoàng Long", "Quốc Trung", "Thu Lan", "Trọng Khôi", "Hải Yến", "Bảo Anh"];
            let people = people.map(|name| format!("<a href='/nguoi/{name}'>{name} {file}</a>")).join(", ");
            format!(
                "<dt><a href=/van-ban/{file}>{number}</a> [<a href=/upload/{file}.pdf>pdf</a>]</dt><dd><div>{about}</div><div>{people}</div><div>{day}</div></dd>"
            )
        },
        ["<dl>", "</dl>"],
    );
}

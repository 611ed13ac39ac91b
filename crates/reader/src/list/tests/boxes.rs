//! Which boxes of a page are its list, and which stand beside it.

use super::*;

/// Headlines that are long enough to be some.
const STORIES: [&str; 12] = [
    "Công an phường ra quân bảo đảm trật tự đô thị dịp cuối năm",
    "Thành phố khánh thành cây cầu thứ mười bắc qua sông Hàn",
    "Nhiều tuyến đường cấm xe tải trong giờ cao điểm buổi chiều",
    "Học sinh ba trường vùng núi nhận sách giáo khoa miễn phí",
    "Bắt nhóm đối tượng trộm cắp xe máy ở khu công nghiệp",
    "Khởi công nhà ở xã hội dành cho công nhân khu chế xuất",
    "Cảnh báo thủ đoạn giả danh nhân viên điện lực để lừa đảo",
    "Lực lượng cứu hộ đưa bốn ngư dân gặp nạn vào bờ an toàn",
    "Hội nghị tổng kết phong trào toàn dân bảo vệ an ninh",
    "Người dân hiến đất mở rộng con hẻm rộng chưa đầy hai mét",
    "Tìm thấy cụ bà đi lạc sau mười hai giờ trong rừng",
    "Phát hiện cơ sở sản xuất mỹ phẩm không rõ nguồn gốc",
];

/// Cards of the stories with these numbers under `section`, each with its day.
fn cards(section: &str, numbers: std::ops::Range<usize>) -> String {
    let card = |number: usize| {
        format!(
            "<article class=item><h3><a href=/{section}/tin-{number}000.html>{}</a></h3><p>Ngày {:02}/07/2026</p></article>",
            STORIES[number],
            number + 1
        )
    };
    numbers.map(card).collect()
}

fn lines(section: &str, numbers: std::ops::Range<usize>) -> String {
    numbers.map(|number| format!("<li><a href=/{section}/tin-{number}000.html>{}</a></li>", STORIES[number])).collect()
}

fn at(url: &str, body: &str, settings: &str, memory: Memory) -> Discovery {
    let settings: Settings = serde_json::from_str(settings).unwrap();
    let context = Context { memory, ..Context::default() };
    discover(&settings, &page(url, &format!("<html><body>{body}</body></html>")), &context)
}

/// The boxes as `name +` for one of the list and `name -` for one beside it.
fn parts(discovery: &Discovery) -> Vec<String> {
    let sign = |page_box: &PageBox| if page_box.part == Part::List { '+' } else { '-' };
    discovery.boxes.iter().map(|page_box| format!("{} {} {}", page_box.heading, page_box.headlines, sign(page_box))).collect()
}

#[track_caller]
fn check_parts(url: &str, body: &str, expected: &[&str]) {
    let mut discovery = at(url, body, r#"{"page": {}}"#, Memory::default());
    assert_eq!(parts(&discovery), expected);
    discovery.keep_list();
    let kept: usize = discovery.boxes.iter().filter(|page_box| page_box.part == Part::List).map(|page_box| page_box.headlines).sum();
    assert_eq!(discovery.candidates.len(), kept);
}

#[test]
fn most_read_is_beside_the_list_though_it_is_built_alike() {
    let (list, popular) = (cards("tin", 0..6), cards("tin", 7..11));
    let right = format!("<div class=a><div class=l>{list}</div><div class=r><h2>Xem nhiều</h2><div>{popular}</div></div></div>");
    check_parts("https://a.vn/", &right, &[" 6 +", "Xem nhiều 4 -"]);
    let left =
        format!("<div class=a><div class=r><div class=title>Đọc nhiều nhất</div><div>{popular}</div></div><div class=l>{list}</div></div>");
    check_parts("https://a.vn/", &left, &["Đọc nhiều nhất 4 -", " 6 +"]);
}

#[test]
fn the_sections_of_a_front_page_are_all_of_its_list() {
    let section = |name: &str, path: &str, numbers| format!("<section><h2>{name}</h2><div>{}</div></section>", cards(path, numbers));
    let page = section("An ninh", "an-ninh", 0..4) + &section("Đời sống", "doi-song", 4..8) + &section("Pháp luật", "phap-luat", 8..12);
    check_parts("https://a.vn/", &page, &["An ninh 4 +", "Đời sống 4 +", "Pháp luật 4 +"]);
}

#[test]
fn another_sections_box_is_beside_the_list_of_a_section() {
    let page = format!(
        "<div><h1>An ninh</h1><div>{}</div></div><aside><h3>Đời sống</h3><div>{}</div></aside>",
        cards("an-ninh", 0..6),
        cards("doi-song", 6..10)
    );
    check_parts("https://a.vn/an-ninh", &page, &["An ninh 6 +", "Đời sống 4 -"]);
}

#[test]
fn what_shows_some_of_a_sections_list_once_more_is_of_the_whole_site() {
    let newest = format!("<div class=k><h3>Tin mới nhất</h3><div>{}</div></div>", cards("tin", 8..11) + &cards("tin", 0..2));
    let list = format!("<div class=k><h3>An ninh</h3><div>{}</div></div>", cards("tin", 0..8));
    let kept = |url: &str, page: &str| {
        let mut discovery = at(url, page, r#"{"page": {}}"#, Memory::default());
        discovery.keep_list();
        discovery.candidates.len()
    };
    assert_eq!(kept("https://a.vn/an-ninh", &format!("{newest}{list}")), 8);
    assert_eq!(kept("https://a.vn/", &format!("{newest}{list}")), 11, "of a front page all are");
    // A slide that shows nothing else.
    let slide = format!("<div class=k><h3>Tin mới nhất</h3><div>{}</div></div>", cards("tin", 0..3));
    assert_eq!(kept("https://a.vn/an-ninh", &format!("{slide}{list}")), 8);
}

#[test]
fn a_box_that_is_called_as_another_page_of_the_menu_is_of_that_section() {
    let menu = "<nav><a href=/muc/1>An ninh</a> <a href=/muc/2>Đời sống</a></nav>";
    let section = |name: &str, numbers| format!("<div class=k><h3>{name}</h3><div>{}</div></div>", cards("tin", numbers));
    let page = format!("{menu}<div>{}{}</div>", section("An ninh", 0..8), section("Đời sống", 8..11));
    check_parts("https://a.vn/muc/1", &page, &["An ninh 8 +", "Đời sống 3 -"]);
    check_parts("https://a.vn/", &page, &["An ninh 8 +", "Đời sống 3 +"]);
}

#[test]
fn a_tab_names_its_pane() {
    let tabs = "<ul><li><a href='#t1'>Tin mới</a></li><li><a data-toggle=tab href='#t2'>Đọc nhiều</a></li></ul>";
    let page = format!("<div id=t>{tabs}<div id=t1>{}</div><div id=t2>{}</div></div>", cards("tin", 0..6), cards("tin", 6..10));
    check_parts("https://a.vn/", &page, &["Tin mới 6 +", "Đọc nhiều 4 -"]);
}

#[test]
fn a_button_that_a_slide_shows_too_leaves_the_headline_to_its_card() {
    let card = |number: usize| {
        format!(
            "<div class=card><h5>{}</h5><small>{:02}/07/2026</small> <a class=btn href=/bai/tin-{number}000>Xem chi tiết</a></div>",
            STORIES[number],
            number + 1
        )
    };
    let slide =
        |number: usize| format!("<div class=s><h5>{}</h5><a class=btn href=/bai/tin-{number}000>Xem chi tiết</a></div>", STORIES[number]);
    let slides: String = [10, 2, 11].map(slide).concat();
    let list: String = (0..8).map(card).collect();
    let mut discovery = at(
        "https://a.vn/bai",
        &format!("<div><h3>Đọc nhiều</h3><div>{slides}</div></div><div><div>{list}</div></div>"),
        r#"{"page": {}}"#,
        Memory::default(),
    );
    discovery.keep_list();
    let titles: Vec<&str> = discovery.candidates.iter().map(|candidate| candidate.title.as_str()).collect();
    assert_eq!(titles, STORIES[..8]);
}

#[test]
fn a_day_in_brackets_at_the_end_of_a_link_is_none_of_its_headline() {
    let line = |number: usize| {
        format!("<li><a href=/tin/tin-{number}000.html>{} <span>({:02}/07/2026)</span></a></li>", STORIES[number], number + 1)
    };
    let discovery =
        at("https://a.vn/", &format!("<ul>{}</ul>", (0..8).map(line).collect::<String>()), r#"{"page": {}}"#, Memory::default());
    let titles: Vec<&str> = discovery.candidates.iter().map(|candidate| candidate.title.as_str()).collect();
    assert_eq!(titles, STORIES[..8]);
    assert!(discovery.candidates.iter().all(|candidate| candidate.published.is_some()));
}

#[test]
fn a_page_of_notices_has_notices_for_its_list() {
    let page = format!("<div><h1>Thông báo</h1><div>{}</div></div>", cards("thong-bao", 0..6));
    check_parts("https://a.vn/thong-bao", &page, &["Thông báo 6 +"]);
    let beside = format!("<div><div>{}</div></div><div><h3>Thông báo</h3><div>{}</div></div>", cards("tin", 0..6), cards("tin", 6..10));
    check_parts("https://a.vn/", &beside, &[" 6 +", "Thông báo 4 -"]);
}

#[test]
fn a_lead_story_belongs_to_the_list_under_it() {
    let lead = format!("<div><h2><a href=/tin/dau-9999.html>{}</a></h2><p>Ngày 30/07/2026</p></div>", STORIES[11]);
    let page = format!("<div class=main><div>{lead}</div><div>{}</div></div>", cards("tin", 0..6));
    check_parts("https://a.vn/", &page, &[" 7 +"]);
}

#[test]
fn the_newest_story_stands_in_the_list_though_a_ticker_shows_it() {
    let list = format!("<div class=main><ul>{}</ul></div>", lines("tin", 0..9));
    let page = format!("<div class=top><h4>Xem nhiều</h4><ul>{}</ul></div>{list}", lines("tin", 0..2));
    let mut discovery = at("https://a.vn/", &page, r#"{"page": {}}"#, Memory::default());
    discovery.keep_list();
    assert_eq!(discovery.candidates.len(), 9, "{:#?}", discovery.boxes);
}

#[test]
fn the_operators_word_counts_before_everything_else() {
    let page = format!(
        "<div><div>{}</div></div><div><h2>Xem nhiều</h2><div>{}</div></div><div><h2>Chuyên đề</h2><div>{}</div></div>",
        cards("tin", 0..5),
        cards("tin", 5..8),
        cards("tin", 8..11)
    );
    let settings = r#"{"page": {"boxes-in": ["XEM NHIEU"], "boxes-out": ["chuyên đề"]}}"#;
    assert_eq!(parts(&at("https://a.vn/", &page, settings, Memory::default())), [" 5 +", "Xem nhiều 3 +", "Chuyên đề 3 -"]);
}

#[test]
fn what_was_found_beside_the_list_stays_there_unless_it_has_most_of_what_is_known() {
    let page = |known: &str, other: &str| format!("<div><h2>Một</h2><div>{known}</div></div><div><h2>Hai</h2><div>{other}</div></div>");
    let memory = |name: &str| Memory {
        addresses: (0..6).map(|number| format!("a.vn/tin/tin-{number}000")).collect(),
        beside: vec![BesideBox { name: name.to_owned(), why: "old stories come round in it".to_owned() }],
        ..Memory::default()
    };
    let page = page(&cards("tin", 0..6), &cards("tin", 6..10));
    assert_eq!(parts(&at("https://a.vn/", &page, r#"{"page": {}}"#, memory("hai"))), ["Một 6 +", "Hai 4 -"]);
    assert_eq!(parts(&at("https://a.vn/", &page, r#"{"page": {}}"#, memory("một"))), ["Một 6 +", "Hai 4 +"]);
}

/// What the next poll remembers.
fn remembered(discovery: &Discovery) -> Memory {
    Memory {
        addresses: discovery.candidates.iter().map(|candidate| link::identity(&candidate.url)).collect(),
        rule: Some(Rule::of(discovery.candidates.iter(), None)),
        boxes: discovery.boxes.clone(),
        ..Memory::default()
    }
}

fn learned(body: &str) -> Memory {
    let mut discovery = at("https://a.vn/", body, r#"{"page": {}}"#, Memory::default());
    discovery.keep_list();
    remembered(&discovery)
}

#[test]
fn boxes_of_one_column_are_told_apart_by_what_stands_over_them() {
    let cards = |numbers| cards("tin", numbers);
    let column = |over: &str| format!("<div>{}</div>", cards(0..5)) + &format!("<div>{}{over}{}</div>", cards(5..8), cards(8..10));
    check_parts("https://a.vn/", &column("<div class=t>Xem nhiều</div>"), &[" 8 +", "Xem nhiều 2 -"]);
    check_parts("https://a.vn/", &column("<div class=q>Quảng cáo</div>"), &[" 10 +"]);
    check_parts("https://a.vn/", &column("<div class=d>Thứ Hai, 06/07/2026</div>"), &[" 10 +"]);
}

#[test]
fn columns_are_boxes_and_rows_are_not() {
    let two = |one: &str, other: &str| {
        let rows = [(one, 0..5), (other, 5..9)].map(|(open, numbers)| format!("{open}{}</div>", cards("tin", numbers)));
        parts(&at("https://a.vn/", &format!("<div>{}</div>", rows.concat()), r#"{"page": {}}"#, Memory::default())).len()
    };
    assert_eq!(two("<div class='row first'>", "<div class=row>"), 1);
    assert_eq!(two("<div class='r r-1204'>", "<div class='r r-1205'>"), 1);
    assert_eq!(two("<div class=content>", "<div class=sidebar>"), 2);
    assert_eq!(two("<div class=col-md-8>", "<div class=col-md-4>"), 2);
    let cells = format!("<table><tr><td>{}</td><td>{}</td></tr></table>", cards("tin", 0..5), cards("tin", 5..9));
    assert_eq!(parts(&at("https://a.vn/", &cells, r#"{"page": {}}"#, Memory::default())).len(), 2);
}

#[test]
fn a_box_keeps_its_heading_though_its_first_headline_stands_in_the_list_too() {
    let column = format!("<div class=t>Đọc nhiều</div>{}{}", cards("tin", 3..4), cards("tin", 7..11));
    check_parts(
        "https://a.vn/",
        &format!("<div class=a><div>{}</div><div>{column}</div></div>", cards("tin", 0..6)),
        &[" 6 +", "Đọc nhiều 4 -"],
    );
    // An empty list's heading is none of the box behind it.
    let empty =
        format!("<div><h3>Tin hoạt động</h3><p>Đang cập nhật</p></div><div><b>Tin đọc nhiều</b><ul>{}</ul></div>", cards("tin", 0..4));
    assert_eq!(at("https://a.vn/", &empty, r#"{"page": {}}"#, Memory::default()).boxes[0].heading, "Tin đọc nhiều");
}

#[test]
fn what_comes_later_beside_a_known_list_has_to_prove_itself() {
    let page = |list: std::ops::Range<usize>, other: &str| format!("<div><div>{}</div></div><aside>{other}</aside>", cards("tin", list));
    let memory = || learned(&page(0..6, ""));
    let parts_of = |body: &str| parts(&at("https://a.vn/", body, r#"{"page": {}}"#, memory()));
    let other = |numbers| format!("<div><h4>Chuyện lạ</h4><ul>{}</ul></div>", cards("tin", numbers));
    assert_eq!(parts_of(&page(0..6, &other(7..11))), [" 6 +", "Chuyện lạ 4 -"]);
    // A front page that is rebuilt in sections has the list's stories in them.
    let rebuilt = format!("<section>{}</section><section><h2>Đời sống</h2><div>{}</div></section>", cards("tin", 0..3), cards("tin", 3..6));
    assert_eq!(parts_of(&rebuilt), [" 3 +", "Đời sống 3 +"]);
    // What stood there before needs no proof.
    let memory = learned(&page(0..6, &other(7..11)));
    assert_eq!(parts(&at("https://a.vn/", &page(0..6, &other(8..12)), r#"{"page": {}}"#, memory)), [" 6 +", "Chuyện lạ 4 +"]);
}

#[test]
fn an_empty_list_is_not_the_box_that_is_left() {
    let popular = format!("<aside><h4>Đọc nhiều</h4><ul>{}</ul></aside>", cards("tin", 6..11));
    let memory = Memory {
        addresses: (0..12).map(|number| format!("a.vn/tin/tin-{number}000")).collect(),
        ..learned(&format!("<div><div>{}</div></div>{popular}", cards("tin", 0..11)))
    };
    let empty = format!("<div><div>Dữ liệu đang được cập nhật</div></div>{popular}");
    let mut discovery = at("https://a.vn/", &empty, r#"{"page": {}}"#, memory);
    discovery.keep_list();
    assert_eq!(discovery.candidates, vec![]);
}

#[test]
fn a_rebuild_changes_neither_what_a_box_is_called_nor_what_the_operator_said_of_it() {
    let before = |list: &str, other: &str| {
        format!("<table><tr><td><div><div><div>{list}</div></div></div></td><td><div><div><div>{other}</div></div></div></td></tr></table>")
    };
    let after =
        |list: &str, other: &str| format!("<main><section>{list}</section></main><aside><h4>Nên xem</h4><p></p><div>{other}</div></aside>");
    let first = at("https://a.vn/", &before(&cards("tin", 0..6), &cards("tin", 7..11)), r#"{"page": {}}"#, Memory::default());
    let name = first.boxes[1].name().to_owned();
    let settings = format!(r#"{{"page": {{"boxes-out": ["{name}"]}}}}"#);
    let mut memory = remembered(&first);
    for body in [
        before(&cards("tin", 0..6), &cards("tin", 8..11)),
        after(&cards("tin", 0..6), &cards("tin", 9..12)),
        after(&cards("tin", 1..6), &cards("tin", 10..12)),
    ] {
        let discovery = at("https://a.vn/", &body, &settings, memory);
        let page_box = discovery.boxes.iter().find(|page_box| page_box.is_called(&name)).unwrap();
        assert!(page_box.is_decided && page_box.part != Part::List, "{body} {:#?}", discovery.boxes);
        memory = remembered(&discovery);
    }
}

#[test]
fn a_list_that_is_rebuilt_under_the_name_of_another_box_is_the_list() {
    let old = format!("<div><div>{}</div></div>", cards("tin", 0..6));
    let addresses = (0..12).map(|number| format!("a.vn/tin/tin-{number}000")).collect();
    let mut memory = Memory { addresses, ..learned(&old) };
    memory.beside = vec![BesideBox { name: "Trang chủ".to_owned(), why: "old stories come round in it".to_owned() }];
    // Sections below show half of the list's stories once more, and as many others.
    let section = |name: &str, numbers| format!("<section><h2>{name}</h2><ul>{}</ul></section>", cards("tin", numbers));
    let (list, sections) = (cards("tin", 0..6), section("Đời sống", 3..8) + &section("Pháp luật", 1..3) + &section("Y tế", 8..11));
    let newest = section("Tin mới nhất", 0..3);
    let rebuilt = format!("<main>{newest}<section><h2>Trang chủ</h2><ul>{list}</ul></section>{sections}</main>");
    let mut discovery = at("https://a.vn/", &rebuilt, r#"{"page": {}}"#, memory);
    let home = discovery.boxes.iter().find(|page_box| page_box.heading == "Trang chủ").unwrap();
    assert_eq!(home.part, Part::List, "{:#?}", discovery.boxes);
    discovery.keep_list();
    assert!(discovery.candidates.iter().filter(|candidate| STORIES[..6].contains(&candidate.title.as_str())).count() == 6);
}

#[test]
fn the_headline_of_a_card_whose_link_is_a_button_is_no_heading() {
    let card = |number: usize| {
        format!(
            "<div class=card><h5>{}</h5><p>Ngày {:02}/07/2026</p><a href=/tin/tin-{number}000.html>Xem chi tiết</a></div>",
            STORIES[number],
            number + 1
        )
    };
    let slide =
        |number: usize| format!("<div class=slide><h5>{}</h5><a href=/tin/tin-{number}000.html>Xem chi tiết</a></div>", STORIES[number]);
    let list: String = (0..8).map(card).collect();
    // One that the slides show first stands among the rows without a link of its own.
    let page = format!("<div class=slides>{}{}</div><h2>Tin mới</h2><div class=row>{list}</div>", slide(2), slide(5));
    let discovery = at("https://a.vn/", &page, r#"{"page": {}}"#, Memory::default());
    let headings: Vec<&str> = discovery.boxes.iter().map(|page_box| page_box.heading.as_str()).collect();
    assert!(headings.iter().all(|heading| ["", "Tin mới"].contains(heading)), "{headings:?}");
}

#[test]
fn a_box_above_the_list_that_was_none_of_it_becomes_no_lead_by_looking_alike() {
    let above = |numbers| format!("<div class=top><div>{}</div></div>", cards("tin", numbers));
    let page = |numbers| format!("{}<div class=main><div>{}</div></div>", above(numbers), cards("tin", 0..6));
    let first = at("https://a.vn/", &page(7..10), r#"{"page": {}}"#, Memory::default());
    assert_eq!(parts(&first), [" 3 +", " 6 +"]);
    // Where it was found to have nothing of the list's headlines, it stays beside.
    let mut memory = remembered(&first);
    memory.boxes[0].part = Part::Beside("it has nothing of what the list's headlines have".to_owned());
    assert_eq!(parts(&at("https://a.vn/", &page(8..11), r#"{"page": {}}"#, memory)), [" 3 -", " 6 +"]);
}

#[test]
fn a_legend_is_the_heading_of_its_box() {
    let popular = format!("<fieldset><legend>Đáng chú ý</legend><div>{}</div></fieldset>", cards("tin", 7..10));
    let page = format!("<h1>Tin hoạt động</h1><div class=list></div>{popular}");
    assert_eq!(at("https://a.vn/", &page, r#"{"page": {}}"#, Memory::default()).boxes[0].heading, "Đáng chú ý");
}

//! When a list says its headlines were published.

use super::{check, found, line, page};
use crate::list::Context;
use crate::list::Settings;
use crate::list::discover;

#[test]
fn dates_may_stand_before_their_headlines() {
    list!("definition-list");
}

#[test]
fn relative_dates_count_from_when_the_page_was_fetched() {
    let discovery = list!("relative-dates");
    for (at, candidate) in discovery.candidates.iter().enumerate() {
        assert_eq!(candidate.image.as_ref().unwrap().as_str(), format!("https://img.example.vn/{at}.webp"));
        assert!(candidate.summary.is_some(), "{}", candidate.title);
    }
}

#[test]
fn a_day_may_stand_over_several_headlines() {
    let item = |number: usize, clock: &str, title: &str| {
        format!("<li><span>{clock}</span> <a href=/tin/bai-viet-47{number}.html>{title}</a></li>")
    };
    let list = |clocks: [&str; 4]| {
        let titles = [
            "Mở hội sách bên sông Hàn",
            "Khen thưởng ba chiến sĩ cứu người",
            "Lịch cắt điện trong tuần tới",
            "Hai xe tải va chạm trên đèo",
        ];
        let item = |at: usize| item(at, clocks[at], titles[at]);
        let under = |day: &str, items: &[usize]| format!("<h3>{day}</h3><ul>{}</ul>", items.iter().map(|at| item(*at)).collect::<String>());
        let head = "<header>Thứ Sáu, 10/07/2026</header>";
        found(&format!("{head}<main>{}{}</main>", under("Thứ Năm, 09/07/2026", &[0, 1]), under("08/07/2026", &[2, 3]))).candidates
    };
    let days = |clocks| list(clocks).iter().map(|candidate| line(candidate)[..16].to_owned()).collect::<Vec<_>>();
    assert_eq!(days(["08:07", "07:00", "", "16:30"]), ["2026-07-09T08:07", "2026-07-09T07:00", "2026-07-08 | htt", "2026-07-08T16:30"]);
    // One day alone is that of the look.
    let long = ["Mở hội sách mùa hè bên bờ sông Hàn trong ba ngày", "Khen thưởng ba chiến sĩ cứu người trong đám cháy"];
    let items: String = long.iter().enumerate().map(|(at, title)| item(at, "", title)).collect();
    let one = found(&format!("<p>10/07/2026</p><ul>{items}</ul>")).candidates;
    assert!(one.len() == 2 && one.iter().all(|candidate| candidate.published.is_none()), "{one:?}");
}

#[test]
fn dates_may_be_written_in_words() {
    list!("worded-dates");
}

#[test]
fn a_date_that_may_be_either_of_two_days_is_left_out_and_said() {
    let items = |first: &str, second: &str| {
        let item = |(slug, title, day): (&str, &str, &str)| format!("<li><a href=/news/{slug}-4711>{title}</a> <span>{day}</span>");
        let news = [
            ("library-opens-on-sundays", "The library opens on Sundays too", first),
            ("bridge-is-closed", "The bridge is closed for repairs", second),
        ];
        format!("<ul>{}</ul>", news.map(item).concat())
    };
    let read = |html: &str| discover(&Settings::default(), &page("https://town.example.com/news", html), &Context::default());
    let doubtful = read(&items("03/04/2026", "02/04/2026"));
    assert_eq!(doubtful.candidates.iter().filter(|candidate| candidate.published.is_some()).count(), 0);
    assert_eq!(doubtful.problems, ["`03/04/2026` may be 3 April or 4 March, and another date is as open: left out"]);
    let settled = read(&items("03/04/2026", "25/03/2026"));
    let days: Vec<String> = settled.candidates.iter().map(|candidate| line(candidate)[..10].to_owned()).collect();
    assert_eq!((days, settled.problems), (vec!["2026-04-03".to_owned(), "2026-03-25".to_owned()], vec![]));
}

/// Cases of a court: name and address, with the day of each.
const CASES: [(&str, &str, &str); 4] = [
    ("Anna Schmidt v. Board of Education of the City", "15-3098", "05/26/2016"),
    ("Nationwide Casualty Company v. Randy Shearer", "15-1837", "05/26/2016"),
    ("Rory Walsh v. Brian George and the State", "15-1618", "05/25/2016"),
    ("In the Matter of the Estate of Joseph Brown", "16-5091", "05/24/2016"),
];

#[track_caller]
fn dated(html: &str) {
    let page = page("https://www.court.example.gov/recent", &format!("<html lang=en-US><body>{html}</body></html>"));
    let found = discover(&Settings::default(), &page, &Context::default()).candidates;
    let found: Vec<String> = found
        .iter()
        .map(|found| found.published.as_ref().map(|stamp| stamp.at.strftime("%m/%d/%Y").to_string()).unwrap_or_default())
        .collect();
    assert_eq!(found, CASES.map(|(.., day)| day), "{html}");
}

#[test]
fn a_page_without_elements_for_its_records_has_days_in_the_lines_between() {
    let link = |name: &str, number: &str| format!("<a href=/opinions/{number}.pdf>{name}</a>");
    let rows =
        |row: &dyn Fn(&str, &str, &str) -> String| CASES.iter().map(|(name, number, day)| row(name, number, day)).collect::<String>();
    dated(&rows(&|name, number, day| format!("Filed {day}, No. {number}<br>{}<br>Agency<br><br>", link(name, number))));
    dated(&rows(&|name, number, day| format!("{}<br>Agency<br>Filed {day}, No. {number}<br><br>", link(name, number))));
}

#[test]
fn the_number_of_a_case_is_no_day() {
    let row = |(name, number, day): &(&str, &str, &str)| {
        format!("<tr><td><a href=/opinions/{number}.pdf>{name}</a><td><a href=/cases/{number}>2022021{}</a><td>{day}", &number[1..2])
    };
    dated(&format!("<table>{}</table>", CASES.iter().map(row).collect::<String>()));
}

#[test]
fn headlines_may_hold_the_days_of_their_records() {
    let words = ["May 26, 2016", "May 26, 2016", "May 25, 2016", "May 24, 2016"];
    let row = |((name, number, _), day): (&(&str, &str, &str), &str)| {
        // The year of a day in prose may stand in the next line.
        let cited = if *number == CASES[0].1 { "(Nov. 2, <br>1938)" } else { "" };
        format!("<p><a href={number}.pdf><strong>{day}</strong> – {name}</a><br>Fees: a city must pay them, for it may not {cited}.</p>")
    };
    dated(&format!("<div>{}</div>", CASES.iter().zip(words).map(row).collect::<String>()));
    // A row that is one link has its day in an element.
    let card = |((name, number, _), day): (&(&str, &str, &str), &str)| {
        format!("<li><a href=/opinions/{number}.pdf><span>{number}</span><span>{name}</span><span>{day}</span><span>PDF</span></a>")
    };
    let html = format!("<ul>{}</ul>", CASES.iter().zip(words).map(card).collect::<String>());
    dated(&html);
    let page = page("https://www.court.example.gov/recent", &html);
    let found = discover(&Settings::default(), &page, &Context::default()).candidates;
    assert_eq!(found.iter().map(|found| found.title.as_str()).collect::<Vec<_>>(), CASES.map(|(name, ..)| name));
}

#[test]
fn days_over_records_may_say_what_was_done_then_and_stand_in_tags_that_nobody_closed() {
    let under = |label: &str, cases: &[usize]| {
        let items: String =
            cases.iter().map(|at| format!("<li><a href=/opinions/{}.pdf>{}</a></li>", CASES[*at].1, CASES[*at].0)).collect();
        format!("<b><font><strong>{label}:</strong></font></b><font size=2><ul>{items}</ul>")
    };
    dated(
        &[
            "To be published in the Law Journal of May 26, 2016",
            "Published in the Law Journal of May 25, 2016",
            "Published in the Law Journal of May 24, 2016",
        ]
        .into_iter()
        .zip([[0, 1].as_slice(), &[2], &[3]])
        .map(|(label, cases)| under(label, cases))
        .collect::<String>(),
    );
}

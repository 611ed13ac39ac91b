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

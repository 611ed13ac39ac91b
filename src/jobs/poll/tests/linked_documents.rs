//! The site's own feed beside a list page: when it is asked for.

use loa_stand_ins::pages::Pages;

use super::*;

/// A portal whose list names a feed of the site.
struct Site {
    pages: Pages,
    stories: Vec<Listed>,
}

struct Listed {
    number: u32,
    /// Whether the article's own page says when it was published.
    is_dated: bool,
}

impl Listed {
    fn title(&self) -> String {
        format!("Công an phường {} trả lại ví cho người đánh rơi", self.number)
    }

    fn path(&self) -> String {
        format!("/tin-tuc/cong-an-phuong-{0}-tra-lai-vi-{0}.html", self.number)
    }

    fn day(&self) -> u32 {
        self.number
    }
}

impl Site {
    async fn start() -> Self {
        let site = Self { pages: Pages::start().await.unwrap(), stories: Vec::new() };
        site.pages.put("/robots.txt", "User-agent: *\nDisallow:\n");
        site
    }

    fn publish(&mut self, number: u32, is_dated: bool) {
        self.stories.insert(0, Listed { number, is_dated });
        self.show("");
    }

    /// Puts the pages; `beside` stands beside the list.
    fn show(&self, beside: &str) {
        let rows = |row: &dyn Fn(&Listed) -> String| self.stories.iter().map(row).collect::<String>();
        let list = rows(&|story| format!("<li><h3><a href=\"{}\">{}</a></h3></li>", story.path(), story.title()));
        let head = "<title>Tin tức</title><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/feed/\">";
        let html = |head: &str, body: &str| format!("<!doctype html><html lang=\"vi\"><head>{head}</head><body>{body}</body></html>");
        self.pages.put("/tin-tuc/", html(head, &format!("<main><ul>{list}</ul></main><aside>{beside}</aside>")));
        let items = rows(&|story| {
            let Listed { number, .. } = story;
            let link = format!("{}{}", self.pages.url().trim_end_matches('/'), story.path());
            let date = format!("{:02} Nov 2026 0{}:15:00 +0700", story.day(), number % 10);
            format!("<item><title>{}</title><link>{link}</link><pubDate>{date}</pubDate></item>", story.title())
        });
        self.pages.put("/feed/", format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Tin</title>{items}</channel></rss>"));
        for story in &self.stories {
            let date = if story.is_dated { format!("<p>Đăng ngày {:02}-11-2026 06:30</p>", story.day()) } else { String::new() };
            let text =
                "Chiều hôm qua, công an phường đã trao lại chiếc ví cho người đánh rơi, trước sự chứng kiến của tổ dân phố. ".repeat(3);
            let article = format!("<main><h1>{}</h1>{date}<p>{text}</p><p>{text}</p></main>", story.title());
            self.pages.put(&story.path(), html(&format!("<title>{}</title>", story.title()), &article));
        }
    }

    fn asked(&self) -> Vec<String> {
        self.pages.take_requests().into_iter().map(|asked| asked.path).collect()
    }
}

#[tokio::test]
async fn the_sites_feed_is_asked_only_for_what_the_pages_leave_open() {
    let newsroom = Newsroom::start().await;
    let mut site = Site::start().await;
    (1..=8).for_each(|number| site.publish(number, true));
    let text = format!("url = \"{}tin-tuc/\"\n", site.pages.url());
    let feed = crate::feed::read("ward".parse().unwrap(), "x.toml", &text, newsroom.folder.path(), &|_| None).unwrap();
    let at = |hour: i64| newsroom.terms_after(SignedDuration::from_hours(hour));
    assert_eq!(poll(&feed, &at(0)).await.unwrap().recorded.articles, 8);
    assert!(site.asked().contains(&"/feed/".to_owned()), "the first poll learns all it can");

    site.show("<p>Hôm nay trời nắng</p>");
    poll(&feed, &at(1)).await.unwrap();
    assert_eq!(site.asked(), ["/tin-tuc/"], "nothing is new");

    site.publish(9, true);
    assert_eq!(poll(&feed, &at(2)).await.unwrap().headlines, [site.stories[0].title()]);
    assert_eq!(site.asked(), ["/tin-tuc/".to_owned(), site.stories[0].path()], "its own page says all");

    site.publish(10, false);
    assert_eq!(poll(&feed, &at(3)).await.unwrap().headlines, [site.stories[0].title()]);
    assert_eq!(site.asked(), ["/tin-tuc/".to_owned(), site.stories[0].path(), "/feed/".to_owned()], "its own page has no date");
    let newest = newsroom.store.latest(&feed.id, 1).await.unwrap().remove(0);
    assert_eq!(newest.published.unwrap().at.to_string(), "2026-11-10T00:15:00+07:00[+07:00]");
}

#[tokio::test]
async fn a_feed_that_is_gone_costs_a_remark() {
    let newsroom = Newsroom::start().await;
    let mut site = Site::start().await;
    (1..=8).for_each(|number| site.publish(number, true));
    let text = format!("url = \"{}tin-tuc/\"\n", site.pages.url());
    let feed = crate::feed::read("ward".parse().unwrap(), "x.toml", &text, newsroom.folder.path(), &|_| None).unwrap();
    poll(&feed, &newsroom.terms()).await.unwrap();
    site.publish(9, false);
    site.pages.lead("/feed/", "/nothing");
    let report = poll(&feed, &newsroom.terms_after(SignedDuration::from_hours(1))).await.unwrap();
    assert_eq!(report.headlines, [site.stories[0].title()]);
    assert!(report.remarks.iter().any(|remark| remark.starts_with("the site's feed could not be had")), "{:?}", report.remarks);
}

//! The portal's state: its stories, its build, its addresses, and what goes wrong on order.

use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::{chrome, story::Story};

/// Headlines on one list page.
pub(super) const PER_PAGE: usize = 10;

/// Paragraphs on one page of an article that is split.
pub(super) const PER_ARTICLE_PAGE: usize = 2;

/// How the pages are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Markup {
    /// A plain list in `ul` and `li`.
    #[default]
    Plain,
    /// Tables within one form, as ASP.NET portals have it.
    Tables,
    /// Cards, each story twice: for wide screens and for telephones, as Liferay portals have it.
    Cards,
    /// Nothing but `div` and `span`, with names that say nothing, as page builders write them.
    Blocks,
}

/// What goes wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// An error page with this status.
    Status(u16),
    /// 429 or 503 with this many seconds in `Retry-After`.
    RetryAfter(u16, u32),
    /// The connection is reset.
    Reset,
    /// No answer until the client gives up.
    Hang,
    /// 200 with nothing in it.
    Empty,
    /// 200 with a notice instead of the page.
    Maintenance,
    /// The truth, but later.
    Slow(Duration),
}

/// An order for the next `times` requests whose path begins with `prefix`.
#[derive(Debug)]
pub(super) struct Order {
    pub prefix: String,
    pub failure: Failure,
    pub times: u32,
}

/// A request as the portal saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// When it came.
    pub at: Instant,
    pub method: String,
    /// With the query.
    pub path: String,
    /// It asked for a change only.
    pub conditional: bool,
    /// 0 where there was no answer.
    pub status: u16,
    pub user_agent: String,
}

/// A story and when its page last changed.
#[derive(Debug, Clone)]
pub(super) struct Published {
    pub story: Story,
    pub changed: Timestamp,
}

#[derive(Debug, Default)]
pub(super) struct Site {
    /// The newest first.
    pub stories: Vec<Published>,
    pub markup: Markup,
    /// The build whose form the addresses have.
    pub addresses: Markup,
    /// Whether addresses of other builds lead nowhere.
    pub forgets: bool,
    pub changed: Timestamp,
    pub robots: Option<String>,
    pub orders: Vec<Order>,
    pub seen: Vec<Seen>,
    pub visits: u32,
    /// What the heads of its lists say of the portal, if anything.
    pub description: Option<String>,
    /// Whether boxes of the portal's own stand in its articles.
    pub boxes: bool,
    /// Further pictures of an article that has one.
    pub further_pictures: u32,
    /// Whether an article shows [`PER_ARTICLE_PAGE`] paragraphs at a time.
    pub split: bool,
}

/// What a path leads to.
pub(super) enum Place<'a> {
    List {
        page: usize,
    },
    Article {
        published: &'a Published,
        page: usize,
    },
    /// A page that the menu leads to, by its name.
    Standing(&'static str),
    /// Another address than the story has now.
    Moved(String),
    Picture {
        number: u32,
        large: bool,
    },
    /// The small picture beside the portal's name.
    Icon,
    /// A picture of the portal's own, told apart by a number.
    Banner(u32),
    Style,
    Robots(&'a str),
    Nowhere,
}

impl Site {
    pub fn publish(&mut self, story: Story, now: Timestamp) {
        let key = |story: &Story| (story.published.timestamp(), story.number);
        let at = self.stories.partition_point(|other| key(&other.story) > key(&story));
        self.stories.insert(at, Published { story, changed: now });
        self.changed = now;
    }

    /// The story's path in the current form of addresses.
    pub fn address(&self, story: &Story) -> String {
        match self.addresses {
            Markup::Plain => format!("/chi-tiet-tin-tuc/{}/", story.slug),
            Markup::Tables => format!("/Tin/ChiTiet.aspx?ID={}", story.number),
            Markup::Cards => format!("/web/guest/-/{}", story.slug),
            Markup::Blocks => format!("/tin-tuc/{}/{}.html", story.published.strftime("%Y/%m"), story.slug),
        }
    }

    /// The path of a page of the story.
    pub fn page_address(&self, story: &Story, page: usize) -> String {
        let address = self.address(story);
        match self.addresses {
            _ if page == 1 => address,
            Markup::Plain => format!("{address}?trang={page}"),
            Markup::Tables => format!("{address}&page={page}"),
            Markup::Cards => format!("{address}/{page}"),
            Markup::Blocks => format!("{}-p{page}.html", address.trim_end_matches(".html")),
        }
    }

    pub fn pages_of(&self, story: &Story) -> usize {
        if self.split { story.paragraphs.len().div_ceil(PER_ARTICLE_PAGE).max(1) } else { 1 }
    }

    /// Addresses in any form are understood.
    fn story(&self, path: &str, query: &str) -> Option<&Published> {
        let slug = path.strip_prefix("/chi-tiet-tin-tuc/").or_else(|| path.strip_prefix("/web/guest/-/"));
        let slug = slug.and_then(|slug| slug.split('/').next());
        let slug = slug.or_else(|| path.strip_prefix("/tin-tuc/")?.strip_suffix(".html")?.split('/').nth(2));
        let first = slug.and_then(|slug| slug.rsplit_once("-p")).filter(|(_, page)| page.bytes().all(|byte| byte.is_ascii_digit()));
        let slug = first.map_or(slug, |(slug, _)| Some(slug));
        let is_asp = path.eq_ignore_ascii_case("/Tin/ChiTiet.aspx");
        let number = parameter(query, "ID").filter(|_| is_asp);
        self.stories.iter().find(|it| slug == Some(it.story.slug.as_str()) || number == Some(it.story.number))
    }

    pub fn place(&self, path: &str, query: &str) -> Place<'_> {
        if let Some(found) = self.story(path, query) {
            let asked = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
            let page = (1..=self.pages_of(&found.story)).find(|page| self.page_address(&found.story, *page) == asked);
            let elsewhere = || if self.forgets { Place::Nowhere } else { Place::Moved(self.address(&found.story)) };
            return page.map_or_else(elsewhere, |page| Place::Article { published: found, page });
        }
        let picture = |folder: &str| path.strip_prefix(folder)?.strip_suffix(".png")?.split('-').next()?.parse::<u32>().ok();
        let has_picture = |number: &u32| self.stories.iter().any(|it| it.story.number == *number && it.story.caption.is_some());
        match path {
            "/" | "/tin-tuc" | "/tin-tuc/" => {
                let page = parameter(query, "page").and_then(|page| usize::try_from(page).ok()).unwrap_or(1);
                if page >= 1 && page <= self.pages() { Place::List { page } } else { Place::Nowhere }
            }
            _ if let Some(name) = chrome::standing(path) => Place::Standing(name),
            "/css/style.css" => Place::Style,
            "/images/icon.png" => Place::Icon,
            "/images/banner.png" => Place::Banner(1),
            "/images/can-cuoc.png" => Place::Banner(2),
            "/images/phong-chay.png" => Place::Banner(3),
            "/robots.txt" => self.robots.as_deref().map_or(Place::Nowhere, Place::Robots),
            _ => match (picture("/uploads/images/"), picture("/uploads/thumbs/")) {
                (Some(number), _) if has_picture(&number) => Place::Picture { number, large: true },
                (_, Some(number)) if has_picture(&number) => Place::Picture { number, large: false },
                _ => Place::Nowhere,
            },
        }
    }

    pub fn pages(&self) -> usize {
        self.stories.len().div_ceil(PER_PAGE).max(1)
    }

    pub fn on_page(&self, page: usize) -> impl Iterator<Item = &Story> {
        self.stories.iter().skip((page - 1) * PER_PAGE).take(PER_PAGE).map(|it| &it.story)
    }

    /// The failure that was ordered for `path`; it is used up by this.
    pub fn failure(&mut self, path: &str) -> Option<Failure> {
        let order = self.orders.iter_mut().find(|order| order.times > 0 && path.starts_with(&order.prefix))?;
        order.times -= 1;
        let failure = order.failure;
        self.orders.retain(|order| order.times > 0);
        Some(failure)
    }
}

/// A number among the parameters of `query`.
fn parameter(query: &str, name: &str) -> Option<u32> {
    url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key.eq_ignore_ascii_case(name))?.1.parse().ok()
}

/// Where the picture of a story is.
pub(super) fn picture_path(story: &Story) -> String {
    format!("/uploads/images/{}.png", story.number)
}

pub(super) fn thumbnail_path(story: &Story) -> String {
    format!("/uploads/thumbs/{}.png", story.number)
}

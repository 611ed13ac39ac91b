//! A sample news portal over real HTTP: a city police that does not exist, in the layout of those that do.
//!
//! It has no feed. It publishes, corrects, removes and rebuilds when it is told to, and never by itself.

mod article_page;
mod boxes;
mod chrome;
mod list_page;
mod picture;
mod server;
mod site;
mod story;
mod texts;

use std::{io, net::SocketAddr, sync::Arc};

use jiff::Timestamp;
use tokio::{net::TcpListener, sync::watch, task::JoinSet};

pub use chrome::NAME;
pub use site::{Failure, Markup, Seen};
pub use story::Story;

use super::line::{Lines, Scissors};
use server::Shared;
use site::{Order, Site};

/// The running portal. It stops when this is dropped.
#[derive(Debug)]
pub struct Portal {
    shared: Arc<Shared>,
    address: SocketAddr,
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

impl Portal {
    /// Serves an empty portal on `listener`.
    ///
    /// # Errors
    /// When the listener has no address or cannot be used by tokio.
    pub fn start(listener: std::net::TcpListener) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let lines = Lines(TcpListener::from_std(listener)?);
        let (stop, stopped) = watch::channel(false);
        let shared = Arc::new(Shared::new(Site { changed: Timestamp::now(), ..Site::default() }, stopped));
        let service = server::router(Arc::clone(&shared)).into_make_service_with_connect_info::<Scissors>();
        let mut tasks = JoinSet::new();
        let until = Arc::clone(&shared);
        tasks.spawn(async move {
            // Accepting never fails for good, so this ends by the signal only.
            let _ = axum::serve(lines, service).with_graceful_shutdown(async move { until.stopped().await }).await;
        });
        Ok(Self { shared, address, stop, tasks })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The list page.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The story's page, in the current form of addresses.
    pub fn story_url(&self, story: &Story) -> String {
        format!("http://{}{}", self.address, self.shared.site().address(story))
    }

    /// The story's picture, if it has one.
    pub fn picture_url(&self, story: &Story) -> Option<String> {
        story.caption.as_ref().map(|_| format!("http://{}{}", self.address, site::picture_path(story)))
    }

    /// Stops, and waits until every connection is closed.
    pub async fn shutdown(mut self) {
        let _ = self.stop.send(true);
        while self.tasks.join_next().await.is_some() {}
    }

    /// The story is on the list from now on, in the order of dates.
    pub fn publish(&self, story: Story) {
        self.shared.site().publish(story, Timestamp::now());
    }

    /// The stories as they are on the list, the newest first.
    pub fn stories(&self) -> Vec<Story> {
        self.shared.site().stories.iter().map(|it| it.story.clone()).collect()
    }

    /// Changes words of a story; its addresses stay.
    pub fn correct(&self, slug: &str, change: impl FnOnce(&mut Story)) {
        let mut site = self.shared.site();
        let now = Timestamp::now();
        if let Some(found) = site.stories.iter_mut().find(|it| it.story.slug == slug) {
            change(&mut found.story);
            slug.clone_into(&mut found.story.slug);
            found.changed = now;
            site.changed = now;
        }
    }

    /// Gives a story another headline, and a slug made of it with the number of before; its address follows, and the
    /// old one leads nowhere.
    pub fn retitle(&self, number: u32, title: &str) {
        let mut site = self.shared.site();
        let now = Timestamp::now();
        if let Some(found) = site.stories.iter_mut().find(|it| it.story.number == number) {
            found.story.slug = story::slug(title, number);
            title.clone_into(&mut found.story.title);
            found.changed = now;
            site.changed = now;
        }
    }

    /// Takes a story off: its page is 404 from now on.
    pub fn remove(&self, slug: &str) {
        let mut site = self.shared.site();
        site.stories.retain(|it| it.story.slug != slug);
        site.changed = Timestamp::now();
    }

    /// The same stories under the same addresses in other markup.
    pub fn rebuild(&self, markup: Markup) {
        let mut site = self.shared.site();
        site.markup = markup;
        site.changed = Timestamp::now();
    }

    /// Addresses as the build `like` has them; the old ones lead to the new ones by 301.
    pub fn move_addresses(&self, like: Markup) {
        let mut site = self.shared.site();
        site.addresses = like;
        site.changed = Timestamp::now();
    }

    /// From now on addresses of other builds than the present one are 404.
    pub fn forget_addresses(&self) {
        self.shared.site().forgets = true;
    }

    /// People come by: the counters on all pages change, and nothing else.
    pub fn visit(&self, visits: u32) {
        let mut site = self.shared.site();
        site.visits += visits;
        site.changed = Timestamp::now();
    }

    /// The heads of its lists describe the portal like this from now on.
    pub fn describe(&self, words: &str) {
        let mut site = self.shared.site();
        site.description = Some(words.to_owned());
        site.changed = Timestamp::now();
    }

    /// Boxes of the portal's own stand in every article from now on: its letter, its app, itself.
    pub fn advertise(&self) {
        let mut site = self.shared.site();
        site.boxes = true;
        site.changed = Timestamp::now();
    }

    /// Articles that have a picture have so many further ones from now on.
    pub fn illustrate(&self, further_pictures: u32) {
        let mut site = self.shared.site();
        site.further_pictures = further_pictures;
        site.changed = Timestamp::now();
    }

    /// Articles show a few paragraphs at a time from now on, and a pager below them.
    pub fn split(&self) {
        let mut site = self.shared.site();
        site.split = true;
        site.changed = Timestamp::now();
    }

    /// Every request so far.
    pub fn requests(&self) -> Vec<Seen> {
        self.shared.site().seen.clone()
    }

    /// Forgets the requests so far.
    pub fn forget_requests(&self) {
        self.shared.site().seen.clear();
    }

    /// The next `times` requests whose path begins with `prefix` fail like this.
    pub fn fail(&self, prefix: &str, failure: Failure, times: u32) {
        self.shared.site().orders.push(Order { prefix: prefix.to_owned(), failure, times });
    }

    /// Forgets the failures that have not happened yet.
    pub fn heal(&self) {
        self.shared.site().orders.clear();
    }

    /// What `/robots.txt` says; 404 at first.
    pub fn with_robots(self, text: &str) -> Self {
        self.shared.site().robots = Some(text.to_owned());
        self
    }
}

#[cfg(test)]
mod tests;

//! Portals in many styles over real HTTP, one model below them all, so that what stands on each page is known exactly.
//!
//! A portal changes only by the events that it is told of (`events.rs`); where time or chance is needed, both are
//! given. Names, places and stories are invented, and no page is a copy of a real one.

mod body;
mod boxes;
mod charset;
mod events;
mod pieces;
mod server;
mod site;
mod story;
mod styles;
mod words;

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::ZonedDateTime;
use tokio::{net::TcpListener, task::JoinHandle};

pub use events::{ErrorPage, Event};
pub use server::Seen;
pub use site::{List, NAME, Site};
pub use story::{Attachment, Kind, Picture, Story, Table};
pub use styles::{STYLES, Shown, Style};

/// A running portal. It stops when this is dropped.
#[derive(Debug)]
pub struct Portal {
    site: Arc<Mutex<Site>>,
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Portal {
    /// Serves a portal of this style, with two months of stories up to `now`.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn start(style: &'static Style, seed: u64, now: ZonedDateTime) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let site = Arc::new(Mutex::new(Site::new(style, seed, now, format!("http://{address}"))));
        let router = server::router(Arc::clone(&site));
        let listener = TcpListener::from_std(listener)?;
        let task = tokio::spawn(async move {
            // Accepting never fails for good: this ends when the task is aborted.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { site, address, task })
    }

    /// The site as it is now.
    pub fn site(&self) -> MutexGuard<'_, Site> {
        self.site.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The address of a list.
    pub fn url(&self, list: List) -> String {
        format!("http://{}{}", self.address, self.site().list_path(list))
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[cfg(test)]
mod tests;

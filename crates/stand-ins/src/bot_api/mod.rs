//! A strict stand-in for Telegram's Bot API over real HTTP: its rules, its words, a ledger, and faults on order.
//!
//! It keeps everything in memory and fetches nothing. Texts are read in HTML mode only, and it does not
//! find links and hashtags by itself, as Telegram does. Of media it knows photos.

mod answer;
mod changing;
mod chats;
mod control;
mod faults;
mod flood;
mod html;
mod ledger;
mod markup;
mod media;
mod message_json;
mod people;
mod request;
mod sending;
mod server;
mod show;
mod updates;
mod words;
mod world;

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use tokio::{
    net::TcpListener,
    sync::{broadcast, watch},
    task::JoinSet,
};

pub use chats::Content;
pub use faults::{Fault, FaultKind};
pub use flood::Flood;
pub use html::{Entity, EntityKind, parse as parse_html};
pub use ledger::{Edit, Media, Message, Origin};
pub use media::UrlFailure;
pub use world::Call;

use super::line::{Lines, Scissors};
use faults::Loss;
use server::Shared;
use world::World;

/// The running stand-in of one bot. It stops when this is dropped.
#[derive(Debug)]
pub struct BotApi {
    shared: Arc<Shared>,
    address: SocketAddr,
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

impl BotApi {
    /// Serves on `listener`, for the bot that has `token` and no other.
    ///
    /// # Errors
    /// When the listener has no address or cannot be used by tokio.
    pub fn start(listener: std::net::TcpListener, token: &str) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let lines = Lines(TcpListener::from_std(listener)?);
        let bot_id = token.split(':').next().and_then(|id| id.parse().ok()).unwrap_or(1);
        let (stop, stopped) = watch::channel(false);
        let shared = Arc::new(Shared::new(World::new(bot_id), token, stopped));
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

    /// The `api-url` for it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops, and waits until every connection is closed.
    pub async fn shutdown(mut self) {
        let _ = self.stop.send(true);
        while self.tasks.join_next().await.is_some() {}
    }

    /// Every message that `chat` accepted, in order; unknown chats have none.
    pub fn ledger(&self, chat: i64) -> Vec<Message> {
        self.shared.world().chats.get(&chat).map(|chat| chat.messages.clone()).unwrap_or_default()
    }

    /// What the bot said twice in `chat` and did not take back.
    pub fn doubled(&self, chat: i64) -> Vec<String> {
        ledger::doubled(&self.ledger(chat))
    }

    /// Every request that had the right token, in the order of their decisions.
    pub fn calls(&self) -> Vec<Call> {
        self.shared.world().calls.clone()
    }

    /// Every message from now on, the moment that its chat accepts it.
    pub fn messages(&self) -> broadcast::Receiver<Message> {
        self.shared.world().told.subscribe()
    }

    /// `message` as a terminal can show it, under the title of its chat.
    pub fn show(&self, message: &Message) -> String {
        show::in_terminal(message, &self.title(message.chat))
    }

    /// The same without styles, where there is no terminal.
    pub fn show_plainly(&self, message: &Message) -> String {
        show::plain(message, &self.title(message.chat))
    }

    fn title(&self, chat: i64) -> String {
        self.shared.world().chats.get(&chat).map(|chat| chat.title.clone()).unwrap_or_default()
    }

    /// Waits until `chat` has accepted `count` messages in all, and gives its ledger.
    pub async fn until(&self, chat: i64, count: usize) -> Vec<Message> {
        let mut told = self.messages();
        loop {
            let ledger = self.ledger(chat);
            if ledger.len() >= count {
                return ledger;
            }
            // A receiver that fell behind has missed only what the ledger has.
            if let Err(broadcast::error::RecvError::Closed) = told.recv().await {
                return self.ledger(chat);
            }
        }
    }

    /// Waits until updates were asked for so often.
    pub async fn until_listened_to(&self, times: u64) {
        while self.shared.world().updates.poller < times {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Orders a fault.
    pub fn fault(&self, fault: Fault) {
        self.shared.world().faults.push(fault);
    }

    /// Orders `kind` for the next `times` requests of `method`.
    pub fn fault_next(&self, method: &str, times: u32, kind: FaultKind) {
        self.fault(Fault { method: Some(method.to_owned()), chat_id: None, times, kind });
    }

    /// Forgets the faults that have not happened yet, and the losses.
    pub fn heal(&self) {
        let mut world = self.shared.world();
        world.faults.clear();
        world.loss = None;
        world.files.failure = None;
    }

    /// Every answer takes this long, half of it before delivery.
    pub fn latency(&self, time: Duration) {
        self.shared.world().latency = time;
    }

    /// From now on one answer in `one_in` is lost by a reset, before and after delivery by turns; 0 for none.
    pub fn lose(&self, one_in: u32, seed: u64) {
        self.shared.world().loss = Some(Loss::new(one_in, seed));
    }

    /// Its clock runs so many times as fast as the machine's from now on.
    pub fn speed_up(&self, speed: u32) {
        self.shared.world().clock = world::Clock::new(speed);
    }

    /// How it minds floods; not at all at first.
    pub fn flood(&self, flood: Flood) {
        self.shared.world().flood = flood;
    }

    /// What happens to the next addresses of photos: `None` for success, though nothing is fetched.
    pub fn photo_addresses(&self, failure: Option<UrlFailure>) {
        self.shared.world().files.failure = failure;
    }
}

#[cfg(test)]
mod tests;

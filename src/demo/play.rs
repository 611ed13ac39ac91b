//! The acts of the demo: headlines, a rebuilt portal, a death in the middle of a send, a flood; each announced, and all
//! of it counted.

use std::{collections::BTreeSet, io, net::SocketAddr, time::Duration};

use loa_stand_ins::{
    bot_api::{Fault, FaultKind, Message},
    portal::Markup,
};
use tokio::{
    net::TcpListener,
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, interval},
};

use super::{
    daemon::Daemon,
    front,
    newsroom::{CHANNEL, Newsroom, OPS, Times},
    tally::Tally,
};

/// Headlines before anything happens, and after the portal was rebuilt.
const FIRST: u32 = 3;
const AFTER_REBUILD: u32 = 2;
/// Headlines at once while Telegram is flooded.
const IN_FLOOD: u32 = 3;
/// How long Telegram asks to be left alone, and how often.
const FLOOD_SECONDS: u32 = 3;
const FLOOD_TIMES: u32 = 2;
/// Nothing in the play takes longer; the machine may be slow.
const PATIENCE: Duration = Duration::from_secs(120);
/// Between two looks at what files say.
const LOOK: Duration = Duration::from_millis(100);
/// How long the feed may take to have what was told.
const SETTLED: Duration = Duration::from_secs(10);

/// How fast the play is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tempo {
    /// For people: a headline every few seconds, and on and on when the acts are over.
    Watched,
    /// As fast as it goes, and over after the acts.
    Quick,
}

impl Tempo {
    /// Between two headlines.
    pub fn between(self) -> Duration {
        match self {
            Self::Watched => Duration::from_secs(5),
            Self::Quick => Duration::from_millis(200),
        }
    }

    fn times(self) -> Times {
        match self {
            Self::Watched => Times { every: "2s", pace: "1s" },
            Self::Quick => Times { every: "1s", pace: "0s" },
        }
    }
}

/// What begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Headlines,
    Rebuilt,
    Killed,
    StartedAgain,
    Flooded { seconds: u32 },
}

/// What is to be shown.
#[derive(Debug)]
pub enum Event {
    Act(Act),
    /// All acts are over, and so far this came of it.
    Over(Tally),
    /// A message in the channel, or to the operator.
    Message(Box<Message>),
}

/// Why the play ends.
#[derive(Debug, thiserror::Error)]
pub enum End {
    /// There were as many messages as were wanted.
    #[error("there were as many messages as were wanted")]
    Enough,
    /// Something that had to happen did not.
    #[error("{what} did not happen within {} s", PATIENCE.as_secs())]
    Waited { what: &'static str },
    #[error(transparent)]
    Broken(#[from] io::Error),
}

/// Everything on the stage.
pub struct Play {
    /// `None` while it is dead. Before the newsroom, in whose folder it works, so that it goes first.
    daemon: Option<Daemon>,
    pub newsroom: Newsroom,
    web: SocketAddr,
    messages: Receiver<Message>,
    tempo: Tempo,
    /// Messages after which it is enough; 0 for no such number.
    enough: usize,
    told: usize,
    published: BTreeSet<String>,
    is_waited_for: bool,
}

impl Play {
    /// Sets the stage.
    ///
    /// # Errors
    /// When there is no port or no temporary folder to be had, or this program cannot be started once more.
    pub fn start(web: SocketAddr, tempo: Tempo, enough: usize) -> io::Result<(Self, SocketAddr)> {
        // Free a moment ago, and nobody else hands out ports in this moment.
        let daemon = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let newsroom = Newsroom::start(web, daemon, tempo.times())?;
        let (process, messages) = (Daemon::start(&newsroom)?, newsroom.bot_api.messages());
        let play = Self {
            newsroom,
            daemon: Some(process),
            web,
            messages,
            tempo,
            enough,
            told: 0,
            published: BTreeSet::new(),
            is_waited_for: false,
        };
        Ok((play, daemon))
    }

    /// Where the pages are.
    pub fn web(&self) -> SocketAddr {
        self.web
    }

    /// Plays, and passes the pages' connections on meanwhile. It goes on until it is enough; with [`Tempo::Quick`] that
    /// is when the acts are over.
    ///
    /// # Errors
    /// [`End`] says why it ends before.
    pub async fn run(&mut self, listener: TcpListener, daemon: SocketAddr, mut show: impl FnMut(Event, &Newsroom)) -> Result<(), End> {
        tokio::select! {
            () = front::serve(listener, daemon) => Ok(()),
            ended = self.acts(&mut show) => ended,
        }
    }

    /// What came of it so far.
    pub fn tally(&mut self) -> Tally {
        self.published.extend(self.newsroom.in_the_feed());
        let newsroom = &self.newsroom;
        Tally::of(&newsroom.headlines(), &newsroom.new_headlines(), &self.published, &newsroom.said(), self.is_waited_for)
    }

    async fn acts(&mut self, show: &mut impl FnMut(Event, &Newsroom)) -> Result<(), End> {
        self.until("the first poll", show, |play| !play.newsroom.in_the_feed().is_empty()).await?;

        show(Event::Act(Act::Headlines), &self.newsroom);
        self.headlines(FIRST, show).await?;

        show(Event::Act(Act::Rebuilt), &self.newsroom);
        let alarms = self.alarms();
        self.newsroom.portal.rebuild(Markup::Cards);
        self.newsroom.portal.move_addresses(Markup::Cards);
        self.until("finding the rebuilt list", show, |play| play.alarms() > alarms).await?;
        self.headlines(AFTER_REBUILD, show).await?;

        // The message arrives, and its answer never does.
        self.newsroom.bot_api.fault(Fault { method: None, chat_id: Some(CHANNEL), times: 1, kind: FaultKind::TimeoutAfterDelivery });
        self.headlines(1, show).await?;
        self.daemon = None;
        show(Event::Act(Act::Killed), &self.newsroom);
        self.rest(show).await?;
        self.daemon = Some(Daemon::start(&self.newsroom)?);
        show(Event::Act(Act::StartedAgain), &self.newsroom);
        self.headlines(1, show).await?;

        show(Event::Act(Act::Flooded { seconds: FLOOD_SECONDS }), &self.newsroom);
        let refused = FaultKind::TooManyRequests { retry_after: FLOOD_SECONDS, no_params: false };
        self.newsroom.bot_api.fault(Fault { method: None, chat_id: Some(CHANNEL), times: FLOOD_TIMES, kind: refused });
        (0..IN_FLOOD).for_each(|_| self.newsroom.publish_next());
        self.all_told(show).await?;

        self.is_waited_for = true;
        let tally = self.tally();
        show(Event::Over(tally), &self.newsroom);
        while self.tempo == Tempo::Watched {
            self.is_waited_for = false;
            self.headlines(1, show).await?;
            self.is_waited_for = true;
        }
        Ok(())
    }

    /// So many headlines appear, one after the other, and all of them are told.
    async fn headlines(&mut self, count: u32, show: &mut impl FnMut(Event, &Newsroom)) -> Result<(), End> {
        for _ in 0..count {
            self.rest(show).await?;
            self.newsroom.publish_next();
        }
        self.all_told(show).await
    }

    async fn all_told(&mut self, show: &mut impl FnMut(Event, &Newsroom)) -> Result<(), End> {
        self.until("telling the channel", show, |play| {
            let said: BTreeSet<String> = play.newsroom.said().into_iter().collect();
            play.newsroom.new_headlines().iter().all(|title| said.contains(title))
        })
        .await
    }

    /// What the operator was told; what was looked for in that chat and taken away again does not count.
    fn alarms(&self) -> usize {
        self.newsroom.bot_api.ledger(OPS).iter().filter(|message| message.origin.is_none()).count()
    }

    /// The time between two headlines.
    async fn rest(&mut self, show: &mut impl FnMut(Event, &Newsroom)) -> Result<(), End> {
        self.go_on(Instant::now() + self.tempo.between(), show, |_| false).await.map(drop)
    }

    async fn until(
        &mut self,
        what: &'static str,
        show: &mut impl FnMut(Event, &Newsroom),
        holds: impl Fn(&Self) -> bool,
    ) -> Result<(), End> {
        if self.go_on(Instant::now() + PATIENCE, show, holds).await? { Ok(()) } else { Err(End::Waited { what }) }
    }

    /// Shows what is said until `holds` does, or until `deadline`; whether it did.
    async fn go_on(
        &mut self,
        deadline: Instant,
        show: &mut impl FnMut(Event, &Newsroom),
        holds: impl Fn(&Self) -> bool,
    ) -> Result<bool, End> {
        let mut look = interval(LOOK);
        loop {
            tokio::select! {
                // What was said is shown before the next act begins.
                biased;
                message = self.messages.recv() => self.take(message, show)?,
                () = tokio::time::sleep_until(deadline) => return Ok(false),
                _ = look.tick() => {
                    if let Some(problem) = self.daemon.as_mut().and_then(|daemon| daemon.problem(&self.newsroom)) {
                        return Err(End::Broken(problem));
                    }
                    if holds(self) {
                        return Ok(true);
                    }
                }
            }
        }
    }

    /// Waits a while for the feed to have what was told: a message goes out before its poll is over, and the feed is
    /// written then.
    pub async fn settle(&mut self) {
        let deadline = Instant::now() + SETTLED;
        while Instant::now() < deadline {
            if self.tally().is_clean() {
                return;
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    fn take(&mut self, message: Result<Message, RecvError>, show: &mut impl FnMut(Event, &Newsroom)) -> Result<(), End> {
        let message = match message {
            Ok(message) => message,
            Err(RecvError::Lagged(_)) => return Ok(()),
            Err(RecvError::Closed) => return Err(End::Broken(io::Error::other("the stand-in of Telegram ended"))),
        };
        let (chat, is_copy) = (message.chat, message.origin.is_some());
        if (chat == CHANNEL || chat == OPS) && !is_copy {
            show(Event::Message(Box::new(message)), &self.newsroom);
        }
        if chat == CHANNEL && !is_copy {
            self.published.extend(self.newsroom.in_the_feed());
            self.told += 1;
            if self.told == self.enough {
                return Err(End::Enough);
            }
        }
        Ok(())
    }
}

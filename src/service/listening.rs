//! What the other side says by itself: where the bot may post, as that changes, so that a channel rests and goes on at
//! once; and that somebody else has the bot's token.
//!
//! One process listens, and none while another program does: whoever asks for what happens turns away who asked before.
//! Where nobody may listen, chats that are closed are looked at every minute.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use tracing::{info, warn};

use super::{
    Present, Service,
    alarms::{about, closed},
};
use crate::{
    channel::{Address, Channel, ChannelId},
    jobs::deliver::PAUSE,
    store::{self, HostLease},
    target::{Deaf, Failure, Standing, Target, telegram::Heard},
    trouble::Kind,
};

/// How long something is waited for at a time.
const WAIT: Duration = Duration::from_secs(50);
/// Whoever listens has a lease of this name, which no host has; it outlasts a wait.
const TURN: &str = "@updates";
const LEASE: SignedDuration = SignedDuration::from_secs(90);
/// Between two waits: where much happens that does not matter here, it is asked for together.
const BREATH: Duration = Duration::from_secs(1);
/// Between two looks at whose turn it is, or at chats that are closed.
const LOOK: Duration = Duration::from_secs(20);
const LOOK_AT_CLOSED: Duration = Duration::from_secs(60);
/// Before it is asked again where another program asks, too.
const AGAIN: Duration = Duration::from_secs(5);
/// So often in a row it is no chance: the operator is told, and then the other one is left alone for a while, having
/// been turned away so often that it knows, too.
const CONTESTED: u32 = 2;
const ASIDE: Duration = Duration::from_secs(600);
/// After this time in which nobody else asked, nobody does: one that stands aside is back by then.
const UNCONTESTED: Duration = Duration::from_secs(900);
const LONGEST_RETRY: Duration = Duration::from_secs(60);

/// Why a chat rests that was not tried.
const REMOVED: &str = "the bot was removed from the chat, or may not post there any more";

/// How listening goes.
#[derive(Debug, Default)]
pub struct Ear {
    heard: Heard,
    lease: Option<HostLease>,
    /// By which token it listens, as its door names it.
    of: Option<Target>,
    /// How often in a row another program turned us away.
    contests: u32,
    /// Since when nobody did.
    uncontested_since: Option<Instant>,
    /// Until then another program is left alone.
    aside_until: Option<Instant>,
    /// Tries in a row that failed.
    failures: u32,
    is_elsewhere: bool,
    looked_at: Option<Instant>,
    /// Whether the bot could post where it is closed out, when that was looked at last.
    could_post: HashMap<ChannelId, bool>,
}

impl Service {
    /// Listens once, and says how long to rest until the next time.
    ///
    /// # Errors
    /// When the store fails; what was heard then shows at the next look at what is closed.
    pub async fn listen(&self, ear: &mut Ear) -> Result<Duration, store::Error> {
        let present = self.present();
        let Some(target) = present.target.clone() else { return Ok(LOOK) };
        if present.setup.config.channels.is_empty() && self.ops_channel().is_none() {
            return Ok(LOOK);
        }
        if ear.looked_at.is_none_or(|at| at.elapsed() >= LOOK_AT_CLOSED) {
            ear.looked_at = Some(Instant::now());
            self.look_at_closed(ear, &target, &present).await?;
        }
        if !present.setup.config.telegram.listen {
            self.end_all(&[Kind::Copy], "").await?;
            return Ok(LOOK);
        }
        if ear.of.as_ref().is_none_or(|of| !of.is_same_bot(&target)) {
            *ear = Ear { of: Some(target.clone()), lease: ear.lease.take(), looked_at: ear.looked_at, ..Ear::default() };
        }
        if let Some(rest) = ear.aside_until.map(|until| until.saturating_duration_since(Instant::now())).filter(|rest| !rest.is_zero()) {
            return Ok(rest.min(LOOK));
        }
        if !self.is_turn(ear).await? {
            return Ok(LOOK);
        }
        match target.listen(&mut ear.heard, WAIT).await {
            Ok(standings) => {
                ear.failures = 0;
                ear.is_elsewhere = false;
                if ear.uncontested_since.get_or_insert_with(Instant::now).elapsed() >= UNCONTESTED {
                    ear.contests = 0;
                    self.end_all(&[Kind::Copy], "").await?;
                }
                self.take_up_standings(&standings, ear, &target, &present).await?;
                Ok(BREATH)
            }
            Err(Deaf::Contested { why }) => self.note_contest(ear, why).await,
            Err(Deaf::Elsewhere { why }) => {
                if !std::mem::replace(&mut ear.is_elsewhere, true) {
                    info!("whether the bot may post is looked at every minute, as it cannot be listened to: {why}");
                }
                ear.aside_until = Some(Instant::now() + ASIDE);
                Ok(LOOK)
            }
            Err(Deaf::Failed(failure)) => {
                ear.failures += 1;
                let wait = match failure {
                    Failure::Wait { seconds } => Duration::from_secs(seconds),
                    _ => AGAIN.saturating_mul(1 << ear.failures.min(10)).min(LONGEST_RETRY),
                };
                ear.aside_until = Some(Instant::now() + wait);
                Ok(wait.min(LOOK))
            }
        }
    }

    /// Whether it is this process that listens, of those on this store.
    async fn is_turn(&self, ear: &mut Ear) -> Result<bool, store::Error> {
        let now = Timestamp::now();
        let until = now.saturating_add(LEASE).unwrap_or(Timestamp::MAX);
        if let Some(lease) = ear.lease.take()
            && self.store.renew_hosts(std::slice::from_ref(&lease), until).await?.is_empty()
        {
            ear.lease = Some(lease);
            return Ok(true);
        }
        ear.lease = self.store.claim_host(TURN, now, until).await?;
        Ok(ear.lease.is_some())
    }

    /// Another program turned us away.
    async fn note_contest(&self, ear: &mut Ear, why: String) -> Result<Duration, store::Error> {
        ear.contests = ear.contests.saturating_add(1);
        ear.uncontested_since = None;
        if ear.contests >= CONTESTED {
            self.begin(about(Kind::Copy, String::new(), why)).await?;
        }
        if ear.contests > CONTESTED {
            ear.aside_until = Some(Instant::now() + ASIDE);
        }
        Ok(AGAIN)
    }

    /// The channels of the settings and the operator's own, each with where it is now and whether it is closed.
    async fn places(&self, present: &Present) -> Result<Vec<(Channel, Address, bool)>, store::Error> {
        let mut places = Vec::new();
        for channel in present.setup.config.channels.iter().cloned().chain(self.ops_channel()) {
            let state = self.store.channel_state(&channel.id, &channel.address).await?;
            let address = state.moved_to.unwrap_or_else(|| channel.address.clone());
            places.push((channel, address, state.paused.is_some()));
        }
        Ok(places)
    }

    /// Lets channels rest and go on as it was heard.
    async fn take_up_standings(
        &self,
        standings: &[Standing],
        ear: &mut Ear,
        target: &Target,
        present: &Present,
    ) -> Result<(), store::Error> {
        if standings.is_empty() {
            return Ok(());
        }
        for (channel, address, _) in self.places(present).await? {
            // What was heard last is how it is now.
            let Some(standing) = standings.iter().rev().find(|standing| target.is_about(standing, &address)) else { continue };
            ear.could_post.remove(&channel.id);
            if standing.may_post {
                self.open(&channel).await?;
            } else if self.store.close_chat(&channel.id, REMOVED, Timestamp::now().saturating_add(PAUSE).unwrap_or(Timestamp::MAX)).await? {
                warn!(channel.id = %channel.id, "`{}`: {REMOVED}", channel.id);
                let (kind, subject) = closed(&channel);
                self.begin(about(kind, subject, REMOVED.to_owned())).await?;
            }
        }
        Ok(())
    }

    async fn open(&self, channel: &Channel) -> Result<(), store::Error> {
        if self.store.open_chat(&channel.id).await? {
            info!(channel.id = %channel.id, "`{}`: its chat is open again", channel.id);
            let (kind, subject) = closed(channel);
            self.end_all(&[kind], &subject).await?;
            self.queued.notify_waiters();
        }
        Ok(())
    }

    /// Asks whether the bot may post again where it could not. Where it may and messages are refused nevertheless, they
    /// are tried once, and then as rarely as before.
    async fn look_at_closed(&self, ear: &mut Ear, target: &Target, present: &Present) -> Result<(), store::Error> {
        for (channel, address, is_closed) in self.places(present).await? {
            if !is_closed {
                ear.could_post.remove(&channel.id);
                continue;
            }
            let can_post = match target.may_post(&address).await {
                Ok(can_post) => can_post,
                Err(Failure::ChannelClosed { .. }) => false,
                Err(_) => continue,
            };
            match (ear.could_post.insert(channel.id.clone(), can_post), can_post) {
                (Some(false), true) => self.open(&channel).await?,
                (None, true) => {
                    self.store.reopen_chat(&channel.id).await?;
                    self.queued.notify_waiters();
                }
                _ => (),
            }
        }
        Ok(())
    }
}

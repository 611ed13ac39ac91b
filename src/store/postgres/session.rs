//! This process among those that work on the database: the lock by which they know that it is there, and what they tell
//! each other.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use sqlx::{
    PgConnection, PgPool,
    postgres::{PgListener, PgNotification},
};
use tokio::sync::Mutex;

use super::error::{failure, words};
use crate::store::{
    Claim, Error, Heard,
    sql::{
        rows::millis,
        statement::{On, Pool, Transaction, query, query_scalar},
    },
};

/// Whether a session has a lock of this kind whose number is such a one. Two Loas in schemas of their own know nothing
/// of each other.
macro_rules! is_locked {
    ($kind:literal $(, $which:literal)+) => {
        concat!(
            "EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid::bigint = hashtext('",
            $kind,
            "' || current_schema())::bigint & 4294967295 AND objsubid = 2 AND granted AND objid::bigint "
            $(, $which)+,
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
        )
    };
}

/// Whether the process is there whose number stands in the upper half of a lease's.
macro_rules! is_there {
    ($lease:literal) => {
        is_locked!("loa ", "= ", $lease, " >> 32")
    };
}

const ENTER: &str = "SELECT pg_advisory_lock(hashtext('loa ' || current_schema()), $1)";
const IS_ANYBODY_THERE: &str = concat!("SELECT ", is_locked!("loa ", "<> $1"));

/// What all processes must have alike: each has a lock that is made of it, shared by those that say the same.
const TERMS: [Term; 2] = [
    Term {
        what: "`[web] public-url`",
        is_otherwise: concat!("SELECT ", is_locked!("loa public-url ", "<> hashtext($1)::bigint & 4294967295 AND pid <> pg_backend_pid()")),
        lock: "SELECT pg_advisory_lock_shared(hashtext('loa public-url ' || current_schema()), hashtext($1))",
    },
    Term {
        what: "`[[channel]]`",
        is_otherwise: concat!("SELECT ", is_locked!("loa channels ", "<> hashtext($1)::bigint & 4294967295 AND pid <> pg_backend_pid()")),
        lock: "SELECT pg_advisory_lock_shared(hashtext('loa channels ' || current_schema()), hashtext($1))",
    },
];
/// One after the other says what it has.
const AGREE: &str = "SELECT pg_advisory_lock(hashtext('loa agrees ' || current_schema()), 0)";
const TRY_AGREE: &str = "SELECT pg_try_advisory_lock(hashtext('loa agrees ' || current_schema()), 0)";
const AGREED: &str = "SELECT pg_advisory_unlock(hashtext('loa agrees ' || current_schema()), 0)";

struct Term {
    what: &'static str,
    is_otherwise: &'static str,
    lock: &'static str,
}

/// A process whose session broke is back in this time, and its send has ended: before, it is not held for dead.
const GRACE: SignedDuration = SignedDuration::from_secs(10);

/// What is open of a server.
#[derive(Debug, Clone)]
pub struct Server(Option<Arc<Session>>);

/// A process that works.
#[derive(Debug)]
pub struct Session {
    number: i32,
    channel: String,
    /// `None` after the end.
    listener: Mutex<Option<Ear>>,
}

#[derive(Debug)]
struct Ear {
    listener: PgListener,
    /// Whether its session has the locks.
    is_known: bool,
    /// What this process has of [`TERMS`].
    terms: Option<[String; 2]>,
}

impl Ear {
    async fn ask_for(&mut self, lock: &'static str, of: &str) -> Result<(), sqlx::Error> {
        sqlx::query(lock).bind(of.to_owned()).execute(&mut self.listener).await.map(drop)
    }

    /// Takes all locks in a new session.
    async fn enter(&mut self, number: i32) -> Result<(), sqlx::Error> {
        sqlx::query(ENTER).bind(number).execute(&mut self.listener).await?;
        for (term, own) in TERMS.iter().zip(self.terms.clone().into_iter().flatten()) {
            self.ask_for(term.lock, &own).await?;
        }
        Ok(())
    }
}

impl Session {
    pub async fn enter(pool: &PgPool, schema: &str) -> Result<Self, Error> {
        let number = fastrand::i32(1..i32::MAX);
        let channel = format!("loa {schema}");
        let mut listener = PgListener::connect_with(pool).await.map_err(failure)?;
        listener.listen(&channel).await.map_err(failure)?;
        let mut ear = Ear { listener, is_known: true, terms: None };
        ear.enter(number).await.map_err(failure)?;
        Ok(Self { number, channel, listener: Mutex::new(Some(ear)) })
    }

    /// What another process says in `said`.
    fn heard(&self, said: &PgNotification) -> Option<Heard> {
        let mut words = said.payload().split(' ');
        let (what, whose) = (words.next()?, words.next()?);
        if whose == self.number.to_string() {
            return None;
        }
        Some(match (what, words.next()) {
            ("work", None) => Heard::Work,
            ("deliveries", None) => Heard::Deliveries,
            ("operator", None) => Heard::Operator,
            ("published", Some(feed)) => feed.parse().map_or(Heard::Anything, Heard::Published),
            ("wanted", Some(host)) => Heard::Wanted(host.to_owned()),
            _ => Heard::Anything,
        })
    }
}

impl Server {
    pub fn working(session: Session) -> Self {
        Self(Some(Arc::new(session)))
    }

    pub fn looking() -> Self {
        Self(None)
    }

    /// The number of a new lease.
    pub fn lease_number(&self) -> i64 {
        (self.number() << 32) | fastrand::i64(1..=u32::MAX.into())
    }

    /// By which the others know this process.
    pub fn number(&self) -> i64 {
        self.0.as_ref().map_or(0, |session| i64::from(session.number))
    }

    pub async fn hear(&self) -> Result<Heard, Error> {
        let Some(session) = &self.0 else { return std::future::pending().await };
        // There is one who hears; whoever ends the session waits until that one is gone.
        let mut place = session.listener.lock().await;
        let Some(ear) = place.as_mut() else { return std::future::pending().await };
        loop {
            if !ear.is_known {
                // Another session: without the locks, and what was said meanwhile is lost.
                ear.enter(session.number).await.map_err(away)?;
                ear.is_known = true;
                return Ok(Heard::Anything);
            }
            let said = ear.listener.try_recv().await;
            ear.is_known = matches!(said, Ok(Some(_)));
            if let Some(heard) = said.map_err(away)?.and_then(|said| session.heard(&said)) {
                return Ok(heard);
            }
        }
    }

    pub async fn tell(&self, on: On<'_>, what: &Heard) -> Result<(), Error> {
        let Some(session) = &self.0 else { return Ok(()) };
        let own = session.number;
        let words = match what {
            Heard::Work => format!("work {own}"),
            Heard::Deliveries => format!("deliveries {own}"),
            Heard::Operator => format!("operator {own}"),
            Heard::Published(feed) => format!("published {own} {feed}"),
            Heard::Wanted(host) => format!("wanted {own} {host}"),
            Heard::Anything => format!("anything {own}"),
        };
        query("SELECT pg_notify(?, ?)").bind(&session.channel).bind(words).execute(on).await?;
        Ok(())
    }

    /// Says what this process has of what all must have alike; what another one has otherwise.
    pub async fn agree(&self, terms: [String; 2]) -> Result<Option<&'static str>, Error> {
        let Some(session) = &self.0 else { return Ok(None) };
        let mut place = session.listener.lock().await;
        let Some(ear) = place.as_mut() else { return Ok(None) };
        sqlx::query(AGREE).execute(&mut ear.listener).await.map_err(failure)?;
        for (term, own) in TERMS.iter().zip(&terms) {
            let is_otherwise: bool =
                sqlx::query_scalar(term.is_otherwise).bind(own.clone()).fetch_one(&mut ear.listener).await.map_err(failure)?;
            if is_otherwise {
                sqlx::query(AGREED).execute(&mut ear.listener).await.map_err(failure)?;
                return Ok(Some(term.what));
            }
        }
        for (term, own) in TERMS.iter().zip(&terms) {
            ear.ask_for(term.lock, own).await.map_err(failure)?;
        }
        ear.terms = Some(terms);
        sqlx::query(AGREED).execute(&mut ear.listener).await.map_err(failure)?;
        Ok(None)
    }

    /// Nobody gets to work from now on who does not work yet. `false`: somebody is about to, or keeps others waiting.
    pub async fn keep_others_waiting(&self) -> Result<bool, Error> {
        let Some(session) = &self.0 else { return Ok(true) };
        let mut place = session.listener.lock().await;
        let Some(ear) = place.as_mut() else { return Ok(true) };
        sqlx::query_scalar(TRY_AGREE).fetch_one(&mut ear.listener).await.map_err(failure)
    }

    /// Ends the session: from now on what this process has is free.
    pub async fn leave(&self) {
        let Some(session) = &self.0 else { return };
        if let Some(Ear { mut listener, .. }) = session.listener.lock().await.take() {
            // Where the server is away, the lock is gone as well.
            let _away = sqlx::query("SELECT pg_advisory_unlock_all()").execute(&mut listener).await;
        }
    }

    /// Whether another process works on it, too.
    pub async fn has_company(&self, pool: &Pool) -> Result<bool, Error> {
        query_scalar(IS_ANYBODY_THERE).bind(self.number()).fetch_one(pool).await
    }

    /// What processes that are gone were sending is unclear now, what they had not begun to send is not, and their
    /// hosts are free.
    pub async fn take_over(&self, look_at: Timestamp, pool: &Pool) -> Result<(), Error> {
        query(concat!(
            "UPDATE delivery SET state = CASE WHEN fingerprint IS NULL THEN 'queued' ELSE 'unknown' END,
                 due_at = CASE WHEN fingerprint IS NULL OR looks > 0 THEN 0 ELSE ?1 END,
                 unclear = unclear + CASE WHEN fingerprint IS NOT NULL AND looks = 0 THEN 1 ELSE 0 END,
                 looks = CASE WHEN looks > 0 THEN looks - 1 ELSE 0 END,
                 why = 'loa stopped while it was being sent'
             WHERE state = 'sending' AND NOT ",
            is_there!("lease")
        ))
        .bind(millis(look_at))
        .execute(pool)
        .await?;
        // They may have been asking, so that a host rests for a moment.
        query(concat!(
            "UPDATE lease SET asker = 0, asks_until = least(asks_until, ?1),
                 until = CASE WHEN number = 0 THEN least(until, ?1) ELSE until END
             WHERE asker <> 0 AND NOT ",
            is_there!("asker")
        ))
        .bind(millis(look_at))
        .execute(pool)
        .await?;
        query(concat!(
            "UPDATE lease SET number = 0, until = greatest(asks_until, least(until, ?)) WHERE number <> 0 AND NOT ",
            is_there!("number")
        ))
        .bind(millis(look_at))
        .execute(pool)
        .await?;
        // What was moved here, or put back by another program, has none.
        self.know_hosts(pool).await
    }

    /// Lets a lease of this channel run out soon whose process is gone: at once, where nothing had begun to be sent.
    pub async fn shorten_leases_of_the_dead(&self, transaction: &mut Transaction, claim: &Claim) -> Result<(), Error> {
        let soon = claim.now.saturating_add(GRACE).unwrap_or(Timestamp::MAX);
        query(concat!(
            "UPDATE delivery SET due_at = CASE WHEN fingerprint IS NULL THEN ?1 ELSE least(due_at, ?2) END
             WHERE channel = ?3 AND state = 'sending' AND NOT ",
            is_there!("lease")
        ))
        .bind(millis(claim.now))
        .bind(millis(soon))
        .bind(claim.channel.as_str())
        .execute(transaction)
        .await?;
        Ok(())
    }
}

/// Whatever breaks while one hears: the server is not there.
fn away(error: sqlx::Error) -> Error {
    Error::Away(words(&error).into())
}

pub async fn is_anybody_there(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(IS_ANYBODY_THERE).bind(0_i64).fetch_one(connection).await
}

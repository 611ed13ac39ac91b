//! This process among those that work on the database: the lock by which they know that it is there, and what they tell each other.

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

/// The first number of the locks by which processes are known: "Loa1".
macro_rules! class {
    () => {
        "1282367793"
    };
}

/// Whether the process is there whose number stands in the upper half of a lease's.
macro_rules! is_there {
    ($number:literal) => {
        concat!(
            "EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = ",
            class!(),
            " AND objsubid = 2 AND granted AND objid::bigint = ",
            $number,
            " >> 32 AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
        )
    };
}

const ENTER: &str = concat!("SELECT pg_advisory_lock(", class!(), ", $1)");
const IS_ANYBODY_THERE: &str = concat!(
    "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = ",
    class!(),
    " AND objsubid = 2 AND granted AND objid::bigint <> $1
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
);
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
    /// Whether its session has the lock.
    is_known: bool,
}

impl Session {
    pub async fn enter(pool: &PgPool, schema: &str) -> Result<Self, Error> {
        let number = fastrand::i32(1..i32::MAX);
        let channel = format!("loa {schema}");
        let mut listener = PgListener::connect_with(pool).await.map_err(failure)?;
        listener.listen(&channel).await.map_err(failure)?;
        sqlx::query(ENTER).bind(number).execute(&mut listener).await.map_err(failure)?;
        Ok(Self { number, channel, listener: Mutex::new(Some(Ear { listener, is_known: true })) })
    }

    /// What another process says in `said`.
    fn heard(&self, said: &PgNotification) -> Option<Heard> {
        let (what, whose) = said.payload().split_once(' ')?;
        match what {
            _ if whose == self.number.to_string() => None,
            "work" => Some(Heard::Work),
            "deliveries" => Some(Heard::Deliveries),
            _ => Some(Heard::Anything),
        }
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
        let own = self.0.as_ref().map_or(0, |session| session.number);
        (i64::from(own) << 32) | fastrand::i64(1..=u32::MAX.into())
    }

    pub async fn hear(&self) -> Result<Heard, Error> {
        let Some(session) = &self.0 else { return std::future::pending().await };
        // There is one who hears; whoever ends the session waits until that one is gone.
        let mut place = session.listener.lock().await;
        let Some(Ear { listener, is_known }) = place.as_mut() else { return std::future::pending().await };
        loop {
            if !*is_known {
                // Another session: without the lock, and what was said meanwhile is lost.
                sqlx::query(ENTER).bind(session.number).execute(&mut *listener).await.map_err(away)?;
                *is_known = true;
                return Ok(Heard::Anything);
            }
            let said = listener.try_recv().await;
            *is_known = matches!(said, Ok(Some(_)));
            if let Some(heard) = said.map_err(away)?.and_then(|said| session.heard(&said)) {
                return Ok(heard);
            }
        }
    }

    pub async fn tell(&self, on: On<'_>, what: Heard) -> Result<(), Error> {
        let Some(session) = &self.0 else { return Ok(()) };
        let word = match what {
            Heard::Work => "work",
            Heard::Deliveries => "deliveries",
            Heard::Anything => "anything",
        };
        query("SELECT pg_notify(?, ?)").bind(&session.channel).bind(format!("{word} {}", session.number)).execute(on).await?;
        Ok(())
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
        let own = self.0.as_ref().map_or(0, |session| i64::from(session.number));
        query_scalar(IS_ANYBODY_THERE).bind(own).fetch_one(pool).await
    }

    /// What processes that are gone were sending is unclear now, what they had not begun to send is not, and their hosts are free.
    pub async fn take_over(&self, look_at: Timestamp, pool: &Pool) -> Result<(), Error> {
        query(concat!(
            "UPDATE delivery SET state = CASE WHEN fingerprint IS NULL THEN 'queued' ELSE 'unknown' END,
                 due_at = CASE WHEN fingerprint IS NULL THEN 0 ELSE ?1 END,
                 unclear = unclear + CASE WHEN fingerprint IS NOT NULL AND looks = 0 THEN 1 ELSE 0 END,
                 why = 'loa stopped while it was being sent'
             WHERE state = 'sending' AND NOT ",
            is_there!("lease")
        ))
        .bind(millis(look_at))
        .execute(pool)
        .await?;
        query(concat!("UPDATE lease SET number = 0, until = 0 WHERE number <> 0 AND NOT ", is_there!("number"))).execute(pool).await?;
        Ok(())
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

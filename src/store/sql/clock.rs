//! Times that were noted before the clock was set back: what is to happen then would happen too late.

use jiff::{SignedDuration, Timestamp};

use super::{
    Database, Own,
    rows::{NEVER, maybe},
    statement::{query, query_scalar},
};
use crate::store::Error;

/// In milliseconds.
const DAY: i64 = 86_400_000;

impl Database {
    /// The latest time at which something is known to have been done.
    pub async fn last_done(&self) -> Result<Option<Timestamp>, Error> {
        let statement = "SELECT max(at) FROM (SELECT max(polled_at) AS at FROM feed UNION ALL SELECT max(seen_at) FROM worker) AS done";
        Ok(maybe(query_scalar(statement).fetch_one(&self.pool).await?))
    }

    pub async fn set_back(&self, by: SignedDuration) -> Result<(), Error> {
        // Where others work on it, too, it is this machine's clock alone that was wrong.
        if let Own::Postgres(server) = &self.own
            && server.has_company(&self.pool).await?
        {
            return Ok(());
        }
        if let Own::Sqlite(file) = &self.own {
            file.leases.set_back(by);
        }
        let by = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        let mut transaction = self.pool.write().await?;
        query("UPDATE feed SET polled_at = polled_at - ?1, next_at = next_at - ?1, fresh_until = fresh_until - ?1")
            .bind(by)
            .execute(&mut transaction)
            .await?;
        query("UPDATE worker SET seen_at = seen_at - ?").bind(by).execute(&mut transaction).await?;
        query("UPDATE host SET hold_until = hold_until - ?").bind(by).execute(&mut transaction).await?;
        query("UPDATE channel SET hold_until = max(hold_until - ?, 0)").bind(by).execute(&mut transaction).await?;
        query("UPDATE place SET hold_until = max(hold_until - ?1, 0), pace_at = max(pace_at - ?1, 0), recent = '[]'")
            .bind(by)
            .execute(&mut transaction)
            .await?;
        // A headline that is held waits for an hour of the day, which is the same by the new clock; so only whole days
        // count.
        query(
            "UPDATE delivery SET due_at = max(due_at - CASE WHEN state = 'queued' AND kind = 'new' THEN ?1 / ?3 * ?3 ELSE ?1 END, 1)
             WHERE id IN (
                 SELECT id FROM delivery INDEXED BY delivery_due WHERE channel IN (SELECT id FROM channel)
                     AND state IN ('queued', 'sending', 'unknown') AND due_at > 0 AND due_at < ?2)",
        )
        .bind(by)
        .bind(NEVER)
        .bind(DAY)
        .execute(&mut transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }
}

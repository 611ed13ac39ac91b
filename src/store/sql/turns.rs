//! Whose turn it is to write to a file, in the order in which they came. SQLite itself lets whoever asks at the right
//! moment go first, and has the others ask again after longer and longer sleeps.
//!
//! Who has much to write stands behind others of that kind before standing among all: a headline that is alone need not
//! wait behind fifty digests.

use std::{sync::Arc, time::Duration};

use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::store::Error;

/// As long a writer waits for its turn at most: then the file is in somebody's hands who does not let go.
const LONGEST_TURN: Duration = Duration::from_secs(30);

#[derive(Debug, Clone, Default)]
pub struct Turns {
    next: Arc<Mutex<()>>,
    /// One at a time of those with much to write stands among the others.
    much: Arc<Mutex<()>>,
}

/// A turn, until it is dropped.
pub struct Turn {
    _own: OwnedMutexGuard<()>,
    _of_much: Option<OwnedMutexGuard<()>>,
}

/// How much a transaction writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Load {
    Little,
    /// Others need not wait behind several of these.
    Much,
}

impl Turns {
    pub async fn next(&self, load: Load) -> Result<Turn, Error> {
        let turn = async {
            let of_much = if load == Load::Much { Some(self.much.clone().lock_owned().await) } else { None };
            Turn { _own: self.next.clone().lock_owned().await, _of_much: of_much }
        };
        Ok(tokio::time::timeout(LONGEST_TURN, turn).await.map_err(|_| sqlx::Error::PoolTimedOut)?)
    }
}

#[cfg(test)]
mod tests {
    use std::{future::Future, pin::pin, task::Context};

    use super::*;

    /// Whether somebody who waits has the turn now.
    fn has<T>(waits: &mut std::pin::Pin<&mut impl Future<Output = T>>) -> Option<T> {
        let mut context = Context::from_waker(std::task::Waker::noop());
        match waits.as_mut().poll(&mut context) {
            std::task::Poll::Ready(turn) => Some(turn),
            std::task::Poll::Pending => None,
        }
    }

    #[tokio::test]
    async fn who_has_little_to_write_waits_behind_one_who_has_much_and_not_behind_all() {
        let turns = Turns::default();
        let first = turns.next(Load::Much).await.unwrap();
        let (mut second, mut third, mut little) =
            (pin!(turns.next(Load::Much)), pin!(turns.next(Load::Much)), pin!(turns.next(Load::Little)));
        assert!(has(&mut second).is_none() && has(&mut third).is_none() && has(&mut little).is_none(), "one has the turn");
        drop(first);
        assert!(has(&mut third).is_none(), "they come in order");
        let turn = has(&mut little).expect("it goes before those with much to write");
        assert!(has(&mut second).is_none());
        drop(turn);
        let turn = has(&mut second).expect("then they go on, one by one");
        assert!(has(&mut third).is_none());
        drop(turn);
        assert!(has(&mut third).is_some());
    }
}

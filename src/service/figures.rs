//! Figures of what this process does: counted as it goes, for `/metrics` and `loa status`.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use jiff::Timestamp;

use super::{Service, differing};
use crate::{
    jobs::publish::Documents,
    store::{self, Store, Worker, WorkerReport},
};

/// Polls whose lateness is remembered.
const REMEMBERED: usize = 4096;
/// A worker that said nothing for so long is gone.
const GONE: Duration = Duration::from_secs(180);

/// What is counted.
#[derive(Debug)]
pub struct Figures {
    started_at: Timestamp,
    polls: AtomicU64,
    unchanged: AtomicU64,
    failed: AtomicU64,
    hosts: AtomicUsize,
    feeds: AtomicUsize,
    /// Of the last polls, in milliseconds.
    late: Mutex<VecDeque<u32>>,
    /// `None`: nothing is stored.
    store: Option<Store>,
    documents: Arc<Documents>,
}

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Counted {
    pub polls: u64,
    pub unchanged: u64,
    pub failed: u64,
    /// Hosts that are being asked.
    pub hosts: usize,
    pub feeds: usize,
    /// How late the last polls began.
    pub late: Lateness,
    pub statements: u64,
    /// What all calls of the store took, waiting for each other included.
    pub store_time: Duration,
    /// Bytes of documents that are kept in memory.
    pub documents: u64,
}

/// How late polls began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lateness {
    pub median: Duration,
    pub ninety_ninth: Duration,
    pub worst: Duration,
}

impl Figures {
    pub fn new(store: Option<Store>, documents: Arc<Documents>, started_at: Timestamp) -> Self {
        let (polls, unchanged, failed, hosts, feeds, late) = Default::default();
        Self { started_at, polls, unchanged, failed, hosts, feeds, late, store, documents }
    }

    /// A poll began now that was due at `due`. What was due before this process was is not its fault.
    pub(super) fn began(&self, due: Timestamp, now: Timestamp) {
        let late = u32::try_from(now.duration_since(due.max(self.started_at)).as_millis().max(0)).unwrap_or(u32::MAX);
        let mut remembered = self.late.lock().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() == REMEMBERED {
            remembered.pop_front();
        }
        remembered.push_back(late);
    }

    /// A poll has ended.
    pub(super) fn ended(&self, is_unchanged: bool, has_failed: bool) {
        self.polls.fetch_add(1, Ordering::Relaxed);
        self.unchanged.fetch_add(u64::from(is_unchanged), Ordering::Relaxed);
        self.failed.fetch_add(u64::from(has_failed), Ordering::Relaxed);
    }

    /// So many hosts are being asked.
    pub fn set_hosts(&self, hosts: usize) {
        self.hosts.store(hosts, Ordering::Relaxed);
    }

    /// So many feeds there are.
    pub(super) fn set_feeds(&self, feeds: usize) {
        self.feeds.store(feeds, Ordering::Relaxed);
    }

    pub fn counted(&self) -> Counted {
        let cost = self.store.as_ref().map(Store::cost).unwrap_or_default();
        Counted {
            polls: self.polls.load(Ordering::Relaxed),
            unchanged: self.unchanged.load(Ordering::Relaxed),
            failed: self.failed.load(Ordering::Relaxed),
            hosts: self.hosts.load(Ordering::Relaxed),
            feeds: self.feeds.load(Ordering::Relaxed),
            late: self.late(),
            statements: cost.statements,
            store_time: cost.time,
            documents: self.documents.kept(),
        }
    }

    fn late(&self) -> Lateness {
        let mut late: Vec<u32> = self.late.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect();
        late.sort_unstable();
        let at = |hundredths: usize| late.get((late.len() * hundredths).div_ceil(100).saturating_sub(1)).copied().unwrap_or(0);
        let at = |hundredths| Duration::from_millis(at(hundredths).into());
        Lateness { median: at(50), ninety_ninth: at(99), worst: at(100) }
    }
}

impl Service {
    /// Notes in the store how this worker fares, and forgets those that said nothing for long.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn note_worker(&self) -> Result<(), store::Error> {
        let (counted, now) = (self.figures.counted(), Timestamp::now());
        let definitions = differing::prints(&self.present().setup);
        let print = differing::print(&definitions);
        let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        #[expect(clippy::cast_precision_loss, reason = "figures for people")]
        let a_poll = |amount: f64| amount / counted.polls.max(1) as f64;
        #[expect(clippy::cast_precision_loss, reason = "figures for people")]
        let report = WorkerReport {
            hosts: counted.hosts,
            polls: counted.polls,
            late_median: millis(counted.late.median),
            late_99th: millis(counted.late.ninety_ninth),
            late_worst: millis(counted.late.worst),
            statements_a_poll: a_poll(counted.statements as f64),
            store_millis_a_poll: a_poll(counted.store_time.as_secs_f64() * 1000.0),
            definitions: print,
        };
        let started_at = self.figures.started_at;
        self.store.note_worker(&Worker { id: self.worker.clone(), name: self.worker.clone(), started_at, seen_at: now, report }).await?;
        self.store.forget_workers(now.checked_sub(GONE).unwrap_or(now)).await?;
        if self.told_definitions.load(Ordering::Relaxed) != print {
            self.store.note_definitions(&self.worker, &definitions).await?;
            self.told_definitions.store(print, Ordering::Relaxed);
        }
        if self.present().setup.config.store.is_shared() {
            self.compare_definitions(&definitions, &self.store.workers().await?).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit;

    #[test]
    fn lateness_is_that_of_the_last_polls_and_counts_from_the_start() {
        let at = |seconds: i64| Timestamp::from_second(1_800_000_000 + seconds).unwrap();
        let documents = Arc::new(Documents::new(unit::Size::from_bytes(1000)));
        let figures = Figures::new(None, documents, at(0));
        assert_eq!(figures.counted().late, Lateness::default());
        // It was due long before the start.
        figures.began(at(-9000), at(7));
        assert_eq!(figures.counted().late.worst, Duration::from_secs(7));
        for seconds in 1..=100 {
            figures.began(at(1000), at(1000 + seconds));
        }
        // A clock that was set back makes nothing early.
        figures.began(at(1000), at(900));
        let late = figures.counted().late;
        assert_eq!((late.median.as_secs(), late.ninety_ninth.as_secs(), late.worst.as_secs()), (49, 99, 100));
        for _ in 0..REMEMBERED {
            figures.began(at(1000), at(1000));
        }
        assert_eq!(figures.counted().late.worst, Duration::ZERO);
    }
}

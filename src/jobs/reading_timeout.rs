//! Threads of their own for reading pages: what takes too long there is given up, and costs nobody else anything.
//!
//! A thread cannot be stopped from outside. One that is still at a page when its time is over is abandoned: whoever
//! waited for it gets an error, another thread takes its place, and it ends when the page does, or with the process,
//! which waits for none of them. Only so many are abandoned at once; beyond that the others wait, so that pages which
//! never end cannot take the whole machine.

use std::{
    panic::{self, AssertUnwindSafe},
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak, mpsc},
    thread::{self, ThreadId},
    time::Duration,
};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, oneshot},
    time::{Instant, timeout},
};

/// Pages that are read at once.
const AT_ONCE: usize = 2;
/// Threads that may be abandoned at once.
const MAX_ABANDONED: usize = 8;
/// After so long without a page a thread ends. The last one gives back what reading keeps for the next page.
const IDLE: Duration = if cfg!(test) { Duration::from_millis(100) } else { Duration::from_secs(10) };
/// How long one page may take. Code that is not optimised is ten times slower.
const MAX_TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });

/// Why a page was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("reading the page took more than {} and was given up", shown(*limit))]
    TooLong { limit: Duration },
    #[error("the reader broke on this page: {why}")]
    Broke { why: String },
}

/// The threads that read; clones share them.
#[derive(Debug, Clone)]
pub struct Readers {
    places: Arc<Semaphore>,
    threads: Arc<Mutex<Threads>>,
    at_once: usize,
    limit: Duration,
    max_abandoned: usize,
}

impl Default for Readers {
    fn default() -> Self {
        Self::new(AT_ONCE, MAX_TIME, MAX_ABANDONED)
    }
}

/// What the threads are at.
#[derive(Debug, Default)]
struct Threads {
    /// Those with nothing to do, and the way to each.
    idle: Vec<(ThreadId, mpsc::Sender<Job>)>,
    running: Vec<Arc<Running>>,
    /// How many gave their place to another thread and are not at their end yet.
    abandoned: usize,
}

type Job = Box<dyn FnOnce() + Send>;

/// A page that is being read. Whoever drops the place lets the next one in.
#[derive(Debug)]
struct Running {
    /// When its time is over.
    until: Instant,
    place: Mutex<Option<OwnedSemaphorePermit>>,
}

impl Readers {
    /// `at_once` threads, each of which may take `limit` for a page; beyond `max_abandoned` threads that take longer,
    /// pages wait.
    pub fn new(at_once: usize, limit: Duration, max_abandoned: usize) -> Self {
        Self { places: Arc::new(Semaphore::new(at_once)), threads: Arc::default(), at_once, limit, max_abandoned }
    }

    /// Does `work` on one of the threads. If nobody waits for the result any more, it is done all the same, and its
    /// place is taken until it is done or its time is over.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        let running = self.start().await;
        let (sender, receiver) = oneshot::channel();
        let (readers, job) = (self.clone(), running.clone());
        self.hand_over(running, move || {
            let result = panic::catch_unwind(AssertUnwindSafe(work));
            readers.end(&job);
            // Nobody may be waiting any more.
            let _ = sender.send(result);
        });
        match timeout(self.limit, receiver).await {
            Ok(Ok(Ok(result))) => Ok(result),
            Ok(Ok(Err(broke))) => Err(Error::Broke { why: words(&*broke) }),
            Ok(Err(_)) => Err(Error::Broke { why: "its thread ended".to_owned() }),
            Err(_) => Err(Error::TooLong { limit: self.limit }),
        }
    }

    /// Waits for a place; those whose time is over give theirs up.
    async fn start(&self) -> Arc<Running> {
        loop {
            let wait = self.abandon().unwrap_or(self.limit);
            if let Ok(place) = timeout(wait, self.places.clone().acquire_owned()).await {
                // Never closed: it is ours.
                let place = Mutex::new(place.ok());
                let running = Arc::new(Running { until: Instant::now() + self.limit, place });
                lock(&self.threads).running.push(running.clone());
                return running;
            }
        }
    }

    /// Takes their places from the pages whose time is over. Returns how long the next one has, if any is being read.
    fn abandon(&self) -> Option<Duration> {
        let now = Instant::now();
        let mut threads = lock(&self.threads);
        let over: Vec<_> = threads.running.iter().filter(|running| running.until <= now).cloned().collect();
        for running in over {
            if threads.abandoned >= self.max_abandoned {
                break;
            }
            threads.abandoned += 1;
            threads.running.retain(|other| !Arc::ptr_eq(other, &running));
            lock(&running.place).take();
        }
        threads.running.iter().filter(|running| running.until > now).map(|running| running.until - now).min()
    }

    /// Gives `job` to a thread that has nothing to do, or to a new one.
    fn hand_over(&self, running: Arc<Running>, job: impl FnOnce() + Send + 'static) {
        let job: Job = Box::new(job);
        let Some((_, idle)) = lock(&self.threads).idle.pop() else { return self.start_thread(running, job) };
        if let Err(mpsc::SendError(job)) = idle.send(job) {
            self.start_thread(running, job);
        }
    }

    fn start_thread(&self, running: Arc<Running>, first: Job) {
        let (threads, at_once) = (Arc::downgrade(&self.threads), self.at_once);
        let work = move || {
            let mut next = Some(first);
            while let Some(job) = next.take() {
                job();
                next = next_job(&threads, at_once);
            }
        };
        if thread::Builder::new().name("reader".to_owned()).spawn(work).is_err() {
            // No thread is to be had: the job is dropped with `work`, which whoever waits sees as a thread that ended.
            self.end(&running);
        }
    }

    /// A page came to its end: its place is free, if it was not taken from it.
    fn end(&self, running: &Arc<Running>) {
        let mut threads = lock(&self.threads);
        let before = threads.running.len();
        threads.running.retain(|other| !Arc::ptr_eq(other, running));
        if threads.running.len() == before {
            threads.abandoned = threads.abandoned.saturating_sub(1);
        }
        drop(threads);
        lock(&running.place).take();
    }
}

/// What this thread does next; nothing if it is to end: nobody reads any more, enough others are idle (an abandoned
/// thread has a successor), or nothing came for a while.
fn next_job(threads: &Weak<Mutex<Threads>>, at_once: usize) -> Option<Job> {
    let (sender, jobs) = mpsc::channel();
    let this = thread::current().id();
    {
        let threads = threads.upgrade()?;
        let mut threads = lock(&threads);
        if threads.idle.len() >= at_once {
            return None;
        }
        threads.idle.push((this, sender));
    }
    match jobs.recv_timeout(IDLE) {
        Ok(job) => return Some(job),
        Err(mpsc::RecvTimeoutError::Disconnected) => return None,
        Err(mpsc::RecvTimeoutError::Timeout) => {}
    }
    let threads = threads.upgrade()?;
    let mut threads = lock(&threads);
    let Some(place) = threads.idle.iter().position(|(thread, _)| *thread == this) else {
        // Somebody has just taken the way to it.
        drop(threads);
        return jobs.recv().ok();
    };
    threads.idle.remove(place);
    if threads.idle.is_empty() && threads.running.is_empty() {
        loa_reader::release_memory();
    }
    None
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What panics is a reader, and it holds no lock.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a panic says.
fn words(broke: &(dyn std::any::Any + Send)) -> String {
    let words = broke.downcast_ref::<String>().map(String::as_str).or_else(|| broke.downcast_ref::<&str>().copied());
    loa_reader::text::cut(words.unwrap_or("no reason was given"), 200)
}

fn shown(limit: Duration) -> String {
    if limit.subsec_nanos() == 0 { format!("{} s", limit.as_secs()) } else { format!("{} ms", limit.as_millis()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_millis(200);

    /// A page that does not end before the sender is dropped.
    fn endless() -> (mpsc::Sender<()>, impl FnOnce() + Send + 'static) {
        let (sender, receiver) = mpsc::channel::<()>();
        (sender, move || {
            let _ = receiver.recv();
        })
    }

    #[tokio::test]
    async fn a_page_that_never_ends_costs_only_itself() {
        let readers = Readers::new(2, LIMIT, 4);
        let (_one, first) = endless();
        let (_other, second) = endless();
        let (one, other) = tokio::join!(readers.run(first), readers.run(second));
        assert_eq!((one, other), (Err(Error::TooLong { limit: LIMIT }), Err(Error::TooLong { limit: LIMIT })));
        for page in 0..20 {
            assert_eq!(readers.run(move || page).await, Ok(page));
        }
        assert_eq!(
            Error::TooLong { limit: MAX_TIME }.to_string().replace("20 s", "2 s"),
            "reading the page took more than 2 s and was given up"
        );
    }

    #[tokio::test]
    async fn a_page_that_breaks_says_why() {
        let readers = Readers::default();
        let broke = readers.run(|| panic!("no such block: {}", 7)).await;
        assert_eq!(broke.map_err(|error| error.to_string()), Err::<(), _>("the reader broke on this page: no such block: 7".to_owned()));
        assert_eq!(readers.run(|| 1).await, Ok(1));
    }

    #[tokio::test]
    async fn so_many_threads_are_abandoned_and_no_more() {
        let readers = Readers::new(1, LIMIT, 1);
        let (_one, first) = endless();
        let (other, second) = endless();
        assert!(readers.run(first).await.is_err());
        assert!(readers.run(second).await.is_err());
        // Both threads are taken, one of them abandoned: the next page waits until one of them ends.
        let waiting = readers.run(|| 1);
        tokio::pin!(waiting);
        assert!(timeout(4 * LIMIT, &mut waiting).await.is_err());
        drop(other);
        assert_eq!(waiting.await, Ok(1));
    }

    #[tokio::test]
    async fn threads_without_a_page_end_and_others_take_their_place() {
        let readers = Readers::new(2, LIMIT, 1);
        let threads = || lock(&readers.threads).idle.len();
        for _ in 0..3 {
            let first = readers.run(|| thread::current().id()).await;
            let next = readers.run(|| thread::current().id()).await;
            assert!(first.is_ok() && next.is_ok());
            let began = Instant::now();
            while threads() > 0 {
                assert!(began.elapsed() < Duration::from_secs(10), "an idle thread does not end");
                tokio::time::sleep(IDLE / 5).await;
            }
        }
    }

    #[tokio::test]
    async fn a_page_nobody_waits_for_keeps_its_place_for_its_time() {
        let readers = Readers::new(1, Duration::from_secs(3600), 1);
        let (sender, page) = endless();
        // Whoever asked goes away: at a poll that is cut off, for one.
        assert!(timeout(LIMIT, readers.run(page)).await.is_err());
        let waiting = readers.run(|| 1);
        tokio::pin!(waiting);
        assert!(timeout(2 * LIMIT, &mut waiting).await.is_err());
        drop(sender);
        assert_eq!(waiting.await, Ok(1));
    }
}

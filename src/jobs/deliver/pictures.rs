//! Pictures that were fetched and made ready for a message, kept a while for the other channels that tell of the same
//! article: their portal is asked once, however many they are.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use tokio::sync::OnceCell;
use url::Url;

use crate::{article::FeedId, target::Photo};

/// How long a picture is kept; one that could not be had is asked for again after this.
const KEPT: Duration = Duration::from_mins(10);
/// Pictures that are kept, and the bytes that they may have together.
const MOST: usize = 100;
const MOST_BYTES: usize = 48_000_000;

/// What is kept.
#[derive(Debug, Default)]
pub struct Pictures(Mutex<HashMap<(FeedId, Url), Kept>>);

#[derive(Debug, Clone)]
struct Kept {
    since: Instant,
    picture: Arc<OnceCell<Option<Photo>>>,
}

impl Kept {
    fn size(&self) -> usize {
        self.picture.get().and_then(Option::as_ref).map_or(0, Photo::upload_size)
    }
}

impl Pictures {
    /// The picture, loaded unless somebody has it or is about to have it. `None`: it cannot be had.
    pub async fn get(&self, feed: &FeedId, url: &Url, load: impl Future<Output = Option<Photo>>) -> Option<Photo> {
        let picture = self.place(feed, url);
        let photo = picture.get_or_init(|| load).await.clone();
        self.forget_most();
        photo
    }

    fn place(&self, feed: &FeedId, url: &Url) -> Arc<OnceCell<Option<Photo>>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, kept| kept.since.elapsed() < KEPT);
        let new = || Kept { since: Instant::now(), picture: Arc::default() };
        kept.entry((feed.clone(), url.clone())).or_insert_with(new).picture.clone()
    }

    /// Keeps the youngest, as far as there is room.
    fn forget_most(&self) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<_> = kept.iter().map(|(key, kept)| (kept.since, kept.size(), key.clone())).collect();
        all.sort_by_key(|(since, ..)| std::cmp::Reverse(*since));
        let mut bytes = 0;
        for (index, (_, size, key)) in all.into_iter().enumerate() {
            bytes += size;
            if index >= MOST || bytes > MOST_BYTES {
                kept.remove(&key);
            }
        }
    }
}

//! Progress on standard error, for what takes more than a second, where somebody looks.

use std::{borrow::Cow, time::Duration};

use indicatif::ProgressBar;

/// What is quicker shows nothing.
const SHOWN_AFTER: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(120);

/// Does `work`, and says what it is where it takes long. Nothing stays on the screen.
pub async fn while_waiting<T>(words: impl Into<Cow<'static, str>>, work: impl Future<Output = T>) -> T {
    let mut work = std::pin::pin!(work);
    if let Ok(done) = tokio::time::timeout(SHOWN_AFTER, &mut work).await {
        return done;
    }
    let bar = ProgressBar::new_spinner().with_message(words);
    bar.enable_steady_tick(TICK);
    let done = work.await;
    bar.finish_and_clear();
    done
}

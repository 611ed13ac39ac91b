//! A feed taken away for the operator: its definition goes, its articles stay in the store.

use tracing::warn;

use super::{
    Service,
    definitions::Kept,
    request::{Answer, Error},
};
use crate::article::FeedId;

impl Service {
    /// Takes a feed away. Its articles stay in the store, and its addresses answer that it is gone.
    pub(super) async fn remove(&self, id: &FeedId) -> Result<Answer, Error> {
        let kept = self.definitions.remove(id).await?;
        self.reload().await?;
        // Also where it was the only one.
        for problem in self.publisher.remove(id).await {
            warn!("{problem}");
        }
        let (file, definition) = match kept {
            Kept::File(file) => (Some(file), None),
            Kept::Text(text) => (None, Some(text)),
        };
        Ok(Answer::Removed { feed: id.to_string(), file, definition })
    }
}

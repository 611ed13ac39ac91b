//! A feed taken away for the operator: its file is kept under another name, its articles stay in the store.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tracing::warn;

use super::{
    Service,
    request::{Answer, Error},
};
use crate::article::FeedId;

impl Service {
    /// Takes a feed away. Its file is kept under another name, its articles stay in the store, and its addresses answer
    /// that it is gone.
    pub(super) async fn remove(&self, id: &FeedId) -> Result<Answer, Error> {
        let file = self.present().setup.file_of(id);
        let kept = kept_as(&file);
        fs::rename(&file, &kept).map_err(|source| Error::File { what: "rename", path: file, source })?;
        self.reload().await?;
        // Also where it was the only one.
        for problem in self.publisher.remove(id).await {
            warn!("{problem}");
        }
        Ok(Answer::Removed { feed: id.to_string(), file: kept })
    }
}

/// Beside the file; an earlier one of that name is written over.
fn kept_as(file: &Path) -> PathBuf {
    file.with_extension("toml.removed")
}

//! A feed given another name: its articles and their ids stay, and readers of its old addresses are led on.

use std::path::Path;

use jiff::Timestamp;
use tracing::warn;

use super::{
    Service,
    request::{Answer, Error},
    settings_file,
};
use crate::{article::FeedId, fetch};

impl Service {
    /// Gives a feed another name: articles, ids and what was said stay, and its old addresses lead to the new ones.
    pub(super) async fn rename(&self, id: &FeedId, to: &str) -> Result<Answer, Error> {
        let to: FeedId = to.parse().map_err(|error| Error::refused(format!("{error}"), "such as `danang-police`"))?;
        let present = self.present();
        let taken = || Error::refused(format!("there is a feed `{to}` already, or there was one"), "choose another name");
        if self.definitions.is_taken(&to) || present.setup.ids().contains(&to) {
            return Err(taken());
        }
        let Some(feed) = present.feed(id) else {
            return Err(Error::refused(format!("`{id}` cannot be used as it is defined"), "`loa check` says what is wrong with it"));
        };
        // Nobody polls the feed under its old name in between.
        let host = fetch::host(feed.watched());
        let work = async {
            if !self.store.rename(id, &to, Timestamp::now()).await? {
                return Err(taken());
            }
            if let Err(error) = self.definitions.rename(id, &to) {
                self.store.rename(&to, id, Timestamp::now()).await?;
                return Err(error.into());
            }
            if let Err(source) = rename_in_channels(&present.setup.path, id, &to) {
                warn!("`{}` could not be changed, so channels may still name `{id}`: {source}", present.setup.path.display());
            }
            self.reload().await?;
            Ok(())
        };
        self.in_turn(&host, Box::pin(work)).await??;
        Ok(Answer::Renamed { feed: id.to_string(), to: to.to_string() })
    }
}

/// Channels that name the feed name it by its new name.
fn rename_in_channels(settings: &Path, old: &FeedId, new: &FeedId) -> Result<(), settings_file::Error> {
    settings_file::change(settings, |document| {
        let channels = document.get_mut("channel").and_then(|item| item.as_array_of_tables_mut());
        let lists =
            channels.into_iter().flat_map(|channels| channels.iter_mut()).filter_map(|channel| channel.get_mut("feeds")?.as_array_mut());
        for name in lists.flat_map(|list| list.iter_mut()).filter(|name| name.as_str() == Some(old.as_str())) {
            let decor = name.decor().clone();
            *name = new.as_str().into();
            *name.decor_mut() = decor;
        }
    })
}

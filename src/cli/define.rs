//! Definitions written for a command, to where they are kept: files of the folder at once, those in the store by
//! whoever works on it.

use std::path::{Path, PathBuf};

use super::operate::ask;
use crate::{
    article::FeedId,
    config::DefinitionsFrom,
    service::{
        self, Answer, Defined, HandedIn, Over, Request, Settings,
        definitions::{self, Definitions},
    },
};

/// Where the definition of a feed is kept.
pub(super) struct Kept {
    /// In words.
    pub place: String,
    /// Where it is a file.
    pub file: Option<PathBuf>,
}

/// The settings, or what they are where there are none yet.
pub(super) fn settings_or_default(config: &Path) -> anyhow::Result<Settings> {
    if config.exists() { super::settings(config) } else { Ok(Settings::default_at(config)?) }
}

/// Where the definition of this feed is kept, or will be.
pub(super) fn kept(config: &Path, feed: &FeedId) -> anyhow::Result<Kept> {
    let from = settings_or_default(config)?.config.feeds.from;
    let place = definitions::place(from, &definitions::folder(config), feed);
    let file = (from == DefinitionsFrom::Folder).then(|| PathBuf::from(&place));
    Ok(Kept { place, file })
}

/// Has definitions written.
pub(super) async fn define(config: &Path, definitions: Vec<HandedIn>, over: Over) -> anyhow::Result<Defined> {
    let settings = settings_or_default(config)?.config;
    match settings.feeds.from {
        DefinitionsFrom::Folder => {
            let folder = definitions::folder(config);
            Ok(service::define(&Definitions::Folder(folder.clone()), &folder, &settings, &definitions, over).await?)
        }
        DefinitionsFrom::Store => match ask(config, Request::Define { definitions, over }).await? {
            Answer::Defined(defined) => Ok(defined),
            _ => anyhow::bail!("another answer came than the one that was asked for"),
        },
    }
}

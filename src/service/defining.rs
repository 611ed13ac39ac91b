//! Definitions of feeds that somebody hands in: checked, and written to where definitions are kept. A bad one costs
//! itself alone, and leaves the one of before.

use std::{collections::BTreeSet, path::Path};

use serde::{Deserialize, Serialize};

use super::{
    Service,
    definitions::{self, Definitions, Written},
    request::{Answer, Error},
    setup,
};
use crate::{article::FeedId, config::Config, store::Definition};

/// A definition that is handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedIn {
    /// The feed's name.
    pub feed: String,
    pub text: String,
    /// What it is called where something is wrong with it, such as the name of a file.
    pub place: String,
}

/// What may become of a definition that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Over {
    /// It stays, and the one that is handed in is refused.
    Nothing,
    /// The one that is handed in takes its place.
    Another,
}

/// What became of definitions that were handed in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Defined {
    pub added: Vec<String>,
    pub changed: Vec<String>,
    /// So many were there already, as they are.
    pub same: usize,
    /// What is wrong with the others, each with a way out.
    pub problems: Vec<String>,
}

/// Writes what can be used of what is handed in.
///
/// # Errors
/// When nothing can be read or written where definitions are kept.
pub async fn define(
    definitions: &Definitions,
    folder: &Path,
    config: &Config,
    handed_in: &[HandedIn],
    over: Over,
) -> Result<Defined, definitions::Error> {
    let mut defined = Defined::default();
    let mut usable = Vec::new();
    for HandedIn { feed, text, place } in handed_in {
        let written = Written { place: place.clone(), name: feed.clone(), text: Ok(text.clone()) };
        match setup::usable(config, folder, &written) {
            Ok(feed) => usable.push(Definition { feed: feed.id, text: text.clone() }),
            Err(problem) => defined.problems.push(problem.to_string()),
        }
    }
    let names = |ids: Vec<FeedId>| ids.iter().map(ToString::to_string).collect();
    if over == Over::Nothing {
        for definition in &usable {
            match definitions.add(definition).await? {
                true => defined.added.push(definition.feed.to_string()),
                false => {
                    let feed = &definition.feed;
                    defined.problems.push(format!("the id `{feed}` is taken\nhint: `--id NAME` makes another feed"));
                }
            }
        }
        return Ok(defined);
    }
    let there = definitions.read().await.map_err(definitions::Error::Unreadable)?;
    let there: BTreeSet<String> = there.into_iter().map(|written| written.name).collect();
    let written = definitions.write(&usable).await?;
    defined.same = usable.len() - written.len();
    let (changed, added) = written.into_iter().partition(|feed| there.contains(feed.as_str()));
    (defined.changed, defined.added) = (names(changed), names(added));
    Ok(defined)
}

impl Service {
    /// Writes definitions and takes them up.
    pub(super) async fn define(&self, handed_in: &[HandedIn], over: Over) -> Result<Answer, Error> {
        let present = self.present();
        let folder = definitions::folder(&present.setup.path);
        let defined = define(&self.definitions, &folder, &present.setup.config, handed_in, over).await?;
        self.reload().await?;
        Ok(Answer::Defined(defined))
    }
}

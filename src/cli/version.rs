//! `loa version`: what this program is, for a report of a mistake.

use clap::Args;
use serde::Serialize;

use super::{
    Outcome, block_on,
    terminal::{self, Looks, Sheet},
};
use crate::store;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// One JSON object on standard output, and nothing else there.
    #[arg(long)]
    json: bool,
}

/// Where the values stand.
const COLUMN: usize = 10;

/// What this program is.
#[derive(Debug, Serialize)]
struct Version {
    version: &'static str,
    target: String,
    profile: &'static str,
    /// What it was built with.
    features: &'static [&'static str],
    sqlite: String,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let version = Version {
        version: env!("CARGO_PKG_VERSION"),
        target: target(),
        profile: if cfg!(debug_assertions) { "debug" } else { "release" },
        features: &["sqlite", "postgres", "telegram"],
        sqlite: block_on(async { Ok(store::sqlite_version().await?) })?,
    };
    if arguments.json {
        terminal::print_json(&version)?;
    } else {
        terminal::print(&in_words(&version, terminal::output()))?;
    }
    Ok(Outcome::Done)
}

/// In the words in which a report of a mistake has it, whoever reads it.
fn in_words(Version { version, target, profile, features, sqlite }: &Version, looks: Looks) -> String {
    let mut sheet = Sheet::new(looks);
    sheet.line(&format!("loa {version}"));
    let fields = [("target", format!("{target} ({profile})")), ("features", features.join(", ")), ("SQLite", sqlite.clone())];
    fields.iter().for_each(|(name, value)| sheet.field(name, COLUMN, value));
    sheet.into_text()
}

/// `x86_64-linux-gnu`.
fn target() -> String {
    let libc = [("gnu", cfg!(target_env = "gnu")), ("musl", cfg!(target_env = "musl"))];
    let libc = libc.into_iter().find(|(_, is_there)| *is_there).map(|(name, _)| format!("-{name}")).unwrap_or_default();
    format!("{}-{}{libc}", std::env::consts::ARCH, std::env::consts::OS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_looks_well_everywhere() {
        let version = Version {
            version: "1.2.3",
            target: "x86_64-linux-gnu".to_owned(),
            profile: "release",
            features: &["sqlite", "telegram"],
            sqlite: "3.50.4".to_owned(),
        };
        insta::assert_snapshot!("version", terminal::in_every_look(|looks, _| in_words(&version, looks)));
    }
}

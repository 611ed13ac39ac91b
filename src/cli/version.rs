//! `loa version`: what this program is, for a report of a mistake.

use clap::Args;
use serde::Serialize;

use super::{Outcome, block_on, terminal};
use crate::store;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// One JSON object on standard output, and nothing else there.
    #[arg(long)]
    json: bool,
}

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
        features: &["sqlite", "telegram"],
        sqlite: block_on(async { Ok(store::sqlite_version().await?) })?,
    };
    if arguments.json {
        terminal::print_json(&version)?;
    } else {
        let Version { version, target, profile, features, sqlite } = &version;
        terminal::print(&format!(
            "loa {version}\ntarget    {target} ({profile})\nfeatures  {}\nSQLite    {sqlite}\n",
            features.join(", ")
        ))?;
    }
    Ok(Outcome::Done)
}

/// `x86_64-linux-gnu`.
fn target() -> String {
    let libc = [("gnu", cfg!(target_env = "gnu")), ("musl", cfg!(target_env = "musl"))];
    let libc = libc.into_iter().find(|(_, is_there)| *is_there).map(|(name, _)| format!("-{name}")).unwrap_or_default();
    format!("{}-{}{libc}", std::env::consts::ARCH, std::env::consts::OS)
}

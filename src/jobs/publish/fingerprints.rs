//! What a folder's files were made from, kept beside them: a round in which nothing changed need not render.
//!
//! They lie in the folder only while nobody publishes into it. Whoever does takes them away first, so that after a
//! kill, or under a daemon, which may have other settings, none are left that speak of other files.

use std::{collections::BTreeMap, fmt::Debug, fs, path::Path};

use sha2::{Digest, Sha256};

use super::files::{self, Error};

/// Where they lie.
const FILE: &str = ".fingerprints.json";

/// A fingerprint for the documents of a feed, by its id.
pub type Fingerprints = BTreeMap<String, String>;

/// Of what documents are made from, and of the program that makes them: another build may write them otherwise.
pub fn of(made_from: &impl Debug) -> String {
    let program = std::env::current_exe().and_then(fs::metadata).and_then(|file| file.modified()).ok();
    let hash = Sha256::digest(format!("{program:?} {made_from:?}"));
    hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Takes them out of the folder; none where they cannot be read.
pub fn take(folder: &Path) -> Fingerprints {
    let path = folder.join(FILE);
    let kept = fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    // What cannot be taken away would speak of files that are written from now on.
    kept.filter(|_| fs::remove_file(&path).is_ok()).unwrap_or_default()
}

/// Leaves them in the folder.
///
/// # Errors
/// When the file cannot be written; everything is rendered the next time.
pub fn keep(folder: &Path, fingerprints: &Fingerprints) -> Result<(), Error> {
    let bytes = serde_json::to_vec(fingerprints).expect("a map of strings can be written as JSON");
    files::replace(folder, FILE, &bytes)
}

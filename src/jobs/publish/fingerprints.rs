//! A number of what files are made from: where it is the same, they need not be made again.

use std::{fmt::Debug, fs};

use sha2::{Digest, Sha256};

/// Of what documents are made from, and of the program that makes them: another build may write them otherwise.
pub fn of(made_from: &impl Debug) -> String {
    let program = std::env::current_exe().and_then(fs::metadata).and_then(|file| file.modified()).ok();
    let hash = Sha256::digest(format!("{program:?} {made_from:?}"));
    hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

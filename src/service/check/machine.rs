//! What the machine has to give: an address to listen on, folders that may be written to, room on the disk.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
};

use super::Findings;
use crate::{
    cause,
    service::Setup,
    words::{check as said, errors},
};

/// With less room than this the next poll may find the disk full.
const NO_ROOM: u64 = 50_000_000;
/// With less than this it is time to look.
const LITTLE_ROOM: u64 = 500_000_000;

pub fn check(setup: &Setup, is_running: bool, findings: &mut Findings<'_>) {
    listen(setup, is_running, findings);
    let store = setup.config.store.file();
    let store_folder =
        store.as_deref().and_then(Path::parent).map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let publish = Some(setup.config.publish.folder.as_path()).filter(|folder| !folder.as_os_str().is_empty());
    for folder in store_folder.into_iter().chain(publish) {
        writable(folder, findings);
    }
    if let Some(file) = store.as_deref().filter(|file| file.exists())
        && let Err(error) = std::fs::OpenOptions::new().append(true).open(file)
    {
        let language = findings.language();
        findings.wrong(
            said::not_writable(language, &file.display().to_string(), &errors::told(language, &cause::plain(&error))),
            Some(said::not_writable_hint(language)),
        );
    }
    if let Some(folder) = store_folder {
        room(folder, findings);
    }
}

/// Whether `[web] listen` can be had; the running daemon has it already.
fn listen(setup: &Setup, is_running: bool, findings: &mut Findings<'_>) {
    let (language, listen) = (findings.language(), setup.config.web.listen);
    match TcpListener::bind(listen) {
        Ok(_) => findings.good(said::listen(language, &listen.to_string())),
        Err(error) if is_running && error.kind() == std::io::ErrorKind::AddrInUse => {
            findings.good(said::listening(language, &listen.to_string()))
        }
        Err(error) => findings.wrong(
            said::cannot_listen(language, &listen.to_string(), &errors::told(language, &cause::plain(&error))),
            Some(said::listen_hint(language)),
        ),
    }
}

/// Tries a file without a name, which leaves nothing behind. What is not there yet will be made in the nearest folder
/// that is.
fn writable(folder: &Path, findings: &mut Findings<'_>) {
    let language = findings.language();
    let nearest = nearest(folder);
    if let Err(error) = tempfile::tempfile_in(&nearest) {
        let shown = nearest.display().to_string();
        findings.wrong(
            said::not_writable(language, &shown, &errors::told(language, &cause::plain(&error))),
            Some(said::not_writable_hint(language)),
        );
    }
}

fn nearest(folder: &Path) -> PathBuf {
    let there = folder.ancestors().find(|folder| folder.exists()).filter(|folder| !folder.as_os_str().is_empty());
    there.unwrap_or(Path::new(".")).to_owned()
}

fn room(folder: &Path, findings: &mut Findings<'_>) {
    let language = findings.language();
    // A file system that does not say fails nobody.
    let Ok(disk) = rustix::fs::statvfs(nearest(folder)) else { return };
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    let megabytes = free / 1_000_000;
    match free {
        ..NO_ROOM => findings.wrong(said::disk_full(language, megabytes), Some(said::disk_hint(language))),
        NO_ROOM..LITTLE_ROOM => findings.note(said::disk_low(language, megabytes)),
        _ => (),
    }
}

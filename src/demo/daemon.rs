//! The daemon of the demo: this program once more, as a process of its own, which can be killed at any moment.

use std::{
    fs::{self, File},
    io,
    os::unix::process::CommandExt as _,
    process::{Child, Command, Stdio},
};

use super::newsroom::{Newsroom, TOKEN};

/// Bytes of the log's end that an error shows.
const SHOWN: usize = 2_000;

/// A running daemon. It is killed when this is dropped, and ends by itself when this process is no more.
#[derive(Debug)]
pub struct Daemon(Child);

impl Daemon {
    /// # Errors
    /// When this program cannot be started once more.
    pub fn start(newsroom: &Newsroom) -> io::Result<Self> {
        let log = File::options().create(true).append(true).open(newsroom.log())?;
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["run", "--until-eof", "--config"]).arg(newsroom.settings()).env("TELOXIDE_TOKEN", TOKEN).env_remove("LOA_LOG");
        // In a group of its own: a Ctrl-C is for the demo, which then ends it.
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(log).process_group(0);
        Ok(Self(command.spawn()?))
    }

    /// What is wrong if it ended by itself, which it should not do: how, and what its log said last.
    pub fn problem(&mut self, newsroom: &Newsroom) -> Option<io::Error> {
        match self.0.try_wait() {
            Ok(None) => None,
            Ok(Some(status)) => {
                let log = fs::read_to_string(newsroom.log()).unwrap_or_default();
                let end = &log[log.ceil_char_boundary(log.len().saturating_sub(SHOWN))..];
                Some(io::Error::other(format!("the daemon ended ({status}):\n{}", end.trim())))
            }
            Err(error) => Some(error),
        }
    }
}

/// Without a warning, as the system does it when it has no memory left: it has no moment more.
impl Drop for Daemon {
    fn drop(&mut self) {
        // One that ended before is what is wanted.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

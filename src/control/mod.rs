//! Commands beside a running daemon: a socket that only its owner may use, one request a connection.
//!
//! A request is a line of JSON ([`Request`]), and so is the answer ([`Reply`]).

mod client;

use std::{
    fs, io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use serde::{Deserialize, Serialize};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{UnixListener, UnixStream},
    sync::watch,
    task::JoinSet,
    time::timeout,
};
use tracing::{debug, warn};

use crate::{
    cause::{self, Told},
    service::{Answer, Request, Service},
};

pub use client::{Error, ask};

/// No request is longer, in bytes.
const LONGEST_REQUEST: u64 = 64 * 1024;
/// How long a request may take to arrive.
const ARRIVAL: Duration = Duration::from_secs(10);

/// What a request is answered with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    Done(Answer),
    /// It was not done: why, and a way out.
    Failed(Told),
}

/// The socket, which goes with this.
#[derive(Debug)]
pub struct Socket {
    listener: UnixListener,
    path: PathBuf,
}

impl Socket {
    /// Listens at `path`, in the place of what a dead process left there.
    ///
    /// # Errors
    /// When the folder cannot be written, or the path is longer than a socket's may be.
    pub fn bind(path: &Path) -> io::Result<Self> {
        // Nobody may connect before only the owner may.
        let new = path.with_extension("sock.new");
        let _stale = fs::remove_file(&new);
        let listener = UnixListener::bind(&new)?;
        fs::set_permissions(&new, fs::Permissions::from_mode(0o600))?;
        fs::rename(&new, path)?;
        Ok(Self { listener, path: path.to_owned() })
    }

    /// Carries out what is asked for, until told to stop.
    pub async fn serve(self, service: Arc<Service>, mut stop: watch::Receiver<bool>) {
        let mut answering = JoinSet::new();
        loop {
            let accepted = tokio::select! {
                accepted = self.listener.accept() => accepted,
                Some(_) = answering.join_next() => continue,
                // The sender is gone only when the process is about to be.
                _ = stop.wait_for(|stop| *stop) => return,
            };
            match accepted {
                Ok((stream, _)) => {
                    let service = service.clone();
                    answering.spawn(async move {
                        if let Err(error) = answer(&service, stream).await {
                            debug!("a command went away: {error}");
                        }
                    });
                }
                Err(error) => {
                    warn!("a command could not be heard: {error}");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        let _gone = fs::remove_file(&self.path);
    }
}

async fn answer(service: &Service, mut stream: UnixStream) -> io::Result<()> {
    let (reader, mut writer) = stream.split();
    let mut line = String::new();
    timeout(ARRIVAL, BufReader::new(reader.take(LONGEST_REQUEST)).read_line(&mut line)).await??;
    let reply = match serde_json::from_str::<Request>(&line) {
        Err(_) => Reply::Failed(Told {
            said: vec!["the daemon does not know this command".to_owned()],
            hints: vec!["it is of another version: restart it".to_owned()],
        }),
        Ok(request) => match service.carry_out(&request).await {
            Ok(answer) => Reply::Done(answer),
            Err(error) => Reply::Failed(cause::tell(&error)),
        },
    };
    let mut words = serde_json::to_vec(&reply)?;
    words.push(b'\n');
    writer.write_all(&words).await
}

//! Asking the daemon.

use std::{io, path::Path};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::UnixStream,
};

use super::Reply;
use crate::service::Request;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the daemon cannot be asked")]
    Connect(#[source] io::Error),
    /// It may have been done all the same.
    #[error("the daemon went away before it answered")]
    Gone(#[source] io::Error),
    #[error("the daemon's answer cannot be read: it is of another version")]
    Unreadable(#[source] serde_json::Error),
}

/// Asks the daemon that listens at `path`, and waits as long as it works; `None`: there is none.
///
/// # Errors
/// When there is one and it does not answer.
pub async fn ask(path: &Path, request: &Request) -> Result<Option<Reply>, Error> {
    let mut stream = match UnixStream::connect(path).await {
        Ok(stream) => stream,
        // A dead daemon leaves its socket behind, and where the path is too long for a socket no daemon could listen.
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused | io::ErrorKind::InvalidInput) => {
            return Ok(None);
        }
        Err(error) => return Err(Error::Connect(error)),
    };
    let mut words = serde_json::to_vec(request).map_err(Error::Unreadable)?;
    words.push(b'\n');
    stream.write_all(&words).await.map_err(Error::Gone)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.map_err(Error::Gone)?;
    if answer.is_empty() {
        return Err(Error::Gone(io::ErrorKind::UnexpectedEof.into()));
    }
    serde_json::from_slice(&answer).map(Some).map_err(Error::Unreadable)
}

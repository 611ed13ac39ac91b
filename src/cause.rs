//! What the errors of libraries and of the system mean, in plain words.
//!
//! Libraries wrap errors in errors, and what each says of itself is for programmers. The kinds of `io::Error` and a few
//! phrases that the TLS library and name servers are known by tell what happened; for anything else the innermost words
//! stand.

use std::{error::Error, fmt, io};

use serde::{Deserialize, Serialize};

/// The reason behind `error`, in a few words without a period.
pub fn plain(error: &(dyn Error + 'static)) -> String {
    let chain: Vec<&(dyn Error + 'static)> = self::chain(error).collect();
    // The innermost knows best.
    let by_words = chain.iter().rev().find_map(|error| of_words(&error.to_string()));
    let by_kind = || chain.iter().rev().find_map(|error| of_io(*error));
    by_words.or_else(by_kind).map_or_else(|| innermost(&chain), str::to_owned)
}

/// The words of one error of a chain: the system's in plain ones, any other's as they are.
fn of(error: &(dyn Error + 'static)) -> String {
    if error.is::<io::Error>() { plain(error) } else { error.to_string() }
}

/// An error and its causes as they are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// What happened, then why, each once.
    pub said: Vec<String>,
    /// The ways out.
    pub hints: Vec<String>,
}

/// The beginning of a line that is a way out.
const HINT: &str = "hint: ";

/// `error` with its causes, and the ways out that any of them names.
pub fn tell(error: &(dyn Error + 'static)) -> Told {
    let mut told = Told { said: Vec::new(), hints: Vec::new() };
    for cause in chain(error) {
        let text = of(cause);
        let (hints, words): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with(HINT));
        let words = words.join("\n");
        // Libraries like to repeat the words of what they wrap.
        if !words.is_empty() && !told.said.iter().any(|before| before.contains(&words)) {
            told.said.push(words);
        }
        for hint in hints.iter().map(|hint| hint[HINT.len()..].to_owned()) {
            if !told.hints.contains(&hint) {
                told.hints.push(hint);
            }
        }
    }
    told
}

impl Told {
    /// What happened and why, on one line.
    pub fn in_a_line(&self) -> String {
        self.said.join(": ")
    }
}

/// What happened and why on one line, and each way out on one of its own: as it is logged and kept.
impl fmt::Display for Told {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.in_a_line())?;
        self.hints.iter().try_for_each(|hint| write!(formatter, "\n{HINT}{hint}"))
    }
}

/// Whether `error` says that this machine has no way out, rather than that the other side is to blame.
pub fn is_own_network(error: &(dyn Error + 'static)) -> bool {
    let own = [io::ErrorKind::NetworkUnreachable, io::ErrorKind::NetworkDown];
    chain(error).any(|error| {
        kind_of(error).is_some_and(|kind| own.contains(&kind)) || error.to_string().contains("Temporary failure in name resolution")
    })
}

fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| {
        let error: &'a (dyn Error + 'static) = *error;
        error.source()
    })
}

/// By phrases: of rustls, of the resolver of the system, and of time-outs that have no kind.
fn of_words(said: &str) -> Option<&'static str> {
    const PHRASES: [(&str, &str); 29] = [
        ("UnknownIssuer", "its certificate was issued by nobody who is trusted here"),
        ("NotValidForName", "its certificate is for another name"),
        ("certificate not valid for name", "its certificate is for another name"),
        ("certificate expired", "its certificate has expired"),
        ("invalid peer certificate: Expired", "its certificate has expired"),
        ("certificate not valid yet", "its certificate is not valid yet"),
        ("invalid peer certificate", "its certificate cannot be used"),
        ("received corrupt message", "it does not speak TLS there"),
        ("received fatal alert", "it refused the TLS connection"),
        ("tls handshake eof", "it broke the TLS connection off"),
        ("Name or service not known", "there is no such name"),
        ("No address associated with hostname", "there is no such name"),
        ("nodename nor servname provided", "there is no such name"),
        ("Temporary failure in name resolution", "no name server answers"),
        ("SOCKS error: failed to create underlying connection", "the proxy does not answer"),
        ("io error during SOCKS handshake", "the proxy broke the connection off"),
        ("failed parsing server response", "the proxy does not speak SOCKS"),
        ("credentials not accepted", "the proxy refuses the name and the password"),
        ("proxy authorization required", "the proxy wants a name and a password"),
        ("tunnel error: unsuccessful", "the proxy refuses to connect there"),
        ("operation timed out", "no answer in time"),
        ("deadline has elapsed", "no answer in time"),
        ("connection closed before message completed", "the connection was closed in mid-answer"),
        ("database or disk is full", "the disk is full"),
        ("database is locked", "another process holds the database"),
        ("attempt to write a readonly database", "the file may not be written to"),
        ("disk I/O error", "the disk cannot be read or written"),
        ("unable to open database file", "the file cannot be opened"),
        ("database disk image is malformed", "the file is damaged"),
    ];
    PHRASES.iter().find(|(phrase, _)| said.contains(phrase)).map(|(_, plain)| *plain)
}

fn of_io(error: &(dyn Error + 'static)) -> Option<&'static str> {
    use io::ErrorKind as Kind;
    Some(match kind_of(error)? {
        Kind::ConnectionRefused => "connection refused",
        Kind::ConnectionReset => "the connection was reset",
        Kind::ConnectionAborted | Kind::BrokenPipe | Kind::UnexpectedEof => "the connection was closed in mid-answer",
        Kind::TimedOut => "no answer in time",
        Kind::HostUnreachable => "there is no way to this host",
        Kind::NetworkUnreachable => "there is no way into this network",
        Kind::NetworkDown => "the network is down",
        Kind::AddrInUse => "the address is in use",
        Kind::AddrNotAvailable => "this machine has no such address",
        Kind::PermissionDenied => "permission denied",
        Kind::NotFound => "there is no such file or folder",
        Kind::StorageFull | Kind::QuotaExceeded => "the disk is full",
        Kind::ReadOnlyFilesystem => "the disk is read-only",
        Kind::IsADirectory => "it is a folder",
        Kind::NotADirectory => "a part of its path is no folder",
        _ => return None,
    })
}

/// The kind of an I/O error, or of one that it wraps: its `source` passes over what it wraps.
fn kind_of(error: &(dyn Error + 'static)) -> Option<io::ErrorKind> {
    let error = error.downcast_ref::<io::Error>()?;
    error.get_ref().and_then(|inner| kind_of(inner)).or(Some(error.kind()))
}

fn innermost(chain: &[&(dyn Error + 'static)]) -> String {
    let said = chain.last().map(ToString::to_string).unwrap_or_default();
    let said = said.split(" (os error").next().unwrap_or_default();
    said.trim().trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("client error (Connect)")]
    struct Wrapped(#[source] io::Error);

    #[test]
    fn what_the_system_says_is_said_plainly() {
        let refused = || io::Error::from(io::ErrorKind::ConnectionRefused);
        assert_eq!(plain(&refused()), "connection refused");
        assert_eq!(plain(&Wrapped(io::Error::other(refused()))), "connection refused");
        assert_eq!(plain(&io::Error::from_raw_os_error(98)), "the address is in use");
        assert_eq!(
            plain(&Wrapped(io::Error::other("failed to lookup address information: Name or service not known"))),
            "there is no such name"
        );
        let untrusted = io::Error::new(io::ErrorKind::InvalidData, "invalid peer certificate: UnknownIssuer");
        assert_eq!(plain(&Wrapped(untrusted)), "its certificate was issued by nobody who is trusted here");
        assert_eq!(plain(&io::Error::other("Something else.")), "Something else");
    }

    #[test]
    fn a_network_that_is_down_is_ours() {
        assert!(is_own_network(&Wrapped(io::Error::from(io::ErrorKind::NetworkUnreachable))));
        assert!(is_own_network(&io::Error::other("failed to lookup address information: Temporary failure in name resolution")));
        assert!(!is_own_network(&Wrapped(io::Error::from(io::ErrorKind::ConnectionRefused))));
    }
}

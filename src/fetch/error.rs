//! What can go wrong on the way to the web, told apart by what the caller does next.
//!
//! Every error names the address, without user name and password. What an operator sends in headers is
//! never shown.

use std::{
    io,
    net::IpAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use url::Url;

use super::guard::{Refused, Unresolved};
use crate::{cause, unit};

/// Longest address that is shown whole.
const SHOWN: usize = 300;

/// Why there is no answer. [`kind`](Error::kind) is the short name for logs, pages and metrics.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The settings make no client.
    #[error("no client can be built: {why}")]
    Settings { why: String },
    /// The certificate that a feed wants trusted cannot be used.
    #[error("`{path}` is no certificate: {why}\nhint: expected a PEM file, beginning with `-----BEGIN CERTIFICATE-----`")]
    Certificate { path: PathBuf, why: String },
    /// Not an http(s) address.
    #[error("`{url}` is not fetched: expected an address that begins with `http://` or `https://`")]
    Scheme { url: String },
    /// An address that only this machine or its neighbours can reach.
    #[error("`{url}` leads to the private address `{address}`\nhint: `allow-private = true` under `[fetch]` lets sources live there")]
    Private { url: String, address: IpAddr },
    /// The name has no address, or no name server answers.
    #[error("the name in `{url}` cannot be looked up")]
    Dns {
        url: String,
        #[source]
        cause: Cause,
    },
    /// Nobody listens, or the way there is cut.
    #[error("`{url}` cannot be reached")]
    Connect {
        url: String,
        #[source]
        cause: Cause,
    },
    /// The other side cannot prove who it is, or speaks no TLS.
    #[error("`{url}` has no safe connection")]
    Tls {
        url: String,
        #[source]
        cause: Cause,
    },
    /// The whole exchange took too long.
    #[error("`{url}` did not answer in full within {after}")]
    Timeout { url: String, after: unit::Duration },
    /// More than is taken; counted after decompression.
    #[error("`{url}` is larger than {limit}")]
    TooLarge { url: String, limit: unit::Size },
    /// The answer ended before its end.
    #[error("the answer of `{url}` is cut short")]
    Truncated {
        url: String,
        #[source]
        cause: Cause,
    },
    /// The answer is not packed in the way it says.
    #[error("the answer of `{url}` cannot be unpacked: {why}")]
    Encoding { url: String, why: String },
    /// What came is no HTTP.
    #[error("`{url}` does not answer in HTTP")]
    Protocol {
        url: String,
        #[source]
        cause: Cause,
    },
    /// A redirect that leads nowhere.
    #[error("`{url}` redirects {why}")]
    Redirect { url: String, why: String },
    /// The portal does not want it fetched.
    #[error("`{url}` is not fetched: {why}\nhint: `ignore-robots = true` in the feed file passes over it")]
    Robots { url: String, why: String },
    /// 410: it will not come back.
    #[error("`{url}` is gone for good (410)")]
    Gone { url: String },
    /// The host asked to be left alone; `status` is absent where it was not asked again.
    #[error("`{url}` asks to be left alone for {}{}", whole(wait), of(status))]
    RetryAfter { url: String, status: Option<u16>, wait: Duration },
    /// Other processes asked the host all the time.
    #[error("`{url}` was not asked: other workers had its host for too long")]
    Busy { url: String },
    /// Any other answer than the wanted one, a 304 that nobody asked for among them.
    #[error("`{url}` answers {status}")]
    Status { url: String, status: u16 },
    /// 200 with nothing in it.
    #[error("`{url}` answers with an empty page")]
    Empty { url: String },
    /// Something else than what was asked for, such as a picture in place of a page.
    #[error("`{url}` is not {expected}: found {found}")]
    Unexpected { url: String, expected: &'static str, found: &'static str },
}

/// The innermost reason that the network gave.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub struct Cause(String);

impl Cause {
    /// Many portals forget to send the certificates between theirs and the known ones.
    fn with_way_out(self, is_unknown_issuer: bool) -> Self {
        if is_unknown_issuer {
            Self(format!(
                "{}\nhint: if the portal is to be trusted, `ca-file` in its feed file names the certificate that is missing",
                self.0
            ))
        } else {
            self
        }
    }
}

impl Error {
    /// One word for logs, status and metrics.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Settings { .. } => "settings",
            Self::Certificate { .. } => "certificate",
            Self::Scheme { .. } => "scheme",
            Self::Private { .. } => "private",
            Self::Dns { .. } => "dns",
            Self::Connect { .. } => "connect",
            Self::Tls { .. } => "tls",
            Self::Timeout { .. } => "timeout",
            Self::TooLarge { .. } => "too-large",
            Self::Truncated { .. } => "truncated",
            Self::Encoding { .. } => "encoding",
            Self::Protocol { .. } => "protocol",
            Self::Redirect { .. } => "redirect",
            Self::Robots { .. } => "robots",
            Self::Gone { .. } => "gone",
            Self::RetryAfter { .. } => "retry-after",
            Self::Busy { .. } => "busy",
            Self::Status { .. } => "status",
            Self::Empty { .. } => "empty",
            Self::Unexpected { .. } => "unexpected",
        }
    }

    /// Whether the host is not to be asked now, whatever is wanted of it.
    pub fn is_put_off(&self) -> bool {
        matches!(self, Self::RetryAfter { .. } | Self::Busy { .. })
    }

    pub(super) fn scheme(url: &Url) -> Self {
        Self::Scheme { url: shown(url) }
    }

    pub(super) fn private(url: &Url, address: IpAddr) -> Self {
        Self::Private { url: shown(url), address }
    }

    pub(super) fn redirect(url: &Url, why: impl Into<String>) -> Self {
        Self::Redirect { url: shown(url), why: why.into() }
    }

    pub(super) fn robots(url: &Url, why: impl Into<String>) -> Self {
        Self::Robots { url: shown(url), why: why.into() }
    }

    pub(super) fn certificate(path: &Path, why: impl ToString) -> Self {
        Self::Certificate { path: path.to_owned(), why: why.to_string() }
    }

    /// Sorts what the client reports by its causes; it has no finer types of its own.
    pub(super) fn from_client(url: &Url, error: &reqwest::Error) -> Self {
        let chain: Vec<&(dyn std::error::Error + 'static)> = causes(error).collect();
        let cause = Cause(cause::plain(error));
        let url_shown = shown(url);
        if let Some(Refused(address)) = chain.iter().find_map(|it| it.downcast_ref::<Refused>()) {
            return Self::Private { url: url_shown, address: *address };
        }
        if chain.iter().any(|it| it.is::<Unresolved>()) {
            return Self::Dns { url: url_shown, cause };
        }
        let said = |words: &str| chain.iter().any(|it| it.to_string().contains(words));
        let of_kind = |kinds: &[io::ErrorKind]| chain.iter().any(|it| kinds.iter().any(|kind| is_io(*it, *kind)));
        if error.is_connect() {
            // rustls reports everything that it does not trust as invalid data.
            let untrusted = of_kind(&[io::ErrorKind::InvalidData]) || said("tls handshake");
            return if untrusted {
                Self::Tls { url: url_shown, cause: cause.with_way_out(said("UnknownIssuer")) }
            } else {
                Self::Connect { url: url_shown, cause }
            };
        }
        if error.is_decode() {
            // Either the body broke on its way, or what came cannot be unpacked.
            let broke = said("error reading a body from connection") || said("http2 error");
            let why = cause.to_string();
            return if broke { Self::Truncated { url: url_shown, cause } } else { Self::Encoding { url: url_shown, why } };
        }
        let cut = said("before message completed")
            || of_kind(&[io::ErrorKind::ConnectionReset, io::ErrorKind::ConnectionAborted, io::ErrorKind::BrokenPipe]);
        if cut { Self::Truncated { url: url_shown, cause } } else { Self::Protocol { url: url_shown, cause } }
    }
}

/// Whether `error` is an I/O error of this kind, or one that is wrapped in others of another kind: their
/// `source` passes over what they wrap.
fn is_io(error: &(dyn std::error::Error + 'static), kind: io::ErrorKind) -> bool {
    let inner = |error: &'_ io::Error| error.get_ref().is_some_and(|inner| is_io(inner, kind));
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == kind || inner(error))
}

fn causes<'a>(error: &'a (dyn std::error::Error + 'static)) -> impl Iterator<Item = &'a (dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error), |error| error.source())
}

/// `url` as it may be shown: without user name, password and fragment, not without end.
pub(super) fn shown(url: &Url) -> String {
    let mut url = url.clone();
    // Both fail only on addresses that cannot have them.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    let mut text = String::from(url);
    if text.len() > SHOWN {
        text.truncate(text.floor_char_boundary(SHOWN));
        text.push('…');
    }
    text
}

fn whole(wait: &Duration) -> unit::Duration {
    unit::Duration::from_secs(wait.as_millis().div_ceil(1000).try_into().unwrap_or(u64::MAX))
}

fn of(status: &Option<u16>) -> String {
    status.map_or_else(String::new, |status| format!(" ({status})"))
}

//! The way to the web: one guarded client for pages, feeds, pictures and robots.txt.
//!
//! Redirects are followed here and not by the HTTP library, so that every hop passes the same checks:
//! the address, robots.txt, the pace of its host. No cookies, no Referer, no proxy from the environment.
//! What a page says is not looked at, but for the question whether it is a page at all.

mod body;
mod client;
mod error;
mod exchange;
mod guard;
mod headers;
mod leases;
mod memory;
mod pace;
mod robots;

use std::{path::PathBuf, time::Duration};

use jiff::Timestamp;
use serde::Deserialize;
use url::Url;

use crate::unit;

pub use body::{Body, looks_like_html};
pub use client::{Client, Quiet};
pub use error::{Cause, Error};
pub use headers::{BadHeader, Headers, Validators};
pub use leases::{Taken, Turns};
pub use pace::{Hold, host};

/// `[fetch]` of the bot's settings.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Settings {
    /// Goes into the User-Agent, so that a portal's people can ask who reads them.
    pub contact: String,
    /// One whole request, redirects and all; waiting for one's turn does not count.
    pub timeout: unit::Duration,
    /// Largest page, counted after decompression.
    pub max_size: unit::Size,
    /// Lets sources live on loopback or private addresses.
    pub allow_private: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            contact: String::new(),
            timeout: unit::Duration::from_secs(30),
            max_size: unit::Size::from_bytes(10_000_000),
            allow_private: false,
        }
    }
}

/// What is asked for, and how.
#[derive(Debug, Clone)]
pub struct Request {
    pub url: Url,
    /// The operator's; they go to the host of `url` only, wherever it redirects.
    pub headers: Headers,
    /// Of the last answer; empty for an unconditional request.
    pub validators: Validators,
    pub accept: Accept,
    pub robots: Robots,
    /// A certificate file to trust beside the usual ones.
    pub ca_file: Option<PathBuf>,
    /// In place of the settings' largest size.
    pub max_size: Option<unit::Size>,
}

impl Request {
    /// An unconditional request for a page that obeys robots.txt.
    pub fn page(url: Url) -> Self {
        Self {
            url,
            headers: Headers::default(),
            validators: Validators::default(),
            accept: Accept::Page,
            robots: Robots::Obey,
            ca_file: None,
            max_size: None,
        }
    }
}

/// What the answer must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Accept {
    /// Markup; an empty answer or a binary file is an error.
    Page,
    /// A feed, a sitemap, JSON: taken as it comes.
    Data,
    /// A picture in one of the common formats.
    Image,
}

/// Whether robots.txt is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Robots {
    Obey,
    Ignore,
}

/// A 200, or a 304 to a request with validators; anything else is an [`Error`].
#[derive(Debug, Clone)]
pub struct Response {
    /// Who answered, after redirects, without fragment, user name and password.
    pub url: Url,
    /// Where the page has moved for good: the end of the permanent redirects before any other one.
    pub moved: Option<Url>,
    /// For the next request. To be kept only when the body could be read.
    pub validators: Validators,
    /// How long the answer says that it stays as it is, at most a day.
    pub max_age: Option<Duration>,
    /// The bytes of the whole body, where the server says so and sends it unpacked.
    pub length: Option<u64>,
    /// When the server says that it answered, by its own clock.
    pub date: Option<Timestamp>,
    pub answer: Answer,
}

/// What a server says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileHead {
    pub length: Option<u64>,
    /// As the server gives it.
    pub content_type: Option<String>,
}

/// What came.
#[derive(Debug, Clone)]
pub enum Answer {
    /// The same as last time.
    Unchanged,
    Body(Body),
}

#[cfg(test)]
mod tests;

//! News pages into headlines and articles: where a list's headlines are, and what an article's page says.
//!
#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

// letters
pub mod charset;
pub mod text;
pub mod vietnamese;

// patterns
mod pattern;

// limits and lists
pub mod budget;
mod duration;
mod publisher_mark;
mod wordlist;

// words
pub mod jsonld;
pub mod link;
pub mod time;
pub mod tree;

// pages
mod outline;
pub mod page;
pub mod site;

// data
mod script_data;

// things
pub mod discovery;
pub mod draft;

// recordings
mod recordings;

// readers
pub mod article;
pub mod list;

pub use pattern::release_memory;

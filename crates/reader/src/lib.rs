//! News pages into headlines and articles: where a list's headlines are, and what an article's page says.
//!
//! Pure: a page in, what it says and what could not be read out. Nothing here fetches, stores or asks for the time.

// letters
pub mod charset;
pub mod text;
pub mod vietnamese;
mod wordlist;

// words
pub mod budget;
pub mod jsonld;
pub mod link;
pub mod time;
pub mod tree;

// pages
mod outline;

// sites
pub mod page;
pub mod site;

// things
pub mod discovery;
pub mod draft;

// readers
pub mod article;
pub mod list;

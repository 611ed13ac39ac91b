//! Loa watches news pages that offer no feed, publishes feeds of them and tells a Telegram channel.
//!
//! The modules stand on floors, and a module uses only floors below its own: `docs/ARCHITECTURE.md`.

// letters
pub mod text;
pub mod vietnamese;

// words
pub mod jsonld;
pub mod link;
pub mod settings;
pub mod time;
pub mod tree;
pub mod unit;

// sites
pub mod site;

// things
pub mod article;
pub mod page;

// audience
pub mod channel;

// stages
pub mod extract;
pub mod message;
pub mod render;
pub mod schedule;
pub mod source;

// doors
pub mod fetch;
pub mod store;
pub mod telegram;

// assembly
pub mod config;
pub mod feed;

// jobs
pub mod jobs;

// faces
pub mod web;

// process
pub mod daemon;
pub mod demo;

// top
pub mod cli;

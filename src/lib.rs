//! Loa watches news pages that offer no feed, publishes feeds of them and tells a Telegram channel.
//!
//! The modules stand on floors, and a module uses only floors below its own: `docs/ARCHITECTURE.md`.

// words
pub mod cause;
pub mod settings;
pub mod unit;
pub mod words;

// things
pub mod article;

// audience
pub mod channel;
pub mod trouble;

// stages
pub mod message;
pub mod render;
pub mod schedule;

// doors
pub mod fetch;
pub mod store;
pub mod target;

// assembly
pub mod config;
pub mod feed;

// jobs
pub mod jobs;

// what an operator can do
pub mod service;

// faces
pub mod control;
pub mod web;

// process
pub mod daemon;
pub mod demo;

// top
pub mod cli;

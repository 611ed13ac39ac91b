//! Violations planted on purpose: each must be seen, and what is no violation must not.

use std::collections::BTreeSet;

use super::{
    code::{self, Source},
    effect_problems, floor_problems, home_problems, parameter_problems,
    rules::Package,
};

/// A house of three floors.
const HOUSE: Package = Package {
    name: "house",
    folder: "",
    floors: &[("words", &["text"]), ("stages", &["list", "render"]), ("doors", &["store"]), ("jobs", &["poll"])],
    acts_from: Some("doors"),
    homes: &[("reqwest", &["store"]), ("rss", &["render/rss.rs"]), ("sqlx", &["store"]), ("teloxide", &["store"])],
    everywhere: &["jiff", "url"],
    never: &[],
};

fn parse(path: &str, text: &str) -> Source {
    let packages: BTreeSet<String> = ["reqwest", "rss", "sqlx", "teloxide", "jiff", "url", "tokio", "tracing"].map(str::to_owned).into();
    let stem = path.trim_end_matches(".rs").trim_end_matches("/mod");
    code::parse(text, stem.split('/').map(str::to_owned).collect(), &packages).unwrap().source
}

fn problems(path: &str, text: &str) -> Vec<String> {
    let source = parse(path, text);
    let checks = [floor_problems, effect_problems, home_problems, parameter_problems];
    checks.map(|check| check(&HOUSE, path, &source)).concat()
}

#[test]
fn every_planted_violation_is_seen() {
    let planted = [
        // Effects under other names.
        ("text.rs", "use std::{fs as disk, thread, process}; fn a() { disk::read(\"x\"); }"),
        ("text.rs", "use std::thread; fn a() { thread::sleep(d); }"),
        ("text.rs", "fn a() { println!(\"x\"); }"),
        ("text.rs", "fn a() { std::process::abort(); }"),
        ("text.rs", "use std::time::SystemTime; fn a() { SystemTime::UNIX_EPOCH.elapsed(); }"),
        ("text.rs", "use std::{net}; fn a() { net::TcpStream::connect(\"x\"); }"),
        ("text.rs", "fn a() { let b = async move {}; }"),
        ("text.rs", "fn a() { let b = async || 1; }"),
        ("text.rs", "async fn a() {}"),
        ("text.rs", "use jiff::Timestamp as Moment; fn a() { Moment::now(); }"),
        ("text.rs", "fn a() { let clock = jiff::Zoned::now; }"),
        ("text.rs", "fn a() { assert!(std::fs::exists(\"x\").is_ok()); }"),
        ("text.rs", "macro_rules! a { () => { std::env::var(\"x\") } }"),
        ("text.rs", "mod inner { use std::env; pub fn a() { env::var(\"x\"); } }"),
        ("text.rs", "fn a() { use std::fs::*; read(\"x\"); }"),
        ("list/mod.rs", "fn a() { tracing::info!(\"x\"); }"),
        // Higher floors under other names.
        ("text.rs", "use crate as house; fn a() { house::store::open(); }"),
        ("text.rs", "use crate::{list::{self as l, Item}, store as s}; fn a() { s::open(); }"),
        ("list/page.rs", "fn a() { super::super::store::open(); }"),
        ("list/page.rs", "use self::super::super::render::Html;"),
        ("list/mod.rs", "mod inner { fn a() { super::super::poll::run(); } }"),
        ("list/mod.rs", "pub use crate::render;"),
        ("list/mod.rs", "type A = Vec<crate::poll::Report>;"),
        ("list/mod.rs", "fn a() -> impl Iterator<Item = crate::render::Html> { x }"),
        ("list/mod.rs", "fn a() { format!(\"{}\", crate::store::PATH) }"),
        ("attic.rs", "fn a() {}"),
        // Outside crates under other names.
        ("list/mod.rs", "use reqwest as http; fn a() { http::get(\"x\"); }"),
        ("list/mod.rs", "use sqlx;"),
        ("list/mod.rs", "extern crate teloxide as bot; fn a() { bot::Bot::new(\"x\"); }"),
        ("list/mod.rs", "use {reqwest::{Client as C}, url::Url};"),
        ("render/mod.rs", "use rss::Channel;"),
        ("render/mod.rs", "impl From<rss::Channel> for A {}"),
        ("text.rs", "fn a(b: u8, c: u8, d: u8, e: u8, f: u8, g: u8) {}"),
        ("text.rs", "impl A { fn a(&self, b: u8, c: u8, d: u8, e: u8, f: u8, (g, h): (u8, u8)) {} }"),
        // Code from elsewhere.
        ("list/mod.rs", "#[path = \"../store/secret.rs\"] mod page;"),
        ("list/mod.rs", "include!(\"../store/secret.rs\");"),
    ];
    let missed: Vec<_> = planted.iter().filter(|(path, text)| problems(path, text).is_empty()).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn what_is_no_violation_is_left_alone() {
    let harmless = [
        ("list/mod.rs", "mod page; use page::Page; use super::text; use crate::{text::squeeze, list::page}; fn a() { text::fold(\"x\"); }"),
        // A module of the name of a crate, and a variable of the name of a module.
        ("render/mod.rs", "mod rss; fn a() { rss::write(); }"),
        ("render/mod.rs", "fn a(url: u8, store: u8) -> u8 { url + store }"),
        ("render/rss.rs", "use rss::Channel;"),
        ("text.rs", "impl A { fn a(&self, b: u8, c: u8, d: u8, e: u8, f: u8) {} }"),
        // For tests only.
        ("text.rs", "#[cfg(test)] mod tests { use std::fs; use crate::poll; async fn a() {} }"),
        ("text.rs", "#[cfg(test)] use crate::poll; #[cfg(test)] fn a() { std::fs::read(\"x\"); }"),
        ("text.rs", "impl A { #[cfg(test)] fn a() { std::fs::read(\"x\"); } }"),
        // Doors and what stands above may act.
        ("store/mod.rs", "use sqlx::Pool; async fn a() { std::fs::read(\"x\"); jiff::Timestamp::now(); }"),
        ("poll.rs", "use crate::{list, store::Store}; async fn a() { tokio::time::sleep(d).await; }"),
        ("text.rs", "/// `std::fs` and `async fn` in words.\nconst A: &str = \"crate::store\"; use std::{io::Read, time::Duration};"),
    ];
    for (path, text) in harmless {
        assert_eq!(problems(path, text), [""; 0], "{text}");
    }
}

#[test]
fn a_path_is_told_in_full() {
    let source =
        parse("list/page.rs", "use super::{super::store::{self, Store}, x as y}; use std::fs as disk; fn a() { disk::read(y::z); }");
    let words: Vec<String> = source.mentions.iter().map(code::Mention::words).collect();
    let expected = ["crate::list::x", "crate::list::x::z", "crate::store", "crate::store::Store", "std::fs", "std::fs::read"];
    assert_eq!(words, expected);
}

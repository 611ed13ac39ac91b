//! The shape of the code, checked like any other behaviour.
//!
//! The lists below are the architecture: `docs/ARCHITECTURE.md` explains them. Code that is compiled for
//! tests only is free to look up and down.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

/// Modules from the bottom floor to the top. A module may use only floors below its own.
const FLOORS: &[(&str, &[&str])] = &[
    ("words", &["settings", "unit"]),
    ("things", &["article"]),
    ("audience", &["channel"]),
    ("stages", &["message", "render", "schedule"]),
    ("doors", &["fetch", "store", "target"]),
    ("assembly", &["config", "feed"]),
    ("jobs", &["jobs"]),
    ("faces", &["web"]),
    ("process", &["daemon", "demo"]),
    ("top", &["cli"]),
];

/// Each outside crate has one home; replacing it touches only these paths.
const HOMES: &[(&str, &[&str])] = &[
    ("anyhow", &["cli", "daemon"]),
    ("atom_syndication", &["render/atom.rs"]),
    ("axum", &["web"]),
    ("bytes", &["fetch", "jobs/publish", "render/mod.rs", "target/mod.rs", "target/telegram/photo.rs"]),
    ("clap", &["cli"]),
    ("fastrand", &["daemon", "store"]),
    ("feed_rs", &["render/read_back.rs"]),
    ("flate2", &["fetch/exchange.rs", "jobs/publish"]),
    ("hyper_util", &["web/connection.rs"]),
    ("imagesize", &["target/telegram/photo.rs"]),
    ("mimalloc", &["main.rs"]),
    ("minijinja", &["message/template.rs", "web/index.rs"]),
    ("loa_stand_ins", &["demo"]),
    ("regex", &["channel.rs"]),
    ("reqwest", &["fetch", "target/telegram"]),
    ("robotxt", &["fetch/robots.rs"]),
    ("rss", &["render/rss.rs"]),
    ("sha2", &["jobs", "target/telegram/probe.rs"]),
    ("sqlx", &["store"]),
    ("strsim", &["daemon/setup.rs", "settings.rs"]),
    ("teloxide", &["target/telegram"]),
    ("tempfile", &["demo/newsroom.rs"]),
    ("toml", &["settings.rs"]),
    ("tracing", &["cli", "daemon", "jobs/deliver", "target/telegram", "web"]),
    ("tracing_subscriber", &["cli"]),
];

/// Outside crates whose types are words of the whole house; the floors say who may use tokio.
const EVERYWHERE: &[&str] = &["jiff", "loa_reader", "serde", "serde_json", "thiserror", "tokio", "url"];

/// What the floors below the doors never mention: they compute, they do not act.
const EFFECTS: &[&str] = &["async fn", "tokio::", "std::fs", "std::env", "std::net", "::now()", "tracing::"];

/// What one sitting reads.
const LONGEST_FILE: usize = 400;

#[test]
fn modules_use_only_lower_floors() {
    let mut broken = Vec::new();
    for (path, source) in sources() {
        let name = module(&path);
        let Some(here) = floor_of(name) else {
            if !matches!(name, "lib" | "main") {
                broken.push(format!("{path}: module `{name}` is on no floor"));
            }
            continue;
        };
        if climbs_out(&path, &source.code) {
            broken.push(format!("{path}: `super::` leaves the module; write `crate::`"));
        }
        for used in crate_paths(&source.code) {
            match floor_of(&used) {
                _ if used == name => (),
                Some(there) if there < here => (),
                Some(there) => broken.push(format!("{path}: `{used}` ({}) is not below {}", FLOORS[there].0, FLOORS[here].0)),
                None => broken.push(format!("{path}: `crate::{used}` is on no floor")),
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn outside_crates_stay_home() {
    let mut broken = Vec::new();
    for (path, source) in sources() {
        for (name, homes) in HOMES {
            // `mod rss;` shadows the crate of the same name in that file.
            let shadowed = source.code.contains(&format!("mod {name};"));
            let at_home = homes.iter().any(|home| Path::new(&path).starts_with(home));
            if !shadowed && !at_home && mentions(&source.code, name) {
                broken.push(format!("{path}: `{name}` belongs in {homes:?}"));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

/// A home that nobody lives in any more tells the reader something wrong.
#[test]
fn every_home_is_lived_in() {
    let sources = sources();
    let mut empty = Vec::new();
    for (name, homes) in HOMES {
        for home in *homes {
            let mut residents = sources.iter().filter(|(path, _)| Path::new(path).starts_with(home));
            if !residents.any(|(_, source)| mentions(&source.code, name)) {
                empty.push(format!("`{name}` is not in `src/{home}`"));
            }
        }
    }
    assert!(empty.is_empty(), "\n{}", empty.join("\n"));
}

/// A dependency nobody mentions is only compile time, and one without a home spreads.
#[test]
fn every_dependency_is_used_and_has_a_home() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let dependencies: BTreeSet<_> = manifest
        .lines()
        .skip_while(|line| *line != "[dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once([' ', '.']).map(|(name, _)| name.replace('-', "_")))
        .collect();
    let code: String = sources().into_values().map(|source| source.code).collect();
    let unused: Vec<_> = dependencies.iter().filter(|name| !mentions(&code, name)).collect();
    assert!(unused.is_empty(), "in Cargo.toml but not in src/: {unused:?}");
    let known: BTreeSet<_> = HOMES.iter().map(|(name, _)| *name).chain(EVERYWHERE.iter().copied()).collect();
    let homeless: Vec<_> = dependencies.iter().filter(|name| !known.contains(name.as_str())).collect();
    assert!(homeless.is_empty(), "in Cargo.toml but without a home: {homeless:?}");
    let gone: Vec<_> = known.iter().filter(|name| !dependencies.contains(**name)).collect();
    assert!(gone.is_empty(), "has a home but is not in Cargo.toml: {gone:?}");
}

#[test]
fn floors_below_the_doors_are_pure() {
    let doors = FLOORS.iter().position(|(name, _)| *name == "doors").unwrap();
    let mut broken = Vec::new();
    for (path, source) in sources() {
        if floor_of(module(&path)).is_some_and(|floor| floor < doors) {
            for effect in EFFECTS.iter().filter(|effect| source.code.contains(**effect)) {
                broken.push(format!("{path}: `{effect}`"));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<_> = rust_files().into_iter().filter(|(_, text)| caption(text).is_empty()).map(|(path, _)| path).collect();
    assert!(silent.is_empty(), "no `//! …` on the first line: {silent:?}");
}

#[test]
fn no_file_is_too_long_to_read() {
    let long: Vec<_> =
        rust_files().into_iter().map(|(path, text)| (path, text.lines().count())).filter(|(_, lines)| *lines > LONGEST_FILE).collect();
    assert!(long.is_empty(), "more than {LONGEST_FILE} lines: {long:?}");
}

/// `docs/MAP.md` is every file's first line; it is rewritten here when it is stale.
#[test]
fn the_map_is_current() {
    let sources = sources();
    let mut map = String::from("# Map\n\nWritten by the tests; each caption is its file's first line. The lowest floor comes first.\n");
    let outside = ("package", &["lib", "main"] as &[&str]);
    for (floor, modules) in FLOORS.iter().chain([&outside]) {
        writeln!(map, "\n## {floor}\n").unwrap();
        for (path, source) in sources.iter().filter(|(path, _)| modules.contains(&module(path))) {
            writeln!(map, "- `src/{path}`: {}", source.caption).unwrap();
        }
    }
    let path = root().join("docs/MAP.md");
    if fs::read_to_string(&path).unwrap_or_default() != map {
        fs::write(&path, &map).unwrap();
        panic!("docs/MAP.md was stale and has been rewritten; commit it");
    }
}

/// What works only where it was written does not work.
#[test]
fn no_file_names_a_folder_of_one_machine() {
    let folders = ["root", "work", "home"].map(|name| format!("/{name}/"));
    let mut broken = Vec::new();
    for path in files(root(), &|name| !name.starts_with('.') || name == ".ci").into_iter().filter(|path| !is_product(path)) {
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        for folder in &folders {
            // After a letter it is a part of an address.
            let begins = |at: usize| !text[..at].ends_with(|ch: char| ch.is_alphanumeric() || matches!(ch, '.' | '}' | '-' | '_'));
            if text.match_indices(folder.as_str()).any(|(at, _)| begins(at)) {
                broken.push(format!("{}: `{folder}`", path.strip_prefix(root()).unwrap().display()));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

/// A file as the checks see it.
struct Source {
    caption: String,
    /// Without what is compiled for tests only.
    code: String,
}

/// The code by path relative to `src/`, but for files that are compiled for tests only.
fn sources() -> BTreeMap<String, Source> {
    let files = rust_files();
    let mut tests = Vec::new();
    let mut found = BTreeMap::new();
    for (path, text) in files {
        let (code, test_modules) = without_tests(&text);
        let folder = Path::new(&path).with_extension("");
        let folder = if folder.ends_with("mod") || folder.ends_with("lib") { folder.with_file_name("") } else { folder };
        tests.extend(test_modules.into_iter().map(|name| folder.join(name)));
        found.insert(path, Source { caption: caption(&text), code });
    }
    found.retain(|path, _| !tests.iter().any(|test| Path::new(path).starts_with(test) || Path::new(path).with_extension("") == *test));
    assert!(!found.is_empty());
    found
}

/// `text` without its items under `#[cfg(test)]`, and the names of the files among them. The layout is rustfmt's.
fn without_tests(text: &str) -> (String, Vec<String>) {
    let mut code = String::new();
    let mut modules = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            code.push_str(line);
            code.push('\n');
            continue;
        }
        let indent = &line[..line.len() - line.trim_start().len()];
        let end = format!("{indent}}}");
        let Some(item) = lines.by_ref().find(|line| !line.trim_start().starts_with("#[")) else { break };
        match item.strip_suffix(';') {
            Some(declaration) => modules.extend(declaration.split_once("mod ").map(|(_, name)| name.to_owned())),
            None => drop(lines.by_ref().find(|line| *line == end)),
        }
    }
    (code, modules)
}

/// Every file under `src/` by its path there.
fn rust_files() -> BTreeMap<String, String> {
    let src = root().join("src");
    let files = files(&src, &|_| true).into_iter().filter(|path| path.extension().is_some_and(|it| it == "rs"));
    files.map(|path| (path.strip_prefix(&src).unwrap().display().to_string(), fs::read_to_string(&path).unwrap())).collect()
}

fn files(folder: &Path, enters: &dyn Fn(&str) -> bool) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = entry.path();
        if !enters(&entry.file_name().to_string_lossy()) || is_product(&path) {
            continue;
        }
        if entry.file_type().unwrap().is_dir() { found.extend(files(&path, enters)) } else { found.push(path) }
    }
    found
}

/// What building and running leave behind.
fn is_product(path: &Path) -> bool {
    let at_root = |name: &str| path == root().join(name);
    at_root("target")
        || at_root("benches/reading/target")
        || at_root("public")
        || path.file_name().is_some_and(|name| name.to_string_lossy().contains(".db"))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn caption(text: &str) -> String {
    text.lines().next().and_then(|line| line.strip_prefix("//! ")).unwrap_or_default().to_owned()
}

/// `name::` as the start of a path, not as a segment of a longer one.
fn mentions(text: &str, name: &str) -> bool {
    let starts = |at: usize| !text[..at].ends_with(|ch: char| ch == ':' || ch == '_' || ch.is_alphanumeric());
    text.match_indices(&format!("{name}::")).any(|(at, _)| starts(at))
}

fn module(path: &str) -> &str {
    path.split(['/', '.']).next().unwrap()
}

fn floor_of(module: &str) -> Option<usize> {
    FLOORS.iter().position(|(_, modules)| modules.contains(&module))
}

/// Whether a path of `super::`s reaches the other modules of the package past the check of `crate::`.
fn climbs_out(path: &str, code: &str) -> bool {
    let depth = path.trim_end_matches("/mod.rs").split('/').count();
    code.contains(&"super::".repeat(depth))
}

/// First segments of every `crate::…` path, including those in a `use crate::{…}` group.
fn crate_paths(text: &str) -> Vec<String> {
    let is_word = |ch: &char| ch.is_alphanumeric() || *ch == '_';
    let mut found = Vec::new();
    for rest in text.split("crate::").skip(1) {
        let Some(group) = rest.strip_prefix('{') else {
            found.push(rest.chars().take_while(is_word).collect::<String>());
            continue;
        };
        let mut depth = 0;
        let mut at_start = true;
        found.push(String::new());
        for ch in group.chars() {
            match ch {
                '}' if depth == 0 => break,
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    found.push(String::new());
                    at_start = true;
                }
                ':' => at_start = false,
                _ if depth == 0 && at_start && is_word(&ch) => found.last_mut().unwrap().push(ch),
                _ => (),
            }
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

#[test]
fn the_checks_see_what_they_look_for() {
    assert_eq!(
        crate_paths("use crate::{article::{Article, Uid}, text, time::Zone}; crate::fetch::get()"),
        ["article", "text", "time", "fetch"]
    );
    assert!(mentions("use rss::Channel;", "rss") && !mentions("render::rss::write()", "rss") && !mentions("my_rss::x", "rss"));
    assert!(climbs_out("feed.rs", "use super::fetch;") && climbs_out("jobs/poll.rs", "super::super::web::x"));
    assert!(!climbs_out("jobs/poll.rs", "use super::publish;"));
    let text =
        "a\n#[cfg(test)]\nmod contract;\nb\n    #[cfg(test)]\n    fn c() {\n        d\n    }\ne\n#[cfg(test)]\nmod tests {\n    f\n}\n";
    assert_eq!(without_tests(text), ("a\nb\ne\n".to_owned(), vec!["contract".to_owned()]));
}

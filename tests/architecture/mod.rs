//! The shape of the code, checked like any other behaviour.
//!
//! The lists in `rules.rs` are the architecture: `docs/ARCHITECTURE.md` explains them. Code that is compiled for tests
//! only is free to look up and down.
#![expect(clippy::unwrap_used, reason = "a test says with `unwrap` what it expects, also in what its checks share")]

mod code;
mod planted;
mod rules;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use code::{Mention, Source};
use rules::{ACTING_MACROS, ACTS, PACKAGES, Package};

/// Of a function, beside `self`.
const MOST_PARAMETERS: usize = 5;

#[test]
fn modules_use_only_lower_floors() {
    check(floor_problems);
}

#[test]
fn what_computes_does_not_act() {
    check(effect_problems);
}

#[test]
fn outside_crates_stay_home() {
    check(home_problems);
}

/// More are not told apart where the function is called.
#[test]
fn no_function_has_more_than_five_parameters() {
    check(parameter_problems);
}

/// A home that nobody lives in any more tells the reader something wrong.
#[test]
fn every_home_is_lived_in() {
    let mut empty = Vec::new();
    for package in PACKAGES {
        let sources = sources(package);
        for (name, homes) in package.homes {
            for home in *homes {
                let mut residents = sources.iter().filter(|(path, _)| Path::new(path).starts_with(home));
                if !residents.any(|(_, source)| source.mentions.iter().any(|mention| mention.package() == Some(name))) {
                    empty.push(format!("{}: `{name}` is not in `src/{home}`", package.name));
                }
            }
        }
    }
    assert!(empty.is_empty(), "\n{}", empty.join("\n"));
}

/// A dependency nobody mentions is only compile time, and one without a home spreads.
#[test]
fn every_dependency_is_used_and_has_a_home() {
    let mut broken = Vec::new();
    for package in PACKAGES {
        let dependencies = dependencies(package);
        let sources = sources(package);
        let used: BTreeSet<&str> = sources.values().flat_map(|source| &source.mentions).filter_map(Mention::package).collect();
        let known: BTreeSet<&str> = package.homes.iter().map(|(name, _)| *name).chain(package.everywhere.iter().copied()).collect();
        let name = package.name;
        broken.extend(dependencies.iter().filter(|it| !used.contains(it.as_str())).map(|it| format!("{name}: `{it}` is not used")));
        broken.extend(dependencies.iter().filter(|it| !known.contains(it.as_str())).map(|it| format!("{name}: `{it}` has no home")));
        broken.extend(known.iter().filter(|it| !dependencies.contains(**it)).map(|it| format!("{name}: `{it}` is no dependency")));
        broken.extend(package.never.iter().filter(|it| dependencies.contains(**it)).map(|it| format!("{name}: never `{it}`")));
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let mut silent = Vec::new();
    for path in PACKAGES.iter().flat_map(|package| code::rust_files(&src(package))).chain(code::rust_files(&root().join("tests"))) {
        let text = fs::read_to_string(&path).unwrap();
        if !text.starts_with("//! ") && !path.components().any(|part| part.as_os_str() == "pages") {
            silent.push(path.strip_prefix(root()).unwrap().display().to_string());
        }
    }
    assert!(silent.is_empty(), "no `//! …` on the first line: {silent:?}");
}

/// Code may take 140 columns, as `rustfmt` lays it out; a line of prose is read to its end, and back.
#[test]
fn prose_fits_in_its_columns() {
    const COLUMNS: usize = 120;
    let code = ["src", "crates", "tests", "benches"].map(|folder| root().join(folder));
    let code = code.iter().flat_map(|folder| code::rust_files(folder));
    // The map has a line for each file.
    let is_page = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "md") && !path.ends_with("docs/MAP.md");
    let mut broken = Vec::new();
    for path in code.chain(files(root()).into_iter().filter(is_page)) {
        let text = fs::read_to_string(&path).unwrap();
        let lines = if is_page(&path) { paragraphs(&text) } else { comments(&text) };
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        let long = lines.into_iter().filter(|(_, line)| line.chars().count() > COLUMNS);
        broken.extend(long.map(|(at, line)| format!("{name}:{at}: {}", line.trim())));
    }
    assert!(broken.is_empty(), "prose of more than {COLUMNS} columns:\n{}", broken.join("\n"));
}

/// The lines of a file that are nothing but a comment, with their numbers.
fn comments(text: &str) -> Vec<(usize, &str)> {
    numbered(text).filter(|(_, line)| line.trim_start().starts_with("//")).collect()
}

/// The lines of a page outside of tables, headings, pictures and drawings.
fn paragraphs(text: &str) -> Vec<(usize, &str)> {
    let mut is_drawing = false;
    let is_prose = |(_, line): &(usize, &str)| {
        let is_fence = line.trim_start().starts_with("```");
        is_drawing ^= is_fence;
        !is_fence && !is_drawing && !line.starts_with(['|', '#', '<', '!'])
    };
    numbered(text).filter(is_prose).collect()
}

fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(at, line)| (at + 1, line))
}

/// `docs/MAP.md` is every file's first paragraph; it is rewritten here when it is stale.
#[test]
fn the_map_is_current() {
    let mut map =
        String::from("# Map\n\nWritten by the tests; each caption is its file's first paragraph. The lowest floor comes first.\n");
    for package in PACKAGES {
        let sources = sources(package);
        let folder = Path::new(package.folder).join("src");
        let folder = folder.display();
        writeln!(map, "\n## {} (`{folder}`)", package.name).unwrap();
        let of_root = sources.iter().filter(|(_, source)| source.module.is_empty());
        let mut floors = vec![("package", of_root.collect::<Vec<_>>())];
        for (floor, modules) in package.floors {
            let on_floor = |source: &Source| source.module.first().is_some_and(|module| modules.contains(&module.as_str()));
            floors.push((floor, sources.iter().filter(|(_, source)| on_floor(source)).collect()));
        }
        for (floor, files) in floors {
            writeln!(map, "\n### {floor}\n").unwrap();
            for (path, source) in files {
                writeln!(map, "- `{path}`: {}", source.caption).unwrap();
            }
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
    for path in files(root()) {
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

/// Uses of modules on the same floor or a higher one.
fn floor_problems(package: &Package, path: &str, source: &Source) -> Vec<String> {
    let Some(name) = source.module.first() else { return Vec::new() };
    let Some(here) = floor_of(package, name) else { return vec![format!("{path}: module `{name}` is on no floor")] };
    let used = source.mentions.iter().filter_map(|mention| Some((mention.own_module()?, mention)));
    let problem = |(used, mention): (&str, &Mention)| match floor_of(package, used) {
        _ if used == name => None,
        Some(there) if there < here => None,
        Some(there) => Some(format!("{path}: `{}` ({}) is not below {}", mention.words(), package.floors[there].0, package.floors[here].0)),
        None => Some(format!("{path}: `{}` is on no floor", mention.words())),
    };
    used.filter_map(problem).collect()
}

/// What acts though it stands on a floor that only computes.
fn effect_problems(package: &Package, path: &str, source: &Source) -> Vec<String> {
    let acts_from = package.acts_from.map(|name| package.floors.iter().position(|(floor, _)| *floor == name).unwrap());
    let floor = source.module.first().and_then(|name| floor_of(package, name));
    // The root of a package only names its modules, or starts the program.
    let (Some(floor), true) = (floor, acts_from != Some(0)) else { return Vec::new() };
    if acts_from.is_some_and(|from| floor >= from) {
        return Vec::new();
    }
    source.mentions.iter().filter(|mention| is_effect(mention)).map(|mention| format!("{path}: `{}`", mention.words())).collect()
}

fn is_effect(mention: &Mention) -> bool {
    match mention {
        Mention::Async => true,
        Mention::Macro(name) => ACTING_MACROS.contains(&name.as_str()),
        Mention::Outside(path) => {
            let words = mention.words();
            let begins = |acts: &str| words.strip_prefix(acts).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
            ACTS.iter().any(|acts| begins(acts)) || path.last().is_some_and(|last| last == "now")
        }
        Mention::Own(_) => false,
    }
}

/// Outside crates away from their homes, and modules that are not where their name says.
fn home_problems(package: &Package, path: &str, source: &Source) -> Vec<String> {
    let mut broken = Vec::new();
    for (name, homes) in package.homes {
        let is_used = source.mentions.iter().any(|mention| mention.package() == Some(name));
        if is_used && !homes.iter().any(|home| Path::new(path).starts_with(home)) {
            broken.push(format!("{path}: `{name}` belongs in {homes:?}"));
        }
    }
    for elsewhere in ["path", "include"] {
        if source.mentions.contains(&Mention::Macro(elsewhere.to_owned())) {
            broken.push(format!("{path}: `{elsewhere}` takes code from elsewhere"));
        }
    }
    broken
}

/// Functions with too many parameters.
fn parameter_problems(_package: &Package, path: &str, source: &Source) -> Vec<String> {
    let many = source.functions.iter().filter(|(_, parameters)| *parameters > MOST_PARAMETERS);
    many.map(|(name, parameters)| format!("{path}: `{name}` has {parameters} parameters")).collect()
}

/// Fails with every problem in the code of any package.
fn check(problems: impl Fn(&Package, &str, &Source) -> Vec<String>) {
    let mut broken = Vec::new();
    for package in PACKAGES {
        for (path, source) in sources(package) {
            broken.extend(problems(package, &path, &source).into_iter().map(|problem| format!("{}: {problem}", package.name)));
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

fn sources(package: &Package) -> BTreeMap<String, Source> {
    code::read(&src(package), &dependencies(package))
}

/// The crates that a package's manifest names, as code writes them; without those of its tests.
fn dependencies(package: &Package) -> BTreeSet<String> {
    let manifest = fs::read_to_string(root().join(package.folder).join("Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let dependencies = manifest["dependencies"].as_table().unwrap();
    dependencies.keys().map(|name| name.replace('-', "_")).collect()
}

fn floor_of(package: &Package, module: &str) -> Option<usize> {
    package.floors.iter().position(|(_, modules)| modules.contains(&module))
}

fn src(package: &Package) -> PathBuf {
    root().join(package.folder).join("src")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of the repository, but for what building and running leave behind.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let is_product = name == "target" || path == root().join("public") || name.contains(".db");
        if is_product || (name.starts_with('.') && name != ".ci") {
            continue;
        }
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

//! The help in both languages.

use std::collections::BTreeSet;

use clap::FromArgMatches as _;

use super::*;

/// Every command with the names of those above it, without the one that explains the others.
fn every_command(command: &Command, path: &str, found: &mut Vec<(String, Command)>) {
    found.push((path.to_owned(), command.clone()));
    for below in command.get_subcommands().filter(|below| below.get_name() != EXPLAINS) {
        let path = if path.is_empty() { below.get_name().to_owned() } else { format!("{path}-{}", below.get_name()) };
        every_command(below, &path, found);
    }
}

fn commands() -> Vec<(String, Command)> {
    let mut whole = Words::command();
    whole.build();
    let mut found = Vec::new();
    every_command(&whole, "", &mut found);
    found
}

#[test]
fn every_command_and_argument_is_explained_in_each_language_and_nothing_else_is() {
    let frame = ["usage", "commands", "arguments", "options", "default", "values", "placeholder-options", "placeholder-command", "alias"];
    let mut used: BTreeSet<String> = frame.map(str::to_owned).into_iter().chain([EXPLAINS.to_owned()]).collect();
    let mut missing = Vec::new();
    for language in Language::ALL.into_iter().filter(|language| help::is_there(*language)) {
        let mut need = |name: &str| {
            let is_there = help::told(language, name, &[]).is_some();
            used.insert(name.to_owned());
            if !is_there {
                missing.push(name.to_owned());
            }
        };
        for (path, command) in commands() {
            let name = if path.is_empty() { "loa" } else { &path };
            need(name);
            if command.get_after_help().is_some() {
                need(&format!("{name}-after"));
            }
            for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
                let (_, name) = Translator { language, path: path.clone() }.of_argument(argument.get_id().as_str());
                need(&name);
                let values = if argument.get_action().takes_values() { argument.get_possible_values() } else { Vec::new() };
                values.iter().filter(|value| value.get_help().is_some()).for_each(|value| need(&format!("{name}_{}", value.get_name())));
            }
        }
    }
    assert!(missing.is_empty(), "not in `vi/help.ftl`: {missing:?}");
    let surplus: Vec<String> = help::names().into_iter().filter(|name| !used.contains(name) && !name.starts_with("value-")).collect();
    assert!(surplus.is_empty(), "nothing is called so: {surplus:?}");
}

/// What is typed stays what it is in every language.
#[test]
fn what_is_typed_is_the_same_in_each_language() {
    let typed = |text: &str| -> BTreeSet<String> {
        let words = text.split(|letter: char| letter.is_whitespace() || "`,;:.()".contains(letter));
        words.filter(|word| word.starts_with("--") && word.len() > 2).map(str::to_owned).collect()
    };
    for (path, command) in commands() {
        let name = if path.is_empty() { "loa" } else { &path };
        for (name, english) in [(name.to_owned(), command.get_about()), (format!("{name}-after"), command.get_after_help())] {
            let Some(english) = english else { continue };
            let vietnamese = help::told(Language::Vietnamese, &name, &[]).unwrap_or_default();
            assert_eq!(typed(&vietnamese), typed(&english.to_string()), "{name}");
        }
    }
}

#[test]
fn the_help_in_vietnamese() {
    let shown = |words: &[&str]| {
        let error = command(Language::Vietnamese).term_width(80).try_get_matches_from(words).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::DisplayHelp, "{error}");
        error.to_string()
    };
    insta::assert_snapshot!("help_vi", shown(&["loa", "--help"]));
    insta::assert_snapshot!("help_vi_add", shown(&["loa", "add", "--help"]));
    insta::assert_snapshot!("help_vi_extract", shown(&["loa", "extract", "-h"]));
    insta::assert_snapshot!("help_vi_deliveries_retry", shown(&["loa", "help", "deliveries", "retry"]));
}

#[test]
fn the_same_words_are_understood_in_each_language() {
    for language in Language::ALL {
        let matches = command(language).try_get_matches_from(["loa", "look", "ward", "--json", "--config", "x.toml"]).unwrap();
        let words = Words::from_arg_matches(&matches).unwrap();
        assert!(matches!(words.command, Some(super::super::Command::Poll(_))), "{words:?}");
        assert_eq!(words.config, std::path::Path::new("x.toml"));
    }
}

#[test]
fn wrong_words_are_said_with_a_way_out() {
    let told = |words: &[&str], language| {
        let error = command(language).try_get_matches_from(words).unwrap_err();
        let asked = asked(&command(language), words.iter().skip(1).map(|word| (*word).to_owned()));
        let hints = [hints(&error, language), vec![asked]].concat();
        format!("{} | {}", complaint(&error, language).unwrap(), hints.join(" | "))
    };
    let all: Vec<String> = Language::ALL
        .into_iter()
        .flat_map(|language| {
            [
                told(&["loa", "status", "--jsn"], language),
                told(&["loa", "stat"], language),
                told(&["loa", "demo", "--messages", "many"], language),
                told(&["loa", "demo", "--messages"], language),
                told(&["loa", "--log", "xml", "run"], language),
                told(&["loa", "move"], language),
                told(&["loa", "run", "--now"], language),
                told(&["loa", "check", "--send", "--message", "ward"], language),
                told(&["loa", "run", "--once", "--once"], language),
                told(&["loa", "run", "ward"], language),
                told(&["loa", "deliveries", "--state", "lost"], language),
            ]
        })
        .collect();
    insta::assert_snapshot!("wrong_words", all.join("\n"));
}

//! The command line in the terminal's language: its help, and what is said where it was called with wrong words.
//!
//! English stands at the commands and their arguments, and everything else is made of that: a text that nobody wrote in
//! another language stays as it is.

use std::error::Error as _;

use anyhow::anyhow;
use clap::{
    Arg, Command, CommandFactory as _,
    builder::{PossibleValue, Resettable},
    error::{ContextKind, ContextValue, ErrorKind},
};

use super::{Words, terminal};
use crate::words::{Language, errors, help, usage};

/// The arguments that every command may have.
const ANY: &str = "any";
/// What clap calls the command that explains the others.
const EXPLAINS: &str = "help";

/// The whole command line.
pub(super) fn command(language: Language) -> Command {
    let mut command = Words::command();
    if help::is_there(language) {
        command.build();
        command = Translator { language, path: String::new() }.command(command);
    }
    command
}

/// What `error` says of the words that the process was called with, or the help that they asked for.
pub(super) fn tell(error: &clap::Error, language: Language) {
    match complaint(error, language) {
        None => {
            // A closed terminal is no reason to fail again.
            let _closed = error.print();
        }
        Some(what) => {
            let asked = asked(&command(language), std::env::args().skip(1));
            let hints = hints(error, language).into_iter().chain([usage::see_help(language, &asked)]);
            let hints: Vec<String> = hints.map(|hint| format!("hint: {hint}")).collect();
            terminal::tell(&anyhow!("{what}\n{}", hints.join("\n")), language);
        }
    }
}

/// Says in a language what a command and those below it are.
struct Translator {
    language: Language,
    /// The names of the commands down to this one, with `-` between them; empty for the first.
    path: String,
}

impl Translator {
    fn command(&self, mut command: Command) -> Command {
        let Self { language, path } = self;
        let name = if path.is_empty() { "loa" } else { path };
        command = command.mut_args(|argument| self.argument(argument));
        if path != EXPLAINS {
            command = command.mut_subcommands(|below| self.below(below.get_name()).command(below));
        }
        if let Some(about) = self.told(name) {
            let alias = command.get_visible_aliases().next().map(str::to_owned);
            command = match &alias {
                Some(alias) => {
                    let about = help::told(*language, "alias", &[("about", &about), ("name", alias)]).unwrap_or(about);
                    command.visible_alias(Resettable::Reset).alias(alias).about(about)
                }
                None => command.about(about),
            };
        }
        if let Some(after) = self.told(&format!("{name}-after")) {
            command = command.after_help(after);
        }
        let heading = self.told("commands").unwrap_or_default();
        let written = self.usage(&mut command);
        let shown = help::told(*language, "usage", &[("usage", "{usage}")]).unwrap_or_default();
        let template = format!("{{about-with-newline}}\n{shown}\n\n{{all-args}}{{after-help}}");
        command.subcommand_help_heading(heading).override_usage(written).help_template(template)
    }

    fn below(&self, name: &str) -> Self {
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}-{name}", self.path) };
        Self { language: self.language, path }
    }

    /// `loa poll [OPTIONS] <FEED>`, without the word before it.
    fn usage(&self, command: &mut Command) -> String {
        let usage = command.render_usage().to_string();
        let usage = usage.split_once(' ').map_or("", |(_, usage)| usage).to_owned();
        [("[OPTIONS]", "placeholder-options"), ("[COMMAND]", "placeholder-command")]
            .into_iter()
            .filter_map(|(english, name)| Some((english, self.told(name)?)))
            .fold(usage, |usage, (english, told)| usage.replace(english, &told))
    }

    fn argument(&self, mut argument: Arg) -> Arg {
        let heading = if argument.is_positional() { "arguments" } else { "options" };
        argument = argument.help_heading(self.told(heading).unwrap_or_default());
        let id = argument.get_id().as_str().to_owned();
        let takes_values = argument.get_action().takes_values();
        if takes_values {
            let names = argument.get_value_names().map(|names| names.iter().map(ToString::to_string).collect());
            let names: Vec<String> = names.unwrap_or_else(|| vec![id.to_uppercase()]);
            argument = argument.value_names(names.iter().map(|name| self.value_name(name)));
        }
        let (Some(what), name) = self.of_argument(&id) else { return argument };
        let default: Vec<_> = argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
        let default = (takes_values && !default.is_empty()).then(|| default.join(", "));
        let default = default.and_then(|value| help::told(self.language, "default", &[("value", &value)]));
        let values = if takes_values { argument.get_possible_values() } else { Vec::new() };
        let short = [Some(what.clone()), in_brackets(&values), default.clone()];
        let long = [Some(what), self.list(&name, &values), default];
        let join = |parts: [Option<String>; 3], between: &str| parts.into_iter().flatten().collect::<Vec<_>>().join(between);
        argument.hide_default_value(true).hide_possible_values(true).help(join(short, " ")).long_help(join(long, "\n\n"))
    }

    /// What an argument of this id is, and how that is called.
    fn of_argument(&self, id: &str) -> (Option<String>, String) {
        let own = format!("{}_{id}", self.path);
        match self.told(&own) {
            Some(what) => (Some(what), own),
            None => (self.told(&format!("{ANY}_{id}")), format!("{ANY}_{id}")),
        }
    }

    /// The values that an argument may have, one below the other.
    fn list(&self, argument: &str, values: &[PossibleValue]) -> Option<String> {
        let line = |value: &PossibleValue| match self.told(&format!("{argument}_{}", value.get_name())) {
            Some(what) => format!("- {}: {what}", value.get_name()),
            None => format!("- {}", value.get_name()),
        };
        (!values.is_empty()).then(|| {
            let lines: Vec<String> = self.told("values").into_iter().chain(values.iter().map(line)).collect();
            lines.join("\n")
        })
    }

    /// `FEED | LINK`: each word in this language, where it has one.
    fn value_name(&self, english: &str) -> String {
        let words = english.split('|').map(|word| {
            let told = self.told(&format!("value-{}", word.trim()));
            told.map_or_else(|| word.to_owned(), |told| word.replace(word.trim(), &told))
        });
        words.collect::<Vec<_>>().join("|")
    }

    fn told(&self, name: &str) -> Option<String> {
        help::told(self.language, name, &[])
    }
}

fn in_brackets(values: &[PossibleValue]) -> Option<String> {
    let names: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
    (!names.is_empty()).then(|| format!("[{}]", names.join(", ")))
}

/// What is wrong; `None` where nothing is.
fn complaint(error: &clap::Error, language: Language) -> Option<String> {
    let it = said(error, ContextKind::InvalidArg);
    let value = said(error, ContextKind::InvalidValue);
    Some(match error.kind() {
        ErrorKind::UnknownArgument if it.starts_with('-') => usage::unknown_option(language, &it),
        ErrorKind::UnknownArgument => usage::superfluous(language, &it),
        ErrorKind::InvalidSubcommand => usage::unknown_command(language, &said(error, ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidValue if value.is_empty() => usage::no_value(language, &it),
        ErrorKind::InvalidValue => usage::unknown_value(language, &value, &it),
        ErrorKind::ValueValidation => match error.source() {
            Some(why) if !is_of_number(why) => usage::refused_value(language, &value, &it, &errors::told(language, &why.to_string())),
            _ => usage::no_number(language, &value, &it),
        },
        ErrorKind::TooManyValues => usage::too_many_values(language, &it, &value),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => usage::no_value(language, &it),
        ErrorKind::ArgumentConflict => match said(error, ContextKind::PriorArg) {
            // It was given twice.
            other if other == it => usage::once(language, &it),
            other => usage::conflict(language, &it, &other),
        },
        ErrorKind::MissingRequiredArgument => usage::missing(language, &quoted(error, ContextKind::InvalidArg)),
        ErrorKind::MissingSubcommand => usage::no_command(language),
        ErrorKind::InvalidUtf8 => usage::not_unicode(language),
        _ => return None,
    })
}

/// Whether a number was wanted, and there is none, or one that is too small or too large.
fn is_of_number(why: &(dyn std::error::Error + 'static)) -> bool {
    why.is::<std::num::ParseIntError>() || why.to_string().contains(" is not in ")
}

/// What might have been meant.
fn hints(error: &clap::Error, language: Language) -> Vec<String> {
    let similar = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let similar = similar.into_iter().flat_map(|kind| all(error, kind)).map(|it| usage::similar(language, &it)).next();
    let values = quoted(error, ContextKind::ValidValue);
    let values = (!values.is_empty()).then(|| usage::values(language, &values));
    similar.into_iter().chain(values).collect()
}

fn all(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(it)) => vec![it.clone()],
        Some(ContextValue::Strings(them)) => them.clone(),
        _ => Vec::new(),
    }
}

fn said(error: &clap::Error, kind: ContextKind) -> String {
    all(error, kind).join(", ")
}

fn quoted(error: &clap::Error, kind: ContextKind) -> String {
    all(error, kind).iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
}

/// The command that was called, as far down as its name was right.
fn asked(command: &Command, words: impl Iterator<Item = String>) -> String {
    let (mut asked, mut command) = (command.get_name().to_owned(), command);
    for word in words {
        if let Some(below) = command.find_subcommand(&word) {
            asked = format!("{asked} {}", below.get_name());
            command = below;
        }
    }
    asked
}

#[cfg(test)]
mod tests;

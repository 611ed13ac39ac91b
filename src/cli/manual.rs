//! `loa completions` and `loa man`: what shells and `man` want to know of the command line, made from its definition.

use anyhow::Context as _;
use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::{Outcome, Words, help, terminal};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loa completions bash > ~/.local/share/bash-completion/completions/loa
  loa completions zsh > ~/.zfunc/_loa
  loa completions fish > ~/.config/fish/completions/loa.fish")]
pub(super) struct CompletionArguments {
    shell: Shell,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loa man | man -l -
  loa man status | man -l -
  loa man > /usr/local/share/man/man1/loa.1")]
pub(super) struct ManualArguments {
    /// The page of one command.
    command: Option<String>,
}

pub(super) fn completions(arguments: &CompletionArguments) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut help::command(terminal::language()), "loa", &mut script);
    terminal::print_bytes(&script)?;
    Ok(Outcome::Done)
}

pub(super) fn manual(arguments: &ManualArguments) -> anyhow::Result<Outcome> {
    let mut whole = Words::command();
    whole.build();
    let command = match &arguments.command {
        None => whole,
        Some(name) => {
            let command = whole.find_subcommand(name);
            command.cloned().with_context(|| format!("there is no command `{name}`\nhint: `loa --help` lists them"))?
        }
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    terminal::print_bytes(&page)?;
    Ok(Outcome::Done)
}

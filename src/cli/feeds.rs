//! `loa feeds`: the definitions of the feeds, brought in from a folder, written into one, listed, taken away.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use serde::Serialize;

use super::{
    Outcome, block_on, define,
    operate::{self, Output, carry_out},
    settings,
    terminal::{self, Cell, Column, Looks, Mark, Sheet, Table},
};
use crate::{
    config::DefinitionsFrom,
    service::{
        Defined, HandedIn, Over, Request,
        definitions::{self, Written},
    },
    words::{Language, errors, feeds as said},
};

#[derive(Debug, Args)]
#[command(
    after_help = "`[feeds] from` says where definitions are kept: in the folder `feeds/`, or in the store, for all machines together.

Examples:
  loa feeds import feeds/            every file of the folder, each in the place of the definition that its feed has
  loa feeds export /tmp/feeds        as files, byte for byte as they were brought in
  loa feeds list
  loa feeds remove danang-police"
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Takes in the files of a folder: `NAME.toml` defines the feed `NAME`. Feeds without a file there stay.
    Import {
        /// The folder that has the files.
        folder: PathBuf,
        #[command(flatten)]
        output: Output,
    },
    /// Writes every definition into a folder, over no file that says something else.
    Export {
        /// The folder to write into; it is made where there is none.
        folder: PathBuf,
        #[command(flatten)]
        output: Output,
    },
    /// Every feed, and what is wrong with its definition.
    List(Output),
    /// Takes a feed away, as `loa remove` does; its articles stay.
    Remove {
        /// The feed's id.
        feed: String,
        #[command(flatten)]
        output: Output,
    },
}

pub(super) fn run(config: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    match &arguments.what {
        What::Import { folder, output } => import(config, folder, *output),
        What::Export { folder, output } => export(config, folder, *output),
        What::List(output) => list(config, *output),
        What::Remove { feed, output } => carry_out(config, Request::Remove { feed: feed.clone() }, *output),
    }
}

fn import(config: &Path, folder: &Path, output: Output) -> anyhow::Result<Outcome> {
    anyhow::ensure!(folder.is_dir(), "`{}` is no folder", folder.display());
    let mut defined = Defined::default();
    let mut handed_in = Vec::new();
    for Written { place, name, text } in definitions::read_folder(folder)? {
        match text {
            Ok(text) => handed_in.push(HandedIn { feed: name, text, place }),
            Err(problem) => defined.problems.push(problem.to_string()),
        }
    }
    let written = block_on(define::define(config, handed_in, Over::Another))?;
    defined.problems.extend(written.problems.iter().cloned());
    let defined = Defined { problems: defined.problems, ..written };
    if output.json {
        terminal::print_json(&defined)?;
    } else {
        let mut sheet = Sheet::new(terminal::output());
        operate::defined(&defined, terminal::language(), &mut sheet);
        terminal::print(&sheet.into_text())?;
    }
    Ok(if defined.problems.is_empty() { Outcome::Done } else { Outcome::Failed })
}

/// What was written into a folder.
#[derive(Debug, Serialize)]
struct Exported {
    written: usize,
    /// So many files were there already, as they are.
    same: usize,
    /// Files that say something else, or cannot be written.
    problems: Vec<String>,
}

fn export(config: &Path, folder: &Path, output: Output) -> anyhow::Result<Outcome> {
    let settings = settings(config)?;
    let all = block_on(async { Ok(settings.written().await?) })?;
    fs::create_dir_all(folder).with_context(|| format!("cannot write `{}`", folder.display()))?;
    let mut exported = Exported { written: 0, same: 0, problems: Vec::new() };
    for Written { name, text, .. } in all {
        let path = folder.join(format!("{name}.toml"));
        match text.map_err(|problem| problem.to_string()).and_then(|text| write(&path, &text)) {
            Ok(true) => exported.written += 1,
            Ok(false) => exported.same += 1,
            Err(problem) => exported.problems.push(problem),
        }
    }
    if output.json {
        terminal::print_json(&exported)?;
    } else {
        terminal::print(&exported_in_words(&exported, folder, terminal::language(), terminal::output()))?;
    }
    Ok(if exported.problems.is_empty() { Outcome::Done } else { Outcome::Failed })
}

/// Writes a file that is not there; `false`: it is, and says the same.
fn write(path: &Path, text: &str) -> Result<bool, String> {
    match fs::read_to_string(path) {
        Ok(there) if there == text => Ok(false),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            fs::write(path, text).map(|()| true).map_err(|error| format!("cannot write `{}`: {error}", path.display()))
        }
        Ok(_) | Err(_) => Err(format!("`{}` is there already and says something else\nhint: name an empty folder", path.display())),
    }
}

fn exported_in_words(exported: &Exported, folder: &Path, language: Language, looks: Looks) -> String {
    let mut sheet = Sheet::new(looks);
    sheet.line(&said::exported(language, exported.written, &folder.display().to_string()));
    if exported.same > 0 {
        sheet.line(&said::same_there(language, exported.same));
    }
    for problem in &exported.problems {
        sheet.item(Mark::Bad, "✗", 2, &errors::told(language, problem));
    }
    sheet.into_text()
}

/// A definition at a glance.
#[derive(Debug, Serialize)]
struct Listed {
    id: String,
    /// The page that is watched, where the definition can be used.
    url: Option<String>,
    /// What is wrong with it otherwise.
    problem: Option<String>,
}

fn list(config: &Path, output: Output) -> anyhow::Result<Outcome> {
    let settings = settings(config)?;
    let all = block_on(async { Ok(settings.written().await?) })?;
    let feed = |written: &Written| {
        let (url, problem) = match settings.usable(written) {
            Ok(feed) => (Some(feed.url.to_string()), None),
            Err(problem) => (None, Some(problem.to_string())),
        };
        Listed { id: written.name.clone(), url, problem }
    };
    let feeds: Vec<Listed> = all.iter().map(feed).collect();
    if output.json {
        terminal::print_json(&feeds)?;
    } else {
        terminal::print(&listed_in_words(&feeds, settings.config.feeds.from, terminal::language(), terminal::output()))?;
    }
    Ok(if feeds.iter().all(|feed| feed.problem.is_none()) { Outcome::Done } else { Outcome::Failed })
}

fn listed_in_words(feeds: &[Listed], from: DefinitionsFrom, language: Language, looks: Looks) -> String {
    let mut sheet = Sheet::new(looks);
    let mut table = Table::new([Column::word(""), Column::word(said::feed(language)), Column::words(said::page(language))]);
    for feed in feeds {
        let (mark, sign) = if feed.problem.is_none() { (Mark::Good, "✓") } else { (Mark::Bad, "✗") };
        let url = feed.url.clone().unwrap_or_default();
        table.row([Cell::from(sign).styled(mark.style()), Cell::from(&feed.id), Cell::from(url)]);
    }
    if !feeds.is_empty() {
        sheet.table(&table);
    }
    for problem in feeds.iter().filter_map(|feed| feed.problem.as_ref()) {
        sheet.item(Mark::Bad, "✗", 2, &errors::told(language, problem));
    }
    sheet.line(&match from {
        DefinitionsFrom::Folder => said::from_folder(language, feeds.len()),
        DefinitionsFrom::Store => said::from_store(language, feeds.len()),
    });
    sheet.into_text()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_looks_well_everywhere() {
        let feeds = [
            Listed { id: "danang-police".into(), url: Some("https://catp.danang.gov.vn/".into()), problem: None },
            Listed {
                id: "hue".into(),
                url: None,
                problem: Some("feed `hue`:1: unknown key `urll`: expected one of `url`, `title`\nhint: did you mean `url`?".into()),
            },
        ];
        let there = "`/tmp/feeds/hue.toml` is there already and says something else\nhint: name an empty folder";
        let exported = Exported { written: 12, same: 1, problems: vec![there.to_owned()] };
        let show = |looks, language| {
            [
                listed_in_words(&feeds, DefinitionsFrom::Store, language, looks),
                listed_in_words(&[], DefinitionsFrom::Folder, language, looks),
                exported_in_words(&exported, Path::new("/tmp/feeds"), language, looks),
            ]
            .join("--\n")
        };
        insta::assert_snapshot!("feeds", terminal::in_every_look(show));
    }

    #[test]
    fn a_file_that_says_something_else_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.toml");
        assert_eq!(write(&path, "a"), Ok(true));
        assert_eq!(write(&path, "a"), Ok(false));
        assert!(write(&path, "b").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "a");
    }
}

//! `loa add`: looks at a page, shows what would be published and how certain that is, asks where it is not, and writes the feed's file.

mod file;
mod look;
mod source_name;
mod table;

use std::{
    fs,
    io::{BufRead, IsTerminal, Write},
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::Args;
use loa_reader::text;
use url::Url;

use super::{Outcome, block_on, page_boxes};
use crate::article::FeedId;
use file::FeedFile;
use look::Look;

/// Below this mean certainty a person decides.
const SURE: f64 = 0.7;
/// A list of fewer headlines may be something else.
const FEW: usize = 3;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loa add https://portal.example/tin-tuc
  loa add https://portal.example/ --example \"Ra quân bảo đảm trật tự đô thị\" --example \"Khen thưởng ba chiến sĩ\"")]
pub(super) struct Arguments {
    /// The page of headlines.
    url: Url,
    /// A headline on the page, or its beginning: what is like it is what is wanted. May be given again.
    #[arg(long, value_name = "HEADLINE")]
    example: Vec<String>,
    /// The feed's id: the name of its file and its address. Made from the page's address where it is left out.
    #[arg(long)]
    id: Option<String>,
    /// Write the file without asking.
    #[arg(long)]
    yes: bool,
}

pub(super) fn run(config: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let id: FeedId = match &arguments.id {
        Some(id) => id.parse()?,
        None => file::id_of(&arguments.url)?,
    };
    let path = config.parent().unwrap_or(Path::new("")).join("feeds").join(format!("{id}.toml"));
    anyhow::ensure!(
        !path.exists(),
        "`{}` exists already\nhint: `loa try {id}` shows what it gives; `--id NAME` makes another feed",
        path.display()
    );
    let client = super::client(config)?;
    let mut look = block_on(look::at(&client, &arguments.url, &arguments.example))?;
    print!("{}", text::clean(&table::of(&look)));
    if look.items.is_empty() {
        match &look.obstacle {
            Some(obstacle) => eprintln!("error: {obstacle}\nhint: {}", obstacle.way_out()),
            None => {
                eprintln!("error: nothing that could be published was found\nhint: name one or two headlines of the page with `--example`");
            }
        }
        return Ok(Outcome::Failed);
    }
    let boxes_out = if arguments.yes { Vec::new() } else { unwanted_boxes(&look)? };
    boxes_out.iter().for_each(|name| look.leave_out(name));
    let file = FeedFile {
        url: &arguments.url,
        title: look.title.as_deref(),
        language: look.language.as_deref(),
        examples: &arguments.example,
        boxes_out: &boxes_out,
    };
    let file = file.text();
    println!("\n{}\n{}", path.display(), indented(&file));
    let doubts = doubts(&look);
    for doubt in &doubts {
        println!("in doubt: {doubt}");
    }
    if !doubts.is_empty() && !arguments.yes && !asked(&path)? {
        return Ok(Outcome::Failed);
    }
    write(&path, &file)?;
    println!("written: {}", path.display());
    Ok(Outcome::Done)
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}

/// Why a person should decide.
fn doubts(look: &Look) -> Vec<String> {
    let mut doubts = Vec::new();
    let certainty = look.items.iter().map(|item| item.certainty).sum::<f64>() / look.items.len() as f64;
    if certainty < SURE {
        doubts.push(format!("how sure it is on the whole: {:.0} of 100", 100.0 * certainty));
    }
    if look.items.len() < FEW {
        doubts.push(format!("only {} found", look.items.len()));
    }
    if look.items.iter().all(|item| item.candidate.published.is_none()) && !look.has_dated_page {
        doubts.push("neither the list nor the pages asked say when anything was published".to_owned());
    }
    doubts.extend(look.unfound.iter().map(|example| format!("no headline on the page says `{example}`")));
    doubts
}

/// Asks box by box whether it is wanted; where nobody can answer, all are.
fn unwanted_boxes(look: &Look) -> anyhow::Result<Vec<String>> {
    if !std::io::stdin().is_terminal() {
        return Ok(Vec::new());
    }
    let mut unwanted = Vec::new();
    for page_box in look.boxes_in_doubt() {
        let name = page_boxes::named(page_box);
        let examples = page_box.examples.iter().map(|title| format!("  {title}\n")).collect::<String>();
        print!("{}", text::clean(&format!("\n{examples}is the box {name}, {} headlines, part of the list? [Y/n] ", page_box.headlines)));
        if matches!(answer()?.as_str(), "n" | "no" | "k" | "không") {
            unwanted.push(page_box.name().to_owned());
        }
    }
    Ok(unwanted)
}

/// Asks on the terminal; where nobody can answer, it is a no with a way out.
fn asked(path: &Path) -> anyhow::Result<bool> {
    if !std::io::stdin().is_terminal() {
        eprintln!("not written\nhint: `--yes` writes it all the same; `--example \"a headline\"` says what is wanted");
        return Ok(false);
    }
    print!("write {}? [y/N] ", path.display());
    Ok(matches!(answer()?.as_str(), "y" | "yes" | "c" | "có"))
}

/// A line of the terminal, in small letters.
fn answer() -> anyhow::Result<String> {
    std::io::stdout().flush()?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    Ok(answer.trim().to_lowercase())
}

/// A file that is there already is never written over.
fn write(path: &PathBuf, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
    }
    let mut file = fs::File::create_new(path).with_context(|| format!("cannot write `{}`", path.display()))?;
    file.write_all(text.as_bytes()).with_context(|| format!("cannot write `{}`", path.display()))
}

//! `loa add`: looks at a page, shows what its first poll will publish, asks where that is in doubt, and writes the feed's file.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::Args;
use loa_reader::text;
use serde::Serialize;

use super::{
    Outcome, ask, block_on,
    headlines::{self, Detail, Json},
    progress::Shown,
    terminal::{self, Column, Looks, Table},
};
use crate::service::{
    adding::{Adding, Desk, Error, Question, Wish},
    opml,
    preview::Doubt,
};
use crate::{article::FeedId, fetch::Client};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loa add portal.example/tin-tuc
  loa add https://portal.example/ --example \"Ra quân bảo đảm trật tự đô thị\" --example \"Khen thưởng ba chiến sĩ\"
  loa add --opml feeds.opml --yes")]
pub(super) struct Arguments {
    /// The page of headlines; several may be given. Of an article, its list is looked for.
    #[arg(value_name = "URL", required_unless_present = "opml")]
    urls: Vec<String>,
    /// Adds every feed that an OPML file names.
    #[arg(long, value_name = "FILE")]
    opml: Option<PathBuf>,
    /// A headline on the page, or its beginning: what is like it is what is wanted. May be given again.
    #[arg(long, value_name = "HEADLINE")]
    example: Vec<String>,
    /// The feed's id: the name of its file and its address. Made from the page's address where it is left out.
    #[arg(long, conflicts_with = "opml")]
    id: Option<String>,
    /// Ask nothing, and write what is sound.
    #[arg(long)]
    yes: bool,
    /// Ask nothing, and say as JSON what was found and what became of it.
    #[arg(long)]
    json: bool,
}

/// A feed that was asked for.
struct Asked {
    /// In the order in which they are tried.
    addresses: Vec<String>,
    title: Option<String>,
}

/// What became of it.
#[derive(Debug, Serialize)]
struct Added {
    address: String,
    id: Option<String>,
    /// The file, where it was written.
    file: Option<PathBuf>,
    /// Why it was not, and what can be done.
    error: Option<String>,
    hint: Option<String>,
    preview: Option<Json>,
}

pub(super) fn run(config: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let asked = asked(arguments)?;
    let id = arguments.id.as_deref().map(str::parse).transpose()?;
    anyhow::ensure!(id.is_none() || asked.len() == 1, "`--id` names one feed, and {} are asked for", asked.len());
    let mut desk = super::desk(config)?;
    let added = block_on(async {
        let mut added = Vec::new();
        for (number, feed) in asked.iter().enumerate() {
            if asked.len() > 1 && !arguments.json {
                println!("{}[{} of {}] {}", if number > 0 { "\n" } else { "" }, number + 1, asked.len(), text::clean(&feed.addresses[0]));
            }
            let wish = Wish { id: id.clone(), title: feed.title.clone(), examples: arguments.example.clone() };
            added.push(add(&mut desk, feed, wish, arguments).await?);
        }
        Ok(added)
    })?;
    if arguments.json {
        println!("{}", serde_json::to_string(&added)?);
    } else if added.len() > 1 {
        terminal::print(&format!("\n{}", summed_up(&added)))?;
    }
    Ok(if added.iter().all(|added| added.file.is_some()) { Outcome::Done } else { Outcome::Failed })
}

/// Adds the feed at `address` by asking, and gives its name with the door that remembers the pages which were read for it; `None`: it was
/// not wanted, or cannot be.
pub(super) async fn on_terminal(config: &Path, address: &str) -> anyhow::Result<Option<(FeedId, Client)>> {
    let mut desk = super::desk(config)?;
    let asked = Asked { addresses: vec![address.to_owned()], title: None };
    let arguments = Arguments { urls: Vec::new(), opml: None, example: Vec::new(), id: None, yes: false, json: false };
    let added = add(&mut desk, &asked, Wish::default(), &arguments).await?;
    let id = added.id.filter(|_| added.file.is_some()).map(|id| id.parse()).transpose()?;
    Ok(id.map(|id| (id, desk.client().clone())))
}

/// What is asked for, in the order of the words.
fn asked(arguments: &Arguments) -> anyhow::Result<Vec<Asked>> {
    let mut asked: Vec<Asked> = arguments.urls.iter().map(|url| Asked { addresses: vec![url.clone()], title: None }).collect();
    if let Some(file) = &arguments.opml {
        let text = fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))?;
        let outlines = opml::outlines(&text).with_context(|| format!("`{}` is no list of feeds", file.display()))?;
        asked.extend(outlines.into_iter().map(|outline| Asked { addresses: outline.addresses, title: outline.title }));
    }
    Ok(asked)
}

/// Adds one feed; what is wrong with it costs no other.
async fn add(desk: &mut Desk, asked: &Asked, wish: Wish, arguments: &Arguments) -> anyhow::Result<Added> {
    let mut last = None;
    for address in &asked.addresses {
        let mut added = Added { address: address.clone(), id: None, file: None, error: None, hint: None, preview: None };
        match try_to_add(desk, &wish, arguments, &mut added).await {
            Ok(()) => return Ok(added),
            Err(Stop::Asking(error)) => return Err(error.into()),
            Err(Stop::Adding(error)) => {
                added.hint = error.way_out();
                added.error = Some(super::with_causes(&error));
                let is_taken = matches!(*error, Error::Taken(_));
                last = Some(added);
                if is_taken {
                    break;
                }
            }
        }
    }
    let added = last.context("an entry has no address")?;
    if !arguments.json {
        eprintln!("error: {}", text::clean(added.error.as_deref().unwrap_or_default()));
        added.hint.iter().for_each(|hint| eprintln!("hint: {}", text::clean(hint)));
    }
    Ok(added)
}

/// Why the work at one address ended before its end.
enum Stop {
    Adding(Box<Error>),
    Asking(std::io::Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Adding(Box::new(error))
    }
}

async fn try_to_add(desk: &mut Desk, wish: &Wish, arguments: &Arguments, added: &mut Added) -> Result<(), Stop> {
    let address = added.address.clone();
    let mut adding = {
        let shown = Shown::of(&address);
        Adding::begin(&address, wish.clone(), desk, &shown).await?
    };
    let mut is_shown = false;
    while let Some(question) = adding.question() {
        if !arguments.json && !is_shown && !matches!(question, Question::TakeList(_)) {
            show(&adding);
            is_shown = true;
        }
        let agreed = arguments.yes;
        let answer = if arguments.json { question.by_itself(agreed) } else { ask::answer(&question, agreed).map_err(Stop::Asking)? };
        let Some(answer) = answer else {
            refused(added, &adding, &question, arguments);
            return Ok(());
        };
        let is_seen = matches!(question, Question::Write(_));
        let before = titles(&adding);
        let next = {
            let shown = Shown::of(&address);
            adding.answer(answer, desk, &shown).await?
        };
        match next {
            Some(next) => adding = next,
            None => {
                added.error = Some("it was not wanted".to_owned());
                println_unless(arguments.json, "not written");
                return Ok(());
            }
        }
        // What was answered may have changed what would be published.
        is_shown &= is_seen || before == titles(&adding);
    }
    if !arguments.json && !is_shown {
        show(&adding);
    }
    let definition = adding.definition();
    if !arguments.json {
        println!("\n{}\n{}", adding.path(desk).display(), text::clean(&indented(&definition.text())));
    }
    let path = adding.write(desk)?;
    println_unless(arguments.json, &format!("written: {}", path.display()));
    (added.id, added.file, added.preview) = (Some(definition.id.to_string()), Some(path), Some(Json::of(adding.preview())));
    Ok(())
}

fn println_unless(is_quiet: bool, line: &str) {
    if !is_quiet {
        println!("{}", text::clean(line));
    }
}

fn show(adding: &Adding) {
    print!("{}", text::clean(&headlines::in_words(adding.preview(), Detail::Short, headlines::columns(std::io::stdout()))));
}

fn titles(adding: &Adding) -> Vec<String> {
    adding.preview().items.iter().map(|item| item.article.title.clone()).collect()
}

/// Nobody could be asked.
fn refused(added: &mut Added, adding: &Adding, question: &Question, arguments: &Arguments) {
    let (why, hint) = match question {
        Question::TakeList(list) => (
            format!("this is an article: `{}`; its list seems to be {}", list.title, list.list),
            format!("`loa add {}` adds that list{}", list.list, if list.is_confirmed { ", and so does `--yes`" } else { "" }),
        ),
        Question::Write(doubts) => {
            let why = doubts.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
            let hint = if doubts.iter().any(Doubt::is_grave) {
                "`--example \"a headline\"` says what is wanted; or give the address of another list; on a terminal `loa add` asks"
            } else {
                "`--yes` writes it all the same; `--example \"a headline\"` says what is wanted"
            };
            (why, hint.to_owned())
        }
        // Without an answer the boxes are as the program takes them.
        Question::Boxes(_) => (String::new(), String::new()),
    };
    if !arguments.json {
        eprintln!("not written: {}\nhint: {}", text::clean(&why), text::clean(&hint));
    }
    (added.error, added.hint, added.preview) = (Some(why), Some(hint), Some(Json::of(adding.preview())));
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}

/// One line for each feed that was asked for.
fn summed_up(added: &[Added]) -> String {
    let mut table = Table::new([Column::words("address"), Column::number("headlines"), Column::words("")]);
    for added in added {
        let headlines = added.preview.as_ref().map(|preview| preview.items.len().to_string()).unwrap_or_default();
        let what = match (&added.file, &added.error) {
            (Some(file), _) => format!("written: {}", file.display()),
            (None, Some(why)) => format!("not written: {}", text::cut(why.lines().next().unwrap_or_default(), 120)),
            (None, None) => "not written".to_owned(),
        };
        table.row([added.address.clone(), headlines, what]);
    }
    let written = added.iter().filter(|added| added.file.is_some()).count();
    let Looks { width, colour } = terminal::output();
    format!("{}\n{written} of {} written\n", table.text(width, colour), added.len())
}

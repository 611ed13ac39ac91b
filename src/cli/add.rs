//! `loa add`: looks at a page, shows what its first poll will publish, asks where that is in doubt, and writes the
//! feed's definition.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::Args;
use loa_reader::text;
use serde::Serialize;

use super::{
    Outcome, ask, block_on, define,
    headlines::{self, Detail, Json},
    progress::Shown,
    terminal::{self, Cell, Column, Looks, Mark, Sheet, Table},
};
use crate::{
    article::FeedId,
    cause,
    fetch::Client,
    service::{
        HandedIn, Over,
        adding::{Adding, Desk, Error, Question, Wish},
        opml,
        preview::Doubt,
    },
    words::{Language, adding as said, errors},
};

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
    /// Whether its definition was written.
    written: bool,
    /// The file, where that is one.
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
    let voice = Voice::of(arguments);
    let added = block_on(async {
        let mut adder = Adder { config, desk: super::desk(config).await?, voice, is_agreed: arguments.yes };
        let mut added = Vec::new();
        for (number, feed) in asked.iter().enumerate() {
            if asked.len() > 1 {
                let which = said::which(voice.language, number + 1, asked.len(), &feed.addresses[0]);
                voice.print(&format!("{}{}\n", if number > 0 { "\n" } else { "" }, text::clean(&which)))?;
            }
            let wish = Wish { id: id.clone(), title: feed.title.clone(), examples: arguments.example.clone() };
            added.push(adder.add(feed, wish).await?);
        }
        Ok(added)
    })?;
    if arguments.json {
        terminal::print_json(&added)?;
    } else if added.len() > 1 {
        terminal::print(&format!("\n{}", summed_up(&added, voice.language, terminal::output())))?;
    }
    Ok(if added.iter().all(|added| added.written) { Outcome::Done } else { Outcome::Failed })
}

/// Who is told what is found on the way: a person in their language, or nobody where a program gets all of it in the
/// end.
#[derive(Debug, Clone, Copy)]
struct Voice {
    language: Language,
    is_heard: bool,
}

impl Voice {
    fn of(arguments: &Arguments) -> Self {
        match arguments.json {
            true => Self { language: Language::English, is_heard: false },
            false => Self { language: terminal::language(), is_heard: true },
        }
    }

    fn print(self, words: &str) -> anyhow::Result<()> {
        if self.is_heard { terminal::print(words) } else { Ok(()) }
    }

    /// Why something was not written, and a way out.
    fn warn(self, why: &str, hint: Option<&str>) {
        if self.is_heard {
            terminal::tell_of(why, hint, self.language);
        }
    }
}

/// Adds the feed at `address` by asking, and gives its name with the door that remembers the pages which were read for
/// it; `None`: it was not wanted, or cannot be.
pub(super) async fn on_terminal(config: &Path, address: &str) -> anyhow::Result<Option<(FeedId, Client)>> {
    let voice = Voice { language: terminal::language(), is_heard: true };
    let mut adder = Adder { config, desk: super::desk(config).await?, voice, is_agreed: false };
    let added = adder.add(&Asked { addresses: vec![address.to_owned()], title: None }, Wish::default()).await?;
    let id = added.id.filter(|_| added.written).map(|id| id.parse()).transpose()?;
    Ok(id.map(|id| (id, adder.desk.client().clone())))
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

/// What feeds are added with, and who is told of it.
struct Adder<'a> {
    config: &'a Path,
    desk: Desk,
    voice: Voice,
    /// Whatever is sound is written without a question.
    is_agreed: bool,
}

/// Why the work at one address ended before its end.
enum Stop {
    Adding(Box<Error>),
    /// Nobody listens any more, or answers.
    Saying(anyhow::Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Adding(Box::new(error))
    }
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Self::Saying(error)
    }
}

impl Adder<'_> {
    /// Adds one feed; what is wrong with it costs no other.
    async fn add(&mut self, asked: &Asked, wish: Wish) -> anyhow::Result<Added> {
        let mut last = None;
        for address in &asked.addresses {
            let mut added =
                Added { address: address.clone(), id: None, written: false, file: None, error: None, hint: None, preview: None };
            match Box::pin(self.try_to_add(&wish, &mut added)).await {
                Ok(()) => return Ok(added),
                Err(Stop::Saying(error)) => return Err(error),
                Err(Stop::Adding(error)) => {
                    let told = cause::tell(&*error);
                    added.error = Some(told.in_a_line());
                    added.hint = error.way_out().or_else(|| told.hints.first().cloned());
                    let is_taken = matches!(*error, Error::Taken(_));
                    last = Some(added);
                    if is_taken {
                        break;
                    }
                }
            }
        }
        let added = last.context("an entry has no address")?;
        self.voice.warn(added.error.as_deref().unwrap_or_default(), added.hint.as_deref());
        Ok(added)
    }

    async fn try_to_add(&mut self, wish: &Wish, added: &mut Added) -> Result<(), Stop> {
        let (address, voice) = (added.address.clone(), self.voice);
        let language = voice.language;
        let mut adding = {
            let shown = Shown::of(&address, language);
            Adding::begin(&address, wish.clone(), &self.desk, &shown).await?
        };
        let mut is_shown = false;
        while let Some(question) = adding.question() {
            if !is_shown && !matches!(question, Question::TakeList(_)) {
                show(&adding, voice)?;
                is_shown = true;
            }
            let answer = match voice.is_heard {
                true => ask::answer(&question, self.is_agreed, language).map_err(anyhow::Error::from)?,
                false => question.by_itself(self.is_agreed),
            };
            let Some(answer) = answer else {
                refused(added, &adding, &question, voice);
                return Ok(());
            };
            let is_seen = matches!(question, Question::Write(_));
            let before = titles(&adding);
            let next = {
                let shown = Shown::of(&address, language);
                adding.answer(answer, &self.desk, &shown).await?
            };
            match next {
                Some(next) => adding = next,
                None => {
                    added.error = Some(said::not_wanted(language));
                    voice.print(&format!("{}\n", said::not_written(language)))?;
                    return Ok(());
                }
            }
            // What was answered may have changed what would be published.
            is_shown &= is_seen || before == titles(&adding);
        }
        if !is_shown {
            show(&adding, voice)?;
        }
        self.write(&adding, added).await
    }

    /// Writes the definition to where definitions are kept.
    async fn write(&mut self, adding: &Adding, added: &mut Added) -> Result<(), Stop> {
        let (definition, voice) = (adding.definition(), self.voice);
        let kept = define::kept(self.config, &definition.id)?;
        voice.print(&format!("\n{}\n{}\n", kept.place, text::clean(&indented(&definition.text()))))?;
        let handed_in = HandedIn { feed: definition.id.to_string(), text: definition.text(), place: kept.place.clone() };
        let defined = Box::pin(define::define(self.config, vec![handed_in], Over::Nothing)).await?;
        if let Some(problem) = defined.problems.first() {
            return Err(Stop::Saying(anyhow::anyhow!("{problem}")));
        }
        adding.is_written(&mut self.desk)?;
        voice.print(&format!("{}\n", said::written(voice.language, &kept.place)))?;
        (added.id, added.written, added.file) = (Some(definition.id.to_string()), true, kept.file);
        added.preview = Some(Json::of(adding.preview()));
        Ok(())
    }
}

fn show(adding: &Adding, voice: Voice) -> anyhow::Result<()> {
    let looks = terminal::output();
    voice.print(&headlines::in_words(adding.preview(), Detail::Short, voice.language, looks).into_text())
}

fn titles(adding: &Adding) -> Vec<String> {
    adding.preview().items.iter().map(|item| item.article.title.clone()).collect()
}

/// Nobody could be asked.
fn refused(added: &mut Added, adding: &Adding, question: &Question, voice: Voice) {
    let language = voice.language;
    let (why, hint) = match question {
        Question::TakeList(list) if list.is_confirmed => {
            (said::an_article(language, &list.title, list.list.as_str()), said::add_list_yes_hint(language, list.list.as_str()))
        }
        Question::TakeList(list) => (
            said::an_article_perhaps(language, &list.title, list.list.as_str(), list.headlines),
            said::add_list_hint(language, list.list.as_str()),
        ),
        Question::Write(doubts) => {
            let why: Vec<String> = doubts.iter().map(|doubt| errors::told(language, &doubt.to_string())).collect();
            let is_grave = doubts.iter().any(Doubt::is_grave);
            (why.join("; "), if is_grave { said::grave_hint(language) } else { said::yes_hint(language) })
        }
        // Without an answer the boxes are as the program takes them.
        Question::Boxes(_) => (String::new(), String::new()),
    };
    voice.warn(&said::not_written_as(language, &why), Some(&hint));
    (added.error, added.hint, added.preview) = (Some(why), Some(hint), Some(Json::of(adding.preview())));
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}

/// Columns that an address may take in the table.
const ADDRESS: usize = 36;

/// One line for each feed that was asked for.
fn summed_up(added: &[Added], language: Language, looks: Looks) -> String {
    let mut table = Table::new([
        Column::word(""),
        Column::word(said::address(language)),
        Column::number(said::found(language)),
        Column::words(said::became(language)),
    ]);
    for added in added {
        let headlines = added.preview.as_ref().map(|preview| preview.items.len().to_string()).unwrap_or_default();
        let place = || added.file.as_ref().map(|file| file.display().to_string()).or_else(|| added.id.clone()).unwrap_or_default();
        let (mark, sign, what) = match (added.written, &added.error) {
            (true, _) => (Mark::Good, "✓", said::written(language, &place())),
            (false, Some(why)) => (Mark::Bad, "✗", errors::told(language, why.lines().next().unwrap_or_default())),
            (false, None) => (Mark::Bad, "✗", said::not_written(language)),
        };
        let bare = added.address.split_once("://").map_or(added.address.as_str(), |(_, bare)| bare);
        table.row([
            Cell::from(sign).styled(mark.style()),
            Cell::from(headlines::fitted(bare, ADDRESS)),
            Cell::from(headlines),
            Cell::from(what),
        ]);
    }
    let written = added.iter().filter(|added| added.written).count();
    let mut sheet = Sheet::new(looks);
    sheet.table(&table);
    sheet.line(&said::summed_up(language, written, added.len()));
    sheet.into_text()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_became_of_several_is_a_table() {
        let added = |address: &str, file: Option<&str>, error: Option<&str>| Added {
            address: address.to_owned(),
            id: None,
            written: file.is_some(),
            file: file.map(PathBuf::from),
            error: error.map(str::to_owned),
            hint: None,
            preview: None,
        };
        let added = [
            added("https://cong-an.portal.example/tin-tuc/an-ninh-trat-tu", Some("feeds/cong-an.toml"), None),
            added("portal.example", None, Some("`https://portal.example/` cannot be reached: connection refused")),
            added(
                "https://xa.portal.example/",
                None,
                Some("only 1 found; neither the list nor the articles say when anything was published"),
            ),
        ];
        insta::assert_snapshot!("added", terminal::in_every_look(|looks, language| summed_up(&added, language, looks)));
    }
}

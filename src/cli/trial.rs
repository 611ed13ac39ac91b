//! `loa try`: what the first poll of a feed would publish, and what could not be read; stores nothing, sends nothing.

mod explained;

use std::path::{Path, PathBuf};

use clap::Args;
use loa_reader::text;

use super::{
    Outcome, block_on,
    headlines::{self, Detail, Json},
    progress::Shown,
};
use crate::service::{self, adding::Error, list_of_article::ListOfArticle, preview::Preview};

/// Articles that are shown as a sample.
const SAMPLES: usize = 3;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loa try portal.example/tin-tuc
  loa try feeds/danang-police.toml
  loa try --explain danang-police")]
pub(super) struct Arguments {
    /// An address, a feed file, or a feed's id.
    #[arg(value_name = "URL | FILE | ID")]
    what: String,
    /// Say which strategy found each headline, how sure that is, and why every other link is none.
    #[arg(long)]
    explain: bool,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(config: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let file = file(config, &arguments.what);
    let feed = file.as_deref().map(service::read_feed).transpose()?;
    let desk = super::desk(config)?;
    let tried = block_on(async {
        let shown = Shown::of(&arguments.what).with_reasons(arguments.explain);
        Ok(match &feed {
            Some(feed) => desk.try_feed(feed, &shown).await.map(|preview| (preview, None)),
            None => desk.try_address(&arguments.what, &shown).await,
        })
    })?;
    let (preview, list) = match tried {
        Err(Error::NoAddress(error)) => {
            anyhow::bail!("{error}, a feed's file, or the id of one\nhint: `loa try https://portal.example/tin-tuc`")
        }
        tried => tried?,
    };
    let outcome = if preview.items.is_empty() { Outcome::Failed } else { Outcome::Done };
    if arguments.json {
        println!("{}", serde_json::to_string(&Json::of(&preview))?);
        return Ok(outcome);
    }
    print!("{}", text::clean(&in_words(&preview, arguments.explain)));
    if let Some(failure) = preview.failure {
        let error = Error::Nothing(failure);
        eprintln!("error: {}", text::clean(&super::with_causes(&error)));
        error.way_out().iter().for_each(|hint| eprintln!("hint: {}", text::clean(hint)));
    }
    if let Some(list) = list {
        eprintln!("{}", text::clean(&list_in_words(&list)));
    }
    Ok(outcome)
}

fn in_words(preview: &Preview, explain: bool) -> String {
    if explain {
        return format!("{}\n{}", headlines::head(preview), explained::table(preview)) + &headlines::tail(preview, Detail::Long);
    }
    let samples = preview
        .items
        .iter()
        .filter(|item| !item.article.text.is_empty())
        .take(SAMPLES)
        .map(|item| format!("\n{}", headlines::sample(item)));
    headlines::in_words(preview, Detail::Long, headlines::columns(std::io::stdout())) + &samples.collect::<String>()
}

fn list_in_words(list: &ListOfArticle) -> String {
    let ListOfArticle { title, list, headlines, is_confirmed, .. } = list;
    let seems = if *is_confirmed { "its headline stands on" } else { "its list may be" };
    format!("this is an article: `{title}`; {seems} {list}, with {headlines} headlines\nhint: `loa try {list}`")
}

/// The file that is meant, if one is.
fn file(config: &Path, what: &str) -> Option<PathBuf> {
    if what.contains("://") {
        return None;
    }
    let by_id = || config.parent().unwrap_or(Path::new("")).join("feeds").join(format!("{what}.toml"));
    let path = if what.ends_with(".toml") { PathBuf::from(what) } else { by_id() };
    // What names a file and is none is said with the file's name.
    (what.ends_with(".toml") || path.exists()).then_some(path)
}

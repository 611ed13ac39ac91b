//! `loa try`: what the first poll of a feed would publish, and what could not be read; stores nothing, sends nothing.

mod explained;

use std::path::Path;

use clap::Args;

use super::{
    Outcome, block_on, define,
    headlines::{self, Detail, Json},
    progress::Shown,
    terminal::{self, Looks},
};
use crate::{
    feed::Feed,
    service::{self, adding::Error, list_of_article::ListOfArticle, preview::Preview},
    words::{Language, adding as said},
};

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
    let feed = feed(config, &arguments.what)?;
    let desk = block_on(super::desk(config))?;
    let language = terminal::language();
    let tried = block_on(async {
        let shown = Shown::of(&arguments.what, language).with_reasons(arguments.explain);
        Ok(match &feed {
            Some(feed) => desk.try_feed(feed, &shown).await.map(|preview| (preview, None)),
            None => desk.try_address(&arguments.what, &shown).await,
        })
    })?;
    let (preview, list) = match tried {
        Err(Error::NoAddress(_)) => {
            anyhow::bail!("{}\nhint: {}", said::nothing_named(language, &arguments.what), said::nothing_named_hint(language))
        }
        tried => tried?,
    };
    let outcome = if preview.items.is_empty() { Outcome::Failed } else { Outcome::Done };
    if arguments.json {
        terminal::print_json(&Json::of(&preview))?;
        return Ok(outcome);
    }
    terminal::print(&in_words(&preview, arguments.explain, language, terminal::output()))?;
    if let Some(failure) = preview.failure {
        let error = Error::Nothing(failure);
        let way_out = error.way_out();
        let error = anyhow::Error::new(error);
        terminal::tell(&way_out.into_iter().fold(error, |error, hint| error.context(format!("hint: {hint}"))), language);
    }
    if let Some(list) = list {
        let (what, hint) = list_in_words(&list, language);
        terminal::tell_of(&what, Some(&hint), language);
    }
    Ok(outcome)
}

fn in_words(preview: &Preview, explain: bool, language: Language, looks: Looks) -> String {
    if explain {
        return explained::in_words(preview, language, looks);
    }
    let mut sheet = headlines::in_words(preview, Detail::Long, language, looks);
    let samples = preview.items.iter().filter(|item| !item.article.text.is_empty()).take(SAMPLES);
    samples.for_each(|item| headlines::sample(item, language, &mut sheet));
    sheet.into_text()
}

fn list_in_words(list: &ListOfArticle, language: Language) -> (String, String) {
    let ListOfArticle { title, list, headlines, is_confirmed, .. } = list;
    let what = match is_confirmed {
        true => said::an_article(language, title, list.as_str()),
        false => said::an_article_perhaps(language, title, list.as_str(), *headlines),
    };
    (what, said::try_list_hint(language, list.as_str()))
}

/// The feed that is meant, if one is: by a file or by its name.
fn feed(config: &Path, what: &str) -> anyhow::Result<Option<Feed>> {
    if what.contains("://") {
        return Ok(None);
    }
    // What names a file and is none is said with the file's name.
    if what.ends_with(".toml") {
        return Ok(Some(service::read_feed(Path::new(what))?));
    }
    let settings = define::settings_or_default(config)?;
    block_on(async { Ok(service::feed_named(&settings, what).await?) })
}

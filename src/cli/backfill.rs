//! `loa backfill`: reads further pages of a feed's list for the past, one after the other.

use std::path::Path;

use clap::Args;

use super::{
    Outcome, block_on,
    operate::{Output, ask},
    terminal::{self, Sheet},
};
use crate::{
    service::{Answer, Request},
    words::{Language, operate as said},
};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loa backfill danang-police               ten further pages of its list
  loa backfill danang-police --pages 50

The articles come into the feed and its archive; no channel is told. Each page is recorded when it was read: the same
command goes on where another one ended or was killed. `backfill = 10` in the feed's file has it done when the feed begins.")]
pub(super) struct Arguments {
    /// The feed's id.
    feed: String,
    /// Further pages, counted from the first one.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pages: u32,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(config: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let language = terminal::language();
    let mut articles = 0;
    loop {
        let request = Request::Backfill { feed: arguments.feed.clone(), pages: arguments.pages };
        let answer = block_on(terminal::while_waiting(said::working(language), ask(config, request)))?;
        let Answer::Backfilled { feed, pages, found, new, is_done, is_whole } = answer else {
            anyhow::bail!("another answer came than the one that was asked for");
        };
        articles += new;
        if !arguments.output.json {
            let page = Page { pages, found, new, of: arguments.pages };
            terminal::print(&in_words(&page, is_done.then_some((articles, is_whole)), &feed, language, terminal::output()))?;
        } else if is_done {
            terminal::print_json(&Answer::Backfilled { feed, pages, found, new: articles, is_done, is_whole })?;
        }
        if is_done {
            return Ok(Outcome::Done);
        }
    }
}

/// What one page brought.
struct Page {
    pages: u32,
    of: u32,
    found: u32,
    new: u32,
}

/// `done` is how many articles came in all, and whether the list has no further pages.
fn in_words(page: &Page, done: Option<(u32, bool)>, feed: &str, language: Language, looks: terminal::Looks) -> String {
    let mut sheet = Sheet::new(looks);
    if page.found > 0 {
        sheet.line(&said::backfill_page(language, page.pages, page.of, page.found, page.new));
    }
    match done {
        Some((articles, true)) => sheet.line(&said::backfilled_whole(language, feed, page.pages, articles)),
        Some((articles, false)) => sheet.line(&said::backfilled(language, feed, page.pages, articles)),
        None => (),
    }
    sheet.into_text()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_and_the_end_look_well_everywhere() {
        let page = |pages, found, new| Page { pages, of: 10, found, new };
        let show = |looks, language| {
            [
                in_words(&page(3, 10, 9), None, "danang-police", language, looks),
                in_words(&page(10, 10, 1), Some((97, false)), "danang-police", language, looks),
                in_words(&page(4, 0, 0), Some((1, true)), "danang-police", language, looks),
            ]
            .join("--\n")
        };
        insta::assert_snapshot!("backfill", terminal::in_every_look(show));
    }
}

//! `loa reread`: reads an article's page again, or those of a feed's newest articles.

use std::path::Path;

use clap::Args;

use super::{
    Outcome,
    operate::{Output, carry_out},
};
use crate::service::Request;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loa reread https://portal.example/tin/ra-quan-4711.html
  loa reread danang-police          its ten newest articles

The feed gets what the page says now; no channel is told again. A page that cannot be read changes nothing.")]
pub(super) struct Arguments {
    /// An article's address, or a feed's id.
    #[arg(value_name = "FEED | LINK")]
    what: String,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(config: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    carry_out(config, Request::Reread { what: arguments.what.clone() }, arguments.output)
}

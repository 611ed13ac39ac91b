//! `loa rename`: gives a feed another name; its old addresses lead to the new ones.

use std::path::Path;

use clap::Args;

use super::{
    Outcome,
    operate::{Output, carry_out},
};
use crate::service::Request;

#[derive(Debug, Args)]
#[command(after_help = "Example: loa rename danang-police cong-an-da-nang")]
pub(super) struct Arguments {
    /// The feed's id.
    feed: String,
    /// The new one.
    #[arg(value_name = "NEW")]
    to: String,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(config: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    carry_out(config, Request::Rename { feed: arguments.feed.clone(), to: arguments.to.clone() }, arguments.output)
}

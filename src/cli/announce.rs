//! `loa announce`: tells a channel of a feed's newest article, if it was not told.

use std::path::Path;

use clap::Args;

use super::{
    Outcome,
    operate::{Output, carry_out},
};
use crate::service::Request;

#[derive(Debug, Args)]
#[command(after_help = "Example: loa announce danang-police --channel main")]
pub(super) struct Arguments {
    /// The feed's id.
    feed: String,
    /// The channel's id.
    #[arg(long, value_name = "ID")]
    channel: String,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(config: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    carry_out(config, Request::Announce { feed: arguments.feed.clone(), channel: arguments.channel.clone() }, arguments.output)
}

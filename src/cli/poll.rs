//! `loa poll`: polls one feed now, due or not.

use std::path::Path;

use clap::Args;

use super::{
    Outcome,
    operate::{Output, carry_out},
};
use crate::service::Request;

#[derive(Debug, Args)]
#[command(after_help = "Example: loa poll danang-police")]
pub(super) struct Arguments {
    /// The feed's id.
    feed: String,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(config: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    carry_out(config, Request::Poll { feed: arguments.feed.clone() }, arguments.output)
}

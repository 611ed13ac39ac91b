//! `loa pause` and `loa resume`: a feed is not polled, a channel says nothing, until the operator lets it go on.

use std::path::Path;

use clap::Args;

use super::{
    Outcome,
    operate::{Output, carry_out},
};
use crate::service::{Named, Request};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loa pause danang-police          what is published stays
  loa pause --channel main         what is new for it stays queued
  loa resume --channel main")]
pub(super) struct Arguments {
    /// A feed's id.
    #[arg(required_unless_present = "channel", conflicts_with = "channel")]
    feed: Option<String>,
    /// A channel's id.
    #[arg(long, value_name = "ID")]
    channel: Option<String>,
    #[command(flatten)]
    output: Output,
}

impl Arguments {
    fn named(&self) -> Named {
        match (&self.feed, &self.channel) {
            (Some(feed), _) => Named::Feed(feed.clone()),
            (None, channel) => Named::Channel(channel.clone().unwrap_or_default()),
        }
    }
}

pub(super) fn pause(config: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    carry_out(config, Request::Pause { what: arguments.named() }, arguments.output)
}

pub(super) fn resume(config: &Path, arguments: &Arguments) -> anyhow::Result<Outcome> {
    carry_out(config, Request::Resume { what: arguments.named() }, arguments.output)
}

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
  loa resume main                  a channel whose chat was closed to the bot is tried at once")]
pub(super) struct Arguments {
    /// A feed's id; or a channel's, where no feed is called so.
    #[arg(required_unless_present = "channel", conflicts_with = "channel")]
    name: Option<String>,
    /// A channel's id.
    #[arg(long, value_name = "ID")]
    channel: Option<String>,
    #[command(flatten)]
    output: Output,
}

impl Arguments {
    fn named(&self) -> Named {
        match (&self.name, &self.channel) {
            (Some(name), _) => Named::Either(name.clone()),
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

//! What the operator wants at this moment, with the doors that are made from it. A change makes another one; nothing in
//! it moves.

use std::{collections::HashMap, sync::Arc};

use anyhow::Context as _;

use super::Setup;
use crate::{
    article::FeedId,
    channel::{Channel, ChannelId},
    feed::Feed,
    fetch::Client,
    store::Paused,
    target::{Target, telegram::Telegram},
};

/// The settings that are in force, and the doors made from them.
#[derive(Debug, Clone)]
pub struct Present {
    pub setup: Arc<Setup>,
    pub client: Client,
    /// `None`: there is no token, and messages are shown instead of sent.
    pub target: Option<Target>,
    pub paused: Paused,
    /// Where each feed stands in the setup.
    places: Arc<HashMap<FeedId, usize>>,
}

impl Present {
    /// Doors whose settings are the same as in `before` are its own: their pauses and connections go on.
    ///
    /// # Errors
    /// When a door cannot be made with these settings.
    pub fn new(setup: Setup, paused: Paused, before: Option<&Self>) -> anyhow::Result<Self> {
        let (config, token) = (&setup.config, &setup.token);
        let same_client =
            before.filter(|it| it.setup.config.fetch == config.fetch && it.setup.config.poll.host_delay == config.poll.host_delay);
        let client = match same_client {
            Some(before) => before.client.clone(),
            None => match before {
                Some(before) => before.client.again(&config.fetch, config.poll.host_delay.get())?,
                None => Client::new(&config.fetch, config.poll.host_delay.get())?,
            },
        };
        let same_target = before.filter(|it| it.setup.config.telegram == config.telegram && it.setup.token == *token);
        let target = match (same_target, token) {
            (Some(before), _) => before.target.clone(),
            (None, Some(token)) => Some(Target::Telegram(Telegram::new(&config.telegram, token.clone()).context("`[telegram]`")?)),
            (None, None) => None,
        };
        let places = setup.feeds.iter().enumerate().map(|(place, feed)| (feed.id.clone(), place)).collect();
        Ok(Self { setup: Arc::new(setup), client, target, paused, places: Arc::new(places) })
    }

    /// The same, with what rests now.
    #[must_use]
    pub fn with_paused(&self, paused: Paused) -> Self {
        Self { paused, ..self.clone() }
    }

    /// The feed of this name.
    pub fn feed(&self, id: &FeedId) -> Option<&Feed> {
        self.places.get(id).map(|place| &self.setup.feeds[*place])
    }

    /// The channel of this name.
    pub fn channel(&self, id: &ChannelId) -> Option<&Channel> {
        self.setup.config.channels.iter().find(|channel| channel.id == *id)
    }
}

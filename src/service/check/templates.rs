//! Whether the channels' templates make a message of a real article, and not only of the samples that they were read
//! with.

use super::Findings;
use crate::{
    jobs::deliver::compose,
    service::{Setup, message::newest},
    store::Store,
    words::{check as said, errors},
};

pub async fn check(setup: &Setup, store: &Store, findings: &mut Findings<'_>) {
    let language = findings.language();
    for channel in setup.config.channels.iter().filter(|channel| !channel.template.is_empty()) {
        let feeds = setup.feeds.iter().filter(|feed| channel.carries(&feed.id));
        let (article, source) = match newest(store, feeds).await {
            Ok(Some(found)) => found,
            Ok(None) => continue,
            Err(error) => return findings.error(&error),
        };
        match compose(channel, &article, &source, setup.config.telegram.language).problem {
            None => findings.good(said::template(language, channel.id.as_str(), &article.title)),
            Some(problem) => {
                let words =
                    said::template_fails(language, channel.id.as_str(), &article.title, &errors::told(language, &problem.to_string()));
                findings.wrong(words, Some(said::template_hint(language)));
            }
        }
    }
}

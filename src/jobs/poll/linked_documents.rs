//! The documents beside a list page that tell more of its headlines: the site's own feeds.
//!
//! They are a help and no condition: one that cannot be had costs a remark and nothing else.

use loa_reader::list::Wanted;

use crate::{
    feed::Feed,
    fetch::{Accept, Answer, Body, Client, Request},
};

/// Fetches what is wanted, one after the other: it lives on the page's own site.
pub async fn fetch(feed: &Feed, wanted: Vec<Wanted>, client: &Client) -> (Vec<Body>, Vec<String>) {
    let (mut bodies, mut remarks) = (Vec::new(), Vec::new());
    for Wanted { kind, url } in wanted {
        let request = Request { accept: Accept::Data, ..feed.request(url) };
        match client.get(&request).await.map(|response| response.answer) {
            Ok(Answer::Body(body)) => bodies.push(body),
            // It was not asked whether anything had changed.
            Ok(Answer::Unchanged) => (),
            Err(error) => remarks.push(format!("the site's {kind} could not be had: {error}")),
        }
    }
    (bodies, remarks)
}

//! The script files of a page that scripts draw: where the page does not say from where its headlines come, one of them
//! may.

use loa_reader::{list::Obstacle, page::Page};
use url::Url;

use super::Terms;
use crate::{
    feed::Feed,
    fetch::{Accept, Answer, Request},
};

/// The same obstacle, with what the files say. One that cannot be had says nothing.
pub async fn asked(obstacle: Obstacle, page: Url, files: Vec<Url>, feed: &Feed, terms: &Terms<'_>) -> Obstacle {
    let Obstacle::Scripts(data) = obstacle else { return obstacle };
    if !data.is_in_question() {
        return Obstacle::Scripts(data);
    }
    let mut bodies = Vec::new();
    for file in files {
        let request = Request { accept: Accept::Data, ..feed.request(file) };
        if let Ok(Answer::Body(body)) = terms.client.get(&request).await.map(|response| response.answer) {
            bodies.push(body);
        }
    }
    let (now, known) = (terms.now, data.clone());
    let read = terms.readers.run(move || {
        let files: Vec<Page> = bodies.into_iter().map(|body| body.into_page(now)).collect();
        known.or_as_said_in(&files, &page)
    });
    Obstacle::Scripts(read.await.unwrap_or(data))
}

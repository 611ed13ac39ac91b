//! A frameset's main frame in its place: old portals keep their list on a page of its own, inside of a page that has nothing but frames.

use std::future::Future;

use loa_reader::{list, page::Page};
use url::Url;

/// Framesets that are gone through to the page with the list.
pub(super) const HOPS: usize = 2;

/// The page, or the one of its main frame, which `fetch` gets.
pub async fn follow<E, F: Future<Output = Result<Page, E>>>(page: Page, fetch: impl Fn(Url) -> F) -> Result<Page, E> {
    let mut page = page;
    for _ in 0..HOPS {
        let Some(frame) = list::main_frame(&page) else { break };
        page = fetch(frame).await?;
    }
    Ok(page)
}

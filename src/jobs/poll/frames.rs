//! What a page shows in its place: old portals keep their list on a page of its own, inside of one that has nothing but
//! frames, or that only leads on to it. Where it was found it is asked for directly, so that an unchanged list costs
//! one request.

use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::{
    feed::Feed,
    store::{FeedState, Frame},
};

/// Pages that are gone through to the one with the list.
pub(super) const HOPS: usize = 2;

/// How long a page is not asked which other one it shows.
const ASKED_AGAIN: SignedDuration = SignedDuration::from_hours(24);

/// Whether the list was last read from another page than the one that is watched, and well.
pub(super) fn is_elsewhere(feed: &Feed, state: &FeedState) -> bool {
    state.failures == 0 && state.url.as_deref().is_some_and(|url| url != feed.watched().as_str())
}

/// The address that the watched page showed in its place, if it was asked not long ago.
pub(super) fn remembered(frame: Option<&Frame>, feed: &Feed, now: Timestamp) -> Option<Url> {
    let frame = frame.filter(|frame| frame.of == feed.watched().as_str() && now.duration_since(frame.seen_at) < ASKED_AGAIN)?;
    Url::parse(&frame.url).ok()
}

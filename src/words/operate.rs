//! What came of what was asked for: polls, pauses, removals, new names, files that were read again.

super::words! { "operate":
    unchanged(feed: &str, next: &str);
    polled(feed: &str, found: u32, new: u32, corrected: u32, next: &str);
    not_polled(feed: &str);
    stays(next: &str);
    working;
    feed(id: &str);
    channel(id: &str);
    reread_changed;
    reread_same;
    backfill_page(page: u32, of: u32, found: u32, new: u32);
    backfilled(feed: &str, pages: u32, articles: u32);
    backfilled_whole(feed: &str, pages: u32, articles: u32);
    paused(what: &str);
    paused_already(what: &str);
    resumed(what: &str);
    not_paused(what: &str);
    removed(feed: &str, file: &str);
    removed_from_store(feed: &str);
    renamed(feed: &str, to: &str);
    announced(title: &str);
    announced_already(title: &str);
    nothing_changed;
    feed_added(id: &str);
    feed_changed(id: &str);
    feed_removed(id: &str);
    feeds_same(count: usize);
    settings_changed;
    after_restart(key: &str);
}

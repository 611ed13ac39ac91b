//! What `status` says of feeds and channels.

super::words! { "status":
    /// While it takes long.
    looking;
    all_good(feeds: usize, channels: usize);
    needs_you(problems: usize);
    no_feeds;
    no_channels;
    feed;
    title;
    articles;
    newest;
    newest_article(when: &str, title: &str);
    next_look_head;
    not_yet;
    channel;
    chat;
    queued;
    sent;
    unknown;
    dead_head;
    state;
    failed(times: u64, why: &str, next: &str);
    ignores_robots;
    failing(title: &str, feed: &str, times: u64);
    failing_since(title: &str, feed: &str, length: &str, times: u64);
    next_look(feed: &str, next: &str);
    overdue(feeds: usize, length: &str);
    channel_paused(channel: &str, chat: &str, why: &str, queued: u64);
    held(channel: &str, chat: &str, count: usize);
    held_each(id: &str);
    dead(channel: &str, chat: &str, count: u64);
    dead_hint;
    hampered(channel: &str, chat: &str, why: &str);
    feed_rests(feed: &str);
    channel_rests;
    trouble(began: &str, since: &str);
    paused;
    waits(until: &str);
    undecided;
    looked_into(count: u64);
    shown(count: u64);
    on_their_way;
    /// A process that polls and delivers.
    worker(name: &str, started: &str, polls: u64, hosts: usize);
    worker_silent(when: &str);
    no_worker;
    worker_late(median: &str, most: &str, worst: &str);
    worker_store(statements: &str, millis: &str);
    differing(feeds: &str);
    good;
}
